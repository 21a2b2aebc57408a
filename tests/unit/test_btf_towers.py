"""Types that double at each level: what would take 2³⁰ steps is refused, or done at once."""

from __future__ import annotations

import sys

import pytest

from ebpf.btf import Btf, FuncProto, Int, Member, Param, Pointer, Struct, Type, Typedef
from ebpf.btf.build import Builder
from ebpf.btf.compare import compare
from ebpf.btf.core import relocate
from ebpf.btf.dump import dump
from ebpf.btf.ext import CoreRelocation
from ebpf.btf.minimal import minimal
from ebpf.errors import BtfError, RelocationError
from ebpf.uapi.btf import CoreKind

INT = Int("int", 4, 1)
LEVELS = 31


def tower(name: str = "top") -> Btf:
    """A struct of two structs without names, each of two more, 24 levels down."""
    builder = Builder([INT, Struct("", 4, [Member("leaf", 1, 0)])], byte_order=sys.byteorder)
    for level in range(2, 24):
        size = 4 << level
        members = [Member("", level, 0), Member("", level, size * 4)]
        builder.add(Struct(name if level == 23 else "", size, members))
    return builder.btf()


def functions() -> Btf:
    """A function that takes two functions, each of which takes two more."""
    found: list[Type] = [Typedef("top", 2 * LEVELS + 1), FuncProto(0, [])]
    for level in range(LEVELS):
        target = 2 * level + 2
        found += [Pointer(target), FuncProto(0, [Param("", target + 1), Param("", target + 1)])]
    return Builder(found, byte_order=sys.byteorder).btf()


def ask(local: Btf, target: Btf, type_id: int, access: str, kind: CoreKind) -> bytes:
    code = bytes((0xB7, 0, 0, 0)) + (1).to_bytes(4, sys.byteorder)
    return relocate(code, [CoreRelocation(0, type_id, access, kind)], local, [target])


def test_structs() -> None:
    btf = tower()
    top = btf.find("top")
    assert top is not None
    for work in (lambda: btf.codec(top), lambda: dump(btf), lambda: compare(btf, tower())):
        with pytest.raises(BtfError, match="more"):
            work()
    pytest.importorskip("numpy")
    with pytest.raises(BtfError, match="more than"):
        btf.dtype(top)


def test_a_field_that_is_nowhere() -> None:
    local = Builder([INT, Struct("top", 4, [Member("none", 1, 0)])], byte_order=sys.byteorder).btf()
    with pytest.raises(RelocationError, match="more than 65536 members without a name"):
        ask(local, tower(), 2, "0:0", CoreKind.FIELD_EXISTS)
    assert len(minimal(tower(), [(local, [CoreRelocation(0, 2, "0:0", CoreKind.FIELD_EXISTS)])])) == 1


def test_matching() -> None:
    btf = tower()
    assert ask(btf, tower(), btf.find("top") or 0, "0", CoreKind.TYPE_MATCHES)[4:] == (1).to_bytes(4, sys.byteorder)


@pytest.mark.parametrize("kind", [CoreKind.TYPE_EXISTS, CoreKind.TYPE_MATCHES])
def test_functions(kind: CoreKind) -> None:
    try:
        assert ask(functions(), functions(), 1, "0", kind)[4:] == (1).to_bytes(4, sys.byteorder)
    except RelocationError as error:
        assert "deeper" in str(error)
    with pytest.raises(BtfError, match=r"more|deeper"):
        dump(functions())
