"""Maps whose keys are kept in a Python dict and whose values lie in native memory: those that generated code does not walk."""

from __future__ import annotations

from ebpf.uapi.errno import E2BIG, EEXIST, EINVAL, ENOENT
from ebpf.uapi.flags import BPF_EXIST, BPF_NOEXIST
from ebpf.vm.maps.base import VmMap


class SlotMap(VmMap):
    """Key → slot. A value keeps its address as long as its key is there; a slot is cleared when it is taken anew."""

    #: What a new key gives when every slot is taken.
    full_errno = E2BIG

    def prepare(self) -> None:
        self.make_values()
        self.slots: dict[object, int] = {}
        self.names: dict[object, bytes] = {}
        self.free: list[int] = []

    def slot_key(self, key: bytes) -> object:
        """What the dict knows a key by."""
        return key

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        """A negative errno for an update that the kernel would refuse before it looks for the key."""
        return -EINVAL if self.bad_flags(flags) else 0

    def value_at(self, slot: int) -> bytes:
        return bytes(self.values.view[slot * self.stride : slot * self.stride + self.value_bytes])

    def take(self, key: bytes) -> int:
        """A cleared slot for a new key, or -1."""
        name = self.slot_key(key)
        if self.free:
            slot = self.free.pop()
            self.values.view[slot * self.stride : (slot + 1) * self.stride] = bytes(self.stride)
        elif len(self.slots) < self.max_entries:
            slot = len(self.slots)
        else:
            return -1
        self.slots[name] = slot
        self.names[name] = key
        return slot

    def get(self, key: bytes) -> bytes | None:
        slot = self.slots.get(self.slot_key(key))
        return self.value_at(slot) if slot is not None else None

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self._store(key, value, flags, 0)

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        return self._store(key, value, flags, cpu * self.slot if self.per_cpu else 0)

    def _store(self, key: bytes, value: bytes, flags: int, offset: int) -> int:
        status = self.refused(key, value, flags)
        if status:
            return status
        name = self.slot_key(key)
        slot = self.slots.get(name)
        if slot is not None and flags & BPF_NOEXIST:
            return -EEXIST
        if slot is None:
            if flags & BPF_EXIST:
                return -ENOENT
            slot = self.take(key)
            if slot < 0:
                return -self.full_errno
        self.names[name] = key
        start = slot * self.stride + offset
        self.values.view[start : start + len(value)] = value
        return 0

    def remove(self, key: bytes) -> int:
        name = self.slot_key(key)
        slot = self.slots.pop(name, None)
        if slot is None:
            return -ENOENT
        del self.names[name]
        self.free.append(slot)
        return 0

    def ordered(self) -> list[bytes]:
        """The keys in the order in which they are walked."""
        return list(self.names.values())

    def keys(self) -> list[bytes]:
        with self.lock:
            return self.ordered()

    def following(self, key: bytes | None) -> bytes | None:
        known = self.ordered()
        if key is None or self.slot_key(key) not in self.slots:
            return known[0] if known else None
        at = known.index(self.names[self.slot_key(key)]) + 1
        return known[at] if at < len(known) else None

    def address_of(self, key: bytes, cpu: int) -> int:
        slot = self.slots.get(self.slot_key(key))
        if slot is None:
            return 0
        return self.values.address + slot * self.stride + (cpu * self.slot if self.per_cpu else 0)
