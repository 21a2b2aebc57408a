"""From a refusal to what a person reads: the line of C, how the path came there, what was known, what usually mends it."""

from __future__ import annotations

from ebpf.errors import VerifierError
from ebpf.verifier.messages import KINDS, Refusal
from ebpf.verifier.regs import NOT_INIT, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import Line, ProgramSpec
    from ebpf.verifier.core import Verifier

#: Branches shown of a path, from its end.
SHOWN = 8


def place(line: Line | None) -> str:
    """`file.c:12:5`, as compilers say it."""
    if line is None or not line.file:
        return ""
    column = f":{line.column}" if line.column else ""
    return f"{line.file}:{line.line}{column}"


def around(program: ProgramSpec, slot: int, count: int = 2) -> list[tuple[int, str, bool]]:
    """The lines of C near the one that `slot` came from: (number, text, whether it is that one). Only lines that gave
    instructions are known."""
    here = program.line_at(slot)
    if here is None or not here.line:
        return []
    known = {line.line: line.text.rstrip() for line in program.lines if line.file == here.file and line.line}
    numbers = sorted(known)
    at = numbers.index(here.line)
    return [(n, known[n], n == here.line) for n in numbers[max(at - count, 0) : at + count + 1]]


def path(v: Verifier) -> list[tuple[int, bool]]:
    """The branches that led here, the first one first: (slot, taken)."""
    out = []
    trail = v.state.trail
    while trail is not None:
        out.append((trail[0], trail[1]))
        trail = trail[2]  # type: ignore[assignment]
    out.reverse()
    return out


def steps(program: ProgramSpec, branches: list[tuple[int, bool]]) -> list[str]:
    """The branches in C lines; several in a row on one line are told once."""
    out: list[str] = []
    for slot, taken in branches:
        line = program.line_at(slot)
        text = (
            f"line {line.line}: {line.text.strip()}" if line is not None and line.line else f"instruction {slot}"
        )  # fmt: skip
        word = "jumps" if taken else "goes on"
        said = f"{text}  ({word} at {slot})"
        if not out or out[-1].split("  (")[0] != text:
            out.append(said)
        else:
            out[-1] = said
    return out


def error(v: Verifier | None, program: ProgramSpec, refusal: Refusal, log: str) -> VerifierError:
    slot = refusal.slot
    if slot is None and v is not None:
        slot = v.insn
    line = program.line_at(slot) if slot is not None else None
    sentence, fix = KINDS[refusal.kind]
    where = place(line)
    reason = refusal.reason
    known = ""
    if refusal.register is not None and refusal.value is not None:
        value = refusal.value
        known = f"R{refusal.register} is " + ("nothing" if value.type == NOT_INIT else show(value))
    branches = path(v) if v is not None and v.frames else []
    told = steps(program, branches) if branches else []
    text = [f"{program.name}: {sentence}"]
    at = where or (f"instruction {slot}" if slot is not None else "")
    if at:
        text[0] += f" ({at})"
    shown = around(program, slot) if slot is not None else []
    for number, source, is_here in shown:
        text.append(f"  {'>' if is_here else ' '} {number:>4} | {source}")
    text.append(f"  verifier: {reason.splitlines()[-1] if reason else refusal.kind} (instruction {slot})")
    if known:
        text.append(f"  known: {known}")
    if refusal.required:
        text.append(f"  needed: {refusal.required}")
    if told:
        more = len(told) - SHOWN
        text.append("  path: " + (f"… {more} more, then " if more > 0 else "") + "; ".join(told[-SHOWN:]))
    text.append(f"  usually: {fix}")
    return VerifierError(
        "\n".join(text),
        program=program.name,
        reason=reason,
        line=where,
        slot=slot,
        log=log,
        kind=refusal.kind,
        sentence=sentence,
        source=shown,
        path=told,
        register=refusal.register,
        known=known,
        required=refusal.required,
        fix=fix,
    )
