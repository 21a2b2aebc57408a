"""Attaching without the privilege: one line each that says what is missing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hook_places import Counted

from ebpf import hooks
from ebpf.hooks import Hook
from ebpf.kernel import features, perf, privilege
from ebpf.kernel import sys as kernel
from ebpf.spec import ProgramSpec
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host

#: The program (loaded as root), where it is to be attached, and a word of what must be said. Links need no more than the
#: program's descriptor: what isn't here the kernel lets anyone do who was given one.
ROWS: dict[str, tuple[P, Hook, str]] = {
    "tracepoint": (P.TRACEPOINT, hooks.Tracepoint("syscalls", "sys_enter_getppid"), "root"),
    "uprobe": (P.KPROBE, hooks.Uprobe("libc.so.6", "getppid"), "CAP_PERFMON or root"),
    "samples": (P.PERF_EVENT, hooks.PerfEvent(frequency=9), "CAP_PERFMON or root"),
    "tc": (P.SCHED_CLS, hooks.Tc("b0"), "CAP_NET_ADMIN"),
    "lwt": (P.LWT_XMIT, hooks.Lwt("10.77.0.0/24", "a0"), "CAP_NET_ADMIN"),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_missing_is_said(counted: Counted, veth: object, name: str) -> None:
    import pyroute2  # noqa: F401  (whoever has no privilege may not see where it is installed)

    type_, hook, word = ROWS[name]
    loaded = counted.load(type_)
    kind, text = as_nobody(lambda: counted.engine.attach(loaded, hook))
    assert kind == "KernelError", text
    assert "\n" not in text and word in text


def test_a_kernel_that_is_locked_down_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root, too, gets EPERM there: privilege is not what is missing."""
    file = tmp_path / "lockdown"
    for text, level in (
        ("[none] integrity confidentiality", ""),
        ("none integrity [confidentiality]", "confidentiality"),
    ):
        file.write_text(text)
        assert privilege.lockdown(str(file)) == level
    assert privilege.lockdown(str(tmp_path / "nosuch")) == ""
    refused = "program of this type cannot use helper bpf_{}#1"
    monkeypatch.setattr(perf, "source_type", lambda name: 6)
    for level, read, written in (("confidentiality", True, True), ("integrity", False, True), ("", False, False)):
        monkeypatch.setattr(privilege, "lockdown", lambda level=level: level)
        for helper, locked in (("probe_read_kernel", read), ("probe_write_user", written), ("probe_read_user", False)):
            said = privilege.locked_helper(refused.format(helper))
            assert bool(said) == locked and (not locked or f"bpf_{helper} from programs" in said)
        assert kernel._no_events() == (
            f"the kernel is locked down ({level}), for root too" if level else "needs CAP_PERFMON or root"
        )
        spec = ProgramSpec("p", P.KPROBE, section="kprobe/do_unlinkat")
        assert ("locked down" in features._hook_lacks(spec)) == (level == "confidentiality")


@pytest.mark.parametrize(
    ("modules", "lacks"),
    [
        ("capability,landlock,yama,apparmor,bpf\n", ""),
        ("bpf", ""),
        ("capability,selinux,bpfilter", "boot it with lsm=capability,selinux,bpfilter,bpf"),
        ("", ""),
    ],
)
def test_a_kernel_that_asks_no_programs_is_told(tmp_path: Path, modules: str, lacks: str) -> None:
    file = tmp_path / "lsm"
    file.write_text(modules)
    found = privilege.lsm_lacks(str(file))
    assert lacks in found and bool(found) == bool(lacks)
    assert privilege.lsm_lacks(str(tmp_path / "nosuch")) == ""  # nobody can tell


def as_nobody(act: object) -> tuple[str, str]:
    """(class, text) of the error that `act` raises in a child without any privilege."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        said = ("", "nothing was raised")
        try:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            act()  # type: ignore[operator]
        except BaseException as error:
            said = type(error).__name__, str(error)
        finally:
            os.write(writer, json.dumps(said).encode())
            os._exit(0)
    os.close(writer)
    with open(reader) as file:
        text = file.read()
    os.waitpid(child, 0)
    kind, said_text = json.loads(text)
    return kind, said_text
