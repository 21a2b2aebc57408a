"""Live packets for programs of this process: datagrams that a socket received, frames of a tap device.

Attaching gives a link, as everywhere; here the link is also where packets come out: nothing but this process moves them.
"""

from __future__ import annotations

import os
import socket
import sys
from collections import Counter
from struct import Struct

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Socket, Xdp
from ebpf.uapi.ethernet import ETH_P_IP, ETH_P_IPV6
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmLink
from ebpf.vm.testrun import Input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.hooks import Hook
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.program import VmProgram

_LARGEST = 65536
_AF_PACKET = getattr(socket, "AF_PACKET", -1)
_UDP_HEADER = Struct(">HHHH")
_XDP_PASS, _XDP_TX, _XDP_REDIRECT = 2, 3, 4
#: linux/if_tun.h: struct ifreq with a name and flags.
_TUNSETIFF, _IFF_TAP, _IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
_IFREQ = Struct("=16sH22x")


def link_of(engine: VmEngine, program: VmProgram, hook: Hook) -> VmLink:
    """The link for a hook of this module. Raises HookError, NotSupported."""
    if isinstance(hook, Socket):
        if program.spec.type != ProgType.SOCKET_FILTER:
            raise NotSupported(f"attaching {program.spec.name} (sk_reuseport) in the vm", hint="use the kernel engine")
        return SocketLink(engine, program, hook)
    assert isinstance(hook, Xdp)
    return TapLink(engine, program, hook)


class SocketLink(VmLink):
    """A socket filter on a socket of datagrams: `recv` and `recvfrom` give what it lets through, cut to what it says.

    What a program sees is what the kernel's would: of UDP the header and the data, of AF_PACKET the frame, of others the
    data. The socket's own `recv` stays as it was. `socket` is a copy of it, whose `settimeout` is that of `recv` here.
    """

    def __init__(self, engine: VmEngine, program: VmProgram, hook: Socket) -> None:
        try:
            self.socket = socket.socket(fileno=os.dup(hook.fd))
        except OSError as error:
            raise HookError(f"descriptor {hook.fd} is no socket: {error.strerror}") from None
        if self.socket.type not in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            self.socket.close()
            raise NotSupported("a filter on a socket of a stream", why="its segments are the kernel's")
        super().__init__(engine, program, hook)
        family, kind = self.socket.family, self.socket.type
        self._udp = family in (socket.AF_INET, socket.AF_INET6) and kind == socket.SOCK_DGRAM
        self._protocol = {socket.AF_INET: ETH_P_IP, socket.AF_INET6: ETH_P_IPV6}.get(family, 0)
        self.passed = self.dropped = 0

    def fileno(self) -> int:
        """Readable when something came, which the filter may drop yet."""
        return self.socket.fileno()

    def recv(self, size: int = _LARGEST) -> bytes:
        return self.recvfrom(size)[0]

    def recvfrom(self, size: int = _LARGEST) -> tuple[bytes, Any]:
        """The next datagram that the filter lets through, and where it came from. Raises TimeoutError, BlockingIOError; Fault."""
        while True:
            data, address = self.socket.recvfrom(_LARGEST)
            kept = self.judge(data, address)
            if kept is not None:
                self.passed += 1
                return kept[:size], address
            self.dropped += 1

    def judge(self, data: bytes, address: Any = None) -> bytes | None:
        """What the filter leaves of a datagram from an address; None if it drops it."""
        head = b""
        if self._udp:
            port = address[1] if address else 0
            head = _UDP_HEADER.pack(port, self.socket.getsockname()[1], _UDP_HEADER.size + len(data), 0)
        given = Input(self.raw, bytes(12) + b"\x88\xb5" + head + data, b"")
        protocol = address[1] if address and self.socket.family == _AF_PACKET else self._protocol
        given.protocol = int.from_bytes(protocol.to_bytes(2, "big"), sys.byteorder)
        machine = self.raw.take()
        try:
            machine.begin(self.raw, self.engine.task)
            given.place(machine)
            verdict = self.raw.execute(machine) & 0xFFFFFFFF
        finally:
            self.engine.give(machine)
        # The kernel never cuts into the header of UDP.
        return data[: max(0, verdict - len(head))] if verdict else None

    def close(self) -> None:
        self.socket.close()
        super().close()


class TapLink(VmLink):
    """An XDP program on a tap device that it makes: what the system sends out of the device comes to the program.

    `serve` takes frames and does what their verdicts say: XDP_TX sends them back, XDP_REDIRECT to the tap of another link of the
    engine, XDP_PASS to `on_pass` (nobody: they end here), all else drops them. `verdicts` counts. Needs CAP_NET_ADMIN in this
    process's network namespace: `unshare -rn` gives one to anybody. With the link the device goes, too.
    """

    def __init__(self, engine: VmEngine, program: VmProgram, hook: Xdp) -> None:
        name = hook.interface
        if not isinstance(name, str) or not 0 < len(name.encode()) < 16:
            raise HookError(f"{name!r} is no name for a tap device: it is a text of 1 to 15 bytes")
        self._fd = _open_tap(name)
        super().__init__(engine, program, hook)
        self.name = name
        self.ifindex = socket.if_nametoindex(name)
        self.verdicts: Counter[int] = Counter()
        self.on_pass: Callable[[bytes], object] | None = None

    def fileno(self) -> int:
        """Readable when there is a frame."""
        return self._fd

    def send(self, frame: bytes) -> None:
        """Gives a frame to the system, as if it had arrived at the device. One that it can't take (it is down) is lost."""
        try:
            os.write(self._fd, frame)
        except OSError:
            pass

    def serve(self, timeout: float | None = None) -> int:
        """Waits for a frame up to `timeout` seconds (None: for ever), then takes all there are; how many. Raises Fault."""
        import select

        taken = 0
        while select.select([self._fd], [], [], 0 if taken else timeout)[0]:
            try:
                frame = os.read(self._fd, _LARGEST)
            except (BlockingIOError, OSError):
                break
            taken += 1
            self._one(frame)
        return taken

    def _one(self, frame: bytes) -> None:
        result = self.raw.run(frame)
        verdict = result.retval & 0xFFFFFFFF
        self.verdicts[verdict] += 1
        if verdict == _XDP_TX:
            self.send(result.data)
        elif verdict == _XDP_PASS and self.on_pass is not None:
            self.on_pass(result.data)
        elif verdict == _XDP_REDIRECT and result.redirect is not None:
            index = result.redirect.ifindex or int.from_bytes(result.redirect.value[:4], sys.byteorder)
            for link in self.engine.attached(Xdp):
                if isinstance(link, TapLink) and link.ifindex == index:
                    link.send(result.data)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        super().close()


def _open_tap(name: str) -> int:
    """A new tap device, as a descriptor that doesn't block."""
    if sys.platform != "linux":
        raise NotSupported("a tap device", why="it is Linux's")
    import fcntl

    try:
        fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise NotSupported("a tap device", why=f"/dev/net/tun: {error.strerror}") from None
    try:
        fcntl.ioctl(fd, _TUNSETIFF, _IFREQ.pack(name.encode(), _IFF_TAP | _IFF_NO_PI))
    except PermissionError:
        os.close(fd)
        raise NotSupported(
            f"a tap device {name}",
            why="this process may not make interfaces in its network namespace",
            hint="run it under `unshare -rn`",
            privilege=True,
        ) from None
    except OSError as error:
        os.close(fd)
        raise HookError(
            f"no tap device {name} can be made: {error.strerror}; in this process XDP programs run on tap devices of their own, "
            "or on captures (ebpf exec)"
        ) from None
    return fd
