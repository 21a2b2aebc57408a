"""`--at [PROG=]PLACE`: which program goes where, before anything is attached."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
import pytest

import ebpf
from ebpf import hooks
from ebpf.cli.places import Attacher, hook_at, places_of
from ebpf.objects.object import Object
from ebpf.objects.program import Program
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P


def spec_of(*programs: tuple[str, P, A | None, str]) -> ObjectSpec:
    made = {name: ProgramSpec(name, type_, section=section, attach_type=at) for name, type_, at, section in programs}
    maps = {"socks": MapSpec("socks", MapType.SOCKHASH, 4, 8, 4)}
    return ObjectSpec(name="x", programs=made, maps=maps)


XDP = ("filter", P.XDP, A.XDP, "xdp")
XDP_2 = ("other", P.XDP, A.XDP, "xdp")
XDP_MAP = ("behind", P.XDP, A.XDP_DEVMAP, "xdp/devmap")
IN = ("inward", P.SCHED_CLS, None, "classifier/ingress")
OUT = ("outward", P.SCHED_CLS, None, "tc_egress")
TCX = ("tcx", P.SCHED_CLS, A.TCX_EGRESS, "tcx/egress")
KIT = ("kit", P.SCHED_CLS, A.NETKIT_PEER, "netkit/peer")
CONNECT = ("connect", P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_CONNECT, "cgroup/connect4")
OPS = ("ops", P.SOCK_OPS, None, "sockops")
LOOKUP = ("lookup", P.SK_LOOKUP, A.SK_LOOKUP, "sk_lookup")
FILTER = ("net", P.NETFILTER, A.NETFILTER, "netfilter")
VERDICT = ("verdict", P.SK_SKB, A.SK_SKB_STREAM_VERDICT, "sk_skb/stream_verdict")
PROBE = ("probe", P.KPROBE, None, "kprobe/do_exit")


@pytest.mark.parametrize(
    ("row", "place", "hook"),
    [
        (XDP, "eth0", hooks.Xdp("eth0")),
        (XDP, "eth0/generic", hooks.Xdp("eth0", mode="generic")),
        (XDP, "3", hooks.Xdp(3)),
        (IN, "eth0", hooks.Tc("eth0", "ingress")),
        (OUT, "eth0", hooks.Tc("eth0", "egress")),
        (IN, "eth0/egress", hooks.Tc("eth0", "egress")),
        (TCX, "eth0", hooks.Tcx("eth0", "egress")),
        (TCX, "eth0/ingress", hooks.Tcx("eth0", "ingress")),
        (KIT, "nk0", hooks.Netkit("nk0", peer=True)),
        (CONNECT, "/sys/fs/cgroup/app", hooks.Cgroup("/sys/fs/cgroup/app")),
        (OPS, "./here", hooks.Cgroup("./here")),
        (LOOKUP, "/proc/self/ns/net", hooks.NetNamespace("/proc/self/ns/net")),
        (FILTER, "ipv4/input", hooks.Netfilter("ipv4", "input")),
        (FILTER, "ipv6/output/-5", hooks.Netfilter("ipv6", "output", priority=-5)),
        (VERDICT, "socks", hooks.SockMap("socks")),
    ],
)
def test_a_place_and_its_hook(row: tuple[str, P, A | None, str], place: str, hook: hooks.Hook) -> None:
    spec = spec_of(row, PROBE)
    name = row[0]
    assert places_of(spec, [f"{name}={place}"]) == {name: [place]}
    if not place.startswith("/proc") or Path(place).exists():
        assert places_of(spec, [place]) == {name: [place]}
    assert hook_at(spec.programs[name], place, {}) == hook


def test_each_program_to_the_kind_of_place_that_it_goes_to() -> None:
    spec = spec_of(XDP, XDP_MAP, IN, OUT, CONNECT, OPS, LOOKUP, FILTER, VERDICT)
    assert places_of(spec, ["eth0", "/sys/fs/cgroup", "socks"]) == {
        "filter": ["eth0"], "inward": ["eth0"], "outward": ["eth0"],
        "connect": ["/sys/fs/cgroup"], "ops": ["/sys/fs/cgroup"], "verdict": ["socks"],
    }  # fmt: skip
    assert places_of(spec, ["filter=a", "filter=b"]) == {"filter": ["a", "b"]}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("eth0", "an interface has one XDP program; choose it: --at PROG=eth0, one of filter, other"),
        ("filtre=eth0", "no program 'filtre'; did you mean filter"),
        ("behind=eth0", r"program behind \(xdp\) can't be attached like this"),
        ("probe=eth0", r"program probe \(kprobe\) can't be attached like this"),
        ("filter=", "no place is named"),
        ("/sys/fs/cgroup", "the object has no program for a cgroup's folder"),
        ("ipv4/input", "the object has no program for a netfilter hook"),
    ],
)
def test_what_is_wrong_is_said(given: str, why: str) -> None:
    with pytest.raises(click.UsageError, match=why):
        places_of(spec_of(XDP, XDP_2, XDP_MAP, PROBE), [given])


def test_two_filters_at_one_place_have_priorities() -> None:
    taken: dict[tuple[str, str], int] = {}
    spec = spec_of(IN, OUT, ("more", P.SCHED_CLS, None, "classifier"))
    found = [hook_at(program, "eth0", taken) for program in spec.programs.values()]
    assert [(hook.direction, hook.priority) for hook in cast("list[hooks.Tc]", found)] == [
        ("ingress", 1), ("egress", 1), ("ingress", 2),
    ]  # fmt: skip


class _Fake:
    def __init__(self, spec: ProgramSpec) -> None:
        self.spec = spec


def hooks_of(spec: ObjectSpec, *given: str) -> tuple[dict[str, list[hooks.Hook]], list[str]]:
    class Holder:
        pass

    holder = Holder()
    holder.spec = spec  # type: ignore[attr-defined]
    attacher = Attacher(cast(Object, holder), given)
    found = {name: attacher.hooks(cast(Program, _Fake(program))) for name, program in spec.programs.items()}
    return found, attacher.left


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("p", P.SYSCALL, None, "syscall"),
            r"program p: it is not attached, but run: run(context=…) from Python does it",
        ),
        (("p", P.SOCKET_FILTER, None, "socket"), "where to attach it: from Python, attach_socket(socket) does"),
        (("p", P.PERF_EVENT, None, "perf_event"), "where to attach it: from Python, attach_perf_event() does"),
        (("p", P.XDP, A.XDP, "xdp"), "where to attach it: an interface (--at eth0) is wanted"),
    ],
    ids=lambda value: value[3] if isinstance(value, tuple) else "",
)
def test_what_to_do_where_no_place_is_known(row: tuple[str, P, A | None, str], said: str) -> None:
    with pytest.raises(ebpf.HookError) as caught:
        hooks_of(spec_of(row))
    assert str(caught.value).endswith(said)


def test_sections_still_say_what_they_say() -> None:
    spec = spec_of(XDP, XDP_MAP, PROBE)
    spec.programs["probe"].target = "do_exit"
    found, left = hooks_of(spec, "eth0")
    assert found == {"filter": [hooks.Xdp("eth0")], "behind": [], "probe": [hooks.Kprobe("do_exit")]}
    assert left == ["behind"]
    assert hooks_of(spec)[1] == ["filter", "behind"]
    spec.programs["probe"].autoattach = False
    with pytest.raises(
        ebpf.HookError, match=r"section 'xdp' doesn't say where .*: an interface \(--at eth0\) is wanted"
    ):
        hooks_of(spec)
    with pytest.raises(ebpf.HookError, match="the priority 'x' is no number"):
        hooks_of(spec_of(FILTER), "ipv4/input/x")
