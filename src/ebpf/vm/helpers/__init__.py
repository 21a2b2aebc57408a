"""The helpers of the vm, by kind. Importing this module fills the table."""

from __future__ import annotations

from ebpf.vm.helpers import checksum, map, output, packet, probe, redirect, system, task, text, trace, traced  # noqa: F401
from ebpf.vm.helpers.registry import CHANGES_MEMORY, HELPERS

__all__ = ["CHANGES_MEMORY", "HELPERS"]
