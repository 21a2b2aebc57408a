"""What kind of pointer each argument of an iterator or raw tracepoint is: as the running kernel's log says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from ebpf.asm import assemble, encode
from ebpf.btf import Struct, Typedef
from ebpf.btf.kernel import kernel_btf
from ebpf.errors import EbpfError, VerifierError
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import ProgramSpec
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

pytestmark = pytest.mark.host


def _asked(engine: KernelEngine, spec: ProgramSpec) -> str | None:
    try:
        with_log = engine.load_program(spec, {}, log_level=2)
    except VerifierError as error:
        return error.log
    except EbpfError:
        return None
    log = with_log.log
    with_log.close()
    return log


def _ours(spec: ProgramSpec) -> str:
    try:
        return verify(spec, {}, target=kernel_btf(), log=True).log
    except VerifierError as error:
        return error.log


def _kind(log: str) -> str:
    found = re.search(r"R2=(\w+)", log)
    return found[1] if found else "refused"


def _names(kind: type, prefix: str) -> list[str]:
    return sorted(
        {t.name.removeprefix(prefix) for _, t in kernel_btf() if isinstance(t, kind) and t.name.startswith(prefix)}
    )


def _differing(names: list[str], attach: AttachType, most: int) -> Iterator[str]:
    asked = 0
    with KernelEngine() as engine:
        for name in names:
            for number in range(most):
                code = encode(assemble(f"r2 = *(u64 *)(r1 + {8 * number})\nr0 = 0\nexit"), sys.byteorder)
                spec = ProgramSpec("p", ProgType.TRACING, code, license="GPL", attach_type=attach, target=name)
                log = _asked(engine, spec)
                if log is None:
                    break
                theirs = _kind(log)
                asked += 1
                if theirs != _kind(_ours(spec)):
                    yield f"{name} argument {number}: the kernel {theirs}, here {_kind(_ours(spec))}"
                if theirs == "refused":
                    break
    assert asked > 30


def test_iterators() -> None:
    assert not list(_differing(_names(Struct, "bpf_iter__"), AttachType.TRACE_ITER, 6))


def test_raw_tracepoints() -> None:
    assert not list(_differing(_names(Typedef, "btf_trace_")[::40], AttachType.TRACE_RAW_TP, 12))
