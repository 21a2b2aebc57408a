"""Proves a program safe as Linux would, or says why not, at a line of the source. No input or output.

`verify` is the whole of it; docs/verifier.md tells how it works, and which file holds what.
"""

from __future__ import annotations

from ebpf.verifier.proof import Fact, Proof

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ebpf.btf import Btf
    from ebpf.spec import MapSpec, ProgramSpec
    from ebpf.verifier.regs import MapInfo

__all__ = ["Fact", "Proof", "verify"]


def verify(
    program: ProgramSpec,
    maps: Mapping[str, MapSpec],
    *,
    target: Btf | None = None,
    privileged: bool = True,
    log: bool = False,
    ranges: bool = False,
    max_processed: int = 1_000_000,
    max_pending: int = 8192,
    symbols: Callable[[str], bool] | None = None,
    replaces: ProgramSpec | None = None,
) -> Proof:
    """Proves `program` safe on a kernel as Linux 6.18, or raises VerifierError.

    maps         those that the program's references name (all of its object, say)
    target       the types of the kernel it is for; without them what needs kernel types is refused as not supported
    privileged   False: as for a process without CAP_BPF and CAP_PERFMON
    log          keep a log of each step, in the proof or the error
    ranges       also find what each register may hold before each instruction (slower)
    max_…        limits of the exploration: instructions looked at, and branches put off; Linux's by default
    symbols      whether that kernel shows the address of a symbol (its /proc/kallsyms); None: whatever its types have, it shows
    replaces     for a program of type EXT: the program whose function `program.target` it replaces
    """
    from time import perf_counter

    from ebpf.verifier import explain, extension, proof
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.log import Log
    from ebpf.verifier.messages import Refusal

    started = perf_counter()
    lines = Log() if log else None
    v: Verifier | None = None
    try:
        checked = program
        if replaces is not None and program.type.name == "EXT":
            checked = extension.stand_in(program, replaces)
        v = Verifier(
            checked,
            _maps_of(program, maps),
            target=target,
            privileged=privileged,
            limit=max_processed,
            pending=max_pending,
            log=lines,
            ranges=ranges,
            all_maps=maps,
            symbols=symbols,
            stands_in=checked is not program,
        )
        if checked is not program and replaces is not None:
            extension.check_effects(v, program, replaces)
        v.run_all()
    except Refusal as refusal:
        if lines is not None:
            lines.write(refusal.reason)
        raise explain.error(v, program, refusal, lines.text() if lines is not None else "") from None
    return proof.build(v, perf_counter() - started, lines.text() if lines is not None else "")


def _maps_of(program: ProgramSpec, maps: Mapping[str, MapSpec]) -> dict[str, MapInfo]:
    """The maps that the program names, as the verifier sees them."""
    from ebpf.uapi.flags import BPF_F_RDONLY_PROG
    from ebpf.verifier import fields, regs

    out: dict[str, MapInfo] = {}
    for name in {ref.name for ref in program.references if ref.kind in ("map", "map_value")}:
        spec = maps.get(name)
        if spec is None:
            continue
        inner = None
        if spec.inner is not None:
            inner = regs.MapInfo(spec.inner.name or f"{name}.inner", spec.inner)
            fields.fill(inner)
        info = regs.MapInfo(name, spec, inner)
        fields.fill(info)
        if spec.frozen and spec.flags & BPF_F_RDONLY_PROG and spec.contents and spec.max_entries == 1:
            value = spec.contents[0][1]
            if isinstance(value, bytes):
                info.frozen_bytes = value.ljust(spec.value_size, b"\0")
        out[name] = info
    return out
