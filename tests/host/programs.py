"""Small programs made by hand for the tests of the kernel engine, where no compiler is wanted."""

from __future__ import annotations

import sys

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

RETURN_0 = [I(0xB7, 0, imm=0), I(0x95)]


def program(
    type_: ProgType,
    code: list[I],
    *references: Reference,
    attach: AttachType | None = None,
    name: str = "test",
    **more: object,
) -> ProgramSpec:
    return ProgramSpec(
        name=name,
        type=type_,
        code=encode(code, sys.byteorder),
        license="GPL",
        attach_type=attach,
        references=list(references),
        **more,
    )


def count(
    type_: ProgType,
    *,
    pid: int = 0,
    word: tuple[int, int] | None = None,
    result: int = 0,
    attach: AttachType | None = None,
    name: str = "count",
    **more: object,
) -> ProgramSpec:
    """`if (!pid || current's tgid == pid) counts[0]++; return result`. `word`: only where the 32 bits at that offset of the
    context are that."""
    code = [I(0x85, imm=14), I(0x77, 0, imm=32), I(0x56, 0, imm=pid, offset=9)] if pid else []  # get_current_pid_tgid
    if word is not None:
        code = [I(0x61, 2, 1, offset=word[0]), I(0x56, 2, imm=word[1], offset=9)]
    at = len(code) + 3
    code += [
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),  # bpf_map_lookup_elem
        I(0x15, 0, imm=0, offset=2),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=result),
        I(0x95),
    ]
    return program(type_, code, Reference(at, "map", "counts"), attach=attach, name=name, **more)


def cookie_of(type_: ProgType, **more: object) -> ProgramSpec:
    """`counts[0] = bpf_get_attach_cookie(ctx); return 0`"""
    code = [
        I(0x85, imm=174),
        I(0xBF, 6, 0),
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),  # bpf_map_lookup_elem
        I(0x15, 0, imm=0, offset=1),
        I(0x7B, 0, 6),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    return program(type_, code, Reference(5, "map", "counts"), name="cookie", **more)


def emit(type_: ProgType, size: int, *, helper: int = 130, words: int = 1, result: int = 0) -> ProgramSpec:
    """Writes a record of `size` bytes (a multiple of 8): each u64 word is the running number in `counts[0]`, by
    bpf_ringbuf_output (130) or bpf_perf_event_output (25); a refusal is counted in `lost[0]`."""
    code = [
        I(0xBF, 6, 1),
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),
        I(0x55, 0, imm=0, offset=2),
        I(0xB7, 0, imm=0),
        I(0x95),
        I(0xB7, 7, imm=1),
        I(0xDB, 0, 7, imm=1),  # r7 = fetch_add(counts, 1)
    ]
    lookup = 4
    for at in range(8, size + 8, 8):
        code.append(I(0x7B, 10, 7, offset=-8 - at))
    code_map = None
    if helper == 130:
        code_map = len(code) + 0
        code += [I(0x18, 1), I(0xBF, 2, 10), I(0x07, 2, imm=-8 - size), I(0xB7, 3, imm=size), I(0xB7, 4, imm=0)]
    else:
        code.append(I(0xBF, 1, 6))
        code_map = len(code)
        code += [
            I(0x18, 2),
            I(0x18, 3, imm=0xFFFFFFFF),  # BPF_F_CURRENT_CPU
            I(0xBF, 4, 10),
            I(0x07, 4, imm=-8 - size),
            I(0xB7, 5, imm=size),
        ]
    code.append(I(0x85, imm=helper))
    code.append(I(0x15, 0, imm=0, offset=9))
    code += [I(0x62, 10, offset=-4, imm=0), I(0xBF, 2, 10), I(0x07, 2, imm=-4)]
    lost = len(code)
    code += [
        I(0x18, 1),
        I(0x85, imm=1),
        I(0x15, 0, imm=0, offset=2),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=result),
        I(0x95),
    ]
    # Slots, not instructions: a 16-byte load counts twice.
    slots, total = [], 0
    for insn in code:
        slots.append(total)
        total += insn.slots
    return program(
        type_,
        code,
        Reference(slots[lookup], "map", "counts"),
        Reference(slots[code_map], "map", "events"),
        Reference(slots[lost], "map", "lost"),
        name="emit",
    )


def common_maps(mark: str, counts: MapSpec) -> dict[str, MapSpec]:
    """A map of each of the commoner kinds, by names that begin with `mark`, and `counts`."""
    ring = MapSpec(f"{mark}r", MapType.RINGBUF, 0, 0, 4096)
    perf = MapSpec(f"{mark}p", MapType.PERF_EVENT_ARRAY, 4, 4, 0)
    outer = MapSpec(f"{mark}o", MapType.HASH_OF_MAPS, 4, 4, 2, inner=counts.replace(name=f"{mark}i"))
    data = MapSpec(f"{mark}d", MapType.ARRAY, 4, 8, 1, flags=1 << 10, contents=[(bytes(4), b"x" * 8)], frozen=True)
    table = MapSpec(f"{mark}t", MapType.HASH, 4, 8, 99, contents=[(bytes([i, 0, 0, 0]), bytes(8)) for i in range(50)])
    return {made.name: made for made in (ring, perf, outer, data, table)} | {"counts": counts}
