"""User-space binaries: finding them, and the places in them that probes go to. ELF is read by pyelftools, when it is needed.

A place is an offset in the file: what uprobes take. Addresses of a binary are turned into it by the loadable segment they lie in.
"""

from __future__ import annotations

import fnmatch
import os
from struct import Struct

from ebpf.errors import HookError, NotSupported, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_FOLDERS = (
    "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
    "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
)  # fmt: skip
_CACHE = "/etc/ld.so.cache"
#: glibc's cache of libraries, its "new" format: magic and version, entries, bytes of strings, 5 words; then entries.
_CACHE_MAGIC = b"glibc-ld.so.cache1.1"
_CACHE_HEADER = Struct("=20sII20x")
_CACHE_ENTRY = Struct("=iIIIQ")

#: Elf64_Sym and Elf32_Sym: the format, and where name, value, size, info and section stand.
_SYMBOL = {64: ("IBBHQQ", (0, 4, 5, 1, 3)), 32: ("IIIBBH", (0, 1, 2, 3, 5))}
#: STT_FUNC, STT_GNU_IFUNC; STB_GLOBAL.
_FUNCTIONS, _GLOBAL = (2, 10), 1
_PT_LOAD, _PF_X = "PT_LOAD", 1


def find(name: str, pid: int = -1) -> str:
    """The path of a binary: a path stays as it is; else a library ("libc", "c", "libc.so.6") or a program in PATH. With a `pid`,
    as that process sees it. Raises HookError."""
    root = f"/proc/{pid}/root" if pid > 0 else ""
    if root and not os.path.exists(f"/proc/{pid}"):
        raise HookError(f"there is no process {pid}")
    if "/" in name:
        if root and name.startswith("/") and os.path.exists(root + name):
            return root + name
        if not os.path.exists(name):
            raise HookError(f"there is no file {name}")
        if os.path.isdir(name):
            raise HookError(f"{name} is a folder, not a binary")
        return name
    for wanted in dict.fromkeys((name, f"{name}.so", f"lib{name}.so")):
        found = library(wanted, root)
        if found:
            return found
    import shutil

    program = shutil.which(name)
    if program:
        return program
    where = f" where process {pid} looks" if root else ""
    raise HookError(f"there is no library or program {name!r}{where}: name it by its path")


def library(name: str, root: str = "") -> str:
    """The path of a library by its name ("libc.so.6"), or the start of it ("libc.so"); "" if there is none."""
    best = ""
    for soname, path in cached_libraries(root):
        if soname == name:
            return root + path
        if not best and soname.startswith(name + "."):
            best = root + path
    if best:
        return best
    for folder in _FOLDERS:
        try:
            names = sorted(os.listdir(root + folder))
        except OSError:
            continue
        for candidate in names:
            if candidate == name or (".so" in name and candidate.startswith(name + ".")):
                return f"{root}{folder}/{candidate}"
    return ""


def cached_libraries(root: str = "") -> list[tuple[str, str]]:
    """(name, path) of each library that the dynamic loader knows; [] where it keeps no cache."""
    try:
        with open(root + _CACHE, "rb") as file:
            data = file.read()
    except OSError:
        return []
    start = data.find(_CACHE_MAGIC)
    if start < 0:
        return []
    # Strings are counted from the header of this format, which may follow one of the old.
    data = data[start:]
    _, count, _ = _CACHE_HEADER.unpack_from(data)
    out = []
    for i in range(min(count, (len(data) - _CACHE_HEADER.size) // _CACHE_ENTRY.size)):
        _, key, value, _, _ = _CACHE_ENTRY.unpack_from(data, _CACHE_HEADER.size + i * _CACHE_ENTRY.size)
        out.append((_text(data, key), _text(data, value)))
    return out


def _text(data: bytes, at: int) -> str:
    end = data.find(b"\0", at)
    return data[at:end].decode(errors="replace") if 0 <= at < len(data) and end >= 0 else ""


class Binary:
    """An ELF file that probes go into. A context manager. Raises HookError for what is no ELF."""

    def __init__(self, path: str) -> None:
        try:
            from elftools.common.exceptions import ELFError
            from elftools.elf.elffile import ELFFile
        except ImportError:
            raise NotSupported("symbols of user binaries", hint="pip install pyelftools") from None
        self.path = path
        try:
            self._file = open(path, "rb")  # noqa: SIM115 (closed by close)
        except OSError as error:
            raise HookError(f"{path}: {error.strerror}") from None
        try:
            self.elf: Any = ELFFile(self._file)
            self.segments: list[tuple[int, int, int, int]] = [
                (s["p_vaddr"], s["p_filesz"], s["p_offset"], s["p_flags"])
                for s in self.elf.iter_segments()
                if s["p_type"] == _PT_LOAD
            ]
        except (ELFError, OSError, ValueError, KeyError) as error:
            self._file.close()
            raise HookError(f"{path} is no ELF file that can be read: {error}") from None

    def __enter__(self) -> Binary:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def place_of(self, address: int, *, code: bool = True) -> int | None:
        """The offset in the file of an address; None if no segment that is loaded (as code) has it."""
        for start, size, offset, flags in self.segments:
            if start <= address < start + size and (not code or flags & _PF_X):
                return address - start + offset
        return None

    def place_in_file(self, offset: int) -> int:
        """The same offset, if code is there. Raises HookError."""
        if offset == 0:
            raise HookError(f"{self.path}: say which function, or the offset of an instruction in the file")
        if not any(at <= offset < at + size and flags & _PF_X for _, size, at, flags in self.segments):
            raise HookError(f"{self.path}: {offset:#x} lies in no code that is loaded")
        return offset

    def functions(self) -> dict[str, int]:
        """Name → address of each function, from .symtab (if it isn't stripped) and .dynsym. "name@VERSION" counts as "name"."""
        found: dict[str, int] = {}
        for section in (".symtab", ".dynsym"):
            for name, address, _, _ in self.symbols(section):
                found.setdefault(name, address)
        return found

    def symbols(self, section_name: str) -> Iterator[tuple[str, int, int, bool]]:
        """(name, address, size, whether it is exported) of each function in a table of symbols; none where there is no such
        table."""
        form, (name_at, value_at, size_at, info_at, section_at) = _SYMBOL[self.elf.elfclass]
        row = Struct(("<" if self.elf.little_endian else ">") + form)
        section = self.elf.get_section_by_name(section_name)
        if section is None or section["sh_entsize"] != row.size:
            return
        data = section.data()
        names = self.elf.get_section(section["sh_link"]).data()
        for fields in row.iter_unpack(data[: len(data) // row.size * row.size]):
            info, address = fields[info_at], fields[value_at]
            if info & 15 in _FUNCTIONS and fields[section_at] and address:
                name = _text(names, fields[name_at]).partition("@")[0]
                if name:
                    yield name, address, fields[size_at], info >> 4 == _GLOBAL

    def place_of_function(self, name: str, offset: int = 0) -> int:
        """The file offset of a function, or `offset` bytes into it. Raises HookError with likely names."""
        functions = self.functions()
        address = functions.get(name)
        if address is None:
            if not functions:
                raise HookError(f"{self.path} has no symbols: it is stripped; give the offset in the file")
            close = '; a pattern takes SEC("uprobe.multi")' if set("*?[") & set(name) else did_you_mean(name, functions)
            raise HookError(f"{self.path} has no function {name}{close}")
        place = self.place_of(address + offset)
        if place is None:
            raise HookError(f"{self.path}: {name}+{offset:#x} lies in no code that is loaded")
        return place

    def matching(self, patterns: list[str]) -> dict[str, int]:
        """Name → file offset of the functions that any of the shell patterns names, sorted by offset; one name for each
        place. Raises HookError."""
        functions = self.functions()
        places: dict[int, str] = {}
        for pattern in patterns:
            for name in [pattern] if pattern in functions else fnmatch.filter(functions, pattern):
                place = self.place_of(functions[name])
                if place is not None:
                    places.setdefault(place, name)
        if not places:
            close = did_you_mean(patterns[0], functions) if len(patterns) == 1 else ""
            raise HookError(f"{self.path} has no function {' or '.join(patterns)}{close}")
        return {name: place for place, name in sorted(places.items())}
