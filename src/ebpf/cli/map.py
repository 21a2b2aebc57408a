"""`ebpf map`: the maps of the running kernel: what is in them, and changing it."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from mmap import PAGESIZE

import click

from ebpf.cli.bpftool import KEYWORDS, Worded
from ebpf.cli.inventory import Verbs, group, only, open_map, open_program, split
from ebpf.cli.output import AS_JSON, as_text
from ebpf.cli.status import watching
from ebpf.cli.values import entries, line, parsed, plain
from ebpf.errors import EbpfError
from ebpf.objects.rings import Ring

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

command: Verbs = group(
    "map",
    "maps",
    {
        "lookup": "get",
        "update": "set",
        "enqueue": "push",
        "dequeue": "pop",
        "getnext": "next",
        "event_pipe": "watch",
    },
)
_WORDS = click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="MAP [KEY...]")
# Negative numbers are keys and values, not options.
_VALUES = {"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]}


def keyed(which: tuple[str, str]) -> Any:
    """`open_map`, for what has keys. UsageError."""
    made = open_map(which)
    if not hasattr(made, "__getitem__") or not made.spec.key_size:
        label = made.spec.type.label
        made.close()
        raise click.UsageError(f"a map of type {label} has no keys")
    return made


@contextmanager
def taking(what: str) -> Iterator[None]:
    """A key or value that doesn't fit is the command line's fault."""
    try:
        yield
    except (TypeError, ValueError) as error:
        if isinstance(error, EbpfError):
            raise
        raise click.UsageError(f"{what}: {error}") from None


@command.command("dump", short_help="Show the entries of a map.")
@click.argument("words", nargs=-1, metavar="MAP")
@AS_JSON
def dump(words: tuple[str, ...], as_json: bool) -> None:
    """Shows the entries of MAP (its ID, its name, or the path of its pin): by their C types where the kernel has them, else as
    bytes."""
    with open_map(only(words, "map")) as made:
        first = True
        for key, value in entries(made, "" if as_json else " "):
            if as_json:
                click.echo(f"{'[' if first else ',' + chr(10) + ' '}{as_text({'key': key, 'value': value})}", nl=False)
            else:
                click.echo(f"{line(key)}: {line(value)}")
            first = False
        if as_json:
            click.echo("[]" if first else "]")


@command.command("get", short_help="Show the value of a key.", context_settings=_VALUES)
@_WORDS
@AS_JSON
def get(words: tuple[str, ...], as_json: bool) -> int:
    """Shows the value of KEY. The exit status is 1 if it isn't there.

    KEY is a number, text, a JSON object or list for a struct, a network for a prefix map, `hex 0a 00 00 01`, or its bytes one by
    one, as bpftool takes them.
    """
    which, rest = split(words, "map")
    with keyed(which) as made:
        key = parsed(made, "key", _without(rest, "key"))
        try:
            with taking("key"):
                value = plain(made[key], "" if as_json else " ")
        except (KeyError, IndexError):
            raise click.ClickException(f"map {made.name} has no key {' '.join(rest)}") from None
        shown = plain(made._unpack_key(made._pack_key(key))) if hasattr(made, "_unpack_key") else plain(key)
        click.echo(as_text({"key": shown, "value": value}) if as_json else line(value))
    return 0


@command.command("set", short_help="Set the value of a key.", context_settings=_VALUES)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="MAP KEY VALUE [any|exist|noexist]")
def set_(words: tuple[str, ...]) -> None:
    """Sets the value of KEY; both are written as for `get`, with the words `key` and `value` before them where they have several.
    A single value of a per-CPU map is every CPU's. A value of a map of maps or programs is an object: `id 5`, `pinned PATH`.
    """
    which, rest = split(words, "map")
    flags = {"any": 0, "noexist": 1, "exist": 2}.get(rest[-1]) if len(rest) > 2 else None
    if flags is not None:
        rest.pop()
    if "value" in rest[1:]:
        at = rest.index("value", 1)
        key, value = _without(rest[:at], "key"), rest[at + 1 :]
    else:
        key, value = _halves(rest)
    with keyed(which) as made, taking(f"map {made.name}"):
        _put(made, parsed(made, "key", key), value, flags or 0)


@command.command("delete", short_help="Delete a key.", context_settings=_VALUES)
@_WORDS
def delete(words: tuple[str, ...]) -> None:
    """Deletes KEY, written as for `get`. The exit status is 1 if it isn't there."""
    which, rest = split(words, "map")
    with keyed(which) as made:
        with taking("key"):
            found = made.delete(parsed(made, "key", _without(rest, "key")))
        if not found:
            raise click.ClickException(f"map {made.name} has no key {' '.join(rest)}")


@command.command("next", short_help="Show the key after a key; the first without one.", context_settings=_VALUES)
@_WORDS
@AS_JSON
def next_(words: tuple[str, ...], as_json: bool) -> None:
    """Shows the key after KEY in the kernel's own order, the first without KEY. The exit status is 1 at the end."""
    which, rest = split(words, "map")
    with keyed(which) as made:
        words_ = _without(rest, "key")
        with taking("key"):
            found = made.next_key(parsed(made, "key", words_) if words_ else None)
        if found is None:
            raise click.ClickException(f"map {made.name} has no next key")
        click.echo(as_text(plain(found)) if as_json else line(plain(found, " ")))


@command.command("push", short_help="Add a value to a queue or stack.", context_settings=_VALUES)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="MAP VALUE")
def push(words: tuple[str, ...]) -> None:
    """Adds VALUE, written as for `get`, to a queue, a stack or a Bloom filter."""
    which, rest = split(words, "map")
    with open_map(which) as made:
        add = _of(made, "push", "add")
        with taking("value"):
            add(parsed(made, "value", _without(rest, "value")))


@command.command("pop", short_help="Take a value out of a queue or stack.")
@click.argument("words", nargs=-1, metavar="MAP")
@AS_JSON
def pop(words: tuple[str, ...], as_json: bool) -> None:
    """Takes the next value out of a queue or stack. The exit status is 1 if it is empty."""
    _taken(words, "pop", as_json)


@command.command("peek", short_help="Show the next value of a queue or stack.")
@click.argument("words", nargs=-1, metavar="MAP")
@AS_JSON
def peek(words: tuple[str, ...], as_json: bool) -> None:
    """Shows the value that `pop` would take. The exit status is 1 if there is none."""
    _taken(words, "peek", as_json)


@command.command("watch", short_help="Show the entries that change, as they do.")
@click.argument("words", nargs=-1, metavar="MAP")
@click.option(
    "--interval",
    type=click.FloatRange(min=0.01),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Time between two looks.",
)
@click.option("--duration", type=click.FloatRange(min=0), metavar="SECONDS", help="End after this time.")
@AS_JSON
def watch(words: tuple[str, ...], interval: float, duration: float | None, as_json: bool) -> None:
    """Shows every entry once, then those that come, change or go, until Ctrl-C: a line each, of JSON with --json.

    Of a ring buffer or perf buffer, the records as they come: a record that is shown here is read by nobody else.
    """
    with open_map(only(words, "map")) as made, watching():
        if isinstance(made, Ring):
            _records(made, duration, as_json)
            return
        end = None if duration is None else time.monotonic() + duration
        before: dict[str, Any] = {}
        while True:
            now = {line(key): (key, value) for key, value in entries(made, "" if as_json else " ")}
            for name, (key, value) in now.items():
                if name not in before or before[name][1] != value:
                    _changed(as_json, key, value, before[name][1] if name in before else None)
            for name in before.keys() - now.keys():
                _changed(as_json, before[name][0], None, before[name][1])
            before = now
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return
            time.sleep(interval if left is None else min(interval, left))


def _records(made: Any, duration: float | None, as_json: bool) -> None:
    from ebpf.cli import readings

    start = time.monotonic()
    with made.open() as events:
        while True:
            left = None if duration is None else start + duration - time.monotonic()
            for event in events.read(None if left is None else max(left, 0)):
                value = plain(bytes(event), "" if as_json else " ") if isinstance(event, memoryview) else plain(event)
                if as_json:
                    print(readings.event_json(made.name, value, time.monotonic() - start), flush=True)
                else:
                    print(readings.event_line(made.name, value), flush=True)
            if left is not None and left <= 0:
                return


def _changed(as_json: bool, key: Any, value: Any, old: Any) -> None:
    if as_json:
        row = {"time": round(time.time(), 6), "key": key, "value": value, "before": old}
        print(json.dumps(row), flush=True)
        return
    stamp = time.strftime("%H:%M:%S")
    grown = f" ({value - old:+})" if isinstance(value, int) and isinstance(old, int) else ""
    print(f"{stamp}  {line(key)}: {'deleted' if value is None else line(value)}{grown}", flush=True)


#: Type → bytes of a key and a value and the entries, where they aren't said and aren't 4, 8 and 1.
_SIZES = {
    **dict.fromkeys(("queue", "stack", "bloom_filter"), (0, 8, 1)),
    **dict.fromkeys(("ringbuf", "user_ringbuf"), (0, 0, PAGESIZE)),
    "arena": (0, 0, 1),
    "lpm_trie": (8, 8, 1),
    **dict.fromkeys(("cgroup_storage", "percpu_cgroup_storage"), (8, 8, 0)),
    **dict.fromkeys(
        (
            "prog_array", "perf_event_array", "cgroup_array", "array_of_maps", "hash_of_maps", "devmap", "devmap_hash",
            "cpumap", "sockmap", "sockhash", "xskmap",
        ),
        (4, 4, 1),
    ),
}  # fmt: skip


class _Create(Worded):
    first = 1
    words = {word: f"--{word}" for word in ("type", "key", "value", "entries", "name", "flags")} | {
        "inner_map": "--inner"
    }
    instead = dict.fromkeys(("dev", "offload_dev"), "maps of a network card are not made here")

    def option(self, word: str, option: str, rest: list[str]) -> list[str]:
        if word == "inner_map" and len(rest) > 1 and rest[0] in KEYWORDS:
            return [option, f"{rest.pop(0)} {rest.pop(0)}"]
        return super().option(word, option, rest)


def _number(text: str) -> int:
    return int(text, 0)


@command.command("create", cls=_Create, short_help="Make a map and pin it.")
@click.argument("path")
@click.option("--type", "type_", required=True, help="Its type, as `ebpf features` lists them: hash, array, …")
@click.option("--key", "key_size", type=int, help="Bytes of a key; 4 where the type has keys.")
@click.option("--value", "value_size", type=int, help="Bytes of a value; 4 or 8 where the type doesn't leave a choice.")
@click.option("--entries", type=int, help="How many entries it may have; 1, or the bytes of a ring: a page.")
@click.option("--name", default="", help="The kernel's name for it, 15 bytes; without it the last part of PATH.")
@click.option("--flags", type=_number, default="0", help="BPF_F_… as a number.")
@click.option("--inner", metavar="MAP", help="A map like those that a map of maps is to hold.")
def create(
    path: str,
    type_: str,
    key_size: int | None,
    value_size: int | None,
    entries: int | None,
    name: str,
    flags: int,
    inner: str | None,
) -> None:
    """Makes a map and pins it at PATH, which keeps it alive. Options may be bpftool's words, too: type hash key 4."""
    import os

    import ebpf

    known = {one.label: one for one in ebpf.MapType if one}
    if type_ not in known:
        close = [label for label in known if type_ in label]
        raise click.UsageError(f"no map type {type_!r}; there are {', '.join(close or known)}")
    key, value, count = _SIZES.get(type_, (4, 8, 1))
    spec = ebpf.MapSpec(
        name or os.path.basename(path),
        known[type_],
        key if key_size is None else key_size,
        value if value_size is None else value_size,
        count if entries is None else entries,
        flags,
    )
    if inner is not None:
        with open_map(only(inner.split(), "map")) as template:
            spec.inner = template.spec
    elif type_.endswith("_of_maps"):
        raise click.UsageError(f"a map of type {type_} wants --inner (inner_map): a map like those that it is to hold")
    with ebpf.create_map(spec) as made:
        made.pin(path)


@command.command("freeze", short_help="Make a map read-only for user space.")
@click.argument("words", nargs=-1, metavar="MAP")
def freeze(words: tuple[str, ...]) -> None:
    """Makes a map read-only for user space, for ever; programs may still write."""
    with open_map(only(words, "map")) as made:
        made.freeze()


def _without(words: Sequence[str], word: str) -> list[str]:
    return list(words[1:] if words and words[0] == word else words)


def _halves(words: Sequence[str]) -> tuple[list[str], list[str]]:
    if len(words) < 2:
        raise click.UsageError("a KEY and a VALUE are wanted")
    if (
        words[0] in ("hex", "key")
        or len(words) > 3
        or (len(words) == 3 and words[1] not in ("id", "pinned", "name", "hex"))
    ):
        raise click.UsageError("say which words are which: key … value …")
    return [words[0]], list(words[1:])


def _put(made: Any, key: Any, words: list[str], flags: int) -> None:
    from ebpf.objects.faces import MapOfMaps, ProgramArray
    from ebpf.uapi.map_types import PER_CPU

    if isinstance(made, (MapOfMaps, ProgramArray)):
        thing = open_map(only(words, "map")) if isinstance(made, MapOfMaps) else open_program(only(words, "prog"))
        with thing:
            made[key] = thing
        return
    value = parsed(made, "value", words)
    if made.spec.type in PER_CPU and not isinstance(value, list):
        value = [value] * (made.raw.value_bytes // ((made.spec.value_size + 7) // 8 * 8))
    if flags:
        made.update(key, value, flags=flags)
    else:
        made[key] = value


def _of(made: Any, *names: str) -> Any:
    for name in names:
        if hasattr(made, name):
            return getattr(made, name)
    raise click.UsageError(f"a map of type {made.spec.type.label} has no {names[0]}")


def _taken(words: Sequence[str], name: str, as_json: bool) -> None:
    with open_map(only(words, "map")) as made:
        try:
            value = plain(_of(made, name)(), "" if as_json else " ")
        except IndexError as error:
            raise click.ClickException(str(error)) from None
        click.echo(as_text(value) if as_json else line(value))
