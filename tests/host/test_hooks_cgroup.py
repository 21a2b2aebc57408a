"""Every attach type of cgroups, counted exactly on a cgroup of the test's own; flags, orders and errors."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hook_places import Counted, inside
from programs import program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import HookError, NotSupported
from ebpf.kernel import query
from ebpf.kernel import sys as kernel
from ebpf.kernel.info import describe
from ebpf.kernel.links import BpfLink
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host

TIMES = 5
LOCAL = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
FOUR, SIX, UNIX = socket.AF_INET, socket.AF_INET6, socket.AF_UNIX


def udp(family: int) -> socket.socket:
    return socket.socket(family, socket.SOCK_DGRAM, 0)


def binds(family: int) -> None:
    for _ in range(TIMES):
        with udp(family) as one:
            one.bind((LOCAL[family], 0))


def connects(family: int) -> None:
    for _ in range(TIMES):
        with udp(family) as one:
            one.connect((LOCAL[family], 9))


def sends(family: int) -> None:
    """To itself, and reads it."""
    with udp(family) as one:
        one.bind((LOCAL[family], 0))
        for _ in range(TIMES):
            one.sendto(b"x", one.getsockname())
            assert one.recvfrom(8)[0] == b"x"


def names(family: int) -> None:
    with udp(family) as one:
        one.connect((LOCAL[family], 9))
        for _ in range(TIMES):
            one.getsockname()
            one.getpeername()


def sockets() -> None:
    for _ in range(TIMES):
        udp(FOUR).close()


def options() -> None:
    with udp(FOUR) as one:
        for _ in range(TIMES):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_PRIORITY, 1)
            one.getsockopt(socket.SOL_SOCKET, socket.SO_PRIORITY)


def devices() -> None:
    for _ in range(TIMES):
        os.close(os.open("/dev/null", os.O_RDONLY))


def settings() -> None:
    for _ in range(TIMES):
        fd = os.open("/proc/sys/kernel/ostype", os.O_RDONLY)
        os.read(fd, 64)
        os.close(fd)


def unix() -> None:
    """Names without a file: nothing to clean up."""
    name = f"\0ebpf-test-{os.getpid()}"
    with socket.socket(UNIX, socket.SOCK_DGRAM, 0) as server, socket.socket(UNIX, socket.SOCK_DGRAM, 0) as client:
        server.bind(name)
        for _ in range(TIMES):
            client.connect(name)
            client.getpeername()
            server.getsockname()
        with socket.socket(UNIX, socket.SOCK_DGRAM, 0) as other:
            other.bind(name + "-other")
            for _ in range(TIMES):
                other.sendto(b"x", name)
                server.recvfrom(8)


def tcp() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for _ in range(TIMES):
            with socket.create_connection(server.getsockname()):
                server.accept()[0].close()


#: `bpf_sock_ops.op` of a connection that this side opens.
_TCP_CONNECT_CB = 3
ROWS: list[tuple[P, A, Callable[[], None]]] = [
    (P.CGROUP_SKB, A.CGROUP_INET_INGRESS, lambda: sends(FOUR)),
    (P.CGROUP_SKB, A.CGROUP_INET_EGRESS, lambda: sends(FOUR)),
    (P.CGROUP_SOCK, A.CGROUP_INET_SOCK_CREATE, sockets),
    (P.CGROUP_SOCK, A.CGROUP_INET_SOCK_RELEASE, sockets),
    (P.CGROUP_SOCK, A.CGROUP_INET4_POST_BIND, lambda: binds(FOUR)),
    (P.CGROUP_SOCK, A.CGROUP_INET6_POST_BIND, lambda: binds(SIX)),
    (P.SOCK_OPS, A.CGROUP_SOCK_OPS, tcp),
    (P.CGROUP_DEVICE, A.CGROUP_DEVICE, devices),
    (P.CGROUP_SYSCTL, A.CGROUP_SYSCTL, settings),
    (P.CGROUP_SOCKOPT, A.CGROUP_GETSOCKOPT, options),
    (P.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, options),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_BIND, lambda: binds(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_BIND, lambda: binds(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_CONNECT, lambda: connects(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_CONNECT, lambda: connects(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UDP4_SENDMSG, lambda: sends(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UDP6_SENDMSG, lambda: sends(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UDP4_RECVMSG, lambda: sends(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UDP6_RECVMSG, lambda: sends(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_GETPEERNAME, lambda: names(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_GETPEERNAME, lambda: names(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_GETSOCKNAME, lambda: names(FOUR)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_GETSOCKNAME, lambda: names(SIX)),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_CONNECT, unix),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_SENDMSG, unix),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_RECVMSG, unix),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_GETPEERNAME, unix),
    (P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_GETSOCKNAME, unix),
]


@pytest.mark.parametrize(("type_", "attach", "act"), ROWS, ids=lambda row: row.label if isinstance(row, A) else "")
def test_what_is_done_in_a_cgroup_is_counted(
    counted: Counted, cgroup: Path, type_: P, attach: A, act: Callable[[], None]
) -> None:
    word = (0, _TCP_CONNECT_CB) if type_ == P.SOCK_OPS else None
    if kernel.kernel_release() < attach.since:
        with pytest.raises(NotSupported, match=rf"{attach.label} needs Linux {attach.since[0]}.{attach.since[1]}"):
            counted.load(type_, result=1, attach=attach)
        return
    loaded = counted.load(type_, result=1, attach=attach, word=word)
    for flags in ("", "multi"):
        counted.reset()
        with counted.engine.attach(loaded, hooks.Cgroup(str(cgroup), flags=flags)):
            inside(cgroup, act)
            assert counted.value == TIMES
        inside(cgroup, act)
        assert counted.value == TIMES


def test_a_link_on_a_cgroup(counted: Counted, cgroup: Path) -> None:
    one = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT)
    refuse = counted.engine.load_program(
        program(P.CGROUP_SOCK_ADDR, [I(0xB7, 0, imm=0), I(0x95)], attach=A.CGROUP_INET4_CONNECT), {}
    )
    with counted.engine.attach(one, hooks.Cgroup(str(cgroup))) as link:
        assert isinstance(link, BpfLink)
        info = link.info()
        assert (info["type"], info["cgroup_id"], info["attach_type"]) == (
            "cgroup",
            cgroup.stat().st_ino,
            int(A.CGROUP_INET4_CONNECT),
        )
        link.update(refuse, one)

        def refused() -> None:
            with pytest.raises(PermissionError):
                connects(FOUR)

        inside(cgroup, refused)
        link.detach()
        inside(cgroup, lambda: connects(FOUR))
    assert counted.value == 0


def test_legacy_flags_say_who_else_runs(counted: Counted, cgroup: Path) -> None:
    """multi: above and below both run; override: only the one below; none: nothing may be below."""
    attach = counted.engine.attach
    loaded = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT)
    other = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT, name="other")
    below = cgroup / "below"
    below.mkdir()
    try:
        for above_flags, below_flags, runs in (
            ("multi", "multi", 2),
            ("override", "override", 1),
            ("override", "multi", 1),
        ):
            counted.reset()
            with attach(loaded, hooks.Cgroup(str(cgroup), flags=above_flags)):
                inside(below, lambda: connects(FOUR))
                assert counted.value == TIMES
                with attach(other, hooks.Cgroup(str(below), flags=below_flags)):
                    inside(below, lambda: connects(FOUR))
                    assert counted.value == TIMES + runs * TIMES
        with (
            attach(loaded, hooks.Cgroup(str(cgroup), flags="none")),
            pytest.raises(HookError, match=r"allows no other"),
        ):
            attach(other, hooks.Cgroup(str(below), flags="multi"))
    finally:
        below.rmdir()


def test_who_is_out_of_descriptors_attaches_nothing(
    counted: Counted, cgroup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link needs two of its own; without them nobody could take the program away."""
    loaded = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT)
    real, calls = os.dup, []
    for refused in (1, 2):

        def dup(fd: int, refused: int = refused) -> int:
            calls.append(fd)
            if len(calls) == refused:
                raise OSError(errno.EMFILE, "Too many open files")
            return real(fd)

        calls.clear()
        monkeypatch.setattr(os, "dup", dup)
        with pytest.raises(OSError, match="Too many open files"):
            counted.engine.attach(loaded, hooks.Cgroup(str(cgroup), flags="multi"))
        assert query.of_cgroup(str(cgroup)) == []


def test_one_of_many_is_replaced(counted: Counted, cgroup: Path) -> None:
    attach = counted.engine.attach
    one = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT)
    other = counted.load(P.CGROUP_SOCK_ADDR, result=0, attach=A.CGROUP_INET4_CONNECT, name="other")
    number = describe("prog", one.fd)["id"]
    place = str(cgroup)
    old = attach(one, hooks.Cgroup(place, flags="multi"))
    with attach(other, hooks.Cgroup(place, flags="multi", replaces=number)):
        third = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT, name="third")
        with pytest.raises(HookError, match=rf"program {number} is not attached there"):
            attach(third, hooks.Cgroup(place, flags="multi", replaces=number))

        def refused() -> None:
            with pytest.raises(PermissionError):
                connects(FOUR)

        inside(cgroup, refused)
    with pytest.raises(HookError, match=r"update\(\)"):
        attach(other, hooks.Cgroup(place, replaces=number))
    old.close()  # what it held is another's by now: nothing to take away, no error


def test_the_order_of_programs_on_a_cgroup(counted: Counted, cgroup: Path) -> None:
    """A program that refuses ends nothing for cgroups: all run. The one that runs first sees the count before the other."""
    attach = counted.engine.attach
    place = str(cgroup)
    add, double = marking(counted, 1), marking(counted, 2)
    first = attach(add, hooks.Cgroup(place))
    assert isinstance(first, BpfLink)
    try:
        attach(double, hooks.Cgroup(place, anchor=("first", 0))).close()
    except NotSupported as error:
        # Kernels before 6.17 have no order, but for stable ones that took it over (6.12.117).
        assert kernel.kernel_release() < (6, 17) and "an order of programs needs Linux 6.17" in str(error)
        return
    link = int(str(first.info()["id"]))
    number = describe("prog", add.fd)["id"]
    ends = ((("first", 0), 21), (("last", 0), 12), (("", 0), 12))
    links = ((("before-link", link), 21), (("after-link", link), 12))
    for anchor, wanted in ends + links:
        with attach(double, hooks.Cgroup(place, anchor=anchor)):
            counted.reset()
            inside(cgroup, lambda: udp(FOUR).connect(("127.0.0.1", 9)))
            assert counted.value == wanted, anchor
    if kernel.kernel_release() >= (6, 17):  # before, the kernel says the same of an anchor as of having no order
        for wrong, message in (("after", "program 99999999"), ("before-link", "link 99999999")):
            with pytest.raises(HookError, match=rf"the anchor, {message}, is not attached there"):
                attach(double, hooks.Cgroup(place, anchor=(wrong, 99999999)))
        with pytest.raises(HookError, match=r"one that a link holds is named by its link"):
            attach(double, hooks.Cgroup(place, anchor=("before", number)))
    with pytest.raises(HookError, match=r"stand in an order"):
        attach(double, hooks.Cgroup(place, flags="none", anchor=("first", 0)))
    first.close()
    with attach(add, hooks.Cgroup(place, flags="multi")):
        for anchor, wanted in (*ends, (("before", number), 21), (("after", number), 12)):
            with attach(double, hooks.Cgroup(place, flags="multi", anchor=anchor)):
                counted.reset()
                inside(cgroup, lambda: udp(FOUR).connect(("127.0.0.1", 9)))
                assert counted.value == wanted, anchor


def test_a_program_of_a_folder_above_runs_first_if_asked(counted: Counted, cgroup: Path) -> None:
    """As a rule those of the cgroup itself run first, then those of the folders above."""
    attach = counted.engine.attach
    above, below = marking(counted, 1), marking(counted, 2)
    inner = cgroup / "inner"
    inner.mkdir()
    try:
        with attach(below, hooks.Cgroup(str(inner))):
            orders = [(False, 21), (True, 12)]
            try:
                attach(above, hooks.Cgroup(str(cgroup), preorder=True)).detach()
            except NotSupported as error:  # Linux 6.15; Debian's 6.12 has it from a stable release
                assert kernel.kernel_release() < (6, 15) and "preorder needs Linux 6.15" in str(error)
                orders.pop()
            for preorder, wanted in orders:
                with attach(above, hooks.Cgroup(str(cgroup), preorder=preorder)):
                    counted.reset()
                    inside(inner, lambda: udp(FOUR).connect(("127.0.0.1", 9)))
                    assert counted.value == wanted
    finally:
        inner.rmdir()


def marking(counted: Counted, digit: int) -> object:
    """counts[0] = counts[0] * 10 + digit"""
    from ebpf.spec import Reference

    code = [
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),
        I(0x15, 0, imm=0, offset=4),
        I(0x79, 1, 0),
        I(0x27, 1, imm=10),
        I(0x07, 1, imm=digit),
        I(0x7B, 0, 1),
        I(0xB7, 0, imm=1),
        I(0x95),
    ]
    spec = program(P.CGROUP_SOCK_ADDR, code, Reference(3, "map", "counts"), attach=A.CGROUP_INET4_CONNECT)
    return counted.engine.load_program(spec, {"counts": counted.counts})


def test_wrong_cgroups_are_named(counted: Counted, cgroup: Path, tmp_path: Path) -> None:
    loaded = counted.load(P.CGROUP_SOCK_ADDR, result=1, attach=A.CGROUP_INET4_CONNECT)
    for path, message in ((f"{cgroup}/x", r"no cgroup"), (str(tmp_path), r"no cgroup v2"), (__file__, r"no folder")):
        with pytest.raises(HookError, match=message):
            counted.engine.attach(loaded, hooks.Cgroup(path))
    with pytest.raises(HookError, match=r"no flags 'many'; there are none, override, multi"):
        counted.engine.attach(loaded, hooks.Cgroup(str(cgroup), flags="many"))
    alone = counted.engine.attach(loaded, hooks.Cgroup(str(cgroup), flags="none"))
    with alone, pytest.raises(HookError, match=r"allows no other"):
        counted.engine.attach(loaded, hooks.Cgroup(str(cgroup), flags="multi"))
