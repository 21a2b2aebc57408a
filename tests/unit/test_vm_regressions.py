"""Faults that were found in the vm by running whole programs."""

from __future__ import annotations

from pathlib import Path

import pytest

import ebpf
from ebpf.errors import CompileError


def test_a_hash_that_is_still_empty_is_a_map(tmp_path: Path) -> None:
    path = tmp_path / "empty.bpf.c"
    path.write_text(
        '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar l[] SEC("license") = "GPL";\n'
        "struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, int); __type(value, int); }"
        ' m SEC(".maps");\n'
        'SEC("raw_tp/sys_enter") int p(void *c) { int k = 1; return bpf_map_update_elem(&m, &k, &k, BPF_ANY); }\n'
    )
    try:
        spec = ebpf.compile(path)
    except CompileError as error:
        pytest.skip(f"no compiler: {error}")
    with ebpf.load(spec, engine="vm") as obj:
        assert obj.programs["p"].run(context=bytes(96)).retval == 0
        assert dict(obj.maps["m"].items()) == {1: 1}
