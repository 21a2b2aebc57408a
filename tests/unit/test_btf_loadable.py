"""Types in the form that the kernel takes: externs look defined; the host lane asks the kernel itself."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from compiled import read_c

from ebpf.btf import Btf, DataSec, Func, FuncProto, Int, Param, Pointer, SectionVariable, Var
from ebpf.btf.build import Builder
from ebpf.btf.loadable import loadable
from ebpf.errors import BtfError

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task_struct;
extern int bpf_kfunc(struct task_struct *, int) __ksym;
extern const void bpf_symbol __ksym __weak;
extern const struct task_struct init_task __ksym;
extern unsigned LINUX_KERNEL_VERSION __kconfig;
extern char CONFIG_A[5] __kconfig __weak;
SEC("tc") int f(void *ctx) {
    return bpf_kfunc(0, 1) + (long)&bpf_symbol + (long)&init_task + LINUX_KERNEL_VERSION + CONFIG_A[0];
}
"""


@pytest.mark.parametrize("order", ["little", "big"])
def test_externs_look_defined(tmp_path: Path, order: Literal["little", "big"]) -> None:
    spec = read_c(tmp_path, SOURCE, order)
    assert spec.btf is not None
    before, after = spec.btf, Btf.parse(loadable(spec.btf))
    assert after.byte_order == order
    assert [after.name(number) for number in range(len(before))] == [
        before.name(number) for number in range(len(before))
    ]
    section_id = after.find(".ksyms", DataSec)
    assert section_id is not None and section_id == before.find(".ksyms", DataSec)
    section = after.type(section_id)
    assert isinstance(section, DataSec)
    assert section.size == 12
    assert [(one.offset, one.size) for one in section.variables] == [(0, 4), (4, 4), (8, 4)]
    for one in section.variables:
        var = after.type(one.type)
        assert isinstance(var, Var) and var.linkage == 1
        target = after.type(var.type)
        assert isinstance(target, Int) and target.size == 4
    func_id = after.find("bpf_kfunc", Func)
    assert func_id is not None
    func = after.type(func_id)
    assert isinstance(func, Func) and func.linkage == 1
    proto = after.type(func.type)
    assert isinstance(proto, FuncProto) and all(param.name for param in proto.params)
    kconfig_id = after.find(".kconfig", DataSec)
    assert kconfig_id is not None
    kconfig = after.type(kconfig_id)
    assert isinstance(kconfig, DataSec)
    assert [(after.name(one.type), one.offset, one.size) for one in kconfig.variables] == [
        ("LINUX_KERNEL_VERSION", 0, 4),
        ("CONFIG_A", 4, 5),
    ]
    assert all(getattr(after.type(one.type), "linkage", 0) == 1 for one in kconfig.variables)


def test_nothing_to_do(tmp_path: Path) -> None:
    spec = read_c(tmp_path, '__attribute__((section("xdp"), used)) int f(void *ctx) { return 0; }')
    assert spec.btf is not None
    assert loadable(spec.btf) == bytes(spec.btf.raw)


@pytest.mark.parametrize("order", ["little", "big"])
def test_parameters_of_functions_are_named(order: Literal["little", "big"]) -> None:
    """All but the dots of a variadic function, and those of what is only pointed to."""
    builder = Builder([Int("int", 4, 1)], byte_order=order)
    called = builder.add(FuncProto(1, [Param("", 1), Param("second", 1), Param("", 1), Param("", 0)]))
    pointed = builder.add(FuncProto(1, [Param("", 1)]))
    builder.add(Pointer(pointed))
    builder.add(Func("f", called))
    before = builder.btf()
    after = Btf.parse(loadable(before))
    assert after.byte_order == order
    assert len(after) == len(before)
    proto = after.type(called)
    assert isinstance(proto, FuncProto)
    assert [bool(param.name) for param in proto.params] == [True, True, True, False]
    assert proto.params[1].name == "second"
    assert after.type(pointed) == before.type(pointed)
    assert loadable(after) == after.raw


def test_what_is_in_ksyms_is_a_variable_or_function() -> None:
    builder = Builder([Int("int", 4, 1), DataSec(".ksyms", 0, [SectionVariable(1, 0, 4)])])
    with pytest.raises(BtfError, match=r"type 1 in \.ksyms is no variable and no function"):
        loadable(Btf.parse(bytes(builder)))
    builder = Builder([Int("int", 4, 1), DataSec(".ksyms", 0, [SectionVariable(77, 0, 4)])])
    with pytest.raises(BtfError, match="no type 77"):
        loadable(Btf.parse(bytes(builder)))


def test_only_own_types_have_a_position() -> None:
    base = Btf.parse(bytes(Builder([Int("int", 4, 1)])))
    split = Btf.parse(bytes(Builder([Pointer(1)], base=base)), base)
    assert split.position(2) == 24
    for type_id in (0, 1, 3):
        with pytest.raises(BtfError, match=f"no type {type_id} of this BTF's own; ids end at 2"):
            split.position(type_id)
