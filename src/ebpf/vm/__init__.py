"""Engine 1: programs run in this process. `ebpf.vm.engine.VmEngine` is the way in.

How a run goes. `VmEngine.take()` gives a `Machine` (stack, context and packet memory, all native, kept from run to run);
`Machine.begin(program, task)` sets it up, `packet.fill` and `set_context` put in what r1 points to; `program.main(machine,
frame, r1 … r5)` runs; `VmEngine.give` takes the machine back. Everything that executes programs does just this, and so can
generated code: it is called with the machine's addresses in place of the machine.

What the interpreter (`translate`) and the JIT (`jit`) have to agree on:

registers       r0 and r6–r9 are 0 when a function begins; calls leave r1–r5 as they were; r0 is what they give, modulo 2**64.
stack           `Stack`: frame i at base + 1024 * i, 512 bytes, r10 at its end; cleared when a function is entered. Frames up to
                the current one may be reached, each only within itself.
budget          `machine.left` falls by the slots that a backward jump goes back over (from the target to the jump, both counted)
                and, at a call, a callback or a tail call, by the slots of the function (program) that is called. Below 0: a
                Fault. A straight program costs nothing.
may_goto        each goes round at most 8388608 times in one run of its function.
tail calls      33 in a run; the target has the caller's frame; at most `machine.tail_calls`. Where there is no target r0 is -2.
division        by 0 gives 0, the remainder by 0 is the dividend; the least number by -1 is itself.
shifts          are taken modulo the width of what they shift.
faults          `ebpf.errors.Fault` with the slot of the instruction.

Memory (`memory`, `machine`). An access must lie, whole, in one of: a stack frame in use; the packet (`meta` … `end`); the
context; an item of a map of the program (`Region`, with the stride from one item to the next and the bytes of each);
a ring record that was reserved and not given away. `Machine.window(address, size, write)` decides, and names the reason if not.

Contexts (`contexts`). r1 points to the struct as user space knows it. A 4-byte load of a pointer field at `offset` is an 8-byte
load at `context_base + layout.pointers[offset]`; such a field can't be read otherwise. `layout.runs` may be read,
`layout.writable` written. `packet_moved()` refreshes those words after a helper moved the packet.

Maps (`maps`). A 16-byte load of a map gives `map.handle`, the native address of its header (maps/base.py: type, sizes, address of
the values, stride, CPUs); it stays as long as the map lives. Element `i` of an array is at values + i * stride, plus c *
(stride / cpus) for CPU c in per-CPU types. The layout of hash tables is told in maps/hash.py: a lookup in generated code
is the hash, one load from the buckets and a walk of the chain. Whoever writes to a table from generated code holds the GIL or
`map.lock`; lookups need neither while the GIL is held. An address given out stays an address of that slot for good.

Helpers (`helpers`). `find(number)(machine, r1, r2, r3, r4, r5) -> int`. They touch the program's memory only through the
machine. After those that `changes_memory(number)` packet and record pointers must be checked anew.
"""
