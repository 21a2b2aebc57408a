"""Names for addresses of the kernel: of stack traces and of samples."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from ebpf.errors import NotSupported
from ebpf.kernel.kallsyms import PATH


class KernelSymbols:
    """The kernel's functions as they lie in memory now, its modules' and BPF programs' included. Raises NotSupported where the
    kernel hides addresses (kernel.kptr_restrict, no CAP_SYSLOG)."""

    def __init__(self, path: str = PATH) -> None:
        rows: list[tuple[int, str, str]] = []
        try:
            with open(path, "rb") as file:
                for line in file:
                    parts = line.split()
                    if parts[1] in b"tTwW":
                        module = parts[3].decode(errors="replace").strip("[]") if len(parts) > 3 else ""
                        rows.append((int(parts[0], 16), parts[2].decode(errors="replace"), module))
        except OSError as error:
            raise NotSupported("names of kernel addresses", why=f"{path}: {error.strerror}") from None
        rows.sort(key=lambda row: row[0])
        if not rows or not rows[-1][0]:
            raise NotSupported("names of kernel addresses", why="this process isn't shown any (kernel.kptr_restrict)")
        self._starts = array("Q", (row[0] for row in rows))
        self._names = [row[1] for row in rows]
        self._modules = [row[2] for row in rows]

    def __len__(self) -> int:
        return len(self._names)

    def find(self, address: int) -> tuple[str, int, str] | None:
        """(function, offset into it, module or "") of an address; None for one below all functions."""
        at = bisect_right(self._starts, address) - 1
        if at < 0:
            return None
        # Aliases share an address: the first of them is the one that kallsyms lists first.
        start = self._starts[at]
        while at and self._starts[at - 1] == start:
            at -= 1
        return self._names[at], address - start, self._modules[at]

    def text(self, address: int) -> str:
        """ "vfs_read+0x1c", "nf_hook [nf_tables]", or the number."""
        found = self.find(address)
        if found is None:
            return f"{address:#x}"
        name, offset, module = found
        return name + (f"+{offset:#x}" if offset else "") + (f" [{module}]" if module else "")
