"""`--at [PROG=]PLACE`: where programs are attached whose sections don't say it: interfaces, cgroups, network namespaces …"""

from __future__ import annotations

import os

import click

from ebpf import hooks
from ebpf.cli.inputs import program_of
from ebpf.elf.hooks import by_hand, hook_of
from ebpf.errors import HookError
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.hooks import Hook
    from ebpf.objects.object import Object
    from ebpf.objects.program import Program
    from ebpf.spec import ObjectSpec, ProgramSpec

HELP = (
    "Where a program goes whose section doesn't say: an interface (eth0, eth0/egress, eth0/generic), a cgroup's folder, "
    "a network namespace (/run/netns/blue), a netfilter hook (ipv4/input), a sockmap's name. Without PROG it is for all "
    "programs that go to such a place. May be given again."
)
#: What places are called in messages, by the kind of place.
_KINDS = {
    "interface": "an interface (--at eth0)",
    "cgroup": "a cgroup's folder (--at /sys/fs/cgroup/NAME)",
    "netns": "a network namespace (--at /proc/self/ns/net)",
    "netfilter": "a netfilter hook (--at ipv4/input)",
    "sockmap": "a map of sockets (--at MAP)",
}
_OF_TYPE = {
    ProgType.XDP: "interface",
    ProgType.SCHED_CLS: "interface",
    ProgType.SCHED_ACT: "interface",
    ProgType.FLOW_DISSECTOR: "netns",
    ProgType.SK_LOOKUP: "netns",
    ProgType.NETFILTER: "netfilter",
    ProgType.SK_SKB: "sockmap",
    ProgType.SK_MSG: "sockmap",
    ProgType.SOCK_OPS: "cgroup",
    **{type_: "cgroup" for type_ in ProgType if type_.name.startswith("CGROUP_")},
}
_OUT_OF_MAPS = (AttachType.XDP_DEVMAP, AttachType.XDP_CPUMAP)
_TCX = {AttachType.TCX_INGRESS: "ingress", AttachType.TCX_EGRESS: "egress"}
_NETKIT = (AttachType.NETKIT_PRIMARY, AttachType.NETKIT_PEER)


def kind_for(program: ProgramSpec) -> str:
    """The kind of place that a program goes to, "" if none can be said on a command line."""
    if program.attach_type in _OUT_OF_MAPS:
        return ""
    if program.attach_type == AttachType.LSM_CGROUP:
        return "cgroup"
    return _OF_TYPE.get(program.type, "")


def _kind_of(place: str, spec: ObjectSpec) -> str:
    if place.startswith(("/", ".")):
        return "cgroup" if os.path.isdir(place) or not os.path.exists(place) else "netns"
    if place.partition("/")[0] in ("ipv4", "ipv6"):
        return "netfilter"
    map_ = spec.maps.get(place)
    return "sockmap" if map_ is not None and map_.type in (MapType.SOCKMAP, MapType.SOCKHASH) else "interface"


def places_of(spec: ObjectSpec, given: Sequence[str]) -> dict[str, list[str]]:
    """Program → its places. Raises UsageError."""
    found: dict[str, list[str]] = {}
    for text in given:
        name, equals, place = text.partition("=")
        if equals and name in spec.programs:
            chosen = [spec.programs[name]]
            kind = kind_for(chosen[0])
            if not kind:
                raise click.UsageError(
                    f"--at {text}: program {name} ({chosen[0].type.label}) can't be attached like this"
                )
        elif equals and not name.startswith(("/", ".")):
            chosen, kind = [program_of(spec, name)], ""
        else:
            place, kind = text, _kind_of(text, spec)
            chosen = [program for program in spec.programs.values() if program.autoload and kind_for(program) == kind]
        if not place:
            raise click.UsageError(f"--at {text!r}: no place is named")
        if not chosen:
            raise click.UsageError(f"--at {text}: the object has no program for {_KINDS[kind].partition(' (')[0]}")
        of_xdp = [program.name for program in chosen if program.type == ProgType.XDP]
        if len(of_xdp) > 1:
            raise click.UsageError(
                f"--at {text}: an interface has one XDP program; choose it: --at PROG={place}, one of {', '.join(of_xdp)}"
            )
        for program in chosen:
            found.setdefault(program.name, []).append(place)
    return found


def hook_at(program: ProgramSpec, place: str, taken: dict[tuple[str, str], int]) -> Hook:
    """The hook at a place. `taken` counts the tc programs of each interface and direction: each gets a priority of its own."""
    kind = kind_for(program)
    head, _, word = place.partition("/")
    interface: str | int = int(head) if head.isdigit() else head
    if kind == "cgroup":
        return hooks.Cgroup(place)
    if kind == "netns":
        return hooks.NetNamespace(place)
    if kind == "sockmap":
        return hooks.SockMap(place)
    if kind == "netfilter":
        name, _, priority = word.partition("/")
        try:
            return hooks.Netfilter(head, name, priority=int(priority or "0"))
        except ValueError:
            raise HookError(f"--at {place}: the priority {priority!r} is no number") from None
    if program.type == ProgType.XDP:
        return hooks.Xdp(interface, mode=word)
    if program.attach_type in _NETKIT:
        return hooks.Netkit(interface, peer=program.attach_type == AttachType.NETKIT_PEER)
    if program.attach_type in _TCX:
        return hooks.Tcx(interface, word or _TCX[program.attach_type])
    # Older sections say the direction in words of their own: "classifier/egress", "tc_egress".
    direction = word or ("egress" if "egress" in program.section else "ingress")
    taken[head, direction] = taken.get((head, direction), 0) + 1
    return hooks.Tc(interface, direction, priority=taken[head, direction])


class Attacher:
    """Attaches programs: to the places given for them, else to what their sections name."""

    def __init__(self, obj: Object, given: Sequence[str]) -> None:
        self._places = places_of(obj.spec, given)
        self._taken: dict[tuple[str, str], int] = {}
        programs = [program for program in obj.spec.programs.values() if program.autoload and program.autoattach]
        self._some = bool(self._places) or any(hook_of(program) is not None for program in programs)
        #: Programs that are left unattached: no place is known for them, but some is for others.
        self.left: list[str] = []

    def hooks(self, program: Program) -> list[Hook]:
        """Where it goes; nowhere if places are known for others only. Raises HookError."""
        spec = program.spec
        if spec.name in self._places:
            return [hook_at(spec, place, self._taken) for place in self._places[spec.name]]
        hook = hook_of(spec)
        if hook is not None:
            return [hook]
        kind = kind_for(spec)
        if self._some:
            self.left.append(spec.name)
            return []
        if spec.type == ProgType.SYSCALL:
            raise HookError(f"program {spec.name}: {by_hand(spec)} from Python does it")
        place = f"{_KINDS[kind]} is wanted" if kind else f"from Python, {by_hand(spec)}"
        raise HookError(f"program {spec.name}: section {spec.section!r} doesn't say where to attach it: {place}")
