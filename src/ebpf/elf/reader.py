"""An object file → `ObjectSpec`."""

from __future__ import annotations

from struct import Struct

from ebpf.elf.context import Context
from ebpf.elf.data import finish_btf, read_data, read_externs, read_struct_ops
from ebpf.elf.format import ElfFile, Section
from ebpf.elf.maps import read_initial_values, read_maps
from ebpf.elf.programs import read_programs
from ebpf.errors import BtfError
from ebpf.spec import ObjectSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def read(source: bytes | bytearray | memoryview | str | PathLike[str], *, path: str = "") -> ObjectSpec:
    """Reads an object file: its bytes, or the path of it.

    Both byte orders can be read, on any machine: `ObjectSpec.byte_order` says which it is, and bytecode, keys and
    contents stay in it. Raises ObjectError (or BtfError, one of its kind) that says where in the file.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
    else:
        import os

        path = path or os.fspath(source)
        with open(source, "rb") as file:
            data = file.read()
    return _read(data, path)


def _read(data: bytes, path: str) -> ObjectSpec:
    elf = ElfFile(data, path)
    name = path.replace("\\", "/").rpartition("/")[2]
    for suffix in (".bpf.o", ".o", ".elf"):
        name = name.removesuffix(suffix)
    spec = ObjectSpec(name=name, byte_order=elf.byte_order, path=path)
    ctx = Context(elf, spec)
    spec.license = _text(elf, "license")
    spec.version = _version(elf)
    _read_types(ctx)
    spec.btf = ctx.btf
    read_maps(ctx)
    read_data(ctx)
    read_externs(ctx)
    read_programs(ctx)
    read_initial_values(ctx)
    read_struct_ops(ctx)
    return spec


def _read_types(ctx: Context) -> None:
    elf = ctx.elf
    section = elf.section(".BTF")
    if section is None or not section.size:
        return
    from ebpf.btf import Btf, ext

    try:
        btf = Btf.parse(bytes(section.data))
        if btf.byte_order != elf.byte_order:
            raise elf.error(f"types are {btf.byte_order}-endian in a {elf.byte_order}-endian object", section, 0)
        ctx.btf = finish_btf(elf, btf)
        beside = elf.section(".BTF.ext")
        if beside is not None and beside.size:
            ctx.ext = ext.parse(bytes(beside.data), ctx.btf)
    except BtfError as error:
        if error.path or not elf.path:
            raise
        raise BtfError(error.message, path=elf.path, section=error.section, offset=error.offset) from None


def _text(elf: ElfFile, name: str) -> str:
    section = elf.section(name)
    if section is None:
        return ""
    data = bytes(section.data)
    end = data.find(0)
    try:
        return data[: end if end >= 0 else len(data)].decode()
    except UnicodeDecodeError:
        raise elf.error("it is no UTF-8 text", section) from None


def _version(elf: ElfFile) -> int:
    section: Section | None = elf.section("version")
    if section is None:
        return 0
    if len(section.data) != 4:
        raise elf.error(f"it has {len(section.data)} bytes, a kernel version has 4", section)
    number: int = Struct(elf.order + "I").unpack(section.data)[0]
    return number
