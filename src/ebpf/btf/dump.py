"""BTF as C that compiles to the same layout.

Types come in an order in which each is declared before it is used and defined before it is held. Types without a name stand
where they are used. Two types of one name can't both keep it: later ones get `___2`, `___3`, which CO-RE takes for
flavours. Padding is unnamed bitfields, so that no name appears that the kernel doesn't have.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.btf.layout import Layouts
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebpf.btf.reader import Btf

#: How many declarations a few types may make.
MAX_DECLARATIONS = 100_000
#: A wider gap than this many bytes is padded by an array.
MAX_UNNAMED = 0x10000
#: How deep types may refer to each other on the way to one that is defined.
MAX_NESTING = 400

# fmt: off
_KEYWORDS = frozenset((
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
    "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short",
    "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile",
    "while", "_Bool",
))
# fmt: on
#: What the compiler declares itself, and not as the kernel's did: seen through.
_BUILT_IN = frozenset(("__builtin_va_list",))
#: The attribute for an enum of another size than an int's.
_MODES = {1: "QI", 2: "HI", 8: "DI"}
_QUALIFIERS = {Kind.CONST: "const", Kind.VOLATILE: "volatile", Kind.RESTRICT: "restrict"}


def dump(btf: Btf, roots: Iterable[int] | None = None) -> str:
    """The C of the types `roots` and of all that they need; of every type, if None. Raises BtfError for types no C has."""
    dumper = Dumper(btf)
    every = roots is None
    for type_id in range(1, len(btf)) if roots is None else roots:
        dumper.root(type_id, every)
    return "".join(dumper.out)


def declaration(btf: Btf, type_id: int, name: str = "", *, brief: bool = False) -> str:
    """A C declaration of `name` (or, without one, the type's name): `struct sock *(*name)[4]`. Functions: their prototype.

    `brief`: structs, unions and enums that have no name are `struct {…}`, and a type tag is `__kptr`.
    """
    found = btf.type(type_id)
    dumper = Dumper(btf, brief=brief)
    if isinstance(found, (types.Func, types.Var)):
        return dumper.declare(found.type, name or found.name, "")
    return dumper.declare(type_id, name, "").rstrip()


class Dumper:
    """C for the types of one BTF.

    `out` is the text so far. `_defined` and `_open`: types done and types begun; `_declared`: named ahead of that.
    """

    __slots__ = (
        "_budget",
        "_declared",
        "_defined",
        "_followed",
        "_inline",
        "_names",
        "_open",
        "_taken",
        "brief",
        "btf",
        "layouts",
        "out",
    )

    def __init__(self, btf: Btf, *, brief: bool = False) -> None:
        self.btf = btf
        self.brief = brief
        self.layouts = Layouts(btf)
        self.out: list[str] = []
        # Declarations that may still be written: types without names are written wherever they are used.
        self._budget = 64 * len(btf) + MAX_DECLARATIONS
        self._defined: set[int] = set()
        self._open: set[int] = set()
        # Other types that were looked through, and whether what they hold must be whole.
        self._followed: set[tuple[int, bool]] = set()
        self._declared: set[str] = set()
        self._names: dict[int, str] = {}
        # How often a name was given out, among tags (struct, union, enum) and among all other names.
        self._taken: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._inline: set[int] | None = None

    # Names.

    def name(self, type_id: int, found: types.Type) -> str:
        """The C name of a type, made its own."""
        known = self._names.get(type_id)
        if known is None:
            tag = not isinstance(found, types.Typedef)
            known = self._names[type_id] = self._unique(found.name, 0 if tag else 1)
        return known

    def _unique(self, name: str, space: int) -> str:
        name = _identifier(name)
        taken = self._taken[space]
        count = taken[name] = taken.get(name, 0) + 1
        return name if count == 1 else self._unique(f"{name}___{count}", space)

    # What comes first.

    def root(self, type_id: int, every: bool) -> None:
        found = self.btf.type(type_id)
        if isinstance(found, types.Enum) and not found.name:
            # Its constants are wanted, too, unless they appear where it is used.
            if not every or type_id not in self._used():
                self._define(type_id, found)
        elif isinstance(found, (types.Struct, types.Enum, types.Typedef)) and found.name:
            self.need(type_id, True, 0)
        elif isinstance(found, types.Forward):
            self.need(type_id, False, 0)
        elif not every:
            self.need(type_id, True, 0)

    def _used(self) -> set[int]:
        """All ids that a type refers to."""
        if self._inline is None:
            self._inline = set()
            for type_id in range(1, len(self.btf)):
                self._inline.update(self.btf.type(type_id).references())
        return self._inline

    def need(self, type_id: int, whole: bool, depth: int) -> None:
        """Writes what must stand before a use of the type: its definition if `whole`, else a declaration does."""
        if depth > MAX_NESTING:
            raise BtfError(f"type {type_id} nests deeper than {MAX_NESTING}", section=".BTF")
        found = self.btf.type(type_id)
        if isinstance(found, types.Struct):
            self._need_struct(type_id, found, whole, depth)
        elif isinstance(found, types.Enum):
            if found.name and type_id not in self._defined:
                self._defined.add(type_id)
                self._define(type_id, found)
        elif isinstance(found, types.Forward):
            self._declare("union" if found.is_union else "struct", _identifier(found.name))
        elif isinstance(found, types.Typedef):
            self._need_typedef(type_id, found, whole, depth)
        elif (type_id, whole) in self._followed:
            return
        self._followed.add((type_id, whole))
        if isinstance(found, types.Pointer):
            self.need(found.type, False, depth + 1)
        elif isinstance(found, types.Array):
            self.need(found.type, True, depth + 1)
        elif isinstance(found, types.FuncProto):
            self.need(found.ret, False, depth + 1)
            for param in found.params:
                self.need(param.type, False, depth + 1)
        elif isinstance(found, types.DataSec):
            for variable in found.variables:
                self.need(variable.type, whole, depth + 1)
        elif isinstance(found, types._Reference) and not isinstance(found, types.Typedef):
            self.need(found.type, whole, depth + 1)

    def _need_struct(self, type_id: int, found: types.Struct, whole: bool, depth: int) -> None:
        if type_id in self._defined:
            return
        if found.name and not whole:
            self._declare(found.kind.label.lower(), self.name(type_id, found))
            return
        if type_id in self._open:
            raise BtfError(f"{found.kind.label.lower()} {found.name or type_id} holds itself", section=".BTF")
        self._open.add(type_id)
        for member in found.members:
            self.need(member.type, True, depth + 1)
        self._open.discard(type_id)
        if found.name:
            self._define(type_id, found)
        self._defined.add(type_id)

    def _need_typedef(self, type_id: int, found: types.Typedef, whole: bool, depth: int) -> None:
        if type_id not in self._defined:
            if type_id in self._open:
                raise BtfError(f"typedef {found.name} is made of itself", section=".BTF")
            self._open.add(type_id)
            self.need(found.type, False, depth + 1)
            self._open.discard(type_id)
            # A function type may have needed it itself, by way of a struct.
            if type_id not in self._defined:
                self._defined.add(type_id)
                if found.name not in _BUILT_IN:
                    text = self.declare(found.type, self.name(type_id, found), "")
                    self.out.append(f"typedef {text};\n\n")
        if whole:
            self.need(found.type, True, depth + 1)

    def _declare(self, keyword: str, name: str) -> None:
        text = f"{keyword} {name};\n\n"
        if text not in self._declared:
            self._declared.add(text)
            self.out.append(text)

    def _define(self, type_id: int, found: types.Struct | types.Enum) -> None:
        text = self._enum(type_id, found, "") if isinstance(found, types.Enum) else self._struct(type_id, found, "")
        self.out.append(text + ";\n\n")

    # Text.

    def declare(self, type_id: int, inner: str, indent: str, depth: int = 0) -> str:
        """A declaration of `inner`, which is a name with what already stands around it ("*(name)[4]")."""
        btf = self.btf
        self._budget -= 1
        if self._budget < 0:
            raise BtfError("types without names that hold each other make more text than any C has", section=".BTF")
        qualifiers: list[str] = []
        tags: list[str] = []
        for _ in range(MAX_NESTING):
            found = btf.type(type_id)
            qualifier = _QUALIFIERS.get(found.kind)
            if qualifier:
                assert isinstance(found, types._Reference)
                if qualifier not in qualifiers:
                    qualifiers.append(qualifier)
                type_id = found.type
            elif isinstance(found, types.Typedef) and found.name in _BUILT_IN:
                type_id = found.type
            elif isinstance(found, types.TypeTag):
                attribute = found.name if found.is_attribute else f"btf_type_tag({_quoted(found.name)})"
                short = self.brief and not found.is_attribute and found.name.isidentifier()
                tags.append(f"__{found.name}" if short else f"__attribute__(({attribute}))")
                type_id = found.type
            elif isinstance(found, types.Pointer):
                inner = _joined("*", *_spaced(qualifiers), inner)
                if isinstance(self._unqualified(found.type), (types.Array, types.FuncProto)):
                    inner = f"({inner})"
                qualifiers = []
                type_id = found.type
            elif isinstance(found, types.Array):
                inner = f"{inner}[{found.nelems}]"
                type_id = found.type
            elif isinstance(found, types.FuncProto):
                inner = f"{inner}({self._parameters(found, indent, depth)})"
                qualifiers = []
                type_id = found.ret
            else:
                qualifiers.sort()
                specifier = " ".join([*qualifiers, self._specifier(type_id, found, indent, depth), *tags])
                return f"{specifier} {inner}" if inner else specifier
        raise BtfError(f"type {type_id} refers to itself", section=".BTF")

    def _unqualified(self, type_id: int) -> types.Type:
        found = self.btf.type(type_id)
        for _ in range(MAX_NESTING):
            if not isinstance(found, (types.Const, types.Volatile, types.Restrict, types.TypeTag)):
                break
            found = self.btf.type(found.type)
        return found

    def _parameters(self, found: types.FuncProto, indent: str, depth: int) -> str:
        params = found.params
        if not params or (len(params) == 1 and not params[0].type):
            return "void" if not params or params[0].name else "..."
        if depth > 32:
            raise BtfError("functions that take functions nest deeper than 32", section=".BTF")
        last = len(params) - 1
        return ", ".join(
            "..."
            if at == last and not param.type and not param.name
            else self.declare(param.type, _identifier(param.name) if param.name else "", indent, depth + 1)
            for at, param in enumerate(params)
        )

    def _specifier(self, type_id: int, found: types.Type, indent: str, depth: int) -> str:
        if isinstance(found, types.Struct):
            if found.name:
                return f"{found.kind.label.lower()} {self.name(type_id, found)}"
            if self.brief:
                return f"{found.kind.label.lower()} {{…}}"
            return self._struct(type_id, found, indent, depth)
        if isinstance(found, types.Enum):
            if self.brief and not found.name:
                return "enum {…}"
            return f"enum {self.name(type_id, found)}" if found.name else self._enum(type_id, found, indent)
        if isinstance(found, types.Forward):
            return f"{'union' if found.is_union else 'struct'} {_identifier(found.name)}"
        if isinstance(found, types.Typedef):
            return self.name(type_id, found)
        if isinstance(found, (types.Int, types.Float)):
            return " ".join(_identifier(word, True) for word in found.name.split()) or "int"
        if isinstance(found, types.Void):
            return "void"
        raise BtfError(f"type {type_id}: a {found.kind.label} can't be used as a type", section=".BTF")

    def _struct(self, type_id: int, found: types.Struct, indent: str, depth: int = 0, *, unnamed: bool = False) -> str:
        if depth > 64:
            raise BtfError(f"type {type_id} nests deeper than 64", section=".BTF")
        keyword = found.kind.label.lower()
        packed = self.layouts.packed(type_id, found)
        head = f"{keyword} {self.name(type_id, found)} {{" if found.name and not unnamed else f"{keyword} {{"
        if not found.members and not found.size:
            return head + "}"
        lines = [head]
        inside = indent + "\t"
        at = 0
        is_union = found.kind == Kind.UNION
        for member in found.members:
            if is_union:
                at = 0
            else:
                natural = self.layouts.next_offset(member, at, packed)
                if natural > member.bit_offset:
                    where = f"{keyword} {found.name or type_id}.{member.name} at bit {member.bit_offset}"
                    raise BtfError(f"{where} lies over what stands before it; C has no such thing", section=".BTF")
                if natural != member.bit_offset:
                    lines += _padding(at, member.bit_offset, inside)
                at = self.layouts.end(member)
            width = f": {member.bit_size}" if member.bit_size else ""
            name = _identifier(member.name) if member.name else ""
            held = None if name or width else self._copied(member.type)
            if held is not None:
                text = self._struct(held[0], held[1], inside, depth + 1, unnamed=True)
            else:
                text = self.declare(member.type, name, inside, depth + 1)
            lines.append(f"{inside}{text}{width};")
        size = found.size * 8
        if is_union:
            at = max((self.layouts.end(member) for member in found.members), default=0)
            unit = (1 if packed else self.layouts.alignment(type_id)) * 8
            if -(-at // unit) * unit < size:
                lines.append(f"{inside}struct {{")
                lines += _padding(0, size, inside + "\t")
                lines.append(f"{inside}}};")
        else:
            unit = (1 if packed else self.layouts.alignment(type_id)) * 8
            if -(-at // unit) * unit < size:
                lines += _padding(at, size, inside)
        lines.append(f"{indent}}}" + (" __attribute__((packed))" if packed else ""))
        return "\n".join(lines)

    def _copied(self, type_id: int) -> tuple[int, types.Struct] | None:
        """The struct that an unnamed member holds, if C can't say so: one with a name of its own, or by way of a typedef.
        (The kernel is built with -fms-extensions; what includes its header is not.)"""
        held_id = self.btf.resolve(type_id)
        held = self.btf.type(held_id)
        if isinstance(held, types.Struct) and (held.name or held is not self._unqualified(type_id)):
            return held_id, held
        return None

    def _enum(self, type_id: int, found: types.Enum, indent: str) -> str:
        head = f"enum {self.name(type_id, found)}" if found.name else "enum"
        fits = all(-(1 << 31) <= value.value < 1 << 32 for value in found.values)
        mode = _MODES.get(found.size, "") if found.size != 8 or fits else ""
        attribute = f" __attribute__((mode({mode})))" if mode else ""
        if not found.values:
            return f"{head} {{}}" if not found.name else head
        lines = [f"{head} {{"]
        for value in found.values:
            suffix = "" if -(1 << 31) <= value.value < 1 << 32 else "LL" if value.value < 1 << 63 else "ULL"
            number = f"{value.value}{suffix}" if value.value != -(1 << 63) else "(-9223372036854775807LL - 1)"
            lines.append(f"{indent}\t{self._unique(value.name, 1)} = {number},")
        lines.append(f"{indent}}}{attribute}")
        return "\n".join(lines)


def _padding(at: int, to: int, indent: str) -> list[str]:
    """Unnamed bitfields from one bit to another; each stays within 8 aligned bytes. They ask for no alignment.

    A gap of many pages, which no kernel has, becomes an array: that needs a name.
    """
    lines = []
    if to - at > MAX_UNNAMED * 8:
        start, end = -(-at // 8), to // 8
        if at % 8:
            lines.append(f"{indent}char: {8 - at % 8};")
        lines.append(f"{indent}char __padding_{start}[{end - start}];")
        at = end * 8
    while at < to:
        width = min(to - at, 64 - at % 64)
        lines.append(f"{indent}long: {width};")
        at += width
    return lines


def _identifier(name: str, keywords: bool = False) -> str:
    """A name that C takes: other languages put `<`, `:` and more in theirs."""
    if not (name.isascii() and name.isidentifier()):
        name = "".join(letter if letter.isascii() and (letter.isalnum() or letter == "_") else "_" for letter in name)
        if name[:1].isdigit() or not name:
            name = f"_{name}"
    return f"{name}_" if name in _KEYWORDS and not keywords else name


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _spaced(words: list[str]) -> list[str]:
    return [f" {word}" for word in sorted(words)]


def _joined(star: str, *rest: str) -> str:
    *words, inner = rest
    text = star + "".join(words)
    return f"{text} {inner}" if words and inner else text + inner
