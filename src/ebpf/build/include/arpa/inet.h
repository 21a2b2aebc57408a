/* SPDX-License-Identifier: MIT */
#ifndef _ARPA_INET_H
#define _ARPA_INET_H

#include <netinet/in.h>
#include <bpf/bpf_endian.h>

#ifndef htons
#define htons(x) bpf_htons(x)
#define htonl(x) bpf_htonl(x)
#define ntohs(x) bpf_ntohs(x)
#define ntohl(x) bpf_ntohl(x)
#endif

#endif
