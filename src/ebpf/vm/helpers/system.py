"""Time, random numbers, the CPU."""

from __future__ import annotations

import time
from os import urandom

from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine


def _clock(name: str) -> int | None:
    """The number of a clock; None where there is none (macOS, Windows), or one that can't be read (WebAssembly)."""
    number: int | None = getattr(time, name, None)
    try:
        return number if number is not None and time.clock_gettime_ns(number) else None
    except OSError:
        return None


_BOOT, _TAI = _clock("CLOCK_BOOTTIME"), _clock("CLOCK_TAI")


@helper
def ktime_get_ns(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Nanoseconds since some start, without time asleep (CLOCK_MONOTONIC)."""
    return time.monotonic_ns()


@helper
def get_prandom_u32(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """A random number of 32 bits."""
    return int.from_bytes(urandom(4), "little")


@helper
def get_smp_processor_id(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The CPU whose values per-CPU maps give."""
    return m.cpu


@helper
def get_numa_node_id(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return 0


@helper
def jiffies64(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Ticks of 4 ms since start, as a kernel with CONFIG_HZ=250 counts them."""
    return time.monotonic_ns() // 4_000_000


@helper
def ktime_get_boot_ns(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Nanoseconds since the machine started, asleep or not (CLOCK_BOOTTIME)."""
    return time.clock_gettime_ns(_BOOT) if _BOOT is not None else time.monotonic_ns()


@helper
def ktime_get_coarse_ns(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return time.monotonic_ns()


@helper
def ktime_get_tai_ns(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """International atomic time in nanoseconds (CLOCK_TAI)."""
    return time.clock_gettime_ns(_TAI) if _TAI is not None else time.time_ns()


@helper
def per_cpu_ptr(m: Machine, address: int, cpu: int, r3: int, r4: int, r5: int) -> int:
    """A CPU's own of what bpf_percpu_obj_new made; 0 for a CPU that isn't there. There are no variables of a kernel's here."""
    return m.engine.objects.of_cpu(address, cpu & 0xFFFFFFFF)


@helper
def this_cpu_ptr(m: Machine, address: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return m.engine.objects.of_cpu(address, m.cpu)


@helper
def kallsyms_lookup_name(m: Machine, name: int, size: int, flags: int, result: int, r5: int) -> int:
    """The address of a kernel symbol: there is no kernel here, so -ENOENT; -EINVAL for flags or a name without end."""
    from ebpf.uapi.errno import EINVAL, ENOENT

    size &= 0xFFFFFFFF
    m.store(result, 8, 0)
    if flags or size <= 1 or b"\0" not in m.read(name, size):
        return -EINVAL
    return -ENOENT


@helper
def btf_find_by_name_kind(m: Machine, name: int, size: int, kind: int, flags: int, r5: int) -> int:
    """There are no kernel types here: -ENOENT; -EINVAL for flags or a name without end."""
    from ebpf.uapi.errno import EINVAL, ENOENT

    size &= 0xFFFFFFFF
    if flags or size <= 1 or b"\0" not in m.read(name, size):
        return -EINVAL
    return -ENOENT


# -- system calls of programs of type SYSCALL: on maps of this engine


@helper
def sys_bpf(m: Machine, command: int, attributes: int, size: int, r4: int, r5: int) -> int:
    """bpf(2) on the engine's own maps: create, look up, update, delete, next key, freeze. A descriptor or 0, or a negative
    errno; -EINVAL for other commands."""
    from ebpf.vm.helpers.syscalls import run

    return run(m, command & 0xFFFFFFFF, attributes, size & 0xFFFFFFFF)


@helper
def sys_close(m: Machine, descriptor: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Closes a map that sys_bpf made: 0, or -EBADF."""
    from ebpf.uapi.errno import EBADF
    from ebpf.vm.maps.base import VmMap

    found = m.engine.by_fd(descriptor & 0xFFFFFFFF)
    if not isinstance(found, VmMap) or found not in m.made:
        return -EBADF
    m.made.remove(found)
    found.close()
    return 0
