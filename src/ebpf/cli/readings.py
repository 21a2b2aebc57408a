"""What the maps of an object hold at a moment, and how that is shown: for a person, a log, a machine."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from ebpf.objects.object import Object

#: Maps that stand for sections of global data; their variables are shown instead.
_DATA = (".data", ".rodata", ".bss", ".kconfig")


class Reading:
    """`maps`: name → (key, value) pairs; `variables`: name → value; `seconds` since the start.

    Of a map whose every index is always there (arrays), entries that are all zero are left out, unless it has but one.
    """

    def __init__(self, maps: dict[str, list[tuple[Any, Any]]], variables: dict[str, Any], seconds: float) -> None:
        self.maps = maps
        self.variables = variables
        self.seconds = seconds
        self.time = time.time()


#: What <bpf/usdt.bpf.h> keeps for itself.
_USDT = "__bpf_usdt_"


def take(obj: Object, seconds: float) -> Reading:
    """Reads every map that can be read without taking anything out of it."""
    maps: dict[str, list[tuple[Any, Any]]] = {}
    for name, map_ in obj.maps.items():
        spec = map_.spec
        if spec.section.startswith(_DATA) or name.startswith(_USDT) or not (hasattr(map_, "items") and spec.value_size):
            continue
        # Of maps that hold maps or programs the ids are shown: to open each would take descriptors.
        held = spec.inner is not None
        entries = ((map_._unpack_key(key), value) for key, value in map_.raw.items()) if held else map_.items()
        pairs = [(plain(key), plain(value)) for key, value in entries]
        if spec.type.name.endswith("ARRAY") and spec.max_entries > 1:
            pairs = [pair for pair in pairs if not _is_zero(pair[1])]
        maps[name] = pairs
    variables = {name: plain(variable.value) for name, variable in obj.variables.items() if not variable.spec.constant}
    return Reading(maps, variables, seconds)


def _plain_bytes(data: bytes) -> Any:
    text = data.rstrip(b"\0")
    if len(data) in (1, 2, 4, 8):
        return int.from_bytes(data, sys.byteorder)
    if text and text.isascii() and text.decode().isprintable():
        return text.decode()
    return data.hex()


def plain(value: Any, of_bytes: Callable[[bytes], Any] = _plain_bytes) -> Any:
    """A value as JSON has it: numbers, text, lists and dicts.

    Bytes, unless `of_bytes` says otherwise, are a number if they are as long as one (1, 2, 4, 8), text if they are, else
    hexadecimal.
    """
    if value is None or isinstance(value, (bool, float, str)):
        return value
    if isinstance(value, int):
        return value.name if type(value) is not int and hasattr(value, "name") else int(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return of_bytes(bytes(value))
    if hasattr(value, "_asdict"):
        return _named(value._asdict().items(), of_bytes)
    if isinstance(value, (list, tuple)):
        return [plain(item, of_bytes) for item in value]
    if hasattr(value, "_names"):
        return _named(((name, getattr(value, name)) for name in value._names), of_bytes)
    return str(value)


def _named(items: Iterable[tuple[str, Any]], of_bytes: Callable[[bytes], Any]) -> dict[str, Any]:
    """Members by name; those of what has no name are the outer one's own, as in C."""
    out: dict[str, Any] = {}
    for name, item in items:
        found = plain(item, of_bytes)
        if name.startswith("_anonymous_") and isinstance(found, dict):
            out.update(found)
        else:
            out[name] = found
    return out


def _is_zero(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_zero, value.values()))
    if isinstance(value, list):
        return all(map(_is_zero, value))
    return not value or (isinstance(value, str) and not value.strip("0"))


# ---------------------------------------------------------------------------------------------------- for people


def text(value: Any, inside: bool = False) -> str:
    """A value in a line: a struct as `pid=3 comm=sh`, a per-CPU number as its sum."""
    if isinstance(value, dict):
        return "{" + " ".join(f"{name}={text(item, True)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        if value and not inside and all(isinstance(item, int) for item in value):
            return str(sum(value))
        return "[" + " ".join(text(item, True) for item in value) + "]"
    return str(value)


def number(value: Any) -> float | None:
    """What entries are sorted by: the number, or the sum over CPUs."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list) and value and all(isinstance(item, (int, float)) for item in value):
        return sum(value)
    return None


def biggest(pairs: list[tuple[Any, Any]], top: int) -> list[tuple[Any, Any]]:
    """The entries with the largest numbers first, at most `top`; in the map's own order where values are no numbers."""
    if any(number(value) is None for _, value in pairs):
        return pairs[:top]
    return sorted(pairs, key=lambda pair: -(number(pair[1]) or 0))[:top]


def line(reading: Reading, single: Mapping[str, bool], top: int) -> str:
    """One line: `12:22:24  kprobe_map=6  by_pid: 41=3 40=1 (12 entries)`."""
    parts = [f"{name}={text(value)}" for name, value in reading.variables.items()]
    for name, pairs in reading.maps.items():
        if single.get(name) and pairs:
            parts.append(f"{name}={text(pairs[0][1])}")
            continue
        shown = " ".join(f"{text(key)}={text(value)}" for key, value in biggest(pairs, top)) or "empty"
        more = f" ({len(pairs)} entries)" if len(pairs) > top else ""
        parts.append(f"{name}: {shown}{more}")
    return "  ".join([time.strftime("%H:%M:%S", time.localtime(reading.time)), *parts])


def as_json(reading: Reading, **more: Any) -> str:
    """One object in one line. Every map is a list of entries, since keys may be structs."""
    import json

    return json.dumps(
        {
            "time": round(reading.time, 6),
            "seconds": round(reading.seconds, 6),
            "maps": {
                name: [{"key": key, "value": value} for key, value in pairs] for name, pairs in reading.maps.items()
            },
            "variables": reading.variables,
            **more,
        }
    )


def event_line(name: str, event: Any) -> str:
    """A record of a ring or perf buffer: `12:22:24  events {pid=41 comm=sh}`."""
    return f"{time.strftime('%H:%M:%S')}  {name} {text(event)}"


def event_json(name: str, event: Any, seconds: float) -> str:
    import json

    return json.dumps({"time": round(time.time(), 6), "seconds": round(seconds, 6), "map": name, "event": event})


def table(reading: Reading, before: Reading | None, single: Mapping[str, bool], top: int) -> Any:
    """A table for a terminal: every map with its biggest entries, and how fast numbers grow."""
    from rich.table import Table

    grid = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    columns = ("map", "key", "value", "per second")[: 4 if before else 3]
    for column in columns:
        number_like = column in ("value", "per second")
        grid.add_column(column, justify="right" if number_like else "left", no_wrap=column != "value")
    for row in rows(reading, before, single, top):
        grid.add_row(*row[: len(columns)])
    return grid


def rows(
    reading: Reading, before: Reading | None, single: Mapping[str, bool], top: int
) -> Iterator[tuple[str, str, str, str]]:
    """(map, key, value, growth per second) as text, one row an entry."""
    step = reading.seconds - before.seconds if before else 0

    def rate(now: Any, old: Any) -> str:
        here, there = number(now), number(old) if old is not None else 0
        if step <= 0 or here is None or there is None:
            return ""
        grown = (here - there) / step
        return f"{grown:,.1f}" if grown else ""

    for name, value in reading.variables.items():
        yield name, "", text(value), rate(value, before.variables.get(name) if before else None)
    for name, pairs in reading.maps.items():
        old = {text(key): value for key, value in before.maps.get(name, ())} if before else {}
        shown = biggest(pairs, top)
        for index, (key, value) in enumerate(shown):
            label = "" if single.get(name) else text(key)
            yield name if index == 0 else "", label, text(value), rate(value, old.get(text(key)))
        if len(pairs) > len(shown):
            yield "", f"… {len(pairs) - len(shown)} more", "", ""
        if not pairs:
            yield name, "empty", "", ""
