"""What a command's FILE is: an object file, C (which is compiled), or `-`, either of them on standard input."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ObjectSpec

#: What messages call standard input.
STDIN = "<stdin>"
HELP = "an object file of either byte order, or a C file, which is compiled; `-` is one of these on standard input"


def read_stdin() -> bytes:
    return sys.stdin.buffer.read()


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises OSError."""
    if name == "-":
        return read_stdin()
    with open(name, "rb") as file:
        return file.read()


def read_spec(name: str) -> ObjectSpec:
    """The object that a command's FILE is. Raises ObjectError, CompileError."""
    from ebpf import api, elf

    if name != "-":
        return api.compile(name) if name.endswith(".c") else api.read(name)
    data = read_stdin()
    if not data or data[:4] == b"\x7fELF":
        return elf.read(data, path=STDIN)
    return api.compile(STDIN, text=data)
