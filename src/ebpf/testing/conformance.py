"""`python -m ebpf.testing.conformance [MEM] --interpreter|--jit|--elf`: the plugin protocol of bpf_conformance.

The bytecode comes as hex on standard input, the memory that r1 points to (its length in r2) as hex in the first argument.
The result, r0, goes to standard output as hex; what went wrong goes to standard error, with an exit status other than 0.
With `--elf` standard input is an object file in hex, and its first program runs.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

USAGE = "usage: python -m ebpf.testing.conformance [MEM] [--interpreter | --jit] [--elf] < HEX"


def run(code: bytes, memory: bytes, *, jit: bool = False, elf: bool = False) -> int:
    """r0 of a program (or of the first program of an object file), called with r1 at `memory`. Raises EbpfError."""
    from ebpf.spec import ProgramSpec
    from ebpf.vm.engine import VmEngine

    engine = VmEngine(jit=jit)
    try:
        if elf:
            return _run_object(engine, code, memory)
        program = engine.load_program(ProgramSpec("program", code=code), {})
        return program.run(context=memory).retval
    finally:
        engine.close()


def _run_object(engine: object, code: bytes, memory: bytes) -> int:
    import ebpf
    from ebpf.errors import ObjectError
    from ebpf.uapi.prog_types import ProgType
    from ebpf.vm.engine import VmEngine

    assert isinstance(engine, VmEngine)
    spec = ebpf.read(code)
    if not spec.programs:
        raise ObjectError("the object holds no program")
    maps = {name: engine.create_map(map_) for name, map_ in spec.maps.items()}
    first = next(iter(spec.programs.values()))
    program = engine.load_program(first.replace(type=ProgType.UNSPEC), maps)
    return program.run(context=memory).retval


def main(argv: Sequence[str] | None = None, stdin: TextIO | None = None) -> int:
    """The command; gives its exit status."""
    from ebpf.errors import EbpfError

    arguments = list(sys.argv[1:] if argv is None else argv)
    options = {argument for argument in arguments if argument.startswith("--")}
    words = [argument for argument in arguments if argument not in options]
    if options - {"--interpreter", "--jit", "--elf", "--debug"} or len(words) > 1:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        memory = bytes.fromhex(words[0]) if words else b""
        code = bytes.fromhex((stdin or sys.stdin).read())
    except ValueError as error:
        print(f"not hex: {error}", file=sys.stderr)
        return 2
    try:
        result = run(code, memory, jit="--jit" in options, elf="--elf" in options)
    except EbpfError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{result:x}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
