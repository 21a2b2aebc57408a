"""Text: trace_printk and its relatives, and the small string helpers."""

from __future__ import annotations

from ebpf.errors import Fault
from ebpf.uapi.errno import EINVAL, ERANGE
from ebpf.vm.arithmetic import M64, signed
from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.vm.machine import Machine

#: What a `%s` shows at most, and a line (MAX_BPRINTF_BUF in the kernel is 512).
_MOST = 512


class BadFormat(ValueError):
    """A format that the kernel would refuse; `errno` is what it would give."""


def format_text(m: Machine, text: bytes, values: Sequence[int]) -> bytes:
    """`text` filled in as the kernel's bpf_bprintf does it.

    %d %i %u %x %X with hh, h, l, ll; %c; %s; %p %px %pK %pks %pus %pi4 %pI4 %pi6 %pI6; width and the flags 0 - + # and space.
    """
    out = bytearray()
    rest = iter(values)
    at = 0
    while at < len(text):
        percent = text.find(b"%", at)
        if percent < 0:
            out += text[at:]
            break
        out += text[at:percent]
        at = percent + 1
        if text[at : at + 1] == b"%":
            out += b"%"
            at += 1
            continue
        at = _one(m, text, at, rest, out)
    return bytes(out)


def _one(m: Machine, text: bytes, at: int, rest: object, out: bytearray) -> int:
    flags = b""
    while text[at : at + 1] and text[at : at + 1] in b"0+-# ":
        flags += text[at : at + 1]
        at += 1
    width = 0
    while text[at : at + 1].isdigit():
        width = width * 10 + text[at] - 48
        at += 1
    if text[at : at + 1] == b"p":
        return _pointer(m, text, at + 1, rest, out, width)
    kind = text[at : at + 1]
    if kind in (b"s", b"c"):
        value = next(rest, None)  # type: ignore[call-overload]
        if value is None:
            raise BadFormat
        shown = _string_at(m, value) if kind == b"s" else bytes([value & 0xFF])
        out += shown.ljust(width) if b"-" in flags else shown.rjust(width)
        return at + 1
    bits = 32
    if text.startswith(b"ll", at):
        bits, at = 64, at + 2
    elif text.startswith(b"l", at):
        bits, at = 64, at + 1
    elif text.startswith(b"hh", at):
        bits, at = 8, at + 2
    elif text.startswith(b"h", at):
        bits, at = 16, at + 1
    kind = text[at : at + 1]
    if kind not in (b"d", b"i", b"u", b"x", b"X") or not kind:
        raise BadFormat
    value = next(rest, None)  # type: ignore[call-overload]
    if value is None:
        raise BadFormat
    number = signed(value, bits) if kind in b"di" else value & ((1 << bits) - 1)
    spec = "%" + flags.decode() + (str(width) if width else "") + (kind.decode() if kind in b"xX" else "d")
    out += (spec % number).encode()
    return at + 1


def _string_at(m: Machine, address: int) -> bytes:
    """A string for %s: the program's own memory, else the task's; the kernel shows what it can't read as nothing."""
    try:
        return m.read_string(address, _MOST)
    except Fault:
        return b""


def _pointer(m: Machine, text: bytes, at: int, rest: object, out: bytearray, width: int) -> int:
    value = next(rest, None)  # type: ignore[call-overload]
    if value is None:
        raise BadFormat
    kind = text[at : at + 2]
    if kind in (b"ks", b"us"):
        if text[at : at + 1] == b"k":
            out += _string_at(m, value)
        else:
            from ebpf.vm.helpers.probe import string_at

            out += string_at(m, value, _MOST, user=True, kernel=False) or b""
        return at + 2
    if kind in (b"i4", b"I4"):
        out += b".".join(b"%d" % byte for byte in m.read(value, 4))
        return at + 2
    if kind in (b"i6", b"I6"):
        data = m.read(value, 16)
        joint = b":" if kind == b"I6" else b""
        out += joint.join(b"%02x%02x" % (data[i], data[i + 1]) for i in range(0, 16, 2))
        return at + 2
    shown = b"%016x" % value if kind[:1] != b"x" else b"%x" % value
    out += shown.rjust(width)
    return at + (1 if kind[:1] in (b"K", b"x", b"s", b"S", b"B") else 0)


def _format_of(m: Machine, address: int, size: int) -> bytes | None:
    """The format string of `size` bytes, None where it isn't ended by a 0 byte."""
    data = m.read(address, size)
    end = data.find(0)
    return data[:end] if end >= 0 else None


def _words(m: Machine, address: int, size: int) -> list[int]:
    data = m.read(address, size)
    import sys

    return [int.from_bytes(data[i : i + 8], sys.byteorder) for i in range(0, len(data), 8)]


@helper
def trace_printk(m: Machine, text: int, size: int, r3: int, r4: int, r5: int) -> int:
    """A line of text with up to three values, to the engine's trace; its length, or -EINVAL."""
    form = _format_of(m, text, size & 0xFFFFFFFF)
    if form is None or form.count(b"%") - 2 * form.count(b"%%") > 3:
        return -EINVAL
    try:
        line = format_text(m, form, (r3, r4, r5))
    except BadFormat:
        return -EINVAL
    m.engine.trace(line)
    return len(line)


@helper
def trace_vprintk(m: Machine, text: int, size: int, data: int, length: int, r5: int) -> int:
    """A line of text with values in an array of 64-bit words."""
    length &= 0xFFFFFFFF
    if length % 8 or length > 12 * 8:
        return -EINVAL
    form = _format_of(m, text, size & 0xFFFFFFFF)
    if form is None:
        return -EINVAL
    try:
        line = format_text(m, form, _words(m, data, length))
    except BadFormat:
        return -EINVAL
    m.engine.trace(line)
    return len(line)


def fill(m: Machine, text: int, data: int, length: int) -> bytes | int:
    """A format string filled in with the values of an array of 64-bit words, `length` bytes of it, or -EINVAL."""
    if length % 8 or length > 12 * 8 or (length and not data):
        return -EINVAL
    form = m.read_string(text, 4096)
    try:
        return format_text(m, form, _words(m, data, length))
    except BadFormat:
        return -EINVAL


@helper
def snprintf(m: Machine, out: int, size: int, text: int, data: int, length: int) -> int:
    """Text into a buffer; the length it would have with its 0 byte, or -EINVAL."""
    line = fill(m, text, data, length & 0xFFFFFFFF)
    if isinstance(line, int):
        return line
    size &= 0xFFFFFFFF
    if size:
        m.write(out, line[: size - 1] + b"\0")
    return len(line) + 1


def _number(m: Machine, buffer: int, size: int, flags: int) -> tuple[int, int, bool] | int:
    """(magnitude, bytes used, negative) of the number at the start of a text, or a negative errno."""
    base = flags & 0x1F
    if base not in (0, 8, 10, 16) or flags & ~0x1F:
        return -EINVAL
    data = m.read(buffer, size)
    if not size:
        return -EINVAL
    at = 0
    while at < size and data[at : at + 1].isspace():
        at += 1
    negative = data[at : at + 1] == b"-"
    if negative:
        at += 1
    if data[at : at + 1] == b"+":
        return -EINVAL
    if at >= size:
        return -EINVAL
    lower = data.lower()
    prefixed = lower[at : at + 2] == b"0x" and lower[at + 2 : at + 3] in b"0123456789abcdef" and at + 2 < size
    if base == 0:
        base = 16 if prefixed else 8 if data[at : at + 1] == b"0" else 10
    if base == 16 and prefixed:
        at += 2
    digits = b"0123456789abcdef"[:base]
    start = at
    while at < size and lower[at : at + 1] in digits and lower[at : at + 1]:
        at += 1
    if start == at:
        return -EINVAL
    value = int(lower[start:at], base)
    if value > M64:
        return -ERANGE
    return value, at, negative


@helper
def strtol(m: Machine, buffer: int, size: int, flags: int, result: int, r5: int) -> int:
    """A signed number from text; the bytes it took, or -EINVAL, -ERANGE and the number is 0 (since Linux 6.12)."""
    m.store(result, 8, 0)
    found = _number(m, buffer, size, flags)
    if isinstance(found, int):
        return found
    value, used, negative = found
    if value > (1 << 63) - (0 if negative else 1):
        return -ERANGE
    m.store(result, 8, (-value if negative else value) & M64)
    return used


@helper
def strtoul(m: Machine, buffer: int, size: int, flags: int, result: int, r5: int) -> int:
    """An unsigned number from text; the bytes it took, or -EINVAL (a sign, too), -ERANGE and the number is 0."""
    m.store(result, 8, 0)
    found = _number(m, buffer, size, flags)
    if isinstance(found, int):
        return found
    value, used, negative = found
    if negative:
        return -EINVAL
    m.store(result, 8, value)
    return used


@helper
def strncmp(m: Machine, first: int, size: int, second: int, r4: int, r5: int) -> int:
    """Compares a buffer with a string, at most `size` bytes."""
    size &= 0xFFFFFFFF
    a = m.read(first, size).split(b"\0")[0]
    b = m.read_string(second, size) if size else b""
    for x, y in zip(a + b"\0", b + b"\0", strict=False):
        if x != y:
            return x - y
    if len(a) >= size or len(b) >= size:
        return 0
    return 0
