"""What is said of a refusal: the kinds, in plain words, and what usually mends each.

A `Refusal` carries the short reason that Linux's log has for the same fault (tools and tests match on it) and the kind;
`explain` builds what a person reads.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.regs import Reg


class Refusal(Exception):
    """A program is refused. `reason` is as in Linux's log; `kind` a key of KINDS; `register` and `value` what was
    known where it matters; `required` what would have been right."""

    def __init__(
        self,
        kind: str,
        reason: str,
        *,
        slot: int | None = None,
        register: int | None = None,
        value: Reg | None = None,
        required: str = "",
        kernel: str = "",
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.slot = slot
        self.register = register
        self.value = value
        self.required = required


#: kind → (what is wrong, what usually mends it)
KINDS: dict[str, tuple[str, str]] = {
    "malformed": ("an instruction is not a valid one", "compile again, or check the assembler that wrote it"),
    "control-flow": (
        "the program's jumps and calls don't form whole functions",
        "every path must end in exit, every jump must stay in its function, and nothing may be unreachable",
    ),
    "loop": (
        "a loop is not seen to end",
        "give it a constant bound that is checked on each turn, or use bpf_loop(), bpf_for() or may_goto",
    ),
    "too-complex": (
        "the program takes too many steps to check",
        "make loops shorter, move code that repeats into global functions, or use bpf_loop() so that a body is checked once",
    ),
    "uninitialised": (
        "a register is read before anything was put into it",
        "give the variable a value on every path; after a call only r0 and r6 to r9 keep theirs",
    ),
    "stack-uninitialised": (
        "stack memory is read before anything was put into it",
        "initialise the whole variable, padding too: struct key k = {}; or memset it",
    ),
    "stack-bounds": (
        "an access leaves the stack of the function",
        "a function has 512 bytes of stack; check indexes against the array's size, and put big buffers into a map",
    ),
    "stack-size": (
        "functions that call each other use more than 512 bytes of stack together",
        "put big buffers into a per-CPU array map, or make the call chain shorter",
    ),
    "map-value-null": (
        "a map lookup's result is used without asking whether the key was there",
        "test it first: value = bpf_map_lookup_elem(&m, &key); if (!value) return 0;",
    ),
    "null": (
        "a pointer that may be NULL is used without a test",
        "test it first: if (!p) return 0;",
    ),
    "packet-bounds": (
        "bytes of the packet are read that are not known to be there",
        "before the access: if (data + offset + size > data_end) return …; and test again after helpers that may move the packet",
    ),
    "packet-moved": (
        "a pointer into the packet is used after a call that may have moved the packet",
        "read data and data_end from the context again after the call, and test them again",
    ),
    "released": (
        "something is used after it was given back",
        "make the last use come before the release",
    ),
    "map-bounds": (
        "an access leaves the map value",
        "check the index right before the access: if (i >= sizeof array / sizeof array[0]) return 0; or mask it: i &= SIZE - 1",
    ),
    "memory-bounds": (
        "an access leaves the memory that the pointer points to",
        "check offset and size against what was reserved or given, right before the access",
    ),
    "unbounded": (
        "an offset or size has no known upper bound",
        "bound it where it is used, as an unsigned number: if (n > MAX) return 0; or n &= MAX - 1",
    ),
    "negative": (
        "an offset or size may be negative",
        "make the variable unsigned, or test: if (n < 0) return 0;",
    ),
    "context": (
        "the context has no such field here, or it may not be accessed like that",
        "use the field by its name and in its own width; some fields are for reading only, or only in other program types",
    ),
    "pointer-arithmetic": (
        "arithmetic on a pointer that it is not allowed on",
        "add and subtract only 64-bit numbers of known bounds; keep context and map pointers as they are",
    ),
    "pointer-leak": (
        "a kernel address would be shown to user space",
        "return, store or pass a number and not a pointer",
    ),
    "pointer-compare": (
        "pointers are compared in a way that is not allowed here",
        "compare packet pointers with data_end, and others with NULL only",
    ),
    "not-pointer": (
        "a number is used as a pointer, or a pointer of the wrong kind",
        "read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ(), and keep pointers in 64-bit variables",
    ),
    "read-only": ("memory is written that may only be read", "copy it to the stack and change the copy"),
    "alignment": (
        "an access is not aligned as it must be",
        "access a field in its own width, or with __builtin_memcpy; keep stack variables aligned to their size",
    ),
    "helper": (
        "the helper can't be called from here",
        "see which program types have the helper, or use another that gives the same",
    ),
    "argument": (
        "a call gets an argument of the wrong kind",
        "see the helper's prototype; pass a pointer to what it wants, checked against NULL",
    ),
    "map-kind": ("the helper doesn't work on a map of this type", "use the helper for this map type, or another map"),
    "reference-leak": (
        "something acquired is not released on every path",
        "release it on each path before returning, error paths too: bpf_sk_release(), bpf_ringbuf_submit() or …_discard()",
    ),
    "reference": (
        "something is released that was not acquired, or was released before",
        "release exactly what the acquiring call gave, once, and don't use it afterwards",
    ),
    "lock": (
        "a lock is not taken and given back as it must be",
        "one lock at a time, unlocked on each path, no calls while it is held, and the lock field in a map value with BTF",
    ),
    "rcu": (
        "an RCU or preemption section is not opened and closed as it must be",
        "close every section on each path, and make no sleeping call inside",
    ),
    "return": (
        "the return value is not one that this program type may give",
        "return one of the values allowed; if it is computed, mask or compare it first",
    ),
    "call": ("a function is called with arguments that it can't take", "pass what the function's signature says"),
    "atomic": (
        "an atomic operation is not valid here",
        "atomics work on 32 or 64 bits of map values, stack or arenas; on no other memory",
    ),
    "field": (
        "a special field of a map value is accessed like plain memory",
        "use the helpers for it: bpf_spin_lock(), bpf_timer_*(), bpf_kptr_xchg()",
    ),
    "btf": ("the types don't allow this", "see that the object has BTF, and that the field and its type are as used"),
    "dynptr": (
        "a dynptr is used in a way that is not allowed",
        "make it with bpf_dynptr_from_…(), use it only through its helpers, and release what must be released",
    ),
    "iterator": (
        "an iterator is used in a way that is not allowed",
        "use bpf_for_each()/bpf_for(), or new, next and destroy in this order on each path",
    ),
    "kfunc": (
        "the kernel function can't be called like this",
        "see the function's declaration and flags in the kernel",
    ),
    "exception": (
        "an exception is thrown, or handled, where it may not be",
        "throw outside of callbacks and with nothing held, and name one global function that takes a u64 as __exception_cb",
    ),
    "speculation": (
        "without privilege, the program could read memory in speculation",
        "load it with CAP_BPF and CAP_PERFMON, or avoid arithmetic with bounds of mixed sign on pointers",
    ),
    "not-supported": (
        "this verifier can't prove it (a gap of ours, not of yours)",
        "report it, and ask the kernel meanwhile",
    ),
}
