"""Map definitions: `SEC(".maps")`, described by BTF, and the older `struct bpf_map_def SEC("maps")`, described by bytes.

What the members of a `.maps` struct mean is libbpf's convention: `__uint(name, n)` is a pointer to an array of n, `__ulong`
an enum of one value, `__type(name, t)` a pointer to t, `__array(name, t)` an array of pointers to t.
"""

from __future__ import annotations

from struct import Struct

from ebpf.btf import types
from ebpf.elf.context import Initialised
from ebpf.errors import BtfError
from ebpf.spec import MapSpec
from ebpf.uapi.btf import EXTERN
from ebpf.uapi.flags import BPF_F_NUMA_NODE
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf
    from ebpf.elf.context import Context
    from ebpf.elf.format import Relocation, Section, Symbol

#: Maps of records rather than values, and the key and value size that the kernel wants of them (a perf buffer's are an
#: index and a descriptor). `__type(value, struct event)` in their definition says what a record is.
_EVENTS = {MapType.RINGBUF: 0, MapType.USER_RINGBUF: 0, MapType.PERF_EVENT_ARRAY: 4}
#: struct bpf_map_def as all loaders knew it: type, key_size, value_size, max_entries, map_flags.
_LEGACY = 20
_LEGACY_LEAST = 16  # before map_flags
#: Definitions nested deeper than this (a map of maps of maps) don't exist in any kernel.
_MAX_NESTING = 2
_NUMBERS = ("type", "max_entries", "map_flags", "numa_node", "key_size", "value_size", "pinning", "map_extra")


def read_maps(ctx: Context) -> None:
    """Adds every map that the object defines to the spec."""
    for section in ctx.elf.sections:
        if section.name == ".maps":
            _read_btf_maps(ctx, section)
        elif section.name == "maps" or section.name.startswith("maps/") or _is_legacy(section):
            _read_legacy_maps(ctx, section)


def _is_legacy(section: Section) -> bool:
    named = section.name.startswith("maps") or section.name.endswith("/maps")
    return named and section.size > 0 and not section.executable


def _add(ctx: Context, spec: MapSpec, section: Section, offset: int) -> None:
    if spec.name in ctx.spec.maps:
        raise ctx.error(f"a second map called {spec.name!r}", section, offset)
    ctx.spec.maps[spec.name] = spec
    ctx.maps_at.setdefault(section.index, {})[offset] = spec.name


def _map_type(ctx: Context, number: int, name: str, section: Section, offset: int) -> MapType:
    try:
        return MapType(number)
    except ValueError:
        raise ctx.error(
            f"map {name!r} is of type {number}, which no kernel up to 6.18 knows", section, offset
        ) from None


# Legacy.


def _read_legacy_maps(ctx: Context, section: Section) -> None:
    symbols = [symbol for symbol in ctx.symbols_in(section) if symbol.name]
    if not symbols:
        raise ctx.error("it has no symbol: a map definition must be a named variable", section)
    for index, symbol in enumerate(symbols):
        end = symbols[index + 1].value if index + 1 < len(symbols) else section.size
        size = min(symbol.size, end - symbol.value) if symbol.size else end - symbol.value
        _add(ctx, _legacy_map(ctx, section, symbol, size), section, symbol.value)


def _legacy_map(ctx: Context, section: Section, symbol: Symbol, size: int) -> MapSpec:
    name, offset = symbol.name, symbol.value
    if size < _LEGACY_LEAST or offset + size > len(section.data):
        raise ctx.error(
            f"the definition of map {name!r} has {max(size, 0)} bytes; struct bpf_map_def needs {_LEGACY_LEAST}",
            section,
            offset,
        )
    data = bytes(section.data[offset : offset + size])
    number, key_size, value_size, max_entries = Struct(ctx.elf.order + "4I").unpack_from(data)
    flags = Struct(ctx.elf.order + "I").unpack_from(data, 16)[0] if size >= _LEGACY else 0
    spec = MapSpec(
        name=name,
        type=_map_type(ctx, number, name, section, offset),
        key_size=key_size,
        value_size=value_size,
        max_entries=max_entries,
        flags=flags,
        section=section.name,
        btf=ctx.btf,
        tail=data[_LEGACY:],
    )
    _legacy_types(ctx, spec)
    return spec


def _legacy_types(ctx: Context, spec: MapSpec) -> None:
    """BPF_ANNOTATE_KV_PAIR names the types of a legacy map's keys and values in a struct beside it."""
    if ctx.btf is None:
        return
    pair_id = ctx.btf.find(f"____btf_map_{spec.name}", types.Struct)
    if pair_id is None:
        return
    pair = ctx.btf.type(pair_id)
    if isinstance(pair, types.Struct) and [member.name for member in pair.members] == ["key", "value"]:
        key, value = (member.type for member in pair.members)
        if ctx.btf.size(key) == spec.key_size and ctx.btf.size(value) == spec.value_size:
            spec.key_type, spec.value_type = key, value


# BTF.


def _read_btf_maps(ctx: Context, section: Section) -> None:
    btf = ctx.btf
    if not section.size:
        return
    if btf is None:
        raise ctx.error(
            "its maps are described by BTF, but the object has no .BTF section; build it with -g (`llvm-strip -g` "
            "keeps it, other stripping doesn't)",
            section,
        )
    found = btf.find(".maps", types.DataSec)
    data_section = btf.type(found) if found is not None else None
    if not isinstance(data_section, types.DataSec):
        raise ctx.error("BTF has no DATASEC .maps; build the object with -g", section)
    places = {symbol.name: symbol for symbol in ctx.symbols_in(section)}
    rows: list[tuple[int, int, str, int]] = []
    for variable in data_section.variables:
        var = btf.type(variable.type)
        if not isinstance(var, types.Var):
            raise BtfError(f"type {variable.type} in DATASEC .maps is no variable", path=ctx.elf.path, section=".BTF")
        if var.linkage == EXTERN:
            continue  # another object's, which this one is to be linked with
        symbol = places.get(var.name)
        offset = symbol.value if symbol is not None else variable.offset
        size = variable.size or btf.size(var.type)
        if offset + size > section.size:
            raise ctx.error(f"map {var.name!r} ({size} bytes) runs past the end of the section", section, offset)
        rows.append((offset, size, var.name, var.type))
    for offset, size, name, type_id in sorted(rows):
        definition = _Definition(ctx, btf, section, offset, name)
        _add(ctx, definition.read(type_id), section, offset)
        if definition.values_at is not None:
            start = offset + definition.values_at
            ctx.initialised.append(Initialised(name, section.index, start, offset + size))


class _Definition:
    """One struct that defines a map."""

    def __init__(self, ctx: Context, btf: Btf, section: Section, offset: int, name: str, depth: int = 0) -> None:
        self.ctx = ctx
        self.btf = btf
        self.section = section
        self.offset = offset
        self.name = name
        self.depth = depth
        #: Where the slots of initial values begin, in bytes from the start of the definition.
        self.values_at: int | None = None

    def bad(self, message: str) -> Exception:
        return self.ctx.error(f"map {self.name!r}: {message}", self.section, self.offset)

    def read(self, type_id: int) -> MapSpec:
        btf = self.btf
        struct = btf.type(btf.resolve(type_id))
        if not isinstance(struct, types.Struct):
            raise self.bad(f"its definition must be a struct, not {struct.kind.label}")
        spec = MapSpec(name=self.name, type=MapType.UNSPEC, section=self.section.name, btf=btf)
        numbers: dict[str, int] = {}
        key_size = value_size = None
        for member in struct.members:
            if member.name in _NUMBERS:
                numbers[member.name] = self.number(member)
            elif member.name == "key":
                spec.key_type, key_size = self.pointed(member, key_size)
            elif member.name == "value":
                spec.value_type, value_size = self.pointed(member, value_size)
            elif member.name == "values":
                self.values(spec, struct, member)
            else:
                raise self.bad(f"unknown member {member.name!r} in its definition")
        for name, had in (("key_size", key_size), ("value_size", value_size)):
            if name in numbers and had is not None and had != numbers[name]:
                raise self.bad(f"{name} {numbers[name]} disagrees with the size of its type, {had}")
        spec.key_size = numbers.get("key_size", key_size or 0)
        spec.value_size = numbers.get("value_size", value_size or 0)
        if self.values_at is not None and not spec.value_size:
            spec.value_size = 4  # a descriptor
        if "type" not in numbers:
            raise self.bad("its definition has no type; write __uint(type, BPF_MAP_TYPE_…)")
        spec.type = _map_type(self.ctx, numbers["type"], self.name, self.section, self.offset)
        if spec.type in _EVENTS and spec.value_type:
            # Such a map has no values: the type is that of its records, which the kernel isn't told.
            spec.key_size = spec.value_size = _EVENTS[spec.type]
            spec.key_type = 0
            if not isinstance(btf.type(btf.resolve(spec.value_type)), types.Struct):
                spec.value_type = 0
        if spec.type == MapType.PERF_EVENT_ARRAY:
            # The kernel takes no other sizes, and programs for Go's loaders leave them out.
            spec.key_size, spec.value_size = spec.key_size or 4, spec.value_size or 4
        if spec.inner is not None and spec.type not in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS):
            raise self.bad(f"only a map of maps has inner maps, this is {spec.type.label}")
        if self.values_at is not None and spec.inner is None and spec.type != MapType.PROG_ARRAY:
            raise self.bad(f"only prog_array takes programs as values, this is {spec.type.label}")
        spec.max_entries = numbers.get("max_entries", 0)
        spec.flags = numbers.get("map_flags", 0)
        spec.map_extra = numbers.get("map_extra", 0)
        if "numa_node" in numbers:
            spec.numa_node = numbers["numa_node"]
            spec.flags |= BPF_F_NUMA_NODE
        pinning = numbers.get("pinning", 0)
        if pinning not in (0, 1):
            raise self.bad(f"pinning {pinning} is neither LIBBPF_PIN_NONE (0) nor LIBBPF_PIN_BY_NAME (1)")
        spec.pinning = bool(pinning)
        return spec

    def number(self, member: types.Member) -> int:
        """`__uint(name, n)`: a pointer to an array of n; `__ulong(name, n)`: an enum whose only value is n."""
        btf = self.btf
        found = btf.type(btf.resolve(member.type))
        if isinstance(found, types.Enum):
            if len(found.values) != 1:
                raise self.bad(f"{member.name} is an enum of {len(found.values)} values, expected 1")
            return found.values[0].value
        if isinstance(found, types.Pointer):
            array = btf.type(btf.resolve(found.type))
            if isinstance(array, types.Array):
                return array.nelems
        raise self.bad(f"{member.name} isn't written with __uint or __ulong")

    def pointed(self, member: types.Member, had: int | None) -> tuple[int, int]:
        """`__type(name, t)`: the id of t, and its size."""
        found = self.btf.type(self.btf.resolve(member.type))
        if not isinstance(found, types.Pointer):
            raise self.bad(f"{member.name} isn't written with __type")
        try:
            return found.type, self.btf.size(found.type)
        except BtfError as error:
            what = self.btf.type(self.btf.resolve(found.type))
            if not isinstance(what, types.Forward):
                raise self.bad(f"its {member.name} has no size: {error.message}") from None
            called = f"{'union' if what.is_union else 'struct'} {what.name}"
            raise self.bad(
                f"its {member.name} is {called}, which is declared but not defined: include its header"
            ) from None

    def values(self, spec: MapSpec, struct: types.Struct, member: types.Member) -> None:
        """`__array(values, t)`: what an inner map is like, or that values are programs."""
        btf = self.btf
        if member is not struct.members[-1]:
            raise self.bad("values must be the last member of its definition")
        array = btf.type(btf.resolve(member.type))
        pointer = btf.type(btf.resolve(array.type)) if isinstance(array, types.Array) else None
        if not isinstance(pointer, types.Pointer):
            raise self.bad("values isn't written with __array")
        if member.bit_offset % 8:
            raise self.bad("values is at no whole byte")
        self.values_at = member.bit_offset // 8
        target = btf.type(btf.resolve(pointer.type))
        if isinstance(target, types.FuncProto):
            return
        if not isinstance(target, types.Struct):
            raise self.bad("values must be maps or functions")
        if self.depth + 1 >= _MAX_NESTING:
            raise self.bad("an inner map can't have inner maps")
        inner = _Definition(self.ctx, btf, self.section, self.offset, f"{self.name}.inner", self.depth + 1)
        spec.inner = inner.read(pointer.type)
        if spec.inner.pinning:
            raise self.bad("an inner map can't be pinned by its outer map's definition")


def read_initial_values(ctx: Context) -> None:
    """Fills in what `.maps` says that maps of maps and of programs begin with: relocations name the things.

    Called once the programs are known.
    """
    for index in dict.fromkeys(row.section for row in ctx.initialised):
        section = ctx.elf.sections[index]
        rows = [row for row in ctx.initialised if row.section == index]
        for relocation in ctx.elf.relocations(section):
            for row in rows:
                if row.start <= relocation.offset < row.end:
                    _initial_value(ctx, section, row, relocation)
                    break
            else:
                raise ctx.error(
                    f"a relocation to {relocation.symbol.name!r} in no map's values", section, relocation.offset
                )


def _initial_value(ctx: Context, section: Section, row: Initialised, relocation: Relocation) -> None:
    symbol = relocation.symbol
    index, rest = divmod(relocation.offset - row.start, 8)
    if rest:
        raise ctx.error(f"a value of map {row.name!r} is not on 8 bytes", section, relocation.offset)
    spec = ctx.spec.maps[row.name]
    if spec.inner is not None:
        addend = relocation.addend
        if addend is None:
            addend = int.from_bytes(section.data[relocation.offset : relocation.offset + 8], ctx.elf.byte_order)
        target = ctx.maps_at.get(symbol.section, {}).get(symbol.value + addend, "")
        what = "map"
    else:
        target = symbol.name if symbol.name in ctx.spec.programs else ""
        what = "program"
    if not target:
        raise ctx.error(f"value {index} of map {row.name!r} is {symbol.name!r}, no {what}", section, relocation.offset)
    spec.contents.append((index.to_bytes(4, ctx.elf.byte_order), target))
