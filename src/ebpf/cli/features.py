"""`ebpf features`: what this kernel has, and what of it this process may use."""

from __future__ import annotations

import click

from ebpf.cli.output import AS_JSON, print_array

#: What bpftool's users may put behind `feature` → what to type.
_INSTEAD = {
    "list_builtins": "`ebpf features --json` lists types, `ebpf features --helpers TYPE` helpers",
    "dev": "a network card is not asked",
    "unprivileged": "run `ebpf features` as that user",
    "macros": "no C is written; --json is for machines",
}


class _Words(click.Command):
    """`feature probe kernel` is what it does anyway."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = list(args)
        for word in ("probe", "kernel", "full"):
            if rest[:1] == [word]:
                rest.pop(0)
        if rest and rest[0] in _INSTEAD:
            raise click.UsageError(f"{rest[0]}: {_INSTEAD[rest[0]]}", ctx)
        return super().parse_args(ctx, rest)


@click.command("features", cls=_Words, short_help="Say what this kernel and this process can do.")
@AS_JSON
@click.option("--missing", is_flag=True, help="Only what isn't here.")
@click.option("--helpers", metavar="TYPE", help="The helpers that programs of this type may call, instead.")
def command(as_json: bool, missing: bool, helpers: str | None) -> None:
    """Asks the kernel for each map type, program type and source of events by making the smallest one, and says what this process
    may do. Nothing stays."""
    from ebpf.kernel import features, sys
    from ebpf.uapi.prog_types import ProgType

    if helpers is not None:
        known = {one.label: one for one in ProgType if one}
        if helpers not in known:
            raise click.UsageError(f"no program type {helpers!r}; there are {', '.join(known)}")
        found = features.helpers(known[helpers])
    else:
        found = features.table()
    rows = [row for row in found if row.lacks or not missing]
    if as_json:
        print_array(
            {"kind": row.kind, "name": row.name, "since": ".".join(map(str, row.since)), "lacks": row.lacks}
            for row in rows
        )
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
