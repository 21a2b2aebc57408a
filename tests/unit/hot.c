/* A program that spends its time in one function, for tests of stack traces. */
#include <stdlib.h>
volatile unsigned long total;
__attribute__((noinline)) void very_hot(unsigned long n)
{
	for (unsigned long i = 0; i < n; i++)
		total += i * i;
}
__attribute__((noinline)) void middle(void)
{
	very_hot(100000);
	total++;
}
int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : -1;

	for (long i = 0; i != rounds; i++)
		middle();
	return 0;
}
