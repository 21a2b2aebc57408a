"""Many runs of a program: by the engine's own way where it has one, else one by one."""

from __future__ import annotations

from array import array

from ebpf.capture.frames import hidden
from ebpf.errors import Fault, KernelError
from ebpf.uapi.contexts import PACKET_STRUCTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import SupportsBytes

    from ebpf.engine import RawProgram

    Bytes = bytes | bytearray | memoryview | SupportsBytes


def as_bytes(thing: Bytes, what: str) -> bytes:
    """The bytes of bytes, a bytearray, a memoryview or a NumPy array (row by row), or of an object that gives them
    (`__bytes__`: a packet of scapy's). Raises TypeError for anything else: numbers would be taken for lengths."""
    if hasattr(type(thing), "__bytes__"):
        return bytes(thing)
    try:
        return memoryview(thing).tobytes()  # type: ignore[arg-type]
    except TypeError:
        hint = "; bytes.fromhex() reads hexadecimal" if isinstance(thing, str) else ""
        raise TypeError(
            f"{what} is bytes, or has them (bytearray, memoryview, a NumPy array), not {type(thing).__name__}{hint}"
        ) from None


def run_batch(
    raw: RawProgram,
    items: Sequence[Bytes] | bytearray,
    starts: Sequence[int] | None,
    lengths: Sequence[int] | None,
    on_fault: Callable[[int, Exception], object] | None,
    out: list[bytes] | None = None,
) -> array[int]:
    """`Program.run_batch`."""
    if isinstance(items, bytearray):
        if starts is None or lengths is None:
            raise ValueError("items in one bytearray need starts and lengths")
        buffer = items
    else:
        if starts is not None or lengths is not None:
            raise ValueError("starts and lengths are for items in one bytearray")
        given: object = items
        if isinstance(given, (bytes, str)):
            raise TypeError(
                f"a batch is a sequence of items, or one bytearray with starts and lengths, not {type(given).__name__}"
            )
        buffer, starts, lengths = _joined(items)
    if len(starts) != len(lengths):
        raise ValueError(f"{len(starts)} starts and {len(lengths)} lengths")
    if _native(raw):
        return _in_one_call(raw, buffer, starts, lengths, on_fault, out)
    one = _one(raw)
    results = array("I", [0]) * len(starts)
    for number, (start, size) in enumerate(zip(starts, lengths, strict=True)):
        if start < 0 or size < 0 or start + size > len(buffer):
            raise ValueError(f"item {number}, {size} bytes at {start}, is not in the buffer's {len(buffer)} bytes")
        try:
            results[number], after = one(bytes(buffer[start : start + size]))
        except (Fault, KernelError) as error:
            if on_fault is None:
                raise
            on_fault(number, error)
            if out is not None:
                out.append(b"")
            continue
        if out is not None:
            out.append(after)
        elif len(after) == size:
            buffer[start : start + size] = after
    return results


def _in_one_call(
    raw: RawProgram,
    buffer: bytearray,
    starts: Sequence[int],
    lengths: Sequence[int],
    on_fault: Callable[[int, Exception], object] | None,
    out: list[bytes] | None,
) -> array[int]:
    """By the engine's own way."""
    moved = raw.packets_out() if out is not None else None  # type: ignore[attr-defined]
    left_out: set[int] = set()

    def fault(number: int, error: Exception) -> None:
        assert on_fault is not None
        left_out.add(number)
        on_fault(number, error)

    told = fault if on_fault is not None else None
    try:
        results: array[int] = raw.run_packets(buffer, starts, lengths, told, None, None, moved)  # type: ignore[attr-defined]
    except OverflowError:
        raise ValueError("a start or a length is negative, or has more than 64 bits") from None
    if moved is not None and out is not None:
        out += map(moved.__getitem__, range(len(results)))
    elif out is not None:
        view = memoryview(buffer)
        out += (
            b"" if number in left_out else bytes(view[start : start + size])
            for number, (start, size) in enumerate(zip(starts, lengths, strict=True))
        )
    return results


def function(raw: RawProgram) -> Callable[[bytes], int]:
    """`Program.function`."""
    if _native(raw):
        made: Callable[[bytes], int] = raw.function()  # type: ignore[attr-defined]
        return made
    one = _one(raw)
    return lambda item: one(item)[0]


def _native(raw: RawProgram) -> bool:
    batches = getattr(raw, "batches", None)
    return batches is not None and bool(batches())


def _one(raw: RawProgram) -> Callable[[bytes], tuple[int, bytes]]:
    """One run on an item: the result, and the item after it."""
    packet = raw.spec.type.context in PACKET_STRUCTS
    unseen = hidden(raw.spec.type)

    def one(item: bytes) -> tuple[int, bytes]:
        result = raw.run(item) if packet else raw.run(context=item)
        data = item[:unseen] + result.data[unseen:]
        return result.retval & 0xFFFFFFFF, data if packet else result.context

    return one


def _joined(items: Sequence[Bytes]) -> tuple[bytearray, array[int], array[int]]:
    """Items one after the other, each at a multiple of 8."""
    starts, lengths = array("Q"), array("I")
    buffer = bytearray()
    for item in items:
        if type(item) is not bytes:
            item = as_bytes(item, f"item {len(starts)}")
        starts.append(len(buffer))
        lengths.append(len(item))
        buffer += item
        buffer += bytes(-len(item) % 8)
    return buffer, starts, lengths
