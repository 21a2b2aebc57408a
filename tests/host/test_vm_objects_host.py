"""C programs on both engines, on the same packets: the same verdicts, the same packets, the same maps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ebpf

pytestmark = pytest.mark.host

HEAD = """
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
char LICENSE[] SEC("license") = "GPL";
#define MAP(kind, name, key_type, value_type, entries, ...) \\
  struct { __uint(type, kind); __type(key, key_type); __type(value, value_type); __uint(max_entries, entries); __VA_ARGS__ } \\
  name SEC(".maps")
"""

PROGRAMS = {
    "counters": """
MAP(BPF_MAP_TYPE_HASH, flows, __u32, __u64, 64);
MAP(BPF_MAP_TYPE_ARRAY, sizes, __u32, __u64, 8);
MAP(BPF_MAP_TYPE_PERCPU_ARRAY, total, __u32, __u64, 1);
SEC("xdp") int p(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
  if (data + 34 > end) return XDP_DROP;
  __u32 key = data[30] & 7, zero = 0;
  __u64 one = 1, *v = bpf_map_lookup_elem(&flows, &key);
  if (v) __sync_fetch_and_add(v, 1); else bpf_map_update_elem(&flows, &key, &one, BPF_NOEXIST);
  v = bpf_map_lookup_elem(&sizes, &key);
  if (v) *v += end - data;
  v = bpf_map_lookup_elem(&total, &zero);
  if (v) *v += 1;
  return key == 3 ? XDP_DROP : XDP_PASS;
}""",
    "rewrite": """
SEC("tc") int p(struct __sk_buff *skb) {
  __u8 mac[6];
  if (bpf_skb_load_bytes(skb, 0, mac, 6)) return TC_ACT_SHOT;
  mac[5] ^= 1;
  bpf_skb_store_bytes(skb, 6, mac, 6, 0);
  bpf_l3_csum_replace(skb, 24, bpf_htons(0x1234), bpf_htons(0x4321), 2);
  if (skb->len > 60) bpf_skb_change_tail(skb, 60, 0);
  if (skb->protocol == bpf_htons(0x0800)) bpf_skb_vlan_push(skb, bpf_htons(0x8100), 7);
  return skb->len + skb->vlan_tci * 1000;
}""",
    "prefixes": """
struct key { __u32 bits; __u8 address[4]; };
MAP(BPF_MAP_TYPE_LPM_TRIE, routes, struct key, __u32, 16, __uint(map_flags, BPF_F_NO_PREALLOC););
SEC("xdp") int p(struct xdp_md *ctx) {
  __u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
  if (data + 34 > end) return XDP_ABORTED;
  struct key k = {.bits = 32};
  __builtin_memcpy(k.address, data + 30, 4);
  struct key net = {.bits = 8 + (data[15] & 15)};
  __builtin_memcpy(net.address, data + 30, 4);
  __u32 n = data[33];
  bpf_map_update_elem(&routes, &net, &n, 0);
  __u32 *v = bpf_map_lookup_elem(&routes, &k);
  return v ? *v & 1 ? XDP_PASS : XDP_TX : XDP_DROP;
}""",
    "callbacks": """
MAP(BPF_MAP_TYPE_ARRAY, cells, __u32, __u64, 16);
struct state { __u64 sum; __u32 limit; };
static long add(__u32 i, struct state *s) { s->sum += i * i; return s->sum > 5000; }
static long visit(void *map, __u32 *key, __u64 *value, struct state *s) { *value += *key + s->limit; s->sum += *value; return 0; }
SEC("tc") int p(struct __sk_buff *skb) {
  struct state s = {.limit = skb->len};
  int rounds = bpf_loop(skb->len, add, &s, 0);
  bpf_for_each_map_elem(&cells, visit, &s, 0);
  return s.sum * 31 + rounds;
}""",
    "text": """
MAP(BPF_MAP_TYPE_ARRAY, out, __u32, char[64], 4);
SEC("tc") int p(struct __sk_buff *skb) {
  char number[] = "  -4711 ";
  long value = 0;
  __u32 zero = 0;
  int used = bpf_strtol(number, sizeof(number) - 1, 0, &value);
  char *line = bpf_map_lookup_elem(&out, &zero);
  if (!line) return 0;
  static const char fmt[] = "len=%u %s %x %lld %c|%5d|%-4d|%pI4";
  static const char word[] = "word";
  __u32 address = bpf_htonl(0x0a000001);
  __u64 args[] = {skb->len, (__u64)(long)word, 0xbeef, (__u64)value, 'x', 42, 7, (__u64)(long)&address};
  int n = bpf_snprintf(line, 64, fmt, args, sizeof(args));
  return used * 100 + n;
}""",
    "calls": """
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 3); __uint(key_size, 4);
  __array(values, int(struct __sk_buff *)); } jumps SEC(".maps");
MAP(BPF_MAP_TYPE_ARRAY, seen, __u32, __u64, 4);
static __noinline int note(__u32 key) { __u64 *v = bpf_map_lookup_elem(&seen, &key); if (v) *v += 1; return key * 3; }
SEC("tc") int last(struct __sk_buff *skb) { return note(1) + skb->len; }
SEC("tc") int again(struct __sk_buff *skb) { note(2); bpf_tail_call(skb, &jumps, 2); return note(3); }
SEC("tc") int p(struct __sk_buff *skb) {
  note(0);
  bpf_tail_call(skb, &jumps, skb->len & 3);
  return 77;
}
""",
    "queues": """
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __type(value, __u32); } fifo SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __uint(max_entries, 4); __type(value, __u32); } lifo SEC(".maps");
SEC("tc") int p(struct __sk_buff *skb) {
  __u32 v = skb->len, a = 0, b = 0;
  int r = bpf_map_push_elem(&fifo, &v, BPF_EXIST);
  r = r * 31 + bpf_map_push_elem(&lifo, &v, 0);
  bpf_map_peek_elem(&fifo, &a);
  if (v & 1) bpf_map_pop_elem(&lifo, &b);
  return r * 1000 + a * 7 + b;
}""",
    "adjust": """
SEC("xdp") int p(struct xdp_md *ctx) {
  if (bpf_xdp_adjust_head(ctx, -8)) return XDP_ABORTED;
  __u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
  if (data + 22 > end) return XDP_ABORTED;
  __builtin_memmove(data, data + 8, 14);
  data[14] = 0xaa; data[21] = end - data;
  bpf_xdp_adjust_tail(ctx, -4);
  return XDP_TX;
}""",
    "globals": """
__u64 counter; const volatile __u32 step = 3; __u8 last[16]; static __u32 hidden = 5;
SEC("tc") int p(struct __sk_buff *skb) {
  counter += step; hidden += counter;
  bpf_skb_load_bytes(skb, 0, last, 14);
  return hidden;
}""",
    "dynptr": """
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
MAP(BPF_MAP_TYPE_ARRAY, copy, __u32, char[32], 1);
SEC("tc") int p(struct __sk_buff *skb) {
  struct bpf_dynptr d; __u32 zero = 0; char b[8] = "abcdefg"; int r;
  char *v = bpf_map_lookup_elem(&copy, &zero);
  if (!v) return 0;
  r = bpf_ringbuf_reserve_dynptr(&ring, skb->len & 31, 0, &d);
  r = r * 31 + bpf_dynptr_write(&d, 8, b, 8, 0);
  r = r * 31 + bpf_dynptr_read(v, 16, &d, 0, 0);
  bpf_ringbuf_discard_dynptr(&d, 0);
  return r * 7 + bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA);
}""",
}


def packet(i: int) -> bytes:
    """An Ethernet and IP header of sorts, and some bytes."""
    addresses = bytes([10 + i % 3, i % 5, i % 2, i])
    return (
        bytes([2, 0, 0, 0, 0, i])
        + bytes(6)
        + b"\x08\x00"
        + bytes([0x45, i, 0, 46])
        + bytes(12)
        + addresses
        + bytes(range(12 + i))
    )


PACKETS = [packet(i) for i in range(24)]


def seen(source: Path, engine: str, *, native: bool = False) -> Any:
    with ebpf.load(source, engine=engine) as obj:
        for program in obj.programs.values() if native else ():
            program.raw.compile()
        if "jumps" in obj.maps:
            obj.maps["jumps"][1] = obj.programs["last"]
            obj.maps["jumps"][2] = obj.programs["again"]
        runs = []
        for packet in PACKETS:
            result = obj.programs["p"].run(packet)
            runs.append((result.retval & 0xFFFFFFFF, bytes(result.data)))
        maps = {}
        for name, map_ in obj.maps.items():
            if map_.raw.spec.type.name in ("RINGBUF", "PROG_ARRAY", "QUEUE", "STACK"):
                continue
            entries = sorted(map_.raw.items())
            if map_.raw.spec.type.name.startswith("PERCPU"):
                entries = [(key, sum(memoryview(value).cast("Q"))) for key, value in entries]
            maps[name] = entries
        return runs, maps


@pytest.mark.parametrize("name", PROGRAMS)
def test_both_engines_agree(name: str, tmp_path: Path) -> None:
    source = tmp_path / f"{name}.bpf.c"
    source.write_text(HEAD + PROGRAMS[name])
    kernel = seen(source, "kernel")
    assert seen(source, "vm") == kernel
    pytest.importorskip("llvmlite", reason="the JIT needs llvmlite")
    assert seen(source, "vm", native=True) == kernel
