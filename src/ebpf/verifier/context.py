"""Access to the context: which bytes of it a program may read and write, and what a field gives.

A table of fields for each struct that user space knows a context by. What isn't in a table can't be accessed. The facts
are those of the `…_is_valid_access` functions of Linux 6.18.
"""

from __future__ import annotations

from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    FLOW_KEYS,
    MAYBE_NULL,
    PACKET,
    PACKET_END,
    PACKET_META,
    SOCK_COMMON,
    SOCKET,
    TCP_SOCK,
    TP_BUFFER,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar

    from ebpf.verifier.core import Verifier

#: (start, end, widths, what comes out): a field, or several alike. widths: NARROW is any width up to 4 that stays inside
#: one aligned word; numbers are the widths allowed, at multiples of themselves; 0 the field can't be accessed so.
NARROW = -1
WIDE = -2  # as NARROW, and 8 bytes at a multiple of 8 from the field's start (addresses of IPv6)
Field = tuple[int, int, int, int]


def _fields(*groups: Field) -> list[Field]:
    return list(groups)


_SKB = _fields(
    (0, 48, NARROW, 0), (48, 68, 8, 0), (68, 76, NARROW, 0), (76, 84, 4, 0), (84, 92, NARROW, 0), (92, 132, 4, 0),
    (132, 140, NARROW, 0), (140, 144, 4, 0), (152, 160, 8, 0), (160, 168, NARROW, 0),
    (168, 176, 8, SOCK_COMMON | MAYBE_NULL), (176, 180, NARROW, 0), (184, 192, 8, 0),
)  # fmt: skip
_SKB_SIZE = 192
_MARK, _QUEUE, _PRIORITY, _TC_INDEX, _CB = (8, 12), (12, 16), (32, 36), (44, 48), (48, 68)
_CLASSID, _DATA, _DATA_END, _FAMILY_PORT, _META = (72, 76), (76, 80), (80, 84), (88, 140), (140, 144)
_TSTAMP, _WIRE_LEN, _TSTAMP_TYPE, _HWTSTAMP = (152, 160), (160, 164), (180, 181), (184, 192)

Ranges = tuple[tuple[int, int], ...]
#: Program type → (what it may not touch, what it may write).
_SKB_RULES: dict[str, tuple[Ranges, Ranges]] = {
    "SOCKET_FILTER": (
        (_CLASSID, _DATA, _META, _DATA_END, _FAMILY_PORT, _TSTAMP, _WIRE_LEN, _HWTSTAMP), (_CB,)
    ),
    "CGROUP_SKB": ((_CLASSID, _META, _WIRE_LEN), (_MARK, _PRIORITY, _CB, _TSTAMP)),
    "LWT": ((_CLASSID, _FAMILY_PORT, _META, _TSTAMP, _WIRE_LEN, _HWTSTAMP), (_MARK, _PRIORITY, _CB)),
    "SCHED": ((_FAMILY_PORT,), (_MARK, _TC_INDEX, _PRIORITY, _CLASSID, _CB, _TSTAMP, _QUEUE)),
    "SK_SKB": ((_CLASSID, _META, _TSTAMP, _WIRE_LEN, _HWTSTAMP, _MARK), (_TC_INDEX, _PRIORITY)),
}  # fmt: skip
_SKB_TYPES = {
    "SOCKET_FILTER": "SOCKET_FILTER", "CGROUP_SKB": "CGROUP_SKB", "LWT_IN": "LWT", "LWT_OUT": "LWT", "LWT_XMIT": "LWT",
    "LWT_SEG6LOCAL": "LWT", "SCHED_CLS": "SCHED", "SCHED_ACT": "SCHED", "SK_SKB": "SK_SKB",
}  # fmt: skip

_SOCK = _fields((0, 4, 4, 0), (4, 16, NARROW, 0), (16, 24, 4, 0), (24, 48, NARROW, 0), (52, 80, NARROW, 0))
_TCP_SOCK = _fields((0, 80, 4, 0), (80, 96, 8, 0), (96, 112, 4, 0))
_XDP_SOCK = _fields((0, 4, 4, 0))
_XDP = _fields((0, 4, 4, PACKET), (4, 8, 4, PACKET_END), (8, 12, 4, PACKET_META), (12, 24, 4, 0))
_SOCK_OPS = _fields(
    (0, 168, 4, 0), (168, 184, 8, 0), (184, 192, 8, SOCKET | MAYBE_NULL), (192, 200, 8, PACKET), (200, 208, 8, PACKET_END),
    (208, 212, 4, 0), (212, 216, NARROW, 0), (216, 224, 8, 0),
)  # fmt: skip
_SK_MSG = _fields((0, 8, 8, PACKET), (8, 16, 8, PACKET_END), (16, 72, 4, 0), (72, 80, 8, SOCKET))
_SOCK_ADDR = _fields(
    (0, 4, 4, 0), (4, 8, NARROW, 0), (8, 24, WIDE, 0), (24, 28, NARROW, 0), (28, 40, 4, 0), (40, 44, NARROW, 0),
    (44, 60, WIDE, 0), (64, 72, 8, SOCKET),
)  # fmt: skip
_SK_LOOKUP = _fields((0, 8, 8, SOCKET | MAYBE_NULL), (8, 36, NARROW, 0), (40, 68, NARROW, 0))
_SK_REUSEPORT = _fields(
    (0, 8, 8, PACKET), (8, 16, 8, PACKET_END), (16, 32, NARROW, 0), (32, 36, 4, 0), (40, 48, 8, SOCKET),
    (48, 56, 8, SOCK_COMMON | MAYBE_NULL),
)  # fmt: skip
_FLOW = _fields((76, 80, 4, PACKET), (80, 84, 4, PACKET_END), (144, 152, 8, FLOW_KEYS))
_DEVICE = _fields((0, 4, NARROW, 0), (4, 12, 4, 0))
_SYSCTL = _fields((0, 8, NARROW, 0))
_SOCKOPT = _fields((0, 8, 8, SOCKET), (8, 16, 8, PACKET), (16, 24, 8, PACKET_END), (24, 40, 4, 0))
_PERF_EVENT = _fields((0, 168, 8, 0), (168, 184, WIDE, 0))

PT_REGS = 168
_PLAIN = {"KPROBE": PT_REGS, "TRACEPOINT": 8192, "LIRC_MODE2": 4}
#: Program types whose context is plain memory for helpers: no field in it stands for another.
_UNCONVERTED = frozenset(
    ("KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "RAW_TRACEPOINT_WRITABLE", "TRACING", "LSM", "CGROUP_DEVICE", "SYSCALL",
     "STRUCT_OPS", "LIRC_MODE2", "NETFILTER", "EXT")
)  # fmt: skip


def _find(fields: list[Field], off: int, size: int, write: bool = False) -> int | None:
    """What the field gives (0: a number), None if there is no such field in that width."""
    for start, end, width, gives in fields:
        if start <= off < end:
            if width in (NARROW, WIDE):
                if size == 8:
                    return gives if width == WIDE and (off - start) % 8 == 0 and off + 8 <= end else None
                if write and size != 4:
                    return None
                return gives if (off & 3) + size <= 4 else None
            if width == 8 and start == 48:  # cb: any width
                return gives if off + size <= end else None
            return gives if size == width else None
    return None


def _within(off: int, ranges: Ranges) -> bool:
    return any(start <= off < end for start, end in ranges)


class Context:
    """The rules for the context of one program."""

    def __init__(self, v: Verifier) -> None:
        self.name = v.type_name
        attach = v.program.attach_type
        self.attach = attach.name if attach is not None else ""
        self.converted = self.name not in _UNCONVERTED
        self.check = self._choose()

    def _choose(self) -> Callable[[Verifier, int, int, bool, bool], int | Reg | None]:
        name = self.name
        if name in _SKB_TYPES:
            return self._skb
        special = {
            "XDP": self._xdp, "FLOW_DISSECTOR": self._flow, "CGROUP_SOCK": self._sock, "SOCK_OPS": self._sock_ops,
            "SK_MSG": self._table(_SK_MSG), "CGROUP_SOCK_ADDR": self._sock_addr, "SK_LOOKUP": self._sk_lookup,
            "SK_REUSEPORT": self._sk_reuseport, "CGROUP_DEVICE": self._table(_DEVICE), "CGROUP_SYSCTL": self._sysctl,
            "CGROUP_SOCKOPT": self._sockopt, "PERF_EVENT": self._table(_PERF_EVENT), "KPROBE": self._plain,
            "TRACEPOINT": self._plain, "LIRC_MODE2": self._plain, "RAW_TRACEPOINT": self._raw,
            "RAW_TRACEPOINT_WRITABLE": self._raw_writable, "SYSCALL": self._syscall,
        }  # fmt: skip
        return special.get(name) or self._typed

    def access(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> Reg:
        """What a load of the context gives. Raises Refusal for what may not be accessed."""
        found = self.check(v, off, size, write, sign) if off >= 0 and off % size == 0 else None
        if found is None:
            raise Refusal(
                "context", f"invalid bpf_context access off={off} size={size}",
                required="a field of the context that this program type may access, in its width",
            )  # fmt: skip
        if isinstance(found, Reg):
            return found
        if not found:
            return UNKNOWN.reg
        return Reg(found, id=v.new_id() if found & MAYBE_NULL else 0, aux=0 if found in (PACKET, PACKET_META) else None)

    def socket_access(self, v: Verifier, kind: int, off: int, size: int) -> bool:
        """Whether a field of a socket may be read."""
        if off < 0 or off % size:
            return False
        if kind == SOCK_COMMON and 8 <= off < 24:
            return False
        if kind in (SOCK_COMMON, SOCKET):
            return self._sock_field(off, size)
        return _find(_TCP_SOCK if kind == TCP_SOCK else _XDP_SOCK, off, size) is not None

    @staticmethod
    def _sock_field(off: int, size: int) -> bool:
        if 48 <= off < 50:
            return size == 4 or (off & 1) + size <= 2
        return _find(_SOCK, off, size) is not None

    # -- one for each kind of context: the type that comes out, 0 for a number, None for no

    def _table(self, fields: list[Field]) -> Callable[[Verifier, int, int, bool, bool], int | None]:
        def check(v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
            return None if write else _find(fields, off, size)

        return check

    def _skb(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        closed, writable = _SKB_RULES[_SKB_TYPES[self.name]]
        if _within(off, closed) or (write and not _within(off, writable)):
            return None
        if (
            not v.privileged
            and self.name == "CGROUP_SKB"
            and (_within(off, (_DATA, _DATA_END)) or (write and _within(off, (_TSTAMP,))))
        ):
            return None
        if _SKB_TYPES[self.name] == "SCHED" and off == _TSTAMP_TYPE[0]:
            return 0 if size == 1 and not write else None
        found = _find(_SKB, off, size, write)
        if found is None:
            return None
        for span, kind in ((_DATA, PACKET), (_META, PACKET_META), (_DATA_END, PACKET_END)):
            if _within(off, (span,)):
                return None if sign else kind
        return found

    def _xdp(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if write or (off == 20 and self.attach != "XDP_DEVMAP"):
            return None
        found = _find(_XDP, off, size)
        return None if found and sign else found

    def _flow(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        found = _find(_FLOW, off, size)
        return None if write or (sign and found != FLOW_KEYS) else found

    def _sock(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if not self._sock_field(off, size):
            return None
        attach = self.attach or "CGROUP_INET_SOCK_CREATE"
        if off in (0, 16, 20):
            return 0 if attach in ("CGROUP_INET_SOCK_CREATE", "CGROUP_INET_SOCK_RELEASE") else None
        if 24 <= off < 28 and attach != "CGROUP_INET4_POST_BIND":
            return None
        if 28 <= off < 44 and attach != "CGROUP_INET6_POST_BIND":
            return None
        if 44 <= off < 48 and attach not in ("CGROUP_INET4_POST_BIND", "CGROUP_INET6_POST_BIND"):
            return None
        return None if write else 0

    def _sock_ops(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if write:
            return 0 if off in (4, 164) and size == 4 else None
        return _find(_SOCK_OPS, off, size)

    _FAMILY: ClassVar[dict[tuple[int, int], tuple[str, ...]]] = {
        (4, 8): ("INET4_BIND", "INET4_CONNECT", "INET4_GETPEERNAME", "INET4_GETSOCKNAME", "UDP4_SENDMSG", "UDP4_RECVMSG"),
        (8, 24): ("INET6_BIND", "INET6_CONNECT", "INET6_GETPEERNAME", "INET6_GETSOCKNAME", "UDP6_SENDMSG", "UDP6_RECVMSG"),
        (40, 44): ("UDP4_SENDMSG",),
        (44, 60): ("UDP6_SENDMSG",),
    }  # fmt: skip

    def _sock_addr(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        for (start, end), attaches in self._FAMILY.items():
            if start <= off < end and self.attach.removeprefix("CGROUP_") not in attaches:
                return None
        if write and not (4 <= off < 28 or 40 <= off < 60):
            return None
        return _find(_SOCK_ADDR, off, size, write)

    def _sk_lookup(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if write:
            return None
        if 36 <= off < 40:
            return 0 if (off == 36 and size == 4) or (off & 1) + size <= 2 else None
        return _find(_SK_LOOKUP, off, size)

    def _sk_reuseport(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if write or (20 <= off < 24 and size < 2):
            return None
        return _find(_SK_REUSEPORT, off, size)

    def _sysctl(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if write:
            return 0 if off == 4 and size == 4 else None
        return _find(_SYSCTL, off, size)

    def _sockopt(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        getting = self.attach == "CGROUP_GETSOCKOPT"
        if off == 36:
            return 0 if size == 4 and getting else None
        if write:
            if off == 32:
                return 0 if size == 4 else None
            return 0 if off in (24, 28) and size == 4 and not getting else None
        return _find(_SOCKOPT, off, size)

    def _plain(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if self.name == "TRACEPOINT" and off < 8:
            return None
        if write and self.name != "KPROBE":
            return None
        return 0 if off + size <= _PLAIN[self.name] else None

    def _raw(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        return 0 if not write and off + size <= 96 else None

    def _raw_writable(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if off == 0:
            return TP_BUFFER if size == 8 and not write else None
        return self._raw(v, off, size, write, sign)

    def _syscall(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | None:
        if off + size > 0xFFFF:
            return None
        v.reach_buffer("context", off + size)
        return 0

    def _typed(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> int | Reg | None:
        from ebpf.verifier import objects

        return objects.context_field(v, off, size, write)
