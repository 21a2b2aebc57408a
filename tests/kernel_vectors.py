"""The eBPF tests of the kernel's lib/test_bpf.c, generated ones, too, on the interpreter and on machine code.

    python tests/kernel_vectors.py [--most INSTRUCTIONS]

The tables and the functions that fill them are compiled for user space with a C compiler (kernel_vectors.c stands for the
kernel around them) and printed. Classic BPF is left out. Without an argument all run, those of 200,000 instructions, too, which
takes half an hour.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.append(str(Path(__file__).resolve().parent / "fuzz"))
sys.path.append(str(Path(__file__).resolve().parent))

from safety import Batch

import kernel_source
from ebpf.asm import Instruction, decode, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.program import VmProgram

SHIM = Path(__file__).resolve().with_suffix(".c")
_TABLE, _TAIL = "static struct bpf_test tests[] = {", "static struct tail_call_test tail_call_tests[] = {"
_MARKER, _NULL, _INVALID, _TAIL_CALL = 0x7A11CA11, 0x7FFF, 0x7FFE, op.JMP | 0xF0
#: A flag of a test: its context is memory of the size that it says.
_LARGE_MEM = 16
#: A helper of the test's own, which calls a function with many arguments.
_TEST_FUNC = 0x7FFF0000


def compiler() -> list[str]:
    """A C compiler for this machine; an empty list where there is none."""
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name):
            return [name]
    try:
        import ziglang  # noqa: F401
    except ImportError:
        return []
    return [sys.executable, "-m", "ziglang", "cc"]


def tables(source: str) -> str:
    """What is taken of test_bpf.c: all up to the end of its first table, and the table of tail calls with what it needs."""
    first = source[: source.index("\n};\n", source.index(_TABLE)) + 4]
    start = source.index("struct tail_call_test {")
    second = source[start : source.index("\n};\n", source.index(_TAIL)) + 4]
    second = second.replace("#define BPF_FUNC_test_func __BPF_FUNC_MAX_ID", f"#define BPF_FUNC_test_func {_TEST_FUNC}")
    return "\n".join(line for line in (first + second).splitlines() if not line.startswith("#include")) + "\n"


def read(folder: Path, most: int) -> Iterator[dict[str, Any]]:
    """The tests, as kernel_vectors.c prints them; `folder` is for what is compiled. Raises LookupError with the reason where
    they can't be had."""
    root = kernel_source.find()
    if root is None or not (root / "lib/test_bpf.c").exists():
        raise LookupError("no kernel source with lib/test_bpf.c (apt-get install linux-source-6.12, or $EBPF_LINUX)")
    command = compiler()
    if not command:
        raise LookupError("no C compiler (apt-get install gcc, or pip install ziglang)")
    (folder / "kernel_vectors_body.c").write_text(tables((root / "lib/test_bpf.c").read_text()))
    binary = folder / "vectors"
    made = subprocess.run(
        [*command, "-w", "-O1", "-std=gnu11", f"-I{folder}", str(SHIM), "-o", str(binary)],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise AssertionError(f"lib/test_bpf.c doesn't compile:\n{made.stderr[-3000:]}")
    with subprocess.Popen([str(binary), str(most)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    assert process.returncode == 0


class Vectors:
    """Runs tests, each in the interpreter, as machine code of level 0 and, one in `OPTIMISED`, of level 2; keeps what went wrong.
    Many are compiled as one module."""

    OPTIMISED = 8
    CHUNK = 48

    def __init__(self, *, jit: bool) -> None:
        self.jit = jit
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.tails: list[dict[str, Any]] = []
        self.engine = VmEngine(jit=False)
        self.waiting: list[tuple[dict[str, Any], VmProgram]] = []

    def take(self, test: dict[str, Any]) -> None:
        if "classic" in test:
            self.counts["classic"] += 1
        elif "tail" in test:
            self.tails.append(test)
        elif "code" not in test:
            self.counts["too long"] += 1
        else:
            self._load(test)

    def _load(self, test: dict[str, Any]) -> None:
        code = bytes.fromhex(test["code"])
        insns = decode(code, sys.byteorder)
        if insns[-1].opcode != op.JMP | op.EXIT:
            # Behind an exit there may be more, which no verifier is asked about there.
            code += encode([Instruction(op.JMP | op.EXIT)], sys.byteorder)
        packet = any(
            insn.opcode & op.CLASS_MASK == op.LD and insn.opcode & op.MODE_MASK in (op.ABS, op.IND) for insn in insns
        )
        self.counts["programs"] += 1
        try:
            program = self.engine.load_program(
                ProgramSpec("vector", ProgType.SOCKET_FILTER if packet else ProgType.UNSPEC, code), {}
            )
        except VerifierError as error:
            self.wrong.append(f"{test['name']}: {error}")
            return
        self._run(test, program, "interpreter")
        if self.jit:
            self.waiting.append((test, program))
            if len(self.waiting) == self.CHUNK or test["length"] > 1000:
                self.flush()
        else:
            program.close()

    def flush(self) -> None:
        """Runs what waits for machine code."""
        waiting, self.waiting = self.waiting, []
        for level, some in ((0, waiting), (2, [one for one in waiting if one[0]["length"] < 2000][:: self.OPTIMISED])):
            made = [program for _, program in some]
            if made:
                Batch(made, level).give(made)
            for test, program in some:
                self._run(test, program, f"O{level}")
        for _, program in waiting:
            program.close()

    def _run(self, test: dict[str, Any], program: VmProgram, how: str) -> None:
        for size, result in test["tests"]:
            self.counts[f"runs, {how}"] += 1
            try:
                if program.spec.type == ProgType.SOCKET_FILTER:
                    # Such a program doesn't see the link's header.
                    found = program.run(bytes(14) + bytes.fromhex(test["data"])[:size]).retval
                else:
                    found = program.run(context=bytes(size if test["aux"] & _LARGE_MEM else 64)).retval
            except Fault as fault:
                self.wrong.append(f"{test['name']} ({how}): {fault}")
                continue
            if found & 0xFFFFFFFF != result:
                self.wrong.append(f"{test['name']} ({how}): {found:#x}, not {result:#x}")

    def run_tails(self) -> None:
        """The tests of tail calls, which call each other."""
        count = len(self.tails)
        engine = VmEngine(jit=False, helpers={_TEST_FUNC: lambda m, r1, r2, r3, r4, r5: 17})
        programs = engine.create_map(MapSpec("programs", MapType.PROG_ARRAY, 4, 4, count + 1))
        made = []
        for test in self.tails:
            made.append(engine.load_program(_tail(test, count), {"programs": programs}))
            programs.update_object(test["tail"].to_bytes(4, sys.byteorder), made[-1])
        for level in (None, 0, 2) if self.jit else (None,):
            for test, program in zip(self.tails, made, strict=True):
                if level is not None:
                    program.compile(level)
                self.counts["programs"] += level is None
                try:
                    result = program.run(context=bytes(4) if test["state"] else b"")
                except Fault as fault:
                    self.wrong.append(f"{test['name']} (level {level}): {fault}")
                    continue
                if test["state"]:
                    found, wanted = int.from_bytes(result.context[:4], sys.byteorder), test["result"] // test["runs"]
                else:
                    found, wanted = result.retval & 0xFFFFFFFF, test["result"] & 0xFFFFFFFF
                if found != wanted:
                    self.wrong.append(f"{test['name']} (level {level}): {found}, not {wanted}")
        engine.close()


def _tail(test: dict[str, Any], count: int) -> ProgramSpec:
    """A test of tail calls with its marks filled in: the array, the index, the call."""
    code: list[Instruction] = decode(bytes.fromhex(test["code"]), sys.byteorder)
    references = []
    slot = 0
    for insn in code:
        if insn.opcode == op.LDDW and insn.imm & 0xFFFFFFFF == _MARKER:
            references.append(Reference(slot, "map", "programs"))
            insn.src, insn.imm = 1, 0
        elif insn.opcode == op.ALU | op.MOV and insn.imm == _MARKER:
            special = {_NULL: count, _INVALID: count + 1}
            insn.imm, insn.offset = special.get(insn.offset, test["tail"] + insn.offset), 0
        elif insn.opcode == _TAIL_CALL:
            insn.opcode, insn.imm = op.JMP | op.CALL, 12
        elif insn.opcode == op.JMP | op.CALL:
            insn.src = 0
        slot += insn.slots
    return ProgramSpec(f"tail{test['tail']}", ProgType.UNSPEC, encode(code, sys.byteorder), references=references)


def run(folder: Path, most: int, *, jit: bool = True, verbose: bool = False) -> Vectors:
    vectors = Vectors(jit=jit)
    for test in read(folder, most):
        if verbose:
            print(test["name"], test.get("length", ""), *vectors.wrong, file=sys.stderr)
        vectors.take(test)
    vectors.flush()
    vectors.run_tails()
    vectors.engine.close()
    return vectors


if __name__ == "__main__":
    import tempfile

    limit = int(sys.argv[sys.argv.index("--most") + 1]) if "--most" in sys.argv else 1 << 30
    with tempfile.TemporaryDirectory() as place:
        found = run(Path(place), limit, verbose=True)
    print(dict(found.counts), *found.wrong, sep="\n")
    sys.exit(bool(found.wrong))
