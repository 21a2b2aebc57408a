"""Hash tables that make room by themselves.

The header goes on after a hash table's (maps/hash.py):

    72  u64  used          address of a byte for each element: who looks an element up sets it to 1
    80  u32  hand          where the search for something to throw out goes on

When no element is free, the hand goes round: an element that was used since it last came by is let live once more.
"""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.errno import E2BIG
from ebpf.uapi.flags import BPF_F_NO_COMMON_LRU, BPF_F_NO_PREALLOC
from ebpf.vm.maps.base import ENOTSUPP, VmMap, require
from ebpf.vm.maps.hash import FREE_AT, HashTable
from ebpf.vm.memory import Block

_EXTRA = Struct("=QI")
MARKS_AT, HAND_AT = 72, 80
_HAND = HAND_AT // 4


class LruHash(HashTable):
    """BPF_MAP_TYPE_LRU_HASH; BPF_MAP_TYPE_LRU_PERCPU_HASH with `per_cpu`."""

    flags_allowed = HashTable.flags_allowed | BPF_F_NO_COMMON_LRU

    def check(self) -> None:
        require(self, not self.spec.flags & BPF_F_NO_PREALLOC, "an LRU map is always preallocated", ENOTSUPP)
        super().check()

    def prepare(self) -> None:
        super().prepare()
        self._used = Block(self.max_entries)
        self.marks = self._used.view
        _EXTRA.pack_into(self.header.view, MARKS_AT, self._used.address, 0)

    def used(self, index: int) -> None:
        self.marks[index] = 1

    def get(self, key: bytes) -> bytes | None:
        # User space looks without being a use, as in the kernel.
        index = self.locate(key)
        return self.value_at(index) if index >= 0 else None

    def full(self, key: bytes, value: bytes, flags: int, offset: int, *, one: bool) -> int:
        hand = self.counters[_HAND]
        for _ in range(2 * self.max_entries):
            index = hand
            hand = (hand + 1) % self.max_entries
            if self.marks[index]:
                self.marks[index] = 0
            else:
                self.unlink(index)
                break
        self.counters[_HAND] = hand
        return self._put(key, value, flags, offset, one=one) if self.counters[FREE_AT // 4] else -E2BIG


class LruPerCpuHash(LruHash):
    """BPF_MAP_TYPE_LRU_PERCPU_HASH."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NO_COMMON_LRU | BPF_F_NO_PREALLOC
    per_cpu = True
