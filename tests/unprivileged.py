"""Programs for the unprivileged oracle, with our verdicts: made outside, where Python is ten times as fast as in a guest.

Random programs of the types that are open to everybody; and, where `bench/verifier_selftests.py` and `bench/verifier_raw.py` left
the kernel's own tests compiled in the cache, those of them that say what happens without privilege.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from ebpf.build.cache import cache_folder
from ebpf.elf import read
from ebpf.errors import EbpfError, VerifierError
from ebpf.spec import MapSpec, ProgramSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

ROOT = Path(__file__).resolve().parents[1]
OPEN = (ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB)
RANDOM = 2500

#: A program as the guest needs it: (name, type, attach type, flags, code, [(slot, kind, map, offset)], our reason or "",
#: whether its own test says that it is taken: None where it says nothing).
Case = tuple[str, int, int, int, bytes, list[tuple[int, str, str, int]], str, bool | None]


def prepare(target: Path) -> None:
    """Writes maps and cases to a file."""
    sys.path[:0] = [str(ROOT / "tests" / "unit"), str(ROOT / "bench")]
    maps: dict[str, MapSpec] = {}
    cases: list[Case] = []
    _random(maps, cases)
    cache = cache_folder()
    if cache is not None:
        _annotated(cache / "selftests", maps, cases)
        _raw(cache / "selftests-raw" / "dump", maps, cases)
    target.write_bytes(pickle.dumps((maps, cases)))


def _case(name: str, program: ProgramSpec, maps: dict[str, MapSpec], prefix: str, says: bool | None) -> Case | None:
    """None for a program that an unprivileged process can't even name its maps for, or that needs types."""
    references = []
    for reference in program.references:
        if reference.kind not in ("map", "map_value"):
            return None
        references.append((reference.slot, reference.kind, prefix + reference.name, reference.offset))
    reason = ""
    try:
        # Without CAP_BPF there are no types, and so no functions with names.
        bare = program.replace(btf=None, functions=[], lines=[])
        verify(bare, maps, privileged=False, max_processed=100_000)
    except VerifierError as error:
        if "too large" in error.reason:
            return None
        reason = error.reason or "refused"
    attach = int(program.attach_type) if program.attach_type is not None else 0
    return name, int(program.type), attach, program.flags, bytes(program.code), references, reason, says


def _random(maps: dict[str, MapSpec], cases: list[Case]) -> None:
    from verifier_programs import MAPS, make

    maps.update({name: spec.copy() for name, spec in MAPS.items()})
    for seed in range(RANDOM):
        program = make(seed)
        if program.type in OPEN:
            case = _case(f"random {seed}", program, MAPS, "", None)
            if case is not None:
                cases.append(case)


def _annotated(folder: Path, maps: dict[str, MapSpec], cases: list[Case]) -> None:
    from verifier_selftests import Expected

    from ebpf.verifier.globals_ import tags_of

    for path in sorted(folder.glob("verifier_*.o")):
        try:
            spec = read(path)
        except EbpfError:
            continue
        # Special fields need types, which need privilege.
        plain = {
            name: one.replace(btf=None, key_type=0, value_type=0, pinning=False)
            for name, one in spec.maps.items()
            if not (one.btf is not None and one.value_type and _special(one))
        }
        for name, program in spec.programs.items():
            if program.type not in OPEN or program.btf is None or not program.functions:
                continue
            expected = Expected(tags_of(program.btf, program.functions[0].type_id).get(-1, []))
            if expected.auxiliary or expected.unpriv is None or (expected.arch and "X86_64" not in expected.arch):
                continue
            if any(reference.name not in plain for reference in program.references):
                continue
            program.flags |= expected.flags
            case = _case(f"{path.stem} {name}", program, plain, f"{path.stem}/", expected.unpriv)
            if case is not None:
                cases.append(case)
                for reference in program.references:
                    maps[f"{path.stem}/{reference.name}"] = plain[reference.name]


def _special(spec: MapSpec) -> bool:
    from ebpf.verifier.fields import find

    assert spec.btf is not None
    return bool(find(spec.btf, spec.value_type))


def _raw(dump: Path, maps: dict[str, MapSpec], cases: list[Case]) -> None:
    import json

    import verifier_raw

    if not dump.exists():
        return
    out = subprocess.run([str(dump)], check=True, capture_output=True, text=True, errors="replace").stdout
    for line in out.splitlines():
        test: dict[str, Any] = json.loads(line)
        if test["skip"] or not test["code"] or int(test["flags"]) & 4:
            continue
        program = verifier_raw.program_of(test)
        if program.type not in OPEN:
            continue
        says = (test["unpriv"] or test["result"]) != 2
        case = _case(f"raw {test['descr']}", program, verifier_raw.MAPS, "raw/", says)
        if case is not None:
            cases.append(case)
            for reference in program.references:
                maps[f"raw/{reference.name}"] = verifier_raw.MAPS[reference.name]
