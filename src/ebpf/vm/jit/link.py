"""An object file → machine code in memory, without LLVM: what a process does first that finds its program in the cache, since
importing LLVM takes longer than all else together.

Only for what our own modules come out as on x86-64 Linux: code, constants, and the few relocations between them and to the C
library's memory functions. Whatever else an object has is left to LLVM's linker (`link` gives None).
"""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from struct import Struct
from struct import error as StructError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = Struct("<16sHHIQQQIHHHHHH")
_SECTION = Struct("<IIQQQQIIQQ")
_SYMBOL = Struct("<IBBHQQ")
_RELA = Struct("<QQq")
_MAGIC = b"\x7fELF\x02\x01\x01"
_REL, _X86_64 = 1, 62
_PROGBITS, _SYMTAB, _RELOCATIONS, _NOBITS = 1, 2, 4, 8
#: SHT_X86_64_UNWIND: nobody unwinds through our code.
_UNWIND = 0x70000001
_ALLOC, _WRITE = 2, 1
#: What an object may call.
_LIBRARY = frozenset(["memcpy", "memmove", "memset", "memcmp", "bcmp"])
#: R_X86_64_64, PC32, PLT32
_ABS64, _PC32, _PLT32 = 1, 2, 4
#: jmp *0(%rip), and the address behind it
_STUB = b"\xff\x25\x00\x00\x00\x00"
_STUB_BYTES = 16


class Linked:
    """Machine code in memory: the addresses of its exported functions. It is unmapped when nobody holds it."""

    __slots__ = ("_pages", "addresses")

    def __init__(self, pages: mmap.mmap, addresses: dict[str, int]) -> None:
        self._pages = pages
        self.addresses = addresses


def possible() -> bool:
    return sys.platform == "linux" and os.uname().machine == "x86_64" and sys.maxsize > 1 << 32


def link(data: bytes, names: Sequence[str]) -> Linked | None:
    """The functions `names` of an object file; None for one that isn't as simple as this is made for."""
    try:
        return _link(data, names) if possible() else None
    except (StructError, KeyError, IndexError, ValueError, OSError):
        return None


def _link(data: bytes, names: Sequence[str]) -> Linked | None:
    head = _HEADER.unpack_from(data)
    if not head[0].startswith(_MAGIC) or head[1:3] != (_REL, _X86_64):
        return None
    sections = [_SECTION.unpack_from(data, head[6] + head[11] * number) for number in range(head[12])]
    places: dict[int, int] = {}
    size = 0
    for number, (_, kind, flags, _, _, length, _, _, align, _) in enumerate(sections):
        if not flags & _ALLOC or kind == _UNWIND:
            continue
        if kind not in (_PROGBITS, _NOBITS) or flags & _WRITE:
            return None
        size = -(-size // max(align, 1)) * max(align, 1)
        places[number] = size
        size += length
    (table,) = [section for section in sections if section[1] == _SYMTAB]
    strings = sections[table[6]]
    symbols = []
    for at in range(table[4], table[4] + table[5], _SYMBOL.size):
        name, _, _, section, value, _ = _SYMBOL.unpack_from(data, at)
        start = strings[4] + name
        symbols.append((data[start : data.index(b"\0", start)].decode(), section, value))
    stubs: dict[str, int] = {}
    size = -(-size // _STUB_BYTES) * _STUB_BYTES
    for name, section, _ in symbols[1:]:
        if not section and name:
            if name not in _LIBRARY:
                return None
            stubs[name] = size
            size += _STUB_BYTES
    pages = mmap.mmap(-1, max(size, 1))
    base = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    for number, place in places.items():
        _, kind, _, _, offset, length, *_ = sections[number]
        if kind == _PROGBITS:
            pages[place : place + length] = data[offset : offset + length]
    for name, place in stubs.items():
        pages[place : place + _STUB_BYTES] = _STUB + _function(name).to_bytes(8, "little") + b"\0\0"
    where = [stubs.get(name, 0) if not section else places.get(section, 0) + value for name, section, value in symbols]
    for _, kind, _, _, offset, length, _, target, _, _ in sections:
        if kind != _RELOCATIONS or target not in places:
            continue
        for at in range(offset, offset + length, _RELA.size):
            spot, what, more = _RELA.unpack_from(data, at)
            spot += places[target]
            value = where[what >> 32] + more
            if what & 0xFFFFFFFF in (_PC32, _PLT32):
                pages[spot : spot + 4] = (value - spot).to_bytes(4, "little", signed=True)
            elif what & 0xFFFFFFFF == _ABS64:
                pages[spot : spot + 8] = (base + value).to_bytes(8, "little")
            else:
                return None
    addresses = {name: base + places[section] + value for name, section, value in symbols if name in names}
    if len(addresses) != len(names):
        return None
    if ctypes.CDLL(None, use_errno=True).mprotect(
        ctypes.c_void_p(base), ctypes.c_size_t(size), 5
    ):  # PROT_READ | PROT_EXEC
        return None
    return Linked(pages, addresses)


def _function(name: str) -> int:
    return ctypes.cast(getattr(ctypes.CDLL(None), name), ctypes.c_void_p).value or 0
