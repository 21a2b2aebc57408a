"""Stack traces by id."""

from __future__ import annotations

import sys
from struct import Struct

from ebpf.uapi.errno import E2BIG, EEXIST, EINVAL, ENOENT
from ebpf.uapi.flags import BPF_F_NUMA_NODE, BPF_F_REUSE_STACKID, BPF_F_STACK_BUILD_ID
from ebpf.vm.maps.base import VmMap, require

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_U32 = Struct("=I")


class StackTrace(VmMap):
    """BPF_MAP_TYPE_STACK_TRACE: id → return addresses (64 bits each), filled up with 0."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE | BPF_F_STACK_BUILD_ID

    def check(self) -> None:
        unit = 32 if self.spec.flags & BPF_F_STACK_BUILD_ID else 8
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")
        good = self.value_size >= unit and not self.value_size % unit and self.value_size // unit <= 127
        require(self, good, f"a value is 1 to 127 times {unit} bytes, not {self.value_size}")

    def prepare(self) -> None:
        self.buckets = 1 << (self.max_entries - 1).bit_length()
        self.traces: dict[int, bytes] = {}
        self.ids: dict[bytes, int] = {}
        self.spare: list[int] = []
        self.write_header(0)

    def add(self, addresses: Sequence[int], flags: int) -> int:
        """The id of a trace, which is kept; -EEXIST where there is no room for it.

        The kernel's ids are hashes, of which two traces may have the same; here each trace has its own as long as there is
        room. BPF_F_REUSE_STACKID then throws an old one out.
        """
        kept = addresses[: self.value_size // 8]
        data = b"".join((address & ((1 << 64) - 1)).to_bytes(8, sys.byteorder) for address in kept)
        with self.lock:
            index = self.ids.get(data)
            if index is None:
                if self.spare:
                    index = self.spare.pop()
                elif len(self.traces) < self.max_entries:
                    index = len(self.traces)
                elif flags & BPF_F_REUSE_STACKID:
                    index = next(iter(self.traces))
                    del self.ids[self.traces.pop(index)]
                else:
                    return -EEXIST
                self.ids[data] = index
                self.traces[index] = data
        return index

    def get(self, key: bytes) -> bytes | None:
        found = self.traces.get(int(_U32.unpack(key)[0]))
        return found.ljust(self.value_size, b"\0") if found is not None else None

    def restore(self, entries: list[tuple[bytes, Any]]) -> None:
        for key, value in entries:
            index = int(_U32.unpack(key)[0])
            self.traces[index] = value
            self.ids[value] = index

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return -EINVAL

    def remove(self, key: bytes) -> int:
        index = int(_U32.unpack(key)[0])
        if index >= self.buckets:
            return -E2BIG
        data = self.traces.pop(index, None)
        if data is None:
            return -ENOENT
        del self.ids[data]
        self.spare.append(index)
        return 0

    def take_out(self, key: bytes) -> bytes | None:
        # Linux 6.18 has this for stack traces, too.
        value = self.get(key)
        if value is not None:
            self.remove(key)
        return value

    def keys(self) -> list[bytes]:
        with self.lock:
            return [_U32.pack(index) for index in sorted(self.traces)]

    def following(self, key: bytes | None) -> bytes | None:
        first = int(_U32.unpack(key)[0]) + 1 if key is not None else 0
        later = [index for index in self.traces if index >= first]
        return _U32.pack(min(later)) if later else None
