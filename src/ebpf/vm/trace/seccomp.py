"""The filter that lets every system call pass at full speed but those that some program wants to see.

Classic BPF over `struct seccomp_data` (linux/seccomp.h). Linux works out beforehand which numbers are always allowed
(since 5.11), so these don't even run it.
"""

from __future__ import annotations

import ctypes
import struct

from ebpf.vm.trace import ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RET_TRACE, RET_ALLOW = 0x7FF0_0000, 0x7FFF_0000
LOAD, RETURN, JUMP, JUMP_EQ, JUMP_GE, JUMP_SET = 0x20, 0x06, 0x05, 0x15, 0x35, 0x45
#: In `struct seccomp_data`; of an argument, the lower half where bytes are little-endian.
NUMBER_AT, ARCH_AT, ARGS_AT = 0, 4, 16
_MAP_ANONYMOUS = 0x20
SECCOMP_MODE_FILTER = 2

Insn = tuple[int, int, int, int]  # code, jt, jf, k


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted (first, last) of the runs in `numbers`."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _search(edges: list[int], trace: bool) -> list[Insn]:
    """A binary search. Below edges[0] the answer is `trace`, and it turns at every edge."""
    if not edges:
        return [(RETURN, 0, 0, RET_TRACE if trace else RET_ALLOW)]
    middle = len(edges) // 2
    below = _search(edges[:middle], trace)
    above = _search(edges[middle + 1 :], trace ^ (middle % 2 == 0))
    if len(below) < 256:
        return [(JUMP_GE, len(below), 0, edges[middle]), *below, *above]
    return [(JUMP_GE, 0, 1, edges[middle]), (JUMP, 0, 0, len(below)), *below, *above]


def filter_for(
    audit_arch: int, numbers: Iterable[int] | None, mmap: int | None = None, protection: int = 0
) -> list[Insn]:
    """Traces `numbers` (None: every one) made through the machine's own interface. Others (32-bit, x32) pass.

    `mmap`: the number of mmap(2), of which calls are traced that map a file with one of the bits of `protection`.
    """
    edges = [0] if numbers is None else [edge for first, last in ranges(numbers) for edge in (first, last + 1)]
    if numbers is None:
        edges.append(0x4000_0000)  # x32 on x86-64; no machine has so many
    return [
        (LOAD, 0, 0, ARCH_AT),
        (JUMP_EQ, 1, 0, audit_arch),
        (RETURN, 0, 0, RET_ALLOW),
        (LOAD, 0, 0, NUMBER_AT),
        *(_maps_a_file(mmap, protection) if mmap is not None and numbers is not None else ()),
        *_search(edges, False),
    ]


def _maps_a_file(mmap: int, protection: int) -> list[Insn]:
    return [
        (JUMP_EQ, 0, 6, mmap),
        (LOAD, 0, 0, ARGS_AT + 8 * 2),
        (JUMP_SET, 0, 3, protection),
        (LOAD, 0, 0, ARGS_AT + 8 * 3),
        (JUMP_SET, 1, 0, _MAP_ANONYMOUS),
        (RETURN, 0, 0, RET_TRACE),
        (LOAD, 0, 0, NUMBER_AT),
    ]


def run(program: list[Insn], arch: int, number: int, args: Sequence[int] = ()) -> int:
    """What the filter answers; the same as the kernel would. For tests."""
    at = value = 0
    while True:
        code, jt, jf, k = program[at]
        at += 1
        if code == LOAD:
            value = (number, arch)[k // 4] if k < ARGS_AT else args[(k - ARGS_AT) // 8] & 0xFFFF_FFFF
        elif code == JUMP_EQ:
            at += jt if value == k else jf
        elif code == JUMP_SET:
            at += jt if value & k else jf
        elif code == JUMP_GE:
            at += jt if value >= k else jf
        elif code == JUMP:
            at += k
        else:
            return k


class Filter:
    """The filter as `struct sock_fprog`, made before the fork so that the child has nothing left to make."""

    def __init__(self, program: list[Insn]) -> None:
        code = b"".join(struct.pack("=HBBI", *insn) for insn in program)
        self._code = ctypes.create_string_buffer(code, len(code))
        self._head = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(self._code)))

    def install(self) -> None:
        """In the child, for good: it needs no_new_privs or CAP_SYS_ADMIN."""
        if ptrace.prctl(ptrace.PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(self._head), 0, 0):
            raise OSError(ctypes.get_errno(), "seccomp")
