"""Fuzzes the assembler, the decoder, the disassembler and `check`: damaged text and bytes must parse or be refused with AsmError.

    python tests/fuzz/asm_fuzz.py [COUNT] [--seed N]

What parses must also go round: text → instructions → text → the same instructions. Each input has a second of the CPU, the whole
run 256 MiB. What fails is printed with its seed and number; the exit status is 1 then.
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
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[2] / "src")]

from ebpf.asm import Instruction, assemble, check, decode, disassemble, encode, text  # noqa: E402
from ebpf.errors import AsmError  # noqa: E402
from ebpf.uapi.instructions import ROWS, InstructionRow  # noqa: E402

SECONDS = 1.0
MEBIBYTES = 256
EDGES = (0, 1, 2, 7, 8, 16, 32, 64, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (1 << 63) - 1,
         (1 << 64) - 1, 1 << 64, 1 << 70)  # fmt: skip
#: Lines of the other dialects and of whole programs, beside one of each instruction in ours.
LINES = """
mov %r0, 0xffffffff
ldxdw %r0, [%r1+8]
stxb [%r10-1], %r2
lock fetch add32 [%r10-8], %r1
jeq %r1, %r2, exit
call local twice
  12: (61) r0 = *(u32 *)(r1 +4)   ; R0_w=0
       5:	61 10 04 00 00 00 00 00	r0 = *(u32 *)(r1 + 4)
0000000000000018 <LBB0_2>:
int f(struct __sk_buff *skb):
twice: r1 = map[.rodata][0]+12
r1 = ksym[jiffies]
call kfunc bpf_task_release#7 btf 2
goto +1 <LBB0_2>
.insn 0xff, 15, 14, -3, 0x1
; a remark
""".strip().splitlines()


def sample(row: InstructionRow, rng: random.Random) -> Instruction:
    """An instruction of the row with any free fields."""

    def one(allowed: tuple[int, ...] | None, low: int, high: int) -> int:
        return rng.choice(allowed) if allowed is not None else rng.choice((rng.randint(low, high), low, high, 0, 1))

    imm = (0, (1 << 64) - 1) if row.form == "lddw" else (-(1 << 31), (1 << 31) - 1)
    return Instruction(
        row.opcode,
        one(row.dst, 0, 10),
        one(row.src, 0, 10),
        one(row.offset, -(1 << 15), (1 << 15) - 1),
        one(row.imm, *imm),
    )


def damaged_text(rng: random.Random) -> str:
    lines = [
        rng.choice(LINES) if rng.random() < 0.3 else text(sample(rng.choice(ROWS), rng))
        for _ in range(rng.randrange(1, 5))
    ]
    out = "\n".join(lines)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            out = out[:at] + chr(rng.choice((rng.randrange(128), rng.randrange(0x3000)))) + out[at + rng.randrange(2) :]
        elif kind == 1:
            out = out[:at] + out[at + rng.randrange(1, 9) :]
        elif kind == 2:
            number = rng.choice(EDGES) * rng.choice((1, -1))
            out = out[:at] + rng.choice(("{}", "{:#x}", "+{}")).format(number) + out[at:]
        elif kind == 3:
            other = rng.choice(LINES)
            start = rng.randrange(len(other))
            out = out[:at] + other[start : start + rng.randrange(1, 12)] + out[at:]
        else:
            end = min(len(out), at + rng.randrange(1, 20))
            out = out[:at] + out[at:end] * 2 + out[end:]
    return out


def damaged_bytes(rng: random.Random) -> bytes:
    order = rng.choice(("little", "big"))
    out = bytearray(encode([sample(rng.choice(ROWS), rng) for _ in range(rng.randrange(1, 5))], order))
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        at = rng.randrange(len(out))
        out[at] = rng.choice((out[at] ^ 1 << rng.randrange(8), rng.randrange(256)))
    if rng.random() < 0.05:
        del out[rng.randrange(len(out)) :]
    return bytes(out)


class Failure(Exception):
    """An input that was neither taken nor refused as it should."""


def _round(insns: list[Instruction], order: str) -> None:
    if assemble("\n".join(disassemble(insns))) != insns:
        raise Failure("the listing assembles to something else")
    if decode(encode(insns, order), order) != insns:  # type: ignore[arg-type]
        raise Failure("the bytes decode to something else")
    try:
        check(insns)
    except AsmError:
        pass


def _try(source: str | bytes) -> str:
    if isinstance(source, str):
        try:
            insns = assemble(source)
        except AsmError:
            return "refused"
        _round(insns, "little")
        return "text"
    outcome = "refused"
    for order in ("little", "big"):
        try:
            insns = decode(source, order)  # type: ignore[arg-type]
        except AsmError:
            continue
        _round(insns, order)
        outcome = "bytes"
    return outcome


def try_one(source: str | bytes) -> str:
    """How it went: "text", "bytes" or "refused". Raises Failure."""
    started = time.process_time()
    try:
        outcome = _try(source)
    except Failure:
        raise
    except Exception as error:
        raise Failure(traceback.format_exc()) from error
    took = time.process_time() - started
    if took > SECONDS:
        raise Failure(f"it took {took:.2f} s")
    return outcome


def run(count: int, seed: int) -> Counter[str]:
    """Tries `count` inputs; the outcomes, failures as "FAILED"."""
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        source = damaged_text(rng) if rng.random() < 0.7 else damaged_bytes(rng)
        try:
            outcomes[try_one(source)] += 1
        except Failure as failure:
            outcomes["FAILED"] += 1
            print(f"seed {seed}, input {number}: {source!r}: {failure}", file=sys.stderr)
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the assembler and the disassembler.")
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
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
    outcomes = run(args.count, args.seed)
    took = time.perf_counter() - started
    print(f"{args.count} inputs in {took:.0f} s: {dict(sorted(outcomes.items()))}")
    sys.exit(1 if outcomes["FAILED"] else 0)


if __name__ == "__main__":
    main()
