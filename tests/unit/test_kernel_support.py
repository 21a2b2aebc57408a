"""docs/kernel-support.md: in step with the tables of the kernel's interface, nothing blank, every test that it names there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kernel_support
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command
from ebpf.uapi.prog_types import ProgType
from kernel_support import KINDS, LANES, NEEDS, Recorder

TESTS = Path(__file__).resolve().parents[1]


def rows() -> dict[tuple[str, str], list[str]]:
    """(title of the table, name) → its cells."""
    found: dict[tuple[str, str], list[str]] = {}
    title = ""
    for line in kernel_support.PAGE.read_text().splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif line.startswith("| ") and not line.startswith("| |") and "---" not in line:
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found[title, name] = cells
    return found


def test_every_row_of_the_tables_is_on_the_page_and_no_other() -> None:
    wanted = {(title, row.label) for title, table in KINDS.values() for row in table}
    assert set(rows()) == wanted
    assert {title for title, _ in wanted} == {title for title, _ in KINDS.values()}
    assert sum(title == "Map types" for title, _ in wanted) == 33
    assert sum(title == "Program types" for title, _ in wanted) == 32


def test_no_cell_is_blank_and_each_is_a_test_or_a_need() -> None:
    for (title, name), (since, *cells) in rows().items():
        assert re.fullmatch(r"\d+\.\d+", since), name
        assert len(cells) == len(LANES), (title, name)
        for cell in cells:
            assert re.fullmatch(r"`test_\w+::test_\w+`|needs .{8,}", cell), (title, name, cell)


def test_the_tests_that_it_names_exist() -> None:
    """By function, wherever its file imports it from."""
    defined = {
        name
        for folder in ("host", "guest")
        for path in (TESTS / folder).glob("*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    files = {path.stem for folder in ("host", "guest") for path in (TESTS / folder).glob("*.py")}
    for (_, name), (_, *cells) in rows().items():
        for cell in cells:
            if cell.startswith("`"):
                file, _, test = cell.strip("`").partition("::")
                assert file in files and test in defined, (name, cell)


def test_a_need_is_about_something_that_exists() -> None:
    for (lane, kind), table in NEEDS.items():
        assert lane in LANES
        assert set(table) <= {row.label for row in KINDS[kind][1]}


def everything() -> dict[str, dict[str, list[str]]]:
    facts = {f"{kind} {row.label}": ["test_x::test_x"] for kind, (_, table) in KINDS.items() for row in table}
    return {lane: dict(facts) for lane in LANES}


def test_what_is_neither_tested_nor_explained_is_refused() -> None:
    seen = everything()
    assert "needs" not in kernel_support.page(seen).partition("## Map types")[2]
    del seen["6.12"]["map hash"], seen["host"]["link netkit"], seen["6.1"]["attach tcx_ingress"]
    with pytest.raises(SystemExit, match=r"(?s)^neither tested nor explained:\s+6\.12: map hash$"):
        kernel_support.page(seen)
    seen["6.12"]["map hash"] = ["test_a::test_all", "test_b::test_hash"]
    seen["6.12"]["map array"] = ["test_a::test_all"]
    text = kernel_support.page(seen)
    assert "| `test_b::test_hash` |" in text  # it says more than a test that uses all
    assert f"needs {NEEDS['host', 'link']['netkit']}" in text
    assert "| tcx_ingress | 6.6 | `test_x::test_x` | needs Linux 6.6 | `test_x::test_x` |" in text


def test_runs_are_put_together(tmp_path: Path) -> None:
    one, two = kernel_support.Notes(), kernel_support.Notes()
    one.add("host", "test_a::test_1", ["map hash"])
    two.add("host", "test_a::test_2", ["map hash", "map array"])
    two.add("6.1", "test_a::test_2", ["map array"])
    one.write(tmp_path / "deep" / "1.json")
    two.write(tmp_path / "2.json")
    assert kernel_support.merged([str(tmp_path / "deep" / "1.json"), str(tmp_path / "2.json")]) == {
        "host": {"map array": ["test_a::test_2"], "map hash": ["test_a::test_1", "test_a::test_2"]},
        "6.1": {"map array": ["test_a::test_2"]},
        "6.12": {},
    }


def test_what_bpf_has_made_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.kernel import info, sys

    calls: list[int] = []

    def bpf(command: int, attr: object, call: str) -> int:
        calls.append(command)
        if call == "refused":
            raise OSError
        return 7

    monkeypatch.setattr(sys, "bpf", bpf)
    monkeypatch.setattr(info, "describe", lambda kind, fd: {"type": "tracing"})
    recorder = Recorder()
    recorder.install()

    def ask(command: Command, layout: str, call: str = "x", **fields: int) -> None:
        assert sys.bpf(command, Layout(getattr(bpf_attr, layout))(**fields), call) == 7

    ask(Command.MAP_CREATE, "MAP_CREATE", map_type=1)
    ask(Command.MAP_CREATE, "MAP_CREATE", "probing array", map_type=2)
    with pytest.raises(OSError):
        ask(Command.MAP_CREATE, "MAP_CREATE", "refused", map_type=3)
    assert recorder.take() == ["map hash"]
    assert recorder.take() == []
    fentry = {"prog_type": int(ProgType.TRACING), "expected_attach_type": int(AttachType.TRACE_FENTRY)}
    ask(Command.PROG_LOAD, "PROG_LOAD", **fentry)
    assert recorder.take() == ["program tracing"]  # it is not attached yet
    ask(Command.RAW_TRACEPOINT_OPEN, "RAW_TRACEPOINT_OPEN", prog_fd=7)
    assert recorder.take() == ["attach trace_fentry", "link tracing"]
    ask(Command.PROG_LOAD, "PROG_LOAD", prog_type=int(ProgType.XDP), expected_attach_type=int(AttachType.XDP_DEVMAP))
    assert recorder.take() == ["attach xdp_devmap", "program xdp"]  # a map brings it into force
    ask(Command.PROG_LOAD, "PROG_LOAD", prog_type=int(ProgType.RAW_TRACEPOINT))
    ask(Command.RAW_TRACEPOINT_OPEN, "RAW_TRACEPOINT_OPEN", prog_fd=7)
    assert recorder.take() == ["link tracing", "program raw_tracepoint"]
    ask(Command.PROG_ATTACH, "PROG_ATTACH", attach_type=int(AttachType.CGROUP_DEVICE))
    ask(Command.LINK_CREATE, "LINK_CREATE", attach_type=int(AttachType.TCX_INGRESS))
    assert recorder.take() == ["attach cgroup_device", "attach tcx_ingress", "link tracing"]
    assert len(calls) == 10
