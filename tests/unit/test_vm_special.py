"""Fields of map values that only programs see: locks, timers, kptrs. What comes from outside, or by bpf_map_update_elem, leaves
them; what goes out has 0 there."""

from __future__ import annotations

from struct import pack, unpack

import pytest

import ebpf
from compiling import compiled

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
struct value { __u32 before; struct bpf_spin_lock lock; __u64 after; struct bpf_timer timer; __u64 last; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, __u32); __type(value, struct value); }
  a SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 2); __type(key, __u32); __type(value, struct value); }
  h SEC(".maps");
__u32 locks[2];
__u64 timers[2];
/* Puts 7s everywhere, then says what the special fields hold. */
SEC("tc") int p(struct __sk_buff *skb) {
  struct value all;
  __u32 key = 1;
  __builtin_memset(&all, 7, sizeof(all));
  bpf_map_update_elem(&a, &key, &all, 0);
  bpf_map_update_elem(&h, &key, &all, 0);
  struct value *v = bpf_map_lookup_elem(&a, &key), *w = bpf_map_lookup_elem(&h, &key);
  if (!v || !w) return 1;
  locks[0] = *(volatile __u32 *)&v->lock; locks[1] = *(volatile __u32 *)&w->lock;
  timers[0] = *(volatile __u64 *)&v->timer; timers[1] = *(volatile __u64 *)&w->timer;
  return 0;
}
/* Writes into them, as only a bad program does: so that there is something to be left alone. */
SEC("tc") int spoil(struct __sk_buff *skb) {
  __u32 key = 1;
  struct value *v = bpf_map_lookup_elem(&a, &key), *w = bpf_map_lookup_elem(&h, &key);
  if (!v || !w) return 1;
  *(volatile __u32 *)&v->lock = 9; *(volatile __u32 *)&w->lock = 9;
  return 0;
}
"""


@pytest.mark.parametrize("native", [False, True], ids=["interpreter", "native"])
def test_they_stay_with_programs(native: bool) -> None:
    obj = ebpf.load(compiled(SOURCE), engine="vm")
    with obj:
        if native:
            pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
            for program in obj.programs.values():
                program.raw.compile(2)
        assert obj.programs["p"].run(bytes(64)).retval == 0
        assert list(obj.variables["locks"].value) == [0, 0] and list(obj.variables["timers"].value) == [0, 0]
        seven = b"\7" * 4 + bytes(4) + b"\7" * 8 + bytes(16) + b"\7" * 8
        key = pack("=I", 1)
        for name in ("a", "h"):
            raw = obj.maps[name].raw
            assert raw.spec.value_size == 40 and raw.lookup(key) == seven
            assert dict(raw.items())[key] == seven
        assert obj.programs["spoil"].run(bytes(64)).retval == 0
        for name in ("a", "h"):
            raw = obj.maps[name].raw
            raw.update(key, b"\5" * 40)
            assert unpack("=I", bytes(raw.values.view[raw.address_of(key, 0) - raw.values.address + 4 :][:4])) == (9,)
            assert raw.lookup(key) == seven.replace(b"\7", b"\5")
        # A new element of a hash begins with 0 there, whatever lay there before.
        raw = obj.maps["h"].raw
        assert raw.delete(key) and obj.programs["p"].run(bytes(64)).retval == 0
        assert list(obj.variables["locks"].value) == [9, 0]
