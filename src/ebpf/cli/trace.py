"""`ebpf trace`: what programs print with bpf_printk."""

from __future__ import annotations

import json
import time

import click

from ebpf.cli.output import AS_JSON
from ebpf.cli.status import watching


@click.command("trace", short_help="Show what programs print with bpf_printk.")
@click.option(
    "--pid", "pids", type=click.IntRange(min=0), multiple=True, help="Only lines from this task; may be given again."
)
@click.option("--comm", "comms", multiple=True, help="Only lines from tasks of this name; may be given again.")
@click.option("--duration", type=click.FloatRange(min=0), metavar="SECONDS", help="End after this time.")
@AS_JSON
def command(pids: tuple[int, ...], comms: tuple[str, ...], duration: float | None, as_json: bool) -> None:
    """Shows the lines that programs of this kernel print with bpf_printk, as they come, until Ctrl-C. Needs root.

    The kernel has one pipe for all: a line that is shown here is shown nowhere else.
    """
    from ebpf.kernel.printk import PrintkReader

    end = None if duration is None else time.monotonic() + duration
    with PrintkReader() as reader, watching():
        while True:
            left = None if end is None else end - time.monotonic()
            for line in reader.read(left if left is None else max(left, 0)):
                if (pids and line.pid not in pids) or (comms and line.comm not in comms):
                    continue
                if as_json:
                    row = {"time": line.time, "cpu": line.cpu, "pid": line.pid, "comm": line.comm, "text": line.text}
                    print(json.dumps(row), flush=True)
                else:
                    print(f"{line.time:14.6f}  {line.comm}-{line.pid}  cpu {line.cpu}  {line.text}", flush=True)
            if left is not None and left <= 0:
                return
