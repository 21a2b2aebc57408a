"""Every iterator that the kernel lists, over objects of the test's own, counted exactly where nobody else makes any."""

from __future__ import annotations

import os
import socket
import struct
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from hook_places import Counted
from programs import RETURN_0, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.btf import Btf
from ebpf.btf.kernel import kernel_btf
from ebpf.errors import Closed, HookError, NotSupported
from ebpf.kernel import features
from ebpf.kernel import sys as kernel
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.hooks.iter import IterLink
from ebpf.kernel.info import OBJ
from ebpf.spec import MapSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.btf import Kind
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host

#: Types that hold `int` and nothing else.
INT = Btf.parse(features._INT_BTF[:-3])
#: Iterator → the byte of its context at which the object is: null when the walk is over.
OBJECT = {
    "bpf_link": 8, "bpf_map": 8, "bpf_map_elem": 16, "bpf_prog": 8, "bpf_sk_storage_map": 16, "cgroup": 8, "dmabuf": 8,
    "ipv6_route": 8, "kmem_cache": 8, "ksym": 8, "netlink": 8, "sockmap": 24, "task": 8, "task_file": 24, "task_vma": 16,
    "tcp": 8, "udp": 8, "unix": 8,
}  # fmt: skip


def iterator(engine: KernelEngine, name: str) -> object:
    """if (object) bpf_seq_write(meta->seq, "x", 1)"""
    code = [
        I(0x79, 2, 1, offset=OBJECT[name]),
        I(0x15, 2, imm=0, offset=8),
        I(0x79, 6, 1, offset=0),
        I(0x79, 6, 6, offset=0),
        I(0x62, 10, offset=-8, imm=ord("x")),
        I(0xBF, 1, 6),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-8),
        I(0xB7, 3, imm=1),
        I(0x85, imm=127),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    spec = program(P.TRACING, code, attach=A.TRACE_ITER, target=name, section=f"iter/{name}")
    return engine.load_program(spec, {})


def walk(counted: Counted, name: str, hook: hooks.Iter = hooks.Iter()) -> int:  # noqa: B008
    with counted.engine.attach(iterator(counted.engine, name), hook) as link:  # type: ignore[arg-type]
        assert isinstance(link, IterLink)
        info = link.info()
        assert (info["type"], info["target_name"]) == ("iter", name)
        return len(link.read())


def has(name: str) -> bool:
    return kernel_btf().find(f"bpf_iter_{name}", Kind.FUNC) is not None


def test_every_iterator_of_this_kernel_is_known() -> None:
    btf = kernel_btf()
    names = {
        btf.name(i).removeprefix("bpf_iter_")
        for i in range(1, len(btf))
        if btf.kind(i) == Kind.FUNC and btf.name(i).startswith("bpf_iter_")
    }
    # Functions of open-coded iterators, and of the machinery, begin alike; those that can be attached take `meta` first.
    targets = {name for name in names - {"get_info"} if _takes_meta(name)}
    assert targets <= set(OBJECT), "an iterator that no test walks"
    assert {"task", "bpf_map", "bpf_prog"} <= targets


def _takes_meta(name: str) -> bool:
    btf = kernel_btf()
    function = btf.find(f"bpf_iter_{name}", Kind.FUNC)
    assert function is not None
    proto = btf.type(btf.type(function).type)  # type: ignore[attr-defined]
    return bool(proto.params) and proto.params[0].name == "meta"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(OBJECT))
def test_it_walks(counted: Counted, name: str) -> None:
    if not has(name):
        with pytest.raises(HookError, match=rf"no iterator {name}"):
            iterator(counted.engine, name)
        return
    if name in ("bpf_map_elem", "bpf_sk_storage_map", "sockmap"):
        with pytest.raises(HookError, match=r"say which with map="):
            walk(counted, name)
        return
    found = walk(counted, name)
    # What every system has at least one of; the rest is counted in namespaces of the test's own.
    if name in (
        "bpf_link",
        "bpf_map",
        "bpf_prog",
        "cgroup",
        "kmem_cache",
        "ksym",
        "netlink",
        "task",
        "task_file",
        "task_vma",
    ):
        assert found >= 1


@pytest.mark.parametrize(("name", "kind"), [("bpf_map", "map"), ("bpf_prog", "prog"), ("bpf_link", "link")])
def test_what_others_make_is_seen_too(counted: Counted, name: str, kind: str) -> None:
    """Others may make some meanwhile: the walk lies between two counts, when they agree it is exact."""
    if not has(name):
        pytest.skip(f"no iterator {name} here")
    for _ in range(50):
        with counted.engine.attach(iterator(counted.engine, name), hooks.Iter()) as link:  # type: ignore[arg-type]
            assert isinstance(link, IterLink)
            before = list(OBJ[kind].ids())
            found = len(link.read())
            if before == list(OBJ[kind].ids()):
                assert found == len(before)
                return
    pytest.skip("others make and drop them all the time")


def test_one_thread_and_one_process(counted: Counted) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=stop.wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        mine = hooks.Iter(pid=os.getpid())
        if kernel.kernel_release() < (6, 1):
            with pytest.raises(NotSupported, match=r"walking one process needs Linux 6.1"):
                walk(counted, "task", mine)
            return
        assert walk(counted, "task", mine) == len(os.listdir("/proc/self/task"))
        assert walk(counted, "task", hooks.Iter(tid=threads[0].native_id or 0)) == 1
        # The folder's own descriptor while it is listed stands for the walk's while it is read; the link and the program too.
        loaded = iterator(counted.engine, "task_file")
        with counted.engine.attach(loaded, hooks.Iter(tid=os.getpid())) as link:  # type: ignore[arg-type]
            assert isinstance(link, IterLink)
            assert len(link.read()) == len(os.listdir("/proc/self/fd"))
        with counted.engine.attach(iterator(counted.engine, "task_vma"), hooks.Iter(tid=os.getpid())) as link:  # type: ignore[arg-type]
            assert isinstance(link, IterLink)
            counts = [mappings(), len(link.read()), mappings()]
            assert min(counts[0], counts[2]) <= counts[1] <= max(counts[0], counts[2])
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    with pytest.raises(HookError, match=r"there is no process 999999999"):
        walk(counted, "task", hooks.Iter(pid=999999999))
    with pytest.raises(HookError, match=r"not two"):
        walk(counted, "task", hooks.Iter(pid=1, tid=1))


def mappings() -> int:
    return sum("[vsyscall]" not in line for line in Path("/proc/self/maps").read_text().splitlines())


@pytest.mark.parametrize("name", ["tcp", "udp", "unix"])
def test_sockets_of_a_namespace(counted: Counted, veth: object, name: str) -> None:
    with ExitStack() as stack:
        for number in range(3):
            if name == "tcp":
                stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            elif name == "udp":
                one = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                one.bind(("127.0.0.1", 0))
            else:
                one = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
                one.bind(f"\0ebpf-test-{number}")
        assert walk(counted, name) == 3


def test_netlink_and_routes_of_a_namespace(counted: Counted, veth: object) -> None:
    before = walk(counted, "netlink")
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as one:
        one.bind((0, 0))
        assert walk(counted, "netlink") == before + 1
    if not has("ipv6_route"):
        return
    routes = walk(counted, "ipv6_route")
    os.system("ip -6 route add fd00:42::/64 dev a0")
    assert walk(counted, "ipv6_route") > routes  # interfaces may add their own meanwhile


@pytest.mark.parametrize(
    ("order", "wanted"), [("self", 1), ("descendants", 4), ("descendants-post", 4), ("ancestors", 0)]
)
def test_a_part_of_the_tree_of_cgroups(counted: Counted, cgroup: Path, order: str, wanted: int) -> None:
    below = [cgroup / "one", cgroup / "one" / "two", cgroup / "three"]
    for folder in below:
        folder.mkdir()
    try:
        if not has("cgroup"):
            with pytest.raises(HookError, match=r"no iterator cgroup"):
                iterator(counted.engine, "cgroup")
            return
        found = walk(counted, "cgroup", hooks.Iter(cgroup=str(cgroup), order=order))
        assert found == wanted if wanted else found >= 2
        with pytest.raises(HookError, match=r"no cgroup"):
            walk(counted, "cgroup", hooks.Iter(cgroup=f"{cgroup}/none"))
        with pytest.raises(HookError, match=r"no order 'down'; there are self, descendants"):
            walk(counted, "cgroup", hooks.Iter(cgroup=str(cgroup), order="down"))
    finally:
        for folder in reversed(below):
            folder.rmdir()


def test_elements_of_a_map(counted: Counted) -> None:
    table = counted.engine.create_map(MapSpec("table", M.HASH, 4, 8, 16))
    for number in range(5):
        table.update(struct.pack("=I", number), bytes(8))
    assert walk(counted, "bpf_map_elem", hooks.Iter(map="table")) == 5
    stack = counted.engine.create_map(MapSpec("stack", M.STACK, 0, 8, 16))
    assert stack.spec.name == "stack"  # held, so that it can be named
    with pytest.raises(HookError, match=r"map stack is not one that it can walk"):
        walk(counted, "bpf_map_elem", hooks.Iter(map="stack"))
    with pytest.raises(HookError, match=r"no map 'nosuch'"):
        walk(counted, "bpf_map_elem", hooks.Iter(map="nosuch"))


def test_sockets_in_a_map(counted: Counted) -> None:
    sockets = counted.engine.create_map(MapSpec("sockets", M.SOCKMAP, 4, 4, 4))
    with socket.create_server(("127.0.0.1", 0)) as server:
        sockets.update_object(bytes(4), server)
        assert walk(counted, "sockmap", hooks.Iter(map="sockets")) == 1


def test_storages_of_sockets(counted: Counted) -> None:
    spec = MapSpec("storages", M.SK_STORAGE, 4, 4, 0, flags=1, btf=INT, key_type=1, value_type=1)
    storages = counted.engine.create_map(spec)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two,
    ):
        for each in (one, two):
            storages.update(struct.pack("=I", each.fileno()), bytes(4))
        assert walk(counted, "bpf_sk_storage_map", hooks.Iter(map="storages")) == 2


def test_a_walk_that_writes_nothing(counted: Counted) -> None:
    spec = program(P.TRACING, RETURN_0, attach=A.TRACE_ITER, target="bpf_map", section="iter/bpf_map")
    with counted.engine.attach(counted.engine.load_program(spec, {}), hooks.Iter()) as link:
        assert isinstance(link, IterLink)
        assert link.read() == b"" and link.text() == "" and list(link.chunks()) == []
    with pytest.raises(Closed):
        link.read()
