"""The text of the module that bpf2py writes. The same objects and options give the same text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ebpf._record import Frozen
from ebpf.bind.model import Model, Options
from ebpf.bind.names import unused
from ebpf.bind.shapes import Field, Shape
from ebpf.btf.values import EnumNumber, StructValue, UnionValue
from ebpf.errors import ObjectError
from ebpf.spec import ObjectSpec

_BASES: dict[str, type] = {"enum": EnumNumber, "struct": StructValue, "union": UnionValue}


#: What `load` takes as an engine.
_ENGINES = 'Literal["auto", "kernel", "vm"] | Engine'


class Built(Frozen):
    """One object: `key` is the byte order or machine it is for, `file` the name of the file beside the module."""

    key: str
    file: str
    spec: ObjectSpec
    data: bytes = b""


def write_module(built: Sequence[Built], options: Options) -> str:
    """The module for these objects, which are one source compiled for several targets. Raises ObjectError."""
    for other in built[1:]:
        _same(built[0], other)
    models = [Model(one.spec, options) for one in built]
    aliases = Aliases(models[0])
    class_lines = _class(models[0], aliases)
    parts = [_imports(models[0], aliases), _objects(built, models, options), _records(models), class_lines]
    return "\n\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _same(one: Built, other: Built) -> None:
    for what in ("programs", "maps", "variables"):
        left, right = set(getattr(one.spec, what)), set(getattr(other.spec, what))
        if left != right:
            raise ObjectError(
                f"the {what} of {one.file} and {other.file} differ: {', '.join(sorted(left ^ right))};"
                " write one module for each target"
            )


def _text(text: str) -> str:
    """A string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _docstring(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{text[:-1]}\\""""' if text.endswith('"') else f'"""{text}"""'


class Aliases:
    """Names of annotations that a class hides, since C has a member of that name (`bytes`, `str`), or that the object's class has
    itself (`Queue` of the stem "queue"): they are written as `_bytes`, which stands outside for the same."""

    def __init__(self, model: Model) -> None:
        #: what the class of the objects is called, which no import may be
        self.own = model.options.class_name
        self.members = set(model.attributes) | {
            name for shape in model.shapes.shapes.values() for name in [field.name for field in shape.fields]
        }
        self.made: dict[str, str] = {}

    def __call__(self, text: str, hidden: Collection[str] = ()) -> str:
        """An annotation in a class that has members of those names. What is quoted is no name."""

        def name(found: re.Match[str]) -> str:
            return self._name(found[0]) if found[0] in hidden or found[0] == self.own else found[0]

        return re.sub(r'"[^"]*"|(?<![\w.])[A-Za-z_]\w*', name, text)

    def imported(self, names: Iterable[str]) -> str:
        """Names to import by their own."""
        return ", ".join(name for name in names if name != self.own)

    def lines(self, model: Model) -> tuple[list[str], list[str]]:
        """What makes them, before the classes and after: imports, for a checker takes no assignment for a type that has
        arguments."""
        homes = {"ebpf": "", "Engine": "ebpf.engine", "Mapping": "collections.abc", "Sequence": "collections.abc"}
        homes |= dict.fromkeys(("Any", "ClassVar", "Literal", "Self", "TypedDict"), "typing")
        homes |= dict.fromkeys((base.__name__ for base in _BASES.values()), "ebpf.btf.values")
        homes |= dict.fromkeys((face.partition("[")[0] for face in model.imports), "ebpf.objects.faces")
        homes |= dict.fromkeys(("bool", "bytes", "float", "int", "list", "str", "tuple"), "builtins")
        before, after = [], []
        for name, alias in sorted(self.made.items()):
            home = homes.get(name)
            if home is not None:
                before.append((f"from {home} import {name}" if home else f"import {name}") + f" as {alias}")
            elif name != self.own:  # else a class of ours has it, declared as what stands for it
                after.append(f"{alias} = {name}")
        return before, after

    def _name(self, name: str) -> str:
        if name not in self.made:
            self.made[name] = unused(f"_{name}", self.members)
        return self.made[name]


def _imports(model: Model, aliases: Aliases) -> list[str]:
    options = model.options
    shapes = model.shapes.shapes.values()
    declared = [line for shape in shapes for line in ("", *_declare(shape, aliases))] + _variables(model, aliases)
    anywhere = "\n".join([*declared, *(attribute.annotation for attribute in model.attributes.values())])
    if not model.settable:
        anywhere += "Mapping[str, Any]"
    collections = aliases.imported(name for name in ("Mapping", "Sequence") if f"{name}[" in anywhere)
    typing = ["Any", *["ClassVar"] * ("ClassVar[" in anywhere)]
    typing += ["Literal", "Self", *["TypedDict"] * bool(model.settable)]
    kinds = {shape.kind for shape in shapes}
    bases = aliases.imported(base.__name__ for kind, base in _BASES.items() if kind in kinds)
    faces = aliases.imported(sorted(model.imports))
    before, after = aliases.lines(model)
    lines = [
        f"# Written by bpf2py from {options.source}. Don't edit it: change the C and run bpf2py again.",
        _docstring(f"{options.source}: its programs, maps, variables and types."),
        "",
        "from __future__ import annotations",
        "",
        "import os",
        *["import sys"] * (not options.by_machine),
        "",
        "import ebpf",
        "from ebpf.api import load_as",
        "",
        "TYPE_CHECKING = False",
        "if TYPE_CHECKING:",
        *[f"    from collections.abc import {collections}"] * bool(collections),
        f"    from typing import {aliases.imported(typing)}",
        "",
        *[f"    from ebpf.btf.values import {bases}"] * bool(bases),
        *["    from ebpf.engine import Engine"] * (aliases.own != "Engine"),
        *[f"    from ebpf.objects.faces import {faces}"] * bool(faces),
        *(f"    {line}" for line in before),
        *(f"    {line}" if line else "" for line in declared),
        *[""] * bool(after),
        *(f"    {line}" for line in after),
        "",
    ]
    exported = ", ".join(f'"{name}"' for name in sorted([options.class_name, *(shape.name for shape in shapes)]))
    return [*lines, f"__all__ = [{exported}]"]


def _declare(shape: Shape, aliases: Aliases) -> list[str]:
    """A record class, as type checkers and editors see it; at run time the object's types make it."""
    size = f"{shape.size} byte{'s' if shape.size != 1 else ''}"
    lines = [
        f"class {shape.name}({aliases(_BASES[shape.kind].__name__)}):",
        f"    {_docstring(f'{shape.title}, {size}.')}",
        "",
    ]
    shown = [field for field in shape.fields if _is_attribute(shape, field.name)]
    hidden = {field.name for field in shown}
    if shape.kind == "enum":
        values = [(name, value) for name, value in shape.values if _is_attribute(shape, name)]
        names = {name for name, _value in values}
        row = aliases(f"ClassVar[{shape.name}]", names)
        return [*lines, *(f"    {name}: {row}  # {value}" for name, value in values)]
    lines += [
        f"    {field.name}: {aliases(field.reads, hidden)}  # {_hides(shape, field)}{field.c_type}" for field in shown
    ]
    if shape.kind == "union":
        return lines
    made = aliases("Self", hidden)
    if not shape.fields:
        return [*lines, f"    def __new__(cls) -> {made}: ..."]
    given = [f"        {field.name}: {aliases(field.takes, hidden)} = ...," for field in shape.fields]
    first = unused("cls", {field.name for field in shape.fields})
    return [*lines, "", "    def __new__(", f"        {first},", "        *,", *given, f"    ) -> {made}: ..."]


def _is_attribute(shape: Shape, name: str) -> bool:
    """Whether a value has that member as an attribute: it must not hide what the class itself stands on."""
    base = _BASES[shape.kind]
    if shape.kind == "struct":
        return not name.startswith("_") or not _has(base, name)
    # Values of an enum are asked of the class itself, which has what its own class has (`mro`).
    return not (hasattr if shape.kind == "enum" else _has)(base, name) and name not in base.__annotations__


def _hides(shape: Shape, field: Field) -> str:
    """A struct is a tuple; a member may be called as one of its methods: then that is hidden."""
    return "type: ignore[assignment]  # " if shape.kind == "struct" and _has(tuple, field.name) else ""


def _has(base: type, name: str) -> bool:
    """Whether values of a class have the name: `hasattr(tuple, "mro")` is what the class itself has of its own class."""
    return any(name in vars(one) for one in base.__mro__)


def _variables(model: Model, aliases: Aliases) -> list[str]:
    if not model.settable:
        return []
    head = aliases("class Variables(TypedDict, total=False):")
    lines = ["", head, '    """What global variables start with."""', ""]
    return [*lines, *(f"    {name}: {aliases(takes)}  # {c}" for name, (takes, c) in model.settable.items())]


def _objects(built: Sequence[Built], models: Sequence[Model], options: Options) -> list[str]:
    """The objects, or where they are, and how one is read."""
    key = "machine" if options.by_machine else "byte order"
    where = "the object, compressed" if options.embed else "the object beside this file"
    lines = [f"# {key} → {where}", "_OBJECTS = {"]
    for one in built:
        lines += _embedded(one) if options.embed else [f'    "{one.key}": {_text(one.file)},']
    lines.append("}")
    tables = [{shape.name: shape.type_id for shape in model.shapes.shapes.values()} for model in models]
    if any(tables):
        lines += ["# class → the number of its type in the object", "_TYPES = {"]
        for one, table in zip(built, tables, strict=True):
            row = ", ".join(f'"{name}": {type_id}' for name, type_id in table.items())
            lines.append(f'    "{one.key}": {{{row}}},')
        lines.append("}")
    if models[0].events:
        row = ", ".join(f'"{name}": "{shape}"' for name, shape in models[0].events.items())
        lines += ["# ring buffer or perf buffer → the class of its records", f"_EVENTS = {{{row}}}"]
    lines += [
        "_HERE = "
        + ('os.uname().machine if hasattr(os, "uname") else os.name' if options.by_machine else "sys.byteorder"),
        "_spec: ebpf.ObjectSpec | None = None",
        "",
        "",
        "def _read() -> ebpf.ObjectSpec:",
        "    global _spec",
        "    if _spec is None:",
        "        if _HERE not in _OBJECTS:",
        f'            built = "it was built for {", ".join(one.key for one in built)}"',
        f"            raise ebpf.NotSupported({_text(options.source)} + f' on {{_HERE}}', why=built)".replace("'", '"'),
    ]
    if options.embed:
        lines += [
            "        from binascii import a2b_base64",
            "        from zlib import decompress",
            "",
            "        _spec = ebpf.read(decompress(a2b_base64(_OBJECTS[_HERE])))",
        ]
    else:
        lines += [
            "        path = os.path.join(os.path.dirname(__file__), _OBJECTS[_HERE])",
            '        get_data = getattr(globals().get("__loader__"), "get_data", None)  # reads out of a zip, too',
            "        _spec = ebpf.read(path if get_data is None else get_data(path))",
        ]
    lines.append(f"        _spec.name = {_text(built[0].spec.name)}")
    if models[0].events:
        lines += [
            "        for name, record in _EVENTS.items():",
            "            _spec.maps[name].btf = _spec.btf",
            "            _spec.maps[name].value_type = _TYPES[_HERE][record]",
        ]
    return [*lines, "    return _spec"]


def _embedded(one: Built) -> list[str]:
    import zlib
    from binascii import b2a_base64

    text = b2a_base64(zlib.compress(one.data, 9), newline=False).decode()
    return [
        f'    "{one.key}": (',
        *(f'        "{text[at : at + 100]}"' for at in range(0, len(text), 100)),
        "    ),",
    ]


def _records(models: Sequence[Model]) -> list[str]:
    if not any(model.shapes.shapes for model in models):
        return []
    return [
        "if not TYPE_CHECKING:",
        "",
        "    def __getattr__(name):",
        "        type_id = _TYPES.get(_HERE, {}).get(name)",
        "        if type_id is None:",
        '            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
        "        record = _read().btf.codec(type_id).record",
        "        record.__name__ = record.__qualname__ = name",
        "        record.__module__ = __name__",
        "        globals()[name] = record",
        "        return record",
    ]


def _class(model: Model, aliases: Aliases) -> list[str]:
    name, attributes = model.options.class_name, model.attributes.values()

    def said(text: str) -> str:
        return aliases(text, model.attributes)

    doc = f"What {model.options.source} holds, loaded. A context manager: `with {name}.load() as obj:`."
    lines = [f"class {name}(ebpf.Object):", f"    {_docstring(doc)}", ""]
    for attribute in attributes:
        lines += [f"    {attribute.name}: {said(attribute.annotation)}", f"    {_docstring(attribute.doc)}"]
    variables = "Variables" if model.settable else "Mapping[str, Any]"
    return [
        *lines,
        *[""] * bool(attributes),
        f'    def __init__(self, spec: {said("ebpf.ObjectSpec")}, engine: {said("Engine")}, *, why: {said("str")} = "") -> None:',
        "        super().__init__(spec, engine, why=why)",
        *(f"        self.{attribute.name} = {attribute.found}" for attribute in attributes),
        "",
        "    @classmethod",
        f"    def read(cls) -> {said('ebpf.ObjectSpec')}:",
        '        """What the object holds, as data that may be changed and given to `load`."""',
        "        return _read().copy()",
        "",
        "    @classmethod",
        "    def load(",
        "        cls,",
        f"        spec: {said('ebpf.ObjectSpec')} | None = None,",
        "        *,",
        f'        engine: {said(_ENGINES)} = "auto",',
        f"        variables: {said(variables)} | None = None,",
        f"        **options: {said('Any')},",
        f"    ) -> {said('Self')}:",
        '        """Makes the maps and loads the programs; attaches nothing. `variables` are set before the load; `options` are',
        '        those of `ebpf.load`."""',
        "        return load_as(cls, spec or _read(), engine=engine, variables=variables, **options)",
    ]
