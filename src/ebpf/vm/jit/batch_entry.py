"""Many runs in one call.

`run_batch(state, items, total, starts, lengths, verdicts, count, budget, template, first)` runs the main function on one item
after the other, `lengths[i]` bytes at `starts[i]` of `items`, and gives the index of the first that it did not get through: it
lies outside, the kernel would refuse it, or `state.fault` says what went wrong. An item is a packet; for a program that has
none it is the context. It is known as `first` + its index to whoever is called.

Of a packet's context only what the program reads in place is written each time, and nothing of the state. Before something
outside is called the main function fills the state; whoever is called sees by `state.item` that another packet's turn has
come and writes the rest of the context (batch.py), which is then made anew from the template for the next one.

A program that may move its packets gets each copied to a place with room around it (`state.frame`). Afterwards it goes to
`state.out`, one behind the other, each time a whole one; or, if there is no such place and it is as long as it was, back to where
it came from.
"""

from __future__ import annotations

import sys

from ebpf.uapi.contexts import LINK_LEVEL
from ebpf.uapi.ethernet import ETH_HLEN, ETH_P_802_2, ETH_P_802_3, ETH_P_802_3_MIN, ETH_P_IP, ETH_P_IPV6
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.contexts import OPEN_ENDED, layout_of
from ebpf.vm.jit.entry import WRAPPED
from ebpf.vm.jit.state import AT, FAULT_LOST, RESERVED
from ebpf.vm.machine import FRAME, HEADROOM, TAILROOM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec
    from ebpf.vm.contexts import ContextLayout
    from ebpf.vm.jit.module import Module

_BATCH = """\
define i64 @run_batch(ptr noalias %m, ptr %items, i64 %total, ptr noalias %starts, ptr noalias %lengths, ptr noalias %verdicts,
                      i64 %count, i64 %budget, ptr noalias %template, i64 %first) #0 {{
entry:
  %status = alloca i64
  %fault = {at[fault]}
  %context_at = {at[context]}
  %size_at = {at[context_size]}
  %block = load ptr, ptr %context_at
{begin}  br label %next
next:
  %i = phi i64 [ 0, %entry ], [ %following, %after ]
  %more = icmp ult i64 %i, %count
  br i1 %more, label %one, label %done
one:
  %at = getelementptr inbounds i64, ptr %starts, i64 %i
  %start = load i64, ptr %at
  %length_at = getelementptr inbounds i32, ptr %lengths, i64 %i
  %bytes = load i32, ptr %length_at
  %wide = zext i32 %bytes to i64
  %stop = add i64 %start, %wide
  %wraps = icmp ult i64 %stop, %start
  %beyond = icmp ugt i64 %stop, %total
  %outside = or i1 %wraps, %beyond
  br i1 %outside, label %done, label %inside, !prof !0
inside:
  %whole = getelementptr inbounds i8, ptr %items, i64 %start
{refuse}
prepare:
  store i64 0, ptr %status
{prepare}
  %r1 = ptrtoint ptr %c to i64
  %item = add i64 %first, %i
  %r = call i64 @main(ptr %m, ptr %c, i64 %r1, i64 {r2}, i64 %budget, ptr %data, i32 %size, i64 %item, ptr %status)
  %verdict = trunc i64 %r to i32
  %verdict_at = getelementptr inbounds i32, ptr %verdicts, i64 %i
  store i32 %verdict, ptr %verdict_at
  %following = add nuw nsw i64 %i, 1
  %happened = load i64, ptr %status
  %calm = icmp eq i64 %happened, 0
  br i1 %calm, label %{calm}, label %look_after, !prof !2
look_after:
  %bad = load i64, ptr %fault
  %failed = icmp ne i64 %bad, 0
  br i1 %failed, label %done, label %look_held
look_held:
  %held_at = {at[held]}
  %held = load i64, ptr %held_at
  %done_at = {at[moved]}
  %done_is = load i64, ptr %done_at
  %reserved = and i64 %done_is, {reserved}
  %both = or i64 %held, %reserved
  %holds = icmp ne i64 %both, 0
  br i1 %holds, label %undo, label %renew
undo:
  %end_at = {at[call_end]}
  %end = load ptr, ptr %end_at
  store i64 {lost}, ptr %fault
  %undone = call i64 %end(ptr %m)
  %worse = load i64, ptr %fault
  %broken = icmp ne i64 %worse, 0
  br i1 %broken, label %done, label %renew
renew:
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %block, ptr %template, i64 {bytes}, i1 false)
{finish}  br label %after
after:
  br label %next
done:
  ret i64 %i
}}"""


def batch_text(module: Module, spec: ProgramSpec) -> str:
    """What is asked for many: `run_batch`. Empty where there can be none."""
    if items_of(spec) is None:
        return ""
    layout = module.context.layout
    refuse, prepare, size, r2 = _packets(module, spec, layout) if layout.has_packet else _contexts(spec, layout)
    begin = finish = ""
    if module.moves:
        head = header_of(spec)
        begin = _FRAMES.format(at=AT, behind=HEADROOM + TAILROOM, before=HEADROOM - head)
        prepare = (
            _ROOM.format(
                at=AT,
                head=head,
                headroom=HEADROOM,
                more=HEADROOM - head + TAILROOM,
                least=FRAME,
                tailroom=TAILROOM,
                network=ETH_HLEN if spec.type in LINK_LEVEL else 0,
                link=ETH_HLEN,
            )
            + prepare
            + "\n  %size_wide = zext i32 %size to i64"
        )
        finish = _FINISH.format(at=AT, head=head, meta="%meta" if layout.name == "xdp_md" else "0")
        refuse = refuse.replace("%prepare", "%fit") + _FIT
    text = _BATCH.format(
        at=AT,
        refuse=refuse,
        prepare=prepare,
        bytes=size,
        r2=r2,
        reserved=RESERVED,
        lost=FAULT_LOST,
        begin=begin,
        finish=finish,
        calm="same" if module.moves else "after",
    )
    return text if module.has_main else WRAPPED + text


def items_of(spec: ProgramSpec) -> str | None:
    """What an item of a batch is: "packet" or "context"; None for programs that run one by one."""
    layout = layout_of(spec.type, 0, spec.attach_type)
    if not layout.has_packet:
        return "context"
    return "packet" if layout.name in ("xdp_md", "__sk_buff") and spec.type != ProgType.FLOW_DISSECTOR else None


def header_of(spec: ProgramSpec) -> int:
    """How many bytes of a packet the program doesn't see: the link header, for programs above it."""
    layout = layout_of(spec.type, 0, spec.attach_type)
    return ETH_HLEN if layout.name == "__sk_buff" and spec.type not in LINK_LEVEL else 0


def _packets(module: Module, spec: ProgramSpec, layout: ContextLayout) -> tuple[str, str, int, str]:
    is_skb = layout.name == "__sk_buff"
    head = header_of(spec)
    refuse = _long_enough(ETH_HLEN, "look" if is_skb else "prepare")
    base = "%place" if module.moves else "%whole"
    prepare = f"""\
  %data = getelementptr inbounds i8, ptr {base}, i64 {head}
  %size = sub nuw i32 %bytes, {head}
  %c = getelementptr inbounds i8, ptr %block, i64 0"""
    for at in sorted({byte & ~3 for byte in module.context_written}):
        prepare += f"""
  %from{at} = getelementptr inbounds i8, ptr %template, i64 {at}
  %to{at} = getelementptr inbounds i8, ptr %block, i64 {at}
  %word{at} = load i32, ptr %from{at}
  store i32 %word{at}, ptr %to{at}"""
    if is_skb:
        at = layout.fields["protocol"][0]
        if not module.calls_out and not module.context_read.intersection(range(at, at + 4)):
            # One that is longer than any header asked for is taken whatever it is; its bytes needn't be there.
            refuse = _ANY.format(least=_LEAST_IPV6) + refuse
        refuse += "\nlook:\n" + _PROTOCOL.format(
            network="%swapped" if sys.byteorder == "little" else "%type",
            least_type=ETH_P_802_3_MIN,
            raw=ETH_P_802_3,
            llc=ETH_P_802_2,
            ip=ETH_P_IP,
            ipv6=ETH_P_IPV6,
            header=ETH_HLEN,
            least_ip=ETH_HLEN + 20,
            least_ipv6=_LEAST_IPV6,
        )
        for name, (lines, value) in _FIELDS.items():
            at = layout.fields[name][0]
            if module.calls_out or module.context_read.intersection(range(at, at + 4)):
                prepare += f"""
{lines}  %{name}_at = getelementptr inbounds i8, ptr %block, i64 {at}
  store i32 {value}, ptr %{name}_at"""
    return refuse, prepare, layout.size, "0"


def _long_enough(size: int, then: str) -> str:
    return f"  %long = icmp uge i64 %wide, {size}\n  br i1 %long, label %{then}, label %done, !prof !2"


def _contexts(spec: ProgramSpec, layout: ContextLayout) -> tuple[str, str, int, str]:
    size = 0 if spec.type in OPEN_ENDED else layout.size
    # As one run does: where there is no memory, there is no address.
    null = "%none" if spec.type == ProgType.UNSPEC else "false"
    prepare = f"""\
  %none = icmp eq i64 %wide, 0
  %c = select i1 {null}, ptr null, ptr %whole
  %data = getelementptr inbounds i8, ptr null, i64 0
  %size = add i32 0, 0
  store ptr %c, ptr %context_at
  store i64 {size or "%wide"}, ptr %size_at"""
    return _long_enough(size, "prepare"), prepare, 0, "%wide" if spec.type == ProgType.UNSPEC else "0"


#: Before a batch that moves packets: where each is put.
_FRAMES = """\
  %frame_at = {at[frame]}
  %frame = load ptr, ptr %frame_at
  %frame_size_at = {at[frame_size]}
  %frame_size = load i64, ptr %frame_size_at
  %room = sub i64 %frame_size, {behind}
  %place = getelementptr inbounds i8, ptr %frame, i64 {before}
  %out_at = {at[out]}
  %out = load ptr, ptr %out_at
  %out_size_at = {at[out_size]}
  %out_size = load i64, ptr %out_size_at
  %used_at = {at[out_used]}
  %out_starts_at = {at[out_starts]}
  %out_starts = load ptr, ptr %out_starts_at
  %out_lengths_at = {at[out_lengths]}
  %out_lengths = load ptr, ptr %out_lengths_at
  %keeps = icmp ne ptr %out, null
  %packet_at = {at[packet]}
  %packet_length_at = {at[length]}
  %meta_at = {at[meta]}
"""
#: Whether the frame has room for a packet.
_FIT = """
fit:
  %has_room = icmp ule i64 %wide, %room
  br i1 %has_room, label %prepare, label %done, !prof !2"""
#: A packet in its frame, as `Packet.fill` leaves it.
_ROOM = """\
  call void @llvm.memset.p0.i64(ptr align 16 %frame, i8 0, i64 {headroom}, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %place, ptr %whole, i64 %wide, i1 false)
  %start_at = {at[start]}
  store ptr %frame, ptr %start_at
  %needed = add i64 %wide, {more}
  %is_long = icmp ugt i64 %needed, {least}
  %all = select i1 %is_long, i64 %needed, i64 {least}
  %usable = sub i64 %all, {tailroom}
  %limit = getelementptr inbounds i8, ptr %frame, i64 %usable
  %limit_at = {at[limit]}
  store ptr %limit, ptr %limit_at
  store i64 0, ptr %meta_at
  %network_at = {at[network]}
  store i64 {network}, ptr %network_at
  %link_at = {at[link]}
  store i64 {link}, ptr %link_at
"""
#: Puts a packet where it is to go. Nobody but the program may have moved it if nothing was called.
_FINISH = """\
  %moved_at = {at[moved]}
  store i64 0, ptr %moved_at
  %its_data = load ptr, ptr %packet_at
  %its_length = load i64, ptr %packet_length_at
  %meta = load i64, ptr %meta_at
  %its_first = getelementptr i8, ptr %its_data, i64 {meta}
  %its_bytes = sub i64 %its_length, {meta}
  br label %same
same:
  %p = phi ptr [ %data, %prepare ], [ %its_first, %renew ]
  %n = phi i64 [ %size_wide, %prepare ], [ %its_bytes, %renew ]
  %n_all = add i64 %n, {head}
  br i1 %keeps, label %keep, label %back
back:
  %as_long = icmp eq i64 %n_all, %wide
  br i1 %as_long, label %put_back, label %after
put_back:
  %seen = getelementptr inbounds i8, ptr %whole, i64 {head}
  call void @llvm.memcpy.p0.p0.i64(ptr %seen, ptr %p, i64 %n, i1 false)
  br label %after
keep:
  %used = load i64, ptr %used_at
  %used_now = add i64 %used, %n_all
  %is_room = icmp ule i64 %used_now, %out_size
  br i1 %is_room, label %add, label %no_room, !prof !2
no_room:
  %full_at = {at[full]}
  store i64 1, ptr %full_at
  br label %done
add:
  store i64 %used_now, ptr %used_at
  %to = getelementptr inbounds i8, ptr %out, i64 %used
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %whole, i64 {head}, i1 false)
  %to_seen = getelementptr inbounds i8, ptr %to, i64 {head}
  call void @llvm.memcpy.p0.p0.i64(ptr %to_seen, ptr %p, i64 %n, i1 false)
  %out_start_at = getelementptr inbounds i64, ptr %out_starts, i64 %item
  store i64 %used, ptr %out_start_at
  %out_length = trunc i64 %n_all to i32
  %out_length_at = getelementptr inbounds i32, ptr %out_lengths, i64 %item
  store i32 %out_length, ptr %out_length_at
"""

_ANY = """\
  %any = icmp uge i64 %wide, {least}
  br i1 %any, label %prepare, label %less, !prof !2
less:
"""
#: Bytes of an Ethernet header with an IPv6 header behind it.
_LEAST_IPV6 = ETH_HLEN + 40
#: What `ebpf.vm.testrun.Input` says of a packet's first bytes. Numbers in the network's order are as this machine reads them.
_PROTOCOL = """\
  %type_at = getelementptr inbounds i8, ptr %whole, i64 12
  %type = load i16, ptr %type_at, align 1
  %swapped = call i16 @llvm.bswap.i16(i16 %type)
  %number = zext i16 {network} to i32
  %short = icmp ult i32 %number, {least_type}
  br i1 %short, label %by_length, label %by_type, !prof !0
by_length:
  %sap_fits = icmp uge i64 %wide, 16
  br i1 %sap_fits, label %sap, label %by_type
sap:
  %sap_at = getelementptr inbounds i8, ptr %whole, i64 14
  %sap_is = load i16, ptr %sap_at, align 1
  %raw = icmp eq i16 %sap_is, -1
  br label %by_type
by_type:
  %is_raw = phi i1 [ false, %look ], [ false, %by_length ], [ %raw, %sap ]
  %of_length = select i1 %is_raw, i32 {raw}, i32 {llc}
  %known = select i1 %short, i32 %of_length, i32 %number
  %ip4 = icmp eq i32 %known, {ip}
  %ip6 = icmp eq i32 %known, {ipv6}
  %least4 = select i1 %ip4, i64 {least_ip}, i64 {header}
  %least = select i1 %ip6, i64 {least_ipv6}, i64 %least4
  %enough = icmp uge i64 %wide, %least
  br i1 %enough, label %prepare, label %done, !prof !2"""


#: Of a `__sk_buff`, what a packet's bytes say: a field's name → lines, and the value they end in.
_FIELDS = {
    "len": ("", "%size"),
    "protocol": (
        """\
  %known_short = trunc i32 %known to i16
  %turned = call i16 @llvm.bswap.i16(i16 %known_short)
  %protocol = zext i16 %turned to i32
""",
        "%protocol",
    ),
    "pkt_type": (
        """\
  %to_low = load i32, ptr %whole, align 1
  %to_next = getelementptr inbounds i8, ptr %whole, i64 4
  %to_high = load i16, ptr %to_next, align 1
  %to_wide = zext i16 %to_high to i32
  %to_any = or i32 %to_low, %to_wide
  %to_self = icmp eq i32 %to_any, 0
  %to_first = load i8, ptr %whole
  %to_many = trunc i8 %to_first to i1
  %to_one = select i1 %to_self, i32 0, i32 3
  %pkt_type = select i1 %to_many, i32 2, i32 %to_one
""",
        "%pkt_type",
    ),
}
