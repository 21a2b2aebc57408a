"""Lookups of prefixes as generated code: a function for each trie, on the index that `ebpf.vm.maps.prefixes` makes."""

from __future__ import annotations

from ebpf.vm.maps.hash import MULTIPLIER
from ebpf.vm.maps.prefixes import INDEX_AT, LENGTHS_AT, MAX_DATA
from ebpf.vm.maps.trie import PrefixTrie

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.maps.base import VmMap

#: What the function gives where there is no index.
STALE = -1

_TEXT = """\
define internal i64 @prefix{number}(ptr %map, ptr %key) noinline #0 {{
start:
  %index_at = getelementptr inbounds i8, ptr %map, i64 {index_at}
  %index = load ptr, ptr %index_at
  %none = icmp eq ptr %index, null
  br i1 %none, label %stale, label %begin
stale:
  ret i64 {stale}
begin:
  %limit_is = load i32, ptr %key, align 1
  %limit = zext i32 %limit_is to i64
{load}
  %count = load i64, ptr %index
  %mask_at = getelementptr inbounds i8, ptr %index, i64 8
  %mask = load i64, ptr %mask_at
  %table_at = getelementptr inbounds i8, ptr %index, i64 16
  %table = load ptr, ptr %table_at
  %rows = getelementptr inbounds i8, ptr %index, i64 {lengths_at}
  %good = icmp ule i64 %limit, {bits}
  br i1 %good, label %lengths, label %nothing
lengths:
  %i = phi i64 [ 0, %begin ], [ %following, %next ]
  %more = icmp ult i64 %i, %count
  br i1 %more, label %one, label %nothing
one:
  %row_at = mul nuw nsw i64 %i, {row}
  %row = getelementptr inbounds i8, ptr %rows, i64 %row_at
  %length = load i64, ptr %row
  %within = icmp ule i64 %length, %limit
  br i1 %within, label %probe, label %next
probe:
{hash}
  %first = and i64 %h{width}, %mask
  %wanted = add i64 %length, 1
  br label %look
look:
  %place = phi i64 [ %first, %probe ], [ %wrapped, %again ]
  %entry_at = mul nuw nsw i64 %place, {entry}
  %entry = getelementptr inbounds i8, ptr %table, i64 %entry_at
  %has_at = getelementptr inbounds i8, ptr %entry, i64 {length_at}
  %has = load i64, ptr %has_at
  %empty = icmp eq i64 %has, 0
  br i1 %empty, label %next, label %compare
compare:
  %alike = icmp eq i64 %has, %wanted
{compare}
  br i1 %same{width}, label %found, label %again
again:
  %after = add i64 %place, 1
  %wrapped = and i64 %after, %mask
  br label %look
next:
  %following = add nuw nsw i64 %i, 1
  br label %lengths
found:
  %value_at = getelementptr inbounds i8, ptr %entry, i64 {value_at}
  %value = load i64, ptr %value_at
  ret i64 %value
nothing:
  ret i64 0
}}
"""


def function_of(map_: VmMap, number: int) -> str:
    """The text of `@prefix<number>(header, key)`, which gives a value's address, 0 or STALE; empty where only the helper can."""
    if not isinstance(map_, PrefixTrie) or map_.key_size - 4 > MAX_DATA:
        return ""
    size = map_.key_size - 4
    width = -(-size // 8)
    load, hash_, compare = [], [], []
    for n in range(width):
        left = min(8, size - 8 * n)
        load += [
            f"  %word{n}_at = getelementptr inbounds i8, ptr %key, i64 {4 + 8 * n}",
            f"  %word{n}_is = load i{8 * left}, ptr %word{n}_at, align 1",
            f"  %word{n} = {'add i64 0,' if left == 8 else f'zext i{8 * left}'} %word{n}_is{'' if left == 8 else ' to i64'}",
        ]
        hash_ += [
            f"  %mask{n}_at = getelementptr inbounds i8, ptr %row, i64 {8 + 8 * n}",
            f"  %mask{n} = load i64, ptr %mask{n}_at",
            f"  %key{n} = and i64 %word{n}, %mask{n}",
            *_mix(n, f"%key{n}"),
        ]
        compare += [
            f"  %own{n}_at = getelementptr inbounds i8, ptr %entry, i64 {8 * n}",
            f"  %own{n} = load i64, ptr %own{n}_at",
            f"  %equal{n} = icmp eq i64 %own{n}, %key{n}",
            f"  %same{n + 1} = and i1 {f'%same{n}' if n else '%alike'}, %equal{n}",
        ]
    hash_ += _mix(width, "%length")
    return _TEXT.format(
        number=number,
        index_at=INDEX_AT,
        lengths_at=LENGTHS_AT,
        stale=STALE,
        bits=8 * size,
        width=width,
        row=8 * (1 + width),
        entry=8 * (width + 2),
        length_at=8 * width,
        value_at=8 * (width + 1),
        load="\n".join(load),
        hash="\n".join(hash_),
        compare="\n".join(compare),
    )


def _mix(n: int, word: str) -> list[str]:
    """A step of `hash_of`."""
    return [
        f"  %x{n} = xor i64 {f'%h{n - 1}' if n else '0'}, {word}",
        f"  %product{n} = mul i64 %x{n}, {MULTIPLIER - (1 << 64)}",
        f"  %high{n} = lshr i64 %product{n}, 32",
        f"  %h{n} = xor i64 %product{n}, %high{n}",
    ]
