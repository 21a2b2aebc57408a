"""Generated code does what the interpreter does: every interpreter test, on machine code of both levels, and more."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from vm_code import EXIT

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

import test_vm_interpreter as interpreter
from test_vm_interpreter import *  # noqa: F403 - the same tests, on the JIT

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import cache
from ebpf.vm.jit import compile as llvm
from ebpf.vm.machine import Machine
from ebpf.vm.program import VmProgram

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
import jit_fuzz

mov, movr, ldx, stx, st, call = (getattr(interpreter, name) for name in ("mov", "movr", "ldx", "stx", "st", "call"))


@pytest.fixture(autouse=True, params=[0, 2], ids=["O0", "O2"])
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> int:
    """Every program is compiled before its first run."""
    wanted: int = request.param
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(VmProgram, "_warm", lambda program: program.compile(wanted))
    return wanted


def test_random_programs_agree_with_the_interpreter(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("EBPF_CACHE", "off")
    bench = jit_fuzz.Bench()
    for seed in range(30):
        assert jit_fuzz.one(bench, 100_000 * level + seed) is None


def checksum(n: int) -> list[Instruction]:
    """Adds up n bytes at r1, one by one: a loop that only reads."""
    return [
        mov(0, 0),
        mov(2, 0),
        ldx(op.B, 3, 1),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 3),
        Instruction(op.ALU64 | op.ADD, 1, imm=1),
        Instruction(op.ALU64 | op.ADD, 2, imm=1),
        Instruction(op.JMP | op.JLT, 2, 0, -5, n),
        EXIT,
    ]


def load(
    engine: VmEngine, code: list[Instruction], maps: dict[str, MapSpec] | None = None, **more: object
) -> VmProgram:
    made = {name: engine.create_map(spec) for name, spec in (maps or {}).items()}
    return engine.load_program(ProgramSpec("p", code=encode(code, sys.byteorder), **more), made)  # type: ignore[arg-type]


def test_a_loop_that_only_reads_and_leaves_its_memory(level: int) -> None:
    program = load(VmEngine(), checksum(100))
    data = bytes(range(100))
    assert program.run(context=data).retval == sum(data)
    with pytest.raises(Fault, match="instruction 2") as caught:
        program.run(context=data[:60])
    assert caught.value.slot == 2 and caught.value.address


def test_an_access_that_leaves_one_item_for_the_next_goes_on_in_the_interpreter() -> None:
    engine = VmEngine()
    code = [
        st(op.W, 10, -4, 0),
        movr(2, 10),
        Instruction(op.ALU64 | op.ADD, 2, imm=-4),
        Instruction(op.LDDW, 1, 1),
        call(1),
        Instruction(op.JMP | op.JEQ, 0, 0, 2, 0),
        # From item 0 of the array into item 1, by a distance that only shows at run time.
        ldx(op.DW, 3, 0, 0),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 3),
        Instruction(op.JMP | op.JEQ, 0, 0, 1, 0),
        ldx(op.DW, 0, 0, 0),
        EXIT,
    ]
    program = load(engine, code, {"a": MapSpec("a", MapType.ARRAY, 4, 8, 2)}, references=[Reference(3, "map", "a")])
    array = program.maps["a"]
    array.update(bytes(4), (8).to_bytes(8, sys.byteorder))
    array.update((1).to_bytes(4, sys.byteorder), (77).to_bytes(8, sys.byteorder))
    assert program.run().retval == 77


def test_the_budget_ends_a_loop_that_reads_nothing(level: int) -> None:
    program = load(VmEngine(budget=1000), [mov(0, 0), Instruction(op.JMP | op.JA, offset=-1), EXIT])
    with pytest.raises(Fault, match="the budget of 1000 instructions is used up"):
        program.run()


@pytest.mark.parametrize("key_size", [1, 3, 4, 8, 12, 16, 20, 64, 65, 100])
def test_hash_lookups_in_place_find_what_the_map_holds(key_size: int) -> None:
    engine = VmEngine()
    code = [
        movr(2, 1),
        Instruction(op.LDDW, 1, 1),
        call(1),
        Instruction(op.JMP | op.JEQ, 0, 0, 1, 0),
        ldx(op.DW, 0, 0, 0),
        EXIT,
    ]
    program = load(
        engine, code, {"h": MapSpec("h", MapType.HASH, key_size, 8, 300)}, references=[Reference(1, "map", "h")]
    )
    map_ = program.maps["h"]
    keys = [bytes((i * 7 + j) & 0xFF for j in range(key_size - 1)) + bytes([i & 0xFF]) for i in range(200)]
    for number, key in enumerate(keys):
        map_.update(key, (number + 1).to_bytes(8, sys.byteorder))
    for key in keys[::3]:
        assert program.run(context=key).retval == int.from_bytes(map_.lookup(key) or b"", sys.byteorder)
    map_.delete(keys[0])
    assert program.run(context=keys[0]).retval == 0


def test_two_results_of_one_lookup_stay_apart() -> None:
    """The pointer of an earlier round of a loop is kept when the lookup runs again."""
    engine = VmEngine()
    code = [
        mov(6, 0),
        mov(7, 0),
        Instruction(op.STX | op.MEM | op.W, 10, 6, -4),
        movr(2, 10),
        Instruction(op.ALU64 | op.ADD, 2, imm=-4),
        Instruction(op.LDDW, 1, 1),
        call(1),
        Instruction(op.JMP | op.JEQ, 0, 0, 7, 0),
        Instruction(op.ALU64 | op.ADD, 6, imm=1),
        movr(8, 7),
        movr(7, 0),
        Instruction(op.JMP | op.JLT, 6, 0, -11, 2),
        ldx(op.DW, 0, 8, 0),
        ldx(op.DW, 1, 7, 0),
        Instruction(op.ALU64 | op.SUB | op.X, 0, 1),
        EXIT,
    ]
    program = load(engine, code, {"a": MapSpec("a", MapType.ARRAY, 4, 8, 2)}, references=[Reference(5, "map", "a")])
    for index, value in enumerate((100, 30)):
        program.maps["a"].update(index.to_bytes(4, sys.byteorder), value.to_bytes(8, sys.byteorder))
    assert program.run().retval == 70


def test_machine_code_is_kept_and_taken_from_a_folder_of_our_own(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(VmEngine(), [mov(0, 5), EXIT]).run().retval == 5
    folder = Path(cache.folder() or "")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(llvm.Compiler, "assemble", lambda *_: pytest.fail("it was compiled again"))
    assert load(VmEngine(), [mov(0, 5), EXIT]).run().retval == 5


@pytest.mark.parametrize("tampering", ["folder open to others", "file open to others", "other bytes", "short", "link"])
def test_machine_code_that_others_could_have_written_is_not_run(
    tampering: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load(VmEngine(), [mov(0, 5), EXIT]).run()
    folder = Path(cache.folder() or "")
    (file,) = folder.iterdir()
    if tampering == "folder open to others":
        folder.chmod(0o777)
    elif tampering == "file open to others":
        file.chmod(0o666)
    elif tampering == "other bytes":
        file.write_bytes(file.read_bytes()[:-1] + b"\xff")
    elif tampering == "short":
        file.write_bytes(file.read_bytes()[:20])
    else:
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    compiled = []
    real = llvm.Compiler.assemble
    monkeypatch.setattr(llvm.Compiler, "assemble", lambda *args: compiled.append(1) or real(*args))
    assert load(VmEngine(), [mov(0, 5), EXIT]).run().retval == 5
    assert compiled


def test_machine_code_of_another_owner_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    load(VmEngine(), [mov(0, 5), EXIT]).run()
    (file,) = Path(cache.folder() or "").iterdir()
    assert cache.get(file.stem) is not None
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert cache.folder() is None
    assert cache.get(file.stem) is None


@pytest.mark.parametrize(
    "fault", ["full disk", "full disk at the end", "no folder", "a file in its place", "read-only"]
)
def test_a_cache_that_cannot_be_written_stops_no_program(
    fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    if fault == "full disk":
        monkeypatch.setattr(cache.os, "open", full)
    elif fault == "full disk at the end":
        monkeypatch.setattr(cache.os, "replace", full)
    elif fault == "no folder":
        monkeypatch.setattr(cache.os, "makedirs", full)
    elif fault == "a file in its place":
        home.write_text("")
    else:
        (home / "ebpf" / "jit").mkdir(parents=True, mode=0o500)
    assert load(VmEngine(), [mov(0, 5), EXIT]).run().retval == 5
    if fault.startswith("full"):
        assert not list((home / "ebpf" / "jit").iterdir())


def test_processes_at_once_share_one_file(tmp_path: Path) -> None:
    code = (
        "from ebpf.spec import ProgramSpec\nfrom ebpf.vm.engine import VmEngine\n"
        "code = bytes.fromhex('b7000000050000009500000000000000')\n"
        "print(VmEngine(jit=True).load_program(ProgramSpec('p', code=code), {}).run().retval)"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": source, "XDG_CACHE_HOME": str(tmp_path)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [process.communicate() for process in started] == [("5\n", "")] * 4
    assert [file.suffix for file in (tmp_path / "ebpf" / "jit").iterdir()] == [".o"]


def test_nothing_of_this_process_is_in_the_text(level: int) -> None:
    """A cached object serves another process: no address may be in what it is made from."""
    texts = []
    for _ in range(2):
        engine = VmEngine()
        code = [Instruction(op.LDDW, 1, 1), mov(0, 0), EXIT]
        spec = MapSpec("a", MapType.ARRAY, 4, 8, 1)
        program = load(engine, code, {"a": spec}, references=[Reference(0, "map", "a")])
        program.compile(level)
        assert program.jit_module is not None
        texts.append(program.jit_module.run_text)
    assert texts[0] == texts[1]


def test_no_cache_where_it_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")
    assert cache.folder() is None
    assert cache.get("0" * 64) is None
    monkeypatch.delenv("EBPF_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() is None
    assert os.environ["XDG_CACHE_HOME"] == "relative"


def test_proved_programs_run_unchecked_and_agree(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("EBPF_CACHE", "off")
    bench = jit_fuzz.Bench()
    ran = 0
    for seed in range(500 * level, 500 * level + 80):
        try:
            assert jit_fuzz.proved(bench, seed) is None
        except VerifierError:
            continue
        ran += 1
    assert ran >= 10


def test_an_engine_that_verifies(level: int) -> None:
    unchecked = [
        ldx(op.W, 2, 1, 0),
        ldx(op.W, 3, 1, 4),
        movr(4, 2),
        Instruction(op.ALU64 | op.ADD, 4, imm=14),
        mov(0, 1),
        Instruction(op.JMP | op.JGT | op.X, 4, 3, 1),
        ldx(op.B, 0, 2, 13),
        EXIT,
    ]
    texts = {}
    for verify in (False, True):
        program = load(VmEngine(verify=verify), unchecked, type=ProgType.XDP, license="GPL")
        assert program.run(bytes(13) + b"\x07").retval == 7
        assert program.jit_module is not None
        texts[verify] = program.jit_module.run_text
    assert "label %miss" in texts[False] and "label %miss" not in texts[True]
    with pytest.raises(VerifierError, match="packet"):
        load(VmEngine(verify=True), [*unchecked[:6], ldx(op.B, 0, 2, 14), EXIT], type=ProgType.XDP, license="GPL")


def test_what_a_function_is_passed_needs_no_python(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its caller's frame, the context, the packet, a map's value, found by the code itself; what it may not write is not."""
    engine = VmEngine(jit=False)
    code = [
        movr(6, 1),
        st(op.DW, 10, -8, 1000),
        st(op.W, 10, -12, 0),
        movr(2, 10),
        Instruction(op.ALU64 | op.ADD, 2, imm=-12),
        Instruction(op.LDDW, 1, 1),
        call(1),
        Instruction(op.JMP | op.JEQ, 0, 0, 7, 0),
        movr(4, 0),
        movr(1, 6),
        movr(2, 10),
        Instruction(op.ALU64 | op.ADD, 2, imm=-8),
        ldx(op.W, 3, 6, 0),
        Instruction(op.JMP | op.CALL, 0, 1, 0, 1),
        Instruction(op.JMP | op.JA, offset=0),
        EXIT,
        # f(context, word in the frame, data, value)
        ldx(op.W, 0, 1, 12),
        ldx(op.DW, 5, 2, 0),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 5),
        ldx(op.W, 5, 1, 0),
        ldx(op.B, 5, 5, 13),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 5),
        ldx(op.B, 5, 3, 1),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 5),
        ldx(op.DW, 5, 4, 8),
        Instruction(op.ALU64 | op.ADD | op.X, 0, 5),
        Instruction(op.STX | op.MEM | op.DW, 4, 0, 0),
        Instruction(op.STX | op.MEM | op.DW, 2, 0, 0),
        ldx(op.DW, 0, 2, 0),
        EXIT,
    ]
    slot = sum(insn.slots for insn in code[:5])
    code[13].imm = 2
    maps = {"a": MapSpec("a", MapType.ARRAY, 4, 16, 3)}
    program = load(engine, code, maps, references=[Reference(slot, "map", "a")], type=ProgType.XDP)
    program.maps["a"].update(bytes(4), bytes(8) + (7).to_bytes(8, sys.byteorder))
    packet = bytes([0, 50]) + bytes(11) + bytes([100])
    wanted = program.run(packet).retval
    assert wanted == 1 + 1000 + 100 + 50 + 7
    program.compile(level)
    for name in ("window", "load"):
        monkeypatch.setattr(Machine, name, lambda *_: pytest.fail("Python was asked"))
    assert program.run(packet).retval == wanted
    monkeypatch.undo()
    assert (program.maps["a"].lookup(bytes(4)) or b"")[:8] == wanted.to_bytes(8, sys.byteorder)
    code[24] = ldx(op.DW, 5, 4, 12)  # over the value's end
    program = load(engine, code, maps, references=[Reference(slot, "map", "a")], type=ProgType.XDP)
    program.compile(level)
    with pytest.raises(Fault, match="does not stay inside one item of map a") as caught:
        program.run(packet)
    assert caught.value.slot == 25


def test_a_program_that_takes_anothers_place_is_machine_code_too(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its own maps and constants; its faults are its own; what isn't there is passed over."""
    engine = VmEngine(jit=False)
    others = engine.create_map(MapSpec("others", MapType.PROG_ARRAY, 4, 4, 4))
    first = [
        Instruction(op.LDDW, 2, 1),
        ldx(op.W, 3, 1, 12),
        Instruction(op.ALU64 | op.ADD, 3, imm=-1),
        call(12),
        mov(0, 99),
        EXIT,
    ]
    second = [
        movr(6, 1),
        st(op.W, 10, -4, 1),
        movr(2, 10),
        Instruction(op.ALU64 | op.ADD, 2, imm=-4),
        Instruction(op.LDDW, 1, 1),
        call(1),
        Instruction(op.JMP | op.JEQ, 0, 0, 3, 0),
        ldx(op.DW, 0, 0, 0),
        ldx(op.W, 1, 6, 0),
        ldx(op.B, 1, 1, 20),  # the packet's byte 20
        EXIT,
    ]
    numbers = engine.create_map(MapSpec("numbers", MapType.ARRAY, 4, 8, 2))
    numbers.update((1).to_bytes(4, sys.byteorder), (1234).to_bytes(8, sys.byteorder))
    caller = engine.load_program(
        ProgramSpec("first", ProgType.XDP, encode(first, sys.byteorder), references=[Reference(0, "map", "others")]),
        {"others": others},
    )
    target = engine.load_program(
        ProgramSpec("second", ProgType.XDP, encode(second, sys.byteorder), references=[Reference(4, "map", "numbers")]),
        {"numbers": numbers},
    )
    caller.compile(level)
    assert caller.run(bytes(14)).retval == 99
    others.update_object(bytes(4), target)
    monkeypatch.setattr(VmProgram, "main", property(lambda program: pytest.fail("it was interpreted")))
    for _ in range(2):
        assert caller.run(bytes(30)).retval == 1234
    assert target.native is not None and target.native.level == level
    monkeypatch.undo()
    with pytest.raises(Fault, match="instruction 10") as caught:
        caller.run(bytes(15))
    assert (caught.value.program, caught.value.slot) == ("second", 10)
    assert caller.run(bytes(30)).retval == 1234
