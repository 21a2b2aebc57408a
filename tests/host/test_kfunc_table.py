"""The table of kfuncs against this kernel: which program types may call which, and with what parameters."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import struct
import sys

import pytest

from ebpf.asm import assemble, encode
from ebpf.btf import Func, FuncProto
from ebpf.btf.kernel import kernel_btf
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.btf import Kind
from ebpf.uapi.commands import Command
from ebpf.uapi.kfuncs import kfunc, names
from ebpf.uapi.prog_types import ProgType as T

pytestmark = pytest.mark.host

SYS_BPF = {"x86_64": 321, "aarch64": 280}
KERNEL = tuple(int(number) for number in re.findall(r"\d+", platform.release())[:2])
#: One type for each of the kernel's lists of kfuncs that a program can be loaded for without a target.
TYPES = {
    T.XDP: None, T.SCHED_CLS: None, T.SCHED_ACT: None, T.TRACEPOINT: None, T.SYSCALL: None, T.CGROUP_SKB: A.CGROUP_INET_INGRESS,
    T.SK_SKB: None, T.SOCKET_FILTER: None, T.LWT_IN: None, T.NETFILTER: A.NETFILTER, T.KPROBE: None,
    T.SOCK_OPS: A.CGROUP_SOCK_OPS,
}  # fmt: skip


def call(prog_type: T, number: int) -> str:
    """The verifier's log for a program that calls the kernel function with that BTF id."""
    code = encode(assemble(f"call kfunc {number}\nr0 = 0\nexit"), sys.byteorder)
    body, license_ = ctypes.create_string_buffer(code, len(code)), ctypes.create_string_buffer(b"GPL")
    log = ctypes.create_string_buffer(1 << 16)
    attr = struct.pack(
        "=IIQQIIQII16sII", prog_type, len(code) // 8, ctypes.addressof(body), ctypes.addressof(license_), 1, len(log),
        ctypes.addressof(log), 0, 1 << 4 if prog_type == T.SYSCALL else 0, b"", 0, TYPES[prog_type] or 0,
    ).ljust(128, b"\0")  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(SYS_BPF[platform.machine()], int(Command.PROG_LOAD), ctypes.create_string_buffer(attr, 128), 128)
    if fd >= 0:
        os.close(fd)
    return log.value.decode()


@pytest.mark.skipif(KERNEL < (6, 12), reason="the table is of Linux 6.12 and later")
@pytest.mark.parametrize("prog_type", TYPES, ids=lambda t: t.name)
def test_allowed_as_the_table_says(prog_type: T) -> None:
    btf = kernel_btf()
    wrong, asked = [], 0
    for name in names():
        row = kfunc(name)
        ids = btf.find_all(name, Kind.FUNC)
        if not ids or row.filter or (row.since or (0, 0)) > KERNEL:
            continue
        asked += 1
        log = call(prog_type, ids[0])
        allowed = "is not allowed" not in log and "require device-bound program" not in log
        if name == "bpf_verify_pkcs7_signature" and not allowed:
            continue  # left out of many kernels by their configuration
        if name.startswith("bpf_xdp_metadata_") and prog_type == T.XDP:
            continue  # needs a program bound to a device
        if allowed != row.allowed(prog_type):
            wrong.append((name, "allowed" if allowed else "refused"))
    assert asked > 50
    assert not wrong


def test_as_many_parameters_as_the_kernel_has() -> None:
    btf = kernel_btf()
    wrong = []
    for name in names():
        row = kfunc(name)
        for number in btf.find_all(name, Kind.FUNC):
            func = btf.type(number)
            assert isinstance(func, Func)
            proto = btf.type(func.type)
            assert isinstance(proto, FuncProto)
            have = [parameter.name for parameter in proto.params]
            if len(have) != len(row.parameters):
                wrong.append((name, have, row.parameters))
    assert not wrong
