"""docs/attach.md: every hook, every section and every method is on it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from ebpf import Program, hooks
from ebpf.kernel.hooks import ATTACHERS
from ebpf.kernel.links import _DETACHABLE, _UPDATABLE
from ebpf.uapi.sections import SECTIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attach.md"
TEXT = PAGE.read_text()
ROWS = [line.strip("|").split("|") for line in TEXT.splitlines() if line.startswith("| `")]


def test_every_method_has_its_row() -> None:
    on_page = set(re.findall(r"`(attach_\w+)`", "".join(row[1] for row in ROWS)))
    assert on_page == {name for name in dir(Program) if name.startswith("attach_")}


def test_every_kind_of_hook_can_be_attached_by_the_kernel() -> None:
    kinds = {
        kind for kind in vars(hooks).values()
        if isinstance(kind, type) and issubclass(kind, hooks.Hook) and kind is not hooks.Hook
    }  # fmt: skip
    assert set(ATTACHERS) == set(hooks.PROGRAMS) == kinds


def test_every_section_of_the_page_is_one() -> None:
    for row in ROWS:
        for section in re.findall(r"`([^`]+)`", row[0]):
            head = section.partition("/")[0]
            assert any(name == head or name.startswith(head + "/") for name in SECTIONS), section


def test_what_a_method_takes_is_what_the_page_says() -> None:
    import inspect

    for row in ROWS:
        methods = re.findall(r"`(attach_\w+)`", row[1])
        taken = {name for method in methods for name in inspect.signature(getattr(Program, method)).parameters}
        for word in re.findall(r"`(\w+)`", row[2]):
            assert word in taken, (methods, word)


def test_what_links_can_do_is_what_the_page_says() -> None:
    _, _, part = TEXT.partition("## Links")
    for kind in set(_UPDATABLE) | set(_DETACHABLE):
        assert kind in part
    assert set(_DETACHABLE) - set(_UPDATABLE) == {"netfilter"} and set(_UPDATABLE) - set(_DETACHABLE) == {"iter"}
