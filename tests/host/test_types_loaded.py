"""An object's types in the kernel: what it refuses as the compiler writes them is put so that maps and programs keep them."""

from __future__ import annotations

from pathlib import Path

import pytest
from compiled import compile_c

import ebpf
from ebpf.btf import DataSec, Float, Func, FuncProto, Int, Param, SectionVariable, Var, loadable
from ebpf.btf.build import Builder
from ebpf.kernel import types
from ebpf.kernel.info import describe
from ebpf.kernel.sys import kernel_release
from ebpf.spec import MapSpec, ObjectSpec

pytestmark = pytest.mark.host

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct locked { struct bpf_spin_lock lock; int count; };
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct locked);
} guarded SEC(".maps");
static __attribute__((noinline)) int nameless(struct xdp_md *, int second) { return second + 1; }
__attribute__((visibility("hidden"), noinline)) int hidden(struct locked *value) { return value->count; }
SEC("xdp") int p(struct xdp_md *ctx)
{
    __u32 key = 0;
    struct locked *value = bpf_map_lookup_elem(&guarded, &key);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    value->count++;
    bpf_spin_unlock(&value->lock);
    return nameless(ctx, value->count) + hidden(value);
}
char LICENSE[] SEC("license") = "GPL";
"""


def test_a_map_keeps_its_types(tmp_path: Path) -> None:
    """A function with a parameter without a name, and one that is hidden: proved with its caller, not for any argument."""
    spec = ebpf.read(compile_c(tmp_path, SOURCE))
    with ebpf.load(spec, engine="kernel") as loaded:
        assert loaded.programs["p"].run(bytes(64)).retval == 3
        assert loaded.maps["guarded"][0].count == 1
        assert describe("map", loaded.maps["guarded"].raw.fd)["btf_id"]
        assert describe("prog", loaded.programs["p"].raw.fd)["btf_id"]


def test_types_that_the_kernel_refuses_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where something can't do without them."""
    spec = ebpf.read(compile_c(tmp_path, SOURCE))
    monkeypatch.setattr(loadable, "_nameless", lambda btf: [])
    with pytest.raises(ebpf.VerifierError, match=r"doesn't take the object's types: .* FUNC nameless .*Invalid arg#1"):
        ebpf.load(spec, engine="kernel")
    spec.maps["guarded"] = spec.maps["guarded"].replace(type=ebpf.MapType.SK_STORAGE, flags=1, max_entries=0)
    with pytest.raises(ebpf.KernelError, match=r"guarded.*sk_storage.*doesn't take the object's types.*Invalid arg#1"):
        ebpf.load(spec, engine="kernel")
    plain = """
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>
    static __attribute__((noinline)) int nameless(struct xdp_md *, int second) { return second + 1; }
    SEC("xdp") int p(struct xdp_md *ctx) { return nameless(ctx, 1); }
    """
    with ebpf.load(ebpf.read(compile_c(tmp_path, plain)), engine="kernel") as loaded:
        assert loaded.programs["p"].run(bytes(64)).retval == 2


@pytest.mark.parametrize("release", [(5, 10), (5, 15), (6, 0), (6, 8), (99, 0)])
def test_what_older_kernels_are_given(release: tuple[int, int], tmp_path: Path) -> None:
    """Their forms of younger kinds are valid here, too; what is younger than this kernel is given as it takes it."""
    release = min(release, kernel_release())
    builder = Builder([Int("int", 4, 1), Float("double", 8), FuncProto(1, [Param("ctx", 1)])])
    builder.add(Func("f", 3, 1))
    variable = builder.add(Var("v", 1, 1))
    builder.add(DataSec("?.struct_ops", 4, [SectionVariable(variable, 0, 4)]))
    types._load_raw(types.sanitized(bytes(builder), release), 0).close()
    spec = ebpf.read(compile_c(tmp_path, SOURCE))
    assert spec.btf is not None
    types._load_raw(types.sanitized(loadable.loadable(spec.btf), release), 0).close()


def test_a_map_without_a_size_says_so() -> None:
    spec = MapSpec("table", ebpf.MapType.HASH, 4, 4)
    with pytest.raises(
        ebpf.KernelError, match=r"table.*Invalid argument; its max_entries is 0: set spec.maps\['table'\]"
    ):
        ebpf.load(ObjectSpec(maps={"table": spec}), engine="kernel")
