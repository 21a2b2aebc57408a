"""Runs the kernel's own verifier tests (verifier_*.c of the BPF selftests, verifier/*.c) against `ebpf.verifier`.

    python bench/verifier_selftests.py LINUX_SOURCE [--only NAME …] [--show] [--run] [--types BTF] [--cache DIR]

LINUX_SOURCE is a tree of Linux 6.12 (Debian: linux-source-6.12). Its tests are compiled with our headers, into the cache, and
what each says of itself in its declaration tags is compared with our verdict: per file, how many agree; then each that
doesn't. Nothing of the tree is kept in the project.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

import ebpf.build
from ebpf.btf import Btf
from ebpf.elf import read
from ebpf.errors import EbpfError, VerifierError
from ebpf.spec import ObjectSpec, ProgramSpec
from ebpf.verifier import verify
from ebpf.verifier.globals_ import tags_of

FLAGS = {
    "BPF_F_STRICT_ALIGNMENT": 1, "BPF_F_ANY_ALIGNMENT": 2, "BPF_F_TEST_RND_HI32": 4, "BPF_F_TEST_STATE_FREQ": 8,
    "BPF_F_SLEEPABLE": 16, "BPF_F_XDP_HAS_FRAGS": 32, "BPF_F_TEST_REG_INVARIANTS": 128,
}  # fmt: skip


def compile_test(source: Path, tree: Path, cache: Path, vmlinux: Path | None) -> Path:
    """The object file of a test. Raises CalledProcessError."""
    target = cache / (source.stem + ".o")
    if target.exists():
        return target
    include = Path(ebpf.build.__file__).parent / "include"
    selftests = tree / "tools/testing/selftests/bpf"
    command = [
        sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding", "-O2", "-g", "-mcpu=v4", "-fno-unwind-tables",
        "-fno-asynchronous-unwind-tables", "-Wno-everything", "-D__TARGET_ARCH_x86",
        "-DENABLE_ATOMICS_TESTS",
        f"-I{include}", f"-I{selftests}", f"-I{selftests}/progs",
        f"-I{selftests.parent}",
        *([f"-I{vmlinux}"] if vmlinux else []), f"-I{tree}/tools/lib", "-c", str(source), "-o", str(target),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, text=True, cwd=selftests / "progs")
    return target


class Expected:
    """What a test says of itself."""

    def __init__(self, tags: list[str]) -> None:
        self.priv: bool | None = None
        self.unpriv: bool | None = None
        self.messages: list[str] = []
        self.flags = 0
        self.auxiliary = False
        self.arch: set[str] = set()
        #: What the program returns when it is run on 64 zero bytes, None where the test doesn't say.
        self.returns: int | None = None
        for tag in tags:
            tag = tag.removeprefix("comment:")
            name, _, value = tag.partition("=")
            if name == "test_expect_failure":
                self.priv = False
            elif name == "test_expect_success":
                self.priv = True
            elif name == "test_expect_failure_unpriv":
                self.unpriv = False
            elif name == "test_expect_success_unpriv":
                self.unpriv = True
            elif name == "test_auxiliary":
                self.auxiliary = True
            elif name == "test_prog_flags":
                for flag in value.strip("!").split("|"):
                    self.flags |= FLAGS.get(flag.strip(), 0)
            elif name == "test_arch":
                self.arch.add(value)
            elif name == "test_expect_msg":
                self.messages.append(value.partition("=")[2])
            elif name == "test_retval":
                self.returns = number_of(value)

        if self.priv is None and self.returns is not None:
            self.priv = True


#: Names that annotations use; the first is "some pointer, never mind which".
POINTER_VALUE = 0xBADCAFE
NAMES = {"POINTER_VALUE": POINTER_VALUE, "TEST_DATA_LEN": 64, "INT_MIN": -(1 << 31), "UINT_MAX": (1 << 32) - 1}


#: What the kernel's runner puts into a map before (init_test_val_map()): file → map; a length, and one number.
FILLED = {"verifier_array_access": "map_array_ro", "verifier_value_ptr_arith": "map_array_48b"}
VALUE = (28).to_bytes(4, "little") + bytes(24) + (0xABCDEF12).to_bytes(4, "little") + bytes(16)


def number_of(text: str) -> int | None:
    """A C expression of numbers, as 32 bits."""
    plain = re.sub(r"\b(0[xX][0-9a-fA-F]+|\d+)[uUlL]+\b", r"\1", re.sub(r"\((int|__u32|unsigned)\)", "", text))
    try:
        return int(eval(plain, {"__builtins__": {}}, NAMES)) & 0xFFFFFFFF
    except Exception:
        return None


def run(spec: ObjectSpec, name: str) -> int | str:
    """What the program returns in the vm's interpreter, or why it can't be run there."""
    import ebpf
    from ebpf.errors import EbpfError
    from ebpf.uapi.prog_types import ProgType

    alone = spec.copy()
    held = {str(value) for one in alone.maps.values() for _, value in one.contents if not isinstance(value, bytes)}
    for program in alone.programs.values():
        program.autoload = program.name == name or program.name in held
    try:
        with ebpf.load(alone, engine="vm") as obj:
            filled = FILLED.get(spec.name)
            if filled is not None:
                obj.maps[filled].raw.update(bytes(4), VALUE)
            data = b"" if alone.programs[name].type == ProgType.SYSCALL else bytes(64)
            return obj.programs[name].run(data).retval & 0xFFFFFFFF
    except EbpfError as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"


class Outcome:
    """A verdict: taken or not, and why not."""

    def __init__(self, taken: bool, reason: str, seconds: float, log: str, kind: str = "") -> None:
        self.taken = taken
        self.reason = reason
        self.seconds = seconds
        self.log = log
        self.kind = kind


def judge(program: ProgramSpec, spec: ObjectSpec, target: Btf | None, privileged: bool) -> Outcome:
    started = time.process_time()
    try:
        verify(program, spec.maps, target=target, privileged=privileged)
        return Outcome(True, "", time.process_time() - started, "")
    except VerifierError as error:
        return Outcome(False, error.reason, time.process_time() - started, error.log, error.kind)


def run_file(object_file: Path, target: Btf | None, rows: list[tuple[str, str, bool, bool, Outcome, Expected]]) -> None:
    spec = read(object_file)
    for name, program in spec.programs.items():
        if not program.functions or program.btf is None:
            continue
        expected = Expected(tags_of(program.btf, program.functions[0].type_id).get(-1, []))
        if expected.auxiliary or (expected.arch and "X86_64" not in expected.arch):
            continue
        program.flags |= expected.flags
        for privileged, wanted in ((True, expected.priv), (False, expected.unpriv)):
            if wanted is not None:
                try:
                    outcome = judge(program, spec, target, privileged)
                except Exception as error:  # a crash is a disagreement, to be told
                    outcome = Outcome(not wanted, f"CRASH {type(error).__name__}: {error}", 0, "", "crash")
                rows.append((object_file.stem, name, privileged, wanted, outcome, expected))


def matches(message: str, text: str) -> bool:
    parts = re.split(r"\{\{(.*?)\}\}", message)
    pattern = "".join(part if i % 2 else re.escape(part) for i, part in enumerate(parts))
    return re.search(pattern, text) is not None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tree", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--types", type=Path, default=Path("/sys/kernel/btf/vmlinux"))
    parser.add_argument("--vmlinux", type=Path, help="a folder with vmlinux.h")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "ebpf" / "selftests")
    parser.add_argument("--run", action="store_true", help="run what is accepted and says what it returns, in the vm")
    parser.add_argument("--no-unprivileged", action="store_true")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    target = Btf.parse(options.types.read_bytes()) if options.types.exists() else None
    rows: list[tuple[str, str, bool, bool, Outcome, Expected]] = []
    broken: list[tuple[str, str]] = []
    returned: list[tuple[str, str, int, int | str]] = []
    sources = sorted((options.tree / "tools/testing/selftests/bpf/progs").glob("verifier_*.c"))
    for source in sources:
        if options.only and not any(word in source.stem for word in options.only):
            continue
        try:
            made = compile_test(source, options.tree, options.cache, options.vmlinux)
            if options.run:
                returned += run_returns(made)
            else:
                run_file(made, target, rows)
        except subprocess.CalledProcessError as error:
            broken.append((source.stem, next((x for x in error.stderr.splitlines() if "error" in x), "?")))
        except EbpfError as error:
            broken.append((source.stem, str(error).splitlines()[0]))
    if options.run:
        report_returns(returned)
    else:
        report(rows, broken, options.show)


def run_returns(object_file: Path) -> list[tuple[str, str, int, int | str]]:
    """(file, program, what it should return, what it did or why it wasn't run) of each that is accepted and says it."""
    spec = read(object_file)
    out = []
    for name, program in spec.programs.items():
        if not program.functions or program.btf is None:
            continue
        expected = Expected(tags_of(program.btf, program.functions[0].type_id).get(-1, []))
        if expected.auxiliary or (expected.arch and "X86_64" not in expected.arch) or not expected.priv:
            continue
        if expected.returns in (None, POINTER_VALUE):
            continue
        program.flags |= expected.flags
        out.append((object_file.stem, name, expected.returns or 0, run(spec, name)))
    return out


def report_returns(rows: list[tuple[str, str, int, int | str]]) -> None:
    files: dict[str, list[int]] = {}
    for stem, _, wanted, got in rows:
        counts = files.setdefault(stem, [0, 0])
        counts[0] += 1
        counts[1] += wanted == got
    print(f"{'file':<44} {'run':>6} {'agree':>6}")
    for stem, (count, agree) in files.items():
        print(f"{stem:<44} {count:>6} {agree:>6}")
    for stem, name, wanted, got in rows:
        if wanted != got:
            print(f"{stem} {name}: returns {got if isinstance(got, str) else f'{got:#x}'}, not {wanted:#x}"[:230])
    agree = sum(wanted == got for _, _, wanted, got in rows)
    print(f"return values: {agree} of {len(rows)} agree ({100 * agree / max(len(rows), 1):.1f} %)")


def report(
    rows: list[tuple[str, str, bool, bool, Outcome, Expected]], broken: list[tuple[str, str]], show: bool
) -> None:
    files: dict[str, list[int]] = {}
    for stem, _, _, wanted, outcome, _ in rows:
        counts = files.setdefault(stem, [0, 0, 0, 0])
        counts[0] += 1
        if outcome.taken == wanted:
            counts[1] += 1
        elif outcome.taken:
            counts[2] += 1
        else:
            counts[3] += 1
    print(f"{'file':<44} {'tests':>6} {'agree':>6} {'laxer':>6} {'stricter':>9}")
    for stem, (count, agree, lax, strict) in files.items():
        if show or lax or strict:
            print(f"{stem:<44} {count:>6} {agree:>6} {lax:>6} {strict:>9}")
    for stem, name, privileged, wanted, outcome, _ in rows:
        if outcome.taken != wanted:
            who = "" if privileged else "@unpriv"
            print(
                f"{'LAXER' if outcome.taken else 'stricter'} {stem} {name}{who}: {outcome.kind} {outcome.reason!r}"[
                    :230
                ]
            )
    for stem, why in broken:
        print("not run", stem, why[:200])
    for privileged in (True, False):
        some = [r for r in rows if r[2] == privileged]
        agree = sum(r[4].taken == r[3] for r in some)
        lax = sum(r[4].taken and not r[3] for r in some)
        if some:
            print(
                f"{'privileged' if privileged else 'unprivileged'}: {agree} of {len(some)} agree "
                f"({100 * agree / len(some):.1f} %), {lax} laxer, {len(some) - agree - lax} stricter"
            )
    refused = [r for r in rows if r[2] and not r[3] and not r[4].taken and r[5].messages]
    said = sum(all(matches(m, r[4].reason) for m in r[5].messages) for r in refused)
    print(f"messages: {said} of {len(refused)} refusals say all that the test expects")
    for row in sorted(rows, key=lambda r: -r[4].seconds)[:8]:
        print(f"slow: {row[0]} {row[1]}{'' if row[2] else '@unpriv'} {row[4].seconds:.2f} s")
    print(f"time in verify: {sum(r[4].seconds for r in rows):.1f} s")


if __name__ == "__main__":
    main()
