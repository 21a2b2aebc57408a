"""Many elements of a map in one call: BPF_MAP_*_BATCH (Linux 5.6), and one by one for types and kernels without."""

from __future__ import annotations

import ctypes
import errno as _errno
from struct import Struct

from ebpf.kernel import sys
from ebpf.kernel.maps import UNSUPPORTED
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ebpf.kernel.maps import KernelMap

    #: Keys one after the other, values one after the other, how many.
    Chunk = tuple[bytes | memoryview, bytes | memoryview, int]

_BATCH = Layout(bpf_attr.MAP_BATCH)
#: What stays in the processor's cache until it is looked at, and is many entries still.
_CHUNK_BYTES = 1 << 18


def _memory(size: int) -> Any:
    """Memory that a system call may fill, zero where it doesn't; much of it takes up room only when it is filled."""
    if size < 1 << 20:
        return buffer(size)
    import mmap

    return (ctypes.c_char * size).from_buffer(mmap.mmap(-1, size))


def pairs(map_: KernelMap, keys: bytes | memoryview, values: bytes | memoryview) -> Iterator[tuple[bytes, bytes]]:
    """Each key with its value."""
    key, value = Struct(f"{map_.spec.key_size}s"), Struct(f"{map_.value_bytes}s")
    return zip([one for (one,) in key.iter_unpack(keys)], [one for (one,) in value.iter_unpack(values)], strict=True)


def chunks(map_: KernelMap) -> Iterator[Chunk]:
    """Every entry, some at a time. What is given is good until the next is asked for."""
    started = False
    try:
        for chunk in walk(map_):
            started = True
            yield chunk
    except OSError as error:
        if started or error.errno not in UNSUPPORTED:
            raise
    else:
        return
    # A key that vanishes under the walk sends it back to the start: the map's size bounds it.
    key = None
    keys: list[bytes] = []
    values: list[bytes] = []
    for _ in range(map_.spec.max_entries or 1 << 32):
        key = map_.next_key(key)
        if key is None:
            break
        value = map_.lookup(key)
        if value is not None:
            keys.append(key)
            values.append(value)
        if len(keys) == 1024:
            yield b"".join(keys), b"".join(values), len(keys)
            keys, values = [], []
    if keys:
        yield b"".join(keys), b"".join(values), len(keys)


def whole(map_: KernelMap) -> Chunk | None:
    """Every entry in one piece, which is the caller's own; None where it takes more than one call."""
    one = walk(map_, map_.spec.max_entries)
    try:
        found = next(one, (b"", b"", 0))
        return found if next(one, None) is None else None
    except OSError:
        return None


def walk(map_: KernelMap, count: int = 0, *, delete: bool = False) -> Iterator[tuple[memoryview, memoryview, int]]:
    """The entries, up to `count` a call, in memory that the next call writes over; with `delete` they are taken out. Raises
    KernelError: one of UNSUPPORTED where the type or the kernel has no batches."""
    key_size, value_size = map_.spec.key_size, map_.value_bytes
    count = count or min(max(_CHUNK_BYTES // (key_size + value_size), 64), 16384)
    count = min(count, max(map_.spec.max_entries, 1))
    command = Command.MAP_LOOKUP_AND_DELETE_BATCH if delete else Command.MAP_LOOKUP_BATCH
    call = f"map {map_.spec.name}: BPF_{command.name}"
    # A hash gives the number of a bucket (u32) as the place to go on from, an array a key, an LPM trie a key.
    place = buffer(max(key_size, 4))
    first = True
    attr = _BATCH(map_fd=map_.fd, out_batch=address(place))
    room = 0
    while True:
        if room != count:
            keys, values, room = _memory(key_size * count), _memory(value_size * count), count
            _BATCH.set(attr, "keys", address(keys))
            _BATCH.set(attr, "values", address(values))
            all_keys, all_values = memoryview(keys).cast("B"), memoryview(values).cast("B")
        _BATCH.set(attr, "in_batch", 0 if first else address(place))
        _BATCH.set(attr, "count", count)
        _BATCH.set(attr, "map_fd", map_.fd)
        last = False
        try:
            sys.bpf(command, attr, call)
        except OSError as error:
            if error.errno == _errno.ENOSPC:
                # One bucket of a hash holds more than fits.
                count *= 2
                continue
            if error.errno != _errno.ENOENT:
                raise
            last = True
        got = _BATCH.get(attr, "count")
        if got:
            yield all_keys[: got * key_size], all_values[: got * value_size], got
        if last:
            return
        first = False


def drain(map_: KernelMap) -> Iterator[tuple[bytes, bytes]]:
    """Takes every entry out and gives it."""
    started = False
    try:
        for keys, values, _ in walk(map_, delete=True):
            started = True
            yield from pairs(map_, keys, values)
    except OSError as error:
        if started or error.errno not in UNSUPPORTED:
            raise
    else:
        return
    for key, _value in list(map_.items()):
        value = map_.lookup_and_delete(key)
        if value is not None:
            yield key, value


def update(map_: KernelMap, keys: bytes, values: bytes, flags: int) -> int:
    """Sets many entries; how many."""
    key_size, value_size = map_.spec.key_size, map_.value_bytes
    count, rest = divmod(len(keys), key_size)
    if rest or len(values) != count * value_size:
        raise ValueError(
            f"map {map_.spec.name}: {len(keys)} bytes of keys ({key_size} each) and {len(values)} of values "
            f"({value_size} each) don't make pairs"
        )
    if not count:
        return 0
    cell_keys, cell_values = buffer(keys), buffer(values)
    attr = _BATCH(keys=address(cell_keys), values=address(cell_values), count=count, map_fd=map_.fd, elem_flags=flags)
    try:
        sys.bpf(Command.MAP_UPDATE_BATCH, attr, f"map {map_.spec.name}: BPF_MAP_UPDATE_BATCH")
    except OSError as error:
        if error.errno not in UNSUPPORTED or _BATCH.get(attr, "count") not in (0, count):
            raise
        for key, value in pairs(map_, keys, values):
            map_.update(key, value, flags)
    return count


def delete(map_: KernelMap, keys: bytes) -> int:
    """Removes many keys; how many were there."""
    key_size = map_.spec.key_size
    count = len(keys) // key_size if key_size else 0
    if not key_size or len(keys) % key_size:
        raise ValueError(f"map {map_.spec.name}: keys of {key_size} bytes each don't make {len(keys)}")
    memory, at, deleted = buffer(keys), 0, 0
    while at < count:
        attr = _BATCH(keys=address(memory) + at * key_size, count=count - at, map_fd=map_.fd)
        try:
            sys.bpf(Command.MAP_DELETE_BATCH, attr, f"map {map_.spec.name}: BPF_MAP_DELETE_BATCH")
            return deleted + count - at
        except OSError as error:
            # It stops at the first key that isn't there, and tells how many it had done.
            if error.errno == _errno.ENOENT:
                done = _BATCH.get(attr, "count")
                deleted, at = deleted + done, at + done + 1
            elif error.errno in UNSUPPORTED and not at:
                break
            else:
                raise
    else:
        return deleted
    return sum(map_.delete(keys[i : i + key_size]) for i in range(0, len(keys), key_size))
