"""What bpftool's users type first, where it is spelled otherwise here: words for options, and what to type for the rest."""

from __future__ import annotations

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

KEYWORDS = ("id", "name", "tag", "pinned")
#: Its objects that are no command of ours → what to type.
OBJECTS = {
    "batch": "a shell script of `ebpf` commands",
    "cgroup": "`ebpf link at /sys/fs/cgroup/…`; `ebpf run` and `ebpf prog load` attach with --at /sys/fs/cgroup/…",
    "gen": "`ebpf bind` for a module from C, `ebpf link OUTPUT FILE...` for `object`, `ebpf btf minimal` for `min_core_btf`",
    "iter": "`ebpf prog load FILE FOLDER --attach`: reading FOLDER/links/0 runs it",
    "net": "`ebpf link at [INTERFACE]`; `ebpf run` and `ebpf prog load` attach with --at INTERFACE",
    "perf": "`ebpf link list`: attachments to perf events, with what they count",
    "struct_ops": "`ebpf map list` and `map dump`; `ebpf prog load FILE FOLDER --attach` registers",
    "token": "docs/kernel.md: a token is used where there is one",
    "version": "`ebpf --version`",
}
#: Kind → its verb → what to type.
VERBS = {
    "prog": {
        "attach": "`ebpf prog load FILE FOLDER --at PLACE` attaches as it loads",
        "detach": "`ebpf link detach LINK`; what was attached without a link goes with its map, socket or cgroup",
    }
}


def flag(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    """A flag that may also stand before the command, as bpftool's do: `ebpf -j map show`."""
    meta, name = ctx.meta, param.name or ""
    meta[name] = value or meta.get(name, False) or (name == "as_json" and meta.get("pretty", False))
    return bool(meta[name])


def json_option(help: str, *, short: str = "-j") -> Callable[[Any], Any]:
    """The option --json; the function gets `as_json`."""
    return click.option("--json", *filter(None, [short]), "as_json", is_flag=True, callback=flag, help=help)


class Group(click.Group):
    """Commands with other words for them; of a word that is none it says what was meant. `help` is `--help`."""

    #: Another word → its command.
    aliases: dict[str, str] = {}  # noqa: RUF012 - set once, for each group
    #: A word of bpftool's that is no command of ours → what to type.
    instead: dict[str, str] = {}  # noqa: RUF012

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, self.aliases.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[:1] == ["help"]:
            click.echo(ctx.get_help())
            ctx.exit()
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"no command {args[0]!r}{self._meant(ctx, args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def _meant(self, ctx: click.Context, word: str) -> str:
        import difflib

        if word in self.instead:
            return f": {self.instead[word]}"
        known = self.list_commands(ctx)
        words = [*known, *self.aliases]
        close = [one for one in words if one.startswith(word)] or difflib.get_close_matches(word, words, 1)
        return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(known)}"


class Worded(click.Command):
    """Takes words for options, behind the object or path that comes first: `create PATH type hash key 4` is `create PATH --type
    hash --key 4`, `run id 5 data_in FILE` is `run id 5 --data FILE`."""

    #: How many words come first; 0: an object, which is two if the first is `id`, `name`, `tag` or `pinned`.
    first = 0
    #: Word → its option; "--x!" takes nothing behind it, "" is passed over with the one word behind it.
    words: dict[str, str] = {}  # noqa: RUF012 - set once, for each command
    #: Word → what to type instead.
    instead: dict[str, str] = {}  # noqa: RUF012

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self.as_options(ctx, args))

    def as_options(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = self.first or (2 if args and args[0] in KEYWORDS else 1)
        if any(word.startswith("-") for word in args[:at]):
            return args
        out = args[:at]
        rest = args[at:]
        while rest:
            word = rest.pop(0)
            if word in self.instead:
                raise click.UsageError(f"{word}: {self.instead[word]}", ctx)
            if word.startswith("-") and rest and self._takes(word):
                out += [word, rest.pop(0)]
                continue
            option = self.words.get(word)
            if option is None:
                out.append(word)
            elif option.endswith("!"):
                out.append(option[:-1])
            else:
                if not rest:
                    raise click.UsageError(f"what comes behind {word!r}?", ctx)
                out += self.option(word, option, rest)
        return out

    def option(self, word: str, option: str, rest: list[str]) -> list[str]:
        """The option that a word and those behind it are; takes them from `rest`."""
        value = rest.pop(0)
        return [option, value] if option else []

    def _takes(self, option: str) -> bool:
        return any(option in one.opts and not getattr(one, "is_flag", False) for one in self.params)
