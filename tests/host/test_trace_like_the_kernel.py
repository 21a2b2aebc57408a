"""The same object on the same commands, in the kernel and in the vm: the same counts.

The kernel shows a program every process of the machine, so the program counts by user, and the commands run as a user of
their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.host

UID = 61234
SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, __u64); __type(value, __u64);
} seen SEC(".maps");
static __always_inline void note(__u64 what, __u64 number)
{
	__u64 key = what << 56 | number, zero = 0, *found;
	if ((__u32)bpf_get_current_uid_gid() != UID)
		return;
	/* Two threads may come here at once: whoever is first makes the entry, and both add to it. */
	bpf_map_update_elem(&seen, &key, &zero, BPF_NOEXIST);
	found = bpf_map_lookup_elem(&seen, &key);
	if (found)
		__sync_fetch_and_add(found, 1);
}
struct enter { __u64 common; int nr; __u64 args[6]; };
struct leave { __u64 common; int nr; long ret; };
SEC("tp/syscalls/sys_enter_execve") int a(void *ctx) { note(1, 0); return 0; }
SEC("tp/syscalls/sys_exit_execve") int b(struct leave *ctx) { note(2, ctx->ret & 0xff); return 0; }
SEC("tp/syscalls/sys_enter_chdir") int c(void *ctx) { note(3, 0); return 0; }
SEC("tp/syscalls/sys_exit_chdir") int d(struct leave *ctx) { note(4, ctx->ret & 0xff); return 0; }
SEC("tp/syscalls/sys_exit_clone") int e(struct leave *ctx) { note(5, ctx->ret > 0); return 0; }
SEC("tp/syscalls/sys_exit_vfork") int f(struct leave *ctx) { note(6, ctx->ret > 0); return 0; }
SEC("tp/sched/sched_process_fork") int g(void *ctx) { note(7, 0); return 0; }
SEC("tp/sched/sched_process_exec") int h(void *ctx) { note(8, 0); return 0; }
SEC("tp/sched/sched_process_exit") int i(void *ctx) { note(9, 0); return 0; }
SEC("raw_tp/sys_enter") int j(__u64 *ctx) { note(10, ctx[1]); return 0; }
SEC("tp/raw_syscalls/sys_exit") int k(struct leave *ctx) { note(11, ctx->nr); return 0; }
SEC("tp/syscalls/sys_enter_openat") int l(struct enter *ctx) { note(12, ctx->args[2] & 0xff); return 0; }
SEC("tp/syscalls/sys_exit_clone3") int m(struct leave *ctx) { note(13, ctx->ret > 0); return 0; }
SEC("tp/syscalls/sys_exit_fork") int n(struct leave *ctx) { note(14, ctx->ret > 0); return 0; }
"""
COMMANDS = [
    ["sh", "-c", "for i in 1 2 3; do /bin/true; done; cd /; cd /nowhere; (exit 3); exit 0"],
    [
        "perl",
        "-e",
        "chdir '/'; chdir '/nowhere'; for (1..4) { my $p = fork; exit 0 unless $p; waitpid $p, 0 } system '/bin/true'",
    ],
    ["find", "/usr/share/doc/bash", "-type", "f"],
]

#: Runs as the user: imports come before the change, since the tests' Python may lie where that user can't read.
RUNNER = """
import json, os, shutil, sys
import ebpf, ebpf.elf.hooks, ebpf.events
spec_path, engine, command = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
if engine == "vm":
    from ebpf.vm.engine import VmEngine
    engine = VmEngine(jit=False)  # compiling would import what this user can't read
obj = ebpf.load(spec_path, engine=engine)
obj.attach()
if obj.engine.name == "vm":
    import ebpf.vm.trace.process, ebpf.vm.trace.child, ebpf.uapi.syscalls_table, warnings
    os.setgroups([]); os.setgid(UID); os.setuid(UID)
    process = obj.spawn(command)
    code = process.wait(60); process.wait_all(60); process.close()
else:
    pid = os.fork()
    if not pid:
        # What Python does before the command is the command's user's too: it is not counted, as the vm doesn't.
        path = shutil.which(command[0])
        os.setgroups([]); os.setgid(UID)
        import ctypes
        libc = ctypes.PyDLL(None)
        argv = (ctypes.c_char_p * (len(command) + 1))(*[word.encode() for word in command])
        environment = (ctypes.c_char_p * (len(os.environ) + 1))(*[f"{k}={v}".encode() for k, v in os.environ.items()])
        execve = libc.execve; program = path.encode()
        os.setuid(UID)
        execve(program, argv, environment)
        os._exit(127)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
counts = {key.hex(): int.from_bytes(value, sys.byteorder) for key, value in obj.maps["seen"].raw.items()}
obj.close()
print(json.dumps([code, counts]))
"""


def on_both(text: str, command: list[str], tmp_path: Path) -> tuple[dict[bytes, int], dict[bytes, int]]:
    """What the map `seen` counts of a command in the kernel and in the vm: key → count. The command ends the same in both."""
    import ebpf
    from ebpf import build
    from ebpf.errors import EbpfError

    if os.getuid():
        pytest.skip("needs root")
    source = tmp_path / "counts.bpf.c"
    source.write_text(text.replace("UID", str(UID)))
    compiled = tmp_path / "counts.o"
    compiled.write_bytes(build.compile(source))
    try:
        ebpf.load(compiled, engine="kernel").close()
    except EbpfError as error:
        pytest.skip(f"the kernel can't run it here: {error}")
    found = {}
    src = str(Path(__file__).resolve().parents[2] / "src")
    for engine in ("kernel", "vm"):
        done = subprocess.run(
            [sys.executable, "-c", RUNNER.replace("UID", str(UID)), str(compiled), engine, json.dumps(command)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": src},
            timeout=120,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr
        found[engine] = json.loads(done.stdout.splitlines()[-1])
    assert found["kernel"][0] == found["vm"][0]
    kernel, vm = ({bytes.fromhex(key): count for key, count in found[engine][1].items()} for engine in ("kernel", "vm"))
    return kernel, vm


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_the_same_counts(command: list[str], tmp_path: Path) -> None:
    kernel, vm = (
        {divmod(int.from_bytes(key, sys.byteorder), 1 << 56): count for key, count in counts.items()}
        for counts in on_both(SOURCE, command, tmp_path)
    )
    # Between setuid and execve the kernel sees the end of setuid itself, which the vm's command never made.
    for counts in (kernel, vm):
        counts.pop((11, 105), None)  # setuid's exit
        counts.pop((11, 146), None)
    assert {key: (kernel.get(key), vm.get(key)) for key in kernel | vm if kernel.get(key) != vm.get(key)} == {}
    assert kernel[8, 0] >= 1


#: What programs ask of a task and of what hangs on it. Pids and times are left out, which differ from run to run.
TASKS = """
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
struct task {
	u64 what, exit_code, thread, leader, parents, arguments, cgroup, caps;
	u32 uid, euid, fsgid, spaces[6];
	char comm[16], parent[16], node[32], file[64], group[64];
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, struct task); __type(value, u64);
} seen SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct task);
} room SEC(".maps");
static __always_inline int note(int what, struct task_struct *task, struct linux_binprm *program)
{
	u32 first = 0;
	u64 one = 1, *count;
	struct nsproxy *spaces = BPF_CORE_READ(task, nsproxy);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct task *t = bpf_map_lookup_elem(&room, &first);
	if (!t || (u32)bpf_get_current_uid_gid() != UID)
		return 0;
	__builtin_memset(t, 0, sizeof(*t));
	t->what = what;
	t->exit_code = BPF_CORE_READ(task, exit_code);
	t->thread = BPF_CORE_READ(task, pid) != BPF_CORE_READ(task, tgid);
	t->leader = BPF_CORE_READ(task, group_leader, pid) == BPF_CORE_READ(task, tgid);
	t->parents = BPF_CORE_READ(task, real_parent, tgid) == BPF_CORE_READ(task, parent, tgid);
	t->arguments = BPF_CORE_READ(task, mm, arg_end) - BPF_CORE_READ(task, mm, arg_start);
	t->cgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	bpf_core_read(&t->caps, sizeof(t->caps), &cred->cap_effective);
	t->uid = BPF_CORE_READ(cred, uid.val);
	t->euid = BPF_CORE_READ(task, real_cred, euid.val);
	t->fsgid = BPF_CORE_READ(cred, fsgid.val);
	t->spaces[0] = BPF_CORE_READ(spaces, uts_ns, ns.inum);
	t->spaces[1] = BPF_CORE_READ(spaces, ipc_ns, ns.inum);
	t->spaces[2] = BPF_CORE_READ(spaces, mnt_ns, ns.inum);
	t->spaces[3] = BPF_CORE_READ(spaces, pid_ns_for_children, ns.inum);
	t->spaces[4] = BPF_CORE_READ(spaces, net_ns, ns.inum);
	t->spaces[5] = BPF_CORE_READ(cred, user_ns, ns.inum);
	BPF_CORE_READ_STR_INTO(&t->comm, task, comm);
	BPF_CORE_READ_STR_INTO(&t->parent, task, real_parent, comm);
	BPF_CORE_READ_STR_INTO(&t->node, spaces, uts_ns, name.nodename);
	bpf_probe_read_kernel_str(t->group, sizeof(t->group), BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, name));
	if (program)
		bpf_probe_read_kernel_str(t->file, sizeof(t->file), BPF_CORE_READ(program, filename));
	count = bpf_map_lookup_elem(&seen, t);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&seen, t, &one, BPF_ANY);
	return 0;
}
SEC("tp/sched/sched_process_exec") int a(void *ctx) { return note(1, (void *)bpf_get_current_task(), 0); }
SEC("tp/sched/sched_process_exit") int b(void *ctx) { return note(2, (void *)bpf_get_current_task(), 0); }
SEC("raw_tp/sched_process_exec") int BPF_PROG(c, struct task_struct *task, int old, struct linux_binprm *program)
{
	return note(3, task, program);
}
SEC("tp_btf/sched_process_fork") int BPF_PROG(d, struct task_struct *parent, struct task_struct *child)
{
	/* The child isn't made whole yet; read without a helper. */
	return parent->pid == (u32)bpf_get_current_pid_tgid() ? note(4, parent, 0) : 0;
}
SEC("tp_btf/sched_process_exit") int BPF_PROG(e, struct task_struct *task)
{
	return task->tgid == bpf_get_current_pid_tgid() >> 32 ? note(5, task, 0) : 0;
}
"""


def test_the_same_of_a_task(tmp_path: Path) -> None:
    code = "import os, threading, time; threading.Thread(target=time.sleep, args=(60,)).start(); os._exit(7)"
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is only root's
        os.chmod(folder, 0o755)
        script = Path(folder, "script")
        script.write_text("#!/bin/sh\n/bin/true\nexit 3\n")
        script.chmod(0o755)
        kernel, vm = on_both(TASKS, ["sh", "-c", f"{script}; /usr/bin/python3 -c '{code}'; exit 5"], tmp_path)
    assert {key: (kernel.get(key), vm.get(key)) for key in kernel | vm if kernel.get(key) != vm.get(key)} == {}
    ends = {key[8:16] for key in kernel if key[0] == 2}
    assert {0x300, 0x500, 0x700} <= {int.from_bytes(end, sys.byteorder) for end in ends}
    assert any(str(script).encode() in key for key in kernel)


PROBES = """
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
char LICENSE[] SEC("license") = "GPL";
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, __u64); __type(value, __u64);
} seen SEC(".maps");
static __always_inline void note(__u64 what, __u64 number)
{
	__u64 key = what << 56 | (number & 0xffffff), zero = 0, *found;
	/* Two threads may come here at once: whoever is first makes the entry, and both add to it. */
	bpf_map_update_elem(&seen, &key, &zero, BPF_NOEXIST);
	found = bpf_map_lookup_elem(&seen, &key);
	if (found)
		__sync_fetch_and_add(found, 1);
}
SEC("uprobe/PATH:add") int BPF_UPROBE(a, long x) { note(1, x); return 0; }
SEC("uretprobe/PATH:add") int BPF_URETPROBE(b, long x) { note(2, x); return 0; }
SEC("uprobe/PATH:fib") int BPF_UPROBE(c, long x) { note(3, x); return 0; }
SEC("uretprobe/PATH:fib") int BPF_URETPROBE(d, long x) { note(4, x); return 0; }
SEC("uprobe/PATH:tail") int BPF_UPROBE(e, long x) { note(5, x); return 0; }
SEC("uretprobe/PATH:tail") int BPF_URETPROBE(f, long x) { note(6, x); return 0; }
SEC("uretprobe/PATH:last") int BPF_URETPROBE(g, long x) { note(7, x); return 0; }
SEC("uprobe/PATH:leaps") int BPF_UPROBE(h, int x) { note(8, x); return 0; }
SEC("uretprobe/PATH:leaps") int BPF_URETPROBE(i, int x) { note(9, x); return 0; }
SEC("uprobe/PATH:thread") int BPF_UPROBE(j) { note(10, 0); return 0; }
SEC("usdt/PATH:target:plain") int k(struct pt_regs *ctx) { note(11, 0); return 0; }
SEC("usdt/PATH:target:counted") int l(struct pt_regs *ctx) { note(12, 0); return 0; }
SEC("uprobe/PATH:first18") int BPF_UPROBE(m, long x) { note(13, x); return 0; }
SEC("uprobe/PATH:first2") int BPF_UPROBE(n, long x) { note(14, x); return 0; }
"""


#: Runs as the user from the start of the command on; what is imported later must be there before (see RUNNER).
AS_A_USER = """
import json, os, sys
import ebpf, ebpf.elf.hooks, ebpf.events
from ebpf.vm.engine import VmEngine
obj = ebpf.load(sys.argv[1], engine=VmEngine(jit=False))
obj.attach()
import ebpf.vm.trace.process, ebpf.vm.trace.child, ebpf.vm.trace.breakpoints, ebpf.vm.trace.emulate, ebpf.uapi.syscalls_table
os.setgroups([]); os.setgid(UID); os.setuid(UID)
process = obj.spawn(sys.argv[2:])
code = process.wait(60); process.wait_all(60); process.close()
print(json.dumps([code, os.geteuid(), process.notices, {str(key): value for key, value in obj.maps["seen"].items()}]))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can read."""
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="ebpf-probes-")
    os.chmod(folder, 0o755)
    yield Path(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["calls", "firsts", "threads", "forks", "signals", "probes"])
def test_the_same_probes(what: str, tmp_path: Path, open_folder: Path) -> None:
    """The kernel's counts, and those of an unprivileged run in the vm: the same binary, the same command."""
    import ebpf
    from ebpf import build
    from ebpf.errors import EbpfError

    if os.getuid() or os.uname().machine != "x86_64":
        pytest.skip("needs root, on x86-64")
    target = open_folder / "target"
    c_source = Path(__file__).resolve().parents[1] / "unit" / "trace_target.c"
    subprocess.run(["cc", "-O2", "-pthread", str(c_source), "-o", str(target)], check=True)
    source = tmp_path / "probes.bpf.c"
    source.write_text(PROBES.replace("PATH", str(target)))
    compiled = tmp_path / "probes.o"
    compiled.write_bytes(build.compile(source))
    try:
        obj = ebpf.load(compiled, engine="kernel")
    except EbpfError as error:
        pytest.skip(f"the kernel can't run it here: {error}")
    with obj:
        obj.attach()
        process = obj.spawn([str(target), what])
        assert process.wait(60) == 0
        process.close()
        wanted = {(key >> 56, key & 0xFFFFFF): value for key, value in obj.maps["seen"].items()}
    done = subprocess.run(
        [sys.executable, "-c", AS_A_USER.replace("UID", str(UID)), str(compiled), str(target), what],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
        timeout=200,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    code, user, notices, counts = json.loads(done.stdout.splitlines()[-1])
    assert (code, user, notices) == (0, UID, [])
    assert {(int(key) >> 56, int(key) & 0xFFFFFF): value for key, value in counts.items()} == wanted
    assert wanted
