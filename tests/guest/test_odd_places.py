"""Attaching oddly, where kprobes, fentry and security hooks are: each has one clear error, and leaves nothing behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hook_places import Counted
from programs import cookie_of

import ebpf
from ebpf import hooks
from ebpf.errors import EbpfError, HookError, NotSupported, VerifierError
from ebpf.hooks import Hook
from ebpf.kernel import privilege, tracefs
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.hooks import kprobe_events
from ebpf.kernel.info import OBJ
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.guest
RELEASE = kernel_sys.kernel_release()
BPF = Path(__file__).resolve().parents[1] / "bpf"
GETPGID = "__x64_sys_getpgid"


def getpgid() -> None:
    os.getpgid(0)


def guards() -> None:
    os.close(os.open("/dev/null", os.O_RDONLY))


#: What is attached, how (cookie 7), what makes it run, and the first Linux that has it.
COOKIES: list[tuple[P, A | None, str, Hook, Callable[[], object], tuple[int, int]]] = [
    (P.KPROBE, None, "", hooks.Kprobe(GETPGID, cookie=7), getpgid, (5, 15)),
    (P.KPROBE, None, "", hooks.Kprobe(GETPGID, cookie=7, ret=True), getpgid, (5, 15)),
    (P.KPROBE, None, "", hooks.Kprobe(GETPGID, cookie=7, mode="tracefs"), getpgid, (5, 15)),
    (P.KPROBE, None, "", hooks.Kprobe(GETPGID, cookie=7, ret=True, maxactive=9), getpgid, (5, 15)),
    (P.KPROBE, None, "", hooks.Ksyscall("getpgid", cookie=7), getpgid, (5, 15)),
    (P.KPROBE, A.TRACE_KPROBE_MULTI, "", hooks.KprobeMulti((GETPGID,), cookies=(7,)), getpgid, (5, 18)),
    (P.KPROBE, A.TRACE_KPROBE_MULTI, "", hooks.KprobeMulti((GETPGID,), cookies=(7,), ret=True), getpgid, (5, 18)),
    (
        P.KPROBE, A.TRACE_KPROBE_SESSION, "", hooks.KprobeMulti((GETPGID,), cookies=(7,), session=True), getpgid, (6, 10),
    ),
    (P.KPROBE, None, "", hooks.Uprobe("libc.so.6", "getppid", pid=0, cookie=7), os.getppid, (5, 15)),
    (P.KPROBE, None, "", hooks.Uprobe("libc.so.6", "getppid", pid=0, cookie=7, ret=True), os.getppid, (5, 15)),
    (
        P.KPROBE, A.TRACE_UPROBE_MULTI, "",
        hooks.UprobeMulti("libc.so.6", ("getppid",), pid=0, cookies=(7,)), os.getppid, (6, 6),
    ),
    (P.TRACEPOINT, None, "", hooks.Tracepoint("syscalls", "sys_enter_getpgid", cookie=7), getpgid, (5, 15)),
    (P.RAW_TRACEPOINT, None, "", hooks.RawTracepoint("sys_enter", cookie=7), getpgid, (6, 10)),
    (P.TRACING, A.TRACE_FENTRY, GETPGID, hooks.Tracing(cookie=7), getpgid, (5, 19)),
    (P.TRACING, A.TRACE_FEXIT, GETPGID, hooks.Tracing(cookie=7), getpgid, (5, 19)),
    (P.TRACING, A.MODIFY_RETURN, "security_file_open", hooks.Tracing(cookie=7), guards, (5, 19)),
    (P.TRACING, A.TRACE_RAW_TP, "sys_enter", hooks.Tracing(cookie=7), getpgid, (6, 10)),
    (P.LSM, A.LSM_MAC, "file_open", hooks.Lsm(cookie=7), guards, (5, 19)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "attach", "target", "hook", "act", "since"),
    [pytest.param(*row, id=f"{row[1].label if row[1] else ''} {row[3]!r}") for row in COOKIES],
)
def test_a_cookie_comes_to_the_program(
    counted: Counted,
    type_: P,
    attach: A | None,
    target: str,
    hook: Hook,
    act: Callable[[], object],
    since: tuple[int, int],
) -> None:
    if since > RELEASE:
        with pytest.raises(EbpfError):
            loaded = counted.engine.load_program(
                cookie_of(type_, attach=attach, target=target), {"counts": counted.counts}
            )
            counted.engine.attach(loaded, hook)
        return
    loaded = counted.engine.load_program(cookie_of(type_, attach=attach, target=target), {"counts": counted.counts})
    try:
        link = counted.engine.attach(loaded, hook)
    except NotSupported as error:
        assert "no fprobe" in str(error)  # Debian's 6.1
        pytest.skip(str(error))
    with link:
        act()
    assert counted.value == 7


def test_an_event_has_no_cookie(counted: Counted) -> None:
    with pytest.raises(HookError, match=r'mode="event" has no cookie; mode="link" has one'):
        counted.engine.attach(counted.load(P.KPROBE), hooks.Kprobe(GETPGID, cookie=7, mode="event"))


@pytest.mark.parametrize(
    ("hook", "says"),
    [
        (hooks.Kprobe("get_task_struct"), r"no function get_task_struct; did you mean .*put_task_struct"),
        (hooks.Kprobe("exc_page_fault"), r"doesn't let exc_page_fault be probed"),
        (hooks.Kprobe("start_kernel"), r"doesn't let start_kernel be probed|no function start_kernel"),
        (hooks.Kprobe(GETPGID + "+4"), r"no function __x64_sys_getpgid\+4"),
        (hooks.Kprobe("vfs_read vfs_write"), r"a function's name has no blanks"),
        (hooks.Kprobe("vfs_read\np:left vfs_write", mode="tracefs"), r"a function's name has no blanks"),
        (hooks.Kprobe("vfs_read", offset=2, mode="tracefs"), r"vfs_read\+0x2 is not the start of an instruction"),
    ],
    ids=["inlined", "notrace", "init", "offset in the name", "two", "two lines", "in an instruction"],
)
def test_a_kprobe_at_an_odd_place(counted: Counted, hook: hooks.Kprobe, says: str) -> None:
    with pytest.raises(HookError, match=says):
        counted.engine.attach(counted.load(P.KPROBE), hook)
    lines = tracefs.read("kprobe_events")
    assert kprobe_events.GROUP not in lines and "left" not in lines


@pytest.mark.parametrize("mode", ["", "tracefs"])
def test_a_name_of_several_functions(counted: Counted, mode: str) -> None:
    """type_show is a static function of many files. Linux takes the first of them until 6.6 (and stable releases before)."""
    try:
        counted.engine.attach(counted.load(P.KPROBE), hooks.Kprobe("type_show", mode=mode)).close()
        assert RELEASE < (6, 6)
    except HookError as error:
        assert "the kernel has more than one function type_show: a kprobe needs one" in str(error)


def test_patterns_that_match_too_little_and_too_much(counted: Counted) -> None:
    many = counted.load(P.KPROBE, attach=A.TRACE_KPROBE_MULTI)

    def attach(*patterns: str, **more: object) -> None:
        counted.engine.attach(many, hooks.KprobeMulti(patterns, **more)).close()

    with pytest.raises(HookError, match=r"no function zzz_\* to attach to"):
        attach(GETPGID, "zzz_*")
    with pytest.raises(HookError, match=r"kprobe.multi: 1 cookies for \d\d+ functions"):
        attach("__x64_sys_get*", cookies=(7,))
    with suppress(NotSupported):  # Debian's 6.1 has no fprobe
        attach(GETPGID, GETPGID, "__x64_sys_getp*")
    session = hooks.KprobeMulti((GETPGID,), session=True)
    with pytest.raises((HookError, NotSupported), match=r"not trace_kprobe_session|kprobe.session needs Linux 6.10"):
        counted.engine.attach(many, session)


@pytest.mark.parametrize(
    ("attach", "target", "says"),
    [
        (A.TRACE_FENTRY, "", r'must provide btf_id\n.*SEC\("fentry/FUNCTION"\)'),
        (A.TRACE_FENTRY, "get_task_struct", r"no function with types get_task_struct; did you mean .*put_task_struct"),
        (A.TRACE_FENTRY, "nosuchmodule:f", r"no function with types nosuchmodule:f"),
        (A.TRACE_FENTRY, "exc_page_fault", r"exc_page_fault is one of the functions that nobody may trace"),
        (
            A.TRACE_FENTRY,
            "migrate_disable",
            r"migrate_disable is one of the few functions that programs themselves need",
        ),
        (A.MODIFY_RETURN, "vfs_read", r"vfs_read\(\) is not modifiable\n  fmod_ret is for security_"),
        (A.TRACE_FEXIT, "do_exit", r"__noreturn functions is rejected.\n  a function that never returns has no exit"),
    ],
    ids=["none", "inlined", "module", "notrace", "denied", "not modifiable", "never returns"],
)
def test_a_function_that_cannot_be_watched(counted: Counted, attach: A, target: str, says: str) -> None:
    if target == "do_exit" and RELEASE < (6, 12):
        pytest.skip("Linux before 6.16 (6.12 of Debian) lets a program wait for a return that never comes")
    with pytest.raises((HookError, VerifierError), match=says):
        loaded = counted.load(P.TRACING, attach=attach, target=target, section=f"?{attach.label}/{target}")
        counted.engine.attach(loaded, hooks.Tracing()).close()


def test_the_same_program_twice_at_one_function(counted: Counted) -> None:
    watch = counted.load(P.TRACING, attach=A.TRACE_FENTRY, target=GETPGID, section=f"fentry/{GETPGID}")
    guard = counted.load(P.LSM, attach=A.LSM_MAC, target="file_open", section="lsm/file_open", name="guard")
    for loaded, hook in ((watch, hooks.Tracing()), (guard, hooks.Lsm())):
        says = pytest.raises(HookError, match=r"the program is attached there already")
        with counted.engine.attach(loaded, hook), says:
            counted.engine.attach(loaded, hook)
        counted.engine.attach(loaded, hook).close()


def test_each_kind_at_its_own_hook(counted: Counted, cgroup: Path) -> None:
    watch = counted.load(P.TRACING, attach=A.TRACE_FENTRY, target=GETPGID)
    guard = counted.load(P.LSM, attach=A.LSM_MAC, target="file_open", name="guard")
    with pytest.raises(HookError, match=r"program count is of type tracing; Lsm takes lsm"):
        counted.engine.attach(watch, hooks.Lsm())
    with pytest.raises(HookError, match=r"program guard is of type lsm; Tracing takes tracing"):
        counted.engine.attach(guard, hooks.Tracing())
    with pytest.raises(
        HookError, match=r'program guard guards the whole machine; one for a cgroup is SEC\("lsm_cgroup/…"\)'
    ):
        counted.engine.attach(guard, hooks.Cgroup(str(cgroup)))


def test_a_kernel_that_asks_no_programs_is_told_of(
    counted: Counted, cgroup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Booted without bpf in lsm=, Linux attaches the program, and never runs it."""
    guard = counted.load(P.LSM, attach=A.LSM_MAC, target="file_open", section="lsm/file_open", name="guard")
    of_cgroup = counted.load(P.LSM, attach=A.LSM_CGROUP, target="socket_bind", result=1)
    monkeypatch.setattr(privilege, "lsm_lacks", lambda: "the kernel doesn't ask programs")
    before = len(list(OBJ["link"].ids()))
    with pytest.raises(NotSupported, match=r"lsm/file_open \(guard\): the kernel doesn't ask programs"):
        counted.engine.attach(guard, hooks.Lsm())
    with pytest.raises(NotSupported, match=r"lsm_cgroup on .*: the kernel doesn't ask programs"):
        counted.engine.attach(of_cgroup, hooks.Cgroup(str(cgroup)))
    assert len(list(OBJ["link"].ids())) == before


def test_netkit_has_anchors_and_two_ends(counted: Counted, veth: tuple[str, str]) -> None:
    import socket

    from pyroute2 import IPRoute

    if RELEASE < (6, 7):
        pytest.skip("netkit came with Linux 6.7")
    with IPRoute() as ip:
        ip.link("add", ifname="netkit-a", kind="netkit")
        index = ip.link_lookup(ifname="netkit-a")[0]
        peer = socket.if_indextoname(ip.link("get", index=index)[0].get_attr("IFLA_LINK"))
    one, two = (counted.load(P.SCHED_CLS, attach=A.NETKIT_PRIMARY, name=name) for name in ("one", "two"))
    on_veth = counted.load(P.SCHED_CLS, attach=A.TCX_INGRESS)
    with counted.engine.attach(on_veth, hooks.Tcx("a0")) as elsewhere:
        for word, number in (
            ("before", 1 << 30),
            ("after-link", 1 << 30),
            ("before", two.info()["id"]),
            ("after-link", elsewhere.info()["id"]),
        ):
            says = rf"netkit primary on netkit-a: the anchor, id {number}, is not attached there"
            with pytest.raises(HookError, match=says):
                counted.engine.attach(one, hooks.Netkit("netkit-a", anchor=(word, number)))
    with pytest.raises(HookError, match=r"it is the peer of a pair: attach to the other one, with peer=True"):
        counted.engine.attach(one, hooks.Netkit(peer))
    with counted.engine.attach(one, hooks.Netkit("netkit-a")) as link:
        with pytest.raises(HookError, match=r"program one is attached there already"):
            counted.engine.attach(one, hooks.Netkit("netkit-a"))
        with pytest.raises(EbpfError, match=r"count of type xdp can't take the place of one of type sched_cls"):
            link.update(counted.load(P.XDP, result=2))


#: Program of replacing_oddly.bpf.c → what is said when it is to take the place that it names.
REPLACING = {
    "fewer": r"has 1 args while answer\(\) has 2 args\n  a function takes the place of one with the same arguments",
    "more": r"has 3 args while answer\(\) has 2 args",
    "other_context": r"doesn't match answer\(struct xdp_md \*\)\n  a function takes the place",
    "other_kind": r"is INT while alone\(\) has PTR",
    "hidden_one": r"hidden\(\) is not a global function\n  a function that is replaced is global",
    "nowhere": r"program whole has no function nosuch, which nowhere names",
}


def test_a_function_replaced_by_one_of_another_signature() -> None:
    spec = ebpf.compile(BPF / "replacing_oddly.bpf.c")
    with ebpf.load(spec, engine="kernel") as obj:
        whole = obj.programs["whole"]

        def replaced(name: str, by: ebpf.Program = whole) -> ebpf.Object:
            patch = spec.copy()
            for one in patch.programs.values():
                one.autoload = one.name == name
            return ebpf.load(patch, targets={name: by}, engine="kernel")

        programs = len(list(OBJ["prog"].ids()))
        for name, says in REPLACING.items():
            with pytest.raises((HookError, VerifierError), match=says):
                replaced(name)
            assert len(list(OBJ["prog"].ids())) == programs
        with replaced("right") as first, replaced("right") as second, first.programs["right"].attach():
            with pytest.raises(HookError, match=r"the program is attached there already"):
                first.programs["right"].attach()
            with pytest.raises(HookError, match=r"another program has the place of answer, or watches it"):
                second.programs["right"].attach()
            with pytest.raises(VerifierError, match=r"Cannot recursively attach"):
                replaced("right_again", first.programs["right"])
        with replaced("right") as one, replaced("watches") as other:
            for _ in range(3):
                with one.programs["right"].attach():
                    assert whole.run(bytes(64)).retval == 4
                assert whole.run(bytes(64)).retval == 2
            other.programs["watches"].attach().close()
            with pytest.raises(HookError, match=r"a program watches a function of another program once: load it again"):
                other.programs["watches"].attach()


def test_what_is_pinned_keeps_its_name(counted: Counted) -> None:
    path = f"/sys/fs/bpf/ebpf-odd-{os.getpid()}"
    watch = counted.load(P.TRACING, attach=A.TRACE_FENTRY, target=GETPGID)
    with counted.engine.attach(watch, hooks.Tracing()) as link:
        watch.pin(path)
        try:
            for thing in (watch, counted.counts, link):
                with pytest.raises(EbpfError, match=r"the name is taken: unpin it first"):
                    thing.pin(path)
        finally:
            os.unlink(path)


def test_nothing_is_left_behind() -> None:
    """After the tests above: not of this process."""
    assert [name for name in os.listdir("/sys/fs/bpf") if name.startswith("ebpf-odd")] == []
    assert kprobe_events.GROUP not in tracefs.read("kprobe_events")
