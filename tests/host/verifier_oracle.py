"""The running kernel's verifier, asked directly: load, look at errno and log, close at once."""

from __future__ import annotations

import ctypes
import os
import struct

from ebpf.spec import MapSpec, ProgramSpec

_NR = {"x86_64": 321, "aarch64": 280, "riscv64": 280}.get(os.uname().machine, 0)
_libc = ctypes.CDLL(None, use_errno=True)


def _bpf(command: int, attr: bytes) -> int:
    buffer = ctypes.create_string_buffer(attr.ljust(160, b"\0"))
    return int(_libc.syscall(_NR, command, buffer, 160))


class Oracle:
    """Holds the maps that programs name; a context manager."""

    def __init__(self, maps: dict[str, MapSpec], names: bool = False) -> None:
        self.maps: dict[str, int] = {}
        for name, spec in maps.items():
            numbers = (spec.type, spec.key_size, spec.value_size, spec.max_entries, spec.flags, 0, 0)
            fd = _bpf(0, struct.pack("<IIIIIII16s", *numbers, name.encode()[:15] if names else b""))
            if fd < 0:
                raise OSError(ctypes.get_errno(), f"map {name}")
            self.maps[name] = fd

    def __enter__(self) -> Oracle:
        return self

    def __exit__(self, *exc: object) -> None:
        for fd in self.maps.values():
            os.close(fd)

    def ask(self, program: ProgramSpec, log: int = 0) -> tuple[int, str]:
        """(0, log) if the kernel takes it, else (errno, log)."""
        code = bytearray(program.code)
        for ref in program.references:
            struct.pack_into("<i", code, ref.slot * 8 + 4, self.maps[ref.name])
            code[ref.slot * 8 + 1] = (code[ref.slot * 8 + 1] & 0x0F) | ((1 if ref.kind == "map" else 2) << 4)
            if ref.kind == "map_value":
                struct.pack_into("<i", code, ref.slot * 8 + 12, ref.offset)
        insns = ctypes.create_string_buffer(bytes(code), len(code))
        licence = ctypes.create_string_buffer(program.license.encode())
        text = ctypes.create_string_buffer(1 << 22 if log else 1)
        attach = int(program.attach_type) if program.attach_type is not None else 0
        attr = struct.pack(
            "<IIQQIIQII16sII", program.type, len(code) // 8, ctypes.addressof(insns), ctypes.addressof(licence),
            log, len(text) if log else 0, ctypes.addressof(text) if log else 0, 0, program.flags, b"t", 0, attach,
        )  # fmt: skip
        fd = _bpf(5, attr)
        error = ctypes.get_errno() if fd < 0 else 0
        if fd >= 0:
            os.close(fd)
        return error, text.value.decode(errors="replace") if log else ""
