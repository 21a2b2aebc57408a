"""What this kernel has: asked of it, kept for the life of the process. What the process may is in `privilege`."""

from __future__ import annotations

import errno as _errno
import os
import sys as _sys
from struct import Struct

from ebpf._record import Frozen
from ebpf.errors import NotSupported
from ebpf.kernel import privilege, sys
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_MMAPABLE, BPF_F_NO_PREALLOC, BPF_F_SLEEPABLE
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ObjectSpec, ProgramSpec

_CREATE = Layout(bpf_attr.MAP_CREATE)
_LOAD = Layout(bpf_attr.PROG_LOAD)
_BTF = Layout(bpf_attr.BTF_LOAD)

#: The types of this kernel.
VMLINUX = "/sys/kernel/btf/vmlinux"

_map_types: dict[MapType, str] = {}
_prog_types: dict[ProgType, str] = {}


def no_access() -> str:
    """Why this process may not call bpf(2) at all; empty if it may."""
    if sys.ELSEWHERE:
        return sys.ELSEWHERE
    if not sys.NR_BPF:
        return f"the number of bpf(2) on {sys.machine} is not known"
    attr = _CREATE(map_type=int(MapType.ARRAY), key_size=4, value_size=4, max_entries=1)
    try:
        os.close(sys.with_memlock(lambda: sys.bpf(Command.MAP_CREATE, attr, "asking for bpf(2)")))
    except OSError as error:
        if error.errno == _errno.ENOSYS:
            return "this kernel has no bpf(2) (CONFIG_BPF_SYSCALL), or a seccomp filter hides it"
        if error.errno in (_errno.EPERM, _errno.EACCES):
            return privilege.why_not_allowed()
        return f"bpf(2) fails here: {error}"
    return ""


def lacks(spec: ObjectSpec, *, hooks: bool = True) -> list[str]:
    """Why `spec` can't run here: one line a reason, none twice. Without `hooks`: why it can't be loaded."""
    reason = no_access()
    if reason:
        return [reason]
    found: dict[str, None] = {}
    for map_ in spec.maps.values():
        found[map_type_lacks(map_.type)] = None
    mask = privilege.capabilities()
    for program in spec.programs.values():
        if program.autoload:
            found[privilege.lacks(program.type, mask)] = None
            found[prog_type_lacks(program.type)] = None
            if hooks:
                found[_hook_lacks(program)] = None
    found.pop("", None)
    return list(found)


def _since(since: tuple[int, int]) -> str:
    release = sys.kernel_release()
    return f" (Linux {since[0]}.{since[1]}; this is {release[0]}.{release[1]})" if since > release else ""


def map_type_lacks(type_: MapType) -> str:
    """Why maps of this type can't be made here, empty if they can. Asked once."""
    if type_ not in _map_types:
        _map_types[type_] = _probe_map_type(type_)
    return _map_types[type_]


def _probe_map_type(type_: MapType) -> str:
    late = _since(type_.since)
    if late:
        return f"this kernel has no maps of type {type_.label}{late}"
    if type_ in (MapType.ARRAY, MapType.HASH):
        return ""
    # Of a type that it doesn't know and of a wrong size the kernel says EINVAL alike, so the probe asks for the smallest
    # real map and takes EINVAL as no.
    opened: list[int] = []
    try:
        attr = probe_map(type_, opened)
        if attr is not None:
            opened.append(sys.bpf(Command.MAP_CREATE, attr, f"probing {type_.label}"))
    except OSError as error:
        if error.errno in (_errno.EINVAL, _errno.EOPNOTSUPP, sys.ENOTSUPP):
            return f"this kernel was built without maps of type {type_.label}"
    finally:
        for fd in opened:
            os.close(fd)
    return ""


#: BTF that holds `int`: a header of 24 bytes, the type, the strings "" and "int".
_INT_BTF = Struct("=HBBIIIII IIII 5s3x").pack(0xEB9F, 1, 0, 24, 0, 16, 16, 5, 1, 1 << 24, 4, 1 << 24 | 32, b"\0int\0")


def probe_map(type_: MapType, opened: list[int]) -> sys.Buffer | None:
    """The smallest map of a type, as BPF_MAP_CREATE takes it; what it stands on (types, another map) is added to `opened`.
    None where there is none to be made: struct_ops has one for each kernel interface."""
    key, value, entries, map_flags = 4, 4, 1, 0
    if type_ == MapType.STRUCT_OPS:
        return None
    if type_ in (MapType.SK_STORAGE, MapType.INODE_STORAGE, MapType.TASK_STORAGE, MapType.CGRP_STORAGE):
        data = buffer(_INT_BTF)
        opened.append(sys.bpf(Command.BTF_LOAD, _BTF(btf=address(data), btf_size=len(_INT_BTF) - 3), "probing types"))
        return _CREATE(
            map_type=int(type_), key_size=4, value_size=4, map_flags=BPF_F_NO_PREALLOC, btf_fd=opened[0],
            btf_key_type_id=1, btf_value_type_id=1,
        )  # fmt: skip
    if type_ in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS):
        inner = _CREATE(map_type=int(MapType.ARRAY), key_size=4, value_size=4, max_entries=1)
        opened.append(sys.bpf(Command.MAP_CREATE, inner, "probing an inner map"))
        return _CREATE(map_type=int(type_), key_size=4, value_size=4, max_entries=1, inner_map_fd=opened[0])
    if type_ == MapType.LPM_TRIE:
        key, value, map_flags = 8, 8, BPF_F_NO_PREALLOC
    elif type_ == MapType.STACK_TRACE:
        value = 8
    elif type_ in (MapType.CGROUP_STORAGE, MapType.PERCPU_CGROUP_STORAGE):
        key, value, entries = 16, 8, 0
    elif type_ in (MapType.QUEUE, MapType.STACK, MapType.BLOOM_FILTER):
        key = 0
    elif type_ in (MapType.RINGBUF, MapType.USER_RINGBUF):
        import mmap

        key, value, entries = 0, 0, mmap.PAGESIZE
    elif type_ == MapType.REUSEPORT_SOCKARRAY:
        value = 8
    elif type_ == MapType.ARENA:
        key, value, map_flags = 0, 0, BPF_F_MMAPABLE
    return _CREATE(map_type=int(type_), key_size=key, value_size=value, max_entries=entries, map_flags=map_flags)


class Feature(Frozen):
    """A thing that a kernel may have: its kind ("map type", "program type", "source of events", "other"), the kernel's name
    for it, the first Linux that has it, and why it isn't here, "" if it is."""

    kind: str
    name: str
    since: tuple[int, int]
    lacks: str = ""


def table() -> list[Feature]:
    """All that is probed, asked now: what this kernel has for this process. Nothing stays. Raises NotSupported where the
    process may not ask."""
    reason = no_access()
    if reason:
        raise NotSupported("asking the kernel for its features", why=reason, privilege=not privilege.is_privileged())
    from ebpf.kernel import perf

    rows = process_rows()
    rows += [Feature("map type", type_.label, type_.since, map_type_lacks(type_)) for type_ in MapType if type_]
    rows += [Feature("program type", type_.label, type_.since, prog_type_lacks(type_)) for type_ in ProgType if type_]
    for name, since, config in (
        ("kprobe", (4, 17), "CONFIG_KPROBE_EVENTS"),
        ("uprobe", (4, 17), "CONFIG_UPROBE_EVENTS"),
        ("tracepoint", (4, 7), "CONFIG_PERF_EVENTS"),
    ):
        lack = "" if perf.source_type(name) is not None else f"this kernel was built without it ({config})"
        if name == "kprobe" and privilege.lockdown() == "confidentiality":
            lack = "the kernel is locked down (confidentiality)"
        rows.append(Feature("source of events", name, since, lack))
    lack = "" if os.path.exists(VMLINUX) else "this kernel shows none (CONFIG_DEBUG_INFO_BTF)"
    rows.append(Feature("other", "kernel types (BTF)", (5, 4), lack))
    rows.append(Feature("other", "batches of map elements", (5, 6), _since((5, 6)).strip(" ()")))
    rows.append(Feature("other", "ring buffers", (5, 8), map_type_lacks(MapType.RINGBUF)))
    rows.append(Feature("other", "memory counted by cgroup, not RLIMIT_MEMLOCK", (5, 11), _since((5, 11)).strip(" ()")))
    rows.append(Feature("other", "cookies of attachments", (5, 15), _since((5, 15)).strip(" ()")))
    return rows


#: What the verifier says of a helper that a program type may not call, or that the kernel doesn't have.
_NO_HELPER = ("invalid func", "unknown func", "cannot use helper")


def helpers(type_: ProgType) -> list[Feature]:
    """Every helper for programs of a type, each asked by loading a program that calls it. Raises NotSupported."""
    from ebpf.asm import Instruction, encode
    from ebpf.uapi.helpers import NAMES, since

    reason = no_access() or prog_type_lacks(type_)
    if reason:
        raise NotSupported(f"asking for helpers of {type_.label}", why=reason, privilege=not privilege.is_privileged())
    if type_ in (ProgType.TRACING, ProgType.LSM, ProgType.EXT, ProgType.STRUCT_OPS):
        raise NotSupported(
            f"asking for helpers of {type_.label}", why="such a program is loaded for one function of the kernel"
        )
    rows = []
    license, log = buffer(b"GPL\0"), buffer(1 << 14)
    for number in range(1, len(NAMES)):
        code = buffer(encode([Instruction(0x85, imm=number), Instruction(0xB7), Instruction(0x95)], _sys.byteorder))
        attr = _LOAD(
            prog_type=int(type_), insn_cnt=3, insns=address(code), license=address(license), log_level=1, log_size=1 << 14,
            log_buf=address(log), prog_flags=BPF_F_SLEEPABLE if type_ == ProgType.SYSCALL else 0,
            expected_attach_type=int(_PROBE_ATTACH.get(type_, 0)),
        )  # fmt: skip
        said = ""
        try:
            os.close(sys.bpf(Command.PROG_LOAD, attr, f"probing bpf_{NAMES[number]}"))
        except OSError:
            said = log.value.decode(errors="replace")
        first = since(number)
        lacks = (
            ""
            if not any(text in said for text in _NO_HELPER)
            else _since(first).strip(" ()") or "not for this program type"
        )
        rows.append(Feature("helper", f"bpf_{NAMES[number]}", first, lacks))
    return rows


def process_rows() -> list[Feature]:
    """What this process may do, and how the machine is set up for BPF."""
    mask = privilege.capabilities()
    rows = []
    for name, since in (
        ("CAP_BPF", (5, 8)),
        ("CAP_PERFMON", (5, 8)),
        ("CAP_NET_ADMIN", (2, 2)),
        ("CAP_SYS_ADMIN", (2, 2)),
    ):
        there = privilege.has(mask, getattr(privilege, name), privilege.CAP_SYS_ADMIN)
        rows.append(Feature("this process", name, since, "" if there else "this process hasn't got it"))
    jit = privilege.one_line("/proc/sys/net/core/bpf_jit_enable")
    rows.append(
        Feature("this machine", "machine code (JIT)", (3, 0), "" if jit != "0" else "net.core.bpf_jit_enable is 0")
    )
    level = privilege.lockdown()
    locked = f"the kernel is locked down ({level})" if level == "confidentiality" else ""
    rows.append(Feature("this machine", "reading kernel memory", (5, 4), locked))
    rows.append(Feature("this machine", "programs asked at security hooks", (5, 7), privilege.lsm_lacks()))
    unprivileged = privilege.one_line(privilege.UNPRIVILEGED_DISABLED)
    closed = f"kernel.unprivileged_bpf_disabled is {unprivileged}" if unprivileged not in ("0", "") else ""
    rows.append(Feature("this machine", "bpf(2) for everybody", (4, 4), closed))
    return rows


#: r0 = 0; exit
_RETURN_0 = bytes.fromhex("b700000000000000 9500000000000000")
#: Expected attach types for a probe of types that need one.
_PROBE_ATTACH = {
    ProgType.CGROUP_SOCK_ADDR: AttachType.CGROUP_INET4_CONNECT,
    ProgType.CGROUP_SOCKOPT: AttachType.CGROUP_GETSOCKOPT,
    ProgType.SK_LOOKUP: AttachType.SK_LOOKUP,
    ProgType.NETFILTER: AttachType.NETFILTER,
}


def prog_type_lacks(type_: ProgType) -> str:
    """Why programs of this type can't be loaded here, empty if they can. Asked once."""
    if type_ not in _prog_types:
        _prog_types[type_] = _probe_prog_type(type_)
    return _prog_types[type_]


def _probe_prog_type(type_: ProgType) -> str:
    if type_ == ProgType.UNSPEC:
        return ""
    late = _since(type_.since)
    if late:
        return f"this kernel has no programs of type {type_.label}{late}"
    if type_ in (ProgType.TRACING, ProgType.LSM, ProgType.EXT, ProgType.STRUCT_OPS):
        # These name what they attach to when they are loaded; BTF of the kernel is what they stand on.
        if type_ != ProgType.EXT and not os.path.exists(VMLINUX):
            return f"this kernel shows no BTF (CONFIG_DEBUG_INFO_BTF), which programs of type {type_.label} need"
        return ""
    code, license = buffer(_RETURN_0), buffer(b"GPL\0")
    version = 0
    if type_ == ProgType.KPROBE and sys.kernel_release() < (5, 0):
        version = running_version()
    attr = _LOAD(
        prog_type=int(type_),
        insn_cnt=2,
        insns=address(code),
        license=address(license),
        kern_version=version,
        prog_flags=BPF_F_SLEEPABLE if type_ == ProgType.SYSCALL else 0,
        expected_attach_type=int(_PROBE_ATTACH.get(type_, 0)),
    )
    try:
        os.close(sys.bpf(Command.PROG_LOAD, attr, f"probing {type_.label}"))
    except OSError as error:
        if error.errno in (_errno.EINVAL, _errno.EOPNOTSUPP, sys.ENOTSUPP):
            return f"this kernel was built without programs of type {type_.label}"
    return ""


def running_version() -> int:
    """LINUX_VERSION_CODE of the running kernel, which kprobe programs had to state before 5.0."""
    numbers = [int(part) for part in sys.release.split("-")[0].split(".")[:3]]
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major << 16 | minor << 8 | min(patch, 255)


def _hook_lacks(program: ProgramSpec) -> str:
    kind = program.section.lstrip("?").partition("/")[0].partition(".")[0]
    if kind in ("kprobe", "kretprobe", "ksyscall", "kretsyscall"):
        from ebpf.kernel import perf

        if perf.source_type("kprobe") is None:
            return "this kernel has no kprobes (CONFIG_KPROBE_EVENTS)"
        if privilege.lockdown() == "confidentiality":
            return "the kernel is locked down (confidentiality): it has no kprobes, for root neither"
    elif kind in ("uprobe", "uretprobe", "usdt"):
        from ebpf.kernel import perf

        if perf.source_type("uprobe") is None:
            return "this kernel has no uprobes (CONFIG_UPROBE_EVENTS)"
    elif kind in ("tracepoint", "tp"):
        from ebpf.kernel import tracefs

        category, _, name = program.target.partition("/")
        if name and not tracefs.exists(f"events/{category}/{name}/id"):
            return f"this kernel has no tracepoint {category}:{name}"
    return ""
