"""What a command's FILE is: an object file, C (which is compiled), or `-`, either of them on standard input."""

from __future__ import annotations

import sys

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.spec import ObjectSpec, ProgramSpec

#: What messages call standard input.
STDIN = "<stdin>"
HELP = "an object file of either byte order, or a C file, which is compiled; `-` is one of these on standard input"


def read_stdin() -> bytes:
    return sys.stdin.buffer.read()


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises OSError."""
    if name == "-":
        return read_stdin()
    with open(name, "rb") as file:
        return file.read()


def read_spec(name: str) -> ObjectSpec:
    """The object that a command's FILE is. Raises ObjectError, CompileError."""
    from ebpf import api, elf

    if name != "-":
        return api.compile(name) if name.endswith(".c") else api.read(name)
    data = read_stdin()
    if not data or data[:4] == b"\x7fELF":
        return elf.read(data, path=STDIN)
    return api.compile(STDIN, text=data)


def take_types(spec: ObjectSpec, given: Sequence[str], option: str = "--type") -> None:
    """`--type [PROG=]TYPE`: makes programs what they are said to be; without PROG those whose section says nothing, or the only
    one."""
    for text in given:
        name, equals, kind = text.partition("=")
        if equals:
            chosen = [program_of(spec, name)]
        else:
            kind, programs = name, list(spec.programs.values())
            chosen = [program for program in programs if not program.type] or programs
            if len(chosen) > 1 and chosen == programs and all(program.type for program in programs):
                raise click.UsageError(
                    f"{option}: which program is {kind}? PROG={kind}, one of {', '.join(spec.programs)}"
                )
        for program in chosen:
            take_type(program, kind, option)


def take_type(program: ProgramSpec, kind: str, option: str = "--type") -> None:
    """Makes a program what it is said to be. Raises UsageError."""
    from ebpf.elf import sections

    try:
        sections.take_type(program, kind)
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from None


def known(spec: ObjectSpec, program: ProgramSpec) -> ProgramSpec:
    """The program, if its section (or --type) says what it is. Raises ObjectError."""
    from ebpf.elf.sections import unknown_section
    from ebpf.errors import ObjectError

    why = unknown_section(program)
    if why:
        raise ObjectError(f"program {program.name}: {why}; here --type says it", path=spec.path)
    return program


def program_of(spec: ObjectSpec, name: str) -> ProgramSpec:
    """A program by its name. Raises UsageError."""
    from ebpf.errors import did_you_mean

    found = spec.programs.get(name)
    if found is None:
        known = ", ".join(spec.programs) or "none"
        raise click.UsageError(f"no program {name!r}{did_you_mean(name, spec.programs)}; there are {known}")
    return found


def only(spec: ObjectSpec, name: str) -> None:
    """Leaves all programs of an object out but one, and those that its maps hold."""
    held = {thing for map_ in spec.maps.values() for _, thing in map_.contents if isinstance(thing, str)}
    for program in spec.programs.values():
        program.autoload = program.name == name or (program.autoload and program.name in held)
