"""Finding a clang that makes BPF: one that was named, the system's, or the one in the `ziglang` wheel."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from ebpf._record import Frozen
from ebpf.errors import CompileError

#: The oldest clang whose objects have everything the loader needs.
OLDEST = 14
#: Seconds that asking a compiler for its version may take.
ASK_TIMEOUT = 30.0

INSTALL = "pip install 'ebpf[clang]' brings one, or install clang 14 or later (on Debian: apt install clang)"


class Compiler(Frozen):
    """A clang. `command` is what to run, `version` its major version, `banner` the first line of --version,
    `headers` the folder of its own headers (stdarg.h, stdbool.h, …). `identity` changes when the program file does."""

    command: tuple[str, ...]
    version: int
    banner: str
    headers: str
    identity: str

    @property
    def name(self) -> str:
        return " ".join(self.command)


_asked: dict[tuple[str, ...], tuple[str, Compiler]] = {}


def find_compiler(cc: str | os.PathLike[str] | None = None) -> Compiler:
    """The clang to use: `cc`, else `$EBPF_CC`, else clang (14 or later) on the PATH, else the `ziglang` wheel's.

    `cc` is a path or a name on the PATH; "zig" is the wheel's. Raises CompileError when there is none, or when the one
    that was named is too old or no clang.
    """
    named = os.fspath(cc) if cc is not None else ""
    source = "the compiler"
    if not named:
        named, source = os.environ.get("EBPF_CC", ""), "$EBPF_CC"
    if named in ("zig", "ziglang"):
        zig = _ziglang()
        if zig is None:
            raise CompileError("ziglang is not installed", hint=INSTALL)
        return _ask(zig)
    if named:
        command = _resolve(named)
        if command is None:
            raise CompileError(f"{source} {named!r} was not found", hint=INSTALL)
        found = _ask(command)
        if found.version < OLDEST:
            raise CompileError(f"{found.name} is clang {found.version}; {OLDEST} or later is needed", hint=INSTALL)
        return found
    refused = []
    for name in ("clang", *(f"clang-{version}" for version in range(30, OLDEST - 1, -1))):
        path = shutil.which(name)
        if path is None:
            continue
        try:
            found = _ask((path,))
        except CompileError as error:
            refused.append(str(error).splitlines()[0])
            continue
        if found.version >= OLDEST:
            return found
        refused.append(f"{path} is clang {found.version}, {OLDEST} or later is needed")
    zig = _ziglang()
    if zig is not None:
        return _ask(zig)
    raise CompileError("there is no clang to compile C for BPF", lines=refused, hint=INSTALL)


def _resolve(named: str) -> tuple[str, ...] | None:
    """What to run for a path, a name on the PATH, or a command with arguments ("ccache clang")."""
    path = shutil.which(named)
    parts = [named] if path is not None else shlex.split(named)
    path = path or (shutil.which(parts[0]) if parts else None)
    if path is None:
        return None
    if _is_zig(path):
        # zig itself is no compiler, and `zig cc` adds flags of its own; `zig clang` is clang.
        return (path, "clang")
    return (path, *parts[1:])


def _is_zig(path: str) -> bool:
    return Path(path).stem == "zig"


def _ziglang() -> tuple[str, ...] | None:
    from importlib.util import find_spec

    spec = find_spec("ziglang")
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        program = Path(folder) / ("zig.exe" if sys.platform == "win32" else "zig")
        if program.is_file():
            return (str(program), "clang")
    return None


def _ask(command: tuple[str, ...]) -> Compiler:
    program = Path(command[0])
    try:
        status = program.resolve().stat()
    except OSError as error:
        raise CompileError(f"{program}: {error.strerror}") from error
    stamp = f"{program.resolve()}:{status.st_size}:{status.st_mtime_ns}"
    known = _asked.get(command)
    if known is not None and known[0] == stamp:
        return known[1]
    banner = _output(command, "--version").partition("\n")[0].strip()
    match = re.search(r"clang version (\d+)", banner)
    if match is None:
        raise CompileError(f"{' '.join(command)} is no clang: it says {banner!r}", hint=INSTALL)
    if _is_zig(command[0]):
        headers = program.resolve().parent / "lib" / "include"
    else:
        headers = Path(_output(command, "-print-resource-dir").strip()) / "include"
    found = Compiler(command, int(match[1]), banner, str(headers), f"{banner} {stamp}")
    _asked[command] = (stamp, found)
    return found


def _output(command: tuple[str, ...], *arguments: str) -> str:
    try:
        done = subprocess.run(
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ASK_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise CompileError(f"{' '.join(command)} {arguments[0]} gave no answer in {ASK_TIMEOUT:.0f} s") from None
    except OSError as error:
        raise CompileError(f"{command[0]} can't be run: {error.strerror}", hint=INSTALL) from error
    if done.returncode:
        lines = (done.stderr or done.stdout).splitlines()[:5]
        raise CompileError(f"{' '.join(command)} {arguments[0]} failed", lines=lines, hint=INSTALL)
    return done.stdout
