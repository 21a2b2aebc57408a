"""Compares `ebpf.verifier` with the running kernel on object files: verdicts, and how many instructions each looked at.

    python bench/verifier_objects.py OBJECT.o …          as root; nothing stays loaded

For each program: what the kernel says, what we say, instructions looked at by either (verified_insns of the program's info),
and our CPU time. What this kernel can't load at all (kprobes where there are none, functions that it hasn't) is counted apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import ebpf
from ebpf.btf.core import relocate
from ebpf.btf.kernel import kernel_btf
from ebpf.elf import kconfig
from ebpf.errors import EbpfError, VerifierError
from ebpf.kernel.kallsyms import address_of
from ebpf.spec import ObjectSpec
from ebpf.verifier import verify


def kernel_says(spec: ObjectSpec, name: str) -> tuple[bool | None, int, str]:
    """(whether it takes the program, None if it can't be asked; instructions looked at; its reason)"""
    alone = spec.copy()
    for other in alone.programs.values():
        other.autoload = other.name == name
    try:
        with ebpf.load(alone, engine="kernel") as obj:
            seen = obj.programs[name].raw.info().get("verified_insns", 0)
            return True, int(str(seen)), ""
    except VerifierError as error:
        return False, 0, (error.reason or str(error)).splitlines()[-1]
    except (EbpfError, OSError) as error:
        return None, 0, str(error).splitlines()[0]


def shown(name: str) -> bool:
    """Whether this kernel shows the address of a symbol."""
    return address_of(name) is not None


def we_say(spec: ObjectSpec, name: str) -> tuple[bool, int, str]:
    program = spec.programs[name]
    target = kernel_btf()
    try:
        if program.core and program.btf is not None:
            program = program.copy()
            program.code = relocate(
                program.code, program.core, program.btf, [target], program.lines, program=program.name
            )
        return True, verify(program, spec.maps, target=target, symbols=shown).processed, ""
    except VerifierError as error:
        return False, 0, error.reason.replace("\n", "; ")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("objects", type=Path, nargs="+")
    parser.add_argument("--all", action="store_true", help="show each program, and not only those that differ")
    options = parser.parse_args()
    counts = {"agree": 0, "laxer": 0, "stricter": 0, "not asked": 0}
    same = both = 0
    for path in options.objects:
        try:
            spec = ebpf.read(path)
            if ".kconfig" in spec.maps:
                kconfig.fill(spec)
        except EbpfError as error:
            print(f"{path.stem}: {str(error).splitlines()[0]}"[:160], file=sys.stderr)
            continue
        for name in spec.programs:
            theirs, looked, reason = kernel_says(spec, name)
            if theirs is None:
                counts["not asked"] += 1
                continue
            started = time.process_time()
            ours, here, why = we_say(spec, name)
            seconds = time.process_time() - started
            verdict = "agree" if ours == theirs else "laxer" if ours else "stricter"
            counts[verdict] += 1
            if ours and theirs:
                both += 1
                same += looked == here
            if options.all or ours != theirs or looked != here:
                print(f"{verdict:<8} {path.stem} {name}: {looked} {here} {seconds:.2f} s {reason or why}"[:200])
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    print(f"as many instructions looked at as by the kernel: {same} of {both} that both accept")


if __name__ == "__main__":
    main()
