"""Attaching wrongly: each gives one line that names the thing and what to do. In the guests too (tests/guest)."""

from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack

import pytest
from hook_places import Counted

from ebpf import hooks
from ebpf.asm import Instruction, encode
from ebpf.errors import Closed, HookError, KernelError, NotSupported
from ebpf.hooks import Hook
from ebpf.kernel import sys as kernel_sys
from ebpf.objects.program import Program
from ebpf.spec import MapSpec, ProgramSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
RELEASE = kernel_sys.kernel_release()

#: The program, where it is to be attached, and what is said.
ROWS: list[tuple[P, Hook, str]] = [
    (P.KPROBE, hooks.Uprobe("libc.so.6"), r"libc.so.6: say which function, or the offset of an instruction in the file"),
    (P.KPROBE, hooks.Uprobe("libc.so.6", offset=64), r"libc.so.6: 0x40 lies in no code that is loaded"),
    (P.KPROBE, hooks.Uprobe("libc.so.6", "mallo*"), r'no function mallo\*; a pattern takes SEC\("uprobe.multi"\)'),
    (P.KPROBE, hooks.Uprobe("libc.so.6", "mallocc"), r"no function mallocc; did you mean malloc"),
    (P.KPROBE, hooks.Uprobe("/etc", "main"), r"/etc is a folder, not a binary"),
    (P.KPROBE, hooks.Uprobe("libnosuch", "malloc"), r"no library or program 'libnosuch': name it by its path"),
    (P.KPROBE, hooks.Uprobe("libnosuch", "malloc", pid=1), r"'libnosuch' where process 1 looks: name it by its path"),
    (P.KPROBE, hooks.Uprobe("libc.so.6", "malloc", pid=4194303), r"there is no process 4194303"),
    (P.TRACEPOINT, hooks.Tracepoint("sched/sched_switch", ""), r"a tracepoint is a category and a name"),
    (P.TRACEPOINT, hooks.Tracepoint("sched", ""), r"a tracepoint is a category and a name"),
    (P.TRACEPOINT, hooks.Tracepoint("sched", "sched_swich"), r"sched:sched_swich; did you mean sched_switch"),
    (P.TRACEPOINT, hooks.Tracepoint("schde", "sched_switch"), r"category schde; did you mean sched"),
    (P.RAW_TRACEPOINT, hooks.RawTracepoint("sched/sched_switch"), r"sched/sched_switch; did you mean sched_switch"),
    (P.PERF_EVENT, hooks.PerfEvent(cpu=4000), r"there is no CPU 4000 here, or it is off"),
    (P.PERF_EVENT, hooks.PerfEvent(frequency=10**9), r"1000000000 samples a second; this kernel takes \d+ \(sysctl"),
    (P.PERF_EVENT, hooks.PerfEvent(period=-1), r"a period or a frequency is more than 0"),
    (P.XDP, hooks.Xdp(99999), r"no network interface 99999 in this namespace; there are lo \(1\), "),
    (P.XDP, hooks.Xdp("eth77"), r"no network interface 'eth77' in this namespace; there are lo, "),
    (P.SCHED_CLS, hooks.Tc("a0", priority=70000), r"priority 70000, handle 1; they are 1 to 65535"),
    (P.SCHED_CLS, hooks.Tc("a0", handle=-1), r"priority 1, handle -1; they are 1 to 65535"),
    (P.SK_SKB, hooks.SockMap("counts"), r"on map counts: it is of type array; sockets stand in a sockmap or sockhash"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "hook", "says"), ROWS, ids=lambda value: repr(value) if isinstance(value, Hook) else ""
)
def test_a_wrong_place_is_named(counted: Counted, veth: object, type_: P, hook: Hook, says: str) -> None:
    attach = A.SK_SKB_STREAM_VERDICT if type_ == P.SK_SKB else None
    loaded = counted.load(type_, result=2 if type_ == P.XDP else 0, attach=attach)
    with pytest.raises(HookError, match=says) as caught:
        counted.engine.attach(loaded, hook)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("target", "hook", "says"),
    [
        ("task", hooks.Iter("counts"), r"it can't be kept to one map; bpf_map_elem, "),
        ("bpf_map", hooks.Iter(pid=os.getpid()), r"it can't be kept to one process; task, task_file, task_vma can"),
        ("bpf_map_elem", hooks.Iter(), r"say which with map="),
        ("task", hooks.Iter(cgroup="/sys/fs/cgroup"), r"it can't be kept to one cgroup; cgroup can"),
    ],
    ids=["map", "process", "no map", "cgroup"],
)
def test_an_iterator_is_kept_to_what_it_walks(counted: Counted, target: str, hook: hooks.Iter, says: str) -> None:
    """The kernel would take the map's descriptor for the number of a thread, and walk that."""
    loaded = counted.load(P.TRACING, attach=A.TRACE_ITER, target=target, section=f"iter/{target}")
    with pytest.raises(HookError, match=says):
        counted.engine.attach(loaded, hook)


def test_what_was_loaded_for_many_functions_goes_nowhere_else(counted: Counted) -> None:
    if A.TRACE_UPROBE_MULTI.since > RELEASE:
        with pytest.raises(NotSupported, match=r"needs Linux 6\.6"):
            counted.engine.attach(counted.load(P.KPROBE), hooks.UprobeMulti("libc.so.6", ("malloc",)))
        return
    many = counted.load(P.KPROBE, name="many", attach=A.TRACE_UPROBE_MULTI)
    for hook in (hooks.Uprobe("libc.so.6", "malloc"), hooks.Kprobe("vfs_read"), hooks.KprobeMulti(("vfs_read",))):
        says = f"program many was loaded for trace_uprobe_multi: it takes UprobeMulti, not {type(hook).__name__}"
        with pytest.raises(HookError, match=re.escape(says)):
            counted.engine.attach(many, hook)
    with pytest.raises(HookError, match=r"has no function mallocc; did you mean malloc"):
        counted.engine.attach(many, hooks.UprobeMulti("libc.so.6", ("mallocc",)))
    with pytest.raises(HookError, match=r"uprobe.multi on libc.so.6: say which functions"):
        counted.engine.attach(many, hooks.UprobeMulti("libc.so.6", ()))


def test_the_same_program_twice_at_one_place(counted: Counted, veth: tuple[str, str]) -> None:
    if A.TCX_INGRESS.since > RELEASE:
        with pytest.raises(NotSupported, match=r"needs Linux 6.6; use tc \(clsact\)"):
            counted.engine.attach(counted.load(P.SCHED_CLS), hooks.Tcx("a0"))
        return
    loaded = counted.load(P.SCHED_CLS, attach=A.TCX_INGRESS)
    with counted.engine.attach(loaded, hooks.Tcx("a0")):
        with pytest.raises(HookError, match=r"tcx ingress on a0: program count is attached there already"):
            counted.engine.attach(loaded, hooks.Tcx("a0"))
        counted.engine.attach(loaded, hooks.Tcx("b0")).close()
    netkit = counted.load(P.SCHED_CLS, attach=A.NETKIT_PRIMARY)
    with pytest.raises((HookError, NotSupported), match=r"it is no netkit device|needs Linux 6.7"):
        counted.engine.attach(netkit, hooks.Netkit("a0"))


def test_an_anchor_is_one_of_that_place(counted: Counted, veth: tuple[str, str]) -> None:
    if A.TCX_INGRESS.since > RELEASE:
        pytest.skip("no tcx before Linux 6.6")
    here = counted.load(P.SCHED_CLS, attach=A.TCX_INGRESS)
    other = counted.load(P.SCHED_CLS, attach=A.TCX_EGRESS)
    xdp = counted.load(P.XDP, result=2, attach=A.XDP)
    with (
        counted.engine.attach(other, hooks.Tcx("a0", direction="egress")) as egress,
        counted.engine.attach(xdp, hooks.Xdp("a0", mode="generic")) as of_xdp,
    ):
        for word, number in (
            ("before", 1 << 30),
            ("after-link", 1 << 30),
            ("before", other.info()["id"]),
            ("after-link", egress.info()["id"]),
            ("before", xdp.info()["id"]),
            ("before-link", of_xdp.info()["id"]),
        ):
            with pytest.raises(HookError, match=rf"tcx ingress on a0: the anchor, id {number}, is not attached there"):
                counted.engine.attach(here, hooks.Tcx("a0", anchor=(word, number)))


def test_a_place_has_an_end(counted: Counted, veth: tuple[str, str]) -> None:
    if A.TCX_INGRESS.since > RELEASE:
        pytest.skip("no tcx before Linux 6.6")
    with ExitStack() as stack:
        for _ in range(63):
            one = counted.load(P.SCHED_CLS, result=-1, attach=A.TCX_INGRESS)
            stack.enter_context(counted.engine.attach(one, hooks.Tcx("a0")))
        with pytest.raises(HookError, match=r"tcx ingress on a0: as many programs as Linux takes \(63\)"):
            counted.engine.attach(counted.load(P.SCHED_CLS, attach=A.TCX_INGRESS), hooks.Tcx("a0"))


@pytest.mark.parametrize("cookie", [-1, 1 << 64, "7", 1.5], ids=repr)
def test_a_cookie_has_64_bits(counted: Counted, cookie: object) -> None:
    says = f"a cookie is a number from 0 to 2^64 - 1, not {cookie!r}"
    for type_, hook in (
        (P.KPROBE, hooks.Uprobe("libc.so.6", "getppid", pid=0, cookie=cookie)),
        (P.KPROBE, hooks.UprobeMulti("libc.so.6", ("getppid",), cookies=(cookie,))),
        (P.KPROBE, hooks.KprobeMulti(("vfs_read",), cookies=(cookie,))),
        (P.TRACEPOINT, hooks.Tracepoint("sched", "sched_switch", cookie=cookie)),
        (P.RAW_TRACEPOINT, hooks.RawTracepoint("sched_switch", cookie=cookie)),
        (P.PERF_EVENT, hooks.PerfEvent(cookie=cookie)),
    ):
        with pytest.raises(HookError, match=re.escape(says)):
            counted.engine.attach(counted.load(type_), hook)


def test_a_link_takes_what_fits(counted: Counted, veth: tuple[str, str]) -> None:
    xdp = counted.load(P.XDP, result=2, attach=A.XDP, name="first")
    other = counted.load(P.XDP, result=2, attach=A.XDP, name="second")
    filter_ = counted.load(P.SCHED_CLS, name="filter")
    with counted.engine.attach(xdp, hooks.Xdp("a0")) as link:
        with pytest.raises(KernelError, match=r"filter of type sched_cls can't take the place of first of type xdp"):
            link.update(filter_)
        with pytest.raises(KernelError, match=r"a map can't take the place of its program"):
            link.update(counted.counts)
        with pytest.raises(TypeError, match=r"a link takes a program of the kernel, not int"):
            link.update(5)
        with pytest.raises(KernelError, match=r"another program than the expected one is there"):
            link.update(other, expected=other)
        link.update(other, expected=xdp)
        assert link.info()["prog_id"] == other.info()["id"]
        link.detach()
        link.detach()


def test_a_record_that_a_program_reads_past(counted: Counted) -> None:
    """The kernel says "Permission denied" when it is attached, and to root."""
    code = encode([Instruction(0x79, dst=0, src=1, offset=4096), Instruction(0x95)], sys.byteorder)
    loaded = counted.engine.load_program(ProgramSpec("past", P.TRACEPOINT, code, license="GPL"), {})
    with pytest.raises(
        HookError, match=r"program past reads its context past the \d+ bytes that this tracepoint's record has"
    ):
        counted.engine.attach(loaded, hooks.Tracepoint("sched", "sched_process_exec"))


def test_a_closed_object_attaches_nothing(counted: Counted) -> None:
    loaded = counted.load(P.RAW_TRACEPOINT, name="late")
    counted.engine.close()
    with pytest.raises(Closed, match=r"program late: its object is closed"):
        counted.engine.attach(loaded, hooks.RawTracepoint("sys_enter"))


def test_what_is_no_socket(counted: Counted) -> None:
    one = Program(counted.load(P.SOCKET_FILTER), counted.engine)
    with pytest.raises(TypeError, match=r"a socket, or the number of its descriptor, not str"):
        one.attach_socket("tcp")
    with open("/dev/null") as file, pytest.raises(HookError, match=r"descriptor \d+ is no socket"):
        one.attach_socket(file)


def test_a_map_of_sockets_is_one(counted: Counted) -> None:
    socks = counted.engine.create_map(MapSpec("socks", MapType.SOCKMAP, 4, 8, 2))
    loaded = counted.load(P.SK_SKB, attach=A.SK_SKB_STREAM_VERDICT)
    with pytest.raises(HookError, match=r"there is no map 'sock'; there are "):
        counted.engine.attach(loaded, hooks.SockMap("sock"))
    counted.engine.attach(loaded, hooks.SockMap("socks")).close()
    socks.close()
