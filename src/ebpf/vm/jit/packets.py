"""Calls of helpers of packets: what is done in place, and how the others (`moves`, `checksums`) are called."""

from __future__ import annotations

from ebpf.uapi.contexts import LINK_LEVEL
from ebpf.uapi.errno import EFAULT, EINVAL, ENOMEM
from ebpf.uapi.ethernet import ETH_HLEN
from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.costs import BY_BYTES
from ebpf.vm.helpers.packet import INT_MAX, INVALIDATE_HASH, RECOMPUTE_CSUM
from ebpf.vm.helpers.redirect import INGRESS, TC_ACT_REDIRECT, TC_ACT_SHOT, XDP_ABORTED, XDP_REDIRECT
from ebpf.vm.jit.checksums import REPLACERS
from ebpf.vm.jit.instructions import InstructionEmitter
from ebpf.vm.jit.kinds import PACKET
from ebpf.vm.jit.moves import MOVERS, TAIL_CALL
from ebpf.vm.jit.state import REDIRECTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.jit.lines import Value

LOADERS = {IDS[name]: name for name in ("skb_load_bytes", "xdp_load_bytes", "skb_load_bytes_relative")}
STORERS = {IDS[name]: name for name in ("skb_store_bytes", "xdp_store_bytes")}
PULL_DATA, BUFF_LEN, CSUM_DIFF = IDS["skb_pull_data"], IDS["xdp_get_buff_len"], IDS["csum_diff"]
REDIRECT = IDS["redirect"]
#: All of them: those that move packets, and the others.
ON_PACKETS = (MOVERS - {TAIL_CALL}) | {
    *REPLACERS, *LOADERS, *STORERS, PULL_DATA, BUFF_LEN, CSUM_DIFF, REDIRECT,
}  # fmt: skip

#: Those that only read a program's memory.
READERS = ON_PACKETS - set(LOADERS)

_XDP_MOST = 0xFFFF


class PacketEmitter(InstructionEmitter):
    def or_python(self, slot: int, insn: Instruction, quick: Value, good: str) -> None:
        """Sets r0 to `quick` if the condition `good` holds, else to what Python gives."""
        raise NotImplementedError

    def returned_from(self, slot: int) -> None:
        """After a call of something that may have changed what is kept in registers."""
        raise NotImplementedError

    @property
    def type(self) -> ProgType:
        return self.module.program.spec.type

    def on_packet(self, slot: int, insn: Instruction) -> bool:
        """Emits a helper of packets; False where Python must do it."""
        number = insn.imm
        name = self.module.context.layout.name
        if number == CSUM_DIFF:
            return self._csum_diff()
        if name not in ("xdp_md", "__sk_buff") or self.type == ProgType.FLOW_DISSECTOR:
            return False
        if number in MOVERS:
            return self._move(slot, insn)
        if number in REPLACERS:
            return self._replace(slot, insn)
        if number == PULL_DATA:
            fits = self.temp(f"icmp ule i64 {self._low(2)}, {self.packet_length()}")
            self.set(0, self.temp(f"select i1 {fits}, i64 0, i64 {-ENOMEM}"))
            return True
        if number == BUFF_LEN:
            self.set(0, self.packet_length())
            return True
        if number == REDIRECT:
            return self._redirect(xdp=name == "xdp_md")
        if number in LOADERS:
            return self._load_bytes(LOADERS[number])
        return self._store_bytes(STORERS[number])

    def _low(self, reg: int) -> Value:
        """The low 32 bits of an argument."""
        return self.widen(self.narrow(self.number(reg), 32), 32)

    def size_of(self, reg: int) -> int:
        """An argument that is the same in every run, and not too much; 0 if it isn't."""
        size = self.get(reg) if self.kind(reg).origin is None else 0
        return size if isinstance(size, int) and 0 < size <= BY_BYTES else 0

    def _move(self, slot: int, insn: Instruction) -> bool:
        found = self.module.mover_of(insn.imm)
        if found is None:
            return False
        name, count = found
        arguments = "".join(f", i64 {self.number(reg)}" for reg in range(2, 2 + count))
        self.save()
        status = self.temp(f"call i64 @{name}(ptr %m, ptr %context{arguments})")
        self.or_python(slot, insn, status, self.temp(f"icmp sle i64 {status}, 0"))
        self.returned_from(slot)
        return True

    def _replace(self, slot: int, insn: Instruction) -> bool:
        name = self.module.replacer_of(insn.imm)
        if name is None:
            return False
        packet = f"ptr {self.base(PACKET)}, i64 {self.packet_length()}"
        arguments = ", ".join(f"i64 {self.number(reg)}" for reg in range(2, 6))
        status = self.temp(f"call i64 @{name}({packet}, {arguments})")
        self.or_python(slot, insn, status, self.temp(f"icmp sle i64 {status}, 0"))
        return True

    def _redirect(self, *, xdp: bool) -> bool:
        """Notes where the packet goes; Python learns of it when it is next asked."""
        sent, refused = (XDP_REDIRECT, XDP_ABORTED) if xdp else (TC_ACT_REDIRECT, TC_ACT_SHOT)
        flags = self.number(2)
        unknown = self.temp(f"and i64 {flags}, {-1 if xdp else ~INGRESS}")
        good = self.temp(f"icmp eq i64 {unknown}, 0")
        for field, value in (("redirect", self._low(1)), ("redirect_flags", flags)):
            self.store_field(field, self.temp(f"select i1 {good}, i64 {value}, i64 {self.load_field(field)}"))
        what = self.temp(f"select i1 {good}, i64 {REDIRECTED}, i64 0")
        self.store_field("moved", self.temp(f"or i64 {self.load_field('moved')}, {what}"))
        self.set(0, self.temp(f"select i1 {good}, i64 {sent}, i64 {refused}"))
        return True

    def _inside(self, offset: Value, size: int) -> str:
        """Whether `size` bytes at an offset of 0 or more are in the packet."""
        return self.temp(f"icmp sle i64 {self.add(offset, size)}, {self.packet_length()}")

    def _between(self, condition: str, yes: str, no: str = "") -> None:
        """Two lines, one if a condition holds and one if not."""
        good, bad, done = self.new_label(), self.new_label(), self.new_label()
        self.line(f"br i1 {condition}, label %{good}, label %{bad}")
        self.label(good)
        self.line(yes)
        self.line(f"br label %{done}")
        self.label(bad)
        if no:
            self.line(no)
        self.line(f"br label %{done}")
        self.label(done)

    def _copy(self, to: str, source: str, size: int) -> str:
        return f"call void @llvm.memmove.p0.p0.i64(ptr {to}, ptr {source}, i64 {size}, i1 false)"

    def _in_packet(self, offset: Value) -> str:
        return self.temp(f"getelementptr i8, ptr {self.base(PACKET)}, i64 {offset}")

    def _load_bytes(self, name: str) -> bool:
        size = self.size_of(4)
        out = self.place(3, 0, size, write=True) if size else None
        if out is None:
            return False
        offset = self._low(2)
        if name == "xdp_load_bytes":
            inside, errno = self._in_xdp(offset, size)
            self._between(inside, self._copy(out, self._in_packet(offset), size))
            self.set(0, self.temp(f"select i1 {inside}, i64 0, i64 {errno}"))
            return True
        if name == "skb_load_bytes_relative" and not self.module.moves and self.type not in LINK_LEVEL:
            return False  # what is in front of the packet isn't known here
        good = self.temp(f"icmp ule i64 {offset}, {INT_MAX if name == 'skb_load_bytes' else 0xFFFF}")
        if name == "skb_load_bytes_relative":
            network, link = self._headers()
            start = self._low(5)
            good = self.temp(f"and i1 {good}, {self.temp(f'icmp ule i64 {start}, 1')}")
            before = self.temp(f"select i1 {self.temp(f'icmp eq i64 {start}, 0')}, i64 {link}, i64 0")
            offset = self.add(offset, self.temp(f"sub i64 {network}, {before}"))
            if self.module.moves:
                first = self.add(self.base_number(PACKET), offset)
                room = self.load_field("start")
                good = self.temp(f"and i1 {good}, {self.temp(f'icmp sge i64 {first}, {room}')}")
        inside = self.temp(f"and i1 {good}, {self._inside(offset, size)}")
        clear = f"call void @llvm.memset.p0.i64(ptr {out}, i8 0, i64 {size}, i1 false)"
        self._between(inside, self._copy(out, self._in_packet(offset), size), clear)
        self.set(0, self.temp(f"select i1 {inside}, i64 0, i64 {-EFAULT}"))
        return True

    def _headers(self) -> tuple[Value, Value]:
        """Where the network header begins, and how many bytes before that the link header begins."""
        if self.module.moves:
            return self.load_field("network"), self.load_field("link")
        return ETH_HLEN, ETH_HLEN

    def _in_xdp(self, offset: Value, size: int) -> tuple[str, str]:
        """Whether those bytes are in an XDP program's packet, and the errno if they aren't."""
        far = self.temp(f"icmp ugt i64 {offset}, {_XDP_MOST}")
        inside = self.temp(f"and i1 {self._inside(offset, size)}, {self.temp(f'xor i1 {far}, true')}")
        return inside, self.temp(f"select i1 {far}, i64 {-EFAULT}, i64 {-EINVAL}")

    def _store_bytes(self, name: str) -> bool:
        size = self.size_of(4)
        source = self.place(3, 0, size, write=False) if size else None
        flags = self.get(5) if self.kind(5).origin is None else None
        xdp = name == "xdp_store_bytes"
        if source is None or not (xdp or isinstance(flags, int)):
            return False
        if not xdp and isinstance(flags, int) and flags & ~(RECOMPUTE_CSUM | INVALIDATE_HASH):
            self.set(0, -EINVAL)
            return True
        offset = self._low(2)
        inside, errno = self._in_xdp(offset, size) if xdp else (self._inside(offset, size), str(-EFAULT))
        self._between(inside, self._copy(self._in_packet(offset), source, size))
        if not xdp and isinstance(flags, int) and flags & INVALIDATE_HASH:
            at, bytes_ = self.module.context.layout.fields["hash"]
            self.module.context_written.update(range(at, at + bytes_))
            place = self.temp(f"getelementptr inbounds i8, ptr %context, i64 {at}")
            kept = self.temp(f"load i32, ptr {place}")
            self.line(f"store i32 {self.temp(f'select i1 {inside}, i32 0, i32 {kept}')}, ptr {place}")
        self.set(0, self.temp(f"select i1 {inside}, i64 0, i64 {errno}"))
        return True

    # -- sums

    def _csum_diff(self) -> bool:
        sums = []
        sizes = []
        for pointer, reg in ((1, 2), (3, 4)):
            size = self.get(reg) if self.kind(reg).origin is None else None
            if not isinstance(size, int) or size & 3 or not 0 <= size <= BY_BYTES:
                return False
            place = self.place(pointer, 0, size, write=False) if size else ""
            if place is None:
                return False
            sizes.append(size)
            sums.append(self._words(place, size))
        seed = self._low(5)
        if not sizes[1]:
            turned = self.temp(f"xor i64 {seed}, {0xFFFFFFFF}")
            total: Value = self._fold(self.add(turned, sums[0]), 32)
            self.set(0, self._fold(self.temp(f"xor i64 {total}, {0xFFFFFFFF}"), 16))
            return True
        total = self._fold(self.add(seed, sums[1]), 32)
        if sizes[0]:
            total = self.add(total, self.temp(f"xor i64 {self._fold(sums[0], 32)}, {0xFFFFFFFF}"))
        self.set(0, self._fold(total, 16))
        return True

    def _words(self, place: str, size: int) -> Value:
        """The sum of the 32-bit words at a place."""
        total: Value = 0
        for at in range(0, size, 4):
            word = self.temp(f"load i32, ptr {self.temp(f'getelementptr i8, ptr {place}, i64 {at}')}, align 1")
            total = self.add(total, self.temp(f"zext i32 {word} to i64"))
        return total

    def _fold(self, value: Value, bits: int) -> str:
        """A sum of less than 2**40, or of less than 2**34 and bits of 16, folded."""
        mask = (1 << bits) - 1
        for _ in range(3):
            high = self.temp(f"lshr i64 {value}, {bits}")
            value = self.temp(f"add i64 {self.temp(f'and i64 {value}, {mask}')}, {high}")
        return str(value)
