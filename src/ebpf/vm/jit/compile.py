"""LLVM: text → machine code in memory. The only place that imports llvmlite, when a program is first compiled.

One target machine and one JIT linker serve the whole process. Machine code is kept on disk as object files, named by all that
went into them; see `cache`.
"""

from __future__ import annotations

import hashlib
from threading import Lock

from ebpf.errors import NotSupported
from ebpf.vm.jit import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Changes when generated code for the same program would.
VERSION = 1

_lock = Lock()
_compiler: Compiler | None = None


class Code:
    """Machine code of one program: the addresses of its exported functions. Lives as long as this does."""

    __slots__ = ("_library", "addresses")

    def __init__(self, library: Any, names: list[str]) -> None:
        self._library = library
        self.addresses = {name: int(library[name]) for name in names}


class Compiler:
    def __init__(self) -> None:
        try:
            import llvmlite.binding as llvm
        except ImportError:
            raise NotSupported("the JIT", why="llvmlite is not installed", hint="pip install 'ebpf[jit]'") from None
        self.llvm = llvm
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        target = llvm.Target.from_default_triple()
        self.cpu = llvm.get_host_cpu_name()
        self.features = llvm.get_host_cpu_features().flatten()
        self.machines = {
            level: target.create_target_machine(
                cpu=self.cpu, features=self.features, opt=level, reloc="pic", codemodel="default"
            )
            for level in (0, 2)
        }
        self.triple = llvm.get_process_triple()
        self.layout = str(self.machines[2].target_data)
        self.lljit = llvm.create_lljit_compiler(
            target.create_target_machine(cpu=self.cpu, features=self.features, opt=2, reloc="pic", codemodel="default")
        )
        self.number = 0
        self.key = "\0".join(
            [str(VERSION), ".".join(map(str, llvm.llvm_version_info)), self.triple, self.cpu, self.features]
        )

    def object(self, text: str, level: int) -> bytes:
        """Machine code as an object file, from the cache if it is there."""
        name = hashlib.sha256(f"{self.key}\0{level}\0{text}".encode()).hexdigest()
        data = cache.get(name)
        if data is None:
            data = self.assemble(text, level)
            cache.put(name, data)
        return data

    def module(self, text: str, level: int) -> Any:
        head = f'target datalayout = "{self.layout}"\ntarget triple = "{self.triple}"\n'
        module = self.llvm.parse_assembly(head + text)
        if level:
            options = self.llvm.create_pipeline_tuning_options(speed_level=level)
            options.loop_vectorization = True
            options.slp_vectorization = True
            options.loop_interleaving = True
            options.loop_unrolling = True
            builder = self.llvm.create_pass_builder(self.machines[level], options)
            builder.getModulePassManager().run(module, builder)
        return module

    def assemble(self, text: str, level: int) -> bytes:
        data: bytes = self.machines[level].emit_object(self.module(text, level))
        return data

    def load(self, text: str, level: int, names: list[str]) -> Code:
        return self.link(self.object(text, level), names)

    def load_once(self, text: str, names: list[str]) -> Code:
        """For text with addresses in it: never kept on disk."""
        with _lock:
            return self.link(self.assemble(text, 0), names)

    def link(self, data: bytes, names: list[str]) -> Code:
        self.number += 1
        builder = self.llvm.JITLibraryBuilder().add_object_img(data)
        for name in names:
            builder.export_symbol(name)
        builder.add_current_process()
        return Code(builder.link(self.lljit, f"bpf{self.number}"), names)


def compiler() -> Compiler:
    """The process's compiler. Raises NotSupported without llvmlite."""
    global _compiler
    with _lock:
        if _compiler is None:
            _compiler = Compiler()
        return _compiler


def load(text: str, level: int, names: list[str]) -> Code:
    """Compiles a module at a level (0: at once, 2: optimised) and loads it."""
    found = compiler()
    with _lock:
        return found.load(text, level, names)


def available() -> bool:
    """Whether llvmlite is installed; doesn't import it."""
    from importlib.util import find_spec

    return find_spec("llvmlite") is not None
