"""Text → instructions: what `disassembler` writes, what llvm-objdump, bpftool and the kernel's verifier write, and the
mnemonics of the bpf_conformance and ubpf assemblers. The two kinds of lines may be mixed.

A line is an instruction, a label (`name:`), both, or several instructions with `;` between them. Remarks: after `//`, after a
`#` that follows a blank or starts the line, between `/*` and `*/`, a line that begins with `;` (C lines of a listing), and what
follows a `;` in the verifier's log. Slot numbers, hex bytes and `(61)` before an instruction are skipped; bpftool's
`int f(void *ctx):` is a label, relocations and headings of llvm-objdump are left out.

Jumps go to a label, a number (`goto 1b`: the last `1:`, `goto 1f`: the next), or a number of slots from the next
instruction; where a distance and a label are given (`goto +3 <L7>`) and the label is in the text, the label counts, so
that text can be edited. In mnemonics `exit` as a label is the first `exit` of the text.
"""

from __future__ import annotations

import re

from ebpf._record import Frozen
from ebpf.asm.mnemonics import mnemonic
from ebpf.asm.operands import Bad, Pattern, to_int
from ebpf.asm.statements import statement
from ebpf.errors import AsmError
from ebpf.uapi import opcodes as op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm.instruction import Instruction


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
    return Parser().parse(source)


_PREFIX = Pattern(
    r"\s*(?:(?P<number>[0-9]{1,9}):\s*)?(?:(?:[0-9a-f]{2} ){7}(?:(?:[0-9a-f]{2} ){8})?[0-9a-f]{2}\s+)?"
    r"(?:\((?P<code>[0-9a-f]{2})\)\s*)?"
)
_LABEL = Pattern(r"\s*(?:[0-9a-f]{8,16} )?(?:<(?P<quoted>NAME)>|(?P<plain>NAME))\s*:(?!:)\s*")
_SIGNATURE = Pattern(r"(?:\w+[ *]+)*(?P<name>NAME)")
_REMARK = re.compile(r"(?:^|(?<=\s))#.*|^\s*;.*|//.*")
#: After an instruction of the verifier's log its remarks follow.
_LOGGED = re.compile(r"^(\s*(?:[0-9]+:\s*)?\([0-9a-f]{2}\)[^;]*);.*")
#: Lines of `llvm-objdump -dr` that are no part of the program.
_NOISE = re.compile(r"\s*[0-9a-f]+:\s+R_BPF_\w+\s+\S+\s*|Disassembly of section .*:|\S+:\s+file format elf64-\S+")
_PERCENT = re.compile(r"%(?=[rw][0-9]|fp)")


def _without_blocks(source: str) -> str:
    """The text without what is between `/*` and `*/`; lines stay where they are."""
    out = []
    at = 0
    while (start := source.find("/*", at)) >= 0:
        end = source.find("*/", start + 2)
        if end < 0:
            line = source.count("\n", 0, start) + 1
            raise AsmError("a remark begins with /* and doesn't end", line=line)
        out += [source[at:start], "\n" * source.count("\n", start, end) or " "]
        at = end + 2
    return "".join([*out, source[at:]])


class Parser:
    def __init__(self) -> None:
        self.out = Listing()
        self.slot = 0
        self.labels: dict[str, int] = {}
        self.functions: set[str] = set()
        #: The number before an instruction → where it stands, for `goto 1b` and `goto 1f`.
        self.numbers: dict[int, list[int]] = {}
        #: Jumps whose label is not known yet: instruction index, its slot, the label, its distance if it has one, the line.
        self.later: list[tuple[int, int, str, int | None, int]] = []
        self.first_exit: int | None = None
        self.opcode_hint: str | None = None
        #: The label that the instruction of this line goes to, with its distance if the text has that too; or nothing.
        self.targets: list[tuple[str, int | None]] = []

    def parse(self, source: str) -> Listing:
        for number, line in enumerate(_without_blocks(source).splitlines(), 1):
            try:
                self._line(line, number)
            except Bad as bad:
                raise AsmError(str(bad), line=number) from None
        for index, slot, label, distance, number in self.later:
            self._resolve(index, slot, label, distance, number)
        names = [Label(slot, name, name in self.functions or slot == 0) for name, slot in self.labels.items()]
        self.out.labels = sorted(names, key=lambda label: label.slot)
        return self.out

    def _line(self, line: str, number: int) -> None:
        if len(line) > 4096:
            raise Bad(f"a line of {len(line)} characters")
        line = _LOGGED.sub(r"\1", _REMARK.sub("", line))
        if _NOISE.fullmatch(line):
            return
        if line.rstrip().endswith("):"):  # bpftool's `int f(void *ctx):`
            signature = _SIGNATURE.fullmatch(line[: line.index("(")].strip()) if "(" in line else None
            if signature:
                line = signature["name"] + ":"
        for part in line.split(";"):
            self._part(part, number)

    def _part(self, line: str, number: int) -> None:
        """A line, or what is between the semicolons of one: labels, then an instruction or none."""
        while True:
            label = _LABEL.match(line)
            if not label:
                break
            name = label["quoted"] or label["plain"]
            if name in self.labels:
                raise Bad(f"label {name} is here a second time")
            self.labels[name] = self.slot
            line = line[label.end() :]
        prefix = _PREFIX.match(line)
        assert prefix is not None  # it matches the empty string
        if prefix["number"]:
            self.numbers.setdefault(int(prefix["number"]), []).append(self.slot)
        self.opcode_hint = prefix["code"]
        text = " ".join(_PERCENT.sub("", line[prefix.end() :]).split())
        if not text:
            return
        self.targets.clear()
        insn = statement(self, text) or mnemonic(self, text)
        for label_name, distance in self.targets:
            self.later.append((len(self.out.instructions), self.slot, label_name, distance, number))
        if insn.opcode == op.JMP | op.EXIT:
            self.first_exit = self.slot if self.first_exit is None else self.first_exit
        self.out.instructions.append(insn)
        self.out.lines.append(number)
        self.slot += insn.slots

    def _resolve(self, index: int, slot: int, label: str, distance: int | None, number: int) -> None:
        insn = self.out.instructions[index]
        # With a distance it is what stood in `<…>`, and may be anything.
        near = distance is None and label[0] in "0123456789"
        target = self._near(label, slot) if near else self.labels.get(label)
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

    def _near(self, label: str, slot: int) -> int | None:
        """Where `1b` (the last 1: up to here) or `1f` (the next) is."""
        places = self.numbers.get(int(label[:-1]), [])
        if label[-1] == "b":
            return max((place for place in places if place <= slot), default=None)
        return min((place for place in places if place > slot), default=None)

    def reference(self, kind: str, name: str, offset: int = 0) -> None:
        self.out.references.append(Symbol(self.slot, kind, name, offset))

    def aim(self, match: re.Match[str], bits: int = 16) -> int:
        """The distance that a TARGET gives; a label is remembered and filled in at the end."""
        label = match["label"] or match["near"]
        if label is not None:
            self.targets.append((label, None))
            return 0
        distance = to_int(match["distance"])
        limit = 1 << (bits - 1)
        if not -limit <= distance < limit:
            raise Bad(f"jump of {distance} does not fit in {bits} bits")
        if match["hint"]:
            # llvm-objdump writes <name+0x18> where there is no symbol: a remark, not a label
            self.targets.append((match["hint"], distance))
        return distance
