"""The kernel engine against this machine's kernel."""

from __future__ import annotations

import os
import struct
import sys
import threading

import pytest

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.btf import Btf, Int
from ebpf.btf.build import Builder
from ebpf.errors import Closed, HookError, KernelError, VerifierError
from ebpf.hooks import RawTracepoint, Tracepoint
from ebpf.kernel import batches
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.maps import KernelMap
from ebpf.objects.map import ScalarMap, face
from ebpf.spec import Line, MapSpec, ObjectSpec, ProgramSpec, Reference
from ebpf.uapi.btf import INT_BOOL, INT_SIGNED
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host


def _numbers() -> Btf:
    """BTF of two unsigned integers: 1 is u32, 2 is u64."""
    types = struct.pack("=8I", 1, 1 << 24, 4, 32, 5, 1 << 24, 8, 64)
    return Btf.parse(struct.pack("=HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(types), len(types), 9) + types + b"\0u32\0u64\0")


NUMBERS = _numbers()


def u32(value: int) -> bytes:
    return struct.pack("=I", value)


def u64(value: int) -> bytes:
    return struct.pack("=Q", value)


def counter(pid: int, type_: ProgType = ProgType.TRACEPOINT, section: str = "") -> ProgramSpec:
    """`if (current's tgid == pid) counts[0]++`."""
    code = [
        I(0x85, imm=14),  # bpf_get_current_pid_tgid
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=pid, offset=9),
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),  # bpf_map_lookup_elem
        I(0x15, 0, imm=0, offset=2),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    return ProgramSpec(
        name="counter",
        type=type_,
        code=encode(code, sys.byteorder),
        section=section,
        license="GPL",
        references=[Reference(6, "map", "counts")],
    )


def counts_map(engine: KernelEngine) -> KernelMap:
    return engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1))


def value(counts: KernelMap) -> int:
    data = counts.lookup(bytes(4))
    assert data is not None
    return int.from_bytes(data, sys.byteorder)


def test_a_tracepoint_counts_this_process_exactly() -> None:
    with KernelEngine() as engine:
        counts = counts_map(engine)
        program = engine.load_program(counter(os.getpid()), {"counts": counts})
        os.getppid()
        with engine.attach(program, Tracepoint("syscalls", "sys_enter_getppid")):
            for _ in range(23):
                os.getppid()
        os.getppid()
        assert value(counts) == 23


def test_names_that_do_not_exist_bring_likely_ones() -> None:
    with KernelEngine() as engine:
        program = engine.load_program(counter(1), {"counts": counts_map(engine)})
        with pytest.raises(HookError, match=r"syscalls:sys_enter_getpp; did you mean sys_enter_getppid"):
            engine.attach(program, Tracepoint("syscalls", "sys_enter_getpp"))
        with pytest.raises(HookError, match=r"category syscall; did you mean .*syscalls"):
            engine.attach(program, Tracepoint("syscall", "sys_enter_getppid"))
        raw = engine.load_program(
            counter(1, ProgType.RAW_TRACEPOINT), {"counts": engine.create_map(MapSpec("c", MapType.ARRAY, 4, 8, 1))}
        )
        with pytest.raises(HookError, match=r"no tracepoint sched_swich; did you mean sched_switch"):
            engine.attach(raw, RawTracepoint("sched_swich"))


def test_a_refused_program_says_where_and_why() -> None:
    spec = ProgramSpec(
        name="bad",
        type=ProgType.SOCKET_FILTER,
        code=encode([I(0xB7, 1, imm=0), I(0x79, 0, 2), I(0x95)], sys.byteorder),
        license="GPL",
        lines=[Line(0, "a.c", "int y = 0;", 6), Line(1, "a.c", "  int x = *p;", 7)],
    )
    with KernelEngine() as engine, pytest.raises(VerifierError) as caught:
        engine.load_program(spec, {})
    error = caught.value
    assert error.reason == "R2 !read_ok"
    assert error.slot == 1
    assert error.line == "a.c:7: int x = *p;"
    assert "a.c:7" in str(error) and "never set" in str(error)
    assert "processed" in error.log


def test_a_long_log_is_whole() -> None:
    # 30,000 instructions of log do not fit in the first buffer.
    code = [I(0xB7, 0, imm=i) for i in range(20000)] + [I(0x79, 0, 5), I(0x95)]
    spec = ProgramSpec(name="long", type=ProgType.SOCKET_FILTER, code=encode(code, sys.byteorder), license="GPL")
    with KernelEngine() as engine, pytest.raises(VerifierError, match=r"R5 !read_ok") as caught:
        engine.load_program(spec, {})
    assert caught.value.slot == 20000
    assert caught.value.log.count("r0 = ") > 20000


def test_a_hash_keeps_loses_and_lists() -> None:
    entries = {u32(i): u64(i * i) for i in range(5000)}
    with KernelEngine() as engine:
        table = engine.create_map(MapSpec("t", MapType.HASH, 4, 8, 5000, contents=list(entries.items())))
        assert dict(table.items()) == entries
        assert table.lookup(u32(70)) == u64(4900)
        assert table.lookup(u32(5001)) is None
        with pytest.raises(KernelError, match=r"map is full"):
            table.update(u32(5001), u64(1))
        assert table.delete(u32(70)) is True
        assert table.delete(u32(70)) is False
        assert table.lookup_and_delete(u32(71)) == u64(5041)
        assert table.lookup_and_delete(u32(71)) is None
        with pytest.raises(KernelError) as caught:
            table.update(u32(1), u64(0), 1)
        assert caught.value.errno == 17
        assert sum(1 for _ in table.items()) == 4998
        seen, key = set(), None
        while (key := table.next_key(key)) is not None:
            seen.add(key)
        assert seen == entries.keys() - {u32(70), u32(71)}


@pytest.mark.parametrize("size", [0, 3, 5, 4096])
def test_a_wrong_size_never_reaches_the_kernel(size: int) -> None:
    with KernelEngine() as engine:
        table = engine.create_map(MapSpec("t", MapType.HASH, 4, 8, 1))
        for call in (table.lookup, table.delete, table.next_key, table.lookup_and_delete):
            with pytest.raises(ValueError, match=r"map t: a key has 4 bytes"):
                call(bytes(size))
        with pytest.raises(ValueError, match=r"map t: a value has 8 bytes"):
            table.update(bytes(4), bytes(size))


def test_threads_share_a_map() -> None:
    with KernelEngine() as engine:
        table = engine.create_map(MapSpec("t", MapType.ARRAY, 4, 8, 64, contents=[(u32(i), u64(i)) for i in range(64)]))
        wrong: list[int] = []

        def read(start: int) -> None:
            for n in range(20000):
                i = (start + n) % 64
                if table.lookup(u32(i)) != u64(i):
                    wrong.append(i)

        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            threads = [threading.Thread(target=read, args=(i * 7,)) for i in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(interval)
        assert wrong == []


def test_frozen_contents_and_memory() -> None:
    with KernelEngine() as engine:
        constants = engine.create_map(
            MapSpec(
                ".rodata", MapType.ARRAY, 4, 12, 1, flags=1 << 7 | 1 << 10, contents=[(u32(0), b"x" * 12)], frozen=True
            )
        )
        with pytest.raises(KernelError, match=r"frozen"):
            constants.update(u32(0), b"y" * 12)
        memory = constants.memory()
        assert memory is not None and bytes(memory[:12]) == b"x" * 12
        with pytest.raises(TypeError):
            memory[0] = 1
        shared = engine.create_map(MapSpec(".bss", MapType.ARRAY, 4, 8, 4, flags=1 << 10))
        memory = shared.memory()
        assert memory is not None
        memory[8:16] = u64(99)
        assert shared.lookup(u32(1)) == u64(99)
        assert engine.create_map(MapSpec("plain", MapType.ARRAY, 4, 8, 4)).memory() is None


def test_closing_twice_and_using_after() -> None:
    engine = KernelEngine()
    table = engine.create_map(MapSpec("t", MapType.HASH, 4, 8, 1))
    table.update(bytes(4), bytes(8))
    engine.close()
    engine.close()
    table.close()
    with pytest.raises(Closed, match=r"map t is closed"):
        table.lookup(bytes(4))
    with pytest.raises(Closed):
        engine.create_map(MapSpec("t", MapType.HASH, 4, 8, 1))


def test_what_is_lacking_is_said() -> None:
    with KernelEngine() as engine:
        spec = ObjectSpec(programs={"p": counter(1, section="tp/syscalls/sys_enter_nosuch")})
        spec.programs["p"].target = "syscalls/sys_enter_nosuch"
        assert engine.lacks(spec) == ["this kernel has no tracepoint syscalls:sys_enter_nosuch"]
        assert engine.lacks(ObjectSpec()) == []


def test_a_process_is_started_watched_and_ended() -> None:
    with KernelEngine() as engine:
        child = engine.spawn(["sh", "-c", "exit 3"])
        assert child.wait(10) == 3 and child.returncode == 3
        sleeper = engine.spawn(["sleep", "100"])
        assert sleeper.poll() is None
        with pytest.raises(TimeoutError):
            sleeper.wait(0.01)
        sleeper.send_signal(15)
        assert sleeper.wait(10) == -15
        with pytest.raises(KernelError, match=r"starting nosuchcommand: .*not found in PATH"):
            engine.spawn(["nosuchcommand"])
        left = engine.spawn(["sleep", "100"])
    assert left.returncode == -9


@pytest.mark.parametrize("type_", [MapType.ARRAY, MapType.HASH])
def test_numbers_by_the_short_way(type_: MapType) -> None:
    with KernelEngine() as engine:
        raw = engine.create_map(MapSpec("t", type_, 4, 8, 64, btf=NUMBERS, key_type=1, value_type=2))
        table = face(raw)
        assert isinstance(table, ScalarMap)
        for i in range(64):
            table[i] = i * i
        assert [table[i] for i in range(64)] == [i * i for i in range(64)]
        assert table.copy() == dict(table.items()) == {i: i * i for i in range(64)}
        for wrong in (-1, 1 << 32, "x", 1.5, None):
            with pytest.raises((TypeError, ValueError)):
                table[wrong]
            with pytest.raises((TypeError, ValueError)):
                table[wrong] = 1
        for wrong in (-1, 1 << 64, "x", None):
            with pytest.raises((TypeError, ValueError)):
                table[1] = wrong
        assert table[1] == 1
        assert table[u32(5)] == 25  # bytes go the general way
        with pytest.raises(KeyError):
            table[64]
        with pytest.raises(KernelError, match=r"the map is full: 64 entries|keys are below 64"):
            table[64] = 1
        for wrong in (-1, "x", None):
            with pytest.raises((TypeError, ValueError)):
                del table[wrong]
        if type_ == MapType.HASH:
            del table[5]
            with pytest.raises(KeyError):
                del table[5]
            del table[u32(6)]
            assert sorted(table) == [i for i in range(64) if i not in (5, 6)]
        else:
            with pytest.raises(KernelError, match=r"doesn't have this operation"):
                del table[5]
        table.close()
        with pytest.raises(Closed):
            del table[1]
        with pytest.raises(Closed):
            table[1]
        with pytest.raises(Closed):
            table[1] = 1


@pytest.mark.parametrize(
    ("type_", "values"), [(Int("__int128", 16, INT_SIGNED), (-1, 1 << 100)), (Int("_Bool", 1, INT_BOOL), (True, False))]
)
def test_numbers_that_go_the_general_way(type_: Int, values: tuple[int, int]) -> None:
    btf = Builder([Int("unsigned int", 4), type_]).btf()
    with KernelEngine() as engine:
        table = face(engine.create_map(MapSpec("t", MapType.HASH, 4, type_.size, 8, btf=btf, key_type=1, value_type=2)))
        assert table.copy() == {}
        table[1], table[2] = values
        wanted = {1: values[0], 2: values[1]}
        assert table[1] == values[0] and dict(table) == dict(table.items()) == table.copy() == wanted
        assert type(table[1]) is type(values[0])
        del table[1]
        assert list(table) == [2]


def test_all_entries_in_every_way_and_size() -> None:
    """More entries than one call to the kernel brings."""
    with KernelEngine() as engine:
        spec = MapSpec("t", MapType.HASH, 4, 8, 50000, btf=NUMBERS, key_type=1, value_type=2)
        table = face(engine.create_map(spec))
        wanted = {i: i * i for i in range(50000)}
        table.raw.update_batch(b"".join(map(u32, wanted)), struct.pack("=50000Q", *wanted.values()))
        assert table.copy() == dict(table.items()) == wanted
        assert set(table) == set(wanted) and sorted(table.values()) == sorted(wanted.values())
        for count in (0, 7000, 50000):
            keys = b"".join(bytes(keys) for keys, _, got in batches.walk(table.raw, count) if len(keys) == got * 4)
            assert sorted(struct.unpack("=50000I", keys)) == list(wanted)


def test_threads_share_the_short_way() -> None:
    with KernelEngine() as engine:
        raw = engine.create_map(MapSpec("t", MapType.ARRAY, 4, 8, 64, btf=NUMBERS, key_type=1, value_type=2))
        table = face(raw)
        for i in range(64):
            table[i] = i
        wrong: list[int] = []

        def use(start: int) -> None:
            for n in range(10000):
                i = (start + n) % 64
                if table[i] != i:
                    wrong.append(i)
                table[i] = i
                if n % 16 == 0:
                    spare[start * 100000 + n] = n
                    del spare[start * 100000 + n]

        spare = face(engine.create_map(raw.spec.replace(type=MapType.HASH)))
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            threads = [threading.Thread(target=use, args=(i * 7,)) for i in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(interval)
        assert wrong == [] and len(spare) == 0
        assert list(table.values()) == list(range(64))
