"""A program → the hook that its section names."""

from __future__ import annotations

from ebpf import hooks
from ebpf.elf.sections import section_of
from ebpf.errors import HookError
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType
from ebpf.uapi.sections import RETURN, SESSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.hooks import Hook
    from ebpf.spec import ProgramSpec
    from ebpf.uapi.sections import Section


def hook_of(program: ProgramSpec) -> Hook | None:
    """Where the program's section says that it is to be attached; None if it doesn't say ("xdp" names no interface).

    Raises HookError when the target is not in the form that its kind of section has.
    """
    found = section_of(program.section)
    if found is None:
        return None
    row, _ = found
    parse = _PARSERS.get(row.hook)
    return parse(row, program.target) if parse is not None else None


#: Types of programs whose place a section never says, and the methods that say it.
_METHODS = {
    ProgType.SOCKET_FILTER: "attach_socket(socket)",
    ProgType.SK_REUSEPORT: "attach_socket(socket)",
    ProgType.KPROBE: 'attach_kprobe("do_exit"), attach_uprobe("libc", "malloc") or another of the attach_…() methods',
    ProgType.TRACEPOINT: 'attach_tracepoint("sched", "sched_switch")',
    ProgType.RAW_TRACEPOINT: 'attach_raw_tracepoint("sched_switch")',
    ProgType.XDP: 'attach_xdp("eth0")',
    ProgType.SCHED_CLS: 'attach_tc("eth0") or attach_tcx("eth0")',
    ProgType.SCHED_ACT: 'attach_tc("eth0")',
    ProgType.PERF_EVENT: "attach_perf_event()",
    ProgType.SOCK_OPS: 'attach_cgroup("/sys/fs/cgroup/…")',
    ProgType.SK_SKB: 'attach_sockmap("the map\'s name")',
    ProgType.SK_MSG: 'attach_sockmap("the map\'s name")',
    ProgType.SK_LOOKUP: "attach_netns()",
    ProgType.FLOW_DISSECTOR: "attach_netns()",
    ProgType.LIRC_MODE2: 'attach_lirc("/dev/lirc0")',
    ProgType.NETFILTER: 'attach_netfilter("ipv4", "input")',
    **{type_: 'attach_cgroup("/sys/fs/cgroup/…")' for type_ in ProgType if type_.name.startswith("CGROUP_")},
    **{type_: 'attach_lwt("10.1.0.0/16", "eth0")' for type_ in ProgType if type_.name.startswith("LWT_")},
}


def by_hand(program: ProgramSpec) -> str:
    """How a program is attached whose section doesn't say where, in words."""
    if program.attach_type in (AttachType.XDP_DEVMAP, AttachType.XDP_CPUMAP):
        return "it runs out of a map: its values are pairs with such a program"
    if program.type == ProgType.SCHED_CLS and program.attach_type in (
        AttachType.NETKIT_PRIMARY,
        AttachType.NETKIT_PEER,
    ):
        return 'attach_netkit("nk0") does'
    if program.type == ProgType.SYSCALL:
        return "it is not attached, but run: run(context=…)"
    method = _METHODS.get(program.type)
    return f"{method} does" if method else "name the place with one of the attach_…() methods"


def _bad(row: Section, target: str, form: str) -> HookError:
    return HookError(f'SEC("{row.name}/{target}"): expected SEC("{row.name}/{form}")')


def _number(text: str) -> int | None:
    """A number as C writes it, or None."""
    try:
        return int(text, 0)
    except ValueError:
        return int(text, 8) if text.isdigit() and set(text) <= set("01234567") else None


def _place(row: Section, text: str, target: str, form: str) -> tuple[str, int]:
    """ "function+0x10" → its name and offset."""
    name, plus, offset = text.partition("+")
    number = _number(offset) if plus else 0
    if not name or number is None or number < 0:
        raise _bad(row, target, form)
    return name, number


def _kprobe(row: Section, target: str) -> Hook | None:
    if not target:
        return None
    ret = bool(row.traits & RETURN)
    name, offset = _place(row, target, target, "FUNCTION[+OFFSET]")
    if ret and offset:
        raise HookError(f'SEC("{row.name}/{target}"): a return probe takes no offset')
    return hooks.Kprobe(name, offset=offset, ret=ret)


def _kprobe_multi(row: Section, target: str) -> Hook | None:
    if not target:
        return None
    return hooks.KprobeMulti((target,), ret=bool(row.traits & RETURN), session=bool(row.traits & SESSION))


def _ksyscall(row: Section, target: str) -> Hook | None:
    return hooks.Ksyscall(target, ret=bool(row.traits & RETURN)) if target else None


def _uprobe(row: Section, target: str) -> Hook | None:
    form = "BINARY:FUNCTION[+OFFSET]"
    if not target:
        return None
    binary, colon, place = target.partition(":")
    if not colon:
        return None  # libbpf too takes the binary alone for "attached by hand"
    if not binary or not place:
        raise _bad(row, target, form)
    ret = bool(row.traits & RETURN)
    number = _number(place)
    if number is not None:  # an offset in the file, with no function
        return hooks.Uprobe(binary, offset=number, ret=ret)
    name, offset = _place(row, place, target, form)
    if ret and offset:
        raise HookError(f'SEC("{row.name}/{target}"): a return probe takes no offset')
    return hooks.Uprobe(binary, name, offset=offset, ret=ret)


def _uprobe_multi(row: Section, target: str) -> Hook | None:
    if not target:
        return None
    binary, colon, pattern = target.partition(":")
    if not colon:
        return None
    if not binary or not pattern:
        raise _bad(row, target, "BINARY:PATTERN")
    ret, session = bool(row.traits & RETURN), bool(row.traits & SESSION)
    return hooks.UprobeMulti(binary, (pattern,), ret=ret, session=session)


def _usdt(row: Section, target: str) -> Hook | None:
    if not target:
        return None
    parts = target.split(":")
    if len(parts) != 3 or not all(parts):
        raise _bad(row, target, "BINARY:PROVIDER:NAME")
    return hooks.Usdt(parts[0], parts[1], parts[2])


def _tracepoint(row: Section, target: str) -> Hook | None:
    if not target:
        return None
    category, slash, name = target.partition("/")
    if not slash or not category or not name:
        raise _bad(row, target, "CATEGORY/NAME")
    return hooks.Tracepoint(category, name)


def _raw_tracepoint(row: Section, target: str) -> Hook | None:
    return hooks.RawTracepoint(target) if target else None


def _tracing(row: Section, target: str) -> Hook | None:
    return hooks.Tracing() if target else None


def _freplace(row: Section, target: str) -> Hook | None:
    return hooks.Freplace() if target else None


def _lsm(row: Section, target: str) -> Hook | None:
    return hooks.Lsm() if target else None


def _iter(row: Section, target: str) -> Hook | None:
    return hooks.Iter() if target else None


# The kinds that are not here (an interface, a cgroup, a socket, a sockmap, a perf event) are never said by a section name.
_PARSERS: dict[str, Callable[[Section, str], Hook | None]] = {
    "kprobe": _kprobe,
    "kprobe_multi": _kprobe_multi,
    "ksyscall": _ksyscall,
    "uprobe": _uprobe,
    "uprobe_multi": _uprobe_multi,
    "usdt": _usdt,
    "tracepoint": _tracepoint,
    "raw_tracepoint": _raw_tracepoint,
    "tracing": _tracing,
    "freplace": _freplace,
    "lsm": _lsm,
    "iter": _iter,
}
