"""An object against a kernel it isn't on: what that kernel lacks, from its types alone.

A kernel's BTF holds more than structs: `enum bpf_func_id` lists its helpers, `bpf_map_type` its map types, `bpf_prog_type` and
`bpf_attach_type` its hooks; its functions and tracepoints are types, too. So nothing is loaded, and nothing is guessed from
a version. What a program would never reach there, having asked first whether it exists, is not missed.
"""

from __future__ import annotations

import sys

from ebpf._record import Frozen
from ebpf.asm import decode
from ebpf.btf import core
from ebpf.btf.reader import essential
from ebpf.btf.types import Enum, Struct, Var
from ebpf.elf.reachable import reachable
from ebpf.elf.sections import section_of
from ebpf.errors import RelocationError
from ebpf.uapi import opcodes as op
from ebpf.uapi.attach_targets import SYSCALL_PREFIXES, TARGETS
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import Kind
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebpf.asm import Instruction
    from ebpf.btf import Btf
    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, Reference


class Missing(Frozen):
    """Something that the target lacks. `kind`: "type", "helper", "kfunc", "symbol", "program type", "attach type", "map type",
    "function", "tracepoint", "system call", "struct_ops", "configuration"; `name` what it is called, `why` the rest; `line` is
    the C line, if one is known. `since` is the first Linux that has it, where a table says so. `program` is the program or, for
    "map type", "struct_ops" and "configuration", the map."""

    program: str
    kind: str
    name: str
    why: str
    line: str = ""
    since: tuple[int, int] | None = None

    def __str__(self) -> str:
        text = f"{self.program}: {self.name}: {self.why}"
        if self.since:
            text += f" (Linux {self.since[0]}.{self.since[1]} has it)"
        return text + (f"\n  {self.line}" if self.line else "")


def missing(spec: ObjectSpec, target: Btf) -> list[Missing]:
    """What `target`, the types of a kernel, lacks of what `spec` needs, program by program, then the maps.

    Empty is no promise that the kernel's verifier agrees. The object must be of this machine's byte order (ObjectError).
    """
    spec.check_byte_order()
    found: list[Missing] = []
    relocators: dict[int, core.Relocator] = {}
    for program in spec.programs.values():
        found += _program(program, target, relocators)
    map_types = _values(target, "bpf_map_type")
    for map_ in spec.maps.values():
        if map_types and map_.type not in map_types:
            label = f"map type {map_.type.name.lower()}"
            found.append(Missing(map_.name, "map type", label, "this kernel has none", since=map_.type.since))
        elif map_.type == MapType.STRUCT_OPS:
            found += _struct_ops(map_, target)
    return found


def _values(target: Btf, enum: str) -> set[int]:
    """The values of one of the kernel's enums, without its last, which counts them; empty if it isn't there."""
    type_id = target.find(enum, Kind.ENUM) or target.find(enum, Kind.ENUM64)
    found = target.type(type_id) if type_id else None
    if not isinstance(found, Enum):
        return set()
    return {value.value for value in found.values if "MAX" not in value.name.split("_")}


def _program(program: ProgramSpec, target: Btf, relocators: dict[int, core.Relocator]) -> Iterator[Missing]:
    def at(slot: int) -> str:
        line = program.line_at(slot)
        return f"{line.file}:{line.line}: {line.text.strip()}" if line is not None else ""

    types = _values(target, "bpf_prog_type")
    if types and program.type not in types:
        label = f"program type {program.type.name.lower()}"
        yield Missing(program.name, "program type", label, "this kernel has none", since=program.type.since)
        return
    attach_types = _values(target, "bpf_attach_type")
    if program.attach_type is not None and attach_types and program.attach_type not in attach_types:
        label = f"attach type {program.attach_type.name.lower()}"
        yield Missing(program.name, "attach type", label, "this kernel has none", since=program.attach_type.since)
        return
    yield from _hook(program, target)
    code, poisoned = program.code, list[core.Poison]()
    if program.core and program.btf is not None:
        relocator = relocators.setdefault(id(program.btf), core.Relocator(program.btf, [target]))
        try:
            code = core.relocate(
                code, program.core, program.btf, [target], program.lines, poisoned=poisoned, relocator=relocator
            )
        except RelocationError as error:
            text = str(error).partition("\n")[0].removeprefix(f"{error.access}: ")
            yield Missing(program.name, "type", error.access, text, error.line)
            return
    instructions = dict(_placed(decode(code, sys.byteorder)))
    reached = reachable(instructions)
    for poison in poisoned:
        if poison.slot in reached:
            yield Missing(program.name, "type", poison.access, poison.reason, poison.line)
    yield from _calls(program, target, instructions, reached, at)


def _hook(program: ProgramSpec, target: Btf) -> Iterator[Missing]:
    """What the section names to attach to. A module's own things are in other types: nothing is said of them."""
    found, name = section_of(program.section), program.target
    if found is None or not name or ":" in name:
        return
    row = found[0]
    if row.attach_type in TARGETS or row.hook == "raw_tracepoint":
        prefix, kind, what = TARGETS[row.attach_type or AttachType.TRACE_RAW_TP]
        if target.find(prefix + name, kind) is None:
            label = name if what in ("tracepoint", "function with types") else prefix + name
            yield _no_hook(program, label, what)
    elif row.hook in ("kprobe", "kprobe_multi"):
        name = name.partition("+")[0]
        # kprobe/sys_execve goes to __x64_sys_execve or as the machine calls it.
        call = name.removeprefix("sys_")
        if not _functions(target, name) and (call == name or not _system_call(target, call)):
            # Not every function has a type: a static one that was inlined, or one in assembler.
            yield _no_hook(program, name, "function with types")
    elif row.hook == "ksyscall":
        if not _system_call(target, name):
            yield _no_hook(program, name, "system call")
    elif row.hook == "tracepoint":
        category, _, event = name.partition("/")
        if category == "syscalls":
            call = event.removeprefix("sys_enter_").removeprefix("sys_exit_")
            if not _system_call(target, call):
                yield _no_hook(program, call, "system call")
        elif event and category != "ftrace" and target.find(f"btf_trace_{event}", Kind.TYPEDEF) is None:
            yield _no_hook(program, event, "tracepoint")


def _no_hook(program: ProgramSpec, name: str, what: str) -> Missing:
    if what == "function with types":
        return Missing(program.name, "function", name, "no function of that name has a type in this kernel")
    kind = what if what in ("tracepoint", "system call") else "function"
    return Missing(program.name, kind, name, f"this kernel has no such {what}")


def _system_call(target: Btf, name: str) -> bool:
    return any(_functions(target, prefix + name) for prefix in SYSCALL_PREFIXES)


def _functions(target: Btf, pattern: str) -> bool:
    """Whether a function of that name, or of a name like the pattern, has a type; where none has, that can't be told."""
    if not any(char in pattern for char in "*?["):
        return target.find(pattern, Kind.FUNC) is not None
    from fnmatch import fnmatchcase

    ids = range(target.start_id, len(target))
    return any(target.kind(one) == Kind.FUNC and fnmatchcase(target.name(one), pattern) for one in ids)


def _struct_ops(map_: MapSpec, target: Btf) -> Iterator[Missing]:
    """The kernel's interface, and the members that the object's variable sets."""
    local = map_.btf.type(map_.btf.resolve(map_.value_type)) if map_.btf is not None else None
    if map_.btf is None or not isinstance(local, Struct):
        return
    name = essential(local.name)
    type_id = target.find(name, Kind.STRUCT)
    found = target.type(type_id) if type_id else None
    if not isinstance(found, Struct) or target.find(f"bpf_struct_ops_{name}", Kind.STRUCT) is None:
        why = "this kernel has no such interface for programs; a module may have it"
        yield Missing(map_.name, "struct_ops", f"struct {name}", why)
        return
    there = {member.name for member in found.members}
    content = next((value for _key, value in map_.contents if isinstance(value, bytes)), b"")
    for member in local.members:
        at = member.bit_offset // 8
        is_set = member.name in map_.programs or any(content[at : at + map_.btf.size(member.type)])
        if is_set and member.name not in there:
            why = f"the kernel's struct {name} has no such member"
            yield Missing(map_.name, "struct_ops", f"struct {name}.{member.name}", why)


def _calls(
    program: ProgramSpec, target: Btf, instructions: dict[int, Instruction], reached: set[int], at: Callable[[int], str]
) -> Iterator[Missing]:
    from ebpf.uapi import helpers

    ids = _values(target, "bpf_func_id")
    named: set[int] = set()
    open_slots = {reference.slot for reference in program.references}
    for slot, insn in instructions.items():
        if slot not in reached or insn.opcode != op.JMP | op.CALL or insn.src or slot in open_slots or not ids:
            continue
        number = insn.imm
        if number in ids or number in named or not 0 < number < len(helpers.NAMES):
            continue
        named.add(number)
        name = f"bpf_{helpers.NAMES[number]}"
        yield Missing(program.name, "helper", name, "this kernel has no such helper", at(slot), helpers.since(number))
    seen: set[str] = set()
    for reference in program.references:
        if reference.weak or reference.name in seen or reference.slot not in reached:
            continue
        if reference.kind == "kfunc" and target.find(reference.name, Kind.FUNC) is None:
            seen.add(reference.name)
            yield Missing(program.name, "kfunc", reference.name, "this kernel has no such kfunc", at(reference.slot))
        elif is_typed(program, reference) and not _has_symbol(target, reference.name):
            seen.add(reference.name)
            why = "this kernel has no such typed variable"
            yield Missing(program.name, "symbol", reference.name, why, at(reference.slot))


def is_typed(program: ProgramSpec, reference: Reference) -> bool:
    """Whether a symbol must be among the types. One without a type (`extern const void NAME __ksym`) is looked for in
    /proc/kallsyms of the kernel that loads it: types say nothing of it."""
    if reference.kind != "ksym" or not reference.type_id:
        return False
    found = program.btf.type(reference.type_id) if program.btf is not None else None
    return not isinstance(found, Var) or bool(program.btf is not None and program.btf.resolve(found.type))


def _has_symbol(target: Btf, name: str) -> bool:
    return target.find(name, Kind.VAR) is not None or target.find(name, Kind.FUNC) is not None


def _placed(instructions: list[Instruction]) -> Iterator[tuple[int, Instruction]]:
    slot = 0
    for insn in instructions:
        yield slot, insn
        slot += insn.slots
