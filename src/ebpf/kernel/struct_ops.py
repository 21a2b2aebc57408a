"""struct_ops: an interface of the kernel (a congestion control, a scheduler) made of programs (Linux 5.6; as a link 6.4).

The kernel's struct may be laid out otherwise than the object's: members are found by name in the kernel's types. A map of one
element holds it, wrapped in `struct bpf_struct_ops_NAME`; function members hold descriptors of programs.
"""

from __future__ import annotations

import sys as _sys

from ebpf.btf import types as btf_types
from ebpf.btf.kernel import kernel_btf, module_btf, module_names
from ebpf.errors import HookError, NotSupported
from ebpf.kernel.sys import Descriptor
from ebpf.kernel.targets import module_fd
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ebpf.btf import Btf
    from ebpf.engine import RawMap
    from ebpf.kernel.programs import KernelProgram
    from ebpf.spec import MapSpec, ProgramSpec

_PREFIX = "bpf_struct_ops_"


class Target:
    """The kernel's side of a struct_ops map."""

    def __init__(self, spec: MapSpec) -> None:
        if spec.btf is None:
            raise HookError(f"map {spec.name}: struct_ops need types; build the object with -g")
        local = spec.btf.type(spec.btf.resolve(spec.value_type))
        assert isinstance(local, btf_types.Struct)
        # A flavour ("x___old") stands for the same struct.
        self.name = local.name.partition("___")[0]
        self.local = local
        self.module = ""
        self.btf: Btf = kernel_btf()
        wrapper = self.btf.find(_PREFIX + self.name, Kind.STRUCT)
        for module in module_names() if wrapper is None else ():
            try:
                candidate = module_btf(module)
            except NotSupported:
                continue
            wrapper = candidate.find(_PREFIX + self.name, Kind.STRUCT)
            if wrapper is not None:
                self.btf, self.module = candidate, module
                break
        if wrapper is None:
            raise NotSupported(f"struct_ops of {self.name}", why="this kernel has no such interface for programs")
        self.wrapper_id: int = wrapper
        outer = self.btf.type(wrapper)
        assert isinstance(outer, btf_types.Struct)
        self.size = outer.size
        data = outer.member("data")
        self.data_at = data.bit_offset // 8
        self.struct_id = self.btf.resolve(data.type)
        struct = self.btf.type(self.struct_id)
        assert isinstance(struct, btf_types.Struct)
        self.struct = struct

    def open_module(self) -> Descriptor | None:
        """The types of the module that has the interface; the caller closes it. None for the kernel itself."""
        return module_fd(self.module) if self.module else None

    def member_index(self, name: str) -> int:
        """Which member of the kernel's struct that is. Raises HookError."""
        for index, member in enumerate(self.struct.members):
            if member.name == name:
                return index
        raise HookError(f"the kernel's {self.name} has no member {name}")

    def value(self, spec: MapSpec, fd_of: Callable[[str], int]) -> bytes:
        """The element of the map: the object's members at the kernel's places, programs as descriptors. Raises HookError."""
        out = bytearray(self.size)
        content = spec.contents[0][1]
        assert isinstance(content, bytes)
        assert spec.btf is not None
        kernel = {member.name: member for member in self.struct.members}
        for member in self.local.members:
            at, bits = member.bit_offset // 8, member.bit_size
            size = spec.btf.size(member.type)
            program = spec.programs.get(member.name)
            data = content[at : at + size]
            found = kernel.get(member.name)
            if found is None:
                if program is None and not any(data):
                    continue  # a member that this kernel doesn't have, and that nobody set
                raise HookError(f"map {spec.name}: the kernel's {self.name} has no member {member.name}")
            place = self.data_at + found.bit_offset // 8
            if program is not None:
                out[place : place + 8] = fd_of(program).to_bytes(8, _sys.byteorder)
                continue
            if bits or found.bit_size or self.btf.size(found.type) != size:
                if any(data):
                    raise HookError(f"map {spec.name}: {self.name}.{member.name} is laid out otherwise in this kernel")
                continue
            out[place : place + size] = data
        return bytes(out)


def of_program(spec: ProgramSpec, maps: Mapping[str, RawMap]) -> tuple[Target, int]:
    """(interface, member index) of a program: those of the map that names it. Raises HookError."""
    for map_ in maps.values():
        for member, name in map_.spec.programs.items():
            if name == spec.name:
                target = Target(map_.spec)
                return target, target.member_index(member)
    raise HookError(f"program {spec.name} is a member of no struct_ops variable")


def programs_by_name(programs: Mapping[str, KernelProgram], map_name: str) -> Callable[[str], int]:
    def fd_of(name: str) -> int:
        program = programs.get(name)
        if program is None:
            raise HookError(f"map {map_name}: its program {name} is not loaded")
        return program.fd

    return fd_of
