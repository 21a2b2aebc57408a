"""What the tracer's tests share: a stand-in for the vm engine whose programs are Python functions."""

from __future__ import annotations

import os
import platform
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from ebpf.hooks import Hook
from ebpf.spec import ProgramSpec
from ebpf.vm import trace

SRC = Path(__file__).resolve().parents[2] / "src"

can_trace = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64") or sys.maxsize < 1 << 32,
    reason=f"tracing a command: {trace.NEEDS}",
)


class Program:
    def __init__(self, function: Callable[[bytes, Any], object]) -> None:
        self.function = function

    def invoke(self, context: bytes, task: Any) -> int:
        self.function(context, task)
        return 0


class Link:
    def __init__(self, hook: Hook, function: Callable[[bytes, Any], object]) -> None:
        self.hook = hook
        self.program = Program(function)


class Host:
    """An engine as the tracer knows it."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.attach_count = 0

    def attach(self, hook: Hook, function: Callable[[bytes, Any], object]) -> Link:
        trace.watched(hook, ProgramSpec("function"))
        link = Link(hook, function)
        self.links.append(link)
        self.attach_count += 1
        return link

    def detach(self, link: Link) -> None:
        self.links.remove(link)
        self.attach_count += 1

    def attached(self, kind: type[Hook]) -> Iterable[Link]:
        return [link for link in self.links if type(link.hook) is kind]

    def count(self, hook: Hook) -> list[tuple[int, int]]:
        """A list that gets the (pid, tgid) of each event."""
        seen: list[tuple[int, int]] = []
        self.attach(hook, lambda context, task: seen.append((task.pid, task.tgid)))
        return seen

    def record(self, hook: Hook) -> list[bytes]:
        """A list that gets the context of each event."""
        seen: list[bytes] = []
        self.attach(hook, lambda context, task: seen.append(context))
        return seen


def u64(data: bytes, index: int) -> int:
    value: int = struct.unpack_from("=Q", data, 8 * index)[0]
    return value


def python(code: str) -> list[str]:
    """A command that runs Python code quickly."""
    return [sys.executable, "-I", "-S", "-c", code]


def children_of(pid: int) -> list[int]:
    """The ids of a process's children, zombies included."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry))
    return found


def alive(pid: int) -> bool:
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
