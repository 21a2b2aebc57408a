/* SPDX-License-Identifier: MIT */
/* What the compiler expands by itself; BPF has no library to call. */
#ifndef _STRING_H
#define _STRING_H

/* Only size_t: "vmlinux.h" has a wchar_t of its own. */
#define __need_size_t
#include <stddef.h>

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
size_t strlen(const char *s);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);

#endif
