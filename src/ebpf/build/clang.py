"""One C file to one object file."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ebpf._files import write_all
from ebpf._record import Frozen
from ebpf.build.cache import ObjectCache, cache_folder, digest, file_digest
from ebpf.build.compilers import Compiler, find_compiler
from ebpf.build.hints import hint_for
from ebpf.build.targets import Target, target_for
from ebpf.build.vmlinux import SHIPPED, vmlinux_folder
from ebpf.errors import CompileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Our own C headers: <bpf/bpf_helpers.h>, <linux/bpf.h>, "common.h", …
INCLUDE = Path(__file__).resolve().parent / "include"

#: Seconds that one compilation may take.
TIMEOUT = 300.0


#: The macro that has our bpf_helpers.h define the form of maps in SEC("maps").
LEGACY = "EBPF_LEGACY_MAPS"

#: The macros that have our vmlinux.h declare kfuncs of the kernel: the whole, and before the name of each (`btf.header`).
KFUNCS, KFUNC = "BPF_KFUNC_PROTOTYPES", "BPF_KFUNC_"

#: Said when a program does not compile with the vmlinux.h that we ship.
ONLY_SHIPPED = (
    "vmlinux.h is the one that comes with ebpf, which has the types of ordinary programs only; put one with all types "
    "beside the source (`ebpf vmlinux > vmlinux.h`, on a kernel that has /sys/kernel/btf/vmlinux)"
)


class Compiled(Frozen):
    """What compiling gave: the object, the files it was made of, the compiler's warnings (lines), from the cache or not."""

    data: bytes
    inputs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    cached: bool = False


def compile_c(
    source: str | os.PathLike[str],
    *,
    target: str = "native",
    cc: str | os.PathLike[str] | None = None,
    cflags: Sequence[str] = (),
    include: Sequence[str | os.PathLike[str]] = (),
    define: Sequence[str] = (),
    opt: str = "-O2",
    cpu: str = "v3",
    arch: str | None = None,
    vmlinux: str = "auto",
    cache: bool = True,
    timeout: float = TIMEOUT,
    text: str | bytes | None = None,
) -> Compiled:
    """As `ebpf.build.compile`, and tells what was read and what the compiler warned of."""
    path = os.fspath(source)
    given = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    try:
        text = given if given is not None else Path(path).read_bytes()
    except OSError as error:
        raise CompileError(f"{path}: {error.strerror}") from error
    if text[:4] == b"\x7fELF":
        raise CompileError(f"{path}: is an object file, not C")
    compiler = find_compiler(cc)
    chosen = target_for(target, arch)
    folders = [os.fspath(folder) for folder in include]
    places = [str(Path(path).parent), *folders, *_folders_in(cflags)]
    named = b"vmlinux.h" in text and not any(Path(place, "vmlinux.h").exists() for place in places)
    types = vmlinux_folder(vmlinux, chosen.arch) if named else None
    base = cache_folder() if cache else None
    store = ObjectCache(base) if base is not None else None
    keys: list[str] = []  # of all tries with these types: the next time, the first one finds what the last one gave
    while True:
        flags = _flags(compiler, chosen, cpu, opt, folders, define, cflags, types)
        kind = "text" if given is not None else ""
        key = digest([f"{ObjectCache.FORMAT}", compiler.identity, *flags, kind, str(Path.cwd()), path, text])
        keys.append(key)
        entry = store.find(key) if store is not None else None
        if entry is not None:
            return Compiled(entry.data, entry.inputs, entry.warnings, True)
        started = time.time_ns()
        try:
            compiled = _run(compiler, flags, path, timeout, given)
        except CompileError as error:
            if types is None and any("'vmlinux.h' file not found" in line for line in error.lines):
                # Some header asks for it.
                types = vmlinux_folder(vmlinux, chosen.arch)
                keys.clear()  # without it, a key doesn't say which kernel's
                continue
            if LEGACY not in define and any("incomplete type 'struct bpf_map_def'" in line for line in error.lines):
                # Written for libbpf before 1.0, whose headers had that struct.
                define = [*define, LEGACY]
                continue
            asked = [KFUNCS, *(f"{KFUNC}{name}" for name in _undeclared_kfuncs(error))]
            if types is not None and not set(asked) <= set(define) | {KFUNCS}:
                # As bpftool's vmlinux.h does. Most programs declare theirs themselves, not always as this kernel has them.
                define = [*define, *(name for name in asked if name not in define)]
                continue
            lacks = any(re.search("undeclared|unknown type|incomplete|no member named", line) for line in error.lines)
            if types == SHIPPED and lacks and not error.hint:
                raise CompileError(error.args[0].partition("\n")[0], lines=error.lines, hint=ONLY_SHIPPED) from None
            raise
        break
    if store is not None and _settled(compiled.inputs, started):
        inputs = {name: file_digest(name) for name in compiled.inputs}
        order = [*places[1:], str(INCLUDE), compiler.headers, *([str(types)] if types else []), *system_folders()]
        shadows = _shadows(path, compiled.inputs, order)
        for key in keys:
            store.keep(key, inputs, shadows, compiled.warnings, compiled.data)
    return compiled


def _undeclared_kfuncs(error: CompileError) -> list[str]:
    from ebpf.uapi.kfuncs import kfunc

    said = "\n".join(error.lines)
    found = []
    for name in re.findall(r"(?:undeclared function|declaration of function|undeclared identifier) '(\w+)'", said):
        with contextlib.suppress(KeyError):
            found.append(kfunc(name).name)
    return sorted(set(found))


def _flags(
    compiler: Compiler,
    target: Target,
    cpu: str,
    opt: str,
    include: Sequence[str],
    define: Sequence[str],
    cflags: Sequence[str],
    types: Path | None,
) -> list[str]:
    """The command line but for the files. Ours first, so that what a user adds has the last word."""
    here = str(Path.cwd())
    return [
        "-target",
        target.triple,
        f"-mcpu={cpu}",
        opt if opt.startswith("-") else f"-O{opt}",
        "-g",
        "-std=gnu17",
        "-fno-color-diagnostics",
        # What newer clangs say anyway: a function that nobody declared would be missing only when the object is loaded.
        "-Werror=implicit-function-declaration",
        # A compiler that crashes is to leave nothing in the folder for temporary files.
        "-fno-crash-diagnostics",
        # BPF_CORE_READ of a const field makes a variable of its type.
        *(["-Wno-default-const-init-var-unsafe"] if compiler.version >= 21 else []),
        # Neither the machine's headers nor its paths go into the object, unless a program asks for what we don't have.
        "-nostdinc",
        "-fdebug-compilation-dir=.",
        # Of two that fit, clang takes the last. Told from here, a source is "./x.bpf.c"; mapped to ".", "././x.bpf.c".
        f"-fdebug-prefix-map={here.rstrip('/')}/=",
        f"-fdebug-prefix-map={here}=.",
        f"-fdebug-prefix-map={INCLUDE}=ebpf",
        f"-fdebug-prefix-map={compiler.headers}=clang",
        *(f"-D__TARGET_ARCH_{target.arch}" for _ in range(bool(target.arch))),
        *(f"-D{name}" for name in define),
        *(f"-I{folder}" for folder in include),
        *cflags,
        "-isystem",
        str(INCLUDE),
        "-isystem",
        compiler.headers,
        *(["-isystem", str(types), f"-fdebug-prefix-map={types}=vmlinux"] if types is not None else []),
        *(f"-idirafter{folder}" for folder in system_folders()),
    ]


def system_folders() -> list[str]:
    """Where the machine's own headers are: looked into last, for what ours lack."""
    if not sys.platform.startswith("linux"):
        return []
    # A Python of 32 bits has its own headers, whatever the kernel's machine is.
    name = getattr(sys.implementation, "_multiarch", "") or f"{os.uname().machine}-linux-gnu"
    folders = [f"/usr/include/{name}", "/usr/include"]
    return [folder for folder in folders if Path(folder).is_dir()]


def _folders_in(cflags: Sequence[str]) -> list[str]:
    """The include folders that raw flags name."""
    found = []
    for at, flag in enumerate(cflags):
        for option in ("-I", "-isystem", "-iquote", "-idirafter"):
            if flag == option and at + 1 < len(cflags):
                found.append(cflags[at + 1])
            elif flag.startswith(option) and flag != option:
                found.append(flag[len(option) :])
    return found


#: What clang takes for a source by its name, and can make BPF of; anything else is taken for C.
_SOURCES = (".c", ".i", ".cc", ".cpp", ".cxx", ".ll", ".bc", ".S", ".s")

#: Those that have nothing to include: clang writes no depfile, and warns of each flag that is for a preprocessor.
_ALONE = (".i", ".ll", ".bc", ".s")


def _source(path: str, text: bytes | None) -> tuple[list[str], bytes | None]:
    """How the compiler is told of the source, and what it gets on its standard input."""
    if text is None:
        quiet = ["-Wno-unused-command-line-argument"] if path.endswith(_ALONE) else []
        return [*quiet, *(["-x", "c"] if not path.endswith(_SOURCES) else []), "-c", path], None
    name = path.replace("\\", "\\\\").replace('"', '\\"')
    line = f'# 1 "{name}"\n'.encode("utf-8", "surrogateescape")  # what messages and lines of BTF call it
    return ["-iquote", str(Path(path).parent), "-x", "c", "-c", "-"], line + text


def _run(compiler: Compiler, flags: Sequence[str], path: str, timeout: float, text: bytes | None) -> Compiled:
    folder = tempfile.mkdtemp(prefix="ebpf-build-")
    try:
        output, depfile = Path(folder, "out.o"), Path(folder, "out.d")
        what, standard_input = _source(path, text)
        command = [*compiler.command, *flags, "-MD", "-MF", str(depfile), "-MT", "o", *what, "-o", str(output)]
        try:
            done = subprocess.run(
                command,
                input=standard_input or b"",
                capture_output=True,
                timeout=timeout,
            )
            messages = done.stderr.decode(errors="replace")
        except subprocess.TimeoutExpired:
            raise CompileError(f"{path}: {compiler.name} was stopped after {timeout:g} s") from None
        except OSError as error:
            raise CompileError(f"{compiler.command[0]} can't be run: {error.strerror}") from error
        lines = tuple(readable(messages))
        if done.returncode:
            if done.returncode < 0:
                raise CompileError(f"{path}: {compiler.name} was killed by signal {-done.returncode}", lines=lines)
            # Back ends that give up on a program say why before; a fault of the compiler's own leaves nothing but its stack.
            if "Stack dump:" in messages and not any("error:" in line for line in lines):
                hint = "a fault of the compiler's own: try another one (--cc), or write what it was at in another way"
                raise CompileError(f"{path}: {compiler.name} crashed", lines=_where(messages), hint=hint)
            raise CompileError(f"{path} did not compile", lines=lines, hint=hint_for(messages))
        try:
            data = output.read_bytes()
            read = _inputs(path, depfile)
        except OSError as error:
            raise CompileError(f"{path}: {compiler.name} wrote no object", lines=lines) from error
        return Compiled(data, tuple(read), lines)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inputs(path: str, depfile: Path) -> list[str]:
    if path.endswith(_ALONE) and not depfile.exists():
        return [path]
    return [name for name in parse_depfile(depfile.read_text(errors="surrogateescape")) if name != "-"]


def _where(messages: str) -> list[str]:
    """What a crashed compiler says of what it was at: "1.	x.c:3:1: parsing function body 'f'"."""
    return re.findall(r"(?m)^[1-9]\d*\.\s+(.+)$", messages)


def readable(messages: str) -> list[str]:
    """The compiler's lines, without the dump of its own state that it adds when its back end gives up. What it says several
    times (of a stack that is too long, once for each access) stands there once."""
    kept: list[str] = []
    for line in messages.splitlines():
        if line.startswith(("PLEASE submit a bug report", "PLEASE ATTACH", "Stack dump:")):
            break
        # The nodes of an instruction that can't be selected: "  0x55…: i32 = sdiv …".
        if line.strip() and not re.match(r"\s+0x[0-9a-f]{6,}: ", line):
            kept.append(line)
    starts = [at for at, line in enumerate(kept) if at == 0 or re.search(r"(?:error|warning|note): ", line)]
    said = [tuple(kept[start:end]) for start, end in zip(starts, [*starts[1:], len(kept)], strict=False)]
    return [line for block in dict.fromkeys(said) for line in block]


def parse_depfile(text: str) -> list[str]:
    """The files that the first rule of `make` names behind its colon. Spaces are escaped, dollars doubled."""
    _, _, rest = text.replace("\\\r\n", " ").replace("\\\n", " ").lstrip().partition("\n")[0].partition(":")
    names = re.findall(r"(?:\\.|[^\s\\])+", rest)
    return [re.sub(r"\\([ #\\])", r"\1", name).replace("$$", "$") for name in names]


def make_rule(made: Sequence[str], inputs: Sequence[str]) -> bytes:
    """The rule of `make` that `parse_depfile` reads: what was made, of what. A file that is gone since stops no `make`."""

    def escaped(name: str) -> str:
        return name.replace("$", "$$").replace(" ", "\\ ").replace("#", "\\#")

    names = [escaped(name) for name in inputs]
    lines = [f"{' '.join(map(escaped, made))}:", *names]
    gone = [f"{name}:" for name in names[1:]]
    return "\n".join([" \\\n  ".join(lines), *gone, ""]).encode("utf-8", "surrogateescape")


def _settled(inputs: Sequence[str], started: int) -> bool:
    """Whether no input was written while it was being compiled: then what is on the disk is what was compiled."""
    try:
        return all(Path(name).stat().st_mtime_ns < started for name in inputs)
    except OSError:
        return False


def _shadows(source: str, inputs: Sequence[str], order: Sequence[str]) -> list[str]:
    """Where a header would have been found before the one that was: nothing may be there when an entry is used."""
    places = [str(Path(source).parent), *order]
    absent: set[str] = set()
    for name in inputs:
        # By which folder it was found is not known: by any that it lies in.
        for at, folder in enumerate(places):
            prefix = folder.rstrip("/") + "/"
            if name.startswith(prefix):
                absent.update(str(Path(earlier, name[len(prefix) :])) for earlier in places[:at])
    return sorted(absent - set(inputs))


def write_object(path: str | os.PathLike[str], data: bytes) -> None:
    """Writes a file whole or not at all, readable as the user's other files are. OSError says which could not be written."""
    write_all([(path, data)])
