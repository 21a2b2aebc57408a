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
    r"\s*(?:[0-9]+:\s+)?(?:(?:[0-9a-f]{2} ){7}(?:(?:[0-9a-f]{2} ){8})?[0-9a-f]{2}\s+)?(?:\((?P<code>[0-9a-f]{2})\)\s*)?"
)
_LABEL = Pattern(r"\s*(?:[0-9a-f]{8,16} )?(?:<(?P<quoted>NAME)>|(?P<plain>NAME))\s*:(?!:)\s*")
_SIGNATURE = Pattern(r"[\w *]*?(?P<name>NAME)\([^()]*\):")
_REMARK = re.compile(r"(?:^|(?<=\s))#.*|;.*|//.*")
_PERCENT = re.compile(r"%(?=[rw][0-9]|fp)")


class Parser:
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
        line = _REMARK.sub("", line)
        if signature := _SIGNATURE.fullmatch(line.strip()):
            line = signature["name"] + ":"
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
        distance = to_int(match["distance"])
        limit = 1 << (bits - 1)
        if not -limit <= distance < limit:
            raise Bad(f"jump of {distance} does not fit in {bits} bits")
        if match["hint"]:
            # llvm-objdump writes <name+0x18> where there is no symbol: a remark, not a label
            self.targets.append((match["hint"], distance))
        return distance
