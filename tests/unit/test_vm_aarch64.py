"""Generated code assumes no x86: it comes out for aarch64, too, and runs there where qemu can show it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
import aarch64
import jit_fuzz
import map_fuzz

from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.jit.compile import Compiler
from ebpf.vm.jit.module import Module
from ebpf.vm.jit.scan import text as scan_text

#: e_type ET_REL, e_machine EM_AARCH64.
_AARCH64 = (1).to_bytes(2, "little") + (183).to_bytes(2, "little")


@pytest.mark.parametrize("level", [0, 2])
def test_every_kind_of_program_comes_out_for_aarch64(level: int) -> None:
    made = Compiler(aarch64.TRIPLE)
    bench = jit_fuzz.Bench()
    texts = [scan_text()]
    for type_ in (ProgType.XDP, ProgType.UNSPEC):
        for seed in range(4):
            spec = jit_fuzz.Maker(random.Random(seed), type_).make(12)
            module = Module(bench.engine.load_program(spec, bench.maps))
            texts += [module.run_text, module.batch_text]
    specs = {
        type_.name: MapSpec(type_.name, type_, 4, 8, 8)
        for type_ in (MapType.ARRAY, MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH)
    }
    maps = {name: bench.engine.create_map(spec) for name, spec in specs.items()}
    texts.append(Module(bench.engine.load_program(map_fuzz.program(random.Random(5), specs), maps)).run_text)
    for text in texts:
        data = made.assemble(text, level)
        assert data[:4] == b"\x7fELF" and data[16:20] == _AARCH64


@pytest.mark.skipif(aarch64.emulator() is None, reason="qemu-aarch64 is not installed (Debian: qemu-user-static)")
def test_programs_give_on_aarch64_what_they_give_here() -> None:
    pytest.importorskip("ziglang", reason="ziglang is not installed: pip install 'ebpf[clang]'")
    compared, differences = aarch64.compare(25, 500)
    assert not differences
    assert compared > 10
