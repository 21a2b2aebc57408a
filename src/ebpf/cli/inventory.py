"""What `ebpf prog`, `map`, `link` and `btf` share: how an object of the kernel is named, and how it is shown.

Names and fields are those that bpftool's users know: `id 5`, `name counts`, `tag 6deef7357e7b4530`,
`pinned /sys/fs/bpf/counts`, and just `5`, `counts` or a path.
"""

from __future__ import annotations

import os
import time
from itertools import takewhile

import click

from ebpf.cli import describe
from ebpf.cli.bpftool import KEYWORDS, VERBS, Group, flag
from ebpf.cli.output import AS_JSON, as_text, print_array, table, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

#: The columns of a list, by kind; a row has what it has of them.
COLUMNS = {
    "map": ("id", "type", "name", "bytes_key", "bytes_value", "max_entries", "flags", "bytes_memlock", "btf_id"),
    "prog": ("id", "type", "name", "tag", "bytes_xlated", "bytes_jited", "uid", "map_ids", "btf_id"),
    "link": ("id", "type", "prog_id"),
    "btf": ("id", "name", "size", "kernel", "prog_ids", "map_ids"),
}

PINS = click.option(
    "--pins", "--bpffs", "-f", "with_pins", is_flag=True, callback=flag, help="Show where each is pinned, too."
)


#: The options of AS_JSON and PINS.
_OF_ALL = frozenset(("--json", "-j", "--pretty", "-p", "--pins", "--bpffs", "-f"))


class Verbs(Group):
    """The verbs of a kind of object; `show` without an object is `list`. Options of all verbs may stand before the verb, too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ahead = list(takewhile(_OF_ALL.__contains__, args))
        verb, *rest = args[len(ahead) :] or ["show"]
        return super().parse_args(ctx, [verb, *ahead, *rest])


def split(words: Sequence[str], kind: str) -> tuple[tuple[str, str], list[str]]:
    """((keyword, value), what follows): the object that the first one or two words name."""
    rest = list(words)
    if not rest:
        raise click.UsageError(f"which {kind}? Its ID, its name, or the path of its pin")
    word = rest.pop(0)
    if word in KEYWORDS and rest:
        return (word, rest.pop(0)), rest
    if word.isdigit():
        return ("id", word), rest
    return ("pinned", word) if "/" in word else ("name", word), rest


def only(words: Sequence[str], kind: str) -> tuple[str, str]:
    """The object that words name, and nothing behind it."""
    which, rest = split(words, kind)
    if rest:
        raise click.UsageError(f"what is {' '.join(rest)!r} behind {' '.join(which)}?")
    return which


def _called(kind: str, which: tuple[str, str]) -> list[int]:
    """The ids of those with a name or tag. Raises EbpfError where there is none."""
    from ebpf.errors import EbpfError, did_you_mean
    from ebpf.kernel.info import OBJ

    word, value = which
    if kind not in ("map", "prog") or (word == "tag" and kind != "prog"):
        raise click.UsageError(f"a {kind} has no {word}: give its ID or the path of its pin")
    # The kernel keeps 15 bytes of a name.
    wanted = value[:15] if word == "name" else value
    found = [info["id"] for info in OBJ[kind] if info[word] == wanted]
    if not found:
        names = {str(info[word]) for info in OBJ[kind] if info[word]}
        raise EbpfError(f"the kernel has no {kind} with the {word} {value}" + did_you_mean(value, names))
    return found


def open_one(kind: str, which: tuple[str, str]) -> int:
    """Its descriptor, which the caller closes. Raises KernelError, EbpfError; UsageError where a name stands for several."""
    from ebpf.errors import EbpfError
    from ebpf.kernel import pins

    word, value = which
    if word == "id":
        if not value.isdigit():
            raise click.UsageError(f"an id is a number, not {value!r}")
        return _by_id(kind, int(value))
    if word == "pinned":
        return pins.open_thing(kind, value)
    found = _called(kind, which)
    if len(found) > 1:
        ids = ", ".join(map(str, found))
        raise EbpfError(f"{len(found)} {kind}s have the {word} {value}: say which by its id ({ids})")
    return _by_id(kind, found[0])


def _by_id(kind: str, number: int) -> int:
    import errno

    from ebpf.errors import EbpfError
    from ebpf.kernel.info import OBJ

    try:
        return OBJ[kind].open(number)
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise EbpfError(f"the kernel has no {kind} {number}; `ebpf {kind} list` shows those there are") from None
        raise


def open_map(which: tuple[str, str]) -> Any:
    """The face of a map of the kernel; the caller closes it."""
    from ebpf.kernel.make_map import from_fd
    from ebpf.objects.map import face

    return face(from_fd(open_one("map", which)))


def open_program(which: tuple[str, str]) -> Any:
    """A program of the kernel; the caller closes it."""
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import from_fd
    from ebpf.objects.program import Program

    return Program(from_fd(open_one("prog", which)), KernelEngine())


def _opened(kind: str) -> Iterator[int]:
    """Every object of a kind."""
    from ebpf.kernel.info import OBJ

    for number in OBJ[kind].ids():
        try:
            yield OBJ[kind].open(number)
        except OSError:
            continue  # it went meanwhile


def _rows(kind: str, fds: Iterable[int], with_pins: bool) -> list[dict[str, Any]]:
    """Objects as plain data. Closes their descriptors."""
    found, rows = describe.found_outside(with_pins), []
    for fd in fds:
        try:
            rows.append(describe.row_of(kind, fd, found))
        finally:
            os.close(fd)
    if kind == "btf":
        describe.add_users(rows)
    return rows


def show_all(kind: str, as_json: bool, with_pins: bool) -> None:
    rows = _rows(kind, _opened(kind), with_pins)
    if as_json:
        print_array(rows)
        return
    columns = list(COLUMNS[kind])
    if kind == "link":
        for row in rows:
            row["attached to"] = " ".join(
                f"{name} {value}" for name, value in row.items() if name not in (*columns, *describe.FOUND)
            )
        columns.append("attached to")
    table([*columns, *(field for field in describe.FOUND if any(field in row for row in rows))], rows)


def show_one(kind: str, which: tuple[str, str], as_json: bool, with_pins: bool = False) -> None:
    """What the kernel tells of one; of all that have the name or tag, one after the other, or in an array."""
    ids = _called(kind, which) if which[0] in ("name", "tag") else []
    named = [("id", str(number)) for number in ids] or [which]
    rows = _rows(kind, (open_one(kind, one) for one in named), with_pins)
    if as_json and len(rows) > 1:
        print_array(rows)
        return
    for at, row in enumerate(rows):
        if at:
            click.echo()
        _show_row(row, as_json)


def _show_row(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(as_text(row))
        return
    if "loaded_at" in row:
        row["loaded_at"] = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(row["loaded_at"]))
    width = max(map(len, row))
    for name, value in row.items():
        click.echo(f"{name:{width}}  {text(value)}")


def group(kind: str, what: str, aliases: dict[str, str] | None = None, cls: type[Verbs] = Verbs) -> Verbs:
    """`list` and `show`, and `pin` and `unpin` for what can be pinned."""
    command = cls(
        kind,
        short_help=f"List, show and change {what} of this kernel.",
        help=f"The {what} of this kernel, whoever loaded them.",
    )
    command.aliases = aliases or {}
    command.instead = VERBS.get(kind, {})

    @command.command("list", short_help=f"List all {what}.")
    @PINS
    @AS_JSON
    def list_(with_pins: bool, as_json: bool) -> None:
        show_all(kind, as_json, with_pins)

    @command.command("show", short_help="Show all that the kernel tells of one; without one, list all.")
    @click.argument("words", nargs=-1, metavar=f"[{kind.upper()}]")
    @PINS
    @AS_JSON
    def show(words: tuple[str, ...], with_pins: bool, as_json: bool) -> None:
        if not words:
            show_all(kind, as_json, with_pins)
        else:
            show_one(kind, only(words, kind), as_json, with_pins)

    list_.help = f"Lists all {what}, by id."
    show.help = f"Shows all that the kernel tells of one: {kind.upper()} is its ID, its name, or the path of its pin."
    if kind == "btf":
        return command

    @command.command("pin", short_help="Give one a name in a BPF file system.")
    @click.argument("words", nargs=-1, metavar=f"{kind.upper()} PATH")
    def pin(words: tuple[str, ...]) -> None:
        """Gives one a name in a BPF file system, which keeps it alive."""
        from ebpf.kernel import pins

        which, rest = split(words, kind)
        if len(rest) != 1:
            raise click.UsageError("at which PATH?")
        fd = open_one(kind, which)
        try:
            pins.pin(fd, rest[0])
        finally:
            os.close(fd)

    @command.command("unpin", short_help="Take such a name away.")
    @click.argument("path")
    def unpin(path: str) -> None:
        """Takes a name in a BPF file system away; what nothing else holds goes with it."""
        from ebpf.kernel import pins

        os.close(pins.open_thing(kind, path))  # it is a pin, and of that kind
        pins.unpin(path)

    return command
