"""An engine of plain dictionaries: what the typed face is tested on without the vm or the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ebpf.errors import HookError, KernelError, VerifierError
from ebpf.hooks import Hook
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec


class FakeMap:
    def __init__(self, spec: MapSpec, cpus: int = 1) -> None:
        self.spec = spec
        self.value_bytes = spec.value_size if cpus == 1 else (spec.value_size + 7) // 8 * 8 * cpus
        self.entries: dict[bytes, bytes] = {}
        self.things: dict[bytes, Any] = {}
        self.frozen = False
        self.closed = 0

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None:
        assert len(key) == self.spec.key_size
        return self.entries.get(key)

    def update(self, key: bytes, value: bytes, flags: int = 0) -> None:
        assert len(key) == self.spec.key_size and len(value) == self.value_bytes
        if self.frozen:
            raise KernelError(1, "update")
        self.entries[key] = value

    def delete(self, key: bytes) -> bool:
        return self.entries.pop(key, None) is not None

    def lookup_and_delete(self, key: bytes, flags: int = 0) -> bytes | None:
        return self.entries.pop(key, None)

    def lookup_object(self, key: bytes) -> Any:
        return self.things.get(key)

    def update_object(self, key: bytes, thing: Any, flags: int = 0) -> None:
        self.things[key] = thing

    def peek(self, value: bytes) -> bool:
        return value in self.entries.values()

    def next_key(self, key: bytes | None) -> bytes | None:
        keys = list(self.entries or self.things)
        at = keys.index(key) + 1 if key in keys else 0
        return keys[at] if at < len(keys) else None

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        yield from list(self.entries.items())

    def memory(self) -> memoryview | None:
        return None

    def freeze(self) -> None:
        self.frozen = True

    def close(self) -> None:
        self.closed += 1


class FakeLink:
    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def __enter__(self) -> FakeLink:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class FakeProgram:
    def __init__(self, spec: ProgramSpec) -> None:
        self.spec = spec
        self.closed = 0

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1


class FakeEngine:
    """`refuse` names programs that don't load and functions that can't be attached to."""

    name = "fake"

    def __init__(self, refuse: Sequence[str] = (), cpus: int = 1) -> None:
        self.refuse = refuse
        self.cpus = cpus
        self.maps: list[FakeMap] = []
        self.programs: list[FakeProgram] = []
        self.links: list[FakeLink] = []
        self.closed = 0

    def target_btf(self) -> Sequence[Any]:
        return []

    def lacks(self, spec: ObjectSpec) -> list[str]:
        return []

    def create_map(self, spec: MapSpec, inner: Any = None) -> FakeMap:
        made = FakeMap(spec, self.cpus)
        for key, value in spec.contents:
            if not isinstance(value, str):
                made.update(key, value)
        if spec.frozen:
            made.freeze()
        self.maps.append(made)
        return made

    def load_program(self, spec: ProgramSpec, maps: Mapping[str, Any]) -> FakeProgram:
        if spec.name in self.refuse:
            raise VerifierError(f"{spec.name} is refused", program=spec.name)
        self.programs.append(FakeProgram(spec))
        return self.programs[-1]

    def attach(self, program: Any, hook: Hook) -> FakeLink:
        if getattr(hook, "function", "") in self.refuse:
            raise HookError("no such function")
        self.links.append(FakeLink(hook))
        return self.links[-1]

    def spawn(self, command: Sequence[str]) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1

    def all_closed_once(self) -> bool:
        return all(thing.closed == 1 for thing in (*self.maps, *self.programs, *self.links)) and self.closed >= 1
