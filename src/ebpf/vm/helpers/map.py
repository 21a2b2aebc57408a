"""Maps: entries, callbacks over them, locks, timers and storages in them, tail calls."""

from __future__ import annotations

from ebpf.errors import Fault
from ebpf.uapi.errno import E2BIG, EINVAL, ENOENT
from ebpf.uapi.opcodes import XCHG
from ebpf.vm.helpers.registry import helper
from ebpf.vm.kernel_objects import task_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.storage import LocalStorage


@helper
def map_lookup_elem(m: Machine, map_: int, key: int, r3: int, r4: int, r5: int) -> int:
    """The address of a key's value, or 0."""
    found = m.map_of(map_)
    return found.address_of(m.read(key, found.key_size), m.cpu)


@helper
def map_update_elem(m: Machine, map_: int, key: int, value: int, flags: int, r5: int) -> int:
    """Sets a key's value: 0, or -EINVAL, -E2BIG, -EEXIST, -ENOENT."""
    found = m.map_of(map_)
    data = m.read(key, found.key_size), m.read(value, found.value_size)
    with found.lock:
        return found.put_one(*data, flags, m.cpu)


@helper
def map_delete_elem(m: Machine, map_: int, key: int, r3: int, r4: int, r5: int) -> int:
    """Takes a key out: 0, or -ENOENT; -EINVAL for an array."""
    found = m.map_of(map_)
    data = m.read(key, found.key_size)
    with found.lock:
        return found.remove(data)


@helper
def tail_call(m: Machine, context: int, map_: int, index: int, r4: int, r5: int) -> int:
    """Goes on in the program at `index` of a prog array, 33 times at most; there is a way back only where there is none."""
    # Never called: the interpreter and generated code do it themselves (`Machine.tail_call`).
    raise AssertionError


@helper
def map_push_elem(m: Machine, map_: int, value: int, flags: int, r4: int, r5: int) -> int:
    """Adds a value to a queue, stack or bloom filter: 0, or -E2BIG, -EINVAL."""
    found = m.map_of(map_)
    data = m.read(value, found.value_size)
    with found.lock:
        return found.push(data, flags)


@helper
def map_pop_elem(m: Machine, map_: int, value: int, r3: int, r4: int, r5: int) -> int:
    """Takes a value out of a queue or stack: 0, or -ENOENT with the buffer cleared."""
    found = m.map_of(map_)
    with found.lock:
        data = found.pop()
    m.write(value, data if data is not None else bytes(found.value_size))
    return 0 if data is not None else -ENOENT


@helper
def map_peek_elem(m: Machine, map_: int, value: int, r3: int, r4: int, r5: int) -> int:
    """What map_pop_elem would give, left in place; for a bloom filter 0 if it may hold the value, else -ENOENT."""
    from ebpf.vm.maps.queue import BloomFilter

    found = m.map_of(map_)
    if isinstance(found, BloomFilter):
        return 0 if found.has(m.read(value, found.value_size)) else -ENOENT
    with found.lock:
        data = found.top()
    m.write(value, data if data is not None else bytes(found.value_size))
    return 0 if data is not None else -ENOENT


@helper
def map_lookup_percpu_elem(m: Machine, map_: int, key: int, cpu: int, r4: int, r5: int) -> int:
    """The address of another CPU's value, or 0."""
    found = m.map_of(map_)
    cpu &= 0xFFFFFFFF
    if cpu >= found.cpus:
        return 0
    return found.address_of(m.read(key, found.key_size), cpu)


@helper
def for_each_map_elem(m: Machine, map_: int, callback: int, context: int, flags: int, r5: int) -> int:
    """Calls callback(map, &key, value, context) for each entry until it gives something other than 0; how many it was
    called for, or -EINVAL."""
    from ebpf.vm.memory import Block, Region

    found = m.map_of(map_)
    if flags:
        return -EINVAL
    block = Block(found.key_size)
    # The kernel gives the callback its own copy of an array's index, and a hash's key in place: read-only either way.
    region = Region(block.address, block.view, name=f"key of {found.spec.name}", writable=False)
    m.extra = [*m.extra, region]
    called = 0
    keys = found.keys()
    try:
        for key in keys:
            address = found.address_of(key, m.cpu)
            if address:
                block.view[:] = key
                called += 1
                if m.call(callback, map_, block.address, address, context):
                    break
    finally:
        m.extra = [kept for kept in m.extra if kept is not region]
    return called


@helper
def loop(m: Machine, count: int, callback: int, context: int, flags: int, r5: int) -> int:
    """Calls callback(index, context) up to `count` times, until it gives something other than 0; how often it was called, or
    -EINVAL, -E2BIG (more than 8388608)."""
    count &= 0xFFFFFFFF
    if flags:
        return -EINVAL
    if count > 8 << 20:
        return -E2BIG
    for index in range(count):
        if m.call(callback, index, context):
            return index + 1
    return count


@helper
def kptr_xchg(m: Machine, place: int, pointer: int, r3: int, r4: int, r5: int) -> int:
    """Puts a pointer into a map value; gives the one that was there."""
    return m.atomic(XCHG, place, 8, pointer, 0)


@helper
def spin_lock(m: Machine, lock: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Takes the lock in a map value. One lock at a time: a second, or one that is never given back, is a Fault."""
    if "spin" in m.held:
        raise Fault("a second spin lock is taken", program=m.program.spec.name)
    m.engine.spin.acquire()
    m.held["spin"] = lambda: m.engine.spin.release()
    m.store(lock, 4, 1)
    return 0


@helper
def spin_unlock(m: Machine, lock: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Gives the lock back."""
    release = m.held.pop("spin", None)
    if release is None:
        raise Fault("a spin lock is given back that was not taken", program=m.program.spec.name)
    m.store(lock, 4, 0)
    release()
    return 0


@helper
def timer_init(m: Machine, timer: int, map_: int, flags: int, r4: int, r5: int) -> int:
    """Makes a timer of a `struct bpf_timer` in a map value: 0, or -EINVAL (clock), -EBUSY (made already)."""
    return m.engine.timers.init(m, timer, m.map_of(map_), flags)


@helper
def timer_set_callback(m: Machine, timer: int, callback: int, r3: int, r4: int, r5: int) -> int:
    """What to call when it is due: callback(map, &key, value)."""
    return m.engine.timers.set_callback(m, timer, callback)


@helper
def timer_start(m: Machine, timer: int, nanoseconds: int, flags: int, r4: int, r5: int) -> int:
    """Starts it (anew): 0, or -EINVAL without a callback."""
    return m.engine.timers.start(timer, nanoseconds, flags)


@helper
def timer_cancel(m: Machine, timer: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Stops it: 1 if it was running, 0 if not; -EINVAL, -EDEADLK in its own callback."""
    return m.engine.timers.cancel(timer)


@helper
def task_storage_get(m: Machine, map_: int, task: int, value: int, flags: int, r5: int) -> int:
    """The address of a task's value, made if `flags` has 1; 0 if there is none."""
    return _storage(m, map_, task_at(task) or 0, value, flags)


@helper
def task_storage_delete(m: Machine, map_: int, task: int, r3: int, r4: int, r5: int) -> int:
    return _storage_drop(m, map_, task_at(task) or 0)


@helper
def cgrp_storage_get(m: Machine, map_: int, cgroup: int, value: int, flags: int, r5: int) -> int:
    return _storage(m, map_, cgroup & 0xFFFFFFFF, value, flags)


@helper
def cgrp_storage_delete(m: Machine, map_: int, cgroup: int, r3: int, r4: int, r5: int) -> int:
    return _storage_drop(m, map_, cgroup & 0xFFFFFFFF)


@helper
def sk_storage_get(m: Machine, map_: int, socket: int, value: int, flags: int, r5: int) -> int:
    """A socket's value, by the cookie of one that was looked up; else by the number that stands for it."""
    return _storage(m, map_, _number_of(m, socket), value, flags)


@helper
def sk_storage_delete(m: Machine, map_: int, socket: int, r3: int, r4: int, r5: int) -> int:
    return _storage_drop(m, map_, _number_of(m, socket))


def _number_of(m: Machine, socket: int) -> int:
    """What is a socket's for good; its address is of one lookup."""
    memory = m.sockets.get(socket)
    return memory.socket.cookie if memory is not None else socket & 0xFFFFFFFF


@helper
def inode_storage_get(m: Machine, map_: int, inode: int, value: int, flags: int, r5: int) -> int:
    return _storage(m, map_, inode & 0xFFFFFFFF, value, flags)


@helper
def inode_storage_delete(m: Machine, map_: int, inode: int, r3: int, r4: int, r5: int) -> int:
    return _storage_drop(m, map_, inode & 0xFFFFFFFF)


@helper
def get_local_storage(m: Machine, map_: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """The address of the value of the cgroup that the program runs for."""
    from ebpf.vm.maps.storage import CgroupStorage

    found = m.map_of(map_)
    if not isinstance(found, CgroupStorage):
        raise Fault(f"map {found.spec.name} is no cgroup storage", program=m.program.spec.name)
    attach = m.program.spec.attach_type
    return found.of(int(getattr(m.task, "cgroup_id", 0)), int(attach) if attach is not None else 0, m.cpu)


def _local(m: Machine, map_: int) -> LocalStorage:
    from ebpf.vm.maps.storage import LocalStorage

    found = m.map_of(map_)
    if not isinstance(found, LocalStorage):
        raise Fault(f"map {found.spec.name} is no local storage", program=m.program.spec.name)
    return found


def _storage(m: Machine, map_: int, owner: int, value: int, flags: int) -> int:
    found = _local(m, map_)
    if not owner or flags & ~1:
        return 0
    initial = m.read(value, found.value_size) if value else None
    return found.of(owner, initial, flags)


def _storage_drop(m: Machine, map_: int, owner: int) -> int:
    found = _local(m, map_)
    return found.drop(owner) if owner else -EINVAL
