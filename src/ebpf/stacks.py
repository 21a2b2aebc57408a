"""Names for stack traces, of the kernel and of processes; flame graphs.

    from ebpf.stacks import Symbols

    symbols = Symbols()
    for frame in symbols.user(pid, obj.maps["stacks"][key.user]):   # innermost first, as bpf_get_stackid keeps them
        print(frame.name, frame.offset, frame.file)
    print(symbols.folded("python3", pid, user=…, kernel=…), count)  # a line that flamegraph.pl and speedscope take

Programs whose frames aren't linked by frame pointers (`-fno-omit-frame-pointer`) have short user stacks: that is how the kernel
follows them. Names of C++ and Rust are shown as the linker knows them.
"""

from __future__ import annotations

from ebpf.binaries.addresses import FileSymbols, Frame, ProcessSymbols, by_build_id
from ebpf.errors import KernelError, NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ebpf.kernel.symbols import KernelSymbols

__all__ = ["Frame", "Symbols"]


class Symbols:
    """Names for addresses. It keeps what it has read: the kernel's functions, each process's mappings, each file once.

    A process is looked at when its name is first asked for, so ask while it runs (or call `process(pid)` early); of one that has
    ended there are numbers only. Where NotSupported says that the kernel hides its addresses, frames of it are numbers, too.
    """

    def __init__(self) -> None:
        self._files: dict[tuple[int, int], FileSymbols | None] = {}
        self._processes: dict[int, ProcessSymbols | None] = {}
        self._kernel: KernelSymbols | None = None
        self._kernel_hidden = False

    def process(self, pid: int, *, refresh: bool = False) -> ProcessSymbols | None:
        """What is known of a process; None if it can't be looked at. With `refresh` it is looked at again: it may have loaded a
        library or become another program since; of one that has ended, what was known stays."""
        known = self._processes.get(pid)
        try:
            if known is not None and refresh:
                known.refresh()
            elif pid not in self._processes:
                known = self._processes[pid] = ProcessSymbols(pid, self._files)
        except KernelError:
            self._processes.setdefault(pid, None)
        return known

    def user(self, pid: int, stack: Sequence[int | tuple[bytes, int]]) -> list[Frame]:
        """The frames of a user stack, innermost first as given: addresses, or what a map with BPF_F_STACK_BUILD_ID holds
        (build id and offset in the file; the process need not be there any more)."""
        known = self.process(pid)
        frames = []
        for depth, item in enumerate(stack):
            if isinstance(item, tuple):
                frames.append(self._by_build_id(known, *item, depth))
                continue
            # All but the innermost are return addresses: the call is before them, and may be the last of its function.
            asked = item - bool(depth)
            found = known.find(asked) if known is not None else Frame(asked)
            if known is not None and not found.name and not found.file:
                self.process(pid, refresh=True)
                found = known.find(asked)
            frames.append(found.replace(address=item))
        return frames

    def _by_build_id(self, known: ProcessSymbols | None, build_id: bytes, place: int, depth: int) -> Frame:
        if not build_id:
            return known.find(place - bool(depth)) if known is not None else Frame(place)
        symbols = by_build_id(build_id, self._files)
        if symbols is None:
            return Frame(place, "", place, build_id.hex())
        found = symbols.find(place - bool(depth))
        return Frame(place, *found, symbols.path) if found is not None else Frame(place, "", place, symbols.path)

    def kernel(self, stack: Iterable[int]) -> list[Frame]:
        """The frames of a kernel stack, innermost first as given."""
        if self._kernel is None and not self._kernel_hidden:
            from ebpf.kernel.symbols import KernelSymbols

            try:
                self._kernel = KernelSymbols()
            except NotSupported:
                self._kernel_hidden = True
        frames = []
        for address in stack:
            found = self._kernel.find(address) if self._kernel is not None else None
            if found is None:
                frames.append(Frame(address, "", address, "[kernel]"))
            else:
                frames.append(Frame(address, found[0], found[1], f"[{found[2] or 'kernel'}]"))
        return frames

    def folded(
        self, name: str, pid: int = 0, *, user: Sequence[int | tuple[bytes, int]] = (), kernel: Iterable[int] = ()
    ) -> str:
        """A sample as one line, outermost first: "name;main;work;vfs_read_[k]". A space and a count behind it make what
        flamegraph.pl, speedscope and `inferno-flamegraph` read."""
        frames = [f"{frame}_[k]" for frame in self.kernel(kernel)] + [str(frame) for frame in self.user(pid, user)]
        return ";".join(part.replace(";", ":").replace("\n", " ") for part in (name, *reversed(frames)))
