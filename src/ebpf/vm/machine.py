"""The state of one run: stack, context, packet, the memory that may be reached, the budget."""

from __future__ import annotations

import sys
from bisect import bisect_right
from struct import Struct
from threading import Lock

from ebpf.errors import Fault
from ebpf.uapi.ethernet import ETH_HLEN
from ebpf.uapi.flags import MAX_CALL_FRAMES, MAX_TAIL_CALL_CNT
from ebpf.vm.arithmetic import M64, atomic
from ebpf.vm.costs import BY_BYTES, ROUND, cost_of, of_bytes
from ebpf.vm.memory import KERNEL, Block, Region, Stack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.vm.contexts import ContextLayout
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.helpers.redirect import Redirect
    from ebpf.vm.helpers.tunnel import Tunnel
    from ebpf.vm.jit.runtime import NativeState
    from ebpf.vm.kernel_objects import KernelObjects
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.maps.ring import RingBuffer
    from ebpf.vm.network import SocketMemory
    from ebpf.vm.program import VmProgram
    from ebpf.vm.task import Task

    Window = tuple[int, int, memoryview | None]

#: Slots that a run may go back over, calls counted by their length (see translate.py), unless the engine says otherwise.
DEFAULT_BUDGET = 100_000_000
#: Generated code relies on this: a pointer that grows each time round stays within ±2**61.
MAX_BUDGET = 1 << 27

_GET = {2: Struct("=H").unpack_from, 4: Struct("=I").unpack_from, 8: Struct("=Q").unpack_from}
_PUT = {2: Struct("=H").pack_into, 4: Struct("=I").pack_into, 8: Struct("=Q").pack_into}
_MASKS = {1: 0xFF, 2: 0xFFFF, 4: 0xFFFFFFFF, 8: M64}

#: One lock for all atomic operations of the interpreter: what a thread adds, another doesn't lose.
_ATOMIC = Lock()

#: Room in front of a packet (XDP_PACKET_HEADROOM), behind it (struct skb_shared_info), and the least in all: a page.
HEADROOM, TAILROOM, FRAME = 256, 320, 4096
_ZERO_HEADROOM = bytes(HEADROOM)
#: Offsets of LD_ABS and LD_IND that count from the network's and the link's header (linux/filter.h).
SKF_NET_OFF, SKF_LL_OFF = -0x100000, -0x200000


class Packet:
    """A packet in native memory. Addresses: `start` <= `meta` <= `data` <= `end` <= `limit`; `start` and `limit` are those of the
    room it may take."""

    __slots__ = ("block", "data", "end", "limit", "meta", "start")

    def __init__(self, block: Block | None = None) -> None:
        self.block = block or Block(FRAME)
        self.empty()

    def empty(self) -> None:
        """No packet: what the run before left is not this one's to see."""
        self.start = self.meta = self.data = self.end = self.block.address
        self.limit = self.start + FRAME - TAILROOM

    def fill(self, data: bytes | bytearray | memoryview, meta: int = 0) -> None:
        """Puts a packet in, its first `meta` bytes as metadata in front of it. What the last one left before it is cleared."""
        size = len(data)
        need = HEADROOM + size + TAILROOM
        if need > self.block.size:
            self.block = Block(2 * need)
        view = self.block.view
        headroom = HEADROOM - meta
        view[:headroom] = _ZERO_HEADROOM[:headroom]
        view[headroom : headroom + size] = data
        self.start = self.block.address
        self.meta = self.start + headroom
        self.data = self.meta + meta
        self.end = self.meta + size
        self.limit = self.start + max(FRAME, need) - TAILROOM

    def make_room(self, size: int) -> None:
        """Makes room of `size` bytes in front of the metadata; the packet may have to move for it."""
        if self.meta - self.start < size:
            self._move(size + HEADROOM, self.limit - self.end)

    def enlarge(self, size: int) -> None:
        """Makes room of `size` bytes behind the packet."""
        if self.limit - self.end < size:
            self._move(self.meta - self.start, size + TAILROOM)

    def _move(self, front: int, back: int) -> None:
        kept = bytes(self.block.view[self.meta - self.start : self.end - self.start])
        meta = self.data - self.meta
        self.block = Block(front + len(kept) + back + TAILROOM)
        self.start = self.block.address
        self.meta = self.start + front
        self.data = self.meta + meta
        self.end = self.meta + len(kept)
        self.limit = self.end + back
        self.block.view[front : front + len(kept)] = kept

    def bytes(self, *, meta: bool = False) -> bytes:
        """The packet, with its metadata if asked for."""
        begin = self.meta if meta else self.data
        return bytes(self.block.view[begin - self.start : self.end - self.start])


class Thrown(Exception):
    """A program ended itself (bpf_throw)."""

    def __init__(self, cookie: int) -> None:
        super().__init__(cookie)
        self.cookie = cookie


class Machine:
    """What translated code runs on. One run at a time; the engine keeps machines for the next run."""

    #: Whether programs are interpreted here whatever the engine says.
    interprets = False

    def __init__(self, engine: VmEngine, cpu: int) -> None:
        self.engine = engine
        self.cpu = cpu
        self.stack = Stack()
        self.frames = self.stack.frames
        self.tops = self.stack.tops
        self.packet = Packet()
        #: Where the network header begins in the packet.
        self.network = ETH_HLEN
        #: How many bytes before that the link header begins.
        self.link = ETH_HLEN
        #: `csum_level` of the packet in the kernel; -1 where no checksum of it is known to be good.
        self.checked = -1
        self.tunnel: Tunnel | None = None
        self.context_block = Block(1024)
        self.context_base = self.context_block.address
        self.context_end = self.context_base
        self.layout: ContextLayout | None = None
        self.depth = 0
        self.left = DEFAULT_BUDGET
        self.native: NativeState | None = None
        self.resumed: list[int] = []
        self.tail_calls = 0
        self.program: VmProgram
        self.task: Task
        self.bases: list[int] = []
        self.regions: list[Region] = []
        self.extra: list[Region] = []
        self.maps: dict[int, VmMap] = {}
        #: What must be undone at the end of a run if the program has not: a lock, a record.
        self.held: dict[object, Callable[[], object]] = {}
        self.records: dict[int, RingBuffer] = {}
        self.redirect: Redirect | None = None
        #: Whether one of the following was set in this run.
        self.used = False
        self.clones: list[Redirect] = []
        #: Sockets that were looked up and not given back.
        self.sockets: dict[int, SocketMemory] = {}
        #: Objects of the kernel that were read.
        self.kernel: KernelObjects | None = None
        self.options: dict[tuple[int, int], bytes] = {}
        self.bound = b""
        self.retval = 0
        #: Maps that the program made by bpf(2).
        self.made: list[VmMap] = []
        self.cookie = 0

    # -- before and after a run

    def begin(self, program: VmProgram, task: Task) -> None:
        self.program = program
        self.task = task
        self.bases = program.bases
        self.regions = program.regions
        self.maps = program.handles
        self.left = self.engine.budget
        self.depth = 0
        self.tail_calls = 0
        self.redirect = None
        if self.extra:
            self.extra = []
        if self.packet.end != self.packet.start:
            self.packet.empty()
        if self.used:
            self._clear()

    def _clear(self) -> None:
        """Forgets what helpers of the network noted in the run before (`used`)."""
        self.used = False
        self.clones = []
        self.sockets = {}
        self.kernel = None
        self.options = {}
        self.bound = b""
        self.retval = 0
        self.checked = -1
        self.tunnel = None

    def end(self) -> None:
        """Undoes what the program left undone."""
        if self.held:
            for undo in self.held.values():
                undo()
            self.held = {}
            self.records = {}

    def set_context(self, layout: ContextLayout, context: bytes | bytearray) -> None:
        """Puts a context in; what `context` lacks is 0, what it has too much is left out."""
        self.layout = layout
        total = layout.total
        if total > self.context_block.size:
            self.context_block = Block(2 * total)
            self.context_base = self.context_block.address
        n = min(len(context), layout.size)
        view = self.context_block.view
        view[:n] = context[:n]
        view[n:total] = bytes(total - n)
        self.context_end = self.context_base + layout.size
        if layout.has_packet:
            self.packet_moved()

    def packet_moved(self) -> None:
        """Writes where the packet is into the context's pointers, and how long it is now."""
        layout = self.layout
        assert layout is not None
        words = layout.words
        if words:
            view, put, packet = self.context_block.view, _PUT[8], self.packet
            put(view, words["data"], packet.data)
            put(view, words["end"], packet.end)
            if "meta" in words:
                put(view, words["meta"], packet.meta)
        if layout.length >= 0:
            _PUT[4](self.context_block.view, layout.length, self.packet.end - self.packet.data)

    def field(self, name: str) -> int:
        """A field of the context, by name; 0 if it has none of that name."""
        assert self.layout is not None
        at, size = self.layout.fields.get(name, (0, 0))
        return int.from_bytes(self.context_block.view[at : at + size], sys.byteorder)

    def set_field(self, name: str, value: int) -> None:
        assert self.layout is not None
        at, size = self.layout.fields.get(name, (0, 0))
        self.context_block.view[at : at + size] = (value & ((1 << 8 * size) - 1)).to_bytes(size, sys.byteorder)

    def context_bytes(self) -> bytes:
        assert self.layout is not None
        return bytes(self.context_block.view[: self.layout.size])

    # -- memory

    def window(self, address: int, size: int, write: bool) -> Window:
        """(start, bytes, view) of the memory that holds an access. Raises Fault."""
        stack = address - self.stack.base
        if 0 <= stack < self.stack.block.size:
            frame, within = stack >> 10, stack & 1023
            if frame <= self.depth and within + size <= 512:
                return address - within, 512, self.frames[frame]
            self.refuse(address, size, write, "outside of the stack frames in use")
        packet = self.packet
        if packet.meta <= address and address + size <= packet.end and self.has_packet():
            base = packet.block.address
            start = packet.meta - base
            return packet.meta, packet.end - packet.meta, packet.block.view[start : packet.end - base]
        index = bisect_right(self.bases, address) - 1
        if index >= 0:
            region = self.regions[index]
            found = region.window(address, size)
            if found is not None:
                if write and not region.writable:
                    self.refuse(address, size, write, f"{region.name} is read-only")
                return found
        for region in self.extra:
            found = region.window(address, size)
            if found is not None:
                if write and not region.writable:
                    self.refuse(address, size, write, f"{region.name} is read-only")
                return found
        if self.context_base <= address < self.context_end:
            return self._context_window(address, size, write)
        found = self.engine.objects.window(address, size)
        if found is not None:
            return found
        if address >= KERNEL:
            found = self._kernel_window(address, size)
            if found is not None and write:
                self.refuse(address, size, write, "objects of the kernel are read-only")
            if found is not None:
                return found
        self.refuse(address, size, write, self._near(address))
        raise AssertionError

    def has_packet(self) -> bool:
        """Whether the context has a packet."""
        return self.layout is not None and self.layout.has_packet

    def _context_window(self, address: int, size: int, write: bool) -> Window:
        layout = self.layout
        assert layout is not None
        offset = address - self.context_base
        for start, end in layout.writable if write else layout.runs:
            if start <= offset and offset + size <= end:
                return self.context_base + start, end - start, self.context_block.view[start:end]
        what = f"{layout.name} has nothing that may be {'written' if write else 'read'} so at byte {offset}"
        self.refuse(address, size, write, what)
        raise AssertionError

    def _kernel_window(self, address: int, size: int) -> tuple[int, int, memoryview] | None:
        from ebpf.vm.kernel_objects import KernelObjects

        if self.kernel is None:
            self.kernel = KernelObjects(self.program.spec.btf, self.program.kernel_places, self.task)
            self.used = True
        return self.kernel.window(address, size)

    def _near(self, address: int) -> str:
        if address < 4096:
            return "that is a null pointer"
        index = bisect_right(self.bases, address) - 1
        if index >= 0 and address - self.bases[index] <= self.regions[index].size:
            return f"it does not stay inside one item of {self.regions[index].name}"
        if self.has_packet() and 0 <= address - self.packet.meta < 1 << 20:
            return f"the packet ends {address - self.packet.end} bytes before that"
        beyond = address - self.context_end
        if 0 <= beyond < 4096:
            has = self.context_end - self.context_base
            return f"that is byte {has + beyond} of the context, which has {has}: run(context=…) takes one"
        return "no memory of the program's lies there"

    def refuse(self, address: int, size: int, write: bool, why: str) -> None:
        address &= M64
        what = "write" if write else "read"
        raise Fault(f"{what} of {size} bytes at {address:#x}: {why}", program=self.program.spec.name, address=address)

    def load(self, address: int, size: int) -> tuple[int, int, int, memoryview | None]:
        """The value at `address`, and the window (first, last good address, view) it was found in."""
        layout = self.layout
        if layout is not None and layout.pointers and size == 4:
            word = layout.pointers.get(address - self.context_base)
            if word is not None:
                return int(_GET[8](self.context_block.view, word)[0]), 1, 0, None
        start, length, view = self.window(address, size, False)
        assert view is not None
        offset = address - start
        value = view[offset] if size == 1 else int(_GET[size](view, offset)[0])
        if start >= KERNEL:
            return value, 1, 0, None  # no memory of this process is there
        return value, start, start + length - size, view

    def store(self, address: int, size: int, value: int) -> tuple[int, int, memoryview | None]:
        """Writes a value; gives the window it was written to."""
        start, length, view = self.window(address, size, True)
        assert view is not None
        if size == 1:
            view[address - start] = value
        else:
            _PUT[size](view, address - start, value)
        return start, start + length - size, view

    def atomic(self, operation: int, address: int, size: int, value: int, expected: int) -> int:
        """An atomic operation; gives what was there before."""
        start, _, view = self.window(address, size, True)
        assert view is not None
        offset = address - start
        with _ATOMIC:
            old = int(_GET[size](view, offset)[0])
            _PUT[size](view, offset, atomic(operation, old, value, expected, _MASKS[size]))
        return old

    def read(self, address: int, size: int) -> bytes:
        """Bytes of the program's memory, for a helper. Raises Fault."""
        if size <= 0:
            return b""
        start, _, view = self.window(address, size, False)
        if size > BY_BYTES:
            self.charge(of_bytes(size))
        assert view is not None
        return bytes(view[address - start : address - start + size])

    def write(self, address: int, data: bytes) -> None:
        """Writes into the program's memory, for a helper. Raises Fault."""
        if data:
            start, _, view = self.window(address, len(data), True)
            if len(data) > BY_BYTES:
                self.charge(of_bytes(len(data)))
            assert view is not None
            view[address - start : address - start + len(data)] = data

    def write_padded(self, address: int, data: bytes, size: int) -> None:
        """Writes `size` bytes: data, cut to fit or filled up with 0. The room is found before anything is made of a length
        that the program gave. Raises Fault."""
        if size > 0:
            start, _, view = self.window(address, size, True)
            if size > BY_BYTES:
                self.charge(of_bytes(size))
            assert view is not None
            view[address - start : address - start + size] = data[:size].ljust(size, b"\0")

    def read_string(self, address: int, limit: int) -> bytes:
        """A string of at most `limit` bytes without its 0 byte. Raises Fault where it has none."""
        start, length, view = self.window(address, 1, False)
        assert view is not None
        offset = address - start
        data = bytes(view[offset : min(length, offset + limit)])
        end = data.find(0)
        if end < 0:
            if len(data) < limit:
                self.refuse(address, len(data) + 1, False, "the string has no end")
            return data
        return data[:end]

    def load_packet(self, offset: int, size: int, context: int) -> int | None:
        """Bytes of the packet in network byte order (LD_ABS, LD_IND), or None outside of it. As Linux has it, offsets from
        SKF_LL_OFF and SKF_NET_OFF on count from the link's and the network's header."""
        if context != self.context_base:
            raise Fault("r6 must hold the context where the packet is loaded from", program=self.program.spec.name)
        offset &= 0xFFFFFFFF
        if offset >> 31:
            offset -= 1 << 32
        data = first = self.packet.data
        if offset < SKF_LL_OFF:
            return None
        if offset < 0:
            data += self.network + (offset - SKF_NET_OFF if offset >= SKF_NET_OFF else offset - SKF_LL_OFF - self.link)
            first = self.packet.start
        else:
            data += offset
        if data < first or data + size > self.packet.end or not self.has_packet():
            return None
        start = data - self.packet.block.address
        return int.from_bytes(self.packet.block.view[start : start + size], "big")

    def packet_bytes(self, offset: int, size: int) -> bytes | None:
        """Bytes of the packet, for a helper; None outside of it."""
        packet = self.packet
        if not self.has_packet() or packet.data + offset + size > packet.end:
            return None
        start = packet.data + offset - packet.block.address
        return bytes(packet.block.view[start : start + size])

    def packet_store(self, offset: int, data: bytes) -> bool:
        """Writes into the packet, for a helper; False outside of it."""
        packet = self.packet
        if not self.has_packet() or packet.data + offset + len(data) > packet.end:
            return False
        start = packet.data + offset - packet.block.address
        packet.block.view[start : start + len(data)] = data
        return True

    # -- control

    def charge(self, slots: int) -> None:
        """Takes something off the budget, for a helper whose work depends on its arguments."""
        self.left -= slots
        if self.left < 0:
            self.exhausted()

    def enter(self, frame: int) -> None:
        if frame >= MAX_CALL_FRAMES:
            raise Fault(f"more than {MAX_CALL_FRAMES} calls in one another", program=self.program.spec.name)
        self.depth = frame

    def exhausted(self) -> None:
        raise Fault(f"the budget of {self.engine.budget} instructions is used up", program=self.program.spec.name)

    def main_of(self, program: VmProgram) -> Callable[..., int]:
        """The main function of a program, as this machine runs it."""
        return program.main

    def callback(self, function: int) -> tuple[Callable[..., int], int] | None:
        """A function of the program by its address, and its slots."""
        return self.program.callbacks.get(function)

    def finish(self) -> None:
        """A run of the interpreter is over, for whoever watches it."""

    def call(self, function: int, *arguments: int) -> int:
        """Calls a function of the program by its address (BPF_PSEUDO_FUNC), for a helper that takes a callback."""
        found = self.callback(function)
        if found is None:
            raise Fault(f"{function:#x} is no function of the program", program=self.program.spec.name)
        run, length = found
        self.charge(length + ROUND)
        depth = self.depth
        self.enter(depth + 1)
        values = (*arguments, 0, 0, 0, 0, 0)[:5]
        result = run(self, depth + 1, *values)
        self.depth = depth
        return result

    def tail_call(
        self,
        frame: int,
        r1: int,
        r2: int,
        r3: int,
        r4: int,
        r5: int,
        main_of: Callable[[VmProgram], Callable[..., int]] | None = None,
    ) -> int | None:
        """Runs the program at index r3 of prog array r2 in place of this one, by what `main_of` gives for it; None where there
        is none."""
        map_ = self.map_of(r2)
        target = map_.program_at(r3 & 0xFFFFFFFF)
        if target is None or self.tail_calls >= MAX_TAIL_CALL_CNT:
            return None
        self.tail_calls += 1
        before = self.program, self.bases, self.regions, self.maps
        self.left -= target.length
        if self.left < 0:
            self.exhausted()
        self.program = target
        # Pointers to the caller's map values stay good in frames below; the target itself has only its own maps.
        if frame:
            self.extra = [*self.extra, *self.regions]
        self.bases, self.regions, self.maps = target.bases, target.regions, target.handles
        result = (main_of or self.main_of)(target)(self, frame, r1, 0, 0, 0, 0)
        self.program, self.bases, self.regions, self.maps = before
        self.depth = frame
        return result

    def call_by_number(self, number: int, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
        helper: Callable[..., int] | None = self.engine.helper(number)
        if helper is None:
            raise Fault(f"there is no helper {number}", program=self.program.spec.name)
        self.charge(cost_of(number))
        return helper(self, r1, r2, r3, r4, r5)

    def map_of(self, handle: int) -> VmMap:
        """The map that a handle (what a 16-byte load of a map gives) stands for. Raises Fault."""
        found = self.maps.get(handle)
        if found is None:
            found = self._inner(handle)
        if found is None:
            raise Fault(f"{handle:#x} is no map of the program", program=self.program.spec.name, address=handle)
        return found

    def _inner(self, handle: int) -> VmMap | None:
        """A map in one of the program's maps of maps; from now on the run may reach its values, too."""
        for outer in self.maps.values():
            found = outer.reachable(handle)
            if found is not None:
                self.maps = {**self.maps, handle: found}
                self.extra = [*self.extra, *found.regions()]
                return found
        return None
