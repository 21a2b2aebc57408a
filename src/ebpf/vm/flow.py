"""One run of a flow dissector, as BPF_PROG_TEST_RUN makes it (net/bpf/test_run.c): the packet from its Ethernet header on goes
in, a `struct bpf_flow_keys` comes out as the data."""

from __future__ import annotations

import sys

from ebpf.uapi.contexts import context as context_of
from ebpf.uapi.ethernet import ETH_HLEN
from ebpf.vm.contexts import layout_of
from ebpf.vm.memory import Block, Region
from ebpf.vm.testrun import Input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

_KEYS = context_of("bpf_flow_keys")


class FlowInput(Input):
    """As `Input`, for programs whose context leads to flow keys. What may be set of them before is `flags`."""

    __slots__ = ("keys",)

    def __init__(self, program: VmProgram, data: bytes, context: bytes) -> None:
        self.layout = layout_of(program.spec.type, 0)
        self.data, self.context = bytes(data), bytes(context)
        if len(data) < ETH_HLEN:
            raise self._refuse(program, f"a packet of at least {ETH_HLEN} bytes is wanted, not {len(data)}")
        flags = _KEYS.field("flags")
        given = bytearray(context.ljust(_KEYS.size, b"\0"))
        given[flags.offset : flags.end] = bytes(4)
        if any(given):
            raise self._refuse(program, "of bpf_flow_keys only flags can be set")
        self.keys = Block(_KEYS.size)

    def _put(self, name: str, value: int, order: str = sys.byteorder) -> None:
        field = _KEYS.field(name)
        self.keys.view[field.offset : field.end] = value.to_bytes(field.size, order)  # type: ignore[arg-type]

    def _get(self, name: str) -> int:
        field = _KEYS.field(name)
        return int.from_bytes(self.keys.view[field.offset : field.end], sys.byteorder)

    def place(self, machine: Machine) -> None:
        machine.packet.fill(self.data, 0)
        machine.network = machine.link = ETH_HLEN
        self.keys.view[:] = bytes(_KEYS.size)
        self._put("n_proto", int.from_bytes(self.data[12:14], "big"), "big")
        self._put("nhoff", ETH_HLEN)
        self._put("thoff", ETH_HLEN)
        flags = _KEYS.field("flags")
        self._put("flags", int.from_bytes(self.context[flags.offset : flags.end], sys.byteorder))
        machine.set_context(self.layout, b"")
        machine.set_field("flow_keys", self.keys.address)
        machine.extra = [Region(self.keys.address, self.keys.view, name="bpf_flow_keys", writable=True)]

    def output(self, machine: Machine) -> tuple[bytes, bytes]:
        """The flow keys, whose offsets lie in the packet, and the context as it was given."""
        most = min(len(self.data), 0xFFFF)
        network = min(max(self._get("nhoff"), ETH_HLEN), most)
        self._put("nhoff", network)
        self._put("thoff", min(max(self._get("thoff"), network), most))
        return bytes(self.keys.view), self.context
