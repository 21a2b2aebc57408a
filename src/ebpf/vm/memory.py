"""Native memory that programs may reach: blocks, the regions of a run, and what may be done in them.

An address is a real address of this process. Nothing is read through it: a region knows the address at which its memory
begins and holds a `memoryview` of it, and every access is an offset into that view, found and checked first.
"""

from __future__ import annotations

import ctypes
import mmap
import weakref

from ebpf.uapi.flags import MAX_BPF_STACK, MAX_CALL_FRAMES

#: Where the kernel's half of the addresses begins, on every 64-bit machine.
KERNEL = 1 << 63

#: From one stack frame's start to the next: 512 bytes of frame, 512 that nobody may touch.
FRAME_STRIDE = 2 * MAX_BPF_STACK
STACK_BYTES = FRAME_STRIDE * MAX_CALL_FRAMES

#: Blocks from this size on come from mmap, whose pages cost nothing until they are touched.
_MAPPED_FROM = 1 << 16
_ZERO_FRAME = bytes(MAX_BPF_STACK)


class Block:
    """Zeroed native memory: `address`, `size` (bytes) and a writable `view`. Lives as long as somebody holds it."""

    __slots__ = ("_owner", "address", "size", "view")

    def __init__(self, size: int) -> None:
        # 16 bytes more than asked for: a block is never empty, and a wide native load at its end stays inside.
        owner: bytearray | mmap.mmap
        if size >= _MAPPED_FROM:
            owner = _mapped(size + 16)
        else:
            owner = bytearray(size + 32)
        first = ctypes.addressof(ctypes.c_char.from_buffer(owner))
        skip = -first % 16
        self._owner = owner
        self.size = size
        self.address = first + skip
        self.view = memoryview(owner)[skip : skip + size]

    @classmethod
    def of(cls, owner: bytearray, address: int, start: int = 0, size: int | None = None) -> Block:
        """Memory that somebody else made, or `size` bytes of it from `start` on, which are at `address`."""
        self = cls.__new__(cls)
        self._owner = owner
        self.view = memoryview(owner)[start : None if size is None else start + size]
        self.size = len(self.view)
        self.address = address
        return self


def _mapped(size: int) -> mmap.mmap:
    if not hasattr(mmap, "MAP_PRIVATE"):
        return mmap.mmap(-1, size)
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0))


class Mirrored:
    """A head and a ring of data that follows itself: byte `size + i` of `ring` is byte `i`, so that nothing ever wraps.

    The kernel maps a ring buffer's pages twice in a row; here that is done where the system can. Elsewhere `mirrored` is
    False: the second half is memory of its own, and who writes a record that goes over the end copies it (`settle`).
    """

    __slots__ = ("_block", "address", "head", "mirrored", "ring", "size", "view")

    def __init__(self, head: int, size: int) -> None:
        mapped = _mapped_twice(head, size)
        self.mirrored = mapped is not None
        self._block: Block | None = None
        if mapped is None:
            self._block = Block(head + 2 * size)
            self.address, self.view = self._block.address, self._block.view
        else:
            self.address, self.view = mapped
        self.head = head
        self.size = size
        self.ring = self.view[head:]

    def settle(self, offset: int, length: int) -> None:
        """Makes both halves show `length` bytes that were written at `offset` (less than `size`)."""
        if not self.mirrored:
            over = offset + length - self.size
            if over > 0:
                self.ring[:over] = self.ring[self.size : self.size + over]
                length -= over
            self.ring[self.size + offset : self.size + offset + length] = self.ring[offset : offset + length]


def _mapped_twice(head: int, size: int) -> tuple[int, memoryview] | None:
    """Address and view of memory whose last `size` bytes are the `size` bytes before; None where that can't be had."""
    import os

    page = mmap.PAGESIZE
    if not hasattr(os, "memfd_create") or head % page or size % page:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    whole = head + 2 * size
    both = mmap.PROT_READ | mmap.PROT_WRITE
    fixed = 0x10  # MAP_FIXED
    try:
        fd = os.memfd_create("bpf_ringbuf")
    except OSError:
        return None
    try:
        os.ftruncate(fd, head + size)
        base = libc.mmap(None, whole, both, mmap.MAP_SHARED, fd, 0)
        if base in (None, ctypes.c_void_p(-1).value):
            return None
        second = libc.mmap(base + head + size, size, both, mmap.MAP_SHARED | fixed, fd, head)
        if second != base + head + size:
            libc.munmap(base, whole)
            return None
    finally:
        os.close(fd)
    array = (ctypes.c_ubyte * whole).from_address(base)
    # The view holds the array; when the last view is gone the pages go, too.
    weakref.finalize(array, libc.munmap, base, whole)
    return base, memoryview(array).cast("B")


class Region:
    """A stretch of memory that a program may use.

    With a `stride` it is a row of items, each `item` bytes long and `stride` bytes after the one before; an access must
    stay in one of them.
    """

    __slots__ = ("base", "item", "name", "size", "stride", "view", "writable")

    def __init__(
        self, base: int, view: memoryview, *, name: str, writable: bool = True, stride: int = 0, item: int = 0
    ) -> None:
        self.base = base
        self.view = view
        self.size = len(view)
        self.name = name
        self.writable = writable
        self.stride = stride
        self.item = item if stride else self.size

    def window(self, address: int, size: int) -> tuple[int, int, memoryview] | None:
        """(start, bytes, view) of the item that holds `size` bytes at `address`, or None if none does."""
        offset = address - self.base
        if not self.stride:
            return (self.base, self.size, self.view) if 0 <= offset <= self.size - size else None
        start = offset - offset % self.stride
        if offset < 0 or offset + size > start + self.item or start + self.item > self.size:
            return None
        return self.base + start, self.item, self.view[start : start + self.item]


class Stack:
    """The stack frames of a run: frame 0 is the main function's. `top(frame)` is what r10 is in it."""

    __slots__ = ("base", "block", "frames", "tops", "words")

    def __init__(self) -> None:
        self.block = Block(STACK_BYTES)
        self.base = self.block.address
        starts = [i * FRAME_STRIDE for i in range(MAX_CALL_FRAMES)]
        self.frames = [self.block.view[start : start + MAX_BPF_STACK] for start in starts]
        self.words = [frame.cast("Q") for frame in self.frames]
        self.tops = [self.base + start + MAX_BPF_STACK for start in starts]

    def enter(self, frame: int) -> None:
        """Clears a frame for its next use: what a program reads there is its own, or 0."""
        self.frames[frame][:] = _ZERO_FRAME
