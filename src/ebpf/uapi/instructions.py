"""Every BPF instruction, one row each: RFC 9669 and what Linux has beyond it.

Names are the mnemonics of the bpf_conformance and ubpf assemblers. Fields are by RFC 9669 (sections 4 and 5) and, for what
is newer, by the checks of Linux 6.18; `since` is the first Linux release that takes the instruction, `version` the
first `-mcpu=vN` of LLVM that emits it, `group` the RFC's conformance group ("" for what the RFC doesn't have).
"""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.uapi import opcodes as op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    #: What a field may hold: None is anything that fits, else one of these values.
    Field = tuple[int, ...] | None

UNUSED: Field = (0,)


class InstructionRow(Frozen):
    """`opcode` and, where several instructions share one, `src`, `offset` or `imm` tell them apart.

    `form` groups instructions of one shape:
    alu, neg, movsx, cast, end; cond, jump, jump32, may_goto, call, call_local, call_kfunc, callx, exit;
    lddw, abs, ind, load, load_sx, store_imm, store, atomic, load_acquire, store_release.
    A used register is 0 to 10.
    """

    name: str
    opcode: int
    form: str
    dst: Field = UNUSED
    src: Field = UNUSED
    offset: Field = UNUSED
    imm: Field = UNUSED
    since: tuple[int, int] | None = (3, 18)
    version: int = 1
    group: str = ""


#: ALU operation → mnemonic. DIV and MOD are signed with offset 1, MOV extends the sign with another offset.
ALU_NAMES = {
    op.ADD: "add", op.SUB: "sub", op.MUL: "mul", op.DIV: "div", op.OR: "or", op.AND: "and", op.LSH: "lsh",
    op.RSH: "rsh", op.MOD: "mod", op.XOR: "xor", op.MOV: "mov", op.ARSH: "arsh",
}  # fmt: skip

#: Conditional jump → mnemonic. The last four came with v2 (Linux 4.14).
JUMP_NAMES = {
    op.JEQ: "jeq", op.JGT: "jgt", op.JGE: "jge", op.JSET: "jset", op.JNE: "jne", op.JSGT: "jsgt", op.JSGE: "jsge",
    op.JLT: "jlt", op.JLE: "jle", op.JSLT: "jslt", op.JSLE: "jsle",
}  # fmt: skip

SIZE_NAMES = {op.B: "b", op.H: "h", op.W: "w", op.DW: "dw"}

#: Atomic operation in the immediate → mnemonic.
ATOMIC_NAMES = {op.ADD: "add", op.OR: "or", op.AND: "and", op.XOR: "xor"}

#: The `src` of a 16-byte load → (what it loads, first kernel).
LDDW_KINDS = {
    0: ("", (3, 18)), 1: ("map_fd", (3, 18)), 2: ("map_value", (5, 2)), 3: ("btf_id", (5, 10)), 4: ("func", (5, 13)),
    5: ("map_idx", (5, 14)), 6: ("map_idx_value", (5, 14)),
}  # fmt: skip


def _rows() -> Iterator[InstructionRow]:
    row = InstructionRow
    for cls, bits in ((op.ALU64, ""), (op.ALU, "32")):
        width = bits or "64"
        base = "base" + width
        for code, name in ALU_NAMES.items():
            group = "divmul" + width if name in ("mul", "div", "mod") else base
            for source, src, imm in ((op.K, UNUSED, None), (op.X, None, UNUSED)):
                yield row(name + bits, cls | code | source, "alu", None, src, UNUSED, imm, group=group)
                if name in ("div", "mod"):
                    yield row("s" + name + bits, cls | code | source, "alu", None, src, (1,), imm, (6, 6), 4, group)
        for size in (8, 16, 32) if width == "64" else (8, 16):
            name = f"movsx{size}{width}"
            yield row(name, cls | op.MOV | op.X, "movsx", None, None, (size,), UNUSED, (6, 6), 4, base)
        yield row("neg" + bits, cls | op.NEG, "neg", None, group=base)
    # From address space 0 to 1 or back: Linux knows these two (arena).
    yield row("addr_space_cast", op.ALU64 | op.MOV | op.X, "cast", None, None, (1,), (1, 1 << 16), (6, 9), 4)
    yield row("le", op.ALU | op.END | op.K, "end", None, imm=(16, 32, 64), group="base32")
    yield row("be", op.ALU | op.END | op.X, "end", None, imm=(16, 32, 64), group="base32")
    yield row("bswap", op.ALU64 | op.END, "end", None, imm=(16, 32, 64), since=(6, 6), version=4, group="base64")

    for cls, bits in ((op.JMP, ""), (op.JMP32, "32")):
        for code, name in JUMP_NAMES.items():
            since, version = ((4, 14), 2) if code >= op.JLT else ((3, 18), 1)
            since, version = ((5, 1), 3) if bits else (since, version)
            group = "base" + (bits or "64")
            yield row(name + bits, cls | code | op.K, "cond", None, UNUSED, None, None, since, version, group)
            yield row(name + bits, cls | code | op.X, "cond", None, None, None, UNUSED, since, version, group)
    yield row("ja", op.JMP | op.JA, "jump", offset=None, group="base32")
    yield row("ja32", op.JMP32 | op.JA, "jump32", imm=None, since=(6, 6), version=4, group="base32")
    yield row("may_goto", op.JMP | op.JCOND, "may_goto", offset=None, since=(6, 9))
    yield row("call", op.JMP | op.CALL, "call", src=(0,), imm=None, group="base32")
    yield row("call local", op.JMP | op.CALL, "call_local", src=(1,), imm=None, since=(4, 16), group="base32")
    # The offset is 0, or an index into fd_array, where the BTF of the module that has the function is found.
    yield row(
        "call kfunc", op.JMP | op.CALL, "call_kfunc", src=(2,), offset=None, imm=None, since=(5, 13), group="base32"
    )
    yield row("callx", op.JMP | op.CALL | op.X, "callx", None, since=None)
    yield row("exit", op.JMP | op.EXIT, "exit", group="base32")

    for number, (kind, since) in LDDW_KINDS.items():
        yield row(f"lddw {kind}".strip(), op.LDDW, "lddw", None, (number,), imm=None, since=since, group="base64")
    for size, name in SIZE_NAMES.items():
        # Loads and stores of 8 bytes are in the RFC's base64, the others in base32.
        group = "base64" if size == op.DW else "base32"
        if size != op.DW:
            yield row("ldabs" + name, op.LD | op.ABS | size, "abs", imm=None, group="packet")
            yield row("ldind" + name, op.LD | op.IND | size, "ind", src=None, imm=None, group="packet")
            yield row(
                "ldxs" + name,
                op.LDX | op.MEMSX | size,
                "load_sx",
                None,
                None,
                None,
                since=(6, 6),
                version=4,
                group="base64",
            )
        yield row("ldx" + name, op.LDX | op.MEM | size, "load", None, None, None, group=group)
        yield row("st" + name, op.ST | op.MEM | size, "store_imm", None, offset=None, imm=None, group=group)
        yield row("stx" + name, op.STX | op.MEM | size, "store", None, None, None, group=group)
        yield row(
            "load_acquire" + name,
            op.STX | op.ATOMIC | size,
            "load_acquire",
            None,
            None,
            None,
            (op.LOAD_ACQ,),
            (6, 15),
            4,
        )
        yield row(
            "store_release" + name,
            op.STX | op.ATOMIC | size,
            "store_release",
            None,
            None,
            None,
            (op.STORE_REL,),
            (6, 15),
            4,
        )
    for size, bits in ((op.DW, ""), (op.W, "32")):
        group, opcode = "atomic" + (bits or "64"), op.STX | op.ATOMIC | size
        for code, name in ATOMIC_NAMES.items():
            since, version = ((3, 18), 1) if code == op.ADD else ((5, 12), 3)
            yield row(f"lock {name}{bits}", opcode, "atomic", None, None, None, (code,), since, version, group)
            fetch = code | op.FETCH
            yield row(f"lock fetch {name}{bits}", opcode, "atomic", None, None, None, (fetch,), (5, 12), 3, group)
        yield row("lock xchg" + bits, opcode, "atomic", None, None, None, (op.XCHG,), (5, 12), 3, group)
        yield row("lock cmpxchg" + bits, opcode, "atomic", None, None, None, (op.CMPXCHG,), (5, 12), 3, group)


ROWS: tuple[InstructionRow, ...] = tuple(_rows())

#: Opcode → the instructions that have it.
BY_OPCODE: dict[int, list[InstructionRow]] = {}
for _row in ROWS:
    BY_OPCODE.setdefault(_row.opcode, []).append(_row)
del _row
