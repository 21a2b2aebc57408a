"""Writes the parts of our C headers that are tables: `bpf/bpf_helper_defs.h` and `linux/bpf_enums.h`.

    python generate/headers.py            write them
    python generate/headers.py --check    exit 1 if what is in the tree differs from what would be written

Their facts are the tables of `ebpf.uapi`; a test runs the check.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ebpf.uapi.attach_types import AttachType  # noqa: E402
from ebpf.uapi.commands import Command  # noqa: E402
from ebpf.uapi.helpers import NAMES, helper  # noqa: E402
from ebpf.uapi.link_types import LinkType  # noqa: E402
from ebpf.uapi.map_types import MapType  # noqa: E402
from ebpf.uapi.numbers import Numbers  # noqa: E402
from ebpf.uapi.prog_types import ProgType  # noqa: E402
from ebpf.uapi.syscalls_table import ROWS  # noqa: E402

#: Helper number → C prototype.
PROTOTYPES = {number: helper(number).prototype for number in range(1, len(NAMES))}
INCLUDE = ROOT / "src" / "ebpf" / "build" / "include"
NOTE = "/* SPDX-License-Identifier: MIT */\n/* Written by generate/headers.py from the tables of ebpf.uapi: change those. */\n"

#: Older spellings of the same number, which C in the wild still uses.
ALIASES = {
    "bpf_map_type": {
        "BPF_MAP_TYPE_CGROUP_STORAGE_DEPRECATED": 19,
        "BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE_DEPRECATED": 21,
    },
    "bpf_cmd": {"BPF_PROG_RUN": Command.PROG_TEST_RUN},
}


def split_prototype(prototype: str) -> tuple[str, str, str]:
    """("void *", "map_lookup_elem", "void *map, const void *key")."""
    match = re.fullmatch(r"(.*?[ *])bpf_(\w+)\((.*)\)", prototype)
    if match is None:
        raise ValueError(f"no prototype: {prototype!r}")
    return match[1], match[2], match[3]


def structs_named(prototypes: list[str]) -> list[str]:
    return sorted({name for text in prototypes for name in re.findall(r"struct (\w+)", text)})


def helper_defs() -> str:
    lines = [NOTE, "#pragma once\n", "#ifndef __VMLINUX_H__", "#include <linux/types.h>", "#endif\n"]
    lines += ["/* A program may name these types without having them. */"]
    lines += [f"struct {name};" for name in structs_named(list(PROTOTYPES.values()))]
    lines.append("")
    for number, prototype in sorted(PROTOTYPES.items()):
        returns, name, arguments = split_prototype(prototype)
        lines.append(f"static {returns}(*const bpf_{name})({arguments}) __attribute__((unused)) = (void *){number};")
    return "\n".join(lines) + "\n"


def enum(name: str, prefix: str, table: type[Numbers], last: str = "") -> str:
    rows = [f"\t{prefix}{row.name} = {int(row)}," for row in table]
    rows += [f"\t{alias} = {int(value)}," for alias, value in ALIASES.get(name, {}).items()]
    if last:
        rows.append(f"\t{last} = {max(map(int, table)) + 1},")
    return "\n".join([f"enum {name} {{", *rows, "};"]) + "\n"


def enums() -> str:
    helpers = ["\tBPF_FUNC_unspec = 0,"]
    helpers += [f"\tBPF_FUNC_{split_prototype(text)[1]} = {number}," for number, text in sorted(PROTOTYPES.items())]
    helpers.append(f"\t__BPF_FUNC_MAX_ID = {max(PROTOTYPES) + 1},")
    return (
        "\n".join(
            [
                NOTE,
                "#pragma once\n",
                enum("bpf_cmd", "BPF_", Command, "__MAX_BPF_CMD"),
                enum("bpf_map_type", "BPF_MAP_TYPE_", MapType, "__MAX_BPF_MAP_TYPE"),
                enum("bpf_prog_type", "BPF_PROG_TYPE_", ProgType, "__MAX_BPF_PROG_TYPE"),
                enum("bpf_attach_type", "BPF_", AttachType, "__MAX_BPF_ATTACH_TYPE"),
                enum("bpf_link_type", "BPF_LINK_TYPE_", LinkType, "__MAX_BPF_LINK_TYPE"),
                "enum bpf_func_id {",
                *helpers,
                "};",
            ]
        )
        + "\n"
    )


#: As many arguments as a tracing program can have.
MOST = 12
#: As many arrows as BPF_CORE_READ follows.
DEEPEST = 10

CHAIN_NOTE = """
/*
 * ___ebpf_chainN(last, step, dst, p, fields...): the pointers before the last field are read with `step`, one after the
 * other into ___at (___ebpf_chain declares it: one slot of the stack, however long the chain), the field itself with
 * `last` into *dst. `p` is evaluated once, at the first level: below, it only tells a type.
 */""".splitlines()


def macros() -> str:
    """The preprocessor has no loops: what is done for each of up to MOST arguments is spelt out here."""
    letters = [f"_{n}" for n in range(1, MOST + 1)]
    pairs = [f"_{n}" for n in range(1, 2 * MOST + 1)]
    lines = [
        NOTE,
        "#ifndef ___EBPF_MACROS_H",
        "#define ___EBPF_MACROS_H\n",
        "/* Joined after expansion of both. */",
        "#define ___bpf_concat(a, b) a##b",
        "#define ___bpf_apply(fn, n) ___bpf_concat(fn, n)\n",
        "/* How many arguments there are, 0 … 12; how many pairs of type and name. */",
        f"#define ___bpf_nth(_, {', '.join(letters)}, N, ...) N",
        f"#define ___bpf_narg(...) ___bpf_nth(_, ##__VA_ARGS__, {', '.join(str(n) for n in range(MOST, -1, -1))})",
        f"#define ___bpf_nth2(_, {', '.join(pairs)}, N, ...) N",
        "#define ___bpf_narg2(...) ___bpf_nth2(_, ##__VA_ARGS__, "
        + ", ".join(str(n // 2) for n in range(2 * MOST, -1, -1))
        + ")\n",
        "/* words[0] = first, words[1] = second, … */",
        "#define ___bpf_fill0(arr, p, none...)",
    ]
    for n in range(1, MOST + 1):
        lines.append(f"#define ___bpf_fill{n}(arr, p, x, args...) arr[p] = x; ___bpf_fill{n - 1}(arr, p + 1, ##args)")
    lines.append("#define ___bpf_fill(arr, args...) ___bpf_apply(___bpf_fill, ___bpf_narg(args))(arr, 0, ##args)\n")
    lines.append("/* `, m(1), m(2), … m(n)`: what a wrapper hands to the function inside it. */")
    lines.append("#define ___ebpf_list0(m)")
    for n in range(1, MOST + 1):
        lines.append(f"#define ___ebpf_list{n}(m) ___ebpf_list{n - 1}(m), m({n})")
    lines.append("#define ___ebpf_list(m, args...) ___bpf_apply(___ebpf_list, ___bpf_narg(args))(m)\n")
    lines.append("/* Pairs of type and name: `, type name` each; `, m(type, words before it)` each. */")
    lines.append("#define ___ebpf_params0(none...)")
    lines.append("#define ___ebpf_pairs0(m, before, none...)")
    for n in range(1, MOST + 1):
        lines.append(f"#define ___ebpf_params{n}(t, x, args...) , t x ___ebpf_params{n - 1}(args)")
        lines.append(
            f"#define ___ebpf_pairs{n}(m, before, t, x, args...) , m(t, before) "
            f"___ebpf_pairs{n - 1}(m, before + ___ebpf_words(t), ##args)"
        )
    lines.append("#define ___ebpf_params(args...) ___bpf_apply(___ebpf_params, ___bpf_narg2(args))(args)")
    lines.append("#define ___ebpf_pairs(m, args...) ___bpf_apply(___ebpf_pairs, ___bpf_narg2(args))(m, 0, ##args)\n")
    lines += CHAIN_NOTE
    lines.append("#define ___ebpf_chain1(last, step, dst, p, a) last((void *)(dst), sizeof(*(dst)), &(p)->a)")
    for n in range(2, DEEPEST + 1):
        lines.append(
            f"#define ___ebpf_chain{n}(last, step, dst, p, a, more...) "
            "step((void *)&___at, sizeof(___at), &(p)->a); "
            f"___ebpf_chain{n - 1}(last, step, dst, ((typeof((p)->a))___at), more)"
        )
    lines.append("\n/* src->a->b->c */")
    lines.append("#define ___ebpf_path1(p, a) p->a")
    for n in range(2, DEEPEST + 1):
        lines.append(f"#define ___ebpf_path{n}(p, a, more...) ___ebpf_path{n - 1}(p->a, more)")
    lines.append("\n#endif")
    return "\n".join(lines) + "\n"


def system_calls() -> str:
    """Numbers differ from machine to machine: those of the machine of __TARGET_ARCH_x, where our table has it."""
    lines = [NOTE, "#ifndef _ASM_UNISTD_H", "#define _ASM_UNISTD_H\n"]
    for word, column, machine in (("if", 2, "x86"), ("elif", 3, "arm64")):
        rows = sorted((row[column], row[0]) for row in ROWS if row[column] >= 0)
        lines.append(f"#{word} defined(__TARGET_ARCH_{machine})")
        lines += [f"#define __NR_{name} {number}" for number, name in rows]
    return "\n".join([*lines, "#endif\n", "#endif"]) + "\n"


FILES = {
    "bpf/bpf_helper_defs.h": helper_defs,
    "linux/bpf_enums.h": enums,
    "ebpf/macros.h": macros,
    "asm/unistd.h": system_calls,
}


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for path, make in FILES.items():
        target, text = INCLUDE / path, make()
        if check:
            if not target.is_file() or target.read_text() != text:
                stale.append(path)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    if stale:
        print(f"not as the tables say: {', '.join(stale)}; run generate/headers.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
