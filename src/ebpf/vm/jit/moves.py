"""Helpers of packets as functions of the generated code: what reads and writes a packet, and what moves it.

They do what `ebpf.vm.helpers.packet` and `checksum` do where that goes well, on the same memory; where it doesn't, or is rare
(an errno, metadata in front, a tag under a tag, no room), they give SLOW and have done nothing, and the helper does it. What
moves the packet works on the state (`packet`, `length`, `meta`, `start`, `limit`), which Python takes over before it does
anything (`NativeState.settle`).
"""

from __future__ import annotations

import sys

from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.helpers.packet import SKB_MOST, XDP_FRAME
from ebpf.vm.jit.state import FIELDS, MOVED, UNCHECKED
from ebpf.vm.jit.updates import SLOW
from ebpf.vm.machine import ETH_HLEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.spec import ProgramSpec
    from ebpf.vm.contexts import ContextLayout
    from ebpf.vm.jit.builder import Value

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


_IP, _IPV6, _8021Q, _8021AD = (_in_memory(type_) for type_ in (0x0800, 0x86DD, 0x8100, 0x88A8))


class Text:
    """The lines of one function: `slow` where a condition doesn't hold."""

    def __init__(self, layout: ContextLayout, head: str) -> None:
        self.layout = layout
        self.lines = [head, "entry:"]
        self.count = 0

    def __call__(self, text: str) -> str:
        self.count += 1
        self.lines.append(f"  %t{self.count} = {text}")
        return f"%t{self.count}"

    def line(self, text: str) -> None:
        self.lines.append("  " + text)

    def label(self, name: str) -> None:
        self.lines.append(f"{name}:")

    def new_label(self) -> str:
        self.count += 1
        return f"l{self.count}"

    def need(self, condition: str) -> None:
        """Goes on if it holds; else the helper does it all."""
        good = self.new_label()
        self.line(f"br i1 {condition}, label %{good}, label %slow, !prof !2")
        self.label(good)

    def test(self, predicate: str, left: Value, right: Value) -> str:
        return self(f"icmp {predicate} i64 {left}, {right}")

    def get(self, field: str) -> str:
        return self(f"load i64, ptr {self(f'getelementptr inbounds i8, ptr %m, i64 {FIELDS[field]}')}")

    def put(self, field: str, value: Value) -> None:
        self.line(f"store i64 {value}, ptr {self(f'getelementptr inbounds i8, ptr %m, i64 {FIELDS[field]}')}")

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

    def signed32(self, value: str) -> str:
        return self(f"sext i32 {self(f'trunc i64 {value} to i32')} to i64")

    def low(self, value: str, bits: int) -> str:
        return self(f"and i64 {value}, {(1 << bits) - 1}")

    def shifted(self, value: str, by: int) -> str:
        return self(f"lshr i64 {value}, {by}")

    def at(self, place: str, offset: int) -> str:
        return self(f"getelementptr i8, ptr {place}, i64 {offset}")

    def pointer(self, address: str) -> str:
        return self(f"inttoptr i64 {address} to ptr")

    def clear(self, address: str, size: str) -> None:
        self.line(f"call void @llvm.memset.p0.i64(ptr {self.pointer(address)}, i8 0, i64 {size}, i1 false)")

    def move(self, to: str, address: str, size: Value) -> None:
        target, source = self.pointer(to), self.pointer(address)
        self.line(f"call void @llvm.memmove.p0.p0.i64(ptr {target}, ptr {source}, i64 {size}, i1 false)")

    def fold(self, value: str) -> str:
        """A sum of less than 48 bits as 16 bits."""
        for _ in range(3):
            value = self(f"add i64 {self.low(value, 16)}, {self(f'lshr i64 {value}, 16')}")
        return value

    def moved(self, data: str, length: str) -> None:
        """Says where the packet is now, and how long."""
        self.put("packet", data)
        self.put("length", length)
        self.set_moved(MOVED)
        if self.layout.length >= 0:
            self.set_context("len", length)

    def set_moved(self, what: Value) -> None:
        self.put("moved", self(f"or i64 {self.get('moved')}, {what}"))

    def finished(self) -> str:
        return "\n".join([*self.lines, "  ret i64 0", "slow:", f"  ret i64 {SLOW}", "}"])

    # -- what several of them do

    def push(self, at: Value, size: str) -> None:
        """Opens a gap of `size` zero bytes at offset `at`, by moving what is before it to the front."""
        data, length = self.get("packet"), self.get("length")
        first = self(f"sub i64 {data}, {size}")
        front = self(f"add i64 {first}, {self.get('meta')}")
        self.need(self.test("sge", front, self.get("start")))
        self.need(self.test("ule", at, length))
        self.move(first, data, at)
        self.clear(self(f"add i64 {first}, {at}"), size)
        self.put("meta", 0)
        self.moved(first, self(f"add i64 {length}, {size}"))

    def pull(self, at: Value, size: Value) -> None:
        """Takes `size` bytes at offset `at` out."""
        data, length = self.get("packet"), self.get("length")
        self.need(self.test("ule", self(f"add i64 {at}, {size}"), length))
        first = self(f"add i64 {data}, {size}")
        self.move(first, data, at)
        self.put("meta", 0)
        self.moved(first, self(f"sub i64 {length}, {size}"))

    def when(self, condition: str, then: Callable[[], None]) -> None:
        yes, no = self.new_label(), self.new_label()
        self.line(f"br i1 {condition}, label %{yes}, label %{no}")
        self.label(yes)
        then()
        self.line(f"br label %{no}")
        self.label(no)


# -- XDP


def _adjust_head(t: Text) -> None:
    delta, data, length = t.signed32("%a2"), t.get("packet"), t.get("length")
    t.need(t.test("eq", t.get("meta"), 0))
    first = t(f"add i64 {data}, {delta}")
    t.need(t.test("sge", first, t(f"add i64 {t.get('start')}, {XDP_FRAME}")))
    left = t(f"sub i64 {length}, {delta}")
    t.need(t.test("sge", left, ETH_HLEN))
    t.moved(first, left)


def _adjust_meta(t: Text) -> None:
    meta = t(f"add i64 {t.get('meta')}, {t.signed32('%a2')}")
    first = t(f"add i64 {t.get('packet')}, {meta}")
    t.need(t.test("sge", first, t(f"add i64 {t.get('start')}, {XDP_FRAME}")))
    size = t(f"sub i64 0, {meta}")
    t.need(t.test("ule", size, 255))
    t.need(t.test("eq", t(f"and i64 {size}, 3"), 0))
    t.put("meta", meta)
    t.set_moved(MOVED)


def _adjust_tail(t: Text) -> None:
    delta, data, length = t.signed32("%a2"), t.get("packet"), t.get("length")
    left = t(f"add i64 {length}, {delta}")
    t.need(t.test("sge", left, ETH_HLEN))
    t.need(t.test("sle", t(f"add i64 {data}, {left}"), t.get("limit")))
    t.when(t.test("sgt", delta, 0), lambda: t.clear(t(f"add i64 {data}, {length}"), delta))
    t.moved(data, left)


# -- sk_buff


def _change_tail(t: Text) -> None:
    size, data, length = t.low("%a2", 32), t.get("packet"), t.get("length")
    t.need(t.test("eq", "%a3", 0))
    t.need(t.test("ule", size, SKB_MOST))
    t.need(t.test("uge", size, t.get("network")))
    t.need(t.test("sle", t(f"add i64 {data}, {size}"), t.get("limit")))
    grows = t(f"sub i64 {size}, {length}")
    t.when(t.test("sgt", grows, 0), lambda: t.clear(t(f"add i64 {data}, {length}"), grows))
    t.moved(data, size)


def _change_head(t: Text) -> None:
    size = t.low("%a2", 32)
    t.need(t.test("eq", "%a3", 0))
    t.need(t.test("ule", t(f"add i64 {size}, {t.get('length')}"), SKB_MOST))
    t.push(0, size)
    network = t(f"add i64 {t.get('network')}, {size}")
    t.put("network", network)
    t.put("link", network)


def _change_proto(t: Text) -> None:
    wanted, network = t.low("%a2", 16), t.get("network")
    now = t.low(t.context("protocol"), 16)
    t.need(t.test("eq", "%a3", 0))
    up = t(f"and i1 {t.test('eq', now, _IP)}, {t.test('eq', wanted, _IPV6)}")
    down = t(f"and i1 {t.test('eq', now, _IPV6)}, {t.test('eq', wanted, _IP)}")
    t.need(t(f"or i1 {up}, {down}"))
    t.when(up, lambda: t.push(network, "20"))
    t.when(down, lambda: t.pull(network, 20))
    t.set_context("protocol", wanted)


def _adjust_room(t: Text) -> None:
    delta, mode, length, network = t.signed32("%a2"), t.low("%a3", 32), t.get("length"), t.get("network")
    now = t.context("protocol")
    ip, ipv6 = t.test("eq", now, _IP), t.test("eq", now, _IPV6)
    t.need(t.test("eq", t(f"and i64 %a4, {0x00FFFFFFFFFFFE00}"), 0))
    t.need(t.test("ule", t(f"add i64 {delta}, 4095"), 8190))
    t.need(t(f"or i1 {ip}, {ipv6}"))
    t.need(t.test("ule", mode, 1))
    header = t(f"select i1 {ip}, i64 20, i64 40")
    decap = t("and i64 %a4, 384")
    t.need(t.test("ne", decap, 384))
    in_net = t(f"select i1 {t.test('eq', mode, 0)}, i64 {header}, i64 0")
    at = t(f"add i64 {network}, {in_net}")
    shrink, grow = t.new_label(), t.new_label()
    t.line(f"br i1 {t.test('slt', delta, 0)}, label %{shrink}, label %{grow}")
    done = t.new_label()
    t.label(shrink)
    size = t(f"sub i64 0, {delta}")
    left = t(f"sub i64 {t(f'sub i64 {length}, {network}')}, {size}")
    of_other = t(f"select i1 {t.test('eq', decap, 128)}, i64 20, i64 40")
    least = t(f"select i1 {t.test('eq', decap, 0)}, i64 {header}, i64 {of_other}")
    t.need(t.test("sge", left, least))
    t.need(t.test("eq", t("and i64 %a4, 30"), 0))
    t.pull(at, size)
    inner = t(f"select i1 {t.test('eq', decap, 128)}, i64 {_IP}, i64 {_IPV6}")
    t.when(t.test("ne", decap, 0), lambda: t.set_context("protocol", inner))
    t.line(f"br label %{done}")
    t.label(grow)
    t.need(t.test("eq", decap, 0))
    t.need(t.test("ule", t(f"add i64 {length}, {delta}"), SKB_MOST))
    t.push(at, delta)
    outer = t(f"select i1 {t.test('ne', t('and i64 %a4, 2'), 0)}, i64 {_IP}, i64 {_IPV6}")
    t.when(t.test("ne", t("and i64 %a4, 6"), 0), lambda: t.set_context("protocol", outer))
    t.line(f"br label %{done}")
    t.label(done)
    t.set_moved(t(f"select i1 {t.test('eq', t('and i64 %a4, 32'), 0)}, i64 {UNCHECKED}, i64 0"))


def _set_tag(t: Text, present: int, proto: Value, tci: Value) -> None:
    t.set_context("vlan_present", present)
    t.set_context("vlan_tci", tci)
    t.set_context("vlan_proto", proto)


def _is_tag(t: Text, proto: str) -> str:
    return t(f"or i1 {t.test('eq', proto, _8021Q)}, {t.test('eq', proto, _8021AD)}")


def _vlan_push(t: Text) -> None:
    proto = t.low("%a2", 16)
    t.need(t.test("eq", t.context("vlan_present"), 0))
    _set_tag(t, 1, t(f"select i1 {_is_tag(t, proto)}, i64 {proto}, i64 {_8021Q}"), t.low("%a3", 16))


def _vlan_pop(t: Text) -> None:
    now = t.low(t.context("protocol"), 16)
    inside = _is_tag(t, now)
    there = t.test("ne", t.context("vlan_present"), 0)
    t.need(t(f"xor i1 {t(f'and i1 {there}, {inside}')}, true"))  # a tag under the tag

    def out_of_packet() -> None:
        t.need(t.test("uge", t.get("length"), 20))
        place = t.pointer(t(f"add i64 {t.get('packet')}, 16"))
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
    text = Text(layout, f"define internal i64 @{name}(ptr %m, ptr %context{arguments}) #0 {{")
    emit(text)
    return name, text.finished(), count


# -- what leaves the packet where it is: functions of the packet's first byte and its length


def _replace(t: Text, *, l4: bool) -> None:
    """bpf_l3_csum_replace, bpf_l4_csum_replace."""
    offset = t.low("%a2", 32)
    t.need(t.test("ule", "%a5", 0xFF if l4 else 0xF))
    t.need(t.test("eq", t(f"and i64 {offset}, 1"), 0))
    t.need(t.test("ule", offset, 0xFFFF))
    t.need(t.test("ule", t(f"add i64 {offset}, 2"), "%length"))
    place = t(f"getelementptr inbounds i8, ptr %packet, i64 {offset}")
    sums = t(f"zext i16 {t(f'load i16, ptr {place}, align 1')} to i64")
    size = t("and i64 %a5, 15")
    whole, two, four = (t.test("eq", size, bytes_) for bytes_ in (0, 2, 4))
    sized = t(f"or i1 {two}, {four}")
    difference = t(f"and i1 {whole}, {t.test('eq', '%a3', 0)}")
    t.need(t(f"or i1 {sized}, {difference}"))
    mask = t(f"select i1 {two}, i64 {0xFFFF}, i64 {0xFFFFFFFF}")
    turned = t("xor i64 %a3, -1")
    old = t(f"select i1 {whole}, i64 0, i64 {t(f'and i64 {turned}, {mask}')}")
    new = t(f"and i64 %a4, {mask}")
    total = t(f"add i64 {t.fold(old)}, {t.fold(new)}")
    total = t.fold(t(f"add i64 {total}, {t(f'xor i64 {sums}, {0xFFFF}')}"))
    value = t(f"xor i64 {total}, {0xFFFF}")
    if l4:
        # A UDP checksum of 0 is none, and stays; one that becomes 0 is written as its other 0.
        udp = t.test("ne", t("and i64 %a5, 32"), 0)
        bare = t.test("eq", t("and i64 %a5, 96"), 32)
        none = t(f"and i1 {bare}, {t.test('eq', sums, 0)}")
        zero = t(f"and i1 {udp}, {t.test('eq', value, 0)}")
        value = t(f"select i1 {zero}, i64 {0xFFFF}, i64 {value}")
        value = t(f"select i1 {none}, i64 {sums}, i64 {value}")
    t.line(f"store i16 {t(f'trunc i64 {value} to i16')}, ptr {place}, align 1")


def replace(layout: ContextLayout, name: str) -> str:
    text = Text(
        layout, f"define internal i64 @{name}(ptr %packet, i64 %length, i64 %a2, i64 %a3, i64 %a4, i64 %a5) #0 {{"
    )
    _replace(text, l4=name == "l4_csum_replace")
    return text.finished()


REPLACERS = {IDS[name]: name for name in ("l3_csum_replace", "l4_csum_replace")}
LOADERS = {IDS[name]: name for name in ("skb_load_bytes", "xdp_load_bytes", "skb_load_bytes_relative")}
STORERS = {IDS[name]: name for name in ("skb_store_bytes", "xdp_store_bytes")}
PULL_DATA, BUFF_LEN, CSUM_DIFF = IDS["skb_pull_data"], IDS["xdp_get_buff_len"], IDS["csum_diff"]
