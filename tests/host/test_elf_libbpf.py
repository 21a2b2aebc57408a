"""The object reader against libbpf, over a folder of objects: the same programs, of the same types, and the same maps.

The folder is named by EBPF_OBJECTS: the kernel's selftests and samples, compiled, are a good one. Where this libbpf is older than
a section's name or a flag, only what it knows is compared.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from ebpf import elf
from ebpf.spec import MapSpec, ProgramSpec
from ebpf.uapi.flags import BPF_F_LINK
from ebpf.uapi.map_types import MapType

pytestmark = pytest.mark.host

FOLDER = os.environ.get("EBPF_OBJECTS", "")
RINGS = (MapType.RINGBUF, MapType.USER_RINGBUF)


def objects() -> list[object]:
    found = sorted(Path(FOLDER).glob("*.o")) if FOLDER else []
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(reason="EBPF_OBJECTS names no folder of objects"))]
    return [pytest.param(path, id=path.name) for path in found]


class Libbpf:
    """The few calls that open an object and list what is in it."""

    def __init__(self) -> None:
        try:
            self.lib = lib = ctypes.CDLL("libbpf.so.1")
        except OSError:
            pytest.skip("no libbpf.so.1 to compare with (apt install libbpf1)")
        lib.libbpf_set_print(None)
        for name in ("bpf_object__open_file", "bpf_object__next_program", "bpf_object__next_map"):
            getattr(lib, name).restype = ctypes.c_void_p
        for name in ("bpf_program__name", "bpf_program__section_name", "bpf_map__name"):
            getattr(lib, name).restype = ctypes.c_char_p
        lib.bpf_map__map_extra.restype = ctypes.c_uint64

    def read(self, path: Path) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[int, ...]]] | None:
        lib, ptr = self.lib, ctypes.c_void_p
        obj = lib.bpf_object__open_file(os.fsencode(path), None)
        if not obj:
            return None
        programs: dict[str, tuple[object, ...]] = {}
        maps: dict[str, tuple[int, ...]] = {}
        at = None
        while at := lib.bpf_object__next_program(ptr(obj), ptr(at)):
            one = ptr(at)
            section = lib.bpf_program__section_name(one).decode()
            programs[lib.bpf_program__name(one).decode()] = (
                section, lib.bpf_program__type(one), lib.bpf_program__expected_attach_type(one),
                bool(lib.bpf_program__autoload(one)),
            )  # fmt: skip
        at = None
        while at := lib.bpf_object__next_map(ptr(obj), ptr(at)):
            one = ptr(at)
            name = lib.bpf_map__name(one).decode()
            name = name if name.startswith(".") or "." not in name else name[name.index(".") :]
            maps[name[:15]] = (
                lib.bpf_map__type(one), lib.bpf_map__key_size(one), lib.bpf_map__value_size(one),
                lib.bpf_map__max_entries(one), lib.bpf_map__map_flags(one), lib.bpf_map__map_extra(one),
            )  # fmt: skip
        lib.bpf_object__close(ptr(obj))
        return programs, maps


def program_row(program: ProgramSpec, theirs: tuple[object, ...]) -> tuple[object, ...]:
    known = theirs[1]  # a type of 0: this libbpf doesn't know the section's name
    struct_ops = program.type.label == "struct_ops"  # the kernel's types say which member, at load
    kind = (program.type, program.attach_type or 0) if known else (0, 0)
    if known and struct_ops:
        kind = (program.type, theirs[2])  # type: ignore[assignment]
    return program.section.removeprefix("?"), *map(int, kind), program.autoload


def map_row(one: MapSpec) -> tuple[int, ...]:
    return (int(one.type), one.key_size, one.value_size, one.max_entries, one.flags, one.map_extra)


@pytest.mark.parametrize("path", objects())
def test_the_same_as_libbpf(path: Path) -> None:
    theirs = Libbpf().read(path)
    if theirs is None:
        return  # what libbpf opens we open
    spec = elf.read(path)
    programs, maps = theirs
    assert {name: program_row(one, programs[name]) for name, one in spec.programs.items()} == programs
    mine = {name[:15]: one for name, one in spec.maps.items()}
    for name, row in maps.items():
        if mine[name].type in RINGS:  # libbpf has rounded these up to pages
            assert row[3] >= mine[name].max_entries
        else:
            assert map_row(mine[name]) == row, name
    assert all(mine[name].flags & BPF_F_LINK for name in mine.keys() - maps.keys())  # younger than this libbpf
