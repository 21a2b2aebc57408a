"""What is said of a reason: its kind, and what its numbers tell beyond that (merged accesses, 32-bit negatives, far offsets)."""

from __future__ import annotations

import pytest

from ebpf.asm import assemble
from ebpf.errors import VerifierError
from ebpf.explain import KINDS, words
from ebpf.spec import ProgramSpec
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

FAR = "pkt(id=1,r=0,smin=smin32=0,smax=umax=smax32=umax32=0xffff,var_off=(0x0; 0xffff))"
FAR_6_1 = "pkt(id=1,off=0,r=0,umax_value=65535,var_off=(0x0; 0xffff))"
NEAR = "pkt(id=1,r=0,smin=smin32=0,smax=umax=smax32=umax32=255,var_off=(0x0; 0xff))"


@pytest.mark.parametrize(
    ("reason", "known", "sentence", "fix"),
    [
        ("math between pkt pointer and 4294967295 is not allowed", "", "-1 of 32 bits is added", "in 64 bits"),
        ("math between map_value pointer and 4294967292 is not allowed", "", "-4 of 32 bits is added", "in 64 bits"),
        ("invalid bpf_context access off=32 size=8", "", KINDS["context"][0], "the compiler made one access of them"),
        ("invalid access to packet, off=9 size=1, R3(id=1,off=9,r=0)", FAR, KINDS["packet-bounds"][0], "offset > 1500"),
        ("invalid access to packet, off=9 size=1, R3(id=1,off=9,r=0)", FAR_6_1, KINDS["packet-bounds"][0], "offset > 1500"),
        ("cannot call GPL-restricted function from non-GPL compatible program", "", "only for GPL programs", "SEC(\"license\")"),
        ("struct ops programs must have a GPL compatible license", "", "only for GPL programs", "SEC(\"license\")"),
        ("R1 type=map_value expected=map_ptr", "map_value(map=.bss,ks=4,vs=32)", "where a map is wanted", "SEC(\".maps\")"),
        ("R1 has no valid kptr", "map_value(map=m,ks=4,vs=8)", "no pointer to objects", "clang 15"),
        ("invalid zero-sized read", "fp-16", KINDS["argument"][0], "no keys, or no values"),
        ("cannot pass map_type 1 into func bpf_get_stackid#27", "", "bpf_get_stackid() doesn't work on a map of type hash", ""),
    ],
)  # fmt: skip
def test_numbers_that_tell_more(reason: str, known: str, sentence: str, fix: str) -> None:
    kind = words(reason)[0]
    for found in (words(reason, known=known), words(reason, kind, known)):
        assert found[0] == kind and sentence in found[1] and fix in found[2]


@pytest.mark.parametrize(
    ("reason", "fix"),
    [
        ("Tracing programs must provide btf_id", 'SEC("fentry/FUNCTION")'),
        ("Attaching fexit/fmod_ret to __noreturn functions is rejected.", "use fentry"),
        ("vfs_read() is not modifiable", "marked for error injection"),
        ("hidden() is not a global function", "not static"),
        ("Cannot recursively attach", "can't be replaced or watched itself"),
        ("less() has 1 args while answer() has 2 args", "the same arguments"),
        ("arg0 in less() is INT while answer() has PTR", "the same arguments"),
        ("Return type INT of less() doesn't match type VOID of answer()", "the same arguments"),
        ("arg0 less(struct __sk_buff *) doesn't match answer(struct xdp_md *)", "the same arguments"),
    ],
)
def test_what_cannot_be_attached_to(reason: str, fix: str) -> None:
    kind, _, found = words(reason)
    assert kind == "btf" and fix in found


def test_stack_that_is_not_there_and_stack_that_nobody_wrote() -> None:
    for off, size, kind in (
        (-8, 8, "stack-uninitialised"),
        (-512, 4, "stack-uninitialised"),
        (-520, 8, "stack-bounds"),
        (-4, 8, "stack-bounds"),
        (0, 1, "stack-bounds"),
    ):
        assert words(f"invalid read from stack R10 off={off} size={size}")[0] == kind


@pytest.mark.parametrize(
    ("reason", "known"),
    [
        ("math between pkt pointer and 5000000000 is not allowed", ""),
        ("math between pkt pointer and 600000000 is not allowed", ""),
        ("invalid bpf_context access off=40 size=4", ""),
        ("invalid access to packet, off=9 size=1, R3(id=1,off=9,r=0)", NEAR),
        ("invalid access to packet, off=9 size=1, R3(id=1,off=9,r=0)", ""),
        ("invalid access to map value, value_size=8 off=9 size=1", FAR),
    ],
)
def test_others_are_told_by_their_kind(reason: str, known: str) -> None:
    plain = words(reason)
    assert words(reason, known=known) == plain
    assert words(reason, plain[0], known) == (plain[0], *KINDS[plain[0]])


PROGRAMS = [
    (ProgType.XDP, None, "r1 = *(u32 *)(r1 + 0)\n w2 = 0\n w2 += -1\n r1 += r2\n r0 = 0\n exit", "-1 of 32 bits"),
    (
        ProgType.CGROUP_SOCKOPT,
        AttachType.CGROUP_GETSOCKOPT,
        "r2 = 4\n *(u64 *)(r1 + 32) = r2\n r0 = 1\n exit",
        "the compiler made one access of them",
    ),
    (
        ProgType.SCHED_CLS,
        None,
        """r2 = *(u32 *)(r1 + 76)
        r3 = *(u32 *)(r1 + 80)
        r4 = *(u32 *)(r1 + 8)
        r4 &= 0xffff
        r2 += r4
        r5 = r2
        r5 += 4
        if r5 > r3 goto +1
        r0 = *(u8 *)(r2 + 1)
        r0 = 0
        exit""",
        "an offset that may be 65535",
    ),
]


@pytest.mark.parametrize(("type_", "attach_type", "text", "told"), PROGRAMS)
def test_a_refusal_says_so(type_: ProgType, attach_type: AttachType | None, text: str, told: str) -> None:
    spec = ProgramSpec("p", type_, license="GPL", attach_type=attach_type)
    spec.instructions = assemble(text)
    with pytest.raises(VerifierError) as caught:
        verify(spec, {})
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ("pkt(r=14)", "packet-moved"),
        ("ringbuf_mem(ref_obj_id=2,sz=28)", "released"),
        ("sock(ref_obj_id=3)", "released"),
    ],
)
def test_a_number_that_was_a_pointer_before_a_call(known: str, kind: str) -> None:
    """Linux says of it what it says of any number: that it was a pointer is in what was known of it before."""
    assert words("R6 invalid mem access 'scalar'", known=known)[1:] == KINDS[kind]
    assert words("R6 invalid mem access 'scalar'", known="scalar()")[1] == KINDS["not-pointer"][0]


def test_a_function_that_stands_in_for_one_that_was_not_named() -> None:
    program = ProgramSpec("mine", ProgType.EXT, section="freplace/theirs", license="GPL")
    program.instructions = assemble("r0 = 0\n exit")
    with pytest.raises(VerifierError, match="not named") as caught:
        verify(program, {})
    assert "--replaces FILE" in str(caught.value) and "gap of ours" not in str(caught.value)


#: Reasons as Linux words them → the kind that ours has.
REASONS = {
    "access beyond struct our_node at off 40 size 8": "btf",
    "invalid read from stack R10 off=-516 size=8": "stack-bounds",
    "invalid read from stack off -8+0 size 8": "stack-uninitialised",
    "direct access to bpf_list_node is disallowed": "field",
    "tracing progs cannot use bpf_timer yet": "map-kind",
    "Possibly NULL pointer passed to trusted arg0": "null",
    "R1 pointer arithmetic on map_value_or_null prohibited, null-check it first": "map-value-null",
    "function calls are not allowed while holding a lock": "lock",
    "BPF_EXIT instruction in main prog cannot be used inside bpf_rcu_read_lock-ed region": "rcu",
    "expected an initialized iter_num as arg #0": "iterator",
    "arg#0 expected pointer to stack or const struct bpf_dynptr": "dynptr",
    "calling kernel function bpf_dynptr_from_skb is not allowed": "kfunc",
    "math between fp pointer and register with unbounded min value is not allowed": "unbounded",
    "Syscall programs can only be sleepable": "sleepable",
    "metadata kfuncs require device-bound program": "kfunc",
    "verifier bug: No program to jit at insn 7 (subprog < 0)": "call",
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_kernels_reasons_have_our_kinds(reason: str) -> None:
    kind, sentence, fix = words(reason)
    assert kind == REASONS[reason]
    assert sentence
    assert fix
