"""What generated code looks prefixes up in: an index of a trie, made anew when it is asked for after a change.

In 64-bit words: how many lengths there are, the table's mask, its address; for each length, the longest first, the length and the
mask of a key's words; then the table, open addressing with linear probing, at most half full: of each entry the key's words, the
length and one (0: nothing is there), the value's address.
"""

from __future__ import annotations

import sys
from array import array

from ebpf.vm.arithmetic import M64
from ebpf.vm.maps.hash import MULTIPLIER
from ebpf.vm.memory import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Where the index's address stands in a trie's header; 0 where there is none.
INDEX_AT = 32
#: Where the lengths begin.
LENGTHS_AT = 24
#: Longer keys (without the length) are left to the helper.
MAX_DATA = 16


def words_of(data: int, size: int) -> list[int]:
    """The key's data, a number of `size` bytes in network order, as words of this machine's, the last one filled up with 0."""
    whole = data.to_bytes(size, "big").ljust(-(-size // 8) * 8, b"\0")
    return [int.from_bytes(whole[at : at + 8], sys.byteorder) for at in range(0, len(whole), 8)]


def hash_of(words: list[int], length: int) -> int:
    h = 0
    for word in (*words, length):
        product = (h ^ word) * MULTIPLIER & M64
        h = product ^ product >> 32
    return h


def build(size: int, slots: Mapping[tuple[int, int], int], values: int, stride: int) -> Block:
    """The index of prefixes (length, its bits) → slot; values lie `stride` bytes from one another."""
    bits = 8 * size
    width = -(-size // 8)
    lengths = sorted({length for length, _ in slots}, reverse=True)
    capacity = 1 << (2 * len(slots)).bit_length()
    rows = []
    for length in lengths:
        rows += [length, *words_of(((1 << length) - 1) << (bits - length), size)]
    table = LENGTHS_AT + 8 * len(rows)
    block = Block(table + 8 * (width + 2) * capacity)
    entries = array("Q", bytes(8 * (width + 2) * capacity))
    for (length, prefix), slot in slots.items():
        words = words_of(prefix << (bits - length), size)
        place = hash_of(words, length) & capacity - 1
        while entries[place * (width + 2) + width]:
            place = place + 1 & capacity - 1
        at = place * (width + 2)
        entries[at : at + width + 2] = array("Q", [*words, length + 1, values + slot * stride])
    head = array("Q", [len(lengths), capacity - 1, block.address + table, *rows])
    block.view[:table] = head.tobytes()
    block.view[table : table + 8 * len(entries)] = entries.tobytes()
    return block
