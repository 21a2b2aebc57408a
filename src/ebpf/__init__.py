"""eBPF for Python: the same object file runs in the Linux kernel or inside the process."""
