"""The verifier on small programs: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import verifier_programs

from ebpf.asm import Instruction as I
from ebpf.errors import VerifierError
from ebpf.spec import Function, Line, MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import Fact, interned, verify

MAPS = {
    "values": MapSpec("values", MapType.ARRAY, 4, 48, 4),
    "table": MapSpec("table", MapType.HASH, 8, 16, 16),
    "ring": MapSpec("ring", MapType.RINGBUF, 0, 0, 4096),
    "programs": MapSpec("programs", MapType.PROG_ARRAY, 4, 4, 4),
}
A, J = op.ALU64, op.JMP


def mov(dst: int, imm: int) -> I:
    return I(A | op.MOV, dst, imm=imm)


def movr(dst: int, src: int) -> I:
    return I(A | op.MOV | op.X, dst, src)


def add(dst: int, imm: int) -> I:
    return I(A | op.ADD, dst, imm=imm)


def load(size: int, dst: int, src: int, off: int = 0) -> I:
    return I(op.LDX | op.MEM | {1: op.B, 2: op.H, 4: op.W, 8: op.DW}[size], dst, src, off)


def store(size: int, dst: int, off: int, src: int) -> I:
    return I(op.STX | op.MEM | {1: op.B, 2: op.H, 4: op.W, 8: op.DW}[size], dst, src, off)


def put(size: int, dst: int, off: int, imm: int) -> I:
    return I(op.ST | op.MEM | {1: op.B, 2: op.H, 4: op.W, 8: op.DW}[size], dst, 0, off, imm)


def jump(which: int, dst: int, imm: int, off: int) -> I:
    return I(J | which, dst, 0, off, imm)


def jumpr(which: int, dst: int, src: int, off: int) -> I:
    return I(J | which | op.X, dst, src, off)


def call(number: int) -> I:
    return I(J | op.CALL, imm=number)


EXIT = I(J | op.EXIT)
RETURN0 = [mov(0, 0), EXIT]


def program(*insns: I | str, type: ProgType = ProgType.XDP, **more: object) -> ProgramSpec:
    """Instructions; a name stands for the load of that map into the register before the colon ("1:values")."""
    code: list[I] = []
    references = []
    slot = 0
    for insn in insns:
        if isinstance(insn, str):
            reg, name = insn.split(":")
            references.append(Reference(slot, "map", name))
            insn = I(op.LDDW, int(reg), 1)
        code.append(insn)
        slot += insn.slots
    spec = ProgramSpec(name="p", type=type, license="GPL", references=references, **more)
    spec.instructions = code
    return spec


LOOKUP = [put(4, 10, -4, 9), movr(2, 10), add(2, -4), "1:values", call(1)]
PACKET = [load(4, 2, 1, 0), load(4, 3, 1, 4), movr(4, 2)]

GOOD = {
    "return": [*RETURN0],
    "packet, after a test": [*PACKET, add(4, 14), jumpr(op.JGT, 4, 3, 1), load(1, 0, 2, 13), *RETURN0],
    "packet, end on the left": [*PACKET, add(4, 8), jumpr(op.JLT, 3, 4, 1), load(8, 0, 2, 0), *RETURN0],
    "map value, after a test": [*LOOKUP, jump(op.JEQ, 0, 0, 1), load(8, 1, 0, 40), *RETURN0],
    "map value, index masked": [
        *LOOKUP, jump(op.JEQ, 0, 0, 4), load(4, 1, 0), I(A | op.AND, 1, imm=31), I(A | op.ADD | op.X, 0, 1), load(8, 1, 0, 8),
        *RETURN0,
    ],
    "array with a known key needs no test": [
        put(4, 10, -8, 3), movr(2, 10), add(2, -8), "1:values", call(1), load(8, 1, 0, 0), *RETURN0,
    ],
    "spill and fill of a pointer": [store(8, 10, -8, 1), load(8, 2, 10, -8), load(4, 0, 2, 16), EXIT],
    "uninitialised stack may be read": [load(8, 0, 10, -8), EXIT],
    "a loop of a thousand turns": [mov(0, 0), add(0, 1), jump(op.JLT, 0, 1000, -2), EXIT],
    "reserve and submit": [
        "1:ring", mov(2, 8), mov(3, 0), call(131), jump(op.JEQ, 0, 0, 3), movr(1, 0), mov(2, 0), call(132), *RETURN0,
    ],
    "a copy is refined with its original": [
        *LOOKUP, jump(op.JEQ, 0, 0, 6), load(4, 1, 0), movr(2, 1), jump(op.JGT, 1, 40, 3), I(A | op.ADD | op.X, 0, 2),
        load(8, 1, 0), mov(0, 0), *RETURN0,
    ],
    "tail call": ["2:programs", mov(3, 1), call(12), *RETURN0],
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_takes(name: str) -> None:
    proof = verify(program(*GOOD[name]), MAPS)
    assert proof.processed > 0
    assert 0 in proof.reached


BAD = {
    "nothing returned": ([EXIT], "uninitialised", "R0 !read_ok"),
    "uninitialised register": ([movr(0, 3), EXIT], "uninitialised", "R3 !read_ok"),
    "packet without a test": ([*PACKET, load(1, 0, 2, 0), EXIT], "packet-bounds", "R2 offset is outside of the packet"),
    "packet, one byte too far": (
        [*PACKET, add(4, 14), jumpr(op.JGT, 4, 3, 1), load(1, 0, 2, 14), *RETURN0], "packet-bounds", "outside of the packet",
    ),
    "map value without a test": ([*LOOKUP, load(8, 1, 0), *RETURN0], "map-value-null", "invalid mem access 'map_value_or_null'"),
    "map value, too far": (
        [*LOOKUP, jump(op.JEQ, 0, 0, 1), load(8, 1, 0, 41), *RETURN0], "map-bounds", "value_size=48 off=41 size=8",
    ),
    "map value, index unbounded": (
        [*LOOKUP, jump(op.JEQ, 0, 0, 3), load(8, 1, 0), I(A | op.ADD | op.X, 0, 1), load(8, 1, 0), *RETURN0], "unbounded",
        "unbounded min value",
    ),
    "stack, too deep": ([put(8, 10, -520, 0), *RETURN0], "stack-bounds", "invalid write to stack R10 off=-520 size=8"),
    "stack, above": ([put(8, 10, 0, 0), *RETURN0], "stack-bounds", "off=0 size=8"),
    "stack, crooked": ([put(8, 10, -12, 0), *RETURN0], "alignment", "misaligned stack access"),
    "frame pointer written": ([mov(10, 0), *RETURN0], "stack-bounds", "frame pointer is read only"),
    "context, no such field": ([load(4, 0, 1, 24), EXIT], "context", "invalid bpf_context access off=24 size=4"),
    "context written": ([put(4, 1, 0, 0), *RETURN0], "context", "invalid bpf_context access"),
    "context moved": ([add(1, 4), load(4, 0, 1, 0), EXIT], "pointer-arithmetic", "dereference of modified ctx ptr"),
    "a number as a pointer": ([mov(1, 5), load(4, 0, 1), EXIT], "not-pointer", "R1 invalid mem access 'scalar'"),
    "pointers added": ([I(A | op.ADD | op.X, 1, 10), *RETURN0], "pointer-arithmetic", "pointer += pointer prohibited"),
    "endless loop": ([mov(0, 0), I(J | op.JA, offset=-1), EXIT], "control-flow", "unreachable insn 2"),
    "endless loop with a way out": (
        [mov(0, 0), load(4, 3, 1, 16), jump(op.JEQ, 3, 1, 1), I(J | op.JA, offset=-3), EXIT], "loop", "infinite loop detected",
    ),
    "unreachable": ([*RETURN0, mov(0, 1), EXIT], "control-flow", "unreachable insn 2"),
    "no exit": ([mov(0, 0)], "control-flow", "last insn is not an exit or jmp"),
    "jump out": ([jump(op.JEQ, 1, 0, 5), *RETURN0], "control-flow", "jump out of range from insn 0 to 6"),
    "division by 0": ([mov(0, 1), I(A | op.DIV, 0, imm=0), EXIT], "malformed", "div by zero"),
    "shift by 64": ([mov(0, 1), I(A | op.LSH, 0, imm=64), EXIT], "malformed", "invalid shift 64"),
    "reserved not released": (
        ["1:ring", mov(2, 8), mov(3, 0), call(131), jump(op.JEQ, 0, 0, 0), *RETURN0],
        "reference-leak", "Unreleased reference id=",
    ),
    "released twice": (
        ["1:ring", mov(2, 8), mov(3, 0), call(131), jump(op.JEQ, 0, 0, 7), movr(6, 0), movr(1, 0), mov(2, 0), call(132),
         movr(1, 6), mov(2, 0), call(132), *RETURN0],
        "argument", "type=scalar expected=ringbuf_mem",
    ),
    "used after release": (
        ["1:ring", mov(2, 8), mov(3, 0), call(131), jump(op.JEQ, 0, 0, 5), movr(6, 0), movr(1, 0), mov(2, 0), call(132),
         load(8, 1, 6), *RETURN0],
        "released", "R6 invalid mem access 'scalar'",
    ),
    "helper of another program type": ([call(26), *RETURN0], "helper", "cannot use helper bpf_skb_load_bytes#26"),
    "no such helper": ([call(4000), *RETURN0], "helper", "invalid func"),
    "arguments clobbered": ([call(5), movr(0, 1), EXIT], "uninitialised", "R1 !read_ok"),
    "map of the wrong type": (["1:programs", *LOOKUP[:3], call(1), *RETURN0], "map-kind", "cannot pass map_type 3 into func"),
    "key not a pointer": (["1:values", mov(2, 0), call(1), *RETURN0], "argument", "R2 type=scalar expected="),
    "32-bit pointer arithmetic": ([I(op.ALU | op.ADD, 1, imm=1), *RETURN0], "pointer-arithmetic", "32-bit pointer arithmetic"),
    "pointers into the packet after it moved": (
        [movr(6, 1), load(4, 7, 1, 0), load(4, 3, 1, 4), movr(4, 7), add(4, 8), jumpr(op.JGT, 4, 3, 4), movr(1, 6), mov(2, 4),
         call(44), load(1, 0, 7), *RETURN0],
        "packet-moved", "R7 invalid mem access 'scalar'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refuses(name: str) -> None:
    insns, kind, reason = BAD[name]
    with pytest.raises(VerifierError) as caught:
        verify(program(*insns), MAPS)
    assert caught.value.kind == kind
    assert reason in caught.value.reason
    assert caught.value.fix and caught.value.sentence


def test_unprivileged_is_stricter() -> None:
    leak = program(movr(0, 1), EXIT, type=ProgType.SOCKET_FILTER)
    verify(leak, MAPS)
    with pytest.raises(VerifierError, match="leaks addr as return value"):
        verify(leak, MAPS, privileged=False)
    unread = program(load(8, 0, 10, -8), EXIT, type=ProgType.SOCKET_FILTER)
    with pytest.raises(VerifierError, match="invalid read from stack"):
        verify(unread, MAPS, privileged=False)


def test_return_range() -> None:
    verify(program(mov(0, 1), EXIT, type=ProgType.CGROUP_SOCK), MAPS)
    with pytest.raises(VerifierError, match=r"should have been in \[0, 1\]"):
        verify(program(mov(0, 2), EXIT, type=ProgType.CGROUP_SOCK), MAPS)


def test_static_function_shares_the_stack_budget() -> None:
    def chain(depth: int) -> ProgramSpec:
        return program(
            put(8, 10, -depth, 0), I(J | op.CALL, src=1, imm=1), EXIT, put(8, 10, -256, 0), *RETURN0,
            functions=[Function(0, "main"), Function(3, "sub")],
        )  # fmt: skip

    proof = verify(chain(256), MAPS)
    assert proof.stack == {"main": 256, "sub": 256}
    with pytest.raises(VerifierError, match="combined stack size of 2 calls is 528"):
        verify(chain(264), MAPS)


def test_callee_reads_the_callers_stack() -> None:
    proof = verify(
        program(
            put(8, 10, -8, 5), movr(1, 10), add(1, -8), I(J | op.CALL, src=1, imm=1), EXIT, load(8, 0, 1), EXIT,
        ),
        MAPS,
    )  # fmt: skip
    assert proof.facts[5] == Fact("stack", "", 1, -8, -8, 8)


def test_facts_merge_over_paths() -> None:
    proof = verify(
        program(
            *LOOKUP, jump(op.JEQ, 0, 0, 4), load(4, 1, 0), I(A | op.AND, 1, imm=31), I(A | op.ADD | op.X, 0, 1),
            load(8, 1, 0, 8), *RETURN0,
        ),
        MAPS,
    )  # fmt: skip
    assert proof.facts[10] == Fact("map_value", "values", 0, 8, 39, 8)


def test_ranges_are_what_may_be() -> None:
    proof = verify(program(load(4, 0, 1, 16), I(A | op.AND, 0, imm=7), EXIT), MAPS, ranges=True)
    assert proof.ranges is not None
    known = proof.ranges[2][0]
    assert known is not None and (known.umin, known.umax) == (0, 7)


def test_explains_with_lines_of_c() -> None:
    lines = [
        Line(0, "x.bpf.c", "void *data = (void *)(long)ctx->data;", 10, 5),
        Line(2, "x.bpf.c", "if (data > data_end)", 11, 5),
        Line(4, "x.bpf.c", "return *(char *)data;", 12, 12),
    ]
    spec = program(*PACKET, jumpr(op.JGT, 4, 3, 2), load(1, 0, 2, 0), EXIT, *RETURN0, lines=lines)
    with pytest.raises(VerifierError) as caught:
        verify(spec, MAPS)
    error = caught.value
    assert error.line == "x.bpf.c:12:12"
    assert [number for number, _, here in error.source if here] == [12]
    assert error.path == ("line 11: if (data > data_end)  (goes on at 3)",)
    assert error.register == 2 and error.known == "R2 is pkt(r=0)"
    text = str(error)
    assert "return *(char *)data;" in text and "usually:" in text and "needed:" in text


def test_log_has_the_kernels_form() -> None:
    proof = verify(program(load(4, 0, 1, 16), I(A | op.AND, 0, imm=7), EXIT), MAPS, log=True)
    assert proof.log.splitlines() == [
        "0: R1=ctx() R10=fp0",
        "0: (61) r0 = *(u32 *)(r1 +16)         ; R0=scalar(smin=0,smax=umax=0xffffffff,var_off=(0x0; 0xffffffff)) R1=ctx()",
        "1: (57) r0 &= 7                       ; R0=scalar(smin=smin32=0,smax=umax=smax32=umax32=7,var_off=(0x0; 0x7))",
        "2: (95) exit",
    ]


def test_limit() -> None:
    with pytest.raises(VerifierError, match="BPF program is too large"):
        verify(program(mov(0, 0), add(0, 1), jump(op.JLT, 0, 1000, -2), EXIT), MAPS, max_processed=500)


def test_nothing_is_changed() -> None:
    spec = program(*LOOKUP, jump(op.JEQ, 0, 0, 1), load(8, 1, 0, 40), *RETURN0)
    before = spec.code
    verify(spec, MAPS)
    assert spec.code == before


def test_a_number_needed_later_keeps_paths_apart() -> None:
    """Two paths meet; what one of them found safe hangs on a number that the other has not."""
    insns = [
        load(4, 6, 1, 16), load(4, 9, 1, 12), jumpr(op.JLE, 6, 9, 2), mov(6, 0), mov(9, 0), jumpr(op.JLE, 6, 9, 1), mov(6, 0),
        *LOOKUP, jump(op.JNE, 0, 0, 1), EXIT, I(A | op.LSH, 6, imm=3), I(A | op.ADD | op.X, 0, 6), load(8, 3, 0), mov(0, 0), EXIT,
    ]  # fmt: skip
    with pytest.raises(VerifierError) as caught:
        verify(program(*insns), MAPS)
    assert caught.value.kind in ("map-bounds", "unbounded")


@pytest.mark.parametrize(
    ("name", "offset", "reason"),
    [
        ("one", 8, "value_size=8 off=8"),
        ("values", 0, "off=0"),
        ("table", 0, "no direct value access"),
        ("one", -1, "4294967295"),
    ],
)
def test_place_in_a_map_value(name: str, offset: int, reason: str) -> None:
    maps = {**MAPS, "one": MapSpec("one", MapType.ARRAY, 4, 8, 1)}
    spec = program(I(op.LDDW, 1, 2), load(8, 0, 1), EXIT, type=ProgType.SOCKET_FILTER)
    spec.references = [Reference(0, "map_value", "one", 0)]
    assert verify(spec, maps).facts[2] == Fact("map_value", "one", 0, 0, 0, 8)
    spec.references = [Reference(0, "map_value", name, offset)]
    with pytest.raises(VerifierError) as caught:
        verify(spec, maps)
    assert reason in caught.value.reason


def test_frozen_contents_are_known() -> None:
    known = MapSpec(
        "known", MapType.ARRAY, 4, 8, 1, 0x80, contents=[(bytes(4), (5).to_bytes(8, sys.byteorder))], frozen=True
    )
    spec = program(
        I(op.LDDW, 1, 2), load(8, 0, 1), jump(op.JEQ, 0, 5, 1), load(4, 0, 10, 8), EXIT, type=ProgType.SOCKET_FILTER
    )
    spec.references = [Reference(0, "map_value", "known", 0)]
    proof = verify(spec, {"known": known})
    assert 4 not in proof.reached


def test_callback_runs_in_a_loop() -> None:
    spec = program(
        mov(1, 10), I(op.LDDW, 2, 4, imm=6), movr(3, 10), add(3, -8), mov(4, 0), call(181), mov(0, 0), EXIT,
        store(8, 2, 0, 1), mov(0, 0), EXIT, btf=object(), functions=[Function(0, "main"), Function(9, "turn")],
    )  # fmt: skip
    code = bytearray(spec.code)
    code[8 + 4 : 8 + 8] = (9 - 1 - 1).to_bytes(4, sys.byteorder)
    spec.code = bytes(code[:16]) + bytes(8) + bytes(code[24:])
    proof = verify(spec, MAPS)
    assert proof.facts[9].region == "stack" and proof.facts[9].up == 1


@pytest.mark.parametrize(("count", "looked_at"), verifier_programs.LOOKED_AT.items())
def test_functions_that_are_called_from_several_places(count: int, looked_at: int) -> None:
    assert verify(verifier_programs.calls(count), {}).processed == looked_at


def test_threads_verify_at_once() -> None:
    """Numbers are shared between verifications: none is seen half made, also while the tables are emptied."""
    programs = [verifier_programs.make(seed) for seed in range(60)]

    def verdicts() -> list[str]:
        found = []
        for spec in programs:
            try:
                found.append(str(verify(spec, verifier_programs.MAPS, max_processed=5000).processed))
            except VerifierError as error:
                found.append(error.reason)
        return found

    alone = verdicts()
    switches = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            running = [pool.submit(verdicts) for _ in range(8)]
            while not all(each.done() for each in running):
                interned.forget()
            assert [each.result() for each in running] == [alone] * 8
    finally:
        sys.setswitchinterval(switches)
