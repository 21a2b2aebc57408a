"""Probes in user programs: counted exactly, and the program can't tell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trace_host import Host, can_trace, python, u64

import ebpf
from ebpf.errors import EbpfError, HookError, NotSupported
from ebpf.hooks import Kprobe, Tracepoint, Uprobe, UprobeMulti, Usdt
from ebpf.spec import ProgramSpec
from ebpf.vm import trace
from ebpf.vm.trace import machine as machines
from ebpf.vm.trace.emulate import emulate

pytestmark = can_trace
MACHINE = machines.this_machine()
SOURCE = Path(__file__).with_name("trace_target.c")
x86_64 = pytest.mark.skipif(MACHINE is None or MACHINE.name != "x86_64", reason="instructions of x86-64")


def _compiler() -> list[str]:
    found = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    return [found] if found else [sys.executable, "-m", "ziglang", "cc"]


@pytest.fixture(scope="module", params=["pie", "no-pie"])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("target") / request.param
    flags = ["-O2", "-g", "-pthread", f"-f{request.param}", f"-{request.param}"]
    done = subprocess.run([*_compiler(), *flags, str(SOURCE), "-o", str(path)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no C compiler for this machine: {done.stderr[:200]}")
    return str(path)


class Seen(list[Any]):
    pass


def run(host: Host, command: list[str], tmp_path: Path) -> str:
    """What the command prints, traced; the same as untraced."""
    plain = subprocess.run(command, capture_output=True, text=True, timeout=30)
    out = tmp_path / "out"
    saved = os.dup(1)
    with out.open("wb") as file:
        sys.stdout.flush()
        os.dup2(file.fileno(), 1)
    try:
        with trace.spawn(host, command) as process:
            code = process.wait(60)
            assert process.wait_all(10)
            assert process.notices == []
    finally:
        os.dup2(saved, 1)
        os.close(saved)
    text = out.read_text()
    assert (code, text) == (plain.returncode, plain.stdout)
    return text


def results(host: Host, hook: Uprobe) -> list[int]:
    """A list that gets the result of each call."""
    found: list[int] = []
    host.attach(hook, lambda context, task: found.append(u64(context, MACHINE.result)))
    return found


def first_args(host: Host, hook: Uprobe | UprobeMulti) -> list[int]:
    found: list[int] = []
    host.attach(hook, lambda context, task: found.append(u64(context, MACHINE.function_args[0])))
    return found


def test_arguments_and_results(target: str, tmp_path: Path) -> None:
    host = Host()
    adds, sums = first_args(host, Uprobe(target, "add")), results(host, Uprobe(target, "add", ret=True))
    texts: list[bytes] = []
    host.attach(
        Uprobe(target, "name"),
        lambda context, task: texts.append(task.read_string(u64(context, MACHINE.function_args[0]), 20)),
    )
    run(host, [target, "calls"], tmp_path)
    assert (adds, sums, texts) == ([20], [42], [b"text\0"])


def test_recursion(target: str, tmp_path: Path) -> None:
    host = Host()
    calls, returns = first_args(host, Uprobe(target, "fib")), results(host, Uprobe(target, "fib", ret=True))
    run(host, [target, "calls"], tmp_path)
    assert len(returns) == len(calls) > 20
    assert returns[-1] == 55
    assert calls[0] == 10


def test_a_jump_in_place_of_a_call_returns_for_both(target: str, tmp_path: Path) -> None:
    host = Host()
    order: list[str] = []
    for name in ("tail", "last"):
        host.attach(Uprobe(target, name), lambda context, task, name=name: order.append(name))
        host.attach(
            Uprobe(target, name, ret=True),
            lambda context, task, name=name: order.append(f"{name}={u64(context, MACHINE.result)}"),
        )
    run(host, [target, "calls"], tmp_path)
    assert order == ["tail", "last", "last=18", "tail=18"]


def test_frames_left_by_longjmp(target: str, tmp_path: Path) -> None:
    host = Host()
    entered, left = first_args(host, Uprobe(target, "leaps")), results(host, Uprobe(target, "leaps", ret=True))
    after = results(host, Uprobe(target, "after", ret=True))
    run(host, [target, "calls"], tmp_path)
    assert entered[0] == 3
    assert left == []
    assert after == [7]


@x86_64
def test_every_first_instruction_does_what_the_cpu_does(target: str, tmp_path: Path) -> None:
    host = Host()
    seen = first_args(host, UprobeMulti(target, ["first*"]))
    text = run(host, [target, "firsts"], tmp_path)
    lines = text.count("\n")
    assert lines == 24
    assert len(seen) >= 3 * 24


@x86_64
def test_returns_of_the_same(target: str, tmp_path: Path) -> None:
    # first4 and the like look at the stack, which a return probe changes: only those that don't.
    host = Host()
    names = [f"first{number}" for number in range(1, 25) if number not in (14, 19)]
    seen = [results(host, Uprobe(target, name, ret=True)) for name in names]
    run(host, [target, "firsts"], tmp_path)
    assert [len(found) for found in seen] == [3] * len(names)


def test_threads_miss_nothing(target: str, tmp_path: Path) -> None:
    host = Host()
    name = "first18" if MACHINE.name == "x86_64" else "add"
    pids: list[int] = []
    host.attach(Uprobe(target, name), lambda context, task: pids.append(task.pid))
    returns = results(host, Uprobe(target, name, ret=True))
    run(host, [target, "threads"], tmp_path)
    assert len(pids) == len(returns) == 400
    assert len(set(pids)) == 8


def test_forks_and_spawns(target: str, tmp_path: Path) -> None:
    host = Host()
    pids: list[int] = []
    host.attach(Uprobe(target, "add"), lambda context, task: pids.append(task.tgid))
    returns = results(host, Uprobe(target, "add", ret=True))
    run(host, [target, "forks"], tmp_path)
    # itself, three children, the spawned one, the vforked one, itself
    assert sorted(returns) == [1, 2, 2, 3, 4, 6, 42]
    assert len(set(pids)) == 6


def test_signals_while_it_is_probed(target: str, tmp_path: Path) -> None:
    host = Host()
    calls, returns = first_args(host, Uprobe(target, "fib")), results(host, Uprobe(target, "fib", ret=True))
    handler = first_args(host, Uprobe(target, "after"))
    run(host, [target, "signals"], tmp_path)
    assert len(calls) == len(returns) >= 200  # compilers unroll some of the recursion
    assert len(calls) % 200 == 0
    assert len(handler) >= 1


def test_a_library_as_it_is_loaded() -> None:
    host = Host()
    seen, parents = host.count(Uprobe("libc", "getppid")), results(host, Uprobe("libc.so.6", "getppid", ret=True))
    code = (
        "import os\nfor _ in range(5): os.getppid()\npid = os.fork()\n"
        "if not pid: os.getppid(); os._exit(0)\nos.waitpid(pid, 0)"
    )
    with trace.spawn(host, python(code)) as process:
        assert process.wait(20) == 0
    assert len(seen) == 6
    assert parents[:5] == [os.getpid()] * 5
    assert parents[5] == process.pid


def test_a_library_that_is_loaded_later(target: str, tmp_path: Path) -> None:
    library = tmp_path / "libown.so"
    source = tmp_path / "own.c"
    source.write_text("long own(long a) { return a * 2; }\n")
    subprocess.run([*_compiler(), "-shared", "-fPIC", "-O2", str(source), "-o", str(library)], check=True)
    host = Host()
    seen, twice = first_args(host, Uprobe(str(library), "own")), results(host, Uprobe(str(library), "own", ret=True))
    code = (
        f"import ctypes, _ctypes\nfor i in range(3):\n"
        f" own = ctypes.CDLL({str(library)!r}); own.own(i); h = own._handle; del own\n"
        " _ctypes.dlclose(h)"
    )
    with trace.spawn(host, python(code)) as process:
        assert process.wait(20) == 0
    assert seen == [0, 1, 2]
    assert twice == [0, 2, 4]


def test_with_system_calls_and_lifetime_beside(target: str, tmp_path: Path) -> None:
    host = Host()
    execs, forks = host.count(Kprobe("sys_execve")), host.count(Tracepoint("sched", "sched_process_fork"))
    adds = first_args(host, Uprobe(target, "add"))
    maps = host.count(Kprobe("sys_mmap"))
    run(host, [target, "forks"], tmp_path)
    assert len(execs) == 2
    assert len(forks) == 5
    assert len(adds) == 7
    assert len(maps) > 4


def test_attached_and_detached_while_it_runs(target: str, tmp_path: Path) -> None:
    host = Host()
    late: list[int] = []
    link = host.attach(Uprobe(target, "add"), lambda context, task: swap())

    def swap() -> None:
        host.detach(link)
        host.attach(Uprobe(target, "after"), lambda context, task: late.append(u64(context, MACHINE.function_args[0])))

    run(host, [target, "calls"], tmp_path)
    assert late == [7]


def test_an_offset_and_a_place_in_the_middle(target: str, tmp_path: Path) -> None:
    from ebpf.binaries.symbols import Binary

    with Binary(target) as binary:
        place = binary.place_of_function("add")
    host = Host()
    seen = first_args(host, Uprobe(target, offset=place))
    run(host, [target, "calls"], tmp_path)
    assert seen == [20]


@pytest.mark.parametrize(
    ("hook", "error", "said"),
    [
        (Uprobe("libnosuch", "x"), HookError, "libnosuch"),
        (Uprobe("libc", "getppidd"), HookError, "did you mean getppid"),
        (Uprobe("/etc/passwd", "x"), HookError, "no ELF"),
        (Uprobe("libc", offset=1), HookError, "no code"),
        (Uprobe("libc", "getppid", pid=1), NotSupported, "command it starts"),
        (UprobeMulti("libc", ["nosuch*"]), HookError, "nosuch"),
        (UprobeMulti("libc", ["getppid"], session=True), NotSupported, "sessions"),
        (UprobeMulti("libc", ["getppid"], cookies=(1, 2)), HookError, "uprobe.multi: 2 cookies for 1 functions of "),
        (UprobeMulti("libc", ["getppid"], cookies=(-1,)), HookError, "a cookie is a number from 0 to 2^64 - 1, not -1"),
        (Uprobe("libc", "getppid", cookie=1 << 64), HookError, "a cookie is a number from 0 to 2^64 - 1"),
        (Usdt("libc", "libc", "nosuch"), HookError, "probe"),
    ],
)
def test_what_cannot_be_probed(hook: Uprobe, error: type[EbpfError], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        trace.watched(hook, ProgramSpec("p"))


# ---------------------------------------------------------------------------------------------------------- USDT

USDT = """
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>
char LICENSE[] SEC("license") = "GPL";
struct event { long first; long third; long cookie; int count; char text[16]; };
struct {
	__uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, int); __type(value, struct event);
} events SEC(".maps");
int number;
SEC("usdt/PATH:target:plain") int BPF_USDT(plain, int first, const char *text, int third)
{
	struct event e = { .first = first, .third = third, .cookie = bpf_usdt_cookie(ctx), .count = bpf_usdt_arg_cnt(ctx) };
	int key = ++number;
	bpf_probe_read_user_str(e.text, sizeof(e.text), text);
	bpf_map_update_elem(&events, &key, &e, BPF_ANY);
	return 0;
}
SEC("usdt/PATH:target:counted") int BPF_USDT(counted, int first)
{
	struct event e = { .first = 100 + first };
	int key = ++number;
	bpf_map_update_elem(&events, &key, &e, BPF_ANY);
	return 0;
}
SEC("uprobe/PATH:probed") int BPF_UPROBE(entered, int first)
{
	struct event e = { .first = 200 + first };
	int key = ++number;
	bpf_map_update_elem(&events, &key, &e, BPF_ANY);
	return 0;
}
"""


def test_usdt_with_arguments_and_counters(target: str, tmp_path: Path) -> None:
    source = tmp_path / "usdt.bpf.c"
    source.write_text(USDT.replace("PATH", target))
    spec = ebpf.compile(source)
    with ebpf.load(spec, engine="vm") as obj:
        obj.attach()
        with obj.spawn([target, "probes"]) as process:
            assert process.wait(20) == 0
            assert process.notices == []
        events = [event for _, event in sorted(obj.maps["events"].items())]
    expected = [value for i in range(-2, 3) for value in (200 + i, i, 100 + i)]
    assert [event.first for event in events] == expected
    assert {(event.third, event.count, event.text) for event in events[1::3]} == {(-7, 3, "some text")}


def test_usdt_without_its_arguments(target: str, tmp_path: Path) -> None:
    host = Host()
    seen = host.count(Usdt(target, "target", "plain"))
    run(host, [target, "probes"], tmp_path)
    assert len(seen) == 5


# ------------------------------------------------------------------------------------------------------ emulation


def _memory() -> tuple[dict[int, bytes], Callable[[int, bytes], bool]]:
    written: dict[int, bytes] = {}

    def write(address: int, data: bytes) -> bool:
        written[address] = data
        return True

    return written, write


@pytest.mark.parametrize(
    ("word", "changes", "memory"),
    [
        (0xD503201F, {"pc": 0x1004}, {}),  # nop
        (0xD503245F, {"pc": 0x1004}, {}),  # bti c
        (0xA9BF7BFD, {"pc": 0x1004, "sp": 0x7FF0}, {0x7FF0: (29, 30)}),  # stp x29, x30, [sp, #-16]!
        (0xA9BC53F3, {"pc": 0x1004, "sp": 0x7FC0}, {0x7FC0: (19, 20)}),  # stp x19, x20, [sp, #-64]!
        (0xD10083FF, {"pc": 0x1004, "sp": 0x7FE0}, {}),  # sub sp, sp, #32
        (0x14000003, {"pc": 0x100C}, {}),  # b .+12
        (0x17FFFFFF, {"pc": 0xFFC}, {}),  # b .-4
        (0xD503233F, None, {}),  # paciasp: only the CPU can
        (0xD50323BF, None, {}),  # autiasp
        (0x90000000, None, {}),  # adrp
        (0xD2800000, None, {}),  # mov x0, #0
    ],
)
def test_aarch64(word: int, changes: dict[str, int] | None, memory: dict[int, tuple[int, int]]) -> None:
    values = [1000 + index for index in range(34)]
    values[31], values[32] = 0x8000, 0x1000
    before = list(values)
    written, write = _memory()
    done = emulate("aarch64", word.to_bytes(4, "little") + bytes(12), values, write)
    assert done == (changes is not None)
    expected = list(before)
    for name, value in (changes or {}).items():
        expected[{"pc": 32, "sp": 31}[name]] = value
    assert values == expected
    assert written == {
        at: b"".join((1000 + number).to_bytes(8, "little") for number in pair) for at, pair in memory.items()
    }


@pytest.mark.parametrize(
    "code",
    [
        "488d0437",
        "4801fe",
        "c3",
        "0f05",
        "48b8f0debc9a78563412",
        "f20f1003",
        "ff15000000 00",
        "4983ec20",
        "6681ec0010",
        "cc",
        "f4",
        "8b04 24",
    ],
)
def test_what_is_left_to_the_cpu(code: str) -> None:
    values = list(range(27))
    written, write = _memory()
    assert not emulate("x86_64", bytes.fromhex(code).ljust(16, b"\0"), values, write)
    assert values == list(range(27))
    assert not written


def test_memory_that_cannot_be_written_is_left_to_the_cpu() -> None:
    for machine, code in (
        ("x86_64", b"\x55"),
        ("x86_64", b"\xe8\1\0\0\0"),
        ("aarch64", 0xA9BF7BFD.to_bytes(4, "little")),
    ):
        values = [5000 + index for index in range(34)]
        assert not emulate(machine, code.ljust(16, b"\0"), values, lambda address, data: False)
        assert values == [5000 + index for index in range(34)]
