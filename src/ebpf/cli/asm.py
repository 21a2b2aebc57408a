"""`ebpf asm`: assembly text → bytecode."""

from __future__ import annotations

import json

import click

from ebpf.cli.bpftool import json_option
from ebpf.cli.inputs import read_file
from ebpf.errors import AsmError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_ORDERS: dict[str, Literal["little", "big"]] = {"bpfel": "little", "bpfeb": "big"}


@click.command("asm", short_help="Assemble text to bytecode.")
@click.argument("file", type=click.Path(allow_dash=True), default="-")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write the bytes there; else hex digits are printed."
)
@click.option(
    "--target",
    type=click.Choice([*_ORDERS, "native"]),
    default="native",
    show_default=True,
    help="The byte order.",
)
@click.option("--cpu", metavar="VERSION", help="Refuse what that instruction set lacks: v1 to v4.")
@json_option("Print the instructions and the names they refer to as JSON.")
def command(file: str, output: str | None, target: str, cpu: str | None, as_json: bool) -> None:
    """Assembles FILE (standard input, if not given): lines as llvm-objdump, bpftool and the verifier's log print them, and the
    mnemonics of ubpf. `ebpf disasm --raw` is the way back. docs/assembly.md tells what is read."""
    import sys

    from ebpf import asm
    from ebpf.build import write_object

    order = _ORDERS.get(target) or sys.byteorder
    try:
        text = read_file(file).decode()
    except UnicodeDecodeError as error:
        raise AsmError(f"{file} is no UTF-8 text: byte {error.start:#x}") from None
    try:
        listing = asm.parse(text)
        asm.check(listing.instructions, version=_version(cpu) if cpu else None)
    except AsmError as error:
        raise AsmError(f"{file}: {error}") from None
    code = asm.encode(listing.instructions, order)
    if output is not None:
        write_object(output, code)
    if as_json:
        names = [{"slot": one.slot, "kind": one.kind, "name": one.name} for one in listing.references]
        labels = [{"slot": one.slot, "name": one.name} for one in listing.labels]
        click.echo(json.dumps({"bytes": code.hex(), "references": names, "labels": labels}))
    elif output is not None:
        click.echo(f"wrote {output}, {len(code)} bytes")
    else:
        for at in range(0, len(code), 8):
            click.echo(code[at : at + 8].hex(" "))


def _version(cpu: str) -> int:
    if cpu not in ("v1", "v2", "v3", "v4"):
        raise click.BadParameter(f"{cpu!r} is none of v1, v2, v3, v4", param_hint="--cpu")
    return int(cpu[1])
