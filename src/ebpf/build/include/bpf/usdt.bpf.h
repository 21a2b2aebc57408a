/* SPDX-License-Identifier: MIT */
/*
 * Arguments of statically defined tracepoints of user programs (USDT).
 *
 * Where an argument lies (a register, memory, a constant) is written beside the probe in the binary. The loader reads
 * that, puts it into the map __bpf_usdt_specs, and says by the attach cookie which entry belongs to a place in the
 * binary; on kernels without cookies (before 5.15), __bpf_usdt_ip_to_spec_id finds it by the address. The layout of
 * both maps is libbpf's, so that either loader can serve an object.
 */
#ifndef __USDT_BPF_H__
#define __USDT_BPF_H__

#ifndef __VMLINUX_H__
#include <linux/bpf.h>
#include <linux/ptrace.h>
#endif
#include <linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

/* How many different probes, and places of probes, one object may have; may be defined before this is included. */
#ifndef BPF_USDT_MAX_SPEC_CNT
#define BPF_USDT_MAX_SPEC_CNT 256
#endif
#ifndef BPF_USDT_MAX_IP_CNT
#define BPF_USDT_MAX_IP_CNT (4 * BPF_USDT_MAX_SPEC_CNT)
#endif
#define BPF_USDT_MAX_ARG_CNT 12

enum __bpf_usdt_arg_type {
	BPF_USDT_ARG_CONST,	/* val_off is the value */
	BPF_USDT_ARG_REG,	/* the register */
	BPF_USDT_ARG_REG_DEREF, /* memory of the process at register + val_off */
	BPF_USDT_ARG_SIB,	/* ... at register + (index register << scale) + val_off */
};

struct __bpf_usdt_arg_spec {
	__u64 val_off;
	/* idx_reg_off: the index register's byte offset in struct pt_regs. Laid out for one reading in both orders. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	enum __bpf_usdt_arg_type arg_type : 8;
	__u16 idx_reg_off : 12;
	__u16 scale_bitshift : 4;
	__u8 __reserved : 8;
#else
	__u8 __reserved : 8;
	__u16 idx_reg_off : 12;
	__u16 scale_bitshift : 4;
	enum __bpf_usdt_arg_type arg_type : 8;
#endif
	short reg_off;	   /* the register's byte offset in struct pt_regs */
	_Bool arg_signed;  /* whether the value is signed */
	char arg_bitshift; /* 64 less the bits of the value */
};

struct __bpf_usdt_spec {
	struct __bpf_usdt_arg_spec args[BPF_USDT_MAX_ARG_CNT];
	__u64 usdt_cookie;
	short arg_cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, BPF_USDT_MAX_SPEC_CNT);
	__type(key, int);
	__type(value, struct __bpf_usdt_spec);
} __bpf_usdt_specs SEC(".maps") __weak;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BPF_USDT_MAX_IP_CNT);
	__type(key, long);
	__type(value, __u32);
} __bpf_usdt_ip_to_spec_id SEC(".maps") __weak;

extern const _Bool LINUX_HAS_BPF_COOKIE __kconfig;

static __always_inline struct __bpf_usdt_spec *___ebpf_usdt_spec(struct pt_regs *ctx)
{
	int number;

	if (LINUX_HAS_BPF_COOKIE) {
		number = bpf_get_attach_cookie(ctx);
	} else {
		long address = PT_REGS_IP(ctx);
		int *found = bpf_map_lookup_elem(&__bpf_usdt_ip_to_spec_id, &address);

		if (!found)
			return NULL;
		number = *found;
	}
	return bpf_map_lookup_elem(&__bpf_usdt_specs, &number);
}

/* How many arguments the probe has; -ESRCH if the loader knows nothing of it. */
__weak __hidden int bpf_usdt_arg_cnt(struct pt_regs *ctx)
{
	struct __bpf_usdt_spec *spec = ___ebpf_usdt_spec(ctx);

	return spec ? spec->arg_cnt : -ESRCH;
}

/* The size of argument `arg_num` (from 0) in bytes; -ENOENT if there is none. */
__weak __hidden int bpf_usdt_arg_size(struct pt_regs *ctx, __u64 arg_num)
{
	struct __bpf_usdt_spec *spec = ___ebpf_usdt_spec(ctx);

	if (!spec)
		return -ESRCH;
	if (arg_num >= BPF_USDT_MAX_ARG_CNT)
		return -ENOENT;
	barrier_var(arg_num);
	if (arg_num >= spec->arg_cnt)
		return -ENOENT;
	return (64U - (unsigned char)spec->args[arg_num].arg_bitshift) / 8U;
}

/* Puts argument `arg_num` (from 0) into *res, widened to 64 bits; 0, or an error (and *res is 0). */
__weak __hidden int bpf_usdt_arg(struct pt_regs *ctx, __u64 arg_num, long *res)
{
	struct __bpf_usdt_arg_spec *arg;
	struct __bpf_usdt_spec *spec;
	unsigned long value = 0, index = 0;
	int error;

	*res = 0;
	spec = ___ebpf_usdt_spec(ctx);
	if (!spec)
		return -ESRCH;
	if (arg_num >= BPF_USDT_MAX_ARG_CNT)
		return -ENOENT;
	/* The check that the verifier sees must be on the very register that indexes. */
	barrier_var(arg_num);
	if (arg_num >= spec->arg_cnt)
		return -ENOENT;

	arg = &spec->args[arg_num];
	switch (arg->arg_type) {
	case BPF_USDT_ARG_CONST:
		value = arg->val_off;
		break;
	case BPF_USDT_ARG_REG:
	case BPF_USDT_ARG_REG_DEREF:
	case BPF_USDT_ARG_SIB:
		/* By copying: the offset is not known when the program is verified. */
		error = bpf_probe_read_kernel(&value, sizeof(value), (void *)ctx + arg->reg_off);
		if (error)
			return error;
		if (arg->arg_type == BPF_USDT_ARG_REG)
			break;
		if (arg->arg_type == BPF_USDT_ARG_SIB) {
			error = bpf_probe_read_kernel(&index, sizeof(index), (void *)ctx + arg->idx_reg_off);
			if (error)
				return error;
			value += index << arg->scale_bitshift;
		}
		error = bpf_probe_read_user(&value, sizeof(value), (void *)(value + arg->val_off));
		if (error)
			return error;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		value >>= arg->arg_bitshift;
#endif
		break;
	default:
		return -EINVAL;
	}

	/* Cut to the argument's own size, then widened by its sign. */
	value <<= arg->arg_bitshift;
	if (arg->arg_signed)
		value = (long)value >> arg->arg_bitshift;
	else
		value >>= arg->arg_bitshift;
	*res = value;
	return 0;
}

/* The number that user space gave when it attached to the probe; 0 if none. */
__weak __hidden long bpf_usdt_cookie(struct pt_regs *ctx)
{
	struct __bpf_usdt_spec *spec = ___ebpf_usdt_spec(ctx);

	return spec ? spec->usdt_cookie : 0;
}

/* A program with the probe's arguments by name: SEC("usdt/...") int BPF_USDT(name, int first, void *second). */
#define ___ebpf_usdt_value(n)                                                                                         \
	({                                                                                                             \
		long ___value;                                                                                         \
		bpf_usdt_arg(ctx, (n) - 1, &___value);                                                                 \
		___value;                                                                                              \
	})
#define BPF_USDT(name, args...)                                                                                       \
	name(struct pt_regs *ctx);                                                                                     \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args);                                \
	typeof(name(0)) name(struct pt_regs *ctx)                                                                      \
	{                                                                                                              \
		___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_usdt_value, args));)                      \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)

#endif
