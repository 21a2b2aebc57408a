"""Loops over many packets that are no program's, as machine code: where the packets of a capture are, how many results are
which. In Python they would take longer than the programs."""

from __future__ import annotations

import ctypes
from array import array

from ebpf.vm.jit import compile as llvm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Of an enhanced packet block (pcapng) the bytes before the packet, and all but the packet and its padding: kind, length,
#: interface, time (high, low), bytes that follow, bytes on the wire; the length again.
BLOCK, BLOCK_LEAST = 28, 32
#: A record's header: seconds, fraction, bytes that follow, bytes on the wire; 32 bits each.
HEADER = 16

#: What results are counted by: 0 … OTHERS - 1 each by itself, all others together.
OTHERS = 15

_DECLARED = """\
declare i32 @llvm.bswap.i32(i32)
declare i64 @llvm.umin.i64(i64, i64)
"""
#: From one packet to the next, as far as `head` finds another: it gives its %length, also as %wide, %end and whether it is %good.
_WALK = """\
define i64 @{name}(ptr %data, i64 %size, ptr %starts, ptr %lengths, i64 %room, i64 %swapped, i64 %most,{more} ptr %out) {{
entry:
  %swap = icmp ne i64 %swapped, 0
  br label %next
next:
  %n = phi i64 [ 0, %entry ], [ %n1, %packet ]
  %at = phi i64 [ 0, %entry ], [ %end, %packet ]
  %sum = phi i64 [ 0, %entry ], [ %sum1, %packet ]
  %least = phi i64 [ -1, %entry ], [ %least1, %packet ]
  %start = add nuw i64 %at, {before}
  %fits = icmp ule i64 %start, %size
  %free = icmp ult i64 %n, %room
  %on = and i1 %fits, %free
  br i1 %on, label %head, label %done
head:
{head}packet:
  %s = getelementptr inbounds i64, ptr %starts, i64 %n
  store i64 %start, ptr %s
  %l = getelementptr inbounds i32, ptr %lengths, i64 %n
  store i32 %length, ptr %l
  %sum1 = add i64 %sum, %wide
  %least1 = call i64 @llvm.umin.i64(i64 %least, i64 %wide)
  %n1 = add nuw i64 %n, 1
  br label %next
done:
  store i64 %at, ptr %out
  %sum_at = getelementptr inbounds i64, ptr %out, i64 1
  store i64 %sum, ptr %sum_at
  %least_at = getelementptr inbounds i64, ptr %out, i64 2
  store i64 %least, ptr %least_at
  ret i64 %n
}}
"""
_RECORD = """\
  %length_at = add nuw i64 %at, 8
  %p = getelementptr inbounds i8, ptr %data, i64 %length_at
  %raw = load i32, ptr %p, align 1
  %turned = call i32 @llvm.bswap.i32(i32 %raw)
  %length = select i1 %swap, i32 %turned, i32 %raw
  %wide = zext i32 %length to i64
  %end = add nuw i64 %start, %wide
  %whole = icmp ule i64 %end, %size
  %sane = icmp ule i64 %wide, %most
  %good = and i1 %whole, %sane
  br i1 %good, label %packet, label %done
"""
_BLOCK = """\
  %p0 = getelementptr inbounds i8, ptr %data, i64 %at
  %kind_raw = load i32, ptr %p0, align 1
  %kind_turned = call i32 @llvm.bswap.i32(i32 %kind_raw)
  %kind = select i1 %swap, i32 %kind_turned, i32 %kind_raw
  %p4 = getelementptr inbounds i8, ptr %p0, i64 4
  %whole_raw = load i32, ptr %p4, align 1
  %whole_turned = call i32 @llvm.bswap.i32(i32 %whole_raw)
  %whole = select i1 %swap, i32 %whole_turned, i32 %whole_raw
  %p8 = getelementptr inbounds i8, ptr %p0, i64 8
  %interface_raw = load i32, ptr %p8, align 1
  %interface_turned = call i32 @llvm.bswap.i32(i32 %interface_raw)
  %interface = select i1 %swap, i32 %interface_turned, i32 %interface_raw
  %p20 = getelementptr inbounds i8, ptr %p0, i64 20
  %length_raw = load i32, ptr %p20, align 1
  %length_turned = call i32 @llvm.bswap.i32(i32 %length_raw)
  %length = select i1 %swap, i32 %length_turned, i32 %length_raw
  %whole_wide = zext i32 %whole to i64
  %wide = zext i32 %length to i64
  %interface_wide = zext i32 %interface to i64
  %end = add nuw i64 %at, %whole_wide
  %room_in_it = sub i64 %whole_wide, {least}
  %is_packet = icmp eq i32 %kind, 6
  %odd = and i32 %whole, 3
  %even = icmp eq i32 %odd, 0
  %holds = icmp sge i64 %room_in_it, %wide
  %sane = icmp ule i64 %whole_wide, %most
  %there = icmp ule i64 %end, %size
  %known = icmp ult i64 %interface_wide, %interfaces
  %a = and i1 %is_packet, %even
  %b = and i1 %holds, %sane
  %c = and i1 %there, %known
  %d = and i1 %a, %b
  %good = and i1 %c, %d
  br i1 %good, label %packet, label %done
"""
_TALLY = """\
define void @tally(ptr %results, i64 %count, ptr %tallies) {{
entry:
  %none = icmp eq i64 %count, 0
  br i1 %none, label %done, label %next
next:
  %i = phi i64 [ 0, %entry ], [ %i1, %next ]
  %at = getelementptr inbounds i32, ptr %results, i64 %i
  %result = load i32, ptr %at
  %high = icmp ugt i32 %result, {others}
  %kind = select i1 %high, i32 {others}, i32 %result
  %wide = zext i32 %kind to i64
  ; Four rows, so that one addition need not wait for the last.
  %row = and i64 %i, 3
  %row_at = mul i64 %row, {row}
  %place = add i64 %row_at, %wide
  %tally_at = getelementptr inbounds i64, ptr %tallies, i64 %place
  %before = load i64, ptr %tally_at
  %more = add i64 %before, 1
  store i64 %more, ptr %tally_at
  %i1 = add nuw i64 %i, 1
  %on = icmp ult i64 %i1, %count
  br i1 %on, label %next, label %done
done:
  ret void
}}
"""

_functions: Any = None


def text() -> str:
    scan = _WALK.format(name="scan", more="", before=HEADER, head=_RECORD)
    blocks = _WALK.format(name="blocks", more=" i64 %interfaces,", before=BLOCK, head=_BLOCK.format(least=BLOCK_LEAST))
    return _DECLARED + scan + blocks + _TALLY.format(others=OTHERS, row=OTHERS + 1)


def _machine_code() -> Any:
    """`scan`, `tally` and `blocks`."""
    global _functions
    if _functions is None:
        code = llvm.load(text(), 2, ["scan", "tally", "blocks"])
        _functions = (
            ctypes.PYFUNCTYPE(ctypes.c_uint64, *[ctypes.c_uint64] * 8)(code.addresses["scan"]),
            ctypes.PYFUNCTYPE(None, *[ctypes.c_uint64] * 3)(code.addresses["tally"]),
            ctypes.PYFUNCTYPE(ctypes.c_uint64, *[ctypes.c_uint64] * 9)(code.addresses["blocks"]),
            code,
        )
    return _functions


def scan(
    data: bytearray, size: int, starts: array[int], lengths: array[int], swapped: bool, most: int, interfaces: int = 0
) -> tuple[int, int, int, int]:
    """The whole packets in the first `size` bytes of `data`, up to one of more than `most` bytes: how many, where the first byte
    behind them is, all their bytes, and the least of their lengths. Fills `starts` ("Q") and `lengths` ("I") as far as they
    have room. With `interfaces` the data are blocks of a pcapng file; the first that is no enhanced packet block, or of an
    interface that isn't one of so many, ends the search."""
    out = array("Q", bytes(24))
    memory = ctypes.c_char.from_buffer(data or bytearray(1))
    arguments = [
        ctypes.addressof(memory), min(size, len(data)), starts.buffer_info()[0], lengths.buffer_info()[0],
        min(len(starts), len(lengths)), int(swapped), most,
    ]  # fmt: skip
    if interfaces:
        count = _machine_code()[2](*arguments, interfaces, out.buffer_info()[0])
    else:
        count = _machine_code()[0](*arguments, out.buffer_info()[0])
    return int(count), out[0], out[1], out[2]


def tally(results: array[int], first: int, end: int, tallies: array[int]) -> None:
    """Counts results `first` … `end` - 1 ("I") into `tallies` (OTHERS + 1 of "Q")."""
    rows = array("Q", bytes(8 * 4 * (OTHERS + 1)))
    _machine_code()[1](results.buffer_info()[0] + 4 * first, end - first, rows.buffer_info()[0])
    for kind in range(OTHERS + 1):
        tallies[kind] += sum(rows[kind :: OTHERS + 1])
