"""Packet captures: pcap and pcapng in, programs run over them, verdicts and rewritten packets out."""

from ebpf.capture.chunk import Chunk
from ebpf.capture.files import read
from ebpf.capture.run import Summary, run
from ebpf.capture.writer import Writer

__all__ = ["Chunk", "Summary", "Writer", "read", "run"]
