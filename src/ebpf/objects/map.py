"""Maps as Python mappings: one face for both engines, typed by BTF.

A hot path: `map[key]` is one call here over the engine's own lookup, so what depends on the type of key or value is decided
once, when the face is made.
"""

from __future__ import annotations

from ebpf.errors import Closed
from ebpf.objects import codecs
from ebpf.objects.held import Held
from ebpf.uapi.map_types import PER_CPU, MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
    from typing import Any, TypeVar, overload

    import numpy as np

    from ebpf.engine import Engine, RawMap
    from ebpf.spec import MapSpec

    K = TypeVar("K")
    V = TypeVar("V")
else:
    from _collections_abc import MutableMapping  # `collections.abc`, without what `collections` imports

    K = V = Any = object

#: Maps whose every index is always there: nothing is ever missing or deleted.
FULL = frozenset({MapType.ARRAY, MapType.PERCPU_ARRAY})
#: In place of a value: `update` was given many entries, as a dict's.
MANY: Any = ...
#: How many entries `update_many` gives to one call.
BATCH = 4096


class Map(Held, MutableMapping[K, V]):
    """A map with keys and values. A mapping, with the kernel's own operations beside.

    Keys and values are Python values where BTF (or the map's type) tells their type, else bytes; `typed()` gives a face
    with types of your own. A value of a per-CPU map is a list, one value for each possible CPU.
    Errors: KeyError for a key that isn't there; ValueError and TypeError for one of the wrong size or kind, before any call
    is made; KernelError with the errno for what the map refuses (E2BIG: full), on both engines.
    """

    raw: RawMap
    spec: MapSpec
    #: What `repr` calls it, if not by its class.
    _label = ""

    def __init__(self, raw: RawMap, *, key: codecs.Codec | None = None, value: codecs.Codec | None = None) -> None:
        super().__init__(raw)
        if key is not None:
            self._pack_key, self._unpack_key = key
        if value is not None:
            self._take_value(value)
        self._bind()

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            # What reads keys and values is made when it is first asked for: a start does without.
            if name in ("_pack_key", "_unpack_key"):
                self._pack_key, self._unpack_key = codecs.for_key(self.spec)
            elif name in ("_pack_value", "_unpack_value"):
                self._take_value(codecs.for_value(self.spec))
            else:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return self.__dict__[name]

    def _take_value(self, codec: codecs.Codec) -> None:
        if self.spec.type in PER_CPU:
            codec = _per_cpu(self.raw, *codec)
        self._pack_value, self._unpack_value = codec

    def __reduce__(self) -> tuple[object, ...]:
        """As the engine pickles its maps: see `ebpf.Object`. Types that were given by `typed()` are not kept."""
        return face, (self.raw,)

    def _bind(self) -> None:
        self._lookup: Callable[..., bytes | None] = self.raw.lookup
        self._update: Callable[..., None] = self.raw.update

    @property
    def cpus(self) -> int:
        """How many values a key has: that of the possible CPUs in a per-CPU map, whose values are lists of them; else 1."""
        return self.raw.value_bytes // ((self.spec.value_size + 7) & ~7) if self.spec.type in PER_CPU else 1

    # The mapping.

    def __getitem__(self, key: K) -> V:
        data = self._lookup(self._pack_key(key))
        if data is None:
            raise KeyError(key)
        return self._unpack_value(data)  # type: ignore[no-any-return]

    def __setitem__(self, key: K, value: V) -> None:
        self._update(self._pack_key(key), self._pack_value(value))

    def __delitem__(self, key: K) -> None:
        if not self.raw.delete(self._pack_key(key)):
            raise KeyError(key)

    def __iter__(self) -> Iterator[K]:
        unpack = self._unpack_key
        for key, _value in self.raw.items():
            yield unpack(key)

    def __len__(self) -> int:
        if self.spec.type in FULL:
            return self.spec.max_entries
        return sum(1 for _ in self.raw.items())

    def __bool__(self) -> bool:
        return self.spec.type in FULL or self.raw.next_key(None) is not None

    def __contains__(self, key: object) -> bool:
        return self._lookup(self._pack_key(key)) is not None

    def items(self) -> Iterator[tuple[K, V]]:  # type: ignore[override]
        """Every entry, the fastest way the engine has; entries that others add or take meanwhile may be seen or not."""
        unpack_key, unpack_value = self._unpack_key, self._unpack_value
        for key, value in self.raw.items():
            yield unpack_key(key), unpack_value(value)

    def values(self) -> Iterator[V]:  # type: ignore[override]
        unpack = self._unpack_value
        for _key, value in self.raw.items():
            yield unpack(value)

    def keys(self) -> Iterator[K]:  # type: ignore[override]
        return iter(self)

    def clear(self) -> None:
        """Deletes every entry; of an array, makes every value zero."""
        if self.spec.type in FULL:
            zero = bytes(self.raw.value_bytes)
            for key, _value in self.raw.items():
                self._update(key, zero)
            return
        for key, _value in list(self.raw.items()):
            self.raw.delete(key)

    def copy(self) -> dict[K, V]:
        """What is in the map now."""
        return dict(self.items())

    # The kernel's own operations.

    def lookup(self, key: K, *, flags: int = 0) -> V | None:
        """BPF_MAP_LOOKUP_ELEM: the value, or None. Flags: BPF_F_LOCK."""
        data = self._lookup(self._pack_key(key), flags)
        return None if data is None else self._unpack_value(data)

    if TYPE_CHECKING:

        @overload  # type: ignore[override]
        def update(self, key: K, value: V, *, flags: int = 0) -> None: ...
        @overload
        def update(self, key: Mapping[K, V] | Iterable[tuple[K, V]], /, *, flags: int = 0) -> None: ...

    def update(self, key: Any, value: Any = MANY, *, flags: int = 0) -> None:
        """BPF_MAP_UPDATE_ELEM. Flags: BPF_ANY, BPF_NOEXIST (KernelError EEXIST), BPF_EXIST (KernelError ENOENT), BPF_F_LOCK.

        With one argument, a mapping or pairs, as a dict's: `update_many`."""
        if value is MANY:
            self.update_many(key, flags=flags)
        else:
            self._update(self._pack_key(key), self._pack_value(value), flags)

    def delete(self, key: K) -> bool:
        """BPF_MAP_DELETE_ELEM: whether the key was there."""
        return self.raw.delete(self._pack_key(key))

    def lookup_and_delete(self, key: K, *, flags: int = 0) -> V | None:
        """BPF_MAP_LOOKUP_AND_DELETE_ELEM (hashes: Linux 5.14): the value that was taken out, or None."""
        data = self.raw.lookup_and_delete(self._pack_key(key), flags)
        return None if data is None else self._unpack_value(data)

    def next_key(self, key: K | None = None) -> K | None:
        """BPF_MAP_GET_NEXT_KEY: the key after this one, the first for None; None at the end."""
        found = self.raw.next_key(None if key is None else self._pack_key(key))
        return None if found is None else self._unpack_key(found)

    def update_many(self, items: Mapping[K, V] | Iterable[tuple[K, V]], *, flags: int = 0) -> None:
        """Puts many entries in, thousands to a call where the kernel has batches (Linux 5.6), else one after the other.
        `items` are pairs, or a mapping."""
        pairs: Any = items.items() if hasattr(items, "items") else items
        pack_key, pack_value = self._pack_key, self._pack_value
        batch = getattr(self.raw, "update_batch", None)
        if batch is None:
            for key, value in pairs:
                self._update(pack_key(key), pack_value(value), flags)
            return
        keys: list[bytes] = []
        values: list[bytes] = []
        for key, value in pairs:
            keys.append(pack_key(key))
            values.append(pack_value(value))
            if len(keys) == BATCH:
                batch(b"".join(keys), b"".join(values), flags)
                keys, values = [], []
        if keys:
            batch(b"".join(keys), b"".join(values), flags)

    def delete_many(self, keys: Iterable[K]) -> int:
        """Takes many keys out; how many were there. Thousands to a call where the kernel has batches (Linux 5.6)."""
        packed = [self._pack_key(key) for key in keys]
        batch = getattr(self.raw, "delete_batch", None)
        if batch is None:
            return sum(map(self.raw.delete, packed))
        return sum(batch(b"".join(packed[at : at + BATCH])) for at in range(0, len(packed), BATCH))

    def drain(self) -> Iterator[tuple[K, V]]:
        """Takes every entry out and gives it: BPF_MAP_LOOKUP_AND_DELETE_BATCH where the kernel has it (hashes, Linux 5.6), so
        that nothing a program adds meanwhile is lost; else one by one."""
        unpack_key, unpack_value = self._unpack_key, self._unpack_value
        taken = getattr(self.raw, "drain", None)
        if taken is not None:
            for key, value in taken():
                yield unpack_key(key), unpack_value(value)
            return
        for key, _value in list(self.raw.items()):
            found = self.raw.lookup_and_delete(key)
            if found is not None:
                yield unpack_key(key), unpack_value(found)

    def arrays(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Every entry as two NumPy arrays, keys and values, in the same order: a copy. Their dtypes are those of the types in
        BTF, else bytes (`V<size>`); values of a per-CPU map have a column for each possible CPU. NotSupported without NumPy."""
        from ebpf.objects import arrays

        return arrays.read(self.raw, self.spec.type in PER_CPU)

    def update_arrays(self, keys: Any, values: Any, *, flags: int = 0) -> int:
        """Puts in what `arrays` gives, or sequences like it; how many entries. ValueError for numbers that don't fit."""
        from ebpf.objects import arrays

        return arrays.write(self.raw, keys, values, self.spec.type in PER_CPU, flags)

    def memory(self) -> memoryview | None:
        """The values as memory shared with the programs, where the map has that (MMAPABLE arrays; every array in the vm)."""
        return self.raw.memory()

    def freeze(self) -> None:
        """BPF_MAP_FREEZE (Linux 5.2): from now on user space may only read."""
        self.raw.freeze()

    def typed(self, key: str | None = None, value: str | None = None) -> Map[Any, Any]:
        """The same map with keys and values as numbers of a struct format ("I" u32, "Q" u64, "q" s64 …).

        For maps without BTF, whose values are bytes otherwise. ValueError when the size is another.
        """
        pairs: list[codecs.Codec | None] = []
        for what, fmt, size in (("key", key, self.spec.key_size), ("value", value, self.spec.value_size)):
            if fmt is None:
                pairs.append(None)
                continue
            import struct

            if struct.calcsize("=" + fmt) != size:
                raise ValueError(
                    f"map {self.name}: the {what} is {size} bytes, format {fmt!r} {struct.calcsize('=' + fmt)}"
                )
            pairs.append(codecs.scalar(fmt))
        return Map(self.raw, key=pairs[0], value=pairs[1])

    def close(self) -> None:
        """Gives the map back; use after that raises Closed. The object that owns a map closes it, too."""
        self.raw.close()

        def closed(*_args: object) -> Any:
            raise Closed(f"map {self.name} is closed")

        self._lookup = self._update = closed

    def __repr__(self) -> str:
        spec = self.spec
        return self._shown(
            f"{self._label or type(self).__name__} {spec.name} {spec.type.label} key={spec.key_size}B value={spec.value_size}B "
            f"max_entries={spec.max_entries}"
        )

    # Two maps are equal when they are the same map; a mapping's own equality would read all of both.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class ScalarMap(Map[int, Any]):
    """A map of numbers by number, on an engine that has a short way for them. (Numbers that `struct` has no letter for go the
    general way.)

    At its first use the face becomes of a class of its own whose `__getitem__`, `__setitem__` and `__delitem__` are the
    engine's: then `map[key]` is one frame over the call. What they don't take goes the general way, which says what is wrong.
    """

    _label = "Map"

    def _shorten(self) -> bool:
        key, value = codecs.codes(self.spec)
        if not (key and value):
            return False
        made: Any = self.raw
        short = made.scalars(key, value, Map.__getitem__, Map.__setitem__, Map.__delitem__)
        if short is None:
            return False
        own = dict(zip(("__getitem__", "__setitem__", "__delitem__"), short, strict=True), __doc__=Map.__doc__)
        cls: Any = type(self)
        self.__class__ = type(cls)(cls.__name__, (cls,), own)
        return True

    def __getitem__(self, key: int) -> Any:
        return self[key] if self._shorten() else super().__getitem__(key)

    def __setitem__(self, key: int, value: Any) -> None:
        if self._shorten():
            self[key] = value
        else:
            super().__setitem__(key, value)

    def __delitem__(self, key: int) -> None:
        if self._shorten():
            del self[key]
        else:
            super().__delitem__(key)

    def _pairs(self) -> Iterator[Iterator[tuple[int, Any]]]:
        key: Any
        value: Any
        key, value = codecs.codes(self.spec)
        made: Any = self.raw
        for keys, values, _ in made.chunks():
            yield zip(memoryview(keys).cast(key).tolist(), memoryview(values).cast(value).tolist(), strict=True)

    def items(self) -> Iterator[tuple[int, Any]]:  # type: ignore[override]
        from itertools import chain

        if not all(codecs.codes(self.spec)):
            return super().items()
        return chain.from_iterable(self._pairs())

    def copy(self) -> dict[int, Any]:
        if not all(codecs.codes(self.spec)):
            return super().copy()
        found: dict[int, Any] = {}
        for pairs in self._pairs():
            found.update(pairs)
        return found


def plain(raw: RawMap) -> Map[Any, Any]:
    """A ScalarMap where key and value may be numbers and the engine has the short way; else a plain face."""
    if raw.spec.type not in PER_CPU and hasattr(raw, "scalars") and codecs.may_be_numbers(raw.spec):
        return ScalarMap(raw)
    return Map(raw)


#: Types that are a key and a value and nothing else: most maps, and all that a start needs.
PLAIN = frozenset(
    {
        MapType.HASH, MapType.ARRAY, MapType.PERCPU_HASH, MapType.PERCPU_ARRAY, MapType.LRU_HASH, MapType.LRU_PERCPU_HASH,
    }
)  # fmt: skip


def create(engine: Engine, spec: MapSpec) -> RawMap:
    """Makes a map on an engine; for a map of maps with a template of those that it will hold."""
    if spec.inner is None:
        return engine.create_map(spec)
    inner = engine.create_map(spec.inner)  # the kernel copies its properties, not the map
    try:
        return engine.create_map(spec, inner)
    finally:
        inner.close()


def face(raw: RawMap) -> Any:
    """The face that suits a map's type."""
    if raw.spec.type in PLAIN:
        return plain(raw)
    from ebpf.objects import rings

    if raw.spec.type in rings.FACES:
        return rings.FACES[raw.spec.type](raw)
    from ebpf.objects import faces

    return faces.of(raw)


def _per_cpu(raw: RawMap, pack: Callable[[Any], bytes], unpack: Callable[[bytes], Any]) -> codecs.Codec:
    """Values of all possible CPUs as a list: each in its own 8-byte aligned place."""
    size = raw.spec.value_size
    step = (size + 7) & ~7
    starts = range(0, raw.value_bytes, step)
    padding = bytes(step - size)

    def pack_all(values: Any) -> bytes:
        if isinstance(values, (bytes, bytearray, memoryview)) or not hasattr(values, "__len__"):
            raise TypeError(f"map {raw.spec.name}: a list of {len(starts)} values is wanted, one for each possible CPU")
        if len(values) != len(starts):
            raise ValueError(f"map {raw.spec.name}: {len(values)} values for {len(starts)} possible CPUs")
        return b"".join(pack(value) + padding for value in values)

    return pack_all, lambda data: [unpack(data[start : start + size]) for start in starts]
