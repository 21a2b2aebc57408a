"""Which of our headers has a name: what to say when a program uses one without it."""

from __future__ import annotations

import re
from pathlib import Path

#: Our headers, and the kernel's types that we ship.
_INCLUDE = Path(__file__).resolve().parent / "include"
_TYPES = Path(__file__).resolve().parent / "vmlinux" / "vmlinux.h"

#: What follows are the prototypes of kfuncs, which are there for programs that ask for them.
_KFUNCS = "\n#ifdef BPF_KFUNC_PROTOTYPES\n"

#: Headers of the compiler's own.
_COMPILERS = {"stdbool.h": ("bool", "true", "false"), "stddef.h": ("size_t", "ptrdiff_t"), "stdarg.h": ("va_list",)}


def header_of(name: str) -> str:
    """The header that defines a macro, function, struct, enum, enumerator or type of that name, as it is included:
    "<linux/if_ether.h>"; '"vmlinux.h"' for what only the kernel has; empty if none does."""
    for header, names in _COMPILERS.items():
        if name in names:
            return f"<{header}>"
    definition = re.compile(
        rf"^[ \t]*#[ \t]*define[ \t]+{name}\b|^(?:struct|union|enum) {name} \{{|^\t{name}(?: = [^;]*)?,?$"
        rf"|^typedef [^;]*\b{name};|^static .*\(\*const {name}\)\(|^extern [^;]*\b{name}\("
        rf"|^static __always_inline [^;{{]*\b{name}\(",
        re.M,
    )
    found = []
    for path in _INCLUDE.rglob("*.h"):
        inside = path.relative_to(_INCLUDE).as_posix()
        if not inside.startswith(("uapi/", "ebpf/")) and definition.search(path.read_text(encoding="utf-8")):
            found.append(inside)
    if found:
        # A program says <linux/bpf.h>, not what that is made of.
        best = min(found, key=lambda one: ("/bpf_enums" in one, not one.startswith(("bpf/", "linux/")), len(one), one))
        return f"<{_WHOLE.get(best, best)}>"
    types, _, _kfuncs = _TYPES.read_text(encoding="utf-8").partition(_KFUNCS)
    return '"vmlinux.h"' if definition.search(types) else ""


def like(name: str) -> list[str]:
    """Structs and unions of the kernel that this name may be misspelt of, the likeliest first."""
    from difflib import get_close_matches

    names = re.findall(r"^(?:struct|union) (\w+) \{", _TYPES.read_text(encoding="utf-8"), re.M)
    return get_close_matches(name, names, 2, 0.85)


def members_of(name: str) -> list[str]:
    """The members of a struct or union of the kernel, in order; none if it isn't one that programs name."""
    body = re.search(rf"^(?:struct|union) {name} \{{\n(.*?)^\}}", _TYPES.read_text(encoding="utf-8"), re.M | re.S)
    return re.findall(r"^\t[^\t].*?(\w+)\)?(?:\[\w*\])*(?:\(.*\))?(?: : \d+)?;$", body[1], re.M) if body else []


#: A part → the header that includes it.
_WHOLE = {
    "linux/bpf_enums.h": "linux/bpf.h",
    "bpf/bpf_helper_defs.h": "bpf/bpf_helpers.h",
    "asm-generic/int-ll64.h": "linux/types.h",
    "asm-generic/posix_types.h": "linux/posix_types.h",
    "asm-generic/errno.h": "errno.h",
    "asm-generic/fcntl.h": "fcntl.h",
    "asm-generic/signal.h": "signal.h",
}
