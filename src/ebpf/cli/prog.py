"""`ebpf prog`: the programs of the running kernel."""

from __future__ import annotations

import click

from ebpf.cli.map import group

command = group("prog", "programs")


@command.command("dump", short_help="Show the bytecode that the kernel runs.")
@click.argument("number", metavar="ID", type=int)
def dump(number: int) -> None:
    """Shows the bytecode of a program after the verifier's changes, by the program's id."""
    import os
    import sys

    from ebpf.asm import decode
    from ebpf.asm.disassembler import disassemble
    from ebpf.errors import NotSupported
    from ebpf.kernel.info import OBJ, prog_array

    fd = OBJ["prog"].open(number)
    try:
        code = prog_array(fd, "xlated_prog_insns")
    finally:
        os.close(fd)
    if not code:
        raise NotSupported(f"the bytecode of program {number}", why="the kernel doesn't show it to this process")
    for line in disassemble(decode(code, sys.byteorder)):
        click.echo(line)
