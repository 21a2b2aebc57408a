"""What is said of a program that was refused, by Linux's verifier or by ours: the kind of fault, one plain sentence, what usually
mends it, the lines of C around, and the path that led there.

One table for both: `words` takes a reason as it stands in kernel/bpf/verifier.c of 6.1 to 6.18 (and btf.c), which ours has too.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.spec import Line, ProgramSpec

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
    "privilege": (
        "programs of this type are not for a process with so little privilege",
        "load it with CAP_BPF and, for programs that trace or replace, CAP_PERFMON",
    ),
    "speculation": (
        "without privilege, the program could read memory in speculation",
        "load it with CAP_BPF and CAP_PERFMON, or avoid arithmetic with bounds of mixed sign on pointers",
    ),
    "target": (
        "the types that it is proved against lack what it needs",
        "prove it against a kernel that has it: ebpf verify --target kernel (or a BTF file); the vm has few of its types",
    ),
    "replaces": (
        "it stands in for a function of another program, which was not named",
        "name that program: ebpf verify --replaces FILE; ebpf.load(targets={program: loaded}) to load it",
    ),
    "sleepable": (
        "whether the program may sleep isn't as its type wants it",
        'sections whose name ends in .s, and SEC("syscall"), say that it may; programs without a section need BPF_F_SLEEPABLE',
    ),
    "not-supported": (
        "this verifier can't prove it (a gap of ours, not of yours)",
        "report it, and ask the kernel meanwhile",
    ),
}

#: (what a reason contains, the kind, what to do: empty where that is what the kind says); the first that fits counts.
REASONS: tuple[tuple[str, str, str], ...] = (
    ("type=map_value_or_null expected", "map-value-null", ""),
    (
        "on map_value_or_null prohibited",
        "map-value-null",
        "the result of a map lookup may be NULL: check it before it is moved",
    ),
    ("_or_null expected=", "null", ""),
    ("Possibly NULL pointer", "null", ""),
    ("_or_null_'", "null", ""),
    ("invalid kptr access", "field", ""),
    ("kptr access", "field", ""),
    ("referenced kptr", "field", ""),
    ("cannot be accessed directly by load/store", "field", ""),
    ("direct access to bpf_", "field", ""),
    (" has no valid bpf_", "field", ""),
    ("has no valid kptr", "field", ""),
    ("cannot pass map_type", "map-kind", ""),
    ("invalid zero-sized read", "argument", ""),
    ("doesn't point to 'struct bpf_", "field", ""),
    (" not found at offset=", "kfunc", ""),
    ("progs cannot use bpf_", "map-kind", ""),
    ("doesn't match map pointer", "map-kind", ""),
    ("bpf_spin_lock-ed region", "lock", ""),
    ("while holding a lock", "lock", ""),
    ("-ed region", "rcu", ""),
    ("bpf_rcu_read_lock", "rcu", ""),
    ("bpf_obj_new", "kfunc", ""),
    ("must be a rcu pointer", "kfunc", ""),
    ("must be referenced or trusted", "kfunc", ""),
    ("expected an initialized iter", "iterator", ""),
    ("expected uninitialized iter", "iterator", ""),
    ("pointer to an iterator", "iterator", ""),
    ("calling kernel function", "kfunc", "this kernel function isn't open to this program type"),
    (
        "require device-bound program",
        "kfunc",
        "what a driver tells of a packet is for programs loaded for its device: set the ifindex of the program's spec",
    ),
    ("can only be sleepable", "sleepable", ""),
    ("expected=fp, dynptr_ptr", "argument", ""),
    ("dynptr", "dynptr", ""),
    ("must have zero offset when passed to release", "reference", ""),
    ("access beyond struct", "btf", ""),
    ("access beyond the end of member", "btf", ""),
    ("cannot access ptr member", "btf", ""),
    ("only read is supported", "read-only", ""),
    ("does not allow writes to packet data", "read-only", ""),
    ("variable-offset write to stack", "stack-bounds", ""),
    ("variable-offset read from stack", "stack-bounds", ""),
    ("invalid size of register fill", "stack-uninitialised", ""),
    ("cannot return stack pointer", "pointer-leak", ""),
    ("invalid access to map key", "memory-bounds", ""),
    ("makes pkt pointer be out of bounds", "unbounded", ""),
    ("pointer be out of bounds", "unbounded", ""),
    ("bitwise operator", "pointer-arithmetic", ""),
    ("pointer prohibited", "pointer-arithmetic", ""),
    ("into the middle of ldimm64", "control-flow", ""),
    ("No program to jit", "call", "a callback that never runs is removed: drop the call, or let it run"),
    ("At async callback return", "return", ""),
    ("arg#", "kfunc", ""),
    (
        "invalid mem access 'map_value_or_null'",
        "map-value-null",
        "the result of a map lookup may be NULL: check it before it is used",
    ),
    ("invalid mem access 'mem_or_null'", "null", "the reserved memory may be NULL: check it before it is used"),
    ("invalid mem access 'sock_or_null'", "null", "the socket may be NULL: check it before it is used"),
    ("_or_null'", "null", "the pointer may be NULL: check it before it is used"),
    (
        "invalid mem access 'scalar'",
        "not-pointer",
        "a number is used as a pointer: read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()",
    ),
    (
        "invalid mem access 'inv'",
        "not-pointer",
        "a number is used as a pointer: read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()",
    ),
    (
        "variable ctx access",
        "context",
        "the context pointer may only be used with constant offsets: read its fields one by one, not by an index",
    ),
    ("invalid access to packet", "packet-bounds", "compare the pointer with data_end before these bytes are read"),
    (
        "invalid access to map value",
        "map-bounds",
        "the offset may lie outside the value: bound the index first (if (i >= N) return 0;)",
    ),
    ("invalid access to memory", "memory-bounds", "the offset or size may lie outside the memory: bound it first"),
    (
        "invalid read from stack",
        "stack-uninitialised",
        "part of this stack memory was never written: initialise it (struct s x = {};)",
    ),
    (
        "invalid indirect read from stack",
        "stack-uninitialised",
        "part of this stack memory was never written: initialise it, padding too (__builtin_memset)",
    ),
    (
        "invalid write to stack",
        "stack-bounds",
        "the write lies outside the stack: 512 bytes are there, and offsets must be constant or bounded",
    ),
    (
        "invalid bpf_context access",
        "context",
        "the context has no such field for this program type, or not of this size, or it is only for reading",
    ),
    ("dereference of modified ctx ptr", "context", "the context pointer may only be used with constant offsets"),
    (
        "unbounded memory access",
        "unbounded",
        "the size or index has no upper bound: compare it with a constant first, as unsigned",
    ),
    ("unbounded min value", "unbounded", "the number may be negative: make it unsigned, or check that it is >= 0"),
    ("min value is negative", "negative", "the number may be negative: make it unsigned, or mask it (& 0xff)"),
    ("R0 !read_ok", "uninitialised", "a path reaches the end without a return value"),
    ("!read_ok", "uninitialised", "the register was never set on this path, or a call has clobbered it (r1 to r5)"),
    ("back-edge", "loop", "a loop without a bound: Linux 5.3 allows bounded ones, older kernels need #pragma unroll"),
    (
        "infinite loop detected",
        "loop",
        "the loop has no end that can be proved: bound it by a constant, or use bpf_loop() (5.17)",
    ),
    (
        "program is too large",
        "too-complex",
        "too many instructions are followed: bound loops tighter, split with tail calls or bpf_loop() (5.17)",
    ),
    ("div by zero", "malformed", "a division by the constant zero"),
    ("invalid shift", "malformed", "a shift lies between 0 and one less than the number's bits: 0 to 31, or 0 to 63"),
    ("frame pointer is read only", "stack-bounds", "r10 points to the stack and can't be set"),
    ("is invalid", "malformed", "there is no such register: the bytecode is damaged"),
    ("unreachable insn", "control-flow", "code that is never reached: return earlier, or drop it"),
    ("jump out of range", "control-flow", "a jump leads out of the program: the bytecode is damaged"),
    ("last insn is not an exit", "control-flow", "the program must end in return"),
    (
        "combined stack size",
        "stack-size",
        "functions that call one another use more than 512 bytes of stack: keep big data in a per-CPU array",
    ),
    ("stack depth", "stack-size", "more than 512 bytes of stack: keep big data in a per-CPU array"),
    ("cannot call GPL-restricted function from non-GPL compatible program", "helper", ""),
    ("cannot call kernel function from non-GPL compatible program", "helper", ""),
    ("struct ops programs must have a GPL compatible license", "helper", ""),
    ("cannot call GPL only function", "helper", ""),
    ("unknown func", "helper", "this helper doesn't exist for this program type, or not in this kernel"),
    ("program of this type cannot use helper", "helper", "this helper doesn't exist for this program type"),
    ("invalid func", "helper", "this kernel doesn't have the helper"),
    ("kernel function", "kfunc", "this kernel function isn't open to this program, or its arguments don't fit"),
    (
        "Unreleased reference",
        "reference-leak",
        "what was acquired must be released on every path: bpf_ringbuf_submit()/discard(), bpf_sk_release()",
    ),
    (
        "reference leak",
        "reference-leak",
        "what was acquired must be released on every path: bpf_ringbuf_submit()/discard(), bpf_sk_release()",
    ),
    ("misaligned", "alignment", "the access isn't aligned to its size: use a packed struct or __builtin_memcpy"),
    ("null-check it first", "null", "the pointer may be NULL: check it before it is moved"),
    (
        "pointer arithmetic",
        "pointer-arithmetic",
        "this kind of pointer can't be moved like that: bound the offset, or add constants only",
    ),
    ("math between", "unbounded", "this kind of pointer can't be moved by an unbounded number: bound it first"),
    ("pointer comparison prohibited", "pointer-compare", "pointers of different kinds can't be compared"),
    ("leaks addr", "pointer-leak", "a kernel address would reach user space: needs CAP_PERFMON, or store a number"),
    ("cannot write into", "read-only", "this memory is read-only to the program"),
    ("write into map forbidden", "read-only", "the map is read-only to the program (const, or BPF_F_RDONLY_PROG)"),
    ("type=", "argument", "the argument is of another kind than the helper wants"),
    ("At program exit", "return", "the return value must lie in the range that this program type allows"),
    ("must provide btf_id", "btf", 'say in the section what it is attached to: SEC("fentry/FUNCTION")'),
    ("to __noreturn functions", "btf", "a function that never returns has no exit: use fentry"),
    (
        "is not modifiable",
        "btf",
        "fmod_ret is for security_… functions and those marked for error injection; fexit watches any",
    ),
    ("is not a global function", "btf", "a function that is replaced is global (not static) and __noinline"),
    (
        "Cannot recursively attach",
        "btf",
        "a program that replaces or watches another can't be replaced or watched itself",
    ),
    ("() has ", "btf", "a function takes the place of one with the same arguments"),
    (") doesn't match ", "btf", "a function takes the place of one with the same arguments"),
    ("attach_btf_id", "btf", "the kernel function to attach to isn't in the kernel's BTF"),
    ("func_proto", "btf", "the types of the program don't fit the kernel's function"),
    ("unknown opcode", "malformed", "this kernel doesn't know the instruction: build with an older -mcpu (v3, v2)"),
    ("invalid atomic opcode", "atomic", "this kernel doesn't know this atomic operation: build with an older -mcpu"),
    ("invalid BPF_ATOMIC", "atomic", "this kernel doesn't know this atomic operation: build with an older -mcpu"),
    (
        "uses reserved fields",
        "malformed",
        "this kernel doesn't know the instruction: build with an older -mcpu (v3, v2)",
    ),
    ("BPF_XADD", "atomic", "atomics that return a value need Linux 5.12 and -mcpu=v3"),
)


#: (what a reason contains, what is wrong: empty where its kind says it, what to do), nearer than its kind; of either verifier.
NEARER: tuple[tuple[str, str, str], ...] = (
    (
        "GPL",
        "what is only for GPL programs is used by one that doesn't say that it is",
        'a GPL program says so: char LICENSE[] SEC("license") = "GPL"; (or "Dual MIT/GPL", "Dual BSD/GPL")',
    ),
    (
        "type=map_value expected=map_ptr",
        "a variable is passed where a map is wanted",
        'a map is defined in a section of its own: struct { … } name SEC(".maps");',
    ),
    (
        "has no valid kptr",
        "the map's value has no pointer to objects of the kernel there",
        "declare it as struct T __kptr *field, and compile with clang 15 or later: clang 14 drops the tag (--cc zig)",
    ),
    (
        "invalid zero-sized read",
        "",
        "a map of this type has no keys, or no values, to pass: use the helpers that are for it",
    ),
)


#: From here on an offset with some bytes behind it may pass MAX_PACKET_OFF (65535), where the verifier takes no comparison.
_FAR = 0xFFFF - 255


def words(reason: str, kind: str = "", known: str = "") -> tuple[str, str, str]:
    """(kind, sentence, what to do). The kind of a refusal of ours is known; of Linux's it is found by the reason, and all are
    empty for a reason that nobody has put down here. `known` is what the verifier knew of the register."""
    import re

    if kind:
        sentence, fix = KINDS[kind]
    else:
        row = next((row for row in REASONS if row[0] in reason), None)
        if row is None:
            return "", "", ""
        kind, sentence, fix = row[1], KINDS[row[1]][0], row[2] or KINDS[row[1]][1]
        read = re.search(r"invalid read from stack R\d+ off=(-?\d+) size=(\d+)", reason)
        if read and not -512 <= int(read[1]) <= -int(read[2]):  # else it lies in the stack, and nobody wrote it
            kind, (sentence, fix) = "stack-bounds", KINDS["stack-bounds"]
    return kind, *_by_numbers(reason, known, sentence, fix)


def _by_numbers(reason: str, known: str, sentence: str, fix: str) -> tuple[str, str]:
    """The sentence and what to do, where a reason and its numbers tell more than its kind."""
    import re

    for part, says, what_to_do in NEARER:
        if part in reason:
            return says or sentence, what_to_do
    passed = re.search(r"cannot pass map_type (\d+) into func (\w+)", reason)
    if passed:
        from ebpf.uapi.map_types import MapType

        kind = MapType(int(passed[1])).label
        return f"{passed[2]}() doesn't work on a map of type {kind}", f"a map of type {kind} isn't for it: {fix}"
    if "invalid mem access 'scalar'" in reason and known.startswith(
        ("pkt", "ringbuf_mem", "mem", "sock", "tcp_sock", "dynptr")
    ):
        return KINDS["packet-moved" if known.startswith("pkt") else "released"]  # what was known is of before the call
    added = re.search(r"math between \w+ pointer and (\d+)", reason)
    if added and 1 << 31 <= int(added[1]) < 1 << 32:
        return (
            f"{int(added[1]) - (1 << 32)} of 32 bits is added to a pointer as {added[1]} of 64",
            "compute offsets and indexes in 64 bits (long, __u64), or begin where they can't be negative",
        )
    if re.search(r"invalid bpf_context access off=\d+ size=8", reason):
        return sentence, (
            'if these are two fields of 4 bytes, the compiler made one access of them: put asm volatile("" ::: "memory") '
            "between the two; else use the field by its name and in its own width"
        )
    most = re.search(r"umax(?:_value)?=(?:\w+=)*(0x[0-9a-f]+|\d+)", known)
    if "invalid access to packet" in reason and most and int(most[1], 0) >= _FAR:
        return sentence, (
            f"an offset that may be {int(most[1], 0)} leads past what a packet can be (65535), and a comparison with data_end "
            "proves nothing of it: bound it before it is added: if (offset > 1500) return …;"
        )
    return sentence, fix


def place(line: Line | None) -> str:
    """`file.c:12:5`, as compilers say it."""
    if line is None or not line.file:
        return ""
    column = f":{line.column}" if line.column else ""
    return f"{line.file}:{line.line}{column}"


def around(program: ProgramSpec, slot: int, count: int = 2) -> list[tuple[int, str, bool]]:
    """The lines of C near the one that `slot` came from: (number, text, whether it is that one). Only lines that gave
    instructions are known."""
    here = program.line_at(slot)
    if here is None or not here.line:
        return []
    known = {line.line: line.text.rstrip() for line in program.lines if line.file == here.file and line.line}
    numbers = sorted(known)
    at = numbers.index(here.line)
    return [(n, known[n], n == here.line) for n in numbers[max(at - count, 0) : at + count + 1]]


def steps(program: ProgramSpec, branches: Sequence[tuple[int, bool]]) -> list[str]:
    """Branches taken (slot, whether the jump was taken) in C lines; several in a row on one line are told once."""
    out: list[str] = []
    for slot, taken in branches:
        line = program.line_at(slot)
        text = f"line {line.line}: {line.text.strip()}" if line is not None and line.line else f"instruction {slot}"
        said = f"{text}  ({'jumps' if taken else 'goes on'} at {slot})"
        if not out or out[-1].split("  (")[0] != text:
            out.append(said)
        else:
            out[-1] = said
    return out
