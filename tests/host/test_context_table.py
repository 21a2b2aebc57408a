"""The context table against this kernel: every offset, size and direction of access, where a type loads without a target."""

from __future__ import annotations

import ctypes
import os
import platform
import struct

import pytest

from ebpf.asm import Instruction, encode
from ebpf.uapi import opcodes as op
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.commands import Command
from ebpf.uapi.contexts import access, rules
from ebpf.uapi.prog_types import ProgType as T

pytestmark = pytest.mark.host

SYS_BPF = {"x86_64": 321, "aarch64": 280}
MACHINE = platform.machine()
SIZES = {1: op.B, 2: op.H, 4: op.W, 8: op.DW}

ATTACH: dict[T, list[A]] = {
    T.CGROUP_SOCK_ADDR: [
        A.CGROUP_INET4_CONNECT, A.CGROUP_INET6_BIND, A.CGROUP_UDP4_SENDMSG, A.CGROUP_UDP6_SENDMSG, A.CGROUP_UDP4_RECVMSG,
        A.CGROUP_INET6_GETPEERNAME,
    ],
    T.CGROUP_SOCKOPT: [A.CGROUP_SETSOCKOPT, A.CGROUP_GETSOCKOPT],
    T.CGROUP_SOCK: [
        A.CGROUP_INET_SOCK_CREATE, A.CGROUP_INET_SOCK_RELEASE, A.CGROUP_INET4_POST_BIND, A.CGROUP_INET6_POST_BIND,
    ],
    T.SK_LOOKUP: [A.SK_LOOKUP],
    T.NETFILTER: [A.NETFILTER],
    T.CGROUP_SKB: [A.CGROUP_INET_INGRESS, A.CGROUP_INET_EGRESS],
}  # fmt: skip

CASES: list[tuple[T, A | None]] = [
    (t, attach) for t in T if t != T.UNSPEC and rules(t) for attach in ATTACH.get(t, [None])
] + [(T.XDP, A.XDP_DEVMAP)]


def load(prog_type: T, attach_type: A | None, insns: list[Instruction]) -> tuple[bool, str]:
    code = encode(insns, "little" if struct.pack("=H", 1) == b"\1\0" else "big")
    program, license_ = ctypes.create_string_buffer(code, len(code)), ctypes.create_string_buffer(b"GPL")
    log = ctypes.create_string_buffer(8192)
    attr = struct.pack(
        "=IIQQIIQII16sII", prog_type, len(code) // 8, ctypes.addressof(program), ctypes.addressof(license_),
        1, len(log), ctypes.addressof(log), 0, 1 << 4 if prog_type == T.SYSCALL else 0, b"", 0, attach_type or 0,
    ).ljust(128, b"\0")  # fmt: skip
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(SYS_BPF[MACHINE], int(Command.PROG_LOAD), ctypes.create_string_buffer(attr, 128), 128)
    if fd >= 0:
        os.close(fd)
    return fd >= 0, log.value.decode()


@pytest.mark.parametrize(("prog_type", "attach_type"), CASES, ids=lambda value: value.name if value is not None else "")
def test_access_as_the_table_says(prog_type: T, attach_type: A | None) -> None:
    end = [Instruction(0xB7, 0, imm=1), Instruction(0x95)]
    loaded, log = load(prog_type, attach_type, end)
    if not loaded and not log:
        pytest.skip(f"this kernel has no {prog_type.name} programs")
    last = max(rule.field.end for rule in rules(prog_type, MACHINE).values())
    wrong = []
    for size, code in SIZES.items():
        offsets = [*range(0, min(last, 1024) + 8, min(size, 4)), *range(last - 8, min(last + 9, 32760), size)]
        for offset in offsets:
            for write, sign in ((False, False), (True, False), (False, True)):
                if sign and size == 8:
                    continue
                if write:
                    first = [Instruction(0xB7, 2), Instruction(op.STX | op.MEM | code, 1, 2, offset)]
                else:
                    first = [Instruction(op.LDX | (op.MEMSX if sign else op.MEM) | code, 0, 1, offset)]
                got = load(prog_type, attach_type, [*first, *end])[0]
                rule = access(
                    prog_type, offset, size, write=write, attach_type=attach_type, sign_extend=sign, machine=MACHINE
                )
                if prog_type is T.RAW_TRACEPOINT_WRITABLE and 0 < offset < 8:
                    continue  # the kernel lets the later bytes of the buffer's address be read; we don't
                if got != (rule is not None):
                    wrong.append(
                        (offset, size, "write" if write else "sign" if sign else "read", "taken" if got else "refused")
                    )
    assert not wrong
