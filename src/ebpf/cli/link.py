"""`ebpf link`: the attachments of the running kernel; and, as `ebpf link OUTPUT FILE...`, several object files → one."""

from __future__ import annotations

import json
import os

import click

from ebpf.cli.inventory import Verbs, group, only, open_one
from ebpf.cli.output import AS_JSON, print_array, table


class Links(Verbs):
    """What is no command of its own is what object files are linked into."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        is_file = args[0].startswith("-") or os.path.sep in args[0] or args[0].endswith(".o")
        if is_file and self.get_command(ctx, args[0]) is None:
            return "objects", objects, args
        return super().resolve_command(ctx, args)


command = group("link", "attachments", cls=Links)
command.context_settings = {"ignore_unknown_options": True}
command.help = (
    "The attachments of this kernel, whoever made them.\n\n"
    "`ebpf link OUTPUT FILE...` links object files into one: see `ebpf link objects --help`."
)


@command.command("detach", short_help="Detach one now, whoever holds it.")
@click.argument("words", nargs=-1, metavar="LINK")
def detach(words: tuple[str, ...]) -> None:
    """Detaches one now, whoever else holds it (Linux 5.9). Links of probes and tracing go only when nobody holds them."""
    from ebpf.hooks import Hook
    from ebpf.kernel.links import FoundLink

    with FoundLink(Hook(), open_one("link", only(words, "link"))) as link:
        link.detach()


@command.command("at", short_help="List what is attached to an interface or a cgroup, by links or not.")
@click.argument("place", default="")
@AS_JSON
def at(place: str, as_json: bool) -> None:
    """Lists the programs at PLACE, the name of an interface or the folder of a cgroup: those that links hold, and those that
    netlink or BPF_PROG_ATTACH put there. Without PLACE, those at each interface of this network namespace."""
    import socket

    from ebpf.kernel import query

    if os.path.sep in place:
        rows = query.of_cgroup(place)
    elif place:
        rows = query.of_interface(place)
    else:
        rows = [{"devname": name} | row for _, name in socket.if_nameindex() for row in query.of_interface(name)]
    if as_json:
        print_array(rows)
    elif rows:
        device = [] if place else ["devname"]
        table((*device, "attach_type", "prog_id", "name", "link_id", "flags"), rows)
    else:
        click.echo(f"nothing is attached to {place or 'any interface here'}")


@command.command("objects", short_help="Link object files into one: `ebpf link OUTPUT FILE...` does it, too.")
@click.argument("output", type=click.Path(dir_okay=False))
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--strip", is_flag=True, help="Leave debug information and unused symbols out (BTF stays).")
@AS_JSON
def objects(output: str, files: tuple[str, ...], strip: bool, as_json: bool) -> None:
    """Links FILEs (objects of one byte order, or C files) into OUTPUT, as `bpftool gen object` does: what one declares extern is
    found in the others; types are merged."""
    from ebpf import api

    data = api.link(files, output, strip=strip)
    if as_json:
        click.echo(json.dumps({"path": output, "bytes": len(data)}))
    else:
        click.echo(f"wrote {output}, {len(data)} bytes")
