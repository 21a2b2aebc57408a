"""The helpers that move a packet or change its context, as functions of the generated code.

They do what `ebpf.vm.helpers.packet` does where that goes well, on the same memory; where it doesn't, or is rare (an errno,
metadata in front, a tag under a tag, no room), they give SLOW and have done nothing, and the helper does it. They work on the
state (`packet`, `length`, `meta`, `start`, `limit`), which Python takes over before it does anything (`NativeState.settle`).
"""

from __future__ import annotations

import sys

from ebpf.uapi.ethernet import ETH_HLEN, ETH_P_8021AD, ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6
from ebpf.uapi.flags import (
    BPF_F_ADJ_ROOM_DECAP_L3_IPV4,
    BPF_F_ADJ_ROOM_ENCAP_L3_IPV4,
    BPF_F_ADJ_ROOM_NO_CSUM_RESET,
)
from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.arithmetic import M64
from ebpf.vm.helpers.packet import DECAP_L3, ENCAP, ENCAP_L3, ROOM_FLAGS, SKB_MOST, XDP_FRAME
from ebpf.vm.jit.state import MOVED, UNCHECKED
from ebpf.vm.jit.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec
    from ebpf.vm.contexts import ContextLayout
    from ebpf.vm.jit.lines import Value

TAIL_CALL = IDS["tail_call"]
#: The helpers after which a packet may lie elsewhere, or be longer or shorter.
MOVERS = frozenset(
    IDS[name]
    for name in (
        "xdp_adjust_head", "xdp_adjust_meta", "xdp_adjust_tail", "skb_change_tail", "skb_change_head", "skb_change_proto",
        "skb_adjust_room", "skb_vlan_push", "skb_vlan_pop", "tail_call",
    )
)  # fmt: skip


def _in_memory(type_: int) -> int:
    """An EtherType as `__sk_buff` has it: in the network's order."""
    return int.from_bytes(type_.to_bytes(2, "big"), sys.byteorder)


_IP, _IPV6, _8021Q, _8021AD = (_in_memory(type_) for type_ in (ETH_P_IP, ETH_P_IPV6, ETH_P_8021Q, ETH_P_8021AD))


class _Packet(Text):
    """A function that moves the packet or changes the context."""

    def __init__(self, layout: ContextLayout, head: str) -> None:
        super().__init__(head)
        self.layout = layout

    def _field(self, name: str) -> tuple[str, int]:
        at, size = self.layout.fields[name]
        return self(f"getelementptr inbounds i8, ptr %context, i64 {at}"), 8 * size

    def context(self, name: str) -> str:
        place, bits = self._field(name)
        return self(f"zext i{bits} {self(f'load i{bits}, ptr {place}')} to i64")

    def set_context(self, name: str, value: Value) -> None:
        place, bits = self._field(name)
        if not isinstance(value, int):
            value = self(f"trunc i64 {value} to i{bits}")
        self.line(f"store i{bits} {value}, ptr {place}")

    def moved(self, data: str, length: str) -> None:
        """Says where the packet is now, and how long."""
        self.store_field("packet", data)
        self.store_field("length", length)
        self.set_moved(MOVED)
        if self.layout.length >= 0:
            self.set_context("len", length)

    def set_moved(self, what: Value) -> None:
        self.store_field("moved", self(f"or i64 {self.load_field('moved')}, {what}"))

    def push(self, at: Value, size: str) -> None:
        """Opens a gap of `size` zero bytes at offset `at`, by moving what is before it to the front."""
        data, length = self.load_field("packet"), self.load_field("length")
        first = self(f"sub i64 {data}, {size}")
        front = self(f"add i64 {first}, {self.load_field('meta')}")
        self.need(self.test("sge", front, self.load_field("start")))
        self.need(self.test("ule", at, length))
        self.move(first, data, at)
        self.clear(self(f"add i64 {first}, {at}"), size)
        self.store_field("meta", 0)
        self.moved(first, self(f"add i64 {length}, {size}"))

    def pull(self, at: Value, size: Value) -> None:
        """Takes `size` bytes at offset `at` out."""
        data, length = self.load_field("packet"), self.load_field("length")
        self.need(self.test("ule", self(f"add i64 {at}, {size}"), length))
        first = self(f"add i64 {data}, {size}")
        self.move(first, data, at)
        self.store_field("meta", 0)
        self.moved(first, self(f"sub i64 {length}, {size}"))


# -- XDP


def _adjust_head(t: _Packet) -> None:
    delta, data, length = t.signed32("%a2"), t.load_field("packet"), t.load_field("length")
    t.need(t.test("eq", t.load_field("meta"), 0))
    first = t(f"add i64 {data}, {delta}")
    t.need(t.test("sge", first, t(f"add i64 {t.load_field('start')}, {XDP_FRAME}")))
    left = t(f"sub i64 {length}, {delta}")
    t.need(t.test("sge", left, ETH_HLEN))
    t.moved(first, left)


def _adjust_meta(t: _Packet) -> None:
    meta = t(f"add i64 {t.load_field('meta')}, {t.signed32('%a2')}")
    first = t(f"add i64 {t.load_field('packet')}, {meta}")
    t.need(t.test("sge", first, t(f"add i64 {t.load_field('start')}, {XDP_FRAME}")))
    size = t(f"sub i64 0, {meta}")
    t.need(t.test("ule", size, 255))
    t.need(t.test("eq", t(f"and i64 {size}, 3"), 0))
    t.store_field("meta", meta)
    t.set_moved(MOVED)


def _adjust_tail(t: _Packet) -> None:
    delta, data, length = t.signed32("%a2"), t.load_field("packet"), t.load_field("length")
    left = t(f"add i64 {length}, {delta}")
    t.need(t.test("sge", left, ETH_HLEN))
    t.need(t.test("sle", t(f"add i64 {data}, {left}"), t.load_field("limit")))
    t.when(t.test("sgt", delta, 0), lambda: t.clear(t(f"add i64 {data}, {length}"), delta))
    t.moved(data, left)


# -- sk_buff


def _change_tail(t: _Packet) -> None:
    size, data, length = t.low("%a2", 32), t.load_field("packet"), t.load_field("length")
    t.need(t.test("eq", "%a3", 0))
    t.need(t.test("ule", size, SKB_MOST))
    t.need(t.test("uge", size, t.load_field("network")))
    t.need(t.test("sle", t(f"add i64 {data}, {size}"), t.load_field("limit")))
    grows = t(f"sub i64 {size}, {length}")
    t.when(t.test("sgt", grows, 0), lambda: t.clear(t(f"add i64 {data}, {length}"), grows))
    t.moved(data, size)


def _change_head(t: _Packet) -> None:
    size = t.low("%a2", 32)
    t.need(t.test("eq", "%a3", 0))
    t.need(t.test("ule", t(f"add i64 {size}, {t.load_field('length')}"), SKB_MOST))
    t.push(0, size)
    network = t(f"add i64 {t.load_field('network')}, {size}")
    t.store_field("network", network)
    t.store_field("link", network)


def _change_proto(t: _Packet) -> None:
    wanted, network = t.low("%a2", 16), t.load_field("network")
    now = t.low(t.context("protocol"), 16)
    t.need(t.test("eq", "%a3", 0))
    up = t(f"and i1 {t.test('eq', now, _IP)}, {t.test('eq', wanted, _IPV6)}")
    down = t(f"and i1 {t.test('eq', now, _IPV6)}, {t.test('eq', wanted, _IP)}")
    t.need(t(f"or i1 {up}, {down}"))
    t.when(up, lambda: t.push(network, "20"))
    t.when(down, lambda: t.pull(network, 20))
    t.set_context("protocol", wanted)


def _adjust_room(t: _Packet) -> None:
    delta, mode, length, network = t.signed32("%a2"), t.low("%a3", 32), t.load_field("length"), t.load_field("network")
    now = t.context("protocol")
    ip, ipv6 = t.test("eq", now, _IP), t.test("eq", now, _IPV6)
    t.need(t.test("eq", t(f"and i64 %a4, {M64 & ~ROOM_FLAGS}"), 0))
    t.need(t.test("ule", t(f"add i64 {delta}, 4095"), 8190))
    t.need(t(f"or i1 {ip}, {ipv6}"))
    t.need(t.test("ule", mode, 1))
    header = t(f"select i1 {ip}, i64 20, i64 40")
    decap = t(f"and i64 %a4, {DECAP_L3}")
    t.need(t.test("ne", decap, DECAP_L3))
    to_ip = t.test("eq", decap, BPF_F_ADJ_ROOM_DECAP_L3_IPV4)
    in_net = t(f"select i1 {t.test('eq', mode, 0)}, i64 {header}, i64 0")
    at = t(f"add i64 {network}, {in_net}")
    shrink, grow = t.new_label(), t.new_label()
    t.line(f"br i1 {t.test('slt', delta, 0)}, label %{shrink}, label %{grow}")
    done = t.new_label()
    t.label(shrink)
    size = t(f"sub i64 0, {delta}")
    left = t(f"sub i64 {t(f'sub i64 {length}, {network}')}, {size}")
    of_other = t(f"select i1 {to_ip}, i64 20, i64 40")
    least = t(f"select i1 {t.test('eq', decap, 0)}, i64 {header}, i64 {of_other}")
    t.need(t.test("sge", left, least))
    t.need(t.test("eq", t(f"and i64 %a4, {ENCAP}"), 0))
    t.pull(at, size)
    inner = t(f"select i1 {to_ip}, i64 {_IP}, i64 {_IPV6}")
    t.when(t.test("ne", decap, 0), lambda: t.set_context("protocol", inner))
    t.line(f"br label %{done}")
    t.label(grow)
    t.need(t.test("eq", decap, 0))
    t.need(t.test("ule", t(f"add i64 {length}, {delta}"), SKB_MOST))
    t.push(at, delta)
    in_ip = t.test("ne", t(f"and i64 %a4, {BPF_F_ADJ_ROOM_ENCAP_L3_IPV4}"), 0)
    outer = t(f"select i1 {in_ip}, i64 {_IP}, i64 {_IPV6}")
    t.when(t.test("ne", t(f"and i64 %a4, {ENCAP_L3}"), 0), lambda: t.set_context("protocol", outer))
    t.line(f"br label %{done}")
    t.label(done)
    keeps = t(f"and i64 %a4, {BPF_F_ADJ_ROOM_NO_CSUM_RESET}")
    t.set_moved(t(f"select i1 {t.test('eq', keeps, 0)}, i64 {UNCHECKED}, i64 0"))


def _set_tag(t: _Packet, present: int, proto: Value, tci: Value) -> None:
    t.set_context("vlan_present", present)
    t.set_context("vlan_tci", tci)
    t.set_context("vlan_proto", proto)


def _is_tag(t: _Packet, proto: str) -> str:
    return t(f"or i1 {t.test('eq', proto, _8021Q)}, {t.test('eq', proto, _8021AD)}")


def _vlan_push(t: _Packet) -> None:
    proto = t.low("%a2", 16)
    t.need(t.test("eq", t.context("vlan_present"), 0))
    _set_tag(t, 1, t(f"select i1 {_is_tag(t, proto)}, i64 {proto}, i64 {_8021Q}"), t.low("%a3", 16))


def _vlan_pop(t: _Packet) -> None:
    now = t.low(t.context("protocol"), 16)
    inside = _is_tag(t, now)
    there = t.test("ne", t.context("vlan_present"), 0)
    t.need(t(f"xor i1 {t(f'and i1 {there}, {inside}')}, true"))  # a tag under the tag

    def out_of_packet() -> None:
        t.need(t.test("uge", t.load_field("length"), 20))
        place = t.pointer(t(f"add i64 {t.load_field('packet')}, 16"))
        proto = t(f"zext i16 {t(f'load i16, ptr {place}, align 1')} to i64")
        t.need(t(f"xor i1 {_is_tag(t, proto)}, true"))
        # A length is in the place of a type: the helper looks further.
        high = t.low(proto, 8) if sys.byteorder == "little" else t(f"lshr i64 {proto}, 8")
        t.need(t.test("uge", high, 6))
        t.pull(12, 4)
        t.set_context("protocol", proto)

    t.when(inside, out_of_packet)
    t.when(there, lambda: _set_tag(t, 0, 0, 0))


#: Helper → what emits it, and the arguments that it takes. All of them move the packet or change the context.
_XDP = {
    "xdp_adjust_head": (_adjust_head, 1),
    "xdp_adjust_meta": (_adjust_meta, 1),
    "xdp_adjust_tail": (_adjust_tail, 1),
}
_SKB = {
    "skb_change_tail": (_change_tail, 2),
    "skb_change_head": (_change_head, 2),
    "skb_change_proto": (_change_proto, 2),
    "skb_adjust_room": (_adjust_room, 3),
    "skb_vlan_push": (_vlan_push, 2),
    "skb_vlan_pop": (_vlan_pop, 0),
}
_ON_STATE = {
    "xdp_md": {IDS[name]: (name, *row) for name, row in _XDP.items()},
    "__sk_buff": {IDS[name]: (name, *row) for name, row in _SKB.items()},
}


def mover(spec: ProgramSpec, layout: ContextLayout, number: int) -> tuple[str, str, int] | None:
    """The name, the text and the arguments (r2 and on) of the function that a helper is, `@name(state, context, …)`; None if it
    is none of these."""
    found = _ON_STATE.get(layout.name, {}).get(number)
    if found is None or spec.type == ProgType.FLOW_DISSECTOR:
        return None
    name, emit, count = found
    arguments = "".join(f", i64 %a{reg}" for reg in range(2, 2 + count))
    text = _Packet(layout, f"define internal i64 @{name}(ptr %m, ptr %context{arguments}) #0 {{")
    emit(text)
    return name, text.finished(), count
