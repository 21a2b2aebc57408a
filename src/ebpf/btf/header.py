"""`vmlinux.h`: all types of a kernel as one C header, and the prototypes of its kfuncs."""

from __future__ import annotations

import re

from ebpf.btf import types
from ebpf.btf.dump import Dumper
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf.reader import Btf

_HEAD = """\
#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

"""
_TAIL = """\
#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif
"""


#: Which kfuncs a header declares: all, unless a program asks for none; or those that are asked for, each by a macro of its own.
ALL_KFUNCS = "BPF_NO_KFUNC_PROTOTYPES"
ASKED_KFUNCS = "BPF_KFUNC_PROTOTYPES"
#: … which is this before its name.
ASKED_KFUNC = "BPF_KFUNC_"

_KFUNC_HEAD = """\
#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif

"""


def header(btf: Btf, guard: str = "__VMLINUX_H__", *, kfuncs: str = "") -> str:
    """All types as a C header whose structs are relocated by CO-RE (unless BPF_NO_PRESERVE_ACCESS_INDEX is defined).

    `kfuncs` is ALL_KFUNCS or ASKED_KFUNCS, for the prototypes of kfuncs (`kfunc_prototypes`).
    """
    dumper = Dumper(btf)
    # Structs that the kernel only names stand outside the attribute: a program's own of that name isn't relocated then.
    for type_id in range(1, len(btf)):
        found = btf.type(type_id)
        if isinstance(found, types.Forward) and btf.find(found.name, types.Struct) is None:
            dumper.root(type_id, True)
    ahead = "".join(dumper.out)
    dumper.out.clear()
    for type_id in range(1, len(btf)):
        dumper.root(type_id, True)
    functions = f"\n{kfunc_prototypes(btf, kfuncs)}" if kfuncs else ""
    return f"#ifndef {guard}\n#define {guard}\n\n{ahead}{_HEAD}{''.join(dumper.out)}{_TAIL}{functions}\n#endif /* {guard} */\n"


def kfunc_prototypes(btf: Btf, which: str) -> str:
    """A weak declaration of each kfunc that the kernel marks as one (Linux 6.10): ALL_KFUNCS or ASKED_KFUNCS.

    The structs that they point to are named first: what they take by value has to be there (`kfunc_types`).
    """
    dumper = Dumper(btf)
    asked = which == ASKED_KFUNCS
    lines: list[str] = []
    named: set[str] = set()
    for name, proto in _kfuncs(btf):
        line = f"extern {dumper.declare(proto, name, '')} __weak __ksym;\n"
        named |= set(re.findall(r"\b(?:struct|union) \w+", line))
        lines.append(f"#ifdef {ASKED_KFUNC}{name}\n{line}#endif\n" if asked else line)
    structs = "".join(f"{one};\n" for one in sorted(named))
    return f"#{'ifdef' if asked else 'ifndef'} {which}\n{_KFUNC_HEAD}{structs}\n{''.join(lines)}#endif\n"


def kfunc_types(btf: Btf) -> list[int]:
    """The typedefs and enums that the kfuncs of a kernel take and give."""
    found: set[int] = set()
    seen: set[int] = set()
    left = [proto for _name, proto in _kfuncs(btf)]
    while left:
        type_id = left.pop()
        if type_id in seen or not type_id:
            continue
        seen.add(type_id)
        one = btf.type(type_id)
        if isinstance(one, types.FuncProto):
            left += [one.ret, *(param.type for param in one.params)]
        elif isinstance(one, (types.Typedef, types.Enum, types.Enum64)):
            found.add(type_id)
        elif isinstance(one, (types.Array, types._Reference)):
            left.append(one.type)
    return sorted(found)


def _kfuncs(btf: Btf) -> list[tuple[str, int]]:
    """Name and prototype of each function that carries the tag "bpf_kfunc", by name."""
    found = {}
    for tag_id in btf.find_all("bpf_kfunc", Kind.DECL_TAG):
        tag = btf.type(tag_id)
        assert isinstance(tag, types.DeclTag)
        function = btf.type(tag.type)
        if isinstance(function, types.Func) and tag.component < 0:
            found[function.name] = function.type
    return sorted(found.items())
