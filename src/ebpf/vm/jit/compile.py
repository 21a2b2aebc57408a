"""LLVM: text → machine code in memory. The only place that imports llvmlite, when a program is first compiled.

One target machine of each level and one JIT linker serve the whole process. Machine code is kept on disk as object files, named
by all that went into them (see `cache`), and linked by LLVM, or without it where it isn't imported yet (`link`).
"""

from __future__ import annotations

import atexit
import os
import sys
from threading import Lock

from ebpf.errors import NotSupported
from ebpf.vm.jit import cache, link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

#: Changes when generated code for the same program would.
VERSION = 5

#: As Linux, macOS and Windows call them.
_MACHINES = frozenset(["x86_64", "aarch64", "arm64", "AMD64", "ARM64"])

_lock = Lock()
_compiler: Compiler | None = None
_ended = False


class Code:
    """Machine code of one program: the addresses of its exported functions. Lives as long as this does."""

    __slots__ = ("_library", "addresses")

    def __init__(self, library: Any, names: Sequence[str]) -> None:
        self._library = library
        self.addresses = {name: int(library[name]) for name in names}


class Compiler:
    """LLVM for this machine, or for `target` (a triple, with a plain CPU of its kind), whose code can't be linked here."""

    def __init__(self, target: str | None = None) -> None:
        _need()
        try:
            import llvmlite.binding as llvm
        except (ImportError, OSError) as error:
            # Its library isn't for this system (OSError), or is for another Python.
            raise NotSupported("the JIT", why=f"llvmlite can't be loaded: {error}") from None
        self.llvm = llvm
        if target is None:
            llvm.initialize_native_target()
            llvm.initialize_native_asmprinter()
            self.triple = llvm.get_process_triple()
            self.cpu = llvm.get_host_cpu_name()
            self.features = llvm.get_host_cpu_features().flatten()
        else:
            llvm.initialize_all_targets()
            llvm.initialize_all_asmprinters()
            self.triple, self.cpu, self.features = target, "generic", ""
        self._target = llvm.Target.from_triple(self.triple)
        self._machines: dict[int, Any] = {}
        self.layout = str(self.machine(2).target_data)
        self._lljit: Any = None
        self.number = 0

    def machine(self, level: int) -> Any:
        found = self._machines.get(level)
        if found is None:
            found = self._machines[level] = self._make(level)
        return found

    def _make(self, level: int) -> Any:
        return self._target.create_target_machine(
            cpu=self.cpu, features=self.features, opt=level, reloc="pic", codemodel="default"
        )

    def module(self, text: str, level: int) -> Any:
        head = f'target datalayout = "{self.layout}"\ntarget triple = "{self.triple}"\n'
        module = self.llvm.parse_assembly(head + text)
        if level:
            options = self.llvm.create_pipeline_tuning_options(speed_level=level)
            options.loop_vectorization = True
            options.slp_vectorization = True
            options.loop_interleaving = True
            options.loop_unrolling = True
            builder = self.llvm.create_pass_builder(self.machine(level), options)
            builder.getModulePassManager().run(module, builder)
        return module

    def assemble(self, text: str, level: int) -> bytes:
        data: bytes = self.machine(level).emit_object(self.module(text, level))
        return data

    def link(self, data: bytes, names: Sequence[str]) -> Code:
        if self._lljit is None:
            self._lljit = self.llvm.create_lljit_compiler(self._make(2))
        self.number += 1
        builder = self.llvm.JITLibraryBuilder().add_object_img(data)
        for name in names:
            builder.export_symbol(name)
        builder.add_current_process()
        return Code(builder.link(self._lljit, f"bpf{self.number}"), names)


def compiler() -> Compiler:
    """The process's compiler. Raises NotSupported without llvmlite."""
    with _lock:
        return _get()


def _get() -> Compiler:
    global _compiler
    if _ended:
        raise NotSupported("the JIT", why="this process is ending")
    if _compiler is None:
        _compiler = Compiler()
        atexit.register(_end)
    return _compiler


def _end() -> None:
    """LLVM takes itself apart when the process ends: by then nobody is in it, a thread that nobody waits for neither."""
    global _ended
    with _lock:
        _ended = True


def load(text: str, level: int, names: Sequence[str]) -> Code | link.Linked:
    """Compiles a module at a level (0: at once, 2: optimised), or takes it from the cache, and loads it."""
    found = cached(text, level, names)
    if found is not None:
        return found
    with _lock:
        llvm = _get()
        data = llvm.assemble(text, level)
        cache.put(_name(text, level), data)
        return llvm.link(data, names)


def cached(text: str, level: int, names: Sequence[str]) -> Code | link.Linked | None:
    """A module's code, if it is in the cache."""
    data = cache.get(_name(text, level))
    if data is None:
        return None
    if _compiler is None:
        found = link.link(data, names)
        if found is not None:
            return found
    with _lock:
        return _get().link(data, names)


def load_once(text: str, names: Sequence[str]) -> Code:
    """For text with addresses in it: never kept on disk."""
    with _lock:
        llvm = _get()
        return llvm.link(llvm.assemble(text, 0), names)


def _name(text: str, level: int) -> str:
    """What a module's code is known by: all that it is made from."""
    return cache.name_of(f"{VERSION}\0{_environment()}\0{level}\0{text}")


_known = ""


def _environment() -> str:
    """LLVM's version and the CPU, without importing LLVM where that can be."""
    global _known
    if not _known:
        cpu = _cpu()
        if cpu:
            _known = f"{installed()}\0{cpu}"
        else:
            llvm = compiler()
            version = ".".join(map(str, llvm.llvm.llvm_version_info))
            _known = f"{version}\0{llvm.triple}\0{llvm.cpu}\0{llvm.features}"
    return _known


#: The lines of /proc/cpuinfo that say what code a CPU can run, on x86 and on ARM.
_CPU_LINES = (
    "vendor_id", "cpu family", "model", "model name", "stepping", "flags",
    "CPU implementer", "CPU architecture", "CPU variant", "CPU part", "CPU revision", "Features",
)  # fmt: skip


def _cpu() -> str:
    """The first CPU as Linux describes it; empty elsewhere."""
    try:
        with open("/proc/cpuinfo", encoding="latin-1") as file:
            text = file.read(16384)  # the file has one paragraph a CPU, and is made as it is read
    except OSError:
        return ""
    lines = [line for line in text.split("\n\n")[0].splitlines() if line.split("\t")[0].strip() in _CPU_LINES]
    return f"{os.uname().machine}\n" + "\n".join(lines) if lines else ""


def installed() -> str:
    """The installed llvmlite, as its own file of version numbers says. Raises NotSupported without."""
    with open(os.path.join(os.path.dirname(_need()), "_version.py"), encoding="latin-1") as file:
        return file.read()


def available() -> bool:
    """Whether there is a JIT here: this machine is one that code is made for, and llvmlite is installed. Doesn't import it."""
    return not _wrong_machine() and bool(_llvmlite())


def _need() -> str:
    """The file of llvmlite. Raises NotSupported where there is no JIT."""
    why = _wrong_machine()
    if why:
        raise NotSupported("the JIT", why=why, hint="programs are interpreted here")
    found = _llvmlite()
    if not found:
        raise NotSupported("the JIT", why="llvmlite is not installed", hint="pip install 'ebpf[jit]'")
    return found


def _llvmlite() -> str:
    from importlib.util import find_spec

    spec = find_spec("llvmlite")
    return (spec and spec.origin) or ""


def _wrong_machine() -> str:
    """Why no code is made for this machine; "" where it is: code keeps addresses in 64 bits, the low byte first."""
    if hasattr(os, "uname"):
        machine = os.uname().machine
    else:
        import platform

        machine = platform.machine()
    if machine not in _MACHINES or sys.maxsize < 1 << 32:
        bits = "" if sys.maxsize > 1 << 32 else " and a Python of 64 bits"
        return f"it needs x86-64 or aarch64{bits}, this is {machine}"
    return ""


if hasattr(os, "register_at_fork"):
    # A child can use LLVM only if nobody was in it: whoever forks waits until then.
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)
