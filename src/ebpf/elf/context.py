"""What the parts of the reader share while one object is read."""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.elf.format import STT_FILE, STT_SECTION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf
    from ebpf.btf.ext import Ext
    from ebpf.elf.format import ElfFile, Section, Symbol
    from ebpf.errors import ObjectError
    from ebpf.spec import ObjectSpec


class Extern(Frozen):
    """Something that the object names and doesn't hold. `kind` is "kconfig" or "ksym" (`function`: a kernel function).

    `type_id` is its Var or Func in the object's types; `offset` is its place in the value of the map `.kconfig`.
    """

    name: str
    kind: str
    type_id: int
    weak: bool = False
    function: bool = False
    offset: int = 0


class Initialised(Frozen):
    """A map whose definition has initial values: 8-byte slots from `start` to `end` in its section."""

    name: str
    section: int
    start: int
    end: int


class Context:
    """One object on its way from ELF to spec."""

    def __init__(self, elf: ElfFile, spec: ObjectSpec) -> None:
        self.elf = elf
        self.spec = spec
        self.btf: Btf | None = None
        self.ext: Ext | None = None
        #: section → offset into it → the map that is defined there
        self.maps_at: dict[int, dict[int, str]] = {}
        #: section → the map that holds it as its value
        self.data_maps: dict[int, str] = {}
        #: name → what the object only names
        self.externs: dict[str, Extern] = {}
        self.initialised: list[Initialised] = []
        self._by_section: dict[int, list[Symbol]] | None = None

    def error(self, message: str, section: Section | str = "", offset: int | None = None) -> ObjectError:
        return self.elf.error(message, section, offset)

    def symbols_in(self, section: Section) -> list[Symbol]:
        """The symbols of a section but for section and file symbols, in the order of their places, global ones first."""
        if self._by_section is None:
            self._by_section = {}
            for symbol in self.elf.symbols:
                if symbol.type not in (STT_SECTION, STT_FILE):
                    self._by_section.setdefault(symbol.section, []).append(symbol)
            for symbols in self._by_section.values():
                symbols.sort(key=_place)
        return self._by_section.get(section.index, [])


def _place(symbol: Symbol) -> tuple[int, bool]:
    return symbol.value, not symbol.is_global
