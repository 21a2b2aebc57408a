"""Section names → program types."""

from __future__ import annotations

from ebpf.uapi.flags import BPF_F_SLEEPABLE, BPF_F_XDP_HAS_FRAGS
from ebpf.uapi.sections import FRAGS, SECTIONS, SLEEPABLE, TARGET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec
    from ebpf.uapi.sections import Section


def section_of(name: str) -> tuple[Section, str] | None:
    """The row of a section name and its target: "kprobe/sys_execve" → (kprobe, "sys_execve"). None if nobody knows it.

    libbpf before 1.0 took any name that began with a row's ("xdp_drop", "socket1"); when nothing else matches, so do we.
    """
    name = name.removeprefix("?")
    head = name
    while head:
        row = SECTIONS.get(head)
        if row is not None:
            return row, name[len(head) + 1 :]
        head = head.rpartition("/")[0]
    best = None
    for row in SECTIONS.values():
        if name.startswith(row.name) and not row.traits & TARGET and (best is None or len(row.name) > len(best.name)):
            best = row
    return (best, "") if best is not None else None


_FLAGS = {SLEEPABLE: BPF_F_SLEEPABLE, FRAGS: BPF_F_XDP_HAS_FRAGS}


def take_section(spec: ProgramSpec, name: str) -> bool:
    """Makes a program what a section of that name says: type, attach type, target, flags. False if nobody knows the name."""
    found = section_of(name)
    if found is None:
        return False
    row, spec.target = found
    spec.section, spec.type, spec.attach_type = name, row.type, row.attach_type
    for trait, flag in _FLAGS.items():
        if row.traits & trait:
            spec.flags |= flag
    return True


def take_type(spec: ProgramSpec, text: str) -> None:
    """Makes a program what somebody says that it is: a kind of section ("tc", "cgroup_skb/egress", "kprobe/do_exit") or the
    kernel's name of a program type ("sched_cls"). ValueError for neither."""
    from ebpf.uapi.prog_types import ProgType

    type_ = ProgType.__members__.get(text.upper())
    if type_:
        if spec.type != type_:
            spec.type, spec.attach_type = type_, None
    elif not any(text == name or text.startswith(f"{name}/") for name in SECTIONS) or not take_section(spec, text):
        from ebpf.errors import did_you_mean

        types = [type_.label for type_ in ProgType if type_]
        raise ValueError(
            f"no kind of program is called {text!r}{did_you_mean(text, [*SECTIONS, *types])}; a section's name is wanted "
            f"(xdp, tc, cgroup_skb/egress) or a type: {', '.join(types)}"
        )


def unknown_section(program: ProgramSpec) -> str:
    """Why a program has no type: nobody knows its section's name; with the name that was perhaps meant. "" if it has one."""
    if program.type or not program.section or section_of(program.section) is not None:
        return ""
    import difflib

    name = program.section.removeprefix("?")
    text = f'no kind of program is spelled SEC("{name}")'
    # The kind is what stands before the target: as many parts as the close name has.
    parts = name.split("/")
    for count in range(len(parts), 0, -1):
        known = [kind for kind in SECTIONS if kind.count("/") == count - 1]
        close = difflib.get_close_matches("/".join(parts[:count]), known, 1, 0.75)
        if close:
            return f"{text}; did you mean {'/'.join([close[0], *parts[count:]])}?"
    return f"{text}; name its kind, such as kprobe/FUNCTION, tracepoint/CATEGORY/NAME or xdp, or set the spec's type"
