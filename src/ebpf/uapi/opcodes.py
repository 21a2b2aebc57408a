"""The opcode byte of a BPF instruction, as RFC 9669 (section 3) takes it apart, and what Linux has beyond it."""

from __future__ import annotations

# Instruction classes (RFC 9669, 3.1): the low three bits.
LD, LDX, ST, STX, ALU, JMP, JMP32, ALU64 = range(8)
CLASS_MASK = 0x07

# Source of the operand of ALU and JMP instructions: the immediate or a register.
K, X = 0x00, 0x08

# ALU and ALU64 operations: the high four bits.
ADD, SUB, MUL, DIV, OR, AND, LSH, RSH, NEG, MOD, XOR, MOV, ARSH, END = range(0x00, 0xE0, 0x10)
#: As LLVM and the kernel write them.
ALU_SIGNS = {
    ADD: "+=", SUB: "-=", MUL: "*=", DIV: "/=", OR: "|=", AND: "&=", LSH: "<<=", RSH: ">>=",
    MOD: "%=", XOR: "^=", MOV: "=", ARSH: "s>>=",
}  # fmt: skip

# JMP and JMP32 operations: the high four bits. JCOND is may_goto (Linux 6.9).
JA, JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, CALL, EXIT, JLT, JLE, JSLT, JSLE, JCOND = range(0x00, 0xF0, 0x10)
OP_MASK = 0xF0

# Width of a load or store.
W, H, B, DW = 0x00, 0x08, 0x10, 0x18
SIZE_MASK = 0x18
SIZE_BYTES = {W: 4, H: 2, B: 1, DW: 8}

# Mode of a load or store: the high three bits.
IMM, ABS, IND, MEM, MEMSX, ATOMIC = 0x00, 0x20, 0x40, 0x60, 0x80, 0xC0
MODE_MASK = 0xE0

# Atomic operations, in the immediate of STX | ATOMIC. LOAD_ACQ and STORE_REL: Linux 6.15.
FETCH = 0x01
XCHG = 0xE0 | FETCH
CMPXCHG = 0xF0 | FETCH
LOAD_ACQ = 0x100
STORE_REL = 0x110

#: The opcode of the 16-byte load of a 64-bit immediate.
LDDW = LD | IMM | DW
