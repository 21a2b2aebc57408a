"""The helper table against this kernel: which program types may call which helper."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import struct

import pytest

from ebpf.btf.kernel import kernel_btf
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.btf import Kind
from ebpf.uapi.commands import Command
from ebpf.uapi.helpers import IDS, NAMES, helper
from ebpf.uapi.prog_types import ProgType as T

pytestmark = pytest.mark.host

SYS_BPF = {"x86_64": 321, "aarch64": 280}

#: Types that load without a target, with the attach type that they need.
TYPES = {
    t: {
        T.CGROUP_SOCK_ADDR: A.CGROUP_INET4_CONNECT,
        T.CGROUP_SOCKOPT: A.CGROUP_SETSOCKOPT,
        T.CGROUP_SOCK: A.CGROUP_INET_SOCK_CREATE,
        T.CGROUP_SKB: A.CGROUP_INET_INGRESS,
        T.SK_LOOKUP: A.SK_LOOKUP,
        T.NETFILTER: A.NETFILTER,
    }.get(t)
    for t in T
    if t not in (T.UNSPEC, T.EXT, T.TRACING, T.LSM, T.STRUCT_OPS)
}

#: Depends on the machine's configuration or lockdown, not on the table.
LOCAL = {
    "override_return",
    "probe_write_user",
    "probe_read",
    "probe_read_str",
    "probe_read_kernel",
    "probe_read_kernel_str",
}


#: Types that load for a target of the kernel's: (type, attach type, name and kind of the target in its BTF). Attaching is not
#: asked for, so that a locked-down kernel does.
TARGETED = [
    (T.TRACING, A.TRACE_RAW_TP, "btf_trace_sys_enter", Kind.TYPEDEF),
    (T.TRACING, A.TRACE_ITER, "bpf_iter_tcp", Kind.FUNC),
    (T.TRACING, A.TRACE_FENTRY, "do_unlinkat", Kind.FUNC),
    (T.TRACING, A.TRACE_FEXIT, "do_unlinkat", Kind.FUNC),
    (T.LSM, A.LSM_MAC, "bpf_lsm_file_open", Kind.FUNC),
    (T.LSM, A.LSM_CGROUP, "bpf_lsm_socket_bind", Kind.FUNC),
    (T.STRUCT_OPS, None, "tcp_congestion_ops", Kind.STRUCT),
]


def try_call(prog_type: T, attach_type: A | None, number: int, target: int = 0) -> tuple[int, str]:
    """(errno or 0, the verifier's log) of loading a program that calls helper `number` and leaves."""
    code = (
        struct.pack("=BBhi", 0x85, 0, 0, number)
        + struct.pack("=BBhi", 0xB7, 0, 0, 0)
        + struct.pack("=BBhi", 0x95, 0, 0, 0)
    )
    insns, license_ = ctypes.create_string_buffer(code, len(code)), ctypes.create_string_buffer(b"GPL")
    log = ctypes.create_string_buffer(8192)
    attr = struct.pack(
        "=IIQQIIQII16sIIIIQIIQII", prog_type, len(code) // 8, ctypes.addressof(insns), ctypes.addressof(license_),
        1, len(log), ctypes.addressof(log), 0, 1 << 4 if prog_type == T.SYSCALL else 0, b"", 0, attach_type or 0,
        0, 0, 0, 0, 0, 0, 0, target,
    ).ljust(128, b"\0")  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(SYS_BPF[platform.machine()], int(Command.PROG_LOAD), ctypes.create_string_buffer(attr, 128), 128)
    error = ctypes.get_errno() if fd < 0 else 0
    if fd >= 0:
        os.close(fd)
    return error, log.value.decode()


def wrong_rows(prog_type: T, attach_type: A | None, target: int = 0) -> list[tuple[str, str]]:
    """The helpers for which the kernel says another thing than the table."""
    kernel = tuple(int(n) for n in re.findall(r"\d+", platform.release())[:2])
    error, log = try_call(prog_type, attach_type, IDS["ktime_get_ns"], target)
    if "processed" not in log:
        pytest.skip(f"this kernel loads no {prog_type.name} programs: {os.strerror(error)}")
    wrong = []
    for number in range(1, len(NAMES)):
        row = helper(number)
        if row.since > kernel or row.name in LOCAL or any(proto.allowed for proto in row.protos):
            continue
        proto = row.proto(prog_type, attach_type, prog_type == T.SYSCALL)
        rule = next((r for r in row.rules if r.proto is proto and r.prog_type == prog_type.name), None)
        if rule is not None and rule.since is not None and rule.since > kernel:
            proto = None
        log = try_call(prog_type, attach_type, number, target)[1]
        refused = "cannot use helper" in log or "unknown func" in log
        if refused != (proto is None):
            wrong.append((row.name, "refused" if refused else "allowed"))
    return wrong


@pytest.mark.parametrize("prog_type", TYPES, ids=lambda t: t.name)
def test_allowed_as_the_table_says(prog_type: T) -> None:
    assert not wrong_rows(prog_type, TYPES[prog_type])


@pytest.mark.parametrize(
    ("prog_type", "attach_type", "name", "kind"), TARGETED, ids=lambda value: getattr(value, "name", value)
)
def test_allowed_with_a_target(prog_type: T, attach_type: A | None, name: str, kind: Kind) -> None:
    target = kernel_btf().find(name, kind)
    if target is None:
        pytest.skip(f"this kernel has no {name}")
    assert not wrong_rows(prog_type, attach_type, target)
