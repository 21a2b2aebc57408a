"""Section names against libbpf's own table, read out of a kernel source tree."""

from __future__ import annotations

import re

import pytest

import kernel_source
from ebpf.elf import section_of
from ebpf.uapi.sections import BTF, FRAGS, OPTIONAL, SECTIONS, SLEEPABLE, TARGET

pytestmark = pytest.mark.host


def libbpf_rows() -> list[tuple[str, str, str, str]]:
    """The rows of libbpf's own table, as they stand in a kernel source tree: name, type, attach type, flags."""
    source = kernel_source.find()
    path = source / "tools/lib/bpf/libbpf.c" if source else None
    if path is None or not path.exists():
        pytest.skip("no kernel source with libbpf (apt-get install linux-source-6.12, or $EBPF_LINUX)")
    text = path.read_text()
    table = text[text.index("section_defs[] = {") :]
    row = re.compile(r'SEC_DEF\("([^"]+)",\s*(\w+),\s*(\w+),\s*([A-Z_| ]+?)(?:,\s*\w+)?\)')
    return row.findall(table[: table.index("\n};")])


def test_every_row_of_libbpf_is_ours() -> None:
    """Spelling by spelling: type, expected attach type, flags, and what is taken for a target."""
    rows = libbpf_rows()
    assert len(rows) >= 100
    for spelled, type_, attach, flags in rows:
        name = spelled.rstrip("+/")
        row = SECTIONS[name]
        assert row.type.name == type_, name
        assert (f"BPF_{row.attach_type.name}" if row.attach_type is not None else "0") == attach, name
        words = set(flags.replace(" ", "").split("|"))
        assert bool(row.traits & SLEEPABLE) == ("SEC_SLEEPABLE" in words), name
        assert bool(row.traits & FRAGS) == ("SEC_XDP_FRAGS" in words), name
        assert bool(row.traits & BTF) == ("SEC_ATTACH_BTF" in words), name
        assert bool(row.traits & OPTIONAL) == ("SEC_ATTACHABLE_OPT" in words), name
        assert bool(row.traits & TARGET) == spelled.endswith("+"), name
        for section in (name, f"?{name}", *([f"{name}/a/b.c+1:d"] if spelled.endswith("+") else ())):
            found = section_of(section)
            assert found is not None, section
            assert found == (row, section.removeprefix("?")[len(name) + 1 :]), section
