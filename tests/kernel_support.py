"""What of the kernel's interface the tests have used, on each kernel: docs/kernel-support.md is made of it.

While tests run, every successful bpf(2) of theirs is noted (probes of features aside): the types of maps, programs,
attachments and links that a passing test has made. Inside a guest the notes travel with each test's result.

    EBPF_SUPPORT=seen.json pytest tests/host tests/guest    runs the tests and keeps what they used
    python tests/kernel_support.py seen.json                writes the page (of several files, if there are more)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))

from ebpf.uapi.attach_types import AttachType as A  # noqa: E402
from ebpf.uapi.commands import Command  # noqa: E402
from ebpf.uapi.link_types import LinkType as L  # noqa: E402
from ebpf.uapi.map_types import MapType as M  # noqa: E402
from ebpf.uapi.prog_types import ProgType as P  # noqa: E402

PAGE = ROOT / "docs" / "kernel-support.md"
#: The name of the property of a test's result.
PROPERTY = "kernel"
#: Lane → (what the page calls it, the kernel's version).
LANES = {"host": ("host 6.18", (6, 18)), "6.1": ("guest 6.1", (6, 1)), "6.12": ("guest 6.12", (6, 12))}


class Interface(NamedTuple):
    """One that struct_ops programs can be, by the name of its struct."""

    label: str
    since: tuple[int, int]


INTERFACES = [
    Interface("tcp_congestion_ops", (5, 6)),
    Interface("hid_bpf_ops", (6, 11)),
    Interface("sched_ext_ops", (6, 12)),
    Interface("Qdisc_ops", (6, 16)),
]
KINDS: dict[str, tuple[str, Iterable[Any]]] = {
    "map": ("Map types", [type_ for type_ in M if type_]),
    "program": ("Program types", [type_ for type_ in P if type_]),
    "attach": ("Attach types", list(A)),
    "link": ("Link types", list(L)),
    "struct_ops": ("Interfaces of struct_ops", INTERFACES),
}
#: Attach types that bpf(2) is told when a program is loaded, and that something else brings into force: the entry of a map,
#: a socket option.
_BY_LOADING = {A.XDP_DEVMAP, A.XDP_CPUMAP, A.SK_REUSEPORT_SELECT, A.SK_REUSEPORT_SELECT_OR_MIGRATE}
#: Types whose expected attach type says nothing (it is 0, a number that means something else).
_WITHOUT = {P.RAW_TRACEPOINT, P.RAW_TRACEPOINT_WRITABLE, P.EXT, P.STRUCT_OPS}

_REFUSED = "a kernel that lets programs trace its functions: this one refuses them to root too (EPERM)"
_NO_FPROBE = "CONFIG_KPROBES and CONFIG_FPROBE, which this kernel was built without"
_NO_LIRC = "CONFIG_BPF_LIRC_MODE2, which this kernel was built without"
_NO_LIRC_DEBIAN = "CONFIG_BPF_LIRC_MODE2, which Debian's kernels are built without (their RC_CORE is a module)"
_NO_FPROBE_DEBIAN = "CONFIG_FPROBE, which Debian's 6.1 was built without"
_NO_NETKIT = "CONFIG_NETKIT, which this kernel was built without"
#: What no test makes, and why: (lane, kind) → name → what it needs. A kernel that is too old needs no row.
NEEDS: dict[tuple[str, str], dict[str, str]] = {
    ("host", "program"): {
        "sched_act": "CONFIG_NET_ACT_BPF and CONFIG_NET_CLS_MATCHALL, which this kernel was built without",
        "lirc_mode2": _NO_LIRC,
        "ext": _REFUSED,
        "lsm": _REFUSED,
    },
    ("host", "attach"): {
        "lirc_mode2": _NO_LIRC,
        "trace_fentry": _REFUSED,
        "trace_fexit": _REFUSED,
        "modify_return": _REFUSED,
        "lsm_mac": _REFUSED,
        "lsm_cgroup": _REFUSED,
        "trace_kprobe_multi": _NO_FPROBE,
        "trace_kprobe_session": _NO_FPROBE,
        "netkit_primary": _NO_NETKIT,
        "netkit_peer": _NO_NETKIT,
    },
    ("host", "link"): {"tracing": _REFUSED, "kprobe_multi": _NO_FPROBE, "netkit": _NO_NETKIT},
    ("host", "struct_ops"): {
        "hid_bpf_ops": "CONFIG_HID_BPF, which this kernel was built without, and an input device",
        "sched_ext_ops": "CONFIG_SCHED_CLASS_EXT, which this kernel was built without",
        "Qdisc_ops": "CONFIG_NET_SCH_BPF, which this kernel was built without",
    },
    ("6.12", "struct_ops"): {
        "hid_bpf_ops": "CONFIG_HID_BPF, which Debian's 6.12 was built without",
        "sched_ext_ops": "CONFIG_SCHED_CLASS_EXT, which Debian's 6.12 was built without",
    },
    ("6.1", "program"): {"lirc_mode2": _NO_LIRC_DEBIAN},
    ("6.1", "attach"): {"lirc_mode2": _NO_LIRC_DEBIAN, "trace_kprobe_multi": _NO_FPROBE_DEBIAN},
    ("6.1", "link"): {"kprobe_multi": _NO_FPROBE_DEBIAN},
    ("6.12", "program"): {"lirc_mode2": _NO_LIRC_DEBIAN},
    ("6.12", "attach"): {"lirc_mode2": _NO_LIRC_DEBIAN},
}


class Recorder:
    """Notes what bpf(2) has made since `take` was last called."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._programs: dict[int, tuple[int, int]] = {}

    def install(self) -> None:
        from ebpf.kernel import sys as kernel

        real: Callable[[int, Any, str], int] = kernel.bpf

        def bpf(command: int, attr: Any, call: str) -> int:
            result = real(command, attr, call)
            if not call.startswith(("probing", "asking")):
                self._note(command, attr, result)
            return result

        kernel.bpf = bpf

    def take(self) -> list[str]:
        seen, self._seen = self._seen, set()
        return sorted(seen)

    def _note(self, command: int, attr: Any, result: int) -> None:
        if command == Command.MAP_CREATE:
            kind = _field("MAP_CREATE", attr, "map_type")
            self._add("map", M, kind)
            if kind == M.STRUCT_OPS:
                self._add_interface(_field("MAP_CREATE", attr, "btf_vmlinux_value_type_id"))
        elif command == Command.PROG_LOAD:
            kind, attach = _field("PROG_LOAD", attr, "prog_type"), _field("PROG_LOAD", attr, "expected_attach_type")
            self._programs[result] = kind, attach
            self._add("program", P, kind)
            if attach in _BY_LOADING:
                self._add("attach", A, attach)
        elif command == Command.PROG_ATTACH:
            self._add("attach", A, _field("PROG_ATTACH", attr, "attach_type"))
        elif command == Command.LINK_CREATE:
            self._add("attach", A, _field("LINK_CREATE", attr, "attach_type"))
            self._add_link(result)
        elif command == Command.RAW_TRACEPOINT_OPEN:
            kind, attach = self._programs.get(_field("RAW_TRACEPOINT_OPEN", attr, "prog_fd"), (0, 0))
            if kind and kind not in _WITHOUT:
                self._add("attach", A, attach)
            self._add_link(result)

    def _add(self, kind: str, enum: Any, number: int) -> None:
        self._seen.add(f"{kind} {enum(number).label}")

    def _add_interface(self, type_id: int) -> None:
        from ebpf.btf.kernel import kernel_btf

        name = str(kernel_btf().name(type_id)).removeprefix("bpf_struct_ops_")
        if name in {row.label for row in INTERFACES}:
            self._seen.add(f"struct_ops {name}")

    def _add_link(self, fd: int) -> None:
        from ebpf.kernel.info import describe

        try:
            self._seen.add(f"link {describe('link', fd)['type']}")
        except OSError:
            pass  # a test has system calls fail: the link is not for us to judge


def _field(layout: str, attr: Any, name: str) -> int:
    from ebpf.kernel.sys import Layout
    from ebpf.uapi import bpf_attr

    return int(Layout(getattr(bpf_attr, layout)).get(attr, name))


class Notes:
    """lane → "kind name" → the tests that used it."""

    def __init__(self) -> None:
        self.lanes: dict[str, dict[str, set[str]]] = {lane: {} for lane in LANES}

    def add(self, lane: str, test: str, seen: Iterable[str]) -> None:
        for what in seen:
            self.lanes[lane].setdefault(what, set()).add(test)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({lane: {k: sorted(v) for k, v in sorted(seen.items())} for lane, seen in
                                    self.lanes.items()}, indent=1) + "\n")  # fmt: skip


def page(seen: dict[str, dict[str, list[str]]]) -> str:
    """docs/kernel-support.md. Raises SystemExit when something is neither tested nor explained."""
    lines = [
        "# What is tested on which kernel",
        "",
        "Made by the tests (`make support`): a cell names a test that made such a map, program, attachment or link on that",
        "kernel and passed, or says what it needs. The host is the machine that CI runs on; the guests are Debian's kernels.",
    ]
    blank: list[str] = []
    # The test that uses the least beside says the most about one thing.
    uses: dict[tuple[str, str], int] = {}
    for lane, facts in seen.items():
        for tests in facts.values():
            for test in tests:
                uses[lane, test] = uses.get((lane, test), 0) + 1
    for kind, (title, rows) in KINDS.items():
        lines += ["", f"## {title}", "", "| | Linux | " + " | ".join(name for name, _ in LANES.values()) + " |"]
        lines.append("| --- | --- |" + " --- |" * len(LANES))
        for row in rows:
            cells = []
            for lane, (_, release) in LANES.items():
                tests = seen[lane].get(f"{kind} {row.label}", [])
                needs = NEEDS.get((lane, kind), {}).get(row.label, "")
                if tests:
                    best = min(tests, key=lambda test: (uses[lane, test], test))
                    cells.append(f"`{best}`")
                elif release < row.since:
                    cells.append(f"needs Linux {row.since[0]}.{row.since[1]}")
                elif needs:
                    cells.append(f"needs {needs}")
                else:
                    blank.append(f"{lane}: {kind} {row.label}")
                    cells.append("?")
            lines.append(f"| {row.label} | {row.since[0]}.{row.since[1]} | " + " | ".join(cells) + " |")
    if blank:
        raise SystemExit("neither tested nor explained:\n  " + "\n  ".join(blank))
    return "\n".join(lines) + "\n"


def merged(files: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The notes of several runs as one."""
    notes = Notes()
    for name in files:
        for lane, facts in json.loads(Path(name).read_text()).items():
            for what, tests in facts.items():
                notes.lanes[lane].setdefault(what, set()).update(tests)
    return {lane: {what: sorted(tests) for what, tests in facts.items()} for lane, facts in notes.lanes.items()}


if __name__ == "__main__":
    PAGE.write_text(page(merged(sys.argv[1:])))
