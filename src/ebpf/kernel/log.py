"""The verifier's log, taken apart: which instruction, which C line, what reason."""

from __future__ import annotations

import errno as _errno
import re

from ebpf import explain
from ebpf.errors import KernelError, NotSupported, VerifierError
from ebpf.kernel import privilege, sign, sys
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.errors import EbpfError
    from ebpf.spec import ProgramSpec

#: Lines that end a log and say nothing of the reason.
_TRAILERS = ("processed ", "verification time ", "stack depth ", "peak_states ", "mark_precise: ")
_TOO_LARGE = "BPF program is too large"


def reason_of(log: str) -> tuple[str, int | None]:
    """(reason, slot): the line that says why, and the instruction it speaks of, None if it names none.

    A log tells each instruction as "12: (71) r1 = *(u8 *)(r2 +0) ; R1=…", register states as "12: R0=…", C lines behind
    ";", and the reason last, before the statistics.
    """
    reason, before, slot = "", "", None
    place = re.compile(r"^(\d+): (?:\([0-9a-f]{2}\)|R\d|safe)")
    state = re.compile(
        r"arg#\d+ arg#\d+ memory, len pair|returning from callee:|to caller at|"
        r"from \d+ to \d+|R\d+(_w)?=|caller:|callee:|cur state:|old state:|frame\d+:|last_idx|regs=|parent |propagating "
    )
    for line in log.splitlines():
        found = place.match(line)
        if found:
            slot = int(found[1])
            # Older kernels go on with the state on a line of its own; neither is a reason.
            if _TOO_LARGE in line:
                reason = line[line.index(_TOO_LARGE) :]
            continue
        text = line.strip()
        if not text or text.startswith((";", *_TRAILERS)) or state.match(text):
            continue
        before, reason = reason, text
    # What is out of bounds stands a line above which bound it is.
    bound = r"R\d+ (?:offset is outside|(?:min|max) value is outside|unbounded memory access, make sure)"
    if before and re.match(bound, reason):
        reason = f"{before}; {reason}"
    return reason, slot


def register_in(reason: str) -> int | None:
    """The register that a reason speaks of."""
    found = re.search(r"\bR(\d+)\b", reason)
    return int(found[1]) if found and int(found[1]) <= 10 else None


def state_of(log: str, register: int) -> str:
    """What was known last of a register, in the log's own words: "scalar(umax=255)", "map_value_or_null(id=1)"."""
    known = re.compile(rf"\bR{register}(?:_\w+)?=((?:[^\s(]+)?(?:\((?:[^()]|\([^()]*\))*\))?)")
    found = ""
    for line in log.splitlines():
        for match in known.finditer(line):
            found = match[1] or found
    return found


def branches_of(log: str) -> list[tuple[int, bool]]:
    """The branches of the path that was refused: (slot, whether the jump was taken). Linux takes back what it wrote of paths that
    went well, but keeps the way to them ("from 3 to 7")."""
    insn = re.compile(r"^(?:from (\d+) to (\d+)\b|(\d+): \([0-9a-f]{2}\) (if )?)")
    out: list[tuple[int, bool]] = []
    open_: int | None = None
    for line in log.splitlines():
        found = insn.match(line)
        if not found:
            continue
        if found[1] is not None:
            slot, to = int(found[1]), int(found[2])
            out = [branch for branch in out if branch[0] != slot]
            if open_ == slot or to != slot + 1:
                out.append((slot, True))
            open_ = None
            continue
        slot = int(found[3])
        if open_ is not None:
            out.append((open_, slot != open_ + 1))
        open_ = slot if found[4] else None
    return out


def refusal(spec: ProgramSpec, error: OSError, log: str) -> EbpfError:
    """The error to raise for a program that the kernel didn't take."""
    number = error.errno or 0
    if not log.strip():
        return _without_log(spec, error, number)
    said, slot = reason_of(log)
    reason = said or error.strerror or "refused"
    line = spec.line_at(slot) if slot is not None else None
    where = ""
    if line is not None:
        where = f"{line.file}:{line.line}" if line.line else line.file
    text = f"the kernel refused program {spec.name}"
    if where:
        text += f" at {where}"
    text += f": {reason}"
    if line is not None and line.text.strip():
        text += f"\n    {line.text.strip()}"
    elif slot is not None:
        text += f" (instruction {slot})"
    register = register_in(reason)
    known = state_of(log, register) if register is not None else ""
    if known and len(known) <= 100:
        text += f"\n  r{register} is {known}"
    kind, sentence, hint = explain.words(reason, known=known)
    if kind == "helper":
        hint = privilege.locked_helper(reason) or hint
    if not said and number == _errno.EINVAL and spec.type == ProgType.TRACING and spec.target:
        hint = f"{spec.target} is one of the few functions that programs themselves need: none can be attached to it"
    path = explain.steps(spec, branches_of(log))
    if path:
        text += f"\n  path: {'; '.join(path[-3:])}"
    if hint:
        text += f"\n  {hint}"
    return VerifierError(
        text,
        program=spec.name,
        reason=reason,
        line=f"{where}: {line.text.strip()}" if line is not None else "",
        slot=slot,
        log=log,
        kind=kind,
        sentence=sentence,
        fix=hint,
        source=explain.around(spec, slot) if slot is not None else (),
        path=path,
        register=register,
        known=known,
    )


def _without_log(spec: ProgramSpec, error: OSError, number: int) -> EbpfError:
    release = sys.kernel_release()
    if number == _errno.EINVAL:
        if spec.type.since > release:
            return NotSupported(f"program {spec.name}: type {spec.type.label}", since=spec.type.since)
        if spec.attach_type is not None and spec.attach_type.since > release:
            return NotSupported(
                f"program {spec.name}: attach type {spec.attach_type.label}", since=spec.attach_type.since
            )
    hint = getattr(error, "hint", "")
    if number == _errno.EPERM and privilege.is_root():
        # Seen where kernels are locked down or cut to a purpose: root is not what is missing.
        hint = (
            f"this process has the privilege, but this kernel forbids programs of type {spec.type.label}: it is locked "
            "down, or a security module is in the way"
        )
    if spec.signature:
        if number == _errno.EOPNOTSUPP:
            return NotSupported(f"program {spec.name}: a signature", why=sign.NO_CHECK)
        hint = sign.HINTS.get(number, hint)
    if number == _errno.EINVAL and not hint:
        hint = f"this kernel ({release[0]}.{release[1]}) may be built without programs of type {spec.type.label}"
        if spec.type == ProgType.UNSPEC:
            hint = "the program has no type: give its section a name the kernel knows"
    return KernelError(number, getattr(error, "call", f"program {spec.name}: BPF_PROG_LOAD"), hint=hint)
