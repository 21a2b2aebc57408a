"""Writes src/ebpf/uapi/kfunc_rows.py from a Linux source tree:  python generate/kfuncs.py LINUX [OUT]

Read as fact: the `BTF_KFUNCS_START` lists with their flags, which program types each list is registered for
(`register_btf_kfunc_id_set`), which types share a list (`bpf_prog_type_to_kfunc_hook`), and the C prototypes behind
`__bpf_kfunc`. The kernel's own test functions (net/bpf/test_run.c) are left out.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from helpers import clean, quoted

from ebpf.uapi.prog_types import ProgType

SOURCES = ("kernel", "net", "fs", "drivers/hid/bpf")
LEFT_OUT = "test_run.c"
LEFT_OUT_NAMES = ("bpf_modify_return_test_tp",)


def hooks(btf_c: str) -> dict[str, list[str]]:
    """Hook → the program types that share it, from the switch of `bpf_prog_type_to_kfunc_hook`."""
    body = btf_c[btf_c.index("static int bpf_prog_type_to_kfunc_hook") :]
    body = body[: body.index("\n}")]
    out: dict[str, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for word, value in re.findall(r"(case|return) (\w+)", body):
        if word == "case":
            waiting.append(value.removeprefix("BPF_PROG_TYPE_"))
        else:
            out[value] += waiting
            waiting = []
    return out


def prototypes(text: str) -> dict[str, str]:
    out = {}
    for match in re.finditer(r"^__bpf_kfunc\s+([^;{()]*?)(\w+)\s*\(", text, re.M):
        depth, at = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        result = " ".join(match[1].replace("notrace", "").split()).replace("static ", "")
        parameters = " ".join(text[match.end() : at - 1].split())
        out[match[2]] = f"{result}{'' if result.endswith('*') else ' '}{match[2]}({parameters})"
    return out


def main(root: Path, out: Path) -> None:
    shared = hooks(clean((root / "kernel/bpf/btf.c").read_text()))
    hook_of = {prog_type: hook for hook, types in shared.items() for prog_type in types}
    flags: dict[str, str] = {}
    programs: dict[str, set[str]] = defaultdict(set)
    filters: dict[str, str] = {}
    shapes: dict[str, str] = {}
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.c")):
            raw = path.read_text(errors="replace")
            if path.name == LEFT_OUT or ("BTF_KFUNCS_START" not in raw and "__bpf_kfunc " not in raw):
                continue
            text = clean(raw)
            shapes |= prototypes(text)
            sets = {}
            for match in re.finditer(r"BTF_KFUNCS_START\((\w+)\)(.*?)BTF_KFUNCS_END", text, re.S):
                members = re.findall(r"BTF_ID_FLAGS\(func, (\w+)(?:,\s*([^)]*))?\)", match[2])
                if "XDP_METADATA_KFUNC_xxx" in match[2]:
                    header = (root / "include/net/xdp.h").read_text()
                    members = [(name, "KF_TRUSTED_ARGS") for name in re.findall(r"\bbpf_xdp_metadata_rx_\w+", header)]
                sets[match[1]] = members
            for match in re.finditer(r"struct btf_kfunc_id_set (\w+) = \{(.*?)\};", text, re.S):
                target = re.search(r"\.set\s*=\s*&(\w+)", match[2])
                limit = re.search(r"\.filter\s*=\s*(\w+)", match[2])
                types = re.findall(rf"register_btf_kfunc_id_set\(\s*BPF_PROG_TYPE_(\w+),\s*&{match[1]}\)", text)
                for name, words in sets.get(target[1], ()) if target and types else ():
                    if name in LEFT_OUT_NAMES:
                        continue
                    # In two lists with other flags: all of them (the HID kfuncs, KF_SLEEPABLE but for SYSCALL programs).
                    flags[name] = " ".join(sorted({*flags.get(name, "").split(), *words.replace("|", " ").split()}))
                    for prog_type in types:
                        programs[name] |= {"*"} if prog_type == "UNSPEC" else set(shared[hook_of[prog_type]])
                    if limit:
                        filters[name] = limit[1]
    order = [t.name for t in ProgType]
    lines = [
        f'"""What Linux {root.name.rpartition("-")[2]} says of each kfunc.',
        "",
        "Written by generate/kfuncs.py: change that, not this. `kfuncs` reads it, on first use, and says what it means.",
        '"""',
        "",
        "# ruff: noqa: E501",
        "# fmt: off",
        "",
        "from __future__ import annotations",
        "",
        "#: Name → (C prototype, flags, program types, the kernel's function that limits the programs further).",
        "ROWS: dict[str, tuple[str, str, str, str]] = {",
    ]
    for name in sorted(flags):
        served = "*" if "*" in programs[name] else " ".join(sorted(programs[name], key=order.index))
        row = (shapes.get(name, ""), flags[name], served, filters.get(name, ""))
        lines.append(f"    {quoted(name)}: {quoted(row)},")
    lines += ["}", ""]
    out.write_text("\n".join(lines))
    bare = [name for name in flags if name not in shapes]
    print(f"{out}: {len(flags)} kfuncs; no prototype: {bare}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[1] / "src/ebpf/uapi/kfunc_rows.py"),
    )
