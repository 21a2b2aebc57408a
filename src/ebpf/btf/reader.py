"""BTF as it is read: where each type lies, and its types made into objects as they are asked for.

A file is a header, the types (32-bit words in the file's byte order, one type after the other, so that only a walk tells
where the n-th begins) and the strings. The walk is all that `Btf.parse` does; the rest waits until it is asked for. Of the
kernel's own types the walk itself goes only as far as is asked: what programs read of it mostly lies at the front.
Split BTF (a kernel module's) goes on where its base ends: ids, and positions of strings, count on from the base's.
"""

from __future__ import annotations

import sys
from itertools import compress

from ebpf.btf import types
from ebpf.errors import BtfError
from ebpf.uapi.btf import HEADER_SIZE, MAGIC, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from mmap import mmap
    from typing import Any, Literal

    import numpy as np

    from ebpf.btf.codec import Codec

    #: A kind, or the class of its types, or any.
    KindLike = Kind | type[types.Type] | None

#: A chain of typedefs, modifiers and arrays longer than this is taken for a loop. (The kernel allows 32 of each kind.)
MAX_DEPTH = 64

#: Said of types that don't begin as whole ones do.
SPLIT = "a module's types stand on those of its kernel"
#: Types of more words than this are sorted by name once more than a few names were asked for; until then each name is searched
#: for among the words, where its position may stand often by chance.
MANY_WORDS, FEW_NAMES, MOST_CHANCES = 50_000, 12, 4000
#: How many words are walked at a time, at least: some hundred types.
_STRIDE = 4096

# Words of a type of each kind: a fixed part, and how many more for each of its `vlen` members, values or parameters.
_FIXED = (0, 4, 3, 6, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3, 4, 3, 3)
_EACH = (0, 0, 0, 0, 3, 3, 2, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 3)


class Btf:
    """Types of one object, of the kernel, or of one of its modules. Made by `parse`; never changes.

    `raw` is the bytes as read (the kernel's own: a read-only map of its file); `byte_order` theirs; `base` what a split
    BTF adds to; `start_id` the first id of its own. `len()` counts all types, void and the base's included, so that ids
    are 1 … len - 1.
    """

    __slots__ = (
        "_by_offset",
        "_cache",
        "_codecs",
        "_found",
        "_offsets",
        "_searches",
        "_string_size",
        "_string_start",
        "_text",
        "_text_start",
        "_type_start",
        "_words",
        "base",
        "byte_order",
        "raw",
        "start_id",
    )

    # Where each type begins, in words, of those walked past; whether they are all. (Another list takes its place when more are,
    # so that threads may look meanwhile.)
    _offsets: Sequence[int]
    # What was looked up: name without flavour → ids of its own types of that name, ascending. (`ebpf.btf.kernel` keeps it.)
    _found: dict[str, list[int]]
    # How many names were searched for, and then the named types sorted: position of the name << 32 | id.
    _searches: int
    _by_offset: Sequence[int] | None
    _cache: dict[int, types.Type]
    _codecs: dict[int, Codec]
    _words: Sequence[int]
    # Where the types lie in `raw`.
    _type_start: int
    # Strings: the position of the first of its own, their size, where they lie in `raw`, and a copy that is quick to search.
    _string_start: int
    _string_size: int
    _text_start: int
    _text: bytes | None
    raw: bytes | mmap
    base: Btf | None
    byte_order: Literal["little", "big"]
    start_id: int

    @classmethod
    def parse(cls, data: bytes | bytearray | memoryview | mmap, base: Btf | None = None) -> Btf:
        """Reads a `.BTF` section, a BTF file, or `/sys/kernel/btf/…` (`base` for a module). Raises BtfError."""
        if isinstance(data, (bytearray, memoryview)):
            data = bytes(data)
        self = cls()
        self._read_header(data, base)
        self._walk()
        return self

    def _read_header(self, data: bytes | mmap, base: Btf | None) -> None:
        """Fills in all but where each type begins."""
        self.raw = data
        self.base = base
        self.start_id = len(base) if base is not None else 1
        self._string_start = base._string_end if base is not None else 0
        if len(data) < HEADER_SIZE:
            raise _bad(f"{len(data)} bytes are too few for a header of {HEADER_SIZE}", 0)
        magic = data[0] | data[1] << 8
        if magic == MAGIC:
            self.byte_order = "little"
        elif magic == (MAGIC & 0xFF) << 8 | MAGIC >> 8:
            self.byte_order = "big"
        else:
            raise _bad(f"no BTF: it begins with {magic:#06x} in place of {MAGIC:#06x}", 0)
        if base is not None and base.byte_order != self.byte_order:
            raise _bad(f"{self.byte_order}-endian types on a {base.byte_order}-endian base", 0)
        if data[2] != 1:
            raise _bad(f"version {data[2]} of BTF; this reads version 1", 2)
        header, type_start, type_size, string_start, string_size = (
            int.from_bytes(data[at : at + 4], self.byte_order) for at in range(4, 24, 4)
        )
        if not HEADER_SIZE <= header <= len(data):
            raise _bad(f"a header of {header} bytes in {len(data)}", 4)
        if header + type_start + type_size > len(data):
            raise _bad(f"types of {type_size} bytes at {header + type_start:#x} reach past the end", 8)
        if type_start % 4 or type_size % 4:
            raise _bad(f"types at {type_start:#x}, {type_size} bytes, aren't 4-byte aligned", 8)
        if header + string_start + string_size > len(data):
            raise _bad(f"strings of {string_size} bytes at {header + string_start:#x} reach past the end", 16)
        self._text_start = start = header + string_start
        self._string_size = string_size
        if string_size:
            if data[start + string_size - 1]:
                raise _bad("the strings don't end with a NUL", start + string_size - 1)
            if base is None and data[start]:
                raise _bad(f"the strings don't begin with an empty one: {SPLIT}", start)
        elif base is None:
            raise _bad("there are no strings", 20)
        self._type_start = start = header + type_start
        self._words = _words(memoryview(data)[start : start + type_size], self.byte_order)
        self._offsets = []
        self._by_offset = self._text = None
        self._searches = 0
        self._found = {}
        self._cache = {}
        self._codecs = {}

    # Threads may walk at once: each works on a list of its own and goes on from there. One that takes the place of a longer
    # one costs time, no more.

    def _next(self, offsets: Sequence[int]) -> int:
        """The word where the type after these begins."""
        return offsets[-1] + _length(self._words[offsets[-1] + 1]) if offsets else 0

    @property
    def _whole(self) -> bool:
        return self._next(self._offsets) == len(self._words)

    def _walk(self, end: int | None = None) -> Sequence[int]:
        """Finds each type that begins before the word `end`, all of them without it; gives the words where they begin."""
        found, words = self._offsets, self._words
        at = self._next(found)
        if at == len(words):
            return found
        offsets = list(found)
        try:
            at = _walk(words, offsets, at, len(words) if end is None else min(end, len(words)))
        except _NoKind as error:
            self._offsets = offsets
            kind, place = words[error.at + 1] >> 24 & 0x7F, self._type_start + error.at * 4
            raise _bad(f"type {len(offsets) + 1} is of kind {kind}, which this doesn't know", place) from None
        self._offsets = offsets
        if at > len(words) or (end is None and at != len(words)):
            place = self._type_start + at * 4
            raise _bad(f"type {len(offsets)} reaches past the end of the types, or they don't fill it", place)
        return offsets

    def _place(self, own: int) -> int:
        """The word where its own type of that number begins, the first being 0; -1 if there is none. Walks on to it."""
        offsets = self._offsets
        while own >= len(offsets):
            known = len(offsets)
            offsets = self._walk(2 * self._next(offsets) + _STRIDE)
            if len(offsets) == known:
                return -1
        return offsets[own] if own >= 0 else -1

    def __len__(self) -> int:
        return self.start_id + len(self._walk())

    def __repr__(self) -> str:
        return f"<Btf of {len(self)} types{', split' if self.base is not None else ''}>"

    # Types.

    def type(self, type_id: int) -> types.Type:
        """The type with that id; 0 is Void. Raises BtfError where there is none, or where it is broken."""
        found = self._cache.get(type_id)
        if found is None:
            own = type_id - self.start_id
            if own < 0:
                if type_id == 0:
                    return types.VOID
                if type_id > 0 and self.base is not None:
                    return self.base.type(type_id)
            at = self._place(own)
            if at < 0:
                raise BtfError(f"no type {type_id}; ids end at {len(self) - 1}", section=".BTF")
            found = self._cache[type_id] = self._inflate(at)
        return found

    def __iter__(self) -> Iterator[tuple[int, types.Type]]:
        """Ids and types, in order, of this BTF's own (not of its base)."""
        for type_id in range(self.start_id, len(self)):
            yield type_id, self.type(type_id)

    def _inflate(self, at: int) -> types.Type:
        words = self._words
        info = words[at + 1]
        return _INFLATE[info >> 24 & 0x7F](self, words, at, info & 0xFFFF, info >> 31)

    def kind(self, type_id: int) -> Kind:
        """The kind of a type, without making it."""
        at = self._place(type_id - self.start_id)
        if at >= 0:
            return _KINDS[self._words[at + 1] >> 24 & 0x7F]
        return self.type(type_id).kind

    def name(self, type_id: int) -> str:
        """The name of a type, "" if it has none, without making the type."""
        at = self._place(type_id - self.start_id)
        if at >= 0:
            return self.string(self._words[at])
        return self.type(type_id).name if type_id else ""

    @property
    def _string_end(self) -> int:
        return self._string_start + self._string_size

    def string(self, offset: int) -> str:
        """The string at that position. Bytes that are no UTF-8 become surrogates."""
        return self._bytes_at(offset).decode("utf-8", "surrogateescape")

    def _bytes_at(self, offset: int) -> bytes:
        own = offset - self._string_start
        if own < 0:
            assert self.base is not None
            return self.base._bytes_at(offset)
        if own >= self._string_size:
            raise _bad(f"no string at {offset:#x}; they end at {self._string_end:#x}", None)
        own += self._text_start
        return self.raw[own : self.raw.find(b"\0", own)]

    def position(self, type_id: int) -> int:
        """Where a type of this BTF's own begins, in bytes from the start of `raw`."""
        at = self._place(type_id - self.start_id)
        if at < 0:
            raise BtfError(f"no type {type_id} of this BTF's own; ids end at {len(self) - 1}", section=".BTF")
        return self._type_start + at * 4

    # Looking up.

    def find(self, name: str, kind: KindLike = None) -> int | None:
        """The lowest id of a type of that name, and of that kind if given (Kind.STRUCT, or the class Struct)."""
        for type_id in self._ids(name, kind):
            return type_id
        return None

    def find_all(self, name: str, kind: KindLike = None) -> list[int]:
        """The ids of all types of that name (and kind), ascending."""
        return list(self._ids(name, kind))

    def find_flavours(self, name: str, own: bool = False) -> list[int]:
        """The ids of the types that CO-RE takes for the same: `name` with any flavour, or none. `own`: not the base's."""
        name = essential(name)
        found = [] if own or self.base is None else self.base.find_flavours(name)
        return found + self._own_ids(name)

    def _ids(self, name: str, kind: KindLike) -> Iterator[int]:
        if self.base is not None:
            yield from self.base._ids(name, kind)
        wanted = getattr(kind, "kind", kind)
        for type_id in self._own_ids(essential(name)):
            if self.name(type_id) == name and (wanted is None or self.kind(type_id) == wanted):
                yield type_id

    def _own_ids(self, name: str) -> list[int]:
        """The ids of its own types of that name, with any flavour or none, ascending."""
        found = self._found.get(name)
        if found is None:
            places = set(self._places(name.encode("utf-8", "surrogateescape"))) if name else set()
            found = self._found[name] = self._named_at(places) if places else []
        return found

    def _places(self, encoded: bytes, flavours: bool = True) -> list[int]:
        """The positions of a name (and of its flavours) among the strings, the base's too."""
        found = self.base._places(encoded, flavours) if self.base is not None else []
        text = self._text
        if text is None:
            text = self._text = self.raw[self._text_start : self._text_start + self._string_size]
        start = self._string_start
        # A string may be the tail of another, so every place that ends right counts.
        at, wanted = -1, encoded + b"\0"
        while (at := text.find(wanted, at + 1)) >= 0:
            found.append(at + start)
        at, wanted = -1, encoded + b"___"
        while flavours and (at := text.find(wanted, at + 1)) >= 0:
            if essential_bytes(text[at : text.find(b"\0", at)]) == encoded:
                found.append(at + start)
        return found

    def _named_at(self, places: set[int]) -> list[int]:
        """The ids of its own types whose name is at one of these positions, ascending."""
        keys = self._by_offset
        if keys is None:
            if len(self._words) > MANY_WORDS and self._searches < FEW_NAMES:
                self._searches += 1
                found = self._search(places)
                if found is not None:
                    return found
            keys = self._by_offset = _sort_by_name(self._words, self._walk(), self.start_id)
        return sorted(number for place in places for number in _below(keys, place))

    def _search(self, places: set[int]) -> list[int] | None:
        """The same, without having walked past all types: where the name's position stands among the words, a type may begin.
        None where that can't tell: the position is too common a number, or nothing is found and the name is the tail of another
        string (left out while not all are walked past: what writes kernels' types makes none)."""
        words, start = self._words, self._type_start
        end = start + 4 * len(words)
        found: list[int] = []
        left = MOST_CHANCES
        looked = places
        if not self._whole:
            looked = {place for place in places if not self.raw[self._text_start + place - self._string_start - 1]}
        for place in looked:
            # Zeros are what there is most of: without those at its end a number is found twice as fast.
            wanted, at = place.to_bytes(4, self.byte_order).rstrip(b"\0"), start - 1
            while left and (at := self.raw.find(wanted, at + 1, end)) >= 0:
                left -= 1
                word = at - start >> 2
                # In the midst of another type what follows is a type's number or an offset, with no kind in it, if not by chance.
                if (
                    not (at - start) & 3
                    and words[word] == place
                    and word + 2 < len(words)
                    and 0 < words[word + 1] >> 24 & 0x7F < len(_FIXED)
                ):
                    found.append(word)
        if not left or (not found and len(looked) < len(places)):
            return None
        return [number for word in sorted(found) for number in self._beginning(word)]

    def _beginning(self, word: int) -> Iterator[int]:
        """The id of its own type that begins at that word, if one does."""
        offsets = self._offsets
        if not offsets or offsets[-1] < word:
            offsets = self._walk(word + 1)
        number = _first_from(offsets, word)
        if number < len(offsets) and offsets[number] == word:
            yield self.start_id + number

    # Layout.

    def resolve(self, type_id: int) -> int:
        """The id of the type behind typedefs, const, volatile, restrict and type tags."""
        for _ in range(MAX_DEPTH):
            found = self.type(type_id)
            if not isinstance(found, types.MODIFIERS):
                return type_id
            type_id = found.type
        raise BtfError(f"type {type_id} is a typedef or modifier of itself", section=".BTF")

    def size(self, type_id: int) -> int:
        """The size in bytes of a value of the type. Pointers are 8. BtfError for what has none (void, functions)."""
        count = 1
        for _ in range(MAX_DEPTH):
            found = self.type(type_id)
            if isinstance(found, (types.Int, types.Struct, types.Enum, types.Float, types.DataSec)):
                return count * found.size
            if isinstance(found, types.Pointer):
                return count * 8
            if isinstance(found, types.Array):
                count *= found.nelems
                type_id = found.type
            elif isinstance(found, (*types.MODIFIERS, types.Var, types.DeclTag)):
                type_id = found.type
            else:
                raise BtfError(f"{found.kind.label} {found.name or type_id} has no size", section=".BTF")
        raise BtfError(f"type {type_id} holds itself", section=".BTF")

    def codec(self, type_id: int) -> Codec:
        """Python values ⇄ bytes of that type, in this BTF's byte order."""
        codec = self._codecs.get(type_id)
        if codec is None:
            from ebpf.btf.codec import make

            codec = self._codecs[type_id] = make(self, type_id)
        return codec

    def dtype(self, type_id: int) -> np.dtype[Any]:
        """The NumPy dtype of that type, in this BTF's byte order. Imports NumPy."""
        from ebpf.btf.dtype import make

        return make(self, type_id)

    def __reduce__(self) -> tuple[Any, ...]:
        return Btf.parse, (bytes(self.raw), self.base)


def essential(name: str) -> str:
    """A name without its flavour: `task_struct___old` is a `task_struct`. The last `___` with no `_` beside it counts."""
    if "___" in name:
        for at in range(len(name) - 5, -1, -1):
            if name[at + 1 : at + 4] == "___" and name[at] != "_" and name[at + 4] != "_":
                return name[: at + 1]
    return name


def essential_bytes(name: bytes) -> bytes:
    """The same of a name as it stands in the file."""
    return essential(name.decode("latin-1")).encode("latin-1")


def _first_from(keys: Sequence[int], least: int) -> int:
    """The index of the first of the sorted keys that is `least` or more."""
    start, end = 0, len(keys)
    while start < end:  # `bisect` would be one more module to load
        middle = start + end >> 1
        if keys[middle] < least:
            start = middle + 1
        else:
            end = middle
    return start


def _below(keys: Sequence[int], high: int) -> Iterator[int]:
    """The low halves of the 64-bit keys whose high half is that."""
    for at in range(_first_from(keys, high << 32), len(keys)):
        if keys[at] >> 32 != high:
            return
        yield keys[at] & 0xFFFFFFFF


def _sort_by_name(words: Sequence[int], offsets: Sequence[int], start_id: int) -> Sequence[int]:
    """Named types as sorted 64-bit numbers: position of the name << 32 | id."""
    if len(words) <= MANY_WORDS:
        return sorted(words[at] << 32 | number for number, at in enumerate(offsets, start_id) if words[at])
    # Each step is one call of C for all types; what that needs takes 2 ms to import.
    from array import array
    from operator import itemgetter

    names: Sequence[int] = itemgetter(*offsets)(words)
    ids = list(compress(range(start_id, start_id + len(names)), names))
    pairs = array("I", bytes(8 * len(ids)))
    low = int(sys.byteorder == "big")
    pairs[low::2] = array("I", ids)
    pairs[1 - low :: 2] = array("I", list(compress(names, names)))
    keys = memoryview(pairs).cast("B").cast("Q").tolist()
    keys.sort()
    return keys


def _bad(message: str, offset: int | None) -> BtfError:
    return BtfError(message, section=".BTF", offset=offset)


def _words(data: memoryview, byte_order: str) -> Sequence[int]:
    """The 32-bit words of a part of the file, in this machine's byte order."""
    if byte_order == sys.byteorder:
        return data.cast("B").cast("I")
    from array import array

    words = array("I", bytes(data))
    words.byteswap()
    return memoryview(words)


def _length(info: int) -> int:
    """How many words a type has, by its second."""
    kind = info >> 24 & 0x7F
    if not 0 < kind < len(_FIXED):
        raise _NoKind
    return _FIXED[kind] + _EACH[kind] * (info & 0xFFFF)


class _NoKind(Exception):
    at = 0


def _walk(words: Sequence[int], offsets: list[int], at: int, end: int) -> int:
    """Adds where each type begins, in words, from `at` to before `end`; gives where the next would. Raises _NoKind."""
    # Types of the same kind and count have the same length; asking a dict is quicker than working it out. The loop
    # leaves by the exceptions: it is what a start on a kernel's types waits for.
    add, infos = offsets.append, words[1 : end + 1]
    lengths: dict[int, int] = {}
    try:
        while True:
            try:
                while True:
                    length = lengths[infos[at]]
                    add(at)
                    at += length
            except KeyError:
                lengths[infos[at]] = _length(infos[at])
    except IndexError:
        return at
    except _NoKind as error:
        error.at = at
        raise


def _signed(word: int) -> int:
    return word - 0x100000000 if word & 0x80000000 else word


def _int(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    extra = words[at + 3]
    return types.Int(btf.string(words[at]), words[at + 2], extra >> 24 & 15, extra & 0xFF, extra >> 16 & 0xFF)


def _modifier(cls: Callable[[int], types.Type]) -> Any:
    return lambda btf, words, at, vlen, flag: cls(words[at + 2])


def _array(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Array(words[at + 3], words[at + 4], words[at + 5])


def _composite(cls: Callable[[str, int, list[types.Member]], types.Type]) -> Any:
    def make(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
        string, member = btf.string, types.Member
        places = range(at + 3, at + 3 + vlen * 3, 3)
        if flag:
            members = [
                member(string(words[m]), words[m + 1], words[m + 2] & 0xFFFFFF, words[m + 2] >> 24) for m in places
            ]
        else:
            members = [_member(btf, string(words[m]), words[m + 1], words[m + 2]) for m in places]
        return cls(string(words[at]), words[at + 2], members)

    return make


def _member(btf: Btf, name: str, type_id: int, bit_offset: int) -> types.Member:
    # Without kind_flag a bitfield's width stands in an INT of its own.
    bit_size = 0
    try:
        if btf.kind(type_id) == Kind.INT:
            target = btf.type(type_id)
            assert isinstance(target, types.Int)
            if target.bits != target.size * 8 or target.bit_offset:
                bit_size = target.bits
    except BtfError:
        pass  # no such type: told where it is asked for
    return types.Member(name, type_id, bit_offset, bit_size)


def _enum(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    string = btf.string
    places = range(at + 3, at + 3 + vlen * 2, 2)
    if flag:
        values = [types.EnumValue(string(words[v]), _signed(words[v + 1])) for v in places]
    else:
        values = [types.EnumValue(string(words[v]), words[v + 1]) for v in places]
    return types.Enum(string(words[at]), words[at + 2], bool(flag), values)


def _enum64(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    values = []
    for v in range(at + 3, at + 3 + vlen * 3, 3):
        value = words[v + 1] | words[v + 2] << 32
        if flag and value >> 63:
            value -= 1 << 64
        values.append(types.EnumValue(btf.string(words[v]), value))
    return types.Enum64(btf.string(words[at]), words[at + 2], bool(flag), values)


def _forward(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Forward(btf.string(words[at]), bool(flag))


def _typedef(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Typedef(btf.string(words[at]), words[at + 2])


def _func(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Func(btf.string(words[at]), words[at + 2], vlen)


def _func_proto(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    params = [types.Param(btf.string(words[p]), words[p + 1]) for p in range(at + 3, at + 3 + vlen * 2, 2)]
    return types.FuncProto(words[at + 2], params)


def _var(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Var(btf.string(words[at]), words[at + 2], words[at + 3])


def _datasec(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    variables = [
        types.SectionVariable(words[v], words[v + 1], words[v + 2]) for v in range(at + 3, at + 3 + vlen * 3, 3)
    ]
    return types.DataSec(btf.string(words[at]), words[at + 2], variables)


def _float(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.Float(btf.string(words[at]), words[at + 2])


def _decl_tag(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.DeclTag(btf.string(words[at]), words[at + 2], _signed(words[at + 3]), bool(flag))


def _type_tag(btf: Btf, words: Sequence[int], at: int, vlen: int, flag: int) -> types.Type:
    return types.TypeTag(btf.string(words[at]), words[at + 2], bool(flag))


_KINDS = tuple(Kind)
_INFLATE: tuple[Callable[[Btf, Sequence[int], int, int, int], types.Type], ...] = (
    lambda btf, words, at, vlen, flag: types.VOID,
    _int,
    _modifier(types.Pointer),
    _array,
    _composite(types.Struct),
    _composite(types.Union),
    _enum,
    _forward,
    _typedef,
    _modifier(types.Volatile),
    _modifier(types.Const),
    _modifier(types.Restrict),
    _func,
    _func_proto,
    _var,
    _datasec,
    _float,
    _decl_tag,
    _type_tag,
    _enum64,
)
