"""What the verifier's commonest reasons mean, and what to do: plain words for each.

The texts are matched as they stand in kernel/bpf/verifier.c of 6.1 to 6.18 (and btf.c for `func_proto`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec

#: (what the reason contains, what it means and what to do); the first that fits counts.
REASONS: tuple[tuple[str, str], ...] = (
    ("invalid mem access 'map_value_or_null'", "the result of a map lookup may be NULL: check it before it is used"),
    ("invalid mem access 'mem_or_null'", "the reserved memory may be NULL: check it before it is used"),
    ("invalid mem access 'sock_or_null'", "the socket may be NULL: check it before it is used"),
    ("_or_null'", "the pointer may be NULL: check it before it is used"),
    (
        "invalid mem access 'scalar'",
        "a number is used as a pointer: read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()",
    ),
    (
        "invalid mem access 'inv'",
        "a number is used as a pointer: read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()",
    ),
    (
        "variable ctx access",
        "the context pointer may only be used with constant offsets: read its fields one by one, not by an index",
    ),
    ("invalid access to packet", "compare the pointer with data_end before these bytes are read"),
    (
        "invalid access to map value",
        "the offset may lie outside the value: bound the index first (if (i >= N) return 0;)",
    ),
    ("invalid access to memory", "the offset or size may lie outside the memory: bound it first"),
    ("invalid read from stack", "part of this stack memory was never written: initialise it (struct s x = {};)"),
    (
        "invalid indirect read from stack",
        "part of this stack memory was never written: initialise it, padding too (__builtin_memset)",
    ),
    (
        "invalid write to stack",
        "the write lies outside the stack: 512 bytes are there, and offsets must be constant or bounded",
    ),
    ("invalid bpf_context access", "the context has no such field for this program type, or not of this size"),
    ("dereference of modified ctx ptr", "the context pointer may only be used with constant offsets"),
    ("unbounded memory access", "the size or index has no upper bound: compare it with a constant first, as unsigned"),
    ("unbounded min value", "the number may be negative: make it unsigned, or check that it is >= 0"),
    ("min value is negative", "the number may be negative: make it unsigned, or mask it (& 0xff)"),
    ("R0 !read_ok", "a path reaches the end without a return value"),
    ("!read_ok", "the register was never set on this path, or a call has clobbered it (r1 to r5)"),
    ("back-edge", "a loop without a bound: Linux 5.3 allows bounded ones, older kernels need #pragma unroll"),
    (
        "infinite loop detected",
        "the loop has no end that can be proved: bound it by a constant, or use bpf_loop() (5.17)",
    ),
    (
        "BPF program is too large",
        "too many instructions are followed: bound loops tighter, split with tail calls or bpf_loop() (5.17)",
    ),
    (
        "program is too large",
        "too many instructions are followed: bound loops tighter, split with tail calls or bpf_loop() (5.17)",
    ),
    ("div by zero", "a division by the constant zero"),
    ("invalid shift", "a shift lies between 0 and one less than the number's bits: 0 to 31, or 0 to 63"),
    ("frame pointer is read only", "r10 points to the stack and can't be set"),
    ("is invalid", "there is no such register: the bytecode is damaged"),
    ("unreachable insn", "code that is never reached: return earlier, or drop it"),
    ("jump out of range", "a jump leads out of the program: the bytecode is damaged"),
    ("last insn is not an exit", "the program must end in return"),
    (
        "combined stack size",
        "functions that call one another use more than 512 bytes of stack: keep big data in a per-CPU array",
    ),
    ("stack depth", "more than 512 bytes of stack: keep big data in a per-CPU array"),
    (
        "cannot call GPL-restricted function from non-GPL compatible program",
        'the helper is for GPL programs: char LICENSE[] SEC("license") = "GPL";',
    ),
    ("cannot call GPL only function", 'the helper is for GPL programs: char LICENSE[] SEC("license") = "GPL";'),
    ("unknown func", "this helper doesn't exist for this program type, or not in this kernel"),
    ("program of this type cannot use helper", "this helper doesn't exist for this program type"),
    ("invalid func", "this kernel doesn't have the helper"),
    ("calling kernel function", "this kernel function isn't open to this program type"),
    ("kernel function", "this kernel function isn't open to this program, or its arguments don't fit"),
    (
        "Unreleased reference",
        "what was acquired must be released on every path: bpf_ringbuf_submit()/discard(), bpf_sk_release()",
    ),
    (
        "reference leak",
        "what was acquired must be released on every path: bpf_ringbuf_submit()/discard(), bpf_sk_release()",
    ),
    ("misaligned", "the access isn't aligned to its size: use a packed struct or __builtin_memcpy"),
    ("null-check it first", "the pointer may be NULL: check it before it is moved"),
    ("pointer arithmetic", "this kind of pointer can't be moved like that: bound the offset, or add constants only"),
    ("math between", "this kind of pointer can't be moved by an unbounded number: bound it first"),
    ("pointer comparison prohibited", "pointers of different kinds can't be compared"),
    ("leaks addr", "a kernel address would reach user space: needs CAP_PERFMON, or store a number"),
    ("cannot write into", "this memory is read-only to the program"),
    ("write into map forbidden", "the map is read-only to the program (const, or BPF_F_RDONLY_PROG)"),
    ("type=", "the argument is of another kind than the helper wants"),
    ("At program exit the register R0 has", "the return value must lie in the range that this program type allows"),
    ("At program exit", "the return value must lie in the range that this program type allows"),
    ("attach_btf_id", "the kernel function to attach to isn't in the kernel's BTF"),
    ("func_proto", "the types of the program don't fit the kernel's function"),
    ("unknown opcode", "this kernel doesn't know the instruction: build with an older -mcpu (v3, v2)"),
    ("invalid atomic opcode", "this kernel doesn't know this atomic operation: build with an older -mcpu"),
    ("invalid BPF_ATOMIC", "this kernel doesn't know this atomic operation: build with an older -mcpu"),
    ("uses reserved fields", "this kernel doesn't know the instruction: build with an older -mcpu (v3, v2)"),
    ("BPF_XADD", "atomics that return a value need Linux 5.12 and -mcpu=v3"),
)


def advice(reason: str, spec: ProgramSpec) -> str:
    """What to do about `reason`, or nothing."""
    for text, meaning in REASONS:
        if text in reason:
            return meaning
    return ""
