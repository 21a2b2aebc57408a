"""Helpers that no packet changes, called with the same arguments in the kernel and in the vm: the same result, the same bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from struct import pack
from typing import Any

import pytest

from compiling import compiled

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))

import kfunc_programs

import ebpf
from ebpf.asm import Instruction, encode
from ebpf.errors import KernelError
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.host
I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)
FRAME = 256
TC, XDP, RAW, SYSCALL = ProgType.SCHED_CLS, ProgType.XDP, ProgType.RAW_TRACEPOINT, ProgType.SYSCALL


class At:
    """An argument: the address of the byte at `offset` of the frame's last 256."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


class Of:
    """An argument: a map."""

    def __init__(self, name: str) -> None:
        self.name = name


CTX = object()
Argument = Any


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[KernelEngine, VmEngine]]:
    kernel, vm = KernelEngine(), VmEngine(jit=False)
    vm.network.add_interface(1, "lo", mtu=65536)
    yield kernel, vm
    vm.close()
    kernel.close()


MAPS = {
    "out": MapSpec("out", MapType.ARRAY, 4, 8 + FRAME, 1),
    "events": MapSpec("events", MapType.PERF_EVENT_ARRAY, 4, 4, 2),
    "groups": MapSpec("groups", MapType.CGROUP_ARRAY, 4, 4, 2),
}


def program_of(
    before: bytes, calls: list[tuple[str, list[Argument]]], *, release: bool
) -> tuple[bytes, list[Reference]]:
    """Fills the frame, calls, and writes the last result and the frame to the map `out`."""
    code: list[Instruction] = [I(op.ALU64 | op.MOV | op.X, 6, 1)]
    references: list[Reference] = []

    def slot() -> int:
        return sum(insn.slots for insn in code)

    before = before.ljust(FRAME, b"\0")
    for i in range(0, FRAME, 8):
        code += [I(op.LDDW, 1, imm=int.from_bytes(before[i : i + 8], sys.byteorder))]
        code += [I(op.STX | op.MEM | op.DW, 10, 1, i - FRAME)]
    for name, arguments in calls:
        for register, argument in enumerate(arguments, 1):
            if argument is CTX:
                code += [I(op.ALU64 | op.MOV | op.X, register, 6)]
            elif isinstance(argument, At):
                code += [I(op.ALU64 | op.MOV | op.X, register, 10)]
                code += [I(op.ALU64 | op.ADD, register, imm=argument.offset - FRAME)]
            elif isinstance(argument, Of):
                references.append(Reference(slot(), "map", argument.name))
                code += [I(op.LDDW, register, 1)]
            else:
                code += [I(op.LDDW, register, imm=argument & (1 << 64) - 1)]
        code += [I(op.JMP | op.CALL, imm=IDS[name])]
        if release:
            code += [I(op.ALU64 | op.MOV | op.X, 7, 0), I(op.JMP | op.JEQ, 0, 0, 4), I(op.ALU64 | op.MOV | op.X, 1, 0)]
            code += [
                I(op.JMP | op.CALL, imm=IDS["sk_release"]),
                I(op.ALU64 | op.MOV, 0, imm=1),
                I(op.JMP | op.JA, offset=0),
            ]
    code += [I(op.ALU64 | op.MOV | op.X, 7, 0), I(op.ST | op.MEM | op.W, 10, 0, -FRAME - 8, 0)]
    references.append(Reference(slot(), "map", "out"))
    code += [I(op.LDDW, 1, 1), I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-FRAME - 8)]
    code += [I(op.JMP | op.CALL, imm=1), I(op.JMP | op.JEQ, 0, 0, 2 * FRAME // 8 + 1), I(op.STX | op.MEM | op.DW, 0, 7)]
    for i in range(0, FRAME, 8):
        code += [I(op.LDX | op.MEM | op.DW, 1, 10, i - FRAME), I(op.STX | op.MEM | op.DW, 0, 1, 8 + i)]
    return encode([*code, I(op.ALU64 | op.MOV, 0, imm=0), EXIT]), references


def outcome(
    engine: KernelEngine | VmEngine, type_: ProgType, before: bytes, calls: list[tuple[str, list[Argument]]],
    release: bool = False,
) -> tuple[int, str]:  # fmt: skip
    """The last call's result and the frame after it."""
    maps: dict[str, Any] = {name: engine.create_map(spec.copy()) for name, spec in MAPS.items()}
    try:
        code, references = program_of(before, calls, release=release)
        named = {reference.name for reference in references}
        spec = ProgramSpec("calls", type_, code, references=references, license="GPL")
        if type_ == SYSCALL:
            spec.flags = 1 << 4  # BPF_F_SLEEPABLE
        program = engine.load_program(spec, {name: maps[name] for name in named})
        try:
            program.run(PACKET if type_ in (TC, XDP) else b"")
        finally:
            program.close()
        data = maps["out"].lookup(bytes(4))
    finally:
        for map_ in maps.values():
            map_.close()
    return int.from_bytes(data[:8], sys.byteorder, signed=True), data[8:].hex().rstrip("0")


PACKET = bytes.fromhex("000000000000020202020202080045000064000100004006f6c90a0000010a000002") + bytes(80)
KEY = pack("=I16sBBHI16s", 77, bytes(range(1, 17)), 1, 64, 0, 0, bytes(range(17, 33)))
LABELLED = pack("=I16sBBHI16s", 77, bytes(range(1, 17)), 1, 64, 0, 0xFFF12345, bytes(range(17, 33)))
STRANGE = pack("=I16sBBHI16s", 77, bytes(range(1, 17)), 1, 64, 3, 0, bytes(range(17, 33)))
HOST = os.stat("/proc/self/ns/pid")
NS, DEVICE = HOST.st_ino, HOST.st_dev
# The kernel's own number of a device: 12 bits of major, 20 of minor; user space's is another (new_encode_dev).
TUPLE = bytes([10, 255, 255, 1, 10, 255, 255, 2]) + pack(">HH", 1, 1)

CASES: dict[str, tuple[ProgType, bytes, list[list[tuple[str, list[Argument]]]]]] = {
    "get_cgroup_classid": (TC, b"", [[("get_cgroup_classid", [CTX])]]),
    "get_route_realm": (TC, b"", [[("get_route_realm", [CTX])]]),
    "set_hash": (TC, b"", [[("set_hash", [CTX, n]), ("get_hash_recalc", [CTX])] for n in (1, 0x12345678, 1 << 31)]),
    "redirect": (TC, b"", [[("redirect", [ifindex, flags])] for ifindex in (0, 1) for flags in (0, 1, 2, 8, 1 << 32, 1 << 63)]),
    "redirect_xdp": (XDP, b"", [[("redirect", [ifindex, flags])] for ifindex in (0, 1, 1 << 31) for flags in (0, 1, 8, 1 << 63)]),
    "redirect_peer": (TC, b"", [[("redirect_peer", [1, flags])] for flags in (0, 1, 2, 1 << 63)]),
    "redirect_neigh": (
        TC,
        pack("=I", 2),
        [[("redirect_neigh", [1, *where, flags])] for where in ((0, 0), (At(0), 20), (At(0), 24)) for flags in (0, 1, 1 << 63)],
    ),
    "check_mtu": (
        TC,
        b"",
        [
            [("check_mtu", [CTX, ifindex, At(0), delta, flags])]
            for ifindex in (0, 1, 99999)
            for delta in (0, 4, -4, 65500, 65536, -20000)
            for flags in (0, 1, 2)
        ],
    ),
    "check_mtu_of_a_length": (
        TC,
        pack("=I", 65530),
        [[("check_mtu", [CTX, 1, At(0), delta, flags])] for delta in (0, 6, 7, 20, -30) for flags in (0, 1)],
    ),
    "check_mtu_xdp": (
        XDP,
        pack("=I", 100),
        [[("check_mtu", [CTX, ifindex, At(0), delta, flags])] for ifindex in (0, 1) for delta in (0, 65535) for flags in (0, 1)],
    ),
    "set_tunnel_key": (
        TC,
        KEY,
        [
            [("skb_set_tunnel_key", [CTX, At(0), size, flags])]
            for size in (4, 8, 12, 22, 24, 20, 28, 36, 40, 44, 64)
            for flags in (0, 1, 2, 4, 8, 16, 32, 1 << 63)
        ],
    ),
    "get_tunnel_key": (
        TC,
        b"\xff" * 80,
        [[("skb_get_tunnel_key", [CTX, At(0), size, flags])] for size in (4, 12, 28, 44) for flags in (0, 1, 16, 2)],
    ),
    **{
        f"{name}_there_and_back": (
            TC,
            key.ljust(48, b"\0") + b"\xff" * 48,
            [
                [
                    ("skb_set_tunnel_key", [CTX, At(0), least, set_flags]),
                    ("skb_get_tunnel_key", [CTX, At(48), size, flags]),
                ]
                for least in (8, 44)
                for set_flags in (0, 1, 2, 4, 8, 16, 31)
                for flags in (0, 1, 16, 17)
                for size in (8, 22, 44, 43)
            ],
        )
        for name, key in (("key", KEY), ("labelled_key", LABELLED), ("strange_key", STRANGE))
    },
    "set_tunnel_opt": (
        TC,
        b"\1\2\3\4" * 16,
        [
            calls
            for size in (4, 6, 64, 255, 256)
            for calls in (
                [("skb_set_tunnel_opt", [CTX, At(0), size])],
                [("skb_set_tunnel_key", [CTX, At(0), 8, 0]), ("skb_set_tunnel_opt", [CTX, At(0), size])],
                [("skb_get_tunnel_opt", [CTX, At(64), min(size, 190)])],
                [
                    ("skb_set_tunnel_key", [CTX, At(0), 8, 0]),
                    ("skb_set_tunnel_opt", [CTX, At(0), 8]),
                    ("skb_get_tunnel_opt", [CTX, At(64), min(size, 190)]),
                ],
            )
        ],
    ),
    "options_in_the_key": (
        TC,
        KEY.ljust(48, b"\0"),
        [
            [
                ("skb_set_tunnel_key", [CTX, At(0), 44, 0]),
                ("skb_set_tunnel_opt", [CTX, At(0), 8]),
                ("skb_get_tunnel_key", [CTX, At(48), 44, 16]),
            ]
        ],
    ),
    "perf_event_read": (
        RAW,
        b"",
        [[("perf_event_read", [Of("events"), flags])] for flags in (0, 1, 2, 7, 0xFFFFFFFF, 1 << 32, 1 << 63)],
    ),
    "perf_event_read_value": (
        RAW,
        b"\xff" * 64,
        [
            [("perf_event_read_value", [Of("events"), flags, At(0), size])]
            for flags in (0, 1, 2, 0xFFFFFFFF, 1 << 32)
            for size in (8, 24, 32)
        ],
    ),
    "current_task_under_cgroup": (RAW, b"", [[("current_task_under_cgroup", [Of("groups"), n])] for n in (0, 1, 2, 9)]),
    "get_current_cgroup_id": (RAW, b"", [[("get_current_cgroup_id", [])]]),
    "get_current_ancestor_cgroup_id": (RAW, b"", [[("get_current_ancestor_cgroup_id", [n])] for n in range(6)]),
    "get_current_pid_tgid": (RAW, b"", [[("get_current_pid_tgid", [])]]),
    "get_current_uid_gid": (RAW, b"", [[("get_current_uid_gid", [])]]),
    "get_current_comm": (RAW, b"\xff" * 40, [[("get_current_comm", [At(0), n])] for n in (1, 4, 16, 32)]),
    "get_ns_current_pid_tgid": (
        RAW,
        b"\xff" * 32,
        [
            [("get_ns_current_pid_tgid", [device, inode, At(0), size])]
            for device in (DEVICE, DEVICE + 1)
            for inode in (NS, NS + 1)
            for size in (8, 12)
        ],
    ),
    "kallsyms_lookup_name": (
        SYSCALL,
        b"no_such_symbol_at_all\0".ljust(32, b"\0") + b"\xff" * 32,
        [[("kallsyms_lookup_name", [At(0), size, flags, At(32)])] for size in (22, 21, 1, 30) for flags in (0, 1)],
    ),
    "btf_find_by_name_kind": (
        SYSCALL,
        b"no_such_type_at_all\0".ljust(32, b"\0"),
        [
            [("btf_find_by_name_kind", [At(0), size, kind, flags])]
            for size in (20, 19, 1, 30)
            for kind in (4, 99)
            for flags in (0, 1)
        ],
    ),
    "get_numa_node_id": (RAW, b"", [[("get_numa_node_id", [])]]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_same_calls(name: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    type_, before, runs = CASES[name]
    different = []
    for calls in runs:
        found: list[Any] = []
        for engine in engines:
            try:
                found.append(outcome(engine, type_, before, calls))
            except KernelError as error:
                found.append(f"errno {error.errno}: {str(getattr(error, 'hint', ''))[-300:]}")
        if found[0] != found[1]:
            shown = [
                (called, [vars(a) if hasattr(a, "__dict__") else a for a in given[-4:]]) for called, given in calls
            ]
            different.append(f"{shown}: kernel {found[0]}, vm {found[1]}")
    assert not different, "\n".join([f"{len(different)} of {len(runs)}", *different[:12]])


@pytest.mark.parametrize("name", ["sk_lookup_tcp", "sk_lookup_udp", "skc_lookup_tcp"])
@pytest.mark.parametrize("type_", [TC, XDP])
def test_sockets_that_are_not_there(name: str, type_: ProgType, engines: tuple[KernelEngine, VmEngine]) -> None:
    for size in (12, 36, 13, 8):
        for namespace, flags in ((-1, 0), (0, 0), (-1, 1), (1 << 31, 0)):
            calls = [(name, [CTX, At(0), size, namespace, flags])]
            kernel, vm = (outcome(engine, type_, TUPLE, calls, release=True) for engine in engines)
            assert kernel == vm, (size, namespace, flags)


@pytest.mark.parametrize(
    "name", ["get_prandom_u32", "get_current_task", "ktime_get_ns", "jiffies64", "get_netns_cookie"]
)
def test_numbers_that_cannot_be_the_same(name: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    for engine in engines:
        arguments = [CTX] if name == "get_netns_cookie" else []
        assert outcome(engine, TC if arguments else RAW, b"", [(name, arguments)])[0] != 0


def test_any_helper_of_a_case_is_one_that_the_vm_has() -> None:
    from ebpf.vm.helpers import present

    called = {name for _, _, runs in CASES.values() for calls in runs for name, _ in calls}
    assert {IDS[name] for name in called} <= set(present())


@pytest.mark.parametrize("name", ["of_skb", "of_xdp"])
def test_dynptrs_of_packets(name: str) -> None:
    spec = compiled(kfunc_programs.PACKET_DYNPTRS)
    found = []
    for engine in ("kernel", "vm"):
        with ebpf.load(spec, engine=engine) as obj:
            after = obj.programs[name].run(kfunc_programs.PACKET).data
            found.append((after, [int(value) for value in obj.variables["result"].value]))
    assert found[0] == found[1]
