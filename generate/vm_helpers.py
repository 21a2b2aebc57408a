"""Writes docs/helpers.md: which helpers the vm has. Run it after a helper was added: `python generate/vm_helpers.py`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

PAGE = ROOT / "docs" / "helpers.md"


def first_line(function: object) -> str:
    text = (function.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(text.split()).replace("|", "\\|")


def page() -> str:
    """The whole page."""
    from ebpf.uapi.helpers import NAMES, since
    from ebpf.uapi.kfuncs import kfunc
    from ebpf.uapi.kfuncs import names as kfunc_names
    from ebpf.vm.helpers import FILES, find, present
    from ebpf.vm.helpers.absent import KFUNC_REASONS, REASONS
    from ebpf.vm.helpers.kfuncs import KFUNCS

    here = present()
    lines = [
        "# Helpers of the vm",
        "",
        "Written by generate/vm_helpers.py from the code; change that, not this.",
        "",
        f"The kernel has {len(NAMES) - 1} helpers (none was added after Linux 6.2); the vm has {len(here)}. A program that calls",
        "another one is refused when it is loaded, with the reason below. What a helper gives, and each negative errno,",
        "is the kernel's unless the table says otherwise.",
    ]
    for file in FILES:
        kind = import_module(f"ebpf.vm.helpers.{file}")
        lines += [
            "",
            f"## {first_line(kind).split(':')[0].split('.')[0]}",
            "",
            "| helper | Linux | here |",
            "| --- | --- | --- |",
        ]
        for number in sorted(here):
            function = find(number)
            if function is not None and function.__module__ == kind.__name__:
                major, minor = since(number)
                lines.append(f"| `bpf_{NAMES[number]}` | {major}.{minor} | {first_line(function)} |")
    lines += [
        "",
        "## Kernel functions (kfuncs)",
        "",
        f"Of the {len(kfunc_names())} of Linux 6.12 to 6.18 the vm has {len(KFUNCS)}.",
        "",
        "| kfunc | Linux | here |",
        "| --- | --- | --- |",
    ]
    for name in sorted(KFUNCS):
        since_ = kfunc(name).since
        lines.append(f"| `{name}` | {'.'.join(map(str, since_ or ()))} | {first_line(KFUNCS[name])} |")
    lines += ["", "## Not in the vm", "", "| why | helpers |", "| --- | --- |"]
    for why, names in REASONS:
        lines.append(f"| {why} | " + ", ".join(f"`bpf_{name}`" for name in names.split()) + " |")
    lines += ["", "| why | kernel functions |", "| --- | --- |"]
    for why, patterns in KFUNC_REASONS:
        lines.append(f"| {why} | " + ", ".join(f"`{pattern}`" for pattern in patterns.split()) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
    print(f"wrote {PAGE.relative_to(ROOT)}")
