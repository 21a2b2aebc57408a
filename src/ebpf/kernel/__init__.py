"""Engine 2: the Linux kernel, by bpf(2)."""
