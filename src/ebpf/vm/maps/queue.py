"""Queues, stacks and bloom filters: maps without keys."""

from __future__ import annotations

from collections import deque
from os import urandom

from ebpf.uapi.errno import E2BIG, EINVAL, EOPNOTSUPP
from ebpf.uapi.flags import BPF_ANY, BPF_EXIST, BPF_F_NUMA_NODE, BPF_F_ZERO_SEED
from ebpf.vm.maps.base import VmMap, check_value_size, require

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Queue(VmMap):
    """BPF_MAP_TYPE_QUEUE: first in, first out."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE

    def check(self) -> None:
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, self.key_size == 0, f"there are no keys: key_size is {self.key_size}")
        check_value_size(self)

    def prepare(self) -> None:
        self.entries: deque[bytes] = deque()
        self.write_header(0)

    def push(self, value: bytes, flags: int) -> int:
        if flags not in (BPF_ANY, BPF_EXIST):
            return -EINVAL
        if len(self.entries) >= self.max_entries:
            if not flags & BPF_EXIST:
                return -E2BIG
            self._drop()
        self.entries.append(value)
        return 0

    def _drop(self) -> None:
        """Makes room: the oldest goes."""
        self.entries.popleft()

    def pop(self) -> bytes | None:
        return self.entries.popleft() if self.entries else None

    def top(self) -> bytes | None:
        return self.entries[0] if self.entries else None

    def get(self, key: bytes) -> bytes | None:
        return self.top()

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.push(value, flags)

    def remove(self, key: bytes) -> int:
        return -EINVAL

    def held(self) -> list[tuple[bytes, object]]:
        with self.lock:
            return [(b"", value) for value in self.entries]

    def following(self, key: bytes | None) -> bytes | None:
        raise self.error(EINVAL, "it has no keys", "walk")

    def keys(self) -> list[bytes]:
        raise self.error(EINVAL, "it has no keys", "walk")

    def take_out(self, key: bytes) -> bytes | None:
        return self.pop()


class Stack(Queue):
    """BPF_MAP_TYPE_STACK: last in, first out."""

    def pop(self) -> bytes | None:
        return self.entries.pop() if self.entries else None

    def top(self) -> bytes | None:
        return self.entries[-1] if self.entries else None


class BloomFilter(VmMap):
    """BPF_MAP_TYPE_BLOOM_FILTER (Linux 5.16): `map_extra` is the number of hash functions, 5 if it is 0."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE | BPF_F_ZERO_SEED

    def check(self) -> None:
        require(self, self.key_size == 0, f"there are no keys: key_size is {self.key_size}")
        require(self, self.value_size > 0, "a value has at least one byte")
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, not self.spec.map_extra & ~0xF, f"map_extra is {self.spec.map_extra}; at most 15 hash functions")

    def prepare(self) -> None:
        self.functions = self.spec.map_extra or 5
        # As many bits as keep the rate of false answers low at that many entries: n * k / ln 2, up to a power of 2.
        wanted = max(64, self.max_entries * self.functions * 7 // 5)
        self.bits = 1 << min(32, (wanted - 1).bit_length())
        self.map = bytearray(self.bits // 8)
        self.seed = 0 if self.spec.flags & BPF_F_ZERO_SEED else int.from_bytes(urandom(4), "little")
        self.write_header(0)

    def _positions(self, value: bytes) -> list[int]:
        from hashlib import blake2b

        digest = blake2b(value, digest_size=64, key=self.seed.to_bytes(4, "little")).digest()
        return [int.from_bytes(digest[4 * i : 4 * i + 4], "little") & (self.bits - 1) for i in range(self.functions)]

    def push(self, value: bytes, flags: int) -> int:
        if flags != BPF_ANY:
            return -EINVAL
        for position in self._positions(value):
            self.map[position >> 3] |= 1 << (position & 7)
        return 0

    def has(self, value: bytes) -> bool:
        return all(self.map[position >> 3] & (1 << (position & 7)) for position in self._positions(value))

    def peek(self, value: bytes) -> bool:
        self._user("look up in")
        if len(value) != self.value_size:
            raise self._wrong("value", value, self.value_size)
        with self.lock:
            return self.has(value)

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.push(value, flags)

    def get(self, key: bytes) -> bytes | None:
        raise self.error(EOPNOTSUPP, "ask with a value (peek)", "look up in")

    def held(self) -> list[tuple[bytes, object]]:
        return [(b"", bytes(self.map)), (b"", self.seed)]

    def restore(self, entries: list[tuple[bytes, Any]]) -> None:
        self.map[:], self.seed = (value for _, value in entries)

    def remove(self, key: bytes) -> int:
        return -EOPNOTSUPP

    def following(self, key: bytes | None) -> bytes | None:
        raise self.error(EOPNOTSUPP, "it has no keys", "walk")

    def keys(self) -> list[bytes]:
        raise self.error(EOPNOTSUPP, "it has no keys", "walk")
