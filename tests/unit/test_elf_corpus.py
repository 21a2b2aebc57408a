"""The object files of ../shared/corpus: what its manifest says of them, in both byte orders; pyelftools as a second reader."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ebpf import elf
from ebpf.elf.format import ElfFile
from ebpf.spec import ObjectSpec

CORPUS = Path(os.environ.get("EBPF_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
if not CORPUS.exists():
    CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def cases() -> list[Any]:
    if not (CORPUS / "manifest.json").exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"no corpus at {CORPUS}: set EBPF_CORPUS"))]
    manifest = json.loads((CORPUS / "manifest.json").read_text())
    return [pytest.param(case, id=case["id"]) for case in manifest["cases"] if case["kind"] == "elf-object"]


def rows(spec: ObjectSpec) -> tuple[list[Any], list[Any]]:
    programs = [
        (p.name, p.section, int(p.type), int(p.attach_type or 0), len(p.code) // 8) for p in spec.programs.values()
    ]
    maps = [(int(m.type), m.key_size, m.value_size, m.max_entries, m.flags) for m in spec.maps.values()]
    return sorted(programs), sorted(maps)


@pytest.mark.parametrize("case", cases())
def test_the_manifest(case: dict[str, Any]) -> None:
    spec = elf.read(CORPUS / case["file"])
    assert spec.byte_order == case["endian"]
    if case["endian"] == "big":
        twin = elf.read(CORPUS / case["file"].replace("-eb.", "-el."))
        assert rows(spec) == rows(twin)
        for mine, other in zip(spec.programs.values(), twin.programs.values(), strict=True):
            assert (mine.references, mine.functions, mine.core) == (other.references, other.functions, other.core)
        assert list(spec.variables.values()) == list(twin.variables.values())
        return
    programs, maps = rows(spec)
    if "maps" in case:
        assert maps == sorted(tuple(m[key] for key in ("type", "key_size", "value_size", "max_entries", "flags"))
                              for m in case["maps"])  # fmt: skip
    if case["host_open_errno"]:
        return  # libbpf 1.x reads no legacy maps; we do
    # A refused program's count is of its main function alone.
    for program, said in zip(programs, sorted(case["programs"], key=lambda p: str(p["name"])), strict=True):
        expected = (said["name"], said["section"], said["prog_type_id"], said["attach_type"])
        assert program[:4] == expected
        if "insn_cnt_with_subprogs" in said:
            assert program[4] == said["insn_cnt_with_subprogs"]
        else:
            assert program[4] >= said["insn_cnt"]


@pytest.mark.parametrize("case", cases())
def test_pyelftools_sees_the_same(case: dict[str, Any]) -> None:
    from elftools.elf.elffile import ELFFile
    from elftools.elf.relocation import RelocationSection

    data = (CORPUS / case["file"]).read_bytes()
    mine, other = ElfFile(data), ELFFile(io.BytesIO(data))
    sections = list(other.iter_sections())
    assert [(s.name, s.size, bytes(s.data)) for s in mine.sections if s.type != 8] == [
        (s.name, s["sh_size"], s.data()) for s in sections if s["sh_type"] not in ("SHT_NOBITS",)
    ]
    symtab = other.get_section_by_name(".symtab")
    assert [(s.name, s.value, s.size) for s in mine.symbols if s.type != 3] == [
        (s.name, s["st_value"], s["st_size"]) for s in symtab.iter_symbols() if s["st_info"]["type"] != "STT_SECTION"
    ]
    for section in sections:
        if isinstance(section, RelocationSection):
            target = mine.sections[section["sh_info"]]
            assert [(r.offset, r.type, r.symbol.index) for r in mine.relocations(target)] == sorted(
                (r["r_offset"], r["r_info_type"], r["r_info_sym"]) for r in section.iter_relocations()
            )
