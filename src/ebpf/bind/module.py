"""The text of the module that bpf2py writes. The same objects and options give the same text."""

from __future__ import annotations

from collections.abc import Sequence

from ebpf._record import Frozen
from ebpf.bind.model import Model, Options
from ebpf.bind.names import unused
from ebpf.bind.shapes import Field, Shape
from ebpf.errors import ObjectError
from ebpf.spec import ObjectSpec

_BASES = {"enum": "EnumNumber", "struct": "StructValue", "union": "UnionValue"}


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
    parts = [_imports(models[0]), _objects(built, models, options), _records(models), _class(models[0])]
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


def _imports(model: Model) -> list[str]:
    options = model.options
    shapes = model.shapes.shapes.values()
    declared = [line for shape in shapes for line in ("", *_declare(shape))] + _variables(model)
    anywhere = "\n".join([*declared, *(attribute.annotation for attribute in model.attributes.values())])
    if not model.settable:
        anywhere += "Mapping[str, Any]"
    collections = [name for name in ("Mapping", "Sequence") if f"{name}[" in anywhere]
    typing = ["Any", *["ClassVar"] * ("ClassVar[" in anywhere)]
    typing += ["Literal", "Self", *["TypedDict"] * bool(model.settable)]
    kinds = {shape.kind for shape in shapes}
    bases = [base for kind, base in _BASES.items() if kind in kinds]
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
        *[f"    from collections.abc import {', '.join(collections)}"] * bool(collections),
        f"    from typing import {', '.join(typing)}",
        "",
        *[f"    from ebpf.btf.values import {', '.join(bases)}"] * bool(bases),
        "    from ebpf.engine import Engine",
        *[f"    from ebpf.objects.faces import {', '.join(sorted(model.imports))}"] * bool(model.imports),
        *(f"    {line}" if line else "" for line in declared),
        "",
    ]
    exported = ", ".join(f'"{name}"' for name in sorted([options.class_name, *(shape.name for shape in shapes)]))
    return [*lines, f"__all__ = [{exported}]"]


def _declare(shape: Shape) -> list[str]:
    """A record class, as type checkers and editors see it; at run time the object's types make it."""
    size = f"{shape.size} byte{'s' if shape.size != 1 else ''}"
    lines = [f"class {shape.name}({_BASES[shape.kind]}):", f"    {_docstring(f'{shape.title}, {size}.')}", ""]
    if shape.kind == "enum":
        return [*lines, *(f"    {name}: ClassVar[{shape.name}]  # {value}" for name, value in shape.values)]
    lines += [f"    {field.name}: {field.reads}  # {_hides(shape, field)}{field.c_type}" for field in shape.fields]
    if shape.kind == "union":
        return lines
    if not shape.fields:
        return [*lines, "    def __new__(cls) -> Self: ..."]
    given = [f"        {field.name}: {field.takes} = ...," for field in shape.fields]
    first = unused("cls", {field.name for field in shape.fields})
    return [*lines, "", "    def __new__(", f"        {first},", "        *,", *given, "    ) -> Self: ..."]


def _hides(shape: Shape, field: Field) -> str:
    """A struct is a tuple; a member may be called as one of its methods: then that is hidden."""
    return "type: ignore[assignment]  # " if shape.kind == "struct" and hasattr(tuple, field.name) else ""


def _variables(model: Model) -> list[str]:
    if not model.settable:
        return []
    lines = ["", "class Variables(TypedDict, total=False):", '    """What global variables start with."""', ""]
    return [*lines, *(f"    {name}: {takes}  # {c}" for name, (takes, c) in model.settable.items())]


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
        f"_HERE = {'os.uname().machine' if options.by_machine else 'sys.byteorder'}",
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


def _class(model: Model) -> list[str]:
    name, attributes = model.options.class_name, model.attributes.values()
    doc = f"What {model.options.source} holds, loaded. A context manager: `with {name}.load() as obj:`."
    lines = [f"class {name}(ebpf.Object):", f"    {_docstring(doc)}", ""]
    for attribute in attributes:
        lines += [f"    {attribute.name}: {attribute.annotation}", f"    {_docstring(attribute.doc)}"]
    variables = "Variables" if model.settable else "Mapping[str, Any]"
    return [
        *lines,
        *[""] * bool(attributes),
        '    def __init__(self, spec: ebpf.ObjectSpec, engine: Engine, *, why: str = "") -> None:',
        "        super().__init__(spec, engine, why=why)",
        *(f"        self.{attribute.name} = {attribute.found}" for attribute in attributes),
        "",
        "    @classmethod",
        "    def read(cls) -> ebpf.ObjectSpec:",
        '        """What the object holds, as data that may be changed and given to `load`."""',
        "        return _read().copy()",
        "",
        "    @classmethod",
        "    def load(",
        "        cls,",
        "        spec: ebpf.ObjectSpec | None = None,",
        "        *,",
        '        engine: Literal["auto", "kernel", "vm"] | Engine = "auto",',
        f"        variables: {variables} | None = None,",
        "        **options: Any,",
        "    ) -> Self:",
        '        """Makes the maps and loads the programs; attaches nothing. `variables` are set before the load; `options` are',
        '        those of `ebpf.load`."""',
        "        return load_as(cls, spec or _read(), engine=engine, variables=variables, **options)",
    ]
