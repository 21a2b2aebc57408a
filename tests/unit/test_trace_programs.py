"""C programs as people write them, run in the vm on the events of a real command."""

from __future__ import annotations

import os
from typing import Any

import pytest
from trace_host import can_trace, python

import ebpf
from compiling import compiled

pytestmark = can_trace

HEAD = """
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
struct event { char text[32]; long number; unsigned int pid; unsigned int uid; };
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, __u64); __type(value, struct event);
} events SEC(".maps");
__u64 count;
static __always_inline void note(const char *text, long number)
{
	struct event e = { .number = number };
	__u64 key = ++count;
	e.pid = bpf_get_current_pid_tgid() >> 32;
	e.uid = bpf_get_current_uid_gid();
	if (text)
		bpf_probe_read_user_str(e.text, sizeof(e.text), text);
	bpf_map_update_elem(&events, &key, &e, BPF_ANY);
}
"""

CHDIR = "import os; os.chdir('/')\ntry: os.chdir('/nowhere')\nexcept OSError: pass"


def run(body: str, command: list[str]) -> tuple[list[Any], int]:
    """The events in their order, and the command's id."""
    spec = compiled(HEAD + body)
    if ".kconfig" in spec.maps:
        spec.maps[".kconfig"].contents = [(bytes(4), b"\1")]  # LINUX_HAS_SYSCALL_WRAPPER is all there is in it
    with ebpf.load(spec, engine="vm") as obj:
        obj.attach()
        process = obj.spawn(command)
        try:
            assert process.wait(20) == 0
            assert process.notices == []  # type: ignore[attr-defined]
        finally:
            process.close()
        return [event for _, event in sorted(obj.maps["events"].items())], process.pid


@pytest.mark.parametrize(
    "body",
    [
        'SEC("ksyscall/chdir") int BPF_KSYSCALL(enter, const char *path) { note(path, 0); return 0; }\n'
        'SEC("kretsyscall/chdir") int BPF_KRETPROBE(leave, int ret) { note(0, ret); return 0; }',
        # The wrapper's one argument: the caller's registers, in the kernel's memory.
        'SEC("kprobe/sys_chdir") int enter(struct pt_regs *ctx) {\n'
        "  struct pt_regs *regs = (struct pt_regs *)PT_REGS_PARM1(ctx); const char *path = 0;\n"
        "  bpf_probe_read_kernel(&path, sizeof(path), &PT_REGS_PARM1(regs)); note(path, 0); return 0; }\n"
        'SEC("kretprobe/sys_chdir") int leave(struct pt_regs *ctx) { note(0, (int)PT_REGS_RC(ctx)); return 0; }',
        # The function behind it takes the arguments.
        'SEC("kprobe/__do_sys_chdir") int BPF_KPROBE(enter, const char *path) { note(path, 0); return 0; }\n'
        'SEC("kretprobe/__do_sys_chdir") int BPF_KRETPROBE(leave, long ret) { note(0, ret); return 0; }',
        "struct enter { __u64 common; int nr; const char *filename; }; struct leave { __u64 common; int nr; long ret; };\n"
        'SEC("tracepoint/syscalls/sys_enter_chdir") int enter(struct enter *ctx) { note(ctx->filename, 0); return 0; }\n'
        'SEC("tp/syscalls/sys_exit_chdir") int leave(struct leave *ctx) { note(0, ctx->ret); return 0; }',
    ],
    ids=["ksyscall", "wrapper", "function", "tracepoint"],
)
def test_a_path_and_a_result(body: str) -> None:
    events, pid = run(body, python(CHDIR))
    assert [(event.text, event.number) for event in events] == [("/", 0), ("", 0), ("/nowhere", 0), ("", -2)]
    assert {event.pid for event in events} == {pid}
    assert {event.uid for event in events} == {os.getuid()}


def test_raw_tracepoint() -> None:
    body = """
    SEC("raw_tp/sys_enter") int enter(struct bpf_raw_tracepoint_args *ctx) {
      struct pt_regs *regs = (struct pt_regs *)ctx->args[0]; unsigned long first = 0;
      if (ctx->args[1] != NUMBER) return 0;
      bpf_probe_read_kernel(&first, sizeof(first), &PT_REGS_PARM1(regs));
      note((char *)first, ctx->args[1]);
      return 0; }
    """
    from ebpf.uapi.syscalls import syscalls

    number = syscalls(os.uname().machine).by_name["chdir"].number
    events, _ = run(body.replace("NUMBER", str(number)), python(CHDIR))
    assert [(event.text, event.number) for event in events] == [("/", number), ("/nowhere", number)]


def test_types_of_the_kernel_by_core() -> None:
    # The members stand elsewhere in the program's own types: CO-RE finds them.
    body = """
    struct trace_event_raw_sys_enter { long id; unsigned long args[2]; } __attribute__((preserve_access_index));
    struct trace_event_raw_sys_exit___elsewhere { long nothing; } __attribute__((preserve_access_index));
    struct task_struct { int pid; } __attribute__((preserve_access_index));
    struct nowhere___other { int pid; } __attribute__((preserve_access_index));
    SEC("tp/syscalls/sys_enter_chdir") int enter(struct trace_event_raw_sys_enter *ctx) {
      note((char *)ctx->args[0], bpf_core_type_exists(struct task_struct) + 2 * bpf_core_type_exists(struct nowhere___other)
        + 4 * bpf_core_field_exists(((struct trace_event_raw_sys_exit___elsewhere *)0)->nothing));
      if (bpf_core_type_exists(struct nowhere___other))
        note(0, ((struct nowhere___other *)ctx)->pid);
      return 0; }
    """
    events, _ = run(body, python("import os; os.chdir('/')"))
    assert [(event.text, event.number) for event in events] == [("/", 1)]


def test_lifetime() -> None:
    body = """
    struct fork { __u64 common; char parent[16]; int parent_pid; char child[16]; int child_pid; };
    struct exec { __u64 common; int where; int pid; int old_pid; };
    SEC("tp/sched/sched_process_fork") int forked(struct fork *ctx) { note(0, ctx->child_pid); return 0; }
    SEC("tp/sched/sched_process_exec") int execed(struct exec *ctx) {
      char name[32] = {}; bpf_probe_read_kernel_str(name, sizeof(name), (char *)ctx + (ctx->where & 0xffff));
      note(0, name[0] == '/' ? ctx->pid : -1); return 0; }
    SEC("raw_tp/sched_process_exit") int ended(void *ctx) { note(0, 0); return 0; }
    """
    events, pid = run(body, ["sh", "-c", "/bin/true; :"])
    child = events[1].number
    assert [event.number for event in events] == [pid, child, child, 0, 0]
    assert [event.pid for event in events] == [pid, pid, child, child, pid]


def test_override() -> None:
    body = """
    SEC("ksyscall/chdir") int BPF_KSYSCALL(enter, const char *path) { bpf_override_return(ctx, -13); return 0; }
    SEC("kretsyscall/chdir") int BPF_KRETPROBE(leave, int ret) { note(0, ret); return 0; }
    """
    code = "import os\ntry: os.chdir('/')\nexcept PermissionError: os._exit(0)\nos._exit(1)"
    events, _ = run(body, python(code))
    assert [event.number for event in events] == [-13]


def test_a_signal() -> None:
    body = """
    SEC("ksyscall/chdir") int BPF_KSYSCALL(enter, const char *path) { note(0, bpf_send_signal(10)); return 0; }
    SEC("ksyscall/getppid") int other(void *ctx) { note(0, bpf_send_signal_thread(12) + bpf_send_signal(99)); return 0; }
    """
    code = (
        "import os, signal; seen = []\n"
        "for n in (10, 12): signal.signal(n, lambda n, f: seen.append(n))\n"
        "os.chdir('/'); os.getppid(); os._exit(seen != [10, 12])"
    )
    events, _ = run(body, python(code))
    assert [event.number for event in events] == [0, -22]


def test_no_signal_is_sent_to_this_process() -> None:
    spec = compiled(
        HEAD + 'SEC("kprobe/sys_chdir") int p(void *ctx) { return bpf_send_signal(9) + bpf_override_return(ctx, 0); }'
    )
    with ebpf.load(spec, engine="vm") as obj:
        assert obj.programs["p"].run(context=bytes(168)).retval & 0xFFFFFFFF == (-2) & 0xFFFFFFFF
