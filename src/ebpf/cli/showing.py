"""Where the readings and events of `ebpf run` go: lines, JSON, or a table on a terminal."""

from __future__ import annotations

import os
import sys

from ebpf.cli import readings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.cli.readings import Reading
    from ebpf.engine import Process
    from ebpf.objects.object import Object


class Show:
    """Where readings go. A base that prints nothing."""

    def __init__(self, obj: Object, top: int = 20) -> None:
        self.obj = obj
        self.top = top
        self.single = {name: map_.spec.max_entries == 1 for name, map_ in obj.maps.items()}

    def reading(self, reading: Reading) -> None: ...
    def event(self, name: str, event: Any, seconds: float) -> None: ...
    def last(self, reading: Reading, process: Process | None) -> None: ...
    def close(self) -> None: ...


class Lines(Show):
    """One line a reading."""

    def reading(self, reading: Reading) -> None:
        if reading.maps or reading.variables:
            print(readings.line(reading, self.single, min(self.top, 8)), flush=True)

    def last(self, reading: Reading, process: Process | None) -> None:
        self.reading(reading)

    def event(self, name: str, event: Any, seconds: float) -> None:
        print(readings.event_line(name, event), flush=True)


class Json(Show):
    """One JSON object a line. Standard output is only for them: COMMAND, which inherits ours, gets standard error."""

    def __init__(self, obj: Object, top: int = 20) -> None:
        super().__init__(obj, top)
        sys.stdout.flush()
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self._saved = os.dup(1)
        os.dup2(2, 1)

    def reading(self, reading: Reading) -> None:
        self._print(readings.as_json(reading, final=False))

    def last(self, reading: Reading, process: Process | None) -> None:
        ended = {"pid": process.pid, "status": process.returncode} if process is not None else None
        self._print(readings.as_json(reading, final=True, engine=self.obj.engine.name, why=self.obj.why, command=ended))

    def event(self, name: str, event: Any, seconds: float) -> None:
        self._print(readings.event_json(name, event, seconds))

    def _print(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()

    def close(self) -> None:
        if self._saved < 0:
            return
        os.dup2(self._saved, 1)
        os.close(self._saved)
        self._saved = -1
        try:
            self._out.close()
        except OSError:
            pass


class Table(Show):
    """A table that is redrawn on a terminal."""

    def __init__(self, obj: Object, top: int = 20) -> None:
        super().__init__(obj, top)
        from rich.console import Console
        from rich.live import Live

        self._before: Reading | None = None
        self._live = Live(console=Console(), auto_refresh=False)
        self._live.start()

    def reading(self, reading: Reading) -> None:
        self._live.update(readings.table(reading, self._before, self.single, self.top), refresh=True)
        self._before = reading

    def last(self, reading: Reading, process: Process | None) -> None:
        self.reading(reading)

    def event(self, name: str, event: Any, seconds: float) -> None:
        self._live.console.print(readings.event_line(name, event), markup=False, highlight=False)

    def close(self) -> None:
        self._live.stop()


class LastTable(Lines):
    """On a terminal that COMMAND writes to as well: lines, and the table when it has ended."""

    def last(self, reading: Reading, process: Process | None) -> None:
        from rich.console import Console

        Console().print(readings.table(reading, None, self.single, self.top))


def show_for(obj: Object, top: int, has_command: bool, live: bool | None, as_json: bool) -> Show:
    if as_json:
        return Json(obj)
    terminal = sys.stdout.isatty()
    if live or (live is None and terminal and not has_command):
        return Table(obj, top)
    return LastTable(obj, top) if terminal else Lines(obj, top)
