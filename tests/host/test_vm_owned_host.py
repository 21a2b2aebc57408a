"""Allocated objects, lists, trees and open-coded iterators: programs in C, on the kernel and in the vm."""

from __future__ import annotations

from pathlib import Path

import pytest

import ebpf
from ebpf.errors import CompileError, EbpfError

pytestmark = pytest.mark.host

HEAD = """
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
#define __contains(name, node) __attribute__((btf_decl_tag("contains:" #name ":" #node)))
#define private(name) SEC(".data." #name) __attribute__((visibility("hidden"))) __attribute__((aligned(8)))
#ifndef container_of
#define container_of(ptr, type, member) ((type *)((void *)(ptr) - __builtin_offsetof(type, member)))
#endif
extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern void *bpf_refcount_acquire_impl(void *object, void *meta) __ksym;
extern int bpf_list_push_front_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 off) __ksym;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 off) __ksym;
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;
extern struct bpf_list_node *bpf_list_pop_back(struct bpf_list_head *head) __ksym;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node,
                               _Bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b), void *meta, __u64 off) __ksym;
extern struct bpf_rb_node *bpf_rbtree_remove(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym;
extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *root) __ksym;
#define new(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), 0))
#define drop(object) bpf_obj_drop_impl(object, 0)
"""

LIST = """
struct item { __u64 number; struct bpf_list_node node; };
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(item, node);

static int push(__u64 number, int front) {
  struct item *one = new(struct item);
  if (!one) return 1;
  one->number = number;
  bpf_spin_lock(&lock);
  if (front) bpf_list_push_front_impl(&head, &one->node, 0, 0); else bpf_list_push_back_impl(&head, &one->node, 0, 0);
  bpf_spin_unlock(&lock);
  return 0;
}
static __u64 pop(int front) {
  struct bpf_list_node *node;
  bpf_spin_lock(&lock);
  node = front ? bpf_list_pop_front(&head) : bpf_list_pop_back(&head);
  bpf_spin_unlock(&lock);
  if (!node) return 0;
  struct item *one = container_of(node, struct item, node);
  __u64 number = one->number;
  drop(one);
  return number;
}
/* The packet's bytes are orders: 1, 2 push in front or behind, 3, 4 take from there. */
SEC("tc") int p(struct __sk_buff *skb) {
  __u32 result = 7;
  for (int i = 0; i < 12; i++) {
    __u8 order = 0;
    if (bpf_skb_load_bytes(skb, 14 + i, &order, 1)) break;
    switch (order & 7) {
    case 1: push(order + i, 1); break;
    case 2: push(order + i, 0); break;
    case 3: result = result * 31 + pop(1); break;
    case 4: result = result * 31 + pop(0); break;
    }
  }
  return result;
}
"""

TREE = """
struct item { __u64 number; struct bpf_rb_node node; };
private(B) struct bpf_spin_lock lock;
private(B) struct bpf_rb_root root __contains(item, node);

static _Bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b) {
  return container_of(a, struct item, node)->number < container_of(b, struct item, node)->number;
}
SEC("tc") int p(struct __sk_buff *skb) {
  __u32 result = 7;
  for (int i = 0; i < 12; i++) {
    __u8 order = 0;
    if (bpf_skb_load_bytes(skb, 14 + i, &order, 1)) break;
    if (order & 3) {
      struct item *one = new(struct item);
      if (!one) break;
      one->number = order;
      bpf_spin_lock(&lock);
      bpf_rbtree_add_impl(&root, &one->node, less, 0, 0);
      bpf_spin_unlock(&lock);
    } else {
      struct bpf_rb_node *node;
      bpf_spin_lock(&lock);
      node = bpf_rbtree_first(&root);
      if (node) node = bpf_rbtree_remove(&root, node);
      bpf_spin_unlock(&lock);
      if (node) {
        struct item *one = container_of(node, struct item, node);
        result = result * 31 + one->number;
        drop(one);
      }
    }
  }
  return result;
}
"""

KEPT = """
struct item { __u64 number; __u64 other; };
struct value { struct item __kptr *held; };
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct value);
} m SEC(".maps");
SEC("tc") int p(struct __sk_buff *skb) {
  __u32 zero = 0, result = 1;
  struct value *value = bpf_map_lookup_elem(&m, &zero);
  struct item *one = new(struct item), *old;
  if (!one) return 1;
  if (!value) { drop(one); return 2; }
  one->number = skb->len;
  one->other = 5; result = one->other; /* in the kernel it isn't cleared */
  old = bpf_kptr_xchg(&value->held, one);
  if (old) { result += old->number + 1000; drop(old); }
  return result;
}
"""

BITS = """
struct bpf_iter_bits { __u64 opaque[2]; } __attribute__((aligned(8)));
extern int bpf_iter_bits_new(struct bpf_iter_bits *it, const __u64 *words, __u32 count) __ksym;
extern int *bpf_iter_bits_next(struct bpf_iter_bits *it) __ksym;
extern void bpf_iter_bits_destroy(struct bpf_iter_bits *it) __ksym;
SEC("tc") int p(struct __sk_buff *skb) {
  __u64 words[2] = {};
  struct bpf_iter_bits it;
  __u32 result = 7;
  int *bit;
  bpf_skb_load_bytes(skb, 14, words, 16);
  int status = bpf_iter_bits_new(&it, words, skb->len & 3 ? 2 : skb->len & 4 ? 1 : 0);
  while ((bit = bpf_iter_bits_next(&it))) result = result * 31 + *bit;
  bpf_iter_bits_destroy(&it);
  return result + status;
}
"""

PROGRAMS = {"list": LIST, "tree": TREE, "kept": KEPT, "bits": BITS}


def packets() -> list[bytes]:
    import random

    pure = random.Random(5)
    return [
        bytes(12)
        + b"\x88\xb5"
        + bytes(pure.choice((1, 2, 3, 4, 8, 9, 10)) for _ in range(12))
        + pure.randbytes(20 + n % 8)
        for n in range(40)
    ] + [bytes(14) + bytes(30), bytes(14) + b"\xff" * 33]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_same_on_both_engines(name: str, tmp_path: Path) -> None:
    source = tmp_path / f"{name}.bpf.c"
    source.write_text(HEAD + PROGRAMS[name])
    try:
        # Type tags (__kptr) came with clang 15: the wheel's.
        spec = ebpf.compile(source, cc="ziglang" if name == "kept" else None)
    except CompileError as error:
        pytest.skip(f"this clang can't compile it: {error}")
    found = {}
    for engine in ("kernel", "vm", "native"):
        try:
            obj = ebpf.load(spec, engine="vm" if engine == "native" else engine)  # type: ignore[arg-type]
        except EbpfError as error:
            if engine != "kernel":
                raise
            pytest.skip(f"this kernel can't run it: {str(error)[:300]}")
        with obj:
            if engine == "native":
                pytest.importorskip("llvmlite", reason="the JIT needs llvmlite")
                obj.programs["p"].raw.compile(2)
            found[engine] = [obj.programs["p"].run(data).retval & 0xFFFFFFFF for data in packets()]
    assert found["vm"] == found["kernel"]
    assert found["native"] == found["kernel"]
    assert len(set(found["vm"])) > 5
