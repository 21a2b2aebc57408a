"""What an object file holds, as plain data: the hinge of the house.

`elf` makes specs, `bind` embeds them, `verifier` proves them, engines run them. They can be made by hand, changed,
copied (`replace`, `copy`) and printed. Nothing here parses or calls the system.

Bytecode in a spec is always in this machine's byte order once it may run here; `ObjectSpec.byte_order` says what it is.
All positions in bytecode count 8-byte slots from the start of the program.
"""

from __future__ import annotations

import sys
from errno import E2BIG

from ebpf._record import Record, Slotted, field
from ebpf.btf.ext import CoreRelocation as CoreRelocation
from ebpf.btf.ext import Line as Line
from ebpf.errors import ObjectError
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.map_types import INDEXED, MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    ReferenceKind = Literal["map", "map_value", "kfunc", "ksym"]

    from ebpf.asm import Instruction
    from ebpf.btf import Btf


class Reference(Slotted):
    """A place in bytecode that an engine fills in.

    kind        what goes there
    map         the map `name` (16-byte load, BPF_PSEUDO_MAP_FD)
    map_value   the address of byte `offset` of the one value of map `name` (BPF_PSEUDO_MAP_VALUE)
    kfunc       a call of the kernel function `name`
    ksym        the address of the kernel symbol or typed variable `name` (16-byte load)
    `weak`: the thing may be missing; then the place becomes 0 (a call: one that must never be reached).
    `type_id`: the BTF id of the extern in the object's types, 0 if it has none.
    """

    __slots__ = ("slot", "kind", "name", "offset", "weak", "type_id")  # noqa: RUF023 - the order of repr

    def __init__(
        self, slot: int, kind: ReferenceKind, name: str, offset: int = 0, weak: bool = False, type_id: int = 0
    ) -> None:
        self.slot = slot
        self.kind = kind
        self.name = name
        self.offset = offset
        self.weak = weak
        self.type_id = type_id


class Function(Slotted):
    """A function in a program's bytecode: where it starts, its name, its BTF id (0 if none), and whether it is global."""

    __slots__ = ("slot", "name", "type_id", "is_global")  # noqa: RUF023 - the order of repr

    def __init__(self, slot: int, name: str, type_id: int = 0, is_global: bool = False) -> None:
        self.slot = slot
        self.name = name
        self.type_id = type_id
        self.is_global = is_global


class MapSpec(Record):
    """A map to be made. Sizes are in bytes; `max_entries` of a ring buffer, too.

    `key_type` and `value_type` are ids in `btf`, 0 where there is no type.
    `contents` are entries to put in at creation, as bytes; an entry of a map of maps or of programs names the other thing
    as a `str`. `frozen` maps are made read-only to user space once filled (.rodata).
    """

    name: str
    type: MapType
    key_size: int = 0
    value_size: int = 0
    max_entries: int = 0
    flags: int = 0
    map_extra: int = 0
    numa_node: int | None = None
    pinning: bool = False
    inner: MapSpec | None = None
    contents: list[tuple[bytes, bytes | str]] = field(default_factory=list)
    frozen: bool = False
    btf: Btf | None = None
    key_type: int = 0
    value_type: int = 0
    section: str = ""
    #: For struct_ops: member name → program name.
    programs: dict[str, str] = field(default_factory=dict)
    #: False for SEC("?.struct_ops"): not made, and its programs not loaded, unless that is changed.
    autocreate: bool = True
    #: For a legacy definition longer than struct bpf_map_def: the bytes that follow map_flags.
    tail: bytes = b""

    @property
    def limit(self) -> str:
        """What an update runs into that the map has no room for (E2BIG), in words."""
        if self.type in INDEXED:
            return f"keys are below {self.max_entries}"
        return f"the map is full: {self.max_entries} entries"

    def copy(self) -> MapSpec:
        inner = self.inner.copy() if self.inner is not None else None
        return self.replace(contents=list(self.contents), programs=dict(self.programs), inner=inner)


def why_refused(spec: MapSpec, errno: int) -> str:
    """What it means that an update by user space failed with `errno`, in words; "" where nothing is known."""
    if errno == E2BIG:
        return spec.limit
    from ebpf.uapi.map_refusals import UPDATE_REFUSED

    return UPDATE_REFUSED.get((spec.type, errno), "")


class ProgramSpec(Record):
    """A program to be loaded: its whole bytecode, subprograms behind the main function, calls between them resolved.

    `section` is as written in C; `target` is what follows the slash in it ("sys_execve"), already without options.
    `autoload` is False for `SEC("?…")`. `attach_type` is the expected attach type, None where the type has none.
    """

    name: str
    type: ProgType = ProgType.UNSPEC
    code: bytes = b""
    section: str = ""
    target: str = ""
    attach_type: AttachType | None = None
    flags: int = 0
    license: str = ""
    version: int = 0
    autoload: bool = True
    references: list[Reference] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    core: list[CoreRelocation] = field(default_factory=list)
    btf: Btf | None = None
    #: False: `Object.attach` leaves it alone.
    autoattach: bool = True
    #: The index of the interface that an XDP program is bound to (offload; BPF_F_XDP_DEV_BOUND_ONLY, Linux 6.3), 0 if none.
    ifindex: int = 0
    #: A detached PKCS#7 signature of `ebpf.kernel.sign.signed_code`, and the keyring that holds the signer's certificate: a
    #: serial number, or one of keyrings(7)' negative ones; 0 to 2 are the kernel's own. Linux 6.18.
    signature: bytes = b""
    keyring: int = 0

    @property
    def instructions(self) -> list[Instruction]:
        """The bytecode, decoded anew at each use; set it to replace the bytecode."""
        import sys

        from ebpf.asm import decode

        return decode(self.code, sys.byteorder)

    @instructions.setter
    def instructions(self, value: list[Instruction]) -> None:
        import sys

        from ebpf.asm import encode

        self.code = encode(value, sys.byteorder)

    def line_at(self, slot: int) -> Line | None:
        """The C line that the instruction at `slot` came from."""
        found = None
        for line in self.lines:
            if line.slot > slot:
                break
            found = line
        return found

    def copy(self) -> ProgramSpec:
        return self.replace(
            references=list(self.references),
            functions=list(self.functions),
            lines=list(self.lines),
            core=list(self.core),
        )


class VariableSpec(Record):
    """A global variable: bytes `offset` … `offset + size` of the value of map `map`. `type_id` is its BTF type, 0 if none.

    `weak`: an extern that may be missing (`.kconfig`); it is 0 then.
    """

    name: str
    map: str
    offset: int
    size: int
    type_id: int = 0
    constant: bool = False
    weak: bool = False


class ObjectSpec(Record):
    """All that an object file holds."""

    name: str = ""
    byte_order: Literal["little", "big"] = sys.byteorder
    license: str = ""
    version: int = 0
    programs: dict[str, ProgramSpec] = field(default_factory=dict)
    maps: dict[str, MapSpec] = field(default_factory=dict)
    variables: dict[str, VariableSpec] = field(default_factory=dict)
    btf: Btf | None = None
    path: str = ""

    def get_variable(self, name: str) -> Any:
        """The value that a global variable starts with: by its BTF type, else bytes."""
        variable, value = self._variable(name)
        data = value[variable.offset : variable.offset + variable.size]
        if self.btf is not None and variable.type_id:
            return self.btf.codec(variable.type_id).decode(data)
        return data

    def set_variable(self, name: str, value: Any) -> None:
        """Sets the value that a global variable starts with; constants (`const volatile`), too.

        KeyError for a name that isn't there; TypeError or ValueError when the value doesn't fit.
        """
        variable, whole = self._variable(name)
        typed = self.btf is not None and variable.type_id
        try:
            data = self.btf.codec(variable.type_id).encode(value) if typed and self.btf else bytes(value)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"variable {name}: {error}") from None
        if len(data) != variable.size:
            raise ValueError(f"variable {name} is {variable.size} bytes, not {len(data)}")
        end = variable.offset + variable.size
        self.maps[variable.map].contents = [(bytes(4), whole[: variable.offset] + data + whole[end:])]

    def check_byte_order(self) -> None:
        """Raises ObjectError if the bytecode is not in this machine's byte order: it can be looked at, neither run nor proved."""
        if self.byte_order != sys.byteorder:
            target = "bpfel" if sys.byteorder == "little" else "bpfeb"
            raise ObjectError(
                f"is {self.byte_order}-endian, this machine is not; compile it for {target}",
                path=self.path or self.name,
            )

    def _variable(self, name: str) -> tuple[VariableSpec, bytes]:
        try:
            variable = self.variables[name]
        except KeyError:
            known = ", ".join(self.variables) or "none"
            raise KeyError(f"no variable {name!r}; there are: {known}") from None
        section = self.maps[variable.map]
        for _key, value in section.contents:
            if isinstance(value, bytes):
                return variable, value
        return variable, bytes(section.value_size)

    def copy(self) -> ObjectSpec:
        """A copy whose programs and maps can be changed without changing this one's."""
        return self.replace(
            programs={name: program.copy() for name, program in self.programs.items()},
            maps={name: map_.copy() for name, map_ in self.maps.items()},
            variables={name: variable.replace() for name, variable in self.variables.items()},
        )
