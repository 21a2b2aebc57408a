"""Fuzzes what takes objects apart and puts them together again: the linker, `strip` and the minimal BTF.

    python tests/fuzz/link_fuzz.py [COUNT] [--seed N]

Damaged objects are stripped, linked with a good one and with each other, and a minimal BTF is made for their relocations: each
gives a result or raises ObjectError (or BtfError), within a second and 256 MiB. What is made of an object that can be read can be
read, too. What fails is written to link_fuzz_SEED_NUMBER.o in this folder; the exit status is 1 then.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent)]
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[2] / "src"), str(HERE.parents[1] / "unit")]

from btf_fuzz import _limit_memory  # noqa: E402
from elf_fuzz import SECONDS, Failure, corpus, mutate  # noqa: E402

from ebpf import elf  # noqa: E402
from ebpf.btf import Btf  # noqa: E402
from ebpf.btf.minimal import minimal  # noqa: E402
from ebpf.elf.link import link  # noqa: E402
from ebpf.elf.writer import strip  # noqa: E402
from ebpf.errors import ObjectError  # noqa: E402


def try_one(data: bytes, other: bytes, kernel: Btf) -> Counter[str]:
    """How each went: "stripped", "linked", "minimal" or "refused". Raises Failure."""
    outcomes: Counter[str] = Counter()
    try:
        spec = elf.read(data)
    except ObjectError:
        spec = None

    def stripped() -> None:
        small = strip(data)
        if spec is not None:
            assert sorted(elf.read(small).programs) == sorted(spec.programs), "stripped, it has other programs"

    def linked() -> None:
        whole = link([("one.o", data)])
        if spec is not None:
            assert set(elf.read(whole).programs) >= set(spec.programs), "linked, it has other programs"
        link([("one.o", data), ("two.o", other)])

    def minimised() -> None:
        if spec is not None and spec.btf is not None:
            minimal(kernel, [(spec.btf, program.core) for program in spec.programs.values()])
            minimal(spec.btf, [(spec.btf, program.core) for program in spec.programs.values()])

    for step in (stripped, linked, minimised):
        started = time.process_time()
        try:
            step()
            outcomes[step.__name__] += 1
        except ObjectError:
            outcomes["refused"] += 1
        except Exception as error:
            raise Failure(f"{step.__name__}: {traceback.format_exc()}") from error
        took = time.process_time() - started
        if took > SECONDS:
            raise Failure(f"{step.__name__} took {took:.2f} s")
    return outcomes


def run(count: int, seed: int, save: bool = True) -> Counter[str]:
    """Tries `count` inputs; the outcomes, failures as "FAILED"."""
    from btf_fuzz import sample

    seeds = corpus()
    kernel = Btf.parse(sample())
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        data = mutate(rng.choice(seeds), rng.choice(seeds), rng)
        other = rng.choice(seeds)
        if rng.random() < 0.2:
            other = mutate(other, rng.choice(seeds), rng)
        try:
            outcomes += try_one(data, other, kernel)
        except Failure as failure:
            outcomes["FAILED"] += 1
            print(f"seed {seed}, input {number}: {failure}", file=sys.stderr)
            if save:
                Path(f"link_fuzz_{seed}_{number}.o").write_bytes(data)
                Path(f"link_fuzz_{seed}_{number}_other.o").write_bytes(other)
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the linker, strip and the minimal BTF.")
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    _limit_memory()
    started = time.perf_counter()
    outcomes = run(args.count, args.seed)
    print(f"{args.count} inputs in {time.perf_counter() - started:.0f} s: {dict(sorted(outcomes.items()))}")
    sys.exit(1 if outcomes["FAILED"] else 0)


if __name__ == "__main__":
    main()
