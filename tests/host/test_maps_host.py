"""Every map type of this kernel: made, and used from user space as its rules allow."""

from __future__ import annotations

import mmap
import os
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hook_places import inside
from programs import RETURN_0, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import KernelError
from ebpf.kernel import batches, cpus, features
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.info import OBJ, describe
from ebpf.kernel.make_map import by_id
from ebpf.kernel.maps import KernelMap
from ebpf.spec import MapSpec, Reference
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_refusals import WANTS
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host


def u32(value: int) -> bytes:
    return struct.pack("=I", value)


def u64(value: int) -> bytes:
    return struct.pack("=Q", value)


@pytest.fixture
def engine() -> Iterator[KernelEngine]:
    with KernelEngine() as made:
        yield made


def make(engine: KernelEngine, type_: M, key: int = 4, value: int = 8, entries: int = 4, **more: object) -> KernelMap:
    reason = features.map_type_lacks(type_)
    if reason:
        pytest.skip(reason)
    return engine.create_map(MapSpec("m", type_, key, value, entries, **more))


@pytest.mark.parametrize("type_", [type_ for type_ in M if type_], ids=lambda t: t.label)
def test_each_type_is_there_or_said_not_to_be(type_: M) -> None:
    before = len(os.listdir("/proc/self/fd"))
    features._map_types.pop(type_, None)
    reason = features.map_type_lacks(type_)
    assert reason == "" or type_.label in reason
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("type_", [M.HASH, M.LRU_HASH])
def test_hashes(engine: KernelEngine, type_: M) -> None:
    table = make(engine, type_, entries=100)
    for i in range(50):
        table.update(u32(i), u64(i))
    assert dict(table.items()) == {u32(i): u64(i) for i in range(50)}
    assert table.delete(u32(3)) and table.lookup(u32(3)) is None
    assert table.lookup_and_delete(u32(4)) == u64(4)


@pytest.mark.parametrize("type_", [M.PERCPU_HASH, M.LRU_PERCPU_HASH, M.PERCPU_ARRAY])
def test_a_value_for_each_cpu(engine: KernelEngine, type_: M) -> None:
    table = make(engine, type_, value=4, entries=16)
    count = cpus.possible()
    assert table.value_bytes == 8 * count
    data = b"".join(struct.pack("=I4x", 10 + cpu) for cpu in range(count))
    table.update(u32(1), data)
    assert table.lookup(u32(1)) == data
    assert dict(table.items())[u32(1)] == data
    with pytest.raises(ValueError, match=rf"a value has {8 * count} bytes, not 4"):
        table.update(u32(1), bytes(4))


def test_an_array_has_every_index(engine: KernelEngine) -> None:
    table = make(engine, M.ARRAY, entries=10000)
    assert len(list(table.items())) == 10000
    table.update(u32(9999), u64(7))
    assert dict(table.items())[u32(9999)] == u64(7)
    with pytest.raises(KernelError) as caught:
        table.delete(u32(0))
    assert caught.value.errno == 22


def test_longest_prefix(engine: KernelEngine) -> None:
    trie = make(engine, M.LPM_TRIE, key=8, value=4, entries=8, flags=1)
    for bits, address, number in ((8, "10.0.0.0", 1), (16, "10.1.0.0", 2), (0, "0.0.0.0", 3)):
        trie.update(u32(bits) + socket.inet_aton(address), u32(number))
    for address, number in (("10.1.2.3", 2), ("10.2.2.3", 1), ("11.0.0.1", 3)):
        assert trie.lookup(u32(32) + socket.inet_aton(address)) == u32(number)
    assert len(list(trie.items())) == 3
    assert trie.delete(u32(16) + socket.inet_aton("10.1.0.0"))
    assert trie.lookup(u32(32) + socket.inet_aton("10.1.2.3")) == u32(1)


@pytest.mark.parametrize(("type_", "order"), [(M.QUEUE, [1, 2, 3]), (M.STACK, [3, 2, 1])])
def test_queue_and_stack(engine: KernelEngine, type_: M, order: list[int]) -> None:
    queue = make(engine, type_, key=0, entries=3)
    for i in (1, 2, 3):
        queue.update(b"", u64(i))
    with pytest.raises(KernelError, match=r"map is full"):
        queue.update(b"", u64(4))
    assert queue.lookup(b"") == u64(order[0])
    assert [queue.lookup_and_delete(b"") for _ in range(4)] == [*map(u64, order), None]


def test_bloom_filter(engine: KernelEngine) -> None:
    bloom = make(engine, M.BLOOM_FILTER, key=0, value=8, entries=1000)
    for i in range(100):
        bloom.update(b"", u64(i))
    assert all(bloom.peek(u64(i)) for i in range(100))
    assert sum(bloom.peek(u64(i)) for i in range(1000, 2000)) < 100
    with pytest.raises(ValueError, match=r"a value has 8 bytes, not 4"):
        bloom.peek(bytes(4))


@pytest.mark.parametrize("type_", [M.ARRAY_OF_MAPS, M.HASH_OF_MAPS])
def test_maps_of_maps(engine: KernelEngine, type_: M) -> None:
    inner = MapSpec("inner", M.ARRAY, 4, 8, 2)
    template, first = engine.create_map(inner), engine.create_map(inner)
    outer = engine.create_map(MapSpec("outer", type_, 4, 4, 4), template)
    assert outer.lookup_object(u32(1)) is None
    outer.update_object(u32(1), first)
    first.update(u32(0), u64(99))
    found = outer.lookup_object(u32(1))
    assert found is not None
    assert found.lookup(u32(0)) == u64(99)
    assert (found.spec.name, found.spec.type, found.spec.max_entries) == ("inner", M.ARRAY, 2)
    found.close()
    assert outer.delete(u32(1)) and outer.lookup_object(u32(1)) is None
    with pytest.raises(KernelError):
        outer.update_object(u32(1), engine.create_map(inner.replace(value_size=16)))  # not like the template
    with pytest.raises(TypeError, match=r"holds no maps"):
        first.lookup_object(u32(0))


def test_programs_that_call_one_another(engine: KernelEngine) -> None:
    table = make(engine, M.PROG_ARRAY, value=4)
    seven = engine.load_program(program(P.SOCKET_FILTER, [I(0xB7, 0, imm=7), I(0x95)]), {})
    code = [I(0x18, 2), I(0xB7, 3, imm=2), I(0x85, imm=12), *RETURN_0]  # bpf_tail_call(ctx, table, 2)
    main = engine.load_program(program(P.SOCKET_FILTER, code, Reference(0, "map", "m")), {"m": table})
    assert main.run(bytes(64)).retval == 0
    table.update_object(u32(2), seven)
    assert main.run(bytes(64)).retval == 7
    assert table.lookup(u32(2)) == u32(describe("prog", seven.fd)["id"])
    assert table.delete(u32(2)) and main.run(bytes(64)).retval == 0


def test_sockets_in_maps(engine: KernelEngine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        peer, _ = server.accept()
        for type_, value in ((M.SOCKMAP, 8), (M.SOCKHASH, 8)):
            table = make(engine, type_, value=value)
            table.update_object(u32(1), client)
            data = table.lookup(u32(1))
            assert data is not None and int.from_bytes(data, sys.byteorder) > 0  # the socket's cookie
            assert table.delete(u32(1))
        with peer, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reuse:
            reuse.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            reuse.bind(("127.0.0.1", 0))
            table = make(engine, M.REUSEPORT_SOCKARRAY)
            table.update_object(u32(1), reuse)
            assert table.lookup(u32(1)) is not None


def test_devices_and_cpus(engine: KernelEngine) -> None:
    loopback = socket.if_nametoindex("lo")
    for type_ in (M.DEVMAP, M.DEVMAP_HASH):
        table = make(engine, type_, value=4)
        table.update(u32(1), u32(loopback))
        assert table.lookup(u32(1)) == u32(loopback)
    table = make(engine, M.CPUMAP, value=4, entries=cpus.possible())
    table.update(u32(0), u32(192))
    assert table.lookup(u32(0)) == u32(192)


def test_cgroups_in_an_array(engine: KernelEngine) -> None:
    for root in ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"):
        if os.path.exists(f"{root}/cgroup.controllers"):
            fd = os.open(root, os.O_RDONLY)
            break
    else:
        pytest.skip("no cgroup v2 here")
    try:
        table = make(engine, M.CGROUP_ARRAY, value=4)
        table.update(u32(0), u32(fd))
        assert table.delete(u32(0))
    finally:
        os.close(fd)


def test_storages_need_types_and_take_descriptors(engine: KernelEngine) -> None:
    from ebpf.btf import Btf

    btf = Btf.parse(features._INT_BTF[:-3])
    task = os.pidfd_open(os.getpid())
    with socket.socket() as sock, open(__file__) as file:
        for type_, fd in ((M.SK_STORAGE, sock.fileno()), (M.INODE_STORAGE, file.fileno()), (M.TASK_STORAGE, task)):
            table = make(engine, type_, value=4, entries=0, flags=1, btf=btf, key_type=1, value_type=1)
            assert table.lookup(u32(fd)) is None
            table.update(u32(fd), u32(77))
            assert table.lookup(u32(fd)) == u32(77)
            assert table.delete(u32(fd))
    os.close(task)


def test_the_arena_is_memory(engine: KernelEngine) -> None:
    arena = make(engine, M.ARENA, key=0, value=0, entries=2, flags=1 << 10)
    memory = arena.memory()
    assert memory is not None and len(memory) == 2 * mmap.PAGESIZE
    memory[mmap.PAGESIZE] = 5
    assert memory[mmap.PAGESIZE] == 5


def test_records_go_down_to_a_program(engine: KernelEngine) -> None:
    # bpf_user_ringbuf_drain(&m, callback, 0, 0), whose callback adds up what it is given; a SYSCALL program returns the sum.
    ring = make(engine, M.USER_RINGBUF, key=0, value=0, entries=4096)
    with ring.writer() as writer:
        assert writer.room == 4096
        assert writer.write(u64(5)) and writer.write(bytes(13))
        assert writer.room == 4096 - 16 - 24
        filled = 0
        while writer.write(bytes(56)):
            filled += 1
        assert filled == (4096 - 40) // 64
        with pytest.raises(ValueError, match=r"a record of 4096 bytes in a ring of 4096"):
            writer.write(bytes(4096))
    with pytest.raises(TypeError, match=r"not user_ringbuf"):
        make(engine, M.ARRAY).writer()


def test_sizes_of_rings_are_rounded_up(engine: KernelEngine) -> None:
    ring = make(engine, M.RINGBUF, key=0, value=0, entries=5000)
    assert ring.spec.max_entries == 8192
    assert describe("map", ring.fd)["max_entries"] == 8192
    assert describe("map", make(engine, M.RINGBUF, key=0, value=0, entries=0).fd)["max_entries"] == 4096
    assert make(engine, M.PERF_EVENT_ARRAY, value=4, entries=0).spec.max_entries == cpus.possible()


@pytest.mark.parametrize("type_", [M.HASH, M.ARRAY, M.LRU_HASH, M.PERCPU_HASH])
def test_many_at_once(engine: KernelEngine, type_: M) -> None:
    table = make(engine, type_, entries=20000 if type_ != M.LRU_HASH else 60000)
    width = table.value_bytes
    keys = b"".join(u32(i) for i in range(20000))
    values = b"".join(u64(i).ljust(width, b"\0") for i in range(20000))
    assert table.update_batch(keys, values) == 20000
    found = {}
    for some_keys, some_values, count in batches.walk(table, 1000):
        for i in range(count):
            found[bytes(some_keys[i * 4 : i * 4 + 4])] = bytes(some_values[i * width : (i + 1) * width])
    assert len(found) == 20000 and found[u32(777)] == u64(777).ljust(width, b"\0")
    if type_ == M.ARRAY:
        return
    assert table.delete_batch(keys[:4000]) == 1000
    taken = sum(count for _, _, count in batches.walk(table, 4096, delete=True))
    assert taken == 19000
    assert list(table.items()) == []
    with pytest.raises(ValueError, match=r"don't make pairs"):
        table.update_batch(keys, values[:-1])


def test_many_at_once_without_batches(engine: KernelEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.kernel import sys as kernel_sys
    from ebpf.uapi.commands import Command

    real = kernel_sys.bpf

    def without(command: int, attr: object, call: str) -> int:
        if Command.MAP_LOOKUP_BATCH <= command <= Command.MAP_DELETE_BATCH:
            raise kernel_sys.error(22, call)
        return real(command, attr, call)

    monkeypatch.setattr(kernel_sys, "bpf", without)
    table = make(engine, M.HASH, entries=100)
    assert table.update_batch(b"".join(map(u32, range(50))), b"".join(map(u64, range(50)))) == 50
    assert dict(table.items()) == {u32(i): u64(i) for i in range(50)}


def test_a_walk_ends_while_others_write(engine: KernelEngine) -> None:
    table = make(engine, M.HASH, entries=1000)
    for i in range(1000):
        table.update(u32(i), u64(i))
    for n, (key, _) in enumerate(table.items()):
        table.delete(key)
        table.update(u32(100000 + n), u64(n))
        assert n < 3000


def test_access_flags(engine: KernelEngine) -> None:
    read_only = make(engine, M.ARRAY, flags=1 << 3)
    with pytest.raises(KernelError, match=r"read-only or write-only"):
        read_only.update(u32(0), u64(1))
    write_only = make(engine, M.ARRAY, flags=1 << 4)
    with pytest.raises(KernelError, match=r"read-only or write-only"):
        write_only.lookup(u32(0))


def test_maps_are_found_by_id(engine: KernelEngine) -> None:
    table = make(engine, M.HASH)
    table.update(u32(1), u64(2))
    number = describe("map", table.fd)["id"]
    assert number in list(OBJ["map"].ids())
    again = by_id(number)
    assert again.lookup(u32(1)) == u64(2)
    again.close()
    assert any(found["id"] == number and found["name"] == "m" for found in OBJ["map"])


#: A size or flag that each type doesn't take, where it isn't a key of 3 bytes and a value of 5.
WRONG = {
    M.HASH: (0, 5, 0),
    M.PERCPU_HASH: (0, 5, 0),
    M.LRU_HASH: (3, 5, 1),
    M.LRU_PERCPU_HASH: (3, 5, 1),
    M.LPM_TRIE: (8, 4, 0),
}


@pytest.mark.parametrize("type_", WANTS, ids=lambda t: t.label)
def test_wrong_sizes_are_told_the_right_ones(engine: KernelEngine, type_: M) -> None:
    if features.map_type_lacks(type_):
        pytest.skip(features.map_type_lacks(type_))
    key, value, flags = WRONG.get(type_, (3, 5, 0))
    inner = engine.create_map(MapSpec("i", M.ARRAY, 4, 4, 1)) if "OF_MAPS" in type_.name else None
    with pytest.raises(KernelError) as caught:
        engine.create_map(MapSpec("m", type_, key, value, 4, flags), inner)
    assert caught.value.errno in (22, 524) and WANTS[type_] in str(caught.value)


def test_every_type_that_can_be_made_says_what_it_wants() -> None:
    assert set(WANTS) == set(M) - {M.UNSPEC, M.STRUCT_OPS}


def test_a_map_that_cannot_be_made_says_why(engine: KernelEngine) -> None:
    with pytest.raises(KernelError, match=r"map m: BPF_MAP_CREATE \(array\)"):
        engine.create_map(MapSpec("m", M.ARRAY, 8, 8, 1))


def test_stacks_are_kept_by_number(engine: KernelEngine) -> None:
    """bpf_get_stackid at a system call of this process's own, once: one stack, of user addresses (before 6.9 a tracepoint of
    system calls shows no others)."""
    stacks = make(engine, M.STACK_TRACE, value=8 * 32, entries=64)
    code = [
        I(0xBF, 6, 1),
        I(0x85, imm=14),
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=os.getpid(), offset=5),
        I(0xBF, 1, 6),
        I(0x18, 2),
        I(0xB7, 3, imm=1 << 8),  # BPF_F_USER_STACK
        I(0x85, imm=27),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    spec = program(P.TRACEPOINT, code, Reference(5, "map", "m"))
    loaded = engine.load_program(spec, {"m": stacks})
    with engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid")):
        os.getppid()
    key = stacks.next_key(None)
    assert key is not None and stacks.next_key(key) is None
    data = stacks.lookup(key)
    assert data is not None
    addresses = [address for (address,) in struct.iter_unpack("=Q", data) if address]
    assert addresses and not any(address >> 63 for address in addresses)
    assert stacks.delete(key) and stacks.next_key(None) is None


@pytest.mark.parametrize("type_", [M.CGROUP_STORAGE, M.PERCPU_CGROUP_STORAGE], ids=lambda t: t.label)
def test_a_value_for_each_cgroup_of_a_program(engine: KernelEngine, cgroup: Path, type_: M) -> None:
    """bpf_get_local_storage counts the connects of the cgroup's processes."""
    storage = make(engine, type_, key=16, value=8, entries=0)
    code = [
        I(0x18, 1),
        I(0xB7, 2, imm=0),
        I(0x85, imm=81),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=1),
        I(0x95),
    ]
    spec = program(P.CGROUP_SOCK_ADDR, code, Reference(0, "map", "m"), attach=A.CGROUP_INET4_CONNECT)
    loaded = engine.load_program(spec, {"m": storage})

    def connects() -> None:
        for _ in range(5):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                one.connect(("127.0.0.1", 9))

    with engine.attach(loaded, hooks.Cgroup(str(cgroup), flags="multi")):
        inside(cgroup, connects)
        key = struct.pack("=QI4x", cgroup.stat().st_ino, int(A.CGROUP_INET4_CONNECT))
        data = storage.lookup(key)
        assert data is not None
        assert sum(value for (value,) in struct.iter_unpack("=Q", data)) == 5
        storage.update(key, bytes(storage.value_bytes))
        assert storage.lookup(key) == bytes(storage.value_bytes)


def test_a_storage_of_cgroups(engine: KernelEngine, cgroup: Path) -> None:
    from ebpf.btf import Btf

    btf = Btf.parse(features._INT_BTF[:-3])
    table = make(engine, M.CGRP_STORAGE, value=4, entries=0, flags=1, btf=btf, key_type=1, value_type=1)
    folder = os.open(cgroup, os.O_RDONLY)
    try:
        assert table.lookup(u32(folder)) is None
        table.update(u32(folder), u32(77))
        assert table.lookup(u32(folder)) == u32(77)
        assert table.delete(u32(folder))
    finally:
        os.close(folder)


def test_sockets_for_frames_have_their_places(engine: KernelEngine) -> None:
    """An entry of an xskmap takes a bound AF_XDP socket, and says so of any other; an empty one has nothing to delete."""
    table = make(engine, M.XSKMAP, value=4, entries=2)
    with socket.socket() as other, pytest.raises(KernelError):
        table.update(u32(0), u32(other.fileno()))
    with socket.socket(44, socket.SOCK_RAW) as unbound:  # AF_XDP: not bound to a queue yet
        table.update(u32(0), u32(unbound.fileno()))
        assert table.next_key(None) == u32(0)
        assert table.delete(u32(0))
