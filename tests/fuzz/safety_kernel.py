"""The kernel's side of the safety run: the same maps, the same programs by BPF_PROG_TEST_RUN, where the verifier takes them.

Programs are loaded without CAP_PERFMON: then no pointer gets into r0, a map or a packet, and no stack is read that nobody
wrote, so what a program gives is settled. The process has a network namespace of its own, with nothing in it to send to.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import safety_programs as programs

from ebpf.asm import decode
from ebpf.errors import KernelError
from ebpf.kernel import sys as calls
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.programs import _LOAD, KernelProgram, Resolver, patch
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.commands import Command
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

_CAP_SYS_ADMIN, _CAP_PERFMON = 21, 38
_CLONE_NEWNET = 0x40000000
TYPES = (ProgType.XDP, ProgType.SCHED_CLS)

#: CPU seconds that the kernel's verifier may take for one program. Those that it took of 1,500 took it 0.4 ms at most; the others
#: were refused after half a second, at its limit of a million instructions, which is as much as a hundred programs need.
PATIENCE = 0.02

#: Helpers whose result is another each time, or depends on the machine.
UNSTEADY = {5, 6, 7, 8, 14, 15, 16, 34, 35, 42, 46, 47, 69, 79, 80, 118, 120, 125, 158, 160, 208}


def usable() -> str:
    """Why the kernel can't be asked, or an empty text."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "bpf(2) needs root on Linux"
    try:
        from ebpf.spec import MapSpec

        engine = KernelEngine()
        engine.create_map(MapSpec("a", MapType.ARRAY, 4, 4, 1))
        engine.close()
    except OSError as error:
        return str(error)
    return ""


def own_network() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")


def drop_perfmon() -> None:
    """Gives up CAP_PERFMON and what stands for it, CAP_SYS_ADMIN."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = struct.pack("=II", 0x20080522, 0)
    data = ctypes.create_string_buffer(24)
    if libc.capget(header, data):
        raise OSError(ctypes.get_errno(), "capget")
    words = list(struct.unpack("=6I", data.raw))
    for cap in (_CAP_SYS_ADMIN, _CAP_PERFMON):
        for kind in range(3):
            words[3 * (cap >> 5) + kind] &= ~(1 << (cap & 31))
    if libc.capset(header, struct.pack("=6I", *words)):
        raise OSError(ctypes.get_errno(), "capset")


class KernelSide:
    """`run` gives what a case gives in the kernel, or None where the verifier refuses it."""

    def __init__(self, contents: dict[str, list[tuple[bytes, bytes]]]) -> None:
        own_network()
        self.engine = KernelEngine()
        self.contents = contents
        self.maps = {name: self.engine.create_map(spec) for name, spec in programs.MAPS.items()}
        self.unchanged: set[str] = set()
        #: Whether the last program was let go because its verification took too long.
        self.gave_up = False
        signal.signal(signal.SIGALRM, lambda number, frame: None)
        for type_, name in ((ProgType.XDP, "targets_xdp"), (ProgType.SCHED_CLS, "targets_skb")):
            for index, target in enumerate(programs.targets(type_)):
                made = self.engine.load_program(target, self.maps)
                self.maps[name].update_object(index.to_bytes(4, sys.byteorder), made)
        drop_perfmon()

    def close(self) -> None:
        self.engine.close()

    def reset(self, names: set[str]) -> None:
        for name in names - self.unchanged:
            map_ = self.maps[name]
            kind = map_.spec.type
            if kind in (MapType.QUEUE, MapType.STACK):
                self._drain(name)
            elif kind not in (MapType.ARRAY, MapType.PERCPU_ARRAY):
                for key, _ in list(map_.items()):
                    map_.delete(key)
            for key, value in self.contents[name]:
                map_.update(key, value)
        self.unchanged |= names

    def _drain(self, name: str) -> list[tuple[bytes, bytes]]:
        found = []
        while (value := self.maps[name].lookup_and_delete(b"")) is not None:
            found.append((b"", value))
        return found

    def content(self, name: str) -> list[tuple[bytes, bytes]]:
        """What a map holds, by key; a queue's entries from the first to come out, and it is empty then."""
        if self.maps[name].spec.type in (MapType.QUEUE, MapType.STACK):
            self.unchanged.discard(name)
            return self._drain(name)
        found = sorted(self.maps[name].items())
        if found != self.contents[name]:
            self.unchanged.discard(name)
        return found

    def load(self, spec: ProgramSpec) -> KernelProgram | None:
        code = calls.buffer(bytes(patch(spec, self.maps, Resolver())))
        license = calls.buffer(b"GPL\0")
        attr = _LOAD(
            prog_type=int(spec.type),
            insn_cnt=len(spec.code) // 8,
            insns=calls.address(code),
            license=calls.address(license),
        )
        # The verifier ends with EAGAIN where a signal waits. (Clocks of CPU time give theirs at the end of a system call.)
        begin = time.process_time()
        while True:
            signal.setitimer(signal.ITIMER_REAL, 2 * PATIENCE)
            fd = calls.syscall(calls.NR_BPF, int(Command.PROG_LOAD), attr, ctypes.sizeof(attr))
            stopped = fd < 0 and ctypes.get_errno() == errno.EAGAIN
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.gave_up = stopped and time.process_time() - begin > PATIENCE
            if not stopped or self.gave_up:
                break
        return KernelProgram(fd, spec) if fd >= 0 else None

    def run(
        self, case: programs.Case, names: set[str]
    ) -> tuple[int, bytes, dict[str, list[tuple[bytes, bytes]]]] | str | None:
        program = self.load(case.spec)
        if program is None:
            return None
        try:
            self.reset(names)
            try:
                result = program.run(case.data)
            except KernelError as error:
                return f"errno {error.errno}"
            return result.retval, result.data, {name: self.content(name) for name in names}
        finally:
            program.close()


def settled(spec: ProgramSpec) -> bool:
    """Whether what a program gives doesn't depend on when and where it runs."""
    for insn in decode(spec.code, sys.byteorder):
        if insn.opcode == op.JMP | op.CALL and insn.src == 0 and insn.imm in UNSTEADY:
            return False
        if insn.opcode == op.STX | op.ATOMIC | op.W and insn.imm == op.CMPXCHG:
            return False  # Linux 6.18 on x86-64 forgets at times to clear the upper half of r0
    return True
