"""Compile, read, load: the way through the rooms. Composition and nothing else."""

from __future__ import annotations

import os
import sys

from ebpf.errors import NotSupported, ObjectError
from ebpf.objects.object import Object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, TypeVar

    from ebpf.engine import Engine
    from ebpf.spec import ObjectSpec

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
    """Links object files (paths, or their bytes) into one and gives its bytes: what one declares extern is found in the
    others, types are merged. It is written to `output`, too, if that is named. `strip` leaves debug information out, not BTF.

    ObjectError says which objects don't fit together, and why.
    """
    from ebpf.elf.link import link as link_objects
    from ebpf.elf.writer import strip as strip_object

    inputs = []
    for number, one in enumerate(objects):
        if isinstance(one, bytes):
            inputs.append((f"object {number}", one))
        else:
            with open(one, "rb") as file:
                inputs.append((os.fspath(one), file.read()))
    data = link_objects(inputs)
    if strip:
        data = strip_object(data)
    if output is not None:
        from ebpf import build

        build.write_object(output, data)
    return data


def load(
    source: Source,
    *,
    engine: Literal["auto", "kernel", "vm"] | Engine = "auto",
    variables: Mapping[str, Any] | None = None,
    kconfig: Kconfig | None = None,
) -> Object:
    """Loads an object (a spec, a path, or bytes) and gives its maps and programs; attaches nothing.

    `engine` "auto" takes the kernel when this process may use it and this kernel has all that the object needs, else the vm;
    `Object.why` says which and why. `variables` sets globals before the load. Paths ending in .c are compiled first.

    `kconfig` says what `extern … __kconfig` variables are, before this kernel's own configuration is asked: their values by
    name (`{"CONFIG_HZ": 1000, "CONFIG_BPF_LSM": True, "LINUX_KERNEL_VERSION": 0x060c00}`; a tristate is "y", "m" or "n"), or
    the path of a .config file, gzipped or not.
    """
    return load_as(Object, source, engine=engine, variables=variables, kconfig=kconfig)


def load_as(
    cls: type[ObjectT],
    source: Source,
    *,
    engine: Literal["auto", "kernel", "vm"] | Engine = "auto",
    variables: Mapping[str, Any] | None = None,
    kconfig: Kconfig | None = None,
) -> ObjectT:
    """`load` into a class of its own; what bpf2py writes calls this."""
    from ebpf.spec import ObjectSpec

    spec = source if isinstance(source, ObjectSpec) else _spec_of(source)
    if spec.byte_order != sys.byteorder:
        target = "bpfel" if sys.byteorder == "little" else "bpfeb"
        raise ObjectError(f"is {spec.byte_order}-endian, this machine is not; compile it for {target}", path=spec.path)
    if variables or ".kconfig" in spec.maps:
        spec = spec.copy()
        for name, value in (variables or {}).items():
            spec.set_variable(name, value)
        if ".kconfig" in spec.maps:
            from ebpf.elf.kconfig import fill, given

            fill(spec, given(spec, kconfig) if kconfig is not None else None)
    chosen, why = choose_engine(spec, engine)
    try:
        return cls(spec, chosen, why=why)
    except BaseException:
        chosen.close()
        raise


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

        kernel = KernelEngine()
        kernel_lacks = kernel.lacks(spec)
        if not kernel_lacks:
            return kernel, "as asked for" if engine == "kernel" else "this kernel has all that the object needs"
        kernel.close()
        if engine == "kernel":
            raise NotSupported("the kernel engine can't run this object here", why="; ".join(kernel_lacks))
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
