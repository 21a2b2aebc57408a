"""`bpf2py`, and `ebpf bind`: a C file → object files and one typed Python module."""

from __future__ import annotations

import json
import os
import shlex
import sys

import click

from ebpf.cli.bpftool import json_option
from ebpf.errors import EbpfError


@click.command(
    "bind",
    short_help="Write a typed Python module for a C file (bpf2py).",
    epilog="C flags follow two dashes. Environment: BPF2PY_CC, BPF2PY_CFLAGS, BPF2PY_TARGET, BPF2PY_MAKEBASE stand for the"
    " options; BPF2PY_FLAGS is put before all other arguments.",
)
@click.argument("stem")
@click.argument("source", type=click.Path())
@click.argument("cflags", nargs=-1, type=click.UNPROCESSED, metavar="[-- CFLAGS]...")
@click.option(
    "--cc", "-cc", envvar="BPF2PY_CC", metavar="PATH", help="The clang to use, or zig for the ziglang wheel's."
)
@click.option(
    "--cflags", "-cflags", "more_cflags", envvar="BPF2PY_CFLAGS", default="", metavar="FLAGS", help="C flags."
)
@click.option(
    "--target",
    "-target",
    envvar="BPF2PY_TARGET",
    default="bpfel,bpfeb",
    show_default=True,
    metavar="LIST",
    help="What to compile for: bpfel, bpfeb, native, or machines (x86, arm64, ...).",
)
@click.option("--type", "-type", "types", multiple=True, metavar="NAME", help="A C type to bind, too. May be repeated.")
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="MAP=TYPE",
    help="The C type of a ring or perf buffer's records, where the C doesn't say it. May be repeated.",
)
@click.option(
    "--vmlinux",
    envvar="BPF2PY_VMLINUX",
    type=click.Choice(["auto", "kernel", "shipped"]),
    default="auto",
    show_default=True,
    help="Whose vmlinux.h a source gets that brings none; `shipped` gives the same bytes on every machine.",
)
@click.option(
    "--global-types/--no-global-types",
    " /-no-global-types",
    default=True,
    help="Bind the types of map keys, values and variables.",
)
@click.option("--strip/--no-strip", " /-no-strip", default=True, help="Leave debug information out of the objects.")
@click.option("-I", "include", multiple=True, metavar="FOLDER", help="A folder with headers. May be repeated.")
@click.option("-D", "define", multiple=True, metavar="NAME[=VALUE]", help="A macro to define. May be repeated.")
@click.option("--output-dir", "-output-dir", default=".", metavar="FOLDER", help="Where to write to.")
@click.option(
    "--output-stem", "-output-stem", default="", metavar="NAME", help="What to call the files; the stem by default."
)
@click.option("--output-suffix", "-output-suffix", default="", metavar="TEXT", help="What to put before .py.")
@click.option("--embed", is_flag=True, help="Put the objects into the module, not beside it.")
@click.option(
    "--makebase", "-makebase", envvar="BPF2PY_MAKEBASE", metavar="FOLDER", help="Write a depfile, relative to it."
)
@click.option(
    "--check",
    is_flag=True,
    envvar="BPF2PY_CHECK",
    help="Write nothing; the exit status is 1 if what is there isn't what would be written.",
)
@json_option("Print what was written as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def command(
    stem: str,
    source: str,
    cflags: tuple[str, ...],
    cc: str | None,
    more_cflags: str,
    target: str,
    types: tuple[str, ...],
    events: tuple[str, ...],
    vmlinux: str,
    global_types: bool,
    strip: bool,
    include: tuple[str, ...],
    define: tuple[str, ...],
    output_dir: str,
    output_stem: str,
    output_suffix: str,
    embed: bool,
    makebase: str | None,
    check: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Compiles SOURCE (a C file; or an object, as it is) and writes STEM_bpfel.o, STEM_bpfeb.o and STEM.py.

    The module has one class, named after STEM, with an attribute for each program, map and variable, and record classes for
    the C types they use.
    """
    from ebpf.bind.bpf2py import bpf2py

    try:
        flags = shlex.split(more_cflags)
    except ValueError as error:
        raise click.UsageError(f"--cflags (or BPF2PY_CFLAGS): {error}") from None
    try:
        written = bpf2py(
            stem,
            source,
            target=target,
            cc=cc,
            cflags=[*flags, *cflags],
            include=include,
            define=define,
            types=types,
            events=named_events(events),
            vmlinux=vmlinux,
            global_types=global_types,
            strip=strip,
            output_dir=output_dir,
            output_stem=output_stem,
            output_suffix=output_suffix,
            embed=embed,
            makebase=makebase,
            check=check,
            report=lambda line: click.echo(line, err=True),
        )
    except ValueError as error:
        if isinstance(error, EbpfError):
            raise
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps([{"path": str(one.path), "changed": one.changed} for one in written]))
    elif not quiet:
        for one in written:
            done = "differs" if check else "wrote"
            click.echo(f"{done if one.changed else 'kept'} {one.path}")
    return 1 if check and any(one.changed for one in written) else 0


def named_events(events: tuple[str, ...]) -> dict[str, str]:
    """MAP=TYPE, by map."""
    out = {}
    for one in events:
        name, equals, type_name = one.partition("=")
        if not (name and equals and type_name):
            raise click.UsageError(f"--event {one}: MAP=TYPE is wanted")
        out[name] = type_name
    return out


def main() -> None:
    """What `bpf2py` runs, and `python -m ebpf.cli.bind` in `ebpf generate`."""
    from ebpf.cli import status
    from ebpf.cli.main import guarded, say

    try:
        flags = shlex.split(os.environ.get("BPF2PY_FLAGS", ""))
    except ValueError as error:
        say(f"BPF2PY_FLAGS: {error}", "bpf2py")
        sys.exit(status.USAGE)
    sys.exit(guarded(command, "bpf2py", [*flags, *sys.argv[1:]]))


if __name__ == "__main__":
    main()
