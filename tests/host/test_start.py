"""What loading into the kernel and attaching import: nothing that a start has to wait for."""

from __future__ import annotations

from pathlib import Path

from test_rooms import HEAVY, modules_of

from ebpf import build

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
const volatile __u32 target;
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } m SEC(".maps");
SEC("tracepoint/syscalls/sys_enter_getppid") int count(void *ctx)
{
    __u32 key = 0;
    __u64 *value = bpf_map_lookup_elem(&m, &key);
    if (value && bpf_get_current_pid_tgid() >> 32 == target) __sync_fetch_and_add(value, 1);
    return 0;
}
char LICENSE[] SEC("license") = "Dual MIT/GPL";
"""


def test_loading_and_attaching_is_light(tmp_path: Path) -> None:
    source = tmp_path / "count.bpf.c"
    source.write_text(SOURCE)
    path = tmp_path / "count.bpf.o"
    path.write_bytes(build.compile(source))
    code = f"""
import ebpf, os
with ebpf.load({str(path)!r}, engine="kernel", variables={{"target": os.getpid()}}) as obj:
    obj.attach()
    os.getppid()
    assert obj.maps["m"][0] == 1, dict(obj.maps["m"])
"""
    assert not HEAVY & modules_of(code)
