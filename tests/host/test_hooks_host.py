"""Every hook that this machine's kernel has, counted exactly: on processes, interfaces and cgroups of the test's own."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
from array import array
from pathlib import Path

import pytest
from hook_places import Counted, inside, send, settled
from programs import RETURN_0, cookie_of, count, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.btf.kernel import kernel_btf
from ebpf.errors import HookError, KernelError, NotSupported
from ebpf.hooks import Hook
from ebpf.kernel import perf, query
from ebpf.kernel import sys as kernel
from ebpf.kernel.info import describe
from ebpf.kernel.links import BpfLink
from ebpf.spec import MapSpec, Reference
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.btf import Kind
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host


# -- processes ---------------------------------------------------------------------------------------------------------

LIBC = "libc.so.6"


@pytest.mark.parametrize(
    "hook",
    [
        hooks.Tracepoint("syscalls", "sys_enter_getppid"),
        hooks.Tracepoint("syscalls", "sys_exit_getppid"),
        hooks.Tracepoint("syscalls", "sys_enter_getppid", cookie=9),
        hooks.Uprobe(LIBC, "getppid", pid=0),
        hooks.Uprobe(LIBC, "getppid", pid=0, cookie=1 << 63),
        hooks.Uprobe(LIBC, "getppid", pid=os.getpid(), ret=True),
        hooks.Uprobe("c", "getppid", pid=-1),
        hooks.UprobeMulti(LIBC, ("getppid",), pid=0),
        hooks.UprobeMulti(LIBC, ("getppi*", "nosuch_but_others"), pid=0, ret=True),
    ],
    ids=lambda hook: repr(hook).replace(f"pid={os.getpid()}", "pid=own"),  # a guest's names are those of outside
)
def test_this_process_is_counted_exactly(counted: Counted, hook: Hook) -> None:
    multi = isinstance(hook, hooks.UprobeMulti)
    type_ = P.TRACEPOINT if isinstance(hook, hooks.Tracepoint) else P.KPROBE
    if multi and not _has_uprobe_multi(counted):
        pytest.skip("this kernel has no uprobe.multi")
    loaded = counted.load(type_, pid=os.getpid(), attach=A.TRACE_UPROBE_MULTI if multi else None)
    os.getppid()
    with counted.engine.attach(loaded, hook):
        for _ in range(17):
            os.getppid()
    os.getppid()
    assert counted.value == 17


def test_entry_and_return_of_a_user_function_by_one_program(counted: Counted) -> None:
    hook = hooks.UprobeMulti(LIBC, ("getppid",), session=True, pid=0)
    if kernel.kernel_release() < (6, 13):
        with pytest.raises(NotSupported, match=r"uprobe.session needs Linux 6.13"):
            counted.engine.attach(counted.load(P.KPROBE), hook)
        return
    with counted.engine.attach(counted.load(P.KPROBE, attach=A.TRACE_UPROBE_SESSION), hook) as link:
        assert describe("link", link.fd)["type"] == "uprobe_multi"
        for _ in range(10):
            os.getppid()
    assert counted.value == 20


def _has_uprobe_multi(counted: Counted) -> bool:
    try:
        with counted.engine.attach(
            counted.load(P.KPROBE, attach=A.TRACE_UPROBE_MULTI), hooks.UprobeMulti(LIBC, ("getppid",), pid=0)
        ):
            return True
    except (NotSupported, KernelError, HookError):
        return False


def test_an_offset_in_the_file_is_a_place_too(counted: Counted) -> None:
    from ebpf.binaries import symbols

    path = symbols.find(LIBC)
    with symbols.Binary(path) as binary:
        place = binary.place_of_function("getppid")
    loaded = counted.load(P.KPROBE, pid=os.getpid())
    with counted.engine.attach(loaded, hooks.Uprobe(path, offset=place, pid=0)):
        os.getppid()
    assert counted.value == 1


def test_binaries_and_functions_that_are_not_there_are_named(counted: Counted) -> None:
    loaded = counted.load(P.KPROBE)
    attach = counted.engine.attach
    with pytest.raises(HookError, match=r"no library or program 'libnosuch'"):
        attach(loaded, hooks.Uprobe("libnosuch", "x"))
    with pytest.raises(HookError, match=r"there is no file /nosuch"):
        attach(loaded, hooks.Uprobe("/nosuch", "x"))
    with pytest.raises(HookError, match=r"no function getppidd; did you mean getppid"):
        attach(loaded, hooks.Uprobe(LIBC, "getppidd"))
    with pytest.raises(HookError, match=r"is no ELF file"):
        attach(loaded, hooks.Uprobe(__file__, "x"))
    with pytest.raises(HookError, match=r"no process 999999999|no probe"):
        attach(loaded, hooks.Uprobe(LIBC, "getppid", pid=999999999))


@pytest.mark.parametrize("name", ["libc", "c", "libc.so", "libc.so.6", "sh"])
def test_binaries_are_found_by_name(name: str) -> None:
    from ebpf.binaries import symbols

    path = symbols.find(name)
    assert Path(path).exists()
    assert ("libc" in path) == (name != "sh")


def test_raw_tracepoint_and_cookie(counted: Counted) -> None:
    # Only what this process does: the program compares the pid.
    loaded = counted.load(P.RAW_TRACEPOINT, pid=os.getpid())
    with counted.engine.attach(loaded, hooks.RawTracepoint("sys_enter")):
        for _ in range(5):
            os.getppid()
    assert counted.value >= 5


def test_a_typed_tracepoint(counted: Counted) -> None:
    """Each child that is made is one event of its parent's."""
    spec = count(
        P.TRACING, pid=os.getpid(), attach=A.TRACE_RAW_TP, target="task_newtask", section="tp_btf/task_newtask"
    )
    loaded = counted.engine.load_program(spec, {"counts": counted.counts})
    with counted.engine.attach(loaded, hooks.Tracing()):
        for _ in range(7):
            child = os.fork()
            if not child:
                os._exit(0)
            os.waitpid(child, 0)
    assert counted.value == 7


def test_a_tracepoint_whose_argument_is_written(counted: Counted) -> None:
    """bpf_test_finish hands out the result of a run by hand: a program gives another. Only this process's runs."""
    code = [
        I(0xBF, 6, 1),
        I(0x85, imm=14),
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=os.getpid(), offset=2),
        I(0x79, 1, 6, offset=0),
        I(0x62, 1, offset=0, imm=-errno.ENOANO),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    writer = counted.engine.load_program(program(P.RAW_TRACEPOINT_WRITABLE, code), {})
    run = counted.load(P.SOCKET_FILTER)
    with counted.engine.attach(writer, hooks.RawTracepoint("bpf_test_finish")) as link:
        assert describe("link", link.fd)["type"] == "raw_tracepoint"
        with pytest.raises(KernelError) as caught:
            run.run(bytes(64))
        assert caught.value.errno == errno.ENOANO
    assert run.run(bytes(64)).retval == 0
    with pytest.raises(HookError, match=r"no tracepoint bpf_test_finnish; did you mean .*bpf_test_finish"):
        counted.engine.attach(writer, hooks.RawTracepoint("bpf_test_finnish"))


def test_samples_of_a_cgroup(counted: Counted, cgroup: Path) -> None:
    """Nobody else is in it: what is counted is its own child."""
    loaded = counted.load(P.PERF_EVENT)
    try:
        link = counted.engine.attach(
            loaded, hooks.PerfEvent("software", "cpu-clock", period=1_000_000, cgroup=str(cgroup))
        )
    except NotSupported as error:
        pytest.skip(str(error))
    with link:
        assert counted.value == 0
        inside(cgroup, lambda: burn(counted, 20))
        assert counted.value >= 20
    with pytest.raises(HookError, match=r"a process or a cgroup, not both"):
        counted.engine.attach(loaded, hooks.PerfEvent(cgroup=str(cgroup), pid=1))
    with pytest.raises(HookError, match=r"no cgroup"):
        counted.engine.attach(loaded, hooks.PerfEvent(cgroup=f"{cgroup}/none"))


def burn(counted: Counted, samples: int) -> None:
    deadline = time.monotonic() + 60
    while counted.value < samples and time.monotonic() < deadline:
        sum(range(1000))


def test_samples_have_a_cookie(counted: Counted) -> None:
    """The program keeps it; the kernel tells of it since 6.6."""
    loaded = counted.engine.load_program(cookie_of(P.PERF_EVENT), {"counts": counted.counts})
    hook = hooks.PerfEvent("software", "cpu-clock", period=100_000, pid=os.getpid(), cookie=7)
    with counted.engine.attach(loaded, hook) as link:
        burn(counted, 7)
        info = link.info()
        assert info["type"] == "perf_event"
        if kernel.kernel_release() >= (6, 6):
            assert (info["perf_type"], info["event_config"], info["cookie"]) == ("event", 0, 7)
    assert counted.value == 7


def test_samples_of_one_cpu(counted: Counted) -> None:
    """Its own thread on one CPU: the program counts only this process."""
    cpu = min(os.sched_getaffinity(0))
    before = os.sched_getaffinity(0)
    loaded = counted.load(P.PERF_EVENT, pid=os.getpid())
    try:
        os.sched_setaffinity(0, {cpu})
        with counted.engine.attach(loaded, hooks.PerfEvent(frequency=500, cpu=cpu)):
            burn(counted, 10)
        assert counted.value >= 10
    finally:
        os.sched_setaffinity(0, before)


def test_a_hardware_counter_or_the_word_that_there_is_none(counted: Counted) -> None:
    loaded = counted.load(P.PERF_EVENT, pid=os.getpid())
    try:
        link = counted.engine.attach(loaded, hooks.PerfEvent("hardware", "cycles", period=1_000_000, pid=os.getpid()))
    except NotSupported as error:
        assert "counts no such event" in str(error) and 'kind="software"' in str(error)
        return
    with link:
        burn(counted, 5)
    assert counted.value >= 5


def test_samples_of_a_busy_process(counted: Counted) -> None:
    child = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        loaded = counted.load(P.PERF_EVENT)
        hook = hooks.PerfEvent("software", "cpu-clock", frequency=200, pid=child.pid)
        with counted.engine.attach(loaded, hook):
            deadline = time.monotonic() + 20
            while counted.value < 20 and time.monotonic() < deadline:
                time.sleep(0.05)
        assert counted.value >= 20
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize(
    ("hook", "message"),
    [
        (hooks.PerfEvent("softwar", "x"), r"no perf event type 'softwar'"),
        (hooks.PerfEvent("software", "cpu-clok"), r"no software event 'cpu-clok'; there are cpu-clock"),
        (hooks.PerfEvent("software", "cpu-clock", period=1, frequency=1), r"not both"),
        (hooks.PerfEvent("software", "cpu-clock", pid=999999999), r"no process 999999999"),
    ],
)
def test_wrong_perf_events_are_named(counted: Counted, hook: Hook, message: str) -> None:
    with pytest.raises(HookError, match=message):
        counted.engine.attach(counted.load(P.PERF_EVENT), hook)


def test_usdt_of_a_real_binary(counted: Counted) -> None:
    python = "/usr/bin/python3.11"
    if not Path(python).exists() or ".note.stapsdt" not in _sections(python):
        pytest.skip("no binary with USDT probes here")
    code = "import sys; sys.stdin.read(1); import gc\nfor _ in range(7): gc.collect()"
    child = subprocess.Popen([python, "-S", "-c", code], stdin=subprocess.PIPE)
    try:
        loaded = counted.load(P.KPROBE)
        with counted.engine.attach(loaded, hooks.Usdt(python, "python", "gc__start", pid=child.pid)):
            child.communicate(b"x", timeout=30)
        assert counted.value >= 7
        with pytest.raises(HookError, match=r"no USDT probe python:gc__strat; did you mean python:gc__start"):
            counted.engine.attach(loaded, hooks.Usdt(python, "python", "gc__strat"))
    finally:
        child.kill()
        child.wait()


def _sections(path: str) -> list[str]:
    from elftools.elf.elffile import ELFFile

    with Path(path).open("rb") as file:
        return [section.name for section in ELFFile(file).iter_sections()]


# -- the network: a namespace of the test's own, with a pair of interfaces -----------------------------------------------


# What IPv6 sends by itself (when an interface comes up) has another protocol: programs count those of 0x88b5 only.
def count_ours(type_: P, result: int, attach: A | None = None) -> object:
    """count(), for frames of protocol 0x88b5: by __sk_buff.protocol, or the Ethernet header of an xdp_md."""
    if type_ == P.XDP:
        head = [
            I(0x61, 2, 1, offset=0),  # data
            I(0x61, 3, 1, offset=4),  # data_end
            I(0xBF, 4, 2),
            I(0x07, 4, imm=14),
            I(0x2D, 4, 3, offset=10),  # too short: out
            I(0x69, 4, 2, offset=12),
            I(0x55, 4, imm=0xB588, offset=8),
        ]
    else:
        head = [I(0x61, 2, 1, offset=16), I(0x55, 2, imm=0xB588, offset=8)]
    body = [
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),
        I(0x15, 0, imm=0, offset=2),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=result),
        I(0x95),
    ]
    head[-1].offset = 9
    if type_ == P.XDP:
        head[4].offset = 11
    return program(type_, head + body, Reference(len(head) + 3, "map", "counts"), attach=attach, name="packets")


@pytest.mark.parametrize(
    ("type_", "attach", "hook", "interface_of_sender"),
    [
        (P.XDP, A.XDP, hooks.Xdp("b0"), "a0"),
        (P.XDP, A.XDP, hooks.Xdp("b0", mode="generic"), "a0"),
        (P.SCHED_CLS, None, hooks.Tc("b0"), "a0"),
        (P.SCHED_CLS, None, hooks.Tc("a0", "egress", priority=7, handle=3), "a0"),
        (P.SCHED_CLS, A.TCX_INGRESS, hooks.Tcx("b0"), "a0"),
        (P.SCHED_CLS, A.TCX_EGRESS, hooks.Tcx("a0", "egress"), "a0"),
    ],
    ids=repr,
)
def test_packets_are_counted_exactly(
    counted: Counted, veth: tuple[str, str], type_: P, attach: A | None, hook: Hook, interface_of_sender: str
) -> None:
    spec = count_ours(type_, 2 if type_ == P.XDP else 0, attach)
    loaded = counted.engine.load_program(spec, {"counts": counted.counts})
    if isinstance(hook, hooks.Tcx) and kernel.kernel_release() < (6, 6):
        with pytest.raises(NotSupported, match=r"tcx \w+ on \w+ needs Linux 6.6; use tc"):
            counted.engine.attach(loaded, hook)
        return
    send(interface_of_sender, 3)
    with counted.engine.attach(loaded, hook):
        send(interface_of_sender, 11)
        assert settled(counted, 11) == 11
    send(interface_of_sender, 5)
    time.sleep(0.02)
    assert counted.value == 11
    assert "clsact" not in subprocess.run(["tc", "qdisc", "show"], capture_output=True, text=True, check=True).stdout


def test_xdp_by_netlink(counted: Counted, veth: tuple[str, str]) -> None:
    from ebpf.kernel.hooks import xdp

    loaded = counted.engine.load_program(count_ours(P.XDP, 2, A.XDP), {"counts": counted.counts})
    with xdp.by_netlink(loaded, hooks.Xdp("b0", mode="generic"), socket.if_nametoindex("b0")):
        send("a0", 4)
        assert settled(counted, 4) == 4
        with pytest.raises(HookError, match=r"another XDP program"):
            counted.engine.attach(loaded, hooks.Xdp("b0", mode="generic"))
    send("a0", 4)
    time.sleep(0.02)
    assert counted.value == 4


def test_a_detachment_that_failed_may_be_tried_again(
    counted: Counted, veth: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ebpf.kernel.hooks import xdp

    def refused() -> None:
        raise NotSupported("netlink")

    loaded = counted.engine.load_program(count_ours(P.XDP, 2, A.XDP), {"counts": counted.counts})
    link = xdp.by_netlink(loaded, hooks.Xdp("b0", mode="generic"), socket.if_nametoindex("b0"))
    with monkeypatch.context() as patched:
        patched.setattr(xdp, "netlink", refused)
        with pytest.raises(NotSupported):
            link.close()
    assert query.of_interface("b0")
    link.close()
    assert query.of_interface("b0") == []


def test_a_link_takes_another_program_without_a_gap(counted: Counted, veth: tuple[str, str]) -> None:
    one = counted.engine.load_program(count_ours(P.XDP, 2, A.XDP), {"counts": counted.counts})
    other = counted.engine.load_program(
        program(P.XDP, [I(0xB7, 0, imm=2), I(0x95)], attach=A.XDP), {"counts": counted.counts}
    )
    link = counted.engine.attach(one, hooks.Xdp("b0"))
    assert isinstance(link, BpfLink)
    with link:
        send("a0", 2)
        assert settled(counted, 2) == 2
        link.update(other, one)
        send("a0", 2)
        time.sleep(0.02)
        assert counted.value == 2
        with pytest.raises(KernelError):
            link.update(one, one)  # it is not what is there
        assert describe("link", link.fd)["type"] == "xdp"
        link.detach()
        assert describe("link", link.fd)["ifindex"] == 0


def test_the_order_of_tcx(counted: Counted, veth: tuple[str, str]) -> None:
    if kernel.kernel_release() < (6, 6):
        pytest.skip("tcx needs Linux 6.6")
    # TCX_NEXT (-1) goes on; TC_ACT_SHOT (2) ends it there.
    on = counted.engine.load_program(count_ours(P.SCHED_CLS, -1, A.TCX_INGRESS), {"counts": counted.counts})
    stop = counted.engine.load_program(program(P.SCHED_CLS, [I(0xB7, 0, imm=2), I(0x95)], attach=A.TCX_INGRESS), {})
    with counted.engine.attach(on, hooks.Tcx("b0")) as first:
        with counted.engine.attach(stop, hooks.Tcx("b0", anchor=("first", 0))):
            send("a0", 3)
            time.sleep(0.02)
            assert counted.value == 0
        number = describe("prog", on.fd)["id"]
        with counted.engine.attach(stop, hooks.Tcx("b0", anchor=("after", number))):
            send("a0", 3)
            assert settled(counted, 3) == 3
        link = describe("link", first.fd)["id"]
        with counted.engine.attach(stop, hooks.Tcx("b0", anchor=("before-link", link))):
            send("a0", 3)
            time.sleep(0.02)
            assert counted.value == 3
        with pytest.raises(HookError, match=r"the anchor"):
            counted.engine.attach(stop, hooks.Tcx("b0", anchor=("after", 99999999)))


def test_interfaces_and_directions_that_do_not_exist(counted: Counted, veth: tuple[str, str]) -> None:
    tc = counted.engine.load_program(count_ours(P.SCHED_CLS, 0), {"counts": counted.counts})
    for hook in (hooks.Tc("eth9"), hooks.Tcx("eth9")):
        with pytest.raises(HookError, match=r"no network interface 'eth9' .* a0"):
            counted.engine.attach(tc, hook)
    for hook in (hooks.Tc("a0", "out"), hooks.Tcx("a0", "out"), hooks.Tcx("a0", anchor=("middle", 0))):
        with pytest.raises(HookError, match=r"no direction|no anchor"):
            counted.engine.attach(tc, hook)
    with counted.engine.attach(tc, hooks.Tc("a0")), pytest.raises(HookError, match=r"priority 1, handle 1 is taken"):
        counted.engine.attach(tc, hooks.Tc("a0"))


def test_a_filter_on_a_socket(counted: Counted) -> None:
    loaded = counted.load(P.SOCKET_FILTER, result=-1)
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with left, right:
        with counted.engine.attach(loaded, hooks.Socket(right.fileno())):
            for _ in range(6):
                left.send(b"x")
        left.send(b"x")
        assert counted.value == 6
        with pytest.raises(HookError, match=r"is no socket"):
            fd = os.open("/dev/null", os.O_RDONLY)
            try:
                counted.engine.attach(loaded, hooks.Socket(fd))
            finally:
                os.close(fd)
        assert right.recv(1) == b"x"


@pytest.mark.parametrize("attach", [A.SK_REUSEPORT_SELECT, A.SK_REUSEPORT_SELECT_OR_MIGRATE], ids=lambda one: one.name)
def test_reuseport_chooses(counted: Counted, veth: tuple[str, str], attach: A) -> None:
    loaded = counted.load(P.SK_REUSEPORT, result=1, attach=attach)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
    ):
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        with counted.engine.attach(loaded, hooks.Socket(server.fileno())):
            for _ in range(4):
                out.sendto(b"x", server.getsockname())
        assert settled(counted, 4) == 4


def test_socket_lookup_in_a_namespace(counted: Counted, veth: tuple[str, str]) -> None:
    loaded = counted.load(P.SK_LOOKUP, result=1, attach=A.SK_LOOKUP)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
    ):
        server.bind(("127.0.0.1", 0))
        with counted.engine.attach(loaded, hooks.NetNamespace()):
            for _ in range(4):
                out.sendto(b"x", server.getsockname())
        out.sendto(b"x", server.getsockname())
        assert settled(counted, 4) == 4


def test_flow_dissector_in_a_namespace(counted: Counted, veth: tuple[str, str]) -> None:
    spec = program(P.FLOW_DISSECTOR, RETURN_0, attach=A.FLOW_DISSECTOR)
    loaded = counted.engine.load_program(spec, {})
    with counted.engine.attach(loaded, hooks.NetNamespace()) as link:
        assert describe("link", link.fd)["type"] == "netns"
        with pytest.raises(HookError, match=r"another program"):
            counted.engine.attach(loaded, hooks.NetNamespace())
    with pytest.raises(HookError, match=r"no network namespace"):
        counted.engine.attach(loaded, hooks.NetNamespace("/nosuch"))


def test_netfilter(counted: Counted, veth: tuple[str, str]) -> None:
    if kernel.kernel_release() < (6, 4):
        with pytest.raises(NotSupported, match=r"type netfilter needs Linux 6.4"):
            counted.load(P.NETFILTER, result=1, attach=A.NETFILTER)
        return
    loaded = counted.load(P.NETFILTER, result=1, attach=A.NETFILTER)
    with counted.engine.attach(loaded, hooks.Netfilter("ipv4", "input", priority=-5)) as link:
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
        ):
            server.bind(("127.0.0.1", 0))
            for _ in range(4):
                out.sendto(b"x", server.getsockname())
        assert settled(counted, 4) == 4
        assert describe("link", link.fd)["priority"] == -5
    for hook in (
        hooks.Netfilter("ipx", "input"),
        hooks.Netfilter("ipv4", "inputt"),
        hooks.Netfilter("ipv4", "input", 1 << 31),
    ):
        with pytest.raises(HookError):
            counted.engine.attach(loaded, hook)


def test_a_sockmap_counts_what_passes(counted: Counted, veth: tuple[str, str]) -> None:
    sockets = counted.engine.create_map(MapSpec("sockets", MapType.SOCKMAP, 4, 4, 2))
    loaded = counted.load(P.SK_MSG, result=1, attach=A.SK_MSG_VERDICT)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        peer, _ = server.accept()
        with peer, counted.engine.attach(loaded, hooks.SockMap("sockets")):
            sockets.update_object(bytes(4), client)
            for _ in range(3):
                client.send(b"hello")
            assert counted.value == 3
        assert counted.value == 3
    with pytest.raises(HookError, match=r"no map 'nosuch'; there are counts, sockets"):
        counted.engine.attach(loaded, hooks.SockMap("nosuch"))


# -- the rest ------------------------------------------------------------------------------------------------------------


def test_a_program_of_another_type_is_refused_by_name(counted: Counted) -> None:
    loaded = counted.load(P.SOCKET_FILTER)
    with pytest.raises(HookError, match=r"program count is of type socket_filter; Xdp takes xdp"):
        counted.engine.attach(loaded, hooks.Xdp("lo"))


def test_an_iterator_is_read_as_text(counted: Counted) -> None:
    """bpf_seq_write(ctx->meta->seq, &ctx->map->id, 4) for each BPF map: those of others come and go meanwhile."""
    btf = kernel_btf()
    found = btf.find("bpf_map", Kind.STRUCT)
    assert found is not None
    code = [
        I(0x79, 6, 1, offset=0),
        I(0x79, 7, 1, offset=8),
        I(0x15, 7, imm=0, offset=7),
        I(0x79, 1, 6, offset=0),
        I(0x61, 3, 7, offset=btf.type(found).member("id").bit_offset // 8),
        I(0x63, 10, 3, offset=-8),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-8),
        I(0xB7, 3, imm=4),
        I(0x85, imm=127),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    spec = program(P.TRACING, code, attach=A.TRACE_ITER, target="bpf_map", section="iter/bpf_map")
    loaded = counted.engine.load_program(spec, {})
    with counted.engine.attach(loaded, hooks.Iter()) as link:
        before = link.read()
        one_more = counted.engine.create_map(MapSpec("one_more", MapType.ARRAY, 4, 8, 1))
        number = one_more.info()["id"]
        assert number not in array("I", before) and number in array("I", link.read())
        assert isinstance(link.text(), str) and link.text()
    with pytest.raises(HookError, match=r"no iterator bpf_mapp; did you mean .*bpf_map"):
        counted.engine.load_program(spec.replace(target="bpf_mapp"), {})


def test_the_older_way_to_attach_a_perf_event(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perf, "_has_link", False)
    loaded = counted.load(P.TRACEPOINT, pid=os.getpid())
    with counted.engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid")):
        os.getppid()
    os.getppid()
    assert counted.value == 1
    with pytest.raises(NotSupported, match=r"cookie on a perf event needs Linux 5.15"):
        counted.engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid", cookie=1))


def test_what_is_attached_is_told(counted: Counted) -> None:
    if kernel.kernel_release() < (6, 6):
        pytest.skip("before Linux 6.6 a perf event's link says no more than its type")
    loaded = counted.load(P.TRACEPOINT, pid=os.getpid())
    with counted.engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid", cookie=7)) as link:
        found = describe("link", link.fd)
        assert (found["type"], found["perf_type"], found["tp_name"]) == (
            "perf_event",
            "tracepoint",
            "sys_enter_getppid",
        )
        assert found["cookie"] == 7
    info = describe("prog", loaded.fd)
    assert info["name"] == "count" and info["gpl_compatible"] == 1
    assert info["map_ids"] == [describe("map", counted.counts.fd)["id"]]


def test_a_program_that_is_only_run(counted: Counted) -> None:
    """SYSCALL programs have no hook: they are run with a context, which they may write to."""
    code = [I(0x79, 2, 1, offset=0), I(0x07, 2, imm=5), I(0x7B, 1, 2, offset=0), I(0xB7, 0, imm=3), I(0x95)]
    loaded = counted.engine.load_program(program(P.SYSCALL, code, flags=1 << 4), {})  # BPF_F_SLEEPABLE
    result = loaded.run(context=(37).to_bytes(8, sys.byteorder))
    assert (result.retval, int.from_bytes(result.context, sys.byteorder)) == (3, 42)
