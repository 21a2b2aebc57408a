/* SPDX-License-Identifier: MIT */
#ifndef _ENDIAN_H
#define _ENDIAN_H

#include <asm/byteorder.h>

#ifndef __LITTLE_ENDIAN
#define __LITTLE_ENDIAN 1234
#endif
#ifndef __BIG_ENDIAN
#define __BIG_ENDIAN 4321
#endif
#define LITTLE_ENDIAN __LITTLE_ENDIAN
#define BIG_ENDIAN __BIG_ENDIAN
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define __BYTE_ORDER __LITTLE_ENDIAN
#else
#define __BYTE_ORDER __BIG_ENDIAN
#endif
#define BYTE_ORDER __BYTE_ORDER

#define htobe16(x) __cpu_to_be16(x)
#define htobe32(x) __cpu_to_be32(x)
#define htobe64(x) __cpu_to_be64(x)
#define htole16(x) __cpu_to_le16(x)
#define htole32(x) __cpu_to_le32(x)
#define htole64(x) __cpu_to_le64(x)
#define be16toh(x) __be16_to_cpu(x)
#define be32toh(x) __be32_to_cpu(x)
#define be64toh(x) __be64_to_cpu(x)
#define le16toh(x) __le16_to_cpu(x)
#define le32toh(x) __le32_to_cpu(x)
#define le64toh(x) __le64_to_cpu(x)

#endif
