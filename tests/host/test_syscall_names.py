"""The table of system calls against what this kernel's tracepoints say."""

from __future__ import annotations

import platform
import subprocess

import pytest

from ebpf.uapi.syscalls import syscalls

pytestmark = pytest.mark.host


def test_argument_names_are_this_kernels() -> None:
    # Where tracefs isn't mounted it is mounted in a namespace that ends with the command.
    script = "mount -t tracefs tracefs /mnt && cd /mnt/events/syscalls && grep -H 'field:' sys_enter_*/format"
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no tracefs: {done.stderr.strip()}")
    fields: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        path, text = line.split(":", 1)
        name = text.split(";")[0].split()[-1].strip("*")
        fields.setdefault(path.split("/")[0].removeprefix("sys_enter_"), []).append(name)
    table = syscalls(platform.machine())
    assert len(fields) > 300
    for entry, names in fields.items():
        # Four common fields and the number come first.
        assert tuple(names[5:]) == table.by_entry[entry].args, entry
