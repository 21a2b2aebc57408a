"""LLVM's text line by line, with names for what the lines give. `%m` is the state."""

from __future__ import annotations

from ebpf.vm.jit.state import AT

TYPE_CHECKING = False
if TYPE_CHECKING:
    Value = int | str


class Lines:
    """The lines of one function."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.temps = 0

    def temp(self, text: str) -> str:
        """Adds a line that gives a value; its name."""
        self.temps += 1
        name = f"%t{self.temps}"
        self.lines.append(f"  {name} = {text}")
        return name

    def line(self, text: str) -> None:
        self.lines.append("  " + text)

    def label(self, name: str) -> None:
        self.lines.append(f"{name}:")

    def new_label(self) -> str:
        self.temps += 1
        return f"l{self.temps}"

    def field(self, name: str) -> str:
        return self.temp(AT[name])

    def load_field(self, name: str, type_: str = "i64", extra: str = "") -> str:
        return self.temp(f"load {type_}, ptr {self.field(name)}{extra}")

    def store_field(self, name: str, value: Value) -> None:
        self.line(f"store i64 {value}, ptr {self.field(name)}")
