"""`ebpf disasm`: bytecode as text that can be assembled again."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import ebpf
from ebpf.asm import assemble, decode
from ebpf.cli.disasm import as_text, command

ROOT = Path(__file__).resolve().parents[2]
FILTER = str(ROOT / "tests" / "bpf" / "count_ports.bpf.c")


def run(*words: str) -> str:
    result = CliRunner().invoke(command, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_names_of_maps_and_c_lines() -> None:
    out = run(FILTER, "--source")
    assert out.startswith('; filter: SEC("xdp"), xdp\n')
    assert "map[protocols]" in out and "bpf_map_lookup_elem" in out
    assert "tcp->dest == bpf_htons(23)" in out and "count_ports.bpf.c:" in out
    assert "bpf_htons" not in run(FILTER)


def test_json_and_one_program() -> None:
    found = json.loads(run(FILTER, "--prog", "filter", "--json"))
    assert found["name"] == "filter" and any("exit" in line for line in found["lines"])
    result = CliRunner().invoke(command, [FILTER, "--prog", "nothing"])
    assert result.exit_code == 2 and "no program nothing; it has filter" in result.output


def test_both_byte_orders_and_back_again() -> None:
    for target in ("bpfel", "bpfeb"):
        spec = ebpf.compile(FILTER, target=target)
        program = spec.programs["filter"]
        text = "\n".join(as_text(spec, program, numbers=False))
        again = assemble(text)
        assert len(again) == len(decode(program.code, spec.byte_order))
        assert [insn.opcode for insn in again] == [insn.opcode for insn in decode(program.code, spec.byte_order)]
