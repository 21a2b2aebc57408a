"""`ebpf vmlinux`: a kernel's types as the header vmlinux.h."""

from __future__ import annotations

import click


@click.command("vmlinux", short_help="Write vmlinux.h: a kernel's types as a C header.")
@click.argument("output", type=click.Path(dir_okay=False, allow_dash=True), default="-")
@click.option(
    "--btf",
    "types",
    type=click.Path(),
    help="The kernel's types: a BTF file, or a vmlinux; this kernel's if not given.",
)
@click.option("--kfuncs", is_flag=True, help="Declare the kernel's kfuncs, too.")
def command(output: str, types: str | None, kfuncs: bool) -> None:
    """Writes the types of a kernel to OUTPUT (standard output, if not given) as a C header, for programs that are
    relocated to the kernel they come to run on (CO-RE)."""
    from ebpf.btf import header
    from ebpf.build import write_object
    from ebpf.cli.btf import read_types

    text = header.header(read_types(types or ""), kfuncs=header.ALL_KFUNCS if kfuncs else "")
    if output == "-":
        click.echo(text, nl=False)
        return
    write_object(output, text.encode())
    click.echo(f"wrote {output}, {len(text)} bytes")
