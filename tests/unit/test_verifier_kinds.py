"""Kernel objects and special fields, by small programs: lists and trees looked into, work queues and their maps, callbacks
that never run; and what the random programs of these are made of."""

from __future__ import annotations

import pytest
import verifier_programs
from verdicts import check
from verifier_programs_kinds import MAPS, make, types
from verifier_programs_wide import types as wide_types

from ebpf.asm import assemble
from ebpf.errors import VerifierError
from ebpf.spec import Function, ProgramSpec, Reference
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

#: r7 is a value of the map `held`, with its lock taken.
TAKEN = """
*(u32 *)(r10 - 4) = 0
r2 = r10
r2 += -4
map held r1
call 1
if r0 == 0 goto OUT
r7 = r0
r1 = r7
call 93
"""
GIVEN = "r1 = r7\ncall 94\n"


def program(text: str, *, btf_of_maps: bool = True, type: ProgType = ProgType.SCHED_CLS) -> ProgramSpec:
    """Assembles text that has a line of its own for a map (`map NAME REG`), a kernel function (`kfunc NAME`), a function's
    address (`func LABEL REG`) and the labels of functions (`LABEL:`); OUT is the main function's end."""
    lines: list[str] = []
    references: list[Reference] = []
    functions = [Function(0, "random", 4)]
    addresses: list[tuple[int, int, str]] = []
    labels: dict[str, int] = {}
    outs: list[int] = []
    slot = 0
    for line in filter(None, (part.strip() for part in text.splitlines())):
        word, *rest = line.split()
        if word.endswith(":"):
            labels[word[:-1]] = slot
            if word != "OUT:":
                functions.append(Function(slot, word[:-1], 4 + len(functions)))
            continue
        if word in ("map", "func"):
            if word == "map":
                references.append(Reference(slot, "map", rest[0]))
            else:
                addresses.append((len(lines), slot, rest[0]))
            lines.append(f"{rest[1]} = 0 ll")
            slot += 2
            continue
        if word == "kfunc":
            references.append(Reference(slot, "kfunc", rest[0]))
            line = "call 0"
        if line.endswith("goto OUT"):
            outs.append(len(lines))
            line = line.replace("OUT", "+0")
        lines.append(line)
        slot += 1
    insns = assemble("\n".join(lines))
    place, at = [], 0
    for insn in insns:
        place.append(at)
        at += insn.slots
    for index in outs:
        insns[index].offset = labels["OUT"] - place[index] - 1
    for index, here, label in addresses:
        insns[index].src = 4
        insns[index].imm = (labels[label] - here - 1) & 0xFFFFFFFF
    for reference in references:
        if reference.kind == "map":
            insns[place.index(reference.slot)].src = 1
        else:
            insns[place.index(reference.slot)].src = 2
    spec = ProgramSpec(name="random", type=type, license="GPL")
    spec.instructions = insns
    spec.references = references
    spec.btf = types() if btf_of_maps else wide_types()
    spec.functions = functions
    return spec


END = "OUT:\nr0 = 0\nexit\n"
LOOK = "r1 = r7\nr1 += {at}\nkfunc {name}\nif r0 == 0 goto +1\nr4 = *(u64 *)(r0 - 8)\n"


@pytest.mark.parametrize(
    ("name", "at"), [("bpf_list_front", 8), ("bpf_list_back", 8), ("bpf_rbtree_first", 24), ("bpf_rbtree_root", 24)]
)
def test_a_look_into_a_list_or_tree(name: str, at: int) -> None:
    """What is shown is borrowed: good under the lock, with nothing to give back; and only there."""
    look = LOOK.format(name=name, at=at)
    verify(program(TAKEN + look + GIVEN + END), MAPS)
    after = look.replace("if r0 == 0 goto +1\nr4", "r8 = r0\n" + GIVEN + "if r8 == 0 goto +1\nr4").replace(
        "r0 - 8", "r8 - 8"
    )
    with pytest.raises(VerifierError, match="R8 invalid mem access 'scalar'"):
        verify(program(TAKEN + after + END), MAPS)
    unlocked = TAKEN.replace("r1 = r7\ncall 93\n", "")
    with pytest.raises(VerifierError, match="must be held"):
        verify(program(unlocked + look + END), MAPS)


STEP = """
r1 = r7
r1 += 24
kfunc bpf_rbtree_root
if r0 == 0 goto +7
r1 = r7
r1 += 24
r2 = r0
kfunc {name}
if r0 == 0 goto +2
{use}
goto +0
"""


@pytest.mark.parametrize("name", ["bpf_rbtree_left", "bpf_rbtree_right"])
def test_a_step_in_a_tree(name: str) -> None:
    use = "r4 = *(u64 *)(r0 - 8)"
    verify(program(TAKEN + STEP.format(name=name, use=use) + GIVEN + END), MAPS)
    with pytest.raises(VerifierError, match="access beyond struct our_leaf"):
        verify(program(TAKEN + STEP.format(name=name, use="r4 = *(u64 *)(r0 + 40)") + GIVEN + END), MAPS)
    owned = TAKEN + STEP.format(name=name, use=use).replace("r2 = r0", "r2 = r7") + GIVEN + END
    with pytest.raises(VerifierError, match="can only take non-owning or refcounted bpf_rb_node pointer"):
        verify(program(owned), MAPS)


WORK = """
*(u32 *)(r10 - 4) = 0
r2 = r10
r2 += -4
map worked r1
call 1
if r0 == 0 goto OUT
r1 = r0
r1 += 8
map {other} r2
r3 = 0
kfunc bpf_wq_init
"""


@pytest.mark.parametrize(("other", "wrong"), [("worked", ""), ("held", ""), ("table", "doesn't match map pointer")])
def test_the_map_that_a_work_queue_is_told(other: str, wrong: str) -> None:
    """Linux compares it with the queue's own only if it has a queue, too."""
    check(wrong, program(WORK.format(other=other) + END), MAPS)


def loop_of(turns: int, callback: str) -> str:
    return f"r1 = {turns}\nfunc {callback} r2\nr3 = 0\nr4 = 0\ncall 181\n"


FIRST, SECOND = "first:\nr0 = 0\nexit\n", "second:\nr0 = 0\nr1 = 1\nexit\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (loop_of(1, "first") + END + FIRST, ""),
        # Removed, and the program has no function left but its main one: nobody looks at the address.
        (loop_of(0, "first") + END + FIRST, ""),
        # Removed, and the address is then that of nothing.
        (loop_of(1, "first") + loop_of(0, "second") + END + FIRST + SECOND, "No program to jit"),
        # Removed, and the address is then that of the function behind.
        (loop_of(0, "first") + loop_of(1, "second") + END + FIRST + SECOND, ""),
    ],
    ids=["runs", "alone", "last", "not last"],
)
def test_a_callback_that_never_runs(text: str, wrong: str) -> None:
    check(wrong, program(text), MAPS)


def test_what_linux_takes_by_mistake() -> None:
    """Linux 6.18 follows precision past an atomic fetch as if the register had kept its number, and leaves out a path on which
    a byte is written behind the packet. That path is there."""
    with pytest.raises(VerifierError, match="R5 offset is outside of the packet"):
        verify(verifier_programs.make(1107203), verifier_programs.MAPS)


def test_how_many_of_the_random_programs_are_taken() -> None:
    """Enough for their refusals to say something, and their refusals are of many kinds."""
    taken, kinds = 0, set()
    for seed in range(150):
        try:
            verify(make(seed), MAPS, max_processed=20_000)
            taken += 1
        except VerifierError as error:
            kinds.add(error.kind)
    assert taken > 15
    assert len(kinds) > 10
