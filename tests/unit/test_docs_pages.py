"""What the pages show is run as it stands, and prints what they say; every block of every page is run by some test, or it is said
here why not. tests/host/test_docs_kernel.py has docs/kernel.md, test_docs_*.py beside this have the pages of their names."""

from __future__ import annotations

import json
import os
import pickle
import re
import shlex
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
from c_objects import compilers
from docs_blocks import ROOT, block, blocks, page
from trace_host import can_trace

import ebpf

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")

PAGES = [
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]
#: Pages that other tests run whole, and pages of whose blocks they run those between fences.
ELSEWHERE = {"docs/tutorial.md", "docs/assembly.md", "docs/refusals.md"}
FENCES_ELSEWHERE = {"docs/kernel.md", "docs/types.md"}
#: A part of a block → the test of this file that has it, or why it is run nowhere.
SEEN = {
    "make demo": "sets up an environment of its own: .ci/run does it",
    "make test   ": "runs the tests",
    "// execve_count/kprobe.bpf.c": "test_the_readme",
    'spec = ebpf.compile("kprobe.bpf.c")': "test_the_readme",
    "$ ebpf run kprobe.bpf.c": "test_the_readme",
    "# ebpf:generate bpf2py execve_count": "tests/unit/test_generate.py",
    "sys_execve called 23 times": "tests/unit/test_examples.py",
    'ebpf.load("filter.bpf.c", engine="vm")': "test_the_readmes_filter",
    "C source ── build": "a picture",
    "$ bpf2py execve_count kprobe.bpf.c": "test_bpf2py",
    "from execve_count import ExecveCount": "test_bpf2py",
    "obj.on_exec.attach()": "test_bpf2py_events",
    "[tool.hatch.build.hooks.ebpf]": "tests/unit/test_bind_hatch.py",
    "ebpf build count.bpf.c --target": "test_build",
    'kconfig={"CONFIG_HZ": 1000}': "test_what_a_load_fills_in",
    "$ ebpf build probe.bpf.c": "test_what_does_not_compile",
    "$ ebpf run examples/execve_count": "test_run",
    "# ebpf run filter.bpf.c --at eth0": "needs root and an interface: tests/host/test_run_at.py",
    '"final": true, "engine": "vm"': "test_run_as_json",
    "$ tcpdump -i eth0": "needs root and traffic: test_exec has it from a file",
    "$ ebpf check errors.o": "test_check",
    "$ ebpf map create /sys/fs/bpf/blocked": "needs root: tests/host/test_kernel_commands.py",
    "$ ebpf verify filter.bpf.c --stats": "test_verify",
    "async for event in events": "test_what_readers_of_events_do",
    "} events_lost SEC": "tests/host/test_events_kernel.py",
    "symbols = Symbols()": "tests/host/test_examples_live.py, by examples/flame",
    "examples/flame/main.py PID": "tests/host/test_examples_live.py",
    "program.run_batch(buffer, starts, lengths)": "test_many_packets_at_once",
    "python bench/loading.py": "bench",
    "python -m bench": "bench",
    'obj.spawn(["sh", "-c", "make all"])': "test_tracing_a_command",
    "tests/fuzz/safety.py": "hours",
    "class Coverage(Watcher)": "tests/unit/test_docs_vm.py",
    "class Debugger(Watcher)": "tests/unit/test_docs_vm.py",
    "ebpf.testing.conformance": "tests/unit/test_docs_vm.py",
    "attach_socket(sock)": "test_a_filter_on_a_socket",
    'attach_xdp("tap0")': "needs CAP_NET_ADMIN: tests/unit/test_vm_live.py",
    "from ebpf.verifier import verify": "test_the_verifier",
    "struct task_struct.no_such_field": "tests/unit/test_btf_core.py",
    "pickle.dumps(obj)": "test_an_object_goes_to_another_process",
    "def count(spec, capture)": "test_many_processes",
}

FILTER = """
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
struct amount { __u64 packets; };
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, __u8);
    __type(value, struct amount);
} protocols SEC(".maps");
SEC("xdp") int NAME(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct iphdr *ip = data + sizeof(struct ethhdr);
    struct amount one = { 1 }, *amount;
    __u8 protocol;

    if ((void *)(ip + 1) > end)
        return XDP_PASS;
    protocol = ip->protocol;
    amount = bpf_map_lookup_elem(&protocols, &protocol);
    if (amount)
        __sync_fetch_and_add(&amount->packets, 1);
    else
        bpf_map_update_elem(&protocols, &protocol, &one, BPF_ANY);
    return protocol == 17 ? XDP_DROP : XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
"""
COUNT = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } calls SEC(".maps");
SEC("ksyscall/execve") int on_execve(void *ctx)
{
    __u32 key = 0;
    __u64 *count = bpf_map_lookup_elem(&calls, &key);

    if (count)
        __sync_fetch_and_add(count, 1);
    return 0;
}
char LICENSE[] SEC("license") = "Dual MIT/GPL";
"""


def packet(protocol: int) -> bytes:
    return bytes(12) + b"\x08\x00\x45" + bytes(8) + bytes([protocol]) + bytes(40)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the pages take for granted."""
    (tmp_path / "filter.bpf.c").write_text(FILTER.replace("NAME", "filter"))
    (tmp_path / "capture.bpf.c").write_text(FILTER.replace("NAME", "count"))
    (tmp_path / "count.bpf.c").write_text(COUNT)
    (tmp_path / "kprobe.bpf.c").write_text(block("README.md", "// execve_count/kprobe.bpf.c").text)
    (tmp_path / "include").mkdir()
    frames = [packet(6), packet(17), packet(17)]
    records = b"".join(struct.pack("<IIII", at, 0, len(frame), len(frame)) + frame for at, frame in enumerate(frames))
    (tmp_path / "in.pcap").write_bytes(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1) + records)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line as it stands, where `ebpf`, `bpf2py` and `python` are this checkout's."""
    places = "".join(
        f"{name}() {{ {sys.executable} -c 'from ebpf.cli import main; main.{entry}()' \"$@\"; }}; "
        for name, entry in (("ebpf", "main"), ("bpf2py", "bpf2py"))
    )
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")} | environment
    return subprocess.run(["sh", "-c", places + command], env=env, capture_output=True, text=True, timeout=300)


def run(name: str, part: str, scope: dict[str, Any] | None = None, **changes: str) -> dict[str, Any]:
    """A block of Python, with what comes before it in `scope`; gives what it leaves."""
    text = block(name, part).text
    for old, new in changes.items():
        text = text.replace(old, new)
    scope = {"ebpf": ebpf} if scope is None else scope
    exec(compile(text, name, "exec"), scope)
    return scope


# ------------------------------------------------------------------------------------------------ nothing is forgotten


def test_every_block_is_known() -> None:
    for name in PAGES:
        for one in blocks(name):
            if name not in ELSEWHERE and not (one.kind and name in FENCES_ELSEWHERE):
                assert [part for part in SEEN if part in one.text], f"{name}: who runs this?\n{one.text}"
    here = set(re.findall(r"^def (test_\w+)", Path(__file__).read_text(), re.M))
    for where in SEEN.values():
        for test in re.findall(r"\btest_\w+\b(?!\.py)", where):
            assert test in here, where
        for path in re.findall(r"tests/\w+/\w+\.py", where):
            assert (ROOT / path).exists(), where


def _commands() -> list[tuple[str, str]]:
    found = []
    for name in PAGES:
        spans = re.findall(r"`([^`\n]+)`", page(name))
        lines = [
            line.partition("  #")[0].lstrip("$# ")
            for one in blocks(name)
            if not one.kind
            for line in one.text.splitlines()
        ]
        for text in [*spans, *lines]:
            for part in re.split(r"\s[|;]\s|\s--\s", text):
                if re.match(r"(ebpf|bpf2py) (-|[a-z])", part.strip()):
                    found.append((name, part.strip()))
    return sorted(set(found))


@pytest.mark.parametrize(("name", "command"), _commands())
def test_every_command_has_the_options_that_a_page_gives_it(name: str, command: str) -> None:
    from ebpf.cli import bind, main

    words = shlex.split(command.replace("…", "").replace("`", ""))
    found: click.Command = main.group if words[0] == "ebpf" else bind.command
    rest = words[1:]
    context = click.Context(found)
    while isinstance(found, click.Group) and rest and not rest[0].startswith("-"):
        inner = found.get_command(context, rest[0].split("|")[0].rstrip(","))
        if inner is None and rest[0].isupper():
            break
        assert inner is not None, f"{name}: `{command}`: there is no command {rest[0]}"
        found, rest = inner, rest[1:]
        if rest and words[1].endswith(","):
            break
    known = {option for parameter in found.params for option in parameter.opts + parameter.secondary_opts} | {"--help"}
    for word in rest:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"{name}: `{command}`: {found.name} has no {word}"


# ------------------------------------------------------------------------------------------------ README


@can_trace
def test_the_readme(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("README.md", 'ebpf.compile("kprobe.bpf.c")', **{"ebpf.load(spec)": 'ebpf.load(spec, engine="vm")'})
    assert capsys.readouterr().out == "0\n"
    (command,) = re.findall(r"^\$ (.*)", block("README.md", "$ ebpf run kprobe").text, re.M)
    assert "counts the six execs" in page("README.md")
    done = shell(command.replace("ebpf run", "ebpf run --engine vm"))
    assert done.returncode == 0 and done.stdout.endswith("kprobe_map=6\n")


def test_the_readmes_filter(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scope = run("README.md", 'ebpf.load("filter.bpf.c", engine="vm")', {"ebpf": ebpf, "packet": packet(6)})
    assert scope["result"].retval == 2
    assert capsys.readouterr().out == "{1: 2, 2: 1} {6: amount(packets=2), 17: amount(packets=2)}\n"
    assert (folder / "out.pcap").stat().st_size < (folder / "in.pcap").stat().st_size


def test_the_readme_in_chinese_has_the_same_code() -> None:
    def code(name: str) -> list[str]:
        text = block(name, 'ebpf.compile("kprobe.bpf.c")').text
        return [line.partition("#")[0].rstrip() for line in text.splitlines()]

    assert code("README.zh-CN.md") == code("README.md")
    for one in blocks("README.zh-CN.md"):
        if one.first.startswith(("$", "# ebpf:")):
            assert one.first in [other.first for other in blocks("README.md")]


# ------------------------------------------------------------------------------------------------ bpf2py, build


def test_bpf2py(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    command, *said = block("docs/bpf2py.md", "$ bpf2py execve_count").text.splitlines()
    done = shell(command.removeprefix("$ "))
    assert (done.returncode, done.stderr, done.stdout.splitlines()) == (0, "", [line for line in said if line])
    monkeypatch.syspath_prepend(folder)
    run("docs/bpf2py.md", "from execve_count import", **{".load()": '.load(engine="vm")'})
    assert capsys.readouterr().out == "0\n"
    sys.modules.pop("execve_count")


@can_trace
def test_bpf2py_events(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    tutorial = block("docs/tutorial.md", "// who.bpf.c").text
    (folder / "snoop.bpf.c").write_text(tutorial.replace("int on_execve", "int on_exec"))
    assert shell("bpf2py execve_count snoop.bpf.c --quiet").returncode == 0
    monkeypatch.syspath_prepend(folder)
    scope: dict[str, Any] = {"ExecveCount": __import__("execve_count").ExecveCount, "print": print}
    seen: list[tuple[int, str]] = []

    def tell(pid: int, comm: str) -> None:
        seen.append((pid, comm))
        scope["events"].close()  # which ends the loop

    scope["print"] = tell
    waits = threading.Event()

    def start() -> None:
        while not waits.wait(0.02):
            if "events" in scope:
                scope["obj"].spawn(["true"]).wait()
                return

    thread = threading.Thread(target=start)
    thread.start()
    try:
        run("docs/bpf2py.md", "obj.on_exec.attach()", scope, **{".load()": '.load(engine="vm")'})
    finally:
        waits.set()
        thread.join()
        sys.modules.pop("execve_count")
    assert seen and seen[0][0] > 1


def test_build(folder: Path) -> None:
    commands, python = block("docs/build.md", "ebpf build count.bpf.c --target").text.split("\n\n")
    for command in commands.splitlines():
        done = shell(command)
        assert done.returncode == 0, done.stderr
    assert (folder / "count.bpf.o").exists() and len(list((folder / "out").glob("*.o"))) == 2
    assert list(folder.glob("*.d"))
    scope: dict[str, Any] = {"ebpf": ebpf}
    exec(python.replace('"…"', '"int f;"'), scope)
    assert scope["data"][:4] == b"\x7fELF" and isinstance(scope["spec"], ebpf.ObjectSpec)


def test_what_a_load_fills_in(folder: Path) -> None:
    text = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        const volatile int limit = 1;
        extern int CONFIG_HZ __kconfig;
        SEC("syscall") int f(void *ctx) { return limit * 10000 + CONFIG_HZ; }
        char LICENSE[] SEC("license") = "GPL";
    """
    Path("one.o").write_bytes(ebpf.build.compile("one.c", text="extern int g(void); int f(void) { return g(); }\n"))
    Path("two.o").write_bytes(ebpf.build.compile("two.c", text="int g(void) { return 1; }\n"))
    scope = {"ebpf": ebpf, "spec": ebpf.compile("a.bpf.c", text=text)}
    exec(block("docs/build.md", "CONFIG_HZ").text.replace("kconfig=", 'engine="vm", kconfig='), scope)
    assert scope["obj"].programs["f"].run().retval == 31000  # type: ignore[attr-defined]
    scope["obj"].close()  # type: ignore[attr-defined]
    assert Path("both.o").stat().st_size


def test_what_does_not_compile(folder: Path) -> None:
    command, *said = block("docs/build.md", "$ ebpf build probe.bpf.c").text.rstrip().splitlines()
    text = "#include <linux/bpf.h>\n#include <linux/ptrace.h>\n#include <bpf/bpf_helpers.h>\n#include <bpf/bpf_tracing.h>\n"
    Path("probe.bpf.c").write_text(text + '\nSEC("kprobe/f")\nint BPF_KPROBE(f, int a)\n{\n    return a;\n}\n')
    done = shell(command.removeprefix("$ "))
    assert done.returncode == 3
    for line in said:
        assert line.rstrip("…").strip() in re.sub(r":\d+:\d+:", ":7:5:", done.stderr), done.stderr


# ------------------------------------------------------------------------------------------------ the command line


@can_trace
def test_run(folder: Path) -> None:
    command, why, said = block("docs/cli.md", "$ ebpf run examples/execve_count").text.rstrip().splitlines()
    done = shell(f"cd {ROOT} && {command.removeprefix('$ ').replace('ebpf run', 'ebpf run --engine vm')}")
    assert done.stdout.splitlines()[-1].split("  ")[1] == said.split("  ")[1]
    assert done.stderr.startswith(why.partition("(")[0])


@can_trace
def test_run_as_json(folder: Path) -> None:
    shown, _, event = block("docs/cli.md", '"final": true').text.strip().rpartition("\n\n")
    done = shell("ebpf run --json --engine vm kprobe.bpf.c -- sh -c 'for i in 1 2 3 4 5; do /bin/true; done'")
    last = json.loads(done.stdout.splitlines()[-1])
    wanted = json.loads(shown)
    assert (
        last.keys() == wanted.keys()
        and last["maps"] == wanted["maps"]
        and last["command"].keys() == wanted["command"].keys()
    )
    Path("who.bpf.c").write_text(block("docs/tutorial.md", "// who.bpf.c").text)
    done = shell("ebpf run --json --engine vm who.bpf.c -- sh -c /bin/true")
    found = next(line for line in map(json.loads, done.stdout.splitlines()) if "event" in line)
    wanted = json.loads(event)
    assert found.keys() == wanted.keys() and found["event"].keys() == wanted["event"].keys()


def test_exec(folder: Path) -> None:
    done = shell("cat in.pcap | ebpf exec filter.bpf.c --pcap - --out passed.pcap")
    assert done.returncode == 0 and "  protocols: " in done.stdout and Path("passed.pcap").exists()


def test_check(folder: Path) -> None:
    command, *said = block("docs/cli.md", "$ ebpf check errors.o").text.rstrip().splitlines()
    head = ["", "#include <linux/bpf.h>", "#include <bpf/bpf_helpers.h>", "#include <bpf/bpf_tracing.h>"]
    body = [
        "struct task_struct { int pid; int gone; } __attribute__((preserve_access_index));",
        'SEC("tp_btf/sched_process_exit")',
        "int BPF_PROG(reader, struct task_struct *task)",
        "{",
        "    return task->gone;",
        "}",
        'char LICENSE[] SEC("license") = "GPL";',
    ]
    Path("errors.c").write_text("\n".join([*head, *[""] * (15 - len(head)), *body]) + "\n")
    types = (
        "struct task_struct { int pid; }; typedef void (*btf_trace_sched_process_exit)(void *, struct task_struct *);"
    )
    keep = "\nstruct task_struct one; btf_trace_sched_process_exit two;\n"
    Path("types.c").write_text(types + keep)
    assert shell("ebpf build errors.c -o errors.o && ebpf build types.c -o 6.1.btf").returncode == 0
    done = shell(command.removeprefix("$ "))
    assert (done.returncode, done.stdout.splitlines()) == (4, said)


def test_verify(folder: Path) -> None:
    text = block("docs/cli.md", "$ ebpf verify filter.bpf.c --stats").text
    assert shell("ebpf build filter.bpf.c -o filter.bpf.o").returncode == 0
    for command in re.findall(r"^\$ (.*)", text, re.M):
        done = shell(command.replace("--prog drop", "--prog filter").replace(" --compare", ""))
        assert (done.returncode, done.stderr) == (0, ""), command


def test_the_verifier(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("docs/verifier.md", "from ebpf.verifier import verify")
    assert int(capsys.readouterr().out.split()[0]) > 20


# ------------------------------------------------------------------------------------------------ events, the vm


def test_what_readers_of_events_do() -> None:
    """Its loops never end, so that only what it calls is held against what there is."""
    import ast
    import inspect

    from ebpf.events import Events
    from ebpf.objects.events import EventSources

    text = block("docs/events.md", "async for event in events").text
    tree = compile(text, "docs/events.md", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    remark = ast.parse(re.search(r"# or (obj\.events\.open\(.*\))", text)[1])  # type: ignore[index]
    asked = set()
    for node in [*ast.walk(tree), *ast.walk(remark)]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = Events if isinstance(node.func.value, ast.Name) else EventSources
            method = getattr(owner, node.func.attr)
            inspect.signature(method).bind(None, *node.args, **{one.arg or "": one.value for one in node.keywords})
            asked.add(node.func.attr)
    assert asked == {"open", "read", "run", "batches"}
    assert Events.__iter__ and Events.__aiter__ and Events.__enter__


def test_many_packets_at_once(folder: Path) -> None:
    with ebpf.load("filter.bpf.c", engine="vm") as obj:
        scope: dict[str, Any] = {"program": obj.programs["filter"], "packet": packet(17)}
        lines = block("docs/jit.md", "run_batch(buffer").text.splitlines()
        exec(lines[0].replace(", …", ""), scope)
        assert list(scope["results"]) == [1, 1]
        scope |= {"buffer": bytearray(packet(17) + packet(6)), "starts": [0, 64], "lengths": [64, 64]}
        exec("\n".join(lines[1:]), scope)
        assert list(scope["results"]) == [1, 2] and scope["judge"](packet(6)) == 2


@can_trace
def test_tracing_a_command(folder: Path) -> None:
    (folder / "program.bpf.c").write_text(COUNT)
    (folder / "Makefile").write_text("all:\n\t@/bin/true\n")
    scope = run(
        "docs/trace.md", "make all", **{"    process.wait()": "    process.wait(); seen = obj.maps['calls'][0]"}
    )
    assert scope["seen"] >= 1


def test_a_filter_on_a_socket(folder: Path) -> None:
    text = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        SEC("socket") int filter(struct __sk_buff *skb) { return 8 + 3; }
        char LICENSE[] SEC("license") = "GPL";
    """
    with (
        ebpf.load(ebpf.compile("a.bpf.c", text=text), engine="vm") as obj,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
    ):
        sock.bind(("127.0.0.1", 0))
        sock.sendto(b"abcdef", sock.getsockname())
        scope = run("docs/vm.md", "attach_socket(sock)", {"obj": obj, "sock": sock})
        assert (scope["data"], scope["address"]) == (b"abc", sock.getsockname())


def test_an_object_goes_to_another_process(folder: Path) -> None:
    spec = ebpf.compile("filter.bpf.c")
    scope = run("docs/vm.md", "pickle.dumps(obj)", {"ebpf": ebpf, "spec": spec, "pickle": pickle})
    scope["copy"].programs["filter"].run(packet(6))
    assert len(scope["copy"].maps["protocols"]) == 1 and not scope["obj"].maps["protocols"]


def count(spec: ebpf.ObjectSpec, capture: str) -> Counter[int]:
    """The page's own, which processes find by its name in a module."""
    scope: dict[str, Any] = {"ebpf": ebpf, "Counter": Counter}
    exec(block("docs/vm.md", "def count(spec, capture)").text.partition("\n\n\n")[0], scope)
    found: Counter[int] = scope["count"](spec, capture)
    return found


def test_many_processes(folder: Path) -> None:
    rest = block("docs/vm.md", "def count(spec, capture)").text.partition("\n\n\n")[2]
    scope: dict[str, Any] = {
        "ProcessPoolExecutor": partial(ProcessPoolExecutor, 1),
        "Counter": Counter,
        "partial": partial,
    }
    exec(rest, scope | {"count": count, "spec": ebpf.compile("capture.bpf.c"), "captures": ["in.pcap"] * 2}, scope)
    assert scope["merged"] == {6: 2, 17: 4}
