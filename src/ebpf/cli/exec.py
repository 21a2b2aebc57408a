"""`ebpf exec`: network programs over a packet capture."""

from __future__ import annotations

import sys
import time
from functools import partial

import click

import ebpf
from ebpf.capture import Summary
from ebpf.capture.run import name_of
from ebpf.cli.bpftool import json_option
from ebpf.cli.inputs import known, only, program_of, read_spec, take_types
from ebpf.uapi.ethernet import ETH_HLEN, ETH_P_802_3_MIN, ETH_P_8021AD, ETH_P_8021Q, ETH_P_ARP, ETH_P_IP, ETH_P_IPV6
from ebpf.uapi.prog_types import ProgType
from ebpf.uapi.verdicts import VERDICTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.objects.object import Object
    from ebpf.objects.program import Program
    from ebpf.spec import ObjectSpec, ProgramSpec


@click.command("exec")
@click.argument("file", type=click.Path())
@click.option(
    "--pcap", "source", required=True, type=click.Path(), help="The capture: pcap or pcapng, `-` is standard input."
)
@click.option(
    "--out",
    type=click.Path(),
    help="Write the packets that go on here, as the program left them (pcap); `-` is standard output.",
)
@click.option("--prog", "name", metavar="NAME", help="Which program of FILE, where it has several.")
@click.option("--type", "kind", metavar="TYPE", help="What it is, where its section doesn't say: xdp, tc, cgroup_skb …")
@click.option("--engine", type=click.Choice(["vm", "kernel"]), default="vm", show_default=True, help="Where to run it.")
@click.option(
    "--first", type=click.IntRange(0), default=3, show_default=True, help="Show this many packets of each verdict."
)
@json_option("One JSON object: verdicts, maps, packets a second.")
def command(
    file: str, source: str, out: str | None, name: str | None, kind: str | None, engine: str, first: int, as_json: bool
) -> None:
    """Runs a network program of FILE (C or an object) over a capture: XDP, tc, socket filter, cgroup_skb or LWT.

    Prints how many packets got which verdict, the first of each, and the maps afterwards. Nothing else of FILE is loaded.
    """
    if source == "-" == file:
        raise click.UsageError("FILE and --pcap can't both be standard input")
    if out == "-" and sys.stdout.isatty():
        raise click.UsageError("--out -: standard output is a terminal; send it to a file or a pipe")
    spec = read_spec(file)
    chosen = _choose(spec, name, kind, file).name
    only(spec, chosen)
    source, out = "/dev/stdin" if source == "-" else source, "/dev/stdout" if out == "-" else out
    # What is said of the run goes where no packets go.
    echo = partial(click.echo, err=out == "/dev/stdout")
    with ebpf.load(spec, engine=engine) as obj:  # type: ignore[arg-type]
        program = obj.programs[chosen]
        try:
            summary = program.run_capture(source, out=out, sample=0 if as_json else first)
        except ebpf.CaptureError as error:
            if isinstance(error.summary, Summary) and error.summary.packets:
                _show(obj, program, error.summary, out, as_json, echo)
            raise
        _show(obj, program, summary, out, as_json, echo)
        if summary.fault is not None:
            raise summary.fault


def _choose(spec: ObjectSpec, name: str | None, kind: str | None, file: str) -> ProgramSpec:
    """The program to run: the one named, or the only one for packets. Raises UsageError, ObjectError."""
    if kind is not None:
        take_types(spec, [f"{name}={kind}" if name is not None else kind])
    fitting = [program for program in spec.programs.values() if _for_packets(program)]
    if name is not None:
        found = known(spec, program_of(spec, name))
        if not _for_packets(found):
            raise click.UsageError(
                f"program {name} ({found.type.label}) is no program for packets; "
                f"those of {file} are {', '.join(program.name for program in fitting) or 'none'}"
            )
        return found
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(program.name for program in fitting)
        raise click.UsageError(f"{file} has {len(fitting)} programs for packets ({names}): choose with --prog")
    unknown = [program.name for program in spec.programs.values() if not program.type]
    say = f"; --type says what a program is whose section doesn't: {', '.join(unknown)}" if unknown else ""
    raise click.UsageError(f"{file} has no program for packets (XDP, tc, socket filter, cgroup_skb, LWT){say}")


def _for_packets(program: ProgramSpec) -> bool:
    return program.type in VERDICTS or program.type == ProgType.SOCKET_FILTER


def _show(
    obj: Object,
    program: Program,
    summary: Summary,
    out: str | None,
    as_json: bool,
    echo: Callable[[str], None],
) -> None:
    from ebpf.cli import readings

    type_ = program.spec.type
    reading = readings.take(obj, summary.seconds)
    rate = summary.packets / summary.seconds if summary.seconds else 0.0
    if as_json:
        echo(
            readings.as_json(
                reading,
                program=program.name,
                type=type_.label,
                engine=obj.engine.name,
                packets=summary.packets,
                bytes=summary.size,
                verdicts={name_of(type_, verdict): count for verdict, count in sorted(summary.verdicts.items())},
                faults=summary.faults,
                skipped=summary.skipped,
                written=summary.written if out else None,
            )
        )
        return
    echo(
        f"{program.name} ({type_.label}, {obj.engine.name}): {summary.packets} packets, {summary.size} bytes, "
        f"{rate:,.0f} packets/s"
    )
    rows = [
        (name_of(type_, verdict), count, summary.samples.get(verdict, []))
        for verdict, count in summary.verdicts.items()
    ]
    for label, count, first in sorted(rows, key=lambda row: -row[1]):
        echo(f"  {label:<16} {count:>10}  {100 * count / max(summary.packets, 1):5.1f} %")
        for number, when, packet in first:
            clock = time.strftime("%H:%M:%S", time.gmtime(when // 1_000_000_000))
            echo(f"    #{number} {clock}.{when % 1_000_000_000 // 1000:06} {describe(packet)}")
    if summary.faults:
        echo(f"  {'fault':<16} {summary.faults:>10}")
    if summary.skipped:
        echo(f"  {'not run':<16} {summary.skipped:>10}  {summary.why_skipped}")
    if out:
        echo(f"  {summary.written} packets written to {out}")
    if reading.maps or reading.variables:
        single = {name: map_.spec.max_entries == 1 for name, map_ in obj.maps.items()}
        echo(f"  {readings.line(reading, single, 8).partition('  ')[2]}")


_PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}


def describe(packet: bytes) -> str:
    """A packet in a few words: addresses, ports, protocol."""
    import ipaddress

    if len(packet) < ETH_HLEN:
        return f"{len(packet)} bytes"
    kind, at = int.from_bytes(packet[12:14], "big"), ETH_HLEN
    while kind in (ETH_P_8021Q, ETH_P_8021AD) and len(packet) >= at + 4:
        kind, at = int.from_bytes(packet[at + 2 : at + 4], "big"), at + 4
    if kind == ETH_P_IP and len(packet) >= at + 20:
        protocol, header = packet[at + 9], (packet[at] & 15) * 4
        source, target = (str(ipaddress.IPv4Address(packet[at + i : at + i + 4])) for i in (12, 16))
    elif kind == ETH_P_IPV6 and len(packet) >= at + 40:
        protocol, header = packet[at + 6], 40
        source, target = (f"[{ipaddress.IPv6Address(packet[at + i : at + i + 16])}]" for i in (8, 24))
    elif kind == ETH_P_ARP:
        return "ARP"
    else:
        return f"type {kind:#06x}" if kind >= ETH_P_802_3_MIN else f"802.3, {kind} bytes"
    ports = packet[at + header : at + header + 4]
    if protocol in (6, 17) and len(ports) == 4:
        source += f":{int.from_bytes(ports[:2], 'big')}"
        target += f":{int.from_bytes(ports[2:], 'big')}"
    return f"{source} → {target} {_PROTOCOLS.get(protocol, f'protocol {protocol}')}"
