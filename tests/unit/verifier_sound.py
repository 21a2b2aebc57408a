"""Runs accepted programs in the checked interpreter, registers compared with what was claimed of them before each instruction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random
from typing import Any

from ebpf.errors import EbpfError, Fault, VerifierError
from ebpf.spec import ProgramSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import Proof, verify
from ebpf.vm.engine import VmEngine
from ebpf.vm.machine import Machine
from ebpf.vm.program import VmProgram

#: What a run of a seed can come to.
REFUSED, NOT_HERE, SOUND, BROKEN = range(4)
Patch = Callable[[Any, str, object], None]


def watch(program: VmProgram, proof: Proof, found: list[str], patch: Patch) -> None:
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

    patch(Machine, "step", step)
    names = program.translated(hooked=True)
    program._main = names["f0"]
    if program._code is not None:
        for start in program.structure.starts:
            length = program.structure.end_of[start] - start
            program._callbacks[program._code.address + 8 * start] = names[f"f{start}"], length


def contexts(random: Random, spec: ProgramSpec) -> tuple[bytes, bytes]:
    """A packet and a context to run it on."""
    packet = random.randbytes(random.choice([14, 15, 20, 34, 60, 100]))
    if spec.type == ProgType.TRACEPOINT:
        return b"", random.choice([bytes(64), random.randbytes(64), b"\xff" * 64])
    if spec.type == ProgType.SYSCALL:
        return b"", bytes(64)
    return packet, b""


class Runner:
    """An engine with the maps of a kind of random programs."""

    def __init__(self, programs: Any, patch: Patch) -> None:
        self.programs = programs
        self.patch = patch
        self.engine = VmEngine()
        self.maps = {name: self.engine.create_map(spec.copy()) for name, spec in programs.MAPS.items()}

    def close(self) -> None:
        self.engine.close()

    def run(self, seed: int, random: Random, times: int = 3, max_processed: int = 20_000) -> tuple[int, list[str]]:
        """(what it came to, what was wrong)"""
        spec = self.programs.make(seed)
        try:
            proof = verify(spec, self.programs.MAPS, ranges=True, max_processed=max_processed)
        except VerifierError:
            return REFUSED, []
        try:
            program = self.engine.load_program(spec, self.maps)
        except EbpfError:
            return NOT_HERE, []
        found: list[str] = []
        watch(program, proof, found, self.patch)
        for _ in range(times):
            packet, context = contexts(random, spec)
            for key in range(4):
                self.maps["values"].update(key.to_bytes(4, sys.byteorder), random.randbytes(48))
            try:
                program.run(packet, context)
            except Fault as fault:
                found.append(f"faults: {fault}")
            if found:
                break
        program.close()
        return (BROKEN if found else SOUND), found
