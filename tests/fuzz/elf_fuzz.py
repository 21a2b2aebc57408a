"""Fuzzes the object reader: mutated object files must be read or refused with ObjectError, BtfError or AsmError.

What is read is looked at as a user would: types are made as they are asked for, so what is wrong in them may be found only then.

    python tests/fuzz/elf_fuzz.py [COUNT] [--seed N] [--file FILE]...

Without --file, the object files of ../shared/corpus (or $EBPF_CORPUS) and one made by hand are mutated. Each input has a second
and 256 MiB. What fails is written to elf_fuzz_SEED_NUMBER.o in this folder; the exit status is 1 then.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import struct
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve()
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[2] / "src"), str(HERE.parents[1] / "unit")]

from ebpf import elf  # noqa: E402
from ebpf.cli import disasm, show  # noqa: E402
from ebpf.elf.against import missing  # noqa: E402
from ebpf.errors import AsmError, ObjectError  # noqa: E402
from ebpf.spec import ObjectSpec  # noqa: E402

SECONDS = 1.0
MEBIBYTES = 256
#: Numbers that are on an edge somewhere.
EDGES = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFF00, 0xFFF1, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF,
         1 << 40, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)  # fmt: skip


def corpus(files: list[str] | None = None) -> list[bytes]:
    """The objects to begin with."""
    from elf_maker import Sec, Sym, code, func, text
    from elf_maker import elf as make

    if files:
        return [Path(name).read_bytes() for name in files]
    body = code((0x18, 1, 0, 0, 0), (0, 0, 0, 0, 0), (0x85, 0, 1, 0, -1), (0x95, 0, 0, 0, 0))
    out = [
        make(
            [
                text("xdp", body, (0, 1, "m"), (16, 10, "f")),
                text(".text", code((0x95, 0, 0, 0, 0))),
                Sec("maps", struct.pack("<5I", 1, 4, 4, 1, 0)),
                Sec(".data", bytes(8)),
                Sec(".bss", type=8, size=64),
                Sec("license", b"GPL\0"),
            ],
            [func("x", "xdp", 0, 32), func("f", ".text", 0, 8), Sym("m", "maps", 0, 20, 1), Sym("d", ".data", 0, 8, 1)],
        )
    ]
    roots = [os.environ.get("EBPF_CORPUS", ""), *(str(parent / "shared" / "corpus") for parent in HERE.parents[3:5])]
    for root in roots:
        if root and Path(root).exists():
            out += [path.read_bytes() for path in sorted(Path(root).rglob("*.elf"))]
            break
    return out


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """One of the inputs, damaged in one to five ways."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        if not out:
            break
        kind = rng.randrange(9)
        at = rng.randrange(len(out))
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at] = rng.randrange(256)
        elif kind in (2, 3):  # a number on an edge, of 2, 4 or 8 bytes, where numbers lie
            width, letter = rng.choice(((2, "H"), (4, "I"), (8, "Q")))
            at -= at % width
            if at + width <= len(out):
                edge = rng.choice(EDGES) + rng.choice((0, 0, 1, -1))
                struct.pack_into(rng.choice("<>") + letter, out, at, edge & ((1 << width * 8) - 1))
        elif kind == 4 and rng.random() < 0.2:
            del out[at:]
        elif kind == 5:  # move a piece
            length = rng.randrange(1, 65)
            to = rng.randrange(len(out))
            out[to : to + length] = out[at : at + length]
        elif kind == 6:  # a piece of another file
            length = rng.randrange(1, 257)
            start = rng.randrange(len(other))
            out[at : at + length] = other[start : start + length]
        elif kind == 7:  # a field of a section header
            shoff = int.from_bytes(out[40:48], "little" if out[5:6] == b"\x01" else "big")
            count = (len(out) - shoff) // 64 if shoff < len(out) else 0
            if count > 0:
                field = shoff + 64 * rng.randrange(count) + rng.choice((0, 4, 8, 24, 32, 40, 44, 48, 56))
                width = 4 if (field - shoff) % 64 in (0, 4, 40, 44) else 8
                value = rng.choice((*EDGES, rng.randrange(len(out)), rng.randrange(64)))
                order = "little" if out[5:6] == b"\x01" else "big"
                out[field : field + width] = (value & ((1 << width * 8) - 1)).to_bytes(width, order)  # type: ignore[arg-type]
        elif kind == 8 and rng.random() < 0.2:
            out[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 17)))
    return bytes(out)


class Failure(Exception):
    """An input that was neither read nor refused as it should."""


def look(spec: ObjectSpec) -> str:
    """Asks for all that a spec says of its programs, maps and variables. "read", or "broken" if some of it is bad."""
    asks: list[Callable[[], object]] = [spec.copy, lambda: show.as_text(spec), lambda: json.dumps(show.as_data(spec))]
    asks += [lambda program=program: disasm.as_text(spec, program, source=True) for program in spec.programs.values()]
    if spec.btf is not None:
        asks.append(lambda: missing(spec, spec.btf))
    for map_ in spec.maps.values():
        for type_id in (map_.key_type, map_.value_type):
            if map_.btf is not None and type_id:
                asks.append(lambda btf=map_.btf, type_id=type_id: btf.codec(type_id))
    outcome = "read"
    for ask in asks:
        try:
            ask()
        except (ObjectError, AsmError):
            outcome = "broken"
    return outcome


def try_one(data: bytes) -> str:
    """How it went: "read", "broken" or the kind of error. Raises Failure."""
    started = time.process_time()  # of this process: others may have the processor meanwhile
    try:
        outcome = look(elf.read(data))
    except (ObjectError, AsmError) as error:
        outcome = type(error).__name__
    except Exception as error:
        raise Failure(traceback.format_exc()) from error
    took = time.process_time() - started
    if took > SECONDS:
        raise Failure(f"it took {took:.2f} s")
    return outcome


def run(count: int, seed: int, files: list[str] | None = None, save: bool = True) -> Counter[str]:
    """Tries `count` inputs; the outcomes, failures as "FAILED"."""
    seeds = corpus(files)
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        data = mutate(rng.choice(seeds), rng.choice(seeds), rng)
        try:
            outcomes[try_one(data)] += 1
        except Failure as failure:
            outcomes["FAILED"] += 1
            print(f"seed {seed}, input {number}: {failure}", file=sys.stderr)
            if save:
                Path(f"elf_fuzz_{seed}_{number}.o").write_bytes(data)
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the object reader.")
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", dest="files", action="append", help="an object to begin with; may be repeated")
    args = parser.parse_args()
    try:
        import resource
    except ImportError:
        pass
    else:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        limit = used + MEBIBYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    started = time.perf_counter()
    outcomes = run(args.count, args.seed, args.files)
    took = time.perf_counter() - started
    print(f"{args.count} inputs in {took:.0f} s: {dict(sorted(outcomes.items()))}")
    sys.exit(1 if outcomes["FAILED"] else 0)


if __name__ == "__main__":
    main()
