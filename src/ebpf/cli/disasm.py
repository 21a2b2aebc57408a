"""`ebpf disasm`: the bytecode of an object file as text, with its C lines."""

from __future__ import annotations

import json

import click

from ebpf.asm import disassemble
from ebpf.cli.bpftool import json_option
from ebpf.cli.inputs import read_file, read_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from ebpf.spec import ObjectSpec, ProgramSpec


_HEX = frozenset(b"0123456789abcdefABCDEF")


@click.command("disasm", short_help="Show the bytecode of an object file, with its C lines.")
@click.argument("file", type=click.Path())
@click.option("--prog", "names", multiple=True, metavar="NAME", help="Only this program; may be given again.")
@click.option("--source", is_flag=True, help="Show the C lines, and where they are.")
@click.option("--no-numbers", is_flag=True, help="No slot numbers: what comes out can be assembled again.")
@click.option("--raw", is_flag=True, help="FILE is bytecode alone: bytes, or hex digits as `ebpf asm` prints them.")
@click.option(
    "--target",
    type=click.Choice(["bpfel", "bpfeb", "native"]),
    default="native",
    help="The byte order of raw bytecode.",
)
@json_option("One JSON object a program, an entry a line.")
def command(
    file: str, names: tuple[str, ...], source: bool, no_numbers: bool, raw: bool, target: str, as_json: bool
) -> None:
    """Shows the programs of FILE: an object file of either byte order, or a C file, which is compiled; `-` is one of these
    on standard input."""
    spec = raw_spec(file, target) if raw else read_spec(file)
    unknown = [name for name in names if name not in spec.programs]
    if unknown:
        raise click.UsageError(f"{file} has no program {unknown[0]}; it has {', '.join(spec.programs) or 'none'}")
    shown = [program for name, program in spec.programs.items() if not names or name in names]
    for number, program in enumerate(shown):
        lines = as_text(spec, program, source=source, numbers=not no_numbers)
        if as_json:
            click.echo(json.dumps({"name": program.name, "section": program.section, "lines": lines}))
            continue
        if number:
            click.echo()
        click.echo(f'; {program.name}: SEC("{program.section}"), {program.type.label}')
        click.echo("\n".join(lines))


def raw_spec(file: str, target: str) -> ObjectSpec:
    """Bytecode with nothing around it, as an object of one program. AsmError if it is none."""
    import sys

    from ebpf.errors import AsmError
    from ebpf.spec import ObjectSpec, ProgramSpec

    code = read_file(file)
    digits = code.split()
    if digits and all(len(one) % 2 == 0 and set(one) <= _HEX for one in digits):
        code = bytes.fromhex(b"".join(digits).decode())
    if not code or len(code) % 8:
        raise AsmError(f"{file}: {len(code)} bytes are no whole number of instructions of 8")
    order: Literal["little", "big"] = "little" if target == "bpfel" else "big" if target == "bpfeb" else sys.byteorder
    return ObjectSpec(programs={"raw": ProgramSpec("raw", code=code, section=file)}, byte_order=order)


def as_text(spec: ObjectSpec, program: ProgramSpec, *, source: bool = False, numbers: bool = True) -> list[str]:
    """The lines of one program."""
    return list(
        disassemble(
            program.code,
            byte_order=spec.byte_order,
            functions=program.functions,
            references=program.references,
            lines=program.lines if source else (),
            places=source,
            numbers=numbers,
        )
    )
