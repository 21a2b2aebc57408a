"""Is it an instruction, and does it leave alone what it doesn't use? By RFC 9669; no proof of anything else."""

from __future__ import annotations

from ebpf.errors import AsmError
from ebpf.uapi.instructions import BY_OPCODE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebpf.asm.instruction import Instruction
    from ebpf.uapi.instructions import InstructionRow

_FIELDS = ("dst", "src", "offset", "imm")


def row_of(insn: Instruction) -> InstructionRow | None:
    """The row of `ebpf.uapi.instructions` that the instruction is; None if it is none, or if a field is not as it must be."""
    for row in BY_OPCODE.get(insn.opcode, ()):
        if (
            (row.src is None or insn.src in row.src)
            and (row.offset is None or insn.offset in row.offset)
            and (row.imm is None or insn.imm in row.imm)
            and (row.dst is None or insn.dst in row.dst)
            and insn.dst <= 10
            and insn.src <= 10
        ):
            return row
    return None


def check(
    instructions: Iterable[Instruction], *, version: int | None = None, kernel: tuple[int, int] | None = None
) -> None:
    """Raises AsmError for the first instruction that is wrong in itself, with its slot and the field.

    Refused: an unknown opcode, a register above r10, a field that must be 0 (or one of some values) and is not, and a jump or
    local call that leaves the program or lands inside a 16-byte load. With `version` (1 to 4): what that `-mcpu` doesn't have.
    With `kernel` ((5, 10)): what that Linux release doesn't have.
    """
    insns = list(instructions)
    starts = set()
    end = 0
    for insn in insns:
        starts.add(end)
        end += insn.slots
    slot = 0
    for insn in insns:
        row = row_of(insn)
        if row is None:
            raise AsmError(problem(insn), slot=slot)
        if version is not None and row.version > version:
            raise AsmError(f"{row.name} needs -mcpu=v{row.version}, not v{version}", slot=slot)
        if kernel is not None and (row.since is None or row.since > kernel):
            needs = (
                "no Linux release has" if row.since is None else "Linux {}.{} is the first that has".format(*row.since)
            )
            raise AsmError(f"{needs} {row.name}", slot=slot)
        distance = jump_of(insn, row)
        if distance is not None:
            target = slot + 1 + distance
            if target not in starts:
                where = "inside a 16-byte load" if 0 <= target < end else f"outside the program (0 to {end - 1})"
                raise AsmError(f"{row.name} goes to {target}, which is {where}", slot=slot)
        slot += insn.slots


def jump_of(insn: Instruction, row: InstructionRow) -> int | None:
    """How far, in slots from the next, the instruction may go (or point, for a load of a function); None if nowhere."""
    if row.form in ("cond", "jump", "may_goto"):
        return insn.offset
    if row.form in ("jump32", "call_local"):
        return insn.imm
    if row.name == "lddw func":
        low = insn.imm & 0xFFFFFFFF
        return low - (1 << 32) if low & 0x80000000 else low
    return None


def problem(insn: Instruction) -> str:
    """Why `row_of` is None, in words that name the field."""
    rows = BY_OPCODE.get(insn.opcode)
    if not rows:
        return f"there is no instruction with opcode {insn.opcode:#04x}"
    for field in ("dst", "src"):
        if getattr(insn, field) > 10:
            return f"{field} is r{getattr(insn, field)}; the last register is r10"
    wrong = [[field for field in _FIELDS if not _fits(getattr(row, field), getattr(insn, field))] for row in rows]
    fewest = min(map(len, wrong))
    field = next(fields[0] for fields in wrong if len(fields) == fewest)
    near = [row for row, fields in zip(rows, wrong, strict=True) if len(fields) == fewest and fields[0] == field]
    allowed = sorted({value for row in near for value in getattr(row, field)})
    names = " or ".join(dict.fromkeys(row.name for row in near[:3]))
    values = f"{', '.join(map(str, allowed[:-1]))} or {allowed[-1]}" if len(allowed) > 1 else str(allowed[0])
    unused = "doesn't use it, so it " if allowed == [0] else ""
    return f"{field} is {getattr(insn, field)}: {names} {unused}must {'have' if not unused else 'be'} {values}"


def _fits(allowed: tuple[int, ...] | None, value: int) -> bool:
    return allowed is None or value in allowed
