"""The long run of programs made at random against the running kernel, as root.

    python bench/verifier_random.py FIRST LAST [--wide | --kinds]

Names each seed that is laxer or stricter, and counts those that both accept with the same instructions and states looked at.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "unit"), str(ROOT / "tests" / "host")]

import verifier_programs  # noqa: E402
import verifier_programs_kinds  # noqa: E402
import verifier_programs_wide  # noqa: E402

from ebpf.btf.kernel import kernel_btf  # noqa: E402
from ebpf.errors import VerifierError  # noqa: E402
from ebpf.kernel.engine import KernelEngine  # noqa: E402
from ebpf.verifier import verify  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--wide", action="store_true", help="callbacks, iterators, dynptrs, atomics, odd spills")
    parser.add_argument(
        "--kinds", action="store_true", help="kernel objects, locks, timers, lists, trees, kptrs, constants"
    )
    parser.add_argument("--reasons", action="store_true", help="why both refuse, and where the two give other reasons")
    options = parser.parse_args()
    programs: Any = verifier_programs
    if options.wide or options.kinds:
        programs = verifier_programs_kinds if options.kinds else verifier_programs_wide
    target = kernel_btf()
    lax = strict = taken = same = 0
    reasons: Counter[str] = Counter()
    with KernelEngine() as engine:
        maps = {name: engine.create_map(spec.copy()) for name, spec in programs.MAPS.items()}
        for seed in range(options.first, options.last):
            program = programs.make(seed)
            theirs = ours = ""
            looked = here = -1
            try:
                with_info = engine.load_program(program, maps)
                looked = int(str(with_info.info().get("verified_insns", -1)))
                with_info.close()
            except VerifierError as error:
                theirs = error.reason or "refused"
            try:
                here = verify(program, programs.MAPS, target=target, max_processed=30_000).processed
            except VerifierError as error:
                ours = error.reason
            if theirs and ours:
                mine, other = (_first_line(text) for text in (ours, theirs))
                reasons[mine if mine == other else f"{mine} / {other}"] += 1
            elif theirs:
                lax += 1
                print(f"laxer: seed {seed}: the kernel {theirs}", flush=True)
            elif ours:
                strict += 1
                print(f"stricter: seed {seed}: {ours.splitlines()[-1]}", flush=True)
            else:
                taken += 1
                same += looked == here
                if options.reasons and looked != here:
                    print(f"steps: seed {seed}: {looked} in the kernel, {here} here")
    print(f"{options.last - options.first} programs: {lax} laxer, {strict} stricter")
    print(f"{taken} taken by both, {same} of them in as many steps")
    if options.reasons:
        for reason, count in reasons.most_common():
            print(f"{count:6} {reason}")


def _first_line(text: str) -> str:
    """A reason without its numbers."""
    return re.sub(r"-?\b(0x[0-9a-f]+|\d+)\b", "N", re.sub(r"R\d+", "R", text.strip().splitlines()[0]))


if __name__ == "__main__":
    main()
