"""Packet captures: pcap and pcapng in, programs run over them, verdicts and rewritten packets out."""

from ebpf.capture.files import Chunk, Writer, read
from ebpf.capture.run import Summary, run

__all__ = ["Chunk", "Summary", "Writer", "read", "run"]
