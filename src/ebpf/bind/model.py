"""What the module that bpf2py writes holds: the attributes of its class, and the records these need."""

from __future__ import annotations

from collections.abc import Sequence

from ebpf._record import Frozen
from ebpf.bind.names import identifier
from ebpf.bind.shapes import Shapes, c_type
from ebpf.btf import Btf, types
from ebpf.errors import ObjectError
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, VariableSpec
from ebpf.uapi.map_types import INDEXED, MapType

#: What `ebpf.Object` itself is made of, and the generated class: things of the object can't be attributes of these names.
RESERVED = frozenset(
    (
        "attach", "close", "engine", "events", "links", "load", "maps", "programs", "read", "run", "spawn", "spec",
        "variables", "why",
    )
)  # fmt: skip
_PER_CPU = frozenset(
    {MapType.PERCPU_HASH, MapType.PERCPU_ARRAY, MapType.LRU_PERCPU_HASH, MapType.PERCPU_CGROUP_STORAGE}
)
#: Map type → the class of `ebpf.objects.faces` that is its face, where that is no `Map[key, value]`.
_FACES = {
    MapType.ARRAY_OF_MAPS: "MapOfMaps[{key}]",
    MapType.HASH_OF_MAPS: "MapOfMaps[{key}]",
    MapType.PROG_ARRAY: "ProgramArray",
    MapType.QUEUE: "Queue",
    MapType.STACK: "Queue",
    MapType.BLOOM_FILTER: "BloomFilter",
    MapType.RINGBUF: "Ring",
    MapType.USER_RINGBUF: "UserRing",
    MapType.PERF_EVENT_ARRAY: "PerfEvents",
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


class Options(Frozen):
    """What bpf2py was asked for. `source` is the C file's name as the module names it; `types` are C types to bind too;
    `embed` puts the objects into the module; `by_machine`: objects are told apart by machine, not only by byte order."""

    class_name: str
    source: str
    types: Sequence[str] = ()
    global_types: bool = True
    embed: bool = False
    by_machine: bool = False


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
        self.shapes = Shapes(
            spec.btf, {options.class_name, "Any", "Literal", "Mapping", "Sequence", "Self", "Variables"}
        )
        self.imports: set[str] = set()
        self.attributes: dict[str, Attribute] = {}
        #: variable → (what may be given, C type)
        self.settable: dict[str, tuple[str, str]] = {}
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
        if attribute in RESERVED or attribute.startswith("__"):
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
        if map_.type in _PER_CPU:
            value = f"list[{value}]"
        face = _FACES.get(map_.type)
        if map_.type == MapType.LPM_TRIE and map_.key_size not in (8, 20):
            face = None  # no addresses
        if face is None:
            annotation = f"ebpf.Map[{key}, {value}]"
        else:
            self.imports.add(face.partition("[")[0])
            annotation = face.format(key=key, value=value)
        self._attribute(map_.name, annotation, f"{self._describe(map_)}.", f'self.maps["{map_.name}"]')

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
        btf = self.spec.btf
        bare = name.removeprefix("struct ").removeprefix("union ").removeprefix("enum ")
        for type_id in btf.find_all(bare) if btf is not None else ():
            assert btf is not None
            if isinstance(btf.type(btf.resolve(type_id)), (types.Struct, types.Enum)):
                self.shapes.annotation(type_id, bare)
                return
        raise ObjectError(
            f"--type {name}: the object's types have no struct, union or enum {bare!r} (a type must be used)"
        )


def _sized(btf: Btf, type_id: int, size: int) -> bool:
    try:
        return btf.size(type_id) == size
    except ObjectError:
        return False
