"""The log of a verification, in the form of Linux's at level 2: every path, with what each instruction read and wrote.

Left out of what Linux 6.18 writes there: how precision was followed back (`mark_precise:`, `propagating`), its tables of live
registers and stack slots, and a state that was just printed.
"""

from __future__ import annotations

from ebpf.asm.instruction import Instruction
from ebpf.uapi import opcodes as op
from ebpf.verifier.iterators import ACTIVE
from ebpf.verifier.regs import NOT_INIT, show
from ebpf.verifier.state import DYN, INVALID, IRQ, ITER, MISC, SPILL, ZEROED, Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.state import State

_BYTES = {INVALID: "?", SPILL: "r", MISC: "m", ZEROED: "0", DYN: "d", ITER: "i", IRQ: "f"}


class Log:
    """The lines so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._frame: Frame | None = None
        #: What the last instruction left, told when the path goes on.
        self._state = ""
        self._line: object = None
        self._resumed = False

    def write(self, text: str) -> None:
        self.lines.append(text)

    def text(self) -> str:
        return "\n".join(self.lines) + "\n" if self.lines else ""

    def begin(self, v: Verifier, function: int) -> None:
        """A function's own verification begins."""
        if function:
            self.write(f"Validating {v.flow.functions[function].name}() func#{function}...")
        self.write(f"{v.insn}:{state_text(v.state)}")

    def end(self, v: Verifier, function: int) -> None:
        name = v.flow.functions[function].name
        self.write(f"Func#{function} ('{name}') is safe for any args that match its prototype")

    def safe(self, i: int) -> None:
        self._state = ""
        # Where a path ends as soon as it is taken up, Linux tells it in one line.
        if self._resumed and self.lines:
            self.lines[-1] = self.lines[-1].split(":")[0] + ": safe"
        else:
            self.write(f"{i}: safe")
        self._resumed = False

    def resume(self, v: Verifier) -> None:
        self._state = ""
        self.write("")
        self.write(f"from {v.previous} to {v.insn}:{state_text(v.state)}")
        self._resumed = True
        self._line = None

    def before(self, v: Verifier, i: int) -> None:
        self._resumed = False
        self._put_state()
        line = v.program.line_at(i)
        if line is not None and line is not self._line:
            self._line = line
            self.write(f"; {line.text.strip()} @ {line.file.rsplit('/', 1)[-1]}:{line.line}")
        self.write(f"{i}: {disassemble(v, i)}")
        self._frame = v.frames[-1]
        v.touched = 0

    def after(self, v: Verifier, i: int, following: int) -> None:
        frame = v.frames[-1]
        if frame is not self._frame:
            if self._frame is not None and frame.number > self._frame.number:
                self.write("caller:")
                self.write(state_text(v.state, -2))
                self.write("callee:")
                self.write(state_text(v.state))
            elif self._frame is not None:
                self.write("returning from callee:")
                self.write(state_text(v.state, -1, self._frame))
                self.write(f"to caller at {following}:")
                self.write(state_text(v.state))
                if v.flow.code[i] == op.JMP | op.EXIT:
                    self.write("")
                    self.write(f"from {i} to {following}:{state_text(v.state)}")
                    self._resumed = True
            return
        if following < 0:
            return
        reads, writes = v.flow.use_and_definition(i)
        mask = reads | writes
        self._state = state_text(v.state, -1, frame, mask, v.touched) if mask or v.touched else ""
        if v.flow.code[i] & op.CLASS_MASK in (op.JMP, op.JMP32) and v.flow.code[i] & op.OP_MASK not in (op.CALL, op.JA):
            self._put_state()

    def _put_state(self) -> None:
        if self._state and self.lines:
            last = self.lines[-1]
            # Linux puts the semicolon at a multiple of 8, column 40 at the least.
            column = max(len(last) + 5, 40)
            self.lines[-1] = f"{last:<{-(-column // 8) * 8 - 2}};{self._state}"
        self._state = ""


def state_text(state: State, at: int = -1, frame: Frame | None = None, registers: int = -1, slots: int = -1) -> str:
    """What a frame holds, each thing with a space before it; `registers` and `slots`: those of these bits only."""
    frame = frame if frame is not None else state.frames[at]
    parts = [f"frame{frame.number}:"] if frame.number else []
    for n, reg in enumerate(frame.regs):
        if reg.type != NOT_INIT and registers >> n & 1:
            parts.append(f"R{n}={show(reg, frame.number)}")
    parts += [text for n in range(len(frame.stack)) if slots >> n & 1 and (text := _slot_text(frame, n))]
    refs = [str(held.id) for held in state.held if held.id]
    if refs:
        parts.append("refs=" + ",".join(refs))
    if frame.in_callback or any(f.in_callback for f in state.frames):
        parts.append("cb")
    if any(f.in_async for f in state.frames):
        parts.append("async_cb")
    return "".join(f" {part}" for part in parts)


def _slot_text(frame: Frame, n: int) -> str:
    slot = frame.stack[n]
    where = f"fp-{8 * (n + 1)}"
    types = "".join(_BYTES.get(t, "?") for t in slot.types)
    last = slot.types[7]
    if last == SPILL:
        return f"{where}={types.split('r')[0]}{show(slot.reg, frame.number)}"
    if last == DYN:
        kind, first, _ = slot.reg.aux
        if not first:
            return ""
        parts = [f"id={slot.reg.id}"] if slot.reg.id else []
        parts += [f"ref_id={slot.reg.ref}"] if slot.reg.ref else []
        return f"{where}=dynptr_{kind}({','.join(parts)})"
    if last == ITER:
        name, state, first = slot.reg.aux
        word = "active" if state == ACTIVE else "drained"
        return f"{where}=iter_{name}(ref_id={slot.reg.ref},state={word},depth={slot.reg.off})" if first else ""
    return f"{where}={types}" if any(slot.types) else ""


def disassemble(v: Verifier, i: int) -> str:
    """The instruction as the kernel's log has it."""
    from ebpf.asm.disassembler import text

    flow = v.flow
    code = flow.code[i]
    imm = flow.imm64[i] if i in flow.imm64 else flow.imm[i]
    shown = ""
    # Fields that the instruction doesn't have don't show, whatever is in them.
    for src, off, number in (
        (flow.src[i], flow.off[i], imm), (flow.src[i], flow.off[i], 0), (0, flow.off[i], imm), (flow.src[i], 0, imm), (0, 0, 0)
    ):  # fmt: skip
        insn = Instruction(code, flow.dst[i], src, off, number)
        shown = text(insn, reference=flow.references.get(i), kernel=True)
        if not shown.startswith(".insn"):
            break
    return f"({code:02x}) {shown}"
