"""What the module that bpf2py writes holds: the attributes of its class, and the records these need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ebpf._record import Frozen
from ebpf.bind.names import identifier
from ebpf.bind.shapes import Shapes, c_type
from ebpf.btf import Btf, types
from ebpf.errors import ObjectError
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, VariableSpec
from ebpf.uapi.map_types import INDEXED, PER_CPU, MapType

#: What `ebpf.Object` itself is made of, and the generated class: things of the object can't be attributes of these names.
RESERVED = frozenset(
    (
        "attach", "close", "engine", "events", "links", "load", "maps", "pin", "programs", "read", "run", "spawn", "spec",
        "variables", "why",
        "_attributes", "_closed", "_events", "_load", "_load_program", "_raw_maps", "_raw_programs", "_referred",
        "_relocators",
    )
)  # fmt: skip
#: What the module has already: a C type of such a name gets another.
_NAMES = frozenset(
    (
        "Any", "ClassVar", "Engine", "EnumNumber", "Literal", "Mapping", "Self", "Sequence", "StructValue", "TypedDict",
        "UnionValue", "Variables",
    )
)  # fmt: skip
#: Map type → the class of `ebpf.objects.faces` that is its face, where that is no `Map[key, value]`.
_FACES = {
    MapType.ARRAY_OF_MAPS: "MapOfMaps[{key}]",
    MapType.HASH_OF_MAPS: "MapOfMaps[{key}]",
    MapType.PROG_ARRAY: "ProgramArray",
    MapType.QUEUE: "Queue[{value}]",
    MapType.STACK: "Queue[{value}]",
    MapType.BLOOM_FILTER: "BloomFilter[{value}]",
    MapType.RINGBUF: "Ring[{event}]",
    MapType.USER_RINGBUF: "UserRing",
    MapType.PERF_EVENT_ARRAY: "PerfEvents[{event}]",
    MapType.DEVMAP: "RedirectMap",
    MapType.DEVMAP_HASH: "RedirectMap",
    MapType.CPUMAP: "RedirectMap",
    MapType.SOCKMAP: "ThingMap",
    MapType.SOCKHASH: "ThingMap",
    MapType.REUSEPORT_SOCKARRAY: "ThingMap",
    MapType.XSKMAP: "ThingMap",
    MapType.CGROUP_ARRAY: "ThingMap",
    MapType.SK_STORAGE: "Storage",
    MapType.INODE_STORAGE: "Storage",
    MapType.TASK_STORAGE: "Storage",
    MapType.CGRP_STORAGE: "Storage",
    MapType.CGROUP_STORAGE: "CgroupStorageMap[{value}]",
    MapType.PERCPU_CGROUP_STORAGE: "CgroupStorageMap[{value}]",
    MapType.STACK_TRACE: "StackTraces",
    MapType.ARENA: "Arena",
    MapType.STRUCT_OPS: "StructOps",
    MapType.LPM_TRIE: "PrefixMap[{value}]",
}


_RINGS = frozenset({MapType.RINGBUF, MapType.PERF_EVENT_ARRAY})


class Options(Frozen):
    """What bpf2py was asked for. `source` is the C file's name as the module names it; `types` are C types to bind too;
    `embed` puts the objects into the module; `by_machine`: objects are told apart by machine, not only by byte order;
    `events`: ring buffer or perf buffer → the C type of its records, where its definition doesn't say it."""

    class_name: str
    source: str
    types: Sequence[str] = ()
    global_types: bool = True
    embed: bool = False
    by_machine: bool = False
    events: Mapping[str, str] = MappingProxyType({})


class Attribute(Frozen):
    """An attribute of the class: its annotation, its docstring, and the expression that finds it."""

    name: str
    annotation: str
    doc: str
    found: str


class Model:
    """The attributes of the class, and the records that their types need (`shapes`)."""

    def __init__(self, spec: ObjectSpec, options: Options) -> None:
        self.spec = spec
        self.options = options
        faces = {_FACES[map_.type].partition("[")[0] for map_ in spec.maps.values() if map_.type in _FACES}
        self.shapes = Shapes(spec.btf, {options.class_name, *_NAMES, *faces})
        self.imports: set[str] = set()
        self.attributes: dict[str, Attribute] = {}
        #: ring buffer or perf buffer → the class of its records, where the object itself doesn't say it
        self.events: dict[str, str] = {}
        #: variable → (what may be given, C type)
        self.settable: dict[str, tuple[str, str]] = {}
        rings = [map_.name for map_ in spec.maps.values() if map_.type in _RINGS]
        for name in options.events:
            if name not in rings:
                known = ", ".join(rings) or "none"
                raise ObjectError(f"--event {name}: no ring buffer or perf buffer of that name; there are: {known}")
        for program in self.spec.programs.values():
            self._program(program)
        for map_ in self.spec.maps.values():
            if not map_.name.startswith(".") and map_.type != MapType.STRUCT_OPS:
                self._map(map_)
        for variable in self.spec.variables.values():
            self._variable(variable)
        for name in self.options.types:
            self._asked_for(name)

    def _attribute(self, name: str, annotation: str, doc: str, found: str) -> None:
        attribute = identifier(name)
        if attribute.startswith("__"):  # which a class would write otherwise, or has itself
            attribute = "_" + attribute.lstrip("_")
        if attribute in RESERVED:
            attribute += "_"
        while attribute in self.attributes:
            attribute += "_"
        self.attributes[attribute] = Attribute(attribute, annotation, doc, found)

    def _program(self, program: ProgramSpec) -> None:
        doc = f'{program.type.label}, SEC("{program.section}")'
        if program.autoload:
            self._attribute(program.name, "ebpf.Program", f"{doc}.", f'self.programs["{program.name}"]')
        else:
            doc += "; None unless it is chosen to be loaded."
            self._attribute(program.name, "ebpf.Program | None", doc, f'self.programs.get("{program.name}")')

    def _typed(self, type_id: int, size: int, context: str) -> tuple[str, str]:
        btf = self.spec.btf
        if btf is None or not type_id or not _sized(btf, type_id, size):
            return "bytes", "bytes"
        if not self.options.global_types and isinstance(btf.type(btf.resolve(type_id)), (types.Struct, types.Enum)):
            return "Any", "Any"
        return self.shapes.annotation(type_id, context)

    def _map(self, map_: MapSpec) -> None:
        key = self._typed(map_.key_type, map_.key_size, f"{map_.name}_key")[0]
        value = self._typed(map_.value_type, map_.value_size, f"{map_.name}_value")[0]
        if not map_.key_type and map_.type in INDEXED and map_.key_size == 4:
            key = "int"
        if map_.type in PER_CPU:
            value = f"list[{value}]"
        face = _FACES.get(map_.type)
        if map_.type == MapType.LPM_TRIE and map_.key_size not in (8, 20):
            face = None  # no addresses
        if face is None:
            annotation = f"ebpf.Map[{key}, {value}]"
        else:
            self.imports.add(face.partition("[")[0])
            annotation = face.format(key=key, value=value, event=self._event(map_))
        self._attribute(map_.name, annotation, f"{self._describe(map_)}.", f'self.maps["{map_.name}"]')

    def _event(self, map_: MapSpec) -> str:
        """What reading a ring buffer or perf buffer gives: by its own definition, by --event, or by the --type that is called
        as the map is (event for events)."""
        if map_.type not in _RINGS:
            return ""
        chosen = self.options.events.get(map_.name)
        if chosen is None and map_.value_type and self.spec.btf is not None:
            return self.shapes.annotation(map_.value_type, f"{map_.name}_event")[0]
        if chosen is None:
            bare = [_bare(name) for name in self.options.types]
            called = (map_.name, map_.name.removesuffix("s"), f"{map_.name.removesuffix('s')}_t")
            chosen = next((name for name in called if name in bare), None)
        if chosen is None:
            return "memoryview"
        self.events[map_.name] = self._find(chosen, "--event")
        return self.events[map_.name]

    def _describe(self, map_: MapSpec) -> str:
        btf = self.spec.btf
        text = f"{map_.type.label} of {map_.max_entries}" if map_.max_entries else map_.type.label
        if map_.type in (MapType.RINGBUF, MapType.USER_RINGBUF):
            return f"{map_.type.label} of {map_.max_entries} bytes"
        if not map_.key_size and not map_.value_size:
            return text
        key = c_type(btf, map_.key_type) if map_.key_type else f"{map_.key_size} bytes"
        value = c_type(btf, map_.value_type) if map_.value_type else f"{map_.value_size} bytes"
        return f"{text}: {key} → {value}" if map_.key_size else f"{text}: {value}"

    def _variable(self, variable: VariableSpec) -> None:
        # Constants of the compiler's own, such as the format strings of bpf_printk.
        if "____fmt" in variable.name or "." in variable.name or ":" in variable.name:
            return
        reads, takes = self._typed(variable.type_id, variable.size, variable.name)
        c = c_type(self.spec.btf, variable.type_id) if variable.type_id else f"{variable.size} bytes"
        doc = f"{'const ' if variable.constant and not c.startswith('const ') else ''}{c} {variable.name}, {variable.map}."
        self._attribute(variable.name, f"ebpf.Variable[{reads}]", doc, f'self.variables["{variable.name}"]')
        if identifier(variable.name) == variable.name:
            self.settable[variable.name] = (takes, c)

    def _asked_for(self, name: str) -> None:
        """`--type event`, `--type "struct event"`."""
        self._find(name, "--type")

    def _find(self, name: str, option: str) -> str:
        """The class of a C type by its name."""
        btf = self.spec.btf
        bare = _bare(name)
        for type_id in btf.find_all(bare) if btf is not None else ():
            assert btf is not None
            if isinstance(btf.type(btf.resolve(type_id)), (types.Struct, types.Enum)):
                return self.shapes.annotation(type_id, bare)[0]
        raise ObjectError(
            f"{option} {name}: the object's types have no struct, union or enum {bare!r}; the compiler leaves out what no map or"
            f" variable uses: `struct {bare} *unused_{bare} __attribute__((unused));` in the C keeps it"
        )


def _bare(name: str) -> str:
    return name.removeprefix("struct ").removeprefix("union ").removeprefix("enum ")


def _sized(btf: Btf, type_id: int, size: int) -> bool:
    try:
        return btf.size(type_id) == size
    except ObjectError:
        return False
