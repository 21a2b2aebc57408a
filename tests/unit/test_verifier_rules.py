"""Rules about the program as a whole and about kernel functions: maps it may use, exceptions, locks that may fail, IRQ flags."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from compiled import compiled, read_c
from verdicts import check

from ebpf import elf
from ebpf.asm import assemble, encode, parse
from ebpf.btf import Array, Btf, Const, Int, Member, Pointer, Struct, Type, TypeTag, Var
from ebpf.btf.build import Builder
from ebpf.btf.kernel import kernel_btf
from ebpf.errors import EbpfError, VerifierError
from ebpf.spec import Function, MapSpec, ObjectSpec, ProgramSpec, Reference
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.flags import BPF_F_SLEEPABLE
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify
from ebpf.verifier.context import stands_for_context
from ebpf.verifier.fields import find
from ebpf.verifier.objects import only_scalars

SOURCE = Path(__file__).parent.parent / "bpf" / "rules" / "rules.bpf.c"

#: Program → what the refusal says, "" if it is taken.
PROGRAMS = {
    "lock_and_give_back": "",
    "lock_may_fail": "bpf_res_spin_unlock without taking a lock",
    "lock_kept": "cannot be used inside bpf_spin_lock-ed region",
    "lock_twice": "AA deadlock detected",
    "locks_out_of_order": "bpf_res_spin_unlock cannot be out of order",
    "lock_of_another": "bpf_res_spin_unlock of different lock",
    "lock_with_irq": "",
    "irq_and_back": "",
    "irq_kept": "cannot be used inside bpf_local_irq_save-ed region",
    "irq_out_of_order": "cannot restore irq state out of order",
    "irq_of_the_lock": "irq flag acquired by native kfuncs cannot be restored with lock kfuncs",
    "irq_twice": "expected uninitialized irq flag",
    "irq_not_saved": "expected an initialized irq flag",
    "irq_number_only": "should have been in [0, 1]",
    "throws": "",
    "throws_wrong": "R1 has smin=7 smax=7 should have been in [0, 1]",
    "throws_to_another": "",
    "throws_holding": "bpf_throw would lead to reference leak",
    "throws_in_callback": "cannot be called from callback",
    "handler_called": "cannot call exception cb directly",
    "handler_returns_too_much": "should have been in [0, 1]",
    "handler_of_pointer": "exception cb only supports single integer argument",
    # The other program may do anything to the packet, and return anything.
    "packet_before_another": "",
    "packet_after_another": "invalid mem access 'scalar'",
    "returns_of_another": "At program exit the register R0 has unknown scalar value should have been in [0, 1]",
}


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> ObjectSpec:
    return elf.read(compiled(tmp_path_factory.mktemp("rules"), SOURCE))


@pytest.fixture(scope="module")
def types() -> Btf | None:
    try:
        return kernel_btf()
    except (EbpfError, OSError):
        return None


@pytest.mark.parametrize("name", PROGRAMS)
def test_kernel_functions(name: str, spec: ObjectSpec, types: Btf | None) -> None:
    check(PROGRAMS[name], spec.programs[name], spec.maps, target=types)


def test_there_is_a_case_for_each(spec: ObjectSpec) -> None:
    assert set(spec.programs) == set(PROGRAMS)


def test_the_callback_comes_along(spec: ObjectSpec) -> None:
    names = [function.name for function in spec.programs["throws_to_another"].functions]
    assert names == ["throws_to_another", "handler"]


def test_arguments_of_iterators(types: Btf | None) -> None:
    """A task's file may be NULL and isn't trusted; the map that an element's is, is there."""
    if types is None:
        pytest.skip("no kernel types here")
    for target, argument, expected in (
        ("task_file", 3, "ptr_or_null_file"),
        ("bpf_map_elem", 1, "trusted_ptr_bpf_map"),
    ):
        code = encode(assemble(f"r2 = *(u64 *)(r1 + {8 * argument})\nr0 = 0\nexit"), sys.byteorder)
        spec = ProgramSpec("p", ProgType.TRACING, code, license="GPL", attach_type=AttachType.TRACE_ITER, target=target)
        assert f"R2={expected}(" in verify(spec, {}, target=types, log=True).log


# -- maps


def program(type: ProgType, *maps: str, flags: int = 0) -> ProgramSpec:
    text = "\n".join(f"r1 = {n} ll" for n in range(len(maps))) + "\nr0 = 0\nexit"
    references = [Reference(2 * n, "map", name) for n, name in enumerate(maps)]
    return ProgramSpec(
        "p", type, encode(assemble(text), sys.byteorder), license="GPL", flags=flags, references=references
    )


@pytest.mark.parametrize(
    ("type", "map_type", "flags", "wrong"),
    [
        (ProgType.XDP, MapType.STACK_TRACE, 0, ""),
        (ProgType.SYSCALL, MapType.STACK_TRACE, BPF_F_SLEEPABLE, "Sleepable programs can only use"),
        (ProgType.SYSCALL, MapType.TASK_STORAGE, BPF_F_SLEEPABLE, ""),
        (ProgType.SYSCALL, MapType.TASK_STORAGE, 0, "Syscall programs can only be sleepable"),
        (ProgType.XDP, MapType.STRUCT_OPS, 0, "bpf_struct_ops map cannot be used in prog"),
    ],
)
def test_maps_by_type(type: ProgType, map_type: MapType, flags: int, wrong: str) -> None:
    maps = {"m": MapSpec("m", map_type, 4, 8, 1)}
    check(wrong, program(type, "m", flags=flags), maps)


@pytest.mark.parametrize(
    ("type", "which", "wrong"),
    [
        (ProgType.SCHED_CLS, "with_lock", ""),
        (ProgType.SOCKET_FILTER, "with_lock", "socket filter progs cannot use bpf_spin_lock yet"),
        (ProgType.TRACEPOINT, "with_lock", "tracing progs cannot use bpf_spin_lock yet"),
        (ProgType.PERF_EVENT, "with_timer", "tracing progs cannot use bpf_timer yet"),
        (ProgType.SCHED_CLS, "with_timer", ""),
    ],
)
def test_maps_by_their_fields(type: ProgType, which: str, wrong: str, spec: ObjectSpec) -> None:
    maps = {"m": spec.maps[which].replace(name="m")}
    check(wrong, program(type, "m"), maps)


@pytest.mark.parametrize(("ifindex", "wrong"), [(0, "metadata kfuncs require device-bound program"), (1, "")])
def test_metadata_of_packets_is_for_programs_of_a_device(ifindex: int, wrong: str) -> None:
    listing = parse("r2 = r10\nr2 += -8\ncall kfunc bpf_xdp_metadata_rx_timestamp\nr0 = 2\nexit")
    references = [Reference(one.slot, one.kind, one.name) for one in listing.references]
    code = encode(listing.instructions, sys.byteorder)
    check(wrong, ProgramSpec("p", ProgType.XDP, code, license="GPL", ifindex=ifindex, references=references), {})


def test_two_storages_of_a_cgroup() -> None:
    maps = {name: MapSpec(name, MapType.CGROUP_STORAGE, 16, 8, 0) for name in "ab"}
    with pytest.raises(VerifierError, match="only one cgroup storage"):
        verify(program(ProgType.CGROUP_SKB, "a", "b"), maps)
    verify(program(ProgType.CGROUP_SKB, "a", "a"), maps)


def test_too_many_maps() -> None:
    maps = {f"m{n}": MapSpec(f"m{n}", MapType.ARRAY, 4, 8, 1) for n in range(65)}
    with pytest.raises(VerifierError, match="limit of 64"):
        verify(program(ProgType.XDP, *maps), maps)


def test_what_a_bloom_filter_is_asked_for_is_only_read() -> None:
    """Other maps put a value where `bpf_map_peek_elem` points; a filter leaves what is spilled there."""
    listing = parse(
        "*(u64 *)(r10 - 8) = r1\nr2 = r10\nr2 += -8\nr1 = map[m]\ncall bpf_map_peek_elem\n"
        "r1 = *(u64 *)(r10 - 8)\nr0 = *(u32 *)(r1 + 16)\nr0 = 2\nexit"
    )
    references = [Reference(one.slot, "map", one.name) for one in listing.references]
    spec = ProgramSpec(
        "p", ProgType.XDP, encode(listing.instructions, sys.byteorder), license="GPL", references=references
    )
    verify(spec, {"m": MapSpec("m", MapType.BLOOM_FILTER, 0, 8, 100)})
    with pytest.raises(VerifierError, match="R1 invalid mem access 'scalar'"):
        verify(spec, {"m": MapSpec("m", MapType.QUEUE, 0, 8, 100)})


#: u32, struct bpf_spin_lock, a struct, a tag and a pointer to what is tagged; then the value.
FIELDS = [
    Int("unsigned int", 4, 0, 32),
    Struct("bpf_spin_lock", 4, [Member("val", 1, 0)]),
    Struct("task_struct", 4, [Member("pid", 1, 0)]),
    TypeTag("kptr", 3),
    Pointer(4),
]


NODES = [Struct("bpf_list_node", 24, []), Struct("bpf_rb_node", 32, []), Struct("bpf_refcount", 4, [])]


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ([Struct("value", 12, [Member("number", 1, 0), Member("lock", 2, 64)])], [8]),
        # A value has one lock at most.
        ([Struct("value", 8, [Member("a", 2, 0), Member("b", 2, 32)])], []),
        ([Struct("value", 24, [Member("them", 7, 0)]), Array(5, 1, 3)], [0, 8, 16]),
        # Linux looks at eleven fields.
        ([Struct("value", 96, [Member("them", 7, 0)]), Array(5, 1, 12)], []),
        ([Struct("value", 8, [Member("them", 7, 0)]), Array(2, 1, 2)], []),
        # A pointer that isn't aligned is none to care for.
        ([Struct("value", 16, [Member("it", 5, 32)])], []),
        # A list or tree has a lock beside it; what can be in both at once is counted.
        ([Struct("value", 24, [Member("lock", 2, 0), Member("all", 7, 64)]), Struct("bpf_list_head", 16, [])], [0, 8]),
        ([Struct("value", 16, [Member("all", 7, 0)]), Struct("bpf_rb_root", 16, [])], []),
        ([Struct("value", 56, [Member("a", 7, 0), Member("b", 8, 192)]), *NODES], []),
        ([Struct("value", 60, [Member("a", 7, 0), Member("b", 8, 192), Member("c", 9, 448)]), *NODES], [0, 24, 56]),
    ],
    ids=[
        "lock",
        "two locks",
        "pointers",
        "too many pointers",
        "locks in a row",
        "unaligned",
        "list",
        "tree without lock",
        "uncounted",
        "counted",
    ],
)
def test_special_fields(value: list[Type], places: list[int]) -> None:
    assert sorted(find(Btf.parse(bytes(Builder([*FIELDS, *value]))), 6)) == places


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (Int("char", 1, 0, 8), True),
        (Pointer(1), False),
        (Array(1, 1, 4), True),
        (Array(1, 1, 0), False),
        (Struct("inner", 4, [Member("x", 1, 0)]), True),
        (Array(3, 1, 2), False),
    ],
    ids=["number", "pointer", "array", "array of no length", "struct", "array of structs"],
)
def test_structs_of_nothing_but_numbers(member: Type, expected: bool) -> None:
    """Linux looks into structs, and not into arrays of them."""
    types = [FIELDS[0], member, Struct("one", 4, [Member("x", 1, 0)]), Struct("whole", 8, [Member("m", 2, 0)])]
    assert only_scalars(Btf.parse(bytes(Builder(types))), 4) is expected


@pytest.mark.parametrize(
    ("type", "struct", "expected"),
    [
        ("XDP", "xdp_md", True),
        ("XDP", "xdp_buff", True),
        ("SCHED_CLS", "sk_buff", True),
        ("SOCK_OPS", "bpf_sock_ops", True),
        # The kernel's own struct: what bpf_cast_to_kern_ctx() gives, not the context.
        ("SOCK_OPS", "bpf_sock_ops_kern", False),
        ("CGROUP_SOCK_ADDR", "bpf_sock_addr_kern", False),
        ("TRACEPOINT", "", False),
    ],
)
def test_structs_that_stand_for_the_context(type: str, struct: str, expected: bool) -> None:
    assert stands_for_context(type, struct) is expected


def test_without_types_no_function_is_global() -> None:
    """What only BTF says to be global is verified with its callers: their argument is known in it."""
    code = encode(assemble("r1 = 1\ncall pc+1\nexit\nr0 = r1\nexit"), sys.byteorder)
    functions = [Function(0, "p", is_global=True), Function(3, "f", is_global=True)]
    verify(ProgramSpec("p", ProgType.CGROUP_SYSCTL, code, license="GPL", functions=functions), {})


# -- symbols of the kernel

#: int, void *, "counter" (int), "here" (of no type): what an object says of its externs and, as it happens, the kernel has.
EXTERNS = [Int("int", 4, 1, 32), Const(0), Var("counter", 1, 2), Var("here", 2, 2)]


@pytest.mark.parametrize(
    ("name", "type_id", "weak", "shown", "wrong"),
    [
        ("counter", 3, False, None, ""),
        ("counter", 3, False, {"counter"}, ""),
        # Its type is known, its address is not: the kernel refuses that even where the extern is weak.
        ("counter", 3, False, set(), "ldimm64 failed to find the address for kernel symbol 'counter'"),
        ("counter", 3, True, set(), "ldimm64 failed to find the address for kernel symbol 'counter'"),
        ("here", 4, False, None, ""),
        ("here", 4, False, {"here"}, ""),
        ("here", 4, False, set(), "the target has no symbol here"),
        ("here", 4, True, set(), ""),
    ],
)
def test_symbols_that_the_kernel_does_not_show(
    name: str, type_id: int, weak: bool, shown: set[str] | None, wrong: str
) -> None:
    types = Btf.parse(bytes(Builder(EXTERNS)))
    spec = ProgramSpec(
        "p", ProgType.SOCKET_FILTER, encode(assemble("r1 = 0 ll\nr0 = 0\nexit"), sys.byteorder), btf=types,
        references=[Reference(0, "ksym", name, 0, weak, type_id)],
    )  # fmt: skip
    symbols = shown.__contains__ if shown is not None else None
    check(wrong, spec, {}, target=types, symbols=symbols)


@pytest.mark.parametrize(
    ("type_", "text", "reason"),
    [
        (
            ProgType.XDP,
            "call kfunc bpf_cast_to_kern_ctx",
            "cannot call kernel function from non-GPL compatible program",
        ),
        (ProgType.STRUCT_OPS, "r0 = 0", "struct ops programs must have a GPL compatible license"),
    ],
    ids=["kfunc", "struct_ops"],
)
def test_what_is_for_gpl_programs_only(type_: ProgType, text: str, reason: str) -> None:
    listing = parse(f"{text}\nr0 = 2\nexit")
    references = [Reference(one.slot, one.kind, one.name, one.offset) for one in listing.references]
    code = encode(listing.instructions, sys.byteorder)
    with pytest.raises(VerifierError) as error:
        verify(ProgramSpec("p", type_, code, license="Proprietary", references=references), {})
    assert error.value.reason == reason


KERNEL = """
struct sock { int dummy; } __attribute__((preserve_access_index));
struct tcp_congestion_ops { __u32 (*ssthresh)(struct sock *sk); char name[16]; };
"""


def test_what_the_target_has_not(tmp_path: Path) -> None:
    """An interface of the kernel, a kfunc: it is said of the target, not that this verifier doesn't know them."""
    text = f"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
char _license[] SEC("license") = "GPL";
{KERNEL}
extern int made_up_kfunc(void) __ksym;
SEC("struct_ops") __u32 BPF_PROG(thresh, struct sock *sk) {{ return 2; }}
SEC(".struct_ops") struct tcp_congestion_ops ops = {{ .ssthresh = (void *)thresh, .name = "mine" }};
SEC("tc") int caller(struct __sk_buff *skb) {{ return made_up_kfunc(); }}
"""
    spec = read_c(tmp_path, text)
    target = read_c(tmp_path, f"#include <linux/bpf.h>\n{KERNEL}struct tcp_congestion_ops theirs = {{}};\n").btf
    assert target is not None
    for name, reason in (
        ("thresh", "the target has no interface of struct tcp_congestion_ops for programs"),
        ("caller", "the target has no kernel function made_up_kfunc()"),
    ):
        with pytest.raises(VerifierError) as caught:
            verify(spec.programs[name], spec.maps, target=target)
        assert caught.value.reason == reason


#: The kernel's side of sched_ext's iterator, whose kfuncs no kernel needs to have for this, and programs' side.
QUEUES = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task_struct { int pid; };
struct bpf_iter_scx_dsq { __u64 opaque[6]; } __attribute__((aligned(8)));
"""
KERNEL_QUEUES = f"""{QUEUES}
struct task_struct a_task;
struct bpf_iter_scx_dsq an_iterator;
int bpf_iter_scx_dsq_new(struct bpf_iter_scx_dsq *it, __u64 id, __u64 flags) {{ return 0; }}
struct task_struct *bpf_iter_scx_dsq_next(struct bpf_iter_scx_dsq *it) {{ return 0; }}
void bpf_iter_scx_dsq_destroy(struct bpf_iter_scx_dsq *it) {{ }}
void scx_bpf_dispatch_from_dsq_set_slice(struct bpf_iter_scx_dsq *it__iter, __u64 slice) {{ }}
void bpf_rcu_read_lock(void) {{ }}
void bpf_rcu_read_unlock(void) {{ }}
"""
PROGRAM_QUEUES = f"""{QUEUES}
char _license[] SEC("license") = "GPL";
extern int bpf_iter_scx_dsq_new(struct bpf_iter_scx_dsq *it, __u64 id, __u64 flags) __ksym;
extern struct task_struct *bpf_iter_scx_dsq_next(struct bpf_iter_scx_dsq *it) __ksym;
extern void bpf_iter_scx_dsq_destroy(struct bpf_iter_scx_dsq *it) __ksym;
extern void scx_bpf_dispatch_from_dsq_set_slice(struct bpf_iter_scx_dsq *it, __u64 slice) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
SEC("syscall") int walked(void *ctx)
{{
	struct bpf_iter_scx_dsq it;
	struct task_struct *task;

	bpf_rcu_read_lock();
	bpf_iter_scx_dsq_new(&it, 1, 0);
	while ((task = bpf_iter_scx_dsq_next(&it)))
		scx_bpf_dispatch_from_dsq_set_slice(&it, task->pid);
	bpf_iter_scx_dsq_destroy(&it);
	bpf_rcu_read_unlock();
	return 0;
}}
SEC("syscall") int not_begun(void *ctx)
{{
	struct bpf_iter_scx_dsq it = {{}};

	scx_bpf_dispatch_from_dsq_set_slice(&it, 1);
	return 0;
}}
SEC("syscall") int ended(void *ctx)
{{
	struct bpf_iter_scx_dsq it;

	bpf_rcu_read_lock();
	bpf_iter_scx_dsq_new(&it, 1, 0);
	bpf_iter_scx_dsq_destroy(&it);
	scx_bpf_dispatch_from_dsq_set_slice(&it, 1);
	bpf_rcu_read_unlock();
	return 0;
}}
"""


def test_an_iterator_that_is_handed_to_another_kfunc(tmp_path: Path) -> None:
    from compiled import read_c

    spec, target = read_c(tmp_path, PROGRAM_QUEUES), read_c(tmp_path, KERNEL_QUEUES).btf
    verify(spec.programs["walked"], spec.maps, target=target)
    for name in ("not_begun", "ended"):
        with pytest.raises(VerifierError, match=r"expected an initialized iter_scx_dsq as arg #0"):
            verify(spec.programs[name], spec.maps, target=target)
