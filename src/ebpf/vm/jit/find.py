"""`@find(state, address, what, slot, depth)`: where an address lies of which nothing is known, as generated code.

It looks where `Machine.window` looks first: the stack's frames in use, the packet, the values of the program's arrays and hash
tables. As the machine does it puts the first and last good address into the state, and gives 1; if only the machine can say,
what `call_window` gives (runtime.py). `what` is the bytes of the access, and 256 for a write.
"""

from __future__ import annotations

from ebpf.uapi.flags import BPF_F_RDONLY_PROG, MAX_BPF_STACK, RINGBUF_MAX_RECORD_SZ
from ebpf.vm.jit.lookups import VALUES, is_array, is_hash
from ebpf.vm.jit.state import AT, FAULT_LOST, RESERVED
from ebpf.vm.memory import FRAME_STRIDE, STACK_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebpf.vm.jit.module import Module
    from ebpf.vm.maps.base import VmMap

_HEAD = """\
define internal i64 @find(ptr %m, i64 %address, i64 %what, i64 %slot, i64 %depth) noinline #0 {{
start:
  %size = and i64 %what, 255
  %write = icmp ugt i64 %what, 255
  %stack_at = {stack}
  %stack = load i64, ptr %stack_at
  %in_stack = sub i64 %address, %stack
  %is_stack = icmp ult i64 %in_stack, {stack_bytes}
  br i1 %is_stack, label %frames, label %no_frame
frames:
  %frame = udiv i64 %in_stack, {stride}
  %within = urem i64 %in_stack, {stride}
  %used = icmp ule i64 %frame, %depth
  %frame_end = add i64 %within, %size
  %fits = icmp ule i64 %frame_end, {frame_bytes}
  %in_frame = and i1 %used, %fits
  %frame_start = sub i64 %address, %within
  br i1 %in_frame, label %good, label %none
no_frame:
"""
_PACKET = """\
  %packet_at = {packet}
  %data = load i64, ptr %packet_at
  %meta_at = {meta}
  %before = load i64, ptr %meta_at
  %length_at = {length}
  %length = load i64, ptr %length_at
  %packet = add i64 %data, %before
  %packet_bytes = sub i64 %length, %before
"""
#: The record that machine code has reserved.
_RECORD = """\
  %moved_at = {moved}
  %moved = load i64, ptr %moved_at
  %reserved = and i64 %moved, {reserved}
  %has_record = icmp ne i64 %reserved, 0
  br i1 %has_record, label %record_there, label %behind_record
record_there:
  %record_at = {record}
  %record = load i64, ptr %record_at
  %record_head = sub i64 %record, 8
  %record_place = inttoptr i64 %record_head to ptr
  %record_length = load i32, ptr %record_place
  %record_short = and i32 %record_length, {most}
  %record_bytes = zext i32 %record_short to i64
"""
#: Whether the access lies in what begins at `%{what}` and has `%{what}_bytes`.
_WITHIN = """\
  %in_{what} = sub i64 %address, %{what}
  %{what}_last = sub i64 %{what}_bytes, %size
  %{what}_long = icmp sge i64 %{what}_last, 0
  %{what}_within = icmp ule i64 %in_{what}, %{what}_last
  %is_{what} = and i1 %{what}_long, %{what}_within
  br i1 %is_{what}, label %good, label %behind_{what}
behind_{what}:
"""
_MAP = """\
  %place{n} = getelementptr inbounds i8, ptr %table, i64 {entry}
  %map{n} = load ptr, ptr %place{n}
{values}
  %in_values{n} = sub i64 %address, %values{n}
  %within{n} = urem i64 %in_values{n}, {slot}
  %end{n} = add i64 %within{n}, %size
  %is_values{n} = icmp ult i64 %in_values{n}, {total}
  %fits{n} = icmp ule i64 %end{n}, {item}
  %reads{n} = xor i1 %write, true
  %right{n} = or i1 %reads{n}, {writable}
  %all{n} = and i1 %is_values{n}, %fits{n}
  %found{n} = and i1 %all{n}, %right{n}
  %start{n} = sub i64 %address, %within{n}
  br i1 %found{n}, label %good, label %next{n}
next{n}:
"""


def text(module: Module, maps: Mapping[int, VmMap]) -> str:
    lines = [_HEAD.format(**AT, stack_bytes=STACK_BYTES, stride=FRAME_STRIDE, frame_bytes=MAX_BPF_STACK)]
    #: Where it may be found: (first byte, how many there are, the block that says so).
    found = [("%frame_start", str(MAX_BPF_STACK), "frames")]
    block = "no_frame"
    if module.context.has_packet:
        lines.append(_PACKET.format(**AT) + _WITHIN.format(what="packet"))
        found.append(("%packet", "%packet_bytes", block))
        block = "behind_packet"
    if module.reserves:
        lines.append(
            _RECORD.format(**AT, reserved=RESERVED, most=RINGBUF_MAX_RECORD_SZ) + _WITHIN.format(what="record")
        )
        found.append(("%record", "%record_bytes", "record_there"))
        block = "behind_record"
    lines.append(f"  %table_at = {AT['constants']}\n  %table = load ptr, ptr %table_at\n")
    seen = set()
    for slot in sorted(maps):
        map_ = maps[slot]
        if id(map_) in seen or not (is_array(map_) or is_hash(map_)):
            continue
        seen.add(id(map_))
        what, stands = module.origins[slot]
        address = f"getelementptr inbounds i8, ptr %map{slot}, i64 {VALUES}"
        values = f"  %at{slot} = {address}\n  %values{slot} = load i64, ptr %at{slot}"
        if what == "global":
            values = f"  %values{slot} = ptrtoint ptr %map{slot} to i64"
        lines.append(
            _MAP.format(
                n=slot,
                entry=8 * module.constant(stands),
                values=values,
                slot=map_.slot,
                total=map_.stride * map_.max_entries,
                item=map_.value_size,
                writable="false" if map_.spec.flags & BPF_F_RDONLY_PROG else "true",
            )
        )
        found.append((f"%start{slot}", str(map_.value_size), block))
        block = f"next{slot}"
    lines.append(f"""\
  br label %none
good:
  %first = phi i64 {", ".join(f"[ {first}, %{label} ]" for first, _, label in found)}
  %bytes = phi i64 {", ".join(f"[ {size}, %{label} ]" for _, size, label in found)}
  %last_offset = sub i64 %bytes, %size
  %last = add i64 %first, %last_offset
  %first_at = {AT["first"]}
  store i64 %first, ptr %first_at
  %last_at = {AT["last"]}
  store i64 %last, ptr %last_at
  ret i64 1
none:
  %callback_at = {AT["call_window"]}
  %callback = load ptr, ptr %callback_at
  %fault_at = {AT["fault"]}
  store i64 {FAULT_LOST}, ptr %fault_at
  %answer = call i64 %callback(ptr %m, i64 %address, i64 %what, i64 %slot, i64 %depth)
  ret i64 %answer
}}
""")
    return "".join(lines)
