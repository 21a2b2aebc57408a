"""bpf2py: a C file → object files and one typed Python module. The counterpart of cilium/ebpf's bpf2go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ebpf import build
from ebpf._files import write_all
from ebpf._record import Frozen
from ebpf.bind.model import Options
from ebpf.bind.module import Built, write_module
from ebpf.bind.names import class_name, identifier
from ebpf.build.targets import ALIASES, target_for
from ebpf.elf import read
from ebpf.elf.format import ElfFile
from ebpf.elf.writer import strip as strip_object

#: The byte orders of the two targets that suit every machine.
_ORDERS = {"bpfel": "little", "bpfeb": "big"}


class Written(Frozen):
    """A file that bpf2py made; `changed` is False if it was there already, the same to the byte."""

    path: Path
    changed: bool


def bpf2py(
    stem: str,
    source: str | os.PathLike[str],
    *,
    target: str | Sequence[str] = ("bpfel", "bpfeb"),
    cc: str | None = None,
    cflags: Sequence[str] = (),
    include: Sequence[str] = (),
    define: Sequence[str] = (),
    types: Sequence[str] = (),
    events: Mapping[str, str] = MappingProxyType({}),
    vmlinux: str = "auto",
    global_types: bool = True,
    strip: bool = True,
    output_dir: str | os.PathLike[str] = ".",
    output_stem: str = "",
    output_suffix: str = "",
    embed: bool = False,
    makebase: str | os.PathLike[str] | None = None,
    check: bool = False,
    report: Callable[[str], None] | None = None,
) -> list[Written]:
    """Compiles a C file for each target and writes the objects and the module that loads them.

    stem           what the class is named after: "execve_count" gives ExecveCount
    source         the C file; or an object file (.o), which is bound as it is, for those of the targets that it suits
    target         "bpfel", "bpfeb", "native" or machines ("x86", "arm64"), several with commas: one object each
    types          C types to bind besides those of maps and variables
    events         ring buffer or perf buffer → the C type of its records, where the C doesn't say it
    vmlinux        whose types `#include "vmlinux.h"` gives: "auto", "kernel", "shipped" (the same on every machine)
    global_types   bind the types of maps and variables (else they are Any)
    strip          leave DWARF out of the objects (BTF stays)
    output_stem    what the files are called; by default the stem. `output_suffix` goes before .py
    embed          put the objects into the module instead of beside it
    makebase       write a depfile beside the module, its paths relative to this folder
    check          write nothing: `changed` says what would be written anew
    Gives the files, the module last. Raises CompileError, ObjectError, ValueError.
    """
    if not stem or not identifier(stem).strip("_"):
        raise ValueError(f"{stem!r} is no name to make a class of")
    folder = Path(output_dir)
    name = output_stem or stem
    targets = [part.strip() for part in (target.split(",") if isinstance(target, str) else target) if part.strip()]
    if not targets:
        raise ValueError("no target; write bpfel,bpfeb")
    if os.fspath(source).endswith(".o"):
        targets = _targets_of(source, targets)
    built: list[Built] = []
    inputs: list[str] = []
    for one in targets:
        target_for(one)  # refuses what is none
    by_machine = any(one not in (*_ORDERS, "native", "bpf") for one in targets)
    for one in dict.fromkeys(targets):
        key, file_stem = _target(one, by_machine)
        data, read_files, warnings = _compile(source, one, cc, cflags, include, define, vmlinux)
        for line in warnings if report is not None else ():
            report(line)  # type: ignore[misc]
        data = strip_object(data, os.fspath(source)) if strip else data
        file = f"{name}_{file_stem}.o"
        spec = read(data, path=os.fspath(source)).replace(name=name, path="")
        built.append(Built(key, file, spec, data))
        inputs += [path for path in read_files if path not in inputs]
    called = Path(source).name.encode("utf-8", "backslashreplace").decode()  # a module is UTF-8 text
    options = Options(class_name(stem), called, tuple(types), global_types, embed, by_machine, dict(events))
    text = write_module(built, options)
    module = folder / f"{identifier(name + output_suffix)}.py"
    hidden = module.stem == "ebpf" or module.stem in sys.stdlib_module_names
    if hidden and report is not None and not (folder / "__init__.py").exists():
        report(
            f"warning: {module} hides the module {module.stem} from what runs in that folder: give it an --output-stem"
        )
    files = {} if embed else {folder / one.file: one.data for one in built}
    files[module] = text.encode()
    if makebase is not None:
        made, read_of = (
            [os.path.relpath(path, makebase).replace(os.sep, "/") for path in paths] for paths in (files, inputs)
        )
        files = {Path(f"{module}.d"): build.make_rule(made, read_of), **files}
    changed = {path: data for path, data in files.items() if not (path.is_file() and path.read_bytes() == data)}
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        write_all(list(changed.items()))
    return [Written(path, path in changed) for path in files]


def _targets_of(source: str | os.PathLike[str], targets: Sequence[str]) -> list[str]:
    """Those of the targets that an object file suits: it has one byte order."""
    order = ElfFile(Path(source).read_bytes(), os.fspath(source)).byte_order
    fit = [one for one in targets if _ORDERS[target_for(one).triple] == order]
    if not fit:
        raise ValueError(f"{os.fspath(source)} is {order}-endian; it can't be bound for {', '.join(targets)}")
    return fit


def _target(name: str, by_machine: bool) -> tuple[str, str]:
    """The key of a target in the module, and what its file is called after."""
    found = target_for(name)
    if not by_machine:
        return _ORDERS[found.triple], found.triple
    if name in _ORDERS:
        raise ValueError(f"{name} suits every machine: it can't stand beside targets of one machine")
    # The kernel's name of the machine, as os.uname() gives it.
    machine = next(
        (alias for alias, row in ALIASES.items() if row.arch == found.arch and row.triple == found.triple), found.arch
    )
    return machine, f"{found.arch}_{found.triple}"


def _compile(
    source: str | os.PathLike[str],
    target: str,
    cc: str | None,
    cflags: Sequence[str],
    include: Sequence[str],
    define: Sequence[str],
    vmlinux: str,
) -> tuple[bytes, Sequence[str], Sequence[str]]:
    if os.fspath(source).endswith(".o"):
        return Path(source).read_bytes(), (os.fspath(source),), ()
    compiled = build.compile_c(
        source, target=target, cc=cc, cflags=cflags, include=include, define=define, vmlinux=vmlinux
    )
    return compiled.data, compiled.inputs, compiled.warnings
