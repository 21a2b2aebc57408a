/* What lib/test_bpf.c takes from the kernel, for its tables in a program of user space, and a main that prints them; see
 * kernel_vectors.py. "kernel_vectors_body.c" is the tables, taken out of the kernel's source when the tests run. */
#include <errno.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#define BIT(n) (1UL << (n))
#define GFP_KERNEL 0
#define ETH_P_IP 0x0800
#define MAX_TAIL_CALL_CNT 33
#define S16_MAX INT16_MAX
#define S16_MIN INT16_MIN
#define S32_MAX INT32_MAX
#define S32_MIN INT32_MIN
#define S64_MAX INT64_MAX
#define S64_MIN INT64_MIN
#define U16_MAX UINT16_MAX
#define U32_MAX UINT32_MAX
#define fallthrough __attribute__((fallthrough))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BUG_ON(condition)                                                                                              \
	do {                                                                                                           \
		if (condition)                                                                                         \
			abort();                                                                                       \
	} while (0)
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define kmalloc_array(n, size, flags) calloc(n, size)
#define kfree free
#define __init
#define BPF_CALL_1(name, type, arg) static long name(type arg)

/* Values come out of a generator of the same interface; what a test expects is worked out from them. */
struct rnd_state {
	u32 state;
};
static inline void prandom_seed_state(struct rnd_state *rnd, u64 seed) { rnd->state = (u32)seed | 1; }
static inline u32 prandom_u32_state(struct rnd_state *rnd)
{
	rnd->state = rnd->state * 1664525u + 1013904223u;
	return rnd->state ^ rnd->state >> 15;
}
static inline u64 div64_u64(u64 a, u64 b) { return a / b; }
static inline u64 div64_u64_rem(u64 a, u64 b, u64 *rest)
{
	*rest = a % b;
	return a / b;
}
#define cpu_to_le16(x) ((u16)(x))
#define cpu_to_le32(x) ((u32)(x))
#define cpu_to_le64(x) ((u64)(x))
#define cpu_to_be16(x) __builtin_bswap16(x)
#define cpu_to_be32(x) __builtin_bswap32(x)
#define cpu_to_be64(x) __builtin_bswap64(x)

/* The kernel defines the one that is; the C library both. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#undef __BIG_ENDIAN
#else
#undef __LITTLE_ENDIAN
#endif

#undef BPF_MEMSX
#undef BPF_ATOMIC
#define BPF_MEMSX 0x80
#define BPF_ATOMIC 0xc0
#define BPF_TAIL_CALL 0xf0
#define BPF_REG_FP BPF_REG_10

#define BPF_RAW_INSN(c, d, s, o, i)                                                                                    \
	((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })
#define BPF_ALU64_REG_OFF(op, d, s, o) BPF_RAW_INSN(BPF_ALU64 | BPF_OP(op) | BPF_X, d, s, o, 0)
#define BPF_ALU32_REG_OFF(op, d, s, o) BPF_RAW_INSN(BPF_ALU | BPF_OP(op) | BPF_X, d, s, o, 0)
#define BPF_ALU64_IMM_OFF(op, d, i, o) BPF_RAW_INSN(BPF_ALU64 | BPF_OP(op) | BPF_K, d, 0, o, i)
#define BPF_ALU32_IMM_OFF(op, d, i, o) BPF_RAW_INSN(BPF_ALU | BPF_OP(op) | BPF_K, d, 0, o, i)
#define BPF_ALU64_REG(op, d, s) BPF_ALU64_REG_OFF(op, d, s, 0)
#define BPF_ALU32_REG(op, d, s) BPF_ALU32_REG_OFF(op, d, s, 0)
#define BPF_ALU64_IMM(op, d, i) BPF_ALU64_IMM_OFF(op, d, i, 0)
#define BPF_ALU32_IMM(op, d, i) BPF_ALU32_IMM_OFF(op, d, i, 0)
#define BPF_MOV64_REG(d, s) BPF_ALU64_REG(BPF_MOV, d, s)
#define BPF_MOV32_REG(d, s) BPF_ALU32_REG(BPF_MOV, d, s)
#define BPF_MOV64_IMM(d, i) BPF_ALU64_IMM(BPF_MOV, d, i)
#define BPF_MOV32_IMM(d, i) BPF_ALU32_IMM(BPF_MOV, d, i)
#define BPF_MOVSX64_REG(d, s, o) BPF_ALU64_REG_OFF(BPF_MOV, d, s, o)
#define BPF_MOVSX32_REG(d, s, o) BPF_ALU32_REG_OFF(BPF_MOV, d, s, o)
/* For the kernel's JITs a hint with a mark; here what it means. */
#define BPF_ZEXT_REG(d) BPF_MOV32_REG(d, d)
#define BPF_ENDIAN(type, d, bits) BPF_RAW_INSN(BPF_ALU | BPF_END | BPF_SRC(type), d, 0, 0, bits)
#define BPF_BSWAP(d, bits) BPF_RAW_INSN(BPF_ALU64 | BPF_END | BPF_TO_LE, d, 0, 0, bits)
#define BPF_LD_IMM64(d, i)                                                                                             \
	BPF_RAW_INSN(BPF_LD | BPF_DW | BPF_IMM, d, 0, 0, (u32)(i)), BPF_RAW_INSN(0, 0, 0, 0, ((u64)(i)) >> 32)
#define BPF_LD_ABS(size, i) BPF_RAW_INSN(BPF_LD | BPF_SIZE(size) | BPF_ABS, 0, 0, 0, i)
#define BPF_LD_IND(size, s, i) BPF_RAW_INSN(BPF_LD | BPF_SIZE(size) | BPF_IND, 0, s, 0, i)
#define BPF_LDX_MEM(size, d, s, o) BPF_RAW_INSN(BPF_LDX | BPF_SIZE(size) | BPF_MEM, d, s, o, 0)
#define BPF_LDX_MEMSX(size, d, s, o) BPF_RAW_INSN(BPF_LDX | BPF_SIZE(size) | BPF_MEMSX, d, s, o, 0)
#define BPF_STX_MEM(size, d, s, o) BPF_RAW_INSN(BPF_STX | BPF_SIZE(size) | BPF_MEM, d, s, o, 0)
#define BPF_ST_MEM(size, d, o, i) BPF_RAW_INSN(BPF_ST | BPF_SIZE(size) | BPF_MEM, d, 0, o, i)
#define BPF_ATOMIC_OP(size, op, d, s, o) BPF_RAW_INSN(BPF_STX | BPF_SIZE(size) | BPF_ATOMIC, d, s, o, op)
#define BPF_STX_XADD(size, d, s, o) BPF_ATOMIC_OP(size, BPF_ADD, d, s, o)
#define BPF_JMP_REG(op, d, s, o) BPF_RAW_INSN(BPF_JMP | BPF_OP(op) | BPF_X, d, s, o, 0)
#define BPF_JMP_IMM(op, d, i, o) BPF_RAW_INSN(BPF_JMP | BPF_OP(op) | BPF_K, d, 0, o, i)
#define BPF_JMP32_REG(op, d, s, o) BPF_RAW_INSN(BPF_JMP32 | BPF_OP(op) | BPF_X, d, s, o, 0)
#define BPF_JMP32_IMM(op, d, i, o) BPF_RAW_INSN(BPF_JMP32 | BPF_OP(op) | BPF_K, d, 0, o, i)
#define BPF_JMP_A(o) BPF_RAW_INSN(BPF_JMP | BPF_JA, 0, 0, o, 0)
#define BPF_CALL_REL(target) BPF_RAW_INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, target)
#define BPF_EXIT_INSN() BPF_RAW_INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define __BPF_STMT(c, k_) ((struct sock_filter)BPF_STMT(c, k_))
#define __BPF_JUMP(c, k_, t, f) ((struct sock_filter)BPF_JUMP(c, k_, t, f))

#include "kernel_vectors_body.c"

static void hex(const char *name, const void *data, size_t size)
{
	printf(",\"%s\":\"", name);
	for (size_t i = 0; i < size; i++)
		printf("%02x", ((const u8 *)data)[i]);
	printf("\"");
}

static void text(const char *name, const char *value)
{
	printf("\"%s\":\"", name);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			putchar('\\');
		putchar(*value);
	}
	printf("\"");
}

/* One line of JSON a test; of those with more instructions than the argument says, their number only. */
int main(int count, char **arguments)
{
	unsigned most = count > 1 ? (unsigned)atoi(arguments[1]) : ~0u;

	for (unsigned i = 0; i < ARRAY_SIZE(tests); i++) {
		struct bpf_test *test = &tests[i];
		struct bpf_insn *code = test->u.insns_int;
		unsigned length = MAX_INSNS;

		printf("{");
		text("name", test->descr);
		if ((test->aux & TEST_TYPE_MASK) != INTERNAL) {
			printf(",\"classic\":1}\n");
			continue;
		}
		if (test->fill_helper) {
			if (test->fill_helper(test))
				return 1;
			code = test->u.ptr.insns;
			length = test->u.ptr.len;
		} else {
			while (length > 1 && !code[length - 1].code && !code[length - 1].imm)
				length--;
		}
		printf(",\"length\":%u,\"aux\":%u,\"tests\":[", length, test->aux);
		for (int n = 0; n < MAX_SUBTESTS; n++) {
			if (n && !test->test[n].data_size && !test->test[n].result)
				break;
			printf("%s[%d,%u]", n ? "," : "", test->test[n].data_size, test->test[n].result);
		}
		printf("]");
		hex("data", test->data, sizeof(test->data));
		if (length <= most)
			hex("code", code, length * sizeof(*code));
		printf("}\n");
		if (test->fill_helper)
			free(code);
	}
	for (unsigned i = 0; i < ARRAY_SIZE(tail_call_tests); i++) {
		struct tail_call_test *test = &tail_call_tests[i];
		unsigned length = 0;

		while (length < MAX_INSNS && test->insns[length].code)
			length += test->insns[length].code == (BPF_LD | BPF_DW | BPF_IMM) ? 2 : 1;
		printf("{");
		text("name", test->descr);
		printf(",\"tail\":%u,\"runs\":%u,\"result\":%d,\"state\":%d", i, MAX_TESTRUNS, test->result,
		       (test->flags & FLAG_RESULT_IN_STATE) != 0);
		hex("code", test->insns, length * sizeof(struct bpf_insn));
		printf("}\n");
	}
	return 0;
}
