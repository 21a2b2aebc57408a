"""Ring buffers and perf buffers filled by machine code, on the memory that `ebpf.vm.maps.ring` and `perf` lay out.

Python does it (SLOW, and nothing is done) where a reader must be woken that isn't yet, somebody else is in the map (`guard`),
flags are odd, or something was lost. A record that machine code reserved is known to it alone (`state.record`) until Python is
called: then the machine takes it over (`NativeState.settle`), and gives it away, too.
"""

from __future__ import annotations

from ebpf.uapi.errno import EAGAIN
from ebpf.uapi.flags import (
    BPF_F_CURRENT_CPU,
    BPF_RB_FORCE_WAKEUP,
    BPF_RB_NO_WAKEUP,
    BPF_RINGBUF_BUSY_BIT,
    BPF_RINGBUF_DISCARD_BIT,
    BPF_RINGBUF_HDR_SZ,
    RINGBUF_MAX_RECORD_SZ,
)
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.vm.jit.kinds import PACKET
from ebpf.vm.jit.lookups import VALUES
from ebpf.vm.jit.packets import PacketEmitter
from ebpf.vm.jit.state import RESERVED
from ebpf.vm.jit.text import Text
from ebpf.vm.jit.updates import SLOW
from ebpf.vm.maps.base import ENTRIES_AT, GUARD_AT
from ebpf.vm.maps.perf import AT, BUFFERS_AT, HEAD, LEAST, MOST, SAMPLE, TAIL
from ebpf.vm.maps.ring import PENDING_AT, POSITIONS_AT, RAISED_AT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.maps.base import VmMap

_OUTPUT, RESERVE = IDS["ringbuf_output"], IDS["ringbuf_reserve"]
#: Helper → whether it takes the record back.
_GIVES = {IDS["ringbuf_submit"]: 0, IDS["ringbuf_discard"]: BPF_RINGBUF_DISCARD_BIT}
_PERF = frozenset(IDS[name] for name in ("perf_event_output", "skb_output", "xdp_output"))
OUTPUTS = frozenset((_OUTPUT, RESERVE, *_GIVES)) | _PERF


def can_fill(map_: VmMap) -> bool:
    """Whether machine code may write into a map: its memory follows itself, so that nothing wraps."""
    if map_.spec.type == MapType.RINGBUF:
        return bool(map_.store.mirrored)  # type: ignore[attr-defined]
    return map_.spec.type == MapType.PERF_EVENT_ARRAY


class _Ring:
    """What is read of a ring at the head of its functions."""

    def __init__(self, t: Text) -> None:
        self.text = t
        t.need(t.test("eq", self.header(GUARD_AT, 32), 0))
        self.mask = t(f"add i64 {self.header(ENTRIES_AT, 32)}, -1")
        self.data = self.header(VALUES)
        consumer = t.pointer(self.header(POSITIONS_AT))
        self.consumer = t(f"load atomic i64, ptr {consumer} acquire, align 8")
        self.producer_at = t.pointer(self.header(POSITIONS_AT + 8))
        self.producer = t(f"load i64, ptr {self.producer_at}")

    def header(self, at: int, bits: int = 64) -> str:
        return _word(self.text, "%map", at, bits)

    def wakes_nobody(self, at: str, flags: str) -> None:
        """Goes on if no reader has to be woken for the record at an offset."""
        t = self.text
        waits = t.test("eq", t(f"and i64 {self.consumer}, {self.mask}"), at)
        may = t.test("eq", t(f"and i64 {flags}, {BPF_RB_NO_WAKEUP}"), 0)
        forced = t.test("ne", t(f"and i64 {flags}, {BPF_RB_FORCE_WAKEUP}"), 0)
        wakes = t(f"or i1 {forced}, {t(f'and i1 {waits}, {may}')}")
        raised = t(f"load i8, ptr {t.pointer(self.header(RAISED_AT))}")
        t.need(t(f"or i1 {t(f'xor i1 {wakes}, true')}, {t(f'icmp ne i8 {raised}, 0')}"))

    def reserve(self, size: str) -> str:
        """The address of a record of `size` bytes; to `full` where there is no room."""
        t = self.text
        length = t(f"and i64 {t(f'add i64 {size}, {BPF_RINGBUF_HDR_SZ + 7}')}, -8")
        entries = self.header(ENTRIES_AT, 32)
        fits = t(f"and i1 {t.test('ule', size, RINGBUF_MAX_RECORD_SZ)}, {t.test('ule', length, entries)}")
        here, loop, look, on, done, good = (t.new_label() for _ in range(6))
        t.line(f"br i1 {fits}, label %{here}, label %full")
        t.label(here)
        pending_at = t(f"getelementptr inbounds i8, ptr %map, i64 {PENDING_AT}")
        before = t(f"load i64, ptr {pending_at}")
        t.line(f"br label %{loop}")
        t.label(loop)
        t.line(f"%pending = phi i64 [ {before}, %{here} ], [ %pending_on, %{on} ]")
        t.line(f"br i1 {t.test('ult', '%pending', self.producer)}, label %{look}, label %{done}")
        t.label(look)
        place = t.pointer(t(f"add i64 {self.data}, {t(f'and i64 %pending, {self.mask}')}"))
        header = t(f"zext i32 {t(f'load i32, ptr {place}')} to i64")
        t.line(f"br i1 {t.test('ult', header, BPF_RINGBUF_BUSY_BIT)}, label %{on}, label %{done}")
        t.label(on)
        bytes_ = t(f"and i64 {header}, {0xFFFFFFFF & ~BPF_RINGBUF_DISCARD_BIT}")
        step = t(f"and i64 {t(f'add i64 {bytes_}, {BPF_RINGBUF_HDR_SZ + 7}')}, -8")
        t.line(f"%pending_on = add i64 %pending, {step}")
        t.line(f"br label %{loop}")
        t.label(done)
        t.line(f"store i64 %pending, ptr {pending_at}")
        end = t(f"add i64 {self.producer}, {length}")
        unread = t.test("ule", t(f"sub i64 {end}, {self.consumer}"), self.mask)
        uncommitted = t.test("ule", t(f"sub i64 {end}, %pending"), self.mask)
        t.line(f"br i1 {t(f'and i1 {unread}, {uncommitted}')}, label %{good}, label %full")
        t.label(good)
        at = t(f"and i64 {self.producer}, {self.mask}")
        first = t(f"add i64 {self.data}, {at}")
        busy = t(f"trunc i64 {t(f'or i64 {size}, {BPF_RINGBUF_BUSY_BIT}')} to i32")
        t.line(f"store i32 {busy}, ptr {t.pointer(first)}")
        page = t(f"trunc i64 {t(f'add i64 {t.shifted(at, 12)}, 2')} to i32")
        t.line(f"store i32 {page}, ptr {t.pointer(t(f'add i64 {first}, 4'))}")
        t.line(f"store atomic i64 {end}, ptr {self.producer_at} release, align 8")
        return t(f"add i64 {first}, {BPF_RINGBUF_HDR_SZ}")


def _word(t: Text, base: str, at: int, bits: int = 64) -> str:
    value = t(f"load i{bits}, ptr {t(f'getelementptr inbounds i8, ptr {base}, i64 {at}')}")
    return value if bits == 64 else t(f"zext i{bits} {value} to i64")


def _commit(t: Text, record: str, header: str) -> None:
    place = t.pointer(t(f"sub i64 {record}, {BPF_RINGBUF_HDR_SZ}"))
    t.line(f"store atomic i32 {t(f'trunc i64 {header} to i32')}, ptr {place} release, align 8")


def _output() -> str:
    t = Text("define internal i64 @ring_output(ptr %map, ptr %source, i64 %size, i64 %flags) #0 {")
    t.need(t.test("ule", "%flags", BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP))
    ring = _Ring(t)
    ring.wakes_nobody(t(f"and i64 {ring.producer}, {ring.mask}"), "%flags")
    record = ring.reserve("%size")
    t.line(f"call void @llvm.memcpy.p0.p0.i64(ptr {t.pointer(record)}, ptr %source, i64 %size, i1 false)")
    _commit(t, record, "%size")
    return t.finished().removesuffix("}") + f"full:\n  ret i64 {-EAGAIN}\n}}"


def _reserve() -> str:
    t = Text("define internal i64 @ring_reserve(ptr %m, ptr %map, i64 %size, i64 %flags) #0 {")
    t.need(t.test("eq", "%flags", 0))
    moved = t.load_field("moved")
    t.need(t.test("eq", t(f"and i64 {moved}, {RESERVED}"), 0))
    record = _Ring(t).reserve("%size")
    t.store_field("record", record)
    t.store_field("record_ring", t("ptrtoint ptr %map to i64"))
    t.store_field("moved", t(f"or i64 {moved}, {RESERVED}"))
    t.line(f"ret i64 {record}")
    t.label("full")
    t.line("ret i64 0")
    t.label("slow")
    t.line(f"ret i64 {SLOW}")
    return "\n".join([*t.lines, "}"])


def _give() -> str:
    t = Text("define internal i64 @ring_give(ptr %m, i64 %record, i64 %flags, i64 %discard) #0 {")
    moved = t.load_field("moved")
    t.need(t.test("ne", t(f"and i64 {moved}, {RESERVED}"), 0))
    t.need(t.test("eq", t.load_field("record"), "%record"))
    t.line(f"%map = inttoptr i64 {t.load_field('record_ring')} to ptr")
    ring = _Ring(t)
    first = t(f"sub i64 %record, {BPF_RINGBUF_HDR_SZ}")
    ring.wakes_nobody(t(f"sub i64 {first}, {ring.data}"), "%flags")
    size = t.low(t(f"zext i32 {t(f'load i32, ptr {t.pointer(first)}')} to i64"), 31)
    _commit(t, "%record", t(f"or i64 {size}, %discard"))
    t.store_field("moved", t(f"xor i64 {moved}, {RESERVED}"))
    return t.finished()


def _perf() -> str:
    given = "ptr %map, i64 %flags, ptr %source, i64 %size, ptr %packet, i64 %length, i64 %cpu"
    t = Text(f"define internal i64 @perf_output({given}) #0 {{")
    t.need(t.test("eq", _word(t, "%map", GUARD_AT, 32), 0))
    t.need(t.test("ult", "%flags", 1 << 52))
    number = t.low("%flags", 32)
    index = t(f"select i1 {t.test('eq', number, BPF_F_CURRENT_CPU)}, i64 %cpu, i64 {number}")
    t.need(t.test("eq", index, "%cpu"))
    t.need(t.test("ult", index, _word(t, "%map", ENTRIES_AT, 32)))
    wanted = t.shifted("%flags", 32)
    t.need(t.test("ule", wanted, "%length"))
    table = t.pointer(_word(t, "%map", BUFFERS_AT))
    buffer = t.pointer(t(f"load i64, ptr {t(f'getelementptr inbounds i64, ptr {table}, i64 {index}')}"))
    t.need(t(f"icmp ne ptr {buffer}, null"))
    t.need(t.test("eq", _word(t, buffer, AT["lost"]), 0))
    t.need(t.test("eq", _word(t, buffer, AT["slow"]), 0))
    total = t(f"add i64 %size, {wanted}")
    raw = _raw(t, total)
    t.need(t.test("ule", raw, MOST - LEAST))
    need = t(f"add i64 {raw}, {LEAST}")
    words = t.pointer(_word(t, buffer, AT["words"]))
    head_at = t(f"getelementptr inbounds i64, ptr {words}, i64 {HEAD}")
    position = t(f"load i64, ptr {head_at}")
    read = t(f"load atomic i64, ptr {t(f'getelementptr inbounds i64, ptr {words}, i64 {TAIL}')} acquire, align 8")
    end = t(f"add i64 {position}, {need}")
    size = _word(t, buffer, AT["size"])
    t.need(t.test("sle", t(f"sub i64 {end}, {read}"), size))
    since = t(f"add i64 {_word(t, buffer, AT['since'])}, 1")
    wakes = t.test("sge", since, _word(t, buffer, AT["wakeup_events"]))
    raised = t(f"load i8, ptr {t.pointer(_word(t, buffer, AT['raised']))}")
    t.need(t(f"or i1 {t(f'xor i1 {wakes}, true')}, {t(f'icmp ne i8 {raised}, 0')}"))
    left = t(f"select i1 {wakes}, i64 0, i64 {since}")
    t.line(f"store i64 {left}, ptr {t.at(buffer, AT['since'])}")
    at = t(f"and i64 {position}, {t(f'add i64 {size}, -1')}")
    first = t(f"add i64 {_word(t, buffer, AT['data'])}, {at}")
    place = t.pointer(first)
    t.line(f"store i32 {SAMPLE}, ptr {place}, align 4")
    t.line(f"store i16 0, ptr {t.at(place, 4)}, align 2")
    t.line(f"store i16 {t(f'trunc i64 {need} to i16')}, ptr {t.at(place, 6)}, align 2")
    t.line(f"store i32 {t(f'trunc i64 {raw} to i32')}, ptr {t.at(place, 8)}, align 4")
    value = t.at(place, LEAST)
    t.line(f"call void @llvm.memcpy.p0.p0.i64(ptr {value}, ptr %source, i64 %size, i1 false)")
    behind = t(f"getelementptr i8, ptr {value}, i64 %size")
    t.line(f"call void @llvm.memcpy.p0.p0.i64(ptr {behind}, ptr %packet, i64 {wanted}, i1 false)")
    rest = t(f"getelementptr i8, ptr {value}, i64 {total}")
    t.line(f"call void @llvm.memset.p0.i64(ptr {rest}, i8 0, i64 {t(f'sub i64 {raw}, {total}')}, i1 false)")
    t.line(f"store atomic i64 {end}, ptr {head_at} release, align 8")
    return t.finished()


def _raw(t: Text, total: str) -> str:
    """The bytes behind their length, which make a record a multiple of 8."""
    up = t(f"add i64 {total}, 11")
    return t(f"add i64 {t(f'and i64 {up}, -8')}, -4")


_TEXTS = {"ring_output": _output, "ring_reserve": _reserve, "ring_give": _give, "perf_output": _perf}


def text(name: str) -> str:
    """The function of that name."""
    return _TEXTS[name]()


class OutputEmitter(PacketEmitter):
    def output(self, slot: int, insn: Instruction) -> bool:
        """Emits a helper of ring buffers or perf buffers; False where Python must do it."""
        number = insn.imm
        if number in _GIVES:
            if not self.module.reserves:
                return False
            name = self.module.output_of("ring_give")
            status = f"call i64 @{name}(ptr %m, i64 {self.number(1)}, i64 {self.number(2)}, i64 {_GIVES[number]})"
            return self._or_slow(slot, insn, status, moves=True)
        place = 2 if number in _PERF else 1
        origin = self.kind(place).origin
        if origin is None or origin[0] != "map" or self.get(place) != 0 or not can_fill(self.module.map_at(origin)):
            return False
        if (self.module.map_at(origin).spec.type == MapType.RINGBUF) == (number in _PERF):
            return False
        if number == RESERVE:
            name = self.module.output_of("ring_reserve")
            arguments = f"ptr {self.base(origin)}, i64 {self.number(2)}, i64 {self.number(3)}"
            self.save()
            found = self.temp(f"call i64 @{name}(ptr %m, {arguments})")
            self.or_python(slot, insn, found, self.temp(f"icmp ne i64 {found}, {SLOW}"))
            return True
        size = self.size_of(5 if number in _PERF else 3)
        source = self.place(4 if number in _PERF else 2, 0, size, write=False) if size else None
        if source is None:
            return False
        if number == _OUTPUT:
            name = self.module.output_of("ring_output")
            status = f"call i64 @{name}(ptr {self.base(origin)}, ptr {source}, i64 {size}, i64 {self.number(4)})"
        else:
            name = self.module.output_of("perf_output")
            packet = "ptr null, i64 0"
            if self.module.context.has_packet:
                packet = f"ptr {self.base(PACKET)}, i64 {self.packet_length()}"
            value = f"i64 {self.number(3)}, ptr {source}, i64 {size}"
            status = f"call i64 @{name}(ptr {self.base(origin)}, {value}, {packet}, i64 {self.load_field('cpu')})"
        return self._or_slow(slot, insn, status, moves=False)

    def _or_slow(self, slot: int, insn: Instruction, call: str, *, moves: bool) -> bool:
        if moves:
            self.save()
        status = self.temp(call)
        self.or_python(slot, insn, status, self.temp(f"icmp sle i64 {status}, 0"))
        if moves:
            self.returned_from(slot)
        return True
