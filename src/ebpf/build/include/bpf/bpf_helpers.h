/* SPDX-License-Identifier: MIT */
/*
 * What every BPF program starts from: sections, maps, helpers, printing, loops.
 * The names are those that C written for Linux uses; include <linux/bpf.h> or "vmlinux.h" first, for the types.
 */
#ifndef __BPF_HELPERS__
#define __BPF_HELPERS__

#ifndef __VMLINUX_H__
#include <linux/types.h>
#endif
#include <bpf/bpf_helper_defs.h>
#include <ebpf/macros.h>

/* ---- Attributes ---- */

/* Where a program, a map, the licence goes. Kept by the compiler even if nothing in the file uses it. */
#define SEC(name)                                                                                                     \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wignored-attributes\"")                      \
	__attribute__((section(name), used)) _Pragma("GCC diagnostic pop")

#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
/* A function that other object files may call, but that the kernel checks together with its callers, as a static one. */
#define __hidden __attribute__((visibility("hidden")))

/* Externs that the loader fills in: from the kernel's configuration, from its symbols. */
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))

#if __has_attribute(btf_type_tag)
#define ___bpf_type_tag(name) __attribute__((btf_type_tag(name)))
#else
#define ___bpf_type_tag(name)
#endif
#if __has_attribute(btf_decl_tag)
#define ___bpf_decl_tag(name) __attribute__((btf_decl_tag(name)))
#else
#define ___bpf_decl_tag(name)
#endif

/* Pointers to kernel objects kept in map values. Linux 5.19. */
#define __kptr_untrusted ___bpf_type_tag("kptr_untrusted")
#define __kptr ___bpf_type_tag("kptr")
/* Between Linux 5.19 and 6.3, what owns was called this. */
#define __kptr_ref ___bpf_type_tag("kptr_ref")
#define __percpu_kptr ___bpf_type_tag("percpu_kptr")
#define __uptr ___bpf_type_tag("uptr")

/* What the verifier is to believe of an argument of a global function. Linux 6.8 (ctx, nonnull), 6.9 (the rest). */
#define __arg_ctx ___bpf_decl_tag("arg:ctx")
#define __arg_nonnull ___bpf_decl_tag("arg:nonnull")
#define __arg_nullable ___bpf_decl_tag("arg:nullable")
#define __arg_trusted ___bpf_decl_tag("arg:trusted")
#define __arg_untrusted ___bpf_decl_tag("arg:untrusted")
#define __arg_arena ___bpf_decl_tag("arg:arena")

/* ---- Maps: the members of an anonymous struct in SEC(".maps"). A number is the length of an array type. ---- */

#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name
#define __array(name, val) typeof(val) *name[]
#define __ulong(name, val)                                                                                            \
	enum { ___bpf_concat(__unique_value, __COUNTER__) = (val) } name

enum libbpf_pin_type {
	LIBBPF_PIN_NONE,
	LIBBPF_PIN_BY_NAME,
};

enum libbpf_tristate {
	TRI_NO = 0,
	TRI_YES = 1,
	TRI_MODULE = 2,
};

/* The form of maps before BTF, in SEC("maps"). It is off by itself: newer programs may define a struct of this name. */
#ifdef EBPF_LEGACY_MAPS
#ifndef ___ebpf_bpf_map_def
#define ___ebpf_bpf_map_def
struct bpf_map_def {
	unsigned int type;
	unsigned int key_size;
	unsigned int value_size;
	unsigned int max_entries;
	unsigned int map_flags;
};
#endif
#endif

/* ---- C ---- */

#ifndef NULL
#define NULL ((void *)0)
#endif
#ifndef KERNEL_VERSION
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#endif
#ifndef offsetof
#define offsetof(type, member) ((unsigned long)&((type *)0)->member)
#endif
#ifndef container_of
#define container_of(ptr, type, member)                                                                               \
	({                                                                                                             \
		void *___inner = (void *)(ptr);                                                                        \
		(type *)(___inner - offsetof(type, member));                                                           \
	})
#endif

/* The compiler keeps no memory in registers across this, and moves no access over it. */
#ifndef barrier
#define barrier() asm volatile("" ::: "memory")
#endif
/* The compiler forgets what it knows of a variable: so that a bounds check stays before the access it is for. */
#ifndef barrier_var
#define barrier_var(var) asm volatile("" : "+r"(var))
#endif
#ifndef __bpf_unreachable
#define __bpf_unreachable() __builtin_trap()
#endif

/* True if a weak kernel symbol is there. The symbol must be declared __weak: else the question has one answer. */
#define bpf_ksym_exists(sym)                                                                                          \
	({                                                                                                             \
		_Static_assert(!__builtin_constant_p(!!sym), #sym " has to be declared __weak");                       \
		!!sym;                                                                                                 \
	})

/* ---- Calls ---- */

/*
 * A tail call to a slot known at compile time. Written in assembly so that the compiler does not merge two such calls
 * into one with a computed slot: the kernel turns a constant one into a direct jump. Linux 5.5.
 */
#if __clang_major__ >= 8 && defined(__bpf__)
static __always_inline void bpf_tail_call_static(void *ctx, const void *map, const __u32 slot)
{
	if (!__builtin_constant_p(slot))
		__bpf_unreachable();
	asm volatile("r1 = %[context]\n\t"
		     "r2 = %[programs]\n\t"
		     "r3 = %[number]\n\t"
		     "call %[helper]"
		     :
		     : [context] "r"(ctx), [programs] "r"(map), [number] "i"(slot), [helper] "i"(12)
		     : "r0", "r1", "r2", "r3", "r4", "r5");
}
#endif

/* ---- Printing ---- */

#ifndef BPF_PRINTK_FMT_MOD
#ifdef BPF_NO_GLOBAL_DATA
#define BPF_PRINTK_FMT_MOD
#else
#define BPF_PRINTK_FMT_MOD static const
#endif
#endif

/* The values behind a format, as the array of 64-bit words that the printing helpers take. */
#define ___bpf_words(name, args...)                                                                                   \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"")                          \
	unsigned long long name[___bpf_narg(args)];                                                                    \
	___bpf_fill(name, args);                                                                                       \
	_Pragma("GCC diagnostic pop")

/* Up to three values: the helper that every kernel has. */
#define __bpf_printk(fmt, ...)                                                                                        \
	({                                                                                                             \
		BPF_PRINTK_FMT_MOD char ____fmt[] = fmt;                                                               \
		bpf_trace_printk(____fmt, sizeof(____fmt), ##__VA_ARGS__);                                             \
	})
/* Up to twelve. Linux 5.16. */
#define __bpf_vprintk(fmt, args...)                                                                                   \
	({                                                                                                             \
		static const char ___fmt[] = fmt;                                                                     \
		___bpf_words(___words, args)                                                                           \
		bpf_trace_vprintk(___fmt, sizeof(___fmt), ___words, sizeof(___words));                               \
	})
/* A line in the kernel's trace_pipe; gives the number of bytes or an error. */
#define bpf_printk(fmt, args...) ___bpf_apply(___bpf_printk_, ___bpf_narg(args))(fmt, ##args)
#define ___bpf_printk_0 __bpf_printk
#define ___bpf_printk_1 __bpf_printk
#define ___bpf_printk_2 __bpf_printk
#define ___bpf_printk_3 __bpf_printk
#define ___bpf_printk_4 __bpf_vprintk
#define ___bpf_printk_5 __bpf_vprintk
#define ___bpf_printk_6 __bpf_vprintk
#define ___bpf_printk_7 __bpf_vprintk
#define ___bpf_printk_8 __bpf_vprintk
#define ___bpf_printk_9 __bpf_vprintk
#define ___bpf_printk_10 __bpf_vprintk
#define ___bpf_printk_11 __bpf_vprintk
#define ___bpf_printk_12 __bpf_vprintk

/* Text of an iterator's seq_file. Linux 5.10. */
#define BPF_SEQ_PRINTF(seq, fmt, args...)                                                                             \
	({                                                                                                             \
		static const char ___fmt[] = fmt;                                                                      \
		___bpf_words(___words, args)                                                                           \
		bpf_seq_printf(seq, ___fmt, sizeof(___fmt), ___words, sizeof(___words));                               \
	})
/* Text into a buffer. Linux 5.13. */
#define BPF_SNPRINTF(out, out_size, fmt, args...)                                                                     \
	({                                                                                                             \
		static const char ___fmt[] = fmt;                                                                      \
		___bpf_words(___words, args)                                                                           \
		bpf_snprintf(out, out_size, ___fmt, ___words, sizeof(___words));                                       \
	})
/* Text into a program's own output stream (1 out, 2 error). Linux 6.17. */
extern int bpf_stream_vprintk_impl(int stream_id, const char *fmt__str, const void *args, __u32 len__sz,
				   void *aux__prog) __weak __ksym;
#define bpf_stream_printk(stream_id, fmt, args...)                                                                    \
	({                                                                                                             \
		static const char ___fmt[] = fmt;                                                                      \
		___bpf_words(___words, args)                                                                           \
		bpf_stream_vprintk_impl(stream_id, ___fmt, ___words, sizeof(___words), NULL);                          \
	})

/* ---- Loops over open-coded iterators, which the verifier proves to end. Linux 6.4. ---- */

struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

/*
 * bpf_for_each(TYPE, cur, args...): `cur` takes what bpf_iter_TYPE_next gives, until NULL. The iterator is destroyed
 * however the loop is left. Its `destroy` is named in an expression too: one that is only a cleanup gets no BTF.
 */
#ifndef bpf_for_each
#define bpf_for_each(type, cur, args...)                                                                              \
	for (struct bpf_iter_##type ___it __attribute__((aligned(8), cleanup(bpf_iter_##type##_destroy))),             \
	     *___first __attribute__((unused)) = (bpf_iter_##type##_new(&___it, ##args),                               \
						  (void)bpf_iter_##type##_destroy, (void *)0);                         \
	     (((cur) = bpf_iter_##type##_next(&___it)));)
#endif

/* bpf_for(i, start, end): i = start … end - 1, and the verifier knows those bounds of `i`. */
#ifndef bpf_for
#define bpf_for(i, start, end)                                                                                        \
	for (struct bpf_iter_num ___it __attribute__((aligned(8), cleanup(bpf_iter_num_destroy))),                     \
	     *___first __attribute__((unused)) =                                                                       \
		     (bpf_iter_num_new(&___it, (start), (end)), (void)bpf_iter_num_destroy, (void *)0);                \
	     ({                                                                                                        \
		     int *___at = bpf_iter_num_next(&___it);                                                           \
		     ___at && ((i) = *___at, (i) >= (start) && (i) < (end));                                           \
	     });)
#endif

/* bpf_repeat(n): n times. */
#ifndef bpf_repeat
#define bpf_repeat(N)                                                                                                 \
	for (struct bpf_iter_num ___it __attribute__((aligned(8), cleanup(bpf_iter_num_destroy))),                     \
	     *___first __attribute__((unused)) =                                                                       \
		     (bpf_iter_num_new(&___it, 0, (N)), (void)bpf_iter_num_destroy, (void *)0);                        \
	     bpf_iter_num_next(&___it);)
#endif

#endif
