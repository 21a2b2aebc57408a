"""The assembler, the disassembler and `check` against other projects' cases (../shared/corpus)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ebpf import elf
from ebpf.asm import assemble, check, decode, disassemble, encode, parse
from ebpf.errors import AsmError, ObjectError

CORPUS = Path(os.environ.get("EBPF_CORPUS") or Path(__file__).resolve().parents[3] / "shared" / "corpus")


def cases(kind: str) -> list[Any]:
    manifest = CORPUS / "manifest.json"
    if not manifest.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no corpus at {CORPUS}"))]
    found = [case for case in json.loads(manifest.read_text())["cases"] if case["kind"] == kind]
    return [pytest.param(case, id=case["id"]) for case in found]


def part(case: dict[str, Any], name: str) -> str | None:
    """The text of a `-- name` section; `-- name @ file` is the text of another file."""
    path = CORPUS / case["file"]
    section = re.search(rf"^-- {name}(?: @ (\S+))?\n(.*?)(?=^-- |\Z)", path.read_text(), re.S | re.M)
    if section is None:
        return None
    if section[1]:
        other = path.parent / section[1]
        return other.read_text() if other.exists() else None
    return section[2]


@pytest.mark.parametrize("case", cases("isa-exec"))
def test_assembles_to_the_manifests_bytecode(case: dict[str, Any]) -> None:
    source = part(case, "asm")
    if "insns" not in case:
        pytest.skip("the manifest has no bytecode for it")
    code = bytes.fromhex(case["insns"])
    insns = decode(code, "little")
    check(insns)
    if source is not None:
        assert encode(assemble(source), "little") == code
    assert encode(assemble("\n".join(disassemble(insns))), "little") == code
    big = encode(insns, "big")
    assert encode(assemble("\n".join(disassemble(big, byte_order="big"))), "big") == big


@pytest.mark.parametrize("case", cases("isa-unused-field"))
def test_unused_fields_are_refused_by_name(case: dict[str, Any]) -> None:
    field = case["id"].rsplit("-", 1)[1]
    with pytest.raises(AsmError, match=rf"^instruction 0: {field} is "):
        check(decode(bytes.fromhex(case["insns"]), "little"))


@pytest.mark.parametrize("case", cases("asm-negative"))
def test_bad_text_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(AsmError, match=r"^line \d+: "):
        assemble(part(case, "asm") or "")


@pytest.mark.parametrize("case", cases("asm-roundtrip"))
def test_both_ways(case: dict[str, Any]) -> None:
    words = (part(case, "raw") or "").split()
    code = b"".join(int(word, 16).to_bytes(8, "little") for word in words)
    assert encode(assemble(part(case, "asm") or ""), "little") == code
    assert encode(assemble("\n".join(disassemble(code, byte_order="little"))), "little") == code


@pytest.mark.parametrize("case", cases("elf-object"))
def test_llvms_own_listing_is_read(case: dict[str, Any]) -> None:
    """What llvm-objdump prints of an object assembles to the bytes it prints beside."""
    objdump = shutil.which("llvm-objdump")
    if objdump is None:
        pytest.skip("needs llvm-objdump")
    run = subprocess.run([objdump, "-d", str(CORPUS / case["file"])], capture_output=True, text=True, check=False)
    listed = re.findall(r"^ +\d+:\t((?:[0-9a-f]{2} ){7,15}[0-9a-f]{2})\t(.*)$", run.stdout, re.M)
    if "<unknown>" in run.stdout or not listed:
        pytest.skip("this llvm-objdump doesn't know all of its instructions")
    order = "big" if case.get("endian") == "big" else "little"
    for raw, shown in listed:
        code = bytes.fromhex(raw)
        got = encode(assemble(f"0:\t{raw}\t{shown}"), order)
        if shown.startswith("call"):  # the listing doesn't say of what kind a call is
            continue
        assert got == code, shown


@pytest.mark.parametrize("case", cases("elf-object"))
def test_programs_of_objects_go_round_with_their_names(case: dict[str, Any]) -> None:
    """Functions, maps, kernel symbols and C lines in the listing; the same code and the same references out of it."""
    try:
        spec = elf.read(CORPUS / case["file"])
    except ObjectError as error:
        pytest.skip(f"not to be read: {error}")
    for program in spec.programs.values():
        lines = disassemble(
            program.code, byte_order=spec.byte_order, functions=program.functions, references=program.references,
            lines=program.lines,
        )  # fmt: skip
        listing = parse("\n".join(lines))
        assert encode(listing.instructions, spec.byte_order) == program.code
        assert [(r.slot, r.kind, r.name, r.offset) for r in listing.references] == [
            (r.slot, r.kind, r.name, r.offset) for r in program.references
        ]
        names = {label.slot: label.name for label in listing.labels}
        assert {f.slot: f.name for f in program.functions}.items() <= names.items()
