"""Each map type through its own face: one body a type, which must hold on both engines."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

import pytest

import ebpf
from ebpf.errors import Closed, HookError, KernelError, NotSupported
from ebpf.kernel import features
from ebpf.objects import faces
from ebpf.spec import MapSpec
from ebpf.uapi import flags
from ebpf.uapi.map_types import MapType as M

pytestmark = pytest.mark.host
BPF = Path(__file__).resolve().parents[1] / "bpf"
PACKET = bytes(64)


class World:
    """An object on one engine."""

    def __init__(self, obj: ebpf.Object) -> None:
        self.obj = obj
        self.kernel = obj.engine.name == "kernel"
        self.one, self.two = obj.maps["one"], obj.maps["two"]

    def run(self, name: str) -> int:
        data = b"" if name == "drain" else PACKET
        return int(self.obj.programs[name].run(data).retval)


@pytest.fixture(scope="module")
def spec() -> ebpf.ObjectSpec:
    return ebpf.compile(BPF / "every_map.bpf.c")


@pytest.fixture(params=["kernel", "vm"])
def world(request: pytest.FixtureRequest, spec: ebpf.ObjectSpec) -> Iterator[World]:
    wanted = spec.copy()
    if request.param == "kernel":
        for name in [name for name, map_ in wanted.maps.items() if features.map_type_lacks(map_.type)]:
            del wanted.maps[name]
    with ebpf.load(wanted, engine=request.param) as obj:
        yield World(obj)


VALUE = {
    "at": {"x": -1, "y": 2},
    "color": "GREEN",
    "low": 5,
    "high": 17,
    "number": 0x04030201,
    "row": (1, 2, 3),
    "name": "héllo",
    "on": True,
}
KEY = {"pid": 7, "comm": "sh"}


def use_typed(m: Any, key: Any, other: Any) -> None:
    m[key] = VALUE
    found = m[key]
    assert (found.at.x, found.at.y, found.color, found.color.name) == (-1, 2, 5, "GREEN")
    assert (found.low, found.high, found.number, found.row) == (5, 17, 0x04030201, (1, 2, 3))
    assert found.name == "héllo" and found.on is True
    m[other] = found  # what was read can be put in again
    assert m[other] == found and m.lookup(other) == found
    assert m.copy().keys() == set(m) and found in list(m.values())
    for wrong in ({"low": 8}, {"at": 5}, {"color": "BLUE"}, {"nosuch": 1}, {"name": "far too long"}, {"row": (1, 2)}):
        with pytest.raises((TypeError, ValueError)):
            m[key] = wrong
    for wrong in (b"", b"x", "x", None, 1.5, -1, 1 << 70):
        with pytest.raises((TypeError, ValueError)):
            m[wrong]
        with pytest.raises((TypeError, ValueError)):
            m[wrong] = found
    assert m[key] == found


def use_hash(m: Any, world: World) -> None:
    use_typed(m, KEY, (8, b"ab"))
    assert {key.comm for key in m} == {"sh", "ab"}
    with pytest.raises(KeyError):
        m[9, "no"]
    m[9, "c"] = m[10, "d"] = m[KEY]
    with pytest.raises(KernelError) as caught:
        m[11, "e"] = m[KEY]
    assert caught.value.errno == 7  # E2BIG: full
    for flag, key, errno in ((flags.BPF_NOEXIST, KEY, 17), (flags.BPF_EXIST, (99, "z"), 2)):
        with pytest.raises(KernelError) as caught:
            m.update(key, m[KEY], flags=flag)
        assert caught.value.errno == errno
    assert m.lookup_and_delete(KEY).low == 5 and KEY not in m and m.lookup_and_delete(KEY) is None
    m.update_many([(KEY, VALUE)])
    assert m.delete_many([KEY, (8, "ab"), (77, "q")]) == 2
    del m[9, "c"]
    with pytest.raises(KeyError):
        del m[9, "c"]
    for key in m:
        del m[key]  # deleted while it is walked
    assert len(m) == 0 and not m
    m.update_many([(KEY, VALUE), ((1, "x"), VALUE)])
    assert sorted(key.pid for key, _ in m.drain()) == [1, 7] and not m


def use_array(m: Any, world: World) -> None:
    use_typed(m, 0, 3)
    assert list(m) == [0, 1, 2, 3] and len(m) == 4
    with pytest.raises(KeyError):
        m[4]
    with pytest.raises(KernelError) as caught:
        m[4] = VALUE
    assert caught.value.errno == 7
    with pytest.raises(KernelError) as caught:
        del m[1]
    assert caught.value.errno == 22
    m.clear()
    assert m[0].name == "" and m[0].on is False
    m.freeze()
    with pytest.raises(KernelError) as caught:
        m[0] = VALUE
    assert caught.value.errno == 1 and m[0].low == 0


def use_per_cpu(m: Any, world: World) -> None:
    cpus = m.raw.value_bytes // 8
    m[1] = list(range(cpus))
    assert m[1] == list(range(cpus)) and dict(m.items())[1] == list(range(cpus))
    for wrong in ([1] * (cpus + 1), 5, b"x" * 8 * cpus, [1 << 80] * cpus):
        with pytest.raises((TypeError, ValueError)):
            m[1] = wrong
    if m.name == "percpu_array":
        assert world.run("counts_on_this_cpu") == 0
        assert sum(m[1]) == sum(range(cpus)) + 1


def use_lru(m: Any, world: World) -> None:
    many = 10 * m.spec.max_entries
    cpus = m.raw.value_bytes // 8
    for i in range(many):
        m[i] = i if m.name == "lru_hash" else [i] * cpus
    assert 0 < len(m) <= m.spec.max_entries  # never full: old entries go
    assert m[many - 1] == (many - 1 if m.name == "lru_hash" else [many - 1] * cpus)


def use_trie(m: Any, world: World) -> None:
    m["10.0.0.0/8"] = 1
    m[IPv4Network("10.1.0.0/16")] = 2
    m[{"prefixlen": 0, "address": bytes(4)}] = 3
    m["192.168.7.7"] = 4
    assert set(m) == {IPv4Network(net) for net in ("10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "192.168.7.7/32")}
    for address, value in (("10.1.2.3", 2), ("10.2.3.4", 1), (IPv4Address("11.0.0.1"), 3), ("192.168.7.7", 4)):
        assert m[address] == value
    del m["0.0.0.0/0"]
    assert "11.0.0.1" not in m and "10.255.0.1" in m
    with pytest.raises(KeyError):
        del m["10.1.0.0/17"]
    for wrong in ("::1", "x", 5.5, b"\0" * 7, None, "10.0.0.0/33"):
        with pytest.raises((TypeError, ValueError)):
            m[wrong]
    six = world.obj.maps["lpm_trie6"]
    six["2001:db8::/32"] = 6
    assert six["2001:db8::1"] == 6 and list(six) == [IPv6Network("2001:db8::/32")]


def use_queue(m: Any, world: World) -> None:
    for i in range(3):
        m.push({"x": i, "y": -i})
    with pytest.raises(KernelError) as caught:
        m.push((9, 9))
    assert caught.value.errno == 7
    order = [0, 1, 2] if m.name == "queue" else [2, 1, 0]
    assert m.peek().x == order[0]
    assert m.pop().x == order[0]
    assert [point.x for point in m.drain()] == order[1:]
    with pytest.raises(IndexError, match="is empty"):
        m.pop()
    with pytest.raises(IndexError, match="is empty"):
        m.peek()
    with pytest.raises((TypeError, ValueError)):
        m.push("x")


def use_bloom(m: Any, world: World) -> None:
    for i in range(100):
        m.add(i)
    assert all(i in m for i in range(100))
    assert sum(i in m for i in range(1000, 2000)) < 200
    with pytest.raises(ValueError):
        m.add(-1)


def use_maps(m: Any, world: World) -> None:
    world.one[0], world.two[0] = 11, 22
    m[1], m[3] = world.one, world.two
    assert sorted(m) == [1, 3] and len(m) == 2 and 1 in m and 2 not in m
    with m[3] as inner:
        assert inner[0] == 22
        inner[0] = 23
    assert world.two[0] == 23  # it was the same map, and is open still
    with pytest.raises(Closed):
        inner[0]
    assert {key: value[0] for key, value in m.items()} == {1: 11, 3: 23}
    with m.lookup(1) as first:
        m[0] = first  # one that was read may be put in
    assert m[0][0] == 11
    del m[3]
    with pytest.raises(KeyError):
        m[3]
    with pytest.raises(KernelError):
        m[2] = world.obj.maps["hash"]  # not like the template
    for wrong in (5, None, b"1234"):
        with pytest.raises(TypeError):
            m[2] = wrong
    m.clear()
    assert not m


def use_programs(m: Any, world: World) -> None:
    assert world.run("jump") == 1
    m[2] = world.obj.programs["seven"]
    assert world.run("jump") == 7 and list(m) == [2] and m[2] > 0
    del m[2]
    assert world.run("jump") == 1
    for wrong in (5, None, world.one):
        with pytest.raises((TypeError, KernelError)):
            m[0] = wrong
    with pytest.raises(KernelError) as caught:
        m[4] = world.obj.programs["seven"]
    assert caught.value.errno == 7


def use_ring(m: Any, world: World) -> None:
    assert world.run("emit") == 0
    with world.obj.events["ringbuf"] as events:
        assert [event.number for event in events.read(5)] == [42]


def use_perf(m: Any, world: World) -> None:
    with world.obj.events.open("perf_event_array", type="record") as events:
        assert world.run("emit") == 0
        assert [event.number for event in events.read(5)] == [42]


def use_user_ring(m: Any, world: World) -> None:
    with m.writer() as writer:
        assert all(writer.write(i.to_bytes(8, sys.byteorder)) for i in (1, 2, 39))
        assert writer.room == 4096 - 3 * 16
        assert world.run("drain") == 3 and world.obj.variables["sum"].value == 42
        assert writer.room == 4096
        assert writer.write(bytes(4000)) and not writer.write(bytes(200))
        with pytest.raises(ValueError):
            writer.write(bytes(5000))
        assert world.run("drain") == 1
        reserve(writer, world)
        late = writer.reserve(8)
    with pytest.raises(Closed):
        writer.write(b"")
    with pytest.raises(Closed):
        late.submit()
    assert world.run("drain") == 0  # it was discarded when the writer was closed


def reserve(writer: Any, world: World) -> None:
    """In two steps: the program waits at what isn't submitted, passes over what is discarded, and keeps their order."""
    before = world.obj.variables["sum"].value
    first, second, third = (writer.reserve(8) for _ in range(3))
    assert writer.room == 4096 - 3 * 16
    third.data[:] = (100).to_bytes(8, sys.byteorder)
    third.submit()
    assert world.run("drain") == 0
    with first:
        first.data[:] = (1).to_bytes(8, sys.byteorder)
    with pytest.raises(ZeroDivisionError), second:
        second.data[:] = (10).to_bytes(8, sys.byteorder)
        raise ZeroDivisionError
    assert world.run("drain") == 2 and world.obj.variables["sum"].value == before + 101
    assert writer.room == 4096
    for done in (first.submit, second.discard):
        with pytest.raises(Closed, match="submitted or discarded already"):
            done()
    with pytest.raises(ValueError):
        third.data[0]  # it is the program's now
    with pytest.raises(ValueError, match="in a ring of 4096"):
        writer.reserve(4089)
    with writer.reserve(8) as filled:
        array = memoryview(filled.data).cast("Q")  # as NumPy's
        array[0] = 5
    assert world.run("drain") == 1 and world.obj.variables["sum"].value == before + 106
    whole = writer.reserve(4088)
    assert writer.reserve(0) is None
    whole.discard()
    assert world.run("drain") == 0 and writer.room == 4096


def use_stack(m: Any, world: World) -> None:
    world.obj.programs["trace"].run(context=bytes(8))
    number = world.obj.variables["stack_id"].value
    if not world.kernel:  # nobody's stack is known without a traced command
        number = m.raw.add([5, 6, 7], 0)
    addresses = m[number]
    assert 1 <= len(addresses) <= 8 and all(addresses)
    assert number in m and m.delete(number) and number not in m


def use_things(m: Any, world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        key = 1 if m.name == "sockmap" else KEY
        m[key] = client
        assert key in m and m[key] > 0
        del m[key]
        assert key not in m
        for wrong in (None, "/nosuch", 1.5):
            with pytest.raises((TypeError, OSError)):
                m[key] = wrong


def use_reuseport(m: Any, world: World) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reuse:
        reuse.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reuse.bind(("127.0.0.1", 0))
        m[1] = reuse
        assert m[1] > 0
        del m[1]


def use_xsk(m: Any, world: World) -> None:
    with socket.socket(44, socket.SOCK_RAW) as xsk:  # AF_XDP
        m[1] = xsk
        with pytest.raises(KernelError):
            m[1]  # write-only to user space
        del m[1]


def cgroup2() -> str:
    for root in ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"):
        if os.path.exists(f"{root}/cgroup.controllers"):
            return root
    pytest.skip("no cgroup v2 here")


def use_cgroups(m: Any, world: World) -> None:
    m[0] = cgroup2()
    fd = os.open(cgroup2(), os.O_RDONLY)
    m[1] = fd
    os.close(fd)
    del m[0], m[1]
    with pytest.raises(FileNotFoundError):
        m[0] = "/nosuch"


def use_redirect(m: Any, world: World) -> None:
    lo = socket.if_nametoindex("lo")
    if m.name == "cpumap":
        m[0] = 192
        assert m[0] == 192
        with pytest.raises(KernelError):
            m[0] = 1 << 20
    else:
        m[1] = "lo"
        assert m[1] == lo and dict(m.items()) == {1: lo}
        m[2] = lo
        with pytest.raises(HookError, match="there are lo"):
            m[3] = "nosuch0"
        assert m.delete(1) and m.lookup(1) is None


def use_storage(m: Any, world: World) -> None:

    if m.name == "sk_storage":
        owner: Any = socket.socket()
    elif m.name == "task_storage":
        owner = open(os.pidfd_open(os.getpid()))  # noqa: SIM115
    elif m.name == "cgrp_storage":
        owner = _Folder(cgroup2())
    else:
        owner = open(__file__)  # noqa: SIM115

    try:
        assert owner not in m and m.get(owner) is None and m.get(owner, 5) == 5
        with pytest.raises(KeyError):
            m[owner]
        m[owner] = {"number": 77}
        assert m[owner].number == 77 and owner in m
        with pytest.raises(KernelError) as caught:
            m.update(owner, {"number": 1}, flags=flags.BPF_NOEXIST)
        assert caught.value.errno == 17
        del m[owner]
        with pytest.raises(KeyError):
            del m[owner]
        with pytest.raises(TypeError):
            m["x"] = {"number": 1}
    finally:
        owner.close()


class _Folder:
    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_RDONLY)

    def fileno(self) -> int:
        return self.fd

    def close(self) -> None:
        os.close(self.fd)


#: Map type → (the map's name, its body).
USES: dict[M, tuple[str, Callable[[Any, World], None]]] = {
    M.HASH: ("hash", use_hash),
    M.ARRAY: ("array", use_array),
    M.PROG_ARRAY: ("prog_array", use_programs),
    M.PERF_EVENT_ARRAY: ("perf_event_array", use_perf),
    M.PERCPU_HASH: ("percpu_hash", use_per_cpu),
    M.PERCPU_ARRAY: ("percpu_array", use_per_cpu),
    M.STACK_TRACE: ("stack_trace", use_stack),
    M.CGROUP_ARRAY: ("cgroup_array", use_cgroups),
    M.LRU_HASH: ("lru_hash", use_lru),
    M.LRU_PERCPU_HASH: ("lru_percpu_hash", use_lru),
    M.LPM_TRIE: ("lpm_trie", use_trie),
    M.ARRAY_OF_MAPS: ("array_of_maps", use_maps),
    M.HASH_OF_MAPS: ("hash_of_maps", use_maps),
    M.DEVMAP: ("devmap", use_redirect),
    M.SOCKMAP: ("sockmap", use_things),
    M.CPUMAP: ("cpumap", use_redirect),
    M.XSKMAP: ("xskmap", use_xsk),
    M.SOCKHASH: ("sockhash", use_things),
    M.REUSEPORT_SOCKARRAY: ("reuseport_sockarray", use_reuseport),
    M.QUEUE: ("queue", use_queue),
    M.STACK: ("stack", use_queue),
    M.SK_STORAGE: ("sk_storage", use_storage),
    M.DEVMAP_HASH: ("devmap_hash", use_redirect),
    M.RINGBUF: ("ringbuf", use_ring),
    M.INODE_STORAGE: ("inode_storage", use_storage),
    M.TASK_STORAGE: ("task_storage", use_storage),
    M.BLOOM_FILTER: ("bloom_filter", use_bloom),
    M.USER_RINGBUF: ("user_ringbuf", use_user_ring),
    M.CGRP_STORAGE: ("cgrp_storage", use_storage),
}
#: Types with a test of their own: below, and struct_ops in tests/guest/test_struct_ops.py.
APART = {M.UNSPEC, M.ARENA, M.CGROUP_STORAGE, M.PERCPU_CGROUP_STORAGE, M.STRUCT_OPS}


def test_no_type_is_forgotten() -> None:
    assert set(USES) | APART == set(M)


@pytest.mark.parametrize("type_", USES, ids=lambda type_: type_.label)
def test_the_face_of(type_: M, world: World) -> None:
    name, use = USES[type_]
    if name not in world.obj.maps:
        pytest.skip(features.map_type_lacks(type_))
    made = world.obj.maps[name]
    assert made.spec.type == type_ and name in repr(made)
    use(made, world)


def test_values_with_a_lock(world: World) -> None:
    locks = world.obj.maps["locks"]
    locks.update(1, {"count": 5}, flags=flags.BPF_F_LOCK)
    assert locks.lookup(1, flags=flags.BPF_F_LOCK).count == 5
    with pytest.raises(KernelError):
        world.one.lookup(0, flags=flags.BPF_F_LOCK)  # it has none


@pytest.mark.parametrize("type_", USES, ids=lambda type_: type_.label)
def test_a_closed_map_says_so(type_: M, world: World) -> None:
    name, _ = USES[type_]
    if name not in world.obj.maps:
        pytest.skip(features.map_type_lacks(type_))
    made = world.obj.maps[name]
    made.close()
    made.close()
    tries: list[Callable[[], object]] = [lambda: made.raw.lookup(bytes(made.spec.key_size))]
    if isinstance(made, faces.Map):
        tries += [lambda: list(made), lambda: made.copy(), lambda: made.next_key(), lambda: made.freeze()]
    if isinstance(made, faces.Queue):
        tries += [made.pop, made.peek]
    for call in tries:
        with pytest.raises(Closed, match=f"map {name} is closed"):
            call()


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_an_arena_is_memory(engine: Any) -> None:
    if engine == "kernel" and features.map_type_lacks(M.ARENA):
        pytest.skip(features.map_type_lacks(M.ARENA))
    with ebpf.create_map(MapSpec("a", M.ARENA, 0, 0, 3, flags.BPF_F_MMAPABLE), engine=engine) as arena:
        assert len(arena) == 3 * 4096
        arena[5000:5004] = b"abcd"
        assert bytes(arena[5000:5004]) == b"abcd" and arena.memory()[5001] == ord("b")


def test_an_arena_is_where_it_is_asked_for() -> None:
    if features.map_type_lacks(M.ARENA):
        pytest.skip(features.map_type_lacks(M.ARENA))
    import ctypes

    where = 1 << 44
    spec = MapSpec("a", M.ARENA, 0, 0, 2, flags.BPF_F_MMAPABLE, map_extra=where)
    with ebpf.create_map(spec) as arena:
        memory = arena.memory()
        memory[4096] = 9
        assert ctypes.addressof(ctypes.c_char.from_buffer(memory)) == where
        del memory
        with pytest.raises(KernelError, match=r"mmap at 0x100000000000, .* something else is there"):
            ebpf.create_map(spec)  # something is there
    with ebpf.create_map(spec) as again:  # closed, it is free again
        assert len(again) == 8192


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_mmapable_arrays_are_memory(engine: Any) -> None:
    with ebpf.create_map(MapSpec("m", M.ARRAY, 4, 8, 600, flags.BPF_F_MMAPABLE), engine=engine) as m:
        memory = m.memory()
        memory[8:16] = (99).to_bytes(8, sys.byteorder)
        assert m[1] == (99).to_bytes(8, sys.byteorder)
        assert len(memory) == 4800


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_values_for_a_cgroup(engine: Any) -> None:
    root = cgroup2()
    folder = f"{root}/faces{os.getpid()}"
    try:
        os.mkdir(folder)
    except OSError as error:
        pytest.skip(f"no cgroup can be made here: {error}")
    try:
        with ebpf.load(ebpf.compile(BPF / "cgroup_maps.bpf.c"), engine=engine) as obj:
            shared, own = obj.maps["cgroup_storage"], obj.maps["percpu_cgroup_storage"]
            number = os.stat(folder).st_ino
            if engine == "vm":
                from ebpf.vm.task import SelfTask

                class Task(SelfTask):
                    cgroup_id = number

                obj.engine.task = Task()
                obj.programs["count"].run(PACKET)
            else:
                obj.programs["count"].attach_cgroup(folder)
            kind = ebpf.AttachType.CGROUP_INET_EGRESS
            shared[folder, kind] = 5
            assert shared[number, kind] == 5 and shared[{"cgroup_inode_id": number, "attach_type": int(kind)}] == 5
            own[folder] = [3] * (own.raw.value_bytes // 8)
            assert own[number] == own[folder] == [3] * (own.raw.value_bytes // 8)
            with pytest.raises(KernelError):
                shared[12345, kind] = 1  # nothing is attached there
    finally:
        os.rmdir(folder)


def test_many_at_once_on_both(world: World) -> None:
    m = world.obj.maps["lru_hash"]
    m.update_many((i, i * i) for i in range(40))
    assert m.copy() == {i: i * i for i in range(40)}
    assert m.delete_many(range(20)) == 20
    assert dict(m.drain()) == {i: i * i for i in range(20, 40)} and not m


def test_what_only_the_kernel_has(world: World, tmp_path: Path) -> None:
    m = world.obj.maps["hash"]
    if not world.kernel:
        for call in (m.info, m.fileno, lambda: m.id, lambda: m.pin(str(tmp_path / "x"))):
            with pytest.raises(NotSupported, match="not in the kernel"):
                call()
        return
    assert m.info()["name"] == "hash" and m.id > 0 and m.fileno() > 2
    m[KEY] = VALUE
    with ebpf.open_map(m.id) as again:
        assert again[KEY].name == "héllo"  # typed by what the kernel keeps
        assert again.spec.max_entries == 4


def test_options_of_a_map() -> None:
    spec = MapSpec("ünnamed map!", M.HASH, 4, 8, 7, flags.BPF_F_NO_PREALLOC, numa_node=0)
    with ebpf.create_map(spec) as made:
        info = made.info()
        assert info["name"] == "_nnamed_map_" and info["max_entries"] == 7
        assert info["map_flags"] == flags.BPF_F_NO_PREALLOC | flags.BPF_F_NUMA_NODE
    with pytest.raises(KernelError):
        ebpf.create_map(spec.replace(numa_node=1000))
    inner = MapSpec("inner", M.ARRAY, 4, 8, 2)
    with (
        ebpf.create_map(MapSpec("outer", M.HASH_OF_MAPS, 4, 4, 2, inner=inner)) as outer,
        ebpf.create_map(inner) as one,
    ):
        outer[1] = one
        with outer[1] as found:
            assert found.id == one.id


def test_maps_in_place_of_an_objects_own(spec: ebpf.ObjectSpec) -> None:
    spec = spec.copy()
    for one in spec.maps.values():
        one.autocreate = not features.map_type_lacks(one.type)
    with ebpf.load(spec, engine="kernel") as first:
        shared = first.maps["percpu_array"]
        with ebpf.load(spec, maps={"percpu_array": shared}) as second:
            assert second.maps["percpu_array"].id == shared.id
            assert second.programs["counts_on_this_cpu"].run(PACKET).retval == 0
        assert sum(shared[1]) == 1  # counted by the other object's program, and open still
        with pytest.raises(ebpf.EbpfError, match=r"is another one .*value_size"):
            ebpf.load(spec, maps={"percpu_array": first.maps["percpu_hash"]})
        with pytest.raises(KeyError, match="no map 'nosuch'"):
            ebpf.load(spec, maps={"nosuch": shared})
        with pytest.raises(NotSupported, match=r"kernel engine's"):
            ebpf.load(spec, engine="vm", maps={"percpu_array": shared})


def test_a_real_af_xdp_socket_gets_frames() -> None:
    """A veth pair in a namespace of its own: frames redirected by a program come out of the socket's ring."""
    script = Path(__file__).parent / "af_xdp.py"
    done = subprocess.run(
        ["unshare", "-n", sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if done.returncode == 77:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["got", "5"]
