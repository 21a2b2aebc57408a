"""CO-RE: instructions made to fit the target's types.

The compiler notes what an instruction reads of which type (`task_struct`, access string "0:12:3"); here that path is
followed by name in the target's types, and the instruction gets the offset, size or number found there. The rules, down to
what counts as compatible or ambiguous, are those of libbpf, so that a program relocates to the same instructions.

An access that the target lacks is no error yet: a program may have asked before whether it exists, and never get there.
Its instruction becomes a call of a helper that doesn't exist, and a `Poison` says what it was.
"""

from __future__ import annotations

import sys
from struct import Struct as Layout

from ebpf.btf import types
from ebpf.btf.access import ANY_ENUM, ENUM_VALUE, FIELD, MAX_NESTING, Access, Refused, match, parse, type_text
from ebpf.btf.reader import essential
from ebpf.btf.types import _Slotted
from ebpf.errors import BtfError, RelocationError
from ebpf.uapi import opcodes
from ebpf.uapi.btf import BAD_RELOCATION, INT_SIGNED, CoreKind, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.btf.ext import CoreRelocation, Line
    from ebpf.btf.reader import Btf

_SLOT = Layout("=BBhi")
_SIZE_CODE = {size: code for code, size in opcodes.SIZE_BYTES.items()}


class Poison(_Slotted):
    """An instruction that can't run on this target: `access` is what it reads in C, `line` where, `reason` why not."""

    __slots__ = ("access", "line", "reason", "slot")
    _fields = ("slot", "access", "line", "reason")

    def __init__(self, slot: int, access: str, line: str, reason: str) -> None:
        self.slot = slot
        self.access = access
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.access}: {self.reason}" + (f" ({self.line})" if self.line else "")


def relocate(
    code: bytes,
    relocations: Sequence[CoreRelocation],
    local: Btf,
    targets: Sequence[Btf],
    lines: Sequence[Line] = (),
    *,
    program: str = "",
    poisoned: list[Poison] | None = None,
    own_types: bool = False,
    relocator: Relocator | None = None,
) -> bytes:
    """Bytecode (in this machine's byte order) with each relocation applied.

    `local` is the types of the object. `targets` are the kernel's types first and then, if there are any, its modules'
    (which are looked at only for what the kernel's lack). `poisoned` is given an entry for each instruction that the
    target can't satisfy. Raises RelocationError where libbpf would refuse to load: a malformed or ambiguous relocation.

    With `own_types` a type that no target has is as the program's own types have it: one with a flavour (`name___old`), which may
    speak of another kernel, as the one without. For a target that isn't a kernel.

    `relocator`: one for all programs of an object remembers what was found for them, as libbpf does.
    """
    if not relocations:
        return code
    if relocator is None:
        relocator = Relocator(local, targets, own_types=own_types)
    out = bytearray(code)
    for relocation in relocations:
        relocator.apply(out, relocation, lines, program, poisoned)
    return bytes(out)


def explain(poisoned: Sequence[Poison], slot: int | None, log: str) -> Poison | None:
    """What a verifier that refused a program stumbled over, if it was a missing target. `slot` is where it stopped, if that
    is known; otherwise its log says so: `12: (85) call unknown#195896080`."""
    for poison in poisoned:
        if poison.slot == slot:
            return poison
    name = f"unknown#{BAD_RELOCATION}"
    at = log.rfind(f"invalid func {name}")
    if at < 0:
        return None
    call = log.rfind(f": (85) call {name}", 0, at)
    number = log[log.rfind("\n", 0, call) + 1 : call] if call >= 0 else ""
    for poison in poisoned:
        if number.isdigit() and poison.slot == int(number):
            return poison
    return poisoned[0] if len(poisoned) == 1 else None


class Relocator:
    """Relocations of one object against one target: remembers which target types go with which local ones."""

    __slots__ = ("_candidates", "local", "own_types", "targets")

    def __init__(self, local: Btf, targets: Sequence[Btf], *, own_types: bool = False) -> None:
        self.own_types = own_types
        self.local = local
        self.targets = targets
        self._candidates: dict[int, list[tuple[Btf, int]]] = {}

    def apply(
        self,
        code: bytearray,
        relocation: CoreRelocation,
        lines: Sequence[Line] = (),
        program: str = "",
        poisoned: list[Poison] | None = None,
    ) -> None:
        """Changes the one instruction. See `relocate`."""
        spec: Access | None = None
        try:
            spec = parse(self.local, relocation)
            result = self.resolve(spec)
            reason = _patch(code, relocation.slot, result)
        except (Refused, BtfError) as error:
            access = spec.describe() if spec is not None else _describe_raw(self.local, relocation)
            line = _line(lines, relocation.slot)
            where = f"{program}: " if program else ""
            raise RelocationError(
                f"{where}{access}: {error}" + (f"\n  {line}" if line else ""),
                program=program,
                access=access,
                line=line,
            ) from None
        if reason and poisoned is not None:
            poisoned.append(Poison(relocation.slot, spec.describe(), _line(lines, relocation.slot), reason))

    def resolve(self, spec: Access) -> _Result:
        """What the instruction is to become, over all candidates; they must agree."""
        if spec.kind == CoreKind.TYPE_ID_LOCAL:
            return _Result(old=spec.root, new=spec.root, validate=False)
        if not self.local.name(spec.root):
            raise Refused("a type without a name can't be found in the target")
        candidates = self._candidates_of(spec.root)
        chosen: _Result | None = None
        chosen_offset = 0
        matching = []
        for btf, type_id in candidates:
            target = match(spec, btf, type_id)
            if target is None:
                continue
            result = _calculate(spec, target)
            if chosen is None:
                chosen, chosen_offset = result, target.bit_offset
            elif target.bit_offset != chosen_offset:
                raise Refused(
                    f"ambiguous: the target has several types of that name, with it at bit {chosen_offset} in one "
                    f"and at bit {target.bit_offset} in another"
                )
            elif (result.poison, result.new) != (chosen.poison, chosen.new):
                raise Refused(
                    f"ambiguous: the target has several types of that name, one gives {chosen.new}, "
                    f"another {result.new}"
                )
            matching.append((btf, type_id))
        if chosen is None:
            result = _calculate(spec, None)
            if result.poison:
                result.poison = self._why_missing(spec, candidates)
            return result
        self._candidates[spec.root] = matching
        return chosen

    def _candidates_of(self, type_id: int) -> list[tuple[Btf, int]]:
        found = self._candidates.get(type_id)
        if found is None:
            found = []
            kind = self.local.kind(type_id)
            kinds = ANY_ENUM if kind in ANY_ENUM else (kind,)
            name = essential(self.local.name(type_id))
            for btf in self.targets:
                own = btf.base is not None and btf.base is self.targets[0]
                for candidate in btf.find_flavours(name, own=own):
                    if btf.kind(candidate) in kinds:
                        found.append((btf, candidate))
                if found and not own:
                    break
            if not found and self.own_types:
                own_type = type_id if self.local.name(type_id) == name else self.local.find(name, kind)
                found += [(self.local, own_type)] if own_type is not None else []
            self._candidates[type_id] = found
        return found

    def _why_missing(self, spec: Access, candidates: Sequence[tuple[Btf, int]]) -> str:
        kind, name = self.local.kind(spec.root).label.lower(), essential(self.local.name(spec.root))
        if not candidates:
            return f"the target has no {kind} {name}"
        if spec.kind in ENUM_VALUE:
            return f"the target's enum {name} has no {spec.steps[0].name}"
        return f"the target's {kind} {name} has no such field, or one of another type"


def _describe_raw(local: Btf, relocation: CoreRelocation) -> str:
    return f"{type_text(local, relocation.type_id)} + {relocation.access!r}"


def _line(lines: Sequence[Line], slot: int) -> str:
    found = None
    for line in lines:
        if line.slot > slot:
            break
        found = line
    return f"{found.file}:{found.line}: {found.text.strip()}" if found is not None else ""


# What the instruction is to hold.


class _Result:
    """`old` is what the instruction holds now (checked if `validate`), `new` what it is to hold.

    `poison`: why it can't be satisfied. `sizes`: of what a load or store touches, here and in the target, where they
    differ; `resizable` if it may be widened or narrowed.
    """

    __slots__ = ("new", "old", "poison", "resizable", "sizes", "validate")

    def __init__(self, old: int = 0, new: int = 0, validate: bool = True) -> None:
        self.old = old
        self.new = new
        self.validate = validate
        self.poison = ""
        self.sizes = (0, 0)
        self.resizable = True


class _Field:
    """One aspect of a field: its `value`, whether the instruction must already hold it, its size and type (offsets only)."""

    __slots__ = ("size", "type_id", "validate", "value")

    def __init__(self, value: int, validate: bool, size: int = 0, type_id: int = 0) -> None:
        self.value = value
        self.validate = validate
        self.size = size
        self.type_id = type_id


def _calculate(local: Access, target: Access | None) -> _Result:
    kind = local.kind
    result = _Result()
    if kind in FIELD:
        if kind == CoreKind.FIELD_EXISTS:
            result.old, result.new = 1, int(target is not None)
            return result
        mine = _field(local)
        result.old, result.validate = mine.value, mine.validate
        if target is None:
            result.poison = "missing"
            return result
        theirs = _field(target)
        result.new = theirs.value
        if mine.size != theirs.size:
            result.sizes = (mine.size, theirs.size)
            one = local.btf.type(mine.type_id)
            other = target.btf.type(theirs.type_id)
            result.resizable = (isinstance(one, types.Pointer) and isinstance(other, types.Pointer)) or (
                isinstance(one, types.Int)
                and isinstance(other, types.Int)
                and one.encoding != INT_SIGNED
                and other.encoding != INT_SIGNED
            )
    elif kind in ENUM_VALUE:
        if kind == CoreKind.ENUMVAL_EXISTS:
            result.old, result.new = 1, int(target is not None)
            return result
        result.old = _enum_value(local)
        if target is None:
            result.poison = "missing"
        else:
            result.new = _enum_value(target)
    else:
        result.old, result.validate = _type_value(local), kind != CoreKind.TYPE_ID_TARGET
        result.new = _type_value(target) if target is not None else 0
    return result


def _enum_value(spec: Access) -> int:
    enum = spec.btf.type(spec.steps[0].type_id)
    assert isinstance(enum, types.Enum)
    value = enum.values[spec.steps[0].index].value
    # A 32-bit value is read as signed, whatever the enum says; a 64-bit one as it is.
    if enum.kind == Kind.ENUM and value & 0x80000000:
        value -= 0 if value < 0 else 1 << 32
    return value & 0xFFFFFFFFFFFFFFFF


def _type_value(spec: Access) -> int:
    if spec.kind == CoreKind.TYPE_ID_TARGET:
        return spec.root
    if spec.kind == CoreKind.TYPE_SIZE:
        return spec.btf.size(spec.root)
    return 1


def _field(spec: Access) -> _Field:
    btf, kind, step = spec.btf, spec.kind, spec.steps[-1]
    bit_offset = spec.bit_offset
    if step.name is None:
        size = btf.size(step.type_id)
        if kind == CoreKind.FIELD_BYTE_OFFSET:
            return _Field(bit_offset // 8, True, size, step.type_id)
        if kind == CoreKind.FIELD_BYTE_SIZE:
            return _Field(size, True)
        raise Refused("this can't be asked of an element of an array")
    holder = btf.type(step.type_id)
    assert isinstance(holder, types.Struct)
    member = holder.members[step.index]
    type_id = btf.resolve(member.type)
    field = btf.type(type_id)
    bit_size = member.bit_size
    if bit_size:
        # The smallest aligned unit of the field's type, or wider, that holds all of the bits.
        size = btf.size(type_id)
        offset = bit_offset // 8 // size * size if size else 0
        while not size or bit_offset + bit_size - offset * 8 > size * 8:
            if size >= 8 or not size:
                raise Refused("a bitfield that no 64-bit load holds")
            size *= 2
            offset = bit_offset // 8 // size * size
    else:
        size = btf.size(type_id)
        offset = bit_offset // 8
        bit_size = size * 8
    exact = not member.bit_size
    if kind == CoreKind.FIELD_BYTE_OFFSET:
        if not exact:
            return _Field(offset, False)
        # A load is of one element of an array, whatever its length (libbpf 1.6).
        for _ in range(MAX_NESTING):
            if not isinstance(field, types.Array):
                break
            type_id = btf.resolve(field.type)
            field = btf.type(type_id)
        return _Field(offset, True, btf.size(type_id), type_id)
    if kind == CoreKind.FIELD_BYTE_SIZE:
        return _Field(size, exact)
    if kind == CoreKind.FIELD_SIGNED:
        return _Field(int(isinstance(field, (types.Enum, types.Int)) and field.signed), True)
    if kind == CoreKind.FIELD_LSHIFT_U64:
        if sys.byteorder == "little":
            return _Field(64 - (bit_offset + bit_size - offset * 8) & 0xFFFFFFFFFFFFFFFF, exact)
        return _Field((8 - size) * 8 + (bit_offset - offset * 8), exact)
    return _Field(64 - bit_size & 0xFFFFFFFFFFFFFFFF, True)


def _patch(code: bytearray, slot: int, result: _Result) -> str:
    """Writes the result into the instruction. Returns why it was poisoned, "" if it wasn't."""
    at = slot * 8
    if slot < 0 or at + 8 > len(code):
        raise Refused(f"the relocation is of instruction {slot}, of {len(code) // 8}")
    opcode, registers, offset, imm = _SLOT.unpack_from(code, at)
    family = opcode & opcodes.CLASS_MASK
    old, new = result.old, result.new
    if family in (opcodes.ALU, opcodes.ALU64):
        if opcode & opcodes.X:
            raise Refused(f"the instruction ({opcode:#04x}) has no immediate to relocate")
        if result.poison:
            return _poison(code, at, 1, result.poison)
        if result.validate and imm & 0xFFFFFFFFFFFFFFFF != old:
            raise Refused(f"the instruction holds {imm}, the object's types say {old}")
        imm = new & 0xFFFFFFFF
        _SLOT.pack_into(code, at, opcode, registers, offset, imm - (1 << 32) if imm >> 31 else imm)
    elif family in (opcodes.LDX, opcodes.ST, opcodes.STX):
        if result.poison:
            return _poison(code, at, 1, result.poison)
        if result.validate and offset != old:
            raise Refused(f"the instruction reads at {offset}, the object's types say {old}")
        if new > 0x7FFF:
            raise Refused(f"in the target it is at byte {new}; an instruction reaches 32767")
        if not result.resizable:
            return _poison(
                code,
                at,
                1,
                f"it has {result.sizes[0]} bytes here and {result.sizes[1]} in the target, "
                "and only pointers and unsigned integers can be read at another size",
            )
        mine, theirs = result.sizes
        if mine != theirs:
            width = opcodes.SIZE_BYTES[opcode & opcodes.SIZE_MASK]
            if width != mine:
                raise Refused(f"the instruction reads {width} bytes, the object's types say {mine}")
            if theirs not in _SIZE_CODE:
                raise Refused(f"in the target it has {theirs} bytes; an instruction reads 1, 2, 4 or 8")
            opcode = opcode & ~opcodes.SIZE_MASK | _SIZE_CODE[theirs]
        _SLOT.pack_into(code, at, opcode, registers, new, imm)
    elif opcode == opcodes.LDDW:
        if at + 16 > len(code):
            raise Refused("the second half of the 16-byte load is missing")
        second = _SLOT.unpack_from(code, at + 8)
        source = registers >> 4 if sys.byteorder == "little" else registers & 15
        if source or offset or second[:3] != (0, 0, 0):
            raise Refused("the 16-byte load is no plain number")
        if result.poison:
            return _poison(code, at, 2, result.poison)
        value = imm & 0xFFFFFFFF | (second[3] & 0xFFFFFFFF) << 32
        if result.validate and value != old:
            raise Refused(f"the instruction holds {value}, the object's types say {old}")
        code[at + 4 : at + 8] = (new & 0xFFFFFFFF).to_bytes(4, sys.byteorder)
        code[at + 12 : at + 16] = (new >> 32 & 0xFFFFFFFF).to_bytes(4, sys.byteorder)
    else:
        raise Refused(f"the instruction ({opcode:#04x}) isn't one that can be relocated")
    return ""


def _poison(code: bytearray, at: int, slots: int, reason: str) -> str:
    for number in range(slots):
        _SLOT.pack_into(code, at + number * 8, opcodes.JMP | opcodes.CALL, 0, 0, BAD_RELOCATION)
    return reason
