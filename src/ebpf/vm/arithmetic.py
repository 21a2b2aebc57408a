"""What has no short form in Python: signed division, byte swaps, atomic operations. Values are unsigned 64 bits."""

from __future__ import annotations

from ebpf.uapi import opcodes as op

M32 = 0xFFFFFFFF
M64 = 0xFFFFFFFFFFFFFFFF


def signed(value: int, bits: int) -> int:
    """The low `bits` of a value as a signed number."""
    half = 1 << (bits - 1)
    return ((value & ((1 << bits) - 1)) ^ half) - half


def sdiv(a: int, b: int, bits: int) -> int:
    """Signed division, towards 0. By 0 it gives 0; the least number by -1 gives itself."""
    x, y = signed(a, bits), signed(b, bits)
    if not y:
        return 0
    q = abs(x) // abs(y)
    return (q if (x < 0) == (y < 0) else -q) & ((1 << bits) - 1)


def smod(a: int, b: int, bits: int) -> int:
    """Signed remainder, with the sign of the dividend. By 0 it gives the dividend."""
    x, y = signed(a, bits), signed(b, bits)
    if not y:
        return x & ((1 << bits) - 1)
    r = abs(x) % abs(y)
    return (-r if x < 0 else r) & ((1 << bits) - 1)


def swap(value: int, size: int) -> int:
    """The low `size` bytes, turned round."""
    return int.from_bytes((value & ((1 << 8 * size) - 1)).to_bytes(size, "little"), "big")


def atomic(operation: int, old: int, value: int, expected: int, mask: int) -> int:
    """What an atomic operation leaves in memory that held `old`. `operation` is the instruction's immediate."""
    if operation == op.CMPXCHG:
        return value & mask if old == expected & mask else old
    if operation == op.XCHG:
        return value & mask
    kind = operation & ~op.FETCH
    if kind == op.ADD:
        return (old + value) & mask
    if kind == op.OR:
        return (old | value) & mask
    if kind == op.AND:
        return old & value & mask
    return (old ^ value) & mask
