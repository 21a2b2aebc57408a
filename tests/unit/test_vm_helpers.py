"""Helpers, each called by a small program."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from struct import pack
from typing import Any

import pytest

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS, NAMES
from ebpf.uapi.kfuncs import names
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.helpers import FILES, find, present
from ebpf.vm.helpers.absent import REASONS, kfunc_reason, reason
from ebpf.vm.helpers.kfuncs import KFUNCS

I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)
U64 = (1 << 64) - 1
ROOT = Path(__file__).resolve().parents[2]


def mov(dst: int, imm: int) -> Instruction:
    return I(op.LDDW, dst, imm=imm & U64)


def movr(dst: int, src: int) -> Instruction:
    return I(op.ALU64 | op.MOV | op.X, dst, src)


def add(dst: int, imm: int) -> Instruction:
    return I(op.ALU64 | op.ADD, dst, imm=imm)


def ldx(size: int, dst: int, src: int, offset: int = 0) -> Instruction:
    return I(op.LDX | op.MEM | size, dst, src, offset)


def stx(size: int, dst: int, src: int, offset: int = 0) -> Instruction:
    return I(op.STX | op.MEM | size, dst, src, offset)


def st(size: int, dst: int, offset: int, imm: int) -> Instruction:
    return I(op.ST | op.MEM | size, dst, 0, offset, imm)


def call(name: str) -> Instruction:
    return I(op.JMP | op.CALL, imm=IDS[name])


def fp(dst: int, offset: int) -> list[Instruction]:
    return [movr(dst, 10), add(dst, offset)]


def text(data: bytes, offset: int) -> list[Instruction]:
    """Puts bytes on the stack at r10 + offset."""
    data = data.ljust(-(-len(data) // 8) * 8, b"\0")
    code = []
    for i in range(0, len(data), 8):
        code += [mov(1, int.from_bytes(data[i : i + 8], sys.byteorder)), stx(op.DW, 10, 1, offset + i)]
    return code


class World:
    """An engine, its maps by name, and programs made of instructions where ("map", name) is a load of a map."""

    def __init__(self, **kwargs: Any) -> None:
        self.engine = VmEngine(jit=False, **kwargs)
        self.maps: dict[str, Any] = {}

    def map(self, name: str, *args: Any, inner: Any = None, **kwargs: Any) -> Any:
        self.maps[name] = self.engine.create_map(MapSpec(name, *args, **kwargs), inner)
        return self.maps[name]

    def load(self, *code: Any, type_: ProgType = ProgType.UNSPEC, functions: list[list[Any]] = []) -> Any:  # noqa: B006
        """`functions` come behind the main one; ("function", n) loads the address of the n-th of them."""
        flat: list[Any] = []
        starts = []
        for part in [list(code), *functions]:
            starts.append(len(flat))
            flat += part
        slots, slot = [], 0
        for item in flat:
            slots.append(slot)
            slot += 2 if isinstance(item, tuple) and item[0] != "kfunc" else getattr(item, "slots", 1)
        references, out = [], []
        for i, item in enumerate(flat):
            if isinstance(item, Instruction):
                out.append(item)
            elif item[0] == "map":
                references.append(Reference(slots[i], "map", item[2]))
                out.append(I(op.LDDW, item[1], 1))
            elif item[0] == "function":
                out.append(I(op.LDDW, item[1], 4, imm=(slots[starts[item[2]]] - slots[i] - 1) & 0xFFFFFFFF))
            else:
                references.append(Reference(slots[i], "kfunc", item[1]))
                out.append(I(op.JMP | op.CALL, src=2))
        return self.engine.load_program(ProgramSpec("t", type_, encode(out), references=references), self.maps)

    def run(self, *code: Any, data: bytes = b"", context: bytes = b"", **kwargs: Any) -> int:
        value: int = self.load(*code, **kwargs).run(data, context).retval
        return value - (1 << 64) if value >> 63 else value


# -- what there is


def test_every_helper_is_here_or_has_a_reason() -> None:
    absent = {name for _, names in REASONS for name in names.split()}
    here = {NAMES[number] for number in present()}
    assert here | absent == set(NAMES[1:])
    assert not here & absent
    assert reason("no_such_thing") == "it means nothing outside of the kernel"


def test_every_kernel_function_is_here_or_has_a_reason() -> None:
    absent = {name for name in names() if kfunc_reason(name)}
    assert absent | set(KFUNCS) == set(names())
    assert not absent & set(KFUNCS)
    assert kfunc_reason("bpf_nothing") == ""
    with pytest.raises(VerifierError, match="bpf_ct_release is not in the vm: there is no connection tracking here"):
        World().load(("kfunc", "bpf_ct_release"), EXIT)


@pytest.mark.parametrize("file", FILES)
def test_the_index_says_what_the_files_have(file: str) -> None:
    from importlib import import_module

    from ebpf.vm.helpers.registry import HELPERS

    module = import_module(f"ebpf.vm.helpers.{file}")
    defined = {function.__name__ for function in HELPERS.values() if function.__module__ == module.__name__}
    assert defined == set(FILES[file].split())


def test_the_page_is_what_the_code_says() -> None:
    sys.path.insert(0, str(ROOT / "generate"))
    try:
        import vm_helpers
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "helpers.md").read_text() == vm_helpers.page(), "run generate/vm_helpers.py"


def test_a_helper_that_is_not_here_is_refused_with_the_reason() -> None:
    with pytest.raises(VerifierError, match=r"bpf_d_path \(Linux 5.10\) is not in the vm: it reads objects"):
        World().load(call("d_path"), EXIT)
    with pytest.raises(VerifierError, match="there is no helper 212"):
        World().load(I(op.JMP | op.CALL, imm=212), EXIT)


def test_own_helpers_come_first() -> None:
    world = World(helpers={5: lambda m, *r: 77, 9000: lambda m, *r: r[0] + 1})
    assert world.run(call("ktime_get_ns"), EXIT) == 77
    assert world.run(mov(1, 4), I(op.JMP | op.CALL, imm=9000), EXIT) == 5


# -- time, task


@pytest.mark.parametrize(
    "name", ["ktime_get_ns", "ktime_get_boot_ns", "ktime_get_coarse_ns", "ktime_get_tai_ns", "jiffies64"]
)
def test_clocks_go_on(name: str) -> None:
    program = World().load(call(name), EXIT)
    first = program.run().retval
    time.sleep(0.005)
    assert 0 < first < program.run().retval


def test_random_numbers_have_32_bits_and_differ() -> None:
    program = World().load(call("get_prandom_u32"), EXIT)
    values = {program.run().retval for _ in range(20)}
    assert len(values) > 15
    assert max(values) < 1 << 32


class Somebody:
    pid, tgid, ppid, comm, uid, gid, cpu, start_time = 12, 11, 1, b"somebody", 1000, 100, 0, 5
    memory: dict[int, bytes] = {0x1000: b"hello\0world", 0x3FF8: b"12345678"}  # noqa: RUF012

    def read_memory(self, address: int, size: int) -> bytes:
        for base, data in self.memory.items():
            if base <= address and address + size <= base + 4096:
                return data.ljust(4096, b"\0")[address - base : address - base + size]
        raise OSError(14, "Bad address")

    def write_memory(self, address: int, data: bytes) -> None:
        self.memory = {**self.memory, address: data}


def test_the_task() -> None:
    world = World()
    world.engine.task = Somebody()
    assert world.run(call("get_current_pid_tgid"), EXIT) == 11 << 32 | 12
    assert world.run(call("get_current_uid_gid"), EXIT) == 100 << 32 | 1000
    comm = [*fp(1, -16), mov(2, 16), call("get_current_comm"), ldx(op.DW, 0, 10, -16), EXIT]
    assert world.run(*comm) == int.from_bytes(b"somebody", sys.byteorder)
    cut = [st(op.DW, 10, -8, -1), *fp(1, -8), mov(2, 4), call("get_current_comm"), ldx(op.DW, 0, 10, -8), EXIT]
    assert world.run(*cut) & U64 == int.from_bytes(b"som\0\xff\xff\xff\xff", sys.byteorder)
    assert world.run(*fp(1, -8), mov(2, 0), call("get_current_comm"), EXIT) == -22


@pytest.mark.parametrize(
    ("name", "address", "size", "result", "left"),
    [
        ("probe_read_user", 0x1000, 8, 0, b"hello\0wo"),
        ("probe_read_user", 0x9000, 8, -14, bytes(8)),
        ("probe_read", 0x1000, 5, 0, b"hello\xff\xff\xff"),
        ("probe_read_kernel", 0x1000, 8, -14, bytes(8)),
        ("copy_from_user", 0x1006, 5, 0, b"world\xff\xff\xff"),
        ("probe_read_user_str", 0x1000, 8, 6, b"hello\0\xff\xff"),
        ("probe_read_user_str", 0x1000, 4, 4, b"hel\0\xff\xff\xff\xff"),
        ("probe_read_user_str", 0x9000, 8, -14, bytes(8)),
        ("probe_read_user_str", 0x1000, 0, 0, b"\xff" * 8),
        ("probe_read_str", 0x1006, 8, 6, b"world\0\xff\xff"),
        ("probe_read_kernel_str", 0x1000, 8, -14, bytes(8)),
    ],
)
def test_reads_of_the_task(name: str, address: int, size: int, result: int, left: bytes) -> None:
    world = World()
    world.engine.task = Somebody()
    world.map("m", MapType.ARRAY, 4, 8, 1)
    code = [st(op.DW, 10, -8, -1), *fp(1, -8), mov(2, size), mov(3, address), call(name), movr(6, 0),
            st(op.W, 10, -12, 0), ("map", 1, "m"), *fp(2, -12), *fp(3, -8), mov(4, 0), call("map_update_elem"),
            movr(0, 6), EXIT]  # fmt: skip
    assert world.run(*code) == result
    assert world.maps["m"].lookup(bytes(4)) == left


def test_probe_write_user() -> None:
    world = World()
    task = world.engine.task = Somebody()
    assert world.run(st(op.W, 10, -4, 7), mov(1, 0x5000), *fp(2, -4), mov(3, 4), call("probe_write_user"), EXIT) == 0
    assert task.memory[0x5000] == pack("=I", 7)


# -- maps


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


def test_kfuncs_that_are_not_here() -> None:
    with pytest.raises(VerifierError, match="kernel function bpf_nothing is not in the vm"):
        World().load(("kfunc", "bpf_nothing"), EXIT)


# -- text


@pytest.mark.parametrize(
    ("form", "values", "shown"),
    [
        (b"%d %i %u", (-1, 5, -1), b"-1 5 4294967295"),
        (b"%x %X %llx", (255, 255, -1), b"ff FF ffffffffffffffff"),
        (b"%lld %ld %hhd", (-1, -2, 255), b"-1 -2 -1"),
        (b"%5d|%-5d|%05d", (42, 42, 42), b"   42|42   |00042"),
        (b"%c%%%c", (65, 66), b"A%B"),
        (b"nothing", (), b"nothing"),
        (b"%s", ("abc",), b"abc"),
    ],
)
def test_formats(form: bytes, values: tuple[Any, ...], shown: bytes) -> None:
    world = World()
    code = text(form + b"\0", -64)
    for i, value in enumerate(values):
        if isinstance(value, str):
            code += [*text(value.encode() + b"\0", -96), *fp(1, -96), stx(op.DW, 10, 1, -32 + 8 * i)]
        else:
            code += [mov(1, value), stx(op.DW, 10, 1, -32 + 8 * i)]
    print_ = [
        *code,
        *fp(1, -64),
        mov(2, len(form) + 1),
        *fp(3, -32),
        mov(4, 8 * len(values)),
        call("trace_vprintk"),
        EXIT,
    ]
    assert world.run(*print_) == len(shown)
    assert list(world.engine.trace_lines) == [shown]
    into = [*code, *fp(1, -128), mov(2, 32), *fp(3, -64), *fp(4, -32), mov(5, 8 * len(values)), call("snprintf"), EXIT]
    assert world.run(*into) == len(shown) + 1


@pytest.mark.parametrize("form", [b"%", b"%d%d%d%d", b"%q", b"%lls"])
def test_bad_formats(form: bytes) -> None:
    world = World()
    code = [*text(form + b"\0", -16), *fp(1, -16), mov(2, len(form) + 1), mov(3, 0), mov(4, 0), mov(5, 0)]
    assert world.run(*code, call("trace_printk"), EXIT) == -22
    assert not world.engine.trace_lines


@pytest.mark.parametrize(
    ("shown", "base", "result", "value"),
    [
        (b"123", 0, 3, 123), (b"-45x", 10, 3, -45), (b"0x1f", 0, 4, 31), (b"0x1f", 16, 4, 31), (b"017", 0, 3, 15),
        (b"  7", 0, 3, 7), (b"x", 0, -22, 0), (b"", 0, -22, 0), (b"12", 7, -22, 0), (b"99999999999999999999", 0, -34, 0),
        (b"9223372036854775808", 0, -34, 0), (b"-9223372036854775808", 0, 20, -(1 << 63)),
    ],
)  # fmt: skip
def test_strtol(shown: bytes, base: int, result: int, value: int) -> None:
    code = [
        *text(shown + b"\0", -40),
        *fp(1, -40),
        mov(2, len(shown)),
        mov(3, base),
        *fp(4, -8),
        call("strtol"),
        movr(6, 0),
    ]
    assert World().run(*code, EXIT) == result
    if result > 0:
        assert World().run(*code, ldx(op.DW, 0, 10, -8), EXIT) == value


def test_strncmp() -> None:
    for a, b, sign in ((b"abc", b"abc", 0), (b"abc", b"abd", -1), (b"b", b"abc", 1), (b"ab", b"abc", -1)):
        code = [
            *text(a + b"\0", -16),
            *text(b + b"\0", -32),
            *fp(1, -16),
            mov(2, 8),
            *fp(3, -32),
            call("strncmp"),
            EXIT,
        ]
        found = World().run(*code)
        assert (found > 0) - (found < 0) == sign


# -- network tables


def fib(family: int, destination: bytes, ifindex: int = 1) -> list[Any]:
    params = bytearray(64)
    params[0] = family
    params[8:12] = pack("=I", ifindex)
    params[32 : 32 + len(destination)] = destination
    return [*text(bytes(params), -64)]


def test_fib_lookup() -> None:
    world = World()
    network = world.engine.network
    network.add_interface(1, "eth0")
    network.add_interface(2, "eth1", "02:00:00:00:00:02")
    network.add_route("10.0.0.0/8", 2, "10.9.9.9", metric=3)
    network.add_route("10.1.0.0/16", 1)
    network.add_route("10.2.0.0/16", kind="blackhole")
    network.add_neighbour("10.9.9.9", "02:00:00:00:00:99")
    ask = [*fp(2, -64), mov(3, 64), mov(4, 0), call("fib_lookup")]
    head = [movr(6, 1)]
    assert world.run(*head, *fib(2, bytes([10, 5, 5, 5])), movr(1, 6), *ask, EXIT) == 0
    gateway = [*head, *fib(2, bytes([10, 5, 5, 5])), movr(1, 6), *ask, ldx(op.W, 0, 10, -32), EXIT]
    assert world.run(*gateway) & 0xFFFFFFFF == int.from_bytes(bytes([10, 9, 9, 9]), sys.byteorder)
    mac = [*gateway[:-2], ldx(op.H, 0, 10, -2), EXIT]
    assert world.run(*mac) == int.from_bytes(b"\0\x99", sys.byteorder)
    for destination, result in (((10, 1, 0, 1), 7), ((10, 2, 0, 1), 1), ((11, 0, 0, 1), 4)):
        assert world.run(*head, *fib(2, bytes(destination)), movr(1, 6), *ask, EXIT) == result
    assert world.run(*head, *fib(2, bytes(4), 9), movr(1, 6), *ask, EXIT) == -19
    assert (
        world.run(*head, *fib(2, bytes(4)), movr(1, 6), *fp(2, -64), mov(3, 63), mov(4, 0), call("fib_lookup"), EXIT)
        == -22
    )


def test_socket_lookup() -> None:
    world = World()
    world.engine.network.add_socket("tcp", "0.0.0.0", 80)
    world.engine.network.add_socket("tcp", "10.0.0.1", 80, "10.0.0.2", 5000)
    world.engine.network.sockets[1].mark = 7

    def find_(port: int) -> list[Any]:
        tuple_ = bytes([10, 0, 0, 2, 10, 0, 0, 1]) + port.to_bytes(2, "big") + (80).to_bytes(2, "big")
        return [
            movr(6, 1),
            *text(tuple_, -16),
            movr(1, 6),
            *fp(2, -16),
            mov(3, 12),
            mov(4, U64),
            mov(5, 0),
            call("sk_lookup_tcp"),
        ]

    state = [movr(6, 0), ldx(op.W, 7, 6, 72), movr(1, 6), call("sk_release"), movr(0, 7), EXIT]
    assert world.run(*find_(5000), *state) == 1
    assert world.run(*find_(6000), *state) == 10
    assert world.run(*find_(5000), ldx(op.W, 0, 0, 16), EXIT) == 7
    with pytest.raises(Fault, match="no memory"):
        world.run(*find_(5000), *state[:-2], ldx(op.W, 0, 6, 16), EXIT)
    with pytest.raises(Fault, match="read-only"):
        world.run(*find_(5000), st(op.W, 0, 0, 1), mov(0, 0), EXIT)


def test_redirects_are_told() -> None:
    world = World()
    devices = world.map("d", MapType.DEVMAP, 4, 4, 4)
    devices.update(pack("=I", 2), pack("=I", 9))
    to_map = world.load(
        ("map", 1, "d"), ldx(op.W, 2, 10, -4), mov(2, 2), mov(3, 0), call("redirect_map"), EXIT, type_=ProgType.XDP
    )
    result = to_map.run(bytes(14))
    assert result.retval == 4
    assert (result.redirect.how, result.redirect.map, result.redirect.key, result.redirect.value) == (
        "map",
        "d",
        2,
        pack("=I", 9),
    )
    missing = world.load(("map", 1, "d"), mov(2, 3), mov(3, 2), call("redirect_map"), EXIT, type_=ProgType.XDP)
    result = missing.run(bytes(14))
    assert (result.retval, result.redirect) == (2, None)
    clone = world.load(mov(2, 5), mov(3, 0), call("clone_redirect"), EXIT, type_=ProgType.SCHED_CLS)
    assert [(c.ifindex, c.data) for c in clone.run(bytes(20)).clones] == [(5, bytes(20))]


def test_sys_bpf() -> None:
    world = World()
    create = pack("=IIIIII", 1, 4, 8, 4, 0, 0)
    code = [*text(create, -64), mov(1, 0), *fp(2, -64), mov(3, 24), call("sys_bpf"), movr(6, 0), movr(1, 6), call("sys_close"),
            movr(7, 0), movr(1, 6), call("sys_close"), I(op.ALU64 | op.SUB | op.X, 0, 7), EXIT]  # fmt: skip
    assert world.run(*code, type_=ProgType.SYSCALL) == -9
    bad = [*text(pack("=IIIIII", 1, 0, 8, 4, 0, 0), -64), mov(1, 0), *fp(2, -64), mov(3, 24), call("sys_bpf"), EXIT]
    assert world.run(*bad, type_=ProgType.SYSCALL) == -22


@pytest.mark.parametrize("number", sorted(present() - {12}))
def test_no_helper_trusts_its_arguments(number: int) -> None:
    """Every helper with arguments that mean nothing, or anything: an answer or a Fault, and nothing else."""
    function = find(number)
    assert function is not None
    world = World()
    world.map("a", MapType.ARRAY, 4, 8, 2)
    world.map("h", MapType.HASH, 4, 8, 2)
    for type_ in (ProgType.XDP, ProgType.SCHED_CLS, ProgType.KPROBE):
        for arguments in (
            [mov(i, 0) for i in range(1, 6)],
            [mov(i, -1) for i in range(1, 6)],
            [mov(i, 0x7F0000000000) for i in range(1, 6)],
            [mov(1, 0), *(insn for i in range(2, 6) for insn in fp(i, -8))],
            [("map", 1, "a"), *(insn for i in range(2, 6) for insn in fp(i, -8))],
            [("map", 1, "h"), mov(2, 1 << 40), mov(3, 1 << 40), mov(4, 0), mov(5, 0)],
            [mov(2, 1 << 31), mov(3, 1 << 31), *fp(4, -8), mov(5, 1 << 31)],
            [*fp(1, -8), mov(2, 0xFFFFFFFF), *fp(3, -8), mov(4, 0xFFFFFFFF), mov(5, 1)],
        ):
            program = world.load(*arguments, I(op.JMP | op.CALL, imm=number), mov(0, 0), EXIT, type_=type_)
            try:
                program.run(bytes(64))
            except Fault:
                pass
    world.engine.close()


def test_what_the_engine_lacks() -> None:
    from ebpf.spec import ObjectSpec

    code = encode([call("d_path"), I(op.JMP | op.CALL, src=2), EXIT])
    program = ProgramSpec("p", ProgType.XDP, code, references=[Reference(1, "kfunc", "bpf_nothing")])
    weak = ProgramSpec(
        "q",
        ProgType.XDP,
        encode([I(op.JMP | op.CALL, src=2), EXIT]),
        references=[Reference(0, "kfunc", "bpf_none", weak=True)],
    )
    spec = ObjectSpec(programs={"p": program, "q": weak}, maps={"s": MapSpec("s", MapType.STRUCT_OPS, 4, 8, 1)})
    reasons = VmEngine().lacks(spec)
    assert len(reasons) == 3
    assert "struct_ops" in reasons[0]
    assert "bpf_d_path" in reasons[1]
    assert "bpf_nothing" in reasons[2]


@pytest.mark.parametrize(
    ("old", "new", "seed", "wanted"),
    [
        # Found by tests/fuzz/safety.py, as Linux 6.18 gives it: the 0 of one's complement is 0 or 0xffff.
        (0xC6340A2B, None, 0xC6340A2B, 0),
        (1, None, 1, 0),
        (None, 0, 0, 0),
        (None, 0xFFFFFFFF, 0, 0xFFFF),
        (5, 5, 0, 0xFFFF),
        (None, None, 0x12345678, 0x68AC),
    ],
)
def test_the_two_zeros_of_csum_diff(old: int | None, new: int | None, seed: int, wanted: int) -> None:
    code = [st(op.W, 10, -8, _signed(old or 0)), st(op.W, 10, -4, _signed(new or 0))]
    code += [*fp(1, -8), mov(2, 0 if old is None else 4), *fp(3, -4), mov(4, 0 if new is None else 4), mov(5, seed)]
    engine = VmEngine()
    spec = ProgramSpec("p", ProgType.XDP, encode([*code, call("csum_diff"), EXIT], sys.byteorder))
    assert engine.load_program(spec, {}).run(bytes(64)).retval == wanted


def _signed(value: int) -> int:
    return value - (1 << 32) if value >> 31 else value


@pytest.mark.parametrize("name", ["xdp_load_bytes", "xdp_store_bytes"])
@pytest.mark.parametrize(
    ("offset", "size", "wanted"), [(0, 16, 0), (60, 8, -22), (0xFFFF, 8, -22), (0x10000, 8, -14), (0x7FFFFFFF, 2, -14)]
)
def test_how_xdp_bytes_are_refused(name: str, offset: int, size: int, wanted: int) -> None:
    code = [movr(6, 1), *text(bytes(16), -16), movr(1, 6), mov(2, offset), *fp(3, -16), mov(4, size), call(name), EXIT]
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder))
    assert VmEngine().load_program(spec, {}).run(bytes(64)).retval == wanted & U64


def test_a_helper_of_cgroup_arrays_is_given_another_map() -> None:
    world = World()
    world.map("m", MapType.HASH, 8, 8, 2)
    with pytest.raises(Fault, match="map m is no cgroup array"):
        world.run(("map", 1, "m"), mov(2, 0), call("current_task_under_cgroup"), EXIT)


@pytest.mark.parametrize("name", ["strtol", "strtoul"])
@pytest.mark.parametrize(("word", "wanted"), [(b"-", 0), (b"", 0), (b"99999999999999999999", 0), (b"42", 42)])
def test_what_is_no_number_gives_0(name: str, word: bytes, wanted: int) -> None:
    """Linux clears the result before it looks (found by tests/fuzz/safety.py)."""
    code = [*text(word.ljust(32, b"\0"), -40), st(op.DW, 10, -48, 7), *fp(1, -40), mov(2, 32), mov(3, 0), *fp(4, -48)]
    assert World().run(*code, call(name), ldx(op.DW, 0, 10, -48), EXIT) == wanted


def test_packets_and_sockets_are_the_tasks() -> None:
    """Their cgroup is the one of the task."""
    world = World()
    world.engine.task.cgroup_id = 4711  # type: ignore[attr-defined]
    cgroups = world.map("m", MapType.CGROUP_ARRAY, 4, 4, 2)
    cgroups.update(bytes(4), pack("=I", 4711))
    run = {"type_": ProgType.SCHED_CLS, "data": bytes(64)}
    for name in ("skb_cgroup_id", "sk_cgroup_id"):
        assert world.run(call(name), EXIT, **run) == 4711
    for name in ("skb_ancestor_cgroup_id", "sk_ancestor_cgroup_id"):
        assert world.run(mov(2, 0), call(name), EXIT, **run) == 4711
        assert world.run(mov(2, 3), call(name), EXIT, **run) == 0
    for index, wanted in ((0, 1), (1, -11), (2, -7)):
        assert world.run(("map", 2, "m"), mov(3, index), call("skb_under_cgroup"), EXIT, **run) == wanted


@pytest.mark.parametrize(
    ("kind", "stamp", "type_", "wanted"),
    [
        (0, 0, 0x0800, 0), (0, 5, 0x0800, 0), (1, 5, 0x86DD, 0), (2, 5, 0x0800, 0), (1, 0, 0x0800, -22),
        (2, 0, 0x0800, -22), (3, 5, 0x0800, -22), (0, 0, 0x88B5, -95), (1, 5, 0x8100, -95),
    ],
)  # fmt: skip
def test_time_stamps_are_for_ip(kind: int, stamp: int, type_: int, wanted: int) -> None:
    """As Linux 6.18 gives it (found by tests/fuzz/safety.py)."""
    code = [movr(6, 1), mov(2, stamp), mov(3, kind), call("skb_set_tstamp"), EXIT]
    data = bytes(12) + type_.to_bytes(2, "big") + b"\x45" + bytes(60)
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=data) == wanted


def test_congestion_behind_a_vlans_tag() -> None:
    """Linux takes the tag for the header of IP there (found by tests/fuzz/safety.py)."""
    code = [call("skb_ecn_set_ce"), EXIT]
    for tag, wanted in ((b"\0\1", 1), (b"\0\4", 0)):
        data = bytes(12) + b"\x81\0" + tag + b"\x08\0\x45" + bytes(60)
        assert World().run(*code, type_=ProgType.SCHED_CLS, data=data) == wanted


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (b"\x08\0\x45\0", 0x0800),
        (b"\0\0\0\0", 4),
        (b"\x05\xff\0\0", 4),
        (b"\0\x40\xff\xff", 1),
        (b"\6\0\xff\xff", 0x0600),
    ],
)
def test_protocol_inside_a_vlan_tag(inside: bytes, wanted: int) -> None:
    """Less than 0x600 is a length: 802.2, or raw 802.3 before ff:ff (found by tests/fuzz/safety.py)."""
    code = [movr(6, 1), call("skb_vlan_pop"), I(op.LDX | op.MEM | op.W, 0, 6, 16), EXIT]
    data = bytes(12) + b"\x81\0\0\1" + inside + bytes(40)
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=data).to_bytes(2, sys.byteorder) == wanted.to_bytes(
        2, "big"
    )


def test_the_link_header_begins_with_what_change_head_puts_in_front() -> None:
    """Found by tests/fuzz/safety.py; tests/host/test_vm_programs_host.py asks Linux."""
    look = [movr(1, 6), mov(2, 1), movr(3, 10), I(op.ALU64 | op.ADD, 3, imm=-8), mov(4, 8), mov(5, 0)]
    code = [movr(6, 1), mov(2, 20), mov(3, 0), call("skb_change_head"), *look, call("skb_load_bytes_relative")]
    code += [I(op.LDX | op.MEM | op.DW, 0, 10, -8), EXIT]
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=bytes(range(1, 65))) == 0


def test_a_packet_that_ends_within_its_vlan_tag() -> None:
    """-ENOMEM, as Linux says it (found by tests/fuzz/safety.py)."""
    data = bytes(12) + b"\x81\0\0\1\x08"
    assert World().run(call("skb_vlan_pop"), EXIT, type_=ProgType.SCHED_CLS, data=data) == -12


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bpf_dynptr_from_skbb", "; did you mean bpf_dynptr_from_skb"),
        ("bpf_ct_release", ": there is no connection tracking here"),
        ("nobody_calls_it_so", ""),
    ],
)
def test_why_a_kernel_function_is_not_there(name: str, said: str) -> None:
    assert kfunc_reason(name).startswith(said) and bool(kfunc_reason(name)) == bool(said)
