"""Where records of different lengths lie in a ring buffer: by machine code where llvmlite is installed, else in Python.

A ring is a chain: the length of a record says where the next one is, so there is nothing for NumPy to do at once. Machine code
takes 3 ns a record in a warm cache and Python 150. It is made when records of different lengths are first asked for in batches.

The chain is what makes it slow when the cache is cold: each step waits for memory. So memory that comes later is asked for ahead.
"""

from __future__ import annotations

from ebpf.events import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    #: (memory, address of it, starts, lengths, first bytes or None, bytes of these) → (records, bytes used, shortest length).
    #: `starts` and `lengths` are arrays of u32 and bound the number of records; of each record the first bytes (a multiple
    #: of 8) are copied.
    Walk = Callable[[memoryview, int, Any, Any, Any, int], tuple[int, int, int]]

_walk: Walk | None = None
_kept: list[Any] = []

#: i64 walk(memory, size, starts, lengths, limit, out, words, result): how many records; result: bytes used, shortest length.
_TEXT = """
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define i64 @walk(ptr %memory, i64 %size, ptr %starts, ptr %lengths, i64 %limit, ptr %out, i64 %words, ptr %result) {
entry:
  br label %loop
loop:
  %at = phi i64 [ 0, %entry ], [ %next, %record ], [ %next, %discarded ]
  %n = phi i64 [ 0, %entry ], [ %n1, %record ], [ %n, %discarded ]
  %low = phi i32 [ -1, %entry ], [ %low1, %record ], [ %low, %discarded ]
  %inside = icmp ult i64 %at, %size
  %room = icmp ult i64 %n, %limit
  %more = and i1 %inside, %room
  br i1 %more, label %look, label %end
look:
  %place = getelementptr i8, ptr %memory, i64 %at
  %ahead = getelementptr i8, ptr %place, i64 768
  call void @llvm.prefetch.p0(ptr %ahead, i32 0, i32 3, i32 1)
  %header = load atomic i32, ptr %place acquire, align 4
  %busy = icmp slt i32 %header, 0
  br i1 %busy, label %end, label %whole
whole:
  %length = and i32 %header, 1073741823
  %wide = zext i32 %length to i64
  %data = add i64 %at, 8
  %behind = add i64 %wide, 7
  %padded = and i64 %behind, -8
  %next = add i64 %data, %padded
  %gone = and i32 %header, 1073741824
  %is_gone = icmp ne i32 %gone, 0
  br i1 %is_gone, label %discarded, label %kept
discarded:
  br label %loop
kept:
  %start32 = trunc i64 %data to i32
  %starts_n = getelementptr i32, ptr %starts, i64 %n
  store i32 %start32, ptr %starts_n, align 4
  %lengths_n = getelementptr i32, ptr %lengths, i64 %n
  store i32 %length, ptr %lengths_n, align 4
  %shorter = icmp ult i32 %length, %low
  %low1 = select i1 %shorter, i32 %length, i32 %low
  %from = getelementptr i8, ptr %memory, i64 %data
  %row = mul i64 %n, %words
  %to = getelementptr i64, ptr %out, i64 %row
  %available = lshr i64 %padded, 3
  %cut = icmp ult i64 %available, %words
  %count = select i1 %cut, i64 %available, i64 %words
  %any = icmp ne i64 %count, 0
  br i1 %any, label %copy, label %record
copy:
  %i = phi i64 [ 0, %kept ], [ %i1, %copy ]
  %from_i = getelementptr i64, ptr %from, i64 %i
  %word = load i64, ptr %from_i, align 8
  %to_i = getelementptr i64, ptr %to, i64 %i
  store i64 %word, ptr %to_i, align 8
  %i1 = add i64 %i, 1
  %again = icmp ult i64 %i1, %count
  br i1 %again, label %copy, label %record
record:
  %n1 = add i64 %n, 1
  br label %loop
end:
  store i64 %at, ptr %result, align 8
  %low64 = zext i32 %low to i64
  %second = getelementptr i64, ptr %result, i64 1
  store i64 %low64, ptr %second, align 8
  ret i64 %n
}
"""


def walker() -> Walk:
    """The way of this process."""
    global _walk
    if _walk is None:
        try:
            _walk = _native()
        except Exception:  # not installed, too old, or not for this machine: Python finds the same
            _walk = _python
    return _walk


def _native() -> Walk:
    import ctypes
    import sys

    import llvmlite.binding as llvm

    if sys.maxsize < 1 << 32:
        raise NotImplementedError("the text above has 64-bit sizes")

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=2, reloc="pic", codemodel="default")
    head = f'target datalayout = "{machine.target_data}"\ntarget triple = "{llvm.get_process_triple()}"\n'
    code = machine.emit_object(llvm.parse_assembly(head + _TEXT))
    linker = llvm.create_lljit_compiler()
    builder = llvm.JITLibraryBuilder().add_object_img(code).export_symbol("walk").add_current_process()
    library = builder.link(linker, "ebpf-events-walk")
    _kept.extend((linker, library))
    pointer, number = ctypes.c_void_p, ctypes.c_size_t
    call = ctypes.CFUNCTYPE(number, pointer, number, pointer, pointer, number, pointer, number, pointer)(
        library["walk"]
    )

    def walk(
        memory: memoryview, address: int, starts: Any, lengths: Any, first: Any, size: int
    ) -> tuple[int, int, int]:
        result = (ctypes.c_uint64 * 2)()
        out = first.ctypes.data if first is not None else None
        count: int = call(
            address, len(memory), starts.ctypes.data, lengths.ctypes.data, len(starts), out, size // 8, result
        )
        return count, result[0], result[1]

    return walk


def _python(memory: memoryview, address: int, starts: Any, lengths: Any, first: Any, size: int) -> tuple[int, int, int]:
    found, sizes, used, _ = parse.ring(memory, len(starts))
    count = len(found)
    if not count:
        return 0, used, 0xFFFFFFFF
    starts[:count] = found
    lengths[:count] = sizes
    if size:
        words = memory.cast("Q")
        width = size // 8
        rows = first[:count].view("u8").reshape(count, width)
        for at, (start, length) in enumerate(zip(found, sizes, strict=True)):
            number = min(width, (length + 7) // 8)
            rows[at, :number] = words[start // 8 : start // 8 + number]
    return count, used, min(sizes)
