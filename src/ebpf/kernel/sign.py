"""Signed programs (Linux 6.18): what a signature is over, and what the kernel says of one."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import NotSupported
from ebpf.kernel.programs import set_load64
from ebpf.uapi import flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec

SINCE = (6, 18)
NO_CHECK = "this kernel checks none (CONFIG_SYSTEM_DATA_VERIFICATION)"
#: What verify_pkcs7_signature() says, in words.
HINTS = {
    _errno.EKEYREJECTED: "the signature isn't of this bytecode, or not by a key of that keyring",
    _errno.ENOKEY: "no key of that keyring made the signature",
    _errno.EBADMSG: "the signature is no detached PKCS#7 message",
    _errno.ENOPKG: "the signature's hash or cipher is not in this kernel",
    _errno.EINVAL: "there may be no such keyring",
}


def signed_code(spec: ProgramSpec) -> tuple[bytes, list[str]]:
    """(the bytecode as the kernel is given it, its maps by their places in it): what a signature is over.

    Maps stand in it by number, so that it is the same each time. NotSupported for a program that refers to the kernel itself,
    or has CO-RE relocations: it is another one on every kernel."""
    code, maps = bytearray(spec.code), list[str]()
    if spec.core:
        raise NotSupported(f"signing {spec.name}", why="its CO-RE relocations make it another program on each kernel")
    for ref in spec.references:
        if ref.kind not in ("map", "map_value"):
            raise NotSupported(f"signing {spec.name}", why=f"where {ref.name} lies, each kernel knows for itself")
        if ref.name not in maps:
            maps.append(ref.name)
        source = flags.BPF_PSEUDO_MAP_IDX if ref.kind == "map" else flags.BPF_PSEUDO_MAP_IDX_VALUE
        set_load64(code, ref.slot * 8, source, maps.index(ref.name), ref.offset if ref.kind == "map_value" else 0)
    return bytes(code), maps
