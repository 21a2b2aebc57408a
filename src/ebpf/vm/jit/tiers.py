"""When a program becomes machine code, and which: cached code if there is any; else code that is quick to make, then code that
is quick to run, made by one thread in the background while the program goes on as it is.

The thread is there while there is work. A process that ends waits for the module that is being compiled, and for no other.
"""

from __future__ import annotations

import os
import threading
from collections import deque

from ebpf.vm.jit.runtime import Native, compile_program, from_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.program import VmProgram

#: Nanoseconds that a program runs in quickly made code before better code is made, for each instruction: about what making it
#: takes.
WORTH = 100_000

_queue: deque[tuple[VmProgram, int]] = deque()
_change = threading.Lock()
_worker: threading.Thread | None = None
#: Changes in a child: what was promised before the fork won't come.
_generation = 0


class Tier:
    """Where a program stands."""

    __slots__ = ("asked", "generation", "looked")

    def __init__(self) -> None:
        #: Whether the cache was asked.
        self.looked = False
        #: The highest level that the thread was asked for, and when.
        self.asked = -1
        self.generation = _generation


def rise(program: VmProgram, *, at_once: bool) -> Native | None:
    """The best code that a program has now; asks for better if it pays. `at_once`: it has some when this comes back."""
    tier = program.tier
    if tier is None or tier.generation != _generation:
        tier = program.tier = Tier()
    native = program.native
    if not tier.looked:
        tier.looked = True
        native = program.native = from_cache(program) or native
    if native is None:
        if at_once:
            program.native = native = compile_program(program, 0)
            return native
        _ask(program, tier, 0)
        return program.native
    if native.level == 0 and native.spent > WORTH * program.length:
        _ask(program, tier, 2)
    return native


def _ask(program: VmProgram, tier: Tier, level: int) -> None:
    global _worker
    if tier.asked >= level:
        return
    tier.asked = level
    with _change:
        _queue.append((program, level))
        if _worker is None:
            # No daemon, as its maker may be (a tracer): those are stopped anywhere when the process ends, in LLVM, too.
            _worker = threading.Thread(target=_work, name="ebpf jit", daemon=False)
            _worker.start()


def _work() -> None:
    global _worker
    while True:
        with _change:
            if not _queue or not threading.main_thread().is_alive():
                _queue.clear()
                _worker = None
                return
            program, level = _queue.popleft()
        if program.closed:
            continue
        try:
            made = compile_program(program, level)
        except Exception:
            continue
        if program.native is None or program.native.level < level:
            program.native = made


def idle() -> bool:
    """Whether the thread has nothing to do, for tests."""
    with _change:
        return _worker is None


def _after_fork() -> None:
    global _worker, _generation, _change
    _change = threading.Lock()
    _worker = None
    _queue.clear()
    _generation += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
