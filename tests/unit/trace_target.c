/* A program whose functions are probed. Every line it prints must be the same whether they are or not. */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <spawn.h>

#define NOINLINE __attribute__((noinline, noclone, used))

NOINLINE long add(long a, long b) { asm volatile("" ::: "memory"); return a + b; }
NOINLINE long fib(long n) { asm volatile("" ::: "memory"); return n < 2 ? n : fib(n - 1) + fib(n - 2); }
NOINLINE const char *name(const char *text) { asm volatile("" ::: "memory"); return text; }
/* A jump in place of a call, when optimised: tail() returns for both. */
NOINLINE long last(long a) { asm volatile("" ::: "memory"); return a * 3; }
NOINLINE long tail(long a) { asm volatile("" ::: "memory"); return last(a + 1); }
static jmp_buf place;
NOINLINE void leaps(int n) { asm volatile("" ::: "memory"); if (n) leaps(n - 1); longjmp(place, 1); }
NOINLINE long after(long a) { asm volatile("" ::: "memory"); return a; }

#if defined(__x86_64__)
/* Functions that begin with each instruction that the tracer does by itself, and some that it steps over. The result of each
   depends on what the instruction does, flags included: it is folded with lahf. */
#define FIRST(number, instruction, rest)                                                                              \
	asm(".text\n.globl first" #number "\n.type first" #number ",@function\nfirst" #number ":\n" instruction "\n" rest \
	    "\nret\n.size first" #number ",.-first" #number "\n");                                                         \
	extern long first##number(long, long)
#define FLAGS "lahf\nmovzbl %ah, %eax\nseto %cl\nmovzbl %cl, %ecx\nshl $8, %ecx\nor %rcx, %rax\nand $0x1ef, %eax"
FIRST(1, "endbr64", "lea (%rdi,%rsi), %rax");
FIRST(2, "push %rbp", "mov %rsp, %rax\npop %rbp\nsub %rsp, %rax\nadd %rdi, %rax");
FIRST(3, "push %r15", "mov (%rsp), %rax\nsub %r15, %rax\npop %r15\nadd %rsi, %rax");
FIRST(4, "push %rsp", "pop %rax\nsub %rsp, %rax");
FIRST(5, "sub $40, %rsp", "pushf\npop %rax\nadd $40, %rsp\nand $0xc1, %eax\nadd %rdi, %rax");
FIRST(6, "sub $4096, %rsp", "pushf\npop %rax\nadd $4096, %rsp\nand $0xc1, %eax");
FIRST(7, "xor %eax, %eax", "pushf\npop %rax\nand $0x8c5, %eax");
FIRST(8, "test %rdi, %rdi", FLAGS);
FIRST(9, "test %edi, %esi", FLAGS);
FIRST(10, "mov %rdi, %rax", "add %rsi, %rax");
FIRST(11, "mov %edi, %eax", "add %rsi, %rax");
FIRST(12, "mov $0xfffffff0, %eax", "add %rsi, %rax");
FIRST(13, "jmp 1f\nud2\n1:", "mov %rsi, %rax");
FIRST(14, "call 1f\nlea 1(%rax), %rax\nret\n1:", "mov %rdi, %rax");
FIRST(15, "nopw 0x100(%rax,%rax,1)", "mov %rsi, %rax");
FIRST(16, "xor %r9d, %edi", "pushf\npop %rax\nand $0x4, %eax\nsub %rax, %rax\nmov $5, %eax");
FIRST(17, "lea (%rdi,%rsi,4), %rax", "nop");
FIRST(18, "add %rdi, %rsi", "mov %rsi, %rax");
FIRST(19, "mov 0(%rsp), %rax", "sub %rax, %rax\nadd %rdi, %rax");
FIRST(20, "xchg %ax, %ax", "mov %rsi, %rax");
FIRST(21, "push %rbx\n", "mov %rdi, %rbx\nmov %rbx, %rax\npop %rbx");
FIRST(22, "movabs $0x123456789abcdef0, %rax", "add %rdi, %rax");
FIRST(23, "cmp %rsi, %rdi", FLAGS);
FIRST(24, "xor %rdi, %rsi", "mov %rsi, %rax");
static long (*const firsts[])(long, long) = {
	first1, first2, first3, first4, first5, first6, first7, first8, first9, first10, first11, first12, first13, first14,
	first15, first16, first17, first18, first19, first20, first21, first22, first23, first24,
};
#endif

#define PROBE(what, semaphore, format, ...)                                                                           \
	asm volatile("990: nop\n.pushsection .note.stapsdt,\"?\",\"note\"\n.balign 4\n.4byte 992f-991f,994f-993f,3\n"        \
		     "991: .asciz \"stapsdt\"\n992: .balign 4\n993: .8byte 990b,_.stapsdt.base," semaphore "\n"                  \
		     ".asciz \"target\"\n.asciz \"" what "\"\n.asciz \"" format "\"\n994: .balign 4\n.popsection\n"               \
		     ".ifndef _.stapsdt.base\n.pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n"              \
		     ".weak _.stapsdt.base\n.hidden _.stapsdt.base\n_.stapsdt.base: .space 1\n.size _.stapsdt.base,1\n"           \
		     ".popsection\n.endif\n" ::__VA_ARGS__)
#define STR(x) #x
__attribute__((section(".probes"), used)) unsigned short target_counted_semaphore;

NOINLINE void probed(int a, const char *text)
{
	PROBE("plain", "0", "-4@%0 8@%1 -4@$-7", "r"(a), "r"(text));
	if (*(volatile unsigned short *)&target_counted_semaphore)
		PROBE("counted", "target_counted_semaphore", "-4@%0", "r"(a));
}

static void *thread(void *argument)
{
	long sum = 0;
	for (long i = 0; i < 50; i++)
#if defined(__x86_64__)
		sum += first18(i, 1);
#else
		sum += add(i, 1);
#endif
	return (void *)sum;
}

static void on_signal(int number) { (void)number; after(0); }

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "calls")) {
		printf("%ld %ld %s %ld\n", add(20, 22), fib(10), name("text"), tail(5));
		if (!setjmp(place))
			leaps(3);
		printf("%ld\n", after(7));
	}
#if defined(__x86_64__)
	if (!strcmp(what, "firsts"))
		for (unsigned i = 0; i < sizeof(firsts) / sizeof(*firsts); i++)
			printf("%u: %lx %lx %lx\n", i + 1, firsts[i](5, 3), firsts[i](0, -1), firsts[i](1L << 31, -2));
#endif
	if (!strcmp(what, "threads")) {
		pthread_t ids[8];
		long sum = 0;
		for (int i = 0; i < 8; i++)
			pthread_create(&ids[i], 0, thread, 0);
		for (int i = 0; i < 8; i++) {
			void *result;
			pthread_join(ids[i], &result);
			sum += (long)result;
		}
		printf("%ld\n", sum);
	}
	if (!strcmp(what, "forks")) {
		add(1, 1);
		for (int i = 0; i < 3; i++) {
			pid_t pid = fork();
			if (!pid) {
				_exit((int)add(i, 1));
			}
			int status;
			waitpid(pid, &status, 0);
			printf("%d\n", WEXITSTATUS(status));
		}
		char *const args[] = {argv[0], "calls", 0}, *const env[] = {0};
		pid_t pid;
		fflush(stdout);
		posix_spawn(&pid, argv[0], 0, 0, args, env);
		waitpid(pid, 0, 0);
		pid = vfork();
		if (!pid) {
			add(3, 3);
			_exit(0);
		}
		waitpid(pid, 0, 0);
		printf("%ld\n", add(2, 2));
	}
	if (!strcmp(what, "signals")) {
		signal(SIGALRM, on_signal);
		signal(SIGSEGV, on_signal);
		ualarm(500, 500);
		long sum = 0;
		for (long i = 0; i < 200; i++)
			sum += fib(3);
		ualarm(0, 0);
		raise(SIGSEGV);
		printf("%ld\n", sum);
	}
	if (!strcmp(what, "probes"))
		for (int i = -2; i < 3; i++)
			probed(i, "some text");
	return 0;
}
