"""Kernel functions for locks that say no, work that is done later, exceptions and streams of text."""

from __future__ import annotations

from ebpf.errors import Fault
from ebpf.uapi.errno import EDEADLK, EINVAL, ENOENT
from ebpf.vm.helpers.registry import kfunc
from ebpf.vm.machine import Thrown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

# -- resilient spin locks (Linux 6.15). Other threads wait for one another in the end, so only a program that waits for itself is
# told so.


@kfunc
def bpf_res_spin_lock(m: Machine, lock: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """0, or -EDEADLK for a lock that the program has taken already."""
    if ("lock", lock) in m.held:
        return -EDEADLK
    m.window(lock, 4, True)
    m.engine.spin.acquire()
    m.held["lock", lock] = m.engine.spin.release
    m.store(lock, 4, 1)
    return 0


@kfunc
def bpf_res_spin_unlock(m: Machine, lock: int, r2: int, r3: int, r4: int, r5: int) -> int:
    release = m.held.pop(("lock", lock), None)
    if release is None:
        raise Fault("a lock is given back that was not taken", program=m.program.spec.name)
    m.store(lock, 4, 0)
    release()
    return 0


@kfunc
def bpf_res_spin_lock_irqsave(m: Machine, lock: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """As bpf_res_spin_lock; nothing interrupts a program here."""
    m.store(flags, 8, 0)
    return bpf_res_spin_lock(m, lock, 0, 0, 0, 0)


@kfunc
def bpf_res_spin_unlock_irqrestore(m: Machine, lock: int, flags: int, r3: int, r4: int, r5: int) -> int:
    return bpf_res_spin_unlock(m, lock, 0, 0, 0, 0)


# -- work queues (Linux 6.10): timers that are due at once

_MONOTONIC = 1


@kfunc
def bpf_wq_init(m: Machine, work: int, map_: int, flags: int, r4: int, r5: int) -> int:
    """Makes a work of a `struct bpf_wq` in a map value: 0, or -EINVAL (flags), -EBUSY (made already)."""
    return -EINVAL if flags & 0xFFFFFFFF else m.engine.timers.init(m, work, m.map_of(map_), _MONOTONIC)


@kfunc
def bpf_wq_set_callback_impl(m: Machine, work: int, callback: int, flags: int, r4: int, r5: int) -> int:
    """What to call: callback(map, &key, value). 0, or -EINVAL (flags, not made)."""
    return -EINVAL if flags & 0xFFFFFFFF else m.engine.timers.set_callback(m, work, callback)


@kfunc
def bpf_wq_start(m: Machine, work: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """Has the callback called soon, on the engine's thread: 0, or -EINVAL (flags, no callback)."""
    return -EINVAL if flags & 0xFFFFFFFF else m.engine.timers.start(work, 0, 0)


# -- exceptions


@kfunc
def bpf_throw(m: Machine, cookie: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Ends the program from any function of it (Linux 6.7). Its result is the cookie, or what the function that it names for
    exceptions gives for the cookie."""
    raise Thrown(cookie)


@kfunc
def __bpf_trap(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """What clang puts where a program must not get (Linux 6.17): a Fault."""
    raise Fault("it got where it must not (__bpf_trap)", program=m.program.spec.name)


# -- streams

_OUT, _ERR = 1, 2


@kfunc
def bpf_stream_vprintk_impl(m: Machine, stream: int, text: int, data: int, length: int, aux: int) -> int:
    """Text with values in an array of 64-bit words to a stream, 1 or 2 (Linux 6.18), here the engine's trace. 0, or -EINVAL,
    -ENOENT (another stream)."""
    from ebpf.vm.helpers.text import fill

    line = fill(m, text, data, length & 0xFFFFFFFF)
    if isinstance(line, int):
        return line
    if stream & 0xFFFFFFFF not in (_OUT, _ERR):
        return -ENOENT
    m.engine.trace(line)
    return 0
