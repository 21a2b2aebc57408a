"""Names for addresses of user space: which file a process has there, and which function of it.

A process's mappings are those of /proc/PID/maps. A file is opened as the process sees it (/proc/PID/root: other mount
namespaces), or, where another one has its name by now or none, through /proc/PID/map_files (needs root): deleted and replaced
files.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from struct import Struct

from ebpf._record import Frozen
from ebpf.binaries.symbols import Binary
from ebpf.errors import HookError, KernelError, NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Where Debian and Fedora keep symbols that were taken out of binaries, by build id.
DEBUG = "/usr/lib/debug/.build-id"

_SYMBOLS = {
    # Elf64_Sym, Elf32_Sym: the format, and where name, value, size, info and section stand.
    64: ("IBBHQQ", (0, 4, 5, 1, 3)),
    32: ("IIIBBH", (0, 1, 2, 3, 5)),
}
_FUNCTIONS = (2, 10)  # STT_FUNC, STT_GNU_IFUNC
_GLOBAL = 1


class Frame(Frozen):
    """One address of a stack: the function ("" if unknown), how far into it, and the file it is of ("[kernel]", a module as
    "[nf_tables]", "" if unknown)."""

    address: int
    name: str = ""
    offset: int = 0
    file: str = ""

    def __str__(self) -> str:
        """The function's name, or the file and the number, or the number: what a flame graph shows."""
        return self.name or (f"{os.path.basename(self.file)}+{self.offset:#x}" if self.file else f"{self.address:#x}")


class FileSymbols:
    """The functions of an ELF file, by place in the file. Raises HookError for what is no ELF file."""

    def __init__(self, path: str) -> None:
        self.path = path
        with Binary(path) as binary:
            self.segments = binary.segments
            note = binary.elf.get_section_by_name(".note.gnu.build-id")
            self.build_id: bytes = note.data()[16:] if note is not None else b""
            rows = _functions(binary.elf, ".symtab")
        if not rows and self.build_id:
            number = self.build_id.hex()
            try:
                with Binary(f"{DEBUG}/{number[:2]}/{number[2:]}.debug") as debug:
                    rows = _functions(debug.elf, ".symtab")
            except HookError:
                pass  # nobody installed it
        if not rows:
            with Binary(path) as binary:
                rows = _functions(binary.elf, ".dynsym")
        # Of names for one place the last one counts: exported ones, the longest, without underscores.
        rows.sort()
        self._starts = [row[0] for row in rows]
        self._sizes = [row[2] for row in rows]
        self._names = [row[4] for row in rows]

    def __len__(self) -> int:
        return len(self._names)

    def find(self, place: int) -> tuple[str, int] | None:
        """(function, offset into it) of an offset in the file; None where there is none."""
        for start, size, offset, _flags in self.segments:
            if offset <= place < offset + size:
                address = place - offset + start
                break
        else:
            return None
        at = bisect_right(self._starts, address) - 1
        if at < 0:
            return None
        into, size = address - self._starts[at], self._sizes[at]
        # A size of 0 is that of functions written in assembly: as far as the next one.
        return (self._names[at], into) if into < size or not size else None


def _functions(elf: Any, section_name: str) -> list[tuple[int, bool, int, int, str]]:
    """(address, exported, size, minus the underscores it begins with, name) of each function."""
    section = elf.get_section_by_name(section_name)
    form, (name_at, value_at, size_at, info_at, section_at) = _SYMBOLS[elf.elfclass]
    row = Struct(("<" if elf.little_endian else ">") + form)
    if section is None or section["sh_entsize"] != row.size:
        return []
    data = section.data()
    names: bytes = elf.get_section(section["sh_link"]).data()
    found = []
    for fields in row.iter_unpack(data[: len(data) // row.size * row.size]):
        info, value = fields[info_at], fields[value_at]
        if info & 15 in _FUNCTIONS and fields[section_at] and value:
            start = fields[name_at]
            name = names[start : names.find(b"\0", start)].decode(errors="replace").partition("@")[0]
            underscores = len(name.lstrip("_")) - len(name)
            found.append((value, info >> 4 == _GLOBAL, fields[size_at], underscores, name))
    return found


class ProcessSymbols:
    """Names for addresses of one process, as its memory is mapped when this is made; `refresh` looks again. It may have ended
    since. Raises KernelError for a process that isn't there or may not be looked at."""

    def __init__(self, pid: int, files: dict[tuple[int, int], FileSymbols | None] | None = None) -> None:
        self.pid = pid
        #: (device, inode) → what is known of a file; shared by processes.
        self.files = files if files is not None else {}
        self._made: dict[int, str] | None = None
        self._made_starts: list[tuple[int, int]] = []
        self.refresh()

    def refresh(self) -> None:
        """Reads /proc/PID/maps again. Raises KernelError."""
        rows = []
        try:
            with open(f"/proc/{self.pid}/maps", encoding="utf-8", errors="surrogateescape") as file:
                for line in file:
                    span, rights, offset, device, inode, *path = line.rstrip("\n").split(maxsplit=5)
                    if "x" in rights:
                        start, _, end = span.partition("-")
                        major, _, minor = device.partition(":")
                        number = os.makedev(int(major, 16), int(minor, 16)), int(inode)
                        rows.append(
                            (int(start, 16), int(end, 16), int(offset, 16), number, path[0] if path else "", span)
                        )
        except OSError as error:
            raise KernelError(error.errno or 0, f"symbols of process {self.pid}", hint="it may have ended") from None
        if not rows:
            raise KernelError(3, f"symbols of process {self.pid}", hint="it has ended")  # ESRCH: a zombie has no memory
        self._rows = rows
        self._starts = [row[0] for row in rows]
        for row in rows:
            if row[3][1] and row[3] not in self.files:
                self.files[row[3]] = self._file(row)

    def _file(self, row: tuple[int, int, int, tuple[int, int], str, str]) -> FileSymbols | None:
        _, _, _, number, path, span = row
        shown = f"/proc/{self.pid}/root{path}"
        try:
            found = os.stat(shown)
            same = found.st_ino == number[1]
        except OSError:
            same = False
        try:
            symbols = FileSymbols(shown if same else f"/proc/{self.pid}/map_files/{span}")
        except (HookError, OSError):
            return None
        symbols.path = path
        return symbols

    def find(self, address: int) -> Frame:
        """The frame of an address: as much as is known of it."""
        at = bisect_right(self._starts, address) - 1
        if at < 0 or address >= self._rows[at][1]:
            return Frame(address)
        start, _, offset, number, path, _ = self._rows[at]
        symbols = self.files.get(number) if number[1] else None
        place = address - start + offset
        if symbols is not None:
            found = symbols.find(place)
            if found is not None:
                return Frame(address, found[0], found[1], path)
        else:
            made = self._jit(address)
            if made is not None:
                return made
        return Frame(address, "", place, path)

    def _jit(self, address: int) -> Frame | None:
        """Code that the process made, by the list that it keeps for perf(1): /tmp/perf-PID.map, "START SIZE name" in hex."""
        if self._made is None:
            self._made = {}
            try:
                with open(f"/proc/{self.pid}/status") as file:
                    inside = next((line.split()[-1] for line in file if line.startswith("NSpid")), str(self.pid))
                with open(f"/proc/{self.pid}/root/tmp/perf-{inside}.map", errors="replace") as file:
                    for line in file:
                        first, size, name = line.rstrip("\n").split(" ", 2)
                        self._made[int(first, 16)] = name
                        self._made_starts.append((int(first, 16), int(size, 16)))
            except (OSError, ValueError):
                pass
            self._made_starts.sort()
        at = bisect_right(self._made_starts, (address, 1 << 62)) - 1
        if at < 0 or address >= sum(self._made_starts[at]):
            return None
        start = self._made_starts[at][0]
        return Frame(address, self._made[start], address - start, f"/tmp/perf-{self.pid}.map")


def by_build_id(build_id: bytes, files: dict[tuple[int, int], FileSymbols | None]) -> FileSymbols | None:
    """The file with a build id: of those that are known, or one of /usr/lib/debug."""
    for symbols in files.values():
        if symbols is not None and symbols.build_id == build_id:
            return symbols
    number = build_id.hex()
    try:
        return FileSymbols(f"{DEBUG}/{number[:2]}/{number[2:]}.debug")
    except (HookError, NotSupported):
        return None
