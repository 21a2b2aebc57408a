"""One run of a program on a packet and a context, as BPF_PROG_TEST_RUN makes it (net/bpf/test_run.c): what the context holds
before, what comes back after, what is refused."""

from __future__ import annotations

import sys
from errno import EINVAL

from ebpf.errors import KernelError
from ebpf.uapi.contexts import LINK_LEVEL
from ebpf.uapi.ethernet import ETH_HLEN, ETH_P_IP, ETH_P_IPV6
from ebpf.vm.contexts import layout_of, protocol_of, swapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.contexts import ContextLayout
    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

#: What a caller may set of a `__sk_buff`; all else must be 0.
_SKB_SETTABLE = [
    "mark",
    "priority",
    "ingress_ifindex",
    "ifindex",
    "cb",
    "tstamp",
    "wire_len",
    "gso_segs",
    "gso_size",
    "hwtstamp",
]
#: The interface that packets of a test run come from.
LOOPBACK = 1
_PACKET_HOST, _, _MULTICAST, _OTHERHOST = range(4)


class Input:
    """A checked input: `place` puts it into a machine, again for each repetition."""

    __slots__ = ("behind", "context", "data", "filled", "layout", "link", "meta", "network", "packet_type", "protocol")

    def __init__(self, program: VmProgram, data: bytes, context: bytes) -> None:
        type_ = program.spec.type
        self.layout: ContextLayout = layout_of(type_, len(context), program.spec.attach_type)
        self.data = bytes(data)
        self.context = bytes(context)
        self.meta = 0
        self.filled: bytes | None = None
        self.link = b""
        self.behind = b""
        self.network = 0
        self.packet_type = 0
        self.protocol = 0
        if self.layout.name == "xdp_md":
            self._xdp(program)
        elif self.layout.name == "__sk_buff":
            self._skb(program, link_level=type_ in LINK_LEVEL)
        elif data and not context:
            # Programs with no packet: `data` is their context.
            self.context = self.data
            self.layout = layout_of(type_, len(self.context), program.spec.attach_type)

    def _refuse(self, program: VmProgram, why: str) -> KernelError:
        return KernelError(EINVAL, f"run {program.spec.name}", hint=why)

    def _xdp(self, program: VmProgram) -> None:
        if self.context:
            words = memoryview(self.context.ljust(24, b"\0")[:24]).cast("I")
            begin, end, meta, _, queue, egress = words
            if (
                meta
                or end > len(self.data)
                or begin > end
                or begin & 3
                or begin > 255
                or egress
                or (queue and not words[3])
            ):
                raise self._refuse(program, "in xdp_md data is the metadata's length, data_end the data's, data_meta 0")
            self.meta = begin
            # What lies behind data_end would be in fragments, which programs reach by helpers only; here by none.
            self.data, self.behind = self.data[:end], self.data[end:]
        if len(self.data) - self.meta < ETH_HLEN:
            raise self._refuse(
                program, f"a packet of at least {ETH_HLEN} bytes is wanted, not {len(self.data) - self.meta}"
            )

    def _skb(self, program: VmProgram, *, link_level: bool) -> None:
        if len(self.data) < ETH_HLEN:
            raise self._refuse(program, f"a packet of at least {ETH_HLEN} bytes is wanted, not {len(self.data)}")
        if self.context:
            rest = bytearray(self.context)
            for name in _SKB_SETTABLE:
                at, size = self.layout.fields[name]
                rest[at : at + size] = bytes(len(rest[at : at + size]))
            if any(rest):
                raise self._refuse(program, f"of __sk_buff only these can be set: {', '.join(_SKB_SETTABLE)}")
            size = len(self.data) - (0 if link_level else ETH_HLEN)
            wire, segments = self._given("wire_len"), self._given("gso_segs")
            if (wire and not size <= wire <= 65536) or segments > 65535:
                raise self._refuse(
                    program, "wire_len is less than the packet or more than 65536, or gso_segs over 65535"
                )
        # As the loopback device sees it, whose own and broadcast addresses are all 0: ff:ff:… is a multicast to it.
        destination = self.data[:6]
        if destination[0] & 1:
            self.packet_type = _MULTICAST
        else:
            self.packet_type = _PACKET_HOST if destination == bytes(6) else _OTHERHOST
        type_ = protocol_of(self.data[12:14], self.data[14:16])
        self.protocol = swapped(type_)
        least = {ETH_P_IP: 20, ETH_P_IPV6: 40}.get(type_, 0)
        if len(self.data) - ETH_HLEN < least:
            raise self._refuse(program, f"an IP packet of at least {least} bytes is wanted")
        self.network = ETH_HLEN if link_level else 0
        if not link_level:
            self.link, self.data = self.data[:ETH_HLEN], self.data[ETH_HLEN:]

    def _given(self, name: str) -> int:
        at, size = self.layout.fields[name]
        return int.from_bytes(self.context[at : at + size], sys.byteorder)

    def place(self, machine: Machine) -> None:
        layout = self.layout
        if layout.has_packet:
            packet = machine.packet
            packet.fill(self.data, self.meta)
            if self.link:
                # It stands in front of what the program sees, where SKF_LL_OFF looks for it.
                at = packet.data - packet.block.address
                packet.block.view[at - len(self.link) : at] = self.link
            machine.network, machine.link = self.network, ETH_HLEN
        if self.filled is None:
            self.filled = self._filled()
        machine.set_context(layout, self.filled)

    def _filled(self) -> bytes:
        """The context with what the kernel fills in."""
        layout = self.layout
        values: dict[str, int] = {}
        if layout.name == "xdp_md":
            values = {"ingress_ifindex": self._given("ingress_ifindex") or LOOPBACK}
        elif layout.name == "__sk_buff":
            values = {
                "pkt_type": self.packet_type,
                "protocol": self.protocol,
                "ifindex": self._given("ifindex") or LOOPBACK,
            }
            if self.context:
                values["wire_len"] = self._given("wire_len") or len(self.data)
        if not values:
            return self.context
        whole = bytearray(self.context[: layout.size].ljust(layout.size, b"\0"))
        for name, value in values.items():
            at, size = layout.fields[name]
            whole[at : at + size] = value.to_bytes(size, sys.byteorder)
        return bytes(whole)

    def output(self, machine: Machine) -> tuple[bytes, bytes]:
        """Data and context after a run: of the context that was given, what the kernel writes back."""
        layout = self.layout
        context = bytearray(machine.context_bytes())
        if layout.name == "xdp_md":
            packet = machine.packet
            context[: len(self.context)] = self.context[: len(context)]
            for name, value in (("data", packet.data - packet.meta), ("data_end", packet.end - packet.meta)):
                at, size = layout.fields[name]
                context[at : at + size] = value.to_bytes(size, sys.byteorder)
            return packet.bytes(meta=True) + self.behind, bytes(context)
        if layout.name == "__sk_buff":
            after = bytearray(self.context.ljust(layout.size, b"\0"))
            for name in _SKB_SETTABLE:
                at, size = layout.fields[name]
                after[at : at + size] = context[at : at + size]
            # The link's header, which such a program doesn't see, comes back as zeros.
            return bytes(len(self.link)) + machine.packet.bytes(), bytes(after)
        return machine.packet.bytes() if layout.has_packet else self.data, bytes(context)
