"""Mutated BTF and BTF.ext: every input parses or raises BtfError, within a second and without much memory.

    python tests/fuzz/btf_fuzz.py [COUNT [SEED]]

prints what it did; an input that breaks the rule is written beside it as `crash-….btf` and the exit status is 1.
"""

from __future__ import annotations

import contextlib
import os
import random
import struct
import sys
import time
import tracemalloc
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from ebpf.btf import Btf, core, ext, types
from ebpf.btf.build import Builder
from ebpf.btf.compare import compare
from ebpf.btf.dedup import dedup
from ebpf.btf.dump import dump
from ebpf.btf.listing import listing
from ebpf.btf.loadable import loadable
from ebpf.errors import BtfError, RelocationError

#: Seconds that one input may take, and bytes that it may hold at its peak.
MAX_SECONDS = 1.0
MAX_BYTES = 256 << 20


def sample(byte_order: str = "little") -> bytes:
    """A BTF with every kind in it, some with the flag, some in loops."""
    builder = Builder(byte_order="little" if byte_order == "little" else "big")
    add = builder.add
    int_ = add(types.Int("int", 4, 1))
    char = add(types.Int("char", 1))
    u8 = add(types.Int("unsigned char", 1))
    wide = add(types.Int("__int128", 16, 1))
    node = builder.reserve()
    pointer = add(types.Pointer(node))
    text = add(types.Array(char, int_, 16))
    numbers = add(types.Array(int_, int_, 4))
    flexible = add(types.Array(u8, int_, 0))
    color = add(types.Enum("color", 4, True, [types.EnumValue("RED", -1), types.EnumValue("BLUE", 7)]))
    big = add(types.Enum64("big", 8, False, [types.EnumValue("BIG", 1 << 40)]))
    inner = add(types.Union("", 8, [types.Member("a", int_, 0), types.Member("b", wide - 1, 0)]))
    members = [
        types.Member("next", pointer, 0),
        types.Member("low", int_, 64, 3),
        types.Member("high", int_, 67, 5),
        types.Member("", inner, 96),
        types.Member("name", text, 160),
        types.Member("numbers", numbers, 288),
        types.Member("color", color, 416),
        types.Member("big", big, 448),
        types.Member("tail", flexible, 512),
    ]
    builder.set(node, types.Struct("node", 64, members))
    alias = add(types.Typedef("node_t", add(types.Const(add(types.Volatile(node))))))
    add(types.Restrict(pointer))
    add(types.Forward("elsewhere"))
    add(types.Forward("either", True))
    proto = add(types.FuncProto(int_, [types.Param("ctx", pointer), types.Param("", 0)]))
    function = add(types.Func("main", proto, 1))
    variable = add(types.Var("counter", alias, 1))
    add(types.DataSec(".data", 64, [types.SectionVariable(variable, 0, 64)]))
    add(types.Float("double", 8))
    add(types.DeclTag("tag", function, 0))
    add(types.Pointer(add(types.TypeTag("user", char))))
    return bytes(builder)


#: Good types, to hold others against.
BASE = Btf.parse(sample())


def sample_ext(byte_order: str = "little") -> bytes:
    """A BTF.ext that goes with `sample`: one function, two lines, one relocation, of a section whose name is a type's."""
    order = "<" if byte_order == "little" else ">"
    functions = struct.pack(order + "IIIII", 8, 1, 1, 0, 20)
    lines = struct.pack(order + "IIIIIIIIIII", 16, 1, 2, 0, 1, 5, 1 << 10 | 3, 8, 1, 5, 2 << 10)
    relocations = struct.pack(order + "IIIIIII", 16, 1, 1, 8, 5, 1, 0)
    at = len(functions)
    head = struct.pack(order + "HBBIIIIIII", 0xEB9F, 1, 0, 32, 0, at, at, len(lines), at + len(lines), len(relocations))
    return head + functions + lines + relocations


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A few bytes or words changed, cut, doubled or put elsewhere."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not out:
            break
        at = chance.randrange(len(out))
        match chance.randrange(8):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                out[at] ^= 1 << chance.randrange(8)
            case 2 | 3:
                at &= ~3
                word = chance.choice(
                    (0, 1, 2, 5, 0x7F, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, chance.getrandbits(32))
                )
                out[at : at + 4] = word.to_bytes(4, chance.choice(("little", "big")))
            case 4:
                del out[at : at + chance.randint(1, 16)]
            case 5:
                out[at:at] = out[at : at + chance.randint(1, 64)]
            case 6:
                # An id or a count from elsewhere: loops and huge counts come of it.
                at &= ~3
                other = chance.randrange(len(out)) & ~3
                out[at : at + 4] = out[other : other + 4]
            case _:
                at = 24 + 12 * chance.randrange(1 + len(out) // 12)
                out[at + 4 : at + 8] = struct.pack("<I", chance.randrange(22) << 24 | chance.choice((0, 1, 2, 0xFFFF)))
    return bytes(out)


def use(data: bytes, infos: bytes) -> str:
    """All that is done with types, on bad ones. Returns how far it came."""
    try:
        btf = Btf.parse(data)
    except BtfError:
        return "refused"
    reached = "parsed"
    for type_id in range(min(len(btf), 300)):
        for ask in (btf.type, btf.name, btf.kind, btf.resolve, btf.size, _values(btf)):
            try:
                ask(type_id)
            except BtfError:
                # Void and functions have no size and no values, in good types too.
                if ask.__name__ not in ("size", "values"):
                    reached = "broken"
    for name in ("node", "node_t", "no such type"):
        try:
            btf.find_all(name)
            btf.find_flavours(name)
        except BtfError:
            reached = "broken"
    wholes = (
        lambda: _relocate(btf, infos), lambda: dump(btf), lambda: bytes(_copy(btf)), lambda: dedup(btf),
        lambda: [list(listing(btf, type_id)) for type_id in range(min(len(btf), 300))], lambda: loadable(btf),
        lambda: compare(btf, BASE), lambda: _split(btf),
    )  # fmt: skip
    for whole in wholes:
        try:
            whole()
        except BtfError:
            reached = "broken"
    with contextlib.suppress(BtfError):
        dump(Btf.parse(data, BASE))  # what is no module's types, as a module's
    return reached


def _split(base: Btf) -> None:
    """A module's types on these."""
    split = Btf.parse(bytes(Builder([types.Pointer(1), types.Struct("node", 4, [])], base=base)), base)
    split.find_all("node")
    for type_id in (1, len(base) - 1, len(base), len(base) + 1):
        for ask in (split.type, split.name, split.resolve):
            ask(type_id)
    dump(split)


def _copy(btf: Btf) -> Builder:
    builder = Builder(byte_order=btf.byte_order)
    builder.extend(btf)
    return builder


def _values(btf: Btf):
    def values(type_id: int) -> None:
        codec = btf.codec(type_id)
        if codec.size <= 4096:
            value = codec.decode(bytes(codec.size))
            repr(value)
            codec.encode(value)

    return values


def _relocate(btf: Btf, infos: bytes) -> None:
    for relocations in ext.parse(infos, btf).core.values():
        for relocation in relocations:
            code = bytes.fromhex("1800000000000000") * 2 * (min(relocation.slot, 64) + 1)
            try:
                core.relocate(code, [relocation], btf, [btf])
            except RelocationError:
                continue


def seeds() -> list[tuple[bytes, bytes]]:
    """Types and what goes with them: our own samples, and those of the corpus's objects where that is at hand."""
    found = [(sample(order), sample_ext(order)) for order in ("little", "big")]
    root = Path(__file__).resolve().parents[2]
    corpus = Path(os.environ.get("EBPF_CORPUS") or root.parent / "shared" / "corpus") / "cilium-ebpf"
    try:
        from elftools.elf.elffile import ELFFile
    except ImportError:
        return found
    for path in sorted(corpus.rglob("*.elf")):
        with path.open("rb") as file:
            sections = {section.name: section.data() for section in ELFFile(file).iter_sections() if section["sh_size"]}
        if ".BTF" in sections and len(sections[".BTF"]) < 8192:
            found.append((sections[".BTF"], sections.get(".BTF.ext", b"")))
    return found


def run(count: int, seed: int, *, memory: bool = False) -> dict[str, int]:
    """Tries `count` inputs; returns how many came how far. Raises AssertionError with the input's number on a breach."""
    chance = random.Random(seed)
    starts = seeds()
    reached: dict[str, int] = {}
    if memory:
        tracemalloc.start()
    for number in range(count):
        types_, infos = chance.choice(starts)
        if chance.random() < 0.8:
            types_ = mutate(types_, chance)
        if chance.random() < 0.5:
            infos = mutate(infos, chance)
        begun = time.process_time()
        try:
            how = use(types_, infos)
        except Exception as error:  # MemoryError among them
            path = Path(f"crash-{seed}-{number}.btf")
            path.write_bytes(types_)
            path.with_suffix(".ext").write_bytes(infos)
            raise AssertionError(f"input {number} of seed {seed} ({path}): {error!r}") from error
        taken = time.process_time() - begun
        assert taken < MAX_SECONDS, f"input {number} of seed {seed} took {taken:.1f} s"
        if memory:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.reset_peak()
            assert peak < MAX_BYTES, f"input {number} of seed {seed} took {peak >> 20} MiB"
        reached[how] = reached.get(how, 0) + 1
    if memory:
        tracemalloc.stop()
    return reached


def _limit_memory() -> None:
    """What is more than MAX_BYTES beyond what this process has now can't be had: MemoryError."""
    try:
        import resource
    except ImportError:
        return
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MAX_BYTES, used + MAX_BYTES))


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 10_000
    seed = int(arguments[1]) if len(arguments) > 1 else int.from_bytes(os.urandom(4), "little")
    begun = time.perf_counter()
    _limit_memory()
    try:
        reached = run(count, seed)
    except AssertionError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} inputs, seed {seed}, {time.perf_counter() - begun:.1f} s: {reached}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
