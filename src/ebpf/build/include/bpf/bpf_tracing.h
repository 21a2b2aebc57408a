/* SPDX-License-Identifier: MIT */
/*
 * Arguments of traced functions: out of the registers of a probe, or out of the array that a tracing program gets.
 * Which registers those are depends on the machine: -D__TARGET_ARCH_x86 (arm64, arm, riscv, s390, powerpc, mips,
 * loongarch, sparc, arc). Calling conventions and register names are those of Linux (arch, include/asm/ptrace.h).
 */
#ifndef __BPF_TRACING_H__
#define __BPF_TRACING_H__

#include <bpf/bpf_helpers.h>

/* ---- The machine: as told, else the one that compiles (which is BPF itself for BPF, hence none). ---- */

#if defined(__TARGET_ARCH_x86)
#define bpf_target_x86
#define bpf_target_defined
#elif defined(__TARGET_ARCH_arm64)
#define bpf_target_arm64
#define bpf_target_defined
#elif defined(__TARGET_ARCH_arm)
#define bpf_target_arm
#define bpf_target_defined
#elif defined(__TARGET_ARCH_riscv)
#define bpf_target_riscv
#define bpf_target_defined
#elif defined(__TARGET_ARCH_s390)
#define bpf_target_s390
#define bpf_target_defined
#elif defined(__TARGET_ARCH_powerpc)
#define bpf_target_powerpc
#define bpf_target_defined
#elif defined(__TARGET_ARCH_mips)
#define bpf_target_mips
#define bpf_target_defined
#elif defined(__TARGET_ARCH_loongarch)
#define bpf_target_loongarch
#define bpf_target_defined
#elif defined(__TARGET_ARCH_sparc)
#define bpf_target_sparc
#define bpf_target_defined
#elif defined(__TARGET_ARCH_arc)
#define bpf_target_arc
#define bpf_target_defined
#elif defined(__x86_64__) || defined(__i386__)
#define bpf_target_x86
#define bpf_target_defined
#elif defined(__aarch64__)
#define bpf_target_arm64
#define bpf_target_defined
#elif defined(__arm__)
#define bpf_target_arm
#define bpf_target_defined
#elif defined(__riscv) && __riscv_xlen == 64
#define bpf_target_riscv
#define bpf_target_defined
#elif defined(__s390__)
#define bpf_target_s390
#define bpf_target_defined
#elif defined(__powerpc__)
#define bpf_target_powerpc
#define bpf_target_defined
#elif defined(__mips__)
#define bpf_target_mips
#define bpf_target_defined
#elif defined(__loongarch__)
#define bpf_target_loongarch
#define bpf_target_defined
#elif defined(__sparc__)
#define bpf_target_sparc
#define bpf_target_defined
#elif defined(__arc__)
#define bpf_target_arc
#define bpf_target_defined
#endif

struct pt_regs;

/* ---- Registers: PARM1…8 of a function, …_SYSCALL of a system call; RET is where the return address is. ---- */

#if defined(bpf_target_x86)

#if defined(__KERNEL__) || defined(__VMLINUX_H__)
#define __PT_PARM1_REG di
#define __PT_PARM2_REG si
#define __PT_PARM3_REG dx
#define __PT_PARM4_REG cx
#define __PT_PARM5_REG r8
#define __PT_PARM6_REG r9
#define __PT_PARM1_SYSCALL_REG di
#define __PT_PARM2_SYSCALL_REG si
#define __PT_PARM3_SYSCALL_REG dx
#define __PT_PARM4_SYSCALL_REG r10
#define __PT_PARM5_SYSCALL_REG r8
#define __PT_PARM6_SYSCALL_REG r9
#define __PT_RET_REG sp
#define __PT_FP_REG bp
#define __PT_RC_REG ax
#define __PT_SP_REG sp
#define __PT_IP_REG ip
#elif defined(__i386__)
#define __PT_PARM1_REG eax
#define __PT_PARM2_REG edx
#define __PT_PARM3_REG ecx
#define __PT_PARM1_SYSCALL_REG ebx
#define __PT_PARM2_SYSCALL_REG ecx
#define __PT_PARM3_SYSCALL_REG edx
#define __PT_PARM4_SYSCALL_REG esi
#define __PT_PARM5_SYSCALL_REG edi
#define __PT_PARM6_SYSCALL_REG ebp
#define __PT_RET_REG esp
#define __PT_FP_REG ebp
#define __PT_RC_REG eax
#define __PT_SP_REG esp
#define __PT_IP_REG eip
#else /* as <linux/ptrace.h> spells them */
#define __PT_PARM1_REG rdi
#define __PT_PARM2_REG rsi
#define __PT_PARM3_REG rdx
#define __PT_PARM4_REG rcx
#define __PT_PARM5_REG r8
#define __PT_PARM6_REG r9
#define __PT_PARM1_SYSCALL_REG rdi
#define __PT_PARM2_SYSCALL_REG rsi
#define __PT_PARM3_SYSCALL_REG rdx
#define __PT_PARM4_SYSCALL_REG r10
#define __PT_PARM5_SYSCALL_REG r8
#define __PT_PARM6_SYSCALL_REG r9
#define __PT_RET_REG rsp
#define __PT_FP_REG rbp
#define __PT_RC_REG rax
#define __PT_SP_REG rsp
#define __PT_IP_REG rip
#endif

#elif defined(bpf_target_arm64)

#define __PT_REGS_CAST(x) ((const struct user_pt_regs *)(x))
/* The name that libbpf before 0.6 had for it, which programs took over. */
#define PT_REGS_ARM64 const volatile struct user_pt_regs
#define __PT_PARM1_REG regs[0]
#define __PT_PARM2_REG regs[1]
#define __PT_PARM3_REG regs[2]
#define __PT_PARM4_REG regs[3]
#define __PT_PARM5_REG regs[4]
#define __PT_PARM6_REG regs[5]
#define __PT_PARM7_REG regs[6]
#define __PT_PARM8_REG regs[7]
#define __PT_PARM1_SYSCALL_REG orig_x0
#define __PT_PARM2_SYSCALL_REG regs[1]
#define __PT_PARM3_SYSCALL_REG regs[2]
#define __PT_PARM4_SYSCALL_REG regs[3]
#define __PT_PARM5_SYSCALL_REG regs[4]
#define __PT_PARM6_SYSCALL_REG regs[5]
#define __PT_RET_REG regs[30]
#define __PT_FP_REG regs[29]
#define __PT_RC_REG regs[0]
#define __PT_SP_REG sp
#define __PT_IP_REG pc
struct pt_regs___arm64 {
	unsigned long orig_x0;
} __attribute__((preserve_access_index));
#define PT_REGS_PARM1_SYSCALL(x) (((const struct pt_regs___arm64 *)(x))->orig_x0)
#define PT_REGS_PARM1_CORE_SYSCALL(x) BPF_CORE_READ((const struct pt_regs___arm64 *)(x), orig_x0)

#elif defined(bpf_target_arm)

#define __PT_PARM1_REG uregs[0]
#define __PT_PARM2_REG uregs[1]
#define __PT_PARM3_REG uregs[2]
#define __PT_PARM4_REG uregs[3]
#define __PT_PARM1_SYSCALL_REG uregs[0]
#define __PT_PARM2_SYSCALL_REG uregs[1]
#define __PT_PARM3_SYSCALL_REG uregs[2]
#define __PT_PARM4_SYSCALL_REG uregs[3]
#define __PT_PARM5_SYSCALL_REG uregs[4]
#define __PT_PARM6_SYSCALL_REG uregs[5]
#define __PT_PARM7_SYSCALL_REG uregs[6]
#define __PT_RET_REG uregs[14]
#define __PT_FP_REG uregs[11]
#define __PT_RC_REG uregs[0]
#define __PT_SP_REG uregs[13]
#define __PT_IP_REG uregs[15]

#elif defined(bpf_target_riscv)

#define __PT_REGS_CAST(x) ((const struct user_regs_struct *)(x))
#define __PT_PARM1_REG a0
#define __PT_PARM2_REG a1
#define __PT_PARM3_REG a2
#define __PT_PARM4_REG a3
#define __PT_PARM5_REG a4
#define __PT_PARM6_REG a5
#define __PT_PARM7_REG a6
#define __PT_PARM8_REG a7
#define __PT_PARM1_SYSCALL_REG orig_a0
#define __PT_PARM2_SYSCALL_REG a1
#define __PT_PARM3_SYSCALL_REG a2
#define __PT_PARM4_SYSCALL_REG a3
#define __PT_PARM5_SYSCALL_REG a4
#define __PT_PARM6_SYSCALL_REG a5
#define __PT_RET_REG ra
#define __PT_FP_REG s0
#define __PT_RC_REG a0
#define __PT_SP_REG sp
#define __PT_IP_REG pc
struct pt_regs___riscv {
	unsigned long orig_a0;
} __attribute__((preserve_access_index));
#define PT_REGS_PARM1_SYSCALL(x) (((const struct pt_regs___riscv *)(x))->orig_a0)
#define PT_REGS_PARM1_CORE_SYSCALL(x) BPF_CORE_READ((const struct pt_regs___riscv *)(x), orig_a0)

#elif defined(bpf_target_s390)

#define __PT_REGS_CAST(x) ((const user_pt_regs *)(x))
#define PT_REGS_S390 const volatile user_pt_regs
#define __PT_PARM1_REG gprs[2]
#define __PT_PARM2_REG gprs[3]
#define __PT_PARM3_REG gprs[4]
#define __PT_PARM4_REG gprs[5]
#define __PT_PARM5_REG gprs[6]
#define __PT_PARM1_SYSCALL_REG orig_gpr2
#define __PT_PARM2_SYSCALL_REG gprs[3]
#define __PT_PARM3_SYSCALL_REG gprs[4]
#define __PT_PARM4_SYSCALL_REG gprs[5]
#define __PT_PARM5_SYSCALL_REG gprs[6]
#define __PT_PARM6_SYSCALL_REG gprs[7]
#define __PT_RET_REG gprs[14]
#define __PT_FP_REG gprs[11]
#define __PT_RC_REG gprs[2]
#define __PT_SP_REG gprs[15]
#define __PT_IP_REG psw.addr
struct pt_regs___s390 {
	unsigned long orig_gpr2;
} __attribute__((preserve_access_index));
#define PT_REGS_PARM1_SYSCALL(x) (((const struct pt_regs___s390 *)(x))->orig_gpr2)
#define PT_REGS_PARM1_CORE_SYSCALL(x) BPF_CORE_READ((const struct pt_regs___s390 *)(x), orig_gpr2)

#elif defined(bpf_target_powerpc)

#define __PT_PARM1_REG gpr[3]
#define __PT_PARM2_REG gpr[4]
#define __PT_PARM3_REG gpr[5]
#define __PT_PARM4_REG gpr[6]
#define __PT_PARM5_REG gpr[7]
#define __PT_PARM6_REG gpr[8]
#define __PT_PARM7_REG gpr[9]
#define __PT_PARM8_REG gpr[10]
#define __PT_PARM1_SYSCALL_REG orig_gpr3
#define __PT_PARM2_SYSCALL_REG gpr[4]
#define __PT_PARM3_SYSCALL_REG gpr[5]
#define __PT_PARM4_SYSCALL_REG gpr[6]
#define __PT_PARM5_SYSCALL_REG gpr[7]
#define __PT_PARM6_SYSCALL_REG gpr[8]
#define __PT_RET_REG link
#define __PT_FP_REG __unsupported__
#define __PT_RC_REG gpr[3]
#define __PT_SP_REG gpr[1]
#define __PT_IP_REG nip
#define PT_REGS_SYSCALL_REGS(ctx) ctx

#elif defined(bpf_target_mips)

#define __PT_PARM1_REG regs[4]
#define __PT_PARM2_REG regs[5]
#define __PT_PARM3_REG regs[6]
#define __PT_PARM4_REG regs[7]
#define __PT_PARM5_REG regs[8]
#define __PT_PARM6_REG regs[9]
#define __PT_PARM7_REG regs[10]
#define __PT_PARM8_REG regs[11]
#define __PT_PARM1_SYSCALL_REG regs[4]
#define __PT_PARM2_SYSCALL_REG regs[5]
#define __PT_PARM3_SYSCALL_REG regs[6]
#define __PT_PARM4_SYSCALL_REG regs[7]
#define __PT_PARM5_SYSCALL_REG regs[8]
#define __PT_PARM6_SYSCALL_REG regs[9]
#define __PT_RET_REG regs[31]
#define __PT_FP_REG regs[30]
#define __PT_RC_REG regs[2]
#define __PT_SP_REG regs[29]
#define __PT_IP_REG cp0_epc

#elif defined(bpf_target_loongarch)

#define __PT_REGS_CAST(x) ((const struct user_pt_regs *)(x))
#define __PT_PARM1_REG regs[4]
#define __PT_PARM2_REG regs[5]
#define __PT_PARM3_REG regs[6]
#define __PT_PARM4_REG regs[7]
#define __PT_PARM5_REG regs[8]
#define __PT_PARM6_REG regs[9]
#define __PT_PARM7_REG regs[10]
#define __PT_PARM8_REG regs[11]
#define __PT_PARM1_SYSCALL_REG regs[4]
#define __PT_PARM2_SYSCALL_REG regs[5]
#define __PT_PARM3_SYSCALL_REG regs[6]
#define __PT_PARM4_SYSCALL_REG regs[7]
#define __PT_PARM5_SYSCALL_REG regs[8]
#define __PT_PARM6_SYSCALL_REG regs[9]
#define __PT_RET_REG regs[1]
#define __PT_FP_REG regs[22]
#define __PT_RC_REG regs[4]
#define __PT_SP_REG regs[3]
#define __PT_IP_REG csr_era
#define PT_REGS_SYSCALL_REGS(ctx) ctx

#elif defined(bpf_target_sparc)

#define __PT_PARM1_REG u_regs[UREG_I0]
#define __PT_PARM2_REG u_regs[UREG_I1]
#define __PT_PARM3_REG u_regs[UREG_I2]
#define __PT_PARM4_REG u_regs[UREG_I3]
#define __PT_PARM5_REG u_regs[UREG_I4]
#define __PT_PARM6_REG u_regs[UREG_I5]
#define __PT_PARM1_SYSCALL_REG u_regs[UREG_I0]
#define __PT_PARM2_SYSCALL_REG u_regs[UREG_I1]
#define __PT_PARM3_SYSCALL_REG u_regs[UREG_I2]
#define __PT_PARM4_SYSCALL_REG u_regs[UREG_I3]
#define __PT_PARM5_SYSCALL_REG u_regs[UREG_I4]
#define __PT_PARM6_SYSCALL_REG u_regs[UREG_I5]
#define __PT_RET_REG u_regs[UREG_I7]
#define __PT_FP_REG __unsupported__
#define __PT_RC_REG u_regs[UREG_I0]
#define __PT_SP_REG u_regs[UREG_FP]
#define __PT_IP_REG tpc

#elif defined(bpf_target_arc)

#define __PT_REGS_CAST(x) ((const struct user_regs_struct *)(x))
#define __PT_PARM1_REG scratch.r0
#define __PT_PARM2_REG scratch.r1
#define __PT_PARM3_REG scratch.r2
#define __PT_PARM4_REG scratch.r3
#define __PT_PARM5_REG scratch.r4
#define __PT_PARM6_REG scratch.r5
#define __PT_PARM7_REG scratch.r6
#define __PT_PARM8_REG scratch.r7
#define __PT_PARM1_SYSCALL_REG scratch.r0
#define __PT_PARM2_SYSCALL_REG scratch.r1
#define __PT_PARM3_SYSCALL_REG scratch.r2
#define __PT_PARM4_SYSCALL_REG scratch.r3
#define __PT_PARM5_SYSCALL_REG scratch.r4
#define __PT_PARM6_SYSCALL_REG scratch.r5
#define __PT_RET_REG scratch.blink
#define __PT_FP_REG scratch.fp
#define __PT_RC_REG scratch.r0
#define __PT_SP_REG scratch.sp
#define __PT_IP_REG scratch.ret
#define PT_REGS_SYSCALL_REGS(ctx) ctx

#endif

#ifndef __PT_REGS_CAST
#define __PT_REGS_CAST(x) (x)
#endif
/* Arguments that this machine passes on the stack: no register, and the compiler says so by this name. */
#ifndef __PT_PARM4_REG
#define __PT_PARM4_REG __unsupported__
#endif
#ifndef __PT_PARM5_REG
#define __PT_PARM5_REG __unsupported__
#endif
#ifndef __PT_PARM6_REG
#define __PT_PARM6_REG __unsupported__
#endif
#ifndef __PT_PARM7_REG
#define __PT_PARM7_REG __unsupported__
#endif
#ifndef __PT_PARM8_REG
#define __PT_PARM8_REG __unsupported__
#endif
#ifndef __PT_PARM7_SYSCALL_REG
#define __PT_PARM7_SYSCALL_REG __unsupported__
#endif

#ifdef bpf_target_defined
/* By a plain load: `x` is a program's own context. */
#define ___ebpf_reg(x, name) (__PT_REGS_CAST(x)->name)
/* By copying, with CO-RE: `x` is any pointer to registers. */
#define ___ebpf_reg_core(x, name) BPF_CORE_READ(__PT_REGS_CAST(x), name)
#else
#ifndef __BPF_TARGET_MISSING
#define __BPF_TARGET_MISSING                                                                                          \
	"GCC error \"registers differ from machine to machine: compile with -D__TARGET_ARCH_x86 (or arm64, arm, riscv, ...)\""
#endif
#define ___ebpf_reg(x, name) ({ _Pragma(__BPF_TARGET_MISSING); 0l; })
#define ___ebpf_reg_core(x, name) ({ _Pragma(__BPF_TARGET_MISSING); 0l; })
#endif

#define PT_REGS_PARM1(x) ___ebpf_reg(x, __PT_PARM1_REG)
#define PT_REGS_PARM1_CORE(x) ___ebpf_reg_core(x, __PT_PARM1_REG)
#define PT_REGS_PARM2(x) ___ebpf_reg(x, __PT_PARM2_REG)
#define PT_REGS_PARM2_CORE(x) ___ebpf_reg_core(x, __PT_PARM2_REG)
#define PT_REGS_PARM3(x) ___ebpf_reg(x, __PT_PARM3_REG)
#define PT_REGS_PARM3_CORE(x) ___ebpf_reg_core(x, __PT_PARM3_REG)
#define PT_REGS_PARM4(x) ___ebpf_reg(x, __PT_PARM4_REG)
#define PT_REGS_PARM4_CORE(x) ___ebpf_reg_core(x, __PT_PARM4_REG)
#define PT_REGS_PARM5(x) ___ebpf_reg(x, __PT_PARM5_REG)
#define PT_REGS_PARM5_CORE(x) ___ebpf_reg_core(x, __PT_PARM5_REG)
#define PT_REGS_PARM6(x) ___ebpf_reg(x, __PT_PARM6_REG)
#define PT_REGS_PARM6_CORE(x) ___ebpf_reg_core(x, __PT_PARM6_REG)
#define PT_REGS_PARM7(x) ___ebpf_reg(x, __PT_PARM7_REG)
#define PT_REGS_PARM7_CORE(x) ___ebpf_reg_core(x, __PT_PARM7_REG)
#define PT_REGS_PARM8(x) ___ebpf_reg(x, __PT_PARM8_REG)
#define PT_REGS_PARM8_CORE(x) ___ebpf_reg_core(x, __PT_PARM8_REG)
#define PT_REGS_RET(x) ___ebpf_reg(x, __PT_RET_REG)
#define PT_REGS_RET_CORE(x) ___ebpf_reg_core(x, __PT_RET_REG)
#define PT_REGS_FP(x) ___ebpf_reg(x, __PT_FP_REG)
#define PT_REGS_FP_CORE(x) ___ebpf_reg_core(x, __PT_FP_REG)
#define PT_REGS_RC(x) ___ebpf_reg(x, __PT_RC_REG)
#define PT_REGS_RC_CORE(x) ___ebpf_reg_core(x, __PT_RC_REG)
#define PT_REGS_SP(x) ___ebpf_reg(x, __PT_SP_REG)
#define PT_REGS_SP_CORE(x) ___ebpf_reg_core(x, __PT_SP_REG)
#define PT_REGS_IP(x) ___ebpf_reg(x, __PT_IP_REG)
#define PT_REGS_IP_CORE(x) ___ebpf_reg_core(x, __PT_IP_REG)

/* The first is the kernel's own copy on some machines: the register is overwritten before the system call runs. */
#ifndef PT_REGS_PARM1_SYSCALL
#define PT_REGS_PARM1_SYSCALL(x) ___ebpf_reg(x, __PT_PARM1_SYSCALL_REG)
#endif
#ifndef PT_REGS_PARM1_CORE_SYSCALL
#define PT_REGS_PARM1_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM1_SYSCALL_REG)
#endif
#define PT_REGS_PARM2_SYSCALL(x) ___ebpf_reg(x, __PT_PARM2_SYSCALL_REG)
#define PT_REGS_PARM2_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM2_SYSCALL_REG)
#define PT_REGS_PARM3_SYSCALL(x) ___ebpf_reg(x, __PT_PARM3_SYSCALL_REG)
#define PT_REGS_PARM3_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM3_SYSCALL_REG)
#define PT_REGS_PARM4_SYSCALL(x) ___ebpf_reg(x, __PT_PARM4_SYSCALL_REG)
#define PT_REGS_PARM4_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM4_SYSCALL_REG)
#define PT_REGS_PARM5_SYSCALL(x) ___ebpf_reg(x, __PT_PARM5_SYSCALL_REG)
#define PT_REGS_PARM5_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM5_SYSCALL_REG)
#define PT_REGS_PARM6_SYSCALL(x) ___ebpf_reg(x, __PT_PARM6_SYSCALL_REG)
#define PT_REGS_PARM6_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM6_SYSCALL_REG)
#define PT_REGS_PARM7_SYSCALL(x) ___ebpf_reg(x, __PT_PARM7_SYSCALL_REG)
#define PT_REGS_PARM7_CORE_SYSCALL(x) ___ebpf_reg_core(x, __PT_PARM7_SYSCALL_REG)

/* Where a system call's registers are, for a probe on its kernel function: most machines hand them on by pointer. */
#ifndef PT_REGS_SYSCALL_REGS
#define PT_REGS_SYSCALL_REGS(ctx) ((struct pt_regs *)PT_REGS_PARM1(ctx))
#endif

/* The return address, at the entry of a function and at its return. */
#if !defined(bpf_target_defined)
#define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ _Pragma(__BPF_TARGET_MISSING); 0l; })
#define BPF_KRETPROBE_READ_RET_IP BPF_KPROBE_READ_RET_IP
#elif defined(bpf_target_powerpc) || defined(bpf_target_sparc) || defined(bpf_target_arm64)
#define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ (ip) = PT_REGS_RET(ctx); })
#define BPF_KRETPROBE_READ_RET_IP BPF_KPROBE_READ_RET_IP
#else
#define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ bpf_probe_read_kernel(&(ip), sizeof(ip), (void *)PT_REGS_RET(ctx)); })
#define BPF_KRETPROBE_READ_RET_IP(ip, ctx)                                                                            \
	({ bpf_probe_read_kernel(&(ip), sizeof(ip), (void *)(PT_REGS_FP(ctx) + sizeof(ip))); })
#endif

/* ---- Programs with named arguments. Each is two functions: the program itself, and inside it the one that is written
 * behind the macro, whose arguments are of the types that it says. `ctx` is there too. ---- */

#define ___ebpf_unchecked(expression)                                                                                 \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") expression              \
	_Pragma("GCC diagnostic pop")

/* fentry, fexit, fmod_return, lsm, tp_btf, raw_tp, iter, struct_ops: arguments are 64-bit words. */
#define ___ebpf_word(n) ctx[(n) - 1]
#define BPF_PROG(name, args...)                                                                                       \
	name(unsigned long long *ctx);                                                                                 \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx, ##args);                            \
	typeof(name(0)) name(unsigned long long *ctx)                                                                  \
	{                                                                                                              \
		___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_word, args));)                            \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx, ##args)

/* The same where arguments may be structs of up to 16 bytes: type and name are parted by a comma,
 * BPF_PROG2(f, struct pair, p, int, n). */
#define ___ebpf_words(t) (sizeof(t) > 8 ? 2 : 1)
#define ___ebpf_value(t, at)                                                                                          \
	({                                                                                                             \
		_Static_assert(sizeof(t) <= 16, "an argument of more than 16 bytes is not passed in registers");       \
		union {                                                                                                \
			unsigned char b;                                                                               \
			unsigned short h;                                                                              \
			unsigned int w;                                                                                \
			unsigned long long d[2];                                                                       \
			t value;                                                                                       \
		} ___u;                                                                                                \
		if (sizeof(t) == 1)                                                                                    \
			___u.b = ctx[at];                                                                              \
		else if (sizeof(t) == 2)                                                                               \
			___u.h = ctx[at];                                                                              \
		else if (sizeof(t) == 4)                                                                               \
			___u.w = ctx[at];                                                                              \
		else {                                                                                                 \
			___u.d[0] = ctx[at];                                                                           \
			if (sizeof(t) > 8)                                                                             \
				___u.d[1] = ctx[(at) + 1];                                                             \
		}                                                                                                      \
		___u.value;                                                                                            \
	})
#define BPF_PROG2(name, args...)                                                                                      \
	name(unsigned long long *ctx);                                                                                 \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx ___ebpf_params(args));               \
	typeof(name(0)) name(unsigned long long *ctx)                                                                  \
	{                                                                                                              \
		return ____##name(ctx ___ebpf_pairs(___ebpf_value, args));                                             \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx ___ebpf_params(args))

/* kprobe, uprobe: arguments from registers. */
#define ___ebpf_parm(n) (unsigned long long)___bpf_apply(PT_REGS_PARM, n)(ctx)
#define BPF_KPROBE(name, args...)                                                                                     \
	name(struct pt_regs *ctx);                                                                                     \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args);                                \
	typeof(name(0)) name(struct pt_regs *ctx)                                                                      \
	{                                                                                                              \
		___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_parm, args));)                            \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)
#define BPF_UPROBE(name, args...) BPF_KPROBE(name, ##args)

/* kretprobe, uretprobe: nothing, or the value that was returned. */
#define ___ebpf_returned(n) (unsigned long long)PT_REGS_RC(ctx)
#define BPF_KRETPROBE(name, args...)                                                                                  \
	name(struct pt_regs *ctx);                                                                                     \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args);                                \
	typeof(name(0)) name(struct pt_regs *ctx)                                                                      \
	{                                                                                                              \
		___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_returned, args));)                        \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)
#define BPF_URETPROBE(name, args...) BPF_KRETPROBE(name, ##args)

/*
 * ksyscall, kprobe on a system call's function: the arguments of the system call. Where the kernel's functions get them
 * by a pointer to registers (the loader knows), they are copied from there; else they are in the context.
 */
#define ___ebpf_syscall_parm(n) (unsigned long long)___bpf_concat3(PT_REGS_PARM, n, _SYSCALL)(___regs)
#define ___ebpf_syscall_copy(n) (unsigned long long)___bpf_concat3(PT_REGS_PARM, n, _CORE_SYSCALL)(___regs)
#define ___bpf_concat3(a, b, c) a##b##c
#define BPF_KSYSCALL(name, args...)                                                                                   \
	name(struct pt_regs *ctx);                                                                                     \
	extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;                                                              \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args);                                \
	typeof(name(0)) name(struct pt_regs *ctx)                                                                      \
	{                                                                                                              \
		struct pt_regs *___regs =                                                                             \
			LINUX_HAS_SYSCALL_WRAPPER ? (struct pt_regs *)PT_REGS_PARM1(ctx) : ctx;                       \
		if (LINUX_HAS_SYSCALL_WRAPPER)                                                                        \
			___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_syscall_copy, args));)           \
		else                                                                                                  \
			___ebpf_unchecked(return ____##name(ctx ___ebpf_list(___ebpf_syscall_parm, args));)           \
	}                                                                                                              \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)
#define BPF_KPROBE_SYSCALL BPF_KSYSCALL

/* PT_REGS_…_CORE and BPF_KSYSCALL copy by CO-RE. */
#include <bpf/bpf_core_read.h>

#endif
