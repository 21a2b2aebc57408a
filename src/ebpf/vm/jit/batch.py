"""One call of machine code for many packets, or for many contexts of a program that has no packet."""

from __future__ import annotations

import ctypes
from array import array

from ebpf.errors import KernelError
from ebpf.vm.contexts import layout_of
from ebpf.vm.jit.entry import items_of
from ebpf.vm.jit.scan import OTHERS, tally
from ebpf.vm.jit.state import FIELDS
from ebpf.vm.machine import ETH_HLEN, Packet
from ebpf.vm.memory import Block
from ebpf.vm.testrun import LOOPBACK, Input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

_FAULT, _ITEM, _PACKET = (FIELDS[name] // 8 for name in ("fault", "item", "packet"))


def can_batch(program: VmProgram) -> str:
    """Why a program can't run in batches; empty if it can."""
    if program.changes:
        slot = min(program.changes)
        return f"it calls {program.name_of_call(slot)} at instruction {slot}, which may move the packet, free memory or end it"
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
) -> array[int]:
    """Runs a program on many packets in one call: packet i is `lengths[i]` bytes at `starts[i]` of `items`, changed in place.
    For a program that has no packet (a tracepoint's, say) they are contexts. Gives r0 of each, 32 bits; in `results` ("I", one
    for each), if that is given.

    A fault, or the KernelError (EINVAL) for a packet that the kernel would refuse, is raised (those before it are done), or
    given to `on_fault` with the packet's number and the rest go on; r0 is then 0. `tallies` (OTHERS + 1 of "Q") counts the
    results of those that went well: 0 … OTHERS - 1 each by itself, all others together. Not for programs that move their packet
    (bpf_xdp_adjust_head): there is no room around it.
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
        done = 0
        while True:
            first, done = done, batch.run(where, sizes, verdicts, done)
            if tallies is not None:
                tally(verdicts, first, done, tallies)
            if done == count:
                return verdicts
            why = batch.why(done)
            if on_fault is None:
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
        if self.of_packets:
            machine.set_field("ingress_ifindex" if layout.name == "xdp_md" else "ifindex", LOOPBACK)
            machine.packet = Packet(Block.of(items, self.address))
        self.context = machine.context_bytes()
        self.template = ctypes.create_string_buffer(self.context, max(1, len(self.context)))
        self.state = self.native.ready(program, machine, 0)
        self.state.batch = self
        self.item = -1
        self.starts: array[int]
        self.lengths: array[int]

    def run(self, starts: array[int], lengths: array[int], verdicts: array[int], first: int) -> int:
        """The number of the first item from `first` on that it did not get through; how many there are if none."""
        self.starts, self.lengths = starts, lengths
        self.state.words[_FAULT] = 0
        return first + int(
            self.native.batch(
                self.state.address,
                self.address,
                len(self.items),
                starts.buffer_info()[0] + 8 * first,
                lengths.buffer_info()[0] + 4 * first,
                verdicts.buffer_info()[0] + 4 * first,
                len(starts) - first,
                self.engine.budget,
                ctypes.addressof(self.template),
                first,
            )
        )

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
        packet.data = packet.meta = words[_PACKET]
        packet.end = packet.limit = packet.data + words[_PACKET + 1]
        machine.packet_moved()
        if machine.layout is not None and machine.layout.name == "__sk_buff":
            given = Input(self.program, bytes(self.items[start : start + size]), b"")
            machine.network, machine.link = given.network, ETH_HLEN
            machine.set_field("protocol", given.protocol)
            machine.set_field("pkt_type", given.packet_type)

    def why(self, number: int) -> BaseException:
        """Why it did not get through an item."""
        start, size = self.place(number)
        if self.state.words[_FAULT]:
            fault = self.native.fault(self.program, self.state)
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
        return KernelError(22, f"run {name}", hint=f"a context of {len(self.context)} bytes is wanted, not {size}")

    def renew(self) -> None:
        """Makes the context what it is before a run."""
        if self.of_packets:
            self.machine.context_block.view[: len(self.context)] = self.context

    def close(self) -> None:
        machine = self.machine
        self.state.batch = None
        machine.packet, machine.context_block, machine.context_base = self.kept
        self.engine.give(machine)
