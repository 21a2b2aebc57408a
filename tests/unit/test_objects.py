"""The typed face over an engine: maps as mappings, programs, and an object that leaves nothing behind."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from typing import Any

import pytest
from fakes import FakeEngine, FakeMap
from trace_host import can_trace

import ebpf
from ebpf.asm import Instruction, encode
from ebpf.btf import Array, Enum, EnumValue, Int, Member, Struct
from ebpf.btf.build import Builder
from ebpf.objects.faces import BloomFilter, MapOfMaps, PerfEvents, PrefixMap, ProgramArray, Queue, Ring
from ebpf.objects.map import Map, face
from ebpf.objects.object import Object
from ebpf.spec import Line, MapSpec, ObjectSpec, ProgramSpec, VariableSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine


def make(type: MapType = MapType.HASH, key: int = 4, value: int = 8, cpus: int = 1, **options: Any) -> Any:
    spec = MapSpec("m", type, key_size=key, value_size=value, max_entries=4, **options)
    return face(FakeMap(spec, cpus))


def test_untyped_values_are_bytes() -> None:
    m = make()
    m[b"abcd"] = b"12345678"
    assert m[b"abcd"] == b"12345678"
    assert dict(m) == {b"abcd": b"12345678"} == dict(m.items()) == m.copy()
    assert list(m) == list(m.keys()) == [b"abcd"]
    assert list(m.values()) == [b"12345678"]
    assert len(m) == 1 and b"abcd" in m and b"zzzz" not in m and m


def test_a_whole_number_is_taken_for_bytes() -> None:
    m = make()
    m[1] = 2**64 - 1
    m[2] = -1
    assert m[1] == m[2] == b"\xff" * 8
    with pytest.raises(ValueError, match="does not fit in 8 bytes"):
        m[1] = 2**64


@pytest.mark.parametrize("key", [b"", b"abc", b"abcde", "abcd", None, 2**32, 1.5])
def test_a_wrong_key_never_reaches_the_engine(key: Any) -> None:
    m = make()
    with pytest.raises((ValueError, TypeError)):
        m[key] = b"12345678"
    with pytest.raises((ValueError, TypeError)):
        m[key]
    assert m.raw.entries == {}


def test_a_missing_key_is_a_key_error() -> None:
    m = make()
    with pytest.raises(KeyError):
        m[b"abcd"]
    with pytest.raises(KeyError):
        del m[b"abcd"]
    assert m.lookup(b"abcd") is None
    assert m.delete(b"abcd") is False
    assert m.lookup_and_delete(b"abcd") is None
    assert m.get(b"abcd", 7) == 7
    assert not m


def test_the_kernels_own_operations() -> None:
    m = make()
    m.update(1, 10)
    m.update_many([(2, 20), (3, 30)])
    first = m.next_key()
    assert first == struct.pack("=I", 1)
    assert m.next_key(first) == struct.pack("=I", 2)
    assert m.lookup_and_delete(1) == struct.pack("=Q", 10)
    assert m.delete(2) is True
    m.clear()
    assert len(m) == 0


def test_update_takes_many_as_a_dicts_does() -> None:
    m = make().typed("I", "Q")
    m.update({1: 10, 2: 20})
    m.update([(3, 30)])
    m.update_many({4: 40}, flags=0)
    m.update(1, 11)
    assert dict(m) == {1: 11, 2: 20, 3: 30, 4: 40}
    assert {key: value // 10 for key, value in m.items() if key > 2} == {3: 3, 4: 4}
    outer = make(MapType.HASH_OF_MAPS, value=4)
    outer.update({5: make(), 6: make()})
    outer.update(7, make())
    assert [type(outer[key]) for key in (5, 6, 7)] == [Map] * 3
    with pytest.raises(TypeError):
        m.update(5)


def test_an_index_is_a_number() -> None:
    m = make(MapType.ARRAY)
    m.raw.update(struct.pack("=I", 3), bytes(8))
    assert list(m) == [3] and len(m) == 4 and bool(m)
    with pytest.raises(TypeError, match="a number of 32 bits"):
        m["three"]


def test_typed_gives_numbers() -> None:
    m = make().typed("I", "q")
    m[7] = -5
    assert dict(m) == {7: -5}
    with pytest.raises(ValueError, match="the value is 8 bytes, format 'I' 4"):
        m.typed(value="I")


def test_per_cpu_values_are_lists() -> None:
    m = make(MapType.PERCPU_HASH, value=4, cpus=3).typed("I", "I")
    m[1] = [10, 20, 30]
    assert m[1] == [10, 20, 30]
    assert len(m.raw.entries[struct.pack("=I", 1)]) == 24
    m[2] = [0] * m.cpus
    assert (m[2], m.cpus, make().cpus) == ([0, 0, 0], 3, 1)
    with pytest.raises(ValueError, match="2 values for 3 possible CPUs"):
        m[1] = [1, 2]
    with pytest.raises(TypeError, match="a list of 3 values"):
        m[1] = 5


def test_closed_says_so() -> None:
    m = make()
    m.close()
    with pytest.raises(ebpf.Closed, match="map m is closed"):
        m[b"abcd"]


def test_equality_is_identity() -> None:
    m = make()
    assert m == m and m != make() and len({m, m}) == 1


@pytest.mark.parametrize(
    ("type", "wanted"),
    [
        (MapType.HASH, Map),
        (MapType.LPM_TRIE, PrefixMap),
        (MapType.QUEUE, Queue),
        (MapType.STACK, Queue),
        (MapType.BLOOM_FILTER, BloomFilter),
        (MapType.RINGBUF, Ring),
        (MapType.PERF_EVENT_ARRAY, PerfEvents),
        (MapType.HASH_OF_MAPS, MapOfMaps),
        (MapType.PROG_ARRAY, ProgramArray),
    ],
)
def test_each_type_has_its_face(type: MapType, wanted: type) -> None:
    assert isinstance(make(type, key=8), wanted)


def test_queue_and_bloom() -> None:
    queue = make(MapType.QUEUE, key=0)
    with pytest.raises(IndexError, match="m is empty"):
        queue.pop()
    queue.push(5)
    assert queue.peek() == queue.pop() == struct.pack("=Q", 5)
    bloom = make(MapType.BLOOM_FILTER, key=0)
    bloom.add(9)
    assert 9 in bloom and 8 not in bloom


def test_map_of_maps_gives_faces() -> None:
    outer, inner = make(MapType.HASH_OF_MAPS, value=4), make()
    inner[1] = 2
    outer[5] = inner
    assert outer[5][1] == struct.pack("=Q", 2)
    with pytest.raises(KeyError):
        outer[6]


def spec(**changes: Any) -> ObjectSpec:
    return ObjectSpec(
        name="o",
        programs={
            "a": ProgramSpec("a", ProgType.KPROBE, section="kprobe/f", target="f"),
            "b": ProgramSpec("b", ProgType.KPROBE, section="kprobe/g", target="g"),
        },
        maps={
            "m": MapSpec("m", MapType.HASH, 4, 8, 4, contents=[(bytes(4), bytes(8))]),
            "ro": MapSpec("ro", MapType.ARRAY, 4, 8, 1, contents=[(bytes(4), b"\1" * 8)], frozen=True),
        },
        variables={"v": VariableSpec("v", "ro", 4, 4, constant=True)},
    ).replace(**changes)


def test_load_fills_and_freezes() -> None:
    engine = FakeEngine()
    with Object(spec(), engine) as obj:
        assert obj.maps["m"].raw.entries == {bytes(4): bytes(8)}
        assert obj.maps["ro"].raw.frozen
        assert obj.variables["v"].value == b"\1" * 4
        with pytest.raises(ebpf.KernelError, match="constant once loaded"):
            obj.variables["v"].value = b"\2" * 4
        links = obj.attach()
        assert [type(link.hook).__name__ for link in links] == ["Kprobe", "Kprobe"]
        assert repr(obj) == "<Object o on fake: 2 programs, 2 maps>"
    assert engine.all_closed_once()
    obj.close()
    assert engine.all_closed_once()


def test_a_refused_program_leaves_nothing() -> None:
    engine = FakeEngine(refuse=["b"])
    with pytest.raises(ebpf.VerifierError, match="b is refused"):
        Object(spec(), engine)
    assert engine.maps and engine.programs and engine.all_closed_once()


def test_attach_is_all_or_nothing() -> None:
    engine = FakeEngine(refuse=["g"])
    with Object(spec(), engine) as obj:
        with pytest.raises(ebpf.HookError):
            obj.attach()
        assert obj.links == [] and [link.closed for link in engine.links] == [1]
    assert engine.all_closed_once()


def test_what_attach_gives_detaches() -> None:
    engine = FakeEngine()
    with Object(spec(), engine) as obj:
        with obj.attach() as links:
            assert [type(link.hook).__name__ for link in links] == ["Kprobe", "Kprobe"]
            assert [link.closed for link in engine.links] == [0, 0]
        assert [link.closed for link in engine.links] == [1, 1]
        with pytest.raises(ZeroDivisionError), obj.attach():
            1 / 0
        assert [link.closed for link in engine.links] == [1, 1, 1, 1]
        obj.attach().close()
        assert len(obj.links) == len(engine.links) == 6


def test_attach_leaves_alone_what_it_is_told_to() -> None:
    whole = spec()
    whole.programs["b"].autoattach = False
    with Object(whole, FakeEngine()) as obj:
        assert len(obj.attach()) == 1
        seen: list[str] = []
        assert obj.attach(lambda program: seen.append(program.name)) == []
        assert seen == ["a"]


@can_trace
def test_what_things_say_of_themselves() -> None:
    """No `<… object at 0x7f…>` in a session of Python."""
    whole = spec()
    for program in whole.programs.values():
        program.code = encode([Instruction(0xB7), Instruction(0x95)], sys.byteorder)
    with Object(whole, VmEngine()) as obj:
        links = obj.programs["a"].attach_kprobe("sys_execve"), obj.programs["b"].attach_ksyscall("openat")
        assert repr(obj.engine) == "<VmEngine>"
        assert repr(links[1]) == f"<VmLink {ebpf.hooks.Ksyscall('openat')!r}>"
        assert (
            repr(obj.maps)
            == "{<Map m hash key=4B value=8B max_entries=4>, <Map ro array key=4B value=8B max_entries=1>}"
        )
        assert repr(obj.variables) == "{<Variable v = b'\\x01\\x01\\x01\\x01'>}"
    for thing in (obj, *obj.maps.values(), *obj.programs.values(), *obj.variables.values()):
        assert repr(thing).endswith(" (closed)>")
    for type in MapType:
        if type not in (MapType.UNSPEC, MapType.STRUCT_OPS):
            assert " object at 0x" not in repr(make(type)), type


def test_a_spec_is_short_to_read() -> None:
    line = Line(slot=3, file="a.c", line=7, text="x = 1;")
    program = ProgramSpec("f", ProgType.XDP, bytes(4096), lines=[line] * 500)
    wanted = ObjectSpec(
        name="o", programs={"f": program}, maps={"m": MapSpec("m", MapType.HASH, contents=[(b"a", b"b")])}
    )
    said = repr(wanted)
    assert "code=<4096 bytes>" in said and ", … 500 in all]" in said and "contents=[(b'a', b'b')]" in said
    assert len(said) < 1000 and said.count("x = 1;") == 4


def test_a_wrong_name_says_which_there_are() -> None:
    with Object(spec(), FakeEngine()) as obj, pytest.raises(KeyError, match="no program 'c'; there are: a, b"):
        obj.programs["c"]


def test_a_section_without_a_place_says_so() -> None:
    program = ProgramSpec("x", ProgType.XDP, section="xdp")
    with Object(ObjectSpec(programs={"x": program}), FakeEngine()) as obj:
        with pytest.raises(ebpf.HookError, match="doesn't say where to attach it"):
            obj.programs["x"].attach()
        obj.programs["x"].attach_xdp("veth0", mode="generic")
        assert obj.links[0].hook == ebpf.hooks.Xdp("veth0", mode="generic")


def test_a_section_without_a_place_is_left_out_beside_others() -> None:
    whole = spec()
    whole.programs["x"] = ProgramSpec("x", ProgType.XDP, section="xdp")
    with Object(whole, FakeEngine()) as obj:
        assert obj.programs["x"].hook is None
        assert [link.hook for link in obj.attach()] == [obj.programs["a"].hook, obj.programs["b"].hook]
    whole.programs["a"].autoattach = whole.programs["b"].autoattach = False
    with (
        Object(whole, FakeEngine()) as obj,
        pytest.raises(ebpf.HookError, match="program x: section 'xdp' doesn't say"),
    ):
        obj.attach()


def test_not_autoloaded_programs_stay_out() -> None:
    wanted = spec()
    wanted.programs["a"].autoload = False
    with Object(wanted, FakeEngine()) as obj:
        assert list(obj.programs) == ["b"]
        with pytest.raises(KeyError, match=r"no program 'a'; there are: b; a isn't loaded: autoload is False"):
            obj.programs["a"]


def test_a_function_without_a_type_is_no_program_of_the_kernel() -> None:
    """As libbpf has it: what no section names is for others to call. The vm runs it."""
    whole = ObjectSpec(
        programs={"f": ProgramSpec("f", section=".text"), "g": ProgramSpec("g", ProgType.XDP, section=".text")}
    )
    kernel = FakeEngine()
    kernel.name = "kernel"
    with Object(whole, kernel) as obj:
        assert list(obj.programs) == ["g"]
        with pytest.raises(KeyError, match=r"f isn't loaded: it has no type: give it a section"):
            obj.programs["f"]
    with Object(whole, FakeEngine()) as obj:
        assert list(obj.programs) == ["f", "g"]


def test_contents_by_name() -> None:
    wanted = spec()
    wanted.maps["jump"] = MapSpec("jump", MapType.PROG_ARRAY, 4, 4, 2, contents=[(bytes(4), "a")])
    with Object(wanted, FakeEngine()) as obj:
        assert obj.maps["jump"].raw.things[bytes(4)].spec.name == "a"
    wanted.maps["jump"].contents = [(bytes(4), "nothing")]
    with pytest.raises(ebpf.ObjectError, match="'nothing', which is no map or loaded program"):
        Object(wanted, FakeEngine())


def test_programs_that_call_one_another_are_of_one_type() -> None:
    array = MapSpec("jmp", MapType.PROG_ARRAY, key_size=4, value_size=4, max_entries=2)
    array.contents = [(bytes(4), "a"), (b"\1\0\0\0", "b")]
    programs = {name: ProgramSpec(name, type_) for name, type_ in (("a", ProgType.XDP), ("b", ProgType.SCHED_CLS))}
    engine = FakeEngine()
    with pytest.raises(
        ebpf.ObjectError, match=r"map jmp holds a \(xdp\) and b \(sched_cls\): programs that call one another"
    ):
        Object(ObjectSpec(maps={"jmp": array}, programs=programs), engine)
    programs["b"].type = ProgType.XDP
    Object(ObjectSpec(maps={"jmp": array}, programs=programs), engine).close()


def test_variables_before_the_load() -> None:
    wanted = spec()
    copy = wanted.copy()
    copy.set_variable("v", b"abcd")
    assert copy.get_variable("v") == b"abcd"
    assert copy.maps["ro"].contents == [(bytes(4), b"\1\1\1\1abcd")]
    assert wanted.get_variable("v") == b"\1\1\1\1"
    with pytest.raises(ValueError, match="4 bytes, not 3"):
        copy.set_variable("v", b"abc")
    with pytest.raises(KeyError, match="there are: v"):
        copy.set_variable("w", b"")


# ------------------------------------------------------------------------------------------------ what goes wrong at a prompt


def typed_spec() -> ObjectSpec:
    """An object with typed maps and variables and a program that returns 7."""
    types = [
        Int("int", 4, 1),  # 1
        Int("char", 1, 1),
        Array(2, 1, 4),  # char[4]
        Enum("color", 4, False, [EnumValue("RED", 1), EnumValue("BLUE", 2)]),  # 4
        Struct("event", 12, [Member("pid", 1, 0), Member("comm", 3, 32), Member("color", 4, 64)]),  # 5
        Array(1, 1, 3),  # int[3]
        Int("unsigned char", 1),
        Array(7, 1, 2),  # 8: __u8[2]
    ]
    btf = Builder(types, byte_order=sys.byteorder).btf()
    made = ProgramSpec("p", ProgType.SOCKET_FILTER, section="socket")
    made.code = encode([Instruction(0xB7, imm=7), Instruction(0x95)], sys.byteorder)
    return ObjectSpec(
        name="o",
        byte_order=sys.byteorder,
        programs={"p": made},
        maps={
            "events": MapSpec("events", MapType.HASH, 4, 12, 4, btf=btf, key_type=1, value_type=5),
            "by_name": MapSpec("by_name", MapType.HASH, 4, 4, 2, btf=btf, key_type=3, value_type=1),
            "macs": MapSpec("macs", MapType.HASH, 2, 4, 2, btf=btf, key_type=8, value_type=4),
            "array": MapSpec("array", MapType.ARRAY, 4, 4, 2, btf=btf, key_type=1, value_type=1),
            ".bss": MapSpec(".bss", MapType.ARRAY, 4, 16, 1, btf=btf),
        },
        variables={"shade": VariableSpec("shade", ".bss", 0, 4, 4), "sizes": VariableSpec("sizes", ".bss", 4, 12, 6)},
        btf=btf,
    )


WRONG: list[tuple[Callable[[Any], object], type[Exception], str]] = [
    (lambda o: o.maps["events"]["x"], TypeError, "the key of map events: 'x' (str) where a number of 32 bits"),
    (lambda o: o.maps["events"][1 << 40], ValueError, "the key of map events: 1099511627776 does not fit"),
    (lambda o: "x" in o.maps["events"], TypeError, "the key of map events: 'x'"),
    (lambda o: o.maps["events"].update(1, 5), TypeError, "the value of map events: event is made of a dict"),
    (lambda o: o.maps["events"].update(1, {"pidd": 5}), ValueError, "the value of map events: event has no field 'pidd'; it has"),
    (lambda o: o.maps["events"].update(1, {"pid": 1 << 40}), ValueError, "the value of map events: event.pid: 1099511627776"),
    (
        lambda o: o.maps["events"].update(1, {"color": "MAUVE"}), ValueError,
        "the value of map events: event.color: enum color has no 'MAUVE'; it has RED, BLUE",
    ),
    (lambda o: o.maps["by_name"]["abcde"], ValueError, "the key of map by_name: 'abcde' has 5 bytes in a place for 4"),
    (lambda o: o.maps["by_name"][5], TypeError, "the key of map by_name: 5 (int) where text or bytes is wanted"),
    (lambda o: o.maps["macs"]["ab"], TypeError, "the key of map macs: an array of 2 bytes is made of bytes, not of 'ab'"),
    (lambda o: o.maps["array"].pop(0), ebpf.KernelError, "array (array): Invalid argument; the entries of an array are always"),
    (lambda o: setattr(o.variables["shade"], "value", "MAUVE"), ValueError, "variable shade: enum color has no 'MAUVE'"),
    (lambda o: setattr(o.variables["sizes"], "value", [1, 2]), ValueError, "variable sizes: an array of 3 elements, not 2"),
    (lambda o: setattr(o.variables["sizes"], "value", 5), TypeError, "variable sizes: 5 (int) where a sequence of 3 is wanted"),
    (lambda o: setattr(o.variables["shade"], "val", 1), AttributeError, "no attribute 'val'"),
    (lambda o: o.programs["p"].run("abc"), TypeError, "a packet is bytes, or has them"),
    (lambda o: o.spawn("ls -l"), TypeError, "a command is a list of words, the program first"),
    (lambda o: o.spawn([]), TypeError, "a command is a list of words, the program first"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "error", "said"), WRONG)
def test_what_is_given_wrongly_is_named(act: Callable[[Any], object], error: type[Exception], said: str) -> None:
    with Object(typed_spec(), VmEngine()) as obj, pytest.raises(error) as caught:
        act(obj)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "error", "said"),
    [
        ("shade", "MAUVE", ValueError, "variable shade: enum color has no 'MAUVE'"),
        ("sizes", 5, TypeError, "variable sizes: 5 (int)"),
        ("shape", 5, KeyError, "no variable 'shape'; there are: shade, sizes"),
    ],
)
def test_variables_before_the_load_are_named(name: str, value: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error) as caught:
        ebpf.load(typed_spec(), engine="vm", variables={name: value})
    assert said in str(caught.value)


class Bound(Object):
    """As bpf2py writes a class."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.shade = self.variables["shade"]


def test_a_variable_is_set_by_its_value() -> None:
    """`obj.shade = 1` would put a number in the variable's place, and no program would see it."""
    with Bound(typed_spec(), VmEngine()) as obj:
        with pytest.raises(AttributeError, match=r"shade is the variable itself: set shade\.value"):
            obj.shade = 2
        obj.shade.value = 2
        assert repr(obj.shade) == "<Variable shade = <color.BLUE: 2>>"
        obj.note = "other attributes are a user's own"


def test_a_closed_object_says_so_whatever_is_asked() -> None:
    obj = Object(typed_spec(), VmEngine())
    things = obj.maps["events"], obj.variables["shade"], obj.programs["p"]
    obj.close()
    obj.close()
    acts: list[Callable[[], object]] = [
        lambda: things[0][1], lambda: list(things[0]), lambda: len(things[0]), lambda: 1 in things[0],
        lambda: things[1].value, lambda: setattr(things[1], "value", 1), lambda: things[2].run(bytes(64)),
        obj.attach, lambda: obj.spawn(["true"]),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(ebpf.Closed, match="closed"):
            act()
    assert repr(things[1]) == "<Variable shade (closed)>"
    assert all(repr(thing) for thing in (obj, *things))
