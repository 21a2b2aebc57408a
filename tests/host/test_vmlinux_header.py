"""This kernel's types as C: they compile, they come out as BTF says, and bpftool writes the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ebpf.btf import Btf, Enum, Struct, dump
from ebpf.btf.kernel import SYSFS

pytestmark = pytest.mark.host


@pytest.fixture(scope="module")
def kernel() -> Btf:
    path = Path(SYSFS) / "vmlinux"
    if not path.exists():
        pytest.skip("this kernel has no types")
    return Btf.parse(path.read_bytes())


@pytest.fixture(scope="module")
def header(kernel: Btf) -> str:
    return dump.header(kernel)


def clang() -> list[str]:
    try:
        import ziglang  # noqa: F401

        return [sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding"]
    except ImportError:
        if shutil.which("clang"):
            return ["clang", "-target", "bpf"]
    pytest.skip("no clang (pip install 'ebpf[clang]')")


def test_it_compiles_to_the_same_layout(kernel: Btf, header: str, tmp_path: Path) -> None:
    (tmp_path / "vmlinux.h").write_text(header)
    lines = ["#define BPF_NO_PRESERVE_ACCESS_INDEX", '#include "vmlinux.h"']
    names = set()
    for _type_id, found in kernel:
        if not isinstance(found, (Struct, Enum)) or not found.name or found.name in names:
            continue
        names.add(found.name)
        c_name = f"{'enum' if isinstance(found, Enum) else found.kind.label.lower()} {found.name}"
        if isinstance(found, Struct) or found.values:
            lines.append(f'_Static_assert(sizeof({c_name}) == {found.size}, "{c_name}");')
        for member in found.members if isinstance(found, Struct) else ():
            if member.name and not member.bit_size:
                offset = f"__builtin_offsetof({c_name}, {member.name})"
                lines.append(f'_Static_assert({offset} == {member.bit_offset // 8}, "{c_name}.{member.name}");')
    assert len(lines) > 10_000
    (tmp_path / "check.c").write_text("\n".join(lines))
    done = subprocess.run(
        [*clang(), "-O0", "-c", "check.c", "-o", "check.o"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[:4000]


def blocks(text: str) -> dict[str, list[str]]:
    """Definitions by what they define, without what may differ: space, padding, forward declarations."""
    out: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        lines.append(line)
        if line.startswith(("\t", " ")) or not line.endswith(";"):
            continue
        block = "\n".join(lines)
        lines = []
        if re.fullmatch(r"(struct|union|enum) \w+;", block):
            continue
        named = re.match(r"(?:struct|union|enum) \w+(?= \{)", block)
        block = re.sub(r"^\s*(long|int|short|char)( int)?: \d+;$", "", block, flags=re.MULTILINE)
        block = re.sub(r" __attribute__\(\(mode\(\w+\)\)\)", "", re.sub(r"\s+", " ", block))
        block = re.sub(r"(\d)U?LL,", r"\1,", block).replace("{ }", "{}").replace("* ", "*").replace("()", "(void)")
        out.setdefault(named[0] if named else block, []).append(block)
    return out


def test_bpftool_writes_the_same(header: str) -> None:
    bpftool = shutil.which("bpftool") or "/usr/sbin/bpftool"
    if not Path(bpftool).exists():
        pytest.skip("no bpftool")
    done = subprocess.run(
        [bpftool, "btf", "dump", "file", f"{SYSFS}/vmlinux", "format", "c"], capture_output=True, text=True, check=True
    )
    ours, theirs = blocks(header), blocks(done.stdout)
    different = {
        name for name in ours.keys() | theirs.keys() if sorted(ours.get(name, [])) != sorted(theirs.get(name, []))
    }
    # Here bpftool is wrong: BPF's va_list isn't the kernel's, and it leaves the padding of unions out.
    known = {name for name in different if "va_list" in name or name.startswith("typedef union {")}
    assert not different - known
    assert len(ours) > 5_000
