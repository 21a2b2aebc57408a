"""`ebpf features`: what this kernel has, and what of it this process may use."""

from __future__ import annotations

import click


@click.command("features", short_help="Say what this kernel and this process can do.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each, for machines.")
@click.option("--missing", is_flag=True, help="Only what isn't here.")
def command(as_json: bool, missing: bool) -> None:
    """Asks the kernel for each map type, program type and source of events by making the smallest one. Nothing stays."""
    import json

    from ebpf.kernel import features, sys

    rows = [row for row in features.table() if row.lacks or not missing]
    if as_json:
        for row in rows:
            since = ".".join(map(str, row.since))
            click.echo(json.dumps({"kind": row.kind, "name": row.name, "since": since, "lacks": row.lacks}))
        return
    release = ".".join(map(str, sys.kernel_release()))
    click.echo(f"Linux {release} on {sys.machine}")
    kind = ""
    for row in rows:
        if row.kind != kind:
            kind = row.kind
            click.echo(f"\n{kind}")
        since = f"{row.since[0]}.{row.since[1]}"
        click.echo(f"  {row.name:32} {'yes' if not row.lacks else 'no':4} since Linux {since:6} {row.lacks}".rstrip())
