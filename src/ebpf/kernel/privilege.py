"""What this process may do with BPF, and what this machine keeps from everyone: capabilities, user namespaces, a kernel that is
locked down, security modules."""

from __future__ import annotations

import struct
import sys

from ebpf.uapi.commands import Command
from ebpf.uapi.prog_types import ProgType

# Bits of CapEff in /proc/self/status (include/uapi/linux/capability.h).
CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_PERFMON, CAP_BPF = 12, 21, 38, 39
UNPRIVILEGED_DISABLED = "/proc/sys/kernel/unprivileged_bpf_disabled"

#: Program types that see the kernel or other processes (CAP_PERFMON), and the two that need no privilege where
#: kernel.unprivileged_bpf_disabled is 0; the rest are of the network (CAP_NET_ADMIN).
_TRACING = frozenset(
    {
        ProgType.KPROBE,
        ProgType.TRACEPOINT,
        ProgType.PERF_EVENT,
        ProgType.RAW_TRACEPOINT,
        ProgType.RAW_TRACEPOINT_WRITABLE,
        ProgType.TRACING,
        ProgType.LSM,
        ProgType.EXT,
    }
)
_OPEN = frozenset({ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB})
_NEEDS_ONLY_BPF = frozenset({ProgType.SYSCALL, ProgType.STRUCT_OPS, ProgType.LIRC_MODE2, ProgType.CGROUP_DEVICE})


def capabilities() -> int:
    """The effective capabilities of this thread, as a mask."""
    try:
        with open("/proc/thread-self/status", "rb") as file:
            for line in file:
                if line.startswith(b"CapEff:"):
                    return int(line.split()[1], 16)
    except OSError:
        return _asked() if sys.platform == "linux" else 0  # no /proc here
    return 0


def _asked() -> int:
    """The same by capget(2), which takes longer: the C library's function, third version of its structs."""
    import ctypes

    head = struct.pack("=Ii", 0x20080522, 0)
    sets = ctypes.create_string_buffer(24)  # effective, permitted, inheritable; low halves, then high ones
    if ctypes.CDLL(None).capget(head, sets):
        return 0
    low, high = struct.unpack_from("=I8xI", sets)
    return int(low | high << 32)


def has(mask: int, *numbers: int) -> bool:
    """Whether any of these capabilities is in the mask."""
    return any(mask >> number & 1 for number in numbers)


def in_user_namespace() -> bool:
    """Whether capabilities here are only those over a user namespace, which bpf(2) doesn't take."""
    try:
        with open("/proc/self/uid_map") as file:
            return file.read().split() != ["0", "0", "4294967295"]
    except OSError:
        return False


def one_line(path: str) -> str:
    """What a file of /proc or /sys says; "" where there is none."""
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""


def lockdown(path: str = "/sys/kernel/security/lockdown") -> str:
    """How far the kernel is locked down: "integrity", "confidentiality" (no reading of the kernel's memory: no probes), or ""."""
    chosen = one_line(path).partition("[")[2].partition("]")[0]
    return "" if chosen == "none" else chosen


def lsm_lacks(path: str = "/sys/kernel/security/lsm") -> str:
    """Why programs at security hooks would never run: the kernel attaches them, and asks only the modules that it was booted
    with. "" where "bpf" is one of them, or nobody can tell (securityfs isn't mounted)."""
    modules = one_line(path)
    if not modules or "bpf" in modules.split(","):
        return ""
    return f"the kernel doesn't ask programs: boot it with lsm={modules},bpf"


#: Helpers that a kernel which is locked down doesn't give to programs, and the level from which on it doesn't
#: (`kernel/bpf/helpers.c`, `kernel/trace/bpf_trace.c`).
_LOCKED = {
    **dict.fromkeys(("probe_read", "probe_read_str", "probe_read_kernel", "probe_read_kernel_str"), "confidentiality"),
    "probe_write_user": "integrity",
}


def locked_helper(reason: str) -> str:
    """Why a helper that the kernel's refusal names isn't there, if it is because the kernel is locked down; else ""."""
    level = lockdown()
    name = reason.partition("bpf_")[2].partition("#")[0].strip()
    wanted = _LOCKED.get(name, "")
    if not level or not wanted or (wanted == "confidentiality" and level != wanted):
        return ""
    return f"the kernel is locked down ({level}), which takes bpf_{name} from programs, root's too"


def denied(otherwise: str) -> str:
    """Why a file or an event is refused: a kernel that is locked down refuses root, too; `otherwise` privilege is missing."""
    if is_privileged() and (level := lockdown()):
        return f"the kernel is locked down ({level}), for root too"
    return otherwise


def is_privileged() -> bool:
    """Whether this process has a capability with which programs are loaded; it may still be refused. On another system than Linux
    that isn't what it lacks."""
    return sys.platform != "linux" or has(capabilities(), CAP_BPF, CAP_SYS_ADMIN)


#: Commands that want CAP_SYS_ADMIN, since they reach what others have made.
_OF_OTHERS = ("GET_NEXT_ID", "GET_FD_BY_ID", "ENABLE_STATS")


def why_refused(command: int) -> str:
    """What to do about EPERM of a command of bpf(2)."""
    name = Command(command).name
    if name.endswith(_OF_OTHERS):
        if not has(capabilities(), CAP_SYS_ADMIN):
            return "needs CAP_SYS_ADMIN: run as root"
    elif name not in ("MAP_CREATE", "PROG_LOAD", "BTF_LOAD"):
        return "needs CAP_BPF (and CAP_PERFMON to trace, CAP_NET_ADMIN for the network), or root"
    return why_not_allowed()


def why_not_allowed() -> str:
    """Why bpf(2) is refused to this process, whatever it asks."""
    mask = capabilities()
    if not has(mask, CAP_BPF, CAP_SYS_ADMIN):
        disabled = one_line(UNPRIVILEGED_DISABLED)
        because = f" (kernel.unprivileged_bpf_disabled is {disabled})" if disabled else ""
        return f"this process has no CAP_BPF{because}: run as root"
    if in_user_namespace():
        return (
            "this is root of a user namespace only: bpf(2) wants the capability outside it, or a BPF file system that was "
            "mounted here with delegate_cmds=… (a BPF token, Linux 6.9)"
        )
    level = lockdown()
    because = f"since the kernel is locked down ({level})" if level else "or because the kernel is locked down"
    return (
        "this process has the privilege, but bpf(2) is forbidden: by a seccomp filter (as in containers), a security module, "
        + because
    )


def lacks(type_: ProgType, mask: int) -> str:
    """What capability a process with that mask lacks for programs of a type; empty if none."""
    if has(mask, CAP_SYS_ADMIN) or type_ in _OPEN:
        return ""
    if not has(mask, CAP_BPF):
        return f"this process has no CAP_BPF, which programs of type {type_.label} need: run as root"
    if type_ in _TRACING:
        return "" if has(mask, CAP_PERFMON) else "this process has no CAP_PERFMON, which tracing needs: run as root"
    if type_ in _NEEDS_ONLY_BPF or has(mask, CAP_NET_ADMIN):
        return ""
    return f"this process has no CAP_NET_ADMIN, which programs of type {type_.label} need: run as root"


def is_root() -> bool:
    """Whether this process has CAP_SYS_ADMIN over the machine: what is refused then is forbidden to all."""
    return has(capabilities(), CAP_SYS_ADMIN) and not in_user_namespace()
