"""Every command of bpf(2), each through what its user calls; what a token gives the right to; what is said of a refusal."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import bpffs
import pytest
from programs import count, program

import ebpf
from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import KernelError, NotSupported
from ebpf.kernel import features, info, pins, privilege, query, tokens
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.types import load_btf
from ebpf.spec import MapSpec, ObjectSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.commands import Command as C
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
BPF = Path(__file__).resolve().parents[1] / "bpf"


def u32(value: int) -> bytes:
    return value.to_bytes(4, sys.byteorder)


class World:
    """An engine with a map, a program on a tracepoint of this process, and a BPF file system."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.engine = KernelEngine()
        self.counts = self.engine.create_map(MapSpec("counts", M.ARRAY, 4, 8, 1))
        self.table = self.engine.create_map(MapSpec("table", M.HASH, 4, 4, 8))
        for i in range(4):
            self.table.update(u32(i), u32(i * i))
        self.tick = self.engine.load_program(
            count(P.RAW_TRACEPOINT, pid=os.getpid(), name="tick"), {"counts": self.counts}
        )
        self.filter = self.engine.load_program(
            program(P.SOCKET_FILTER, [I(0xB7, 0, imm=7), I(0x95)], name="filter"), {}
        )


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with bpffs.mounted() as folder:
        made = World(folder)
        yield made
        made.engine.close()


def use_cgroup(world: World) -> None:
    for root in ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"):
        if os.path.exists(f"{root}/cgroup.controllers"):
            break
    else:
        pytest.skip("no cgroup v2 here")
    folder = f"{root}/commands{os.getpid()}"
    os.mkdir(folder)
    fd = os.open(folder, os.O_RDONLY)
    try:
        wanted = program(P.CGROUP_SKB, [I(0xB7, 0, imm=1), I(0x95)], attach=A.CGROUP_INET_EGRESS)
        first, second = (world.engine.load_program(wanted, {}) for _ in range(2))
        with world.engine.attach(first, hooks.Cgroup(folder, flags="multi")):
            assert query.attached(fd, A.CGROUP_INET_EGRESS).prog_ids == (first.info()["id"],)
        assert query.attached(fd, A.CGROUP_INET_EGRESS).prog_ids == ()
        with world.engine.attach(first, hooks.Cgroup(folder)) as link:
            link.update(second, first)
            assert query.attached(fd, A.CGROUP_INET_EGRESS).prog_ids == (second.info()["id"],)
            with pytest.raises(KernelError):
                link.update(first, first)  # another is there now
            link.detach()
            assert query.attached(fd, A.CGROUP_INET_EGRESS).prog_ids == ()
    finally:
        os.close(fd)
        os.rmdir(folder)


def use_links(world: World) -> None:
    with world.engine.attach(world.tick, hooks.RawTracepoint("sys_enter")) as link:
        number = int(link.info()["id"])
        assert number in list(info.OBJ["link"].ids())
        with ebpf.open_link(number) as again:
            assert again.info()["prog_id"] == world.tick.info()["id"]


def use_probe(world: World) -> None:
    tick = count(P.TRACEPOINT, pid=os.getpid())
    loaded = world.engine.load_program(tick, {"counts": world.counts})
    with world.engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid")):
        # The link stands on a perf event, which is a descriptor of this process.
        events = [int(name) for name in os.listdir("/proc/self/fd") if is_event(int(name))]
        found = [query.probe_of(os.getpid(), fd) for fd in events]
        assert ("tracepoint", loaded.info()["id"], "sys_enter_getppid") in [(p.kind, p.prog_id, p.name) for p in found]
    with pytest.raises(KernelError):
        query.probe_of(os.getpid(), 0)


def is_event(fd: int) -> bool:
    try:
        return "perf_event" in os.readlink(f"/proc/self/fd/{fd}")
    except OSError:
        return False


def use_batches(world: World) -> None:
    assert world.table.update_batch(b"".join(map(u32, range(4, 8))), bytes(16)) == 4
    assert sum(number for _, _, number in world.table.chunks()) == 8
    assert world.table.delete_batch(b"".join(map(u32, (4, 99, 5, 98, 97, 6, 7)))) == 4
    assert len(list(world.table.items())) == 4
    other = world.engine.create_map(MapSpec("other", M.HASH, 4, 4, 8, contents=[(u32(1), u32(2))]))
    assert list(other.drain()) == [(u32(1), u32(2))] and list(other.items()) == []


def use_pins(world: World) -> None:
    path = f"{world.folder}/counts"
    world.counts.pin(path)
    with ebpf.open_map(path) as again:
        assert again.id == world.counts.info()["id"]
    pins.unpin(path)


def use_iterator(world: World) -> None:
    code = [I(0xB7, 0, imm=0), I(0x95)]
    spec = program(P.TRACING, code, attach=A.TRACE_ITER, target="bpf_map", section="iter/bpf_map")
    try:
        loaded = world.engine.load_program(spec, {})
    except (KernelError, NotSupported) as error:
        pytest.skip(str(error))
    with world.engine.attach(loaded, hooks.Iter()) as link:
        assert link.read() == b""


def use_stream(world: World) -> None:
    if kernel_sys.kernel_release() < (6, 17):
        with pytest.raises(NotSupported, match=r"Linux 6\.17"):
            world.filter.stream()
    else:
        assert world.filter.stream(1) == world.filter.stream(2) == b""


def use_ids(world: World) -> None:
    for kind, thing in (("map", world.counts), ("prog", world.tick)):
        number = thing.info()["id"]
        assert number in list(info.OBJ[kind].ids())
        with (ebpf.open_map if kind == "map" else ebpf.open_program)(number) as again:
            assert again.id == number
    assert any(row["kernel_btf"] for row in info.OBJ["btf"])


def use_types(world: World) -> None:
    from ebpf.btf import Btf

    with load_btf(Btf.parse(features._INT_BTF[:-3])) as loaded:
        assert info.describe("btf", loaded.fd)["btf_size"] > 0


def use_elements(world: World) -> None:
    assert world.table.lookup(u32(2)) == u32(4)
    world.table.update(u32(2), u32(5))
    assert world.table.next_key(None) is not None
    assert world.table.lookup_and_delete(u32(2)) == u32(5)
    world.table.update(u32(2), u32(4))
    assert world.table.delete(u32(2)) and not world.table.delete(u32(2))
    world.table.update(u32(2), u32(4))


def use_freeze(world: World) -> None:
    frozen = world.engine.create_map(MapSpec("frozen", M.ARRAY, 4, 4, 1))
    frozen.freeze()
    with pytest.raises(KernelError, match="frozen"):
        frozen.update(u32(0), u32(1))


def use_stats(world: World) -> None:
    with ebpf.enable_stats():
        world.filter.run(bytes(64), repeat=10)
        assert world.filter.info()["run_cnt"] >= 10


def use_bound_map(world: World) -> None:
    notes = world.engine.create_map(MapSpec("notes", M.ARRAY, 4, 4, 1))
    number = notes.info()["id"]
    world.filter.bind_map(notes)
    notes.close()
    assert number in world.filter.info()["map_ids"]  # it lives as long as the program


def use_token(world: World) -> None:
    if kernel_sys.kernel_release() < (6, 9):
        with pytest.raises(NotSupported, match=r"Linux 6\.9"):
            tokens.create(world.folder)
        return
    with pytest.raises(KernelError) as caught:
        tokens.create(world.folder)  # nobody delegated anything, and this is no user namespace
    assert caught.value.errno in (errno.EOPNOTSUPP, errno.ENOENT, errno.EPERM)


#: Command → what uses it. One function may stand for several.
USES: dict[C, Callable[[World], None]] = {
    **dict.fromkeys((C.MAP_CREATE, C.MAP_FREEZE), use_freeze),
    **dict.fromkeys(
        (C.MAP_LOOKUP_ELEM, C.MAP_UPDATE_ELEM, C.MAP_DELETE_ELEM, C.MAP_GET_NEXT_KEY, C.MAP_LOOKUP_AND_DELETE_ELEM), use_elements
    ),
    **dict.fromkeys(
        (C.MAP_LOOKUP_BATCH, C.MAP_UPDATE_BATCH, C.MAP_DELETE_BATCH, C.MAP_LOOKUP_AND_DELETE_BATCH), use_batches
    ),
    **dict.fromkeys((C.PROG_LOAD, C.PROG_TEST_RUN, C.ENABLE_STATS), use_stats),
    **dict.fromkeys((C.OBJ_PIN, C.OBJ_GET), use_pins),
    **dict.fromkeys(
        (C.PROG_ATTACH, C.PROG_DETACH, C.PROG_QUERY, C.LINK_CREATE, C.LINK_UPDATE, C.LINK_DETACH),
        use_cgroup,
    ),
    **dict.fromkeys(
        (C.PROG_GET_NEXT_ID, C.MAP_GET_NEXT_ID, C.PROG_GET_FD_BY_ID, C.MAP_GET_FD_BY_ID, C.BTF_GET_NEXT_ID, C.BTF_GET_FD_BY_ID,
         C.OBJ_GET_INFO_BY_FD),
        use_ids,
    ),
    **dict.fromkeys((C.RAW_TRACEPOINT_OPEN, C.LINK_GET_NEXT_ID, C.LINK_GET_FD_BY_ID), use_links),
    C.BTF_LOAD: use_types,
    C.TASK_FD_QUERY: use_probe,
    C.ITER_CREATE: use_iterator,
    C.PROG_BIND_MAP: use_bound_map,
    C.TOKEN_CREATE: use_token,
    C.PROG_STREAM_READ_BY_FD: use_stream,
}  # fmt: skip


def test_no_command_is_forgotten() -> None:
    assert set(USES) == set(C)


@pytest.mark.parametrize("use", dict.fromkeys(USES.values()), ids=lambda use: use.__name__)
def test_the_commands_work(use: Callable[[World], None], world: World) -> None:
    asked: set[C] = set()
    real = kernel_sys.bpf

    def noted(command: int, attr: object, call: str) -> int:
        asked.add(C(command))
        return real(command, attr, call)

    kernel_sys.bpf = noted
    try:
        use(world)
    finally:
        kernel_sys.bpf = real
    # Operations on one element don't go this way, and what other tests left is not asked again.
    quick = {
        C.MAP_LOOKUP_ELEM,
        C.MAP_UPDATE_ELEM,
        C.MAP_DELETE_ELEM,
        C.MAP_GET_NEXT_KEY,
        C.MAP_LOOKUP_AND_DELETE_ELEM,
        C.PROG_LOAD,
    }
    assert {command for command, user in USES.items() if user is use} - quick <= asked


# -- less than everything


def in_child(body: Callable[[], None]) -> tuple[int, str]:
    """Runs a function in a child; (its exit status, what it raised). Rights that it gives up are its own."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.close(reader)
            body()
            status = 0
        except BaseException:
            os.write(writer, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said


def deny_bpf(number: int) -> None:
    """A seccomp filter that answers bpf(2) with an errno."""
    libc = ctypes.CDLL(None, use_errno=True)
    code = b"".join(
        struct.pack("=HBBI", *row)
        for row in (
            (0x20, 0, 0, 0),  # ld [nr]
            (0x15, 0, 1, kernel_sys.NR_BPF),
            (0x06, 0, 0, 0x00050000 | number),  # SECCOMP_RET_ERRNO
            (0x06, 0, 0, 0x7FFF0000),  # SECCOMP_RET_ALLOW
        )
    )
    memory = ctypes.create_string_buffer(code)
    program_ = ctypes.create_string_buffer(struct.pack("=H6xQ", 4, ctypes.addressof(memory)))
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS
    assert libc.prctl(22, 2, program_, 0, 0) == 0, os.strerror(ctypes.get_errno())  # PR_SET_SECCOMP


def counts_spec() -> ObjectSpec:
    return ObjectSpec(
        name="counts",
        maps={"counts": MapSpec("counts", M.ARRAY, 4, 8, 1)},
        programs={"count": count(P.SOCKET_FILTER)},
        byte_order=sys.byteorder,
    )


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EPERM, "seccomp filter"), (errno.ENOSYS, "seccomp filter hides it")]
)
def test_bpf_denied_by_seccomp_is_said(number: int, words: str) -> None:
    def body() -> None:
        deny_bpf(number)
        assert words in features.no_access(), features.no_access()
        with pytest.raises(NotSupported, match=words) as caught:
            ebpf.load(counts_spec(), engine="kernel")
        assert not caught.value.privilege  # root is not what is missing
        with ebpf.load(counts_spec()) as obj:  # the vm takes over, and says why
            assert obj.engine.name == "vm" and words in obj.why
        if number == errno.EPERM:
            with pytest.raises(KernelError, match=words):
                ebpf.create_map(MapSpec("m", M.HASH, 4, 4, 1))

    assert in_child(body) == (0, "")


def test_an_ordinary_user_is_told() -> None:
    def body() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        if not features.no_access():
            return  # kernel.unprivileged_bpf_disabled is 0: an ordinary user may make maps
        with pytest.raises(
            NotSupported, match=r"no CAP_BPF \(kernel.unprivileged_bpf_disabled is \d\): run as root"
        ) as caught:
            ebpf.load(counts_spec(), engine="kernel")
        assert caught.value.privilege
        with pytest.raises(KernelError, match="no CAP_BPF") as refused:
            ebpf.create_map(MapSpec("m", M.HASH, 4, 4, 1))
        assert refused.value.errno == errno.EPERM
        with pytest.raises(KernelError, match="CAP_SYS_ADMIN"):
            ebpf.open_map(1)
        with ebpf.load(counts_spec()) as obj:
            assert obj.engine.name == "vm" and "no CAP_BPF" in obj.why
            assert obj.programs["count"].run(bytes(64)).retval == 0

    assert in_child(body) == (0, "")


def in_user_namespace(delegate: bool, body: Callable[[], None]) -> tuple[int, str]:
    """Runs a function as root of a user namespace of its own, with a BPF file system that delegates everything or nothing."""
    libc = ctypes.CDLL(None, use_errno=True)
    ours, theirs = socket.socketpair()
    folder = tempfile.mkdtemp()

    def check(result: int, what: str) -> int:
        if result < 0:
            raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
        return result

    def inside() -> None:
        check(libc.unshare(0x10000000 | 0x20000), "unshare")  # CLONE_NEWUSER | CLONE_NEWNS
        theirs.send(b"x")
        theirs.recv(1)
        context = check(libc.syscall(430, b"bpf", 1), "fsopen")
        socket.send_fds(theirs, [b"f"], [context])
        theirs.recv(1)
        mount = check(libc.syscall(432, context, 1, 0), "fsmount")
        check(libc.syscall(429, mount, b"", -100, folder.encode(), 4), "move_mount")
        body()

    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            inside()
            status = 0
        except BaseException:
            os.write(writer, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writer)
    theirs.close()
    if ours.recv(1):
        for name, text in (("setgroups", "deny"), ("uid_map", "0 0 1"), ("gid_map", "0 0 1")):
            Path(f"/proc/{pid}/{name}").write_text(text)
        ours.send(b"x")
        _, fds, _, _ = socket.recv_fds(ours, 1, 1)
        for what in ("cmds", "maps", "progs", "attachs") if delegate else ():
            check(libc.syscall(431, fds[0], 1, f"delegate_{what}".encode(), b"any", 0), "fsconfig")
        check(libc.syscall(431, fds[0], 6, None, None, 0), "fsconfig create")
        os.close(fds[0])
        ours.send(b"x")
    ours.close()
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.rmdir(folder)
    return status, said


def test_a_token_gives_a_namespace_its_rights() -> None:
    if C.TOKEN_CREATE.since > kernel_sys.kernel_release():
        pytest.skip("tokens are of Linux 6.9")
    spec = ebpf.compile(BPF / "count_ports.bpf.c")

    def body() -> None:
        assert privilege.in_user_namespace() and tokens.places() and features.no_access() == ""
        with ebpf.create_map(MapSpec("m", M.HASH, 4, 8, 4)) as made:
            made[1] = 5
            assert len(made) == 1
        with ebpf.load(spec, engine="kernel") as obj:  # maps, types and programs
            assert all(one.fileno() > 2 for one in obj.programs.values())

    status, said = in_user_namespace(True, body)
    if "unshare" in said:
        pytest.skip(said.splitlines()[-1])
    assert (status, said) == (0, "")


def test_without_delegation_a_namespace_is_told_what_it_lacks() -> None:
    if C.TOKEN_CREATE.since > kernel_sys.kernel_release():
        pytest.skip("tokens are of Linux 6.9")

    def body() -> None:
        assert "delegate_cmds" in features.no_access(), features.no_access()
        with pytest.raises(KernelError, match="root of a user namespace only"):
            ebpf.create_map(MapSpec("m", M.HASH, 4, 8, 4))

    status, said = in_user_namespace(False, body)
    if "unshare" in said:
        pytest.skip(said.splitlines()[-1])
    assert (status, said) == (0, "")
