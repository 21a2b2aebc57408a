"""`ebpf run`: load, attach, and show the maps while it runs."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time

import click

from ebpf.cli import readings, status
from ebpf.cli.bpftool import flag
from ebpf.cli.main import say
from ebpf.cli.places import HELP as PLACES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

    from ebpf.cli.readings import Reading
    from ebpf.engine import Process
    from ebpf.events import Events
    from ebpf.objects.object import Object
    from ebpf.objects.program import Program

#: How long a COMMAND that was asked to end may take before it is killed, in seconds.
GRACE = 3.0
#: How long an event may lie in its buffer before it is shown, in seconds.
EVENT_WAIT = 0.1
#: 0 on Windows.
_SIGHUP = getattr(signal, "SIGHUP", 0)


@click.command("run", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE", type=click.Path())
@click.argument("command", metavar="[-- COMMAND...]", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--engine",
    type=click.Choice(["auto", "kernel", "vm"]),
    default="auto",
    show_default=True,
    help="Where programs run: this machine's kernel, or this process.",
)
@click.option("--at", "places", multiple=True, metavar="[PROG=]PLACE", help=PLACES)
@click.option(
    "--prog-type",
    "kinds",
    multiple=True,
    metavar="[PROG=]TYPE",
    help="What a program is whose section doesn't say: xdp, tc …",
)
@click.option(
    "--interval",
    type=click.FloatRange(min=0.01),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Time between two readings.",
)
@click.option(
    "--duration", type=click.FloatRange(min=0), metavar="SECONDS", help="End after this time, and COMMAND with it."
)
@click.option("--pid", type=click.IntRange(min=1), help="Limit probes of user functions and samples to this process.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    callback=flag,
    help="One JSON object a reading, and a last one, on standard output; COMMAND's own output goes to standard error.",
)
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many entries of a map to show."
)
@click.option(
    "--live/--no-live", default=None, help="A table that is redrawn [default: on a terminal, without COMMAND]."
)
@click.option(
    "--type",
    "event_type",
    default="",
    metavar="STRUCT",
    help="What the records of ring and perf buffers are, by its C name.",
)
def command(
    file: str,
    command: tuple[str, ...],
    engine: str,
    places: tuple[str, ...],
    kinds: tuple[str, ...],
    interval: float,
    duration: float | None,
    pid: int | None,
    as_json: bool,
    top: int,
    live: bool | None,
    event_type: str,
) -> int:
    """Loads FILE (C source or an object file), attaches its programs where their sections or --at say, and shows its maps
    while it runs: until COMMAND ends, for --duration, or until Ctrl-C.

    In the vm engine the events are those of COMMAND, which is needed then: its system calls and those of all that it starts.
    No privilege is needed for that. The exit status is COMMAND's own, 128+n if signal n killed it.
    """
    with _load(file, engine, kinds) as obj:
        if obj.engine.name == "vm" and places:
            raise click.UsageError(
                f"--at is for the kernel, and the vm engine runs here ({obj.why}); packets of a capture go through "
                f"ebpf exec {file} --pcap IN"
            )
        if obj.engine.name == "vm" and not command:
            raise click.UsageError(
                f"COMMAND is missing: the vm engine runs here ({obj.why}), and its events are those of a command: "
                f"ebpf run {file} -- COMMAND..., or the packets of a capture: ebpf exec {file} --pcap IN"
            )
        say(f"engine: {obj.engine.name} ({obj.why})")
        _attach(obj, pid, places)
        shown: Show = Json(obj) if as_json else _show(obj, top, bool(command), live)
        try:
            streams = _streams(obj, event_type)
            return Watch(obj, shown, interval, duration, streams).run(command)
        finally:
            shown.close()


def _load(file: str, engine: str, kinds: Sequence[str]) -> Object:
    import ebpf

    if not kinds:
        return ebpf.load(file, engine=engine)  # type: ignore[arg-type]
    from ebpf.cli.inputs import read_spec, take_types

    spec = read_spec(file)
    take_types(spec, kinds, "--prog-type")
    return ebpf.load(spec, engine=engine)  # type: ignore[arg-type]


def _attach(obj: Object, pid: int | None, places: Sequence[str]) -> None:
    from ebpf.cli.places import Attacher
    from ebpf.errors import ObjectError
    from ebpf.hooks import Cgroup
    from ebpf.uapi.prog_types import ProgType

    unlimited = []
    attacher = Attacher(obj, places)

    def one(program: Program) -> None:
        if not program.spec.type and program.spec.section == ".text":
            return  # a function for others, and no program
        if obj.engine.name == "vm" and program.spec.type == ProgType.CGROUP_SOCK_ADDR:
            program.attach(Cgroup("/"))  # in the vm the group is COMMAND, and needs no name
            return
        for hook in attacher.hooks(program):
            limited = pid is not None and "pid" in hook._fields
            program.attach(hook.replace(pid=pid) if limited else hook)
            if pid is not None and not limited:
                unlimited.append(program.name)

    obj.attach(one)
    if not obj.links and not attacher.left:
        raise ObjectError(
            'has no program to attach: a program is a function with SEC("…") before it', path=obj.spec.path
        )
    if unlimited:
        say(f"--pid can't limit {', '.join(unlimited)}: a program on such a hook filters by itself")
    if attacher.left:
        say(f"not attached: {', '.join(attacher.left)}")


def _streams(obj: Object, type_name: str) -> list[Events]:
    """A reader for each ring buffer and perf buffer."""
    from ebpf.errors import KernelError, ObjectError, close_names
    from ebpf.events import open_events
    from ebpf.uapi.map_types import MapType

    btf, type_id = obj.spec.btf, 0
    if type_name:
        type_id = (btf.find(type_name.removeprefix("struct ")) if btf is not None else None) or 0
        if btf is None or not type_id:
            names = [found.name for _, found in btf if found.name] if btf is not None else []
            close = close_names(type_name, names)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise ObjectError(f"no type {type_name} in the object's types{hint}", path=obj.spec.path)
    streams = []
    for map_ in obj.maps.values():
        if map_.spec.type in (MapType.RINGBUF, MapType.PERF_EVENT_ARRAY):
            try:
                streams.append(open_events(map_.raw, btf=btf if type_id else None, type_id=type_id))
            except KernelError as error:
                say(f"records of {map_.name} are not shown: {error}")
    return streams


# ------------------------------------------------------------------------------------------------------- showing


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


def _show(obj: Object, top: int, has_command: bool, live: bool | None) -> Show:
    terminal = sys.stdout.isatty()
    if live or (live is None and terminal and not has_command):
        return Table(obj, top)
    return LastTable(obj, top) if terminal else Lines(obj, top)


# ------------------------------------------------------------------------------------------------------ watching


class _Woken(Exception):
    """A signal came while nothing was being done."""


class Watch:
    """Readings at each interval until COMMAND ends, time is up or a signal says so; then a last one."""

    def __init__(
        self, obj: Object, show: Show, interval: float, duration: float | None, streams: Sequence[Events] = ()
    ) -> None:
        self._streams = streams
        self._obj = obj
        self._show = show
        self._interval = interval
        self._start = time.monotonic()
        self._deadline = self._start + duration if duration is not None else float("inf")
        self._process: Process | None = None
        self._signals: list[int] = []
        self._waiting = False
        self._ending = 0
        self._kill_at = float("inf")
        self._said = 0

    def run(self, command: Sequence[str]) -> int:
        handled = [signal.SIGINT, signal.SIGTERM]
        # Whoever started us with nohup wants us to go on.
        if _SIGHUP and signal.getsignal(_SIGHUP) != signal.SIG_IGN:
            handled.append(signal.Signals(_SIGHUP))
        before = {number: signal.signal(number, self._on_signal) for number in handled}
        try:
            if command:
                self._process = _spawn(self._obj, command)
            try:
                self._watch()
            finally:
                self._notices()
                if self._process is not None:
                    self._process.close()
                    self._notices()  # a program may have run into its budget until now
            self._events()
            self._show.last(self._read(), self._process)
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EPIPE):
                raise
            if error.errno == errno.EPIPE and not self._ending:
                raise BrokenPipeError from error  # without an errno, or click ends us in its own way
            # The terminal is gone: SIGHUP is on its way, or was here.
            self._ending = self._ending or _SIGHUP
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            for stream in self._streams:
                stream.close()
            self._show.close()
            if self._process is not None:
                self._process.close()
        return self._status()

    def _status(self) -> int:
        if self._ending and self._ending != signal.SIGINT:
            return status.SIGNAL + self._ending
        process = self._process
        if process is None or time.monotonic() >= self._deadline:
            return status.OK
        return status.of_command(process.returncode or 0)

    def _read(self) -> Reading:
        return readings.take(self._obj, time.monotonic() - self._start)

    def _watch(self) -> None:
        upcoming = self._start + self._interval
        while True:
            now = time.monotonic()
            if self._over() or now >= self._deadline:
                return
            if now >= self._kill_at and self._process is not None:
                self._process.close()
                return
            if now >= upcoming:
                self._notices()
                self._show.reading(self._read())
                upcoming += self._interval * max(1, int((time.monotonic() - upcoming) / self._interval) + 1)
            self._events()
            wake = min(upcoming, self._deadline, self._kill_at) - time.monotonic()
            try:
                self._wait(min(wake, EVENT_WAIT) if self._streams else wake)
            except _Woken:
                pass  # it came in the moment between waking and saying so

    def _over(self) -> bool:
        """Whether there is nothing left to wait for. Answers the signals that came."""
        process = self._process
        while self._signals:
            number = self._signals.pop(0)
            if process is None or process.poll() is not None:
                self._ending = number
                return True
            if self._ending:
                self._kill_at = 0  # asked twice
            elif number != signal.SIGINT:
                self._kill_at = time.monotonic() + GRACE
            # Ctrl-C on a terminal has reached COMMAND already.
            if number != signal.SIGINT or not _from_terminal():
                process.send_signal(number)
            self._ending = number
        if process is None or process.poll() is None:
            return False
        left = getattr(process, "living", 0)
        if not left:
            return True
        if not self._said:
            self._said = left
            say(f"{left} processes that COMMAND left behind still run, and can't without us: waiting; Ctrl-C ends them")
        return False

    def _events(self) -> None:
        for stream in self._streams:
            for event in stream.read():
                self._show.event(stream.name, readings.plain(event), time.monotonic() - self._start)

    def _notices(self) -> None:
        notices: list[str] = getattr(self._process, "notices", [])
        while notices:
            say(notices.pop(0))
        # What programs print (bpf_printk). The kernel has one pipe for all of a machine, which is not ours to empty.
        printed = getattr(self._obj.engine, "trace_lines", None)
        while printed:
            say(printed.popleft().decode(errors="replace").rstrip("\n"), "bpf_printk")

    def _wait(self, seconds: float) -> None:
        """Sleeps until COMMAND ends or a signal comes, at most `seconds`."""
        process = self._process
        seconds = max(seconds, 0)
        try:
            self._waiting = True
            if self._signals:
                return
            if process is None:
                time.sleep(seconds)
            elif process.poll() is None:
                process.wait(seconds)
            elif hasattr(process, "wait_all"):
                process.wait_all(seconds)
        except (_Woken, TimeoutError):
            pass
        finally:
            self._waiting = False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals.append(number)
        if self._waiting:
            self._waiting = False
            raise _Woken


def _spawn(obj: Object, command: Sequence[str]) -> Process:
    """Starts COMMAND. One that can't be started ends us as a shell would: 126, or 127 if there is none."""
    from ebpf.errors import KernelError

    try:
        return obj.spawn(command)
    except KernelError as error:
        if error.errno == errno.ENOENT:
            raise _Exit(str(error), status.NOT_FOUND) from error
        if error.errno in (errno.ENOEXEC, errno.EACCES):
            raise _Exit(str(error), status.CANNOT_RUN) from error
        raise


class _Exit(click.ClickException):
    """An error with an exit status of its own."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]


def _from_terminal() -> bool:
    """Whether we are in the foreground of a terminal: then its Ctrl-C goes to COMMAND as it does to us."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
