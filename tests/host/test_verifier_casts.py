"""Casts of contexts and numbers to what the kernel itself has: taken, or refused in the same words, as by the running kernel."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import ebpf
from ebpf.asm import encode, parse
from ebpf.btf.kernel import kernel_btf
from ebpf.errors import EbpfError, VerifierError
from ebpf.spec import ProgramSpec, Reference
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import Kind
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

pytestmark = pytest.mark.host

#: What is done with memory that a number was cast to: r0 points to it, r6 is the context.
CAST = "r6 = r1\nr2 = 0\nr1 = 4096\ncall kfunc bpf_rdonly_cast\n"
USES = {
    "read": "r1 = *(u64 *)(r0 + 8)",
    "far": "r0 += 4096\nr1 = *(u64 *)(r0 + 8)",
    "anywhere": "r7 = r0\ncall 7\nr7 += r0\nr1 = *(u8 *)(r7 + 8)",
    "a wide number": "r7 = 0x1122334455667788 ll\nr0 += r7\nr1 = *(u8 *)(r0 + 0)",
    "bits": "r0 &= 255",
    "product": "r0 *= 7",
    "half": "w0 += 1",
    "number first": "r7 = r0\ncall 7\nr0 += r7\nr1 = *(u8 *)(r0 + 0)",
    "constant first": "r7 = 5\nr7 += r0\nr1 = *(u8 *)(r7 + 0)",
    "minus": "r7 = r0\ncall 7\nr0 -= r7\nr1 = *(u8 *)(r0 + 0)",
    "two pointers": "r1 = *(u32 *)(r6 + 0)\nr0 += r1",
    "null": "if r0 == 0x0 goto +1\nr1 = *(u8 *)(r0 + 0)",
    "spilled": "*(u64 *)(r10 - 8) = r0\nr1 = *(u64 *)(r10 - 8)\nr1 = *(u8 *)(r1 + 0)",
    "signed": "r1 = *(s8 *)(r0 + 0)",
    "written": "*(u8 *)(r0 + 0) = 1",
    "atomic": "r1 = 1\nlock *(u64 *)(r0 + 0) += r1",
    "text": "r1 = r0\nr2 = 4\ncall 6",
    "copied": "r3 = r0\nr1 = r10\nr1 += -8\nr2 = 8\ncall 113",
}


def program(text: str, type: ProgType) -> ProgramSpec:
    listing = parse(text)
    references = [Reference(one.slot, one.kind, one.name, one.offset) for one in listing.references]
    code = encode(listing.instructions, sys.byteorder)
    return ProgramSpec("p", type, code, license="GPL", references=references)


def theirs(spec: ProgramSpec) -> str | None:
    """What the kernel says, empty if it takes the program; None if it can't be asked."""
    try:
        ebpf.load(ebpf.ObjectSpec(programs={"p": spec}), engine="kernel").close()
    except VerifierError as error:
        return error.reason
    except EbpfError:
        return None
    return ""


def ours(spec: ProgramSpec) -> str:
    try:
        verify(spec, {}, target=kernel_btf())
    except VerifierError as error:
        return error.reason
    return ""


def different(programs: dict[str, ProgramSpec], least: int) -> Iterator[str]:
    asked = 0
    for name, spec in programs.items():
        said = theirs(spec)
        if said is not None:
            asked += 1
            if said != ours(spec):
                yield f"{name}: the kernel {said or 'takes it'}, here {ours(spec) or 'taken'}"
    assert asked >= least


def test_contexts_of_every_type() -> None:
    types = [type for type in ProgType if type.name not in ("TRACING", "SYSCALL", "EXT", "LSM", "STRUCT_OPS")]
    text = "call kfunc bpf_cast_to_kern_ctx\nr0 = *(u64 *)(r0 + 0)\nr0 = 0\nexit"
    assert not list(different({type.name: program(text, type) for type in types}, 15))


def test_the_kernels_own_context_where_a_kernel_function_takes_it() -> None:
    """It is what the context is cast to, and not the context itself, but for packets."""
    cast = "call kfunc bpf_cast_to_kern_ctx\nr1 = r0\n"
    texts = {
        (
            ProgType.CGROUP_SOCK_ADDR,
            AttachType.CGROUP_UNIX_CONNECT,
        ): "*(u64 *)(r10 - 8) = 0\n{}r2 = r10\nr2 += -8\nr3 = 8\ncall kfunc bpf_sock_addr_set_sun_path\nr0 = 1\nexit",
        (
            ProgType.SOCK_OPS,
            AttachType.CGROUP_SOCK_OPS,
        ): "{}r2 = 0\ncall kfunc bpf_sock_ops_enable_tx_tstamp\nr0 = 1\nexit",
        (ProgType.XDP, None): "{}r2 = 0\nr3 = r10\nr3 += -16\ncall kfunc bpf_dynptr_from_xdp\nr0 = 2\nexit",
    }
    programs = {
        f"{type.name} {way or 'plain'}": program(text.format(way), type).replace(attach_type=attach)
        for (type, attach), text in texts.items()
        for way in ("", cast)
    }
    assert not list(different(programs, 4))


def test_metadata_of_packets_is_for_programs_of_a_device() -> None:
    text = "r2 = r10\nr2 += -8\ncall kfunc bpf_xdp_metadata_rx_timestamp\nr0 = 2\nexit"
    assert not list(different({"plain": program(text, ProgType.XDP)}, 1))


def test_types_that_may_be_cast_to() -> None:
    btf = kernel_btf()
    first = {kind: next(i for i in range(1, len(btf)) if btf.kind(i) == kind) for kind in Kind if kind.name in (
        "INT", "PTR", "ARRAY", "ENUM", "UNION", "FUNC", "FUNC_PROTO", "CONST")}  # fmt: skip
    ids = {kind.name: type_id for kind, type_id in first.items()}
    ids |= {
        "void": 0,
        "typedef of a struct": btf.find("spinlock_t", Kind.TYPEDEF) or 0,
        "struct": btf.find("task_struct", Kind.STRUCT) or 0,
        "nameless struct": next(
            i for i in range(1, len(btf)) if btf.kind(i) == Kind.STRUCT and not btf.name(i) and btf.size(i) < 8
        ),
        "beyond": 0x7FFFFFFF,
    }
    text = "r2 = {}\ncall kfunc bpf_rdonly_cast\nr1 = *(u64 *)(r0 + 0)\nr0 = 0\nexit"
    assert not list(different({name: program(text.format(i), ProgType.XDP) for name, i in ids.items()}, len(ids)))


def test_memory_that_a_number_was_cast_to() -> None:
    programs = {name: program(f"{CAST}{text}\nr0 = 2\nexit", ProgType.XDP) for name, text in USES.items()}
    assert not list(different(programs, len(programs)))


def test_kernel_functions_are_for_gpl_programs() -> None:
    """Wherever the call stands, even where it is never run."""
    call = "call kfunc bpf_cast_to_kern_ctx"
    texts = {
        "run": f"{call}\nr0 = 2\nexit",
        "not reached": f"r2 = 0\nif r2 == 1 goto +1\ngoto +1\n{call}\nr0 = 2\nexit",
        "after the end": f"r0 = 2\nexit\n{call}\nexit",
    }
    programs = {
        f"{name}, {license}": program(text, ProgType.XDP).replace(license=license)
        for name, text in texts.items()
        for license in ("Proprietary", "", "Dual MIT/GPL")
    }
    assert not list(different(programs, len(programs)))
