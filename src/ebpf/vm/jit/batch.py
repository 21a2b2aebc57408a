"""One call of machine code for many packets, or for many contexts of a program that has no packet."""

from __future__ import annotations

import ctypes
from array import array
from errno import EINVAL
from time import perf_counter_ns

from ebpf.errors import KernelError
from ebpf.uapi.contexts import LINK_LEVEL
from ebpf.uapi.ethernet import ETH_HLEN
from ebpf.vm.arithmetic import M64
from ebpf.vm.contexts import layout_of
from ebpf.vm.jit.batch_entry import header_of, items_of
from ebpf.vm.jit.scan import OTHERS, tally
from ebpf.vm.jit.state import MOVED, WORD
from ebpf.vm.machine import HEADROOM, TAILROOM, Packet
from ebpf.vm.memory import Block
from ebpf.vm.testrun import LOOPBACK, Input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

_FAULT, _ITEM, _PACKET, _HELD, _FULL = (WORD[name] for name in ("fault", "item", "packet", "held", "full"))
_START, _MOVED = WORD["start"], WORD["moved"]

#: What a batch that moves packets begins with: room for the longest that most captures have.
_FRAME_ROOM = 1 << 16
#: Nanoseconds that one call of machine code should take at most, so that signals are heard in between; items of the first.
_TURN, _FIRST_TURN = 50_000_000, 256


class Packets:
    """Packets as a program left them: packet i is `lengths[i]` bytes at `starts[i]` of `data`, none where a run ended in a fault
    or the packet was refused. An XDP program's metadata stands in front of its packet."""

    __slots__ = ("data", "lengths", "starts", "used")

    def __init__(self) -> None:
        self.data = bytearray()
        self.starts = array("Q")
        self.lengths = array("I")
        self.used = 0

    def __getitem__(self, number: int) -> bytes:
        start = self.starts[number]
        return bytes(self.data[start : start + self.lengths[number]])


def can_batch(program: VmProgram) -> str:
    """Why a program can't run in batches; empty if it can."""
    frees = [slot for slot in program.changes if program.calls[slot].startswith("k_")]
    if frees:
        slot = min(frees)
        return f"it calls {program.name_of_call(slot)} at instruction {slot}, which may free memory or end it"
    if items_of(program.spec) is None:
        return f"programs of type {program.spec.type.label} run one by one: a packet isn't all that they see"
    return ""


def run_batch(
    program: VmProgram,
    items: bytearray,
    starts: Sequence[int],
    lengths: Sequence[int],
    on_fault: Callable[[int, BaseException], object] | None = None,
    tallies: array[int] | None = None,
    results: array[int] | None = None,
    out: Packets | None = None,
) -> array[int]:
    """Runs a program on many packets in one call: packet i is `lengths[i]` bytes at `starts[i]` of `items`, changed in place.
    For a program that has no packet (a tracepoint's, say) they are contexts. Gives r0 of each, 32 bits; in `results` ("I", one
    for each), if that is given.

    A fault, or the KernelError (EINVAL) for a packet that the kernel would refuse, is raised (those before it are done), or
    given to `on_fault` with the packet's number and the rest go on; r0 is then 0. `tallies` (OTHERS + 1 of "Q") counts the
    results of those that went well: 0 … OTHERS - 1 each by itself, all others together. Packets of a program that may move them
    (bpf_xdp_adjust_head) go to `out` after their runs; or back to `items` if they are as long as they were.
    """
    why_not = can_batch(program)
    if why_not:
        raise ValueError(f"program {program.spec.name}: {why_not}")
    count = len(starts)
    where = starts if isinstance(starts, array) and starts.typecode == "Q" else array("Q", starts)
    sizes = lengths if isinstance(lengths, array) and lengths.typecode == "I" else array("I", lengths)
    if len(sizes) != count:
        raise ValueError(f"{count} starts and {len(sizes)} lengths")
    if tallies is not None and (tallies.typecode != "Q" or len(tallies) != OTHERS + 1):  # machine code writes into it
        raise ValueError(f'tallies are {OTHERS + 1} of "Q", not {len(tallies)} of "{tallies.typecode}"')
    verdicts = array("I", b"\0\0\0\0") * count if results is None else results
    if verdicts.typecode != "I" or len(verdicts) != count:
        raise ValueError(f'results are {count} of "I", not {len(verdicts)} of "{verdicts.typecode}"')
    if not count:
        return verdicts
    batch = Batch(program, items)
    try:
        if out is not None and batch.frame is not None:
            batch.put_into(out, count)
        done = 0
        while True:
            first, done = done, batch.run(where, sizes, verdicts, done)
            if tallies is not None:
                tally(verdicts, first, done, tallies)
            if done == count:
                return verdicts
            why = batch.why(done)
            if on_fault is None or not isinstance(why, Exception):
                raise why
            verdicts[done] = 0
            on_fault(done, why)
            done += 1
    finally:
        batch.close()


class Batch:
    """A machine of the engine's, its packet or context in the caller's buffer. Each item has a number of its own."""

    def __init__(self, program: VmProgram, items: bytearray) -> None:
        self.program = program
        self.native = program.compile()
        self.engine = program.engine
        self.machine: Machine = self.engine.take()
        self.kept = self.machine.packet, self.machine.context_block, self.machine.context_base
        self.of_packets = items_of(program.spec) == "packet"
        self.items = items
        # As long as this is there the buffer stays where it is.
        self.memory = ctypes.c_char.from_buffer(items or bytearray(1))
        self.address = ctypes.addressof(self.memory)
        machine = self.machine
        machine.begin(program, self.engine.task)
        layout = layout_of(program.spec.type, 0, program.spec.attach_type)
        machine.set_context(layout, b"")
        #: Items of the next call of machine code: as many as the last ones let hope for.
        self.at_once = _FIRST_TURN
        #: Where packets are put that may move.
        self.frame: Block | None = None
        self.out: Packets | None = None
        if self.of_packets:
            machine.set_field("ingress_ifindex" if layout.name == "xdp_md" else "ifindex", LOOPBACK)
            machine.packet = Packet(Block.of(items, self.address))
        self.context = machine.context_bytes()
        self.template = ctypes.create_string_buffer(self.context, max(1, len(self.context)))
        self.state = self.native.ready(program, machine, 0)
        self.state.batch = self
        if self.native.module.moves:
            self._make_frame(_FRAME_ROOM)
        self._put_nowhere()
        self.item = -1
        self.starts: array[int]
        self.lengths: array[int]

    def _make_frame(self, size: int) -> None:
        self.frame = Block(HEADROOM + size + TAILROOM)
        self.state.words[WORD["frame"]], self.state.words[WORD["frame_size"]] = self.frame.address, self.frame.size

    def _put_nowhere(self) -> None:
        for name in ("out", "out_size", "out_used", "out_starts", "out_lengths", "full", "held", "moved"):
            self.state.words[WORD[name]] = 0

    def put_into(self, out: Packets, count: int) -> None:
        """Has packets go to `out` after their runs, `count` of them."""
        self.out = out
        out.starts, out.lengths = array("Q", bytes(8)) * count, array("I", bytes(4)) * count
        out.data = bytearray(len(self.items) + 32 * count)
        out.used = 0
        words = self.state.words
        words[WORD["out_starts"]] = out.starts.buffer_info()[0]
        words[WORD["out_lengths"]] = out.lengths.buffer_info()[0]

    def _turn(self, starts: array[int], lengths: array[int], verdicts: array[int], first: int, count: int) -> int:
        """One call of machine code, for `count` items from `first` on: how many it got through."""
        words, out = self.state.words, self.out
        words[_FAULT] = 0
        memory = None
        if out is not None:
            memory = ctypes.c_char.from_buffer(out.data)  # so long it stays where it is
            words[WORD["out"]], words[WORD["out_size"]] = ctypes.addressof(memory), len(out.data)
            words[WORD["out_used"]] = out.used
        done = int(
            self.native.batch(
                self.state.address,
                self.address,
                len(self.items),
                starts.buffer_info()[0] + 8 * first,
                lengths.buffer_info()[0] + 4 * first,
                verdicts.buffer_info()[0] + 4 * first,
                count,
                self.engine.budget,
                ctypes.addressof(self.template),
                first,
            )
        )
        if out is not None:
            out.used = words[WORD["out_used"]]
        return done

    def run(self, starts: array[int], lengths: array[int], verdicts: array[int], first: int) -> int:
        """The number of the first item from `first` on that it did not get through; how many there are if none."""
        self.starts, self.lengths = starts, lengths
        count = len(starts)
        while first < count:
            asked = min(self.at_once, count - first)
            begin = perf_counter_ns()
            done = self._turn(starts, lengths, verdicts, first, asked)
            first += done
            if done < asked:
                if self.state.words[_FULL]:
                    self._add(first)
                    first += 1
                elif not self._longer(first):
                    return first
            elif (taken := perf_counter_ns() - begin) > _TURN:
                self.at_once = max(self.at_once // 2, 1)
            elif asked == self.at_once and taken < _TURN // 16:
                self.at_once *= 16
        return first

    def _longer(self, number: int) -> bool:
        """Makes the frame big enough for a packet, if that is what it wasn't."""
        start, size = self.place(number)
        fits = self.frame is None or HEADROOM + size + TAILROOM <= self.frame.size
        if fits or self.state.words[_FAULT] or start + size > len(self.items):
            return False
        self._make_frame(2 * size)
        return True

    def _add(self, number: int) -> None:
        """Puts a packet out for which there was no room any more, and makes room for others."""
        words, out = self.state.words, self.out
        assert out is not None
        words[_FULL] = 0
        start, _ = self.place(number)
        before = words[_PACKET + 2] if self.native.module.context.layout.name == "xdp_md" else 0
        packet = self.items[start : start + header_of(self.program.spec)] + ctypes.string_at(
            words[_PACKET] + before & M64, words[_PACKET + 1] - before & M64
        )
        out.data += bytes(len(packet) + len(out.data))
        out.data[out.used : out.used + len(packet)] = packet
        out.starts[number], out.lengths[number] = out.used, len(packet)
        out.used += len(packet)

    def place(self, number: int) -> tuple[int, int]:
        """An item's first byte in the buffer, and its length."""
        return self.starts[number], self.lengths[number]

    def catch_up(self) -> None:
        """Machine code, which goes from item to item by itself, calls back: makes the machine as it is before a run, if this is
        the item's first time."""
        words = self.state.words
        item = words[_ITEM]
        if item == self.item:
            return
        self.item = item
        machine = self.machine
        machine.end()
        machine.begin(self.program, self.engine.task)
        start, size = self.place(item)
        if not self.of_packets:
            layout = machine.layout = layout_of(self.program.spec.type, size, self.program.spec.attach_type)
            machine.context_block = Block.of(self.items, self.address + start, start, size)
            machine.context_base = self.address + start
            machine.context_end = machine.context_base + layout.size
            return
        packet = machine.packet
        if self.frame is not None:
            packet.block = self.frame
            packet.start, packet.limit = words[_START], words[_START + 1]
            words[_MOVED] |= MOVED
            return
        packet.data = packet.meta = words[_PACKET]
        packet.end = packet.limit = packet.data + words[_PACKET + 1]
        machine.network, machine.link = ETH_HLEN if self.program.spec.type in LINK_LEVEL else 0, ETH_HLEN
        machine.packet_moved()

    def why(self, number: int) -> BaseException:
        """Why it did not get through an item."""
        start, size = self.place(number)
        if self.state.words[_FAULT]:
            fault = self.native.fault(self.program, self.state)
            self.state.settle()
            self.machine.end()
            self.renew()
            return fault
        what = "packet" if self.of_packets else "context"
        if start + size > len(self.items):
            raise ValueError(f"{what} {number} ends at {start + size}, after the buffer's {len(self.items)} bytes")
        if self.of_packets:
            try:
                Input(self.program, bytes(self.items[start : start + size]), b"")
            except KernelError as error:
                return error
        name = self.program.spec.name
        return KernelError(EINVAL, f"run {name}", hint=f"a context of {len(self.context)} bytes is wanted, not {size}")

    def renew(self) -> None:
        """Makes the context what it is before a run."""
        if self.of_packets:
            self.machine.context_block.view[: len(self.context)] = self.context

    def close(self) -> None:
        machine = self.machine
        self.state.settle()
        self.state.batch = None
        machine.packet, machine.context_block, machine.context_base = self.kept
        self.engine.give(machine)
