"""The Linux kernel as an engine: `ebpf.engine.Engine` over bpf(2)."""

from __future__ import annotations

from _weakref import ref
from _weakrefset import WeakSet  # what `weakref` has, without what else that imports

from ebpf.errors import Closed, HookError, VerifierError
from ebpf.kernel import programs as _programs
from ebpf.kernel.types import ObjectTypes
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeVar

    from ebpf.btf import Btf
    from ebpf.engine import RawMap
    from ebpf.hooks import Hook
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.maps import KernelMap
    from ebpf.kernel.process import ChildProcess
    from ebpf.kernel.programs import KernelProgram
    from ebpf.kernel.sys import Descriptor
    from ebpf.kernel.targets import KernelResolver
    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec

    T = TypeVar("T")


class KernelEngine:
    """Maps, programs and attachments in the running kernel.

    What it makes belongs to whoever asked for it; `close` of the engine closes what is still open.
    """

    name = "kernel"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __init__(self, pin_path: str = "/sys/fs/bpf") -> None:
        #: Where maps with LIBBPF_PIN_BY_NAME are pinned, and looked for.
        self.pin_path = pin_path
        #: Program name → the loaded program whose function it traces or replaces.
        self.targets: dict[str, KernelProgram] = {}
        #: Map name → the descriptor of a map to use in its place.
        self.given: dict[str, int] = {}
        #: Keeps the verifier's log of each program: 1, 2 (more) or 4 (statistics).
        self.log_level = 0
        self._open: WeakSet[KernelMap | KernelProgram | KernelLink | ChildProcess] = WeakSet()
        self._closed = False
        self._types = ObjectTypes()
        # What was made last under each name.
        self._maps: dict[str, ref[KernelMap]] = {}
        self._programs: dict[str, ref[KernelProgram]] = {}

    def __enter__(self) -> KernelEngine:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _check(self, what: str = "the kernel engine") -> None:
        if self._closed:
            raise Closed(f"{what} is closed")

    def target_btf(self) -> Sequence[Btf]:
        """The types of this kernel, [] where it doesn't tell them (/sys/kernel/btf/vmlinux, Linux 5.4)."""
        import os

        from ebpf.btf.kernel import SYSFS, Targets

        return Targets() if os.path.exists(f"{SYSFS}/vmlinux") else []

    def lacks(self, spec: ObjectSpec, *, hooks: bool = True) -> list[str]:
        """Why this process or this kernel can't run `spec`: one plain line a reason. `hooks`: what its programs are to be
        attached to counts, too. Nothing stays changed."""
        from ebpf.kernel.features import lacks

        return lacks(spec, hooks=hooks)

    def create_map(self, spec: MapSpec, inner: RawMap | None = None) -> KernelMap:
        """Makes a map, puts in those `contents` that are bytes, and freezes it if the spec says so; contents that name
        another map or a program are for the caller to put in. A map that is pinned by name is opened if it is there (EbpfError
        if it is another map). Raises KernelError, NotSupported."""
        self._check()
        from ebpf.kernel.make_map import make

        if spec.name in self.given:
            from ebpf.kernel.pins import share

            made = share(spec, self.given[spec.name])
        elif spec.pinning:
            from ebpf.kernel.pins import reuse_or_make

            made = reuse_or_make(spec, self.pin_path, lambda: make(spec, inner, self._types))
        else:
            made = make(spec, inner, self._types)
        self._open.add(made)
        self._maps[spec.name] = ref(made)
        if spec.type == MapType.STRUCT_OPS:
            made.register = lambda: self.register(spec.name)
        return made

    def register(self, name: str) -> KernelLink:
        """Registers the struct_ops map of that name with the kernel. Raises HookError, KernelError."""
        self._check()
        from ebpf.hooks import StructOps
        from ebpf.kernel.hooks import struct_ops

        link = struct_ops.attach(self, None, StructOps(name))
        self._open.add(link)
        return link

    def map_named(self, name: str) -> KernelMap:
        """The map of that name that was made last. Raises HookError."""
        there = _alive(self._maps)
        if name not in there:
            raise HookError(f"there is no map {name!r}; there are {', '.join(sorted(there)) or 'none'}")
        return there[name]

    @property
    def programs(self) -> dict[str, KernelProgram]:
        """What was loaded last under each name."""
        return _alive(self._programs)

    def load_program(
        self,
        spec: ProgramSpec,
        maps: Mapping[str, RawMap],
        *,
        target: KernelProgram | None = None,
        log_level: int = 0,
    ) -> KernelProgram:
        """Loads a program. `target`: the program whose function `spec.target` is traced or replaced. `log_level` 1, 2 (more)
        or 4 (statistics) keeps the verifier's log as `program.log`. Raises VerifierError, HookError, NotSupported or
        KernelError."""
        self._check()
        options = _programs.LoadOptions()
        options.log_level = log_level or self.log_level
        options.btf_fd = self._types.fd(spec.btf)
        if options.btf_fd >= 0:
            options.func_info, options.line_info = self._types.infos(spec)
        close: list[KernelResolver | Descriptor] = []
        other = None
        try:
            resolve = None
            if any(ref.kind in ("kfunc", "ksym") for ref in spec.references):
                from ebpf.kernel.targets import KernelResolver

                resolve = KernelResolver()
                close.append(resolve)
            if spec.target and spec.type in _programs.TARGETED:
                from ebpf.kernel.targets import find_target

                other = target or self.targets.get(spec.name)
                options.attach_btf_id, options.attach_fd, beneath = find_target(spec, other)
                if beneath is not None:
                    close.append(beneath)
            if spec.type == ProgType.STRUCT_OPS:
                from ebpf.kernel.struct_ops import of_program

                ops, member = of_program(spec, maps)
                options.attach_btf_id, options.expected_attach_type = ops.struct_id, member
                module = ops.open_module()
                if module is not None:
                    options.attach_fd = module.fd
                    close.append(module)
            program = _programs.load(spec, maps, options, resolve)
        except VerifierError as error:
            why = self._types.refusal(spec.btf) if "BTF" in error.reason else ""
            if why:
                error.args = (f"{error}\n  {why}",)
            raise
        finally:
            for thing in close:
                thing.close()
        if other is not None:
            program.target = other, options.attach_btf_id
        self._open.add(program)
        self._programs[spec.name] = ref(program)
        return program

    def attach(self, program: KernelProgram, hook: Hook) -> KernelLink:
        """Attaches a program. Raises HookError, NotSupported or KernelError."""
        self._check(f"program {program.spec.name}: its object")
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
        self._types.close()


def _alive(known: dict[str, ref[T]]) -> dict[str, T]:
    return {name: thing for name, weak in known.items() if (thing := weak()) is not None}
