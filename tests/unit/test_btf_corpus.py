"""Types of real objects, both byte orders: they parse, and what is known of them is found."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from ebpf.btf import Btf, Enum, FuncProto, Struct, ext, header

CORPUS = Path(os.environ.get("EBPF_CORPUS") or Path(__file__).resolve().parents[3] / "shared" / "corpus")
CILIUM = CORPUS / "cilium-ebpf"
OBJECTS = sorted(CILIUM.rglob("*.elf")) if CILIUM.is_dir() else []

pytestmark = pytest.mark.skipif(not OBJECTS, reason="no ../shared/corpus beside the checkout (or $EBPF_CORPUS)")


def sections(path: Path) -> dict[str, bytes]:
    with path.open("rb") as file:
        return {section.name: section.data() for section in ELFFile(file).iter_sections() if section["sh_size"]}


@pytest.mark.parametrize("path", OBJECTS, ids=lambda path: path.name)
def test_objects(path: Path) -> None:
    found = sections(path)
    if ".BTF" not in found:
        pytest.skip("has no types")
    btf = Btf.parse(found[".BTF"])
    assert btf.byte_order == ("big" if path.stem.endswith("-eb") else "little")
    for type_id, type_ in btf:
        assert btf.name(type_id) == type_.name
        assert btf.kind(type_id) == type_.kind
        for target in type_.references():
            btf.type(target)
    if ".BTF.ext" not in found:
        return
    infos = ext.parse(found[".BTF.ext"], btf)
    for section, functions in infos.functions.items():
        assert section in found
        for function in functions:
            assert function.slot * 8 < len(found[section])
            assert isinstance(btf.type(btf.type(function.type_id).type), FuncProto)  # type: ignore[attr-defined]
    for lines in infos.lines.values():
        assert [line.slot for line in lines] == sorted(line.slot for line in lines)
        assert all(line.line and line.file for line in lines)
    for relocations in infos.core.values():
        assert all(relocation.access.replace(":", "").isdigit() for relocation in relocations)


def test_a_kernel_of_another_time() -> None:
    btf = Btf.parse(gzip.decompress((CILIUM / "btf/testdata/vmlinux.btf.gz").read_bytes()))
    task = btf.find("task_struct", Struct)
    assert task is not None
    struct = btf.type(task)
    assert isinstance(struct, Struct)
    assert struct.size == btf.size(task)
    assert struct.member("comm").bit_size == 0
    assert len(btf.codec(struct.member("comm").type).encode("init")) == 16


def test_its_header_compiles_to_its_layout(tmp_path: Path) -> None:
    pytest.importorskip("ziglang")
    btf = Btf.parse(gzip.decompress((CILIUM / "btf/testdata/vmlinux.btf.gz").read_bytes()))
    lines = ["#define BPF_NO_PRESERVE_ACCESS_INDEX", header.header(btf)]
    seen = set()
    # Of types that share a tag, all but one get another name.
    tags = Counter(found.name for _type_id, found in btf if isinstance(found, (Struct, Enum)))
    for _type_id, found in btf:
        if not isinstance(found, Struct) or not found.name or tags[found.name] > 1:
            continue
        seen.add(found.name)
        c_name = f"{found.kind.label.lower()} {found.name}"
        lines.append(f'_Static_assert(sizeof({c_name}) == {found.size}, "{c_name}");')
        for member in found.members:
            if member.name and not member.bit_size:
                offset = f"__builtin_offsetof({c_name}, {member.name})"
                lines.append(f'_Static_assert({offset} == {member.bit_offset // 8}, "{c_name}.{member.name}");')
    assert len(seen) > 7500
    (tmp_path / "check.c").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding", "-O0", "-c", "check.c", "-o", "check.o",
         "-Wno-everything"],
        cwd=tmp_path, capture_output=True, text=True, timeout=250,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[:4000]


def test_split() -> None:
    folder = CILIUM / "btf/testdata"
    base = Btf.parse((folder / "btf_testmod.btf.base").read_bytes())
    module = Btf.parse((folder / "btf_testmod.btf").read_bytes(), base)
    assert module.start_id == len(base)
    for type_id, type_ in module:
        assert type_id >= len(base)
        for target in type_.references():
            module.type(target)
    found = module.find("bpf_testmod_test_read")
    assert found is not None
    assert found >= len(base)
    assert base.find("bpf_testmod_test_read") is None
