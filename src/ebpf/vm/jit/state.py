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
            "clock_gettime",  # address of the C library's function, 0 if there is none
            "item",  # of a batch: which one it is at
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

FAULT_BUDGET = 1
#: Python holds the exception.
FAULT_RAISED = 2
FAULT_DEPTH = 3
