"""Compile, read, load: the way through the rooms. Composition and nothing else."""

from __future__ import annotations

import os

from ebpf.errors import KernelError, NotSupported, ObjectError
from ebpf.objects.object import Object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager
    from typing import Any, Literal, TypeVar

    from ebpf.engine import Engine, Link
    from ebpf.objects.program import Program
    from ebpf.spec import MapSpec, ObjectSpec

    Source = str | os.PathLike[str] | bytes | ObjectSpec
    Kconfig = Mapping[str, str | int | bool] | str | os.PathLike[str]
    ObjectT = TypeVar("ObjectT", bound=Object)


def read(source: str | os.PathLike[str] | bytes) -> ObjectSpec:
    """Reads an object file (a path, or its bytes). ObjectError says what is wrong and where; nothing is loaded."""
    from ebpf import elf

    try:
        return elf.read(source)
    except OSError as error:
        path = "" if isinstance(source, bytes) else os.fspath(source)
        raise ObjectError(f"can't be read: {error.strerror}", path=path) from error


def compile(source: str | os.PathLike[str], **options: Any) -> ObjectSpec:
    """Compiles a C file and reads the object; `options` are those of `ebpf.build.compile`.

    CompileError has the compiler's own lines and, where we know one, a hint.
    """
    from ebpf import build, elf

    return elf.read(build.compile(source, **options), path=os.fspath(source))


def link(
    objects: Iterable[str | os.PathLike[str] | bytes],
    output: str | os.PathLike[str] | None = None,
    *,
    strip: bool = False,
) -> bytes:
    """Links object files (paths, or their bytes; C files are compiled) into one and gives its bytes: what one declares extern
    is found in the others, types are merged. It is written to `output`, too, if that is named. `strip` leaves debug
    information out, not BTF.

    ObjectError says which objects don't fit together, and why.
    """
    from ebpf import build
    from ebpf.elf.link import link as link_objects
    from ebpf.elf.writer import strip as strip_object

    inputs = []
    for number, one in enumerate(objects):
        if isinstance(one, bytes):
            inputs.append((f"object {number}", one))
        elif os.fspath(one).endswith(".c"):
            inputs.append((os.fspath(one), build.compile(one)))
        else:
            with open(one, "rb") as file:
                inputs.append((os.fspath(one), file.read()))
    data = link_objects(inputs)
    if strip:
        data = strip_object(data)
    if output is not None:
        build.write_object(output, data)
    return data


def load(
    source: Source,
    *,
    engine: Literal["auto", "kernel", "vm"] | Engine = "auto",
    variables: Mapping[str, Any] | None = None,
    kconfig: Kconfig | None = None,
    maps: Mapping[str, Any] | None = None,
    pin_path: str = "",
    targets: Mapping[str, Program] | None = None,
    log_level: int = 0,
) -> Object:
    """Loads an object (a spec, a path, or bytes) and gives its maps and programs; attaches nothing.

    `engine` "auto" takes the kernel when this process may use it and this kernel has all that the object needs, else the vm;
    `Object.why` says which and why. "kernel" loads what can be loaded; a hook that this kernel lacks is told by `attach`.
    `variables` sets globals before the load. Paths ending in .c are compiled first.

    `kconfig` says what `extern … __kconfig` variables are, before this kernel's own configuration is asked: their values by
    name (`{"CONFIG_HZ": 1000, "CONFIG_BPF_LSM": True, "LINUX_KERNEL_VERSION": 0x060c00}`; a tristate is "y", "m" or "n"), or
    the path of a .config file, gzipped or not.

    Of the kernel engine: `maps` are used in place of the object's own of those names, and stay their owner's;
    `pin_path` is where maps with LIBBPF_PIN_BY_NAME are looked for and pinned (/sys/fs/bpf);
    `targets` says by program which loaded program's function it replaces or traces (SEC("freplace/…"), "fentry/…");
    `log_level` 1, 2 (more) or 4 (statistics) keeps the verifier's log as `Program.log`.
    """
    return load_as(
        Object,
        source,
        engine=engine,
        variables=variables,
        kconfig=kconfig,
        maps=maps,
        pin_path=pin_path,
        targets=targets,
        log_level=log_level,
    )


def load_as(
    cls: type[ObjectT],
    source: Source,
    *,
    engine: Literal["auto", "kernel", "vm"] | Engine = "auto",
    variables: Mapping[str, Any] | None = None,
    kconfig: Kconfig | None = None,
    maps: Mapping[str, Any] | None = None,
    pin_path: str = "",
    targets: Mapping[str, Program] | None = None,
    log_level: int = 0,
) -> ObjectT:
    """`load` into a class of its own; what bpf2py writes calls this."""
    from ebpf.spec import ObjectSpec

    spec = source if isinstance(source, ObjectSpec) else _spec_of(source)
    spec.check_byte_order()
    if variables or ".kconfig" in spec.maps:
        spec = spec.copy()
        for name, value in (variables or {}).items():
            spec.set_variable(name, value)
    if maps or pin_path or targets or log_level:
        for name in maps or ():
            if name not in spec.maps:
                raise KeyError(f"no map {name!r} in the object; there are: {', '.join(spec.maps) or 'none'}")
        engine = _kernel_with(maps or {}, pin_path, targets or {}, log_level, engine)
    chosen, why = choose_engine(spec, engine)
    try:
        if ".kconfig" in spec.maps:
            from ebpf.elf.kconfig import fill, given

            fill(spec, given(spec, kconfig or {}, getattr(chosen, "kconfig", None)))
        return cls(spec, chosen, why=why)
    except BaseException as error:
        chosen.close()
        if engine == "kernel" and isinstance(error, (KernelError, NotSupported)):
            from ebpf.kernel.features import lacks
            from ebpf.kernel.privilege import is_privileged

            why = "; ".join(lacks(spec, hooks=False))
            if why:
                what = "the kernel engine can't run this object here"
                raise NotSupported(what, why=why, privilege=not is_privileged()) from error
        raise


def _kernel_with(
    maps: Mapping[str, Any],
    pin_path: str,
    targets: Mapping[str, Program],
    log_level: int,
    engine: Literal["auto", "kernel", "vm"] | Engine,
) -> Engine:
    """The kernel engine with options of its own."""
    from ebpf.kernel.engine import KernelEngine

    made = engine if isinstance(engine, KernelEngine) else None
    if made is None and engine not in ("auto", "kernel"):
        raise NotSupported("maps, pin_path, targets and log_level", why="they are the kernel engine's")
    made = made or KernelEngine()
    if pin_path:
        made.pin_path = pin_path
    made.given.update({name: given.fileno() for name, given in maps.items()})
    made.targets.update({name: program.raw for name, program in targets.items()})
    made.log_level = log_level
    return made


def create_map(spec: MapSpec, *, engine: Literal["kernel", "vm"] | Engine = "kernel") -> Any:
    """Makes a map without an object, and gives the face that its type has (`docs/kernel.md` has the table). The caller closes it.
    KernelError, NotSupported."""
    from ebpf.objects.map import create, face

    if engine == "kernel":
        from ebpf.kernel.engine import KernelEngine

        engine = KernelEngine()
    elif engine == "vm":
        from ebpf.vm.engine import VmEngine

        engine = VmEngine()
    elif isinstance(engine, str):
        raise ValueError(f'engine {engine!r}: "kernel" or "vm" is wanted')
    return face(create(engine, spec))


def open_map(which: int | str) -> Any:
    """A map of the running kernel, by its id or the path of its pin, with the face of its type; typed where the kernel has its
    types. The caller closes it. KernelError, EbpfError (it is no map)."""
    from ebpf.kernel import make_map, pins
    from ebpf.objects.map import face

    return face(make_map.from_fd(pins.open_thing("map", which)))


def open_program(which: int | str) -> Program:
    """A program of the running kernel, by its id or the path of its pin. The caller closes it. KernelError, EbpfError."""
    from ebpf.kernel import pins, programs
    from ebpf.kernel.engine import KernelEngine
    from ebpf.objects.program import Program

    return Program(programs.from_fd(pins.open_thing("prog", which)), KernelEngine())


def open_link(which: int | str) -> Link:
    """An attachment of the running kernel (Linux 5.8), by its id or the path of its pin. The caller closes it. KernelError,
    EbpfError."""
    from ebpf.kernel.links import open_link as find

    return find(which)


def enable_stats() -> AbstractContextManager[object]:
    """While it is open the kernel counts runs and time of all programs: `Program.stats()`. Linux 5.8. KernelError."""
    from ebpf.kernel.info import enable_stats as enable

    return enable()


def _spec_of(source: str | os.PathLike[str] | bytes) -> ObjectSpec:
    if not isinstance(source, bytes) and os.fspath(source).endswith(".c"):
        return compile(source)
    return read(source)


def choose_engine(spec: ObjectSpec, engine: Literal["auto", "kernel", "vm"] | Engine = "auto") -> tuple[Engine, str]:
    """The engine for an object and, in one line, why that one. NotSupported when none can run it."""
    if not isinstance(engine, str):
        return engine, "as asked for"
    if engine not in ("auto", "kernel", "vm"):
        raise ValueError(f'engine {engine!r}: "auto", "kernel" or "vm" is wanted')
    kernel_lacks: list[str] = []
    if engine in ("auto", "kernel"):
        from ebpf.kernel.engine import KernelEngine
        from ebpf.kernel.sys import ELSEWHERE

        if engine == "kernel" and ELSEWHERE:
            raise NotSupported("the kernel engine", why=ELSEWHERE)
        kernel = KernelEngine()
        if engine == "kernel":
            return kernel, "as asked for"  # what it lacks is asked when it refuses
        kernel_lacks = kernel.lacks(spec)
        if not kernel_lacks:
            return kernel, "this kernel has all that the object needs"
        kernel.close()
    from ebpf.vm.engine import VmEngine

    vm = VmEngine()
    vm_lacks = vm.lacks(spec)
    if not vm_lacks:
        return vm, "as asked for" if engine == "vm" else f"the kernel can't run it here: {kernel_lacks[0]}"
    vm.close()
    if engine == "vm":
        raise NotSupported("the vm engine can't run this object", why="; ".join(vm_lacks))
    raise NotSupported(
        "no engine can run this object here", why=f"kernel: {'; '.join(kernel_lacks)}; vm: {'; '.join(vm_lacks)}"
    )
