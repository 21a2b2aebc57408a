"""Arenas: sparse memory that programs and user space share (Linux 6.9)."""

from __future__ import annotations

import mmap

from ebpf.uapi.errno import E2BIG, EBUSY, EINVAL, EOPNOTSUPP
from ebpf.uapi.flags import BPF_F_MMAPABLE, BPF_F_NO_USER_CONV, BPF_F_SEGV_ON_FAULT
from ebpf.vm.maps.base import VmMap, require
from ebpf.vm.memory import Region

#: Pages are of this size whatever the machine's are: what programs are compiled for.
PAGE = 4096
#: On either side of an arena: what an instruction's offset reaches from an address in it. Linux lets programs read zeros there.
GUARD = 1 << 15


class Arena(VmMap):
    """BPF_MAP_TYPE_ARENA: `max_entries` pages. Both address spaces of the kernel's are one here, so that a pointer in it means
    the same to program and user space."""

    flags_allowed = BPF_F_MMAPABLE | BPF_F_SEGV_ON_FAULT | BPF_F_NO_USER_CONV

    def check(self) -> None:
        require(self, self.key_size == 0 and self.value_size == 0, "an arena has neither key nor value size")
        require(self, self.max_entries > 0, "max_entries (pages) is 0")
        require(self, bool(self.spec.flags & BPF_F_MMAPABLE), "the flag BPF_F_MMAPABLE is wanted")
        require(self, self.max_entries * PAGE <= 1 << 32, "an arena is at most 4 GiB", E2BIG)

    def prepare(self) -> None:
        size = self.max_entries * PAGE
        self.block = self.obtain(size + 2 * GUARD + mmap.PAGESIZE)
        skip = -self.block.address % PAGE
        self.address = self.block.address + skip + GUARD
        self.pages = self.block.view[skip + GUARD : skip + GUARD + size]
        self.taken = bytearray(self.max_entries)
        whole = self.block.view[skip : skip + size + 2 * GUARD]
        self._regions = [Region(self.address - GUARD, whole, name=f"arena {self.spec.name}")]
        self.write_header(self.address)

    def begin_with(self, key: bytes, value: bytes) -> None:
        """The object's variables in the arena: they stand at its start, and those pages are taken."""
        if len(value) > len(self.pages):
            raise self.error(E2BIG, f"its variables take {len(value)} bytes, it has {len(self.pages)}")
        self.pages[: len(value)] = value
        pages = -(-len(value) // PAGE)
        self.taken[:pages] = b"\1" * pages

    def memory(self) -> memoryview | None:
        return self.pages

    def address_of(self, key: bytes, cpu: int) -> int:
        return self.address

    def allocate(self, address: int, pages: int) -> int:
        """The address of `pages` pages that nobody has, at `address` if it isn't 0; 0 where there are none."""
        with self.lock:
            if address:
                first = (address - self.address) // PAGE
                wrong = address % PAGE or first < 0 or first + pages > self.max_entries
                if wrong or any(self.taken[first : first + pages]):
                    return 0
            else:
                first = self.taken.find(bytes(pages))
                if first < 0:
                    return 0
            self.taken[first : first + pages] = b"\1" * pages
            self.pages[first * PAGE : (first + pages) * PAGE] = bytes(pages * PAGE)
            return self.address + first * PAGE

    def reserve(self, address: int, pages: int) -> int:
        """Takes pages that nobody has, without clearing them: 0, or -EINVAL (outside), -EBUSY."""
        first = (address - self.address) // PAGE
        if first < 0 or first >= self.max_entries or first + pages > self.max_entries or address % PAGE:
            return -EINVAL
        with self.lock:
            if any(self.taken[first : first + pages]):
                return -EBUSY
            self.taken[first : first + pages] = b"\1" * pages
        return 0

    def release(self, address: int, pages: int) -> None:
        """Gives pages back; who still reads them reads zeros."""
        first = (address - self.address) // PAGE
        with self.lock:
            if first >= 0 and first + pages <= self.max_entries:
                self.taken[first : first + pages] = bytes(pages)
                self.pages[first * PAGE : (first + pages) * PAGE] = bytes(pages * PAGE)

    def held(self) -> list[tuple[bytes, object]]:
        """Nothing: the pointers in it are good in this process only."""
        return []

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return -EOPNOTSUPP

    def get(self, key: bytes) -> bytes | None:
        raise self.error(EINVAL, "it has no keys; see memory()", "look up in")

    def remove(self, key: bytes) -> int:
        return -EOPNOTSUPP

    def following(self, key: bytes | None) -> bytes | None:
        raise self.error(EOPNOTSUPP, "it has no keys; see memory()", "walk")

    def keys(self) -> list[bytes]:
        raise self.error(EOPNOTSUPP, "it has no keys; see memory()", "walk")
