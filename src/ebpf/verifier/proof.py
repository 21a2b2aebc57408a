"""What a verification gives: a proof, with what was shown of each instruction."""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.verifier import regs as r
from ebpf.verifier import taint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebpf.verifier.core import Verifier
    from ebpf.verifier.scalar import Scalar

#: Kinds of regions, as facts name them.
REGIONS = {
    r.STACK: "stack", r.MAP_VALUE: "map_value", r.MAP_KEY: "map_key", r.PACKET: "packet", r.PACKET_META: "packet_meta",
    r.CTX: "context", r.MEM: "memory", r.BUF: "buffer", r.TP_BUFFER: "tp_buffer", r.FLOW_KEYS: "flow_keys",
    r.SOCKET: "socket", r.SOCK_COMMON: "socket", r.TCP_SOCK: "socket", r.XDP_SOCK: "socket", r.BTF_ID: "object",
    r.ARENA: "arena", r.CONST_MAP: "map",
}  # fmt: skip


class Fact(Frozen):
    """What holds each time a load, store or atomic runs, whatever path led there and whatever the input is.

    region     what the pointer points into: "stack", "map_value", "packet", "context", "memory" …; "" if that differs
               from path to path (then only that the access is inside a region the program may use is proved)
    map        the map's name for "map_value" and "map_key" where it is one map on every path, else ""
    up         for "stack": how many calls up the frame is that holds it (0 is the function's own), -1 if it differs
    low, high  the first byte reached lies from `low` to `high`, both possible bounds included, counted in bytes from the
               start of the region (the map value, the context, the memory); for "stack" from the frame's top (negative).
               For "packet" they count from some point inside the packet: only that all bytes lie between the packet's
               start and its end is proved. For "memory", `size_known` bytes are there.
    size       bytes of the access
    """

    region: str
    map: str = ""
    up: int = 0
    low: int = 0
    high: int = 0
    size: int = 0


class Proof(Frozen):
    """A program that was proved safe.

    facts          slot → Fact, for each load, store and atomic that can be reached; what isn't here was never reached
    reached        the slots that some path runs
    processed      instructions looked at, along all paths;  states, peak: checkpoints made, and kept at once
    stack          function → bytes of stack it uses
    hottest        (slot, times looked at), most first
    ranges         slot → what each register (0–10) may hold before the instruction, None if it is not known to be a
                   number, or is not needed any more, or not claimed; only if asked for
    """

    program: str
    facts: Mapping[int, Fact]
    reached: frozenset[int]
    processed: int
    states: int
    peak_states: int
    max_states: int
    stack: Mapping[str, int]
    hottest: tuple[tuple[int, int], ...]
    ranges: Mapping[int, tuple[Scalar | None, ...]] | None
    seconds: float
    log: str = ""


def build(v: Verifier, seconds: float, log: str) -> Proof:
    facts: dict[int, Fact] = {}
    for slot, (type, aux, low, high, size) in v.facts.items():
        kind = type & r.KIND if isinstance(type, int) and type >= 0 else -1
        region = REGIONS.get(kind, "")
        name = ""
        up = 0
        if region in ("map_value", "map_key"):
            name = aux.name if isinstance(aux, r.MapInfo) else ""
        elif region == "stack":
            up = aux if isinstance(aux, int) else -1
        facts[slot] = Fact(region, name, up, low, high, size)
    ranges = None
    if v.ranges is not None:
        ranges = taint.claims(v)
    visits = v.visits
    hottest = tuple(
        (slot, visits[slot]) for slot in sorted(range(len(visits)), key=lambda i: -visits[i])[:10] if visits[slot]
    )
    return Proof(
        program=v.program.name,
        facts=facts,
        reached=frozenset(i for i, n in enumerate(visits) if n),
        processed=v.processed,
        states=v.checkpoints.kept,
        peak_states=v.checkpoints.peak,
        max_states=v.checkpoints.most,
        stack={f.name: f.depth for f in v.flow.functions},
        hottest=hottest,
        ranges=ranges,
        seconds=seconds,
        log=log,
    )
