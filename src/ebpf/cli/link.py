"""`ebpf link`: several object files → one."""

from __future__ import annotations

import json

import click


@click.command("link", short_help="Link object files into one.")
@click.argument("output", type=click.Path(dir_okay=False))
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--strip", is_flag=True, help="Leave debug information and unused symbols out (BTF stays).")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def command(output: str, files: tuple[str, ...], strip: bool, as_json: bool) -> None:
    """Links FILEs (objects of one byte order) into OUTPUT, as `bpftool gen object` does: what one declares extern is found in
    the others; types are merged."""
    from ebpf import api

    data = api.link(files, output, strip=strip)
    if as_json:
        click.echo(json.dumps({"path": output, "bytes": len(data)}))
    else:
        click.echo(f"wrote {output}, {len(data)} bytes")
