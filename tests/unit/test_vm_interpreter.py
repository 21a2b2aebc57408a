"""The interpreter: what a program may do and where it is stopped."""

from __future__ import annotations

import sys
from pathlib import Path
from struct import pack

import pytest
from vm_code import EXIT, I, add, call, ldx, mov, movr, st, stx

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import Line, MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine


def load(*code: Instruction, engine: VmEngine | None = None, type_: ProgType = ProgType.UNSPEC, **kwargs: object):  # type: ignore[no-untyped-def]
    spec = ProgramSpec("test", type_, encode(code), **kwargs)  # type: ignore[arg-type]
    return (engine or VmEngine()).load_program(spec, {})


def run(*code: Instruction, context: bytes = b"", **kwargs: object) -> int:
    value: int = load(*code, **kwargs).run(context=context).retval
    return value


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ([I(0x8F), EXIT], "unknown opcode 0x8f"),
        ([I(0xFF), EXIT], "unknown opcode 0xff"),
        ([mov(0, 0)], "neither exit nor a jump"),
        ([I(op.JMP | op.JA, offset=5), EXIT], "jump to instruction 6"),
        ([I(op.JMP | op.JA, offset=-3), EXIT], "jump to instruction -2"),
        ([I(op.JMP | op.JA, offset=1), I(op.LDDW, 0, imm=1), EXIT], "middle of the 16-byte load"),
        ([I(op.LDDW, 10, imm=1), EXIT], "r10 is read-only"),
        ([mov(11, 0), EXIT], "no register r11"),
        ([movr(0, 12), EXIT], "no register r12"),
        ([call(9999), EXIT], "helper 9999"),
        ([call(-1), EXIT], "helper -1"),
        ([I(op.JMP | op.CALL, src=1, imm=7), EXIT], "call of a function at instruction 8"),
        ([I(op.JMP | op.CALL, src=2, imm=7), EXIT], "kernel function number 7"),
        ([I(op.LDDW, 1, 1, imm=3), EXIT], "unresolved reference"),
        ([I(op.LDDW, 1, 9, imm=3), EXIT], "unknown kind 9"),
        ([I(op.ALU | op.END, 0, imm=8), EXIT], "16, 32 or 64 bits"),
        ([I(op.STX | op.ATOMIC | op.W, 10, 0, -8, 0x77), EXIT], "unknown atomic operation 0x77"),
        ([I(op.STX | op.ATOMIC | op.B, 10, 0, -8, 0), EXIT], "4 or 8 bytes"),
    ],
)
def test_refused_at_load(code: list[Instruction], why: str) -> None:
    with pytest.raises(VerifierError, match=why):
        load(*code)


def test_half_a_load_is_refused() -> None:
    with pytest.raises(VerifierError, match="second half"):
        VmEngine().load_program(ProgramSpec("t", code=pack("=BBhi", 0x18, 0, 0, 0)), {})


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ([ldx(op.W, 0, 10, 0), EXIT], "outside of the stack"),
        # What lies below the stack, a packet perhaps, is the allocator's choice, and so are the words for it.
        ([ldx(op.DW, 0, 10, -513), EXIT], "read of 8 bytes at 0x"),
        ([ldx(op.DW, 0, 10, -4), EXIT], "outside of the stack"),
        ([stx(op.B, 10, 1, 0), EXIT], "write of 1 bytes"),
        ([mov(1, 0), ldx(op.B, 0, 1), EXIT], "null pointer"),
        ([mov(1, -8), ldx(op.DW, 0, 1, 16), EXIT], "read of 8 bytes at 0x8"),
        ([I(op.LDDW, 1, imm=0xFFFFFFFF00000000), ldx(op.DW, 0, 1), EXIT], "0xffffffff00000000"),
        ([I(op.STX | op.ATOMIC | op.DW, 10, 1, 8, op.ADD), EXIT], "outside of the stack"),
        ([I(op.JMP | op.JA, offset=-1), EXIT], "budget"),
    ],
)
def test_faults(code: list[Instruction], why: str) -> None:
    engine = VmEngine(budget=1000)
    with pytest.raises(Fault, match=why):
        run(*code, engine=engine)


@pytest.mark.parametrize("jit", [False, True], ids=["interpreter", "machine code"])
@pytest.mark.parametrize(
    "write",
    [mov(10, 0), ldx(op.DW, 10, 1), I(op.STX | op.ATOMIC | op.DW, 1, 10, 0, op.XCHG)],
    ids=["move", "load", "exchange"],
)
def test_r10_may_be_written_where_no_path_comes(write: Instruction, jit: bool) -> None:
    """Linux looks at paths, and not at code that none of them comes to; neither does the vm."""
    if jit:
        pytest.importorskip("llvmlite")
    code = [mov(0, 3), I(op.JMP | op.JEQ, 0, offset=1, imm=3), write, EXIT]
    assert run(*code, engine=VmEngine(jit=jit)) == 3
    code[1] = I(op.JMP | op.JEQ, 0, offset=1, imm=4)
    with pytest.raises(Fault, match="instruction 2: r10 is read-only"):
        run(*code, engine=VmEngine(jit=jit))


def test_a_fault_says_where() -> None:
    program = load(
        mov(0, 1), mov(1, 64), ldx(op.W, 2, 1), EXIT, lines=[Line(0, "a.c", "int x;", 3), Line(2, "a.c", "*p", 7)]
    )
    with pytest.raises(Fault) as caught:
        program.run()
    fault = caught.value
    assert (fault.slot, fault.line, fault.address, fault.program) == (2, "a.c:7", 64, "test")
    assert str(fault).startswith("test, instruction 2, a.c:7: read of 4 bytes at 0x40")


def test_a_fault_in_a_called_function_says_where() -> None:
    program = load(I(op.JMP | op.CALL, src=1, imm=1), EXIT, mov(1, 3), stx(op.W, 1, 1), EXIT)
    with pytest.raises(Fault) as caught:
        program.run()
    assert caught.value.slot == 3


def test_context_is_its_own_size() -> None:
    assert run(ldx(op.W, 0, 1, 4), EXIT, context=pack("=II", 1, 77)) == 77
    with pytest.raises(Fault):
        run(ldx(op.W, 0, 1, 5), EXIT, context=pack("=II", 1, 77))
    with pytest.raises(Fault, match=r"that is byte 16 of the context, which has 8: run\(context=…\) takes one"):
        run(ldx(op.W, 0, 1, 16), EXIT, context=pack("=II", 1, 77))


def test_a_context_that_is_read_only() -> None:
    program = load(st(op.W, 1, 0, 1), mov(0, 0), EXIT, type_=ProgType.TRACEPOINT)
    with pytest.raises(Fault, match="nothing that may be written"):
        program.run(context=bytes(8))


def test_stack_is_clear_at_each_run_and_call() -> None:
    program = load(ldx(op.DW, 0, 10, -8), st(op.DW, 10, -8, 5), EXIT)
    assert program.run(repeat=3).retval == 0
    twice = load(
        I(op.JMP | op.CALL, src=1, imm=2), I(op.JMP | op.CALL, src=1, imm=1), EXIT,
        ldx(op.DW, 0, 10, -8), st(op.DW, 10, -8, 5), EXIT,
    )  # fmt: skip
    assert twice.run().retval == 0


def test_a_callee_reaches_its_callers_stack_but_not_after_it_returned() -> None:
    good = [
        st(op.DW, 10, -8, 5), movr(1, 10), add(1, -8), I(op.JMP | op.CALL, src=1, imm=2), ldx(op.DW, 0, 10, -8), EXIT,
        st(op.DW, 1, 0, 6), EXIT,
    ]  # fmt: skip
    assert run(*good) == 6
    bad = [I(op.JMP | op.CALL, src=1, imm=2), ldx(op.DW, 0, 0), EXIT, movr(0, 10), add(0, -8), EXIT]
    with pytest.raises(Fault, match="outside of the stack frames in use"):
        run(*bad)


def test_callee_saves_and_eight_frames() -> None:
    # f(n): n == 0 ? 0 : 1 + f(n - 1), with n kept in r6.
    code = [
        mov(1, 7), I(op.JMP | op.CALL, src=1, imm=1), EXIT,
        movr(6, 1), mov(0, 0), I(op.JMP | op.JEQ, 1, 0, 3, 0), add(1, -1), I(op.JMP | op.CALL, src=1, imm=-5),
        add(0, 1), EXIT,
    ]  # fmt: skip
    code[0] = mov(1, 6)
    assert run(*code) == 6
    code[0] = mov(1, 7)
    with pytest.raises(Fault, match="more than 8 calls"):
        run(*code)


@pytest.mark.parametrize("jumps", [1, 7, 8, 9, 40, 300])
def test_many_forward_jumps(jumps: int) -> None:
    """A chain of tests, each of which may leave: as deep as it may be, however blocks are laid out."""
    code = [mov(0, 0)]
    for i in range(jumps):
        code += [I(op.JMP | op.JEQ, 1, 0, 2 * (jumps - i) - 1 + 0, i), add(0, 1)]
    code += [EXIT]
    program = load(*code)
    for value in (0, jumps // 2, jumps - 1):
        spec = ProgramSpec("t", code=encode([mov(1, value), *code]))
        assert VmEngine().load_program(spec, {}).run().retval == value
    assert program.run(context=bytes(8)).retval == jumps


def test_loops_within_loops() -> None:
    code = [
        mov(0, 0), mov(1, 5),
        mov(2, 7),
        add(0, 1), add(2, -1), I(op.JMP | op.JNE, 2, 0, -3, 0),
        add(1, -1), I(op.JMP | op.JNE, 1, 0, -6, 0), EXIT,
    ]  # fmt: skip
    assert run(*code) == 35


def test_budget_is_what_a_program_goes_back_over() -> None:
    loop = [mov(1, 10), add(1, -1), I(op.JMP | op.JNE, 1, 0, -2, 0), mov(0, 1), EXIT]
    assert run(*loop, engine=VmEngine(budget=18)) == 1
    with pytest.raises(Fault, match="budget of 17"):
        run(*loop, engine=VmEngine(budget=17))


def test_may_goto_goes_on_until_something_else_ends_the_loop() -> None:
    code = [mov(0, 0), I(op.JMP | op.JCOND, offset=3), add(0, 1), I(op.JMP | op.JEQ, 0, 0, 1, 9),
            I(op.JMP | op.JA, offset=-4), EXIT]  # fmt: skip
    assert run(*code) == 9


@pytest.mark.parametrize("size", [op.B, op.H, op.W, op.DW])
def test_loads_and_stores_by_register_and_by_frame(size: int) -> None:
    n = op.SIZE_BYTES[size]
    value = 0x8899AABBCCDDEEFF & ((1 << 8 * n) - 1)
    head = [I(op.LDDW, 3, imm=0x8899AABBCCDDEEFF)]
    for offset in (-8, -15, -512):
        direct = [*head, stx(size, 10, 3, offset), ldx(size, 0, 10, offset), EXIT]
        assert run(*direct) == value
        through = [*head, movr(4, 10), add(4, offset), stx(size, 4, 3), ldx(size, 0, 4), EXIT]
        assert run(*through) == value


def array(engine: VmEngine, *, type_: MapType = MapType.ARRAY, value: int = 8, entries: int = 4):  # type: ignore[no-untyped-def]
    return engine.create_map(MapSpec("m", type_, 4, value, entries))


def with_map(engine: VmEngine, map_: object, *code: Instruction):  # type: ignore[no-untyped-def]
    slot = 0
    references = []
    for insn in code:
        if insn.opcode == op.LDDW and insn.src in (1, 2):
            kind = "map" if insn.src == 1 else "map_value"
            references.append(Reference(slot, kind, "m", insn.imm))  # type: ignore[arg-type]
        slot += insn.slots
    spec = ProgramSpec("t", ProgType.UNSPEC, encode(code), references=references)
    return engine.load_program(spec, {"m": map_})  # type: ignore[dict-item]


def lookup(key: int) -> list[Instruction]:
    return [st(op.W, 10, -4, key), movr(2, 10), add(2, -4), I(op.LDDW, 1, 1), call(1)]


def test_map_values_are_one_item_each() -> None:
    engine = VmEngine()
    map_ = array(engine)
    good = with_map(engine, map_, *lookup(1), st(op.DW, 0, 0, 7), ldx(op.DW, 0, 0), EXIT)
    assert good.run().retval == 7
    assert map_.lookup(pack("=I", 1)) == pack("=Q", 7)
    for offset in (1, -1):
        with pytest.raises(Fault, match="does not stay inside one item"):
            with_map(engine, map_, *lookup(1), ldx(op.DW, 0, 0, offset), EXIT).run()
    with pytest.raises(Fault):
        with_map(engine, map_, *lookup(3), ldx(op.DW, 0, 0, 8), EXIT).run()
    with pytest.raises(Fault, match="null pointer"):
        with_map(engine, map_, *lookup(4), ldx(op.DW, 0, 0), EXIT).run()


def test_a_site_that_meets_many_values() -> None:
    """One instruction that goes through all items: each is found anew, and the end of each is kept."""
    engine = VmEngine()
    map_ = array(engine)
    for i in range(4):
        map_.update(pack("=I", i), pack("=Q", 10**i))
    loop = [
        mov(7, 0), mov(6, 0),
        stx(op.W, 10, 6, -4), movr(2, 10), add(2, -4), I(op.LDDW, 1, 1), call(1),
        ldx(op.DW, 1, 0), I(op.ALU64 | op.ADD | op.X, 7, 1), add(6, 1), I(op.JMP | op.JNE, 6, 0, -10, 4),
        movr(0, 7), EXIT,
    ]  # fmt: skip
    assert with_map(engine, map_, *loop).run().retval == 1111


def test_global_data() -> None:
    engine = VmEngine()
    map_ = engine.create_map(MapSpec("m", MapType.ARRAY, 4, 16, 1))
    code = [I(op.LDDW, 1, 2, imm=12), st(op.W, 1, 0, 9), ldx(op.W, 0, 1), EXIT]
    assert with_map(engine, map_, *code).run().retval == 9
    assert map_.lookup(bytes(4)) == bytes(12) + pack("=I", 9)
    with pytest.raises(Fault):
        with_map(engine, map_, I(op.LDDW, 1, 2, imm=12), ldx(op.DW, 0, 1), EXIT).run()


def test_the_memory_of_maps_that_a_program_does_not_name_is_out_of_reach() -> None:
    engine = VmEngine()
    other = array(engine)
    address = other.address_of(bytes(4), 0)
    with pytest.raises(Fault, match="no memory of the program's"):
        run(I(op.LDDW, 1, imm=address), ldx(op.DW, 0, 1), EXIT, engine=engine)


def test_a_map_argument_that_is_none() -> None:
    with pytest.raises(Fault, match="is no map"):
        run(movr(1, 10), movr(2, 10), add(2, -4), call(1), EXIT)


def test_xdp_reads_its_packet_and_not_behind_it() -> None:
    code = [ldx(op.W, 2, 1, 0), ldx(op.W, 3, 1, 4), movr(0, 3), I(op.ALU64 | op.SUB | op.X, 0, 2), ldx(op.B, 4, 2, 3),
            I(op.ALU64 | op.LSH, 4, imm=32), I(op.ALU64 | op.OR | op.X, 0, 4), EXIT]  # fmt: skip
    program = load(*code, type_=ProgType.XDP)
    assert program.run(bytes(range(1, 21))).retval == 4 << 32 | 20
    behind = load(ldx(op.W, 2, 1, 0), ldx(op.W, 0, 2, 12), EXIT, type_=ProgType.XDP)
    assert behind.run(bytes(12) + b"\1\2\3\4").retval == int.from_bytes(b"\1\2\3\4", sys.byteorder)
    with pytest.raises(Fault, match="the packet ends"):
        behind.run(bytes(15))
    writes = load(ldx(op.W, 2, 1, 0), st(op.B, 2, 0, 0xEE), mov(0, 2), EXIT, type_=ProgType.XDP)
    assert writes.run(bytes(14)).data == b"\xee" + bytes(13)


def test_packet_loads_in_network_order() -> None:
    # The kernel's test run hands a socket filter what follows the Ethernet header.
    absolute = [movr(6, 1), I(op.LD | op.ABS | op.H, imm=2), EXIT]
    program = load(*absolute, type_=ProgType.SOCKET_FILTER)
    assert program.run(bytes(16) + b"\x08\x00").retval == 0x0800
    assert program.run(bytes(17)).retval == 0
    indirect = [movr(6, 1), mov(3, 4), I(op.LD | op.IND | op.W, src=3, imm=1), EXIT]
    assert load(*indirect, type_=ProgType.SOCKET_FILTER).run(bytes(14) + bytes(range(9))).retval == 0x05060708


@pytest.mark.parametrize("jit", [False, True], ids=["interpreter", "machine code"])
@pytest.mark.parametrize(
    ("type_", "offset", "expected"),
    [
        (ProgType.SOCKET_FILTER, -0x200000 + 12, 0x0C0D),  # the link's header, which the program doesn't see
        (ProgType.SOCKET_FILTER, -0x200000 + 14, 0x0E0F),
        (ProgType.SOCKET_FILTER, -0x100000, 0x0E0F),
        (ProgType.SCHED_CLS, -0x200000 + 12, 0x0C0D),
        (ProgType.SCHED_CLS, -0x100000 + 2, 0x1011),
        (ProgType.SCHED_CLS, -0x100000 - 2, 0),  # counts from the link's header, a long way behind the packet
        (ProgType.SCHED_CLS, -0x100000 + 33, 0),
        (ProgType.SCHED_CLS, -0x200001, 0),
        (ProgType.SCHED_CLS, -1, 0),
    ],
)
def test_packet_loads_from_a_header_on(type_: ProgType, offset: int, expected: int, jit: bool) -> None:
    """SKF_LL_OFF and SKF_NET_OFF, as the kernel's test run has them."""
    if jit:
        pytest.importorskip("llvmlite")
    packet = bytes(range(34))
    for code in (
        [movr(6, 1), I(op.LD | op.ABS | op.H, imm=offset), EXIT],
        [movr(6, 1), mov(3, 2), I(op.LD | op.IND | op.H, src=3, imm=offset - 2), EXIT],
    ):
        assert load(*code, type_=type_, engine=VmEngine(jit=jit)).run(packet).retval == expected


def test_tail_calls_stop_after_33() -> None:
    engine = VmEngine()
    counter = array(engine)
    programs = engine.create_map(MapSpec("m2", MapType.PROG_ARRAY, 4, 4, 2))
    code = [
        movr(6, 1), *lookup(0), I(op.JMP | op.JEQ, 0, 0, 2, 0), mov(1, 1), I(op.STX | op.ATOMIC | op.DW, 0, 1, 0, 0),
        movr(1, 6), I(op.LDDW, 2, 1), mov(3, 0), call(12), mov(0, 9), EXIT,
    ]  # fmt: skip
    references = [Reference(4, "map", "m"), Reference(11, "map", "m2")]
    program = engine.load_program(
        ProgramSpec("t", ProgType.XDP, encode(code), references=references), {"m": counter, "m2": programs}
    )
    programs.update_object(bytes(4), program)
    assert program.run(bytes(14)).retval == 9
    assert counter.lookup(bytes(4)) == pack("=Q", 34)


def test_trace_printk() -> None:
    engine = VmEngine()
    text = b"x=%d s=%x\0"
    code = [
        I(op.LDDW, 1, imm=int.from_bytes(text[:8], sys.byteorder)), stx(op.DW, 10, 1, -16),
        I(op.LDDW, 1, imm=int.from_bytes(text[8:].ljust(8, b"\0"), sys.byteorder)), stx(op.DW, 10, 1, -8),
        movr(1, 10), add(1, -16), mov(2, len(text)), mov(3, -5), mov(4, 255), call(6), EXIT,
    ]  # fmt: skip
    assert load(*code, engine=engine).run().retval == len(b"x=-5 s=ff")
    assert list(engine.trace_lines) == [b"x=-5 s=ff"]


def test_own_memory_of_the_process_is_not_readable() -> None:
    secret = bytearray(b"secret!!")
    import ctypes

    address = ctypes.addressof(ctypes.c_char.from_buffer(secret))
    code = [movr(1, 10), add(1, -8), mov(2, 8), I(op.LDDW, 3, imm=address), call(4), ldx(op.DW, 1, 10, -8),
            I(op.ALU64 | op.OR | op.X, 0, 1), EXIT]  # fmt: skip
    assert run(*code) == (1 << 64) - 14


def test_an_engine_that_wants_proof() -> None:
    engine = VmEngine(verify=True)
    good = load(mov(0, 0), EXIT, engine=engine, type_=ProgType.XDP, license="GPL")
    assert good.proof is not None
    assert good.proof.reached == frozenset({0, 1})
    with pytest.raises(VerifierError):
        load(ldx(op.W, 2, 1, 0), ldx(op.B, 0, 2, 0), EXIT, engine=engine, type_=ProgType.XDP, license="GPL")
    assert load(mov(0, 0), EXIT).proof is None


def test_random_programs_end_in_a_result_a_fault_or_a_refusal() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
    try:
        import vm_fuzz
    finally:
        sys.path.pop(0)
    ends = [vm_fuzz.one(seed) for seed in range(250)]
    assert all(ends.count(end) > 5 for end in ("result", "fault", "refused"))


def test_what_a_map_does_not_do_is_a_fault() -> None:
    engine = VmEngine(jit=False)
    ring = engine.create_map(MapSpec("m", MapType.RINGBUF, 0, 0, 4096))
    code = [I(op.LDDW, 1, 1), movr(2, 10), mov(3, 0), mov(4, 0), call(164), EXIT]
    with pytest.raises(Fault, match=r"instruction 5: walk map m \(ringbuf\): Operation not supported"):
        with_map(engine, ring, *code).run()
