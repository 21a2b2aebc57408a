"""Lines in the style of llvm-objdump, bpftool and the kernel's log: `r0 = *(u32 *)(r1 + 4)`."""

from __future__ import annotations

from ebpf.asm.disassembler import BITS, JUMP_SIGNS
from ebpf.asm.instruction import Instruction
from ebpf.asm.operands import IS_NUMBER, IS_REG, Bad, Pattern, base_of, imm32, imm64, offset_of, register, to_int
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.instructions import ATOMIC_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from ebpf.asm.assembler import Parser

_ASSIGN = Pattern(r"(?P<dst>REG) ?(?P<sign>=|\+=|-=|\*=|s?/=|s?%=|&=|\|=|\^=|<<=|s?>>=) ?(?P<value>.+)")
_LOAD = Pattern(r"\*\( ?(?P<type>[us])(?P<bits>8|16|32|64) ?\*\) ?PLACE")
_PACKET = Pattern(r"\*\( ?u(?P<bits>8|16|32) ?\*\) ?skb ?\[ ?(?:(?P<base>REG)(?: ?\+ ?)?)?(?P<number>NUMBER)? ?\]")
_STORE = Pattern(r"\*\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?= ?(?P<value>REG|NUMBER)")
_LOCK = Pattern(r"lock \*\( ?u(?P<bits>32|64) ?\*\) ?PLACE ?(?P<op>\+=|\|=|&=|\^=) ?(?P<src>REG)")
_IF = Pattern(r"if (?P<dst>REG) ?(?P<sign>==|!=|s?>=|s?<=|s?>|s?<|&) ?(?P<value>REG|NUMBER) ?goto TARGET")
_GOTO = Pattern(r"(?P<kind>goto|gotol|may_goto) TARGET")
_CALL_KFUNC = Pattern(r"call kfunc (?:(?P<kfunc>NAME)(?:#(?P<id>NUMBER))?|(?P<number>NUMBER))(?: btf (?P<btf>NUMBER))?")
_CALL_HELPER = Pattern(r"call (?P<name>NAME)#(?P<id>NUMBER)")
_CALL_LOCAL = Pattern(r"call (?:local )?TARGET(?:#[\w.$]+)?")
_CALLX = Pattern(r"callx? (?P<dst>REG)")
_RELEASE = Pattern(r"store_release ?\( ?\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?, ?(?P<src>REG) ?\)")
_ACQUIRE = Pattern(r"load_acquire ?\( ?\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?\)")
_FETCH = Pattern(
    r"atomic(?:64)?_(?P<op>fetch_add|fetch_or|fetch_and|fetch_xor|xchg|cmpxchg) ?"
    r"\( ?\( ?u(?P<bits>32|64) ?\*\) ?PLACE ?,(?: ?(?P<old>REG) ?,)? ?(?P<src>REG) ?\)"
)
_EXCHANGE = Pattern(
    r"(?P<op>xchg|cmpxchg)(?P<bits>_64|32_32) ?"
    r"\( ?(?P<base>REG) ?(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{1,17}) ?,(?: ?(?P<old>REG) ?,)? ?(?P<src>REG) ?\)"
)
_CAST = Pattern(r"addr_space_cast ?\( ?(?P<src>REG) ?, ?(?P<to>NUMBER) ?, ?(?P<from>NUMBER) ?\)")
_MOVSX = Pattern(r"\( ?s(?P<bits>8|16|32) ?\) ?(?P<src>REG)")
_END = Pattern(r"(?P<op>be|le|bswap|swap)(?P<bits>16|32|64) ?(?P<src>REG)")
_MAP = Pattern(
    r"map ?\[(?:(?P<by>fd|idx):(?P<number>NUMBER)|(?P<name>NAME))\](?P<value>\[0\] ?(?:\+ ?(?P<offset>NUMBER))?)?"
)
_BTF_ID = Pattern(r"btf_id ?\[(?P<id>NUMBER)(?:, ?fd:(?P<fd>NUMBER))?\]")
_SUBPROG = Pattern(r"subprog ?\[(?:TARGET)\](?: ?<(?P<behind>[^<>]*)>)?")
_KSYM = Pattern(r"ksym ?\[(?P<name>NAME)\](?P<plain> ?ll)?")
_NEG = Pattern(r"- ?(?P<src>REG)")
_SYMBOL = Pattern(r"(?P<name>NAME) ll")
_LL = Pattern(r"(?P<number>NUMBER) ?ll")
_INSN = Pattern(r"\.insn (NUMBER), ?(NUMBER), ?(NUMBER), ?(NUMBER), ?(NUMBER)")

_SIZES = {str(bits): size for size, bits in BITS.items()}
_ALU = {sign: code for code, sign in op.ALU_SIGNS.items()}
_JUMPS = {sign: code for code, sign in JUMP_SIGNS.items()}
_ATOMIC = {name: code for code, name in ATOMIC_NAMES.items()}


def statement(parser: Parser, text: str) -> Instruction | None:
    """A line in the style of llvm-objdump; None if it isn't in that style."""
    if text == "exit":
        return Instruction(op.JMP | op.EXIT)
    if match := _ASSIGN.fullmatch(text):
        return _assign(parser, match)
    if match := _IF.fullmatch(text):
        narrow = match["dst"][0] == "w"
        opcode = (op.JMP32 if narrow else op.JMP) | _JUMPS[match["sign"]]
        dst = register(match["dst"])
        if IS_REG.fullmatch(match["value"]):
            src = register(match["value"], "w" if narrow else "r" if match["value"] != "fp" else "")
            return Instruction(opcode | op.X, dst, src, parser.aim(match))
        return Instruction(opcode, dst, 0, parser.aim(match), imm32(match["value"]))
    if match := _GOTO.fullmatch(text):
        if match["kind"] == "gotol":
            return Instruction(op.JMP32 | op.JA, imm=parser.aim(match, 32))
        return Instruction(op.JMP | (op.JA if match["kind"] == "goto" else op.JCOND), offset=parser.aim(match))
    if text.startswith("call"):
        return _call(parser, text)
    if match := _STORE.fullmatch(text):
        size, dst, value = _SIZES[match["bits"]], base_of(match), match["value"]
        if IS_REG.fullmatch(value):
            if value[0] == "w" and size == op.DW:
                raise Bad(f"{value} has 32 bits; an 8-byte store takes r{value[1:]}")
            return Instruction(op.STX | op.MEM | size, dst, register(value), offset_of(match))
        return Instruction(op.ST | op.MEM | size, dst, 0, offset_of(match), imm32(value))
    if match := _LOCK.fullmatch(text):
        return _atomic(match, _ALU[match["op"]], match["bits"])
    if match := _RELEASE.fullmatch(text):
        return _atomic(match, op.STORE_REL, match["bits"])
    if match := _INSN.fullmatch(text):
        opcode, dst, src, offset, imm = (to_int(match[i]) for i in range(1, 6))
        low, high = (-(1 << 63), 1 << 64) if opcode == op.LDDW else (-(1 << 31), 1 << 32)
        if not (
            0 <= opcode <= 255
            and 0 <= dst <= 15
            and 0 <= src <= 15
            and -0x8000 <= offset <= 0x7FFF
            and low <= imm < high
        ):
            raise Bad(".insn: a field is out of range")
        if opcode == op.LDDW:
            imm &= 0xFFFFFFFFFFFFFFFF
        elif imm > 0x7FFFFFFF:
            imm -= 1 << 32
        return Instruction(opcode, dst, src, offset, imm)
    return None


def _assign(parser: Parser, match: re.Match[str]) -> Instruction:
    letter = "w" if match["dst"][0] == "w" else "r"
    dst, sign, value = register(match["dst"]), match["sign"], match["value"]
    signed = sign in ("s/=", "s%=")
    opcode = (op.ALU if letter == "w" else op.ALU64) | _ALU[sign[1:] if signed else sign]
    if IS_REG.fullmatch(value):
        if (
            letter == "r" and sign == "=" and value[0] == "w"
        ):  # LLVM writes a 32-bit move so when the upper half matters
            opcode, letter = op.ALU | op.MOV, "w"
        return Instruction(opcode | op.X, dst, register(value, "" if value == "fp" else letter), int(signed))
    if IS_NUMBER.fullmatch(value):
        if parser.opcode_hint == "18" and sign == "=":
            return Instruction(op.LDDW, dst, imm=imm64(value))
        return Instruction(opcode, dst, 0, int(signed), imm32(value))
    if sign == "=":
        for pattern, make in _VALUES:
            found = pattern.fullmatch(value)
            if found:
                return make(parser, dst, letter, found)
    raise Bad(f"{value!r} is nothing that {match['dst']} {sign} can take")


def _wide(letter: str, what: str) -> None:
    if letter != "r":
        raise Bad(f"{what} needs a 64-bit register (r0 to r10)")


def _value_lddw(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a 16-byte load")
    return Instruction(op.LDDW, dst, imm=imm64(match["number"]))


def _value_load(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    size = _SIZES[match["bits"]]
    if match["type"] == "s" and size == op.DW:
        raise Bad("an 8-byte load has no sign to extend: use u64")
    if size == op.DW or match["type"] == "s":
        _wide(letter, "this load")
    mode = op.MEMSX if match["type"] == "s" else op.MEM
    return Instruction(op.LDX | mode | size, dst, base_of(match), offset_of(match))


def _value_packet(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    if dst or letter != "r":
        raise Bad("a packet load always loads r0")
    size, imm = _SIZES[match["bits"]], imm32(match["number"] or "0")
    if match["base"] is None:
        if match["number"] is None:
            raise Bad("a packet load needs an offset: skb[14]")
        return Instruction(op.LD | op.ABS | size, imm=imm)
    return Instruction(op.LD | op.IND | size, 0, base_of(match), 0, imm)


def _value_neg(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _same(dst, letter, match["src"], "-")
    return Instruction((op.ALU if letter == "w" else op.ALU64) | op.NEG, dst)


def _value_movsx(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    if letter == "w" and match["bits"] == "32":
        raise Bad("(s32) needs 64-bit registers")
    src = register(match["src"], letter)
    return Instruction((op.ALU if letter == "w" else op.ALU64) | op.MOV | op.X, dst, src, int(match["bits"]))


def _value_end(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, match["op"])
    _same(dst, letter, match["src"], match["op"])
    opcode = {"le": op.ALU | op.END, "be": op.ALU | op.END | op.X}.get(match["op"], op.ALU64 | op.END)
    return Instruction(opcode, dst, imm=int(match["bits"]))


def _value_cast(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "addr_space_cast")
    to, from_ = to_int(match["to"]), to_int(match["from"])
    if {to, from_} != {0, 1}:
        raise Bad("addr_space_cast goes from address space 0 to 1 or from 1 to 0")
    return Instruction(op.ALU64 | op.MOV | op.X, dst, register(match["src"], "r"), 1, to << 16 | from_)


def _value_map(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a map's address")
    offset = to_int(match["offset"] or "0")
    if not 0 <= offset <= 0xFFFFFFFF:
        raise Bad(f"offset {offset} in a map's value does not fit in 32 bits")
    if match["name"] is not None:
        parser.reference("map_value" if match["value"] else "map", match["name"], offset)
        return Instruction(op.LDDW, dst, 2 if match["value"] else 1, 0, offset << 32)
    kind = {("fd", False): 1, ("fd", True): 2, ("idx", False): 5, ("idx", True): 6}[
        match["by"], match["value"] is not None
    ]
    return Instruction(op.LDDW, dst, kind, 0, (imm32(match["number"]) & 0xFFFFFFFF) | offset << 32)


def _value_symbol(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a map's address")
    parser.reference("map", match["name"])
    return Instruction(op.LDDW, dst, 1)


def _value_btf_id(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a kernel variable's address")
    number = to_int(match["id"])
    if not 0 <= number <= 0xFFFFFFFF:
        raise Bad(f"type id {number} does not fit in 32 bits")
    return Instruction(op.LDDW, dst, 3, 0, number | (imm32(match["fd"] or "0") & 0xFFFFFFFF) << 32)


def _value_subprog(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a function's address")
    distance = parser.aim(match, 32)
    if match["behind"]:
        parser.targets.append((match["behind"], distance))
    return Instruction(op.LDDW, dst, 4, 0, distance & 0xFFFFFFFF)


def _value_ksym(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a kernel symbol's address")
    parser.reference("ksym", match["name"])
    return Instruction(op.LDDW, dst, 0 if match["plain"] else 3)


def _value_acquire(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    size = _SIZES[match["bits"]]
    if size == op.DW:
        _wide(letter, "an 8-byte load_acquire")
    return Instruction(op.STX | op.ATOMIC | size, dst, base_of(match), offset_of(match), op.LOAD_ACQ)


def _value_fetch(parser: Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    bits = {"_64": "64", "32_32": "32"}.get(match["bits"], match["bits"])
    name = match["op"]
    if bits == "64":
        _wide(letter, f"{name} of 8 bytes")
    if name == "cmpxchg":
        if dst or match["old"] is None or register(match["old"], letter):
            raise Bad(f"cmpxchg compares with {letter}0 and leaves the old value there")
        return _atomic(match, op.CMPXCHG, bits)
    _same(dst, letter, match["src"], name)
    if match["old"] is not None:
        raise Bad(f"{name} takes one register")
    return _atomic(match, op.XCHG if name == "xchg" else _ATOMIC[name[6:]] | op.FETCH, bits)


def _same(dst: int, letter: str, src: str, what: str) -> None:
    if register(src, letter) != dst:
        raise Bad(f"{what} works on one register: write {letter}{dst} on both sides")


def _atomic(match: re.Match[str], operation: int, bits: str) -> Instruction:
    if match["src"][0] == "w" and bits == "64":
        raise Bad(f"{match['src']} has 32 bits; this takes r{match['src'][1:]}")
    return Instruction(
        op.STX | op.ATOMIC | _SIZES[bits], base_of(match), register(match["src"]), offset_of(match), operation
    )


#: What may stand to the right of `r1 =`.
_VALUES: list[tuple[Pattern, Callable[[Parser, int, str, re.Match[str]], Instruction]]] = [
    (_LOAD, _value_load), (_LL, _value_lddw), (_MAP, _value_map), (_NEG, _value_neg), (_MOVSX, _value_movsx),
    (_END, _value_end), (_FETCH, _value_fetch), (_EXCHANGE, _value_fetch), (_ACQUIRE, _value_acquire), (_CAST, _value_cast),
    (_PACKET, _value_packet), (_BTF_ID, _value_btf_id), (_SUBPROG, _value_subprog), (_KSYM, _value_ksym),
    (_SYMBOL, _value_symbol),
]  # fmt: skip


def _call(parser: Parser, text: str) -> Instruction | None:
    opcode = op.JMP | op.CALL
    if match := _CALLX.fullmatch(text):
        return Instruction(opcode | op.X, register(match["dst"]))
    if match := _CALL_KFUNC.fullmatch(text):
        offset = to_int(match["btf"] or "0")
        if not -0x8000 <= offset <= 0x7FFF:
            raise Bad(f"btf {offset} does not fit in 16 bits")
        if match["kfunc"]:
            parser.reference("kfunc", match["kfunc"])
        return Instruction(opcode, 0, 2, offset, imm32(match["id"] or match["number"] or "0"))
    if match := _CALL_HELPER.fullmatch(text):
        return Instruction(opcode, imm=imm32(match["id"]))
    if match := _CALL_LOCAL.fullmatch(text):
        distance, label = match["distance"], match["label"]
        local = text.startswith("call local ") or "pc" in text[4:8]
        if label is not None and not local and label.removeprefix("bpf_") in IDS and label.startswith("bpf_"):
            return Instruction(opcode, imm=IDS[label.removeprefix("bpf_")])
        if (
            match["near"] is None
            and distance is not None
            and not local
            and distance[0] not in "+-"
            and not match["hint"]
        ):
            return Instruction(opcode, imm=imm32(distance))  # a helper by number
        return Instruction(opcode, 0, 1, 0, parser.aim(match, 32))
    return None
