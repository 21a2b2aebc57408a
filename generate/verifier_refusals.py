"""Writes the twenty refusals into docs/refusals.md, from tests/bpf/refused: as our verifier tells them, and as Linux's log does.

    python generate/verifier_refusals.py          needs clang or ziglang, and root for the kernel's own words

Without root the kernel's words that are there stay as they are.
"""

from __future__ import annotations

import re
from pathlib import Path

import ebpf
from ebpf.errors import EbpfError, VerifierError
from ebpf.verifier import verify

HERE = Path(__file__).parent.parent
SOURCE = HERE / "tests/bpf/refused/refused.bpf.c"
PAGE = HERE / "docs/refusals.md"
START, END = "<!-- refusals -->", "<!-- /refusals -->"


def functions(text: str) -> dict[str, str]:
    """Program name → its C."""
    out = {}
    for match in re.finditer(r"^(?:static[^;]*?\n}\n\n)?SEC\(.*?\n}$", text, re.M | re.S):
        name = re.search(r"(\w+)\((?:struct|__u64)[^()]*\)\n\{", match[0])
        if name:
            out[name[1]] = match[0]
    return out


def kernel_says(spec: ebpf.ObjectSpec, name: str) -> list[str]:
    alone = spec.copy()
    for other in alone.programs.values():
        other.autoload = other.name == name
    try:
        ebpf.load(alone, engine="kernel").close()
    except VerifierError as error:
        lines = [
            re.sub(r"(\(18\) r\d = )0x[0-9a-f]{16}\b", r"\g<1>0xffff888100000000", line.rstrip())
            for line in error.log.splitlines()
            if line and not line.startswith(("processed ", "mark_precise", ";"))
        ]
        return lines[-6:]
    except EbpfError:
        pass
    return []


def we_say(spec: ebpf.ObjectSpec, name: str) -> str:
    try:
        verify(spec.programs[name], spec.maps)
    except VerifierError as error:
        return re.sub(r"\(\S*/(refused\.bpf\.c)", r"(\1", str(error))
    raise SystemExit(f"{name} is accepted")


def main() -> None:
    spec = ebpf.compile(str(SOURCE))
    parts = [START, ""]
    for name, source in functions(SOURCE.read_text()).items():
        told = we_say(spec, name)
        log = kernel_says(spec, name)
        parts += [
            f"## {name.replace('_', ' ').capitalize()}",
            "",
            "```c",
            source,
            "```",
            "",
            "```text",
            told,
            "```",
            "",
        ]
        if log:
            parts += ["Linux's log ends:", "", "```text", *log, "```", ""]
    parts.append(END)
    page = PAGE.read_text()
    head, _, rest = page.partition(START)
    _, _, tail = rest.partition(END)
    PAGE.write_text(head + "\n".join(parts) + tail)


if __name__ == "__main__":
    main()
