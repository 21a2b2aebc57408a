"""The log of a verification, in the form that Linux's has."""

from __future__ import annotations

from ebpf.verifier.regs import NOT_INIT, show
from ebpf.verifier.state import DYN, INVALID, ITER, MISC, SPILL, ZEROED, Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

_BYTES = {INVALID: "?", SPILL: "r", MISC: "m", ZEROED: "0", DYN: "d", ITER: "i"}


class Log:
    """Lines, the last `keep` of them if that is not 0."""

    def __init__(self, keep: int = 0) -> None:
        self.lines: list[str] = []
        self.keep = keep
        self._before: list[object] = []
        self._line: object = None

    def write(self, text: str) -> None:
        self.lines.append(text)
        if self.keep and len(self.lines) > 2 * self.keep:
            del self.lines[: -self.keep]

    def text(self) -> str:
        return "\n".join(self.lines) + "\n" if self.lines else ""

    def safe(self, v: Verifier, i: int) -> None:
        self.write(f"{i}: safe")

    def resume(self, v: Verifier) -> None:
        self.write("")
        self.write(f"from {v.previous} to {v.insn}: {frame_text(v.frames[-1])}")

    def before(self, v: Verifier, i: int) -> None:
        line = v.program.line_at(i)
        if line is not None and line is not self._line:
            self._line = line
            self.write(f"; {line.text} @ {line.file.rsplit('/', 1)[-1]}:{line.line}")
        self.write(f"{i}: {disassemble(v, i)}")
        frame = v.frames[-1]
        self._before = [frame, *frame.regs, *frame.stack]

    def after(self, v: Verifier, i: int) -> None:
        frame = v.frames[-1]
        if not self._before or self._before[0] is not frame:
            self.write(frame_text(frame))
            return
        changed = [n for n in range(11) if frame.regs[n] is not self._before[1 + n]]
        slots = [
            n for n, slot in enumerate(frame.stack)
            if n + 12 >= len(self._before) or slot is not self._before[12 + n]
        ]  # fmt: skip
        text = " ".join([f"R{n}={show(frame.regs[n], frame.number)}" for n in changed if frame.regs[n].type != NOT_INIT]
                        + [_slot_text(frame, n) for n in slots if any(frame.stack[n].types)])  # fmt: skip
        if text and self.lines:
            self.lines[-1] = f"{self.lines[-1]:<40} ; {text}"


def _slot_text(frame: Frame, n: int) -> str:
    slot = frame.stack[n]
    where = f"fp-{8 * (n + 1)}"
    types = "".join(_BYTES.get(t, "?") for t in reversed(slot.types))
    if slot.types[7] == SPILL:
        value = show(slot.reg, frame.number)
        return f"{where}={value}" if slot.types[0] == SPILL else f"{where}={types.replace('r', '')}{value}"
    if types == "00000000":
        return f"{where}=0"
    return f"{where}={types}"


def frame_text(frame: Frame) -> str:
    """The registers and stack of a frame that hold something."""
    parts = [f"frame{frame.number}:"] if frame.number else []
    parts += [f"R{n}={show(reg, frame.number)}" for n, reg in enumerate(frame.regs) if reg.type != NOT_INIT]
    parts += [_slot_text(frame, n) for n, slot in enumerate(frame.stack) if any(slot.types)]
    return " ".join(parts)


def disassemble(v: Verifier, i: int) -> str:
    """The instruction as the kernel's log has it."""
    from ebpf.asm.instruction import Instruction
    from ebpf.verifier.spelling import spell

    flow = v.flow
    code = flow.code[i]
    imm = flow.imm64[i] if i in flow.imm64 else flow.imm[i]
    return f"({code:02x}) {spell(Instruction(code, flow.dst[i], flow.src[i], flow.off[i], imm), flow, i)}"
