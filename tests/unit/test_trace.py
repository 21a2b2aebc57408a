"""The tracer on real processes: what is counted, what programs see, and that the command runs as if nobody watched."""

from __future__ import annotations

import os
import signal
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from trace_host import Host, alive, can_trace, children_of, python, u64

from ebpf.errors import Closed, EbpfError, KernelError
from ebpf.hooks import Kprobe, Ksyscall, RawTracepoint, Tracepoint
from ebpf.uapi.syscalls import syscalls
from ebpf.vm import trace
from ebpf.vm.trace import machine as machines
from ebpf.vm.trace.task import REGISTERS_AT

pytestmark = can_trace
MACHINE = machines.this_machine()
EXECS = Kprobe("sys_execve")
FIVE = ["sh", "-c", "for i in 1 2 3 4 5; do /bin/true; done"]


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    before = set(children_of(os.getpid()))
    files = set(os.listdir("/proc/self/fd"))
    yield
    assert set(children_of(os.getpid())) <= before, "a process was left behind"
    assert len(os.listdir("/proc/self/fd")) <= len(files), "a descriptor was left behind"


def run(host: Host, command: list[str], timeout: float = 60) -> int:
    with trace.spawn(host, command) as process:
        code = process.wait(timeout)
        assert process.wait_all(timeout)
        assert process.living == 0
        return code


# ------------------------------------------------------------------------------------------------------ counting


@pytest.mark.parametrize(
    "hook",
    [
        EXECS,
        Kprobe("sys_execve", ret=True),
        Ksyscall("execve"),
        Ksyscall("execve", ret=True),
        Kprobe("__do_sys_execve"),
        Kprobe("__se_sys_execve", ret=True),
        Tracepoint("syscalls", "sys_enter_execve"),
        Tracepoint("syscalls", "sys_exit_execve"),
        Tracepoint("sched", "sched_process_exec"),
        RawTracepoint("sched_process_exec"),
    ],
    ids=repr,
)
def test_six_execs(host: Host, hook: Kprobe) -> None:
    seen = host.count(hook)
    assert run(host, FIVE) == 0
    assert len(seen) == 6
    assert len({tgid for _, tgid in seen}) == 6


@pytest.mark.parametrize("hook", [Tracepoint("sched", "sched_process_exit"), RawTracepoint("sched_process_exit")])
def test_six_exits(host: Host, hook: Tracepoint) -> None:
    seen = host.count(hook)
    assert run(host, FIVE) == 0
    assert len(seen) == 6


def test_five_forks_however_made(host: Host) -> None:
    seen, raw = host.count(Tracepoint("sched", "sched_process_fork")), host.count(RawTracepoint("sched_process_fork"))
    assert run(host, FIVE) == 0
    assert len(seen) == len(raw) == 5
    assert len({pid for pid, _ in seen}) == 1  # the parent


def test_nothing_attached_is_nothing_traced_but_the_command_runs(host: Host) -> None:
    assert run(host, ["sh", "-c", "exit 7"]) == 7


def test_several_programs_at_one_call_run_in_the_kernels_order(host: Host) -> None:
    order: list[str] = []
    number = syscalls(MACHINE.name).by_name["getppid"].number
    for name, hook in {
        "kprobe": Kprobe("sys_getppid"),
        "kretprobe": Kprobe("sys_getppid", ret=True),
        "enter": RawTracepoint("sys_enter"),
        "exit": Tracepoint("syscalls", "sys_exit_getppid"),
    }.items():

        def note(context: bytes, task: object, name: str = name) -> None:
            if task.call == number:  # type: ignore[attr-defined]
                order.append(name)

        host.attach(hook, note)
    assert run(host, python("import os; os.getppid()")) == 0
    assert order == ["enter", "kprobe", "kretprobe", "exit"]


def test_attached_and_detached_while_it_runs(host: Host) -> None:
    first, read_end = host.count(EXECS), os.pipe()
    late: list[bytes] = []
    saved = os.dup(0)
    os.dup2(read_end[0], 0)
    try:
        process = trace.spawn(host, ["sh", "-c", "/bin/true; read line; /bin/true; /bin/true; :"])
    finally:
        os.dup2(saved, 0)
        os.close(saved)
    with process:
        _until(lambda: len(first) == 2)
        host.detach(host.links[0])
        host.attach(EXECS, lambda context, task: late.append(context))
        os.write(read_end[1], b"\n")
        assert process.wait(60) == 0
    for fd in read_end:
        os.close(fd)
    assert len(first) == 2
    assert len(late) == 2


def _until(condition: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.005)


# ------------------------------------------------------------------------------------------------- what is seen


def test_the_wrapper_gets_a_pointer_to_the_callers_registers(host: Host) -> None:
    found: list[tuple[bytes, int, int]] = []

    def program(context: bytes, task: object) -> None:
        inner = u64(context, MACHINE.function_args[0])
        assert inner == REGISTERS_AT
        path = struct.unpack("=Q", task.read_memory(inner + 8 * MACHINE.args[0], 8))[0]  # type: ignore[attr-defined]
        number = struct.unpack("=Q", task.read_memory(inner + 8 * MACHINE.number, 8))[0]  # type: ignore[attr-defined]
        found.append((task.read_string(path, 64), number, len(context)))  # type: ignore[attr-defined]

    host.attach(Kprobe(f"__{'x64' if MACHINE.name == 'x86_64' else 'arm64'}_sys_execve"), program)
    assert run(host, ["/bin/true"]) == 0
    number = syscalls(MACHINE.name).by_name["execve"].number
    assert found == [(b"/bin/true\0", number, 8 * MACHINE.context)]


def test_the_function_behind_the_wrapper_gets_the_arguments(host: Host) -> None:
    contexts = host.record(Kprobe("__do_sys_openat2")), host.record(Kprobe("__se_sys_lseek"))
    assert run(host, python("import os; f = os.open('/dev/null', 0); os.lseek(f, 12345, 1)")) == 0
    seeks = [[u64(context, index) for index in MACHINE.function_args[1:3]] for context in contexts[1]]
    assert [12345, 1] in seeks


def test_return_values(host: Host) -> None:
    results: list[int] = []
    contexts = host.record(Ksyscall("chdir", ret=True))
    host.attach(Tracepoint("syscalls", "sys_exit_chdir"), lambda context, task: results.append(task.result))
    assert run(host, python("import os; os.chdir('/')\ntry: os.chdir('/nowhere')\nexcept OSError: pass")) == 0
    assert results == [0, -2]
    assert [u64(context, MACHINE.result) for context in contexts] == [0, (1 << 64) - 2]


def test_tracepoint_records(host: Host) -> None:
    enter = host.record(Tracepoint("syscalls", "sys_enter_lseek"))
    leave = host.record(Tracepoint("syscalls", "sys_exit_lseek"))
    every = host.record(Tracepoint("raw_syscalls", "sys_enter"))
    every_exit = host.record(Tracepoint("raw_syscalls", "sys_exit"))
    assert run(host, python("import os; f = os.open('/etc/passwd', 0); os.lseek(f, -5, 0)")) == 1
    number = syscalls(MACHINE.name).by_name["lseek"].number
    records = [struct.unpack("=8xi4xQqQ", record) for record in enter]
    assert (number, -5, 0) in [(record[0], record[2], record[3]) for record in records]
    assert (number, -22) in [struct.unpack("=8xi4xq", record) for record in leave]
    assert number in {u64(record, 1) for record in every}
    assert (1 << 64) - 5 in {u64(record, 3) for record in every if u64(record, 1) == number}
    assert (number, -22) in [struct.unpack("=8xqq", record) for record in every_exit]
    # The first is the start of the command, not what Python did on its way there.
    assert u64(every[0], 1) == syscalls(MACHINE.name).by_name["execve"].number


def test_raw_tracepoints(host: Host) -> None:
    enter, leave = host.record(RawTracepoint("sys_enter")), host.record(RawTracepoint("sys_exit"))
    assert run(host, ["/bin/true"]) == 0
    table = syscalls(MACHINE.name)
    assert u64(enter[0], 0) == REGISTERS_AT
    assert u64(enter[0], 1) == table.by_name["execve"].number
    assert u64(leave[0], 1) == 0
    assert u64(enter[-1], 1) == table.by_name["exit_group"].number
    assert len(enter) == len(leave) + 1  # exit_group doesn't come back
    assert {len(record) for record in enter + leave} == {96}


def test_the_child_also_leaves_the_call_that_made_it(host: Host) -> None:
    name = "fork" if MACHINE.name == "x86_64" else "clone"
    code = "import ctypes, os; pid = ctypes.CDLL(None).syscall(57)\nif pid: os.waitpid(pid, 0)"
    command = python(code if name == "fork" else "import os; pid = os.fork()\nif pid: os.waitpid(pid, 0)")
    results: list[tuple[bool, int]] = []
    host.attach(
        Tracepoint("syscalls", f"sys_exit_{name}"), lambda context, task: results.append((task.result > 0, task.pid))
    )
    functions = host.count(Kprobe(f"sys_{name}", ret=True))
    assert run(host, command) == 0
    assert sorted(positive for positive, _ in results) == [False, True]
    assert len({pid for _, pid in results}) == 2
    assert len(functions) == 1


def test_who_it_is(host: Host) -> None:
    seen: list[tuple[bytes, int, int, int, int]] = []
    host.attach(
        Kprobe("sys_getppid"),
        lambda context, task: seen.append((task.comm, task.uid, task.gid, task.ppid, task.start_time)),
    )
    assert run(host, python("import os; os.getppid()")) == 0
    ((comm, uid, gid, ppid, start),) = seen
    assert comm.startswith(b"python")
    assert (uid, gid, ppid) == (os.getuid(), os.getgid(), os.getpid())
    assert 0 < start <= time.clock_gettime(time.CLOCK_BOOTTIME) * 1e9


def test_lifetime_records(host: Host) -> None:
    forks = host.record(Tracepoint("sched", "sched_process_fork"))
    execs = host.record(Tracepoint("sched", "sched_process_exec"))
    ends = host.record(Tracepoint("sched", "sched_process_exit"))
    with trace.spawn(host, ["sh", "-c", "/bin/true; exit 0"]) as process:
        process.wait(60)
    parent_comm, parent, child_comm, child = struct.unpack("=8x16si16si", forks[0])
    assert parent_comm == child_comm == b"sh".ljust(16, b"\0")
    assert parent == process.pid
    where, pid, old = struct.unpack_from("=8xIii", execs[1])
    assert pid == old == child
    name = execs[1][where & 0xFFFF :][: where >> 16]
    assert name.endswith(b"true\0")
    assert [struct.unpack_from("=8x16sii?", end) for end in ends] == [
        (b"true".ljust(16, b"\0"), child, 120, True),
        (b"sh".ljust(16, b"\0"), parent, 120, True),
    ]


def test_a_fork_is_seen_before_what_the_child_does_though_others_end_meanwhile(host: Host) -> None:
    seen: list[tuple[bytes, bytes]] = []

    def program(context: bytes, task: object) -> None:
        child = struct.unpack("=8x16si16si", context)[3]
        parent = Path(f"/proc/{task.pid}/comm")  # type: ignore[attr-defined]
        seen.append((parent.read_bytes(), Path(f"/proc/{child}/comm").read_bytes()))

    host.attach(Tracepoint("sched", "sched_process_fork"), program)
    crowd = "for i in 1 2 3 4 5 6 7 8; do (for j in 1 2 3 4 5 6 7 8; do /bin/true & /bin/true; done; wait) & done; wait"
    assert run(host, ["sh", "-c", crowd]) == 0
    assert len(seen) == 8 + 8 * 8 * 2
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_memory_that_is_not_there(host: Host) -> None:
    errors: list[int | None] = []

    def program(context: bytes, task: object) -> None:
        for address in (0, 8, REGISTERS_AT - 8, REGISTERS_AT + 4096, (1 << 64) - 1, 1 << 70):
            with pytest.raises(OSError) as caught:
                task.read_memory(address, 8)  # type: ignore[attr-defined]
            errors.append(caught.value.errno)
        assert task.read_memory(0, 0) == b""  # type: ignore[attr-defined]

    host.attach(EXECS, program)
    assert run(host, ["/bin/true"]) == 0
    assert errors == [14] * 6


def test_a_string_that_ends_at_the_end_of_its_page(host: Host) -> None:
    found: list[bytes] = []
    code = (
        "import ctypes, mmap; libc = ctypes.CDLL(None); page = mmap.mmap(-1, 8192); "
        "at = ctypes.addressof(ctypes.c_char.from_buffer(page)); page[4092:4096] = b'end\\0'; "
        "libc.mprotect(ctypes.c_void_p(at + 4096), 4096, 0); libc.chdir(ctypes.c_void_p(at + 4092))"
    )
    host.attach(Ksyscall("chdir"), lambda context, task: found.append(task.read_string(task.args[0], 300)))
    assert run(host, python(code)) == 0
    assert found == [b"end\0"]


def test_writing_to_the_process(host: Host) -> None:
    host.attach(Ksyscall("chdir"), lambda context, task: task.write_memory(task.args[0], b"/tmp\0"))
    code = (
        "import ctypes, os; name = ctypes.create_string_buffer(b'/nowhere'); ctypes.CDLL(None).chdir(name); "
        "os._exit(os.getcwd() != '/tmp')"
    )
    assert run(host, python(code)) == 0


@pytest.mark.parametrize("value", [0, -13, 4711])
def test_override_return(host: Host, value: int) -> None:
    def program(context: bytes, task: object) -> None:
        task.override = value  # type: ignore[attr-defined]

    host.attach(Kprobe("sys_chdir"), program)
    results: list[int] = []
    host.attach(Tracepoint("syscalls", "sys_exit_chdir"), lambda context, task: results.append(task.result))
    code = "import ctypes, os; os.chdir('/'); ctypes.CDLL(None).chdir(b'/tmp'); os._exit(os.getcwd() != '/')"
    code = code.replace("os.chdir('/')", "root = os.getcwd()").replace("!= '/'", "!= root")
    assert run(host, python(code)) == 0
    assert len(results) == 1


def test_send_signal_from_a_program(host: Host) -> None:
    host.attach(Ksyscall("chdir"), lambda context, task: task.send_signal(signal.SIGUSR1))
    assert run(host, python("import os, time; os.chdir('/'); time.sleep(5)")) == -signal.SIGUSR1


def test_a_program_that_faults_is_told_of_once_and_the_command_goes_on(host: Host) -> None:
    def program(context: bytes, task: object) -> None:
        raise EbpfError("bad access at instruction 3")

    host.attach(EXECS, program)
    with trace.spawn(host, FIVE) as process:
        assert process.wait(60) == 0
        assert process.notices == ["bad access at instruction 3"]


def test_a_fault_of_ours_does_not_kill_the_command(host: Host) -> None:
    host.attach(EXECS, lambda context, task: 1 / 0)
    with trace.spawn(host, FIVE) as process:
        assert process.wait(60) == 0
        assert process.notices == ["internal error: ZeroDivisionError('division by zero')"]


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        (Kprobe("sys_chdir"), "system calls (chdir)"),
        (RawTracepoint("sys_enter"), "system calls (read, write, "),
        (Tracepoint("sched", "sched_process_exit"), "exits of processes"),
    ],
)
def test_what_was_attached_too_late_is_said_once(host: Host, hook: Kprobe, said: str) -> None:
    late: list[object] = []

    def attach(context: bytes, task: object) -> None:
        if not late:
            late.append(host.attach(hook, lambda context, task: None))

    host.attach(EXECS, attach)
    with trace.spawn(host, FIVE) as process:
        assert process.wait(60) == 0
        assert len(process.notices) == 1
        assert said in process.notices[0]


# --------------------------------------------------------------------------------------- as if nobody watched


@pytest.mark.parametrize("code", [0, 1, 3, 126, 255])
def test_exit_status(host: Host, code: int) -> None:
    host.count(EXECS)
    assert run(host, ["sh", "-c", f"exit {code}"]) == code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGSEGV])
def test_killed_by_a_signal(host: Host, number: int) -> None:
    host.count(EXECS)
    assert run(host, ["sh", "-c", f"kill -{number} $$"]) == -number


def test_signals_reach_handlers(host: Host, tmp_path: Path) -> None:
    seen = host.count(EXECS)
    ready = tmp_path / "ready"
    script = f"trap 'exit 42' USR1; : > {ready}; while :; do /bin/sleep 0.01; done"
    with trace.spawn(host, ["sh", "-c", script]) as process:
        _until(ready.exists)
        process.send_signal(signal.SIGUSR1)
        assert process.wait(60) == 42
        assert process.poll() == 42
    assert len(seen) >= 1


def test_stop_and_continue(host: Host) -> None:
    seen = host.count(EXECS)
    with trace.spawn(host, ["sh", "-c", "while :; do /bin/true; done"]) as process:
        _until(lambda: len(seen) > 5)
        for _ in range(3):
            process.send_signal(signal.SIGSTOP)
            _until(lambda: _state(process.pid) in "Tt")
            time.sleep(0.03)
            before = len(seen)
            time.sleep(0.05)
            assert len(seen) <= before + 1  # a child that was under way
            process.send_signal(signal.SIGCONT)
            _until(lambda before=before: len(seen) > before + 3)
    assert process.returncode == -signal.SIGKILL


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_stopped_child_is_seen_by_its_own_parent(host: Host) -> None:
    host.count(EXECS)
    code = (
        "import os, signal\nread, write = os.pipe()\npid = os.fork()\n"
        # The child ends only once its parent has seen it go on.
        "if not pid:\n os.kill(os.getpid(), signal.SIGSTOP); os.read(read, 1); os._exit(9)\n"
        "_, status = os.waitpid(pid, os.WUNTRACED); assert os.WIFSTOPPED(status)\n"
        "os.kill(pid, signal.SIGCONT)\n"
        "_, status = os.waitpid(pid, os.WCONTINUED); assert os.WIFCONTINUED(status), status\n"
        "os.write(write, b'x')\n"
        "_, status = os.waitpid(pid, 0); os._exit(os.WEXITSTATUS(status))"
    )
    assert run(host, python(code)) == 9


def test_double_fork_is_followed_after_the_command_ended(host: Host, tmp_path: Path) -> None:
    # A tracepoint: setsid looks for its command by trying execve in each folder of PATH.
    seen = host.count(Tracepoint("sched", "sched_process_exec"))
    done = tmp_path / "done"
    script = f"(setsid sh -c 'sleep 0.2; /bin/true; echo x > {done}' &) ; exit 5"
    with trace.spawn(host, ["sh", "-c", script]) as process:
        assert process.wait(60) == 5
        assert process.living > 0
        assert process.wait_all(60)
        assert done.exists()
    assert len(seen) == 5  # sh, setsid, sh, sleep, true


def test_close_ends_what_the_command_left_behind(host: Host) -> None:
    pids: list[int] = []
    host.attach(Tracepoint("sched", "sched_process_exec"), lambda context, task: pids.append(task.tgid))
    with trace.spawn(host, ["sh", "-c", "(setsid sleep 100 &); sleep 100 & exit 0"]) as process:
        assert process.wait(60) == 0
        _until(lambda: len(pids) == 4)
    assert not [pid for pid in pids if alive(pid)]


def test_vfork_and_posix_spawn(host: Host) -> None:
    seen = host.count(EXECS)
    code = "import os\nfor _ in range(3): os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)"
    assert run(host, python(code)) == 0
    assert len(seen) == 4


def test_two_hundred_threads(host: Host) -> None:
    seen = host.count(Ksyscall("getppid"))
    forks = host.count(Tracepoint("sched", "sched_process_fork"))
    code = (
        "import os, threading; threads = [threading.Thread(target=os.getppid) for _ in range(200)]\n"
        "for t in threads: t.start()\nfor t in threads: t.join()"
    )
    assert run(host, python(code)) == 0
    assert len(seen) == len(forks) == 200
    assert len({tgid for _, tgid in seen}) == 1
    assert len({pid for pid, _ in seen}) > 1


def test_a_thousand_threads_at_once(host: Host) -> None:
    seen, ends = host.count(Ksyscall("getppid")), host.count(Tracepoint("sched", "sched_process_exit"))
    code = (
        "import os, threading; threading.stack_size(65536); go = threading.Event()\n"
        "def work(): go.wait(); os.getppid()\n"
        "threads = [threading.Thread(target=work) for _ in range(1000)]\n"
        "for t in threads: t.start()\ngo.set()\nfor t in threads: t.join()"
    )
    assert run(host, python(code), 60) == 0
    assert len(seen) == 1000
    assert len(ends) == 1001


def test_no_signal_is_lost(host: Host) -> None:
    # Real-time signals queue: each of them must arrive, with its value, whatever else stops the process.
    host.count(RawTracepoint("sys_enter"))
    host.count(RawTracepoint("sys_exit"))
    code = (
        "import ctypes, os, signal; libc = ctypes.CDLL(None); seen = 0\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [34, 35])\n"
        "pid = os.fork()\n"
        "if not pid:\n"
        " for n in range(300): libc.sigqueue(os.getppid(), 34 + n % 2, ctypes.c_void_p(n))\n"
        " os._exit(0)\n"
        "while seen < 300 and signal.sigtimedwait([34, 35], 10): seen += 1\n"
        "os.waitpid(pid, 0); os._exit(seen != 300)"
    )
    assert run(host, python(code), 60) == 0
    delivered = (
        "import os, signal; seen = []\n"
        "for n in (10, 12, 14): signal.signal(n, lambda n, f: seen.append(n))\n"
        "for _ in range(100):\n for n in (10, 12, 14): os.kill(os.getpid(), n)\n"
        "os._exit(len(seen) != 300)"
    )
    assert run(host, python(delivered), 60) == 0


def test_a_thread_that_calls_exec_takes_the_leaders_place(host: Host) -> None:
    calls, execs = host.count(Kprobe("sys_execve")), host.count(Tracepoint("sched", "sched_process_exec"))
    returns = host.count(Kprobe("sys_execve", ret=True))
    code = (
        "import os, threading, time\nfor _ in range(5): threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "threading.Thread(target=os.execv, args=('/bin/sh', ['sh', '-c', 'exit 6'])).start(); time.sleep(60)"
    )
    with trace.spawn(host, python(code)) as process:
        assert process.wait(60) == 6
    assert [tgid for _, tgid in calls] == [process.pid] * 2
    assert calls[1][0] != process.pid  # the thread's own id at entry
    assert execs[1] == returns[1] == (process.pid, process.pid)


def test_a_leader_that_ends_before_its_threads(host: Host) -> None:
    seen = host.count(EXECS)
    code = (
        "import ctypes, os, threading, time\n"
        "def late():\n time.sleep(0.2); os.spawnv(os.P_WAIT, '/bin/true', ['true']); os._exit(8)\n"
        "threading.Thread(target=late).start(); ctypes.CDLL(None).syscall("
        f"{syscalls(MACHINE.name).by_name['exit'].number}, 0)"
    )
    assert run(host, python(code)) == 8
    assert len(seen) == 2


def test_a_burst_of_processes(host: Host) -> None:
    seen = host.count(EXECS)
    script = "i=0; while [ $i -lt 60 ]; do /bin/true & i=$((i+1)); done; wait"
    assert run(host, ["sh", "-c", script]) == 0
    assert len(seen) == 61


def test_its_own_debugger_is_refused_as_under_any_tracer(host: Host) -> None:
    # PTRACE_TRACEME: EPERM, since the command is traced already.
    host.count(EXECS)
    assert run(host, python("import ctypes, os; os._exit(ctypes.CDLL(None).ptrace(0, 0, 0, 0) & 1)")) == 1


def test_python_signals_and_files_are_as_a_shell_would_leave_them(host: Host) -> None:
    host.count(EXECS)
    # SIGPIPE kills again; no descriptor of ours is open in the command.
    assert run(host, ["sh", "-c", "kill -PIPE $$"]) == -signal.SIGPIPE
    inherited = [fd for fd in range(3, 64) if _inheritable(fd)]
    code = "import os; os._exit(len([fd for fd in range(3, 64) if os.path.exists(f'/proc/self/fd/{fd}')]))"
    assert run(host, python(code)) == len(inherited)


def _inheritable(fd: int) -> bool:
    try:
        return os.get_inheritable(fd)
    except OSError:
        return False


def test_two_commands_at_once(host: Host) -> None:
    seen = host.count(EXECS)
    with trace.spawn(host, FIVE) as one, trace.spawn(host, FIVE) as two:
        assert one.wait(60) == two.wait(10) == 0
    assert len(seen) == 12


def test_other_children_of_ours_are_left_alone(host: Host) -> None:
    host.count(EXECS)
    stranger = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 33"], dict(os.environ))
    with trace.spawn(host, ["sh", "-c", "sleep 0.1"]) as process:
        assert process.wait(60) == 0
    assert os.waitstatus_to_exitcode(os.waitpid(stranger, 0)[1]) == 33


def test_spawn_from_a_thread(host: Host) -> None:
    seen, codes = host.count(EXECS), []
    thread = threading.Thread(target=lambda: codes.append(run(host, FIVE)))
    thread.start()
    thread.join(20)
    assert codes == [0]
    assert len(seen) == 6


# -------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("command", "errno", "said"),
    [
        (["no-such-command-here"], 2, "no folder of PATH"),
        (["/no/such/file"], 2, "no such file"),
        (["/etc/passwd"], 13, "executed"),
        (["/etc"], 13, "executed"),
        ([""], 2, "''"),
    ],
)
def test_a_command_that_cannot_run(host: Host, command: list[str], errno: int, said: str) -> None:
    host.count(EXECS)
    with pytest.raises(KernelError) as caught:
        trace.spawn(host, command)
    assert caught.value.errno == errno
    assert said in str(caught.value)


def test_a_file_that_is_no_program(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("neither ELF nor script\n")
    path.chmod(0o755)
    host.count(EXECS)
    with pytest.raises(KernelError) as caught:
        trace.spawn(host, [str(path)])
    assert caught.value.errno == 8
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("command", ["ls", [], b"ls"])
def test_a_command_is_a_list_of_words(host: Host, command: object) -> None:
    with pytest.raises(TypeError):
        trace.spawn(host, command)  # type: ignore[arg-type]


def test_wait_times_out(host: Host) -> None:
    with trace.spawn(host, ["sleep", "60"]) as process:
        assert process.poll() is None
        with pytest.raises(TimeoutError):
            process.wait(0.05)
        assert not process.wait_all(0.01)
    assert process.returncode == -signal.SIGKILL
    process.close()
    with pytest.raises(Closed):
        process.send_signal(signal.SIGTERM)


def test_return_from_a_signal_handler_has_no_number(host: Host) -> None:
    records = host.record(Tracepoint("raw_syscalls", "sys_exit"))
    named = host.record(Tracepoint("syscalls", "sys_exit_rt_sigreturn"))
    functions = host.count(Kprobe("sys_rt_sigreturn", ret=True))
    code = "import os, signal; signal.signal(10, lambda *a: None); os.kill(os.getpid(), 10)"
    assert run(host, python(code)) == 0
    assert [struct.unpack("=8xqq", record)[0] for record in records].count(-1) == 1
    assert not named
    assert len(functions) == 1
