"""Arrays: values one after the other in native memory, each at a multiple of 8 bytes."""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.errno import E2BIG, EEXIST, EINVAL
from ebpf.uapi.flags import (
    BPF_EXIST,
    BPF_F_INNER_MAP,
    BPF_F_LOCK,
    BPF_F_MMAPABLE,
    BPF_F_NUMA_NODE,
    BPF_F_PRESERVE_ELEMS,
    BPF_NOEXIST,
)
from ebpf.vm.maps.base import PER_CPU_MOST, VmMap, check_value_size, require

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_KEY = Struct("=I")


class Array(VmMap):
    """BPF_MAP_TYPE_ARRAY. With `per_cpu` the values of an element lie side by side, one a CPU."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE | BPF_F_MMAPABLE | BPF_F_INNER_MAP | BPF_F_PRESERVE_ELEMS

    def check(self) -> None:
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")
        require(self, self.max_entries > 0, "max_entries is 0")
        check_value_size(self)

    def prepare(self) -> None:
        self.make_values()

    def memory(self) -> memoryview | None:
        return self.values.view

    def _index(self, key: bytes) -> int:
        return int(_KEY.unpack(key)[0])

    def get(self, key: bytes) -> bytes | None:
        index = self._index(key)
        if index >= self.max_entries:
            return None
        start = index * self.stride
        return self.shown(bytes(self.values.view[start : start + self.value_bytes]))

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.put_one(key, value, flags, 0)

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        index = self._index(key)
        status = self._refused(index, flags)
        if not status:
            start = index * self.stride + (cpu * self.slot if self.per_cpu else 0)
            self.write_value(self.values.view, start, value)
        return status

    def _refused(self, index: int, flags: int) -> int:
        if flags & ~BPF_F_LOCK > BPF_EXIST:
            return -EINVAL
        if index >= self.max_entries:
            return -E2BIG
        if flags & BPF_NOEXIST:
            return -EEXIST
        return -EINVAL if self.bad_flags(flags) else 0

    def remove(self, key: bytes) -> int:
        return -EINVAL

    def following(self, key: bytes | None) -> bytes | None:
        index = 0 if key is None else self._index(key) + 1
        if key is not None and index > self.max_entries:
            index = 0
        return _KEY.pack(index) if index < self.max_entries else None

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        self._user("walk")
        view, stride, size = self.values.view, self.stride, self.value_bytes
        for index in range(self.max_entries):
            start = index * stride
            yield _KEY.pack(index), self.shown(bytes(view[start : start + size]))

    def keys(self) -> list[bytes]:
        return [_KEY.pack(index) for index in range(self.max_entries)]

    def address_of(self, key: bytes, cpu: int) -> int:
        index = self._index(key)
        if index >= self.max_entries:
            return 0
        return self.values.address + index * self.stride + (cpu * self.slot if self.per_cpu else 0)

    def entry_at(self, address: int) -> tuple[bytes, int] | None:
        index = (address - self.values.address) // self.stride
        if not 0 <= index < self.max_entries:
            return None
        return _KEY.pack(index), self.values.address + index * self.stride


class PerCpuArray(Array):
    """BPF_MAP_TYPE_PERCPU_ARRAY."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE
    per_cpu = True

    def check(self) -> None:
        super().check()
        require(self, (self.value_size + 7 & ~7) <= PER_CPU_MOST, "values are too big", E2BIG)
