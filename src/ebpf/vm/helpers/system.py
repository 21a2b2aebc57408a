"""Time, random numbers, the CPU."""

from __future__ import annotations

import time
from random import getrandbits

from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_BOOT = getattr(time, "CLOCK_BOOTTIME", None)
_TAI = getattr(time, "CLOCK_TAI", None)


@helper
def ktime_get_ns(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Nanoseconds since some start, without time asleep (CLOCK_MONOTONIC)."""
    return time.monotonic_ns()


@helper
def get_prandom_u32(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """A random number of 32 bits."""
    return getrandbits(32)


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
