"""`ebpf prog`: the programs of the running kernel: what they are, what they do, running and loading them."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import click

from ebpf.cli import inputs
from ebpf.cli.bpftool import KEYWORDS, Worded
from ebpf.cli.inventory import Verbs, group, only, open_map, open_one, open_program, split
from ebpf.cli.main import say
from ebpf.cli.output import AS_JSON, as_text, print_array, table
from ebpf.cli.places import HELP as PLACES
from ebpf.cli.places import Attacher
from ebpf.cli.status import watching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

command: Verbs = group("prog", "programs", {"loadall": "load"})


@command.command("dump", short_help="Show the code that the kernel runs.")
@click.argument("words", nargs=-1, metavar="[xlated|jited] PROG [file FILE]")
@AS_JSON
def dump(words: tuple[str, ...], as_json: bool) -> None:
    """Shows the code of PROG (its ID, name, tag, or the path of its pin) with its C lines: `xlated` (as if not said) is the
    bytecode after the verifier's changes, `jited` machine code. `file FILE` writes its bytes there instead."""
    rest = list(words)
    what = rest.pop(0) if rest and rest[0] in ("xlated", "jited") else "xlated"
    which, rest = split(rest, "prog")
    path = ""
    while rest:
        word = rest.pop(0)
        if word == "file" and rest:
            path = rest.pop(0)
        elif word == "visual":
            raise click.UsageError("visual: graphs are not drawn")
        elif word not in ("opcodes", "linum"):  # lines are shown anyway, and `ebpf disasm --raw` has the bytes
            raise click.UsageError(f"what is {word!r} behind {' '.join(which)}?")
    with open_program(which) as program:
        if path:
            from ebpf.build import write_object
            from ebpf.kernel.dump import code

            write_object(path, code(program.fileno(), what))
            return
        lines = program.dump(what)
    click.echo(as_text({"what": what, "lines": lines}) if as_json else "\n".join(lines))


class _Run(Worded):
    words = {  # noqa: RUF012
        "data_in": "--data",
        "data_out": "--out",
        "ctx_in": "--context",
        "ctx_out": "--context-out",
        "repeat": "--repeat",
        "data_size_out": "",
        "ctx_size_out": "",
    }


@command.command("run", cls=_Run, short_help="Run one once, on data of yours.")
@click.argument("words", nargs=-1, metavar="PROG|FILE")
@click.option("--prog", "name", metavar="NAME", help="Which program of FILE; needed if it has several.")
@click.option("--type", "kind", metavar="TYPE", help="What it is, where its section doesn't say: xdp, tc, cgroup_skb …")
@click.option(
    "--data", metavar="FILE|HEX", default="", help="The packet, from its Ethernet header on; - is standard input."
)
@click.option("--context", metavar="FILE|HEX", default="", help="The bytes of the context struct.")
@click.option("--out", type=click.Path(dir_okay=False), help="Write the data after the run to this file.")
@click.option("--context-out", type=click.Path(dir_okay=False), help="Write the context after the run to this file.")
@click.option(
    "--repeat", type=click.IntRange(min=1), default=1, show_default=True, help="How often; the time is the mean."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "kernel", "vm"]),
    default="auto",
    show_default=True,
    help="Where a FILE runs.",
)
@AS_JSON
def run(
    words: tuple[str, ...],
    name: str | None,
    kind: str | None,
    data: str,
    context: str,
    out: str | None,
    context_out: str | None,
    repeat: int,
    engine: str,
    as_json: bool,
) -> None:
    """Runs a program of the kernel (its ID, name, tag, or the path of its pin), or one of FILE, an object file or C source."""
    packet, struct = _bytes(data, "--data"), _bytes(context, "--context")
    if len(words) == 1 and words[0].endswith((".o", ".c")):
        import ebpf

        spec = inputs.read_spec(words[0])
        chosen = name or (next(iter(spec.programs)) if len(spec.programs) == 1 else "")
        if chosen not in spec.programs:
            known = ", ".join(spec.programs) or "none"
            raise click.UsageError(f"--prog: which program of {words[0]}? It has {known}")
        if kind is not None:
            inputs.take_types(spec, [f"{chosen}={kind}"])
        inputs.only(spec, chosen)
        with ebpf.load(spec, engine=engine) as obj:  # type: ignore[arg-type]
            result = obj.programs[chosen].run(packet, struct, repeat=repeat)
    else:
        with open_program(only(words, "prog")) as program:
            result = program.run(packet, struct, repeat=repeat)
    for path, bytes_ in ((out, result.data), (context_out, result.context)):
        if path:
            from ebpf.build import write_object

            write_object(path, bytes_)
    if as_json:
        row = {
            "retval": result.retval,
            "duration": result.duration,
            "data": result.data.hex(),
            "context": result.context.hex(),
        }
        click.echo(as_text(row))
        return
    click.echo(f"returned {result.retval} after {result.duration} ns" + (f" (mean of {repeat})" if repeat > 1 else ""))
    for what, after, before in (("data", result.data, packet), ("context", result.context, struct)):
        if before and after and after != before:
            click.echo(f"{what} changed: {after.hex(' ')}")


def _bytes(given: str, option: str) -> bytes:
    """The contents of a file, or hexadecimal."""
    if not given:
        return b""
    if given == "-":
        return sys.stdin.buffer.read()
    if os.path.exists(given):
        return Path(given).read_bytes()
    try:
        return bytes.fromhex(given)
    except ValueError:
        raise click.UsageError(f"{option}: {given!r} is no file and not hexadecimal") from None


class _Profile(Worded):
    words = {"duration": "--duration"}  # noqa: RUF012
    instead = dict.fromkeys(
        ("cycles", "instructions", "l1d_loads", "llc_misses", "itlb_misses", "dtlb_misses"),
        "hardware counters are not read; runs and their time are counted without a word",
    )


@command.command("profile", cls=_Profile, short_help="Say how often programs run and how long they take.")
@click.argument("words", nargs=-1, metavar="[PROG]")
@click.option(
    "--duration",
    type=click.FloatRange(min=0.001),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="For how long.",
)
@AS_JSON
def profile(words: tuple[str, ...], duration: float, as_json: bool) -> None:
    """Has the kernel count for a while, and says how often PROG ran (every program that did, without PROG), the mean time of
    a run, and its share of one CPU's time."""
    from ebpf.kernel.info import OBJ, describe, enable_stats

    def counts() -> dict[int, dict[str, Any]]:
        return {info["id"]: info for info in OBJ["prog"]}

    only_id = None
    if words:
        fd = open_one("prog", only(words, "prog"))
        try:
            only_id = describe("prog", fd)["id"]
        finally:
            os.close(fd)
    with enable_stats():
        before, start = counts(), time.monotonic()
        with watching():
            time.sleep(duration)
        after, seconds = counts(), time.monotonic() - start
    rows = []
    for number, info in after.items():
        old = before.get(number, {"run_cnt": 0, "run_time_ns": 0})
        runs, spent = info["run_cnt"] - old["run_cnt"], info["run_time_ns"] - old["run_time_ns"]
        if number != only_id if only_id is not None else not runs:
            continue
        rows.append(
            {
                "id": number,
                "name": info["name"],
                "run_cnt": runs,
                "run_time_ns": spent,
                "runs_per_second": round(runs / seconds, 1),
                "mean_ns": round(spent / runs, 1) if runs else 0,
                "cpu_percent": round(spent / seconds / 1e7, 3),
            }
        )
    rows.sort(key=lambda row: -row["run_time_ns"])
    if as_json:
        print_array(rows)
    elif rows:
        table(list(rows[0]), rows)
    else:
        click.echo(f"no program ran in {seconds:.3g} s")


class _Load(Worded):
    first = 2
    words = {"type": "--type", "autoattach": "--attach!", "map": "--map"}  # noqa: RUF012
    instead = {  # noqa: RUF012
        "pinmaps": "maps are pinned at FOLDER/maps/NAME; `ebpf map pin` gives one another name",
        **dict.fromkeys(("dev", "offload_dev", "xdpmeta_dev"), "programs are not given to network cards here"),
        "kernel_btf": "types are this kernel's own",
    }

    def option(self, word: str, option: str, rest: list[str]) -> list[str]:
        if word != "map":
            return super().option(word, option, rest)
        by = rest.pop(0)
        if by != "name" or len(rest) < 2:
            raise click.UsageError("map: which one is it for? map name NAME MAP")
        name, first = rest.pop(0), rest.pop(0)
        return [option, f"{name}={first} {rest.pop(0)}" if first in KEYWORDS and rest else f"{name}={first}"]


@command.command("load", cls=_Load, short_help="Load an object file and pin what is in it.")
@click.argument("file", type=click.Path())
@click.argument("folder", type=click.Path())
@click.option("--attach", is_flag=True, help="Attach its programs where their sections say, and pin that too.")
@click.option(
    "--at", "places", multiple=True, metavar="[PROG=]PLACE", help=f"Attach, and: {PLACES[0].lower()}{PLACES[1:]}"
)
@click.option(
    "--type",
    "kinds",
    multiple=True,
    metavar="[PROG=]TYPE",
    help="What a program is whose section doesn't say: xdp, tc …",
)
@click.option(
    "--map", "maps", multiple=True, metavar="NAME=MAP", help="Take this map of the kernel for the object's own."
)
@AS_JSON
def load(
    file: str,
    folder: str,
    attach: bool,
    places: tuple[str, ...],
    kinds: tuple[str, ...],
    maps: tuple[str, ...],
    as_json: bool,
) -> None:
    """Loads FILE (an object file or C source) into the kernel and pins what is in it: FOLDER/programs/NAME, FOLDER/maps/NAME, and
    with --attach FOLDER/links/NUMBER. It stays when this command ends: `rm -r FOLDER` takes it away."""
    import ebpf
    from ebpf.kernel import pins

    spec = inputs.read_spec(file)
    inputs.take_types(spec, kinds)
    with ExitStack() as stack:
        given = {}
        for text in maps:
            name, equals, which = text.partition("=")
            if not equals or name not in spec.maps:
                known = ", ".join(spec.maps) or "none"
                raise click.UsageError(f"--map {text}: NAME=MAP is wanted, of the object's maps: {known}")
            given[name] = stack.enter_context(open_map(only(which.split(), "map")))
        obj = stack.enter_context(ebpf.load(spec, engine="kernel", maps=given))
        if attach or places:
            attacher = Attacher(obj, places)
            obj.attach(lambda program: [program.attach(hook) for hook in attacher.hooks(program)])
            if attacher.left:
                say(f"not attached: {', '.join(attacher.left)}")
        obj.pin(folder)
    found = [path for path, _ in pins.walk(folder)]
    click.echo(as_text(found) if as_json else "\n".join(found))


@command.command("tracelog", hidden=True)
@click.argument("words", nargs=-1)
@AS_JSON
@click.pass_context
def tracelog(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """bpftool's word for `ebpf trace`, and with a program for `ebpf prog stream`."""
    from ebpf.cli.trace import command as trace

    if words:
        ctx.invoke(stream, words=words)
    else:
        ctx.invoke(trace, pids=(), comms=(), duration=None, as_json=as_json)


@command.command("stream", short_help="Show what a program wrote to its streams.")
@click.argument("words", nargs=-1, metavar="[stdout|stderr] PROG")
def stream(words: tuple[str, ...]) -> None:
    """Shows what PROG wrote to its stdout (as if not said) or stderr by bpf_stream_printk since it was last read. Linux 6.17."""
    rest = list(words)
    which = ("stdout", "stderr").index(rest.pop(0)) + 1 if rest and rest[0] in ("stdout", "stderr") else 1
    with open_program(only(rest, "prog")) as program:
        click.echo(program.stream(which).decode(errors="replace"), nl=False)
