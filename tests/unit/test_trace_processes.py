"""The tracer in a process of its own: unprivileged, killed midway, on a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from trace_host import SRC, alive, can_trace, children_of

pytestmark = can_trace

#: Everything is imported before rights are given up: the tests' own Python may lie where others can't read.
PRELUDE = f"""
import os, sys
sys.path[:0] = [{str(SRC)!r}, {str(Path(__file__).parent)!r}]
import signal, struct, threading, time, warnings, difflib, encodings.idna
from trace_host import Host
import ebpf.uapi.syscalls_table, ebpf.vm.trace.process
from ebpf.errors import EbpfError
from ebpf.hooks import *
from ebpf.vm import trace
def drop():
    if os.getuid() == 0:
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
host = Host()
seen = host.count(Tracepoint("sched", "sched_process_exec"))
calls = host.count(Kprobe("sys_execve"))
"""


def script(body: str, **options: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + body], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )  # type: ignore[call-overload, no-any-return]


def finish(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


def test_an_ordinary_user_counts_the_same() -> None:
    code, out, err = finish(
        script(
            "drop()\nwith trace.spawn(host, ['sh', '-c', 'for i in 1 2 3 4 5; do /bin/true; done; exit 3']) as p:\n"
            "    print(p.wait(20), len(seen), len(calls), os.getuid() != 0, p.notices)"
        )
    )
    assert (code, out, err) == (0, "3 6 6 True []\n", "")


@pytest.mark.skipif(os.getuid() != 0, reason="needs root to make a set-user-ID file")
def test_a_set_user_id_program_runs_without_its_rights_and_that_is_said() -> None:
    folder = Path(f"/var/tmp/ebpf-trace-{os.getpid()}")
    folder.mkdir(mode=0o755)
    try:
        tool = folder / "id"
        tool.write_bytes(Path("/usr/bin/id").read_bytes())
        tool.chmod(0o4755)
        code, out, err = finish(
            script(
                f"drop()\nwith trace.spawn(host, [{str(tool)!r}, '-u']) as p:\n"
                "    p.wait(20); sys.stdout.flush(); print(p.notices, flush=True)"
            )
        )
        assert code == 0, err
        assert out.splitlines()[0] == "65534"
        assert f"{tool} (" in out
        assert "runs without its set-user-ID" in out
        # As root it is another matter: nothing is taken away, nothing is said.
        code, out, err = finish(
            script(f"with trace.spawn(host, [{str(tool)!r}, '-u']) as p:\n    p.wait(20); print(p.notices, flush=True)")
        )
        assert out.splitlines() == ["0", "[]"]
    finally:
        tool.unlink()
        folder.rmdir()


def test_killed_midway_it_leaves_nothing_behind() -> None:
    tracer = script(
        "drop()\np = trace.spawn(host, ['sh', '-c', '(setsid sleep 100 &); sleep 100 & while :; do /bin/true; done'])\n"
        "while len(seen) < 30: time.sleep(0.01)\nprint(*{t for _, t in seen}, flush=True)\ntime.sleep(60)"
    )
    assert tracer.stdout is not None
    pids = [int(word) for word in tracer.stdout.readline().split()]
    assert len([pid for pid in pids if alive(pid)]) >= 3
    tracer.kill()
    tracer.communicate(timeout=10)
    until(lambda: not [pid for pid in pids if alive(pid)])


def test_a_stopped_command_does_not_outlive_its_killed_tracer() -> None:
    tracer = script(
        "p = trace.spawn(host, ['sleep', '100'])\np.send_signal(signal.SIGSTOP)\nprint(p.pid, flush=True)\ntime.sleep(60)"
    )
    assert tracer.stdout is not None
    pid = int(tracer.stdout.readline())
    until(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "tT")
    tracer.kill()
    tracer.communicate(timeout=10)
    until(lambda: not alive(pid))


def test_an_exit_without_close_ends_the_command() -> None:
    code, out, err = finish(script("p = trace.spawn(host, ['sleep', '100'])\nprint(p.pid, flush=True)"))
    assert (code, err) == (0, "")
    until(lambda: not alive(int(out)))


def test_an_exception_in_the_with_block_ends_the_command() -> None:
    code, out, err = finish(
        script("with trace.spawn(host, ['sleep', '100']) as p:\n    print(p.pid, flush=True)\n    raise SystemExit(9)")
    )
    assert (code, err) == (9, "")
    assert not alive(int(out))


def test_where_tracing_is_forbidden_it_says_so() -> None:
    # A filter of our own stands for a container that forbids ptrace(2).
    code, out, err = finish(
        script(
            "from ebpf.vm.trace import ptrace, seccomp, machine\n"
            "m = machine.this_machine(); n = ebpf.vm.trace.process.this_machine()[1].by_name['ptrace'].number\n"
            "f = [(*i[:3], 0x50001 if i[3] == seccomp.RET_TRACE else i[3]) for i in seccomp.filter_for(m.audit_arch, [n])]\n"
            "ptrace.prctl(ptrace.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); seccomp.Filter(f).install()\n"
            "try: trace.spawn(host, ['true'])\nexcept EbpfError as error: print(error)\n"
            "print(os.listdir('/proc/self/task') == [str(os.getpid())], threading.active_count())\n"
            "try: os.waitpid(-1, 0)\nexcept ChildProcessError: print('no child')"
        )
    )
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("trace a child of this process: Operation not permitted; ")
    assert lines[2:] == ["no child"]


def test_a_terminal_is_passed_through() -> None:
    body = (
        "with trace.spawn(host, ['sh', '-c', 'stty size; test -t 0 && test -t 1 && echo tty; read x; echo got $x; "
        'trap "echo int; exit 5" INT; echo ready; while :; do sleep 0.05; done\']) as p:\n'
        "    while True:\n"
        "        try: print('code', p.wait(20)); break\n"
        "        except KeyboardInterrupt: print('ours', flush=True)\n"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", PRELUDE + body])
    seen = b""

    def expect(what: bytes) -> None:
        nonlocal seen
        end = time.monotonic() + 20
        while what not in seen:
            assert time.monotonic() < end, seen
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    seen += os.read(terminal, 4096)
                except OSError:
                    break
        assert what in seen, seen

    try:
        expect(b"tty")
        os.write(terminal, b"words\n")
        expect(b"got words")
        expect(b"ready")
        os.write(terminal, b"\x03")  # to both of us, as the terminal does
        expect(b"int")
        expect(b"code 5")
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    finally:
        os.close(terminal)


def test_many_commands_leave_nothing() -> None:
    code, out, err = finish(
        script(
            "for _ in range(30):\n    with trace.spawn(host, ['sh', '-c', '/bin/true; :']) as p: p.wait(10)\n"
            "print(len(calls), len(os.listdir('/proc/self/fd')) < 8, threading.active_count())"
        )
    )
    assert (code, out, err) == (0, "60 True 1\n", "")


def test_the_tests_leave_nothing_either() -> None:
    assert not [pid for pid in children_of(os.getpid()) if alive(pid)]


def test_hangup_of_the_terminal_ends_both() -> None:
    body = "with trace.spawn(host, ['sleep', '100']) as p:\n    print('pid', p.pid, flush=True)\n    p.wait(60)\n"
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", PRELUDE + body])
    text = b""
    while not (b"pid" in text and text.endswith(b"\n")):
        text += os.read(terminal, 1000)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGHUP
    until(lambda: not alive(int(text.split()[1])))
