"""Soundness by execution: what was accepted never faults, and every register holds what was claimed of it.

Programs made at random are proved, then run by the checked interpreter on random packets and contexts, with each register
looked at before each instruction.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import verifier_programs as plain
import verifier_programs_wide as wide
from verifier_programs import MAPS, make

from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import Proof, verify
from ebpf.vm.engine import VmEngine
from ebpf.vm.machine import Machine
from ebpf.vm.program import VmProgram
from ebpf.vm.translate import Translator

COUNT = 400


def _watch(program: VmProgram, proof: Proof, found: list[str], patch: pytest.MonkeyPatch) -> None:
    """Has the program's interpreter compare its registers with the claims before each instruction."""
    assert proof.ranges is not None
    ranges, reached = proof.ranges, proof.reached

    def step(machine: Machine, slot: int, depth: int, registers: list[int]) -> list[int]:
        if slot not in reached:
            found.append(f"instruction {slot} runs, though it was never reached in the proof")
            return registers[:10]
        for number, known in enumerate(ranges[slot][:10]):
            if known is not None and not known.possible(registers[number]):
                found.append(f"instruction {slot}: r{number} is {registers[number]:#x}, claimed {known}")
        return registers[:10]

    patch.setattr(Machine, "step", step, raising=False)
    translator = Translator(program.structure, program.constants, program.calls, program.changes, hooked=True)
    names, _ = program.compiled(translator, {})
    program._main = names["f0"]
    if program._code is not None:
        for start in program.structure.starts:
            length = program.structure.end_of[start] - start
            program._callbacks[program._code.address + 8 * start] = names[f"f{start}"], length


def _contexts(random: Random, spec: ProgramSpec) -> tuple[bytes, bytes]:
    packet = random.randbytes(random.choice([14, 15, 20, 34, 60, 100]))
    if spec.type == ProgType.TRACEPOINT:
        return b"", random.choice([bytes(64), random.randbytes(64), b"\xff" * 64])
    return packet, b""


@pytest.mark.parametrize(("programs", "count"), [(plain, COUNT), (wide, COUNT // 2)], ids=["plain", "wide"])
def test_accepted_programs_keep_their_proof(programs: Any, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    proved = 0
    broken: list[str] = []
    with _engine() as engine:
        maps = {name: engine.create_map(_copy(spec)) for name, spec in MAPS.items()}
        random = Random(7)
        for seed in range(count):
            spec = programs.make(seed)
            try:
                proof = verify(spec, MAPS, ranges=True, max_processed=20_000)
            except VerifierError:
                continue
            proved += 1
            program = engine.load_program(spec, maps)
            found: list[str] = []
            _watch(program, proof, found, monkeypatch)
            for _ in range(3):
                packet, context = _contexts(random, spec)
                for key in range(4):
                    maps["values"].update(key.to_bytes(4, "little"), random.randbytes(48))
                try:
                    program.run(packet, context)
                except Fault as fault:
                    found.append(f"faults: {fault}")
                if found:
                    break
            program.close()
            broken += [f"seed {seed}: {one}" for one in found[:2]]
    assert proved > count // 6
    assert not broken, "\n".join(broken[:10])


class _engine:
    def __enter__(self) -> VmEngine:
        self.engine = VmEngine()
        return self.engine

    def __exit__(self, *exc: object) -> None:
        self.engine.close()


def _copy(spec: MapSpec) -> MapSpec:
    return spec.copy()


@pytest.mark.parametrize("seed", [3, 11])
def test_the_same_seed_is_the_same_program(seed: int) -> None:
    assert make(seed).code == make(seed).code
