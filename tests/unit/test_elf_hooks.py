"""Section names: every spelling, its program type, and the hook that it names."""

from __future__ import annotations

import pytest

from ebpf import hooks
from ebpf.elf import hook_of, section_of
from ebpf.elf.sections import unknown_section
from ebpf.errors import HookError
from ebpf.spec import ProgramSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType as P
from ebpf.uapi.sections import BTF, FRAGS, OPTIONAL, RETURN, SECTIONS, SESSION, SLEEPABLE, TARGET


def program(section: str) -> ProgramSpec:
    found = section_of(section)
    assert found is not None
    return ProgramSpec(name="p", section=section, type=found[0].type, target=found[1])


@pytest.mark.parametrize(
    ("name", "row", "target"),
    [
        ("xdp", "xdp", ""),
        ("?xdp", "xdp", ""),
        ("xdp/devmap", "xdp/devmap", ""),
        ("xdp.frags/cpumap", "xdp.frags/cpumap", ""),
        ("xdp/anything", "xdp", "anything"),
        ("xdp_drop", "xdp", ""),  # libbpf before 1.0
        ("socket1", "socket", ""),
        ("kprobe/sys_execve", "kprobe", "sys_execve"),
        ("?kprobe/sys_execve", "kprobe", "sys_execve"),
        ("kprobe.multi/tcp_*", "kprobe.multi", "tcp_*"),
        ("tp/syscalls/sys_enter_execve", "tp", "syscalls/sys_enter_execve"),
        ("tc/ingress", "tc/ingress", ""),
        ("tc", "tc", ""),
        ("classifier/x", "classifier", "x"),
        ("cgroup/connect4", "cgroup/connect4", ""),
        ("sk_skb/stream_verdict/x", "sk_skb/stream_verdict", "x"),
        ("uprobe//usr/bin/bash:readline", "uprobe", "/usr/bin/bash:readline"),
        ("raw_tp.w/x", "raw_tp.w", "x"),
        ("iter.s/bpf_map_elem", "iter.s", "bpf_map_elem"),
        ("struct_ops.s/init", "struct_ops.s", "init"),
    ],
)
def test_a_name_finds_its_row(name: str, row: str, target: str) -> None:
    found = section_of(name)
    assert found is not None
    assert (found[0].name, found[1]) == (row, target)


@pytest.mark.parametrize("name", ["", "?", "foo", "foo/bar", "kprobes/x", "kprobe_x", ".text", "/x"])
def test_a_name_that_nobody_knows(name: str) -> None:
    assert section_of(name) is None
    assert hook_of(ProgramSpec(name="p", section=name)) is None


@pytest.mark.parametrize(
    ("name", "type_", "attach", "traits"),
    [
        ("fentry.s", P.TRACING, A.TRACE_FENTRY, SLEEPABLE | BTF | TARGET),
        ("lsm", P.LSM, A.LSM_MAC, BTF | TARGET),
        ("lsm_cgroup", P.LSM, A.LSM_CGROUP, BTF | TARGET),
        ("xdp.frags", P.XDP, A.XDP, FRAGS),
        ("xdp", P.XDP, A.XDP, OPTIONAL),
        ("kretprobe", P.KPROBE, None, TARGET | RETURN),
        ("kprobe.session", P.KPROBE, A.TRACE_KPROBE_SESSION, TARGET | SESSION),
        ("uprobe.session.s", P.KPROBE, A.TRACE_UPROBE_SESSION, TARGET | SESSION | SLEEPABLE),
        ("syscall", P.SYSCALL, None, SLEEPABLE),
        ("cgroup_skb/ingress", P.CGROUP_SKB, A.CGROUP_INET_INGRESS, OPTIONAL),
        ("freplace", P.EXT, None, BTF | TARGET),
        ("netfilter", P.NETFILTER, A.NETFILTER, 0),
        ("struct_ops", P.STRUCT_OPS, None, TARGET),
    ],
)
def test_rows(name: str, type_: P, attach: A | None, traits: int) -> None:
    row = SECTIONS[name]
    assert (row.type, row.attach_type, row.traits) == (type_, attach, traits)


def test_the_table_is_whole() -> None:
    assert len(SECTIONS) == 116 + 2
    assert all(name == row.name and not name.endswith(("+", "/")) for name, row in SECTIONS.items())
    kinds = {row.hook for row in SECTIONS.values()}
    assert kinds == {
        "", "cgroup", "freplace", "iter", "kprobe", "kprobe_multi", "ksyscall", "lirc", "lsm", "map", "netfilter", "netkit",
        "netns", "perf_event", "raw_tracepoint", "socket", "sockmap", "struct_ops", "tc", "tcx", "tracepoint", "tracing",
        "uprobe", "uprobe_multi", "usdt", "xdp",
    }  # fmt: skip
    # A return probe is spelled so; every type of program but those that need more than a name has a row.
    assert all(("ret" in name.partition(".")[0]) == bool(row.traits & RETURN) for name, row in SECTIONS.items()
               if row.hook in ("kprobe", "uprobe", "ksyscall", "kprobe_multi", "uprobe_multi"))  # fmt: skip
    assert {row.type for row in SECTIONS.values()} == set(P) - {P.UNSPEC}


@pytest.mark.parametrize(
    ("section", "hook"),
    [
        ("kprobe/sys_execve", hooks.Kprobe("sys_execve")),
        ("?kprobe/sys_execve+0x10", hooks.Kprobe("sys_execve", offset=16)),
        ("kprobe/a.isra.0+8", hooks.Kprobe("a.isra.0", offset=8)),
        ("kretprobe/f", hooks.Kprobe("f", ret=True)),
        ("kprobe.multi/tcp_*", hooks.KprobeMulti(("tcp_*",))),
        ("kretprobe.multi/tcp_*", hooks.KprobeMulti(("tcp_*",), ret=True)),
        ("kprobe.session/tcp_*", hooks.KprobeMulti(("tcp_*",), session=True)),
        ("ksyscall/execve", hooks.Ksyscall("execve")),
        ("kretsyscall/execve", hooks.Ksyscall("execve", ret=True)),
        ("uprobe//bin/bash:readline", hooks.Uprobe("/bin/bash", "readline")),
        ("uprobe/libc.so.6:malloc+0x4", hooks.Uprobe("libc.so.6", "malloc", offset=4)),
        ("uprobe.s/a:f", hooks.Uprobe("a", "f")),
        ("uretprobe/a:f", hooks.Uprobe("a", "f", ret=True)),
        ("uprobe/a:0x1234", hooks.Uprobe("a", offset=0x1234)),
        ("uprobe.multi/a:f*", hooks.UprobeMulti("a", ("f*",))),
        ("uretprobe.multi.s/a:f*", hooks.UprobeMulti("a", ("f*",), ret=True)),
        ("uprobe.session/a:f*", hooks.UprobeMulti("a", ("f*",), session=True)),
        ("usdt//bin/x:p:n", hooks.Usdt("/bin/x", "p", "n")),
        ("tracepoint/syscalls/sys_enter_execve", hooks.Tracepoint("syscalls", "sys_enter_execve")),
        ("tp/sched/sched_switch", hooks.Tracepoint("sched", "sched_switch")),
        ("raw_tp/sys_enter", hooks.RawTracepoint("sys_enter")),
        ("raw_tracepoint.w/x", hooks.RawTracepoint("x")),
        ("fentry/do_unlinkat", hooks.Tracing()),
        ("tp_btf/sys_enter", hooks.Tracing()),
        ("freplace/f", hooks.Freplace()),
        ("lsm/file_open", hooks.Lsm()),
        ("lsm.s/file_open", hooks.Lsm()),
        ("iter/task", hooks.Iter()),
        ("kprobe", None),
        ("uprobe//bin/bash", None),
        ("xdp", None),
        ("tc/ingress", None),
        ("cgroup/connect4", None),
        ("perf_event", None),
        ("struct_ops/init", None),
        ("fentry", None),
        ("socket", None),
        ("syscall", None),
    ],
)
def test_the_hook_of_a_section(section: str, hook: hooks.Hook | None) -> None:
    assert hook_of(program(section)) == hook


@pytest.mark.parametrize(
    ("section", "form"),
    [
        ("kprobe/f+x", "FUNCTION[+OFFSET]"),
        ("kprobe/+1", "FUNCTION[+OFFSET]"),
        ("kprobe/f+-8", "FUNCTION[+OFFSET]"),
        ("kretprobe/f+8", "no offset"),
        ("uretprobe/a:f+8", "no offset"),
        ("uprobe/:f", "BINARY:FUNCTION[+OFFSET]"),
        ("uprobe/a:", "BINARY:FUNCTION[+OFFSET]"),
        ("uprobe/a:f+", "BINARY:FUNCTION[+OFFSET]"),
        ("uprobe.multi/a:", "BINARY:PATTERN"),
        ("usdt/a:b", "BINARY:PROVIDER:NAME"),
        ("usdt/a:b:c:d", "BINARY:PROVIDER:NAME"),
        ("tp/sched", "CATEGORY/NAME"),
        ("tp//x", "CATEGORY/NAME"),
    ],
)
def test_a_target_in_the_wrong_form(section: str, form: str) -> None:
    with pytest.raises(HookError) as error:
        hook_of(program(section))
    assert section in str(error.value)
    assert form in str(error.value)


@pytest.mark.parametrize(
    ("section", "meant"),
    [
        ("kprobee/sys_execve", "did you mean kprobe/sys_execve?"),
        ("?krpobe/sys_execve", "did you mean kprobe/sys_execve?"),
        ("tracepont/syscalls/sys_enter_execve", "did you mean tracepoint/syscalls/sys_enter_execve?"),
        ("cgrup/connect4", "did you mean cgroup/connect4?"),
        ("scket", "did you mean socket?"),
        ("something else", "name its kind, such as kprobe/FUNCTION"),
        ("xdp", ""),
        ("", ""),
    ],
)
def test_a_name_that_was_meant(section: str, meant: str) -> None:
    found = section_of(section)
    text = unknown_section(ProgramSpec(name="p", section=section, type=found[0].type if found else P.UNSPEC))
    assert meant in text
    assert bool(text) == bool(meant)


def test_a_program_of_an_unknown_section_is_not_loaded() -> None:
    from fakes import FakeEngine

    from ebpf.api import load
    from ebpf.errors import ObjectError
    from ebpf.spec import ObjectSpec

    program = ProgramSpec(name="p", section="kprobee/x", code=bytes(8))
    with pytest.raises(ObjectError, match=r'a.o: program p: no kind .* SEC\("kprobee/x"\); did you mean kprobe/x\?'):
        load(ObjectSpec(path="a.o", programs={"p": program}), engine=FakeEngine())
    load(ObjectSpec(programs={"p": program.replace(type=P.KPROBE)}), engine=FakeEngine()).close()
