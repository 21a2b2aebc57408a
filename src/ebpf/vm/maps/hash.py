"""Hash tables in native memory, laid out so that generated code can walk them.

Header (offsets in bytes from the map's handle; the first 32 are every map's, see base.py):

    32  u64  buckets       address of `1 << (64 - shift)` words of 32 bits: 1 + the first element's number, or 0
    40  u32  shift         the bucket of a key is its hash >> shift
    44  u32  record        bytes from one element's record to the next
    48  u64  records       address of the records
    56  u32  count         elements in use
    60  u32  free          1 + the number of the first free element, or 0
    64  u32  high          elements that have been in use at some time: those from `high` on are free, too
    88  u32  guard         not 0 while Python code is in the table, or where more than this is to be done (timers): generated
                           code then leaves changes to the helpers

Record of element i, at records + i * record:

    0   u32  next          1 + the number of the next element in the chain (or in the free list), or 0
    4   u32  tag           the low half of the hash with the top bit set; 0 in a free element
    8   key                key_size bytes, filled up with 0 to a multiple of 8

Its value is at values + i * stride (of CPU c: + c * (stride / cpus)). A value stays where it is as long as its element
lives; an update writes in place.

Hash of a key, taken as 64-bit words w of this machine's byte order, the last filled up with 0:

    h = 0;  for each w:  h = ((h ^ w) * 0x9E3779B97F4A7C15) mod 2**64;  h ^= h >> 32
"""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.errno import E2BIG, EEXIST, EINVAL, ENOENT
from ebpf.uapi.flags import (
    BPF_EXIST,
    BPF_F_NO_PREALLOC,
    BPF_F_NUMA_NODE,
    BPF_F_ZERO_SEED,
    BPF_NOEXIST,
)
from ebpf.vm.arithmetic import M64
from ebpf.vm.maps.base import GUARD_AT, PER_CPU_MOST, Guarded, VmMap, check_value_size, require

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


MULTIPLIER = 0x9E3779B97F4A7C15
LIVE = 1 << 31
RECORD_KEY = 8
_EXTRA = Struct("=QIIQIII")
_EXTRA_AT = 32
COUNT_AT, FREE_AT, HIGH_AT = 56, 60, 64
_COUNT, _FREE, _HIGH, _GUARD = COUNT_AT // 4, FREE_AT // 4, HIGH_AT // 4, GUARD_AT // 4
#: In the guard: the map has timers, or had.
_TIMERS = 1 << 31
#: KMALLOC_MAX_SIZE of a machine with 4 KiB pages, less the kernel's own record.
_MOST = (1 << 22) - 48


class HashTable(VmMap):
    """BPF_MAP_TYPE_HASH; BPF_MAP_TYPE_PERCPU_HASH with `per_cpu`."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NO_PREALLOC | BPF_F_NUMA_NODE | BPF_F_ZERO_SEED

    def check(self) -> None:
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, self.key_size > 0, "a key has at least one byte")
        check_value_size(self)
        require(self, self.key_size + self.value_size < _MOST, "key and value are too big", E2BIG)
        if self.per_cpu:
            require(self, (self.value_size + 7 & ~7) <= PER_CPU_MOST, "values are too big", E2BIG)

    def prepare(self) -> None:
        entries = self.max_entries
        bits = max(1, (entries - 1).bit_length())
        self.shift = 64 - bits
        self.record = RECORD_KEY + ((self.key_size + 7) & ~7)
        self._buckets = self.obtain(4 << bits)
        self._records = self.obtain(self.record * entries)
        self.make_values()
        self.buckets = self._buckets.view.cast("I")
        self.links = self._records.view.cast("I")
        self.keys_view = self._records.view
        self.words = Struct(f"={(self.key_size + 7) // 8}Q")
        self.pad = bytes(-self.key_size % 8)
        _EXTRA.pack_into(
            self.header.view,
            _EXTRA_AT,
            self._buckets.address,
            self.shift,
            self.record,
            self._records.address,
            0,
            0,
            0,
        )
        self.counters = self.header.view.cast("I")
        self.lock = Guarded(self.header.view)

    @property
    def count(self) -> int:
        """How many keys there are."""
        return self.counters[_COUNT]

    # -- the table

    def hash(self, key: bytes) -> int:
        h = 0
        for word in self.words.unpack(key + self.pad):
            h = ((h ^ word) * MULTIPLIER) & M64
            h ^= h >> 32
        return h

    def locate(self, key: bytes) -> int:
        """The number of a key's element, or -1."""
        h = self.hash(key)
        tag = h & 0xFFFFFFFF | LIVE
        links, step = self.links, self.record >> 2
        number = self.buckets[h >> self.shift]
        keys, record, size = self.keys_view, self.record, self.key_size
        while number:
            at = (number - 1) * step
            if links[at + 1] == tag:
                start = (number - 1) * record + RECORD_KEY
                if keys[start : start + size] == key:
                    return number - 1
            number = links[at]
        return -1

    def insert(self, key: bytes) -> int:
        """A new element for a key that isn't there; its number, or -1 if the table is full. The value is as it was left."""
        counters, links = self.counters, self.links
        step = self.record >> 2
        if counters[_FREE]:
            index = counters[_FREE] - 1
            counters[_FREE] = links[index * step]
        elif counters[_HIGH] < self.max_entries:
            index = counters[_HIGH]
            counters[_HIGH] = index + 1
        else:
            return -1
        h = self.hash(key)
        start = index * self.record + RECORD_KEY
        self.keys_view[start : start + self.key_size] = key
        bucket = h >> self.shift
        links[index * step] = self.buckets[bucket]
        links[index * step + 1] = h & 0xFFFFFFFF | LIVE
        self.buckets[bucket] = index + 1
        counters[_COUNT] += 1
        return index

    def unlink(self, index: int) -> None:
        """Takes an element out of its chain and into the free list."""
        if self.engine.timers.known:
            self.engine.timers.forget(self.values.address + index * self.stride, self.stride)
        links, counters = self.links, self.counters
        step = self.record >> 2
        bucket = self.hash(self.key_at(index)) >> self.shift
        number = self.buckets[bucket]
        following = links[index * step]
        if number == index + 1:
            self.buckets[bucket] = following
        else:
            while links[(number - 1) * step] != index + 1:
                number = links[(number - 1) * step]
            links[(number - 1) * step] = following
        links[index * step + 1] = 0
        links[index * step] = counters[_FREE]
        counters[_FREE] = index + 1
        counters[_COUNT] -= 1

    def entry_at(self, address: int) -> tuple[bytes, int] | None:
        index = (address - self.values.address) // self.stride
        if not 0 <= index < self.max_entries or not self.links[index * (self.record >> 2) + 1]:
            return None
        return self.key_at(index), self.values.address + index * self.stride

    def key_at(self, index: int) -> bytes:
        start = index * self.record + RECORD_KEY
        return bytes(self.keys_view[start : start + self.key_size])

    def value_at(self, index: int) -> bytes:
        start = index * self.stride
        value = bytes(self.values.view[start : start + self.value_bytes])
        return self.shown(value) if self.special else value

    def live(self) -> Iterator[int]:
        """The numbers of the elements in use, as they are met; what comes and goes meanwhile may be missed."""
        links, step = self.links, self.record >> 2
        index = 0
        while index < self.counters[_HIGH]:
            if links[index * step + 1]:
                yield index
            index += 1

    def has_timers(self) -> None:
        with self.lock:
            self.counters[_GUARD] |= _TIMERS

    # -- what the base asks for

    def get(self, key: bytes) -> bytes | None:
        index = self.locate(key)
        return self.value_at(index) if index >= 0 else None

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self._put(key, value, flags, 0)

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        return self._put(key, value, flags, cpu * self.slot if self.per_cpu else 0, one=True)

    def _put(self, key: bytes, value: bytes, flags: int, offset: int, *, one: bool = False) -> int:
        if self.bad_flags(flags):
            return -EINVAL
        index = self.locate(key)
        if index >= 0:
            if flags & BPF_NOEXIST:
                return -EEXIST
            self.used(index)
        else:
            if flags & BPF_EXIST:
                return -ENOENT
            index = self.insert(key)
            if index < 0:
                return self.full(key, value, flags, offset, one=one)
            if one and self.per_cpu:
                # A new element has 0 for every other CPU.
                self.values.view[index * self.stride : (index + 1) * self.stride] = bytes(self.stride)
            for first, behind in self.special:
                self.values.view[index * self.stride + first : index * self.stride + behind] = bytes(behind - first)
        self.write_value(self.values.view, index * self.stride + offset, value)
        return 0

    def used(self, index: int) -> None:
        """An element was looked up or written."""

    def full(self, key: bytes, value: bytes, flags: int, offset: int, *, one: bool) -> int:
        """What to do with a new key when no element is free."""
        return -E2BIG

    def remove(self, key: bytes) -> int:
        index = self.locate(key)
        if index < 0:
            return -ENOENT
        self.unlink(index)
        return 0

    def take_out(self, key: bytes) -> bytes | None:
        index = self.locate(key)
        if index < 0:
            return None
        value = self.value_at(index)
        self.unlink(index)
        return value

    def following(self, key: bytes | None) -> bytes | None:
        bucket = 0
        if key is not None:
            index = self.locate(key)
            if index >= 0:
                number = self.links[index * (self.record >> 2)]
                if number:
                    return self.key_at(number - 1)
                bucket = (self.hash(key) >> self.shift) + 1
        buckets = self.buckets
        for place in range(bucket, len(buckets)):
            if buckets[place]:
                return self.key_at(buckets[place] - 1)
        return None

    def keys(self) -> list[bytes]:
        with self.lock:
            return [self.key_at(index) for index in self.live()]

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        self._user("walk")
        with self.lock:
            entries = [(self.key_at(index), self.value_at(index)) for index in self.live()]
        yield from entries

    def address_of(self, key: bytes, cpu: int) -> int:
        # Locked: a walk that another thread's delete and insert come between could end in another chain.
        with self.lock:
            index = self.locate(key)
            if index < 0:
                return 0
            self.used(index)
        return self.values.address + index * self.stride + (cpu * self.slot if self.per_cpu else 0)


class PerCpuHashTable(HashTable):
    """BPF_MAP_TYPE_PERCPU_HASH."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NO_PREALLOC | BPF_F_ZERO_SEED
    per_cpu = True
