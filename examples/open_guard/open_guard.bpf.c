// Refuses to open one file (for reading, too), and counts the attempts. Two ways to the same end: Linux's security hook, for
// the whole machine; the system call of a command, where there is no privilege.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define EACCES 13
#define LENGTH 64

const volatile char guarded[LENGTH];
__u64 refused;

static __always_inline int is_guarded(const char *path)
{
    for (int i = 0; i < LENGTH; i++) {
        if (path[i] != guarded[i])
            return 0;
        if (!path[i])
            return 1;
    }
    return 0;
}

SEC("?lsm/file_open")
int BPF_PROG(guard_file, struct file *file)
{
    char path[LENGTH] = {};

    if (bpf_d_path(&file->f_path, path, sizeof(path)) < 0 || !is_guarded(path))
        return 0;
    __sync_fetch_and_add(&refused, 1);
    return -EACCES;
}

SEC("?ksyscall/openat")
int BPF_KSYSCALL(guard_call, int folder, const char *name)
{
    char path[LENGTH] = {};

    if (bpf_probe_read_user_str(path, sizeof(path), name) < 0 || !is_guarded(path))
        return 0;
    __sync_fetch_and_add(&refused, 1);
    bpf_override_return(ctx, -EACCES);
    return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
