"""A loaded program as the kernel runs it, as text: bytecode after the verifier's changes, or machine code, with C lines.

What the kernel shows has ids of maps where the program had descriptors, and addresses of functions where it had numbers.
"""

from __future__ import annotations

import os
import sys as _sys
from struct import Struct

from ebpf.errors import EbpfError, NotSupported
from ebpf.kernel.info import OBJ, btf_by_id, describe, prog_array
from ebpf.spec import Function, Line, Reference
from ebpf.uapi import flags
from ebpf.uapi.opcodes import LDDW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf
    from ebpf.spec import ReferenceKind

_FUNC, _LINE, _U64, _U32 = Struct("=II"), Struct("=IIII"), Struct("=Q"), Struct("=I")
_CALL = 0x85


def dump(fd: int, what: str = "xlated") -> list[str]:
    """The lines of a program: "xlated" is bytecode, "jited" machine code. NotSupported where the kernel doesn't show it to this
    process, KernelError."""
    if what not in ("xlated", "jited"):
        raise ValueError(f'"xlated" or "jited" is wanted, not {what!r}')
    return _xlated(fd) if what == "xlated" else _jited(fd)


def code(fd: int, what: str = "xlated") -> bytes:
    """The bytes of that. NotSupported, KernelError."""
    data = prog_array(fd, "xlated_prog_insns" if what == "xlated" else "jited_prog_insns")
    if not data:
        why = "the kernel doesn't show it to this process"
        if what == "jited" and not describe("prog", fd)["id"]:
            why = "it was not compiled"
        raise NotSupported(
            f"the {what} code of a program", why=why, hint="it needs CAP_SYS_ADMIN and kernel.kptr_restrict < 2"
        )
    return data


def types(fd: int) -> Btf | None:
    """The types that a program was loaded with."""
    number = describe("prog", fd)["btf_id"]
    return btf_by_id(number) if number else None


def functions(fd: int, btf: Btf | None) -> list[Function]:
    """The functions of a program's bytecode, where it has types."""
    if btf is None:
        return []
    found = _FUNC.iter_unpack(prog_array(fd, "func_info"))
    return [Function(slot, btf.name(type_id), type_id) for slot, type_id in found]


def lines(fd: int, btf: Btf | None) -> list[Line]:
    """The C lines of a program's bytecode, where it has types."""
    if btf is None:
        return []
    return [
        Line(slot, btf.string(file), btf.string(text), place >> 10, place & 1023)
        for slot, file, text, place in _LINE.iter_unpack(prog_array(fd, "line_info"))
    ]


def _xlated(fd: int) -> list[str]:
    from ebpf.asm.disassembler import disassemble

    data = code(fd)
    btf = types(fd)
    return list(
        disassemble(
            data,
            byte_order=_sys.byteorder,
            functions=functions(fd, btf),
            references=_maps(data),
            lines=lines(fd, btf),
            notes=_calls(data),
        )
    )


def _maps(data: bytes) -> list[Reference]:
    """Maps by name in place of ids, for loads of them."""
    found = []
    names: dict[int, str] = {}
    for at in range(0, len(data) - 8, 8):
        if data[at] != LDDW:
            continue
        source = data[at + 1] >> 4 if _sys.byteorder == "little" else data[at + 1] & 15
        if source not in (flags.BPF_PSEUDO_MAP_FD, flags.BPF_PSEUDO_MAP_VALUE):
            continue
        number = _U32.unpack_from(data, at + 4)[0]
        if number not in names:
            names[number] = _map_name(number)
        kind: ReferenceKind = "map" if source == flags.BPF_PSEUDO_MAP_FD else "map_value"
        found.append(
            Reference(at // 8, kind, names[number], _U32.unpack_from(data, at + 12)[0] if kind == "map_value" else 0)
        )
    return found


def _map_name(number: int) -> str:
    try:
        return OBJ["map"].describe(number)["name"] or f"id_{number}"
    except OSError:
        return f"id_{number}"


def _calls(data: bytes) -> dict[int, str]:
    """Slot → the kernel's function that is called there; nothing where kernel addresses are hidden."""
    from ebpf.kernel.kallsyms import address_of
    from ebpf.kernel.symbols import KernelSymbols

    found: dict[int, str] = {}
    base = address_of("__bpf_call_base")
    if not base:
        return found
    known = KernelSymbols()
    for at in range(0, len(data) - 7, 8):
        if data[at] == _CALL and not data[at + 1] >> 4:
            imm = int.from_bytes(data[at + 4 : at + 8], _sys.byteorder, signed=True)
            name, offset, _module = known.find(base + imm) or ("", 0, "")
            if name and not offset:
                found[at // 8] = name
    return found


def _jited(fd: int) -> list[str]:
    data = code(fd, "jited")
    starts = [value for (value,) in _U64.iter_unpack(prog_array(fd, "jited_ksyms"))]
    lengths = [value for (value,) in _U32.iter_unpack(prog_array(fd, "jited_func_lens"))] or [len(data)]
    btf = types(fd)
    names = [function.name for function in functions(fd, btf)]
    places = [value for (value,) in _U64.iter_unpack(prog_array(fd, "jited_line_info"))]
    texts = [" ".join(line.text.split()) for line in lines(fd, btf)]
    noted = dict(zip(places, texts, strict=False))
    out: list[str] = []
    at = 0
    for number, length in enumerate(lengths):
        start = starts[number] if number < len(starts) else 0
        out.append(f"{names[number] if number < len(names) else 'program'}: {start:#x}")
        for offset, shown in _machine(data[at : at + length], start):
            text = noted.get(start + offset, "")
            if text and start:
                out.append(f"; {text}")
            out.append(f"{offset:>5x}: {shown}")
        at += length
    return out


def _machine(data: bytes, start: int) -> list[tuple[int, str]]:
    """(offset, text) of each machine instruction of code at an address, by objdump; where there is none, 16 bytes a line."""
    import shutil

    row = _OBJDUMP.get(os.uname().machine)
    tool = shutil.which("objdump") if row else None
    if row is None or tool is None:
        return [(at, data[at : at + 16].hex(" ")) for at in range(0, len(data), 16)]
    import subprocess
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [tool, "-D", "-b", "binary", "-m", row, "--no-show-raw-insn", f"--adjust-vma={start}", file.name]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise EbpfError(f"objdump can't read the program: {done.stderr.strip()}")
    found = []
    for line in done.stdout.splitlines():
        place, colon, text = line.strip().partition(":\t")
        if colon:
            found.append((int(place, 16) - start, " ".join(text.split())))
    return found


#: Machine by uname → its name in objdump.
_OBJDUMP = {"x86_64": "i386:x86-64", "aarch64": "aarch64", "riscv64": "riscv:rv64", "s390x": "s390:64-bit"}
