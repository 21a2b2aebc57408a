"""A loaded object: its maps, programs and variables on one engine, and everything attached through it."""

from __future__ import annotations

from ebpf.errors import Closed, EbpfError, ObjectError, RelocationError, VerifierError
from ebpf.objects.program import Program
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, ClassVar, Self, TypeVar

    from ebpf.btf.core import Relocator
    from ebpf.engine import Engine, Link, Process, RawMap, RawProgram
    from ebpf.objects.events import EventSources
    from ebpf.objects.variable import Variable
    from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec

    T = TypeVar("T")
else:
    from _collections_abc import Mapping  # `collections.abc`, without what `collections` imports

    T = object


class Named(Mapping[str, T]):
    """Things by name; a name that isn't there says which are."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._things: dict[str, T] = {}
        #: What the object has and isn't loaded → why.
        self._left_out: dict[str, str] = {}

    def __getitem__(self, name: str) -> T:
        try:
            return self._things[name]
        except KeyError:
            known = ", ".join(self._things) or "none"
            why = f"; {name} isn't loaded: {self._left_out[name]}" if name in self._left_out else ""
            raise KeyError(f"no {self._what} {name!r}; there are: {known}{why}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, self._things.values()))}}}"


#: Maps whose values are things of the engine.
_HOLDERS = frozenset({MapType.PROG_ARRAY, MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS})


class Links(list["Link"]):
    """What `Object.attach` gives: a list of links, and a context manager that detaches all of them."""

    def close(self) -> None:
        """Detaches them, the last first. A second call does nothing."""
        for link in reversed(self):
            link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class Object:
    """What `ebpf.load` gives; a context manager. `close()` detaches, then gives programs and maps back.

    `engine` is what it runs on and `why` the reason in one line.
    """

    #: What a generated subclass embeds: its attributes by kind.
    _attributes: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, spec: ObjectSpec, engine: Engine, *, why: str = "") -> None:
        self.spec = spec
        self.engine = engine
        self.why = why
        self.maps: Named[Any] = Named("map")  # each by its type: ebpf.Map, Queue, …
        self.programs: Named[Program] = Named("program")
        self.variables: Named[Variable[Any]] = Named("variable")
        self.links: list[Link] = []
        self._raw_maps: dict[str, RawMap] = {}
        self._events: EventSources | None = None
        self._raw_programs: dict[str, RawProgram] = {}
        self._relocators: dict[int, Relocator] = {}
        self._closed = False
        try:
            self._load(spec)
        except BaseException:
            self.close()
            raise

    def __reduce__(self) -> tuple[object, ...]:
        """Another process loads it anew, on an engine of its own, attached to nothing. With the engine's `pickle_contents` its
        maps (but those of maps and programs) begin as they are now. Raises TypeError for one in the kernel."""
        if self.engine.name != "vm":
            raise TypeError(f"an object on the engine {self.engine.name} can't be pickled; its spec can")
        contents = {
            name: list(raw.held())  # type: ignore[attr-defined]
            for name, raw in self._raw_maps.items()
            if getattr(self.engine, "pickle_contents", False) and raw.spec.type not in _HOLDERS
        }
        return _loaded, (type(self), self.spec, self.engine, self.why, contents)

    def __setattr__(self, name: str, value: Any) -> None:
        held = self.__dict__.get(name)
        if type(held).__name__ == "Variable":
            raise AttributeError(f"{name} is the variable itself: set {name}.value")
        object.__setattr__(self, name, value)

    @property
    def events(self) -> EventSources:
        """Its ring buffers and perf buffers by name: `with obj.events["events"] as events: for event in events: …`"""
        if self._events is None:
            from ebpf.objects.events import EventSources

            self._events = EventSources(self.spec, self._raw_maps)
        return self._events

    def _load(self, spec: ObjectSpec) -> None:
        for name, map_spec in spec.maps.items():
            if not map_spec.autocreate:
                continue
            from ebpf.objects.map import create, face

            self._raw_maps[name] = raw = create(self.engine, map_spec)
            self.maps._things[name] = face(raw)
        for name, program_spec in spec.programs.items():
            if not program_spec.autoload:
                self.programs._left_out[name] = "autoload is False, by a section ?… or by hand"
            elif self.engine.name == "kernel" and not program_spec.type and program_spec.section == ".text":
                # A function for others to call, as libbpf has it: Linux runs nothing without a type.
                self.programs._left_out[name] = "it has no type: give it a section, SEC(…), or set its spec's type"
            else:
                _known(program_spec, spec.path)
                self._raw_programs[name] = raw_program = self._load_program(program_spec)
                self.programs._things[name] = Program(raw_program, self.engine, self.links.append)
        for name, map_spec in spec.maps.items():
            if map_spec.contents and map_spec.type is MapType.PROG_ARRAY:
                _of_one_type(map_spec, spec)
            for key, value in map_spec.contents:
                if isinstance(value, str):
                    self._raw_maps[name].update_object(key, self._referred(name, value))
        for name, variable in spec.variables.items():
            from ebpf.objects.variable import Variable

            self.variables._things[name] = Variable(variable, self._raw_maps[variable.map])

    def _referred(self, map_name: str, name: str) -> RawMap | RawProgram:
        found = self._raw_maps.get(name) or self._raw_programs.get(name)
        if found is None:
            raise ObjectError(f"map {map_name} holds {name!r}, which is no map or loaded program of the object")
        return found

    def _load_program(self, program: ProgramSpec) -> RawProgram:
        """CO-RE is applied here. A target that a program can't do without is a RelocationError that names it, where the
        verifier only sees a call of a helper that doesn't exist."""
        if not program.core:
            return self.engine.load_program(program, self._raw_maps)
        from ebpf.btf import core

        if program.btf is None:
            raise ObjectError(f"program {program.name} has CO-RE relocations but the object has no BTF")
        relocator = self._relocators.get(id(program.btf))
        if relocator is None:
            own_types = getattr(self.engine, "own_types", False)
            relocator = core.Relocator(program.btf, self.engine.target_btf(), own_types=own_types)
            self._relocators[id(program.btf)] = relocator
        poisoned: list[core.Poison] = []
        code = core.relocate(
            program.code,
            program.core,
            program.btf,
            relocator.targets,
            program.lines,
            program=program.name,
            poisoned=poisoned,
            relocator=relocator,
        )
        try:
            return self.engine.load_program(program.replace(code=code, core=[]), self._raw_maps)
        except VerifierError as error:
            poison = core.explain(poisoned, error.slot, error.log)
            if poison is None:
                raise
            raise RelocationError(
                f"{program.name}: {poison}", program=program.name, access=poison.access, line=poison.line
            ) from error

    def attach(self, each: Callable[[Program], object] | None = None) -> Links:
        """Attaches every program to the hook that its section names, and registers struct_ops variables; all of them or, on an
        error, none. What stays as it is, as with libbpf: programs whose section doesn't say where ("xdp": HookError, if there
        is nothing else) or whose spec says `autoattach = False`. `each` attaches one, in place of `Program.attach`.

        They stay attached until the object is closed, or what is given here: `with obj.attach(): …`."""
        if self._closed:
            raise Closed("the object is closed")
        before = len(self.links)
        nowhere = []
        try:
            for program in self.programs.values():
                if not program.spec.autoattach or program.spec.type == ProgType.STRUCT_OPS:
                    continue
                if each is not None:
                    each(program)
                elif (hook := program.hook) is None:
                    nowhere.append(program)
                else:
                    program.attach(hook)
            for made in self.maps.values():
                if made.spec.type == MapType.STRUCT_OPS:
                    self.links.append(made.attach())
            if nowhere and len(self.links) == before:
                nowhere[0].attach()
        except BaseException:
            for link in reversed(self.links[before:]):
                link.close()
            del self.links[before:]
            raise
        return Links(self.links[before:])

    def pin(self, folder: str) -> None:
        """Gives maps, programs and links names in a BPF file system: FOLDER/maps/NAME, FOLDER/programs/NAME, FOLDER/links/NUMBER.
        All or, on an error, none. A dot in a name becomes "_". Kernel engine only: NotSupported, KernelError."""
        import os

        wanted: list[tuple[str, str, Any]] = [
            *(("maps", name, made) for name, made in self.maps.items()),
            *(("programs", name, program) for name, program in self.programs.items()),
            *(("links", str(number), link) for number, link in enumerate(self.links)),
        ]
        done: list[str] = []
        try:
            for kind, name, thing in wanted:
                path = f"{folder}/{kind}/{name.replace('.', '_')}"
                thing.pin(path)
                done.append(path)
        except BaseException:
            for path in done:
                os.unlink(path)
            raise

    def spawn(self, command: Sequence[str]) -> Process:
        """Starts a command. In the vm its system calls and functions are the events that run the attached programs; in
        the kernel it is an ordinary child process."""
        if self._closed:
            raise Closed("the object is closed")
        if isinstance(command, (str, bytes)) or not len(command):
            raise TypeError('a command is a list of words, the program first: ["ls", "-l"]')
        return self.engine.spawn(command)

    def close(self) -> None:
        """Detaches everything, then gives programs and maps back. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        first: EbpfError | None = None
        things: list[Any] = [*reversed(self.links), *self._raw_programs.values(), *self.maps.values(), self.engine]
        for thing in things:
            try:
                thing.close()
            except EbpfError as error:  # the rest must still go
                first = first or error
        self.links.clear()
        if first is not None:
            raise first

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        programs, maps = (f"{len(some)} {what}{'s' * (len(some) != 1)}" for some, what in (
            (self.programs, "program"), (self.maps, "map"),
        ))  # fmt: skip
        closed = " (closed)" if self._closed else ""
        return f"<Object {self.spec.name} on {self.engine.name}: {programs}, {maps}{closed}>"


def _of_one_type(programs: MapSpec, spec: ObjectSpec) -> None:
    """ObjectError for an array whose programs can't all be in it."""
    held = [spec.programs[name] for _, name in programs.contents if isinstance(name, str) and name in spec.programs]
    for other in held[1:]:
        if other.type != held[0].type:
            raise ObjectError(
                f"map {programs.name} holds {held[0].name} ({held[0].type.label}) and {other.name} ({other.type.label}): "
                "programs that call one another are of one type; see their sections"
            )


def _known(program: ProgramSpec, path: str) -> None:
    """ObjectError for a program whose section's name nobody knows: it would have no type."""
    if program.type or not program.section or program.section == ".text":
        return
    from ebpf.elf.sections import unknown_section

    why = unknown_section(program)
    if why:
        raise ObjectError(f"program {program.name}: {why}", path=path)


def _loaded(
    cls: type[Object], spec: ObjectSpec, engine: Engine, why: str, contents: dict[str, list[tuple[bytes, Any]]]
) -> Object:
    made = cls(spec, engine, why=why)
    for name, entries in contents.items():
        made._raw_maps[name].restore(entries)  # type: ignore[attr-defined]
    return made
