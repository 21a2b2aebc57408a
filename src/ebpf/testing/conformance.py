"""`python -m ebpf.testing.conformance [MEM] [--interpreter | --jit] [--elf]`: the plugin protocol of bpf_conformance.

The bytecode comes as hex on standard input (or after `--program`), the memory that r1 points to (its length in r2) as hex in
the first argument. The result, r0, goes to standard output as hex; what went wrong goes to standard error, with an exit status
other than 0. With `--elf` the input is an object file in hex, and its first program runs: one in a section "xdp" on MEM as a
packet, any other on MEM itself.

Arguments may be empty, as runners that pass on "no options" give them; `--interpret` is `--interpreter`. `--cpu_version vN`
refuses what `-mcpu=vN` doesn't have. `--debug` shows on standard error what is run.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from ebpf.spec import ProgramSpec
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.maps.base import VmMap

USAGE = """usage: python -m ebpf.testing.conformance [MEM] [--interpreter | --jit] [--elf] [--debug] [--cpu_version vN]
                                          [--program HEX | < HEX]"""
_SWITCHES = {
    "--interpreter": "interpreter",
    "--interpret": "interpreter",
    "--jit": "jit",
    "--elf": "elf",
    "--debug": "debug",
}
_VALUES = ("--program", "--cpu_version")


class _Usage(Exception):
    """A command line that means nothing."""


def run(
    code: bytes, memory: bytes, *, jit: bool = False, elf: bool = False, version: int = 0, debug: bool = False
) -> int:
    """r0 of a program (or of the first program of an object file), called with r1 at `memory`. Raises EbpfError."""
    from ebpf import asm
    from ebpf.spec import ProgramSpec
    from ebpf.uapi.prog_types import ProgType
    from ebpf.vm.engine import VmEngine

    engine = VmEngine(jit=jit)
    try:
        maps: dict[str, VmMap] = {}
        if elf:
            spec, maps = _first(engine, code)
        else:
            spec = ProgramSpec("program", code=code)
        if version:
            asm.check(asm.decode(spec.code), version=version)
        if debug:
            print(f"{'machine code' if jit else 'interpreter'}, {len(memory)} bytes of memory", file=sys.stderr)
            print(*asm.disassemble(spec.code), sep="\n", file=sys.stderr)
        program = engine.load_program(spec, maps)
        if jit:
            program.compile(0)
        packet = spec.type == ProgType.XDP
        return (program.run(data=memory) if packet else program.run(context=memory)).retval
    finally:
        engine.close()


def _first(engine: VmEngine, data: bytes) -> tuple[ProgramSpec, dict[str, VmMap]]:
    """The first program of an object file, and the object's maps."""
    import ebpf
    from ebpf.errors import ObjectError
    from ebpf.uapi.prog_types import ProgType

    spec = ebpf.read(data)
    if not spec.programs:
        raise ObjectError("the object holds no program")
    maps = {name: engine.create_map(map_) for name, map_ in spec.maps.items()}
    first = next(iter(spec.programs.values()))
    if first.type != ProgType.XDP:
        first = first.replace(type=ProgType.UNSPEC)
    return first, maps


def _hex(text: str) -> bytes:
    """Bytes in hex, in any grouping; in words of their own also as "0x0" and "0"."""
    words = [word.removeprefix("0x").removeprefix("0X") for word in text.split()]
    return bytes.fromhex("".join(f"0{word}" if len(word) == 1 else word for word in words))


def _parse(arguments: Sequence[str]) -> tuple[set[str], dict[str, str], str]:
    """The switches, the options with a value, and the memory."""
    switches: set[str] = set()
    values: dict[str, str] = {}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if not argument.strip():
            continue
        if argument in _SWITCHES:
            switches.add(_SWITCHES[argument])
        elif name in _VALUES:
            given = value if equals else next(rest, None)
            if given is None:
                raise _Usage(f"{name} wants a value")
            values[name] = given
        elif argument.startswith("-"):
            raise _Usage(f"unknown option {argument}")
        else:
            words.append(argument)
    if len(words) > 1:
        raise _Usage(f"one memory is wanted, not {len(words)}")
    if {"interpreter", "jit"} <= switches:
        raise _Usage("--interpreter and --jit exclude each other")
    return switches, values, words[0] if words else ""


def _version(text: str) -> int:
    """The number of "v3" or "3"; 0 for none."""
    number = text.removeprefix("v")
    if text and number not in ("1", "2", "3", "4"):
        raise _Usage(f"--cpu_version is v1 to v4, not {text}")
    return int(number or "0")


def main(argv: Sequence[str] | None = None, stdin: TextIO | None = None) -> int:
    """The command; gives its exit status: 0, 1 for a program that is refused or faults, 2 for a wrong input."""
    from ebpf.errors import EbpfError

    arguments = list(sys.argv[1:] if argv is None else argv)
    if "--help" in arguments:
        print(USAGE)
        return 0
    try:
        switches, values, word = _parse(arguments)
        version = _version(values.get("--cpu_version", ""))
        memory = _hex(word)
        given = values.get("--program")
        code = _hex((stdin or sys.stdin).read() if given is None else given)
    except _Usage as error:
        print(f"{error}\n{USAGE}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"not hex: {error}", file=sys.stderr)
        return 2
    try:
        result = run(
            code, memory, jit="jit" in switches, elf="elf" in switches, version=version, debug="debug" in switches
        )
    except EbpfError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{result:x}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
