"""Names for addresses of user space: which file a process has there, and which function of it.

A process's mappings are those of /proc/PID/maps. A file is opened as the process sees it (/proc/PID/root: other mount
namespaces), or, where another one has its name by now or none, through /proc/PID/map_files (needs root): deleted and replaced
files.
"""

from __future__ import annotations

import os
from bisect import bisect_right

from ebpf._record import Frozen
from ebpf.binaries.symbols import Binary
from ebpf.errors import HookError, KernelError, NotSupported

#: Where Debian and Fedora keep symbols that were taken out of binaries, by build id.
DEBUG = "/usr/lib/debug/.build-id"


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
            rows = list(binary.symbols(".symtab")) or _taken_out(self.build_id) or list(binary.symbols(".dynsym"))
        # Of names for one place the last one counts: exported ones, the longest, without underscores.
        rows.sort(key=_likelihood)
        self._names = [name for name, _, _, _ in rows]
        self._starts = [address for _, address, _, _ in rows]
        self._sizes = [size for _, _, size, _ in rows]

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


def _debug_file(build_id: bytes) -> str:
    number = build_id.hex()
    return f"{DEBUG}/{number[:2]}/{number[2:]}.debug"


def _taken_out(build_id: bytes) -> list[tuple[str, int, int, bool]]:
    """The functions of a stripped file, where its symbols are installed."""
    if not build_id:
        return []
    try:
        with Binary(_debug_file(build_id)) as binary:
            return list(binary.symbols(".symtab"))
    except HookError:
        return []


def _likelihood(row: tuple[str, int, int, bool]) -> tuple[int, bool, int, int, str]:
    name, address, size, exported = row
    return address, exported, size, len(name.lstrip("_")) - len(name), name


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
    try:
        return FileSymbols(_debug_file(build_id))
    except (HookError, NotSupported):
        return None
