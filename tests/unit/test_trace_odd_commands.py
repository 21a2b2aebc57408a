"""Commands that make it hard to be followed: daemons, clone3, kills and stops at any moment, debuggers. None is lost, left
behind as a zombie, or robbed of a signal."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from trace_host import Host, alive, can_trace, children_of, python

from ebpf.hooks import Kprobe, PerfEvent, Tracepoint
from ebpf.vm import trace

pytestmark = can_trace
EXECS = Kprobe("sys_execve")
PATIENCE = 60


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    before = set(children_of(os.getpid()))
    yield
    assert set(children_of(os.getpid())) <= before, "a process was left behind"


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing happened in a minute"
        time.sleep(0.005)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def run(host: Host, command: list[str]) -> int:
    with trace.spawn(host, command) as process:
        code = process.wait(PATIENCE)
        assert process.wait_all(PATIENCE)
        assert process.living == 0 and process.notices == []
        return code


def test_clone3(host: Host) -> None:
    seen, forks = host.count(EXECS), host.count(Tracepoint("sched", "sched_process_fork"))
    code = (
        "import ctypes, os, signal, struct\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "arguments = struct.pack('=11Q', 0, 0, 0, 0, signal.SIGCHLD, *[0] * 6)\n"
        "for _ in range(5):\n"
        " pid = libc.syscall(435, arguments, len(arguments))\n"
        " if pid < 0: os._exit(77 if ctypes.get_errno() == 38 else 1)\n"
        " if not pid: os.execv('/bin/true', ['true'])\n"
        " assert os.waitpid(pid, 0)[1] == 0\n"
    )
    status = run(host, python(code))
    if status == 77:
        pytest.skip("no clone3(2) here")
    assert status == 0
    assert (len(seen), len(forks)) == (6, 5)


def test_a_daemon_is_followed_and_ended(host: Host, tmp_path: Path) -> None:
    """As daemon(3) does it: two forks, a session and a folder of its own, nothing open; it takes no hint to go."""
    seen = host.count(EXECS)
    ready = tmp_path / "ready"
    code = (
        "import os, signal, time\n"
        "if os.fork(): os._exit(3)\n"
        "os.setsid()\n"
        "if os.fork(): os._exit(0)\n"
        "os.chdir('/'); os.closerange(0, 64)\n"
        "for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT): signal.signal(number, signal.SIG_IGN)\n"
        "os.spawnv(os.P_WAIT, '/bin/true', ['true'])\n"
        f"open({str(ready)!r}, 'w').write(str(os.getpid()))\n"
        "while True: time.sleep(60)\n"
    )
    with trace.spawn(host, python(code)) as process:
        assert process.wait(PATIENCE) == 3
        until(lambda: ready.exists() and ready.read_text())
        daemon = int(ready.read_text())
        assert len(seen) == 2 and alive(daemon) and process.living == 1
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            os.kill(daemon, number)
        assert alive(daemon)
    assert not alive(daemon)


def test_killed_from_outside_while_its_children_go_on(host: Host, tmp_path: Path) -> None:
    seen = host.count(EXECS)
    started, gate, done = (tmp_path / name for name in ("started", "gate", "done"))
    child = f"echo x >> {started}; while [ ! -e {gate} ]; do /bin/sleep 0.02; done; echo x >> {done}"
    with trace.spawn(host, ["sh", "-c", f"for i in 1 2 3 4 5; do ({child}) & done; /bin/sleep 1000"]) as process:
        until(lambda: started.exists() and len(started.read_text()) == 10)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
        count = len(seen)
        until(lambda: len(seen) > count + 5)  # their events still come
        gate.touch()
        until(lambda: done.exists() and len(done.read_text()) == 10)
        until(lambda: process.living <= 1)  # the sleep has no parent any more; it goes with the tracer


@pytest.mark.parametrize("wait", ["", "wait $! 2>/dev/null; "], ids=["at once", "one by one"])
def test_children_killed_on_their_way_to_exec(host: Host, wait: str) -> None:
    host.count(EXECS)
    host.count(Tracepoint("sched", "sched_process_fork"))
    host.count(Tracepoint("sched", "sched_process_exit"))
    script = f"i=0; while [ $i -lt 80 ]; do sleep 1000 & kill -9 $!; {wait}i=$((i+1)); done; wait; exit 4"
    assert run(host, ["sh", "-c", script]) == 4


@pytest.mark.parametrize("sampled", [False, True])
def test_threads_killed_as_they_are_made(host: Host, sampled: bool) -> None:
    """A thread that is killed at its event stands at its exit when it is asked whom it made: the answer isn't a thread's id.
    (With samples the run would never end, for want of that thread's end.)"""
    if sampled:
        host.record(PerfEvent(frequency=50))
    host.count(Tracepoint("sched", "sched_process_fork"))
    host.count(Tracepoint("sched", "sched_process_exit"))
    code = (
        "import os, signal, threading, time\n"
        "for round in range(20):\n"
        " pid = os.fork()\n"
        " if not pid:\n"
        "  while True: threading.Thread(target=time.sleep, args=(60,)).start()\n"
        " time.sleep(0.002 * round); os.kill(pid, signal.SIGKILL)\n"
        " assert os.waitpid(pid, 0)[1] == signal.SIGKILL\n"
        "os._exit(6)"
    )
    assert run(host, python(code)) == 6


def test_killed_while_it_is_stopped(host: Host) -> None:
    host.count(EXECS)
    with trace.spawn(host, ["sleep", "1000"]) as process:
        process.send_signal(signal.SIGSTOP)
        until(lambda: state(process.pid) in "Tt")
        process.send_signal(signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL


def test_job_control(host: Host) -> None:
    """A group of processes is stopped and goes on as a whole, as a shell does it with its jobs."""
    host.count(EXECS)
    code = (
        "import os, signal\n"
        "pids = []\n"
        "for _ in range(3):\n"
        " pid = os.fork()\n"
        " if not pid: signal.pause(); os._exit(5)\n"
        " os.setpgid(pid, pids[0] if pids else pid); pids.append(pid)\n"
        "for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGSTOP):\n"
        " os.killpg(pids[0], number)\n"
        " for pid in pids:\n"
        "  status = os.waitpid(pid, os.WUNTRACED)[1]\n"
        "  assert os.WIFSTOPPED(status) and os.WSTOPSIG(status) == number, status\n"
        " os.killpg(pids[0], signal.SIGCONT)\n"
        " for pid in pids: assert os.WIFCONTINUED(os.waitpid(pid, os.WCONTINUED)[1])\n"
        "os.killpg(pids[0], signal.SIGTERM)\n"
        "for pid in pids: assert os.waitpid(pid, 0)[1] == signal.SIGTERM\n"
        "os._exit(7)"
    )
    assert run(host, python(code)) == 7


def test_a_debugger_among_them_is_refused_and_goes_on(host: Host) -> None:
    """Who is traced can't be traced by another: PTRACE_ATTACH and PTRACE_SEIZE give EPERM, the child lives on."""
    host.count(EXECS)
    code = (
        "import ctypes, os, signal\nlibc = ctypes.CDLL(None, use_errno=True)\npid = os.fork()\n"
        "if not pid: signal.pause()\n"
        "for request in (16, 0x4206):\n"
        " assert libc.ptrace(request, pid, None, None) == -1 and ctypes.get_errno() == 1, ctypes.get_errno()\n"
        "os.kill(pid, signal.SIGTERM); assert os.waitpid(pid, 0)[1] == signal.SIGTERM\n"
        "os._exit(9)"
    )
    assert run(host, python(code)) == 9


def test_orphans_that_come_back_to_a_subreaper(host: Host) -> None:
    seen = host.count(EXECS)
    code = (
        "import ctypes, os\nassert not ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)\n"
        "pid = os.fork()\n"
        "if not pid:\n"
        " for _ in range(4):\n"
        "  if not os.fork(): os.execv('/bin/true', ['true'])\n"
        " os._exit(0)\n"
        "found = 0\n"
        "while True:\n"
        " try: found += os.wait()[1] == 0\n"
        " except ChildProcessError: break\n"
        "os._exit(found)"
    )
    assert run(host, python(code)) == 5
    assert len(seen) == 5


def test_a_command_with_a_seccomp_filter_of_its_own(host: Host) -> None:
    """Its filter goes on: what it refuses stays refused, and is not seen; what it lets through is."""
    refused, seen = host.count(Kprobe("__x64_sys_getppid")), host.count(Kprobe("__x64_sys_getuid"))
    code = (
        "import ctypes, os, platform, struct\n"
        "number = {'x86_64': 110, 'aarch64': 173}[platform.machine()]\n"
        "code = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (6, 0, 0, 0x50000 | 42), (6, 0, 0, 0x7fff0000)]\n"
        "text = ctypes.create_string_buffer(b''.join(struct.pack('=HBBI', *one) for one in code))\n"
        "program = ctypes.create_string_buffer(struct.pack('@HP', len(code), ctypes.addressof(text)))\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "assert not libc.prctl(38, 1, 0, 0, 0)\n"
        "before = os.getppid()\n"
        "assert not libc.prctl(22, 2, program, 0, 0), ctypes.get_errno()\n"
        "libc.syscall(number); assert ctypes.get_errno() == 42\n"
        "os.getuid(); os._exit(9)"
    )
    assert run(host, python(code)) == 9
    assert len(refused) == 1
    assert len(seen) >= 1
