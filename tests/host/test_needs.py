"""What docs/kernel-support.md says that a kernel was built without, it was."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest

from kernel_support import LANES, NEEDS

pytestmark = pytest.mark.host


def configuration() -> set[str]:
    """The options that the running kernel has. Skips where it doesn't tell."""
    for path in ("/proc/config.gz", f"/boot/config-{os.uname().release}"):
        if os.path.exists(path):
            data = Path(path).read_bytes()
            text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
            return set(re.findall(r"^(CONFIG_\w+)=[ym]$", text, re.MULTILINE))
    pytest.skip("this kernel doesn't show how it was built")


def test_what_it_was_built_without_is_not_there() -> None:
    lane = os.environ.get("EBPF_IN_GUEST", "host")
    if lane == "host" and not os.uname().release.startswith(LANES["host"][0].partition(" ")[2] + "."):
        pytest.skip("the page is about another kernel")
    has = configuration()
    asked = 0
    for (where, kind), table in NEEDS.items():
        for name, needs in table.items() if where == lane else ():
            options = re.findall(r"CONFIG_\w+", needs)
            asked += len(options)
            assert not options or set(options) - has, f"{kind} {name}: this kernel has {' and '.join(options)}"
    assert asked and "CONFIG_BPF_SYSCALL" in has
