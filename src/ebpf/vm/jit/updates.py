"""bpf_map_update_elem and bpf_map_delete_elem of arrays and hash tables as functions of the generated code.

They do what `ebpf.vm.maps.hash` and `lru` do, on the same memory, and give what the helper gives; SLOW where the helper must do
it: odd flags, timers in the map, or Python code in the middle of a change (`guard` in the map's header). Nothing else can be in
the middle of one, since generated code never gives up the interpreter lock there.
"""

from __future__ import annotations

from ebpf.uapi.errno import E2BIG, EEXIST, ENOENT
from ebpf.uapi.flags import BPF_EXIST, BPF_NOEXIST
from ebpf.vm.costs import BY_BYTES
from ebpf.vm.jit.lookups import BUCKETS, MAX_KEY, RECORDS, VALUES, is_array, is_hash
from ebpf.vm.maps.base import GUARD_AT
from ebpf.vm.maps.hash import COUNT_AT, FREE_AT, HIGH_AT, LIVE, MULTIPLIER, RECORD_KEY
from ebpf.vm.maps.lru import HAND_AT, MARKS_AT, LruHash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.maps.hash import HashTable

#: What the functions give where the helper must do it: no errno, and not 0.
SLOW = 1


def functions_of(map_: VmMap, number: int) -> str | None:
    """`@update{number}(map, key, value, flags, cpu)`, for a hash table also `@delete{number}(map, key)`, and what they stand on;
    None for a map that the helpers must change."""
    if map_.value_size > BY_BYTES or map_.special:
        return None
    if is_array(map_):
        text = _ARRAY
    elif is_hash(map_) and map_.key_size <= MAX_KEY:
        text = _hash_table(map_)
    else:
        return None
    values = {
        "N": number,
        "ENTRIES": map_.max_entries,
        "EXIST": BPF_EXIST,
        "NOEXIST": BPF_NOEXIST,
        "SLOW": SLOW,
        "E2BIG": -E2BIG,
        "EEXIST": -EEXIST,
        "ENOENT": -ENOENT,
        "VALUES": VALUES,
        "STRIDE": map_.stride,
        "SLOT": map_.slot if map_.per_cpu else 0,
        "SIZE": map_.value_size,
    }
    return _filled(text, values)


def _filled(text: str, values: Mapping[str, object]) -> str:
    """`text` with what stands for each `$NAME$`. The pieces of LLVM's text are full of braces."""
    for name, value in values.items():
        text = text.replace(f"${name}$", str(value))
    return text


#: Puts the value at %source to element %index.
_WRITE = """\
  %values_at = getelementptr inbounds i8, ptr %map, i64 $VALUES$
  %values = load ptr, ptr %values_at
  %start = mul nuw nsw i64 %index, $STRIDE$
  %of_cpu = mul i64 %cpu, $SLOT$
  %target_at = add i64 %start, %of_cpu
  %target = getelementptr inbounds i8, ptr %values, i64 %target_at
  call void @llvm.memmove.p0.p0.i64(ptr %target, ptr %source, i64 $SIZE$, i1 false)
  ret i64 0
}
"""

_ARRAY = (
    """\
define internal i64 @update$N$(ptr %map, ptr %key, ptr %source, i64 %flags, i64 %cpu) #0 {
  %short = load i32, ptr %key, align 1
  %index = zext i32 %short to i64
  %inside = icmp ult i32 %short, $ENTRIES$
  %known = icmp ule i64 %flags, $EXIST$
  %wanted = icmp ne i64 %flags, $NOEXIST$
  %one = and i1 %inside, %known
  %both = and i1 %one, %wanted
  br i1 %both, label %write, label %slow, !prof !2
slow:
  ret i64 $SLOW$
write:
"""
    + _WRITE
)


def _hash_table(map_: HashTable) -> str:
    words, mixing, stores, compare = [], [], [], []
    h, same = "0", "%alike"
    for at in range(0, map_.key_size, 8):
        bits = 8 * min(8, map_.key_size - at)
        load = f"  %y{at} = getelementptr inbounds i8, ptr %key, i64 {at}\n"
        if bits == 64:
            load += f"  %w{at} = load i64, ptr %y{at}, align 1"
        else:  # the last one is filled up with 0
            load += f"  %z{at} = load i{bits}, ptr %y{at}, align 1\n  %w{at} = zext i{bits} %z{at} to i64"
        words.append(load)
        mixing.append(f"""\
  %x{at} = xor i64 {h}, %w{at}
  %p{at} = mul i64 %x{at}, {MULTIPLIER - (1 << 64)}
  %s{at} = lshr i64 %p{at}, 32
  %h{at} = xor i64 %p{at}, %s{at}""")
        place = f"  %k{at} = getelementptr inbounds i8, ptr %entry, i64 {RECORD_KEY + at}\n"
        compare.append(f"""{place}\
  %v{at} = load i64, ptr %k{at}
  %e{at} = icmp eq i64 %v{at}, %w{at}
  %a{at} = and i1 {same}, %e{at}""")
        stores.append(f"{place}  store i64 %w{at}, ptr %k{at}")
        h, same = f"%h{at}", f"%a{at}"
    lru = isinstance(map_, LruHash)
    text = _TABLE + _UPDATE + _WRITE + _DELETE
    pieces = {
        "MARK": _MARK if lru else "",
        "FULL": _EVICT if lru else "  ret i64 $E2BIG$",
        "EVICTED": "[ %evicted, %evict ], " if lru else "",
        "KEEP": _KEEP if map_.per_cpu else "",
        "CLEAR": _CLEAR if map_.per_cpu else "",
        "NEW_VALUE": "%kept" if map_.per_cpu else "%value",
        "GUARD": _GUARD,
        "WORDS": "\n".join(words),
        "MIXING": "\n".join(mixing),
        "STORES": "\n".join(stores),
        "COMPARE": "\n".join(compare),
        "SAME": same,
        "HASH": h,
        "RECORD": map_.record,
        "SHIFT": map_.shift,
        "TAG": LIVE - (1 << 32),
        "KEY_AT": RECORD_KEY,
        "BUCKETS": BUCKETS,
        "RECORDS": RECORDS,
        "COUNT_AT": COUNT_AT,
        "FREE_AT": FREE_AT,
        "HIGH_AT": HIGH_AT,
        "GUARD_AT": GUARD_AT,
        "HAND_AT": HAND_AT,
        "MARKS_AT": MARKS_AT,
    }
    return _filled(text, pieces)


_GUARD = """\
  %guard_at = getelementptr inbounds i8, ptr %map, i64 $GUARD_AT$
  %guard = load i32, ptr %guard_at
  %open = icmp eq i32 %guard, 0
  br i1 %open, label %enter, label %slow, !prof !2
slow:
  ret i64 $SLOW$
enter:"""

#: `locate` gives the number of a key's element, or -1.
_TABLE = """\
define internal i64 @hash$N$(ptr %key) #0 {
$WORDS$
$MIXING$
  ret i64 $HASH$
}
define internal ptr @bucket$N$(ptr %map, i64 %hash) #0 {
  %buckets_at = getelementptr inbounds i8, ptr %map, i64 $BUCKETS$
  %buckets = load ptr, ptr %buckets_at
  %bucket = lshr i64 %hash, $SHIFT$
  %place = getelementptr inbounds i32, ptr %buckets, i64 %bucket
  ret ptr %place
}
define internal ptr @record$N$(ptr %map, i32 %index) #0 {
  %records_at = getelementptr inbounds i8, ptr %map, i64 $RECORDS$
  %records = load ptr, ptr %records_at
  %wide = zext i32 %index to i64
  %offset = mul nuw nsw i64 %wide, $RECORD$
  %place = getelementptr inbounds i8, ptr %records, i64 %offset
  ret ptr %place
}
define internal i32 @locate$N$(ptr %map, ptr %key, i64 %hash) #0 {
start:
$WORDS$
  %low = trunc i64 %hash to i32
  %tag = or i32 %low, $TAG$
  %bucket = call ptr @bucket$N$(ptr %map, i64 %hash)
  %first = load i32, ptr %bucket
  br label %loop
loop:
  %next = phi i32 [ %first, %start ], [ %following, %go_on ]
  %last = icmp eq i32 %next, 0
  %index = add i32 %next, -1
  br i1 %last, label %none, label %check
check:
  %entry = call ptr @record$N$(ptr %map, i32 %index)
  %tag_at = getelementptr inbounds i8, ptr %entry, i64 4
  %its = load i32, ptr %tag_at
  %alike = icmp eq i32 %its, %tag
$COMPARE$
  br i1 $SAME$, label %found, label %go_on
go_on:
  %following = load i32, ptr %entry
  br label %loop
found:
  ret i32 %index
none:
  ret i32 -1
}
define internal void @unlink$N$(ptr %map, i32 %index) #0 {
start:
  %entry = call ptr @record$N$(ptr %map, i32 %index)
  %key = getelementptr inbounds i8, ptr %entry, i64 $KEY_AT$
  %hash = call i64 @hash$N$(ptr %key)
  %bucket = call ptr @bucket$N$(ptr %map, i64 %hash)
  %mine = add i32 %index, 1
  br label %loop
loop:
  %link = phi ptr [ %bucket, %start ], [ %other, %go_on ]
  %number = load i32, ptr %link
  %here = icmp eq i32 %number, %mine
  br i1 %here, label %out, label %go_on
go_on:
  %before = add i32 %number, -1
  %other = call ptr @record$N$(ptr %map, i32 %before)
  br label %loop
out:
  %following = load i32, ptr %entry
  store i32 %following, ptr %link
  %tag_at = getelementptr inbounds i8, ptr %entry, i64 4
  store i32 0, ptr %tag_at
  %free_at = getelementptr inbounds i8, ptr %map, i64 $FREE_AT$
  %free = load i32, ptr %free_at
  store i32 %free, ptr %entry
  store i32 %mine, ptr %free_at
  %count_at = getelementptr inbounds i8, ptr %map, i64 $COUNT_AT$
  %count = load i32, ptr %count_at
  %fewer = add i32 %count, -1
  store i32 %fewer, ptr %count_at
  ret void
}
"""

_UPDATE = """\
define internal i64 @update$N$(ptr %map, ptr %key, ptr %value, i64 %flags, i64 %cpu) #0 {
  %kept = alloca [$SIZE$ x i8]
$GUARD$
  %odd = icmp ugt i64 %flags, $EXIST$
  br i1 %odd, label %slow, label %look, !prof !0
look:
  %hash = call i64 @hash$N$(ptr %key)
  %place = call i32 @locate$N$(ptr %map, ptr %key, i64 %hash)
  %missing = icmp slt i32 %place, 0
  br i1 %missing, label %new, label %there
there:
  %must_not = icmp eq i64 %flags, $NOEXIST$
  br i1 %must_not, label %exists, label %old
exists:
  ret i64 $EEXIST$
old:
  %old_index = zext i32 %place to i64
$MARK$
  br label %write
new:
  %must = icmp eq i64 %flags, $EXIST$
  br i1 %must, label %absent, label %take
absent:
  ret i64 $ENOENT$
take:
  %free_at = getelementptr inbounds i8, ptr %map, i64 $FREE_AT$
  %free = load i32, ptr %free_at
  %is_free = icmp ne i32 %free, 0
  br i1 %is_free, label %recycle, label %fresh
recycle:
  %number = phi i32 $EVICTED$[ %free, %take ]
  %recycled = add i32 %number, -1
  %recycled_at = call ptr @record$N$(ptr %map, i32 %recycled)
  %next_free = load i32, ptr %recycled_at
  store i32 %next_free, ptr %free_at
  br label %add
fresh:
  %high_at = getelementptr inbounds i8, ptr %map, i64 $HIGH_AT$
  %high = load i32, ptr %high_at
  %is_room = icmp ult i32 %high, $ENTRIES$
  br i1 %is_room, label %grow, label %full
grow:
  %higher = add i32 %high, 1
  store i32 %higher, ptr %high_at
  br label %add
full:
$FULL$
add:
  %added = phi i32 [ %recycled, %recycle ], [ %high, %grow ]
$WORDS$
  %entry = call ptr @record$N$(ptr %map, i32 %added)
$STORES$
  %bucket = call ptr @bucket$N$(ptr %map, i64 %hash)
  %first = load i32, ptr %bucket
  store i32 %first, ptr %entry
  %low = trunc i64 %hash to i32
  %tag = or i32 %low, $TAG$
  %tag_at = getelementptr inbounds i8, ptr %entry, i64 4
  store i32 %tag, ptr %tag_at
  %mine = add i32 %added, 1
  store i32 %mine, ptr %bucket
  %count_at = getelementptr inbounds i8, ptr %map, i64 $COUNT_AT$
  %count = load i32, ptr %count_at
  %more = add i32 %count, 1
  store i32 %more, ptr %count_at
  %new_index = zext i32 %added to i64
$KEEP$
$CLEAR$
  br label %write
write:
  %index = phi i64 [ %old_index, %old ], [ %new_index, %add ]
  %source = phi ptr [ %value, %old ], [ $NEW_VALUE$, %add ]
"""

#: What was looked up or written lives on when the hand comes by.
_MARK = """\
  %marks_at = getelementptr inbounds i8, ptr %map, i64 $MARKS_AT$
  %marks = load ptr, ptr %marks_at
  %mark_at = getelementptr inbounds i8, ptr %marks, i64 %old_index
  store i8 1, ptr %mark_at"""

#: The hand goes on until it meets an element that was not used since it last came by: after two rounds at most.
_EVICT = """\
  %hand_at = getelementptr inbounds i8, ptr %map, i64 $HAND_AT$
  %all_marks_at = getelementptr inbounds i8, ptr %map, i64 $MARKS_AT$
  %all_marks = load ptr, ptr %all_marks_at
  %begin = load i32, ptr %hand_at
  br label %turn
turn:
  %hand = phi i32 [ %begin, %full ], [ %on, %spare ]
  %hand_wide = zext i32 %hand to i64
  %its_mark = getelementptr inbounds i8, ptr %all_marks, i64 %hand_wide
  %marked = load i8, ptr %its_mark
  %plus = add i32 %hand, 1
  %around = icmp eq i32 %plus, $ENTRIES$
  %on = select i1 %around, i32 0, i32 %plus
  %used = icmp ne i8 %marked, 0
  br i1 %used, label %spare, label %evict
spare:
  store i8 0, ptr %its_mark
  br label %turn
evict:
  store i32 %on, ptr %hand_at
  call void @unlink$N$(ptr %map, i32 %hand)
  %evicted = load i32, ptr %free_at
  br label %recycle"""

#: A new element of a per-CPU map has 0 for every other CPU. The value may lie in what is cleared.
_KEEP = """\
  call void @llvm.memmove.p0.p0.i64(ptr %kept, ptr %value, i64 $SIZE$, i1 false)"""
_CLEAR = """\
  %clear_values_at = getelementptr inbounds i8, ptr %map, i64 $VALUES$
  %clear_values = load ptr, ptr %clear_values_at
  %clear_offset = mul nuw nsw i64 %new_index, $STRIDE$
  %clear_at = getelementptr inbounds i8, ptr %clear_values, i64 %clear_offset
  call void @llvm.memset.p0.i64(ptr %clear_at, i8 0, i64 $STRIDE$, i1 false)"""

_DELETE = """\
define internal i64 @delete$N$(ptr %map, ptr %key) #0 {
$GUARD$
  %hash = call i64 @hash$N$(ptr %key)
  %place = call i32 @locate$N$(ptr %map, ptr %key, i64 %hash)
  %missing = icmp slt i32 %place, 0
  br i1 %missing, label %absent, label %there
absent:
  ret i64 $ENOENT$
there:
  call void @unlink$N$(ptr %map, i32 %place)
  ret i64 0
}
"""
