"""Programs in the kernel: loading, and what the verifier said when it refused."""

from __future__ import annotations

import errno as _errno
import os
import sys as _sys
from struct import Struct

from ebpf.errors import EbpfError, NotSupported
from ebpf.kernel import sys
from ebpf.kernel.sys import Descriptor, Layout, address, buffer, object_name
from ebpf.uapi import bpf_attr, flags
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_TEST_XDP_LIVE_FRAMES
from ebpf.uapi.opcodes import LDDW
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebpf.engine import RawMap
    from ebpf.kernel.maps import KernelMap
    from ebpf.spec import ProgramSpec, Reference

_LOAD = Layout(bpf_attr.PROG_LOAD)
_RUN = Layout(bpf_attr.PROG_TEST_RUN)
_STREAM = Layout(bpf_attr.PROG_STREAM_READ_BY_FD)
_BIND = Layout(bpf_attr.PROG_BIND_MAP)
_S32 = Struct("=i")
_S16 = Struct("=h")
_LITTLE = _sys.byteorder == "little"

#: As long as a packet of a test run gets, but for frames of several pieces.
_MOST_PACKET = 1 << 16
#: Types whose run takes a context and gives none back.
_NO_CONTEXT_OUT = frozenset(
    {ProgType.SYSCALL, ProgType.RAW_TRACEPOINT, ProgType.FLOW_DISSECTOR, ProgType.SK_LOOKUP, ProgType.NETFILTER}
)
#: Types that are loaded for one thing that they name.
TARGETED = frozenset({ProgType.TRACING, ProgType.LSM, ProgType.EXT})

#: The verifier's log: first try, and the most the kernel takes (UINT_MAX >> 2 since 5.13, 16 MiB before).
LOG_SIZE, LOG_LIMIT = 64 << 10, 16 << 20


class LoadOptions:
    """What the kernel is told beyond the spec itself: resolved ids and descriptors."""

    __slots__ = ("attach_btf_id", "attach_fd", "btf_fd", "expected_attach_type", "func_info", "line_info", "log_level")

    def __init__(self) -> None:
        self.btf_fd = -1
        self.func_info = b""
        self.line_info = b""
        self.attach_btf_id = 0
        self.attach_fd = 0
        #: In place of the spec's, for struct_ops: the member of the struct.
        self.expected_attach_type: int | None = None
        self.log_level = 0


class KernelProgram:
    """A program that the kernel runs."""

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(f"program {self.spec.name} is the kernel's and can't be pickled; its spec can, or pin it")

    def __init__(self, fd: int, spec: ProgramSpec, log: str = "", maps: Mapping[str, RawMap] | None = None) -> None:
        # The first thing, as of a map: the descriptor is this program's.
        self._descriptor = Descriptor(fd, f"program {spec.name}")
        self.spec = spec
        #: The verifier's log, if it was asked for.
        self.log = log
        #: The maps that it was loaded with, by name.
        self.maps: Mapping[str, KernelMap] = maps or {}  # type: ignore[assignment]
        #: The program whose function it was loaded for, and that function in the other's types.
        self.target: tuple[KernelProgram, int] | None = None

    @property
    def closed(self) -> bool:
        return self._descriptor.closed

    def __repr__(self) -> str:
        state = "closed" if self._descriptor.closed else f"fd {self._descriptor.fd}"
        return f"<KernelProgram {self.spec.name} {self.spec.type.label} {state}>"

    @property
    def fd(self) -> int:
        return self._descriptor.fd

    def fileno(self) -> int:
        return self._descriptor.fd

    def pin(self, path: str) -> None:
        """Gives it a name in a BPF file system, which keeps it alive. Raises KernelError."""
        from ebpf.kernel.pins import pin

        pin(self.fd, path)

    def info(self) -> dict[str, object]:
        """What the kernel tells of it, by the kernel's field names. Raises KernelError."""
        from ebpf.kernel.info import describe

        return describe("prog", self.fd)

    def bind_map(self, map_: KernelMap) -> None:
        """Ties a map's life to the program's, though the program doesn't use it: for what describes it. Linux 5.10. Raises
        KernelError."""
        attr = _BIND(prog_fd=self.fd, map_fd=map_.fileno())
        sys.bpf(Command.PROG_BIND_MAP, attr, f"program {self.spec.name}: BPF_PROG_BIND_MAP {map_.spec.name}")

    def dump(self, what: str = "xlated") -> list[str]:
        """The program as the kernel runs it: see `ebpf.kernel.dump`."""
        from ebpf.kernel.dump import dump

        return dump(self.fd, what)

    def close(self) -> None:
        self._descriptor.close()

    def stream(self, which: int = 1) -> bytes:
        """What the program has written to its output (1) or error (2) stream since it was last read (bpf_stream_vprintk), or the
        kernel about it. Linux 6.17. Raises KernelError, NotSupported."""
        out: list[bytes] = []
        memory = buffer(4096)
        attr = _STREAM(stream_buf=address(memory), stream_buf_len=4096, stream_id=which, prog_fd=self.fd)
        while True:
            try:
                got = sys.bpf(Command.PROG_STREAM_READ_BY_FD, attr, f"program {self.spec.name}: its stream {which}")
            except OSError as error:
                if error.errno == _errno.EINVAL and sys.kernel_release() < (6, 17):
                    raise NotSupported("streams of programs", since=(6, 17)) from None
                raise
            if not got:
                return b"".join(out)
            out.append(memory.raw[:got])

    def run(
        self,
        data: bytes = b"",
        context: bytes = b"",
        repeat: int = 1,
        *,
        flags: int = 0,
        cpu: int = 0,
        batch_size: int = 0,
        data_room: int = 0,
    ) -> RunResult:
        """Runs it once or `repeat` times by BPF_PROG_TEST_RUN (Linux 4.12): on a packet (`data`, from its Ethernet header
        on) or a context, as its type takes. `data_room`: bytes to keep for data that grows beyond 64 KiB. Raises KernelError."""
        source, context_in = buffer(data), buffer(context)
        room = max(len(data), _MOST_PACKET, data_room) + 256
        out, context_out = buffer(room), buffer(max(len(context), 1))
        attr = _RUN(prog_fd=self.fd, repeat=repeat if repeat > 1 else 0, flags=flags, cpu=cpu, batch_size=batch_size)
        if data:
            _RUN.set(attr, "data_size_in", len(data))
            _RUN.set(attr, "data_in", address(source))
            if not flags & BPF_F_TEST_XDP_LIVE_FRAMES:
                _RUN.set(attr, "data_size_out", room)
                _RUN.set(attr, "data_out", address(out))
        if context:
            _RUN.set(attr, "ctx_size_in", len(context))
            _RUN.set(attr, "ctx_in", address(context_in))
            if self.spec.type not in _NO_CONTEXT_OUT and not flags & BPF_F_TEST_XDP_LIVE_FRAMES:
                _RUN.set(attr, "ctx_size_out", len(context))
                _RUN.set(attr, "ctx_out", address(context_out))
        call = f"program {self.spec.name}: BPF_PROG_TEST_RUN"
        try:
            sys.bpf(Command.PROG_TEST_RUN, attr, call)
        except OSError as error:
            from ebpf.kernel.run_refused import why

            hint = why(self.spec, error.errno or 0, len(data), len(context))
            if hint:
                raise sys.error(error.errno or 0, call, hint) from None
            raise
        # SYSCALL programs write into the context they were given.
        context_now = context_in if self.spec.type in _NO_CONTEXT_OUT else context_out
        return RunResult(
            retval=_RUN.get(attr, "retval"),
            data=bytes(memoryview(out)[: _RUN.get(attr, "data_size_out")]),
            context=context_now.raw[: len(context)],
            duration=_RUN.get(attr, "duration"),
        )


class RunResult:
    """What a run gave: the return value (32 bits, unsigned), data and context after it, nanoseconds (mean of the runs)."""

    __slots__ = ("context", "data", "duration", "retval")

    def __init__(self, retval: int, data: bytes, context: bytes, duration: int) -> None:
        self.retval = retval
        self.data = data
        self.context = context
        self.duration = duration

    def __repr__(self) -> str:
        return f"<RunResult retval={self.retval} data={len(self.data)} bytes duration={self.duration} ns>"


def from_fd(fd: int) -> KernelProgram:
    """A program that is loaded, from a descriptor, which belongs to it from now on. Raises KernelError."""
    from ebpf.kernel.info import describe
    from ebpf.spec import ProgramSpec

    try:
        info = describe("prog", fd)
        spec = ProgramSpec(
            name=info["name"], type=ProgType(info["type"]), license="GPL" if info["gpl_compatible"] else ""
        )
    except BaseException:
        os.close(fd)
        raise
    return KernelProgram(fd, spec)


def by_id(number: int) -> KernelProgram:
    """A program that is loaded, by its id (Linux 4.13, CAP_SYS_ADMIN). Raises KernelError."""
    from ebpf.kernel.info import OBJ

    return from_fd(OBJ["prog"].open(number))


def patch(spec: ProgramSpec, maps: Mapping[str, RawMap], resolve: Resolver) -> bytearray:
    """The bytecode with its references filled in. Raises EbpfError for what isn't there."""
    code = bytearray(spec.code)
    for ref in spec.references:
        at = ref.slot * 8
        if ref.kind in ("map", "map_value"):
            try:
                fd = maps[ref.name].fd  # type: ignore[attr-defined]
            except KeyError:
                raise EbpfError(f"program {spec.name} uses the map {ref.name}, which was not made") from None
            set_load64(code, at, flags.BPF_PSEUDO_MAP_FD if ref.kind == "map" else flags.BPF_PSEUDO_MAP_VALUE, fd,
                    ref.offset if ref.kind == "map_value" else 0)  # fmt: skip
        else:
            resolve(code, spec, ref)
    return code


def set_load64(code: bytearray, at: int, source: int, low: int, high: int) -> None:
    """Makes the 16-byte load at byte `at` one of kind `source`, with both its immediates."""
    if code[at] != LDDW:
        raise EbpfError(f"instruction {at // 8} is no 16-byte load: a reference can't go there")
    _set_source(code, at, source)
    _S32.pack_into(code, at + 4, _signed(low))
    _S32.pack_into(code, at + 12, _signed(high))


def set_call(code: bytearray, at: int, source: int, imm: int, offset: int) -> None:
    """Makes the call at byte `at` one of kind `source`."""
    _set_source(code, at, source)
    _S16.pack_into(code, at + 2, offset)
    _S32.pack_into(code, at + 4, _signed(imm))


def _set_source(code: bytearray, at: int, source: int) -> None:
    regs = code[at + 1]
    code[at + 1] = regs & 0x0F | source << 4 if _LITTLE else regs & 0xF0 | source


def _signed(value: int) -> int:
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value & 0x80000000 else value


class Resolver:
    """Fills in references to the kernel: `ksym` by /proc/kallsyms."""

    #: Descriptors of modules that the program calls into, from index 1 on.
    fd_array: list[int]

    def __init__(self) -> None:
        self.fd_array = []

    def __call__(self, code: bytearray, spec: ProgramSpec, ref: Reference) -> None:
        if ref.kind == "ksym":
            from ebpf.kernel.kallsyms import address_of

            found = address_of(ref.name)
            if found is None and not ref.weak:
                raise EbpfError(f"program {spec.name}: the kernel has no symbol {ref.name} (/proc/kallsyms)")
            found = found or 0
            set_load64(code, ref.slot * 8, 0, found, found >> 32)
            return
        raise NotSupported(f"program {spec.name}: calling the kernel function {ref.name}", since=(5, 13))


def load(
    spec: ProgramSpec,
    maps: Mapping[str, RawMap],
    options: LoadOptions | None = None,
    resolve: Resolver | None = None,
) -> KernelProgram:
    """Loads a program. Raises VerifierError, with the C line, or KernelError."""
    options = options or LoadOptions()
    fds = resolve.fd_array if resolve is not None else []
    if spec.signature:
        from ebpf.kernel import sign

        if sys.kernel_release() < sign.SINCE:
            raise NotSupported(f"program {spec.name}: a signature", since=sign.SINCE)
        signed, names = sign.signed_code(spec)
        code, fds = buffer(signed), [maps[name].fd for name in names]  # type: ignore[attr-defined]
    else:
        code = buffer(bytes(patch(spec, maps, resolve or Resolver())))
    license = buffer(spec.license.encode() + b"\0")
    signature = buffer(spec.signature)
    fd_array = buffer(b"".join(map(_S32.pack, fds)))
    func_info, line_info = buffer(options.func_info), buffer(options.line_info)
    attr = _LOAD(
        prog_type=int(spec.type),
        insn_cnt=len(spec.code) // 8,
        insns=address(code),
        license=address(license),
        kern_version=spec.version,
        prog_flags=spec.flags,
        prog_ifindex=spec.ifindex,
        prog_name=object_name(spec.name),
        expected_attach_type=options.expected_attach_type or int(spec.attach_type or 0),
        attach_btf_id=options.attach_btf_id,
        attach_prog_fd=options.attach_fd,
        fd_array=address(fd_array) if len(fds) > 1 or spec.signature else 0,
    )
    if spec.signature:
        _LOAD.set(attr, "signature", address(signature))
        _LOAD.set(attr, "signature_size", len(spec.signature))
        _LOAD.set(attr, "keyring_id", spec.keyring)
    if options.btf_fd >= 0:
        _LOAD.set(attr, "prog_btf_fd", options.btf_fd)
        if options.func_info:
            _LOAD.set(attr, "func_info_rec_size", 8)
            _LOAD.set(attr, "func_info", address(func_info))
            _LOAD.set(attr, "func_info_cnt", len(options.func_info) // 8)
        if options.line_info:
            _LOAD.set(attr, "line_info_rec_size", 16)
            _LOAD.set(attr, "line_info", address(line_info))
            _LOAD.set(attr, "line_info_cnt", len(options.line_info) // 16)
    call = f"program {spec.name}: BPF_PROG_LOAD ({spec.type.label})"
    log = ""
    try:
        if options.log_level:
            fd, log = _load_with_log(attr, call, options.log_level)
        else:
            fd = sys.with_memlock(lambda: sys.bpf(Command.PROG_LOAD, attr, call))
    except OSError as error:
        # Most programs load: the log is asked for only when there is something to tell.
        log = "" if options.log_level else _log_of(attr, call)
        from ebpf.kernel.log import refusal

        raise refusal(spec, error, log or getattr(error, "log", "")) from None
    return KernelProgram(fd, spec, log, maps)


def _log_of(attr: sys.Buffer, call: str) -> str:
    """The verifier's log of a program that it refuses."""
    try:
        fd, _ = _load_with_log(attr, call, 1)
    except OSError as error:
        return str(getattr(error, "log", ""))
    # It went through this time (a signal or lack of memory was the matter before): the first error stands.
    Descriptor(fd, "program").close()
    return ""


def _load_with_log(attr: sys.Buffer, call: str, level: int) -> tuple[int, str]:
    """Loads with a log; (descriptor, log). The error raised holds the log as `log`. The buffer grows until it is enough."""
    size = LOG_SIZE
    while True:
        log = buffer(size)
        _LOAD.set(attr, "log_level", level)
        _LOAD.set(attr, "log_size", size)
        _LOAD.set(attr, "log_buf", address(log))
        try:
            fd = sys.bpf(Command.PROG_LOAD, attr, call)
            return fd, log.value.decode(errors="replace")
        except OSError as error:
            if error.errno == _errno.ENOSPC and size < LOG_LIMIT:
                size *= 4
                continue
            error.log = log.value.decode(errors="replace")  # type: ignore[attr-defined]
            raise
        finally:
            for name in ("log_level", "log_size", "log_buf"):
                _LOAD.set(attr, name, 0)
