"""What a program names in the kernel when it is loaded: the function it traces, kernel functions it calls, kernel variables."""

from __future__ import annotations

import errno as _errno

from ebpf.btf.kernel import kernel_btf, module_btf, module_names
from ebpf.errors import EbpfError, HookError, NotSupported, did_you_mean
from ebpf.kernel import programs, sys
from ebpf.kernel.info import OBJ, btf_by_id, describe
from ebpf.kernel.sys import Descriptor
from ebpf.uapi import flags
from ebpf.uapi.attach_targets import TARGETS
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import Kind
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf
    from ebpf.kernel.programs import KernelProgram
    from ebpf.spec import ProgramSpec, Reference

_MULTI = frozenset({AttachType.TRACE_FENTRY_MULTI, AttachType.TRACE_FEXIT_MULTI, AttachType.TRACE_FSESSION_MULTI})
#: The kernel takes no address or function of that number: a call that is never reached may stay.
_POISON = 2002000000


def find_target(spec: ProgramSpec, other: KernelProgram | None) -> tuple[int, int, Descriptor | None]:
    """(attach_btf_id, attach_prog_fd or attach_btf_obj_fd, what to close after loading). Raises HookError, NotSupported."""
    if other is not None:
        return _in_program(spec, other)
    if spec.type == ProgType.EXT:
        raise HookError(
            f"program {spec.name} replaces the function {spec.target} of another program: say which program, by "
            f"ebpf.load(…, targets={{{spec.name!r}: program}})"
        )
    if spec.attach_type is not None and spec.attach_type.since > sys.kernel_release():
        raise NotSupported(f"program {spec.name}: {spec.attach_type.label}", since=spec.attach_type.since)
    if spec.attach_type in _MULTI:
        return 0, 0, None  # its functions come with the link
    if spec.attach_type not in TARGETS:
        raise HookError(f"program {spec.name}: its section doesn't say how it traces {spec.target}")
    prefix, kind, what = TARGETS[spec.attach_type]
    module, _, name = spec.target.rpartition(":")
    wanted = prefix + name
    if not module:
        found = kernel_btf().find(wanted, kind)
        if found is not None:
            return found, 0, None
    for mod in [module] if module else module_names():
        try:
            found = module_btf(mod).find(wanted, kind)
        except NotSupported:
            continue
        if found is not None:
            descriptor = module_fd(mod)
            return found, descriptor.fd, descriptor
    raise HookError(_why(spec, what, prefix, kind))


def _why(spec: ProgramSpec, what: str, prefix: str, kind: Kind) -> str:
    btf = kernel_btf()
    names = {
        name[len(prefix) :]
        for i in range(1, len(btf))
        if btf.kind(i) == kind and (name := btf.name(i)).startswith(prefix)
    }
    return f"program {spec.name}: the kernel has no {what} {spec.target}" + did_you_mean(spec.target, names)


def _in_program(spec: ProgramSpec, other: KernelProgram) -> tuple[int, int, None]:
    """A function of another program: its types are the program's own."""
    info = describe("prog", other.fd)
    btf_id = info["btf_id"]
    if not btf_id:
        raise HookError(
            f"program {other.spec.name} was loaded without types: {spec.name} can't attach to its functions"
        )
    wanted = spec.target or other.spec.name
    btf = btf_by_id(btf_id)
    found = btf.find(wanted, Kind.FUNC)
    if found is None:
        raise HookError(f"program {other.spec.name} has no function {wanted}, which {spec.name} names")
    return found, other.fd, None


def module_fd(name: str) -> Descriptor:
    """The BTF of a kernel module, as a descriptor. Raises KernelError, HookError."""
    for number in OBJ["btf"].ids():
        try:
            descriptor = Descriptor(OBJ["btf"].open(number), f"types of {name}")
        except OSError as error:
            if error.errno == _errno.ENOENT:
                continue
            raise
        info = describe("btf", descriptor.fd)
        if info["kernel_btf"] and info["name"] == name:
            return descriptor
        descriptor.close()
    raise HookError(f"the kernel has no module {name} with types")


class KernelResolver(programs.Resolver):
    """Fills in references to the kernel by its types; the modules it names stay open until `close`."""

    def __init__(self) -> None:
        #: The first is never looked at: index 0 is the kernel itself.
        self.fd_array: list[int] = [0]
        self._modules: dict[str, tuple[Descriptor, int]] = {}

    def __call__(self, code: bytearray, spec: ProgramSpec, ref: Reference) -> None:
        at = ref.slot * 8
        if ref.kind == "kfunc":
            found = self._find(ref.name, Kind.FUNC)
            if found is None:
                if not ref.weak:
                    from ebpf.uapi.kfuncs import names

                    raise NotSupported(
                        f"program {spec.name}: the kernel function {ref.name}",
                        why=f"this kernel has none of that name with types{did_you_mean(ref.name, names())}",
                    )
                programs.set_call(code, at, 0, _POISON, 0)
                return
            programs.set_call(code, at, flags.BPF_PSEUDO_KFUNC_CALL, found[0], self._index(found[1]))
            return
        kind = self._typed(spec.btf, ref)
        if kind is None:
            super().__call__(code, spec, ref)
            return
        found = self._find(ref.name, kind)
        if found is None:
            if not ref.weak:
                raise EbpfError(f"program {spec.name}: the kernel's types have no {kind.label} {ref.name}")
            programs.set_load64(code, at, 0, 0, 0)
            return
        module_fd = self._modules[found[1]][0].fd if self._index(found[1]) else 0
        programs.set_load64(code, at, flags.BPF_PSEUDO_BTF_ID, found[0], module_fd)

    def _typed(self, btf: Btf | None, ref: Reference) -> Kind | None:
        """Whether an extern has a type (`extern const int x __ksym`) or is only an address (`extern const void x`)."""
        if btf is None or not ref.type_id:
            return None
        kind = btf.kind(ref.type_id)
        if kind == Kind.FUNC:
            return Kind.FUNC
        if kind != Kind.VAR:
            return None
        target = btf.resolve(btf.type(ref.type_id).type)  # type: ignore[attr-defined]
        return Kind.VAR if target else None

    def _find(self, name: str, kind: Kind) -> tuple[int, str] | None:
        found = kernel_btf().find(name, kind)
        if found is not None:
            return found, ""
        for module in module_names():
            try:
                found = module_btf(module).find(name, kind)
            except NotSupported:
                continue
            if found is not None:
                return found, module
        return None

    def _index(self, module: str) -> int:
        if not module:
            return 0
        if module not in self._modules:
            descriptor = module_fd(module)
            self._modules[module] = descriptor, len(self.fd_array)
            self.fd_array.append(descriptor.fd)
        return self._modules[module][1]

    def close(self) -> None:
        for descriptor, _ in self._modules.values():
            descriptor.close()
        self._modules.clear()
