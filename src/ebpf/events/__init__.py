"""Records out of ring buffers and perf buffers, one reader over both engines."""

from ebpf.events.reader import Events, open_events

__all__ = ["Events", "open_events"]
