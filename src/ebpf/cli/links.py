"""`ebpf links`: the attachments of the running kernel."""

from __future__ import annotations

from ebpf.cli.map import group

command = group("link", "attachments")
