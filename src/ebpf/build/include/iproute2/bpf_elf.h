/* SPDX-License-Identifier: MIT */
#include <bpf_elf.h>
