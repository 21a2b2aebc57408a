"""Functions of generated code that stand for helpers: what such a helper does most of the time."""

from __future__ import annotations

from ebpf.vm.jit.lines import Lines
from ebpf.vm.jit.updates import SLOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.vm.jit.lines import Value


class Text(Lines):
    """The lines of one function that begins with `head`. It gives 0; where a condition doesn't hold SLOW, with nothing done."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self.lines += [head, "entry:"]

    __call__ = Lines.temp

    def need(self, condition: str) -> None:
        """Goes on if it holds; else the helper does it all."""
        good = self.new_label()
        self.line(f"br i1 {condition}, label %{good}, label %slow, !prof !2")
        self.label(good)

    def when(self, condition: str, then: Callable[[], None]) -> None:
        yes, no = self.new_label(), self.new_label()
        self.line(f"br i1 {condition}, label %{yes}, label %{no}")
        self.label(yes)
        then()
        self.line(f"br label %{no}")
        self.label(no)

    def test(self, predicate: str, left: Value, right: Value) -> str:
        return self(f"icmp {predicate} i64 {left}, {right}")

    def signed32(self, value: str) -> str:
        return self(f"sext i32 {self(f'trunc i64 {value} to i32')} to i64")

    def low(self, value: str, bits: int) -> str:
        return self(f"and i64 {value}, {(1 << bits) - 1}")

    def shifted(self, value: str, by: int) -> str:
        return self(f"lshr i64 {value}, {by}")

    def at(self, place: str, offset: int) -> str:
        return self(f"getelementptr i8, ptr {place}, i64 {offset}")

    def pointer(self, address: str) -> str:
        return self(f"inttoptr i64 {address} to ptr")

    def clear(self, address: str, size: str) -> None:
        self.line(f"call void @llvm.memset.p0.i64(ptr {self.pointer(address)}, i8 0, i64 {size}, i1 false)")

    def move(self, to: str, address: str, size: Value) -> None:
        target, source = self.pointer(to), self.pointer(address)
        self.line(f"call void @llvm.memmove.p0.p0.i64(ptr {target}, ptr {source}, i64 {size}, i1 false)")

    def finished(self) -> str:
        return "\n".join([*self.lines, "  ret i64 0", "slow:", f"  ret i64 {SLOW}", "}"])
