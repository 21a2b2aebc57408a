"""Links of every kind that can be had here: told of, listed, pinned, updated and detached."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import bpffs
import pytest
from hook_places import Counted
from programs import program
from test_hooks_iter import iterator

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import HookError, KernelError, NotSupported
from ebpf.hooks import Hook
from ebpf.kernel import sys as kernel
from ebpf.kernel.info import OBJ, describe
from ebpf.kernel.links import BpfLink, open_link
from ebpf.kernel.programs import KernelProgram
from ebpf.spec import MapSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host

UPDATES, DETACHES = 1, 2
Make = Callable[[Counted, str], KernelProgram]


def counting(type_: P, attach: A | None = None, **more: object) -> Make:
    def make(counted: Counted, name: str) -> KernelProgram:
        return counted.load(type_, pid=0, attach=attach, name=name, **more)

    return make


def on_sockets(counted: Counted, name: str) -> KernelProgram:
    counted.sockets = counted.engine.create_map(
        MapSpec("sockets", M.SOCKMAP, 4, 4, 2)
    )  # the engine alone does not hold it
    return counted.load(P.SK_MSG, result=1, attach=A.SK_MSG_VERDICT, name=name)


def dissector(counted: Counted, name: str) -> KernelProgram:
    code = [I(0xB7, 0, imm=0), I(0x95)]
    return counted.engine.load_program(program(P.FLOW_DISSECTOR, code, attach=A.FLOW_DISSECTOR, name=name), {})


#: type → (what makes a program for it, where it is attached, what can be done with the link)
KINDS: dict[str, tuple[Make, Callable[[Path], Hook], int]] = {
    "raw_tracepoint": (counting(P.RAW_TRACEPOINT), lambda _: hooks.RawTracepoint("task_newtask"), 0),
    "tracing": (
        counting(P.TRACING, A.TRACE_FENTRY, target="bpf_fentry_test1", section="fentry/bpf_fentry_test1"),
        lambda _: hooks.Tracing(), 0,
    ),
    "kprobe_multi": (
        counting(P.KPROBE, A.TRACE_KPROBE_MULTI), lambda _: hooks.KprobeMulti(("bpf_fentry_test1",)), 0,
    ),
    "perf_event": (counting(P.TRACEPOINT), lambda _: hooks.Tracepoint("syscalls", "sys_enter_getppid"), 0),
    "cgroup": (
        counting(P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_CONNECT, result=1),
        lambda cgroup: hooks.Cgroup(str(cgroup)), UPDATES | DETACHES,
    ),
    "iter": (
        lambda counted, name: iterator(counted.engine, "bpf_map"),  # type: ignore[return-value]
        lambda _: hooks.Iter(), UPDATES,
    ),
    "netns": (dissector, lambda _: hooks.NetNamespace(), UPDATES | DETACHES),
    "xdp": (counting(P.XDP, A.XDP, result=2), lambda _: hooks.Xdp("b0", mode="generic"), UPDATES | DETACHES),
    "netfilter": (
        counting(P.NETFILTER, A.NETFILTER, result=1), lambda _: hooks.Netfilter("ipv4", "input", priority=7), DETACHES,
    ),
    "tcx": (counting(P.SCHED_CLS, A.TCX_INGRESS, result=-1), lambda _: hooks.Tcx("b0"), UPDATES | DETACHES),
    "uprobe_multi": (
        counting(P.KPROBE, A.TRACE_UPROBE_MULTI), lambda _: hooks.UprobeMulti("libc.so.6", ("getppid",), pid=0), 0,
    ),
    "sockmap": (on_sockets, lambda _: hooks.SockMap("sockets"), UPDATES | DETACHES),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_link(counted: Counted, veth: object, cgroup: Path, kind: str) -> None:
    make, place, can = KINDS[kind]
    try:
        one = make(counted, "one")
        link = counted.engine.attach(one, place(cgroup))
    except NotSupported as error:
        pytest.skip(str(error))
    except KernelError as error:
        if error.errno != errno.EPERM:
            raise
        pytest.skip(str(error))  # a kernel that is locked down
    if not isinstance(link, BpfLink):
        pytest.skip(f"Linux {kernel.release} has no links for this")
    other = make(counted, "other") if kind != "sockmap" else counted.load(P.SK_MSG, result=1, attach=A.SK_MSG_VERDICT)
    program_id = describe("prog", one.fd)["id"]
    with link, bpffs.mounted() as folder:
        info = link.info()
        assert (info["type"], info["prog_id"]) == (kind, program_id)
        assert info["id"] in OBJ["link"].ids()
        path = f"{folder}/link"
        link.pin(path)
        again = open_link(path)
        with again:
            assert again.info()["id"] == info["id"]
        link.close()
        assert info["id"] in OBJ["link"].ids()  # the pin holds it
        with open_link(path) as held:
            if can & UPDATES:
                held.update(other)
                assert held.info()["prog_id"] == describe("prog", other.fd)["id"]
                with pytest.raises((KernelError, NotSupported)):
                    held.update(other, one)  # `one` is not what is there
            else:
                with pytest.raises(NotSupported, match=rf"updating a link of type {kind}: Linux has that for cgroup"):
                    held.update(other)
            if can & DETACHES:
                held.detach()
            else:
                with pytest.raises(NotSupported, match=rf"detaching a link of type {kind}"):
                    held.detach()
            os.unlink(path)
        gone(int(str(info["id"])))


def gone(number: int) -> None:
    """The kernel drops a link in the background."""
    import time

    deadline = time.monotonic() + 60
    while number in OBJ["link"].ids():
        assert time.monotonic() < deadline, f"link {number} stays"
        time.sleep(0.01)


def test_what_is_no_link_is_not_opened_as_one(counted: Counted) -> None:
    with bpffs.mounted() as folder:
        counted.counts.pin(f"{folder}/counts")
        with pytest.raises(Exception, match=r"is a map, not a link"):
            open_link(f"{folder}/counts")
        with pytest.raises(KernelError):
            open_link(f"{folder}/none")


def test_a_second_reader_of_one_socket_map_is_refused(counted: Counted) -> None:
    one = on_sockets(counted, "one")
    with counted.engine.attach(one, hooks.SockMap("sockets")) as link:
        if isinstance(link, BpfLink):
            with pytest.raises((HookError, KernelError)):
                counted.engine.attach(one, hooks.SockMap("sockets"))
    with socket.socket() as sock, pytest.raises(HookError, match=r"program one is of type sk_msg"):
        counted.engine.attach(one, hooks.Socket(sock.fileno()))
