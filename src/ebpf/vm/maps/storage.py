"""Local storage: a value for each socket, inode, task or cgroup. The owner is a number: its id."""

from __future__ import annotations

from ebpf.uapi.errno import EINVAL, ENOENT
from ebpf.uapi.flags import BPF_F_CLONE, BPF_F_NO_PREALLOC, BPF_F_NUMA_NODE
from ebpf.vm.maps.base import VmMap, check_value_size, require
from ebpf.vm.maps.slots import SlotMap

#: Owners that one map can have values for; the kernel has no limit, and so max_entries is 0 there.
MOST = 65536

CREATE = 1


class LocalStorage(SlotMap):
    """BPF_MAP_TYPE_SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE. User space's key is the owner's number."""

    flags_allowed = BPF_F_NO_PREALLOC | BPF_F_CLONE

    def check(self) -> None:
        require(self, bool(self.spec.flags & BPF_F_NO_PREALLOC), "the flag BPF_F_NO_PREALLOC is wanted")
        require(self, self.max_entries == 0, "max_entries must be 0")
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")
        check_value_size(self)
        self.max_entries = MOST

    def of(self, owner: int, initial: bytes | None, flags: int) -> int:
        """The address of an owner's value; made (with `initial`) if `flags` say so. 0 if there is none."""
        import sys

        key = owner.to_bytes(4, sys.byteorder)
        with self.lock:
            address = self.address_of(key, 0)
            if not address and flags & CREATE and not self._store(key, initial or bytes(self.value_size), 0, 0):
                address = self.address_of(key, 0)
        return address

    def drop(self, owner: int) -> int:
        import sys

        with self.lock:
            return self.remove(owner.to_bytes(4, sys.byteorder))


class CgroupStorage(SlotMap):
    """BPF_MAP_TYPE_CGROUP_STORAGE: a value for each cgroup that a program is attached to; made at the first use."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE

    def check(self) -> None:
        require(self, self.key_size in (8, 16), f"a key is 8 or 16 bytes, not {self.key_size}")
        require(self, self.max_entries == 0, "max_entries must be 0")
        check_value_size(self)
        self.max_entries = 4096

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        if flags & ~(2 | 4):
            return -EINVAL
        return super().put(key, value, flags) if key in self.slots else -ENOENT

    def remove(self, key: bytes) -> int:
        return -EINVAL

    def of(self, cgroup: int, attach_type: int, cpu: int) -> int:
        """The address of a cgroup's value."""
        import sys

        key = cgroup.to_bytes(8, sys.byteorder)
        if self.key_size == 16:
            key += attach_type.to_bytes(4, sys.byteorder) + bytes(4)
        with self.lock:
            if key not in self.slots:
                self.take(key)
            return self.address_of(key, cpu)


class PerCpuCgroupStorage(CgroupStorage):
    """BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE. Linux 4.20."""

    per_cpu = True
