"""Files of the host lane that take minutes without KVM: run in the guests where EBPF_GUEST_LONG is set, a file a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.guest
HOST = Path(__file__).resolve().parents[1] / "host"
FILES = [
    "test_bpftool_words", "test_capture_live", "test_core_kernel", "test_examples_live", "test_kernel_cli", "test_kernel_leaks",
    "test_reliability", "test_run_at", "test_run_host", "test_signed", "test_start", "test_trace_like_the_kernel",
    # Not long: Debian's 6.12.117 ended in it without a word once, at the end of a whole lane, and not in 180 attachments of
    # such probes since. The lane keeps what the kernel says now.
    "test_hooks_user",
]  # fmt: skip

if os.environ.get("EBPF_GUEST_LONG"):

    @pytest.mark.timeout(1200)
    @pytest.mark.parametrize("file", FILES)
    def test_a_file_of_the_host_lane(file: str) -> None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=600", f"{HOST / file}.py"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=HOST.parents[1])
        assert done.returncode == 0, done.stdout[-20000:]
