"""`ebpf build`: C files → object files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from ebpf.build import INCLUDE, compile_c, make_rule, write_object
from ebpf.cli.bpftool import json_option
from ebpf.cli.inputs import STDIN, read_stdin
from ebpf.errors import CompileError


@click.command(
    "build",
    short_help="Compile C to object files.",
    epilog="C flags follow two dashes. The compiler is --cc, else $EBPF_CC, else clang 14 or later on the PATH, else the one "
    "in the wheel `ziglang` (pip install 'ebpf[clang]'). Objects are kept in $XDG_CACHE_HOME/ebpf.",
)
@click.argument("sources", nargs=-1, type=click.Path(), metavar="SOURCE...")
@click.option("-o", "--output", metavar="PATH", help="The object file, or the folder for several.")
@click.option("-O", "opt", default="2", show_default=True, metavar="LEVEL", help="How much to optimise: 0 to 3, s, z.")
@click.option("-I", "include", multiple=True, metavar="FOLDER", help="A folder with headers, before ours. Repeatable.")
@click.option("-D", "define", multiple=True, metavar="NAME[=VALUE]", help="A macro to define. Repeatable.")
@click.option(
    "--target",
    default="native",
    show_default=True,
    metavar="LIST",
    help="bpfel, bpfeb, native, or machines (x86, arm64, ...): one object for each.",
)
@click.option("--arch", metavar="MACHINE", help="Whose registers PT_REGS_... reads, where --target is a byte order.")
@click.option("--cpu", default="v3", show_default=True, metavar="VERSION", help="The instruction set: v1 to v4.")
@click.option(
    "--vmlinux",
    type=click.Choice(["auto", "kernel", "shipped"]),
    default="auto",
    show_default=True,
    help="Whose vmlinux.h a source gets that brings none: this kernel's, or the one that comes with ebpf.",
)
@click.option("--cc", metavar="PATH", help="The clang to use, or zig for the ziglang wheel's.")
@click.option(
    "-MD", "--depfile", "depfile", is_flag=True, help="Write what each object was made of to a .d file, for make."
)
@click.option("-MF", "depfile_path", metavar="FILE", help="Where to write that, for a single object.")
@click.option("--strip", is_flag=True, help="Leave debug information out; types (BTF) and lines stay.")
@click.option("--cache/--no-cache", default=True, help="Take what was compiled before, and keep what is.")
@click.option("--timeout", default=300.0, show_default=True, metavar="SECONDS", help="Stop the compiler after that.")
@click.option("--include-dir", is_flag=True, help="Print the folder of our headers, and stop.")
@json_option("Print what was written as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    sources: tuple[str, ...],
    output: str | None,
    opt: str,
    include: tuple[str, ...],
    define: tuple[str, ...],
    target: str,
    arch: str | None,
    cpu: str,
    cc: str | None,
    vmlinux: str,
    depfile: bool,
    depfile_path: str | None,
    strip: bool,
    cache: bool,
    timeout: float,
    include_dir: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compile C files for BPF, each to one object file a target.

    An object is called after its source (x.bpf.c gives x.bpf.o in this folder); with several targets, after both
    (x.bpf_bpfel.o).
    """
    if include_dir:
        click.echo(str(INCLUDE))
        return
    files, flags = split_flags(sources)
    if not files:
        raise click.UsageError("no C file to compile")
    if "-" in files and (len(files) > 1 or output is None):
        raise click.UsageError("C on standard input (-) is compiled alone, and -o says where to")
    text = read_stdin() if files == ["-"] else None
    targets = [name.strip() for name in target.split(",") if name.strip()]
    places = outputs(files, targets, output)
    if depfile_path and len(places) > 1:
        raise click.UsageError(f"-MF names one file, and there are {len(places)} objects: use -MD")
    written = []
    for (source, name), place in places.items():
        try:
            compiled = compile_c(
                source if text is None else STDIN,
                target=name,
                cc=cc,
                cflags=flags,
                include=include,
                define=define,
                opt=f"-O{opt}",
                cpu=cpu,
                arch=arch,
                vmlinux=vmlinux,
                cache=cache,
                timeout=timeout,
                text=text,
            )
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        if not quiet:
            for line in compiled.warnings:
                print(line, file=sys.stderr)
        data = stripped(compiled.data) if strip else compiled.data
        write_object(place, data)
        if depfile or depfile_path:
            rule = make_rule([str(place)], compiled.inputs)
            write_object(Path(depfile_path) if depfile_path else place.with_suffix(".d"), rule)
        written.append({"source": source, "target": name, "object": str(place), "bytes": len(data)})
        if not quiet and not as_json:
            click.echo(f"{place}: {len(data)} bytes" + (", from the cache" if compiled.cached else ""))
    if as_json:
        click.echo(json.dumps(written, indent=2))


def stripped(data: bytes) -> bytes:
    from ebpf.elf.writer import strip

    return strip(data)


def split_flags(arguments: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Files, and the C flags behind the two dashes (which click takes away): from the first that looks like a flag."""
    for at, argument in enumerate(arguments):
        if argument.startswith("-") and argument != "-":
            return list(arguments[:at]), list(arguments[at:])
    return list(arguments), []


def outputs(files: list[str], targets: list[str], output: str | None) -> dict[tuple[str, str], Path]:
    """(source, target) → where its object goes. Two that would go to one place are a usage error."""
    if not targets:
        raise click.UsageError("--target names nothing")
    several = len(files) * len(targets) > 1
    folder = Path()
    if output is not None:
        whole = Path(output)
        if several or whole.is_dir() or output.endswith(("/", os.sep)):
            folder = whole
        else:
            return {(files[0], targets[0]): whole}
    places: dict[tuple[str, str], Path] = {}
    for source in files:
        stem = Path(source).name.removesuffix(".c")
        for target in targets:
            place = folder / (f"{stem}_{target}.o" if len(targets) > 1 else f"{stem}.o")
            if place in places.values():
                raise click.UsageError(f"two objects would be called {place}")
            places[source, target] = place
    if output is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CompileError(f"{folder} can't be made: {error.strerror}") from error
    return places
