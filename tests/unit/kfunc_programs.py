"""Programs that call kernel functions, and what comes out: in the vm (tests/unit) as in the kernel (tests/host)."""

from __future__ import annotations

from typing import Any

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
#define ARRAY(name, count, what) struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, count); \\
  __type(key, int); __type(value, what); } name SEC(".maps");
#define out(value) result[i++] = (value)
"""

STRING_FUNCTIONS = """
extern int bpf_strcmp(const char *a, const char *b) __ksym;
extern int bpf_strcasecmp(const char *a, const char *b) __ksym __weak;
extern int bpf_strlen(const char *a) __ksym;
extern int bpf_strnlen(const char *a, __u64 n) __ksym;
extern int bpf_strchr(const char *a, char c) __ksym;
extern int bpf_strnchr(const char *a, __u64 n, char c) __ksym;
extern int bpf_strchrnul(const char *a, char c) __ksym;
extern int bpf_strrchr(const char *a, int c) __ksym;
extern int bpf_strspn(const char *a, const char *b) __ksym;
extern int bpf_strcspn(const char *a, const char *b) __ksym;
extern int bpf_strstr(const char *a, const char *b) __ksym;
extern int bpf_strnstr(const char *a, const char *b, __u64 n) __ksym;
"""
STRINGS = (
    HEAD
    + STRING_FUNCTIONS
    + """
char a[24], b[24]; __u64 n; int c, null, result;
#define PROGRAM(name, call) SEC("syscall") int name(void *ctx) { \
  const char *one = null & 1 ? 0 : a, *other = null & 2 ? 0 : b; (void)one; (void)other; result = call; return 0; }
PROGRAM(cmp, bpf_strcmp(one, other))
PROGRAM(casecmp, bpf_strcasecmp ? bpf_strcasecmp(one, other) : 99)
PROGRAM(len, bpf_strlen(one))
PROGRAM(nlen, bpf_strnlen(one, n))
PROGRAM(chr, bpf_strchr(one, c))
PROGRAM(nchr, bpf_strnchr(one, n, c))
PROGRAM(chrnul, bpf_strchrnul(one, c))
PROGRAM(rchr, bpf_strrchr(one, c))
PROGRAM(spn, bpf_strspn(one, other))
PROGRAM(cspn, bpf_strcspn(one, other))
PROGRAM(str, bpf_strstr(one, other))
PROGRAM(nstr, bpf_strnstr(one, other, n))
"""
)

ENOENT, ERANGE = -2, -34
#: Program, strings, number, character, which strings are null; the result.
STRING_CASES: list[tuple[str, bytes, bytes, int, int, int, int]] = [
    ("cmp", b"same", b"same", 0, 0, 0, 0),
    ("cmp", b"sam", b"same", 0, 0, 0, -1),
    ("cmp", b"same", b"sam", 0, 0, 0, 1),
    ("cmp", b"a\xff", b"a\x01", 0, 0, 0, 1),
    ("cmp", b"", b"", 0, 0, 0, 0),
    ("cmp", b"a", b"b", 0, 0, 1, ERANGE),
    ("cmp", b"a", b"b", 0, 0, 2, ERANGE),
    ("casecmp", b"MixED", b"mIXed", 0, 0, 0, 0),
    ("casecmp", b"\xc4x", b"\xe4X", 0, 0, 0, 0),
    ("casecmp", b"\xd7", b"\xf7", 0, 0, 0, -1),
    ("casecmp", b"A", b"b", 0, 0, 0, -1),
    ("casecmp", b"_", b"B", 0, 0, 0, -1),
    ("len", b"twelve bytes", b"", 0, 0, 0, 12),
    ("len", b"", b"", 0, 0, 0, 0),
    ("len", b"", b"", 0, 0, 1, ERANGE),
    ("nlen", b"twelve bytes", b"", 5, 0, 0, 5),
    ("nlen", b"twelve bytes", b"", 12, 0, 0, 12),
    ("nlen", b"twelve bytes", b"", 1 << 40, 0, 0, 12),
    ("nlen", b"x", b"", 0, 0, 0, 0),
    ("chr", b"abcabc", b"", 0, ord("b"), 0, 1),
    ("chr", b"abcabc", b"", 0, ord("x"), 0, ENOENT),
    ("chr", b"abcabc", b"", 0, 0, 0, 6),
    ("chr", b"ab\xe9", b"", 0, 0xE9, 0, 2),
    ("nchr", b"abcabc", b"", 2, ord("c"), 0, ENOENT),
    ("nchr", b"abcabc", b"", 3, ord("c"), 0, 2),
    ("nchr", b"abc", b"", 9, ord("d"), 0, ENOENT),
    ("nchr", b"abc", b"", 4, 0, 0, 3),
    ("nchr", b"abc", b"", 3, 0, 0, ENOENT),
    ("nchr", b"abc", b"", 0, ord("a"), 0, ENOENT),
    ("chrnul", b"abc", b"", 0, ord("c"), 0, 2),
    ("chrnul", b"abc", b"", 0, ord("x"), 0, 3),
    ("chrnul", b"abc", b"", 0, 0, 0, 3),
    ("rchr", b"abcabc", b"", 0, ord("b"), 0, 4),
    ("rchr", b"abcabc", b"", 0, 0, 0, 6),
    ("rchr", b"abcabc", b"", 0, ord("x"), 0, ENOENT),
    ("rchr", b"abcabc", b"", 0, 0x100 + ord("b"), 0, ENOENT),
    ("rchr", b"ab\xff", b"", 0, -1, 0, ENOENT),
    ("spn", b"aabbcc", b"ba", 0, 0, 0, 4),
    ("spn", b"aabb", b"ab", 0, 0, 0, 4),
    ("spn", b"x", b"", 0, 0, 0, 0),
    ("spn", b"x", b"", 0, 0, 2, ERANGE),
    ("cspn", b"aabbcc", b"cd", 0, 0, 0, 4),
    ("cspn", b"aabb", b"", 0, 0, 0, 4),
    ("cspn", b"", b"a", 0, 0, 0, 0),
    ("str", b"needle in hay", b"in", 0, 0, 0, 7),
    ("str", b"needle in hay", b"", 0, 0, 0, 0),
    ("str", b"aaab", b"aab", 0, 0, 0, 1),
    ("str", b"hay", b"haystack", 0, 0, 0, ENOENT),
    ("str", b"hay", b"y", 0, 0, 0, 2),
    ("nstr", b"needle in hay", b"in", 9, 0, 0, 7),
    ("nstr", b"needle in hay", b"in", 8, 0, 0, ENOENT),
    ("nstr", b"needle", b"", 0, 0, 0, 0),
    ("nstr", b"abc", b"abc", 3, 0, 0, 0),
    ("nstr", b"abc", b"abcd", 9, 0, 0, ENOENT),
]
STRING_IDS = [f"{number}-{case[0]}" for number, case in enumerate(STRING_CASES)]

MASKS = (
    HEAD
    + """
struct cpumask { unsigned long bits[1]; } __attribute__((preserve_access_index));
struct bpf_cpumask { struct cpumask cpumask; } __attribute__((preserve_access_index));
#define K(type, name, ...) extern type name(__VA_ARGS__) __ksym;
#define M const struct cpumask *
#define B struct bpf_cpumask *
K(B, bpf_cpumask_create, void)
K(B, bpf_cpumask_acquire, B)
K(void, bpf_cpumask_release, B)
K(void, bpf_cpumask_set_cpu, __u32, B)
K(void, bpf_cpumask_clear_cpu, __u32, B)
K(int, bpf_cpumask_test_cpu, __u32, M)
K(int, bpf_cpumask_test_and_set_cpu, __u32, B)
K(int, bpf_cpumask_test_and_clear_cpu, __u32, B)
K(void, bpf_cpumask_setall, B)
K(void, bpf_cpumask_clear, B)
K(int, bpf_cpumask_and, B, M, M)
K(void, bpf_cpumask_or, B, M, M)
K(void, bpf_cpumask_xor, B, M, M)
K(void, bpf_cpumask_copy, B, M)
K(int, bpf_cpumask_equal, M, M)
K(int, bpf_cpumask_intersects, M, M)
K(int, bpf_cpumask_subset, M, M)
K(int, bpf_cpumask_empty, M)
K(int, bpf_cpumask_full, M)
K(__u32, bpf_cpumask_first, M)
K(__u32, bpf_cpumask_first_zero, M)
K(__u32, bpf_cpumask_first_and, M, M)
K(__u32, bpf_cpumask_any_distribute, M)
K(__u32, bpf_cpumask_any_and_distribute, M, M)
K(__u32, bpf_cpumask_weight, M)
int bpf_cpumask_populate(struct cpumask *mask, void *from, __u64 size) __ksym __weak;
#define m(mask) ((const struct cpumask *)(mask))
int result[40]; __u64 words[16];
// Of what the kernel returns as a _Bool only the low byte is good.
#define is(value) out((value) & 255)
SEC("syscall") int masks(void *ctx) {
  struct bpf_cpumask *a, *b, *c; int i = 0;
  if (!(a = bpf_cpumask_create())) return 1;
  if (!(b = bpf_cpumask_create())) { bpf_cpumask_release(a); return 2; }
  if (!(c = bpf_cpumask_create())) { bpf_cpumask_release(b); bpf_cpumask_release(a); return 3; }
  is(bpf_cpumask_empty(m(a))); out(bpf_cpumask_weight(m(a))); is(bpf_cpumask_full(m(a)));
  bpf_cpumask_set_cpu(1, a); bpf_cpumask_set_cpu(100000, a);
  out(bpf_cpumask_first(m(a))); out(bpf_cpumask_first_zero(m(a))); out(bpf_cpumask_weight(m(a)));
  is(bpf_cpumask_test_cpu(1, m(a))); is(bpf_cpumask_test_cpu(0, m(a))); is(bpf_cpumask_test_cpu(100000, m(a)));
  is(bpf_cpumask_test_and_set_cpu(0, b)); is(bpf_cpumask_test_and_set_cpu(0, b));
  is(bpf_cpumask_intersects(m(a), m(b))); is(bpf_cpumask_equal(m(a), m(b)));
  is(bpf_cpumask_and(c, m(a), m(b))); is(bpf_cpumask_empty(m(c)));
  bpf_cpumask_or(c, m(a), m(b)); out(bpf_cpumask_weight(m(c))); is(bpf_cpumask_subset(m(a), m(c)));
  is(bpf_cpumask_subset(m(c), m(a))); out(bpf_cpumask_first_and(m(b), m(c))); out(bpf_cpumask_any_distribute(m(b)));
  out(bpf_cpumask_any_and_distribute(m(a), m(c)));
  bpf_cpumask_xor(c, m(a), m(c)); is(bpf_cpumask_equal(m(b), m(c)));
  bpf_cpumask_copy(c, m(a)); is(bpf_cpumask_equal(m(a), m(c)));
  bpf_cpumask_setall(c); is(bpf_cpumask_full(m(c))); out(bpf_cpumask_first_zero(m(c)) == bpf_cpumask_weight(m(c)));
  is(bpf_cpumask_test_and_clear_cpu(1, c)); is(bpf_cpumask_test_and_clear_cpu(1, c)); out(bpf_cpumask_first_zero(m(c)));
  bpf_cpumask_clear_cpu(0, c); out(bpf_cpumask_first(m(c)) != 0);
  bpf_cpumask_clear(c); out(bpf_cpumask_first(m(c)) == bpf_cpumask_first(m(c)) && (bpf_cpumask_empty(m(c)) & 255));
  struct bpf_cpumask *d = bpf_cpumask_acquire(c);
  bpf_cpumask_set_cpu(1, d); is(bpf_cpumask_test_cpu(1, m(c)));
  bpf_cpumask_release(d);
  bpf_cpumask_release(c); bpf_cpumask_release(b); bpf_cpumask_release(a);
  out(-1);
  return 0;
}
"""
)
#: With two CPUs or more.
MASK_RESULTS = [1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, -1]  # fmt: skip

OTHERS = (
    HEAD
    + """
struct bpf_res_spin_lock { __u32 val; };
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
extern int bpf_res_spin_lock_irqsave(struct bpf_res_spin_lock *lock, unsigned long *flags) __ksym;
extern void bpf_res_spin_unlock_irqrestore(struct bpf_res_spin_lock *lock, unsigned long *flags) __ksym;
extern int bpf_dynptr_memset(struct bpf_dynptr *p, __u32 offset, __u32 size, __u8 value) __ksym;
extern int bpf_dynptr_adjust(const struct bpf_dynptr *p, __u32 start, __u32 end) __ksym;
extern int bpf_dynptr_clone(const struct bpf_dynptr *p, struct bpf_dynptr *clone) __ksym;
extern int bpf_dynptr_copy(struct bpf_dynptr *to, __u32 to_offset, struct bpf_dynptr *from, __u32 offset, __u32 size) __ksym;
extern _Bool bpf_dynptr_is_null(const struct bpf_dynptr *p) __ksym;
extern _Bool bpf_dynptr_is_rdonly(const struct bpf_dynptr *p) __ksym;
extern __u32 bpf_dynptr_size(const struct bpf_dynptr *p) __ksym;
extern int bpf_probe_read_kernel_dynptr(struct bpf_dynptr *p, __u32 offset, __u32 size, const void *from) __ksym;
extern int bpf_probe_read_kernel_str_dynptr(struct bpf_dynptr *p, __u32 offset, __u32 size, const void *from) __ksym;
extern int bpf_probe_read_user_dynptr(struct bpf_dynptr *p, __u32 offset, __u32 size, const void *from) __ksym;
extern int bpf_copy_from_user_str(void *to, __u32 size, const void *from, __u64 flags) __ksym;
struct value { struct bpf_res_spin_lock lock; char text[28]; };
ARRAY(locked, 2, struct value)
ARRAY(bytes, 1, char[32])
char name[8] = "kernel"; __u8 text[32]; __u64 user;
int result[40];

SEC("syscall") int locks(void *ctx) {
  int i = 0, zero = 0, one = 1; unsigned long flags;
  struct value *a = bpf_map_lookup_elem(&locked, &zero), *b = bpf_map_lookup_elem(&locked, &one);
  if (!a || !b) return 1;
  if (bpf_res_spin_lock(&a->lock)) return 2;
  if (bpf_res_spin_lock(&b->lock)) { bpf_res_spin_unlock(&a->lock); return 3; }
  out(7);
  bpf_res_spin_unlock(&b->lock);
  bpf_res_spin_unlock(&a->lock);
  if (bpf_res_spin_lock_irqsave(&a->lock, &flags)) return 4;
  out(8);
  bpf_res_spin_unlock_irqrestore(&a->lock, &flags);
  out(-1);
  return 0;
}

SEC("syscall") int dynptrs(void *ctx) {
  int i = 0, zero = 0;
  char *data = bpf_map_lookup_elem(&bytes, &zero);
  struct bpf_dynptr p, q;
  if (!data) return 1;
  out(bpf_dynptr_from_mem(data, 32, 0, &p));
  out(bpf_dynptr_size(&p)); out(bpf_dynptr_is_null(&p)); out(bpf_dynptr_is_rdonly(&p));
  out(bpf_dynptr_memset(&p, 0, 32, 'a')); out(bpf_dynptr_memset(&p, 4, 8, 'b')); out(bpf_dynptr_memset(&p, 30, 3, 'c'));
  out(bpf_dynptr_memset(&p, 32, 0, 'c')); out(bpf_dynptr_memset(&p, 33, 0, 'c'));
  out(bpf_dynptr_clone(&p, &q)); out(bpf_dynptr_adjust(&q, 4, 12)); out(bpf_dynptr_size(&q));
  out(bpf_dynptr_adjust(&q, 5, 4)); out(bpf_dynptr_adjust(&q, 0, 9)); out(bpf_dynptr_adjust(&q, 9, 9));
  out(bpf_dynptr_memset(&q, 0, 2, 'q')); out(bpf_dynptr_memset(&q, 7, 2, 'q'));
  out(bpf_dynptr_copy(&p, 20, &q, 0, 4)); out(bpf_dynptr_copy(&p, 30, &q, 0, 4)); out(bpf_dynptr_copy(&p, 0, &q, 6, 4));
  out(bpf_probe_read_kernel_dynptr(&p, 12, 8, name)); out(bpf_probe_read_kernel_dynptr(&p, 25, 8, name));
  out(bpf_probe_read_kernel_str_dynptr(&p, 24, 8, name)); out(bpf_probe_read_kernel_str_dynptr(&p, 28, 4, name));
  out(bpf_probe_read_user_dynptr(&p, 0, 4, (void *)8));
  __builtin_memcpy(text, data, 32);
  out(-100);
  return 0;
}
"""
)
DYNPTR_RESULTS = [0, 32, 0, 0, 0, 0, -7, 0, -7, 0, 0, 8, -22, -34, -34, 0, -7, 0, -7, -7, 0, -7, 7, 4, -14, -100]
DYNPTR_TEXT = b"aaaaqqbbbbbbkernel\0\0qqbbkernker\0"

USER = """
SEC("syscall") int strings(void *ctx) {
  int i = 0;
  out(bpf_copy_from_user_str(text, 32, (void *)user, 0)); out(bpf_copy_from_user_str(text, 4, (void *)user, 0));
  out(bpf_copy_from_user_str(text, 12, (void *)user, 1)); out(bpf_copy_from_user_str(text, 8, (void *)user, 2));
  out(bpf_copy_from_user_str(text + 16, 8, (void *)8, 1)); out(bpf_copy_from_user_str(text, 0, (void *)user, 0));
  out(-100);
  return 0;
}
"""
USER_RESULTS = [12, 4, 12, -22, -14, 0, -100]
#: The four bytes behind the first string are what Linux leaves there: nobody says.
USER_TEXT = b"user's text\0", bytes(8) + b"kernker\0"


def results(obj: Any, program: str) -> list[int]:
    """What a program put into `result`, after a run that gave 0."""
    assert obj.programs[program].run(context=b"").retval == 0
    return [int(value) for value in obj.variables["result"].value]


def string(obj: Any, case: tuple[str, bytes, bytes, int, int, int, int]) -> int:
    """What the program of a case of strings gives."""
    program, a, b, n, c, null, _ = case
    for name, value in (("a", a), ("b", b)):
        obj.variables[name].value = value.ljust(24, b"\0")
    for name, number in (("n", n), ("c", c), ("null", null)):
        obj.variables[name].value = number
    assert obj.programs[program].run(context=b"").retval == 0
    return int(obj.variables["result"].value)


#: Dynptrs of packets and what they give; in the vm as in the kernel.
PACKET_DYNPTRS = (
    HEAD
    + """
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, __u64 flags, struct bpf_dynptr *p) __ksym;
extern int bpf_dynptr_from_xdp(struct xdp_md *xdp, __u64 flags, struct bpf_dynptr *p) __ksym;
extern int bpf_dynptr_from_skb_meta(struct __sk_buff *skb, __u64 flags, struct bpf_dynptr *p) __ksym __weak;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, __u32 offset, void *buffer, __u32 size) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, __u32 offset, void *buffer, __u32 size) __ksym;
extern __u32 bpf_dynptr_size(const struct bpf_dynptr *p) __ksym;
extern __u32 bpf_dynptr_is_null(const struct bpf_dynptr *p) __ksym; // a bool: its upper bits are anything
extern int bpf_dynptr_adjust(const struct bpf_dynptr *p, __u32 start, __u32 end) __ksym;
extern int bpf_xdp_metadata_rx_hash(const struct xdp_md *ctx, __u32 *hash, enum xdp_rss_hash_type *type) __ksym __weak;
__s64 result[24];
#define ASKED(make) struct bpf_dynptr p, q; char buffer[8] = {}; char *at; int i = 0; \\
  out(make(ctx, 1, &q)); out(bpf_dynptr_is_null(&q) & 1); out(bpf_dynptr_size(&q)); \\
  out(make(ctx, 0, &p)); out(bpf_dynptr_size(&p)); \\
  at = bpf_dynptr_slice(&p, 2, buffer, 8); out(at ? at[0] + 256 * at[7] : -1); \\
  at = bpf_dynptr_slice(&p, 57, buffer, 8); out(at != 0); at = bpf_dynptr_slice(&p, 56, buffer, 8); out(at != 0); \\
  at = bpf_dynptr_slice_rdwr(&p, 20, buffer, 8); if (at) at[3] = 99; \\
  out(bpf_dynptr_adjust(&p, 4, 60)); out(bpf_dynptr_size(&p)); out(bpf_dynptr_adjust(&p, 0, 57)); \\
  at = bpf_dynptr_slice(&p, 0, buffer, 1); out(at ? at[0] : -1); \\
  at = bpf_dynptr_slice(&q, 0, buffer, 1); out(at != 0);
SEC("tc") int of_skb(struct __sk_buff *ctx) {
  ASKED(bpf_dynptr_from_skb)
  if (bpf_dynptr_from_skb_meta) {
    out(bpf_dynptr_from_skb_meta(ctx, 0, &p)); out(bpf_dynptr_size(&p));
    out(bpf_dynptr_from_skb_meta(ctx, 1, &q)); out(bpf_dynptr_is_null(&q) & 1);
  }
  return 0; }
SEC("xdp") int of_xdp(struct xdp_md *ctx) { ASKED(bpf_dynptr_from_xdp) return 2; }
"""
)
PACKET = bytes(range(64))
#: What both programs leave in `result`: first without the last four, which are those of metadata.
PACKET_RESULTS = [-22, 1, -22 & 0xFFFFFFFF, 0, 64, 2 + 256 * 9, 0, 1, 0, 56, -34, 4, 0]
