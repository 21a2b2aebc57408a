"""Text → instructions: what `disassembler` writes, what llvm-objdump, bpftool and the kernel's verifier write, and the
mnemonics of the bpf_conformance and ubpf assemblers. The two kinds of lines may be mixed.

A line is an instruction, a label (`name:`), both, or a remark (after `;`, `//`, or a `#` that follows a blank or starts the
line). Slot numbers, hex bytes and `(61)` before an instruction are skipped; bpftool's `int f(void *ctx):` is a label. Jumps
go to a label, or a number of slots from the next instruction; where both are given (`goto +3 <L7>`) and the label is in the
text, the label counts, so that text can be edited. In mnemonics `exit` as a label is the first `exit` of the text.
"""

from __future__ import annotations

import re

from ebpf._record import Frozen
from ebpf.asm.disassembler import ALU_SIGNS, BITS, JUMP_SIGNS
from ebpf.asm.instruction import Instruction
from ebpf.errors import AsmError
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.instructions import ATOMIC_NAMES, ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.uapi.instructions import InstructionRow


class Symbol(Frozen):
    """A name in the text for what an engine fills in: the fields of `ebpf.spec.Reference`."""

    slot: int
    kind: str
    name: str
    offset: int = 0


class Label(Frozen):
    """A label of the text, and whether it is where a function begins: called, pointed to, or the first line."""

    slot: int
    name: str
    function: bool = False


class Listing:
    """A text taken apart. `lines[i]` is the line of the text (from 1) that instruction `i` came from."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.references: list[Symbol] = []
        self.labels: list[Label] = []
        self.lines: list[int] = []


def assemble(source: str) -> list[Instruction]:
    """The instructions of a text. Raises AsmError with the line that can't be read."""
    return parse(source).instructions


def parse(source: str) -> Listing:
    """The instructions of a text with its labels and the maps, symbols and kernel functions it names."""
    return _Parser().parse(source)


_NUMBER = r"[-+]?(?:0[xX][0-9a-fA-F]{1,17}|[0-9]{1,20})"
_REG = r"(?:[rw][0-9]{1,3}|fp)"
_NAME = r"[A-Za-z_.$][\w.$]*"
_TARGET = rf"(?:(?:pc ?)?(?P<distance>{_NUMBER})(?: ?<(?P<hint>[^<>]*)>)?|<?(?P<label>{_NAME})>?)"
_PLACE = rf"\( ?(?P<base>{_REG}) ?(?:(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{{1,17}}) ?)?\)"


class _Pattern:
    """A pattern that is compiled when it is first asked: a text uses few of them, and each takes half a millisecond."""

    __slots__ = ("compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.compiled: re.Pattern[str] | None = None

    def get(self) -> re.Pattern[str]:
        if self.compiled is None:
            text = self.text.replace("NUMBER", _NUMBER).replace("REG", _REG).replace("TARGET", _TARGET)
            self.compiled = re.compile(text.replace("PLACE", _PLACE).replace("NAME", _NAME), re.ASCII)
        return self.compiled

    def match(self, text: str) -> re.Match[str] | None:
        return (self.compiled or self.get()).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return (self.compiled or self.get()).fullmatch(text)


_PREFIX = _Pattern(
    r"\s*(?:[0-9]+:\s+)?(?:(?:[0-9a-f]{2} ){7}(?:(?:[0-9a-f]{2} ){8})?[0-9a-f]{2}\s+)?(?:\((?P<code>[0-9a-f]{2})\)\s*)?"
)
_LABEL = _Pattern(r"\s*(?:[0-9a-f]{8,16} )?(?:<(?P<quoted>NAME)>|(?P<plain>NAME))\s*:(?!:)\s*")
_SIGNATURE = _Pattern(r"[\w *]*?(?P<name>NAME)\([^()]*\):")
_REMARK = re.compile(r"(?:^|(?<=\s))#.*|;.*|//.*")
_PERCENT = re.compile(r"%(?=[rw][0-9]|fp)")

_ASSIGN = _Pattern(r"(?P<dst>REG) ?(?P<sign>=|\+=|-=|\*=|s?/=|s?%=|&=|\|=|\^=|<<=|s?>>=) ?(?P<value>.+)")
_LOAD = _Pattern(r"\*\( ?(?P<type>[us])(?P<bits>8|16|32|64) ?\*\) ?PLACE")
_PACKET = _Pattern(r"\*\( ?u(?P<bits>8|16|32) ?\*\) ?skb ?\[ ?(?:(?P<base>REG)(?: ?\+ ?)?)?(?P<number>NUMBER)? ?\]")
_STORE = _Pattern(r"\*\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?= ?(?P<value>REG|NUMBER)")
_LOCK = _Pattern(r"lock \*\( ?u(?P<bits>32|64) ?\*\) ?PLACE ?(?P<op>\+=|\|=|&=|\^=) ?(?P<src>REG)")
_IF = _Pattern(r"if (?P<dst>REG) ?(?P<sign>==|!=|s?>=|s?<=|s?>|s?<|&) ?(?P<value>REG|NUMBER) ?goto TARGET")
_GOTO = _Pattern(r"(?P<kind>goto|gotol|may_goto) TARGET")
_CALL_KFUNC = _Pattern(
    r"call kfunc (?:(?P<kfunc>NAME)(?:#(?P<id>NUMBER))?|(?P<number>NUMBER))(?: btf (?P<btf>NUMBER))?"
)
_CALL_HELPER = _Pattern(r"call (?P<name>NAME)#(?P<id>NUMBER)")
_CALL_LOCAL = _Pattern(r"call (?:local )?TARGET(?:#[\w.$]+)?")
_CALLX = _Pattern(r"callx? (?P<dst>REG)")
_RELEASE = _Pattern(r"store_release ?\( ?\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?, ?(?P<src>REG) ?\)")
_ACQUIRE = _Pattern(r"load_acquire ?\( ?\( ?u(?P<bits>8|16|32|64) ?\*\) ?PLACE ?\)")
_FETCH = _Pattern(
    r"atomic(?:64)?_(?P<op>fetch_add|fetch_or|fetch_and|fetch_xor|xchg|cmpxchg) ?"
    r"\( ?\( ?u(?P<bits>32|64) ?\*\) ?PLACE ?,(?: ?(?P<old>REG) ?,)? ?(?P<src>REG) ?\)"
)
_EXCHANGE = _Pattern(
    r"(?P<op>xchg|cmpxchg)(?P<bits>_64|32_32) ?"
    r"\( ?(?P<base>REG) ?(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{1,17}) ?,(?: ?(?P<old>REG) ?,)? ?(?P<src>REG) ?\)"
)
_CAST = _Pattern(r"addr_space_cast ?\( ?(?P<src>REG) ?, ?(?P<to>NUMBER) ?, ?(?P<from>NUMBER) ?\)")
_MOVSX = _Pattern(r"\( ?s(?P<bits>8|16|32) ?\) ?(?P<src>REG)")
_END = _Pattern(r"(?P<op>be|le|bswap|swap)(?P<bits>16|32|64) ?(?P<src>REG)")
_MAP = _Pattern(
    r"map ?\[(?:(?P<by>fd|idx):(?P<number>NUMBER)|(?P<name>NAME))\](?P<value>\[0\] ?(?:\+ ?(?P<offset>NUMBER))?)?"
)
_BTF_ID = _Pattern(r"btf_id ?\[(?P<id>NUMBER)(?:, ?fd:(?P<fd>NUMBER))?\]")
_SUBPROG = _Pattern(r"subprog ?\[(?:TARGET)\](?: ?<(?P<behind>[^<>]*)>)?")
_KSYM = _Pattern(r"ksym ?\[(?P<name>NAME)\](?P<plain> ?ll)?")
_AIM = _Pattern(r"TARGET")
_IS_NUMBER = _Pattern(r"NUMBER")
_IS_REG = _Pattern(r"REG")
_NEG = _Pattern(r"- ?(?P<src>REG)")
_LL = _Pattern(r"(?P<number>NUMBER) ?ll")
_INSN = _Pattern(r"\.insn (NUMBER), ?(NUMBER), ?(NUMBER), ?(NUMBER), ?(NUMBER)")

_SIZES = {str(bits): size for size, bits in BITS.items()}
_ALU = {sign: code for code, sign in ALU_SIGNS.items()}
_JUMPS = {sign: code for code, sign in JUMP_SIGNS.items()}
_ATOMIC = {name: code for code, name in ATOMIC_NAMES.items()}

#: Mnemonic → its rows (immediate, register).
_MNEMONICS: dict[str, list[InstructionRow]] = {}
for _row in ROWS:
    _MNEMONICS.setdefault(_row.name, []).append(_row)
for _bits in (16, 32, 64):
    for _alias, _of in (("le", "le"), ("be", "be"), ("bswap", "bswap"), ("swap", "bswap")):
        _MNEMONICS[f"{_alias}{_bits}"] = [_MNEMONICS[_of][0].replace(imm=(_bits,))]
for _of in ("le", "be", "bswap"):
    del _MNEMONICS[_of]

_MEMORY = _Pattern(r"\[ ?(?P<base>REG) ?(?:(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{1,17}) ?)?\]")


class _Bad(Exception):
    """What is wrong with a line; the parser adds the line."""


class _Parser:
    def __init__(self) -> None:
        self.out = Listing()
        self.slot = 0
        self.labels: dict[str, int] = {}
        self.functions: set[str] = set()
        #: Jumps whose label is not known yet: instruction index, its slot, the label, its distance if it has one, the line.
        self.later: list[tuple[int, int, str, int | None, int]] = []
        self.first_exit: int | None = None
        self.opcode_hint: str | None = None
        #: The label that the instruction of this line goes to, with its distance if the text has that too; or nothing.
        self.targets: list[tuple[str, int | None]] = []

    def parse(self, source: str) -> Listing:
        for number, line in enumerate(source.splitlines(), 1):
            try:
                self._line(line, number)
            except _Bad as bad:
                raise AsmError(str(bad), line=number) from None
        for index, slot, label, distance, number in self.later:
            self._resolve(index, slot, label, distance, number)
        names = [Label(slot, name, name in self.functions or slot == 0) for name, slot in self.labels.items()]
        self.out.labels = sorted(names, key=lambda label: label.slot)
        return self.out

    def _line(self, line: str, number: int) -> None:
        if len(line) > 4096:
            raise _Bad(f"a line of {len(line)} characters")
        line = _REMARK.sub("", line)
        if signature := _SIGNATURE.fullmatch(line.strip()):
            line = signature["name"] + ":"
        while True:
            label = _LABEL.match(line)
            if not label:
                break
            name = label["quoted"] or label["plain"]
            if name in self.labels:
                raise _Bad(f"label {name} is here a second time")
            self.labels[name] = self.slot
            line = line[label.end() :]
        prefix = _PREFIX.match(line)
        assert prefix is not None  # it matches the empty string
        self.opcode_hint = prefix["code"]
        text = " ".join(_PERCENT.sub("", line[prefix.end() :]).split())
        if not text:
            return
        self.targets.clear()
        insn = _statement(self, text) or self._mnemonic(text)
        for label_name, distance in self.targets:
            self.later.append((len(self.out.instructions), self.slot, label_name, distance, number))
        if insn.opcode == op.JMP | op.EXIT:
            self.first_exit = self.slot if self.first_exit is None else self.first_exit
        self.out.instructions.append(insn)
        self.out.lines.append(number)
        self.slot += insn.slots

    def _resolve(self, index: int, slot: int, label: str, distance: int | None, number: int) -> None:
        insn = self.out.instructions[index]
        target = self.labels.get(label)
        if target is None and label == "exit" and distance is None:
            target = self.first_exit
        if target is None:
            if distance is not None:
                return  # only a name beside the number
            if insn.opcode == op.JMP | op.CALL:
                raise AsmError(f"call of {label}: no label and no helper has that name", line=number)
            raise AsmError(f"there is no label {label}", line=number)
        distance = target - slot - 1
        if insn.opcode in (op.JMP | op.CALL, op.LDDW):
            self.functions.add(label)
        if insn.opcode == op.LDDW:
            insn.imm = distance & 0xFFFFFFFF
        elif insn.opcode in (op.JMP | op.CALL, op.JMP32 | op.JA):
            insn.imm = distance
        elif -0x8000 <= distance <= 0x7FFF:
            insn.offset = distance
        else:
            raise AsmError(f"label {label} is {distance} slots away: too far for 16 bits; use gotol", line=number)

    def reference(self, kind: str, name: str, offset: int = 0) -> None:
        self.out.references.append(Symbol(self.slot, kind, name, offset))

    def aim(self, match: re.Match[str], bits: int = 16) -> int:
        """The distance that a TARGET gives; a label is remembered and filled in at the end."""
        if match["label"] is not None:
            self.targets.append((match["label"], None))
            return 0
        distance = _int(match["distance"])
        limit = 1 << (bits - 1)
        if not -limit <= distance < limit:
            raise _Bad(f"jump of {distance} does not fit in {bits} bits")
        if match["hint"]:
            # llvm-objdump writes <name+0x18> where there is no symbol: a remark, not a label
            self.targets.append((match["hint"], distance))
        return distance

    # --- mnemonics ---------------------------------------------------------------------------------------------------

    def _mnemonic(self, text: str) -> Instruction:
        name, _, rest = text.partition(" ")
        if name == "lock":
            word, _, rest = rest.partition(" ")
            if word == "fetch":
                word, _, rest = rest.partition(" ")
                word = "fetch " + word
            word = word.replace("fetch_", "fetch ")
            name = f"lock {word}".rstrip()
            if name == "lock":
                raise _Bad("lock needs an operation: lock add [r1+8], r2")
        rows = _MNEMONICS.get(name)
        if rows is None:
            raise _Bad(f"{text!r} is no instruction")
        operands = [part.strip() for part in rest.split(",")] if rest else []
        row = rows[0]
        make = _OPERANDS.get(row.form)
        count = {
            "exit": 0,
            "neg": 1,
            "end": 1,
            "jump": 1,
            "jump32": 1,
            "may_goto": 1,
            "callx": 1,
            "cond": 3,
            "abs": 1,
        }.get(row.form, 2)
        if make is None:
            raise _Bad(f"{text!r} is no instruction")
        if len(operands) != count:
            raise _Bad(f"{name} takes {count} operand{'s' * (count != 1)}, not {len(operands)}")
        return make(self, rows, operands)


def _int(text: str) -> int:
    return int(text, 16 if "x" in text.lower() else 10)


def _register(text: str, letter: str = "") -> int:
    if not _IS_REG.fullmatch(text):
        raise _Bad(f"{text!r} is no register")
    if text == "fp":
        return 10
    number = int(text[1:])
    if number > 10:
        raise _Bad(f"there is no register {text}; the last is {text[0]}10")
    if letter and text[0] != letter:
        raise _Bad(f"{text} can't be used here: {letter}{number} is the {'32' if letter == 'w' else '64'}-bit name")
    return number


def _imm32(text: str) -> int:
    """A 32-bit immediate, signed; a hexadecimal one may be unsigned."""
    if not _IS_NUMBER.fullmatch(text):
        raise _Bad(f"{text!r} is no number")
    value = _int(text)
    if not -0x80000000 <= value <= (0xFFFFFFFF if "x" in text.lower() else 0x7FFFFFFF):
        raise _Bad(f"immediate {text} does not fit in 32 bits")
    return value - (1 << 32) if value > 0x7FFFFFFF else value


def _imm64(text: str) -> int:
    value = _int(text)
    if not -(1 << 63) <= value < 1 << 64:
        raise _Bad(f"immediate {text} does not fit in 64 bits")
    return value & 0xFFFFFFFFFFFFFFFF


def _offset(match: re.Match[str]) -> int:
    if match["offset"] is None:
        return 0
    digits = match["offset"]
    try:
        value = _int(digits)
    except ValueError:
        raise _Bad(f"{digits!r} is no number") from None
    value = -value if match["sign"] == "-" else value
    if not -0x8000 <= value <= 0x7FFF:
        raise _Bad(f"offset {value} does not fit in 16 bits")
    return value


def _statement(parser: _Parser, text: str) -> Instruction | None:
    """A line in the style of llvm-objdump; None if it isn't in that style."""
    if text == "exit":
        return Instruction(op.JMP | op.EXIT)
    if match := _ASSIGN.fullmatch(text):
        return _assign(parser, match)
    if match := _IF.fullmatch(text):
        narrow = match["dst"][0] == "w"
        opcode = (op.JMP32 if narrow else op.JMP) | _JUMPS[match["sign"]]
        dst = _register(match["dst"])
        if _IS_REG.fullmatch(match["value"]):
            src = _register(match["value"], "w" if narrow else "r" if match["value"] != "fp" else "")
            return Instruction(opcode | op.X, dst, src, parser.aim(match))
        return Instruction(opcode, dst, 0, parser.aim(match), _imm32(match["value"]))
    if match := _GOTO.fullmatch(text):
        if match["kind"] == "gotol":
            return Instruction(op.JMP32 | op.JA, imm=parser.aim(match, 32))
        return Instruction(op.JMP | (op.JA if match["kind"] == "goto" else op.JCOND), offset=parser.aim(match))
    if text.startswith("call"):
        return _call(parser, text)
    if match := _STORE.fullmatch(text):
        size, dst, value = _SIZES[match["bits"]], _base(match), match["value"]
        if _IS_REG.fullmatch(value):
            if value[0] == "w" and size == op.DW:
                raise _Bad(f"{value} has 32 bits; an 8-byte store takes r{value[1:]}")
            return Instruction(op.STX | op.MEM | size, dst, _register(value), _offset(match))
        return Instruction(op.ST | op.MEM | size, dst, 0, _offset(match), _imm32(value))
    if match := _LOCK.fullmatch(text):
        return _atomic(match, _ALU[match["op"]], match["bits"])
    if match := _RELEASE.fullmatch(text):
        return _atomic(match, op.STORE_REL, match["bits"])
    if match := _INSN.fullmatch(text):
        opcode, dst, src, offset, imm = (_int(match[i]) for i in range(1, 6))
        low, high = (-(1 << 63), 1 << 64) if opcode == op.LDDW else (-(1 << 31), 1 << 32)
        if not (
            0 <= opcode <= 255
            and 0 <= dst <= 15
            and 0 <= src <= 15
            and -0x8000 <= offset <= 0x7FFF
            and low <= imm < high
        ):
            raise _Bad(".insn: a field is out of range")
        if opcode == op.LDDW:
            imm &= 0xFFFFFFFFFFFFFFFF
        elif imm > 0x7FFFFFFF:
            imm -= 1 << 32
        return Instruction(opcode, dst, src, offset, imm)
    return None


def _assign(parser: _Parser, match: re.Match[str]) -> Instruction:
    letter = "w" if match["dst"][0] == "w" else "r"
    dst, sign, value = _register(match["dst"]), match["sign"], match["value"]
    signed = sign in ("s/=", "s%=")
    opcode = (op.ALU if letter == "w" else op.ALU64) | _ALU[sign[1:] if signed else sign]
    if _IS_REG.fullmatch(value):
        return Instruction(opcode | op.X, dst, _register(value, "" if value == "fp" else letter), int(signed))
    if _IS_NUMBER.fullmatch(value):
        if parser.opcode_hint == "18" and sign == "=":
            return Instruction(op.LDDW, dst, imm=_imm64(value))
        return Instruction(opcode, dst, 0, int(signed), _imm32(value))
    if sign == "=":
        for pattern, make in _VALUES:
            found = pattern.fullmatch(value)
            if found:
                return make(parser, dst, letter, found)
    raise _Bad(f"{value!r} is nothing that {match['dst']} {sign} can take")


def _wide(letter: str, what: str) -> None:
    if letter != "r":
        raise _Bad(f"{what} needs a 64-bit register (r0 to r10)")


def _value_lddw(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a 16-byte load")
    return Instruction(op.LDDW, dst, imm=_imm64(match["number"]))


def _value_load(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    size = _SIZES[match["bits"]]
    if match["type"] == "s" and size == op.DW:
        raise _Bad("an 8-byte load has no sign to extend: use u64")
    if size == op.DW or match["type"] == "s":
        _wide(letter, "this load")
    mode = op.MEMSX if match["type"] == "s" else op.MEM
    return Instruction(op.LDX | mode | size, dst, _base(match), _offset(match))


def _value_packet(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    if dst or letter != "r":
        raise _Bad("a packet load always loads r0")
    size, imm = _SIZES[match["bits"]], _imm32(match["number"] or "0")
    if match["base"] is None:
        if match["number"] is None:
            raise _Bad("a packet load needs an offset: skb[14]")
        return Instruction(op.LD | op.ABS | size, imm=imm)
    return Instruction(op.LD | op.IND | size, 0, _base(match), 0, imm)


def _value_neg(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _same(dst, letter, match["src"], "-")
    return Instruction((op.ALU if letter == "w" else op.ALU64) | op.NEG, dst)


def _value_movsx(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    if letter == "w" and match["bits"] == "32":
        raise _Bad("(s32) needs 64-bit registers")
    src = _register(match["src"], letter)
    return Instruction((op.ALU if letter == "w" else op.ALU64) | op.MOV | op.X, dst, src, int(match["bits"]))


def _value_end(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, match["op"])
    _same(dst, letter, match["src"], match["op"])
    opcode = {"le": op.ALU | op.END, "be": op.ALU | op.END | op.X}.get(match["op"], op.ALU64 | op.END)
    return Instruction(opcode, dst, imm=int(match["bits"]))


def _value_cast(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "addr_space_cast")
    to, from_ = _int(match["to"]), _int(match["from"])
    if {to, from_} != {0, 1}:
        raise _Bad("addr_space_cast goes from address space 0 to 1 or from 1 to 0")
    return Instruction(op.ALU64 | op.MOV | op.X, dst, _register(match["src"], "r"), 1, to << 16 | from_)


def _value_map(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a map's address")
    offset = _int(match["offset"] or "0")
    if not 0 <= offset <= 0xFFFFFFFF:
        raise _Bad(f"offset {offset} in a map's value does not fit in 32 bits")
    if match["name"] is not None:
        parser.reference("map_value" if match["value"] else "map", match["name"], offset)
        return Instruction(op.LDDW, dst, 2 if match["value"] else 1, 0, offset << 32)
    kind = {("fd", False): 1, ("fd", True): 2, ("idx", False): 5, ("idx", True): 6}[
        match["by"], match["value"] is not None
    ]
    return Instruction(op.LDDW, dst, kind, 0, (_imm32(match["number"]) & 0xFFFFFFFF) | offset << 32)


def _value_btf_id(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a kernel variable's address")
    number = _int(match["id"])
    if not 0 <= number <= 0xFFFFFFFF:
        raise _Bad(f"type id {number} does not fit in 32 bits")
    return Instruction(op.LDDW, dst, 3, 0, number | (_imm32(match["fd"] or "0") & 0xFFFFFFFF) << 32)


def _value_subprog(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a function's address")
    distance = parser.aim(match, 32)
    if match["behind"]:
        parser.targets.append((match["behind"], distance))
    return Instruction(op.LDDW, dst, 4, 0, distance & 0xFFFFFFFF)


def _value_ksym(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    _wide(letter, "a kernel symbol's address")
    parser.reference("ksym", match["name"])
    return Instruction(op.LDDW, dst, 0 if match["plain"] else 3)


def _value_acquire(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    size = _SIZES[match["bits"]]
    if size == op.DW:
        _wide(letter, "an 8-byte load_acquire")
    return Instruction(op.STX | op.ATOMIC | size, dst, _base(match), _offset(match), op.LOAD_ACQ)


def _value_fetch(parser: _Parser, dst: int, letter: str, match: re.Match[str]) -> Instruction:
    bits = {"_64": "64", "32_32": "32"}.get(match["bits"], match["bits"])
    name = match["op"]
    if bits == "64":
        _wide(letter, f"{name} of 8 bytes")
    if name == "cmpxchg":
        if dst or match["old"] is None or _register(match["old"], letter):
            raise _Bad(f"cmpxchg compares with {letter}0 and leaves the old value there")
        return _atomic(match, op.CMPXCHG, bits)
    _same(dst, letter, match["src"], name)
    if match["old"] is not None:
        raise _Bad(f"{name} takes one register")
    return _atomic(match, op.XCHG if name == "xchg" else _ATOMIC[name[6:]] | op.FETCH, bits)


def _same(dst: int, letter: str, src: str, what: str) -> None:
    if _register(src, letter) != dst:
        raise _Bad(f"{what} works on one register: write {letter}{dst} on both sides")


def _base(match: re.Match[str]) -> int:
    return _register(match["base"], "" if match["base"] == "fp" else "r")


def _atomic(match: re.Match[str], operation: int, bits: str) -> Instruction:
    if match["src"][0] == "w" and bits == "64":
        raise _Bad(f"{match['src']} has 32 bits; this takes r{match['src'][1:]}")
    return Instruction(
        op.STX | op.ATOMIC | _SIZES[bits], _base(match), _register(match["src"]), _offset(match), operation
    )


#: What may stand to the right of `r1 =`.
_VALUES: list[tuple[_Pattern, Callable[[_Parser, int, str, re.Match[str]], Instruction]]] = [
    (_LOAD, _value_load), (_LL, _value_lddw), (_MAP, _value_map), (_NEG, _value_neg), (_MOVSX, _value_movsx),
    (_END, _value_end), (_FETCH, _value_fetch), (_EXCHANGE, _value_fetch), (_ACQUIRE, _value_acquire), (_CAST, _value_cast),
    (_PACKET, _value_packet), (_BTF_ID, _value_btf_id), (_SUBPROG, _value_subprog), (_KSYM, _value_ksym),
]  # fmt: skip


def _call(parser: _Parser, text: str) -> Instruction | None:
    opcode = op.JMP | op.CALL
    if match := _CALLX.fullmatch(text):
        return Instruction(opcode | op.X, _register(match["dst"]))
    if match := _CALL_KFUNC.fullmatch(text):
        offset = _int(match["btf"] or "0")
        if not -0x8000 <= offset <= 0x7FFF:
            raise _Bad(f"btf {offset} does not fit in 16 bits")
        if match["kfunc"]:
            parser.reference("kfunc", match["kfunc"])
        return Instruction(opcode, 0, 2, offset, _imm32(match["id"] or match["number"] or "0"))
    if match := _CALL_HELPER.fullmatch(text):
        return Instruction(opcode, imm=_imm32(match["id"]))
    if match := _CALL_LOCAL.fullmatch(text):
        distance, label = match["distance"], match["label"]
        local = text.startswith("call local ") or "pc" in text[4:8]
        if label is not None and not local and label.removeprefix("bpf_") in IDS and label.startswith("bpf_"):
            return Instruction(opcode, imm=IDS[label.removeprefix("bpf_")])
        if distance is not None and not local and distance[0] not in "+-" and not match["hint"]:
            return Instruction(opcode, imm=_imm32(distance))  # a helper by number
        return Instruction(opcode, 0, 1, 0, parser.aim(match, 32))
    return None


# --- Operands of mnemonics -------------------------------------------------------------------------------------------


def _memory(text: str) -> tuple[int, int]:
    match = _MEMORY.fullmatch(text)
    if not match:
        raise _Bad(f"{text!r} is no place in memory, such as [r1+8]")
    return _register(match["base"]), _offset(match)


def _pick(rows: list[InstructionRow], register: bool) -> InstructionRow:
    return rows[-1] if register else rows[0]


def _first(allowed: tuple[int, ...] | None) -> int:
    return allowed[0] if allowed else 0


def _op_alu(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    register = bool(_IS_REG.fullmatch(operands[1]))
    row = _pick(rows, register)
    dst, offset = _register(operands[0]), _first(row.offset)
    if register:
        return Instruction(row.opcode, dst, _register(operands[1]), offset)
    return Instruction(row.opcode, dst, 0, offset, _imm32(operands[1]))


def _op_movsx(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, _register(operands[0]), _register(operands[1]), _first(rows[0].offset))


def _op_one(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, _register(operands[0]), imm=_first(rows[0].imm))


def _op_none(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode)


def _target(text: str) -> re.Match[str]:
    match = _AIM.fullmatch(text)
    if not match:
        raise _Bad(f"{text!r} is no label and no distance, such as +3")
    return match


def _op_jump(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    match = _target(operands[0])
    if rows[0].form == "jump32":
        return Instruction(rows[0].opcode, imm=parser.aim(match, 32))
    return Instruction(rows[0].opcode, offset=parser.aim(match))


def _op_cond(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    register = bool(_IS_REG.fullmatch(operands[1]))
    row, dst, offset = _pick(rows, register), _register(operands[0]), parser.aim(_target(operands[2]))
    if register:
        return Instruction(row.opcode, dst, _register(operands[1]), offset)
    return Instruction(row.opcode, dst, 0, offset, _imm32(operands[1]))


def _op_lddw(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    if not _IS_NUMBER.fullmatch(operands[1]):
        raise _Bad(f"{operands[1]!r} is no number")
    return Instruction(op.LDDW, _register(operands[0]), imm=_imm64(operands[1]))


def _op_load(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    src, offset = _memory(operands[1])
    return Instruction(rows[0].opcode, _register(operands[0]), src, offset, _first(rows[0].imm))


def _op_store(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    dst, offset = _memory(operands[0])
    if rows[0].form == "store_imm":
        return Instruction(rows[0].opcode, dst, 0, offset, _imm32(operands[1]))
    return Instruction(rows[0].opcode, dst, _register(operands[1]), offset, _first(rows[0].imm))


def _op_abs(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, imm=_imm32(operands[0]))


def _op_ind(parser: _Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, 0, _register(operands[0]), 0, _imm32(operands[1]))


_OPERANDS: dict[str, Callable[[_Parser, list[InstructionRow], list[str]], Instruction]] = {
    "alu": _op_alu, "movsx": _op_movsx, "neg": _op_one, "end": _op_one, "callx": _op_one, "exit": _op_none,
    "jump": _op_jump, "jump32": _op_jump, "may_goto": _op_jump, "cond": _op_cond, "lddw": _op_lddw, "load": _op_load,
    "load_sx": _op_load, "store": _op_store, "store_imm": _op_store, "atomic": _op_store, "load_acquire": _op_load,
    "store_release": _op_store, "abs": _op_abs, "ind": _op_ind,
}  # fmt: skip
