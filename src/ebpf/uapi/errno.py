"""Linux's error numbers: what helpers and maps give programs, which were compiled with them, on whatever system that is.

include/uapi/asm-generic/errno-base.h, errno.h, which all machines have that BPF programs are compiled for but MIPS and SPARC.
"""

from __future__ import annotations

EPERM = 1
ENOENT = 2
E2BIG = 7
EBADF = 9
EAGAIN = 11
ENOMEM = 12
EACCES = 13
EFAULT = 14
EBUSY = 16
EEXIST = 17
ENODEV = 19
EINVAL = 22
ENOSPC = 28
ERANGE = 34
EDEADLK = 35
ENODATA = 61
EPROTO = 71
EOVERFLOW = 75
EOPNOTSUPP = 95
