"""`ebpf generate`: runs the commands that Python files name in lines of their own, as `go generate` does for Go.

    # ebpf:generate bpf2py execve_count kprobe.bpf.c -- -I$EBPF_DIR/include
    # ebpf:generate -command b bpf2py --strip        (from here on, in this file, `b` stands for that)

A command runs in the folder of its file. `$NAME` and `${NAME}` are $EBPF_FILE (the file's name), $EBPF_DIR (its folder),
$EBPF_LINE, $DOLLAR, and variables of the environment. The commands of one file run in order, files in parallel.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ebpf._record import Frozen
from ebpf.errors import EbpfError

_MARK = re.compile(r"\s*#\s?ebpf:generate(?:\s+(.*))?$")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
#: Folders that hold other people's files, or none that a person wrote.
_SKIPPED = frozenset({"__pycache__", "node_modules", "build", "dist"})


class GenerateError(EbpfError):
    """A line that can't be run, or whose command failed."""


class Directive(Frozen):
    """A line to run: the words of its command, variables filled in, aliases too."""

    file: Path
    line: int
    words: tuple[str, ...]


class Outcome(Frozen):
    """What running a line gave: its exit status and what it printed."""

    directive: Directive
    status: int
    output: str


def python_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    """The Python files among these, and in folders among these, by name. Hidden folders and environments are passed by."""
    for path in map(Path, paths):
        if not path.is_dir():
            if not path.exists():
                raise GenerateError(f"{path}: no such file or folder")
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and name not in _SKIPPED
                and not Path(folder, name, "pyvenv.cfg").exists()  # a virtual environment
            )
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(".py"))


def directives(path: Path) -> list[Directive]:
    """The lines of a file that name commands. Raises GenerateError with the place for one that can't be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GenerateError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise GenerateError(f"{path}: it is no UTF-8 text") from None
    if "ebpf:generate" not in text:
        return []
    out: list[Directive] = []
    aliases: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _MARK.fullmatch(line)
        if not found:
            continue
        place = f"{path}:{number}"
        try:
            words = [_expand(word, path, number, place) for word in shlex.split(found[1] or "")]
        except ValueError as error:
            raise GenerateError(f"{place}: {error}") from None
        if not words:
            raise GenerateError(f"{place}: no command after ebpf:generate")
        if words[0] == "-command":
            if len(words) < 3:
                raise GenerateError(f"{place}: -command needs a name and what it stands for")
            aliases[words[1]] = words[2:]
            continue
        out.append(Directive(path, number, (*aliases.get(words[0], words[:1]), *words[1:])))
    return out


def _expand(word: str, path: Path, line: int, place: str) -> str:
    known = {"EBPF_FILE": path.name, "EBPF_DIR": str(path.resolve().parent), "EBPF_LINE": str(line), "DOLLAR": "$"}

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name in known:
            return known[name]
        if name in os.environ:
            return os.environ[name]
        raise GenerateError(f"{place}: no variable ${name}")

    return _VARIABLE.sub(value, word)


def run(
    found: Sequence[Directive],
    *,
    jobs: int = 0,
    check: bool = False,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Runs them: the lines of a file in order until one fails, up to `jobs` files at a time (0: one for each CPU).

    With `check` nothing is written: bpf2py says whether what is there is what it would write (status 1 if not), and commands that
    can't be asked that are left out. `done` is called from this thread, in the order of `found`, as soon as that order allows.
    """
    from concurrent.futures import ThreadPoolExecutor

    files: dict[Path, list[Directive]] = {}
    for directive in found:
        files.setdefault(directive.file, []).append(directive)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        for result in pool.map(lambda one: _run_file(one, check), files.values()):
            for outcome in result:
                done(outcome)
            outcomes += result
    return outcomes


def _run_file(found: Sequence[Directive], check: bool) -> list[Outcome]:
    outcomes = []
    for directive in found:
        if check and directive.words[0] != "bpf2py":
            continue
        outcomes.append(_run(directive, {"BPF2PY_CHECK": "1"} if check else {}))
        if outcomes[-1].status:
            break
    return outcomes


def _run(directive: Directive, more: Mapping[str, str]) -> Outcome:
    name, *rest = directive.words
    if name == "bpf2py":  # this one, not whichever is first on the PATH
        command = [sys.executable, "-m", "ebpf.cli.bind", *rest]
    elif shutil.which(name) is None:
        return Outcome(directive, 127, f"{name}: no such command\n")
    else:
        command = list(directive.words)
    folder = directive.file.resolve().parent
    environment = {
        **os.environ,
        **more,
        "EBPF_FILE": directive.file.name,
        "EBPF_DIR": str(folder),
        "EBPF_LINE": str(directive.line),
    }
    # What this process runs from must be found from that folder too.
    environment["PYTHONPATH"] = os.pathsep.join(
        [os.path.abspath(part) for part in sys.path if part and os.path.isdir(part)]
    )
    result = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return Outcome(directive, result.returncode, result.stdout.decode(errors="replace"))
