"""Every command that reads objects, over object files of whatever compiler: none may fail but by an error of ours.

    python tests/fuzz/objects.py FILE|FOLDER... [--only show,link] [--seconds 60]

Each file has a process of its own. Of each is told: what broke (an internal error, no JSON, text that assembles to other
bytes, a linked object that isn't the same), what took longer than --seconds, and, counted, what was refused. The exit status
is 1 if anything broke.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from ebpf import elf, link
from ebpf.asm import disassemble, encode, parse
from ebpf.bind.bpf2py import bpf2py
from ebpf.cli import main as cli
from ebpf.errors import EbpfError
from ebpf.spec import ProgramSpec


class Broken(Exception):
    """Something that no object may do to us."""


def _run(*arguments: object) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.guarded(cli.group, "ebpf", [str(one) for one in arguments])
    said = err.getvalue().strip()
    if "internal error" in said or "Traceback" in said:
        raise Broken(said)
    if status not in (0, 1, 4, 5) or (status and not (out.getvalue() or said)):
        raise EbpfError(said)
    return out.getvalue()


def _show(path: Path, folder: Path) -> None:
    _run("show", path)
    text = _run("show", "--json", path)
    if text:
        json.loads(text)


def _disasm(path: Path, folder: Path) -> None:
    _run("disasm", "--source", path)
    spec = elf.read(path)
    for name, program in spec.programs.items():
        lines = disassemble(
            program.code, byte_order=spec.byte_order, functions=program.functions, references=program.references
        )
        if encode(parse("\n".join(lines)).instructions, spec.byte_order) != program.code:
            raise Broken(f"{name}: its text assembles to other bytes")


def _btf(path: Path, folder: Path) -> None:
    for words in (["dump"], ["dump", "--raw"], ["list"]):
        _run("btf", *words, path)


def _link(path: Path, folder: Path) -> None:
    one = elf.read(path)
    other = elf.read(link([path]))
    for kind in ("programs", "maps", "variables"):
        if getattr(one, kind).keys() != getattr(other, kind).keys():
            raise Broken(f"linked by itself it has other {kind}")
    for name, program in one.programs.items():
        if _parts(program) != _parts(other.programs[name]):
            raise Broken(f"linked by itself its program {name} is another")


def _parts(program: ProgramSpec) -> tuple[object, ...]:
    """All of it but the ids of types, which linking changes."""
    references = [(one.slot, one.kind, one.name, one.offset) for one in program.references]
    return program.code, references, len(program.core), len(program.lines)


def _bind(path: Path, folder: Path) -> None:
    bpf2py("bound", path, output_dir=folder)
    compile((folder / "bound.py").read_text(encoding="utf-8"), "bound.py", "exec")


def _verify(path: Path, folder: Path) -> None:
    _run("verify", "--target", "none", "--json", path)


STEPS: dict[str, Callable[[Path, Path], None]] = {
    "show": _show, "disasm": _disasm, "btf": _btf, "link": _link, "bind": _bind, "verify": _verify,
}  # fmt: skip


def tried(step: str, path: Path, folder: Path) -> tuple[str, str]:
    """("broken" | "refused" | "", what was said)."""
    try:
        STEPS[step](path, folder)
    except EbpfError as error:
        return "refused", str(error).splitlines()[0] if str(error) else ""
    except Broken as error:
        return "broken", str(error)
    except TimeoutError:
        return "broken", "it took too long"
    except Exception as error:
        return "broken", "".join(traceback.format_exception(error))
    return "", ""


def _late(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--only", default=",".join(STEPS))
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*.o")) if path.is_dir() else [path])]
    broken, refused = 0, Counter[str]()
    for file in files:
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            signal.signal(signal.SIGALRM, _late)
            with os.fdopen(writer, "w") as out, tempfile.TemporaryDirectory() as folder:
                for step in options.only.split(","):
                    signal.alarm(options.seconds)
                    found = tried(step, file, Path(folder))
                    signal.alarm(0)
                    out.write(json.dumps([step, *found]) + "\n")
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as lines:
            rows = [json.loads(line) for line in lines]
        os.waitpid(child, 0)
        if len(rows) != len(options.only.split(",")):
            rows.append(["all", "broken", "the process ended"])
        for step, kind, said in rows:
            if kind == "broken":
                broken += 1
                print(f"{file}: {step}: {said}")
            elif kind:
                refused[step] += 1
    print(f"{len(files)} objects, {broken} broken; refused: {dict(refused)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
