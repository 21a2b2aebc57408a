"""The assembler, the disassembler and `check` against this kernel: its verifier's log is read back, and what it takes we take."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import struct
import sys

import pytest

from ebpf.asm import Instruction, assemble, check, encode, text
from ebpf.errors import AsmError
from ebpf.uapi.commands import Command
from ebpf.uapi.instructions import ROWS, InstructionRow
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host

SYS_BPF = {"x86_64": 321, "aarch64": 280}
KERNEL = tuple(int(number) for number in re.findall(r"\d+", platform.release())[:2])

#: Every register but r10 holds a number, r6 the context, and 64 bytes of stack are written.
BEFORE = "r6 = r1\n" + "".join(f"r{n} = {n + 1}\n" for n in (0, 1, 2, 3, 4, 5, 7, 8, 9))
BEFORE += "".join(f"*(u64 *)(r10 - {at}) = r1\n" for at in range(8, 72, 8))
AFTER = "r0 = 0\nexit\n"

#: Needs what a program of four lines can't have, or what Linux doesn't take at all.
LEFT_OUT = {
    "call kfunc", "callx", "addr_space_cast", "lddw map_fd", "lddw map_value", "lddw btf_id", "lddw map_idx",
    "lddw map_idx_value", "lddw func",
}  # fmt: skip

FORMS = {
    "alu": {"dst": 1, "src": 2, "imm": 3},
    "load": {"dst": 1, "src": 10, "offset": -8},
    "load_sx": {"dst": 1, "src": 10, "offset": -8},
    "load_acquire": {"dst": 1, "src": 10, "offset": -8},
    "store": {"dst": 10, "src": 2, "offset": -8},
    "store_imm": {"dst": 10, "imm": -7, "offset": -16},
    "store_release": {"dst": 10, "src": 2, "offset": -8},
    "atomic": {"dst": 10, "src": 2, "offset": -8},
    "cond": {"dst": 1, "src": 2, "imm": 3, "offset": 1},
    "call": {"imm": 5},
    "lddw": {"dst": 1, "imm": 0x1122334455667788},
    "ind": {"src": 2, "imm": 4},
}


def program(row: InstructionRow) -> tuple[list[Instruction], int]:
    """A program that the verifier takes, and the index of an instruction of the row in it."""
    values = {"dst": 1, "src": 2, "offset": 0, "imm": 4} | FORMS.get(row.form, {})
    if row.name == "call local":
        values["imm"] = 2
    fields = {f: values[f] if getattr(row, f) is None else getattr(row, f)[0] for f in ("dst", "src", "offset", "imm")}
    if row.name == "ja32":
        fields["imm"] = 0
    insn = Instruction(row.opcode, **fields)
    before = assemble(BEFORE)
    middle = [insn]
    if row.form == "cond":
        middle.append(Instruction(0xB7, 1))
    after = assemble(AFTER)
    if row.name == "call local":
        after += assemble(AFTER)
    elif row.name == "exit":
        after = []
    return [*before, *middle, *after], len(before)


def load(insns: list[Instruction], level: int = 1) -> tuple[bool, str]:
    code = encode(insns, sys.byteorder)
    body, license_ = ctypes.create_string_buffer(code, len(code)), ctypes.create_string_buffer(b"GPL")
    log = ctypes.create_string_buffer(1 << 16)
    attr = struct.pack(
        "=IIQQIIQII16sII", ProgType.SOCKET_FILTER, len(code) // 8, ctypes.addressof(body), ctypes.addressof(license_),
        level, len(log), ctypes.addressof(log), 0, 0, b"", 0, 0,
    ).ljust(128, b"\0")  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    number = SYS_BPF[platform.machine()]
    fd = libc.syscall(number, int(Command.PROG_LOAD), ctypes.create_string_buffer(attr, 128), 128)
    if fd >= 0:
        os.close(fd)
    return fd >= 0, log.value.decode()


def case(row: InstructionRow) -> object:
    new = row.since is None or row.since > KERNEL
    marks = [pytest.mark.skip(reason=f"this kernel has no {row.name}")] if new else []
    return pytest.param(row, id=f"{row.name}-{row.opcode:#04x}", marks=marks)


CASES = [case(row) for row in ROWS if row.name not in LEFT_OUT]


@pytest.mark.parametrize("row", CASES)
def test_taken_and_the_log_reads_back(row: InstructionRow) -> None:
    insns, at = program(row)
    check(insns)
    taken, log = load(insns, level=2)
    assert taken, log[-600:]
    slot = sum(insn.slots for insn in insns[:at])
    lines = [line for line in log.splitlines() if re.match(rf"{slot}: \(", line)]
    assert lines, log
    assert encode(assemble(lines[0])) == encode([insns[at]]), lines[0]
    shown = re.sub(r"\s*;.*", "", lines[0].split(": ", 1)[1])
    assert f"({row.opcode:02x}) {text(insns[at], kernel=True)}" == shown


@pytest.mark.parametrize("row", CASES)
def test_what_check_refuses_the_kernel_refuses(row: InstructionRow) -> None:
    insns, at = program(row)
    for field in ("dst", "src", "offset", "imm"):
        if getattr(row, field) is None:
            continue
        for value in (1, 2, 3, 5, 9, 15, 17):
            if value > 15 and field in ("dst", "src"):
                continue
            bad = Instruction(insns[at].opcode, insns[at].dst, insns[at].src, insns[at].offset, insns[at].imm)
            setattr(bad, field, value)
            changed = [*insns[:at], bad, *insns[at + 1 :]]
            try:
                check(changed)
            except AsmError as error:
                if (row.name, field) == ("exit", "offset"):
                    continue  # the one unused field that Linux doesn't look at
                taken, _ = load(changed)
                assert not taken, f"{error}; the kernel takes it"
