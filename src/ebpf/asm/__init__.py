"""Instructions ⇄ bytes ⇄ text, both byte orders (RFC 9669).

`decode` and `encode` are all that loading a program needs. The text side (`disassemble`, `text`, `assemble`, `parse`)
and `check` are imported when first used.
"""

from __future__ import annotations

from ebpf.asm.instruction import Instruction, decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm.assembler import Label, Listing, Symbol, assemble, parse
    from ebpf.asm.checker import check, row_of
    from ebpf.asm.disassembler import disassemble, text

__all__ = [
    "Instruction", "Label", "Listing", "Symbol", "assemble", "check", "decode", "disassemble", "encode", "parse", "row_of",
    "text",
]  # fmt: skip

_LATER = {
    "Label": "assembler", "Listing": "assembler", "Symbol": "assembler", "assemble": "assembler", "parse": "assembler",
    "check": "checker", "row_of": "checker", "disassemble": "disassembler", "text": "disassembler",
}  # fmt: skip


def __getattr__(name: str) -> object:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module 'ebpf.asm' has no attribute {name!r}")
    import sys

    __import__(f"ebpf.asm.{module}")
    value: object = getattr(sys.modules[f"ebpf.asm.{module}"], name)
    globals()[name] = value
    return value
