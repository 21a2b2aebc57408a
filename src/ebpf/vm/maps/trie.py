"""Longest prefix match."""

from __future__ import annotations

import sys

from ebpf.uapi.errno import EINVAL, ENOSPC
from ebpf.uapi.flags import BPF_F_NO_PREALLOC, BPF_F_NUMA_NODE
from ebpf.vm.maps.base import VmMap, check_value_size, require
from ebpf.vm.maps.prefixes import INDEX_AT, build
from ebpf.vm.maps.slots import SlotMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.memory import Block


class PrefixTrie(SlotMap):
    """BPF_MAP_TYPE_LPM_TRIE. A key is the prefix's length in bits (32 bits, this machine's byte order) and the data."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NO_PREALLOC | BPF_F_NUMA_NODE
    full_errno = ENOSPC

    def check(self) -> None:
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, bool(self.spec.flags & BPF_F_NO_PREALLOC), "the flag BPF_F_NO_PREALLOC is wanted")
        require(self, 5 <= self.key_size <= 260, f"a key is 5 to 260 bytes, not {self.key_size}")
        check_value_size(self)
        self.bits = (self.key_size - 4) * 8
        #: Prefix length → how many prefixes have it.
        self.lengths: dict[int, int] = {}
        #: For generated code (prefixes.py), once some has been made that looks things up here, and while nothing changes.
        self.walked = False
        self._index: Block | None = None
        self._questions = 0

    def _split(self, key: bytes) -> tuple[int, int]:
        return int.from_bytes(key[:4], sys.byteorder), int.from_bytes(key[4:], "big")

    def slot_key(self, key: bytes) -> object:
        length, data = self._split(key)
        return length, data >> (self.bits - length) if length <= self.bits else -1

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        return super().refused(key, value, flags) or (-EINVAL if self._split(key)[0] > self.bits else 0)

    def take(self, key: bytes) -> int:
        slot = super().take(key)
        if slot >= 0:
            self.stale()
            length = self._split(key)[0]
            self.lengths[length] = self.lengths.get(length, 0) + 1
        return slot

    def remove(self, key: bytes) -> int:
        length = self._split(key)[0]
        if length > self.bits:
            return -EINVAL
        status = super().remove(key)
        if not status:
            self.stale()
            self.lengths[length] -= 1
            if not self.lengths[length]:
                del self.lengths[length]
        return status

    def _best(self, key: bytes) -> int | None:
        """The slot of the longest prefix that the key begins with."""
        limit, data = self._split(key)
        if limit > self.bits:
            return None
        for length in sorted(self.lengths, reverse=True):
            if length <= limit:
                slot = self.slots.get((length, data >> (self.bits - length)))
                if slot is not None:
                    return slot
        return None

    def get(self, key: bytes) -> bytes | None:
        slot = self._best(key)
        return self.value_at(slot) if slot is not None else None

    def address_of(self, key: bytes, cpu: int) -> int:
        with self.lock:
            slot = self._best(key)
            if self.walked:
                self._questions += 1
                # Making it takes about as long as so many answers: changes and questions in turn are no slower for it.
                if 4 * self._questions >= len(self.slots):
                    self.make_index()
        return self.values.address + slot * self.stride if slot is not None else 0

    def stale(self) -> None:
        """Something was added or taken away: generated code asks the helper."""
        self._questions = 0
        if self._index is not None:
            self._index = None
            self.header.view.cast("Q")[INDEX_AT // 8] = 0

    def make_index(self) -> None:
        """What generated code looks things up in."""
        self._index = build(self.key_size - 4, self.slots, self.values.address, self.stride)  # type: ignore[arg-type]
        self.header.view.cast("Q")[INDEX_AT // 8] = self._index.address

    def ordered(self) -> list[bytes]:
        """From left to right, a prefix after those that it holds, as the kernel walks its tree."""

        def place(key: bytes) -> tuple[int, int]:
            length, data = self._split(key)
            return data | ((1 << (self.bits - length)) - 1), -length

        return sorted(self.names.values(), key=place)
