"""Random programs over some packets (or contexts) in one call of machine code, and interpreted on one after the other, on
the same memory: results, faults, packets and maps must be the same.

    python tests/fuzz/batch_fuzz.py [COUNT [SEED]]
"""

from __future__ import annotations

import array as arrays
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from jit_fuzz import Bench, Maker, main

from ebpf.errors import Fault, KernelError
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.jit.batch import Batch, run_batch
from ebpf.vm.jit.state import FIELDS
from ebpf.vm.program import located
from ebpf.vm.testrun import Input


class OneByOne(Batch):
    """A batch whose items are interpreted, on the memory that machine code has them in."""

    def interpret(self, starts: arrays.array[int], lengths: arrays.array[int]) -> list[object]:
        found: list[object] = []
        words, machine = self.state.words, self.machine
        self.starts, self.lengths = starts, lengths
        for number, (start, size) in enumerate(zip(starts, lengths, strict=True)):
            if self.of_packets:
                try:
                    given = Input(self.program, self.items[start : start + size], b"")
                except KernelError:
                    found.append("refused")
                    continue
                self.renew()
                machine.set_field("protocol", given.protocol)
                machine.set_field("pkt_type", given.packet_type)
            words[FIELDS["item"] // 8] = number
            words[FIELDS["packet"] // 8] = self.address + start
            words[FIELDS["length"] // 8] = size
            self.catch_up()
            untyped = self.program.spec.type == ProgType.UNSPEC
            context = machine.context_base if not untyped or size else 0
            try:
                found.append(self.program.main(machine, 0, context, size if untyped else 0, 0, 0, 0) & 0xFFFFFFFF)
            except Fault as fault:
                found.append((located(fault, fault.__traceback__).slot, fault.address))
        return found


def one(bench: Bench, seed: int) -> str | None:
    rng = random.Random(seed)
    type_ = rng.choice((ProgType.XDP, ProgType.SCHED_CLS, ProgType.TRACEPOINT, ProgType.UNSPEC))
    spec = Maker(rng, type_).make(rng.randrange(2, 14))
    lengths = arrays.array("I", [rng.choice((13, 14, 15, 34, 40, 60, 64)) for _ in range(rng.randrange(1, 8))])
    starts, buffer = arrays.array("Q"), bytearray()
    for length in lengths:
        buffer += bytes(rng.randrange(9))
        starts.append(len(buffer))
        item = bytearray(rng.randrange(256) for _ in range(length))
        if rng.random() < 0.5:
            item[12:14] = rng.choice((b"\x08\x00", b"\x86\xdd", b"\x00\x10"))
        buffer += item[:length]
    program = bench.engine.load_program(spec, bench.maps)
    kept = bytes(buffer)
    try:
        outcomes = []
        program.compile(2)
        bench.reset()
        one_by_one = OneByOne(program, buffer)
        try:
            results = one_by_one.interpret(starts, lengths)
        finally:
            one_by_one.close()
        outcomes.append((results, bytes(buffer), bench.contents()))
        for level in (0, 2):
            buffer[:] = kept
            program.compile(level)
            bench.reset()
            errors: dict[int, object] = {}
            verdicts = run_batch(program, buffer, starts, lengths, errors.__setitem__)
            results = list(verdicts)
            for number, error in errors.items():
                results[number] = (error.slot, error.address) if isinstance(error, Fault) else "refused"
            outcomes.append((results, bytes(buffer), bench.contents()))
            if outcomes[-1] != outcomes[0]:
                return f"seed {seed}, level {level}, batch:\n  one by one {outcomes[0]}\n  batch      {outcomes[-1]}"
    finally:
        program.close()
    return None


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    count, seed = [*words, *[1000, 1][len(words) :]]
    sys.exit(main(count, seed, one))
