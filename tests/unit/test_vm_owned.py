"""Allocated objects in the vm: what is theirs and what isn't, and what happens to wrong ones."""

from __future__ import annotations

import random

import pytest

import ebpf
from compiling import compiled
from ebpf.errors import Fault
from ebpf.vm import objects
from ebpf.vm.objects import Objects

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
struct item { __u64 number; struct bpf_list_node node; struct bpf_rb_node tree; };
extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern void *bpf_refcount_acquire_impl(void *object, void *meta) __ksym;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 off) __ksym;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node,
                               _Bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b), void *meta, __u64 off) __ksym;
extern struct bpf_rb_node *bpf_rbtree_remove(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym;
extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *root) __ksym;
extern __s64 bpf_map_sum_elem_count(const void *map) __ksym;
#define new(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), 0))
struct bpf_list_head head;
struct bpf_rb_root root;
__u64 address;
"""


def load(body: str) -> ebpf.Object:
    return ebpf.load(compiled(HEAD + body), engine="vm")


def test_an_object_lives_until_the_last_one_drops_it() -> None:
    body = """
    SEC("xdp") int p(void *ctx) {
      struct item *one = new(struct item), *same;
      if (!one) return 1;
      same = bpf_refcount_acquire_impl(one, 0);
      bpf_obj_drop_impl(one, 0);
      same->number = 7;
      address = (__u64)same;
      int number = same->number;
      bpf_obj_drop_impl(same, 0);
      return number + (bpf_refcount_acquire_impl((void *)address, 0) != 0); }
    SEC("xdp") int late(void *ctx) { return *(volatile __u64 *)address; }
    SEC("xdp") int twice(void *ctx) { bpf_obj_drop_impl((void *)address, 0); return 0; }
    SEC("xdp") int wrong(void *ctx) { bpf_obj_new_impl(100000, 0); return 0; }
    """
    with load(body) as obj:
        assert obj.programs["p"].run(bytes(64)).retval == 7
        assert not obj.engine.objects.blocks  # type: ignore[attr-defined]
        for name, said in (("late", "no memory"), ("twice", "no object to give back"), ("wrong", "no struct")):
            with pytest.raises(Fault, match=said):
                obj.programs[name].run(bytes(64))


def test_a_node_that_is_in_a_list_is_not_put_into_another() -> None:
    body = """
    struct bpf_list_head other;
    SEC("xdp") int p(void *ctx) {
      struct item *one = new(struct item);
      if (!one) return 1;
      bpf_refcount_acquire_impl(one, 0);
      int first = bpf_list_push_back_impl(&head, &one->node, 0, 0);
      return first * 100 + bpf_list_push_back_impl(&other, &one->node, 0, 0); }
    """
    with load(body) as obj:
        assert obj.programs["p"].run(bytes(64)).retval & 0xFFFFFFFF == -22 & 0xFFFFFFFF
        (count,) = obj.engine.objects.references.values()  # type: ignore[attr-defined]
        assert count == 1


def test_any_node_of_a_tree_can_be_taken_out() -> None:
    """Against a sorted list: nodes are added and taken out in any order."""
    body = """
    struct bpf_rb_node *nodes[64];
    static _Bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b) {
      return ((struct item *)((void *)a - __builtin_offsetof(struct item, tree)))->number <
             ((struct item *)((void *)b - __builtin_offsetof(struct item, tree)))->number; }
    __u32 which; __u64 number;
    SEC("xdp") int add(void *ctx) {
      struct item *one = new(struct item);
      if (!one) return 1;
      one->number = number;
      nodes[which & 63] = &one->tree;
      return bpf_rbtree_add_impl(&root, &one->tree, less, 0, 0); }
    SEC("xdp") int take(void *ctx) { return bpf_rbtree_remove(&root, nodes[which & 63]) == nodes[which & 63]; }
    SEC("xdp") int least(void *ctx) {
      struct bpf_rb_node *node = bpf_rbtree_first(&root);
      return node ? ((struct item *)((void *)node - __builtin_offsetof(struct item, tree)))->number : -1; }
    """
    pure = random.Random(3)
    with load(body) as obj:
        there: dict[int, int] = {}
        for _ in range(400):
            which = pure.randrange(64)
            obj.variables["which"].value = which
            if which in there:
                del there[which]
                assert obj.programs["take"].run(bytes(64)).retval == 1
                assert obj.programs["take"].run(bytes(64)).retval == 0  # it is in no tree
            else:
                there[which] = obj.variables["number"].value = pure.randrange(40)
                assert obj.programs["add"].run(bytes(64)).retval == 0
            least = obj.programs["least"].run(bytes(64)).retval & 0xFFFFFFFF
            assert least == (min(there.values()) if there else 0xFFFFFFFF)


def test_a_tree_stays_low() -> None:
    """Numbers in their order, up and down: each is put in within a few dozen steps, and they come out in their order."""
    body = """
    #define number_of(node) ((struct item *)((void *)(node) - __builtin_offsetof(struct item, tree)))->number
    static _Bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b) { return number_of(a) < number_of(b); }
    __u64 number, steps;
    SEC("xdp") int add(void *ctx) {
      struct item *one = new(struct item);
      if (!one) return 1;
      one->number = number;
      return bpf_rbtree_add_impl(&root, &one->tree, less, 0, 0); }
    SEC("xdp") int least(void *ctx) {
      struct bpf_rb_node *node = bpf_rbtree_first(&root);
      if (!node || !bpf_rbtree_remove(&root, node)) return -1;
      int found = number_of(node);
      bpf_obj_drop_impl((void *)node - __builtin_offsetof(struct item, tree), 0);
      return found; }
    """
    numbers = [*range(1000, 1600), *range(1000, 400, -1)]
    with load(body) as obj:
        obj.engine.budget = 1500  # type: ignore[attr-defined]
        for number in numbers:
            obj.variables["number"].value = number
            assert obj.programs["add"].run(bytes(64)).retval == 0
        assert [obj.programs["least"].run(bytes(64)).retval for _ in numbers] == sorted(numbers)
        assert obj.programs["least"].run(bytes(64)).retval & 0xFFFFFFFF == 0xFFFFFFFF
        assert not obj.engine.objects.blocks  # type: ignore[attr-defined]


def test_a_tree_that_is_given_nonsense_ends() -> None:
    """A node whose fields a program wrote over: a fault or the budget, never a hang or a crash."""
    body = """
    struct bpf_rb_node node;
    SEC("xdp") int p(void *ctx) {
      *(volatile __u64 *)&node = (__u64)&node;  /* its own left */
      *(volatile __u64 *)&root = (__u64)&node;
      return bpf_rbtree_first(&root) != 0; }
    """
    with load(body) as obj:
        obj.engine.budget = 10_000  # type: ignore[attr-defined]
        with pytest.raises(Fault, match="budget"):
            obj.programs["p"].run(bytes(64))


def test_elements_are_counted() -> None:
    body = """
    struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, __u32); __type(value, __u32); } m SEC(".maps");
    SEC("xdp") int p(void *ctx) {
      for (__u32 i = 0; i < 5; i++) bpf_map_update_elem(&m, &i, &i, 0);
      return bpf_map_sum_elem_count(&m); }
    """
    with load(body) as obj:
        assert obj.programs["p"].run(bytes(64)).retval == 5


def test_there_is_an_end_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MOST", 1000)
    kept = Objects()
    made = [kept.make(300) for _ in range(4)]
    assert all(made[:3]) and not made[3]
    assert kept.find(made[1] + 299) == made[1] and not kept.window(made[1] + 296, 8)
    kept.window(made[1], 8)[2][:8] = b"12345678"  # type: ignore[index]
    assert kept.drop(made[1]) and not kept.drop(made[1]) and not kept.find(made[1])
    again = kept.make(300)
    assert again == made[1] and bytes(kept.window(again, 8)[2][:8]) == bytes(8)  # type: ignore[index]
    assert not kept.hold(5) and not kept.find(5)
