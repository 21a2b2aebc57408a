/* SPDX-License-Identifier: MIT */
/* Network byte order and back. Which way a program is built is the compiler's: the same C gives both byte orders. */
#ifndef __BPF_ENDIAN__
#define __BPF_ENDIAN__

/* Also in constant expressions (case labels, initial values), where the compiler's built-in would not do. */
#define ___bpf_byte(x, from, to) ((((x) >> ((from) * 8)) & 0xff) << ((to) * 8))
#define ___bpf_swab16(x) ((__u16)(___bpf_byte((__u16)(x), 0, 1) | ___bpf_byte((__u16)(x), 1, 0)))
#define ___bpf_swab32(x)                                                                                              \
	((__u32)(___bpf_byte((__u32)(x), 0, 3) | ___bpf_byte((__u32)(x), 1, 2) | ___bpf_byte((__u32)(x), 2, 1) |       \
		 ___bpf_byte((__u32)(x), 3, 0)))
#define ___bpf_swab64(x) ((__u64)___bpf_swab32((__u64)(x)) << 32 | ___bpf_swab32((__u64)(x) >> 32))

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define __bpf_ntohs(x) __builtin_bswap16(x)
#define __bpf_ntohl(x) __builtin_bswap32(x)
#define __bpf_be64_to_cpu(x) __builtin_bswap64(x)
#define __bpf_constant_ntohs(x) ___bpf_swab16(x)
#define __bpf_constant_ntohl(x) ___bpf_swab32(x)
#define __bpf_constant_be64_to_cpu(x) ___bpf_swab64(x)
#elif __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define __bpf_ntohs(x) (x)
#define __bpf_ntohl(x) (x)
#define __bpf_be64_to_cpu(x) (x)
#define __bpf_constant_ntohs(x) (x)
#define __bpf_constant_ntohl(x) (x)
#define __bpf_constant_be64_to_cpu(x) (x)
#else
#error "the compiler does not say its byte order"
#endif

/* A swap is its own way back. */
#define __bpf_htons(x) __bpf_ntohs(x)
#define __bpf_htonl(x) __bpf_ntohl(x)
#define __bpf_cpu_to_be64(x) __bpf_be64_to_cpu(x)
#define __bpf_constant_htons(x) __bpf_constant_ntohs(x)
#define __bpf_constant_htonl(x) __bpf_constant_ntohl(x)
#define __bpf_constant_cpu_to_be64(x) __bpf_constant_be64_to_cpu(x)

#define bpf_ntohs(x) (__builtin_constant_p(x) ? __bpf_constant_ntohs(x) : __bpf_ntohs(x))
#define bpf_ntohl(x) (__builtin_constant_p(x) ? __bpf_constant_ntohl(x) : __bpf_ntohl(x))
#define bpf_be64_to_cpu(x) (__builtin_constant_p(x) ? __bpf_constant_be64_to_cpu(x) : __bpf_be64_to_cpu(x))
#define bpf_htons(x) bpf_ntohs(x)
#define bpf_htonl(x) bpf_ntohl(x)
#define bpf_cpu_to_be64(x) bpf_be64_to_cpu(x)

#endif
