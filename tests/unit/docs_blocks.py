"""The blocks of a page of docs: what stands between fences, and what is indented by four."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Block(NamedTuple):
    kind: str  # "python", "c", …; "" for what is indented
    text: str

    @property
    def first(self) -> str:
        return self.text.splitlines()[0]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    found: list[Block] = []
    fence: str | None = None
    inside: list[str] = []
    before = ""
    for line in [*page(name).splitlines(), ""]:
        if fence is not None:
            if line == "```":
                found.append(Block(fence, "\n".join([*inside, ""])))
                fence, inside = None, []
            else:
                inside.append(line)
            continue
        if inside and line and not line.startswith("    "):
            found.append(Block("", dedent("\n".join(inside)).rstrip("\n") + "\n"))
            inside = []
        if line.startswith("```"):
            fence = line[3:]
        elif inside or (line.startswith("    ") and not before.strip()):
            inside.append(line)
        before = line
    if inside:
        found.append(Block("", dedent("\n".join(inside)).rstrip("\n") + "\n"))
    return found


def block(name: str, part: str) -> Block:
    """The one block of a page that has `part` in it."""
    (found,) = [one for one in blocks(name) if part in one.text]
    return found
