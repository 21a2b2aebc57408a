"""CO-RE on this kernel: what is there is read, and what is missing is named, by its C access and line."""

from __future__ import annotations

import sys

import pytest

import ebpf
from ebpf.asm import Instruction, encode
from ebpf.btf import Int, Member, Struct
from ebpf.btf.build import Builder
from ebpf.spec import CoreRelocation, Line, ObjectSpec, ProgramSpec
from ebpf.uapi.btf import CoreKind
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host

MOV, EXIT = 0xB7, Instruction(0x95)


def spec(kind: CoreKind, *, guarded: bool = False) -> ObjectSpec:
    """A program that returns what a relocation of `task_struct.no_such_field` gives; `guarded`: only if the field exists."""
    builder = Builder([Int("int", 4, 1)], byte_order=sys.byteorder)
    builder.add(Struct("task_struct", 4, [Member("no_such_field", 1, 0)]))
    guard = [Instruction(MOV, 1, imm=1), Instruction(0x55, 1, offset=1), EXIT] if guarded else []
    old = 1 if kind == CoreKind.FIELD_EXISTS else 0
    code = encode([Instruction(MOV, 0), *guard, Instruction(MOV, 0, imm=old), EXIT], sys.byteorder)
    place = 1 + len(guard)
    core = [CoreRelocation(1, 2, "0:0", CoreKind.FIELD_EXISTS)] if guarded else []
    program = ProgramSpec(
        name="reader",
        type=ProgType.SOCKET_FILTER,
        code=code,
        license="GPL",
        core=[*core, CoreRelocation(place, 2, "0:0", kind)],
        btf=builder.btf(),
        lines=[Line(0, "reader.c", "\tint old = task->no_such_field;", 12)],
    )
    return ObjectSpec(programs={"reader": program}, license="GPL")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ebpf.RelocationError) as caught:
        ebpf.load(spec(CoreKind.FIELD_BYTE_OFFSET), engine="kernel")
    assert caught.value.program == "reader"
    assert caught.value.access == "struct task_struct.no_such_field"
    assert caught.value.line == "reader.c:12: int old = task->no_such_field;"
    assert str(caught.value) == (
        "reader: struct task_struct.no_such_field: the target's struct task_struct has no such field, or one of another type "
        "(reader.c:12: int old = task->no_such_field;)"
    )
    assert "195896080" in getattr(caught.value.__cause__, "log", "")


@pytest.mark.parametrize("spec", [spec(CoreKind.FIELD_EXISTS), spec(CoreKind.FIELD_BYTE_OFFSET, guarded=True)])
def test_what_is_asked_for_first_loads(spec: ObjectSpec) -> None:
    with ebpf.load(spec, engine="kernel") as loaded:
        assert loaded.programs["reader"].run(bytes(64)).retval == 0
