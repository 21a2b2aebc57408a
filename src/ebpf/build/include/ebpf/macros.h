/* SPDX-License-Identifier: MIT */
/* Written by generate/headers.py from the tables of ebpf.uapi: change those. */

#ifndef ___EBPF_MACROS_H
#define ___EBPF_MACROS_H

/* Joined after expansion of both. */
#define ___bpf_concat(a, b) a##b
#define ___bpf_apply(fn, n) ___bpf_concat(fn, n)

/* How many arguments there are, 0 … 12; how many pairs of type and name. */
#define ___bpf_nth(_, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, N, ...) N
#define ___bpf_narg(...) ___bpf_nth(_, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define ___bpf_nth2(_, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, _23, _24, N, ...) N
#define ___bpf_narg2(...) ___bpf_nth2(_, ##__VA_ARGS__, 12, 11, 11, 10, 10, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0)

/* words[0] = first, words[1] = second, … */
#define ___bpf_fill0(arr, p, none...)
#define ___bpf_fill1(arr, p, x, args...) arr[p] = x; ___bpf_fill0(arr, p + 1, ##args)
#define ___bpf_fill2(arr, p, x, args...) arr[p] = x; ___bpf_fill1(arr, p + 1, ##args)
#define ___bpf_fill3(arr, p, x, args...) arr[p] = x; ___bpf_fill2(arr, p + 1, ##args)
#define ___bpf_fill4(arr, p, x, args...) arr[p] = x; ___bpf_fill3(arr, p + 1, ##args)
#define ___bpf_fill5(arr, p, x, args...) arr[p] = x; ___bpf_fill4(arr, p + 1, ##args)
#define ___bpf_fill6(arr, p, x, args...) arr[p] = x; ___bpf_fill5(arr, p + 1, ##args)
#define ___bpf_fill7(arr, p, x, args...) arr[p] = x; ___bpf_fill6(arr, p + 1, ##args)
#define ___bpf_fill8(arr, p, x, args...) arr[p] = x; ___bpf_fill7(arr, p + 1, ##args)
#define ___bpf_fill9(arr, p, x, args...) arr[p] = x; ___bpf_fill8(arr, p + 1, ##args)
#define ___bpf_fill10(arr, p, x, args...) arr[p] = x; ___bpf_fill9(arr, p + 1, ##args)
#define ___bpf_fill11(arr, p, x, args...) arr[p] = x; ___bpf_fill10(arr, p + 1, ##args)
#define ___bpf_fill12(arr, p, x, args...) arr[p] = x; ___bpf_fill11(arr, p + 1, ##args)
#define ___bpf_fill(arr, args...) ___bpf_apply(___bpf_fill, ___bpf_narg(args))(arr, 0, ##args)

/* `, m(1), m(2), … m(n)`: what a wrapper hands to the function inside it. */
#define ___ebpf_list0(m)
#define ___ebpf_list1(m) ___ebpf_list0(m), m(1)
#define ___ebpf_list2(m) ___ebpf_list1(m), m(2)
#define ___ebpf_list3(m) ___ebpf_list2(m), m(3)
#define ___ebpf_list4(m) ___ebpf_list3(m), m(4)
#define ___ebpf_list5(m) ___ebpf_list4(m), m(5)
#define ___ebpf_list6(m) ___ebpf_list5(m), m(6)
#define ___ebpf_list7(m) ___ebpf_list6(m), m(7)
#define ___ebpf_list8(m) ___ebpf_list7(m), m(8)
#define ___ebpf_list9(m) ___ebpf_list8(m), m(9)
#define ___ebpf_list10(m) ___ebpf_list9(m), m(10)
#define ___ebpf_list11(m) ___ebpf_list10(m), m(11)
#define ___ebpf_list12(m) ___ebpf_list11(m), m(12)
#define ___ebpf_list(m, args...) ___bpf_apply(___ebpf_list, ___bpf_narg(args))(m)

/* Pairs of type and name: `, type name` each; `, m(type, words before it)` each. */
#define ___ebpf_params0(none...)
#define ___ebpf_pairs0(m, before, none...)
#define ___ebpf_params1(t, x, args...) , t x ___ebpf_params0(args)
#define ___ebpf_pairs1(m, before, t, x, args...) , m(t, before) ___ebpf_pairs0(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params2(t, x, args...) , t x ___ebpf_params1(args)
#define ___ebpf_pairs2(m, before, t, x, args...) , m(t, before) ___ebpf_pairs1(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params3(t, x, args...) , t x ___ebpf_params2(args)
#define ___ebpf_pairs3(m, before, t, x, args...) , m(t, before) ___ebpf_pairs2(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params4(t, x, args...) , t x ___ebpf_params3(args)
#define ___ebpf_pairs4(m, before, t, x, args...) , m(t, before) ___ebpf_pairs3(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params5(t, x, args...) , t x ___ebpf_params4(args)
#define ___ebpf_pairs5(m, before, t, x, args...) , m(t, before) ___ebpf_pairs4(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params6(t, x, args...) , t x ___ebpf_params5(args)
#define ___ebpf_pairs6(m, before, t, x, args...) , m(t, before) ___ebpf_pairs5(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params7(t, x, args...) , t x ___ebpf_params6(args)
#define ___ebpf_pairs7(m, before, t, x, args...) , m(t, before) ___ebpf_pairs6(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params8(t, x, args...) , t x ___ebpf_params7(args)
#define ___ebpf_pairs8(m, before, t, x, args...) , m(t, before) ___ebpf_pairs7(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params9(t, x, args...) , t x ___ebpf_params8(args)
#define ___ebpf_pairs9(m, before, t, x, args...) , m(t, before) ___ebpf_pairs8(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params10(t, x, args...) , t x ___ebpf_params9(args)
#define ___ebpf_pairs10(m, before, t, x, args...) , m(t, before) ___ebpf_pairs9(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params11(t, x, args...) , t x ___ebpf_params10(args)
#define ___ebpf_pairs11(m, before, t, x, args...) , m(t, before) ___ebpf_pairs10(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params12(t, x, args...) , t x ___ebpf_params11(args)
#define ___ebpf_pairs12(m, before, t, x, args...) , m(t, before) ___ebpf_pairs11(m, before + ___ebpf_words(t), ##args)
#define ___ebpf_params(args...) ___bpf_apply(___ebpf_params, ___bpf_narg2(args))(args)
#define ___ebpf_pairs(m, args...) ___bpf_apply(___ebpf_pairs, ___bpf_narg2(args))(m, 0, ##args)


/*
 * ___ebpf_chainN(last, step, dst, p, fields...): the pointers before the last field are read with `step`, one after the
 * other into ___at (___ebpf_chain declares it: one slot of the stack, however long the chain), the field itself with
 * `last` into *dst. `p` is evaluated once, at the first level: below, it only tells a type.
 */
#define ___ebpf_chain1(last, step, dst, p, a) last((void *)(dst), sizeof(*(dst)), &(p)->a)
#define ___ebpf_chain2(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain1(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain3(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain2(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain4(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain3(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain5(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain4(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain6(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain5(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain7(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain6(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain8(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain7(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain9(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain8(last, step, dst, ((typeof((p)->a))___at), more)
#define ___ebpf_chain10(last, step, dst, p, a, more...) step((void *)&___at, sizeof(___at), &(p)->a); ___ebpf_chain9(last, step, dst, ((typeof((p)->a))___at), more)

/* src->a->b->c */
#define ___ebpf_path1(p, a) p->a
#define ___ebpf_path2(p, a, more...) ___ebpf_path1(p->a, more)
#define ___ebpf_path3(p, a, more...) ___ebpf_path2(p->a, more)
#define ___ebpf_path4(p, a, more...) ___ebpf_path3(p->a, more)
#define ___ebpf_path5(p, a, more...) ___ebpf_path4(p->a, more)
#define ___ebpf_path6(p, a, more...) ___ebpf_path5(p->a, more)
#define ___ebpf_path7(p, a, more...) ___ebpf_path6(p->a, more)
#define ___ebpf_path8(p, a, more...) ___ebpf_path7(p->a, more)
#define ___ebpf_path9(p, a, more...) ___ebpf_path8(p->a, more)
#define ___ebpf_path10(p, a, more...) ___ebpf_path9(p->a, more)

#endif
