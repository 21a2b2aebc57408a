"""Object file → `ObjectSpec`; linking of objects; section names → hooks."""

from ebpf.elf.hooks import hook_of, section_of
from ebpf.elf.reader import read

__all__ = ["hook_of", "read", "section_of"]
