"""The Linux kernel as an engine: `ebpf.engine.Engine` over bpf(2)."""

from __future__ import annotations

import weakref

from ebpf.errors import Closed
from ebpf.kernel import maps as _maps
from ebpf.kernel import programs as _programs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebpf.btf import Btf
    from ebpf.engine import RawMap
    from ebpf.hooks import Hook
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.maps import KernelMap
    from ebpf.kernel.process import ChildProcess
    from ebpf.kernel.programs import KernelProgram
    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec


class KernelEngine:
    """Maps, programs and attachments in the running kernel.

    What it makes belongs to whoever asked for it; `close` of the engine closes what is still open.
    """

    name = "kernel"

    def __init__(self) -> None:
        self._open: weakref.WeakSet[KernelMap | KernelProgram | KernelLink | ChildProcess] = weakref.WeakSet()
        self._closed = False

    def __enter__(self) -> KernelEngine:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _check(self) -> None:
        if self._closed:
            raise Closed("the kernel engine is closed")

    def target_btf(self) -> Sequence[Btf]:
        """The types of this kernel, [] where it doesn't tell them (/sys/kernel/btf/vmlinux, Linux 5.4)."""
        from ebpf.kernel.types import kernel_types

        return kernel_types()

    def lacks(self, spec: ObjectSpec) -> list[str]:
        """Why this process or this kernel can't run `spec`: one plain line a reason. Nothing stays changed."""
        from ebpf.kernel.features import lacks

        return lacks(spec)

    def create_map(self, spec: MapSpec, inner: RawMap | None = None) -> KernelMap:
        """Makes a map, puts in those `contents` that are bytes, and freezes it if the spec says so; contents that name
        another map or a program are for the caller to put in. Raises KernelError, NotSupported."""
        self._check()
        made = _maps.make(spec, inner)
        self._open.add(made)
        return made

    def load_program(self, spec: ProgramSpec, maps: Mapping[str, RawMap]) -> KernelProgram:
        """Loads a program. Raises VerifierError, NotSupported or KernelError."""
        self._check()
        program = _programs.load(spec, maps)
        self._open.add(program)
        return program

    def attach(self, program: KernelProgram, hook: Hook) -> KernelLink:
        """Attaches a program. Raises HookError, NotSupported or KernelError."""
        self._check()
        from ebpf.kernel.hooks import attach

        link = attach(self, program, hook)
        self._open.add(link)
        return link

    def spawn(self, command: Sequence[str]) -> ChildProcess:
        """Starts a command as an ordinary child, with one execve(2). Raises KernelError."""
        self._check()
        from ebpf.kernel.process import spawn

        child = spawn(command)
        self._open.add(child)
        return child

    def close(self) -> None:
        self._closed = True
        for thing in list(self._open):
            thing.close()
        self._open.clear()
