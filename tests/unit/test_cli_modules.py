"""`ebpf btf` over the types of kernel modules, as they lie in /lib/modules: in ELF files, packed, on their kernel's."""

from __future__ import annotations

import gzip
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from elf_maker import Sec, elf

from ebpf.btf import Btf, Int, Member, Struct
from ebpf.btf.build import Builder
from ebpf.cli import main

KERNEL = Builder([Int("int", 4, 1), Struct("device", 4, [Member("id", 1, 0)])])
MODULE = Builder([Struct("camera", 8, [Member("device", 2, 0), Member("mode", 1, 32)])], base=KERNEL.btf())
CAMERA = "struct camera {\n\tstruct device device;\n\tint mode;\n};"


def module(*more: Sec) -> bytes:
    return elf([Sec(".BTF", bytes(MODULE)), *more], order=sys.byteorder, machine=62)


@pytest.fixture
def kernel(tmp_path: Path) -> Path:
    path = tmp_path / "kernel.btf"
    path.write_bytes(bytes(KERNEL))
    return path


def dump(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main.guarded(main.group, "ebpf", ["btf", "dump", *map(str, words)])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("pack", [bytes, lzma.compress, gzip.compress], ids=["plain", "xz", "gz"])
def test_a_module_on_its_kernel(
    pack: Callable[[bytes], bytes], kernel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "camera.ko"
    path.write_bytes(pack(module()))
    status, out, _ = dump(capsys, path, "--base", kernel)
    assert status == 0
    assert CAMERA in out


def test_what_came_along_of_its_kernel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A module that was built apart from its kernel has the types it stands on, by name and size, in .BTF.base."""
    base = Builder([Int("int", 4, 1), Struct("device", 4, [])])
    own = Builder(MODULE.types, base=base.btf())
    path = tmp_path / "camera.ko"
    path.write_bytes(elf([Sec(".BTF", bytes(own)), Sec(".BTF.base", bytes(base))], order=sys.byteorder, machine=62))
    status, out, _ = dump(capsys, path)
    assert status == 0
    assert "struct device {" in out
    assert CAMERA in out


def test_a_module_without_its_kernel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytes(MODULE)
    start = data.index(b"camera")  # the empty string is the kernel's
    path = tmp_path / "camera.ko"
    path.write_bytes(module())
    assert dump(capsys, path) == (
        4,
        "",
        f"ebpf: {path} section .BTF offset {start:#x}: the strings don't begin with an empty one: "
        "a module's types stand on those of its kernel; --base FILE names them\n",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lzma.compress(module())[:-20], "can't be unpacked: Compressed data ended before the end-of-stream marker"),
        (gzip.compress(module())[:-9], "can't be unpacked: Compressed file ended before the end-of-stream marker"),
        (b"\x28\xb5\x2f\xfd" + bytes(30), "is packed by zstd: unpack it first (zstd -d)"),
        (lzma.compress(b"text"), "holds no types: it is neither an ELF file nor BTF"),
    ],
    ids=["xz, cut", "gz, cut", "zstd", "xz of text"],
)
def test_what_cannot_be_unpacked(data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "camera.ko"
    path.write_bytes(data)
    status, out, error = dump(capsys, path)
    assert (status, out) == (4, "")
    assert error.startswith(f"ebpf: {path}: {said}")


def test_a_python_without_the_packer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "camera.ko"
    path.write_bytes(lzma.compress(module()))
    monkeypatch.setitem(sys.modules, "lzma", None)
    status, _, error = dump(capsys, path)
    assert (status, error) == (4, f"ebpf: {path}: can't be unpacked: import of lzma halted; None in sys.modules\n")


def test_the_types_are_those_of_a_kernel() -> None:
    assert Btf.parse(bytes(MODULE), KERNEL.btf()).find("camera", Struct) == 3
