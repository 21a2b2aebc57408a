"""The long run of soundness by execution: programs made at random that are accepted, run by the checked interpreter.

    python bench/verifier_sound.py COUNT [--first SEED] [--times N]

Goes on, through the plain, wide and kernel-object programs in turn, until COUNT accepted ones have run N times each on random
packets, contexts and map values. Each register is compared with what was claimed of it before each instruction; a fault or a
value that was not claimed is told by its seed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "unit")]

import verifier_programs  # noqa: E402
import verifier_programs_kinds  # noqa: E402
import verifier_programs_wide  # noqa: E402
from verifier_sound import BROKEN, NOT_HERE, REFUSED, SOUND, Runner  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    random = Random(options.first)
    kinds = {"plain": verifier_programs, "wide": verifier_programs_wide, "kinds": verifier_programs_kinds}
    runners = {name: Runner(programs, setattr) for name, programs in kinds.items()}
    counts = {name: {REFUSED: 0, NOT_HERE: 0, SOUND: 0, BROKEN: 0} for name in kinds}
    seed = options.first
    done = 0
    while done < options.count:
        for name, runner in runners.items():
            outcome, found = runner.run(seed, random, options.times)
            counts[name][outcome] += 1
            if outcome in (SOUND, BROKEN):
                done += 1
            for one in found[:2]:
                print(f"{name} seed {seed}: {one}", flush=True)
        seed += 1
    for runner in runners.values():
        runner.close()
    for name, count in counts.items():
        print(f"{name}: {count[SOUND]} ran as claimed, {count[BROKEN]} did not")
        print(f"{' ' * len(name)}  {count[REFUSED]} refused, {count[NOT_HERE]} not for the vm")
    return 1 if any(count[BROKEN] for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
