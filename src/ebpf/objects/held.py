"""What maps and programs have in common in their user's hands: a name, an engine's thing behind them, one close."""

from __future__ import annotations

from ebpf.errors import NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class Held:
    """Something of an engine's, a context manager. `raw` is the engine's own; `info`, `id`, `pin` and `fileno` are of the
    kernel engine only: NotSupported on the vm."""

    raw: Any
    spec: Any

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.spec = raw.spec
        self.name: str = raw.spec.name

    def info(self) -> dict[str, Any]:
        """What the kernel tells of it (Linux 4.13), by the kernel's field names. KernelError."""
        found: dict[str, Any] = self._of_kernel("info")()
        return found

    @property
    def id(self) -> int:
        """The kernel's number for it, which `ebpf map list` and bpftool show."""
        return int(self.info()["id"])

    def pin(self, path: str) -> None:
        """Gives it a name in a BPF file system (Linux 4.4), which keeps it alive; `ebpf.open_map`, `open_program` and
        `open_link` open it. KernelError."""
        self._of_kernel("pin")(path)

    def fileno(self) -> int:
        """Its descriptor, which stays this object's."""
        number: int = self._of_kernel("fileno")()
        return number

    def _of_kernel(self, what: str) -> Any:
        found = getattr(self.raw, what, None)
        if found is None:
            raise NotSupported(
                f"{what} of {self.name}", why="it lives in this process (the vm engine), not in the kernel"
            )
        return found

    def _shown(self, text: str) -> str:
        """`text` as a repr, which is safe, and says so, when it is closed."""
        return f"<{text} (closed)>" if getattr(self.raw, "closed", False) else f"<{text}>"

    def close(self) -> None:
        """Gives it back; a second call does nothing. The object that owns it closes it, too."""
        self.raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
