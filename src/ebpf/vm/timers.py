"""bpf_timer: callbacks of programs that come due later, on a thread of the engine that starts with the first timer."""

from __future__ import annotations

import heapq
import time
from threading import Condition, Thread, current_thread

from ebpf.uapi.errno import EBUSY, EDEADLK, EINVAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.program import VmProgram

_CLOCKS = {0: time.time_ns, 1: time.monotonic_ns, 7: time.monotonic_ns}
ABSOLUTE, PINNED = 1, 2


class _Timer:
    __slots__ = ("address", "callback", "clock", "due", "map", "program", "running")

    def __init__(self, address: int, map_: VmMap, clock: int) -> None:
        self.address = address
        self.map = map_
        self.clock = clock
        self.callback = 0
        self.program: VmProgram | None = None
        #: When, by CLOCK_MONOTONIC in nanoseconds; None when it isn't started.
        self.due: int | None = None
        self.running = False


class Timers:
    """The timers of an engine, by the address of their `struct bpf_timer`."""

    def __init__(self, engine: VmEngine) -> None:
        self.engine = engine
        self.known: dict[int, _Timer] = {}
        self._queue: list[tuple[int, int, _Timer]] = []
        self._change = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._order = 0

    def init(self, m: Machine, address: int, map_: VmMap, flags: int) -> int:
        if flags not in _CLOCKS:
            return -EINVAL
        m.window(address, 16, True)
        map_.has_timers()
        with self._change:
            if address in self.known:
                return -EBUSY
            self.known[address] = _Timer(address, map_, flags)
        return 0

    def set_callback(self, m: Machine, address: int, callback: int) -> int:
        with self._change:
            timer = self.known.get(address)
            if timer is None or callback not in m.program.callbacks:
                return -EINVAL
            timer.callback = callback
            timer.program = m.program
        return 0

    def start(self, address: int, nanoseconds: int, flags: int) -> int:
        if flags & ~(ABSOLUTE | PINNED):
            return -EINVAL
        with self._change:
            timer = self.known.get(address)
            if timer is None or timer.program is None:
                return -EINVAL
            now = time.monotonic_ns()
            delay = nanoseconds - _CLOCKS[timer.clock]() if flags & ABSOLUTE else nanoseconds
            timer.due = now + max(0, delay)
            self._order += 1
            heapq.heappush(self._queue, (timer.due, self._order, timer))
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="bpf timers", daemon=True)
                self._thread.start()
            self._change.notify()
        return 0

    def cancel(self, address: int) -> int:
        with self._change:
            timer = self.known.get(address)
            if timer is None:
                return -EINVAL
            if timer.running and current_thread() is self._thread:
                return -EDEADLK
            was = timer.due is not None
            timer.due = None
        return int(was)

    def forget(self, start: int, size: int) -> None:
        """The map element at `start` is gone, and the timers in it are."""
        with self._change:
            for address in [address for address in self.known if start <= address < start + size]:
                self.known.pop(address).due = None

    def close(self) -> None:
        with self._change:
            self._closed = True
            self.known.clear()
            self._queue.clear()
            self._change.notify()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._closed and (not self._queue or self._queue[0][0] > time.monotonic_ns()):
                    wait = (self._queue[0][0] - time.monotonic_ns()) / 1e9 if self._queue else None
                    self._change.wait(wait)
                if self._closed:
                    return
                due, _, timer = heapq.heappop(self._queue)
                if timer.due != due:
                    continue  # cancelled, or started anew
                timer.due = None
                timer.running = True
            try:
                self._fire(timer)
            finally:
                timer.running = False

    def _fire(self, timer: _Timer) -> None:
        from ebpf.errors import Fault

        program = timer.program
        found = timer.map.entry_at(timer.address)
        if program is None or found is None or program.closed:
            return
        key, value = found
        try:
            program.run_callback(timer.callback, timer.map, key, value)
        except Fault as fault:
            self.engine.trace(f"timer: {fault}".encode())
