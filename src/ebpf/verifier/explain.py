"""From a refusal to what a person reads: the line of C, how the path came there, what was known, what usually mends it."""

from __future__ import annotations

from ebpf.errors import VerifierError
from ebpf.explain import around, place, steps, words
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import NOT_INIT, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec
    from ebpf.verifier.core import Verifier

#: Branches shown of a path, from its end.
SHOWN = 8


def path(v: Verifier) -> list[tuple[int, bool]]:
    """The branches that led here, the first one first: (slot, taken)."""
    out = []
    trail = v.state.trail
    while trail is not None:
        out.append((trail[0], trail[1]))
        trail = trail[2]  # type: ignore[assignment]
    out.reverse()
    return out


def error(v: Verifier | None, program: ProgramSpec, refusal: Refusal, log: str) -> VerifierError:
    slot = refusal.slot
    if slot is None:
        slot = v.insn if v is not None else 0
    line = program.line_at(slot)
    where = place(line)
    reason = refusal.reason
    known = ""
    if refusal.register is not None and refusal.value is not None:
        value = refusal.value
        known = f"R{refusal.register} is " + ("nothing" if value.type == NOT_INIT else show(value))
    _, sentence, fix = words(refusal.reason, refusal.kind, known)
    branches = path(v) if v is not None else []
    told = steps(program, branches)
    text = [f"{program.name}: {sentence}"]
    text[0] += f" ({where or f'instruction {slot}'})"
    shown = around(program, slot)
    for number, source, is_here in shown:
        text.append(f"  {'>' if is_here else ' '} {number:>4} | {source}")
    text.append(f"  verifier: {'; '.join(reason.splitlines()) or refusal.kind} (instruction {slot})")
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
