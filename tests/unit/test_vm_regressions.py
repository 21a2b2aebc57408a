"""Faults that were found in the vm by running whole programs."""

from __future__ import annotations

import errno

import pytest

import ebpf
from compiling import compiled
from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit.compile import available


def test_a_hash_that_is_still_empty_is_a_map() -> None:
    spec = compiled(
        '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar l[] SEC("license") = "GPL";\n'
        "struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, int); __type(value, int); }"
        ' m SEC(".maps");\n'
        'SEC("raw_tp/sys_enter") int p(void *c) { int k = 1; return bpf_map_update_elem(&m, &k, &k, BPF_ANY); }\n'
    )
    with ebpf.load(spec, engine="vm") as obj:
        assert obj.programs["p"].run(context=bytes(96)).retval == 0
        assert dict(obj.maps["m"].items()) == {1: 1}


@pytest.mark.parametrize("jit", [False, True])
def test_a_run_without_a_packet_does_not_see_the_last_ones(jit: bool) -> None:
    """Found by the safety run (seed 6258752): the second program cut bytes from the first one's packet."""
    if jit and not available():
        pytest.skip("there is no JIT here")
    whole = encode([I(op.ALU64 | op.MOV, dst=0, imm=2), I(op.JMP | op.EXIT)])
    adjust_head = I(op.JMP | op.CALL, imm=44)
    cut = encode([I(op.ALU64 | op.MOV, dst=2, imm=4), adjust_head, I(op.JMP | op.EXIT)])
    engine = VmEngine(jit=jit)
    try:
        filled = engine.load_program(ProgramSpec("filled", ProgType.XDP, whole), {})
        none = engine.load_program(ProgramSpec("none", ProgType.UNSPEC, cut), {})
        filled.run(bytes(64))
        assert none.run().retval == (1 << 64) - errno.EINVAL
        assert filled.run(bytes(64)).data == bytes(64)
    finally:
        engine.close()
