"""`ebpf btf`: types of an object, a BTF file or this kernel: as C, as a list, and what changed from one to the other."""

from __future__ import annotations

import errno
import importlib
import json
import os
from pathlib import Path

import click

from ebpf.cli.bpftool import KEYWORDS, Worded, json_option
from ebpf.cli.inventory import Verbs, only, open_one, show_all, show_one, split
from ebpf.cli.output import AS_JSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.spec import ObjectSpec

_BASE = click.option(
    "--base",
    type=click.Path(),
    help="What split types (a module's) are on; those of a file in /sys/kernel/btf are on this kernel's.",
)
_NAMES = click.option(
    "--name", "-n", "names", multiple=True, help="Only types of this name; may be given more than once."
)


class _Dump(Worded):
    """`dump file FILE format raw`, `dump map MAP value`: bpftool's words."""

    words = {"format": "--format"}  # noqa: RUF012
    instead = {"root_id": "--name NAME chooses types, with what they need"}  # noqa: RUF012

    def as_options(self, ctx: click.Context, args: list[str]) -> list[str]:
        self.first = 0
        if args and args[0] in ("file", "id"):
            self.first = 2
        elif args and args[0] in ("map", "prog"):
            self.first = 3 if args[1:2] and args[1] in KEYWORDS else 2
        return super().as_options(ctx, args)


def _source(words: tuple[str, ...]) -> tuple[str, list[int] | None]:
    """(a file or "id 5", the types that are wanted of it or None for all) of the words of a command."""
    if words[:1] in (("map",), ("prog",)):
        return _of_thing(words[0], words[1:])
    rest = words[1:] if words[:1] in (("id",), ("file",)) else words
    if len(rest) > 1:
        raise click.UsageError(f"what is {' '.join(rest[1:])!r} behind {rest[0]}?")
    if words[:1] == ("file",) and not rest:
        raise click.UsageError("which file?")
    return (" ".join(words) if words[:1] == ("id",) else "".join(rest)), None


def _of_thing(kind: str, words: tuple[str, ...]) -> tuple[str, list[int] | None]:
    """The types that a map's keys and values have, or all that a program was loaded with."""
    from ebpf.errors import EbpfError
    from ebpf.kernel.info import describe

    which, rest = split(words, kind)
    part = rest.pop(0) if kind == "map" and rest else "kv"
    if rest or part not in ("key", "value", "kv", "all"):
        raise click.UsageError(f"what is {' '.join(rest) or part!r} behind {' '.join(which)}?")
    fd = open_one(kind, which)
    try:
        info = describe(kind, fd)
    finally:
        os.close(fd)
    if not info["btf_id"]:
        raise EbpfError(f"{kind} {' '.join(which)} has no types")
    chosen = [info[f"btf_{name}_type_id"] for name in ("key", "value") if part in (name, "kv")] if kind == "map" else []
    return f"id {info['btf_id']}", [number for number in chosen if number] or None


def read_types(path: str, base: str | None = None) -> Btf:
    """The types of a file: BTF, or an ELF file with a section .BTF (packed by xz or gzip, as modules are); "" is this kernel's. A
    name under /sys/kernel/btf that is not vmlinux is a module's. Raises BtfError, NotSupported or OSError."""
    from ebpf.btf import Btf
    from ebpf.btf.kernel import SYSFS, kernel_btf
    from ebpf.btf.reader import SPLIT
    from ebpf.cli.inputs import read_file, read_spec
    from ebpf.errors import BtfError

    if not path:
        return kernel_btf()
    if path.startswith("id "):
        from ebpf.kernel.info import btf_by_id

        if not path[3:].isdigit():
            raise click.UsageError(f"an id is a number, not {path[3:]!r}")
        try:
            return btf_by_id(int(path[3:]))
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise
            raise BtfError(f"the kernel holds no types {path[3:]}; `ebpf btf show` shows those there are") from None
    if path.endswith(".c"):
        return _types_of(read_spec(path))
    data = _unpacked(read_file(path), path)
    under = read_types(base) if base else None
    if data[:4] == b"\x7fELF":
        from io import BytesIO

        from elftools.common.exceptions import ELFError
        from elftools.elf.elffile import ELFFile

        try:
            file = ELFFile(BytesIO(data))
            data, own = (
                section.data() if section is not None else b"" for section in map(file.get_section_by_name, _SECTIONS)
            )
        except ELFError as error:
            raise BtfError(f"can't be read: {error}", path=path) from None
        if not data:
            raise BtfError("has no types; compile it with -g", path=path, section=".BTF")
        if own and under is None:
            under = Btf.parse(own)
    elif data[:2] not in (b"\x9f\xeb", b"\xeb\x9f"):
        raise BtfError("holds no types: it is neither an ELF file nor BTF" if data else "the file is empty", path=path)
    if under is None and Path(path).parent == Path(SYSFS) and Path(path).name != "vmlinux":
        under = kernel_btf()
    try:
        return Btf.parse(data, under)
    except BtfError as error:
        if error.path:
            raise
        what = error.message + "; --base FILE names them" * (SPLIT in error.message)
        raise BtfError(what, path=path, section=error.section, offset=error.offset) from None


#: A module's types, and those of its kernel that came along (with modules that were built apart, Linux 6.11).
_SECTIONS = (".BTF", ".BTF.base")


#: How files begin that a module of Python unpacks.
_PACKERS = {b"\xfd7zXZ\0": "lzma", b"\x1f\x8b": "gzip"}


def _unpacked(data: bytes, path: str) -> bytes:
    """A file as it was before it was packed. Raises BtfError."""
    from ebpf.errors import BtfError

    for magic, name in _PACKERS.items():
        if data.startswith(magic):
            try:
                return bytes(importlib.import_module(name).decompress(data))
            except Exception as error:  # each has its own; and a Python may be built without it
                raise BtfError(f"can't be unpacked: {error}", path=path) from None
    if data[:4] == b"\x28\xb5\x2f\xfd":
        raise BtfError("is packed by zstd: unpack it first (zstd -d)", path=path)
    return data


def _types_of(spec: ObjectSpec) -> Btf:
    from ebpf.errors import BtfError

    if spec.btf is None:
        raise BtfError("has no types", path=spec.path)
    return spec.btf


@click.group("btf", cls=Verbs, short_help="Show types: of an object, or of this kernel.")
def command() -> None:
    """Shows types: of an object file, of a BTF file, of this kernel without a FILE, or, as `id ID`, what somebody loaded."""


@command.command("show", short_help="Show the types that are loaded in this kernel, and who uses them.")
@click.argument("words", nargs=-1, metavar="[[id] ID]")
@AS_JSON
def show(words: tuple[str, ...], as_json: bool) -> None:
    """Shows the sets of types (BTF) that this kernel holds: its own, its modules' and those that programs and maps were loaded
    with, whose ids are shown. Needs root. `ebpf btf dump id ID` prints one as C."""
    if words:
        show_one("btf", only(words, "btf"), as_json)
    else:
        show_all("btf", as_json, False)


@command.command("dump", cls=_Dump, short_help="Print types as C.")
@click.argument("words", nargs=-1, metavar="[FILE|id ID|map MAP|prog PROG]")
@_NAMES
@_BASE
@click.option("--raw", is_flag=True, help="Print the types one by one with their ids, as bpftool does.")
@click.option("--format", "form", type=click.Choice(["c", "raw"]), help="bpftool's word for that.")
@json_option("Print the types themselves, with their ids, as JSON.")
def dump(
    words: tuple[str, ...], names: tuple[str, ...], base: str | None, raw: bool, form: str | None, as_json: bool
) -> None:
    """Prints types as C that compiles to the same layout; with --name, those types and what they need. Of a map, those of
    its keys and values (`map MAP key`, `value`, `all`)."""
    from ebpf.btf import dump as c

    path, chosen = _source(words)
    btf = read_types(path, base)
    chosen = _chosen(btf, names) or chosen
    raw = raw or form == "raw"
    if raw and as_json:
        raise click.UsageError("--raw and --json can't go together")
    if raw:
        from ebpf.btf.listing import listing

        for type_id in range(btf.start_id, len(btf)) if chosen is None else chosen:
            click.echo("\n".join(listing(btf, type_id)))
    elif as_json:
        for type_id in range(1, len(btf)) if chosen is None else chosen:
            click.echo(json.dumps({"id": type_id, **as_data(btf.type(type_id))}))
    else:
        click.echo(c.dump(btf, chosen), nl=False)


@command.command("list", short_help="List types by name.")
@click.argument("words", nargs=-1, metavar="[FILE|id ID]")
@_NAMES
@_BASE
@click.option("--kind", help="Only types of this kind: struct, union, enum, typedef, func, …")
@json_option("Print it as JSON, a line a type.")
def list_(words: tuple[str, ...], names: tuple[str, ...], base: str | None, kind: str | None, as_json: bool) -> None:
    """Lists the types of FILE that have names: id, kind, size in bytes, name; with --name or --kind and no FILE, those of this
    kernel. Without any of them, the sets of types that are loaded, as `ebpf btf show`."""
    from ebpf.errors import BtfError
    from ebpf.uapi.btf import Kind

    if not (words or names or kind):
        show_all("btf", as_json, False)
        return
    btf = read_types(_source(words)[0], base)
    kinds = {one.label.lower() for one in Kind}
    if kind is not None and kind not in kinds:
        raise click.BadParameter(f"{kind!r} is no kind; there are: {', '.join(sorted(kinds))}", param_hint="--kind")
    wanted = set(names)
    for type_id in range(1, len(btf)):
        name, label = btf.name(type_id), btf.kind(type_id).label.lower()
        if not name or (wanted and name not in wanted) or (kind is not None and label != kind):
            continue
        try:
            size = btf.size(type_id)
        except BtfError:
            size = None
        if as_json:
            click.echo(json.dumps({"id": type_id, "kind": label, "name": name, "size": size}))
        else:
            click.echo(f"{type_id:>7} {label:<9} {'' if size is None else size:>7} {name}")


@command.command("diff", short_help="Say how types differ from others.")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path(), default="")
@_NAMES
@json_option("Print it as JSON, a line a type.")
def diff(old: str, new: str, names: tuple[str, ...], as_json: bool) -> int:
    """Says how the types of NEW (this kernel's, if not given) differ from those of OLD: what came, what went, and which members,
    values and parameters changed. The exit status is 1 if anything did."""
    from ebpf.btf.compare import compare

    changes = compare(read_types(old), read_types(new), names or None)
    for one in changes:
        if as_json:
            click.echo(
                json.dumps({"kind": one.kind, "name": one.name, "change": one.change, "details": list(one.details)})
            )
        else:
            click.echo(str(one))
    return 1 if changes else 0


@command.command("minimal", short_help="Write the part of a kernel's types that objects need.")
@click.argument("types", type=click.Path())
@click.argument("output", type=click.Path())
@click.argument("objects", type=click.Path(), nargs=-1, required=True)
def minimal_(types: str, output: str, objects: tuple[str, ...]) -> None:
    """Writes to OUTPUT what TYPES (a BTF file or a vmlinux) must have for the CO-RE relocations of OBJECTS: some kilobytes, for a
    kernel without types of its own. They relocate to the same instructions."""
    from ebpf.btf.minimal import minimal
    from ebpf.build import write_object
    from ebpf.cli.inputs import read_spec

    specs = [read_spec(path) for path in objects]
    needed = [(spec.btf, program.core) for spec in specs if spec.btf for program in spec.programs.values()]
    btf = minimal(read_types(types), needed)
    write_object(output, bytes(btf.raw))
    click.echo(f"wrote {output}: {len(btf) - 1} types, {len(btf.raw)} bytes")


def _chosen(btf: Btf, names: tuple[str, ...]) -> list[int] | None:
    if not names:
        return None
    from ebpf.errors import BtfError

    chosen = []
    for name in names:
        found = btf.find_all(name)
        if not found:
            raise BtfError(f"no type {name!r}")
        chosen += found
    return chosen


def as_data(found: Any) -> Any:
    """A type as plain data."""
    if isinstance(found, list):
        return [as_data(one) for one in found]
    if not hasattr(found, "_fields"):
        return found
    fields = {name: as_data(getattr(found, name)) for name in found._fields}
    return {"kind": found.kind.label.lower(), **fields} if hasattr(found, "kind") else fields
