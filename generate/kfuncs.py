"""Writes src/ebpf/uapi/kfunc_rows.py from a Linux source tree:  python generate/kfuncs.py LINUX [OUT]

Read as fact: the `BTF_KFUNCS_START` lists with their flags, which program types each list is registered for
(`register_btf_kfunc_id_set`), which types share a list (`bpf_prog_type_to_kfunc_hook`), and the C prototypes behind
`__bpf_kfunc`. The kernel's own test functions (net/bpf/test_run.c) are left out.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from helpers import clean, quoted

from ebpf.uapi.prog_types import ProgType

SOURCES = ("kernel", "net", "fs", "drivers/hid/bpf")
LEFT_OUT = "test_run.c"
LEFT_OUT_NAMES = ("bpf_modify_return_test_tp",)

GENERIC = "SCHED_CLS XDP TRACING STRUCT_OPS SYSCALL CGROUP_SKB"

#: Kfuncs that a later kernel than 6.12 put into the general list.
MOVED = ("bpf_lookup_user_key", "bpf_lookup_system_key", "bpf_key_put", "bpf_verify_pkcs7_signature")

#: Kfuncs that came after 6.12, in the shape of a row: (prototype, flags, program types that they are registered for). Prototypes
#: are those of the BTF of Linux 6.18, program types what that kernel allows (tests/host/test_kfunc_table.py asks it), flags by the
#: changes that brought them.
LATER: dict[str, tuple[str, str, str]] = {
    "bpf_get_kmem_cache": ("struct kmem_cache *bpf_get_kmem_cache(u64 addr)", "KF_RET_NULL", "*"),
    "bpf_iter_kmem_cache_new": ("int bpf_iter_kmem_cache_new(struct bpf_iter_kmem_cache *it)", "KF_ITER_NEW KF_SLEEPABLE", "*"),
    "bpf_iter_kmem_cache_next": (
        "struct kmem_cache *bpf_iter_kmem_cache_next(struct bpf_iter_kmem_cache *it)", "KF_ITER_NEXT KF_RET_NULL KF_SLEEPABLE", "*",
    ),
    "bpf_iter_kmem_cache_destroy": (
        "void bpf_iter_kmem_cache_destroy(struct bpf_iter_kmem_cache *it)", "KF_ITER_DESTROY KF_SLEEPABLE", "*",
    ),
    "bpf_send_signal_task": (
        "int bpf_send_signal_task(struct task_struct *task, int sig, enum pid_type type, u64 value)", "KF_TRUSTED_ARGS", GENERIC,
    ),
    # sched_ext's, which the BTF at hand has not: as the programs of tools/sched_ext declare them.
    "scx_bpf_dsq_insert": (
        "void scx_bpf_dsq_insert(struct task_struct *p, u64 dsq_id, u64 slice, u64 enq_flags)", "KF_RCU", "STRUCT_OPS",
    ),
    "scx_bpf_dsq_insert_vtime": (
        "void scx_bpf_dsq_insert_vtime(struct task_struct *p, u64 dsq_id, u64 slice, u64 vtime, u64 enq_flags)", "KF_RCU",
        "STRUCT_OPS",
    ),
    "scx_bpf_dsq_move_to_local": ("bool scx_bpf_dsq_move_to_local(u64 dsq_id)", "", "STRUCT_OPS"),
    **{
        f"scx_bpf_dsq_move{name}": (
            f"bool scx_bpf_dsq_move{name}(struct bpf_iter_scx_dsq *it__iter, struct task_struct *p, u64 dsq_id, u64 enq_flags)",
            "KF_RCU", "STRUCT_OPS SYSCALL",
        )
        for name in ("", "_vtime")
    },
    **{
        f"scx_bpf_dsq_move_set_{name}": (
            f"void scx_bpf_dsq_move_set_{name}(struct bpf_iter_scx_dsq *it__iter, u64 {name})", "KF_RCU", "STRUCT_OPS SYSCALL",
        )
        for name in ("slice", "vtime")
    },
    "bpf_task_from_vpid": ("struct task_struct *bpf_task_from_vpid(s32 vpid)", "KF_ACQUIRE KF_RET_NULL", GENERIC),
    "bpf_local_irq_save": ("void bpf_local_irq_save(unsigned long *flags__irq_flag)", "", "*"),
    "bpf_local_irq_restore": ("void bpf_local_irq_restore(unsigned long *flags__irq_flag)", "", "*"),
    "bpf_copy_from_user_task_str": (
        "int bpf_copy_from_user_task_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, struct task_struct *tsk, u64 flags)",
        "KF_SLEEPABLE", "*",
    ),
    "bpf_cpumask_populate": (
        "int bpf_cpumask_populate(struct cpumask *cpumask, void *src, size_t src__sz)", "KF_RCU", "TRACING STRUCT_OPS SYSCALL",
    ),
    "bpf_res_spin_lock": ("int bpf_res_spin_lock(struct bpf_res_spin_lock *lock)", "KF_RET_NULL", "*"),
    "bpf_res_spin_unlock": ("void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock)", "", "*"),
    "bpf_res_spin_lock_irqsave": (
        "int bpf_res_spin_lock_irqsave(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag)", "KF_RET_NULL", "*",
    ),
    "bpf_res_spin_unlock_irqrestore": (
        "void bpf_res_spin_unlock_irqrestore(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag)", "", "*",
    ),
    "bpf_set_dentry_xattr": (
        "int bpf_set_dentry_xattr(struct dentry *dentry, const char *name__str, const struct bpf_dynptr *value_p, int flags)",
        "KF_SLEEPABLE KF_TRUSTED_ARGS", "LSM",
    ),
    "bpf_remove_dentry_xattr": (
        "int bpf_remove_dentry_xattr(struct dentry *dentry, const char *name__str)", "KF_SLEEPABLE KF_TRUSTED_ARGS", "LSM",
    ),
    "bpf_sock_ops_enable_tx_tstamp": (
        "int bpf_sock_ops_enable_tx_tstamp(struct bpf_sock_ops_kern *skops, u64 flags)", "KF_TRUSTED_ARGS", "SOCK_OPS",
    ),
    "bpf_dynptr_copy": (
        "int bpf_dynptr_copy(struct bpf_dynptr *dst_ptr, u32 dst_off, struct bpf_dynptr *src_ptr, u32 src_off, u32 size)", "", "*",
    ),
    "bpf_rbtree_root": ("struct bpf_rb_node *bpf_rbtree_root(struct bpf_rb_root *root)", "KF_RET_NULL", GENERIC),
    "bpf_rbtree_left": (
        "struct bpf_rb_node *bpf_rbtree_left(struct bpf_rb_root *root, struct bpf_rb_node *node)", "KF_RET_NULL", GENERIC,
    ),
    "bpf_rbtree_right": (
        "struct bpf_rb_node *bpf_rbtree_right(struct bpf_rb_root *root, struct bpf_rb_node *node)", "KF_RET_NULL", GENERIC,
    ),
    "bpf_list_front": ("struct bpf_list_node *bpf_list_front(struct bpf_list_head *head)", "KF_RET_NULL", GENERIC),
    "bpf_list_back": ("struct bpf_list_node *bpf_list_back(struct bpf_list_head *head)", "KF_RET_NULL", GENERIC),
    **{
        f"bpf_{name}": (f"int bpf_{name}(struct bpf_dynptr *dptr, u32 off, u32 size, const void *unsafe_ptr__ign{task})", flags, "*")
        for name, task, flags in (
            ("probe_read_user_dynptr", "", ""), ("probe_read_kernel_dynptr", "", ""), ("probe_read_user_str_dynptr", "", ""),
            ("probe_read_kernel_str_dynptr", "", ""), ("copy_from_user_dynptr", "", "KF_SLEEPABLE"),
            ("copy_from_user_str_dynptr", "", "KF_SLEEPABLE"),
            ("copy_from_user_task_dynptr", ", struct task_struct *tsk", "KF_SLEEPABLE KF_TRUSTED_ARGS"),
            ("copy_from_user_task_str_dynptr", ", struct task_struct *tsk", "KF_SLEEPABLE KF_TRUSTED_ARGS"),
        )
    },
    "bpf_iter_dmabuf_new": ("int bpf_iter_dmabuf_new(struct bpf_iter_dmabuf *it)", "KF_ITER_NEW KF_SLEEPABLE", "*"),
    "bpf_iter_dmabuf_next": (
        "struct dma_buf *bpf_iter_dmabuf_next(struct bpf_iter_dmabuf *it)", "KF_ITER_NEXT KF_RET_NULL KF_SLEEPABLE", "*",
    ),
    "bpf_iter_dmabuf_destroy": (
        "void bpf_iter_dmabuf_destroy(struct bpf_iter_dmabuf *it)", "KF_ITER_DESTROY KF_SLEEPABLE", "*",
    ),
    "__bpf_trap": ("void __bpf_trap(void)", "", "*"),
    "bpf_arena_reserve_pages": (
        "int bpf_arena_reserve_pages(void *p__map, void *ptr__ign, u32 page_cnt)", "KF_TRUSTED_ARGS", "*",
    ),
    "bpf_cgroup_read_xattr": (
        "int bpf_cgroup_read_xattr(struct cgroup *cgroup, const char *name__str, struct bpf_dynptr *value_p)", "KF_RCU", "*",
    ),
    "bpf_dynptr_memset": ("int bpf_dynptr_memset(struct bpf_dynptr *p, u32 offset, u32 size, u8 val)", "", "*"),
    **{
        f"bpf_{name}": (f"int bpf_{name}({parameters})", "", "*")
        for name, parameters in (
            ("strcmp", "const char *s1__ign, const char *s2__ign"), ("strcasecmp", "const char *s1__ign, const char *s2__ign"),
            ("strchr", "const char *s__ign, char c"), ("strchrnul", "const char *s__ign, char c"),
            ("strnchr", "const char *s__ign, size_t count, char c"), ("strrchr", "const char *s__ign, int c"),
            ("strlen", "const char *s__ign"), ("strnlen", "const char *s__ign, size_t count"),
            ("strspn", "const char *s__ign, const char *accept__ign"),
            ("strcspn", "const char *s__ign, const char *reject__ign"),
            ("strstr", "const char *s1__ign, const char *s2__ign"),
            ("strnstr", "const char *s1__ign, const char *s2__ign, size_t len"),
        )
    },
    "bpf_stream_vprintk_impl": (
        "int bpf_stream_vprintk_impl(int stream_id, const char *fmt__str, const void *args, u32 len__sz, void *aux__prog)",
        "KF_TRUSTED_ARGS", "*",
    ),
    "bpf_dynptr_from_skb_meta": (
        "int bpf_dynptr_from_skb_meta(struct __sk_buff *skb_, u64 flags, struct bpf_dynptr *ptr__uninit)", "KF_TRUSTED_ARGS",
        "SCHED_CLS SCHED_ACT",
    ),
    **{
        f"bpf_task_work_schedule_{name}_impl": (
            f"int bpf_task_work_schedule_{name}_impl(struct task_struct *task, struct bpf_task_work *tw, void *map__map, "
            "bpf_task_work_callback_t callback, void *aux__prog)", "KF_TRUSTED_ARGS", "*",
        )
        for name in ("signal", "resume")
    },
    "bpf_xdp_pull_data": ("int bpf_xdp_pull_data(struct xdp_md *x, u32 len)", "", "XDP"),
}  # fmt: skip


def hooks(btf_c: str) -> dict[str, list[str]]:
    """Hook → the program types that share it, from the switch of `bpf_prog_type_to_kfunc_hook`."""
    body = btf_c[btf_c.index("static int bpf_prog_type_to_kfunc_hook") :]
    body = body[: body.index("\n}")]
    out: dict[str, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for word, value in re.findall(r"(case|return) (\w+)", body):
        if word == "case":
            waiting.append(value.removeprefix("BPF_PROG_TYPE_"))
        else:
            out[value] += waiting
            waiting = []
    return out


def prototypes(text: str) -> dict[str, str]:
    out = {}
    for match in re.finditer(r"^__bpf_kfunc\s+([^;{()]*?)(\w+)\s*\(", text, re.M):
        depth, at = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        result = " ".join(match[1].replace("notrace", "").split()).replace("static ", "")
        parameters = " ".join(text[match.end() : at - 1].split())
        out[match[2]] = f"{result}{'' if result.endswith('*') else ' '}{match[2]}({parameters})"
    return out


def main(root: Path, out: Path) -> None:
    shared = hooks(clean((root / "kernel/bpf/btf.c").read_text()))
    # Linux 6.15 gave SOCK_OPS programs the list of those of control groups.
    next(types for types in shared.values() if "CGROUP_SKB" in types).append("SOCK_OPS")
    hook_of = {prog_type: hook for hook, types in shared.items() for prog_type in types}
    flags: dict[str, str] = {}
    programs: dict[str, set[str]] = defaultdict(set)
    filters: dict[str, str] = {}
    shapes: dict[str, str] = {}
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.c")):
            raw = path.read_text(errors="replace")
            if path.name == LEFT_OUT or ("BTF_KFUNCS_START" not in raw and "__bpf_kfunc " not in raw):
                continue
            text = clean(raw)
            shapes |= prototypes(text)
            sets = {}
            for match in re.finditer(r"BTF_KFUNCS_START\((\w+)\)(.*?)BTF_KFUNCS_END", text, re.S):
                members = re.findall(r"BTF_ID_FLAGS\(func, (\w+)(?:,\s*([^)]*))?\)", match[2])
                if "XDP_METADATA_KFUNC_xxx" in match[2]:
                    header = (root / "include/net/xdp.h").read_text()
                    members = [(name, "KF_TRUSTED_ARGS") for name in re.findall(r"\bbpf_xdp_metadata_rx_\w+", header)]
                sets[match[1]] = members
            for match in re.finditer(r"struct btf_kfunc_id_set (\w+) = \{(.*?)\};", text, re.S):
                target = re.search(r"\.set\s*=\s*&(\w+)", match[2])
                limit = re.search(r"\.filter\s*=\s*(\w+)", match[2])
                types = re.findall(rf"register_btf_kfunc_id_set\(\s*BPF_PROG_TYPE_(\w+),\s*&{match[1]}\)", text)
                for name, words in sets.get(target[1], ()) if target and types else ():
                    if name in LEFT_OUT_NAMES:
                        continue
                    # In two lists with other flags: all of them (the HID kfuncs, KF_SLEEPABLE but for SYSCALL programs).
                    flags[name] = " ".join(sorted({*flags.get(name, "").split(), *words.replace("|", " ").split()}))
                    for prog_type in types:
                        programs[name] |= {"*"} if prog_type == "UNSPEC" else set(shared[hook_of[prog_type]])
                    if limit:
                        filters[name] = limit[1]
    for name in MOVED:
        programs[name] |= {t for word in GENERIC.split() for t in shared[hook_of[word]]}
    for name in ("bpf_set_dentry_xattr", "bpf_remove_dentry_xattr"):
        filters[name] = "bpf_fs_kfuncs_filter"
    for name, (shape, words, types) in LATER.items():
        shapes[name] = shape
        flags[name] = " ".join(sorted(words.split()))
        programs[name] = (
            {"*"} if types == "*" else {t for word in types.split() for t in shared.get(hook_of.get(word, ""), [word])}
        )
    order = [t.name for t in ProgType]
    lines = [
        f'"""What Linux {root.name.rpartition("-")[2]} says of each kfunc, and the kfuncs that came until 6.18.',
        "",
        "Written by generate/kfuncs.py: change that, not this. `kfuncs` reads it, on first use, and says what it means.",
        '"""',
        "",
        "# ruff: noqa: E501",
        "# fmt: off",
        "",
        "from __future__ import annotations",
        "",
        "#: Name → (C prototype, flags, program types, the kernel's function that limits the programs further).",
        "ROWS: dict[str, tuple[str, str, str, str]] = {",
    ]
    for name in sorted(flags):
        served = "*" if "*" in programs[name] else " ".join(sorted(programs[name], key=order.index))
        row = (shapes.get(name, ""), flags[name], served, filters.get(name, ""))
        lines.append(f"    {quoted(name)}: {quoted(row)},")
    lines += ["}", ""]
    out.write_text("\n".join(lines))
    bare = [name for name in flags if name not in shapes]
    print(f"{out}: {len(flags)} kfuncs; no prototype: {bare}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[1] / "src/ebpf/uapi/kfunc_rows.py"),
    )
