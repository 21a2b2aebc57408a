"""An object's types, given to the kernel: its maps then have fields, its programs lines, in the kernel and in bpftool."""

from __future__ import annotations

import sys as _sys
from struct import Struct

from ebpf.errors import EbpfError
from ebpf.kernel import sys
from ebpf.kernel.sys import Descriptor, Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.btf import Kind
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebpf.btf import Btf
    from ebpf.spec import ProgramSpec

_LOAD = Layout(bpf_attr.BTF_LOAD)
_WORD = Struct("=I")
_LINE = Struct("=4I")
_HEADER = Struct("=HBBIIIII")

# Words behind the three that each type has: fixed, and for each of its `vlen` parts (include/uapi/linux/btf.h).
_EXTRA = {Kind.INT: 1, Kind.ARRAY: 3, Kind.VAR: 1, Kind.DECL_TAG: 1}
_EACH = {Kind.STRUCT: 3, Kind.UNION: 3, Kind.ENUM: 2, Kind.FUNC_PROTO: 2, Kind.DATASEC: 3, Kind.ENUM64: 3}


class ObjectTypes:
    """The BTF of the object that is being loaded, as the kernel holds it. The last one is kept: all maps and programs of an
    object come one after the other, and what they made keeps the types alive in the kernel."""

    def __init__(self) -> None:
        self._btf: Btf | None = None
        self._descriptor: Descriptor | None = None
        self._error: Exception | None = None
        self._strings: dict[str, int] = {}

    def fd(self, btf: Btf | None) -> int:
        """The descriptor of `btf` in the kernel, -1 if there is none or the kernel doesn't take it."""
        if btf is None or len(btf) <= 1:
            return -1
        if btf is not self._btf:
            self.close()
            try:
                self._descriptor = load_btf(btf)
            except (OSError, EbpfError) as error:
                self._descriptor = None  # types are a comfort; what can't do without tells `refusal`
                self._error = error
            self._btf = btf
        return self._descriptor.fd if self._descriptor is not None else -1

    def refusal(self, btf: Btf | None) -> str:
        """Why the kernel didn't take the types of `btf`, by its log; "" if it did, or wasn't asked."""
        if btf is None or btf is not self._btf or self._error is None:
            return ""
        try:
            load_btf(btf, log_level=1).close()
        except (OSError, EbpfError) as error:
            lines = getattr(error, "log", "").strip().splitlines()
            return f"the kernel doesn't take the object's types: {lines[-1] if lines else error}"
        return ""

    def infos(self, spec: ProgramSpec) -> tuple[bytes, bytes]:
        """(func_info, line_info) of a program, each empty where the object's notes aren't complete: the kernel takes
        records for every function of a program, from its first instruction on, or none."""
        functions, lines = spec.functions, spec.lines
        if not functions or functions[0].slot or not all(function.type_id for function in functions):
            return b"", b""
        func_info = b"".join(_WORD.pack(f.slot) + _WORD.pack(f.type_id) for f in functions)
        noted = {line.slot for line in lines}
        if not all(function.slot in noted for function in functions):
            return func_info, b""
        out = []
        for line in lines:
            file, text = self._string(line.file), self._string(line.text)
            if file is None or text is None:
                return func_info, b""
            place = (line.line << 10 | min(line.column, 1023)) & 0xFFFFFFFF
            out.append(_LINE.pack(line.slot, file, text, place))
        return func_info, b"".join(out)

    def _string(self, text: str) -> int | None:
        """Where a string lies among the object's; None if it isn't there."""
        if not self._strings and self._btf is not None:
            raw = bytes(self._btf.raw)
            header = _HEADER.unpack_from(raw)
            start, size = header[3] + header[6], header[7]
            offset = 0
            for part in raw[start : start + size].split(b"\0"):
                self._strings.setdefault(part.decode(errors="surrogateescape"), offset)
                offset += len(part) + 1
        return self._strings.get(text)

    def close(self) -> None:
        self._btf = self._error = None
        self._strings = {}
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            descriptor.close()


def load_btf(btf: Btf, *, log_level: int = 0) -> Descriptor:
    """Gives types to the kernel (Linux 4.18); kinds that an older kernel doesn't know are changed for ones it does.
    Raises KernelError, whose `log` says what is wrong with them."""
    if btf.byte_order != _sys.byteorder:
        raise EbpfError(f"types of {btf.byte_order}-endian order on a {_sys.byteorder}-endian machine")
    from ebpf.btf.loadable import loadable

    raw = loadable(btf)
    try:
        return _load_raw(raw, log_level)
    except OSError as error:
        older = sanitized(raw, sys.kernel_release())
        if older == raw:
            raise
        first = error
    try:
        return _load_raw(older, log_level)
    except OSError:
        raise first from None


def _load_raw(raw: bytes, log_level: int) -> Descriptor:
    data = buffer(raw)
    attr = _LOAD(btf=address(data), btf_size=len(raw))
    log = buffer(1 << 16 if log_level else 1)
    if log_level:
        _LOAD.set(attr, "btf_log_buf", address(log))
        _LOAD.set(attr, "btf_log_size", 1 << 16)
        _LOAD.set(attr, "btf_log_level", log_level)
    try:
        return Descriptor(sys.with_memlock(lambda: sys.bpf(Command.BTF_LOAD, attr, "BPF_BTF_LOAD")), "types")
    except OSError as error:
        error.log = log.value.decode(errors="replace")  # type: ignore[attr-defined]
        raise


def _types(raw: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """(offset, kind, vlen) of each type, as they lie."""
    header = _HEADER.unpack_from(raw)
    at = header[3] + header[4]
    end = at + header[5]
    while at + 12 <= end:
        info = _WORD.unpack_from(raw, at + 4)[0]
        kind, vlen = info >> 24 & 0x1F, info & 0xFFFF
        yield at, kind, vlen
        at += 12 + 4 * (_EXTRA.get(kind, 0) + _EACH.get(kind, 0) * vlen)


def sanitized(raw: bytes, release: tuple[int, int]) -> bytes:
    """The types with kinds younger than `release` turned into older ones of the same length and size:
    a FLOAT is then an empty struct, a TYPE_TAG is const, a DECL_TAG an int, an ENUM64 a union of ints. Before 6.9 no section's
    name may have a "?" (`SEC("?.struct_ops")`): it is "_" then."""
    out = bytearray(raw)
    names = _HEADER.unpack_from(raw)[3] + _HEADER.unpack_from(raw)[6]

    def info(at: int, kind: Kind, vlen: int = 0, flag: int = 0) -> None:
        _WORD.pack_into(out, at + 4, flag << 31 | kind << 24 | vlen)

    some_int = 0
    for number, (at, kind, vlen) in enumerate(_types(raw), 1):
        if kind == Kind.INT and not some_int:
            some_int = number
        if kind == Kind.FLOAT and release < Kind.FLOAT.since:
            info(at, Kind.STRUCT)
        elif kind == Kind.TYPE_TAG and release < Kind.TYPE_TAG.since:
            _WORD.pack_into(out, at, 0)
            info(at, Kind.CONST)
        elif kind == Kind.DECL_TAG and release < Kind.DECL_TAG.since:
            info(at, Kind.INT)
            _WORD.pack_into(out, at + 8, 4)
            _WORD.pack_into(out, at + 12, 32)
        elif kind == Kind.DATASEC and release < (6, 9):
            start = names + _WORD.unpack_from(out, at)[0]
            end = out.find(0, start)
            out[start:end] = out[start:end].replace(b"?", b"_")
        elif kind == Kind.ENUM and release < Kind.ENUM64.since:
            info(at, Kind.ENUM, vlen)  # the sign of an enum is as young as ENUM64
        elif kind == Kind.ENUM64 and release < Kind.ENUM64.since:
            info(at, Kind.UNION, vlen)
            for i in range(vlen):
                _WORD.pack_into(out, at + 12 + i * 12 + 4, some_int)
                _WORD.pack_into(out, at + 12 + i * 12 + 8, 0)
    return bytes(out)
