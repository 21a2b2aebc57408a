"""Kernels' types as C (this one's, and those installed): they compile, they come out as BTF says, and bpftool writes the same."""

from __future__ import annotations

import io
import lzma
import re
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from ebpf.btf import Btf, Enum, Struct
from ebpf.btf import header as vmlinux
from ebpf.btf.kernel import SYSFS
from ebpf.btf.listing import listing

pytestmark = pytest.mark.host


#: The images of installed kernels (Debian: apt-get install linux-image-amd64).
IMAGES = sorted(Path("/boot").glob("vmlinuz-*"))


def unpacked(image: bytes) -> bytes:
    """The kernel inside a bzImage: an ELF file. b"" if it can't be taken out here."""
    for magic, unpack in (
        (b"\xfd7zXZ\0", lambda data: lzma.LZMADecompressor().decompress(data)),
        (b"\x1f\x8b\x08", lambda data: zlib.decompressobj(31).decompress(data)),
        (b"\x28\xb5\x2f\xfd", unzstd),
    ):
        at = -1
        while (at := image.find(magic, at + 1)) >= 0:
            try:
                data = unpack(image[at:])
            except (lzma.LZMAError, zlib.error, OSError):
                continue
            if data[:4] == b"\x7fELF":
                return data
    return b""


def unzstd(data: bytes) -> bytes:
    # What follows the kernel in the image isn't zstd's, and it says so; what came before that is whole.
    return subprocess.run(["zstd", "-dc"], input=data, capture_output=True).stdout


@pytest.fixture(scope="module", params=["running", *IMAGES], ids=str)
def kernel(request: pytest.FixtureRequest) -> Btf:
    if request.param == "running":
        path = Path(SYSFS) / "vmlinux"
        if not path.exists():
            pytest.skip("this kernel has no types")
        return Btf.parse(path.read_bytes())
    elf = unpacked(request.param.read_bytes())
    if not elf:
        pytest.skip("can't be unpacked here (apt-get install zstd)")
    section = ELFFile(io.BytesIO(elf)).get_section_by_name(".BTF")
    if section is None:
        pytest.skip("has no types")
    return Btf.parse(section.data())


@pytest.fixture(scope="module")
def header(kernel: Btf) -> str:
    return vmlinux.header(kernel, kfuncs=vmlinux.ALL_KFUNCS)


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
    # Of types that share a tag, all but one get another name.
    tags = Counter(found.name for _type_id, found in kernel if isinstance(found, (Struct, Enum)))
    for _type_id, found in kernel:
        if not isinstance(found, (Struct, Enum)) or not found.name or tags[found.name] > 1:
            continue
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


def bpftool() -> str:
    path = shutil.which("bpftool") or "/usr/sbin/bpftool"
    if not Path(path).exists():
        pytest.skip("no bpftool")
    return path


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
        if block.startswith("union"):
            block = block.replace("} __attribute__((packed));", "};")  # which old ones of bpftool leave out
        out.setdefault(named[0] if named else block, []).append(block)
    return out


def test_bpftool_lists_the_same(kernel: Btf, tmp_path: Path) -> None:
    """Type by type: ids, kinds, names, sizes, members, values, parameters, variables."""
    (tmp_path / "kernel.btf").write_bytes(kernel.raw)
    done = subprocess.run(
        [bpftool(), "btf", "dump", "file", tmp_path / "kernel.btf"], capture_output=True, text=True, check=True
    )
    theirs = iter(done.stdout.splitlines())
    count = 0
    for type_id in range(1, len(kernel)):
        for line in listing(kernel, type_id):
            assert line == next(theirs)
            count += 1
    assert next(theirs, None) is None
    assert count > 200_000


def test_bpftool_writes_the_same(kernel: Btf, tmp_path: Path) -> None:
    (tmp_path / "kernel.btf").write_bytes(kernel.raw)
    done = subprocess.run(
        [bpftool(), "btf", "dump", "file", tmp_path / "kernel.btf", "format", "c"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours, theirs = blocks(vmlinux.header(kernel)), blocks(done.stdout)
    different = {
        name for name in ours.keys() | theirs.keys() if sorted(ours.get(name, [])) != sorted(theirs.get(name, []))
    }
    # Here bpftool is wrong: BPF's va_list isn't the kernel's, and it leaves the padding of unions out.
    known = {name for name in different if "va_list" in name or name.startswith("typedef union {")}
    assert not different - known
    assert len(ours) > 5_000
