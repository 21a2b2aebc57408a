"""Two logs of the verifier's, line by line: Linux's at level 2, and ours."""

from __future__ import annotations

import re

#: What Linux says at level 2 that we leave out (docs/verifier.md, "The log").
_LEFT_OUT = re.compile(
    r"mark_precise: |frame \d+: propagating|SCC (enter|exit|backedge|add)|\(\d+(,\d+)*\) (frame|live stack)"
    r"|Live regs before insn|func#\d+ @\d+| +(\d+ +)?\d+: [0-9.]{10} |processed \d+ insns|BPF program is too large"
    r"|func '\w+' arg\d+ has btf_id|verification time|stack depth|Func#\d+ \('.*'\) is global and assumed valid"
)
_INSN = re.compile(r"(\d+): (\([0-9a-f]{2}\) .*)$")
_STATE = re.compile(r"(\d+):( (frame\d+:|R\d+=|fp-\d+=|refs=|cb\b|async_cb).*|)$")
_ADDRESS = re.compile(r"0x[0-9a-f]{1,16}\b|(map|ksym)\[[^\]]*\](\[0\]\+\d+)?|subprog\[[+-]\d+\]")


_KFUNC = re.compile(r"(call \w+)#(?:\d{4,}|0)\b")


def lines_of(log: str) -> list[str]:
    """The log as lines that can be compared: `12: (71) r1 = *(u8 *)(r2 +0) ; R1=…`, one an instruction."""
    out: list[str] = []
    for line in log.splitlines():
        line = line.rstrip()
        if not line or _LEFT_OUT.match(line):
            continue
        insn = _INSN.match(line)
        if insn:
            text, _, state = insn[2].partition(";")
            if text.startswith("(18)"):
                text = _ADDRESS.sub("ADDRESS", text)
            elif text.startswith("(85)"):
                text = _KFUNC.sub(r"\1", text)  # a kernel function's number is the kernel's own
            out.append(f"{insn[1]}: {text.strip()} ;{state.rstrip()}")
            continue
        state_line = _STATE.match(line)
        if state_line:
            # A state on a line of its own: that of the instruction before, or said before.
            if out and _INSN.match(out[-1]) and out[-1].endswith(";"):
                out[-1] += state_line[2]
            continue
        out.append(line)
    # An instruction that ends a path, or the program, has no state.
    return [line[:-2] if line.endswith(" ;") else line for line in out]


def first_difference(kernel: str, ours: str) -> tuple[int, str, str] | None:
    """(line, the kernel's, ours) where the two part; None if they don't."""
    a, b = lines_of(kernel), lines_of(ours)
    for n in range(max(len(a), len(b))):
        one, two = (a[n] if n < len(a) else "(end)"), (b[n] if n < len(b) else "(end)")
        if one != two:
            return n, one, two
    return None
