"""Many cycles of load, attach, read and close, over every family of hooks that this kernel has; what was there before and after.

As root, in a network namespace that nobody else uses:

    PYTHONPATH=src unshare -n python tests/host/soak.py --cycles 10000
    PYTHONPATH=src unshare -n python tests/host/soak.py --cycles 10000 --errors   # in each one call fails, another each time
    PYTHONPATH=src unshare -n python tests/host/soak.py --hold                    # attaches all, says so, waits: to be killed

It ends with status 1 if anything is left behind. `tests/host/test_reliability.py` runs short forms of it.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from programs import common_maps, count, program

import ebpf
from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import HookError, NotSupported
from ebpf.events import open_events
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.info import OBJ
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

#: What this run makes is told by its names: the kernel's have 15 bytes.
MARK = f"sk{os.environ.get('EBPF_SOAK_MARK', os.getpid())}"


class World:
    """The places that programs are attached to: interfaces of this namespace, a cgroup, a socket."""

    def __init__(self) -> None:
        for command in ("link add va type veth peer name vb", "link set lo up", "link set va up", "link set vb up"):
            subprocess.run(["ip", *command.split()], check=True, capture_output=True)
        self.cgroup = ""
        for root in ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"):
            if os.path.exists(f"{root}/cgroup.controllers"):
                self.cgroup = f"{root}/{MARK}"
                os.mkdir(self.cgroup)
                break
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def close(self) -> None:
        self.socket.close()
        if self.cgroup:
            os.rmdir(self.cgroup)


PID = os.getpid()
PASS = [I(0xB7, 0, imm=1), I(0x95)]
#: Family → (its program, its hook, whether what is attached goes with the process: netlink's and BPF_PROG_ATTACH's stays).
FAMILIES: dict[str, tuple[Callable[[], ProgramSpec], Callable[[World], hooks.Hook], bool]] = {
    "tracepoint": (lambda: count(P.TRACEPOINT, pid=PID), lambda w: hooks.Tracepoint("syscalls", "sys_enter_getppid"), True),
    "raw_tp": (lambda: count(P.RAW_TRACEPOINT, pid=PID), lambda w: hooks.RawTracepoint("sys_enter"), True),
    "uprobe": (lambda: count(P.KPROBE, pid=PID), lambda w: hooks.Uprobe("libc.so.6", "getppid", pid=0), True),
    "perf_event": (lambda: count(P.PERF_EVENT, pid=PID), lambda w: hooks.PerfEvent(frequency=10, pid=PID), True),
    "xdp": (lambda: count(P.XDP, result=2, attach=A.XDP), lambda w: hooks.Xdp("va", mode="generic"), True),
    "tcx": (lambda: count(P.SCHED_CLS, attach=A.TCX_INGRESS), lambda w: hooks.Tcx("va"), True),
    "tc": (lambda: count(P.SCHED_CLS), lambda w: hooks.Tc("vb"), False),
    "cgroup": (lambda: count(P.CGROUP_SKB, result=1, attach=A.CGROUP_INET_EGRESS), lambda w: hooks.Cgroup(w.cgroup), True),
    "cgroup, multi": (
        lambda: count(P.CGROUP_SKB, result=1, attach=A.CGROUP_INET_INGRESS),
        lambda w: hooks.Cgroup(w.cgroup, flags="multi"), False,
    ),
    "netns": (lambda: program(P.SK_LOOKUP, PASS, attach=A.SK_LOOKUP), lambda w: hooks.NetNamespace(), True),
    "socket": (lambda: count(P.SOCKET_FILTER, result=1), lambda w: hooks.Socket(w.socket.fileno()), True),
    "netfilter": (
        lambda: program(P.NETFILTER, PASS, attach=A.NETFILTER), lambda w: hooks.Netfilter("ipv4", "input"), True,
    ),
    "iter": (
        lambda: program(P.TRACING, [I(0xB7, 0, imm=0), I(0x95)], attach=A.TRACE_ITER, target="bpf_map", section="iter/bpf_map"),
        lambda w: hooks.Iter(), True,
    ),
}  # fmt: skip


def specs() -> dict[str, ObjectSpec]:
    """An object for each family: its program, and a map of each of the commoner kinds."""
    maps = common_maps(MARK, MapSpec(f"{MARK}c", M.ARRAY, 4, 8, 1))
    found = {}
    for name, (build, _hook, _goes) in FAMILIES.items():
        one = build()
        one.name = f"{MARK}{name[:4]}"
        found[name] = ObjectSpec(name=name, programs={one.name: one}, maps=maps, byte_order=sys.byteorder)
    return found


def available(world: World) -> dict[str, ObjectSpec]:
    """The families that this kernel has."""
    found = {}
    for name, spec in specs().items():
        try:
            cycle(world, name, spec)
        except (NotSupported, HookError, OSError) as error:
            print(f"left out: {name}: {error}", file=sys.stderr)
        else:
            found[name] = spec
    return found


def cycle(world: World, name: str, spec: ObjectSpec) -> None:
    with ebpf.load(spec, engine="kernel") as obj:
        for one in obj.programs.values():
            one.attach(FAMILIES[name][1](world))
        os.getppid()
        obj.maps["counts"].raw.lookup(bytes(4))
        list(obj.maps[f"{MARK}t"].items())
        obj.maps[f"{MARK}d"].memory()
        with open_events(obj.maps[f"{MARK}r"].raw, obj.maps[f"{MARK}p"].raw, pages=1) as events:
            events.read(0)
            events.fileno()


def ours(mark: str = MARK) -> dict[str, int]:
    """How many maps, programs and links of this run the kernel holds."""
    found = {"maps": 0, "programs": 0, "links": 0}
    programs = set()
    for kind, word in (("map", "maps"), ("prog", "programs")):
        for info in OBJ[kind]:
            if info["name"].startswith(mark):
                found[word] += 1
                if kind == "prog":
                    programs.add(info["id"])
    found["links"] = sum(info["prog_id"] in programs for info in OBJ["link"])
    return found


def settled(mark: str = MARK) -> dict[str, int]:
    """`ours()`, once the kernel has freed what it frees later."""
    deadline = time.monotonic() + 60
    while any((left := ours(mark)).values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def state() -> dict[str, object]:
    """What a leak would show in."""
    fds = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            fds.append(os.readlink(f"/proc/self/fd/{fd}"))
        except OSError:
            continue  # the listing's own
    with open("/proc/self/mountinfo") as file:
        mounts = len(file.readlines())
    return {
        "descriptors": len(fds),
        **settled(),
        "mounts": mounts,
        "interfaces": len(socket.if_nameindex()),
        "mappings": sum("bpf" in line for line in open("/proc/self/maps")),
        "network namespace": os.readlink("/proc/self/ns/net"),
    }


@contextmanager
def failing(at: int) -> Iterator[list[int]]:
    """Of bpf(2), perf_event_open(2) and ioctl(2) call number `at` fails; gives how many there were."""
    calls = [0]
    real = {name: getattr(kernel_sys, name) for name in ("bpf", "perf_event_open", "ioctl")}

    def wrap(call: Any) -> Any:
        def failing_call(*args: Any, **more: Any) -> Any:
            calls[0] += 1
            if calls[0] == at:
                raise kernel_sys.error(errno.ENOMEM, "a call that was made to fail")
            return call(*args, **more)

        return failing_call

    for name, call in real.items():
        setattr(kernel_sys, name, wrap(call))
    try:
        yield calls
    finally:
        for name, call in real.items():
            setattr(kernel_sys, name, call)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--cycles", type=int, default=10000)
    parser.add_argument("--errors", action="store_true", help="one system call of each cycle fails")
    parser.add_argument("--hold", action="store_true", help="attach all, say so, and wait")
    options = parser.parse_args()
    world = World()
    try:
        families = available(world)
        if options.hold:
            hold(world, families)
        before = state()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, failed, at = time.monotonic(), 0, dict.fromkeys(families, 0)
        for number in range(options.cycles):
            name = list(families)[number % len(families)]
            if not options.errors:
                cycle(world, name, families[name])
                continue
            at[name] += 1
            with failing(at[name]) as calls:
                try:
                    cycle(world, name, families[name])
                except (ebpf.EbpfError, OSError):
                    failed += 1
            if calls[0] < at[name]:
                at[name] = 0  # every call of this family has failed once
        seconds = time.monotonic() - start
        after = state()
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    finally:
        world.close()
    row = {"cycles": options.cycles, "families": list(families), "failed": failed, "seconds": round(seconds, 1),
           "before": before, "after": after, "memory grown (KiB)": grown}  # fmt: skip
    print(json.dumps(row, indent=1))
    return 0 if before == after else 1


def hold(world: World, families: dict[str, ObjectSpec]) -> None:
    kept = []
    for name, spec in families.items():
        obj = ebpf.load(spec, engine="kernel")
        kept.append((obj, [one.attach(FAMILIES[name][1](world)) for one in obj.programs.values()]))
    print(json.dumps({"families": list(families), "cgroup": world.cgroup, "made": ours()}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    sys.exit(main())
