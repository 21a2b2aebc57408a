"""Instructions ⇄ text: what is shown, what is read, and that one gives back the other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebpf import asm
from ebpf.asm import Instruction, assemble, decode, disassemble, encode, parse, text
from ebpf.errors import AsmError
from ebpf.spec import Function, Line, Reference
from ebpf.uapi.instructions import ROWS, InstructionRow

# Text ⇄ bytes in little endian, as llvm-objdump has them.
SHOWN = {
    "r0 = 5": "b700000005000000",
    "r0 = -1": "b7000000ffffffff",
    "w0 = 5": "b400000005000000",
    "r1 = r2": "bf21000000000000",
    "w1 = w2": "bc21000000000000",
    "r1 += r2": "0f21000000000000",
    "w1 -= 7": "1401000007000000",
    "r3 *= 2": "2703000002000000",
    "r3 /= r4": "3f43000000000000",
    "r3 s/= r4": "3f43010000000000",
    "w3 s%= 5": "9403010005000000",
    "r3 %= 5": "9703000005000000",
    "r5 |= r6": "4f65000000000000",
    "r5 &= 255": "57050000ff000000",
    "r5 ^= r6": "af65000000000000",
    "r5 <<= 32": "6705000020000000",
    "r5 >>= 32": "7705000020000000",
    "r5 s>>= 32": "c705000020000000",
    "r5 = -r5": "8705000000000000",
    "w5 = -w5": "8405000000000000",
    "r1 = (s8)r2": "bf21080000000000",
    "r1 = (s16)r2": "bf21100000000000",
    "r1 = (s32)r2": "bf21200000000000",
    "w1 = (s8)w2": "bc21080000000000",
    "r1 = be16 r1": "dc01000010000000",
    "r1 = le32 r1": "d401000020000000",
    "r1 = be64 r1": "dc01000040000000",
    "r1 = bswap16 r1": "d701000010000000",
    "r1 = bswap64 r1": "d701000040000000",
    "r1 = addr_space_cast(r2, 0, 1)": "bf21010001000000",
    "r1 = addr_space_cast(r2, 1, 0)": "bf21010000000100",
    "r0 = *(u8 *)(r1 + 4)": "7110040000000000",
    "r0 = *(u16 *)(r1 + 4)": "6910040000000000",
    "r0 = *(u32 *)(r1 + 4)": "6110040000000000",
    "r0 = *(u64 *)(r10 - 8)": "79a0f8ff00000000",
    "r0 = *(s8 *)(r1 + 4)": "9110040000000000",
    "r0 = *(s16 *)(r1 + 4)": "8910040000000000",
    "r0 = *(s32 *)(r1 + 4)": "8110040000000000",
    "*(u8 *)(r10 - 1) = r1": "731affff00000000",
    "*(u64 *)(r10 - 8) = r1": "7b1af8ff00000000",
    "*(u32 *)(r10 - 4) = 7": "620afcff07000000",
    "*(u64 *)(r10 - 8) = -1": "7a0af8ffffffffff",
    "if r1 == 0x0 goto +3": "1501030000000000",
    "if r1 != r2 goto -1": "5d21ffff00000000",
    "if w1 s> 0xffffffff goto +0": "66010000ffffffff",
    "if w1 & w2 goto +1": "4e21010000000000",
    "if r1 s<= 0x5 goto +1": "d501010005000000",
    "if r1 < r2 goto +1": "ad21010000000000",
    "goto +3": "0500030000000000",
    "goto -2": "0500feff00000000",
    "gotol +70000": "0600000070110100",
    "may_goto +3": "e500030000000000",
    "call bpf_map_lookup_elem#1": "8500000001000000",
    "call 0x3e7": "85000000e7030000",
    "call pc+5": "8510000005000000",
    "call pc-2": "85100000feffffff",
    "call kfunc 1234": "85200000d2040000",
    "call kfunc 1234 btf 2": "85200200d2040000",
    "callx r2": "8d02000000000000",
    "exit": "9500000000000000",
    "r1 = 0x123456789abcdef0 ll": "18010000f0debc9a0000000078563412",
    "r1 = 0xffffffffffffffff ll": "18010000ffffffff00000000ffffffff",
    "r1 = map[fd:5]": "18110000050000000000000000000000",
    "r1 = map[fd:5][0]+8": "18210000050000000000000008000000",
    "r1 = btf_id[77]": "183100004d0000000000000000000000",
    "r1 = btf_id[77, fd:9]": "183100004d0000000000000009000000",
    "r1 = subprog[+3]": "18410000030000000000000000000000",
    "r1 = map[idx:2]": "18510000020000000000000000000000",
    "r1 = map[idx:2][0]+4": "18610000020000000000000004000000",
    "r0 = *(u8 *)skb[14]": "300000000e000000",
    "r0 = *(u16 *)skb[r7 + 14]": "487000000e000000",
    "r0 = *(u32 *)skb[-4096]": "2000000000f0ffff",
    "lock *(u64 *)(r0 + 0) += r1": "db10000000000000",
    "lock *(u32 *)(r0 + 4) |= w1": "c310040040000000",
    "lock *(u64 *)(r0 + 0) &= r1": "db10000050000000",
    "lock *(u64 *)(r0 + 0) ^= r1": "db100000a0000000",
    "r1 = atomic64_fetch_add((u64 *)(r0 + 0), r1)": "db10000001000000",
    "w1 = atomic_fetch_xor((u32 *)(r0 + 0), w1)": "c3100000a1000000",
    "r1 = atomic64_xchg((u64 *)(r0 - 8), r1)": "db10f8ffe1000000",
    "r0 = atomic64_cmpxchg((u64 *)(r10 - 8), r0, r1)": "db1af8fff1000000",
    "w0 = atomic_cmpxchg((u32 *)(r10 - 8), w0, w1)": "c31af8fff1000000",
    "w2 = load_acquire((u8 *)(r1 + 2))": "d312020000010000",
    "r2 = load_acquire((u64 *)(r1 + 2))": "db12020000010000",
    "store_release((u16 *)(r1 + 2), w2)": "cb21020010010000",
    "store_release((u64 *)(r1 + 2), r2)": "db21020010010000",
    ".insn 0xff, 15, 14, -3, 0x1": "ffeffdff01000000",
}


@pytest.mark.parametrize(("line", "code"), SHOWN.items(), ids=SHOWN)
def test_shown_and_read(line: str, code: str) -> None:
    raw = bytes.fromhex(code)
    (insn,) = decode(raw, "little")
    assert text(insn) == line
    assert encode(assemble(line), "little") == raw


def test_the_table_has_every_form() -> None:
    shown = [asm.row_of(decode(bytes.fromhex(code), "little")[0]) for code in SHOWN.values()]
    assert {row.form for row in shown if row} == {row.form for row in ROWS}


# The same in other hands: llvm-objdump, the kernel's log, bpftool, ubpf and bpf_conformance.
READ = {
    "       5:	61 10 04 00 00 00 00 00	r0 = *(u32 *)(r1 + 4)": "r0 = *(u32 *)(r1 + 4)",
    "       5:	r0 = *(u32 *)(r1 + 0x4)": "r0 = *(u32 *)(r1 + 4)",
    "  12: (61) r0 = *(u32 *)(r1 +4)": "r0 = *(u32 *)(r1 + 4)",
    "(7b) *(u64 *)(r10 -8) = r1": "*(u64 *)(r10 - 8) = r1",
    "w0 = *(u32 *)(r1 + 4)": "r0 = *(u32 *)(r1 + 4)",
    "*(u32 *)(r1 + 4) = w2": "*(u32 *)(r1 + 4) = r2",
    "(15) if r1 == 0x0 goto pc+3": "if r1 == 0x0 goto +3",
    "if r1 == 0 goto +0x3 <LBB0_2>": "if r1 == 0x0 goto +3",
    "if r1 < 0xfffffffffffffffe goto +1": "if r1 < 0xfffffffe goto +1",
    "if r1 s< -1 goto +1": "if r1 s< 0xffffffff goto +1",
    "(05) goto pc-2": "goto -2",
    "(85) call bpf_map_lookup_elem#1": "call bpf_map_lookup_elem#1",
    "(85) call pc+5#bpf_prog_0123456789abcdef_sub": "call pc+5",
    "call 0x1": "call bpf_map_lookup_elem#1",
    "call bpf_map_lookup_elem": "call bpf_map_lookup_elem#1",
    "call -0x1": "call pc-1",
    "(18) r1 = 0x123456789abcdef0": "r1 = 0x123456789abcdef0 ll",
    "r1 = 5 ll": "r1 = 0x5 ll",
    "r1 = fp": "r1 = r10",
    "r2 = w5": "w2 = w5",
    "r1 = xchg_64(r2 + 0, r1)": "r1 = atomic64_xchg((u64 *)(r2 + 0), r1)",
    "w1 = xchg32_32(r2 - 0x4, w1)": "w1 = atomic_xchg((u32 *)(r2 - 4), w1)",
    "r0 = cmpxchg_64(r2 + 0, r0, r1)": "r0 = atomic64_cmpxchg((u64 *)(r2 + 0), r0, r1)",
    "w0 = cmpxchg32_32(r2 + 0, w0, w1)": "w0 = atomic_cmpxchg((u32 *)(r2 + 0), w0, w1)",
    "r1 = atomic_fetch_add((u64 *)(r2 + 0), r1)": "r1 = atomic64_fetch_add((u64 *)(r2 + 0), r1)",
    "r1 = atomic_fetch_add((u32 *)(r2 +0), r1)": "w1 = atomic_fetch_add((u32 *)(r2 + 0), w1)",
    "r0 = atomic_cmpxchg((u32 *)(r10 -8), r0, r2)": "w0 = atomic_cmpxchg((u32 *)(r10 - 8), w0, w2)",
    "lock *(u32 *)(r2 + 0) += w1": "lock *(u32 *)(r2 + 0) += w1",
    "r0 = *(u8 *)skb[0xe]": "r0 = *(u8 *)skb[14]",
    "r0 = *(u16 *)skb[r1]": "r0 = *(u16 *)skb[r1 + 0]",
    "5: (b7) r0 = 0          ; R0_w=0": "r0 = 0",
    "mov %r0, 1": "r0 = 1",
    "mov r0, 0xffffffff": "r0 = -1",
    "mov32 %r0, %r1": "w0 = w1",
    "add %r0, -3": "r0 += -3",
    "sdiv32 %r0, %r1": "w0 s/= w1",
    "smod %r0, 7": "r0 s%= 7",
    "movsx832 %r2, %r1": "w2 = (s8)w1",
    "movsx3264 %r2, %r1": "r2 = (s32)r1",
    "neg32 %r2": "w2 = -w2",
    "le16 %r0": "r0 = le16 r0",
    "swap32 %r0": "r0 = bswap32 r0",
    "bswap64 %r0": "r0 = bswap64 r0",
    "lddw %r0, 0x8000000000000000": "r0 = 0x8000000000000000 ll",
    "lddw %r0, -1": "r0 = 0xffffffffffffffff ll",
    "ldxdw %r0, [%r1+8]": "r0 = *(u64 *)(r1 + 8)",
    "ldxb %r0, [%r1]": "r0 = *(u8 *)(r1 + 0)",
    "ldxsh %r0, [%r1-2]": "r0 = *(s16 *)(r1 - 2)",
    "stb [%r1], 0x44": "*(u8 *)(r1 + 0) = 68",
    "stxdw [%r10-8], %r0": "*(u64 *)(r10 - 8) = r0",
    "jeq %r1, 0x33, +4": "if r1 == 0x33 goto +4",
    "jslt32 %r1, %r2, -1": "if w1 s< w2 goto -1",
    "jset %r1, %r2, +1": "if r1 & r2 goto +1",
    "ja +32767": "goto +32767",
    "ja32 -1": "gotol -1",
    "may_goto +1": "may_goto +1",
    "call 63": "call bpf_msg_pull_data#63",
    "call %r2": "callx r2",
    "lock add [%r10-8], %r1": "lock *(u64 *)(r10 - 8) += r1",
    "lock fetch add32 [%r10-8], %r1": "w1 = atomic_fetch_add((u32 *)(r10 - 8), w1)",
    "lock fetch_add [r10-8], r1": "r1 = atomic64_fetch_add((u64 *)(r10 - 8), r1)",
    "lock xchg [r10-8], r1": "r1 = atomic64_xchg((u64 *)(r10 - 8), r1)",
    "lock cmpxchg32 [r10-8], r1": "w0 = atomic_cmpxchg((u32 *)(r10 - 8), w0, w1)",
    "ldabsh 12": "r0 = *(u16 *)skb[12]",
    "ldindb %r1, 12": "r0 = *(u8 *)skb[r1 + 12]",
    "  exit  # done": "exit",
    "exit // done": "exit",
}


@pytest.mark.parametrize(("line", "shown"), READ.items(), ids=READ)
def test_read_as(line: str, shown: str) -> None:
    (insn,) = assemble(line)
    assert text(insn) == shown


# Ours → the line of the kernel's log, where they differ.
KERNEL = {
    "r0 = *(u32 *)(r1 + 4)": "r0 = *(u32 *)(r1 +4)",
    "*(u64 *)(r10 - 8) = r1": "*(u64 *)(r10 -8) = r1",
    "*(u32 *)(r10 - 4) = 7": "*(u32 *)(r10 -4) = 7",
    "if r1 != r2 goto -1": "if r1 != r2 goto pc-1",
    "goto +3": "goto pc+3",
    "gotol +70000": "gotol pc+70000",
    "may_goto +3": "may_goto pc+3",
    "call pc+5": "call pc+5",
    "call kfunc 1234": "call kernel-function#1234",
    "r1 = 0x1122334455667788 ll": "r1 = 0x1122334455667788",
    "lock *(u32 *)(r0 + 4) |= w1": "lock *(u32 *)(r0 +4) |= r1",
    "w1 = atomic_fetch_xor((u32 *)(r0 + 0), w1)": "r1 = atomic_fetch_xor((u32 *)(r0 +0), r1)",
    "w0 = atomic_cmpxchg((u32 *)(r10 - 8), w0, w1)": "r0 = atomic_cmpxchg((u32 *)(r10 -8), r0, r1)",
    "store_release((u16 *)(r1 + 2), w2)": "store_release((u16 *)(r1 +2), r2)",
    "w1 += 3": "w1 += 3",
}


@pytest.mark.parametrize(("line", "shown"), KERNEL.items(), ids=KERNEL)
def test_as_the_kernels_log_has_it(line: str, shown: str) -> None:
    (insn,) = assemble(line)
    assert text(insn, kernel=True) == shown


BAD = {
    "r11 = 1": "no register r11",
    "mov %r50, 1": "no register r50",
    "mov 5, 1": "'5' is no register",
    "w0 = r1": "r1 can't be used here",
    "r0 += w1": "w1 can't be used here",
    "w0 += r1": "r1 can't be used here",
    "r0 = -r1": "works on one register",
    "r0 = be16 r1": "works on one register",
    "w0 = *(u64 *)(r1 + 0)": "needs a 64-bit register",
    "r0 = *(s64 *)(r1 + 0)": "no sign to extend",
    "*(u64 *)(r1 + 0) = w2": "w2 has 32 bits",
    "lock *(u64 *)(r1 + 0) += w2": "w2 has 32 bits",
    "r0 = 0x1ffffffff": "does not fit in 32 bits",
    "r0 = 0xffffffff7fffffff": "does not fit in 32 bits",
    "r0 = 2147483648": "does not fit in 32 bits",
    "mov32 %r0, 2147483648": "does not fit in 32 bits",
    "r0 = 0x1ffffffffffffffff ll": "does not fit in 64 bits",
    "w0 = 5 ll": "needs a 64-bit register",
    "r0 = *(u8 *)(r1 + 32768)": "offset 32768 does not fit in 16 bits",
    "ldxb %r0, [%r1+0x10000]": "offset 65536 does not fit in 16 bits",
    "ldxb %r0, [%r1+zz]": "no place in memory",
    "ldxb %r0, %r1": "no place in memory",
    "ldxb %r0, [%r1+ff]": "'ff' is no number",
    "lddw %r0": "takes 2 operands, not 1",
    "exit 1, 2": "takes 0 operands, not 2",
    "lock": "lock needs an operation",
    "lock or [%r10-8]": "takes 2 operands, not 1",
    "lock nand [%r10-8], %r1": "is no instruction",
    "goto +40000": "does not fit in 16 bits",
    "ja NOT_A_LABEL": "there is no label NOT_A_LABEL",
    "ja 3 4": "is no label",
    "jeq %r1, 3, ++": "is no label",
    "call nothing": "no label and no helper has that name",
    "frobnicate r1": "is no instruction",
    "le %r1": "is no instruction",
    "call local": "no label and no helper has that name",
    "r2 = *(u8 *)skb[14]": "always loads r0",
    "r0 = *(u8 *)skb[]": "needs an offset",
    "r1 = atomic64_cmpxchg((u64 *)(r10 - 8), r1, r2)": "compares with r0",
    "w1 = atomic64_fetch_add((u64 *)(r0 + 0), w1)": "needs a 64-bit register",
    "r1 = atomic64_fetch_add((u64 *)(r0 + 0), r2)": "works on one register",
    "r1 = addr_space_cast(r2, 3, 1)": "from address space 0 to 1",
    "w1 = (s32)w2": "needs 64-bit registers",
    "r1 = map[fd:5][0]+-1": "does not fit",
    "r1 = (u8)r2": "is nothing that r1 = can take",
    ".insn 0x100, 0, 0, 0, 0": "out of range",
    ".insn 1, 0, 0, 0": "is no instruction",
    "a:\na:": "a second time",
    "r0 = 0 /* and": "doesn't end",
    "x" * 5000: "characters",
}


@pytest.mark.parametrize(("source", "message"), BAD.items(), ids=[key[:40] for key in BAD])
def test_refused(source: str, message: str) -> None:
    with pytest.raises(AsmError, match=r"^line [0-9]+: ") as caught:
        assemble("\n" + source)
    assert message in str(caught.value)
    assert caught.value.line == 2 + source.count("\n")


# --- Round trips ---------------------------------------------------------------------------------------------------------


def of_row(row: InstructionRow) -> st.SearchStrategy[Instruction]:
    """Any instruction that the row describes."""

    def field(allowed: tuple[int, ...] | None, low: int, high: int) -> st.SearchStrategy[int]:
        return st.sampled_from(allowed) if allowed is not None else st.integers(low, high)

    imm = (0, (1 << 64) - 1) if row.form == "lddw" else (-(1 << 31), (1 << 31) - 1)
    return st.builds(
        Instruction,
        st.just(row.opcode),
        field(row.dst, 0, 10),
        field(row.src, 0, 10),
        field(row.offset, -(1 << 15), (1 << 15) - 1),
        field(row.imm, *imm),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.opcode:#04x}")
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_instruction_goes_round(row: InstructionRow, data: st.DataObject) -> None:
    insn = data.draw(of_row(row))
    assert asm.row_of(insn) is row
    assert assemble(text(insn)) == [insn]
    for order in ("little", "big"):
        assert decode(encode([insn], order), order) == [insn]
    assert encode([insn], "big")[0] == row.opcode
    if row.form != "lddw":  # parts of one may have no shape of their own
        assert not text(insn).startswith(".insn")


any_insn = st.builds(
    Instruction,
    st.integers(0, 255).filter(lambda opcode: opcode != 0x18),
    st.integers(0, 15),
    st.integers(0, 15),
    st.integers(-(1 << 15), (1 << 15) - 1),
    st.integers(-(1 << 31), (1 << 31) - 1),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(any_insn, st.sampled_from(ROWS).flatmap(of_row)), max_size=12))
def test_every_program_goes_round(insns: list[Instruction]) -> None:
    for options in ({}, {"numbers": False}, {"labels": False}):
        lines = list(disassemble(insns, **options))
        assert assemble("\n".join(lines)) == insns
    big = encode(insns, "big")
    assert list(disassemble(big, byte_order="big")) == list(disassemble(insns))


WORDS = """
    r w r1 r10 w3 %r2 = += s%= *( u32 s8 *) ( ) [ ] + - 0x 8 99999999999999999999 if goto gotol call callx local exit lock map
    fd: skb ll , ; # : < > pc L1 L1: atomic64_fetch_add cmpxchg_64 load_acquire store_release subprog btf_id ksym be16 .insn
    mov jeq ldxw stxb lddw fetch add ٣ é 0x_1 1_0
"""
words = st.sampled_from([*WORDS.split(), "\n", "\x00", " "])


@settings(max_examples=1500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(words, max_size=14).map("".join), st.lists(words, max_size=14).map(" ".join)
    )
)
def test_any_text_parses_or_is_refused(source: str) -> None:
    try:
        insns = assemble(source)
    except AsmError:
        return
    assert decode(encode(insns)) == insns


@settings(max_examples=800, deadline=None)
@given(st.sampled_from([*SHOWN, *READ]), st.integers(0, 60), st.one_of(st.characters(), words), st.booleans())
def test_changed_lines_parse_or_are_refused(line: str, at: int, piece: str, replace: bool) -> None:
    at = min(at, len(line))
    try:
        insns = assemble(line[:at] + piece + line[at + replace :])
    except AsmError:
        return
    assert decode(encode(insns)) == insns


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=80), st.sampled_from(["little", "big"]))
def test_any_bytes_are_shown_or_refused(code: bytes, order: str) -> None:
    try:
        insns = decode(code, order)
    except AsmError:
        with pytest.raises(AsmError):
            list(disassemble(code, byte_order=order))
        return
    assert encode(assemble("\n".join(disassemble(code, byte_order=order))), order) == code
    assert encode(insns, order) == code


# --- Whole programs ------------------------------------------------------------------------------------------------------


def test_a_program_with_names() -> None:
    insns = assemble("""
        r6 = r1
        r1 = map[fd:0]
        call bpf_map_lookup_elem#1
        if r0 == 0 goto miss
        call local twice
    miss:
        r0 = 0
        exit
    twice:
        r0 = *(u64 *)(r0 + 0)
        exit
    """)
    lines = list(
        disassemble(
            insns,
            functions=[Function(0, "count"), Function(8, "twice")],
            references=[Reference(1, "map", "counts")],
            lines=[Line(0, "a.c", "int count(void *ctx)", 3), Line(6, "a.c", "  return   0;", 9)],
            notes={3: "a call"},
        )
    )
    assert lines == [
        "count:",
        "; int count(void *ctx)",
        " 0: r6 = r1",
        " 1: r1 = map[counts]",
        " 3: call bpf_map_lookup_elem#1 // a call",
        " 4: if r0 == 0x0 goto +1 <L6>",
        " 5: call pc+2 <twice>",
        "L6:",
        "; return 0;",
        " 6: r0 = 0",
        " 7: exit",
        "twice:",
        " 8: r0 = *(u64 *)(r0 + 0)",
        " 9: exit",
    ]
    listing = parse("\n".join(lines))
    assert listing.labels == [asm.Label(0, "count", True), asm.Label(6, "L6"), asm.Label(8, "twice", True)]
    assert listing.references == [asm.Symbol(1, "map", "counts")]
    insns[1].src, insns[1].imm = 1, 0
    assert listing.instructions == insns
    assert listing.lines[:3] == [3, 4, 5]


def test_c_lines_with_their_places() -> None:
    lines = [Line(0, "src/a.c", "int\tcount(void *ctx)", 3), Line(1, "", "nowhere", 0), Line(1, "a.h", "", 9)]
    assert list(disassemble(assemble("r0 = 0\nexit"), lines=lines, places=True, numbers=False)) == [
        "; int count(void *ctx) @ src/a.c:3", "  r0 = 0", "; nowhere", "; @ a.h:9", "  exit",
    ]  # fmt: skip


def test_references_by_name() -> None:
    references = [
        Reference(0, "map", "counts"),
        Reference(2, "map_value", ".rodata.str1.1", 12),
        Reference(4, "ksym", "bpf_prog_active"),
        Reference(6, "ksym", "jiffies"),
        Reference(8, "kfunc", "bpf_task_release"),
    ]
    code = assemble("r1 = map[fd:0]\nr2 = map[fd:0][0]+12\nr3 = btf_id[0]\nr4 = 0 ll\ncall kfunc 0\nexit")
    lines = list(disassemble(code, references=references, numbers=False))
    assert lines == [
        "  r1 = map[counts]",
        "  r2 = map[.rodata.str1.1][0]+12",
        "  r3 = ksym[bpf_prog_active]",
        "  r4 = ksym[jiffies] ll",
        "  call kfunc bpf_task_release#0",
        "  exit",
    ]
    listing = parse("\n".join(lines))
    assert listing.instructions == code
    assert [(s.slot, s.kind, s.name, s.offset) for s in listing.references] == [
        (r.slot, r.kind, r.name, r.offset) for r in references
    ]


def test_names_that_are_no_names() -> None:
    code = assemble("call pc+0\nr0 = 0\nexit")
    lines = list(disassemble(code, functions=[Function(0, "a b"), Function(1, "a b"), Function(2, "3x")]))
    assert [line for line in lines if line.endswith(":")] == ["a_b:", "a_b.1:", "_3x:"]
    assert assemble("\n".join(lines)) == code


def test_a_function_that_is_called_like_a_label() -> None:
    code = assemble("goto +1\nexit\nexit")
    lines = list(disassemble(code, functions=[Function(1, "L2")]))
    assert lines == [" 0: goto +1 <L2.2>", "L2:", " 1: exit", "L2.2:", " 2: exit"]
    assert assemble("\n".join(lines)) == code


def test_the_label_counts_more_than_the_number() -> None:
    edited = """
      0: if r1 == 0x0 goto +1 <L2>
         r2 = 7
      1: r0 = 1
    L2:
      2: exit
    """
    assert assemble(edited)[0].offset == 2
    # A name that is no label of the text is only a remark.
    assert assemble("goto +1 <somewhere+0x18>")[0].offset == 1
    assert assemble("goto +1 <LBB0_2>")[0].offset == 1
    assert assemble("goto +1 <8LBB0 2>")[0].offset == 1
    assert assemble("1: goto +1 <1b>")[0].offset == 1


def test_labels_before_and_behind() -> None:
    back = assemble("again: r1 += -1\nif r1 != 0 goto again\nexit")
    assert back[1].offset == -2
    forth = assemble("goto end\nr1 = 1 ll\nend: exit")
    assert forth[0].offset == 2
    long = assemble("gotol end\n" + "r0 = 0\n" * 40000 + "end: exit")
    assert long[0].imm == 40000
    with pytest.raises(AsmError, match="line 1: label end is 40000 slots away: too far for 16 bits; use gotol"):
        assemble("goto end\n" + "r0 = 0\n" * 40000 + "end: exit")


def test_the_address_of_a_function() -> None:
    code = assemble("r1 = subprog[f]\nexit\nf: exit")
    assert code[0] == Instruction(0x18, 1, 4, 0, 2)
    lines = list(disassemble(code))
    assert lines[0] == " 0: r1 = subprog[+2] <func_3>"
    assert assemble("\n".join(lines)) == code


def test_exit_is_a_label_of_its_own() -> None:
    code = assemble("jeq %r1, 0, exit\nmov %r0, 1\nexit\nexit")
    assert code[0].offset == 1
    code = assemble("jeq %r1, 0, exit\nmov %r0, 1\nexit\nexit: exit")
    assert code[0].offset == 2


def test_semicolons_and_remarks() -> None:
    three = assemble("r0 = 1; r0 += 2; exit")
    assert len(three) == 3
    assert assemble("r0 = 1;\n/* a\n remark */ r0 += 2; /* another */ ;\n; r0 = 7;\nexit;") == three
    assert assemble("go: r0 = 1; goto go; exit")[1].offset == -2
    # What the verifier's log says of an instruction is no instruction.
    assert len(assemble("0: (b7) r0 = 1  ; R0_w=1; r0 = 2\n1: (95) exit")) == 2
    with pytest.raises(AsmError, match=r"^line 3: 'one' is no instruction"):
        assemble("/*\n*/\nr0 = 1; one")


@pytest.mark.parametrize(
    "source",
    [
        "/*" * 200_000, "/*" * 200_000 + "*/", "a" * 4000 + "):", "a(" * 2000 + "):", "a " * 2000 + "():", "1: " * 1300,
        "r1 = " + "(" * 4000, ":" * 4000, "a:" * 2000, " " * 4000 + "x", "0x" * 2000, "r0=0;" * 800, "<" * 4000, "1f" * 2000,
        "call " + "a" * 4000, "r0 = map[" + "a" * 4000, "x: file format " * 260, "a b*" * 1000 + "(x):",
    ],
    ids=lambda source: source[:12],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_long_lines_end(source: str) -> None:
    """A pattern that goes back and forth over one of these would not come back."""
    try:
        assemble(source)
    except AsmError as error:
        assert error.line == 1


def test_numbers_as_labels() -> None:
    code = assemble("""
        if r1 == 0 goto 1f
    1:  r1 += -1
        if r1 != 0 goto 1b
        goto 1f
    1:
        exit
    """)
    assert [insn.offset for insn in code] == [0, 0, -2, 0, 0]
    with pytest.raises(AsmError, match="there is no label 2f"):
        assemble("2: goto 2f\nexit")
    # In a listing the numbers are those of slots, and none is asked for.
    assert assemble("7: goto +0\n7: exit") == assemble("goto +0\nexit")


def test_llvm_objdumps_listing_with_relocations() -> None:
    listing = parse("""
count.bpf.o:	file format elf64-bpf

Disassembly of section xdp:

0000000000000000 <count>:
; int count(void *ctx)
       0:	18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00	r1 = 0 ll
		0000000000000000:  R_BPF_64_64	counts
       2:	95 00 00 00 00 00 00 00	exit
    """)
    assert len(listing.instructions) == 2
    assert [label.name for label in listing.labels] == ["count"]
    assert parse("r1 = counts ll").references == [asm.Symbol(0, "map", "counts")]


def test_bpftools_listing() -> None:
    code = assemble("""
        int handle(struct __sk_buff * skb):
        ; return f(skb);
           0: (85) call pc+1#bpf_prog_a04f5eef06a7f555_f
           1: (95) exit
        int f(struct __sk_buff * skb):
           2: (b7) r0 = 0
           3: (95) exit
    """)
    assert encode(code, "little").hex() == "85100000010000009500000000000000b7000000000000009500000000000000"


def test_immediates_by_hand_may_be_unsigned() -> None:
    assert text(Instruction(0xB7, 1, imm=0xFFFFFFFF)) == "r1 = -1"
    assert text(Instruction(0x15, 1, imm=-1)) == "if r1 == 0xffffffff goto +0"
