"""`ebpf map`, and what it shares with `ebpf prog` and `ebpf link`: the BPF objects of the running kernel, by id."""

from __future__ import annotations

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def group(kind: str, what: str) -> click.Group:
    """`list`, `show`, `pin` and `unpin` for one kind of object."""

    @click.group(kind, short_help=f"List and show {what} of this kernel.")
    def command() -> None:
        pass

    command.help = f"The {what} of this kernel, whoever loaded them. Needs root."

    @command.command("list", short_help=f"List all {what}.")
    @click.option("--json", "as_json", is_flag=True, help="A line of JSON for each, for machines.")
    def list_(as_json: bool) -> None:
        from ebpf.kernel.info import OBJ

        for info in OBJ[kind]:
            _print(kind, info, as_json)

    list_.help = f"Lists all {what}, by id."

    @command.command("show", short_help="Show all that the kernel tells of one.")
    @click.argument("number", metavar="ID", type=int)
    @click.option("--json", "as_json", is_flag=True, help="One line of JSON, for machines.")
    def show(number: int, as_json: bool) -> None:
        """Shows all that the kernel tells of one, by its id."""
        info = describe(kind, number)
        if as_json:
            _print(kind, info, True)
            return
        width = max(map(len, info))
        for name, value in info.items():
            click.echo(f"{name:{width}}  {value}")

    @command.command("pin", short_help="Give one a name in a BPF file system.")
    @click.argument("number", metavar="ID", type=int)
    @click.argument("path")
    def pin(number: int, path: str) -> None:
        """Gives one a name in a BPF file system, which keeps it alive."""
        import os

        from ebpf.kernel import pins
        from ebpf.kernel.info import OBJ

        fd = OBJ[kind].open(number)
        try:
            pins.pin(fd, path)
        finally:
            os.close(fd)

    @command.command("unpin", short_help="Take such a name away.")
    @click.argument("path")
    def unpin(path: str) -> None:
        """Takes a name in a BPF file system away; what nothing else holds goes with it."""
        from ebpf.kernel import pins

        pins.unpin(path)

    return command


def describe(kind: str, number: int) -> dict[str, Any]:
    """What the kernel tells of an object, by id. Raises KernelError."""
    import os

    from ebpf.kernel.info import OBJ

    fd = OBJ[kind].open(number)
    try:
        return OBJ[kind].by_fd(fd)
    finally:
        os.close(fd)


def _print(kind: str, info: dict[str, Any], as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(named(kind, info)))
        return
    info = named(kind, info)
    rest = {
        "map": lambda: (
            f"{info['name'] or '-':16} key {info['key_size']}B  value {info['value_size']}B  "
            f"max_entries {info['max_entries']}  flags {info['map_flags']:#x}"
        ),
        "prog": lambda: (
            f"{info['name'] or '-':16} tag {info['tag']}  {info['xlated_prog_len']}B  maps {info['map_ids']}"
        ),
        "link": lambda: "  ".join(f"{name} {value}" for name, value in info.items() if name not in ("id", "type")),
    }[kind]()
    click.echo(f"{info['id']:6}  {info['type']:20} {rest}")


def named(kind: str, info: dict[str, Any]) -> dict[str, Any]:
    """The same with the type's name for its number."""
    from ebpf.uapi.map_types import MapType
    from ebpf.uapi.prog_types import ProgType

    types: Any = {"map": MapType, "prog": ProgType}.get(kind)
    if types is None or not isinstance(info["type"], int):
        return info
    known = {int(type_): type_.label for type_ in types}
    return info | {"type": known.get(info["type"], str(info["type"]))}


command = group("map", "maps")


@command.command("dump", short_help="Show the entries of a map.")
@click.argument("number", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each entry, for machines.")
def dump(number: int, as_json: bool) -> None:
    """Shows the entries of a map, by its id, as bytes."""
    import json

    from ebpf.kernel.maps import by_id

    found = by_id(number)
    try:
        for key, value in found.items():
            if as_json:
                click.echo(json.dumps({"key": key.hex(), "value": value.hex()}))
            else:
                click.echo(f"{key.hex(' ')}: {value.hex(' ')}")
    finally:
        found.close()
