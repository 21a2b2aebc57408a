"""Object file → `ObjectSpec`; linking of objects; section names → hooks."""

from ebpf.elf.reader import read
from ebpf.elf.sections import section_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.elf.hooks import hook_of

__all__ = ["hook_of", "read", "section_of"]


def __getattr__(name: str) -> object:
    # What is only read, or loaded, isn't attached: hooks wait until then.
    if name == "hook_of":
        from ebpf.elf.hooks import hook_of

        return hook_of
    raise AttributeError(f"module 'ebpf.elf' has no attribute {name!r}")
