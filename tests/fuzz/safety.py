"""The safety run: random and mutated programs end in a result, a fault or a refusal; the interpreter, machine code and the
kernel agree on which, on r0 and on every byte of memory and maps.

    python tests/fuzz/safety.py [--count N] [--seed S] [--workers W] [--minutes M] [--summary FILE] [--no-kernel] [--kind K]

Each program runs in the interpreter, as machine code of level 0, one in 61 at level 2, too; one in five is shown to our
verifier and, where that takes it, runs also without the checks that the proof makes needless; and in the kernel where it may be
asked and its verifier takes the program. Many programs are compiled as one module. Workers are processes of their own: one
that dies or hangs is noted with the program it had, and another goes on behind it. A run goes on where its summary ends.
"""

from __future__ import annotations

import argparse
import collections
import gc
import json
import mmap
import os
import re
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
import safety_programs as programs

from ebpf.errors import Fault, KernelError, VerifierError
from ebpf.uapi.flags import MAX_BPF_STACK
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import compile as llvm
from ebpf.vm.jit.module import Module
from ebpf.vm.maps.trie import PrefixTrie
from ebpf.vm.memory import Block
from ebpf.vm.program import VmProgram
from ebpf.vm.trace.child import fork

#: The budget of programs that the kernel may be asked about and of one in so many of the others, and that of the rest: most
#: loops that it ends call helpers, which takes longer than all else and shows the same with a tenth of it.
BUDGET, SHORT_BUDGET, LONG = 100_000, 10_000, 15
#: Programs in one module.
CHUNK = 48
#: One in so many is compiled with the optimiser, too. No number here has a divisor in common with the eight kinds' turn.
OPTIMISED = 61
#: One in so many is shown to our verifier.
PROVED = 5
#: Programs after which a worker makes room for a new one.
LIFETIME = 24_000
#: Seconds that one chunk may take.
PATIENCE = 120

Outcome = tuple[object, ...]


def contents() -> dict[str, list[tuple[bytes, bytes]]]:
    """What the maps begin with, by key; of queues and stacks in the order of putting in."""
    from ebpf.kernel import cpus

    n = cpus.possible() if sys.platform == "linux" else 2

    def four(key: int) -> bytes:
        return key.to_bytes(4, sys.byteorder)

    def eight(key: int) -> bytes:
        return key.to_bytes(8, sys.byteorder)

    return {
        "array": [(four(k), bytes(range(1, 17))) for k in range(4)],
        "percpu": [(four(k), bytes(range(1, 9)) * n) for k in range(3)],
        "data": [(four(0), bytes(range(1, 25)))],
        "hash": [(eight(k), bytes(range(20))) for k in range(2)],
        "phash": [(eight(k), bytes(range(16)) * n) for k in range(2)],
        "lru": [(eight(k), bytes(range(24))) for k in range(2)],
        "queue": [(b"", bytes(range(8)))],
        "stack": [(b"", bytes(range(8)))],
        "lpm": [(four(8) + b"\x0a\0\0\0", bytes(range(8))), (four(24) + b"\x0a\x01\x02\0", bytes(range(8, 16)))],
        "ring": [],
        "targets_xdp": [],
        "targets_skb": [],
    }


class State:
    """All that a map holds, to be compared and to be put back: its memory and what Python keeps of it."""

    def __init__(self, map_: Any) -> None:
        self.map = map_
        self.blocks = {name: thing for name, thing in vars(map_).items() if isinstance(thing, Block)}
        store = getattr(map_, "store", None)
        self.views = [block.view for block in self.blocks.values()] + ([store.view] if store is not None else [])
        self.names = [
            name
            for name, thing in vars(map_).items()
            if isinstance(thing, (dict, list, collections.deque, bytearray))
            or (isinstance(thing, int) and name in ("pending",))
        ]
        self.names = [name for name in self.names if name not in ("_regions",)]
        self.first = self.take()

    def take(self) -> Outcome:
        kept = vars(self.map)
        if isinstance(self.map, PrefixTrie):
            self.map.stale()  # what generated code made for itself is no part of the map
        return (
            [bytes(view) for view in self.views],
            [kept[name] if isinstance(kept[name], int) else kept[name].copy() for name in self.names],
        )

    def restore(self) -> None:
        views, kept = self.first
        for view, data in zip(self.views, views, strict=True):  # type: ignore[call-overload]
            view[:] = data
        for name, thing in zip(self.names, kept, strict=True):  # type: ignore[call-overload]
            setattr(self.map, name, thing if isinstance(thing, int) else thing.copy())
        if isinstance(self.map, PrefixTrie) and self.map.walked:
            self.map.make_index()


class Bench:
    """An engine whose maps, clock and random numbers are put back before each run."""

    def __init__(self, cpu: int = 0) -> None:
        self.lines: list[bytes] = []
        self.ticks = 0
        own = dict.fromkeys((5, 7, 118, 125, 160, 208), self._tick)
        first = contents()
        cpus = len(first["phash"][0][1]) // 16
        self.engine = VmEngine(jit=False, budget=BUDGET, cpus=cpus, helpers=own, on_trace=self.lines.append)
        self.maps = {name: self.engine.create_map(spec) for name, spec in programs.MAPS.items()}
        for name, spec in programs.OTHERS.items():
            inner = self.maps["array"] if spec.type in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS) else None
            self.maps[name] = self.engine.create_map(spec, inner)
        for name in ("maps", "hmaps"):
            self.maps[name].update_object(bytes(4), self.maps["array"])
        for name, entries in first.items():
            for key, value in entries:
                self.maps[name].update(key, value)
        for type_, name in ((ProgType.XDP, "targets_xdp"), (ProgType.SCHED_CLS, "targets_skb")):
            for index, target in enumerate(programs.targets(type_)):
                made = self.engine.load_program(target, self.maps)
                self.maps[name].update_object(index.to_bytes(4, sys.byteorder), made)
        machine = self.engine.take()
        machine.cpu = cpu
        self.packet = machine.packet.block
        self.machine = machine
        self.engine.give(machine)
        self.states = {name: State(map_) for name, map_ in self.maps.items()}
        self.numbers = self.engine._numbers

    def _tick(self, m: Any, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
        self.ticks += 1
        return self.ticks * 0x1_2345_6789

    def used(self, program: VmProgram) -> set[str]:
        """The maps that a run of a program may change."""
        names = {map_.spec.name for map_ in program.handles.values()}
        return names | {"array"} if names & {"targets_xdp", "targets_skb", "maps", "hmaps"} else names

    def outcome(self, program: VmProgram, case: programs.Case, names: set[str], *, garbage: bool = False) -> Outcome:
        """How a run ends and what it leaves. With `garbage` the stack isn't 0 before (in the interpreter)."""
        for name in names:
            self.states[name].restore()
        self.machine.packet.block = self.packet
        long = case.kind in programs.FOR_THE_KERNEL or case.seed % LONG == 0
        self.engine.budget = BUDGET if long else SHORT_BUDGET
        self.lines.clear()
        self.ticks = 0
        end: Outcome
        if garbage:
            program.main.__globals__["zeros"] = b"\xa5" * MAX_BPF_STACK
        try:
            result = program.run(case.data, case.context)
            end = ("value", result.retval, result.data, result.context, str(result.redirect), str(result.clones))
        except Fault as fault:
            end = ("fault", fault.slot, fault.address)
        except KernelError as error:
            end = ("input", error.errno)
        held = {name: self.states[name].take() for name in names}
        self.forget_made()
        return (*end, held, list(self.lines))

    def forget_made(self) -> None:
        """Maps that a program made by bpf(2): the next one gets the same numbers."""
        for map_ in self.engine.maps[len(self.maps) :]:
            map_.close()
        self.engine._numbers = self.numbers
        self.machine.made.clear()

    def content(self, name: str) -> list[tuple[bytes, bytes]]:
        map_ = self.maps[name]
        entries = getattr(map_, "entries", None)
        if entries is not None:
            values = list(entries)
            return [(b"", value) for value in (reversed(values) if name == "stack" else values)]
        return sorted(map_.items())


_DEFINE = re.compile(r"^define ", re.MULTILINE)
_NAME = re.compile(r"@([\w.]+)")
#: Functions of a module that call none of it.
_ALIKE = ("find", "save")


class Batch:
    """Machine code of many programs, made as one module. Programs get it where they ask for their own."""

    def __init__(self, made: list[VmProgram], level: int) -> None:
        self.level = level
        self.codes: dict[str, dict[str, int]] = {}
        parts: list[str] = []
        exported: list[str] = []
        texts = []
        #: Functions that many programs have alike (they call no other), and their names.
        shared: dict[str, str] = {}
        for number, program in enumerate(made):
            module = program.jit_module or Module(program)
            program.jit_module = module
            text = module.run_text
            head, *functions = _DEFINE.split(text)
            if not parts:
                parts.append(head)
            names = {}
            own = []
            for function in functions:
                name = function[function.index("@") + 1 : function.index("(")]
                if name in _ALIKE:
                    known = shared.get(function)
                    if known is None:
                        known = shared[function] = f"s{len(shared)}_{name}"
                        parts.append(f"define {function}".replace(f"@{name}(", f"@{known}(", 1))
                    names[name] = known
                else:
                    own.append(function)
                    names[name] = f"p{number}_{name}"
            body = "".join(f"define {function}" for function in own)
            parts.append(_NAME.sub(lambda found, names=names: "@" + names.get(found[1], found[1]), body))  # type: ignore[misc]
            exported.append(f"p{number}_run")
            texts.append(text)
        compiler = llvm.compiler()
        self.code = compiler.link(compiler.assemble("\n".join(parts), level), exported)
        for number, text in enumerate(texts):
            self.codes[text] = {"run": self.code.addresses[f"p{number}_run"]}

    def load(self, text: str, level: int, names: list[str]) -> llvm.Code:
        code = llvm.Code.__new__(llvm.Code)
        code._library = self.code._library
        code.addresses = dict.fromkeys(names, 0) | self.codes[text]
        return code

    def give(self, made: list[VmProgram]) -> None:
        kept = llvm.load
        llvm.load = self.load  # type: ignore[assignment]
        try:
            for program in made:
                program.native = None
                program.compile(self.level)
        finally:
            llvm.load = kept


class Run:
    """One worker's programs."""

    def __init__(self, *, kernel: bool, cpu: int = 0) -> None:
        self.counts: Counter[str] = Counter()
        self.differences: list[dict[str, object]] = []
        self.bench = Bench(cpu)
        self.side: Any = None
        if kernel:
            import safety_kernel

            self.settled = safety_kernel.settled
            self.types = safety_kernel.TYPES
            self.side = safety_kernel.KernelSide({name: sorted(entries) for name, entries in contents().items()})

    def differs(self, case: programs.Case, where: str, one: object, other: object) -> None:
        self.counts[f"differ {where}"] += 1
        self.differences.append(
            {"kind": case.kind, "seed": case.seed, "where": where, "interpreter": _short(one), "other": _short(other)}
        )

    def chunk(self, cases: list[tuple[str, int]], at: Any = None) -> None:
        """Runs the programs of some kinds and seeds. `at(place)` is told which one it is at."""
        ready: list[tuple[programs.Case, VmProgram, set[str], Outcome]] = []
        bench = self.bench
        tell = at or (lambda place: None)
        for place, (kind, seed) in enumerate(cases):
            tell(place)
            self.counts["programs"] += 1
            self.counts[f"programs {kind}"] += 1
            case = programs.case(kind, seed)
            try:
                program = bench.engine.load_program(case.spec, bench.maps)
            except VerifierError:
                self.counts["refused"] += 1
                continue
            names = bench.used(program)
            try:
                expected = bench.outcome(program, case, names)
            except Exception as error:  # whatever gets out of a run is what is looked for
                self.differs(case, "raised", repr(error), "")
                program.close()
                continue
            self.counts[str(expected[0])] += 1
            if self.side is not None and kind in programs.FOR_THE_KERNEL and case.spec.type in self.types:
                self._kernel(case, program, names, expected)
            if expected[0] == "input":
                program.close()
            else:
                ready.append((case, program, names, expected))
        tell(len(cases))
        self._native(ready, 0, tell)
        self._native([one for one in ready if one[0].seed % OPTIMISED == 0], 2, tell)
        self._native([one for one in ready if one[0].seed % PROVED == 0 and self._proved(*one)], 0, tell)
        for _, program, _, _ in ready:
            program.close()

    def _proved(self, case: programs.Case, program: VmProgram, names: set[str], expected: Outcome) -> bool:
        """Whether our verifier takes a program, which then runs without the checks that the proof makes needless."""
        if case.kind not in programs.FOR_THE_KERNEL:
            return False
        try:
            program.proof = verify(case.spec, programs.MAPS, max_processed=20_000)
        except VerifierError:
            return False
        self.counts["proved"] += 1
        program.jit_module = None
        if expected[0] == "fault":
            self.differs(case, "proved", expected, "the verifier took it")
            return False
        return True

    def _native(self, ready: list[tuple[programs.Case, VmProgram, set[str], Outcome]], level: int, tell: Any) -> None:
        if not ready:
            return
        made = [program for _, program, _, _ in ready]
        try:
            batch = Batch(made, level)
        except Exception as error:
            if len(ready) > 1:
                for one in ready:
                    self._native([one], level, tell)
            else:
                self.differs(ready[0][0], f"compile O{level}", "", repr(error))
            return
        batch.give(made)
        for place, (case, program, names, expected) in enumerate(ready):
            tell(1000 + place)
            self.counts[f"native O{level}"] += 1
            try:
                found = self.bench.outcome(program, case, names)
            except Exception as error:
                self.differs(case, f"raised O{level}", expected, repr(error))
                continue
            if found != expected:
                native = program.native
                program.native = None
                again = self.bench.outcome(program, case, names)
                program.native = native
                if again != expected:
                    # It gives something else each time by itself: the address of a packet that moved.
                    self.counts["unsteady"] += 1
                else:
                    self.differs(case, f"O{level}", expected, found)

    def _kernel(self, case: programs.Case, program: VmProgram, names: set[str], expected: Outcome) -> None:
        names = {name for name in names if name not in ("ring", "targets_xdp", "targets_skb")}
        mine = {name: self.bench.content(name) for name in names}
        found = self.side.run(case, names)
        if found is None:
            self.counts["kernel gave up" if self.side.gave_up else "kernel refused"] += 1
            return
        self.counts["kernel ran"] += 1
        self.counts[f"kernel ran {case.kind}"] += 1
        if not self.settled(case.spec):
            self.counts["kernel unsettled"] += 1
            return
        if isinstance(found, str):
            if expected[0] != "input":
                self.differs(case, "kernel", expected, found)
            return
        if expected[0] != "value":
            self.differs(case, "kernel", expected, found)
            return
        given = (int(expected[1]) & 0xFFFFFFFF, expected[2], mine)  # type: ignore[call-overload]
        if given != found:
            again = self.bench.outcome(program, case, names, garbage=True)
            if again[:3] != expected[:3] or {name: self.bench.content(name) for name in names} != mine:
                # A slot of the stack with one byte written counts as written to Linux's verifier (6.18), if that byte's value
                # is known to it: the program reads what others left there.
                self.counts["kernel stack"] += 1
            else:
                self.differs(case, "kernel", given, found)


def _short(thing: object) -> str:
    return str(thing)[:3000]


def kinds_of(number: int, only: str) -> str:
    """The kind of the program of a number: four in eight are such as the kernel may take."""
    return only or ("any", "made", "careful", "bent", "bent", "any", "made", "asked")[number % 8]


def work(first: int, count: int, shared: mmap.mmap, pipe: int, *, kernel: bool, only: str, cpu: int) -> None:
    """A worker: chunks from `first` on; what it found goes through the pipe, one line of JSON a chunk."""
    if kernel and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {cpu})
    run = Run(kernel=kernel, cpu=cpu)
    out = os.fdopen(pipe, "w")
    gc.freeze()
    gc.set_threshold(50_000)
    for begin in range(first, first + count, CHUNK):
        cases = [(kinds_of(n, only), n) for n in range(begin, min(begin + CHUNK, first + count))]
        run.chunk(cases, lambda place: shared.__setitem__(slice(0, 8), place.to_bytes(8, "little")))
        out.write(json.dumps({"end": begin + len(cases), "counts": run.counts, "differences": run.differences}) + "\n")
        out.flush()
        run.counts = Counter()
        run.differences = []


class Keeper:
    """Starts workers one after the other on a range of numbers, and keeps what they found."""

    def __init__(self, first: int, last: int, step: int, **options: Any) -> None:
        self.next = first
        self.last = last
        self.step = step
        self.options = options
        self.shared = mmap.mmap(-1, 4096)
        self.pid = 0
        self.pipe = -1
        self.buffer = b""
        self.began = 0.0

    @property
    def done(self) -> bool:
        return not self.pid and self.next >= self.last

    def start(self) -> None:
        ours, theirs = os.pipe()
        self.pid = fork()
        if not self.pid:
            status = 1
            try:
                os.close(ours)
                work(self.next, min(LIFETIME, self.last - self.next), self.shared, theirs, **self.options)
                status = 0
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                os._exit(status)
        os.close(theirs)
        self.pipe = ours
        self.buffer = b""
        self.began = time.monotonic()

    def read(self) -> list[dict[str, Any]]:
        data = os.read(self.pipe, 1 << 20)
        if not data:
            return self._ended()
        self.began = time.monotonic()
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        found = [json.loads(line) for line in lines]
        if found:
            self.next = found[-1]["end"]
        return found

    def _ended(self) -> list[dict[str, Any]]:
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        if not status:
            return []
        place = int.from_bytes(self.shared[:8], "little")
        begin, self.next = self.next, self.next + CHUNK
        return [
            {
                "counts": {"died": 1, "programs lost": CHUNK},
                "differences": [{"where": "died", "status": status, "chunk": begin, "place": place}],
            }
        ]

    def hurry(self) -> None:
        if self.pid and time.monotonic() - self.began > PATIENCE:
            os.kill(self.pid, signal.SIGKILL)
            self.began = time.monotonic()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="programs in all")
    parser.add_argument("--seed", type=int, default=0, help="the first program's number")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--summary", type=Path, help="where to write what was found; a run that stopped goes on there")
    parser.add_argument("--no-kernel", action="store_true")
    parser.add_argument("--kind", default="", choices=["", *programs.KINDS])
    options = parser.parse_args(arguments)
    kernel = False
    if not options.no_kernel:
        import safety_kernel

        why = safety_kernel.usable()
        kernel = not why
        if why:
            print(f"without the kernel: {why}", file=sys.stderr)
    total: dict[str, Any] = {"counts": {}, "differences": [], "next": [], "seconds": 0.0}
    if options.summary and options.summary.exists():
        total = json.loads(options.summary.read_text())
    counts = Counter(total["counts"])
    share = -(-options.count // options.workers)
    keepers = []
    for n in range(options.workers):
        first = options.seed + n * share
        last = min(options.seed + options.count, first + share)
        if n < len(total["next"]):
            first = total["next"][n]
        cpu = n % (os.cpu_count() or 1)
        keepers.append(Keeper(first, last, n, kernel=kernel, only=options.kind, cpu=cpu))
    begin = time.monotonic()
    spent = total["seconds"]
    import select

    saved = 0.0

    def save() -> None:
        total.update(
            counts=dict(sorted(counts.items())),
            next=[keeper.next for keeper in keepers],
            seconds=round(spent + time.monotonic() - begin, 1),
        )
        if options.summary:
            part = options.summary.with_suffix(".part")
            part.write_text(json.dumps(total, indent=1))
            part.replace(options.summary)

    try:
        while not all(keeper.done for keeper in keepers) and time.monotonic() - begin < 60 * options.minutes:
            for keeper in keepers:
                if not keeper.pid and not keeper.done:
                    keeper.start()
            busy = {keeper.pipe: keeper for keeper in keepers if keeper.pid}
            for pipe in select.select(list(busy), [], [], 5)[0]:
                for found in busy[pipe].read():
                    counts.update(found["counts"])
                    for difference in found["differences"]:
                        total["differences"].append(difference)
                        print(json.dumps(difference)[:600], flush=True)
            for keeper in keepers:
                keeper.hurry()
            if time.monotonic() - saved > 10:
                saved = time.monotonic()
                save()
    finally:
        for keeper in keepers:
            if keeper.pid:
                os.kill(keeper.pid, signal.SIGKILL)
                os.waitpid(keeper.pid, 0)
        save()
    print(json.dumps(total["counts"]))
    return 1 if total["differences"] else 0


if __name__ == "__main__":
    os.environ.setdefault("EBPF_CACHE", "off")
    sys.exit(main())
