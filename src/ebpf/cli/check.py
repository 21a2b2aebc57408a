"""`ebpf check`: what a kernel lacks of what an object needs, without loading it there."""

from __future__ import annotations

import json

import click

from ebpf.cli import status
from ebpf.cli.bpftool import json_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ebpf.elf.against import Missing
    from ebpf.spec import ObjectSpec


@click.command("check", short_help="Say what a kernel lacks of what an object needs.")
@click.argument("file", type=click.Path())
@click.option(
    "--btf",
    "types",
    multiple=True,
    type=click.Path(),
    metavar="TYPES",
    help="The kernel's types: a BTF file or a vmlinux; this kernel's if not given. May be given more than once.",
)
@json_option("Print it as JSON.")
def command(file: str, types: tuple[str, ...], as_json: bool) -> int:
    """Says, without loading anything, what each kernel lacks of what FILE (an object file, or C, which is compiled)
    needs: fields and types that CO-RE can't find, helpers, kfuncs, map types, program types, functions and tracepoints
    to attach to. The exit status is 4 if anything is missing."""
    from ebpf.cli.btf import read_types
    from ebpf.cli.inputs import read_spec
    from ebpf.elf.against import missing

    spec = read_spec(file)
    targets = {name: read_types(name) for name in types} or {"this kernel": read_types("")}
    found = {name: missing(spec, target) for name, target in targets.items()}
    if not types:
        found["this kernel"] += _lacking_here(spec)
    if as_json:
        data: list[dict[str, Any]] = [
            {"types": name, "missing": [dict(zip(one._fields, one._astuple(), strict=True)) for one in lacking]}
            for name, lacking in found.items()
        ]
        click.echo(json.dumps(data, indent=2))
    else:
        for name, lacking in found.items():
            click.echo(f"{name}: {len(lacking) or 'nothing'} missing")
            for one in lacking:
                click.echo("  " + str(one).replace("\n", "\n  "))
    return status.OBJECT if any(found.values()) else status.OK


def _lacking_here(spec: ObjectSpec) -> Iterator[Missing]:
    """What types don't tell and this kernel does: its configuration, and the symbols that have no type."""
    from ebpf.elf import kconfig
    from ebpf.elf.against import Missing, is_typed
    from ebpf.kernel.kallsyms import address_of

    settings = [one for one in spec.variables.values() if one.map == kconfig.MAP and not one.weak]
    facts = kconfig.this_machine([one.name for one in settings]) if settings else {}
    for one in settings:
        if one.name not in facts:
            why = "isn't known of this kernel; declare it __weak, or give its value"
            yield Missing(kconfig.MAP, "configuration", one.name, why)
    for program in spec.programs.values():
        symbols = [one for one in program.references if one.kind == "ksym" and not one.weak]
        asked = {one.name for one in symbols if not is_typed(program, one)}
        for name in sorted(asked):
            if address_of(name) is None:
                yield Missing(program.name, "symbol", name, "this kernel has no such symbol (/proc/kallsyms)")
