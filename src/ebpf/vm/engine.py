"""The engine in this process: `ebpf.engine.Engine` without a kernel."""

from __future__ import annotations

import os
import sys
from collections import deque
from threading import RLock

from ebpf.errors import Closed, NotSupported, VerifierError
from ebpf.hooks import Attachment
from ebpf.vm.machine import DEFAULT_BUDGET, MAX_BUDGET, Machine
from ebpf.vm.objects import Objects
from ebpf.vm.task import SelfTask
from ebpf.vm.timers import Timers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, ClassVar

    from ebpf.btf import Btf
    from ebpf.engine import Process, RawMap
    from ebpf.hooks import Hook
    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec
    from ebpf.vm.helpers.registry import Helper
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.maps.perf import PerfBuffer
    from ebpf.vm.network import Network
    from ebpf.vm.program import VmProgram
    from ebpf.vm.task import Task

    Numbered = VmMap | VmProgram | PerfBuffer


#: Hooks whose packets come out of the link.
_LIVE = frozenset(("Socket", "Xdp"))


class _WithCookie:
    """A program as a link with a cookie runs it."""

    def __init__(self, program: VmProgram, cookie: int) -> None:
        self._program = program
        self._cookie = cookie
        self.spec = program.spec

    def invoke(self, context: bytes, task: Any) -> int:
        return self._program.invoke(context, task, cookie=self._cookie)


class VmLink(Attachment):
    """A program at a hook of the vm; whoever makes that hook's events asks `VmEngine.attached` and runs `program.invoke`."""

    def __init__(self, engine: VmEngine, program: VmProgram, hook: Hook) -> None:
        self.engine = engine
        cookie = getattr(hook, "cookie", 0)
        self.program = _WithCookie(program, cookie) if cookie else program
        self.raw = program
        self.hook = hook

    def close(self) -> None:
        self.engine.detach(self)

    def __enter__(self) -> VmLink:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class VmEngine:
    """Runs programs in this process. Unprivileged, on any system.

    jit        True runs native code from the first run on (NotSupported without llvmlite), False interprets, None makes native
               code of programs that run often, where it can; better code is made in the background of those that go on
    budget     bounds a run (see `ebpf.vm.translate`)
    helpers    adds or replaces helpers, by number
    cpus       how many values a per-CPU map has
    verify     takes only programs that Linux's verifier would (VerifierError; `VmProgram.proof`), and runs them without the
               checks that the proof makes needless
    on_trace   called with each line that a program prints; without it the last thousand are kept in `trace_lines`
    """

    name = "vm"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __init__(
        self,
        *,
        jit: bool | None = None,
        verify: bool = False,
        budget: int = DEFAULT_BUDGET,
        helpers: Mapping[int, Helper] | None = None,
        cpus: int | None = None,
        on_trace: Callable[[bytes], object] | None = None,
    ) -> None:
        if jit:
            from ebpf.vm.jit.compile import installed

            installed()
        self.jit = jit
        self.verify = verify
        self.budget = min(budget, MAX_BUDGET)
        self.cpus = cpus or os.cpu_count() or 1
        self.on_trace = on_trace
        self.trace_lines: deque[bytes] = deque(maxlen=1000)
        #: Whether a map that is pickled takes along what it holds; else it comes up as it was made.
        self.pickle_contents = False
        self.links: list[VmLink] = []
        #: Changes whenever something is attached or detached.
        self.attach_count = 0
        self.programs: list[VmProgram] = []
        self.maps: list[VmMap] = []
        self._numbered: dict[int, Numbered] = {}
        self._numbers = 0
        #: What bpf_spin_lock and bpf_res_spin_lock take: one lock for all, as programs hold them briefly.
        self.spin = RLock()
        #: What programs have allocated.
        self.objects = Objects()
        self.timers = Timers(self)
        self.own_helpers = dict(helpers or {})
        self._task: Task | None = None
        self._network: Network | None = None
        self._free: list[Machine] = []
        self._machines = 0

    # -- what the engine is asked

    #: CO-RE: what `target_btf` doesn't have is as the program's own types say.
    own_types = True
    #: What `extern … __kconfig` says of it, before the machine's own facts: links have cookies, and functions of system calls
    #: their wrapper (`ebpf.vm.trace.points`), whatever kernel is beneath.
    kconfig: ClassVar[dict[str, str | int]] = {"LINUX_HAS_BPF_COOKIE": 1, "LINUX_HAS_SYSCALL_WRAPPER": 1}
    if sys.platform != "linux":
        kconfig["LINUX_KERNEL_VERSION"] = 0x060C00  # no kernel is beneath: that of Linux 6.12

    def target_btf(self) -> Sequence[Btf]:
        """The types of what programs may find here: registers and the records of tracepoints."""
        from ebpf.vm.target import target_btf

        return (target_btf(),)

    def lacks(self, spec: ObjectSpec) -> list[str]:
        from ebpf.vm.maps import class_of

        reasons = []
        for map_ in spec.maps.values():
            try:
                class_of(map_.type)
            except NotSupported as error:
                reasons.append(f"map {map_.name}: {error}")
        for program in spec.programs.values():
            if program.autoload:
                reasons += self._lacks_helpers(program)
        return reasons

    def _lacks_helpers(self, program: ProgramSpec) -> list[str]:
        from ebpf.uapi import opcodes as op
        from ebpf.vm.structure import WRITES_R10, check

        try:
            structure = check(program)
        except VerifierError as error:
            return [str(error)]
        numbers = {
            insn.imm
            for insn in structure.at
            if insn is not None
            and insn.opcode == op.JMP | op.CALL
            and insn.src == 0
            and insn.imm != WRITES_R10
            and self.helper(insn.imm) is None
        }
        from ebpf.vm.helpers.absent import kfunc_reason
        from ebpf.vm.helpers.kfuncs import KFUNCS

        reasons = [f"{program.name}: {self.why_no_helper(number)}" for number in sorted(numbers)]
        for reference in program.references:
            if reference.kind in ("kfunc", "ksym") and not reference.weak and reference.name not in KFUNCS:
                what = "function" if reference.kind == "kfunc" else "symbol"
                why = kfunc_reason(reference.name)
                reasons.append(f"{program.name}: kernel {what} {reference.name} is not in the vm{why}")
        return reasons

    def helper(self, number: int) -> Helper | None:
        from ebpf.vm.helpers import find

        return self.own_helpers.get(number) or find(number)

    def why_no_helper(self, number: int) -> str:
        """Why a helper can't be called, in one line."""
        from ebpf.uapi.helpers import NAMES, since
        from ebpf.vm.helpers.absent import reason

        if not 0 < number < len(NAMES):
            return f"there is no helper {number}"
        major, minor = since(number)
        return f"helper bpf_{NAMES[number]} (Linux {major}.{minor}) is not in the vm: {reason(NAMES[number])}"

    @property
    def task(self) -> Task:
        """The task that programs run in when nobody says otherwise: this process."""
        task = self._task
        if task is None:
            task = self._task = SelfTask()
        return task

    @task.setter
    def task(self, value: Task) -> None:
        self._task = value

    @property
    def network(self) -> Network:
        """The interfaces, routes, neighbours and sockets that programs are told of; empty until somebody fills it."""
        if self._network is None:
            from ebpf.vm.network import Network

            self._network = Network()
        return self._network

    @network.setter
    def network(self, value: Network) -> None:
        self._network = value

    # -- what it makes

    def create_map(self, spec: MapSpec, inner: RawMap | None = None) -> VmMap:
        from ebpf.vm.maps import create

        made = create(self, spec, inner)  # type: ignore[arg-type]
        for key, value in spec.contents:
            if not isinstance(value, str):
                made.begin_with(key, value)
        if spec.frozen:
            made.freeze()
        self.maps.append(made)
        return made

    def load_program(self, spec: ProgramSpec, maps: Mapping[str, RawMap]) -> VmProgram:
        from ebpf.vm.program import VmProgram

        made = VmProgram(self, spec, maps)  # type: ignore[arg-type]
        if self.verify:
            from ebpf.verifier import verify

            targets = self.target_btf()
            made.proof = verify(
                spec, {name: map_.spec for name, map_ in maps.items()}, target=targets[0] if targets else None
            )
        self.programs.append(made)
        return made

    def attach(self, program: Any, hook: Hook) -> VmLink:
        """Links a program to a hook. On a socket (`hooks.Socket`) or a tap device (`hooks.Xdp`) packets come out of the link: see
        `ebpf.vm.live`. Raises HookError for what isn't there or takes no such program, NotSupported for a hook at which nothing
        happens here, Closed."""
        from ebpf.hooks import check_program

        if program.closed:
            raise Closed(f"program {program.spec.name}: its object is closed")
        check_program(hook, program.spec)
        if type(hook).__name__ in _LIVE:
            from ebpf.vm.live import link_of

            link = link_of(self, program, hook)
        else:
            from ebpf.vm.trace import watched

            link = VmLink(self, program, watched(hook, program.spec))
        self.links.append(link)
        self.attach_count += 1
        return link

    def detach(self, link: VmLink) -> None:
        if link in self.links:
            self.links.remove(link)
            self.attach_count += 1

    def attached(self, kind: type[Hook]) -> list[VmLink]:
        """The links whose hook is of a kind, in the order of attachment."""
        return [link for link in self.links if isinstance(link.hook, kind)]

    def spawn(self, command: Sequence[str]) -> Process:
        from ebpf.vm.trace import spawn

        return spawn(self, command)

    def close(self) -> None:
        self.timers.close()
        for link in list(self.links):
            link.close()
        for program in list(self.programs):
            program.close()
        for map_ in list(self.maps):
            map_.close()
            map_.closed = True
        self.links.clear()
        self.programs.clear()
        self.maps.clear()
        self._free.clear()

    # -- pickling: another process gets an engine of its own

    def __getstate__(self) -> dict[str, object]:
        return {
            "jit": self.jit,
            "budget": self.budget,
            "helpers": self.own_helpers,
            "cpus": self.cpus,
            "verify": self.verify,
            "pickle_contents": self.pickle_contents,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        contents = state.pop("pickle_contents")
        self.__init__(**state)  # type: ignore[misc]
        self.pickle_contents = contents

    # -- for the inside

    def number(self, thing: Numbered) -> int:
        """A number for a map, program or buffer, which stands for it where the kernel has a descriptor or an id."""
        self._numbers += 1
        self._numbered[self._numbers] = thing
        return self._numbers

    def by_fd(self, number: int) -> Numbered | None:
        return self._numbered.get(number)

    def forget(self, thing: Numbered) -> None:
        """Something was closed: nothing here keeps it alive."""
        self._numbered.pop(thing.fd, None)
        for made in (self.maps, self.programs):
            if thing in made:
                made.remove(thing)  # type: ignore[arg-type]

    def take(self) -> Machine:
        """A machine for one run; `give` it back. Machines that run at once stand for different CPUs, as far as there are."""
        try:
            return self._free.pop()
        except IndexError:
            cpu = self._machines % self.cpus
            self._machines += 1
            return Machine(self, cpu)

    def give(self, machine: Machine) -> None:
        machine.end()
        if not machine.interprets:
            self._free.append(machine)

    def trace(self, line: bytes) -> None:
        """A line that a program printed."""
        if self.on_trace is not None:
            self.on_trace(line)
        else:
            self.trace_lines.append(line)
