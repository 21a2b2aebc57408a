"""What a helper gives where there is no kernel to ask (no test run has its hook): result and errno as Linux's source has them.
And that no helper of docs/helpers.md goes without a test."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path
from struct import pack
from typing import Any, ClassVar

import kfunc_programs
import pytest
from vm_code import EXIT, I, call, ldx, movr, stx
from vm_world import U64, World, fp, mov, text

import ebpf
from compiling import compiled
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS, NAMES
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.helpers import find, present
from ebpf.vm.helpers.kfuncs import KFUNCS

ROOT = Path(__file__).resolve().parents[2]
MESSAGE = bytes(range(40))
EINVAL, ENOENT, EPERM, EFAULT, ENODEV = -22, -2, -1, -14, -19


def order(value: int, size: int = 4) -> bytes:
    return value.to_bytes(size, sys.byteorder)


@pytest.mark.parametrize(
    ("name", "arguments", "result", "after"),
    [
        ("msg_pull_data", (0, 8, 0), 0, MESSAGE),
        ("msg_pull_data", (0, 40, 0), 0, MESSAGE),
        ("msg_pull_data", (0, 41, 0), EINVAL, MESSAGE),
        ("msg_pull_data", (8, 8, 0), EINVAL, MESSAGE),
        ("msg_pull_data", (40, 41, 0), EINVAL, MESSAGE),
        ("msg_pull_data", (0, 8, 1), EINVAL, MESSAGE),
        ("msg_push_data", (0, 4, 0), 0, bytes(4) + MESSAGE),
        ("msg_push_data", (10, 4, 0), 0, MESSAGE[:10] + bytes(4) + MESSAGE[10:]),
        ("msg_push_data", (40, 4, 0), 0, MESSAGE + bytes(4)),
        ("msg_push_data", (41, 4, 0), EINVAL, MESSAGE),
        ("msg_push_data", (99, 0, 0), 0, MESSAGE),
        ("msg_push_data", (0, 4, 1), EINVAL, MESSAGE),
        ("msg_push_data", (0, 0xFFFFFFFF, 0), EINVAL, MESSAGE),
        ("msg_pop_data", (0, 4, 0), 0, MESSAGE[4:]),
        ("msg_pop_data", (10, 30, 0), 0, MESSAGE[:10]),
        ("msg_pop_data", (10, 31, 0), EINVAL, MESSAGE),
        ("msg_pop_data", (40, 0, 0), 0, MESSAGE),
        ("msg_pop_data", (0xFFFFFFFF, 2, 0), EINVAL, MESSAGE),
        ("msg_pop_data", (0, 4, 2), EINVAL, MESSAGE),
        ("msg_apply_bytes", (4,), 0, MESSAGE),
        ("msg_cork_bytes", (4,), 0, MESSAGE),
    ],
)
def test_messages(name: str, arguments: tuple[int, ...], result: int, after: bytes) -> None:
    program = World().load(*(mov(i, n) for i, n in enumerate(arguments, 2)), call(name), EXIT, type_=ProgType.SK_MSG)
    found = program.run(MESSAGE)
    assert (found.retval, found.data) == (result & U64, after)


SOCKETS = {
    "sk_redirect_map": (ProgType.SK_SKB, MapType.SOCKMAP),
    "msg_redirect_map": (ProgType.SK_MSG, MapType.SOCKMAP),
    "sk_redirect_hash": (ProgType.SK_SKB, MapType.SOCKHASH),
    "msg_redirect_hash": (ProgType.SK_MSG, MapType.SOCKHASH),
    "sk_select_reuseport": (ProgType.SK_REUSEPORT, MapType.REUSEPORT_SOCKARRAY),
}


@pytest.mark.parametrize("name", SOCKETS)
def test_redirects_to_sockets(name: str) -> None:
    """SK_PASS (1) where there is a socket, SK_DROP (0) else; the choice in a reuseport group gives 0, -ENOENT, -EINVAL."""
    type_, map_type = SOCKETS[name]
    here, gone, wrong = (0, ENOENT, EINVAL) if name == "sk_select_reuseport" else (1, 0, 0)
    for key, flags, result in ((2, 0, here), (3, 0, gone), (9, 0, gone), (2, 2, wrong), (2, 1 << 32, wrong)):
        world = World()
        world.map("s", map_type, 4, 4, 4).update(order(2), order(7))
        by_key = [*fp(3, -4)] if name.endswith(("hash", "reuseport")) else [mov(3, key)]
        code = [
            movr(6, 1),
            mov(2, key),
            stx(op.W, 10, 2, -4),
            movr(1, 6),
            ("map", 2, "s"),
            *by_key,
            mov(4, flags),
            call(name),
            EXIT,
        ]
        found = world.load(*code, type_=type_).run(MESSAGE)
        assert found.retval == result & U64, (key, flags)
        assert (found.redirect.value if found.redirect else None) == (order(7) if result == here else None)


@pytest.mark.parametrize("of", ["sk", "inode", "cgrp"])
def test_storages(of: str) -> None:
    kind = {"sk": MapType.SK_STORAGE, "inode": MapType.INODE_STORAGE, "cgrp": MapType.CGRP_STORAGE}[of]
    world = World()
    world.map("m", kind, 4, 8, 0, 1)

    def get(owner: int, flags: int) -> int:
        head = [("map", 1, "m"), mov(2, owner), mov(3, 0), mov(4, flags), call(f"{of}_storage_get")]
        return world.run(
            *head, I(op.JMP | op.JEQ, 0, 0, 4), mov(1, 3), I(op.STX | op.ATOMIC | op.DW, 0, 1), ldx(op.DW, 0, 0), EXIT
        )

    def drop(owner: int) -> int:
        return world.run(("map", 1, "m"), mov(2, owner), call(f"{of}_storage_delete"), EXIT)

    assert [get(5, 0), get(5, 1), get(5, 1), get(5, 0), get(6, 0), get(6, 1)] == [0, 3, 6, 9, 0, 3]
    assert [get(0, 1), get(7, 2)] == [0, 0]  # no owner, flags that mean nothing
    assert [drop(5), drop(5), drop(0), get(5, 0)] == [0, ENOENT, EINVAL, 0]


def look_up(helper: str, port: int) -> list[Any]:
    """The socket at 10.0.0.1 that a packet of 10.0.0.2:9 is for; the context is kept in r6."""
    tuple_ = bytes([10, 0, 0, 2, 10, 0, 0, 1]) + (9).to_bytes(2, "big") + port.to_bytes(2, "big")
    return [
        movr(6, 1), *text(tuple_, -16), movr(1, 6), *fp(2, -16), mov(3, 12), mov(4, U64), mov(5, 0), call(helper),
    ]  # fmt: skip


def test_a_sockets_storage_is_there_at_the_next_lookup() -> None:
    world = World()
    world.map("m", MapType.SK_STORAGE, 4, 8, 0, 1)
    world.engine.network.add_socket("udp", "10.0.0.1", 53)
    ask = look_up("sk_lookup_udp", 53)
    count = [movr(7, 0), ("map", 1, "m"), movr(2, 7), mov(3, 0), mov(4, 1), call("sk_storage_get"), mov(1, 1),
             I(op.STX | op.ATOMIC | op.DW, 0, 1), ldx(op.DW, 8, 0), movr(1, 7), call("sk_release"), movr(0, 8), EXIT]  # fmt: skip
    assert [world.run(*ask, *count) for _ in range(3)] == [1, 2, 3]
    assert world.maps["m"].lookup(order(1)) == order(3, 8)


@pytest.mark.parametrize(
    ("name", "state", "found"),
    [
        ("sk_fullsock", 10, True),
        ("sk_fullsock", 1, True),
        ("get_listener_sock", 10, True),
        ("get_listener_sock", 1, False),
    ],
)
def test_what_a_socket_is(name: str, state: int, found: bool) -> None:
    world = World()
    world.engine.network.add_socket("tcp", "10.0.0.1", 80, *(("10.0.0.2", 9) if state == 1 else ()))
    ask = look_up("skc_lookup_tcp", 80)
    same = [movr(7, 0), movr(1, 7), call(name), I(op.ALU64 | op.SUB | op.X, 0, 7), EXIT]
    assert (world.run(*ask, *same) == 0) == found
    assert world.run(mov(1, 0), call(name), EXIT) == 0
    cookie = [movr(1, 0), call("get_socket_cookie"), EXIT]
    assert world.run(*ask, *cookie) == world.engine.network.sockets[0].cookie
    assert world.run(call("get_socket_cookie"), EXIT) == 0
    assert world.run(call("get_socket_uid"), EXIT) == 65534
    assign = [movr(7, 0), movr(1, 6), movr(2, 7), mov(3, 0), call("sk_assign"), EXIT]
    assert world.run(*ask, *assign) == 0
    assert world.run(*ask, *assign[:3], mov(3, 4), *assign[4:]) == EINVAL
    assert world.run(mov(2, 77), mov(3, 0), call("sk_assign"), EXIT) == ENOENT


def test_bind_and_options() -> None:
    address = pack("=H", 2) + (8080).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
    for data, size, result in ((address, 16, 0), (address, 12, EINVAL), (pack("=H", 1) + address[2:], 16, EINVAL)):
        code = [movr(6, 1), *text(data, -16), movr(1, 6), *fp(2, -16), mov(3, size), call("bind"), EXIT]
        assert World().run(*code, type_=ProgType.CGROUP_SOCK_ADDR) == result
    option = [movr(6, 1), *text(order(1234), -16), movr(1, 6), mov(2, 1), mov(3, 7), *fp(4, -16), mov(5, 4)]
    back = [movr(1, 6), mov(2, 1), mov(3, 7), *fp(4, -8), mov(5, 4), call("getsockopt")]
    assert World().run(*option, call("setsockopt"), *back, ldx(op.W, 0, 10, -8), EXIT, type_=ProgType.SOCK_OPS) == 1234
    assert World().run(*option, *text(b"\xff" * 8, -8), *back, EXIT, type_=ProgType.SOCK_OPS) == EINVAL
    assert World().run(*option, *text(b"\xff" * 8, -8), *back, ldx(op.W, 0, 10, -8), EXIT, type_=ProgType.SOCK_OPS) == 0
    assert World().run(*option[:-1], mov(5, 0), call("setsockopt"), EXIT, type_=ProgType.SOCK_OPS) == EINVAL


def test_the_result_of_a_call() -> None:
    assert World().run(mov(1, -1), call("set_retval"), call("get_retval"), EXIT, type_=ProgType.CGROUP_SOCKOPT) == -1
    assert World().run(mov(1, -1), call("set_retval"), EXIT, type_=ProgType.CGROUP_SOCKOPT) == 0
    assert World().run(call("get_retval"), EXIT, type_=ProgType.CGROUP_SOCKOPT) == 0


@pytest.mark.parametrize("name", ["skb_output", "xdp_output"])
def test_packets_into_perf_buffers(name: str) -> None:
    world = World(cpus=1)
    events = world.map("e", MapType.PERF_EVENT_ARRAY, 4, 4, 1)
    rings = events.rings()

    def put(flags: int, size: int = 4) -> int:
        code = [
            movr(6, 1),
            *text(b"head", -8),
            movr(1, 6),
            ("map", 2, "e"),
            mov(3, flags),
            *fp(4, -8),
            mov(5, size),
            call(name),
            EXIT,
        ]
        return world.run(*code, type_=ProgType.XDP, data=bytes(range(20)))

    assert put(6 << 32 | 0xFFFFFFFF) == 0
    record = bytes(rings[0].take())
    assert record[12:22] == b"head" + bytes(range(6))
    assert put(21 << 32 | 0xFFFFFFFF) == EFAULT
    assert put(1 << 60) == EINVAL


class Stacked:
    """A traced task whose stack is three frames deep."""

    pid, tgid, ppid, comm, uid, gid, cpu, start_time = 8, 7, 1, b"t", 0, 0, 0, 0
    memory: ClassVar = {0x1000: (0x2000, 0x401000), 0x2000: (0, 0x402000)}

    def user_registers(self) -> tuple[int, int, int]:
        return 0x400000, 0xFF0, 0x1000

    def read_memory(self, address: int, size: int) -> bytes:
        if address not in self.memory:
            raise OSError(14, "")
        return b"".join(order(word, 8) for word in self.memory[address])[:size]

    def write_memory(self, address: int, data: bytes) -> None:
        raise OSError(14, "")


@pytest.mark.parametrize("name", ["get_stack", "get_task_stack"])
@pytest.mark.parametrize(
    ("flags", "size", "result", "words"),
    [
        (1 << 8, 32, 24, [0x400000, 0x401000, 0x402000, 0]),
        (1 << 8 | 1, 32, 16, [0x401000, 0x402000, 0, 0]),
        (1 << 8, 16, 16, [0x400000, 0x401000]),
        (1 << 8, 12, EINVAL, [0]),
        (1 << 9, 32, EINVAL, [0, 0, 0, 0]),
        (1 << 11, 32, EINVAL, [0, 0, 0, 0]),
        (0, 32, EFAULT, [0, 0, 0, 0]),
        (1 << 8 | 1 << 11, 32, 32, [2 if sys.byteorder == "little" else 2 << 32, 0, 0, 0x400000]),
    ],
)
def test_stacks(name: str, flags: int, size: int, result: int, words: list[int]) -> None:
    world = World()
    world.engine.task = Stacked()
    ask = [movr(6, 1), *text(b"\xff" * 32, -32), movr(1, 6), *fp(2, -32), mov(3, size), mov(4, flags), call(name)]
    assert world.run(*ask, EXIT, type_=ProgType.KPROBE) == result
    for i, word in enumerate(words):
        assert world.run(*ask, ldx(op.DW, 0, 10, -32 + 8 * i), EXIT, type_=ProgType.KPROBE) == word


def run_at_context(name: str, context: bytes, type_: ProgType) -> int:
    return World().run(call(name), EXIT, context=context, type_=type_)


def test_what_the_cpu_has_not() -> None:
    buffer = [movr(6, 1), *text(b"\xff" * 24, -24), movr(1, 6), *fp(2, -24)]
    counter = [*buffer, mov(3, 24), call("perf_prog_read_value")]
    assert World().run(*counter, EXIT, type_=ProgType.PERF_EVENT) == 0
    assert World().run(*counter, ldx(op.DW, 0, 10, -8), EXIT, type_=ProgType.PERF_EVENT) == 0
    assert World().run(*buffer, mov(3, 16), call("perf_prog_read_value"), EXIT, type_=ProgType.PERF_EVENT) == EINVAL
    for flags, result in ((0, ENOENT), (1, ENOENT), (2, EINVAL)):
        code = [*buffer, mov(3, 24), mov(4, flags), call("read_branch_records"), EXIT]
        assert World().run(*code, type_=ProgType.PERF_EVENT) == result
    snapshot = [*text(bytes(24), -24), *fp(1, -24), mov(2, 24), mov(3, 0), call("get_branch_snapshot"), EXIT]
    assert World().run(*snapshot) == ENOENT
    registers = bytes(128) + order(0x401234, 8) + bytes(32)
    assert run_at_context("get_func_ip", registers, ProgType.KPROBE) == 0x401234
    assert run_at_context("get_func_ip", registers[:8], ProgType.TRACEPOINT) == 0


def test_memory_of_a_task() -> None:
    world = World()
    world.engine.task = Stacked()

    def read(address: int, flags: int) -> int:
        ask = [
            *text(b"\xff" * 8, -8),
            *fp(1, -8),
            mov(2, 8),
            mov(3, address),
            mov(4, 1),
            mov(5, flags),
            call("copy_from_user_task"),
        ]
        return world.run(*ask, EXIT) or world.run(*ask, ldx(op.DW, 0, 10, -8), EXIT)

    assert [read(0x1000, 0), read(0x1001, 0), read(0x1000, 1)] == [0x2000, EFAULT, EINVAL]


def test_a_hash_that_was_set_is_given_until_it_is_no_more() -> None:
    ask = [movr(6, 1), mov(2, 77), call("set_hash"), movr(1, 6), call("get_hash_recalc"), EXIT]
    assert World().run(*ask, type_=ProgType.SCHED_CLS, data=bytes(60)) == 77
    fresh = [movr(6, 1), call("get_hash_recalc"), EXIT]
    assert World().run(*fresh, type_=ProgType.SCHED_CLS, data=bytes(60)) == World().run(
        *fresh, type_=ProgType.SCHED_CLS, data=bytes(60)
    )


def test_the_cookie_of_a_link_and_the_class_of_a_packet() -> None:
    program = World().load(call("get_attach_cookie"), EXIT, type_=ProgType.KPROBE)
    assert (program.invoke(bytes(168), cookie=77), program.invoke(bytes(168))) == (77, 0)
    assert World().run(call("skb_cgroup_classid"), EXIT, type_=ProgType.SCHED_CLS, data=bytes(60)) == 0


def test_the_cgroup_of_this_process() -> None:
    world = World()
    mine = world.engine.task.cgroup_id  # type: ignore[attr-defined]
    assert world.run(call("get_current_cgroup_id"), EXIT) == mine
    world.map("c", MapType.CGROUP_ARRAY, 4, 4, 2).update(order(0), order(mine or 1))
    world.engine.task.cgroup_id = mine or 1  # type: ignore[attr-defined]
    found = [world.run(("map", 1, "c"), mov(2, n), call("current_task_under_cgroup"), EXIT) for n in range(3)]
    assert found == [1, -11, -7]


# -- kernel functions


def loaded(source: str) -> ebpf.Object:
    return ebpf.load(compiled(source), engine="vm")


def test_dynptrs_of_packets() -> None:
    with loaded(kfunc_programs.PACKET_DYNPTRS) as obj:
        for name in ("of_skb", "of_xdp"):
            after = obj.programs[name].run(kfunc_programs.PACKET).data
            assert after[23] == 99, name
            found = [int(value) for value in obj.variables["result"].value]
            assert found[:13] == kfunc_programs.PACKET_RESULTS, name
            assert found[13:17] == [0, 0, -22, 1]


OWNED = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
struct item { __u64 number; struct bpf_list_node node; struct bpf_rb_node tree; };
extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 off) __ksym;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node,
                               _Bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b), void *meta, __u64 off) __ksym;
extern struct bpf_list_node *bpf_list_front(struct bpf_list_head *head) __ksym;
extern struct bpf_list_node *bpf_list_back(struct bpf_list_head *head) __ksym;
extern struct bpf_rb_node *bpf_rbtree_root(struct bpf_rb_root *root) __ksym;
extern struct bpf_rb_node *bpf_rbtree_left(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym;
extern struct bpf_rb_node *bpf_rbtree_right(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym;
extern struct task_struct *bpf_task_from_vpid(int pid) __ksym;
extern struct cgroup *bpf_cgroup_from_id(__u64 id) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *one) __ksym;
extern void bpf_cgroup_release(struct cgroup *one) __ksym;
extern int bpf_xdp_metadata_rx_hash(void *ctx, __u32 *hash, void *type) __ksym;
extern int bpf_xdp_metadata_rx_vlan_tag(void *ctx, __u16 *proto, __u16 *tag) __ksym;
extern int bpf_copy_from_user_dynptr(struct bpf_dynptr *to, __u32 off, __u32 size, const void *from) __ksym;
extern int bpf_copy_from_user_str_dynptr(struct bpf_dynptr *to, __u32 off, __u32 size, const void *from) __ksym;
extern int bpf_probe_read_user_str_dynptr(struct bpf_dynptr *to, __u32 off, __u32 size, const void *from) __ksym;
extern int bpf_copy_from_user_task_dynptr(struct bpf_dynptr *to, __u32 off, __u32 size, const void *from, void *task) __ksym;
extern int bpf_copy_from_user_task_str_dynptr(struct bpf_dynptr *to, __u32 off, __u32 size, const void *from, void *task) __ksym;
extern int bpf_copy_from_user_task_str(void *to, __u32 size, const void *from, void *task, __u64 flags) __ksym;
struct bpf_list_head head;
struct bpf_rb_root root;
__u64 pid, cgroup;
__s64 result[24];
char text[16];
#define out(value) result[i++] = (value)
#define number(node, member) ((node) ? \\
  (__s64)((struct item *)((char *)(node) - __builtin_offsetof(struct item, member)))->number : -1)
static _Bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b) { return number(a, tree) < number(b, tree); }
SEC("syscall") int lists(void *ctx) {
  int i = 0;
  out(number(bpf_list_front(&head), node)); out(number(bpf_list_back(&head), node)); out(number(bpf_rbtree_root(&root), tree));
  for (int n = 1; n < 4; n++) {
    __u64 type = bpf_core_type_id_local(struct item);
    struct item *one = bpf_obj_new_impl(type, 0), *other = bpf_obj_new_impl(type, 0);
    if (!one || !other) return 1;
    one->number = n; other->number = 10 * n;
    bpf_list_push_back_impl(&head, &one->node, 0, 0);
    bpf_rbtree_add_impl(&root, &other->tree, less, 0, 0);
  }
  out(number(bpf_list_front(&head), node)); out(number(bpf_list_back(&head), node));
  struct bpf_rb_node *top = bpf_rbtree_root(&root), *left, *right;
  if (!top) return 2;
  left = bpf_rbtree_left(&root, top); right = bpf_rbtree_right(&root, top);
  out(number(top, tree) > number(left, tree)); out(!right || number(right, tree) > number(top, tree)); out(left || right ? 1 : 0);
  return 0; }
SEC("syscall") int things(void *ctx) {
  int i = 0;
  struct task_struct *task = bpf_task_from_vpid(pid);
  out(task == (void *)bpf_get_current_task_btf()); out(bpf_task_from_vpid(-1) == 0);
  struct cgroup *group = bpf_cgroup_from_id(cgroup);
  if (group) { out(bpf_cgroup_acquire(group) == group); bpf_cgroup_release(group); bpf_cgroup_release(group); }
  else out(cgroup == 0);
  struct bpf_dynptr to;
  bpf_dynptr_from_mem(text, sizeof(text), 0, &to);
  void *bad = (void *)1;
  out(bpf_copy_from_user_dynptr(&to, 0, 4, bad)); out(bpf_copy_from_user_str_dynptr(&to, 0, 4, bad));
  out(bpf_probe_read_user_str_dynptr(&to, 0, 4, bad)); out(bpf_copy_from_user_task_dynptr(&to, 0, 4, bad, task));
  out(bpf_copy_from_user_task_str_dynptr(&to, 0, 4, bad, task)); out(bpf_copy_from_user_task_str(text, 4, bad, task, 0));
  out(bpf_copy_from_user_dynptr(&to, 16, 4, bad)); out(bpf_copy_from_user_task_str(text, 4, bad, task, 8));
  return 0; }
SEC("xdp") int hints(struct xdp_md *ctx) {
  int i = 0; __u32 hash, type; __u16 proto, tag;
  out(bpf_xdp_metadata_rx_hash(ctx, &hash, &type)); out(bpf_xdp_metadata_rx_vlan_tag(ctx, &proto, &tag));
  return 2; }
"""


def test_lists_tasks_cgroups_and_hints() -> None:
    with loaded(OWNED) as obj:
        task = obj.engine.task  # type: ignore[attr-defined]

        def results(name: str, data: bytes = b"") -> list[int]:
            obj.programs[name].run(data)
            return [int(value) for value in obj.variables["result"].value]

        assert results("lists")[:8] == [-1, -1, -1, 1, 3, 1, 1, 1]
        obj.variables["pid"].value = task.pid
        obj.variables["cgroup"].value = task.cgroup_id
        assert results("things")[:11] == [1, 1, 1, *[-14] * 6, -7, -22]
        assert results("hints", bytes(64))[:2] == [-95, -95]


# -- every helper has its test

#: Helpers and the test that calls them, for those whose test doesn't name them by a literal: a table, a number, a formatted name.
ELSEWHERE = {
    **dict.fromkeys(
        ("skb_load_bytes", "skb_load_bytes_relative", "skb_store_bytes", "skb_pull_data", "skb_change_tail", "skb_change_head",
         "skb_change_proto", "skb_change_type", "skb_adjust_room", "skb_vlan_push", "skb_vlan_pop", "l3_csum_replace",
         "l4_csum_replace", "set_hash_invalid", "skb_ecn_set_ce", "csum_level", "csum_update"),
        "tests/host/test_vm_programs_host.py::test_tc_helpers",
    ),
    **dict.fromkeys(
        ("xdp_adjust_head", "xdp_adjust_tail", "xdp_adjust_meta", "xdp_get_buff_len", "xdp_load_bytes", "xdp_store_bytes"),
        "tests/host/test_vm_programs_host.py::test_xdp_helpers",
    ),
    "tail_call": "tests/unit/test_vm_jit.py::test_a_program_that_takes_anothers_place_is_machine_code_too",
}  # fmt: skip


def _is_elsewhere(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "ELSEWHERE"


@cache
def _called() -> dict[str, list[str]]:
    """Name in a literal of the vm's tests → the files, docs/helpers.md's own checks left out."""
    found: dict[str, list[str]] = {}
    files = [*ROOT.glob("tests/unit/test_vm_*.py"), *ROOT.glob("tests/unit/test_trace*.py"), *ROOT.glob("tests/unit/kfunc_*.py"),
             *ROOT.glob("tests/host/test_vm_*.py"), *ROOT.glob("tests/bpf/*.c"), *ROOT.glob("examples/*/*.c")]  # fmt: skip
    for file in files:
        source = file.read_text()
        if file.suffix == ".py":
            tree = ast.parse(source)
            dropped = {id(node) for table in tree.body if _is_elsewhere(table) for node in ast.walk(table)}
            source = "\n".join(
                node.value for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in dropped
            )  # fmt: skip
        for word in set(re.findall(r"\w+", source)):
            found.setdefault(word, []).append(file.name)
    return found


@pytest.mark.parametrize("name", sorted(NAMES[number] for number in present()))
def test_each_helper_is_called_by_a_test(name: str) -> None:
    if name in ELSEWHERE:
        file, _, test = ELSEWHERE[name].partition("::")
        tree = ast.parse((ROOT / file).read_text())
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, ELSEWHERE[name]
        return
    storage = re.fullmatch(r"(sk|inode|cgrp)_storage_(get|delete)", name)
    word = name if not storage else "_storage_get" if storage[2] == "get" else "_storage_delete"
    called = _called()
    assert called.get(word) or called.get(f"bpf_{name}"), f"no test of the vm calls bpf_{name}"


def test_what_is_said_to_be_tested_elsewhere_is_here() -> None:
    assert {IDS[name] for name in ELSEWHERE} <= set(present())
    assert all(find(number) is not None for number in present())


#: Kernel functions that mean nothing here but 0, or are one function under several names (helpers/kfuncs.py).
PLAIN = {
    "bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable", "bpf_local_irq_save",
    "bpf_local_irq_restore", "bpf_cast_to_kern_ctx", "bpf_rdonly_cast",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(KFUNCS))
def test_each_kernel_function_is_called_by_a_test(name: str) -> None:
    assert name in PLAIN or _called().get(name), f"no test of the vm calls {name}"
