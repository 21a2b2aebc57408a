"""A loaded program: run it, attach it."""

from __future__ import annotations

from ebpf.errors import HookError, NotSupported
from ebpf.objects.held import Held

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from array import array
    from collections.abc import Callable, Sequence
    from typing import Any

    from ebpf import hooks
    from ebpf.capture import Summary
    from ebpf.engine import Engine, Link, RawProgram, RunResult, Watched
    from ebpf.objects.batch import Bytes
    from ebpf.spec import ProgramSpec
else:

    class _Hooks:
        def __getattr__(self, name):
            from ebpf import hooks

            return getattr(hooks, name)

    hooks = _Hooks()  # loaded when a program is attached


class ProgramStats:
    """How often a program ran, for how many nanoseconds in all, and how often it was left out since it ran already."""

    __slots__ = ("recursion_misses", "run_cnt", "run_time_ns")

    def __init__(self, run_cnt: int, run_time_ns: int, recursion_misses: int) -> None:
        self.run_cnt = run_cnt
        self.run_time_ns = run_time_ns
        self.recursion_misses = recursion_misses

    def __repr__(self) -> str:
        return f"<ProgramStats run_cnt={self.run_cnt} run_time_ns={self.run_time_ns}>"


class Program(Held):
    """A program that an engine has loaded. `attach()` takes the hook from its section; `attach_…()` name one.

    Every attachment gives a `Link`: a context manager whose `close()` detaches. Links that are not closed are closed with
    the object. Errors: HookError (no such hook), NotSupported (not in this kernel or engine), KernelError.
    """

    spec: ProgramSpec

    def __init__(self, raw: RawProgram, engine: Engine, keep: Callable[[Link], None] = lambda link: None) -> None:
        super().__init__(raw)
        self._engine = engine
        self._keep = keep

    @property
    def hook(self) -> hooks.Hook | None:
        """Where its section says that it goes, or None. Raises HookError for a section that says it wrongly."""
        from ebpf.elf.hooks import hook_of

        return hook_of(self.spec)

    def attach(self, hook: hooks.Hook | None = None) -> Link:
        """Attaches it to `hook`, or to what its section names: SEC("kprobe/sys_execve")."""
        if hook is None:
            hook = self.hook
            if hook is None:
                from ebpf.elf.hooks import by_hand

                raise HookError(
                    f"program {self.name}: section {self.spec.section!r} doesn't say where to attach it; {by_hand(self.spec)}"
                )
        link = self._engine.attach(self.raw, hook)
        self._keep(link)
        return link

    def attach_kprobe(self, function: str, *, offset: int = 0, cookie: int = 0, mode: str = "") -> Link:
        """Entry of a kernel function, or `offset` bytes into it. Linux 4.1; `cookie` 5.15. `mode` "link", "event", "tracefs"."""
        return self.attach(hooks.Kprobe(function, offset=offset, cookie=cookie, mode=mode))

    def attach_kretprobe(self, function: str, *, cookie: int = 0, maxactive: int = 0, mode: str = "") -> Link:
        """Return of a kernel function. `maxactive` is how many calls at once may be waited for. Linux 4.1."""
        return self.attach(hooks.Kprobe(function, ret=True, cookie=cookie, maxactive=maxactive, mode=mode))

    def attach_kprobe_multi(
        self, patterns: str | Sequence[str], *, ret: bool = False, session: bool = False, cookies: Sequence[int] = ()
    ) -> Link:
        """Every kernel function that a shell pattern names ("tcp_*"), at once. Linux 5.18."""
        names = (patterns,) if isinstance(patterns, str) else tuple(patterns)
        return self.attach(hooks.KprobeMulti(names, ret=ret, session=session, cookies=tuple(cookies)))

    def attach_ksyscall(self, syscall: str, *, ret: bool = False, cookie: int = 0) -> Link:
        """A system call by its name ("execve"), whatever its kernel function is called on this machine."""
        return self.attach(hooks.Ksyscall(syscall, ret=ret, cookie=cookie))

    def attach_uprobe(
        self,
        binary: str,
        function: str = "",
        *,
        offset: int = 0,
        ret: bool = False,
        pid: int = -1,
        cookie: int = 0,
        ref_ctr_offset: int = 0,
    ) -> Link:
        """A function of a program or library (a path, or a name to look up). `pid` -1: every process; 0: this one."""
        return self.attach(
            hooks.Uprobe(
                binary, function, offset=offset, ret=ret, pid=pid, cookie=cookie, ref_ctr_offset=ref_ctr_offset
            )
        )

    def attach_uprobe_multi(
        self,
        binary: str,
        patterns: str | Sequence[str],
        *,
        ret: bool = False,
        session: bool = False,
        pid: int = -1,
        cookies: Sequence[int] = (),
    ) -> Link:
        """Every function of a binary that a shell pattern names, at once. Linux 6.6."""
        names = (patterns,) if isinstance(patterns, str) else tuple(patterns)
        return self.attach(hooks.UprobeMulti(binary, names, ret=ret, session=session, pid=pid, cookies=tuple(cookies)))

    def attach_usdt(self, binary: str, provider: str, name: str, *, pid: int = -1, cookie: int = 0) -> Link:
        """A statically defined tracepoint of a program or library."""
        return self.attach(hooks.Usdt(binary, provider, name, pid=pid, cookie=cookie))

    def attach_tracepoint(self, category: str, name: str, *, cookie: int = 0) -> Link:
        """A kernel tracepoint ("syscalls", "sys_enter_execve"). Linux 4.7; `cookie` 5.15."""
        return self.attach(hooks.Tracepoint(category, name, cookie=cookie))

    def attach_raw_tracepoint(self, name: str, *, cookie: int = 0) -> Link:
        """A kernel tracepoint with its raw arguments. Linux 4.17; `cookie` 6.10."""
        return self.attach(hooks.RawTracepoint(name, cookie=cookie))

    def attach_tracing(self, *, cookie: int = 0) -> Link:
        """fentry, fexit, fmod_return, tp_btf: the function the program was loaded for. Linux 5.5."""
        return self.attach(hooks.Tracing(cookie=cookie))

    def attach_lsm(self, *, cookie: int = 0) -> Link:
        """The security hook the program was loaded for. Linux 5.7, booted with `lsm=…,bpf`; `cookie` 5.19."""
        return self.attach(hooks.Lsm(cookie=cookie))

    def attach_perf_event(
        self,
        kind: str = "software",
        config: int | str = "cpu-clock",
        *,
        period: int = 0,
        frequency: int = 0,
        pid: int = -1,
        cpu: int = -1,
        cgroup: str = "",
        cookie: int = 0,
    ) -> Link:
        """Samples of a perf event, each `period` events or `frequency` times a second, of a process, a CPU, a cgroup v2 folder
        or everything. Linux 4.9; `cookie` 5.15."""
        return self.attach(
            hooks.PerfEvent(
                kind, config, period=period, frequency=frequency, pid=pid, cpu=cpu, cgroup=cgroup, cookie=cookie
            )
        )

    def attach_xdp(self, interface: str | int, *, mode: str = "") -> Link:
        """Packets as they arrive at a network interface. `mode` "", "generic", "native" or "offload". Linux 4.8; link 5.9."""
        return self.attach(hooks.Xdp(interface, mode=mode))

    def attach_tc(
        self, interface: str | int, direction: str = "ingress", *, priority: int = 1, handle: int = 1
    ) -> Link:
        """clsact: a classifier in direct action, or an action. `direction` "ingress" or "egress". Linux 4.5."""
        return self.attach(hooks.Tc(interface, direction, priority=priority, handle=handle))

    def attach_tcx(
        self, interface: str | int, direction: str = "ingress", *, anchor: tuple[str, int] = ("", 0)
    ) -> Link:
        """Traffic control by link. Linux 6.6."""
        return self.attach(hooks.Tcx(interface, direction, anchor=anchor))

    def attach_netkit(self, interface: str | int, *, peer: bool = False, anchor: tuple[str, int] = ("", 0)) -> Link:
        """A netkit device. Linux 6.7."""
        return self.attach(hooks.Netkit(interface, peer=peer, anchor=anchor))

    def attach_cgroup(
        self,
        path: str,
        *,
        flags: str = "",
        replaces: int = 0,
        anchor: tuple[str, int] = ("", 0),
        preorder: bool = False,
    ) -> Link:
        """A cgroup v2 folder. `flags` "" (link, Linux 5.7), "none", "override" or "multi" (legacy attach, 4.10). `replaces` is
        the id of the program to take the place of; `anchor` the place in the order (6.17)."""
        return self.attach(hooks.Cgroup(path, flags=flags, replaces=replaces, anchor=anchor, preorder=preorder))

    def attach_netns(self, path: str = "") -> Link:
        """flow_dissector or sk_lookup in a network namespace; empty: this process's own. Linux 5.8."""
        return self.attach(hooks.NetNamespace(path))

    def attach_socket(self, socket: Any) -> Link:
        """A socket (or its descriptor): socket filter (Linux 3.19) or reuseport (4.19)."""
        if not isinstance(socket, int) and not hasattr(socket, "fileno"):
            raise TypeError(f"a socket, or the number of its descriptor, not {type(socket).__name__}")
        return self.attach(hooks.Socket(socket if isinstance(socket, int) else socket.fileno()))

    def attach_sockmap(self, map: str) -> Link:
        """A sockmap or sockhash of the object, by name. Linux 4.14."""
        return self.attach(hooks.SockMap(map))

    def attach_netfilter(self, family: str, hook: str, *, priority: int = 0, defrag: bool = False) -> Link:
        """A netfilter hook. Linux 6.4."""
        return self.attach(hooks.Netfilter(family, hook, priority=priority, defrag=defrag))

    def attach_lirc(self, path: str) -> Link:
        """An infrared receiver. Linux 4.18."""
        return self.attach(hooks.Lirc(path))

    def attach_iter(
        self, map: str = "", *, pid: int = 0, tid: int = 0, cgroup: str = "", order: str = "descendants"
    ) -> Link:
        """An iterator over kernel objects: all, a map's elements, a process's or a part of the cgroup tree. Linux 5.8."""
        return self.attach(hooks.Iter(map, pid=pid, tid=tid, cgroup=cgroup, order=order))

    def attach_lwt(
        self, destination: str, interface: str | int, *, via: str = "", table: int = 254, headroom: int = 0
    ) -> Link:
        """Packets that a route takes, which is made for it. Linux 4.10."""
        return self.attach(hooks.Lwt(destination, interface, via=via, table=table, headroom=headroom))

    def attach_freplace(self) -> Link:
        """Replaces the function it was loaded for. Linux 5.6."""
        return self.attach(hooks.Freplace())

    def run(
        self,
        data: Bytes = b"",
        context: Bytes = b"",
        *,
        repeat: int = 1,
        cpu: int | None = None,
        live_frames: bool = False,
        batch_size: int = 0,
        data_room: int = 0,
    ) -> RunResult:
        """One run for tests: BPF_PROG_TEST_RUN in the kernel (Linux 4.12; types differ), a call in the vm.

        `data` is the packet, `context` the bytes of the context struct: bytes, or what has them (a memoryview, a NumPy array).
        The result has `retval`, `data`, `context` and `duration` (nanoseconds, the mean of `repeat` runs). In the kernel only,
        NotSupported in the vm: `cpu` runs it there (raw tracepoints, Linux 5.10); `live_frames` sends `repeat` packets on as
        an XDP program's verdict says, `batch_size` at a time (5.18); `data_room` is the bytes to keep for data beyond 64 KiB.
        """
        if type(data) is not bytes or type(context) is not bytes:
            from ebpf.objects.batch import as_bytes

            data, context = as_bytes(data, "a packet"), as_bytes(context, "a context")
        if repeat < 0:
            raise ValueError(f"repeat is how often it runs, not {repeat}")
        if cpu is None and not (live_frames or batch_size or data_room):
            plain: RunResult = self.raw.run(data, context, repeat)
            return plain
        run = self.raw.run if hasattr(self.raw, "pin") else None
        if run is None:
            raise NotSupported(
                "cpu, live frames and batches of a run", why=f"{self.name} runs in this process, not in the kernel"
            )
        from ebpf.uapi.flags import BPF_F_TEST_RUN_ON_CPU, BPF_F_TEST_XDP_LIVE_FRAMES

        flags = (BPF_F_TEST_RUN_ON_CPU if cpu is not None else 0) | (BPF_F_TEST_XDP_LIVE_FRAMES if live_frames else 0)
        found: RunResult = run(
            data, context, repeat, flags=flags, cpu=cpu or 0, batch_size=batch_size, data_room=data_room
        )
        return found

    def bind_map(self, map: Any) -> None:
        """Ties a map's life to the program's, though the program doesn't use it. Linux 5.10. NotSupported, KernelError."""
        self._of_kernel("bind_map")(map.raw)

    def stats(self) -> ProgramStats:
        """How often it ran and for how long, while somebody has the kernel count (`ebpf.enable_stats()`, Linux 5.1).
        KernelError."""
        info = self.info()
        return ProgramStats(info["run_cnt"], info["run_time_ns"], info["recursion_misses"])

    @property
    def log(self) -> str:
        """The verifier's log, where it was asked for: `ebpf.load(…, log_level=1)`."""
        return str(getattr(self.raw, "log", ""))

    def dump(self, what: str = "xlated") -> list[str]:
        """The program as the kernel runs it, a line at a time, C lines among them: "xlated" is the bytecode after the
        verifier, "jited" machine code (Linux 4.14; as bytes where objdump isn't installed). NotSupported, KernelError."""
        lines: list[str] = self._of_kernel("dump")(what)
        return lines

    def stream(self, which: int = 1) -> bytes:
        """What it wrote to its output (1) or error (2) stream since that was last read (bpf_stream_vprintk, Linux 6.17)."""
        data: bytes = self._of_kernel("stream")(which)
        return data

    def run_batch(
        self,
        items: Sequence[Bytes] | bytearray,
        starts: Sequence[int] | None = None,
        lengths: Sequence[int] | None = None,
        *,
        on_fault: Callable[[int, Exception], object] | None = None,
        out: list[bytes] | None = None,
    ) -> array[int]:
        """One run after the other over packets, or over contexts if programs of its type have no packet; the low 32 bits of each
        return value ("I").

        `items` are bytes each; or one bytearray in which item i is `lengths[i]` bytes at `starts[i]`, changed in place. A Fault,
        or the KernelError for a packet that Linux refuses, is raised, or given to `on_fault` with the item's number, and the
        rest go on; that result is 0. `out` gets each item as the program left it, however long, b"" for one of those; without
        it a packet that became longer or shorter stays as it was. In the vm with llvmlite it is one call of machine code; else,
        and in the kernel, it is `run` for each.
        """
        from ebpf.objects.batch import run_batch

        return run_batch(self.raw, items, starts, lengths, on_fault, out)

    def function(self) -> Callable[[bytes], int]:
        """A function that runs it on a packet, or on a context if programs of its type have no packet, and gives the low 32 bits
        of the return value. In the vm with llvmlite a call costs some tens of nanoseconds; what one run leaves in the packet
        or the context is gone in the next. Raises Fault and KernelError as `run` does."""
        from ebpf.objects.batch import function

        return function(self.raw)

    def watch(self, watcher: Any) -> Watched:
        """The program with somebody who is told of each instruction before and after it: an `ebpf.vm.watch.Watcher`. What it
        gives has a `run`; as a context manager it watches whatever runs the program meanwhile (a command's events, a capture).
        NotSupported in the kernel."""
        watch = getattr(self.raw, "watch", None)
        if watch is None:
            raise NotSupported("a watched run", why=f"{self.name} runs in the kernel", hint="load it with engine='vm'")
        found: Watched = watch(watcher)
        return found

    def run_capture(
        self,
        source: str | os.PathLike[str],
        *,
        out: str | os.PathLike[str] | None = None,
        seen: Any = None,
        sample: int = 0,
    ) -> Summary:
        """Runs it over a packet capture (pcap or pcapng). Raises CaptureError.

        `out` takes the packets that go on, as the program left them; `seen(number, time, packet, verdict)` is called for each;
        the first `sample` of each verdict are kept in the summary.
        """
        from ebpf import capture

        return capture.run(self.raw, source, out=out, seen=seen, sample=sample)

    def __repr__(self) -> str:
        return self._shown(f"Program {self.name} {self.spec.type.label} {self.spec.section!r}")
