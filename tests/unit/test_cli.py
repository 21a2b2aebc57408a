"""The command line: errors as lines and exit statuses, and `ebpf run` from end to end in the vm."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from trace_host import SRC, alive, can_trace

from compiling import a_compiler
from ebpf import errors
from ebpf.cli import main, readings, status
from ebpf.cli.readings import Reading

ROOT = SRC.parent
COUNT = str(ROOT / "examples" / "execve_count" / "kprobe.bpf.c")
LEGACY = str(ROOT / "examples" / "execve_count" / "legacy.bpf.c")
FIVE = ["sh", "-c", "for i in 1 2 3 4 5; do /bin/true; done"]
ENV = {**os.environ, "PYTHONPATH": str(SRC)}


def ebpf(*arguments: str) -> int:
    """Runs the command line in this process."""
    return main.guarded(main.group, "ebpf", list(arguments))


def start(*arguments: str, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "ebpf", *arguments],
        env=ENV,
        text=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example as an object file."""
    from ebpf import build

    path = tmp_path_factory.mktemp("cli") / "count.o"
    with a_compiler():
        path.write_bytes(build.compile(COUNT))
    return str(path)


# ------------------------------------------------------------------------------------------------------ statuses


def test_the_documented_table_is_the_real_one() -> None:
    text = (ROOT / "docs" / "cli.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", text, re.M)
    assert rows == [(str(number), meaning) for number, meaning in status.MEANINGS.items()]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.CompileError("x"), 3),
        (errors.ObjectError("x"), 4),
        (errors.BtfError("x"), 4),
        (errors.CaptureError("x"), 4),
        (errors.AsmError("x"), 4),
        (errors.RelocationError("x"), 4),
        (errors.VerifierError("x"), 5),
        (errors.Fault("x"), 5),
        (errors.NotSupported("x"), 6),
        (errors.KernelError(1, "x"), 7),
        (errors.KernelError(13, "x"), 7),
        (PermissionError(13, "x"), 7),
        (errors.KernelError(22, "x"), 1),
        (errors.HookError("x"), 8),
        (errors.Closed("x"), 1),
        (FileNotFoundError(2, "x"), 1),
        (RuntimeError("x"), 1),
    ],
)
def test_every_error_has_a_status(error: Exception, expected: int) -> None:
    assert status.of(error) == expected


def test_every_public_error_is_in_that_test() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.EbpfError)}
    mark = next(mark for mark in test_every_error_has_a_status.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert kinds - {type(row[0]) for row in mark.args[1]} == {errors.EbpfError}


@pytest.mark.parametrize(("returncode", "expected"), [(0, 0), (3, 3), (255, 255), (-2, 130), (-9, 137)])
def test_a_commands_status(returncode: int, expected: int) -> None:
    assert status.of_command(returncode) == expected


def _raising(error: BaseException) -> click.Command:
    @click.command()
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "expected", "said"),
    [
        (errors.HookError("no such place"), 8, "ebpf: no such place\n"),
        (
            errors.KernelError(1, "bpf(PROG_LOAD)", hint="be root"),
            7,
            "ebpf: bpf(PROG_LOAD): Operation not permitted; be root\n",
        ),
        (FileNotFoundError(2, "No such file or directory", "x.c"), 1, "ebpf: x.c: No such file or directory\n"),
        (OSError("odd"), 1, "ebpf: odd\n"),
        (ImportError("No module named 'numpy'"), 1, "ebpf: No module named 'numpy'\n"),
        (ZeroDivisionError("division"), 1, "ebpf: internal error: ZeroDivisionError: division; --debug shows where\n"),
        (RecursionError("deep"), 1, "ebpf: internal error: RecursionError: deep; --debug shows where\n"),
        (click.BadParameter("not a number"), 2, "ebpf: Invalid value: not a number; see ebpf --help\n"),
        (click.FileError("x", "gone"), 1, "ebpf: Could not open file 'x': gone\n"),
        (KeyboardInterrupt(), 130, ""),
        (click.Abort(), 130, ""),
        (SystemExit(9), 9, ""),
    ],
)
def test_an_error_is_one_line(
    error: BaseException, expected: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if isinstance(error, SystemExit):
        with pytest.raises(SystemExit):
            main.guarded(_raising(error), "ebpf", [])
        return
    assert main.guarded(_raising(error), "ebpf", []) == expected
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip("\n") == said.strip("\n")  # click ends the line that holds ^C


def test_debug_shows_where(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_DEBUG", "1")
    assert main.guarded(_raising(errors.HookError("no such place")), "ebpf", []) == 8
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.endswith("ebpf: no such place\n")


def test_debug_is_an_option(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("EBPF_DEBUG", "")
    assert ebpf("--debug", "run", "/no/such/file.o", "--", "true") == 4
    assert "Traceback" in capsys.readouterr().err


# --------------------------------------------------------------------------------------------------- the group


def test_help_lists_the_commands_without_importing_them() -> None:
    code = (
        "import sys; from ebpf.cli import main\n"
        "status = main.guarded(main.group, 'ebpf', ['--help'])\n"
        "assert status == 0; print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=True)
    assert re.search(r"^  run +Load an object", done.stdout, re.M)
    loaded = set(done.stderr.split())
    assert not {"ebpf.cli.run", "rich", "ebpf.api", "numpy", "ebpf.elf"} & loaded


def test_every_command_there_is_has_its_row() -> None:
    shared = {"__init__", "main", "status", "readings"}
    files = {path.stem for path in (SRC / "ebpf" / "cli").glob("*.py")}
    commands = {name for name in files if "\ncommand = " in _text(name) or "\ndef command(" in _text(name)}
    assert commands <= set(main.COMMANDS)
    assert not commands & shared
    context = click.Context(main.group)
    for name in main.group.list_commands(context):
        assert isinstance(main.group.get_command(context, name), click.Command)


def _text(name: str) -> str:
    return (SRC / "ebpf" / "cli" / f"{name}.py").read_text()


def test_no_command_has_an_option_twice() -> None:
    def commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            for below in command.list_commands(click.Context(command)):
                found = command.get_command(click.Context(command), below)
                assert found is not None
                yield from commands(f"{name} {below}", found)

    every = dict(commands("ebpf", main.group))
    assert len(every) > 50
    for name, command in every.items():
        options = [one for parameter in command.params for one in (*parameter.opts, *parameter.secondary_opts)]
        assert [one for one in options if options.count(one) > 1] == [], name


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    import ebpf as package

    assert ebpf("--version") == 0
    assert capsys.readouterr().out == f"ebpf {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rum"], "no command 'rum'; did you mean run?"),
        (["zzz"], "no command 'zzz'; there are run, "),
        (["run"], "Missing argument 'FILE'"),
        (["run", "x.o", "--interval", "fast"], "--interval"),
        (["run", "x.o", "--interval", "0"], "--interval"),
        (["run", "x.o", "--engine", "jvm"], "jvm"),
        (["run", "x.o", "--pid", "0"], "--pid"),
        (["run", "x.o", "--nonsense"], "--nonsense"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_usage_errors(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ebpf(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert err.startswith("ebpf: ")


@can_trace
def test_output_that_nobody_reads(compiled: str) -> None:
    read, write = os.pipe()
    process = start("run", compiled, "--engine", "vm", "--interval", "0.05", "--", "sleep", "20", stdout=write)
    os.close(write)
    os.close(read)
    assert process.stderr is not None
    err = process.communicate(timeout=20)[1]
    assert process.returncode == 141
    assert err.count("\n") == 1  # the engine's line
    assert "Traceback" not in err


# ---------------------------------------------------------------------------------------------------- readings


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        (True, True),
        (None, None),
        ("sh", "sh"),
        ((6).to_bytes(8, sys.byteorder), 6),
        (b"sh\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "sh"),
        (b"\0\1\2", "000102"),
        ((1, 2), [1, 2]),
        ([(1).to_bytes(4, sys.byteorder), 2], [1, 2]),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert readings.plain(value) == expected
    json.dumps(readings.plain(value))


def test_structs_enums_and_unions_are_plain() -> None:
    from ebpf.btf import values

    colour, members, _ = values.enum_class("colour", [("RED", 1)])
    pair = values.struct_class("pair", ["pid", "colour"], {})
    union = values.union_class("either", {"number": lambda raw: raw[0], "text": lambda raw: raw.decode()})
    made = pair._make((3, members[1])) if hasattr(pair, "_make") else tuple.__new__(pair, (3, members[1]))
    assert readings.plain(made) == {"pid": 3, "colour": "RED"}
    assert readings.plain(union(b"A")) == {"number": 65, "text": "A"}
    assert colour.__name__ == "colour"


def reading(**maps: list[tuple[Any, Any]]) -> Reading:
    made = Reading(maps, {}, 2.0)
    made.time = 0.0
    return made


@pytest.mark.parametrize(
    ("maps", "expected"),
    [
        ({"one": [(0, 6)]}, "one=6"),
        ({"one": [(0, [1, 2, 3])]}, "one=6"),
        ({"many": []}, "many: empty"),
        ({"many": [(1, 5), (2, 9), (3, 7)]}, "many: 2=9 3=7 (3 entries)"),
        ({"many": [("sh", {"a": 1, "b": [1, 1]})]}, "many: sh={a=1 b=[1 1]}"),
        ({"one": [(0, 1)], "many": [(1, "x")]}, "one=1  many: 1=x"),
    ],
)
def test_a_line(maps: dict[str, list[tuple[Any, Any]]], expected: str) -> None:
    found = readings.line(reading(**maps), {"one": True}, 2)
    assert re.fullmatch(r"\d\d:\d\d:\d\d  " + re.escape(expected), found)


def test_rows_of_the_table() -> None:
    now, before = reading(counts=[(1, 10), (2, 5), (3, 1)]), reading(counts=[(1, 4)])
    before.seconds = 0.0
    now.variables = {"total": 16}
    assert list(readings.rows(now, before, {}, 2)) == [
        ("total", "", "16", "8.0"),
        ("counts", "1", "10", "3.0"),
        ("", "2", "5", "2.5"),
        ("", "… 1 more", "", ""),
    ]
    assert list(readings.rows(reading(counts=[]), None, {}, 2)) == [("counts", "empty", "", "")]


# --------------------------------------------------------------------------------------------------------- run


@can_trace
@pytest.mark.parametrize("source", [COUNT, LEGACY], ids=["btf", "legacy"])
def test_six_execs(source: str, compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine", "vm", source, "--", *FIVE) == 0
    out, err = capfd.readouterr()
    assert re.fullmatch(r"\d\d:\d\d:\d\d  kprobe_map=6\n", out)
    assert err == "ebpf: engine: vm (as asked for)\n"


@can_trace
def test_json(compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert (
        ebpf(
            "run",
            "--engine=vm",
            "--json",
            "--interval=0.1",
            compiled,
            "--",
            "sh",
            "-c",
            "echo hello; /bin/true; sleep 0.3; exit 4",
        )
        == 4
    )
    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert len(lines) >= 3
    assert [line["final"] for line in lines] == [False] * (len(lines) - 1) + [True]
    last = lines[-1]
    assert last["maps"] == {"kprobe_map": [{"key": 0, "value": 3}]}
    assert last["engine"] == "vm"
    assert last["command"]["status"] == 4
    assert 0.3 <= last["seconds"] < 10
    assert "hello\n" in err  # COMMAND's output


@can_trace
@pytest.mark.parametrize(
    ("script", "expected"), [("exit 0", 0), ("exit 77", 77), ("kill -TERM $$", 143), ("kill -KILL $$", 137)]
)
def test_commands_status_is_ours(script: str, expected: int, compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine", "vm", compiled, "--", "sh", "-c", script) == expected
    assert "kprobe_map=1" in capfd.readouterr().out


@can_trace
@pytest.mark.parametrize(
    ("command", "expected", "said"),
    [(["no-such-command-x"], 127, "no-such-command-x"), (["/etc/passwd"], 126, "/etc/passwd"), (["/"], 126, "/")],
)
def test_a_command_that_cannot_run(
    command: list[str], expected: int, said: str, compiled: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ebpf("run", "--engine", "vm", compiled, "--", *command) == expected
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err.splitlines()[-1]
    assert len(err.splitlines()) == 2


def test_the_vm_wants_a_command(compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine", "vm", compiled) == 2
    err = capfd.readouterr().err
    assert f"ebpf run {compiled} -- COMMAND" in err
    assert err.count("\n") == 1


def _program(section: str) -> bytes:
    return (
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
        f'char LICENSE[] SEC("license") = "GPL";\nSEC("{section}")\nint p(void *ctx) {{ return 0; }}\n'
    ).encode()


@pytest.mark.parametrize(
    ("name", "content", "expected", "said"),
    [
        ("text.o", b"no object at all\n", 4, "no ELF file"),
        ("empty.o", b"", 4, "empty.o"),
        ("broken.bpf.c", b"int f( {\n", 3, "broken.bpf.c:1"),
        pytest.param("hook.bpf.c", _program("kprobe/sys_execvee"), 8, "sys_execve", marks=can_trace),
        pytest.param("block.bpf.c", _program("tracepoint/block/block_rq_issue"), 6, "block/block_rq_issue", marks=can_trace),
        ("quiet.bpf.c", _program("tp_btf/sched_switch"), 6, "(tp_btf/sched_switch) in the vm: nothing happens there"),
        ("bare.bpf.c", b"int f(void *ctx) { return 0; }\n", 4, "bare.bpf.c: has no program to attach"),
    ],
)  # fmt: skip
def test_bad_files(
    name: str,
    content: bytes,
    expected: int,
    said: str,
    tmp_path: Path,
    compiled: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert ebpf("run", "--engine", "vm", str(path), "--", "true") == expected
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_what_headers_keep_for_themselves_is_not_shown() -> None:
    from ebpf import MapSpec, MapType, ObjectSpec, load

    names = ("mine", "__bpf_usdt_specs", "__bpf_usdt_ip_to_spec_id")
    spec = ObjectSpec(
        name="o", byte_order=sys.byteorder, maps={name: MapSpec(name, MapType.HASH, 4, 4, 2) for name in names}
    )
    with load(spec, engine="vm") as obj:
        assert list(readings.take(obj, 0.0).maps) == ["mine"]


@can_trace
def test_what_programs_print_is_shown(tmp_path: Path, compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "print.bpf.c"
    path.write_bytes(
        _program("kprobe/sys_execve").replace(b"{ return 0; }", b'{ bpf_printk("exec %d", 7); return 0; }')
    )
    assert ebpf("run", "--engine", "vm", str(path), "--", "true") == 0
    assert re.search(r"^bpf_printk: .*exec 7$", capfd.readouterr().err, re.M)


@can_trace
def test_a_firewall_for_one_command(tmp_path: Path, compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deny.bpf.c"
    path.write_bytes(
        _program("cgroup/connect4").replace(
            b"int p(void *ctx) { return 0; }", b"int p(struct bpf_sock_addr *ctx) { return 0; }"
        )
    )
    code = "import socket\ntry: socket.socket().connect(('127.0.0.1', 9))\nexcept PermissionError: print('refused')"
    assert ebpf("run", "--engine", "vm", str(path), "--", sys.executable, "-c", code) == 0
    assert capfd.readouterr().out == "refused\n"


@can_trace
@pytest.mark.parametrize(("privileged", "expected"), [(False, 7), (True, 6)])
def test_the_kernel_without_privilege_and_without_the_feature(
    privileged: bool, expected: int, compiled: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from ebpf.kernel import engine, features, privilege

    def refuse(*_: object) -> None:
        raise errors.KernelError(1, "making a map")

    # It is when the kernel refuses that it is asked for what it lacks.
    monkeypatch.setattr(engine.KernelEngine, "create_map", refuse)
    monkeypatch.setattr(privilege, "is_privileged", lambda: privileged)
    monkeypatch.setattr(features, "lacks", lambda spec, **_: ["this process may not"])
    assert ebpf("run", "--engine", "kernel", compiled, "--", "true") == expected
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "this process may not" in err


RING = """
struct event { int pid; char comm[16]; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct event *unused __attribute__((unused));
SEC("kprobe/sys_execve") int p(void *ctx) {
  struct event e = { .pid = bpf_get_current_pid_tgid() >> 32 };
  bpf_get_current_comm(e.comm, sizeof(e.comm));
  bpf_ringbuf_output(&events, &e, sizeof(e), 0);
  return 0; }
"""


@pytest.fixture
def ring(tmp_path: Path, compiled: str) -> str:
    path = tmp_path / "ring.bpf.c"
    path.write_bytes(_program("kprobe/x").split(b'SEC("kprobe')[0] + RING.encode())
    return str(path)


@can_trace
def test_events_as_json(ring: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine=vm", "--json", "--type", "event", ring, "--", *FIVE) == 0
    out, err = capfd.readouterr()
    if "not shown" in err:
        pytest.skip("the vm's rings have no readers yet")
    lines = [json.loads(line) for line in out.splitlines()]
    found = [line["event"] for line in lines if "event" in line]
    assert [event["comm"] for event in found[1:]] == ["sh"] * 5
    assert len({event["pid"] for event in found}) == 6
    assert lines[-1]["final"] is True
    assert {line["map"] for line in lines[:-1] if "event" in line} == {"events"}


@can_trace
def test_events_as_lines(ring: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine=vm", "--type", "struct event", ring, "--", "sh", "-c", "/bin/true; :") == 0
    out, err = capfd.readouterr()
    if "not shown" in err:
        pytest.skip("the vm's rings have no readers yet")
    assert len(re.findall(r"^\d\d:\d\d:\d\d  events \{pid=\d+ comm=[\w.]+\}$", out, re.M)) == 2
    assert ebpf("run", "--engine=vm", ring, "--", "true") == 0
    assert re.search(r"^\d\d:\d\d:\d\d  events [0-9a-f]{40}$", capfd.readouterr().out, re.M)


@can_trace
def test_a_record_that_is_shorter_than_its_type(ring: str, capfd: pytest.CaptureFixture[str]) -> None:
    """It is told, and ends neither COMMAND nor the run."""
    Path(ring).write_text(Path(ring).read_text().replace("&e, sizeof(e), 0", "&e, 8, 0"))
    assert ebpf("run", "--engine=vm", "--type", "event", ring, "--", "sh", "-c", "/bin/true; exit 3") == 3
    assert capfd.readouterr().err.count("a record of 8 bytes, the type has 20: it is left out") == 2


@can_trace
def test_a_type_that_is_not_there(ring: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ebpf("run", "--engine=vm", "--type", "evant", ring, "--", "true") == 4
    assert "no type evant in the object's types; did you mean event" in capfd.readouterr().err


@can_trace
def test_duration_ends_the_command(compiled: str, capfd: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    assert ebpf("run", "--engine", "vm", "--duration", "0.5", "--interval", "0.1", compiled, "--", "sleep", "60") == 0
    assert time.monotonic() - began < 10
    assert len(capfd.readouterr().out.splitlines()) >= 2


def _started(process: "subprocess.Popen[str]") -> str:
    """Waits for the first reading."""
    assert process.stdout is not None
    return process.stdout.readline()


@can_trace
@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_end_it_with_a_last_reading(number: int, expected: int, compiled: str) -> None:
    process = start(
        "run", "--engine=vm", "--json", "--interval=0.05", compiled, "--", "sleep", "60", start_new_session=True
    )
    first = json.loads(_started(process))
    assert first["final"] is False
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    last = json.loads(out.splitlines()[-1])
    assert process.returncode == expected, err
    assert last["final"] is True
    assert last["command"]["status"] == -number
    assert not alive(last["command"]["pid"])


@can_trace
def test_a_command_that_ignores_ctrl_c_is_killed_at_the_second(compiled: str) -> None:
    process = start(
        "run",
        "--engine=vm",
        "--json",
        "--interval=0.05",
        compiled,
        "--",
        "sh",
        "-c",
        "trap '' INT; sleep 60",
        start_new_session=True,
    )
    while json.loads(_started(process))["maps"]["kprobe_map"][0]["value"] < 2:  # sh has set its trap and run sleep
        pass
    process.send_signal(signal.SIGINT)
    _started(process)
    _started(process)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert json.loads(out.splitlines()[-1])["command"]["status"] == -signal.SIGKILL


@can_trace
def test_killed_outright_it_leaves_no_command(compiled: str) -> None:
    process = start("run", "--engine=vm", "--interval=0.05", compiled, "--", "sh", "-c", "echo $$; exec sleep 60")
    pid = 0
    while not pid:  # a reading may come before it
        pid = int(line) if (line := _started(process).strip()).isdigit() else 0
    process.kill()
    process.communicate(timeout=10)
    end = time.monotonic() + 10
    while alive(pid):
        assert time.monotonic() < end
        time.sleep(0.01)


@can_trace
def test_what_the_command_left_behind_is_waited_for(compiled: str, tmp_path: Path) -> None:
    done = tmp_path / "done"
    process = start("run", "--engine=vm", compiled, "--", "sh", "-c", f"(sleep 0.3; : > {done}) & exit 3")
    out, err = process.communicate(timeout=20)
    assert process.returncode == 3
    assert done.exists()
    assert "left behind" in err
    assert "kprobe_map=2" in out


@can_trace
def test_on_a_terminal(compiled: str) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(ENV, TERM="xterm", COLUMNS="80")
        os.execv(
            sys.executable,
            [sys.executable, "-m", "ebpf", "run", "--engine=vm", "--interval=0.1", compiled, "--", "sh", "-c",
             "trap 'echo got it; exit 9' INT; echo ready; while :; do sleep 0.05; done"],
        )  # fmt: skip
    seen = b""
    sent = False
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            seen += data
        if not sent and b"ready" in seen and b"kprobe_map=" in seen:
            os.write(terminal, b"\x03")
            sent = True
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9, seen
    text = seen.decode()
    assert "got it" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text.split("got it")[1])
    assert re.search(r"map +key +value\s+kprobe_map +\d+", plain)
    assert "Traceback" not in text


@can_trace
def test_a_terminal_that_is_closed_midway(compiled: str, tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(ENV)
        os.execv(
            sys.executable,
            [sys.executable, "-m", "ebpf", "run", "--engine=vm", "--interval=0.1", compiled, "--", "sh", "-c",
             f"echo $$ > {noted}; exec sleep 60"],
        )  # fmt: skip
    seen = b""
    while b"kprobe_map=" not in seen or not (noted.exists() and noted.read_text().endswith("\n")):
        seen += os.read(terminal, 4096)
    child = int(noted.read_text())
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 129
    assert not alive(child)


@can_trace
def test_the_live_table(compiled: str) -> None:
    process = start(
        "run", "--engine=vm", "--live", "--interval=0.1", compiled, "--", "sh", "-c", "/bin/true; sleep 0.3"
    )
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert re.search(r"kprobe_map +3", out)
