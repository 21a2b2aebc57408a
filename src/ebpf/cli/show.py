"""`ebpf show`: what is in an object file."""

from __future__ import annotations

import json

import click

from ebpf.cli.bpftool import json_option
from ebpf.cli.readings import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, VariableSpec


@click.command("show", short_help="Show what is in an object file.")
@click.argument("file", type=click.Path())
@json_option("Print it as JSON.")
def command(file: str, as_json: bool) -> None:
    """Shows the programs, maps and variables of FILE: an object file of either byte order, or a C file, which is compiled."""
    from ebpf.cli.inputs import read_spec

    spec = read_spec(file)
    if as_json:
        click.echo(json.dumps(as_data(spec), indent=2))
        return
    for line in as_text(spec):
        click.echo(line)


def as_data(spec: ObjectSpec) -> dict[str, Any]:
    """The object as plain data, for --json."""
    return {
        "name": spec.name,
        "path": spec.path,
        "byte_order": spec.byte_order,
        "license": spec.license,
        "version": spec.version,
        "btf_types": len(spec.btf) if spec.btf is not None else 0,
        "programs": [_program(one) for one in spec.programs.values()],
        "maps": [_map(one) for one in spec.maps.values()],
        "variables": [_variable(spec, one) for one in spec.variables.values()],
    }


def _program(program: ProgramSpec) -> dict[str, Any]:
    references: dict[str, list[str]] = {}
    for one in program.references:
        names = references.setdefault(
            {"map_value": "map", "ksym": "ksym", "kfunc": "kfunc"}.get(one.kind, one.kind), []
        )
        if one.name not in names:
            names.append(one.name)
    return {
        "name": program.name,
        "section": program.section,
        "type": program.type.label,
        "attach_type": program.attach_type.label if program.attach_type is not None else None,
        "target": program.target,
        "hook": _hook(program),
        "autoload": program.autoload,
        "flags": program.flags,
        "instructions": len(program.code) // 8,
        "functions": [one.name for one in program.functions],
        "maps": references.get("map", []),
        "kfuncs": references.get("kfunc", []),
        "ksyms": references.get("ksym", []),
        "core_relocations": len(program.core),
    }


def _hook(program: ProgramSpec) -> str | None:
    from ebpf.elf import hook_of
    from ebpf.errors import HookError

    try:
        hook = hook_of(program)
    except HookError as error:
        return str(error)
    return repr(hook) if hook is not None else None


def _map(spec: MapSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "section": spec.section,
        "type": spec.type.label,
        "key_size": spec.key_size,
        "value_size": spec.value_size,
        "max_entries": spec.max_entries,
        "flags": spec.flags,
        "key_type": _c_type(spec.btf, spec.key_type),
        "value_type": _c_type(spec.btf, spec.value_type),
        "map_extra": spec.map_extra,
        "numa_node": spec.numa_node,
        "pinned": spec.pinning,
        "frozen": spec.frozen,
        "inner": _map(spec.inner) if spec.inner is not None else None,
        "contents": [
            {"key": key.hex(), "value": value if isinstance(value, str) else value.hex()}
            for key, value in spec.contents
        ],
        "programs": dict(spec.programs),
    }


def _c_type(btf: Any, type_id: int) -> str | None:
    from ebpf.bind.shapes import c_type

    return c_type(btf, type_id) if btf is not None and type_id else None


def _variable(spec: ObjectSpec, variable: VariableSpec) -> dict[str, Any]:
    return {
        "name": variable.name,
        "map": variable.map,
        "offset": variable.offset,
        "size": variable.size,
        "type": _c_type(spec.btf, variable.type_id),
        "constant": variable.constant,
        "value": _value(spec, variable),
    }


def _value(spec: ObjectSpec, variable: VariableSpec) -> Any:
    """What the variable starts with; None where only the kernel knows."""
    section = spec.maps.get(variable.map)
    if section is None or (variable.map == ".kconfig" and not section.contents):
        return None
    whole = next((value for _, value in section.contents if isinstance(value, bytes)), b"")
    data = whole[variable.offset : variable.offset + variable.size].ljust(variable.size, b"\0")
    if spec.btf is None or not variable.type_id:
        return data.hex()
    return plain(spec.btf.codec(variable.type_id).decode(data), bytes.hex)


def as_text(spec: ObjectSpec) -> list[str]:
    """The object as lines for a person."""
    facts = [f"{spec.byte_order}-endian", f"license {spec.license}" if spec.license else "no license"]
    if spec.version:
        facts.append(f"version {spec.version >> 16}.{spec.version >> 8 & 255}.{spec.version & 255}")
    facts.append(f"{len(spec.btf)} types" if spec.btf is not None else "no BTF")
    lines = [f"{spec.path or spec.name}: {', '.join(facts)}"]
    lines += _table(
        "programs",
        [
            [
                one.name,
                one.type.label + ("" if one.autoload else " (not loaded unless chosen)"),
                f'SEC("{one.section}")',
                f"{len(one.code) // 8} instructions",
                ", ".join(
                    [
                        *([f"calls {', '.join(f.name for f in one.functions[1:])}"] if len(one.functions) > 1 else []),
                        *([f"{len(one.core)} CO-RE relocations"] if one.core else []),
                        *sorted({f"{r.kind} {r.name}" for r in one.references if r.kind in ("kfunc", "ksym")}),
                    ]
                ),
            ]
            for one in spec.programs.values()
        ],
    )
    lines += _table("maps", [_map_row(one, spec.byte_order) for one in spec.maps.values()])
    lines += _table(
        "variables",
        [
            [
                one.name,
                _c_type(spec.btf, one.type_id) or f"{one.size} bytes",
                one.map,
                "" if (value := _value(spec, one)) is None else f"= {_short(value)}",
            ]
            for one in spec.variables.values()
        ],
    )
    return lines


def _map_row(spec: MapSpec, order: Literal["little", "big"]) -> list[str]:
    key = _c_type(spec.btf, spec.key_type) or (f"{spec.key_size} bytes" if spec.key_size else "")
    value = _c_type(spec.btf, spec.value_type) if not spec.name.startswith(".") else None
    value = value or (f"{spec.value_size} bytes" if spec.value_size else "")
    more = []
    if spec.inner is not None:
        inner = _map_row(spec.inner, order)
        more.append(f"of {' '.join(inner[1:4]).strip()}")
    more += [f"flags {spec.flags:#x}"] * bool(spec.flags)
    more += ["pinned by name"] * spec.pinning + ["read-only"] * spec.frozen
    more += [f"numa node {spec.numa_node}"] * (spec.numa_node is not None)
    more += [f"map_extra {spec.map_extra:#x}"] * bool(spec.map_extra)
    more += [f"{int.from_bytes(key_, order)}: {v}" for key_, v in spec.contents if isinstance(v, str)]
    more += [f"{member}: {name}" for member, name in spec.programs.items()]
    entries = f"{spec.max_entries}" if spec.max_entries else ""
    return [spec.name, spec.type.label, entries, f"{key} → {value}" if key else value, ", ".join(more)]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _table(title: str, rows: list[list[str]]) -> list[str]:
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    out = ["", f"{title}:"]
    for row in rows:
        out.append(
            "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True) if width).rstrip()
        )
    return out
