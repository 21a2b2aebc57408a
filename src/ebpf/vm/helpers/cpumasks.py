"""Kernel functions for sets of CPUs (struct bpf_cpumask, Linux 6.3), of as many CPUs as the engine has.

A mask lies in an object's memory (`Objects`), its bits first, 64 a word. What gives a CPU's number gives the number of CPUs where
there is none. A CPU that isn't there is in no mask, and can't be put into one.
"""

from __future__ import annotations

import sys

from ebpf.errors import Fault
from ebpf.uapi.errno import EACCES
from ebpf.vm.helpers.registry import KFUNCS, kfunc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.vm.machine import Machine

#: Bytes of a mask: as with CONFIG_NR_CPUS=1024, behind which comes how many hold it.
_SIZE = 128 + 8


def _bytes(m: Machine) -> int:
    """How many bytes of a mask are in use: whole words."""
    return (m.engine.cpus + 63) // 64 * 8


def _get(m: Machine, mask: int) -> int:
    """The CPUs of a mask as the bits of a number."""
    words = memoryview(m.read(mask, _bytes(m))).cast("Q")
    return sum(word << 64 * n for n, word in enumerate(words)) & _all(m)


def _put(m: Machine, mask: int, cpus: int) -> None:
    m.write(
        mask,
        b"".join((cpus >> shift & (1 << 64) - 1).to_bytes(8, sys.byteorder) for shift in range(0, 8 * _bytes(m), 64)),
    )


def _all(m: Machine) -> int:
    return (1 << m.engine.cpus) - 1


def _first(m: Machine, cpus: int) -> int:
    return (cpus & -cpus).bit_length() - 1 if cpus else m.engine.cpus


def _bit(m: Machine, cpu: int) -> int:
    """The bit of a CPU; 0 of one that isn't there."""
    cpu &= 0xFFFFFFFF
    return 1 << cpu if cpu < m.engine.cpus else 0


@kfunc
def bpf_cpumask_create(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """An empty mask, or 0."""
    return m.engine.objects.make(_SIZE)


@kfunc
def bpf_cpumask_acquire(m: Machine, mask: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The same mask, held once more."""
    return mask if m.engine.objects.hold(mask) else 0


@kfunc
def bpf_cpumask_release(m: Machine, mask: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Gives a mask back."""
    if not m.engine.objects.drop(mask):
        raise Fault(f"{mask:#x} is no mask to give back", program=m.program.spec.name, address=mask)
    return 0


@kfunc
def bpf_cpumask_populate(m: Machine, mask: int, source: int, size: int, r4: int, r5: int) -> int:
    """Sets a mask from bytes (Linux 6.15): 0, or -EACCES for fewer than the CPUs need."""
    needed = _bytes(m)
    if size < needed:
        return -EACCES
    m.write(mask, m.read(source, needed))
    _put(m, mask, _get(m, mask))
    return 0


# -- one CPU: the CPU's number comes first


def _one(name: str, change: Callable[[int, int], int] | None, *, asks: bool) -> None:
    def function(m: Machine, cpu: int, mask: int, r3: int, r4: int, r5: int) -> int:
        bit = _bit(m, cpu)
        cpus = _get(m, mask)
        if change is not None and bit:
            _put(m, mask, change(cpus, bit))
        return int(bool(cpus & bit)) if asks else 0

    KFUNCS[name] = function


_one("bpf_cpumask_set_cpu", lambda cpus, bit: cpus | bit, asks=False)
_one("bpf_cpumask_clear_cpu", lambda cpus, bit: cpus & ~bit, asks=False)
_one("bpf_cpumask_test_cpu", None, asks=True)
_one("bpf_cpumask_test_and_set_cpu", lambda cpus, bit: cpus | bit, asks=True)
_one("bpf_cpumask_test_and_clear_cpu", lambda cpus, bit: cpus & ~bit, asks=True)


# -- masks: a function of one or two masks gives a number, or what another mask becomes


def _asks(name: str, masks: int, answer: Callable[[Machine, int, int], int]) -> None:
    def function(m: Machine, first: int, second: int, r3: int, r4: int, r5: int) -> int:
        return int(answer(m, _get(m, first), _get(m, second) if masks == 2 else 0))

    KFUNCS[name] = function


def _makes(name: str, masks: int, result: Callable[[Machine, int, int], int]) -> None:
    def function(m: Machine, to: int, first: int, second: int, r4: int, r5: int) -> int:
        cpus = result(m, _get(m, first) if masks else 0, _get(m, second) if masks == 2 else 0)
        _put(m, to, cpus)
        return int(bool(cpus))  # bpf_cpumask_and() says whether any is left; the others give nothing

    KFUNCS[name] = function


_asks("bpf_cpumask_first", 1, _first_of := lambda m, a, b: _first(m, a))
_asks("bpf_cpumask_first_zero", 1, lambda m, a, b: _first(m, _all(m) & ~a))
_asks("bpf_cpumask_first_and", 2, lambda m, a, b: _first(m, a & b))
_asks("bpf_cpumask_any_distribute", 1, _first_of)
_asks("bpf_cpumask_any_and_distribute", 2, lambda m, a, b: _first(m, a & b))
_asks("bpf_cpumask_weight", 1, lambda m, a, b: a.bit_count())
_asks("bpf_cpumask_empty", 1, lambda m, a, b: not a)
_asks("bpf_cpumask_full", 1, lambda m, a, b: a == _all(m))
_asks("bpf_cpumask_equal", 2, lambda m, a, b: a == b)
_asks("bpf_cpumask_intersects", 2, lambda m, a, b: bool(a & b))
_asks("bpf_cpumask_subset", 2, lambda m, a, b: not a & ~b)
_makes("bpf_cpumask_setall", 0, lambda m, a, b: _all(m))
_makes("bpf_cpumask_clear", 0, lambda m, a, b: 0)
_makes("bpf_cpumask_copy", 1, lambda m, a, b: a)
_makes("bpf_cpumask_and", 2, lambda m, a, b: a & b)
_makes("bpf_cpumask_or", 2, lambda m, a, b: a | b)
_makes("bpf_cpumask_xor", 2, lambda m, a, b: a ^ b)
