"""Global data: .data, .rodata and .bss become one-entry maps and their contents variables; what the object only names
(.kconfig, .ksyms) becomes externs; struct_ops variables become struct_ops maps.

Compilers leave the size of a section and the places of global variables out of BTF: they are filled in from ELF first
(`finish_btf`), because the kernel wants them.
"""

from __future__ import annotations

from struct import Struct

from ebpf._record import Frozen
from ebpf.btf import Btf, types
from ebpf.elf.context import Extern
from ebpf.elf.format import SHN_UNDEF, SHT_NOBITS, STT_TLS
from ebpf.errors import BtfError
from ebpf.spec import MapSpec, VariableSpec
from ebpf.uapi.btf import GLOBAL, STATIC
from ebpf.uapi.flags import BPF_F_LINK, BPF_F_MMAPABLE, BPF_F_RDONLY_PROG
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.elf.context import Context
    from ebpf.elf.format import ElfFile, Section

#: The section that LLVM puts variables of address space 1 into: the arena's.
ARENA_SECTION = ".addr_space.1"
STRUCT_OPS_SECTIONS = (".struct_ops", ".struct_ops.link", "?.struct_ops", "?.struct_ops.link")
#: No value of .kconfig is longer: the longest are texts.
MAX_KCONFIG = 1 << 16


def _kind(section: Section) -> str:
    """ "data", "rodata" or "bss" for a section of global data, else ""."""
    for kind in ("data", "rodata", "bss"):
        if section.name == f".{kind}" or section.name.startswith(f".{kind}."):
            return kind
    return ""


def finish_btf(elf: ElfFile, btf: Btf) -> Btf:
    """The object's types with what only ELF knows: sizes of sections, places of global variables, what is hidden static."""
    patch: list[tuple[int, int]] = []
    hidden = {symbol.name for symbol in elf.symbols if symbol.hidden and symbol.is_global}
    for type_id in range(btf.start_id, len(btf)):
        kind = btf.kind(type_id)
        if kind == types.DataSec.kind:
            _finish_section(elf, btf, type_id, patch)
        elif hidden and kind in (types.Func.kind, types.Var.kind) and btf.name(type_id) in hidden:
            at = btf.position(type_id)
            if kind == types.Var.kind:
                patch.append((at + 12, STATIC))
            else:  # a function's linkage stands where other kinds have their count
                word = Struct(elf.order + "I").unpack_from(btf.raw, at + 4)[0]
                patch.append((at + 4, word & ~0xFFFF))
    if not patch:
        return btf
    raw = bytearray(btf.raw)
    word32 = Struct(elf.order + "I")
    for at, value in patch:
        word32.pack_into(raw, at, value)
    return Btf.parse(bytes(raw))


def _finish_section(elf: ElfFile, btf: Btf, type_id: int, patch: list[tuple[int, int]]) -> None:
    found = btf.type(type_id)
    assert isinstance(found, types.DataSec)
    at = btf.position(type_id)
    if found.name == ".kconfig":
        rows, size = _kconfig_layout(elf, btf, found)
        patch.append((at + 8, size))
        for row in rows:
            linkage = btf.position(row.var_id) + 12
            patch.append((linkage, GLOBAL))
        _patch_variables(at, [(row.var_id, row.offset, row.size) for row in rows], patch)
        return
    section = elf.section(found.name)
    if section is None:
        return
    if not found.size:
        patch.append((at + 8, section.size))
    places: dict[str, int] | None = None
    rows_of: list[tuple[int, int, int]] = []
    for variable in found.variables:
        var = btf.type(variable.type)
        offset = variable.offset
        if isinstance(var, types.Var) and var.linkage != STATIC and not offset:
            if places is None:
                places = {symbol.name: symbol.value for symbol in elf.symbols if symbol.section == section.index}
            offset = places.get(var.name, 0)
            if offset + variable.size > section.size:
                raise elf.error(f"variable {var.name!r} runs past the end of the section", section, offset)
        rows_of.append((variable.type, offset, variable.size))
    in_order = sorted(rows_of, key=lambda row: row[1])
    if in_order != [(variable.type, variable.offset, variable.size) for variable in found.variables]:
        _patch_variables(at, in_order, patch)


def _patch_variables(at: int, rows: list[tuple[int, int, int]], patch: list[tuple[int, int]]) -> None:
    """The kernel wants a section's variables in the order of their places."""
    for index, row in enumerate(rows):
        patch += [(at + 12 + index * 12 + part * 4, value) for part, value in enumerate(row)]


class _Row(Frozen):
    """A variable of .kconfig."""

    name: str
    var_id: int
    type_id: int
    offset: int
    size: int


def _kconfig_layout(elf: ElfFile, btf: Btf, section: types.DataSec) -> tuple[list[_Row], int]:
    """Where the variables of .kconfig lie, and the size of all: by falling alignment, then rising size, then name, as libbpf
    lays them."""
    rows: list[tuple[int, int, str, int, int]] = []
    for variable in section.variables:
        var = btf.type(variable.type)
        if not isinstance(var, types.Var):
            raise elf.error(f"type {variable.type} of its BTF is no variable", ".kconfig")
        size = btf.size(var.type)
        if not size and isinstance(btf.type(btf.resolve(var.type)), types.Array):
            raise elf.error(f"array {var.name!r} has no size: write it, as in char {var.name}[64]", ".kconfig")
        if not 0 < size <= MAX_KCONFIG:
            raise elf.error(f"variable {var.name!r} has a size of {size} bytes", ".kconfig")
        rows.append((-_alignment(btf, var.type), size, var.name, variable.type, var.type))
    rows.sort()
    out: list[_Row] = []
    offset = 0
    for alignment, size, name, var_id, type_id in rows:
        offset += -offset % -alignment
        out.append(_Row(name, var_id, type_id, offset, size))
        offset += size
    return out, offset


def read_data(ctx: Context) -> None:
    """Adds the maps and the variables of global data to the spec."""
    for section in ctx.elf.sections:
        if not section.name.startswith((".", "?")) or section.executable or not section.size:
            continue
        kind = _kind(section)
        if kind:
            _add_data_map(ctx, section, constant=kind == "rodata")
        elif section.name == ARENA_SECTION:
            _add_arena(ctx, section)
        elif section.name in STRUCT_OPS_SECTIONS:
            _add_struct_ops(ctx, section)
    for symbol in ctx.elf.symbols:
        if symbol.type == STT_TLS and 0 < symbol.section < len(ctx.elf.sections):
            raise ctx.error(
                f"variable {symbol.name!r} is thread-local; BPF has no threads",
                ctx.elf.sections[symbol.section],
                symbol.value,
            )


def _section_type(ctx: Context, name: str) -> tuple[int, types.DataSec | None]:
    if ctx.btf is not None:
        type_id = ctx.btf.find(name, types.DataSec)
        found = ctx.btf.type(type_id) if type_id is not None else None
        if type_id is not None and isinstance(found, types.DataSec):
            return type_id, found
    return 0, None


def _add_map(ctx: Context, section: Section | str, spec: MapSpec) -> None:
    if spec.name in ctx.spec.maps:
        raise ctx.error(f"a second map called {spec.name!r}", section)
    ctx.spec.maps[spec.name] = spec


def _add_data_map(ctx: Context, section: Section, constant: bool) -> None:
    type_id, data_section = _section_type(ctx, section.name)
    # Static variables alone are the programs' own business (locks and kernel pointers among them, which no map may share):
    # as libbpf, we ask for memory that can be shared where there is a global one.
    shared = data_section is not None and any(
        getattr(ctx.btf.type(variable.type), "linkage", STATIC) != STATIC
        for variable in data_section.variables
        if ctx.btf is not None
    )
    spec = MapSpec(
        name=section.name,
        type=MapType.ARRAY,
        key_size=4,
        value_size=section.size,
        max_entries=1,
        flags=(BPF_F_MMAPABLE if shared else 0) | (BPF_F_RDONLY_PROG if constant else 0),
        frozen=constant,
        btf=ctx.btf if type_id else None,
        value_type=type_id,
        section=section.name,
    )
    if section.type != SHT_NOBITS:  # .bss is all zero, as a new array is
        spec.contents.append((bytes(4), bytes(section.data)))
    _add_map(ctx, section, spec)
    ctx.data_maps[section.index] = section.name
    _add_variables(ctx, section, section.name, constant)


def _add_variables(ctx: Context, section: Section, map_name: str, constant: bool) -> None:
    """The variables that symbols or types name."""
    btf = ctx.btf
    found: dict[int, tuple[str, int, int]] = {}
    _, data_section = _section_type(ctx, section.name)
    if btf is not None and data_section is not None:
        for variable in data_section.variables:
            var = btf.type(variable.type)
            if isinstance(var, types.Var):
                found[variable.offset] = (var.name, variable.size or btf.size(var.type), var.type)
    for symbol in ctx.symbols_in(section):
        if symbol.value not in found and symbol.size and symbol.name and not symbol.name.startswith(".L"):
            found[symbol.value] = (symbol.name, symbol.size, 0)
    for offset, (name, size, type_id) in sorted(found.items()):
        if offset + size > section.size:
            raise ctx.error(f"variable {name!r} ({size} bytes) runs past the end of the section", section, offset)
        # A struct that ends in an array of any length, with values in it, is larger than its type: it is bytes.
        typed = type_id if btf is not None and type_id and _fills(btf, type_id, size) else 0
        spec = VariableSpec(name, map_name, offset, size, typed, constant)
        if name in ctx.spec.variables:
            name = f"{map_name}:{name}"  # static variables of one name in two sections
        if name in ctx.spec.variables:
            name = f"{name}@{offset}"
        ctx.spec.variables[name] = spec.replace(name=name)


def _fills(btf: Btf, type_id: int, size: int) -> bool:
    try:
        return btf.size(type_id) == size
    except BtfError:
        return False


def _add_arena(ctx: Context, section: Section) -> None:
    arenas = [spec for spec in ctx.spec.maps.values() if spec.type == MapType.ARENA]
    if len(arenas) != 1:
        raise ctx.error(
            f"global variables in an arena need one map of type arena, the object has {len(arenas)}", section
        )
    if section.type != SHT_NOBITS:
        arenas[0].contents.append((b"", bytes(section.data)))
    ctx.data_maps[section.index] = arenas[0].name
    _add_variables(ctx, section, arenas[0].name, constant=False)


def _add_struct_ops(ctx: Context, section: Section) -> None:
    """One map for each variable; its function members are filled in from relocations, by `read_struct_ops`."""
    btf = ctx.btf
    _, data_section = _section_type(ctx, section.name)
    if btf is None or data_section is None:
        raise ctx.error("struct_ops need BTF; build the object with -g", section)
    if section.type == SHT_NOBITS:
        raise ctx.error("struct_ops variables without contents", section)
    data = bytes(section.data)
    for variable in data_section.variables:
        var = btf.type(variable.type)
        if not isinstance(var, types.Var):
            raise ctx.error(f"type {variable.type} of its BTF is no variable", section)
        struct_id = btf.resolve(var.type)
        struct = btf.type(struct_id)
        if not isinstance(struct, types.Struct):
            raise ctx.error(f"{var.name!r} is no struct", section, variable.offset)
        if variable.offset + struct.size > len(data):
            raise ctx.error(f"{var.name!r} runs past the end of the section", section, variable.offset)
        spec = MapSpec(
            name=var.name,
            type=MapType.STRUCT_OPS,
            key_size=4,
            value_size=struct.size,
            max_entries=1,
            flags=BPF_F_LINK if section.name.endswith(".link") else 0,
            contents=[(bytes(4), data[variable.offset : variable.offset + struct.size])],
            btf=btf,
            value_type=struct_id,
            section=section.name,
            autocreate=not section.name.startswith("?"),
        )
        _add_map(ctx, section, spec)
        ctx.maps_at.setdefault(section.index, {})[variable.offset] = var.name


def read_struct_ops(ctx: Context) -> None:
    """Fills in which program is behind which member. Called once the programs are known."""
    for section in ctx.elf.sections:
        if section.name not in STRUCT_OPS_SECTIONS:
            continue
        places = ctx.maps_at.get(section.index, {})
        for relocation in ctx.elf.relocations(section):
            symbol = relocation.symbol
            for offset, name in places.items():
                spec = ctx.spec.maps[name]
                if offset <= relocation.offset < offset + spec.value_size:
                    break
            else:
                raise ctx.error(f"a relocation to {symbol.name!r} in no variable", section, relocation.offset)
            assert ctx.btf is not None
            struct = ctx.btf.type(spec.value_type)
            assert isinstance(struct, types.Struct)
            bit = (relocation.offset - offset) * 8
            member = next((member.name for member in struct.members if member.bit_offset == bit), "")
            if not member:
                raise ctx.error(f"no member of {name!r} begins here", section, relocation.offset)
            if symbol.name not in ctx.spec.programs:
                raise ctx.error(f"{name}.{member} is {symbol.name!r}, no program", section, relocation.offset)
            spec.programs[member] = symbol.name
    # A program that only maps use which aren't made isn't loaded either.
    wanted: dict[str, bool] = {}
    for spec in ctx.spec.maps.values():
        for name in spec.programs.values():
            wanted[name] = wanted.get(name, False) or spec.autocreate
    for name, load in wanted.items():
        program = ctx.spec.programs[name]
        program.autoload = program.autoload and load


def read_externs(ctx: Context) -> None:
    """What BTF says of the things that the object only names; `.kconfig` gets its map."""
    btf = ctx.btf
    if btf is None:
        return
    weak = {symbol.name: symbol.weak for symbol in ctx.elf.symbols if symbol.section == SHN_UNDEF}
    _, ksyms = _section_type(ctx, ".ksyms")
    for variable in ksyms.variables if ksyms is not None else ():
        found = btf.type(variable.type)
        if isinstance(found, (types.Var, types.Func)) and found.name in weak:
            ctx.externs[found.name] = Extern(
                found.name, "ksym", variable.type, weak[found.name], isinstance(found, types.Func)
            )
    kconfig_id, kconfig = _section_type(ctx, ".kconfig")
    if kconfig is None or not kconfig.variables:
        return
    rows, size = _kconfig_layout(ctx.elf, btf, kconfig)
    for row in rows:
        is_weak = weak.get(row.name, True)
        ctx.externs[row.name] = Extern(row.name, "kconfig", row.var_id, is_weak, offset=row.offset)
        ctx.spec.variables[row.name] = VariableSpec(
            row.name, ".kconfig", row.offset, row.size, row.type_id, True, is_weak
        )
    spec = MapSpec(
        name=".kconfig",
        type=MapType.ARRAY,
        key_size=4,
        value_size=size,
        max_entries=1,
        flags=BPF_F_MMAPABLE | BPF_F_RDONLY_PROG,
        frozen=True,
        btf=btf,
        value_type=kconfig_id,
        section=".kconfig",
    )
    _add_map(ctx, ".kconfig", spec)


def _alignment(btf: Btf, type_id: int) -> int:
    for _ in range(32):
        found = btf.type(btf.resolve(type_id))
        if not isinstance(found, types.Array):
            return min(max(btf.size(type_id), 1), 8)
        type_id = found.type
    return 1
