"""bpf2py: what it writes, that it is the same to the byte, that type checkers take it, and that it loads."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal

import pytest
from compiled import _compiler, compile_c

from ebpf.bind.bpf2py import bpf2py
from ebpf.bind.names import class_name, identifier, is_field, unused
from ebpf.errors import NotSupported, ObjectError

ROOT = Path(__file__).resolve().parents[2]
SOURCE = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum color { RED, GREEN = 5, from = 7 };
typedef struct { __u8 raw[4]; } addr_t;
struct inner { int x, y; };
struct event {
    __u32 pid;
    char comm[16];
    enum color color;
    struct inner pos[2];
    addr_t addr;
    unsigned int flag : 1, rest : 31;
    union { __u32 v4; __u8 v6[16]; };
    struct { __u64 when; };
    _Bool ok;
    int class;
} __attribute__((packed));
struct extra { int a, count, index, cls, self; };

struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u32); __type(value, struct event); __uint(max_entries, 8); }
    by_pid SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __type(key, __u32); __type(value, struct { __u64 hits; });
    __uint(max_entries, 1); } stats SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct bpf_map_def { unsigned int type, key_size, value_size, max_entries, map_flags; };
struct bpf_map_def SEC("maps") old = { .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 2 };

const volatile int limit = 3;
struct event last;
enum color shade = GREEN;
struct extra *unused_but_kept;

SEC("kprobe/sys_execve") int on_execve(void *ctx) { bpf_printk("x %d", limit); return last.pid; }
SEC("?xdp") int close(void *ctx) { return shade + (unused_but_kept != 0); }
char LICENSE[] SEC("license") = "GPL";
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _compiler()
    folder = tmp_path_factory.mktemp("bind")
    (folder / "source.bpf.c").write_text(SOURCE)
    return folder


@pytest.fixture(scope="module")
def module(folder: Path) -> Iterator[ModuleType]:
    """The module of SOURCE, imported."""
    bpf2py("my_probe", folder / "source.bpf.c", output_dir=folder / "one", types=["extra"])
    sys.path.insert(0, str(folder / "one"))
    yield importlib.import_module("my_probe")
    sys.path.remove(str(folder / "one"))
    del sys.modules["my_probe"]


def test_names() -> None:
    assert [class_name(name) for name in ("execve_count", "HTTPEvent", "a.b-c", "3d", "none")] == [
        "ExecveCount", "HTTPEvent", "ABC", "_3d", "None_",
    ]  # fmt: skip
    assert [identifier(name) for name in ("main.count", "from", "9x", "ok", "")] == [
        "main_count",
        "from_",
        "_9x",
        "ok",
        "_",
    ]
    assert unused("A", {"A", "A2"}) == "A3"
    assert [name for name in ("ok", "class", "__x", "__x__", "a-b", "_y") if is_field(name)] == ["ok", "__x__", "_y"]


def test_what_it_writes(module: ModuleType, folder: Path) -> None:
    names = {path.name for path in (folder / "one").iterdir()} - {"__pycache__"}
    assert names == {"my_probe.py", "my_probe_bpfeb.o", "my_probe_bpfel.o"}
    text = Path(module.__file__ or "").read_text()
    for line in (
        "    class Color(EnumNumber):",
        "        RED: ClassVar[Color]  # 0",
        "    class Event(StructValue):",
        "        pid: int  # __u32",
        "        comm: str  # char[16]",
        "        color: Color  # enum color",
        "        pos: tuple[Inner, ...]  # struct inner[2]",
        "        addr: AddrT  # addr_t",
        "        flag: int  # unsigned int: 1",
        "        v6: bytes  # __u8[16]",
        "        when: int  # __u64",
        "        ok: bool  # _Bool",
        "            comm: str | bytes = ...,",
        "            color: Color | int | str = ...,",
        "            pos: Sequence[Inner | Mapping[str, Any]] = ...,",
        "    class StatsValue(StructValue):",
        "    class Extra(StructValue):",
        "    by_pid: ebpf.Map[int, Event]",
        '    """hash of 8: __u32 → struct event."""',
        "    stats: ebpf.Map[int, list[StatsValue]]",
        "    events_: Ring[memoryview]",
        "    old: ebpf.Map[int, bytes]",
        "    on_execve: ebpf.Program",
        '    """kprobe, SEC("kprobe/sys_execve")."""',
        "    close_: ebpf.Program | None",
        "    limit: ebpf.Variable[int]",
        "    last: ebpf.Variable[Event]",
        "        shade: Color | int | str  # enum color",
        "class MyProbe(ebpf.Object):",
    ):
        assert f"{line}\n" in text, line
    assert "        from:" not in text  # a word of Python's
    assert "        class:" not in text
    assert "____fmt" not in text


def test_the_classes_are_those_of_the_values(module: ModuleType) -> None:
    spec = module.MyProbe.read()
    assert spec.name == "my_probe"
    event = module.Event(pid=7, comm="sh", color="GREEN", v4=0x01020304, pos=[(1, 2), {"y": 3}], ok=True)
    assert isinstance(event, module.Event)
    assert (event.pid, event.comm, event.color, event.ok, event.when) == (7, "sh", 5, True, 0)
    assert event.color.name == "GREEN"
    assert event.v6[:4] == (0x01020304).to_bytes(4, sys.byteorder)
    assert [tuple(pos) for pos in event.pos] == [(1, 2), (0, 3)]
    assert isinstance(event.pos[0], module.Inner)
    codec = spec.btf.codec(spec.maps["by_pid"].value_type)
    assert codec.decode(codec.encode(event)) == event
    assert isinstance(codec.decode(bytes(codec.size)), module.Event)
    assert (module.Event.__module__, module.Event.__name__) == ("my_probe", "Event")
    assert module.Color.GREEN == 5
    extra = module.Extra(cls=1, self=2, count=3, index=4)
    assert (extra.cls, extra.self, extra.count, extra.index) == (1, 2, 3, 4)
    with pytest.raises(AttributeError, match="my_probe"):
        module.Nothing
    spec.programs.clear()
    assert module.MyProbe.read().programs  # what `read` gives is the caller's own


def test_it_loads_and_has_its_attributes(module: ModuleType) -> None:
    from fakes import FakeEngine

    spec = module.MyProbe.read()
    with module.MyProbe.load(spec, engine=FakeEngine(), variables={"limit": 9, "shade": "RED"}) as obj:
        assert obj.on_execve is obj.programs["on_execve"]
        assert obj.close_ is None
        assert (obj.limit.value, obj.shade.value) == (9, 0)
        obj.by_pid[1] = module.Event(pid=4)
        assert obj.by_pid[1].pid == 4
        assert obj.old is obj.maps["old"]


@pytest.mark.parametrize("embed", [False, True])
def test_the_same_input_gives_the_same_bytes(folder: Path, embed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(name: str, source: Path) -> dict[str, bytes]:
        written = bpf2py("p", source, output_dir=folder / name, embed=embed)
        assert all(one.changed for one in written)
        return {one.path.name: one.path.read_bytes() for one in written}

    there = folder / "elsewhere"
    there.mkdir(exist_ok=True)
    (there / "source.bpf.c").write_text(SOURCE)
    monkeypatch.chdir(folder)
    first = write(f"a{embed}", Path("source.bpf.c"))
    monkeypatch.chdir(there)
    assert write(f"b{embed}", Path("source.bpf.c")) == first
    assert all(not one.changed for one in bpf2py("p", "source.bpf.c", output_dir=folder / f"b{embed}", embed=embed))


def test_mypy_takes_it(module: ModuleType, folder: Path) -> None:
    pytest.importorskip("mypy")
    use = folder / "use.py"
    use.write_text(
        "import my_probe\n"
        "from my_probe import Color, Event, MyProbe\n"
        "def use() -> int:\n"
        '    with MyProbe.load(engine="vm", variables={"limit": 3, "shade": Color.RED}) as obj:\n'
        '        obj.by_pid[1] = Event(pid=1, comm="x", color="RED")\n'
        "        name: str = obj.by_pid[1].comm\n"
        "        link = obj.on_execve.attach()\n"
        "        hits: list[int] = [one.hits for one in obj.stats[0]]\n"
        "        reveal_type(obj.by_pid)\n"
        "        reveal_type(obj.close_)\n"
        "        reveal_type(obj.last.value.pos)\n"
        '        obj.by_pid["x"]\n'
        '        Event(nope=1)\n'
        "        my_probe.Nothing\n"
        "        return obj.limit.value + len(name) + len(hits)\n"
    )  # fmt: skip
    out = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / ".mypy"), "--follow-imports=silent",
         "--config-file", os.devnull, "my_probe.py", str(use)],
        cwd=folder / "one", capture_output=True, text=True, env={**os.environ, "MYPYPATH": f"{ROOT / 'src'}:{folder / 'one'}"},
    )  # fmt: skip
    lines = [line.partition(": ")[2].replace("builtins.", "") for line in out.stdout.splitlines()]
    assert [line for line in lines if "Revealed" in line or line.startswith("error")] == [
        'note: Revealed type is "ebpf.objects.map.Map[int, my_probe.Event]"',
        'note: Revealed type is "ebpf.objects.program.Program | None"',
        'note: Revealed type is "tuple[my_probe.Inner, ...]"',
        'error: Invalid index type "str" for "Map[int, Event]"; expected type "int"  [index]',
        'error: Unexpected keyword argument "nope" for "Event"  [call-arg]',
        'error: Module has no attribute "Nothing"  [attr-defined]',
    ], out.stdout + out.stderr


def test_it_loads_out_of_a_zip(module: ModuleType, folder: Path) -> None:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("my_probe.py", "my_probe_bpfel.o", "my_probe_bpfeb.o"):
            archive.write(folder / "one" / name, name)
    code = f"import sys; sys.path[:0] = [{str(path)!r}, {str(ROOT / 'src')!r}]\nimport my_probe\n"
    code += "print(my_probe.__file__, list(my_probe.MyProbe.read().programs), my_probe.Event(pid=2).pid)"
    out = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert out.stdout == f"{path}{os.sep}my_probe.py ['on_execve', 'close'] 2\n"


def test_options(folder: Path) -> None:
    out = folder / "options"
    written = bpf2py(
        "probe", folder / "source.bpf.c", target="bpfel", output_dir=out, output_stem="_bpf", output_suffix="_gen",
        global_types=False, makebase=out,
    )  # fmt: skip
    assert [one.path.name for one in written] == ["_bpf_gen.py.d", "_bpf_bpfel.o", "_bpf_gen.py"]
    rule = (out / "_bpf_gen.py.d").read_text()
    assert rule.startswith("_bpf_bpfel.o _bpf_gen.py: \\\n") and "\n  ../source.bpf.c \\\n" in rule
    text = (out / "_bpf_gen.py").read_text()
    assert "class Probe(ebpf.Object)" in text
    assert "by_pid: ebpf.Map[int, Any]" in text
    assert "class Event" not in text


def test_machines(folder: Path) -> None:
    out = folder / "machines"
    written = bpf2py("probe", folder / "source.bpf.c", target="amd64,arm64,s390x", output_dir=out)
    assert [one.path.name for one in written[:-1]] == ["probe_x86_bpfel.o", "probe_arm64_bpfel.o", "probe_s390_bpfeb.o"]
    text = written[-1].path.read_text()
    assert (
        '    "x86_64": "probe_x86_bpfel.o",\n    "aarch64": "probe_arm64_bpfel.o",\n    "s390x": "probe_s390_bpfeb.o",'
        in text
    )
    with pytest.raises(ValueError, match="bpfel suits every machine"):
        bpf2py("probe", folder / "source.bpf.c", target="bpfel,arm64", output_dir=out)
    with pytest.raises(ValueError, match="no target 'z80'"):
        bpf2py("probe", folder / "source.bpf.c", target="z80", output_dir=out)


@pytest.mark.parametrize(("order", "target"), [("little", "bpfel"), ("big", "bpfeb")])
def test_an_object_is_bound_for_its_byte_order(folder: Path, order: Literal["little", "big"], target: str) -> None:
    source = folder / f"{order}.o"
    source.write_bytes(compile_c(folder, SOURCE, order))
    written = bpf2py("whole", source, output_dir=folder / f"o{order}")
    assert [one.path.name for one in written] == [f"whole_{target}.o", "whole.py"]
    other = "bpfeb" if target == "bpfel" else "bpfel"
    with pytest.raises(ValueError, match=f"is {order}-endian; it can't be bound for {other}"):
        bpf2py("whole", source, target=other, output_dir=folder / f"o{order}")


def test_annotations_name_the_faces_that_maps_have() -> None:
    from ebpf.bind import model
    from ebpf.objects import faces, rings

    assert {kind: face.partition("[")[0] for kind, face in model._FACES.items()} == {
        kind: face.__name__ for kind, face in (faces._FACES | rings.FACES).items()
    }


def test_another_byte_order_says_so(folder: Path) -> None:
    other = "bpfeb" if sys.byteorder == "little" else "bpfel"
    written = bpf2py("other", folder / "source.bpf.c", target=other, output_dir=folder / "other", embed=True)
    space: dict[str, object] = {"__name__": "other", "__file__": str(written[-1].path)}
    exec(compile(written[-1].path.read_text(), "other.py", "exec"), space)
    with pytest.raises(NotSupported, match=f"source.bpf.c on {sys.byteorder}: it was built for"):
        space["_read"]()  # type: ignore[operator]


def test_a_module_that_hides_another_is_told(folder: Path, tmp_path: Path) -> None:
    said: list[str] = []
    for stem in ("ebpf", "queue", "probe"):
        bpf2py(stem, folder / "source.bpf.c", target="native", output_dir=tmp_path, report=said.append)
    assert [line.partition(" hides the module ")[2].partition(" ")[0] for line in said] == ["ebpf", "queue"]
    (tmp_path / "__init__.py").touch()  # in a package nothing is hidden
    bpf2py("queue", folder / "source.bpf.c", target="native", output_dir=tmp_path, report=said.append)
    assert len(said) == 2


def test_all_files_or_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "probe.py").mkdir()
    with pytest.raises(IsADirectoryError, match="can't be written"):
        bpf2py("probe", folder / "source.bpf.c", output_dir=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["probe.py"]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("BPF2PY_FLAGS", ["x", "y.c"], "bpf2py: BPF2PY_FLAGS: No closing quotation\n"),
        (
            "BPF2PY_CFLAGS",
            ["x", "y.c"],
            "bpf2py: --cflags (or BPF2PY_CFLAGS): No closing quotation; see bpf2py --help\n",
        ),
        ("X", ["x", "y.c", "-target", "bpfel,nosuch"], "bpf2py: no target 'nosuch'; there are bpfel,"),
    ],
)
def test_bad_command_lines(
    name: str, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ebpf.cli import main

    monkeypatch.setenv(name, "'open")
    monkeypatch.setattr(sys, "argv", ["bpf2py", *arguments])
    with pytest.raises(SystemExit) as end:
        main.bpf2py()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize(
    ("stem", "types", "message"),
    [
        ("", [], "'' is no name"),
        ("--", [], "'--' is no name"),
        ("x", ["struct nope"], "no struct, union or enum 'nope'"),
    ],
)
def test_what_is_refused(folder: Path, stem: str, types: list[str], message: str) -> None:
    with pytest.raises((ValueError, ObjectError), match=message):
        bpf2py(stem, folder / "source.bpf.c", types=types, output_dir=folder / "refused")
    assert not (folder / "refused").exists()


# ------------------------------------------------------------------------------------------------------------- events

RINGS = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { __u32 pid; char comm[12]; };
struct reading { __u64 value; } *unused_reading __attribute__((unused));
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); __type(value, struct event); } typed SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } plain SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); } readings SEC(".maps");
SEC("xdp") int fill(void *ctx) {
    struct event e = { 7, "sh" };
    struct reading r = { 9 };
    bpf_ringbuf_output(&typed, &e, sizeof(e), 0);
    bpf_ringbuf_output(&events, &e, sizeof(e), 0);
    bpf_ringbuf_output(&plain, &r, sizeof(r), 0);
    return 2;
}
char LICENSE[] SEC("license") = "GPL";
"""


@pytest.fixture(scope="module")
def rings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _compiler()
    folder = tmp_path_factory.mktemp("rings")
    (folder / "rings.bpf.c").write_text(RINGS)
    return folder


def test_records_of_rings_have_classes(rings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bpf2py(
        "rings_of", rings / "rings.bpf.c", output_dir=rings, types=["event"], events={"readings": "struct reading"},
    )  # fmt: skip
    text = (rings / "rings_of.py").read_text()
    for line in (
        "typed: Ring[Event]", "events_: Ring[Event]", "plain: Ring[memoryview]", "readings: PerfEvents[Reading]",
    ):  # fmt: skip
        assert f"    {line}\n" in text, line
    assert '_EVENTS = {"events": "Event", "readings": "Reading"}\n' in text
    monkeypatch.syspath_prepend(str(rings))
    module = importlib.import_module("rings_of")
    with module.RingsOf.load(engine="vm") as obj:
        obj.fill.run(data=bytes(14))
        for ring in (obj.typed, obj.events_):
            with ring.open() as reader:
                (event,) = reader.read()
            assert isinstance(event, module.Event)
            assert event == module.Event(pid=7, comm="sh")
        obj.fill.run(data=bytes(14))
        with obj.events["events"] as reader:
            assert reader.read() == [module.Event(pid=7, comm="sh")]
        with obj.plain.open() as reader:
            assert [bytes(one) for one in reader.read()] == [(9).to_bytes(8, sys.byteorder)] * 2
    del sys.modules["rings_of"]


def test_type_checkers_know_the_records(rings: Path) -> None:
    bpf2py("checked", rings / "rings.bpf.c", output_dir=rings, events={"events": "event"})
    (rings / "user.py").write_text(
        "from checked import Checked, Event\n"
        "def of(event: Event) -> int:\n    return event.pid\n"
        "with Checked.load(engine='vm', kconfig={'CONFIG_HZ': 100}) as obj:\n"
        "    with obj.events_.open() as reader:\n"
        "        for event in reader:\n            of(event)\n"
        "        reveal_type(reader.read())\n"
        "    with obj.plain.open() as raw:\n        reveal_type(raw.read())\n"
    )
    done = mypy(rings, "user.py")
    assert "checked.Event]" in done.splitlines()[0]
    assert "memoryview" in done.splitlines()[1]
    assert "Success: no issues found" in done


def mypy(folder: Path, *names: str) -> str:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("no mypy here")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / ".mypy_cache"), *names],
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(ROOT / "src"), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_types_called_as_what_the_module_imports(tmp_path: Path) -> None:
    _compiler()
    names = ("storage", "queue", "engine", "struct_value", "typed_dict", "enum_number", "self", "literal")
    kinds = "".join(f"struct {name} {{ int {name}_; }}; " for name in names) + "enum any { ONE = 1 }; "
    value = "struct all { enum any one; " + "".join(f"struct {name} {name}; " for name in names) + "}; "
    (tmp_path / "names.bpf.c").write_text(f"""
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        {kinds}{value}
        struct {{ __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int);
            __type(value, struct storage); }} kept SEC(".maps");
        struct {{ __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __type(value, struct queue); }} q SEC(".maps");
        struct all all;
        SEC("xdp") int f(void *ctx) {{ return all.one + !!&kept + !!&q; }}
    """)
    bpf2py("named", tmp_path / "names.bpf.c", output_dir=tmp_path, target="native")
    (tmp_path / "user.py").write_text(
        "import named\nvalue = named.Storage2(storage_=1)\n"
        "with named.Named.load(engine='vm') as obj:\n    obj.q.push(named.Queue2(queue_=3))\n"
        "    reveal_type(obj.q.pop())\n    reveal_type(obj.kept)\n"
        "    reveal_type(obj.programs['f'].run(b'').retval)\n    reveal_type(obj.variables['all'])\n"
    )
    said = mypy(tmp_path, "named.py", "user.py")
    assert "ebpf.objects.holders.Storage" in said and "named.Queue2" in said and "Success: no issues found" in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"events": {"none": "event"}}, "no ring buffer or perf buffer of that name; there are: typed, events, plain"),
        ({"events": {"plain": "missing"}}, "--event missing: the object's types have no struct, union or enum 'missing'"),
        ({"types": ["missing"]}, r"--type missing: .*`struct missing \*unused_missing __attribute__\(\(unused\)\);` in the C"),
    ],
)  # fmt: skip
def test_events_that_are_not_there(options: dict[str, object], message: str, rings: Path, tmp_path: Path) -> None:
    with pytest.raises(ObjectError, match=message):
        bpf2py("x", rings / "rings.bpf.c", output_dir=tmp_path, target="native", **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
