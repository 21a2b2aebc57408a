"""Writes src/ebpf/uapi/syscalls_table.py from a Linux source tree: `python generate/syscalls.py LINUX`.

Read: the two tables of numbers (x86-64's own, the generic one with the ABIs that arm64 takes of it), and the argument
names in the SYSCALL_DEFINE of each entry function, which are what the kernel's tracepoint records call them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "src" / "ebpf" / "uapi" / "syscalls_table.py"

#: The ABIs of each table that a 64-bit process of the machine can call (arch/arm64/kernel/Makefile.syscalls).
X86_64 = ("arch/x86/entry/syscalls/syscall_64.tbl", {"common", "64"})
AARCH64 = ("scripts/syscall.tbl", {"common", "64", "renameat", "rlimit", "memfd_secret"})
#: Entry functions that arm64 puts in place of the generic ones (arch/arm64/kernel/sys.c).
AARCH64_ENTRY = {"personality": "arm64_personality"}
#: Where the order of arguments is x86-64's own (kernel/fork.c: without CONFIG_CLONE_BACKWARDS).
X86_64_ARGS = {"clone": "clone_flags newsp parent_tidptr child_tidptr tls"}

#: System calls that came after the source tree above: (name, numbers, arguments).
LATER = (
    ("uprobe", (336, -1), ""),
    ("setxattrat", (463, 463), "dfd pathname at_flags name uargs usize"),
    ("getxattrat", (464, 464), "dfd pathname at_flags name uargs usize"),
    ("listxattrat", (465, 465), "dfd pathname at_flags list size"),
    ("removexattrat", (466, 466), "dfd pathname at_flags name"),
    ("open_tree_attr", (467, 467), "dfd filename flags uattr usize"),
    ("file_getattr", (468, 468), "dfd filename ufattr usize at_flags"),
    ("file_setattr", (469, 469), "dfd filename ufattr usize at_flags"),
)

HEADER = '''\
"""Written by generate/syscalls.py from Linux {version}, with the later system calls named there; don't edit.

A row: name, entry function without `sys_`, number on x86-64 and on aarch64 (-1: none), names of the arguments.
"""

# fmt: off
ROWS = (
'''


def read_table(linux: Path, table: str, abis: set[str]) -> dict[str, tuple[int, str]]:
    """name → (number, entry function without sys_)."""
    found = {}
    for line in (linux / table).read_text().splitlines():
        words = line.split("#")[0].split()
        if len(words) >= 4 and words[1] in abis and words[3] != "sys_ni_syscall":
            found[words[2]] = int(words[0]), words[3].removeprefix("sys_")
    return found


def arguments(linux: Path) -> dict[str, str]:
    """entry function without sys_ → names of its arguments, by spaces."""
    found: dict[str, str] = {}
    for path in sorted(linux.rglob("*.c")):
        # Only the machines we know; theirs come first and win over the generic ones of the same name.
        if "/arch/" in f"/{path.relative_to(linux)}" and not re.search(r"arch/(x86|arm64)/", str(path)):
            continue
        for match in re.finditer(r"(?<!COMPAT_)\bSYSCALL_DEFINE(\d)\s*\(([^()]*)\)", path.read_text(errors="replace")):
            name, *pairs = [re.sub(r"/\*.*?\*/", "", part, flags=re.S).strip() for part in match[2].split(",")]
            names = pairs[1::2]
            if len(names) == int(match[1]):
                found.setdefault(name, " ".join(names))
    return found


def main(linux: Path) -> None:
    x86_64, aarch64 = read_table(linux, *X86_64), read_table(linux, *AARCH64)
    args = arguments(linux)
    rows: list[tuple[str, str, int, int, str]] = []
    for name in sorted(x86_64.keys() | aarch64.keys()):
        x86_number, x86_entry = x86_64.get(name, (-1, ""))
        arm_number, arm_entry = aarch64.get(name, (-1, ""))
        arm_entry = AARCH64_ENTRY.get(name, arm_entry)
        if x86_entry and arm_entry and (x86_entry != arm_entry or name in X86_64_ARGS):
            rows.append((name, x86_entry, x86_number, -1, X86_64_ARGS.get(name, args[x86_entry])))
            rows.append((name, arm_entry, -1, arm_number, args[arm_entry]))
        else:
            entry = x86_entry or arm_entry
            rows.append((name, entry, x86_number, arm_number, args.get(entry, "")))
    known = {row[0] for row in rows}
    rows += [(name, name, *numbers, names) for name, numbers, names in LATER if name not in known]
    makefile = (linux / "Makefile").read_text()
    version = ".".join(re.findall(r"^(?:VERSION|PATCHLEVEL) = (\d+)", makefile, re.M))
    lines = ["    " + repr(row).replace("'", '"') + ",\n" for row in sorted(rows)]
    OUTPUT.write_text(HEADER.format(version=version) + "".join(lines) + ")\n")
    print(f"{OUTPUT.relative_to(ROOT)}: {len(rows)} rows")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(str(__doc__))
    main(Path(sys.argv[1]))
