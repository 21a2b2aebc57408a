"""The guest is what the lane says it is."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest


def test_kernel_and_rights() -> None:
    assert platform.release().startswith(os.environ["EBPF_IN_GUEST"] + ".")
    assert os.geteuid() == 0


@pytest.mark.parametrize("path", ["/sys/bus/event_source/devices/kprobe/type", "/sys/kernel/btf/vmlinux"])
def test_kernel_has_what_this_lane_is_for(path: str) -> None:
    assert Path(path).exists()
