"""The public API, held against a snapshot: a name that comes, goes or changes its arguments must be meant.

`EBPF_SNAPSHOT=write pytest tests/unit/test_public_api.py` writes it anew.
"""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import ebpf

SNAPSHOT = Path(__file__).with_name("public_api.txt")


def signature(thing: object) -> str:
    try:
        return str(inspect.signature(thing))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""


def public_api() -> list[str]:
    lines = []
    spaces = [("ebpf", ebpf, ebpf.__all__)]
    spaces.append(
        (
            "ebpf.hooks",
            ebpf.hooks,
            [
                name
                for name, thing in vars(ebpf.hooks).items()
                if isinstance(thing, type) and thing.__module__ == "ebpf.hooks"
            ],
        )
    )
    for space, module, names in spaces:
        for name in sorted(names):
            thing = getattr(module, name)
            if inspect.isclass(thing):
                fields = getattr(thing, "_fields", None)
                shown = f"({', '.join(fields)})" if fields else ""
                lines.append(f"class {space}.{name}{shown}")
                if issubclass(thing, int):
                    lines.append(f"    {len(thing.__members__)} members")  # type: ignore[attr-defined]
                    continue
                for member, value in sorted(vars(thing).items()):
                    if member.startswith("_") or (fields and member in fields):
                        continue
                    if isinstance(value, property):
                        lines.append(f"    {member}")
                    elif callable(value) or isinstance(value, (classmethod, staticmethod)):
                        lines.append(f"    {member}{signature(getattr(thing, member))}")
            elif callable(thing):
                lines.append(f"{space}.{name}{signature(thing)}")
            else:
                lines.append(f"{space}.{name}")
    return lines


def test_public_api_is_what_it_was() -> None:
    now = "\n".join(public_api()) + "\n"
    if os.environ.get("EBPF_SNAPSHOT") == "write":
        SNAPSHOT.write_text(now)
    assert now == SNAPSHOT.read_text(), "the public API changed; if that is meant: EBPF_SNAPSHOT=write"


def test_every_public_name_is_there_and_documented() -> None:
    for name in ebpf.__all__:
        thing = getattr(ebpf, name)
        assert name.startswith("__") or thing.__doc__, name
    assert set(ebpf.__all__) <= set(dir(ebpf))


def test_modules_need_no_import_of_their_own() -> None:
    """As docs/build.md has it: `import ebpf`, then `ebpf.build.compile(…)`."""
    code = f"import ebpf\nfor name in {sorted(ebpf._MODULES)!r}: assert getattr(ebpf, name).__name__ == 'ebpf.' + name, name"
    source = Path(ebpf.__file__).resolve().parents[1]
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(source)}, check=True)
