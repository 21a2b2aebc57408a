"""What commands print: JSON, and rows in columns."""

from __future__ import annotations

import json

import click

from ebpf.cli.bpftool import flag, json_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


def AS_JSON(command: Any) -> Any:
    """The options --json and --pretty; the function gets `as_json`."""
    # Eager: the callback of --json looks at it.
    pretty = click.option(
        "--pretty",
        "-p",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=flag,
        help="JSON over several lines.",
    )
    return json_option("Print it as JSON, for machines.")(pretty(command))


def as_text(value: object) -> str:
    """JSON in a line, or with --pretty over several."""
    return json.dumps(value, indent=4 if click.get_current_context().meta.get("pretty") else None)


def print_array(rows: Iterable[object]) -> None:
    """A JSON array, an element a line."""
    click.echo("[" + ",\n ".join(map(as_text, rows)) + "]")


def table(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Rows in columns as wide as they need; the headings are on top."""
    cells = [list(columns), *([text(row.get(name, "")) for name in columns] for row in rows)]
    numbers = [bool(rows) and all(isinstance(row.get(name, 0), int) for row in rows) for name in columns]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    for row in cells:
        padded = [
            cell.rjust(w) if number else cell.ljust(w) for cell, w, number in zip(row, widths, numbers, strict=True)
        ]
        click.echo("  ".join(padded).rstrip())


def text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ",".join(f"{v['comm']}({v['pid']})" if isinstance(v, dict) else str(v) for v in value) or "-"
    return str(value) if value != "" else "-"
