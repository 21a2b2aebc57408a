"""Programs of a few instructions that call helpers, and the maps that they use."""

from __future__ import annotations

import sys
from typing import Any

from vm_code import I, add, movr, stx

from ebpf.asm import Instruction, encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

U64 = (1 << 64) - 1


def mov(dst: int, imm: int) -> Instruction:
    """A number of 64 bits: two slots."""
    return I(op.LDDW, dst, imm=imm & U64)


def fp(dst: int, offset: int) -> list[Instruction]:
    return [movr(dst, 10), add(dst, offset)]


def text(data: bytes, offset: int) -> list[Instruction]:
    """Puts bytes on the stack at r10 + offset."""
    data = data.ljust(-(-len(data) // 8) * 8, b"\0")
    code = []
    for i in range(0, len(data), 8):
        code += [mov(1, int.from_bytes(data[i : i + 8], sys.byteorder)), stx(op.DW, 10, 1, offset + i)]
    return code


class World:
    """An engine, its maps by name, and programs made of instructions where ("map", name) is a load of a map."""

    def __init__(self, **kwargs: Any) -> None:
        self.engine = VmEngine(jit=False, **kwargs)
        self.maps: dict[str, Any] = {}

    def map(self, name: str, *args: Any, inner: Any = None, **kwargs: Any) -> Any:
        self.maps[name] = self.engine.create_map(MapSpec(name, *args, **kwargs), inner)
        return self.maps[name]

    def load(self, *code: Any, type_: ProgType = ProgType.UNSPEC, functions: list[list[Any]] = []) -> Any:  # noqa: B006
        """`functions` come behind the main one; ("function", n) loads the address of the n-th of them."""
        flat: list[Any] = []
        starts = []
        for part in [list(code), *functions]:
            starts.append(len(flat))
            flat += part
        slots, slot = [], 0
        for item in flat:
            slots.append(slot)
            slot += 2 if isinstance(item, tuple) and item[0] != "kfunc" else getattr(item, "slots", 1)
        references, out = [], []
        for i, item in enumerate(flat):
            if isinstance(item, Instruction):
                out.append(item)
            elif item[0] == "map":
                references.append(Reference(slots[i], "map", item[2]))
                out.append(I(op.LDDW, item[1], 1))
            elif item[0] == "function":
                out.append(I(op.LDDW, item[1], 4, imm=(slots[starts[item[2]]] - slots[i] - 1) & 0xFFFFFFFF))
            else:
                references.append(Reference(slots[i], "kfunc", item[1]))
                out.append(I(op.JMP | op.CALL, src=2))
        return self.engine.load_program(ProgramSpec("t", type_, encode(out), references=references), self.maps)

    def run(self, *code: Any, data: bytes = b"", context: bytes = b"", **kwargs: Any) -> int:
        value: int = self.load(*code, **kwargs).run(data, context).retval
        return value - (1 << 64) if value >> 63 else value
