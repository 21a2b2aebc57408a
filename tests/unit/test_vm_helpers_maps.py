"""Helpers of maps, rings, dynptrs and iterators, each called by a small program."""

from __future__ import annotations

import sys
import time
from struct import pack
from typing import Any

import pytest
from vm_code import EXIT, I, add, call, ldx, movr, st, stx
from vm_world import U64, World, fp, mov, text

from ebpf.errors import Fault
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType


def lookup(map_: str, key: int = 0) -> list[Any]:
    return [st(op.W, 10, -4, key), ("map", 1, map_), *fp(2, -4), call("map_lookup_elem")]


def test_queue_stack_bloom() -> None:
    for type_, first in ((MapType.QUEUE, 1), (MapType.STACK, 3)):
        world = World()
        map_ = world.map("m", type_, 0, 4, 3)
        push = world.load(ldx(op.W, 1, 1), stx(op.W, 10, 1, -4), ("map", 1, "m"), *fp(2, -4), mov(3, 0),
                          call("map_push_elem"), EXIT)  # fmt: skip
        pop = [("map", 1, "m"), *fp(2, -4), call("map_pop_elem"), movr(6, 0), ldx(op.W, 0, 10, -4), I(op.JMP | op.JEQ, 6, 0, 1),
               movr(0, 6), EXIT]  # fmt: skip
        peek = [*pop[:3], call("map_peek_elem"), *pop[4:]]
        assert [push.run(context=pack("=I", i)).retval for i in (1, 2, 3)] == [0, 0, 0]
        assert push.run(context=pack("=I", 4)).retval == U64 - 6
        assert world.run(*peek) == first
        assert world.run(*pop) == first
        assert world.run(*pop) == 2
        assert map_.lookup_and_delete(b"") == pack("=I", 4 - first)
        assert world.run(*pop) == -2
    world = World()
    bloom = world.map("m", MapType.BLOOM_FILTER, 0, 4, 100)
    has = [("map", 1, "m"), *fp(2, -4), call("map_peek_elem"), EXIT]
    assert world.run(st(op.W, 10, -4, 5), *has) == -2
    bloom.update(b"", pack("=I", 5))
    assert world.run(st(op.W, 10, -4, 5), *has) == 0
    assert bloom.peek(pack("=I", 5))
    assert sum(bloom.peek(pack("=I", i)) for i in range(1000, 2000)) < 20


def test_per_cpu_values() -> None:
    world = World(cpus=4)
    map_ = world.map("m", MapType.PERCPU_ARRAY, 4, 8, 2)
    program = world.load(*lookup("m", 1), mov(1, 7), I(op.STX | op.ATOMIC | op.DW, 0, 1), mov(0, 0), EXIT)
    program.run()
    assert map_.value_bytes == 32
    assert map_.lookup(pack("=I", 1)) == pack("=4Q", 7, 0, 0, 0)
    other = [*lookup("m", 1)[:-1], mov(3, 3), call("map_lookup_percpu_elem"), st(op.DW, 0, 0, 9), mov(0, 0), EXIT]
    assert world.run(*other) == 0
    assert map_.lookup(pack("=I", 1)) == pack("=4Q", 7, 0, 0, 9)
    beyond = [*lookup("m", 1)[:-1], mov(3, 4), call("map_lookup_percpu_elem"), EXIT]
    assert world.run(*beyond) == 0


def test_a_value_of_another_cpu_is_out_of_reach() -> None:
    world = World(cpus=2)
    world.map("m", MapType.PERCPU_ARRAY, 4, 4, 2)
    with pytest.raises(Fault):
        world.run(*lookup("m"), ldx(op.DW, 0, 0), EXIT)


@pytest.mark.parametrize("type_", [MapType.ARRAY, MapType.HASH])
def test_for_each_map_elem(type_: MapType) -> None:
    world = World()
    map_ = world.map("m", type_, 4, 8, 5)
    for i in range(5):
        map_.update(pack("=I", i), pack("=Q", 10**i))
    # callback(map, key, value, context): *context += *value + *key; stop after the limit in context[1].
    callback = [ldx(op.DW, 1, 3), ldx(op.W, 2, 2), I(op.ALU64 | op.ADD | op.X, 1, 2), I(op.STX | op.ATOMIC | op.DW, 4, 1),
                mov(0, 0), ldx(op.DW, 1, 4, 8), add(1, -1), stx(op.DW, 4, 1, 8), I(op.JMP | op.JNE, 1, 0, 2, 0), mov(0, 1),
                EXIT]  # fmt: skip
    main = [st(op.DW, 10, -16, 0), st(op.DW, 10, -8, 99), ("map", 1, "m"), ("function", 2, 1), *fp(3, -16), mov(4, 0),
            call("for_each_map_elem"), movr(6, 0), ldx(op.DW, 0, 10, -16), I(op.ALU64 | op.LSH, 6, imm=32),
            I(op.ALU64 | op.OR | op.X, 0, 6), EXIT]  # fmt: skip
    assert world.run(*main, functions=[callback]) == 5 << 32 | 11111 + 10
    main[1] = st(op.DW, 10, -8, 2)
    assert world.run(*main, functions=[callback]) >> 32 == 2
    writes = [st(op.W, 2, 0, 1), mov(0, 0), EXIT]
    with pytest.raises(Fault, match="is read-only"):
        world.run(*main, functions=[writes])


def test_loop() -> None:
    world = World(budget=10_000)
    callback = [I(op.STX | op.ATOMIC | op.DW, 2, 1), mov(0, 0), I(op.JMP | op.JLT, 1, 0, 2, 50), mov(0, 1), EXIT]
    for count, result in ((10, (10, 45)), (0, (0, 0)), (100, (51, 1275))):
        main = [st(op.DW, 10, -8, 0), mov(1, count), ("function", 2, 1), *fp(3, -8), mov(4, 0), call("loop"),
                I(op.ALU64 | op.LSH, 0, imm=32), ldx(op.DW, 1, 10, -8), I(op.ALU64 | op.OR | op.X, 0, 1), EXIT]  # fmt: skip
        assert world.run(*main, functions=[callback]) == result[0] << 32 | result[1]
    plain = [mov(1, 9_000_000), ("function", 2, 1), mov(3, 0), mov(4, 0), call("loop"), EXIT]
    assert world.run(*plain, functions=[[mov(0, 0), EXIT]]) == -7
    plain[0] = mov(1, 8_000_000)
    with pytest.raises(Fault, match="budget"):
        world.run(*plain, functions=[[mov(0, 0), EXIT]])
    with pytest.raises(Fault, match="is no function"):
        world.run(mov(1, 3), mov(2, 5), mov(3, 0), mov(4, 0), call("loop"), EXIT)


def test_maps_of_maps() -> None:
    world = World()
    inner = world.map("inner", MapType.ARRAY, 4, 8, 2)
    outer = world.map("outer", MapType.ARRAY_OF_MAPS, 4, 4, 3, inner=inner)
    other = world.engine.create_map(inner.spec.copy())
    other.update(pack("=I", 1), pack("=Q", 42))
    outer.update_object(pack("=I", 2), other)
    found = outer.lookup_object(pack("=I", 2))
    assert found is not None and found.opened() is other
    assert outer.lookup(pack("=I", 2)) == pack("=I", other.fd)
    del world.maps["inner"]
    code = [
        *lookup("outer", 2),
        movr(1, 0),
        st(op.W, 10, -4, 1),
        *fp(2, -4),
        call("map_lookup_elem"),
        ldx(op.DW, 0, 0),
        EXIT,
    ]
    assert world.run(*code) == 42
    with pytest.raises(Fault, match="is no map"):
        world.run(*lookup("outer", 0), movr(1, 0), *fp(2, -4), call("map_lookup_elem"), EXIT)


def test_spin_locks() -> None:
    world = World()
    world.map("m", MapType.ARRAY, 4, 8, 1)
    fine = [*lookup("m"), movr(6, 0), movr(1, 6), call("spin_lock"), movr(1, 6), call("spin_unlock"), mov(0, 5), EXIT]
    assert world.run(*fine) == 5
    with pytest.raises(Fault, match="second spin lock"):
        world.run(*fine[:-4], movr(1, 6), call("spin_lock"), mov(0, 0), EXIT)
    with pytest.raises(Fault, match="was not taken"):
        world.run(*lookup("m"), movr(1, 0), call("spin_unlock"), mov(0, 0), EXIT)
    # One that was never given back is free again for the next run.
    assert world.run(*fine) == 5


def test_storage() -> None:
    world = World()
    world.map("m", MapType.TASK_STORAGE, 4, 8, 0, 1)
    get = [call("get_current_task_btf"), movr(2, 0), ("map", 1, "m"), mov(3, 0), mov(4, 1), call("task_storage_get"),
           mov(1, 3), I(op.STX | op.ATOMIC | op.DW, 0, 1), ldx(op.DW, 0, 0), EXIT]  # fmt: skip
    assert [world.run(*get) for _ in range(2)] == [3, 6]
    none = [
        call("get_current_task_btf"),
        movr(2, 0),
        ("map", 1, "m"),
        mov(3, 0),
        mov(4, 0),
        call("task_storage_get"),
        EXIT,
    ]
    delete = [call("get_current_task_btf"), movr(2, 0), ("map", 1, "m"), call("task_storage_delete"), EXIT]
    assert world.run(*none) != 0
    assert world.run(*delete) == 0
    assert world.run(*delete) == -2
    assert world.run(*none) == 0


def test_timers() -> None:
    world = World()
    map_ = world.map("m", MapType.HASH, 4, 24, 2)
    map_.update(pack("=I", 7), bytes(24))
    callback = [ldx(op.W, 1, 2), I(op.STX | op.ATOMIC | op.DW, 3, 1, 16), mov(0, 0), EXIT]
    main = [*lookup("m", 7), movr(6, 0), movr(1, 6), ("map", 2, "m"), mov(3, 1), call("timer_init"), movr(7, 0), movr(1, 6),
            ("function", 2, 1), call("timer_set_callback"), I(op.ALU64 | op.OR | op.X, 7, 0), movr(1, 6), mov(2, 1000),
            mov(3, 0), call("timer_start"), I(op.ALU64 | op.OR | op.X, 7, 0), movr(0, 7), EXIT]  # fmt: skip
    try:
        assert world.run(*main, functions=[callback]) == 0
        for _ in range(200):
            if map_.lookup(pack("=I", 7))[16:] == pack("=Q", 7):
                break
            time.sleep(0.01)
        else:
            pytest.fail("the timer never came")
        again = [*lookup("m", 7), movr(1, 0), ("map", 2, "m"), mov(3, 1), call("timer_init"), EXIT]
        assert world.run(*again) == -16
        cancel = [*lookup("m", 7), movr(1, 0), call("timer_cancel"), EXIT]
        assert world.run(*cancel) == 0
        map_.delete(pack("=I", 7))
        assert not world.engine.timers.known
    finally:
        world.engine.close()
    assert world.engine.timers._thread is None


# -- rings


def test_ring_buffer_records() -> None:
    world = World()
    ring = world.map("r", MapType.RINGBUF, 0, 0, 4096)
    submit = [("map", 1, "r"), mov(2, 8), mov(3, 0), call("ringbuf_reserve"), movr(6, 0), I(op.JMP | op.JNE, 6, 0, 2, 0),
              mov(0, 1), EXIT, st(op.DW, 6, 0, 77), movr(1, 6), mov(2, 0), call("ringbuf_submit"), mov(0, 0), EXIT]  # fmt: skip
    submit[5] = I(op.JMP | op.JNE, 6, 0, 3, 0)
    assert world.run(*submit) == 0
    memory = ring.memory()
    page = len(memory) // 2 - 4096
    assert memory[page * 2 : page * 2 + 16] == pack("=IIQ", 8, 2, 77)
    assert ring.producer == 16
    discard = [*submit[:-4], mov(2, 0), call("ringbuf_discard"), mov(0, 0), EXIT]
    assert world.run(*discard) == 0
    assert memory[page * 2 + 16 : page * 2 + 20] == pack("=I", 8 | 1 << 30)
    assert world.run(("map", 1, "r"), mov(2, 0), call("ringbuf_query"), EXIT) == 32
    after = [*submit[:-2], ldx(op.DW, 0, 6), EXIT]
    with pytest.raises(Fault, match="no memory of the program's"):
        world.run(*after)
    twice = [*submit[:-2], movr(1, 6), mov(2, 0), call("ringbuf_submit"), EXIT]
    with pytest.raises(Fault, match="is no record"):
        world.run(*twice)


def test_a_record_that_is_never_given_away_is_discarded() -> None:
    world = World()
    ring = world.map("r", MapType.RINGBUF, 0, 0, 4096)
    assert world.run(("map", 1, "r"), mov(2, 8), mov(3, 0), call("ringbuf_reserve"), mov(0, 0), EXIT) == 0
    assert ring.data[:4] == pack("=I", 8 | 1 << 30)


def test_a_ring_that_is_full_and_one_that_goes_round() -> None:
    world = World()
    ring = world.map("r", MapType.RINGBUF, 0, 0, 4096)
    output = world.load(("map", 1, "r"), *fp(2, -104), mov(3, 100), mov(4, 0), call("ringbuf_output"), EXIT)
    results = [output.run().retval for _ in range(40)]
    assert results.count(0) == 36  # 112 bytes each, less than the whole ring
    assert set(results) == {0, U64 - 10}
    seen = 0
    for _ in range(100):
        while ring.consumer < ring.producer:
            at = ring.consumer & ring.mask
            assert ring.data[at : at + 4] == pack("=I", 100)
            assert bytes(ring.data[at + 8 : at + 108]) == bytes(100)
            ring.consumer += 112
            seen += 1
        assert output.run().retval == 0
    assert seen == 135


def test_the_ring_wakes_its_reader() -> None:
    import select

    world = World()
    ring = world.map("r", MapType.RINGBUF, 0, 0, 4096)
    assert not select.select([ring.fileno()], [], [], 0)[0]
    output = [("map", 1, "r"), *fp(2, -8), mov(3, 8), mov(4, 0), call("ringbuf_output"), EXIT]
    world.run(*output)
    assert select.select([ring.fileno()], [], [], 0)[0]
    ring.wakeup.clear()
    assert not select.select([ring.fileno()], [], [], 0)[0]
    output[4] = mov(4, 1)
    ring.consumer = ring.producer
    world.run(*output)
    assert not select.select([ring.fileno()], [], [], 0)[0]
    world.engine.close()


def test_perf_buffers() -> None:
    world = World(cpus=2)
    map_ = world.map("p", MapType.PERF_EVENT_ARRAY, 4, 4, 0)
    assert map_.max_entries == 2
    output = [movr(1, 1), st(op.W, 10, -8, 5), st(op.W, 10, -4, 6), ("map", 2, "p"), mov(3, 0xFFFFFFFF), *fp(4, -8), mov(5, 8),
              call("perf_event_output"), EXIT]  # fmt: skip
    assert world.run(*output) == -2
    buffer = map_.open_buffer(0, 1)
    assert world.run(*output) == 0
    memory = buffer.memory()
    page = len(memory) // 2
    assert int.from_bytes(memory[1024:1032], sys.byteorder) == 24
    assert memory[page : page + 24] == pack("=IHHIII4x", 9, 0, 24, 12, 5, 6)
    program = world.load(*output)
    results = [program.run().retval for _ in range(200)]
    assert set(results) == {0, U64 - 27}
    buffer.words[128 + 1] = buffer.words[128]
    assert program.run().retval == 0
    head = 24 * (1 + results.count(0)) % 4096
    lost = (bytes(memory[page:]) * 2)[head : head + 24]
    assert lost[:8] == pack("=IHH", 2, 0, 24)
    assert int.from_bytes(lost[16:24], sys.byteorder) == results.count(U64 - 27)
    world.engine.close()


def test_user_ring_buffer() -> None:
    world = World()
    ring = world.map("u", MapType.USER_RINGBUF, 0, 0, 4096)
    for i in range(3):
        ring.push_sample(pack("=Q", 10**i))
    # callback(dynptr, context): read 8 bytes, add them.
    callback = [movr(6, 2), movr(3, 1), *fp(1, -8), mov(2, 8), mov(4, 0), mov(5, 0), call("dynptr_read"), ldx(op.DW, 1, 10, -8),
                I(op.STX | op.ATOMIC | op.DW, 6, 1), mov(0, 0), EXIT]  # fmt: skip
    main = [st(op.DW, 10, -8, 0), ("map", 1, "u"), ("function", 2, 1), *fp(3, -8), mov(4, 0), call("user_ringbuf_drain"),
            I(op.ALU64 | op.LSH, 0, imm=32), ldx(op.DW, 1, 10, -8), I(op.ALU64 | op.OR | op.X, 0, 1), EXIT]  # fmt: skip
    assert world.run(*main, functions=[callback]) == 3 << 32 | 111
    assert world.run(*main, functions=[callback]) == 0


# -- dynptrs, kfuncs


def test_dynptrs() -> None:
    world = World()
    world.map("m", MapType.ARRAY, 4, 32, 1)
    make = [*lookup("m"), movr(6, 0), movr(1, 6), mov(2, 32), mov(3, 0), *fp(4, -24), call("dynptr_from_mem")]
    write = [*text(b"abcdefgh", -40), *fp(1, -24), mov(2, 8), *fp(3, -40), mov(4, 8), mov(5, 0), call("dynptr_write")]
    assert world.run(*make, *write, EXIT) == 0
    assert world.maps["m"].lookup(bytes(4))[8:16] == b"abcdefgh"
    write[-4:-1] = [mov(4, 8), mov(5, 0)]
    far = [*write]
    far[6] = mov(2, 25)
    assert world.run(*make, *[mov(2, 25) if insn == mov(2, 8) else insn for insn in write], EXIT) == -7
    data = [*fp(1, -24), mov(2, 8), mov(3, 8), call("dynptr_data"), ldx(op.DW, 0, 0), EXIT]
    assert world.run(*make, *data) == int.from_bytes(b"abcdefgh", sys.byteorder)
    size = [
        *fp(1, -24),
        mov(2, 4),
        mov(3, 20),
        ("kfunc", "bpf_dynptr_adjust"),
        *fp(1, -24),
        ("kfunc", "bpf_dynptr_size"),
        EXIT,
    ]
    assert world.run(*make, *size) == 16
    big = [*lookup("m"), movr(1, 0), mov(2, 1 << 24), mov(3, 0), *fp(4, -24), call("dynptr_from_mem"), EXIT]
    assert world.run(*big) == -7


def test_a_forged_dynptr_reaches_nothing() -> None:
    secret = bytearray(b"secret!!")
    import ctypes

    address = ctypes.addressof(ctypes.c_char.from_buffer(secret))
    forged = [mov(1, address), stx(op.DW, 10, 1, -16), mov(1, 8 | 1 << 28), stx(op.W, 10, 1, -8)]
    with pytest.raises(Fault, match="no memory of the program's"):
        World().run(*forged, *fp(3, -16), *fp(1, -24), mov(2, 8), mov(4, 0), mov(5, 0), call("dynptr_read"), EXIT)


def test_ring_dynptr() -> None:
    world = World()
    ring = world.map("r", MapType.RINGBUF, 0, 0, 4096)
    code = [("map", 1, "r"), mov(2, 16), mov(3, 0), *fp(4, -16), call("ringbuf_reserve_dynptr"),
            *text(b"12345678", -24), *fp(1, -16), mov(2, 8), *fp(3, -24), mov(4, 8), mov(5, 0), call("dynptr_write"), movr(6, 0),
            *fp(1, -16), mov(2, 0), call("ringbuf_submit_dynptr"), movr(0, 6), EXIT]  # fmt: skip
    assert world.run(*code) == 0
    assert ring.data[:24] == pack("=IIQ", 16, 2, 0) + b"12345678"


def test_number_iterators() -> None:
    world = World()
    loop = [*fp(1, -8), mov(2, 3), mov(3, 8), ("kfunc", "bpf_iter_num_new"), mov(7, 0),
            *fp(1, -8), ("kfunc", "bpf_iter_num_next"), I(op.JMP | op.JEQ, 0, 0, 3, 0),
            ldx(op.W, 1, 0), I(op.ALU64 | op.ADD | op.X, 7, 1), I(op.JMP | op.JA, offset=-7),
            *fp(1, -8), ("kfunc", "bpf_iter_num_destroy"), movr(0, 7), EXIT]  # fmt: skip
    assert world.run(*loop) == 3 + 4 + 5 + 6 + 7
    bad = [*fp(1, -8), mov(2, 9), mov(3, 8), ("kfunc", "bpf_iter_num_new"), EXIT]
    assert world.run(*bad) == -22
    assert world.run(*[mov(3, 9_000_000) if insn == mov(3, 8) else insn for insn in bad]) == -7


@pytest.mark.parametrize(("words", "numbers"), [([0x8000000000000021], [0, 5, 63]), ([2, 0, 1], [1, 128]), ([0], [])])
def test_bit_iterators(words: list[int], numbers: list[int]) -> None:
    """r7 counts the bits and sums 1000 times their numbers; the words lie at fp - 40, the iterator at fp - 16."""
    world = World()
    store = [insn for n, word in enumerate(words) for insn in (
        I(op.LDDW, 1, imm=word), I(op.STX | op.MEM | op.DW, 10, 1, -40 + 8 * n))]  # fmt: skip
    loop = [*store, *fp(1, -16), *fp(2, -40), mov(3, len(words)), ("kfunc", "bpf_iter_bits_new"), mov(7, 0),
            *fp(1, -16), ("kfunc", "bpf_iter_bits_next"), I(op.JMP | op.JEQ, 0, 0, 5, 0),
            ldx(op.W, 1, 0), I(op.ALU64 | op.MUL, 1, imm=1000), I(op.ALU64 | op.ADD | op.X, 7, 1),
            I(op.ALU64 | op.ADD, 7, imm=1), I(op.JMP | op.JA, offset=-9),
            *fp(1, -16), ("kfunc", "bpf_iter_bits_destroy"), movr(0, 7), EXIT]  # fmt: skip
    assert world.run(*loop) == 1000 * sum(numbers) + len(numbers)


def test_bit_iterators_over_nothing() -> None:
    world = World()
    new = [*fp(1, -16), *fp(2, -40), mov(3, 1), ("kfunc", "bpf_iter_bits_new"), EXIT]
    assert world.run(*[mov(3, 0) if insn == mov(3, 1) else insn for insn in new]) == -22
    assert world.run(*[mov(3, 512) if insn == mov(3, 1) else insn for insn in new]) == -7
