"""Keys and values of maps as words on the command line, and what is shown of them."""

from __future__ import annotations

import json

import click

from ebpf.cli import readings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any


def entries(made: Any, between: str = "") -> Iterator[tuple[Any, Any]]:
    """Every entry as plain data, with so much between two bytes in hexadecimal. UsageError for a map that can't be walked."""
    if not hasattr(made, "items"):
        if hasattr(made, "peek"):
            raise click.UsageError(
                f"{made.name} is a {made.spec.type.label}: `ebpf map pop` and `peek` show its values"
            )
        raise click.UsageError(f"a map of type {made.spec.type.label} has no entries that can be listed")
    held = made.spec.type.label.endswith("_of_maps")
    for key, value in made.items():
        if held:
            with value:
                yield plain(key, between), {"map_id": value.id}
        else:
            yield plain(key, between), plain(value, between)


def plain(value: Any, between: str = "") -> Any:
    """A key or value as JSON has it; bytes without a type as hexadecimal."""
    if isinstance(value, (bytes, bytearray)):
        return value.hex(between) if between else value.hex()
    if isinstance(value, list):
        return [plain(item, between) for item in value]
    return readings.plain(value)


def line(value: Any) -> str:
    """Plain data in a line."""
    return " ".join(map(line, value)) if isinstance(value, list) else readings.text(value)


def parsed(made: Any, what: str, words: Sequence[str]) -> Any:
    """What words say, as the face takes it. UsageError."""
    size = made.spec.key_size if what == "key" else made.spec.value_size
    if not words:
        if not size:
            return None
        raise click.UsageError(f"which {what}? It has {size} bytes")
    data = _bytes_of(words, size, what)
    if data is not None:
        return data
    if len(words) > 1:
        raise click.UsageError(f"{' '.join(words)!r} is no {what}: give one word, `hex …`, or {size} bytes")
    word = words[0]
    try:
        return int(word, 0)
    except ValueError:
        pass
    try:
        return json.loads(word)
    except ValueError:
        return word


def _bytes_of(words: Sequence[str], size: int, what: str) -> bytes | None:
    """The bytes that words are: `hex` and hexadecimal, or one number a byte."""
    if words[0] == "hex":
        try:
            bare = [word.removeprefix("0x") for word in words[1:]]
            # A word of one digit is a byte, as bpftool takes it.
            data = bytes.fromhex("".join(word.rjust(2, "0") for word in bare))
        except ValueError:
            raise click.UsageError(f"{' '.join(words[1:])!r} is not hexadecimal") from None
    elif len(words) == size > 1:
        try:
            data = bytes(int(word, 0) for word in words)
        except ValueError:
            raise click.UsageError(f"{' '.join(words)!r} are not {size} bytes") from None
    else:
        return None
    if len(data) != size:
        raise click.UsageError(f"a {what} has {size} bytes, not {len(data)}")
    return data
