"""The verifier's commonest reasons: a program that this kernel refuses for each, and what we say of it in plain words."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import threading
from collections.abc import Callable

import pytest

from ebpf import explain
from ebpf.asm import encode
from ebpf.asm.assembler import parse
from ebpf.errors import VerifierError
from ebpf.kernel import privilege
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import Line, MapSpec, ProgramSpec, Reference
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
LOOKUP = """
    *(u32 *)(r10 - 4) = 0
    r2 = r10
    r2 += -4
    r1 = map[hash]
    call bpf_map_lookup_elem
"""
FOUND = LOOKUP + "if r0 != 0 goto found\n exit\n found:\n"
END = "\n r0 = 0\n exit\n"
MAPS = {
    "m": MapSpec("m", M.ARRAY, 4, 8, 2),
    "ring": MapSpec("ring", M.RINGBUF, 0, 0, 4096),
    "ro": MapSpec("ro", M.ARRAY, 4, 8, 1, flags=1 << 7),
    "hash": MapSpec("hash", M.HASH, 4, 8, 2),
}
RESERVE = "r1 = map[ring]\n r2 = 8\n r3 = 0\n call bpf_ringbuf_reserve\n"

#: What it is → (program type, text, part of the kernel's reason, part of what we say).
REFUSED: dict[str, tuple[P, str, str, str]] = {
    "a lookup not checked": (P.XDP, LOOKUP + "r0 = *(u64 *)(r0 + 0)" + END, "map_value_or_null", "lookup may be NULL"),
    "a reservation not checked": (P.XDP, RESERVE + "*(u64 *)(r0 + 0) = 0" + END, "mem_or_null", "may be NULL"),
    "a NULL pointer moved": (P.XDP, LOOKUP + "r0 += 4" + END, "null-check it first", "may be NULL"),
    "a number as a pointer": (
        P.XDP, "r1 = 5\n r0 = *(u64 *)(r1 + 0)\n exit", "invalid mem access", "bpf_probe_read_kernel",
    ),
    "packet without a bound": (
        P.XDP, "r2 = *(u32 *)(r1 + 0)\n r0 = *(u8 *)(r2 + 0)" + END, "invalid access to packet", "data_end",
    ),
    "outside a value": (
        P.XDP, FOUND + "r0 = *(u64 *)(r0 + 8)\n exit", "invalid access to map value", "outside the value",
    ),
    "an index without a bound": (
        P.XDP, FOUND + "r6 = r0\n call bpf_get_prandom_u32\n r6 += r0\n r0 = *(u8 *)(r6 + 0)\n exit",
        "unbounded min value", "may be negative",
    ),
    "outside the stack": (P.XDP, "*(u64 *)(r10 - 520) = 0" + END, "invalid write to stack", "512 bytes"),
    "no such field of the context": (P.XDP, "r0 = *(u32 *)(r1 + 200)\n exit", "invalid bpf_context access", "no such field"),
    "a moved context": (
        P.SCHED_CLS, "r1 += 8\n call bpf_get_hash_recalc" + END, "modified ctx ptr", "constant offsets",
    ),
    "a context by an index": (
        P.SCHED_CLS, "r2 = *(u32 *)(r1 + 0)\n r1 += r2\n r0 = *(u32 *)(r1 + 0)\n exit", "variable ctx access", "by an index",
    ),
    "a size that may be negative": (
        P.KPROBE,
        "call bpf_get_prandom_u32\n r2 = r0\n r2 <<= 32\n r2 s>>= 32\n if r2 s> 8 goto out\n r1 = r10\n r1 += -8\n r3 = 0\n"
        "call bpf_probe_read_kernel\n out:" + END,
        "min value is negative", "may be negative",
    ),
    "no return value": (P.XDP, "exit", "R0 !read_ok", "without a return value"),
    "a register never set": (P.XDP, "r0 = r5\n exit", "R5 !read_ok", "never set"),
    "a loop that can't be proved": (
        P.XDP, "r0 = 0\n again:\n r1 = 0\n if r0 == 0 goto again\n exit", "infinite loop detected", "no end",
    ),
    "too much to follow": (
        P.XDP, "r0 = 0\n r6 = 0\n again:\n r6 += 1\n if r6 != 9000000 goto again\n exit", "too large", "bound loops tighter",
    ),
    "code never reached": (P.XDP, "r0 = 0\n exit\n r0 = 1\n exit", "unreachable insn", "never reached"),
    "a jump out of the program": (P.XDP, "r0 = 0\n goto +5\n exit", "jump out of range", "leads out"),
    "an end that is none": (P.XDP, "r0 = 0", "last insn is not an exit", "must end in return"),
    "too much stack in calls": (
        P.XDP, "*(u64 *)(r10 - 400) = 0\n call other\n exit\n other:\n *(u64 *)(r10 - 400) = 0\n r0 = 0\n exit",
        "combined stack size", "per-CPU array",
    ),
    "a GPL helper": (
        P.KPROBE, "r1 = r10\n r1 += -8\n r2 = 8\n r3 = 0\n call bpf_probe_read_kernel" + END, "GPL", 'LICENSE[] SEC("license")',
    ),
    "a helper of another type": (
        P.XDP, "call bpf_skb_get_tunnel_key" + END, "cannot use helper|unknown func", "doesn't exist for this program type",
    ),
    "a helper that is none": (P.XDP, "call 4000" + END, "invalid func", "doesn't have the helper"),
    "a record never given back": (
        P.XDP, RESERVE + "r0 = 0\n exit", "reference leak|Unreleased reference", "released on every path",
    ),
    "an access not aligned": (P.XDP, "*(u64 *)(r10 - 12) = 0" + END, "misaligned", "aligned"),
    "arithmetic on a pointer": (P.XDP, "r1 *= 2" + END, "pointer arithmetic", "can't be moved"),
    "a write into a read-only map": (
        P.XDP, FOUND.replace("map[hash]", "map[ro]") + "*(u64 *)(r0 + 0) = 1" + END, "write into map forbidden", "read-only",
    ),
    "another kind of argument": (
        P.XDP, "r1 = 5\n r2 = r10\n r2 += -4\n *(u32 *)(r10 - 4) = 0\n call bpf_map_lookup_elem" + END, "type=", "another kind",
    ),
    "a return value out of range": (P.CGROUP_SKB, "r0 = 7\n exit", "At program exit", "range that this program type"),
    "an instruction nobody knows": (P.XDP, ".insn 0xf7, 0, 0, 0, 0" + END, "unknown opcode", "doesn't know the instruction"),
    "an atomic nobody knows": (
        P.XDP, "*(u64 *)(r10 - 8) = 0\n r1 = 0\n .insn 0xdb, 10, 1, -8, 0x33" + END, "invalid atomic opcode", "atomic operation",
    ),
    "fields that must be zero": (P.XDP, ".insn 0xb7, 0, 3, 0, 1\n exit", "reserved fields", "doesn't know the instruction"),
    "a division by zero": (P.XDP, "r0 = 1\n r0 /= 0\n exit", "div by zero", "constant zero"),
    "a shift too far": (P.XDP, "r0 = 1\n r0 <<= 64\n exit", "invalid shift", "0 to 63"),
    "the frame pointer changed": (P.XDP, "r10 = 5" + END, "frame pointer is read only", "can't be set"),
    "a register that isn't there": (P.XDP, ".insn 0xb7, 12, 0, 0, 1" + END, "R12 is invalid", "no such register"),
    "stack never written": (P.XDP, "r0 = *(u64 *)(r10 - 8)\n exit", "invalid read from stack", "never written"),
    "stack given away unwritten": (
        P.XDP, "r2 = r10\n r2 += -4\n r1 = map[hash]\n call bpf_map_lookup_elem" + END, "stack", "never written",
    ),
    "a kernel address as a result": (P.SOCKET_FILTER, "r0 = r10\n exit", "leaks addr", "kernel address"),
    "a kernel address in a map": (
        P.SOCKET_FILTER, FOUND + "*(u64 *)(r0 + 0) = r10" + END, "leaks addr", "kernel address",
    ),
    "pointers compared": (
        P.SOCKET_FILTER, "r2 = r10\n if r1 > r2 goto out\n out:" + END, "pointer comparison prohibited", "can't be compared",
    ),
}  # fmt: skip
#: What only a process without CAP_PERFMON is refused.
LESS = {"stack never written", "stack given away unwritten", "a kernel address as a result", "a kernel address in a map",
        "pointers compared"}  # fmt: skip


def program(type_: P, text: str, license: str = "GPL") -> ProgramSpec:
    listing = parse(text)
    return ProgramSpec(
        name="refused",
        type=type_,
        code=encode(listing.instructions, sys.byteorder),
        license=license,
        references=[Reference(one.slot, one.kind, one.name, one.offset) for one in listing.references],
        lines=[Line(0, "a.c", "here it begins;", 7)],
    )


def without_perfmon(call: Callable[[], None]) -> None:
    """Calls it in a thread that has CAP_BPF and CAP_NET_ADMIN and nothing else."""
    raised: list[BaseException] = []

    def run() -> None:
        wanted = 1 << privilege.CAP_BPF | 1 << privilege.CAP_NET_ADMIN
        header = struct.pack("=Ii", 0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this thread
        words = (wanted & 0xFFFFFFFF, wanted >> 32)
        data = struct.pack("=6I", words[0], words[0], 0, words[1], words[1], 0)
        assert ctypes.CDLL(None).capset(header, data) == 0
        try:
            call()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_in_plain_words(what: str) -> None:
    if what == "too much to follow" and os.environ.get("EBPF_IN_GUEST"):
        pytest.skip("a million instructions take minutes without KVM")
    type_, text, reason, said = REFUSED[what]
    spec = program(type_, text, "" if "GPL" in what else "GPL")
    with KernelEngine() as engine, pytest.raises(VerifierError) as caught:
        maps = {name: engine.create_map(map_) for name, map_ in MAPS.items()}

        def load() -> None:
            engine.load_program(spec, maps)

        if what in LESS:
            without_perfmon(load)
        else:
            load()
    error = caught.value
    assert any(text in error.reason for text in reason.split("|")) and said in str(error) and said in error.fix
    assert (error.reason in error.log and "processed" in error.log) or ";" in error.reason or error.slot is None
    assert str(error).startswith("the kernel refused program refused") and len(str(error).splitlines()) <= 5
    assert len(str(error)) < 600  # the whole log is kept apart


def test_thirty_reasons_and_more() -> None:
    said = {explain.words(reason)[2] for _, _, reason, _ in REFUSED.values()}
    assert len(said) >= 30 and len(explain.REASONS) >= 55


def test_the_state_of_the_register_is_told() -> None:
    text = "r2 = *(u32 *)(r1 + 0)\n r3 = *(u32 *)(r1 + 4)\n r2 += 2\n r0 = *(u8 *)(r2 + 0)\n exit"
    with KernelEngine() as engine, pytest.raises(VerifierError) as caught:
        engine.load_program(program(P.XDP, text), {})
    assert caught.value.register == 2 and caught.value.known.startswith("pkt(") and caught.value.slot == 3
    assert "r2 is pkt(" in str(caught.value)
    assert caught.value.line == "a.c:7: here it begins;" and "at a.c:7" in str(caught.value)
