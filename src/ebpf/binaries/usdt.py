"""USDT probes of a binary: the notes of its section .note.stapsdt, and where a probe's arguments lie.

A note holds the probe's address, where .stapsdt.base was when it was linked, the address of its reference counter ("semaphore"),
and three texts: provider, name, arguments. An argument is "SIZE@OPERAND" with the assembler's own operand; a negative size
is a signed value. (The form is systemtap's, sys/sdt.h.)
"""

from __future__ import annotations

from ebpf._record import Record
from ebpf.errors import EbpfError, HookError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ebpf.binaries.symbols import Binary
    from ebpf.spec import MapSpec

#: The map in which a program of <bpf/usdt.bpf.h> finds the descriptions of probes, by number.
SPECS = "__bpf_usdt_specs"
MAX_ARGUMENTS = 12

_NOTE_TYPE = 3
CONST, REG, DEREF, SIB = range(4)


class Probe(Record):
    """A probe: where it is in the file, its reference counter's place (0: none) and its arguments' text."""

    provider: str
    name: str
    place: int
    counter: int
    arguments: str


class Argument(Record):
    """Where an argument lies: a constant (`offset` is it), a register, memory at register + offset, or at register +
    (index << scale) + offset. Registers are by their byte offset in `struct pt_regs`; `size` in bytes."""

    kind: int
    size: int
    signed: bool
    offset: int = 0
    register: int = 0
    index: int = 0
    scale: int = 0


def find(path: str, provider: str, name: str) -> list[Probe]:
    """The places of a probe in a binary; any provider's if `provider` is empty. Raises HookError, with close names."""
    from ebpf.binaries.symbols import Binary

    with Binary(path) as binary:
        every = list(probes(binary))
    found = [probe for probe in every if probe.name == name and provider in (probe.provider, "")]
    if not found:
        if not every:
            raise HookError(f"{path} has no USDT probes (no section .note.stapsdt)")
        wanted = f"{provider}:{name}"
        close = did_you_mean(wanted, {f"{probe.provider}:{probe.name}" for probe in every})
        raise HookError(f"{path} has no USDT probe {wanted}{close}")
    return found


def probes(binary: Binary) -> Iterator[Probe]:
    """All probes of a binary; a probe that was inlined comes several times. Raises HookError for a broken section."""
    section = binary.elf.get_section_by_name(".note.stapsdt")
    if section is None:
        return
    data = section.data()
    order: Any = "little" if binary.elf.little_endian else "big"
    word = binary.elf.elfclass // 8
    base = binary.elf.get_section_by_name(".stapsdt.base")
    base_address = base["sh_addr"] if base is not None else 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], order)

    at = 0
    while at + 12 <= len(data):
        name_size, size, kind = number(at, 4), number(at + 4, 4), number(at + 8, 4)
        start = at + 12 + (name_size + 3 & ~3)
        at = start + (size + 3 & ~3)
        if start + size > len(data) or size < 3 * word:
            raise HookError(f"{binary.path}: its section .note.stapsdt is damaged")
        if kind != _NOTE_TYPE:
            continue
        address, linked_base, semaphore = (number(start + i * word, word) for i in range(3))
        texts = data[start + 3 * word : start + size].split(b"\0")
        provider, name, arguments = (part.decode(errors="replace") for part in (*texts, b"", b"", b"")[:3])
        # Prelink may have moved the binary since the note was written.
        moved = base_address - linked_base if base_address else 0
        place = binary.place_of(address + moved)
        counter = binary.place_of(semaphore + moved, code=False) if semaphore else 0
        if place is not None:
            yield Probe(provider, name, place, counter or 0, arguments)


def arguments(text: str, machine: str = "") -> list[Argument]:
    """The arguments of a probe. Raises HookError for an operand that isn't known."""
    parse = {"x86_64": _x86, "aarch64": _arm64, "riscv64": _riscv}.get(machine or _this_machine())
    if parse is None:
        raise HookError(f"the arguments of USDT probes on {machine or _this_machine()} can't be read yet")
    out = []
    for word in _words(text):
        size_text, at, operand = word.partition("@")
        try:
            size = int(size_text.rstrip("f"))
        except ValueError:
            size, at = 0, ""
        if not at or abs(size) not in (1, 2, 4, 8):
            raise HookError(f"the USDT argument {word!r} is not SIZE@OPERAND")
        found = parse(operand.strip())
        if found is None:
            raise HookError(f"the USDT argument {word!r} lies where programs can't read it")
        found.size, found.signed = abs(size), size < 0
        out.append(found)
    return out


def encode(spec: MapSpec, found: list[Argument], cookie: int) -> bytes:
    """A probe's description as a value of the map `SPECS`, whose specification is `spec`."""
    if spec.btf is None or not spec.value_type:
        raise EbpfError(f"map {SPECS} has no types: build the object with -g")
    if len(found) > MAX_ARGUMENTS:
        raise HookError(f"a USDT probe with {len(found)} arguments: {MAX_ARGUMENTS} can be read")
    rows = [
        {
            "val_off": argument.offset & 0xFFFFFFFFFFFFFFFF,
            "arg_type": argument.kind,
            "idx_reg_off": argument.index,
            "scale_bitshift": argument.scale,
            "reg_off": argument.register,
            "arg_signed": argument.signed,
            "arg_bitshift": 64 - 8 * argument.size,
        }
        for argument in found
    ]
    rows += [{}] * (MAX_ARGUMENTS - len(rows))
    return spec.btf.codec(spec.value_type).encode({"args": rows, "usdt_cookie": cookie, "arg_cnt": len(found)})


def _this_machine() -> str:
    import platform

    return platform.machine()


def _words(text: str) -> list[str]:
    """Arguments are separated by blanks; "[sp, 16]" has one inside."""
    out: list[str] = []
    for part in text.split():
        if out and out[-1].count("[") > out[-1].count("]"):
            out[-1] += " " + part
        else:
            out.append(part)
    return out


#: Byte offset in the kernel's `struct pt_regs` (arch/x86/include/asm/ptrace.h), 64-bit names; the narrower are made of them.
_X86 = {
    name: i * 8
    for i, name in enumerate(
        ("r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi", "", "rip",
         "", "", "rsp")
    )
    if name
}  # fmt: skip


def _x86_registers() -> dict[str, int]:
    found = dict(_X86)
    for name, at in _X86.items():
        if name[1:].isdigit():
            found.update({name + width: at for width in "dwb"})
        else:
            bare = name[1:]
            found["e" + bare] = found[bare] = at
            found[bare[0] + "l" if bare.endswith("x") else bare + "l"] = at
    return found


def _integer(text: str) -> int | None:
    try:
        return int(text, 0)
    except ValueError:
        return None


def _x86(operand: str) -> Argument | None:
    registers = _x86_registers()
    if operand.startswith("$"):
        number = _integer(operand[1:])
        return Argument(CONST, 0, False, offset=number) if number is not None else None
    if operand.startswith("%"):
        at = registers.get(operand[1:])
        return Argument(REG, 0, False, register=at) if at is not None else None
    before, paren, inside = operand.partition("(")
    if not paren or not inside.endswith(")"):
        return None
    offset = _integer(before) if before else 0
    parts = [part.strip() for part in inside[:-1].split(",")]
    base = registers.get(parts[0].lstrip("%"))
    if base is None or offset is None:
        return None  # an address by symbol, or relative to rip
    if len(parts) == 1:
        return Argument(DEREF, 0, False, offset=offset, register=base)
    index = registers.get(parts[1].lstrip("%"))
    scale = _integer(parts[2]) if len(parts) > 2 else 1
    if index is None or scale not in (1, 2, 4, 8):
        return None
    return Argument(SIB, 0, False, offset=offset, register=base, index=index, scale=scale.bit_length() - 1)


def _arm64_register(name: str) -> int | None:
    if name == "sp":
        return 31 * 8
    if name[:1] in ("x", "w") and name[1:].isdigit() and int(name[1:]) <= 30:
        return int(name[1:]) * 8
    return None


def _arm64(operand: str) -> Argument | None:
    if operand.startswith("["):
        parts = [part.strip() for part in operand[1:].rstrip("]").split(",")]
        base = _arm64_register(parts[0])
        offset = _integer(parts[1].lstrip("#")) if len(parts) > 1 else 0
        if base is None or offset is None or len(parts) > 2:
            return None
        return Argument(DEREF, 0, False, offset=offset, register=base)
    at = _arm64_register(operand)
    if at is not None:
        return Argument(REG, 0, False, register=at)
    number = _integer(operand)
    return Argument(CONST, 0, False, offset=number) if number is not None else None


#: The order of the kernel's `struct pt_regs` on RISC-V; the first is pc.
_RISCV = ("pc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "s2",
          "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6")  # fmt: skip


def _riscv(operand: str) -> Argument | None:
    if operand in _RISCV:
        return Argument(REG, 0, False, register=_RISCV.index(operand) * 8)
    before, paren, inside = operand.partition("(")
    if paren:
        offset, name = _integer(before or "0"), inside.rstrip(")")
        if offset is None or name not in _RISCV:
            return None
        return Argument(DEREF, 0, False, offset=offset, register=_RISCV.index(name) * 8)
    number = _integer(operand)
    return Argument(CONST, 0, False, offset=number) if number is not None else None
