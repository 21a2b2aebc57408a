/* SPDX-License-Identifier: MIT */
/*
 * Reading kernel memory by the field names of C, where the loader puts in the offsets of the kernel it runs on (CO-RE).
 */
#ifndef __BPF_CORE_READ_H__
#define __BPF_CORE_READ_H__

#include <bpf/bpf_helpers.h>

/* What a relocation asks of the running kernel's types. The numbers are the compiler's. */
enum bpf_field_info_kind {
	BPF_FIELD_BYTE_OFFSET = 0,
	BPF_FIELD_BYTE_SIZE = 1,
	BPF_FIELD_EXISTS = 2,
	BPF_FIELD_SIGNED = 3,
	BPF_FIELD_LSHIFT_U64 = 4,
	BPF_FIELD_RSHIFT_U64 = 5,
};
enum bpf_type_id_kind {
	BPF_TYPE_ID_LOCAL = 0,
	BPF_TYPE_ID_TARGET = 1,
};
enum bpf_type_info_kind {
	BPF_TYPE_EXISTS = 0,
	BPF_TYPE_SIZE = 1,
	BPF_TYPE_MATCHES = 2,
};
enum bpf_enum_value_kind {
	BPF_ENUMVAL_EXISTS = 0,
	BPF_ENUMVAL_VALUE = 1,
};

/* ---- Questions. A field is `pointer->field` or `struct type, field`; a type is spelt as in C. ---- */

#define ___bpf_a_type(type) (*(typeof(type) *)0)
#define ___bpf_a_field1(field) field
#define ___bpf_a_field2(type, field) ((typeof(type) *)0)->field
#define ___bpf_a_field(args...) ___bpf_apply(___bpf_a_field, ___bpf_narg(args))(args)

#define bpf_core_field_exists(field...) __builtin_preserve_field_info(___bpf_a_field(field), BPF_FIELD_EXISTS)
#define bpf_core_field_size(field...) __builtin_preserve_field_info(___bpf_a_field(field), BPF_FIELD_BYTE_SIZE)
#define bpf_core_field_offset(field...) __builtin_preserve_field_info(___bpf_a_field(field), BPF_FIELD_BYTE_OFFSET)

#define bpf_core_type_id_local(type) __builtin_btf_type_id(___bpf_a_type(type), BPF_TYPE_ID_LOCAL)
#define bpf_core_type_id_kernel(type) __builtin_btf_type_id(___bpf_a_type(type), BPF_TYPE_ID_TARGET)
#define bpf_core_type_exists(type) __builtin_preserve_type_info(___bpf_a_type(type), BPF_TYPE_EXISTS)
#define bpf_core_type_matches(type) __builtin_preserve_type_info(___bpf_a_type(type), BPF_TYPE_MATCHES)
#define bpf_core_type_size(type) __builtin_preserve_type_info(___bpf_a_type(type), BPF_TYPE_SIZE)

/* The compiler wants the enumerator as a pointer to its type. */
#define bpf_core_enum_value_exists(enum_type, enum_value)                                                             \
	__builtin_preserve_enum_value(*(typeof(enum_type) *)enum_value, BPF_ENUMVAL_EXISTS)
#define bpf_core_enum_value(enum_type, enum_value)                                                                    \
	__builtin_preserve_enum_value(*(typeof(enum_type) *)enum_value, BPF_ENUMVAL_VALUE)

/* A pointer that may be followed directly, read-only, as the kernel's type of that name. Linux 6.3. */
extern void *bpf_rdonly_cast(const void *obj__ign, __u32 btf_id__k) __ksym __weak;
#define bpf_core_cast(ptr, type) ((typeof(type) *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type)))

/* ---- Copies: dst, size and `&pointer->field`; 0 or a negative error. `user`: from the memory of the process. ---- */

#define bpf_core_read(dst, sz, src) bpf_probe_read_kernel(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_user(dst, sz, src) bpf_probe_read_user(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_str(dst, sz, src)                                                                               \
	bpf_probe_read_kernel_str(dst, sz, (const void *)__builtin_preserve_access_index(src))
#define bpf_core_read_user_str(dst, sz, src)                                                                          \
	bpf_probe_read_user_str(dst, sz, (const void *)__builtin_preserve_access_index(src))

/* ---- Chains: BPF_CORE_READ(task, mm, exe_file, f_inode) is task->mm->exe_file->f_inode, a copy for each arrow. ---- */

/* How a chain is followed: ___ebpf_chainN in ebpf/macros.h. */
#define ___ebpf_chain(last, step, dst, src, a...)                                                                     \
	({                                                                                                             \
		const void *___at __attribute__((unused));                                                             \
		___bpf_apply(___ebpf_chain, ___bpf_narg(a))(last, step, dst, src, a);                                  \
	})

/* The type of src->a->b->c. */
#define ___ebpf_type(src, a...) typeof(___bpf_apply(___ebpf_path, ___bpf_narg(a))((src), a))

#define BPF_CORE_READ_INTO(dst, src, a...) ___ebpf_chain(bpf_core_read, bpf_core_read, dst, src, a)
#define BPF_CORE_READ_USER_INTO(dst, src, a...) ___ebpf_chain(bpf_core_read_user, bpf_core_read_user, dst, src, a)
#define BPF_CORE_READ_STR_INTO(dst, src, a...) ___ebpf_chain(bpf_core_read_str, bpf_core_read, dst, src, a)
#define BPF_CORE_READ_USER_STR_INTO(dst, src, a...)                                                                   \
	___ebpf_chain(bpf_core_read_user_str, bpf_core_read_user, dst, src, a)
#define BPF_CORE_READ(src, a...)                                                                                      \
	({                                                                                                             \
		___ebpf_type(src, a) ___value;                                                                         \
		BPF_CORE_READ_INTO(&___value, src, a);                                                                 \
		___value;                                                                                              \
	})
#define BPF_CORE_READ_USER(src, a...)                                                                                 \
	({                                                                                                             \
		___ebpf_type(src, a) ___value;                                                                         \
		BPF_CORE_READ_USER_INTO(&___value, src, a);                                                            \
		___value;                                                                                              \
	})

/* The same with no relocation: for types whose layout never changes. */
#define ___ebpf_plain_read(dst, sz, src) bpf_probe_read_kernel(dst, sz, (const void *)(src))
#define ___ebpf_plain_read_user(dst, sz, src) bpf_probe_read_user(dst, sz, (const void *)(src))
#define ___ebpf_plain_read_str(dst, sz, src) bpf_probe_read_kernel_str(dst, sz, (const void *)(src))
#define ___ebpf_plain_read_user_str(dst, sz, src) bpf_probe_read_user_str(dst, sz, (const void *)(src))

#define BPF_PROBE_READ_INTO(dst, src, a...) ___ebpf_chain(___ebpf_plain_read, ___ebpf_plain_read, dst, src, a)
#define BPF_PROBE_READ_USER_INTO(dst, src, a...)                                                                      \
	___ebpf_chain(___ebpf_plain_read_user, ___ebpf_plain_read_user, dst, src, a)
#define BPF_PROBE_READ_STR_INTO(dst, src, a...)                                                                       \
	___ebpf_chain(___ebpf_plain_read_str, ___ebpf_plain_read, dst, src, a)
#define BPF_PROBE_READ_USER_STR_INTO(dst, src, a...)                                                                  \
	___ebpf_chain(___ebpf_plain_read_user_str, ___ebpf_plain_read_user, dst, src, a)
#define BPF_PROBE_READ(src, a...)                                                                                     \
	({                                                                                                             \
		___ebpf_type(src, a) ___value;                                                                         \
		BPF_PROBE_READ_INTO(&___value, src, a);                                                                \
		___value;                                                                                              \
	})
#define BPF_PROBE_READ_USER(src, a...)                                                                                \
	({                                                                                                             \
		___ebpf_type(src, a) ___value;                                                                         \
		BPF_PROBE_READ_USER_INTO(&___value, src, a);                                                           \
		___value;                                                                                              \
	})

/* ---- Bitfields: read the bytes around them, then shift by what the loader says. The value has 64 bits. ---- */

#define __CORE_RELO(s, field, info) __builtin_preserve_field_info((s)->field, BPF_FIELD_##info)
#define ___ebpf_bits(s, field, raw)                                                                                   \
	({                                                                                                             \
		unsigned long long ___raw = (raw) << __CORE_RELO(s, field, LSHIFT_U64);                         \
		__CORE_RELO(s, field, SIGNED)                                                                   \
			? (unsigned long long)((long long)___raw >> __CORE_RELO(s, field, RSHIFT_U64))          \
			: ___raw >> __CORE_RELO(s, field, RSHIFT_U64);                                          \
	})

/* By bpf_probe_read_kernel. The bytes that were read belong at the low end of the word. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ___ebpf_low_end(word, size) (void *)&(word)
#else
#define ___ebpf_low_end(word, size) (void *)&(word) + (8 - (size))
#endif
#define BPF_CORE_READ_BITFIELD_PROBED(s, field)                                                                       \
	({                                                                                                             \
		unsigned long long ___word = 0;                                                                        \
		bpf_probe_read_kernel(___ebpf_low_end(___word, __CORE_RELO(s, field, BYTE_SIZE)),               \
				      __CORE_RELO(s, field, BYTE_SIZE),                                         \
				      (const void *)(s) + __CORE_RELO(s, field, BYTE_OFFSET));                  \
		___ebpf_bits(s, field, ___word);                                                                       \
	})

/* By a plain load, where the program may follow the pointer. The address is hidden from the compiler: it must not fold
 * the offset into the load, where the loader would not find it. */
#define ___ebpf_around(s, field)                                                                                      \
	({                                                                                                             \
		const void *___place = (const void *)(s) + __CORE_RELO(s, field, BYTE_OFFSET);                  \
		barrier_var(___place);                                                                                 \
		___place;                                                                                              \
	})
#define BPF_CORE_READ_BITFIELD(s, field)                                                                              \
	({                                                                                                             \
		const void *___p = ___ebpf_around(s, field);                                                           \
		unsigned long long ___word = 0;                                                                        \
		switch (__CORE_RELO(s, field, BYTE_SIZE)) {                                                     \
		case 1:                                                                                                \
			___word = *(const unsigned char *)___p;                                                        \
			break;                                                                                         \
		case 2:                                                                                                \
			___word = *(const unsigned short *)___p;                                                       \
			break;                                                                                         \
		case 4:                                                                                                \
			___word = *(const unsigned int *)___p;                                                         \
			break;                                                                                         \
		case 8:                                                                                                \
			___word = *(const unsigned long long *)___p;                                                   \
			break;                                                                                         \
		}                                                                                                      \
		___ebpf_bits(s, field, ___word);                                                                       \
	})

/* Writes one bitfield, the bits beside it untouched. */
#define BPF_CORE_WRITE_BITFIELD(s, field, new_val)                                                                    \
	({                                                                                                             \
		void *___p = (void *)___ebpf_around(s, field);                                                         \
		unsigned int ___size = __CORE_RELO(s, field, BYTE_SIZE);                                        \
		unsigned int ___left = __CORE_RELO(s, field, LSHIFT_U64);                                       \
		unsigned int ___right = __CORE_RELO(s, field, RSHIFT_U64);                                      \
		unsigned long long ___mask = (~0ULL << ___right) >> ___left;                                           \
		unsigned long long ___bits = ((unsigned long long)(new_val) << ___right) >> ___left;                   \
		switch (___size) {                                                                                     \
		case 1:                                                                                                \
			*(unsigned char *)___p = (*(unsigned char *)___p & ~___mask) | ___bits;                        \
			break;                                                                                         \
		case 2:                                                                                                \
			*(unsigned short *)___p = (*(unsigned short *)___p & ~___mask) | ___bits;                      \
			break;                                                                                         \
		case 4:                                                                                                \
			*(unsigned int *)___p = (*(unsigned int *)___p & ~___mask) | ___bits;                          \
			break;                                                                                         \
		case 8:                                                                                                \
			*(unsigned long long *)___p = (*(unsigned long long *)___p & ~___mask) | ___bits;              \
			break;                                                                                         \
		}                                                                                                      \
	})

#endif
