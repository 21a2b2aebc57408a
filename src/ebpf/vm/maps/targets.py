"""Where packets are sent to: devices, CPUs, AF_XDP sockets, sockets. Here each is only a number, which a redirect names.

What the kernel checks of the things behind the numbers (does the device exist?) is not asked; sizes, indices and
flags are.
"""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.errno import E2BIG, EEXIST, EINVAL, ENODEV, ENOENT, ENOSPC, EOPNOTSUPP, EOVERFLOW
from ebpf.uapi.flags import BPF_EXIST, BPF_F_NUMA_NODE, BPF_F_RDONLY, BPF_F_WRONLY, BPF_NOEXIST
from ebpf.vm.maps.base import ENOTSUPP, VmMap, require
from ebpf.vm.maps.slots import SlotMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.memory import Block, Region

_U32 = Struct("=I")


class Targets(SlotMap):
    """What redirect maps share. `value_sizes`: how long a value may be; programs only read them."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE
    value_sizes: tuple[int, ...] = (4,)
    #: Keys are indices below max_entries.
    indexed = True
    #: What a delete gives of an index that is out of range, and of one with nothing there.
    bad_index, missing = EINVAL, 0

    def check(self) -> None:
        require(self, self.max_entries > 0, "max_entries is 0")
        if self.indexed:
            require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")
        require(
            self, self.value_size in self.value_sizes, f"a value is {self.value_sizes} bytes, not {self.value_size}"
        )

    def region(self, block: Block, size: int) -> Region:
        region = super().region(block, size)
        region.writable = False
        return region

    def index(self, key: bytes) -> int:
        return int(_U32.unpack(key)[0])

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        if self.bad_flags(flags):
            return -EINVAL
        return -E2BIG if self.indexed and self.index(key) >= self.max_entries else 0

    def remove(self, key: bytes) -> int:
        if self.indexed and self.index(key) >= self.max_entries:
            return -self.bad_index
        status = super().remove(key)
        return -self.missing if self.indexed and status else status

    def ordered(self) -> list[bytes]:
        return sorted(super().ordered(), key=self.index) if self.indexed else super().ordered()

    def following(self, key: bytes | None) -> bytes | None:
        if not self.indexed:
            return super().following(key)
        index = 0 if key is None else self.index(key) + 1
        if index > self.max_entries:
            index = 0
        return _U32.pack(index) if index < self.max_entries else None

    def put_or_remove(self, key: bytes, value: bytes, flags: int) -> int:
        """Sets an entry; a value of 0 takes it out. BPF_EXIST is not looked at."""
        status = self.refused(key, value, flags)
        if status:
            return status
        if not _U32.unpack_from(value)[0]:
            return self.remove(key)
        return super().put(key, value, flags & ~BPF_EXIST)

    def target(self, key: int) -> bytes | None:
        """The value that a redirect to `key` finds."""
        return self.get(_U32.pack(key & 0xFFFFFFFF))


class WithProgram(Targets):
    """Entries may name a program that runs there, in the second half of an 8-byte value; it is loaded for such maps."""

    value_sizes = (4, 8)
    runs: AttachType

    def bad_program(self, value: bytes) -> bool:
        number = _U32.unpack_from(value, 4)[0] if len(value) == 8 else 0
        if not 0 < number < 1 << 31:  # as a descriptor: 0 and below are none
            return False
        program = self.engine.by_fd(number)
        return getattr(getattr(program, "spec", None), "attach_type", None) != self.runs


class DevMap(WithProgram):
    """BPF_MAP_TYPE_DEVMAP: index → interface (and a program, 8-byte values)."""

    runs = AttachType.XDP_DEVMAP

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        status = super().refused(key, value, flags)
        if not status and flags & BPF_NOEXIST:
            return -EEXIST
        return status or (-EINVAL if self.bad_program(value) else 0)

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.put_or_remove(key, value, flags)


class DevMapHash(WithProgram):
    """BPF_MAP_TYPE_DEVMAP_HASH: any 4-byte key → interface. Linux 5.4."""

    runs = AttachType.XDP_DEVMAP
    indexed = False

    def check(self) -> None:
        super().check()
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        status = super().refused(key, value, flags)
        return status or (-EINVAL if not _U32.unpack_from(value)[0] or self.bad_program(value) else 0)

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.put_or_remove(key, value, flags)


class CpuMap(WithProgram):
    """BPF_MAP_TYPE_CPUMAP: CPU → length of its queue (and a program). The index is the CPU."""

    runs = AttachType.XDP_CPUMAP
    flags_allowed = BPF_F_NUMA_NODE

    def refused(self, key: bytes, value: bytes, flags: int) -> int:
        status = super().refused(key, value, flags)
        if status:
            return status
        if flags & BPF_NOEXIST:
            return -EEXIST
        if _U32.unpack_from(value)[0] > 16384:
            return -EOVERFLOW
        if self.index(key) >= self.engine.cpus:
            return -ENODEV
        return -EINVAL if self.bad_program(value) else 0

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return self.put_or_remove(key, value, flags)


class XskMap(Targets):
    """BPF_MAP_TYPE_XSKMAP: index → AF_XDP socket. User space can't read it."""

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None:
        self._asked(key, flags)
        raise self.error(EOPNOTSUPP, "user space can't read it", "look up in")


class SockMap(Targets):
    """BPF_MAP_TYPE_SOCKMAP: index → socket. With 8-byte values user space reads the socket's cookie, which is the number itself
    here."""

    value_sizes = (4, 8)
    bad_index, missing = EINVAL, EINVAL
    flags_allowed = BPF_F_NUMA_NODE | BPF_F_RDONLY | BPF_F_WRONLY

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None:
        self._asked(key, flags)
        if self.value_size != 8:
            raise self.error(ENOSPC, "only 8-byte values (cookies) can be read", "look up in")
        with self.lock:
            return self.get(key)


class ReuseportArray(SockMap):
    """BPF_MAP_TYPE_REUSEPORT_SOCKARRAY: index → listening socket."""

    bad_index, missing = E2BIG, ENOENT


class SockHash(SockMap):
    """BPF_MAP_TYPE_SOCKHASH: any key → socket."""

    indexed = False

    def check(self) -> None:
        super().check()
        require(self, 0 < self.key_size <= 512, f"a key is 1 to 512 bytes, not {self.key_size}")


class CgroupArray(Targets):
    """BPF_MAP_TYPE_CGROUP_ARRAY: index → cgroup (its id, which a task's `cgroup_id` is compared with)."""

    bad_index, missing = E2BIG, ENOENT

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        return -EINVAL if flags else super().put(key, value, flags)

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None:
        self._asked(key, flags)
        raise self.error(ENOTSUPP, "user space can't read it", "look up in")
