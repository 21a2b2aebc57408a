"""`ebpf run`: load, attach, and show the maps while it runs."""

from __future__ import annotations

import click

from ebpf.cli.bpftool import json_option
from ebpf.cli.main import say
from ebpf.cli.places import HELP as PLACES
from ebpf.cli.showing import show_for
from ebpf.cli.watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.events import Events
    from ebpf.objects.object import Object
    from ebpf.objects.program import Program


@click.command("run", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE", type=click.Path())
@click.argument("command", metavar="[-- COMMAND...]", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--engine",
    type=click.Choice(["auto", "kernel", "vm"]),
    default="auto",
    show_default=True,
    help="Where programs run: this machine's kernel, or this process.",
)
@click.option("--at", "places", multiple=True, metavar="[PROG=]PLACE", help=PLACES)
@click.option(
    "--prog-type",
    "kinds",
    multiple=True,
    metavar="[PROG=]TYPE",
    help="What a program is whose section doesn't say: xdp, tc …",
)
@click.option(
    "--interval",
    type=click.FloatRange(min=0.01),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Time between two readings.",
)
@click.option(
    "--duration", type=click.FloatRange(min=0), metavar="SECONDS", help="End after this time, and COMMAND with it."
)
@click.option("--pid", type=click.IntRange(min=1), help="Limit probes of user functions and samples to this process.")
@json_option(
    "One JSON object a reading, and a last one, on standard output; COMMAND's own output goes to standard error."
)
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many entries of a map to show."
)
@click.option(
    "--live/--no-live", default=None, help="A table that is redrawn [default: on a terminal, without COMMAND]."
)
@click.option(
    "--type",
    "event_type",
    default="",
    metavar="STRUCT",
    help="What the records of ring and perf buffers are, by its C name.",
)
def command(
    file: str,
    command: tuple[str, ...],
    engine: str,
    places: tuple[str, ...],
    kinds: tuple[str, ...],
    interval: float,
    duration: float | None,
    pid: int | None,
    as_json: bool,
    top: int,
    live: bool | None,
    event_type: str,
) -> int:
    """Loads FILE (C source or an object file), attaches its programs where their sections or --at say, and shows its maps
    while it runs: until COMMAND ends, for --duration, or until Ctrl-C.

    In the vm engine the events are those of COMMAND, which is needed then: its system calls and those of all that it starts.
    No privilege is needed for that. The exit status is COMMAND's own, 128+n if signal n killed it.
    """
    with _load(file, engine, kinds) as obj:
        if obj.engine.name == "vm" and places:
            raise click.UsageError(
                f"--at is for the kernel, and the vm engine runs here ({obj.why}); packets of a capture go through "
                f"ebpf exec {file} --pcap IN"
            )
        if obj.engine.name == "vm" and not command:
            raise click.UsageError(
                f"COMMAND is missing: the vm engine runs here ({obj.why}), and its events are those of a command: "
                f"ebpf run {file} -- COMMAND..., or the packets of a capture: ebpf exec {file} --pcap IN"
            )
        say(f"engine: {obj.engine.name} ({obj.why})")
        _attach(obj, pid, places)
        shown = show_for(obj, top, bool(command), live, as_json)
        try:
            streams = _streams(obj, event_type)
            return Watch(obj, shown, interval, duration, streams).run(command)
        finally:
            shown.close()


def _load(file: str, engine: str, kinds: Sequence[str]) -> Object:
    import ebpf

    if not kinds:
        return ebpf.load(file, engine=engine)  # type: ignore[arg-type]
    from ebpf.cli.inputs import read_spec, take_types

    spec = read_spec(file)
    take_types(spec, kinds, "--prog-type")
    return ebpf.load(spec, engine=engine)  # type: ignore[arg-type]


def _attach(obj: Object, pid: int | None, places: Sequence[str]) -> None:
    from ebpf.cli.places import Attacher
    from ebpf.errors import ObjectError
    from ebpf.hooks import Cgroup
    from ebpf.uapi.prog_types import ProgType

    unlimited = []
    attacher = Attacher(obj, places)

    def one(program: Program) -> None:
        if not program.spec.type and program.spec.section == ".text":
            return  # a function for others, and no program
        if obj.engine.name == "vm" and program.spec.type == ProgType.CGROUP_SOCK_ADDR:
            program.attach(Cgroup("/"))  # in the vm the group is COMMAND, and needs no name
            return
        for hook in attacher.hooks(program):
            limited = pid is not None and "pid" in hook._fields
            program.attach(hook.replace(pid=pid) if limited else hook)
            if pid is not None and not limited:
                unlimited.append(program.name)

    obj.attach(one)
    if not obj.links and not attacher.left:
        raise ObjectError(
            'has no program to attach: a program is a function with SEC("…") before it', path=obj.spec.path
        )
    if unlimited:
        say(f"--pid can't limit {', '.join(unlimited)}: a program on such a hook filters by itself")
    if attacher.left:
        say(f"not attached: {', '.join(attacher.left)}")


def _streams(obj: Object, type_name: str) -> list[Events]:
    """A reader for each ring buffer and perf buffer."""
    from ebpf.errors import KernelError, ObjectError, close_names
    from ebpf.events import open_events
    from ebpf.uapi.map_types import MapType

    btf, type_id = obj.spec.btf, 0
    if type_name:
        type_id = (btf.find(type_name.removeprefix("struct ")) if btf is not None else None) or 0
        if btf is None or not type_id:
            names = [found.name for _, found in btf if found.name] if btf is not None else []
            close = close_names(type_name, names)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise ObjectError(f"no type {type_name} in the object's types{hint}", path=obj.spec.path)
    streams = []
    for map_ in obj.maps.values():
        if map_.spec.type in (MapType.RINGBUF, MapType.PERF_EVENT_ARRAY):
            try:
                streams.append(open_events(map_.raw, btf=btf if type_id else None, type_id=type_id))
            except KernelError as error:
                say(f"records of {map_.name} are not shown: {error}")
    return streams
