"""Instructions ⇄ bytes ⇄ text, both byte orders (RFC 9669)."""

from ebpf.asm.instruction import Instruction, decode, encode

__all__ = ["Instruction", "decode", "encode"]
