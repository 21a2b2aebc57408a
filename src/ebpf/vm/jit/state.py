"""What generated code and Python share of a run: one struct in native memory, its fields by name and offset.

Generated code gets the struct's address as its first argument. All fields are 64 bits.
"""

from __future__ import annotations

#: name → offset in bytes
FIELDS: dict[str, int] = {
    name: 8 * number
    for number, name in enumerate(
        (
            "left",  # the budget that is left
            "fault",  # not 0: the run is over (see FAULT_…)
            "slot",  # the instruction that it ended at
            "context",  # address of the context, 0 if there is none
            "context_size",  # bytes of it
            "argument",  # r2 of a program of no type
            "packet",  # address of the packet's first byte
            "length",  # bytes of the packet
            "meta",  # where its metadata begins, counted from its first byte: 0 or less
            "stack",  # address of the machine's stack frames
            "constants",  # address of the table of constants
            "cpu",  # number of the CPU for per-CPU maps
            "random",  # state of the random numbers
            "value",  # what a slow load read
            "first",  # the window that an address was found in: first and
            "last",  # last good address
            "key",  # what the callbacks know the run by
            "call_helper",  # addresses of the callbacks, see runtime.py
            "call_window",
            "call_atomic",
            "call_resume",
            "call_tail",
            "check_signals",  # address of CPython's function
            "clock_gettime",  # address of the C library's function, 0 if there is none
            "item",  # of a batch: which one it is at
            "start",  # first address of the room that the packet may take, and the one behind its last
            "limit",
            "network",  # where the network header begins in the packet
            "link",  # how many bytes before that the link header begins
            "moved",  # what machine code did that Python doesn't know yet: MOVED, UNCHECKED, RESERVED, REDIRECTED
            "record",  # what machine code has reserved in a ring, and that map's handle, if `moved` says RESERVED
            "record_ring",
            "redirect",  # the interface that the packet goes to, and the flags, if `moved` says REDIRECTED
            "redirect_flags",
            "held",  # not 0: Python holds something that is to be undone when the run ends
            "call_end",  # ends the run of a batch's item for Python
            "frame",  # of a batch whose program may move its packets: the room that each is copied to
            "frame_size",
            "out",  # where packets go to after their runs, 0 if they go back where they came from
            "out_size",
            "out_used",
            "out_starts",  # where in it, and how long
            "out_lengths",
            "full",  # not 0: the run is done, but there was no room left for its packet
            "r0",  # registers for `resume`
            "r1",
            "r2",
            "r3",
            "r4",
            "r5",
            "r6",
            "r7",
            "r8",
            "r9",
        )
    )
}
SIZE = 8 * len(FIELDS)
#: Field → its number among the words of the struct; the expression of its address in LLVM's text.
WORD = {name: offset // 8 for name, offset in FIELDS.items()}
AT = {name: f"getelementptr inbounds i8, ptr %m, i64 {offset}" for name, offset in FIELDS.items()}

#: The packet was moved; nothing is known of its checksum any more; a record is reserved; the packet goes to an interface.
MOVED, UNCHECKED, RESERVED, REDIRECTED = 1, 2, 4, 8

FAULT_BUDGET = 1
#: Python holds the exception.
FAULT_RAISED = 2
FAULT_DEPTH = 3
#: What stands here while Python is called: it came back without saying how it went (a signal's handler raised before it began).
FAULT_LOST = 4
#: A signal's handler raised: Python will find its exception.
FAULT_SIGNAL = 5
