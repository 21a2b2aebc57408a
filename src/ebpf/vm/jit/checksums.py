"""bpf_l3_csum_replace and bpf_l4_csum_replace as functions of the generated code, of the packet's first byte and its length: what
`ebpf.vm.helpers.checksum` does where nothing is wrong."""

from __future__ import annotations

from ebpf.uapi.flags import BPF_F_HDR_FIELD_MASK, BPF_F_MARK_ENFORCE, BPF_F_MARK_MANGLED_0
from ebpf.uapi.helpers import IDS
from ebpf.vm.helpers.checksum import L4_FLAGS
from ebpf.vm.jit.text import Text

REPLACERS = {IDS[name]: name for name in ("l3_csum_replace", "l4_csum_replace")}


def replacer(name: str) -> str:
    """The text of one of them: `@name(packet, length, r2 … r5)`."""
    l4 = name == "l4_csum_replace"
    t = Text(f"define internal i64 @{name}(ptr %packet, i64 %length, i64 %a2, i64 %a3, i64 %a4, i64 %a5) #0 {{")
    offset = t.low("%a2", 32)
    t.need(t.test("ule", "%a5", L4_FLAGS if l4 else BPF_F_HDR_FIELD_MASK))
    t.need(t.test("eq", t(f"and i64 {offset}, 1"), 0))
    t.need(t.test("ule", offset, 0xFFFF))
    t.need(t.test("ule", t(f"add i64 {offset}, 2"), "%length"))
    place = t(f"getelementptr inbounds i8, ptr %packet, i64 {offset}")
    sums = t(f"zext i16 {t(f'load i16, ptr {place}, align 1')} to i64")
    size = t(f"and i64 %a5, {BPF_F_HDR_FIELD_MASK}")
    whole, two, four = (t.test("eq", size, bytes_) for bytes_ in (0, 2, 4))
    sized = t(f"or i1 {two}, {four}")
    difference = t(f"and i1 {whole}, {t.test('eq', '%a3', 0)}")
    t.need(t(f"or i1 {sized}, {difference}"))
    mask = t(f"select i1 {two}, i64 {0xFFFF}, i64 {0xFFFFFFFF}")
    turned = t("xor i64 %a3, -1")
    old = t(f"select i1 {whole}, i64 0, i64 {t(f'and i64 {turned}, {mask}')}")
    new = t(f"and i64 %a4, {mask}")
    total = t(f"add i64 {_fold(t, old)}, {_fold(t, new)}")
    total = _fold(t, t(f"add i64 {total}, {t(f'xor i64 {sums}, {0xFFFF}')}"))
    value = t(f"xor i64 {total}, {0xFFFF}")
    if l4:
        # A UDP checksum of 0 is none, and stays; one that becomes 0 is written as its other 0.
        udp = t.test("ne", t(f"and i64 %a5, {BPF_F_MARK_MANGLED_0}"), 0)
        bare = t.test("eq", t(f"and i64 %a5, {BPF_F_MARK_MANGLED_0 | BPF_F_MARK_ENFORCE}"), BPF_F_MARK_MANGLED_0)
        none = t(f"and i1 {bare}, {t.test('eq', sums, 0)}")
        zero = t(f"and i1 {udp}, {t.test('eq', value, 0)}")
        value = t(f"select i1 {zero}, i64 {0xFFFF}, i64 {value}")
        value = t(f"select i1 {none}, i64 {sums}, i64 {value}")
    t.line(f"store i16 {t(f'trunc i64 {value} to i16')}, ptr {place}, align 1")
    return t.finished()


def _fold(t: Text, value: str) -> str:
    """A sum of less than 48 bits as 16 bits."""
    for _ in range(3):
        value = t(f"add i64 {t.low(value, 16)}, {t.shifted(value, 16)}")
    return value
