"""Programs that judge the binds and connects of a started command."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from trace_host import Host, can_trace, python

import ebpf
from ebpf.errors import NotSupported
from ebpf.hooks import Cgroup, Kprobe

pytestmark = can_trace

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
char LICENSE[] SEC("license") = "GPL";
__u32 family, type, protocol, port, address, calls;
"""


class Server:
    """Answers each connection with its own port."""

    def __init__(self, family: int, address: str) -> None:
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.bind((address, 0))
        self.socket.listen(8)
        self.port: int = self.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            with peer:
                peer.sendall(str(self.port).encode())

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self._thread.join()


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    made = [Server(socket.AF_INET, "127.0.0.1"), Server(socket.AF_INET, "127.0.0.1")]
    yield made
    for server in made:
        server.close()


def run(body: str, code: str, tmp_path: Path) -> tuple[int, dict[str, object]]:
    source = tmp_path / "addresses.bpf.c"
    source.write_text(HEAD + body)
    with ebpf.load(source, engine="vm") as obj:
        for program in obj.programs.values():
            program.attach_cgroup("/sys/fs/cgroup")
        with obj.spawn(python(code)) as process:
            status = process.wait(30)
            assert process.notices == []
        return status, {name: variable.value for name, variable in obj.variables.items()}


CONNECT = "import socket, os\ns = socket.socket()\ns.connect(('127.0.0.1', %d))\nos._exit(int(s.recv(10)) != %d)"


def test_what_a_program_sees(servers: list[Server], tmp_path: Path) -> None:
    body = """
    SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) {
      family = ctx->family; type = ctx->type; protocol = ctx->protocol;
      port = bpf_ntohs(ctx->user_port); address = bpf_ntohl(ctx->user_ip4); calls++;
      return 1; }
    """
    status, seen = run(body, CONNECT % (servers[0].port, servers[0].port), tmp_path)
    assert status == 0
    expected = {"family": 2, "type": 1, "protocol": 6, "port": servers[0].port, "address": 0x7F000001, "calls": 1}
    assert {name: seen[name] for name in expected} == expected


def test_refused(servers: list[Server], tmp_path: Path) -> None:
    body = """
    SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) { return ctx->user_ip4 != bpf_htonl(0x7f000001); }
    """
    code = (
        "import socket, os\ns = socket.socket()\n"
        f"try: s.connect(('127.0.0.1', {servers[0].port}))\nexcept PermissionError: os._exit(7)\n"
    )
    assert run(body, code, tmp_path)[0] == 7


def test_sent_elsewhere_without_a_trace(servers: list[Server], tmp_path: Path) -> None:
    first, second = servers
    body = f"""
    SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) {{
      if (bpf_ntohs(ctx->user_port) == {first.port})
        ctx->user_port = bpf_htons({second.port});
      return 1; }}
    """
    code = (
        "import ctypes, os, socket, struct\ns = socket.socket()\nlibc = ctypes.CDLL(None)\n"
        f"port = ({first.port}).to_bytes(2, 'big')\n"
        "address = ctypes.create_string_buffer(struct.pack('=H', 2) + port + bytes([127, 0, 0, 1]) + bytes(8))\n"
        "before = address.raw\nassert libc.connect(s.fileno(), address, 16) == 0\n"
        f"os._exit(0 if s.recv(10) == b'{second.port}' and address.raw == before and s.getpeername()[1] == {second.port} else 1)"
    )
    assert run(body, code, tmp_path)[0] == 0


def test_bind_and_two_families(tmp_path: Path) -> None:
    body = """
    SEC("cgroup/bind4") int bind4(struct bpf_sock_addr *ctx) { calls += 1; return ctx->user_port != bpf_htons(4711); }
    SEC("cgroup/bind6") int bind6(struct bpf_sock_addr *ctx) {
      calls += 100; family = ctx->family; type = ctx->type;
      address = bpf_ntohl(ctx->user_ip6[3]); ctx->user_port = 0; return 1; }
    """
    code = (
        "import os, socket\ns = socket.socket()\n"
        "try: s.bind(('127.0.0.1', 4711)); os._exit(1)\nexcept PermissionError: pass\n"
        "s.bind(('127.0.0.1', 0))\n"
        "try: u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)\nexcept OSError: os._exit(9)\n"
        "try: u.bind(('::1', 99))\nexcept OSError: os._exit(9)\nos._exit(u.getsockname()[1] == 99)"
    )
    status, seen = run(body, code, tmp_path)
    if status == 9:
        pytest.skip("no IPv6 here")
    assert status == 0
    assert (seen["calls"], seen["family"], seen["type"], seen["address"]) == (102, 10, 2, 1)


def test_other_sockets_and_bad_addresses_are_let_be(tmp_path: Path) -> None:
    body = """
    SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) { calls++; return 0; }
    """
    code = (
        "import ctypes, os, socket\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "a, b = socket.socketpair()\nu = socket.socket(socket.AF_UNIX)\n"
        "try: u.connect('/nowhere')\nexcept FileNotFoundError: pass\n"
        "s = socket.socket()\nassert libc.connect(s.fileno(), None, 16) == -1 and ctypes.get_errno() == 14\n"
        "assert libc.connect(s.fileno(), b'x', 1) == -1 and ctypes.get_errno() == 22\n"
        "assert libc.connect(99, b'\\2\\0\\0\\1\\x7f\\0\\0\\1' + bytes(8), 16) == -1 and ctypes.get_errno() == 9\n"
    )
    status, seen = run(body, code, tmp_path)
    assert (status, seen["calls"]) == (0, 0)


def test_beside_other_programs(servers: list[Server], tmp_path: Path) -> None:
    body = """
    SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) { return 0; }
    """
    source = tmp_path / "a.bpf.c"
    source.write_text(HEAD + body)
    host = Host()
    results: list[int] = []
    host.attach(Kprobe("sys_connect", ret=True), lambda context, task: results.append(task.result))
    with ebpf.load(source, engine="vm") as obj:
        link = obj.programs["connect4"].attach(Cgroup("/"))
        host.links.append(link)  # type: ignore[arg-type]
        host.attach_count += 1
        from ebpf.vm import trace

        code = (
            CONNECT.replace("s.connect", "try: s.connect").split("os._exit")[0] + "except PermissionError: os._exit(3)"
        )
        code %= servers[0].port
        with trace.spawn(host, python(code)) as process:
            assert process.wait(20) == 3
    assert results == [-1]


TWO_SOCKETS = (
    "import ctypes, os, socket, struct\nlibc = ctypes.CDLL(None)\n"
    "def udp():\n s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.settimeout(50); return s\n"
    "a, b, c = udp(), udp(), udp()\nport = b.getsockname()[1]\nelse_ = c.getsockname()[1]\n"
)


def test_datagrams_are_sent_elsewhere(tmp_path: Path) -> None:
    """By sendto and by sendmsg; the caller's own address stays as it was. One to port 4711 is refused."""
    body = """
    __u32 to;
    SEC("cgroup/sendmsg4") int p(struct bpf_sock_addr *ctx) {
      calls++; type = ctx->type;
      if (ctx->user_port == bpf_htons(4711)) return 0;
      if (ctx->user_port == bpf_htons(4712)) { to = 1; return 1; }
      if (!address) address = ctx->user_port; else ctx->user_port = address;
      return 1; }
    """
    code = TWO_SOCKETS + (
        # The first one tells the program where all others go.
        "a.sendto(b'1', ('127.0.0.1', else_)); assert c.recv(9) == b'1'\n"
        "a.sendto(b'2', ('127.0.0.1', port)); assert c.recv(9) == b'2'\n"
        "a.sendmsg([b'3'], [], 0, ('127.0.0.1', port)); assert c.recv(9) == b'3'\n"
        "try: a.sendto(b'4', ('127.0.0.1', 4711)); os._exit(1)\nexcept PermissionError: pass\n"
        "address = struct.pack('=H', 2) + port.to_bytes(2, 'big') + bytes([127, 0, 0, 1]) + bytes(8)\n"
        "address = ctypes.create_string_buffer(address)\n"
        "before = address.raw; assert libc.sendto(a.fileno(), b'5', 1, 0, address, 16) == 1\n"
        "assert c.recv(9) == b'5' and address.raw == before\n"
        # A connected one has no address to judge.
        "a.connect(('127.0.0.1', port)); a.send(b'6'); assert b.recv(9) == b'6'\n"
    )
    status, seen = run(body, code, tmp_path)
    assert status == 0
    assert (seen["calls"], seen["type"]) == (5, 2)


#: An array of messages with an address and a byte each; `send` gives sendmmsg's result, or minus the errno.
MANY = """
def messages(addresses):
    data = ctypes.create_string_buffer(b'm', 1)
    piece = ctypes.create_string_buffer(struct.pack('=QQ', ctypes.addressof(data), 1))
    names = [ctypes.create_string_buffer(address, 16) for address in addresses]
    headers = [struct.pack('=QI4xQQQQi4xI4x', ctypes.addressof(n), 16, ctypes.addressof(piece), 1, 0, 0, 0, 0) for n in names]
    return ctypes.create_string_buffer(b''.join(headers)), names, (data, piece)
def to(port): return struct.pack('=H', 2) + port.to_bytes(2, 'big') + bytes([127, 0, 0, 1]) + bytes(8)
def send(sock, addresses):
    array, names, kept = messages(addresses)
    status = libc.sendmmsg(sock.fileno(), array, len(addresses), 0)
    assert [name.raw for name in names] == addresses
    assert all(array.raw[64 * n + 8] == 16 for n in range(len(names)))
    return status if status >= 0 else -ctypes.get_errno()
libc = ctypes.CDLL(None, use_errno=True)
"""


def test_many_datagrams_in_one_call(tmp_path: Path) -> None:
    """sendmmsg: each message is judged; those before a refused one are sent, and the caller's memory stays as it was."""
    body = """
    SEC("cgroup/sendmsg4") int p(struct bpf_sock_addr *ctx) {
      calls++;
      if (ctx->user_port == bpf_htons(4711)) return 0;
      if (!address) address = ctx->user_port; else ctx->user_port = address;
      return 1; }
    """
    code = TWO_SOCKETS + MANY + (
        "assert send(a, [to(else_), to(port), to(port)]) == 3\n"
        "for _ in range(3): assert c.recv(9) == b'm'\n"
        "assert send(a, [to(port), to(port), to(4711), to(port)]) == 2\n"
        "for _ in range(2): assert c.recv(9) == b'm'\n"
        "assert send(a, [to(4711), to(port)]) == -1\n"
        "b.setblocking(False); c.setblocking(False)\n"
        "for s in (b, c):\n"
        "    try: s.recv(9); os._exit(9)\n"
        "    except BlockingIOError: pass\n"
    )  # fmt: skip
    status, seen = run(body, code, tmp_path)
    assert status == 0
    assert seen["calls"] == 7


def test_where_many_datagrams_came_from(tmp_path: Path) -> None:
    """recvmmsg: as many are judged as came."""
    body = """
    SEC("cgroup/recvmsg4") int p(struct bpf_sock_addr *ctx) { ctx->user_port = bpf_htons(53 + calls++); return 1; }
    """
    code = TWO_SOCKETS + MANY + (
        "for _ in range(2): a.sendto(b'x', ('127.0.0.1', port))\n"
        "array, names, kept = messages([bytes(16)] * 3)\n"
        "assert libc.recvmmsg(b.fileno(), array, 3, socket.MSG_DONTWAIT, None) == 2\n"
        "assert [int.from_bytes(k.raw[2:4], 'big') for k in names] == [53, 54, 0]\n"
    )  # fmt: skip
    status, seen = run(body, code, tmp_path)
    assert status == 0
    assert seen["calls"] == 2


def test_where_datagrams_came_from(tmp_path: Path) -> None:
    """By recvfrom and recvmsg: the caller sees the address that the program leaves."""
    body = """
    SEC("cgroup/recvmsg4") int p(struct bpf_sock_addr *ctx) {
      calls++; family = ctx->user_family; port = bpf_ntohs(ctx->user_port);
      ctx->user_port = bpf_htons(53); ctx->user_ip4 = bpf_htonl(0x0a000001);
      return 1; }
    """
    code = TWO_SOCKETS + (
        "for _ in range(2): a.sendto(b'x', ('127.0.0.1', port))\n"
        "assert b.recvfrom(9) == (b'x', ('10.0.0.1', 53))\n"
        "assert b.recvmsg(9)[3] == ('10.0.0.1', 53)\n"
        "a.sendto(b'y', ('127.0.0.1', port)); assert b.recv(9) == b'y'\n"  # nobody asks where from
        "os._exit(5)"
    )
    status, seen = run(body, code, tmp_path)
    assert status == 5
    assert (seen["calls"], seen["family"]) == (2, 2)
    assert seen["port"] not in (0, 53)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    source = tmp_path / "a.bpf.c"
    source.write_text(HEAD + 'SEC("cgroup/getpeername4") int p(struct bpf_sock_addr *ctx) { return 1; }')
    with ebpf.load(source, engine="vm") as obj:
        obj.programs["p"].attach_cgroup("/sys/fs/cgroup")
        with pytest.raises(NotSupported, match="cgroup/getpeername4"):
            obj.spawn(["true"])
    assert os.getpid()


@pytest.mark.parametrize(
    ("section", "attach"),
    [
        ("tp_btf/sched_wakeup", "attach"), ("fentry/do_unlinkat", "attach"), ("fexit/do_unlinkat", "attach"),
        ("lsm/file_open", "attach"), ("iter/task", "attach"), ("kprobe.multi/vfs_*", "attach"), ("cgroup_skb/egress", "cgroup"),
        ("tc", "tc"), ("tcx/ingress", "tcx"), ("netfilter", "netfilter"),
    ],
)  # fmt: skip
def test_where_nothing_happens_nothing_is_attached(section: str, attach: str, tmp_path: Path) -> None:
    """It would be silence without an end: the program is there, its maps are empty, and nobody says why."""
    source = tmp_path / "a.bpf.c"
    source.write_text(HEAD + f'SEC("{section}") int p(void *ctx) {{ return 0; }}')
    with ebpf.load(source, engine="vm") as obj:
        program = obj.programs["p"]
        with pytest.raises(
            NotSupported, match=rf"p \({re.escape(section)}\) in the vm: nothing happens there.*kernel engine"
        ):
            {
                "attach": program.attach,
                "cgroup": lambda: program.attach_cgroup("/sys/fs/cgroup"),
                "tc": lambda: program.attach_tc("lo"),
                "tcx": lambda: program.attach_tcx("lo"),
                "netfilter": lambda: program.attach_netfilter("ipv4", "local_in"),
            }[attach]()
        assert obj.links == []
