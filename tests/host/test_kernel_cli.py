"""The commands that look at the running kernel."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner
from programs import count

from ebpf import hooks
from ebpf.cli import features, links, map, prog
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host


def run(command: object, *arguments: str) -> str:
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == 0, found.output
    return found.output


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_objects_are_listed_shown_and_dumped() -> None:
    name = f"cli{os.getpid()}"
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec(name, MapType.HASH, 4, 8, 7))
        counts.update(b"\x01\x02\x03\x04", b"\xff" + bytes(7))
        loaded = engine.load_program(count(ProgType.TRACEPOINT, pid=os.getpid(), name=name), {"counts": counts})
        with engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid")) as link:
            found = [row for row in rows(run(map.command, "list", "--json")) if row["name"] == name]
            assert len(found) == 1 and found[0]["type"] == "hash" and found[0]["max_entries"] == 7
            number = str(found[0]["id"])
            assert name in run(map.command, "list")
            assert "max_entries" in run(map.command, "show", number)
            assert run(map.command, "dump", number) == "01 02 03 04: ff 00 00 00 00 00 00 00\n"
            assert rows(run(map.command, "dump", "--json", number)) == [{"key": "01020304", "value": "ff" + "00" * 7}]
            programs = [row for row in rows(run(prog.command, "list", "--json")) if row["name"] == name]
            assert programs[0]["type"] == "tracepoint" and programs[0]["map_ids"] == [int(number)]
            text = run(prog.command, "dump", str(programs[0]["id"]))
            assert "exit" in text and len(text.splitlines()) >= 12
            number = str(link.info()["id"])
            assert "sys_enter_getppid" in run(links.command, "show", number)
            assert "sys_enter_getppid" in run(links.command, "list")


def test_features_are_told() -> None:
    found = rows(run(features.command, "--json"))
    assert {"kind": "map type", "name": "hash", "since": "3.19", "lacks": ""} in found
    assert all(row["lacks"] for row in rows(run(features.command, "--json", "--missing")))
    assert "socket_filter" in run(features.command)
