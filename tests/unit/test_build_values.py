"""What macros compute, by running what the compiler made of them in the vm: bitfields where the layout is the program's own
and where it is another's, byte orders of values not known beforehand, loops, printing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from c_objects import compilers

import ebpf
from ebpf import build
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
char LICENSE[] SEC("license") = "GPL";
"""
OWN = "struct bits { unsigned a : 3, b : 11; int c : 5; unsigned long long d : 40; unsigned char e; }"
#: As a newer kernel might have it: other places, other sizes.
OTHER = (
    "struct bits { unsigned char e; unsigned long long pad, d : 40; unsigned short b : 11; signed char c : 5; "
    "unsigned a : 3; }"
)

BITS = (
    HEAD
    + OWN
    + """ __attribute__((preserve_access_index));
struct out { __u64 v[6]; };
SEC("xdp") int f(struct xdp_md *ctx) {
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct out *out = data;
	struct bits *bits = data + sizeof(*out);
	char copy[40];
	if ((void *)bits + 40 > end)
		return XDP_DROP;
	__builtin_memcpy(copy, bits, 40);
	out->v[0] = BPF_CORE_READ_BITFIELD(bits, a);
	out->v[1] = BPF_CORE_READ_BITFIELD(bits, b);
	out->v[2] = BPF_CORE_READ_BITFIELD(bits, c);
	out->v[3] = BPF_CORE_READ_BITFIELD(bits, d);
	out->v[4] = BPF_CORE_READ_BITFIELD_PROBED((struct bits *)copy, c);
	out->v[5] = BPF_CORE_READ_BITFIELD_PROBED((struct bits *)copy, d);
	BPF_CORE_WRITE_BITFIELD(bits, b, 0x5a5);
	BPF_CORE_WRITE_BITFIELD(bits, c, -7);
	BPF_CORE_WRITE_BITFIELD(bits, e, 0xee);
	return XDP_PASS;
}
"""
)


class Elsewhere(VmEngine):
    """A vm whose kernel has the types of an object."""

    def __init__(self, types: ebpf.ObjectSpec) -> None:
        super().__init__()
        self.types = types

    def target_btf(self) -> list[ebpf.ObjectSpec]:  # type: ignore[override]
        return [self.types.btf]  # type: ignore[list-item]


def compiled(tmp_path: Path, text: str, cc: str, name: str = "x.bpf.c") -> ebpf.ObjectSpec:
    path = tmp_path / name
    path.write_text(text)
    return ebpf.compile(path, cc=cc, cache=False)


@pytest.mark.parametrize("layout", [OWN, OTHER], ids=["own", "other"])
@pytest.mark.parametrize("cc", compilers())
def test_bitfields(cc: str, layout: str, tmp_path: Path) -> None:
    spec = compiled(tmp_path, BITS, cc)
    types = compiled(tmp_path, HEAD + layout + ' whole;\nSEC("xdp") int g(void *c) { return whole.e; }', cc, "types.c")
    codec = types.btf.codec(types.btf.find("bits"))  # type: ignore[union-attr, arg-type]
    values = {"a": 5, "b": 1234, "c": -3, "d": 0x9876543210, "e": 7}
    blank = dict.fromkeys(("a", "b", "c", "d", "e", *(["pad"] if layout is OTHER else [])), 0)
    raw = codec.encode({**blank, **values})
    with ebpf.load(spec, engine=Elsewhere(types)) as obj:
        result = obj.programs["f"].run(bytes(48) + raw + bytes(40 - len(raw)))
    assert result.retval == 2
    assert list(struct.unpack_from("6q", result.data)) == [5, 1234, -3, 0x9876543210, -3, 0x9876543210]
    after = codec.decode(bytes(result.data[48 : 48 + len(raw)]))
    assert [getattr(after, name) for name in "abcde"] == [5, 0x5A5, -7, 0x9876543210, 0xEE]


VALUES = (
    HEAD
    + """
struct data { __u16 h; __u16 h2; __u32 w; __u64 d; __u32 n; __u32 sum; };
SEC("xdp") int f(struct xdp_md *ctx) {
	struct data *at = (void *)(long)ctx->data;
	if ((void *)(at + 1) > (void *)(long)ctx->data_end)
		return XDP_DROP;
	at->h2 = bpf_htons(at->h) ^ bpf_ntohs(at->h) ^ bpf_htons(at->h);
	at->w = bpf_ntohl(at->w);
	at->d = bpf_be64_to_cpu(at->d);
	at->sum = KERNEL_VERSION(1, 2, 3) + __bpf_constant_htonl(1);
	return XDP_PASS;
}
"""
)


@pytest.mark.parametrize("cc", compilers())
def test_byte_order_of_values(cc: str, tmp_path: Path) -> None:
    with ebpf.load(compiled(tmp_path, VALUES, cc), engine="vm") as obj:
        data = struct.pack(">HHIQII", 0x1234, 0, 0x12345678, 0x1122334455667788, 0, 0)
        result = obj.programs["f"].run(data)
    h2, w, d, total = struct.unpack("=2xHIQ4xI", result.data)
    assert (h2, w, d) == (0x1234, 0x12345678, 0x1122334455667788)
    one = int.from_bytes((1).to_bytes(4, "big"), __import__("sys").byteorder)
    assert total == 0x010203 + one


def test_the_packages_files_are_in_the_wheel() -> None:
    """The headers are package data: hatchling takes what lies in the package, if no ignore file says otherwise."""
    import shutil
    import subprocess

    root = Path(__file__).resolve().parents[2]
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("no git checkout")
    files = [str(path) for path in (*build.INCLUDE.rglob("*.h"), *(build.INCLUDE.parent / "vmlinux").iterdir())]
    assert len(files) > 100
    done = subprocess.run(["git", "-C", str(root), "check-ignore", *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
