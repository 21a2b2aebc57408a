"""Map lookups as part of the generated code: the layouts are those of `ebpf.vm.maps`.

Numbers of a map that don't change (sizes, shifts) are in the code; addresses are read from the map's header.
"""

from __future__ import annotations

from ebpf.uapi.map_types import MapType
from ebpf.vm.maps.hash import LIVE, MULTIPLIER, RECORD_KEY, HashTable
from ebpf.vm.maps.lru import MARKS_AT, LruHash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TypeGuard

    from ebpf.vm.jit.builder import Builder
    from ebpf.vm.maps.base import VmMap

    class Lookup(Protocol):
        key_size: int

        def emit(self, e: Builder, handle: str, key: str) -> str:
            """Emits the lookup of the key at `key` in the map at `handle`; the name of the value's `ptr`, null if none."""


#: Keys longer than this are left to the helper: the code would be long, and the time is in the hash.
MAX_KEY = 64

# Offsets in a map's header (ebpf/vm/maps/base.py and hash.py).
VALUES, BUCKETS, RECORDS = 16, 32, 48


def is_array(map_: VmMap) -> bool:
    return map_.spec.type in (MapType.ARRAY, MapType.PERCPU_ARRAY)


def is_hash(map_: VmMap) -> TypeGuard[HashTable]:
    """A hash table of values, not one of maps."""
    return isinstance(map_, HashTable) and map_.spec.type in _HASHES


_HASHES = (MapType.HASH, MapType.PERCPU_HASH, MapType.LRU_HASH, MapType.LRU_PERCPU_HASH)


def lookup_of(map_: VmMap) -> Lookup | None:
    """How to look something up in a map; None where the helper must do it."""
    if is_array(map_):
        return ArrayLookup(map_)
    return HashLookup(map_) if is_hash(map_) and map_.key_size <= MAX_KEY else None


def _header(e: Builder, handle: str, offset: int) -> str:
    place = e.temp(f"getelementptr inbounds i8, ptr {handle}, i64 {offset}")
    return e.temp(f"load ptr, ptr {place}, !invariant.load !1, !nonnull !1")


def _of_cpu(e: Builder, map_: VmMap, pointer: str) -> str:
    """The value of this CPU."""
    if not map_.per_cpu:
        return pointer
    offset = e.temp(f"mul i64 {e.load_field('cpu')}, {map_.slot}")
    return e.temp(f"getelementptr inbounds i8, ptr {pointer}, i64 {offset}")


class ArrayLookup:
    def __init__(self, map_: VmMap) -> None:
        self.map = map_
        self.key_size = 4

    def emit(self, e: Builder, handle: str, key: str) -> str:
        index = e.temp(f"load i32, ptr {key}, align 1")
        inside = e.temp(f"icmp ult i32 {index}, {self.map.max_entries}")
        wide = e.temp(f"zext i32 {index} to i64")
        offset = e.temp(f"mul nuw nsw i64 {wide}, {self.map.stride}")
        values = _header(e, handle, VALUES)
        value = e.temp(f"getelementptr i8, ptr {values}, i64 {offset}")
        value = _of_cpu(e, self.map, value)
        return e.temp(f"select i1 {inside}, ptr {value}, ptr null")


class HashLookup:
    def __init__(self, map_: HashTable) -> None:
        self.map = map_
        self.key_size = map_.key_size

    def emit(self, e: Builder, handle: str, key: str) -> str:
        map_ = self.map
        words = self._words(e, key)
        h: str | int = 0
        for word in words:
            mixed = word if h == 0 else e.temp(f"xor i64 {h}, {word}")
            product = e.temp(f"mul i64 {mixed}, {MULTIPLIER - (1 << 64)}")
            high = e.temp(f"lshr i64 {product}, 32")
            h = e.temp(f"xor i64 {product}, {high}")
        low = e.temp(f"trunc i64 {h} to i32")
        tag = e.temp(f"or i32 {low}, {LIVE - (1 << 32)}")
        bucket = e.temp(f"lshr i64 {h}, {map_.shift}")
        buckets = _header(e, handle, BUCKETS)
        place = e.temp(f"getelementptr inbounds i32, ptr {buckets}, i64 {bucket}")
        first = e.temp(f"load i32, ptr {place}")
        records = _header(e, handle, RECORDS)
        start, loop, check, same, following, done = (e.new_label() for _ in range(6))
        e.line(f"br label %{start}")
        e.label(start)
        e.line(f"br label %{loop}")
        e.label(loop)
        number = f"%n{start}"
        e.line(f"{number} = phi i32 [ {first}, %{start} ], [ %m{start}, %{following} ]")
        e.line(f"br i1 {e.temp(f'icmp eq i32 {number}, 0')}, label %{done}, label %{check}")
        e.label(check)
        index = e.temp(f"zext i32 {e.temp(f'add i32 {number}, -1')} to i64")
        record = e.temp(
            f"getelementptr inbounds i8, ptr {records}, i64 {e.temp(f'mul nuw nsw i64 {index}, {map_.record}')}"
        )
        tag_at = e.temp(f"getelementptr inbounds i8, ptr {record}, i64 4")
        alike = e.temp(f"icmp eq i32 {e.temp(f'load i32, ptr {tag_at}')}, {tag}")
        for at, word in enumerate(words):
            key_at = e.temp(f"getelementptr inbounds i8, ptr {record}, i64 {RECORD_KEY + 8 * at}")
            equal = e.temp(f"icmp eq i64 {e.temp(f'load i64, ptr {key_at}')}, {word}")
            alike = e.temp(f"and i1 {alike}, {equal}")
        e.line(f"br i1 {alike}, label %{same}, label %{following}")
        e.label(following)
        e.line(f"%m{start} = load i32, ptr {record}")
        e.line(f"br label %{loop}")
        e.label(same)
        values = _header(e, handle, VALUES)
        value = e.temp(
            f"getelementptr inbounds i8, ptr {values}, i64 {e.temp(f'mul nuw nsw i64 {index}, {map_.stride}')}"
        )
        value = _of_cpu(e, map_, value)
        if isinstance(map_, LruHash):
            mark = e.temp(f"getelementptr inbounds i8, ptr {_header(e, handle, MARKS_AT)}, i64 {index}")
            e.line(f"store i8 1, ptr {mark}")
        e.line(f"br label %{done}")
        e.label(done)
        return e.temp(f"phi ptr [ null, %{loop} ], [ {value}, %{same} ]")

    def _words(self, e: Builder, key: str) -> list[str]:
        """The key as 64-bit words, the last one filled up with 0."""
        words = []
        for at in range(0, self.key_size, 8):
            size = min(8, self.key_size - at)
            place = e.temp(f"getelementptr inbounds i8, ptr {key}, i64 {at}")
            word = e.temp(f"load i{8 * size}, ptr {place}, align 1")
            words.append(word if size == 8 else e.temp(f"zext i{8 * size} {word} to i64"))
        return words
