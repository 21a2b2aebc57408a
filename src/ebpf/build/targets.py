"""What to compile for: a byte order, and the machine whose registers a program reads."""

from __future__ import annotations

import os
import sys

from ebpf._record import Frozen


class Target(Frozen):
    """`triple` is clang's ("bpfel" or "bpfeb"); `arch` is the x of __TARGET_ARCH_x, or empty: any machine."""

    triple: str
    arch: str = ""


#: Machines, as libbpf spells them → their byte order as Linux runs on them today.
ARCHES = {
    "x86": "bpfel",
    "arm64": "bpfel",
    "arm": "bpfel",
    "riscv": "bpfel",
    "s390": "bpfeb",
    "powerpc": "bpfel",
    "mips": "bpfeb",
    "loongarch": "bpfel",
    "sparc": "bpfeb",
    "arc": "bpfel",
}

#: Other names of the same machines: uname's and Go's. Where the name says the byte order, so do we.
ALIASES = {
    "x86_64": Target("bpfel", "x86"),
    "amd64": Target("bpfel", "x86"),
    "i386": Target("bpfel", "x86"),
    "i686": Target("bpfel", "x86"),
    "386": Target("bpfel", "x86"),
    "aarch64": Target("bpfel", "arm64"),
    "armv7l": Target("bpfel", "arm"),
    "armv6l": Target("bpfel", "arm"),
    "riscv64": Target("bpfel", "riscv"),
    "s390x": Target("bpfeb", "s390"),
    "ppc64le": Target("bpfel", "powerpc"),
    "ppc64": Target("bpfeb", "powerpc"),
    "mips64": Target("bpfeb", "mips"),
    "mips64le": Target("bpfel", "mips"),
    "mipsle": Target("bpfel", "mips"),
    "loong64": Target("bpfel", "loongarch"),
    "loongarch64": Target("bpfel", "loongarch"),
    "sparc64": Target("bpfeb", "sparc"),
}


def native_triple() -> str:
    return "bpfel" if sys.byteorder == "little" else "bpfeb"


def native_arch() -> str:
    """The x of __TARGET_ARCH_x of this machine; empty if it is none that BPF programs know."""
    import platform

    machine = os.uname().machine if hasattr(os, "uname") else platform.machine().lower()
    if machine in ALIASES:
        return ALIASES[machine].arch
    return machine if machine in ARCHES else ""


def target_for(target: str, arch: str | None = None) -> Target:
    """`target`: "bpfel", "bpfeb", "native" (this machine) or a machine's name; `arch` adds one to a byte order.

    Raises ValueError with the names there are."""
    machine = ""
    if arch:
        known = ALIASES.get(arch) or (Target(ARCHES[arch], arch) if arch in ARCHES else None)
        if known is None:
            raise ValueError(f"no machine {arch!r}; there are {', '.join(ARCHES)}")
        machine = known.arch
    if target in ("bpfel", "bpfeb"):
        return Target(target, machine)
    if target in ("native", "bpf", ""):
        return Target(native_triple(), machine or native_arch())
    if target in ALIASES:
        found = ALIASES[target]
    elif target in ARCHES:
        found = Target(ARCHES[target], target)
    else:
        raise ValueError(f"no target {target!r}; there are bpfel, bpfeb, native, {', '.join(ARCHES)}")
    return Target(found.triple, machine or found.arch)
