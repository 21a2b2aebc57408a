"""The long run of programs made at random against the running kernel, as root.

    python bench/verifier_random.py FIRST LAST [--wide]

Names each seed that is laxer or stricter, and counts those that both accept with the same instructions and states looked at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "unit"), str(ROOT / "tests" / "host")]

import verifier_programs  # noqa: E402
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
    options = parser.parse_args()
    programs = verifier_programs_wide if options.wide else verifier_programs
    target = kernel_btf()
    lax = strict = taken = same = 0
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
            if theirs and not ours:
                lax += 1
                print(f"laxer: seed {seed}: the kernel {theirs}", flush=True)
            elif ours and not theirs:
                strict += 1
                print(f"stricter: seed {seed}: {ours.splitlines()[-1]}", flush=True)
            elif not ours:
                taken += 1
                same += looked == here
    print(f"{options.last - options.first} programs: {lax} laxer, {strict} stricter")
    print(f"{taken} taken by both, {same} of them in as many steps")


if __name__ == "__main__":
    main()
