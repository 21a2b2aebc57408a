"""What `ebpf verify` says of its verdicts: as text (with colour and to the terminal's width on one), as JSON, as annotations."""

from __future__ import annotations

import os
import re
import sys

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rich.console import Console, RenderableType

    from ebpf.errors import EbpfError, VerifierError
    from ebpf.spec import ProgramSpec
    from ebpf.verifier import Proof


class Verdict:
    """What came of one program."""

    def __init__(self, program: ProgramSpec) -> None:
        self.program = program
        self.proof: Proof | None = None
        self.error: VerifierError | None = None
        #: What the kernel said: None if it was not asked, "" if it takes the program, else its reason.
        self.kernel: str | None = None
        #: Why the kernel could not be asked.
        self.unasked: EbpfError | None = None
        #: The most instructions that checking it may take.
        self.budget: int | None = None

    @property
    def taken(self) -> bool:
        return self.proof is not None

    @property
    def over_budget(self) -> bool:
        return self.proof is not None and self.budget is not None and self.proof.processed > self.budget

    @property
    def differs(self) -> bool:
        """Whether the kernel decides otherwise."""
        return self.kernel is not None and bool(self.kernel) == self.taken


class Screen:
    """Where verdicts are shown. On a terminal lines of C are cropped to its width and explanations wrapped beside their label;
    elsewhere, and with NO_COLOR, there is nothing but text."""

    def __init__(self) -> None:
        self.console: Console | None = None
        if sys.stdout.isatty():
            from rich.console import Console

            plain = bool(os.environ.get("NO_COLOR"))
            self.console = Console(
                highlight=False, markup=False, emoji=False, color_system=None if plain else "auto", soft_wrap=False
            )

    # -- pieces

    def _print(self, what: RenderableType, crop: bool = False) -> None:
        assert self.console is not None
        self.console.print(what, no_wrap=crop, overflow="ellipsis" if crop else "fold")

    def head(self, text: str, style: str = "") -> None:
        if self.console is None:
            click.echo(text)
            return
        from rich.text import Text

        self._print(Text(text, style))

    def code(self, text: str, here: bool = False) -> None:
        """A line of C, or of numbers beside one."""
        if self.console is None:
            click.echo(text)
            return
        from rich.text import Text

        self._print(Text(text.expandtabs(4), "bold" if here else "dim"), crop=True)

    def field(self, label: str, value: str, width: int = 0, style: str = "") -> None:
        """A value beside its label: `label: value`, or in columns of `width`."""
        shown = f"{label:<{width}}" if width else f"{label}: "
        if self.console is None:
            click.echo(f"  {shown}{value}")
            return
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid()
        grid.add_column(width=2 + len(shown), no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(f"  {shown}", "cyan"), Text(value, style))
        self._print(grid)

    # -- verdicts

    def show(self, verdict: Verdict, log: bool, stats: bool) -> None:
        """All there is to say of one program."""
        if log:
            found = verdict.proof or verdict.error
            click.echo(found.log if found is not None else "", nl=False)
        if verdict.proof is not None:
            self._proof(verdict, verdict.proof, stats)
        elif verdict.error is not None:
            self._error(str(verdict.error))
        if verdict.kernel is not None:
            says = f"refuses it: {verdict.kernel.splitlines()[-1]}" if verdict.kernel else "takes it"
            self.field("the kernel", says, len("the kernel "), "bold red" if verdict.differs else "")
        elif verdict.unasked is not None:
            self.field("the kernel can't be asked", str(verdict.unasked), style="yellow")

    def _proof(self, verdict: Verdict, proof: Proof, stats: bool) -> None:
        name = verdict.program.name
        self.head(f"{name}: taken ({proof.processed} instructions, {proof.seconds * 1000:.1f} ms)", "green")
        if verdict.over_budget:
            self.head(f"{name}: over the budget of {verdict.budget} instructions", "red")
        if not stats:
            return
        slots = len(verdict.program.code) // 8
        for label, value in (
            ("instructions", f"{slots} in the program, {proof.processed} looked at"),
            ("states", f"{proof.states} kept, {proof.peak_states} at once, {proof.max_states} at one place"),
            ("stack", ", ".join(f"{function} {depth}" for function, depth in proof.stack.items())),
            ("never run", f"{slots - len(proof.reached)} slots"),
        ):
            self.field(label, value, 16)
        for text, times in _hottest(verdict.program, proof):
            self.code(f"  {times:>8} times  {text}")

    def _error(self, text: str) -> None:
        first, _, rest = text.partition("\n")
        self.head(first, "bold red")
        for line in rest.splitlines():
            found = re.match(r"  ([a-z]+): (.*)", line)
            if found:
                self.field(found[1], found[2])
            else:
                self.code(line, line.startswith("  >"))

    def summary(self, verdicts: Sequence[Verdict]) -> None:
        """Several programs at a glance, on a terminal."""
        if self.console is None or len(verdicts) < 2:
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        asked = any(verdict.kernel is not None or verdict.unasked is not None for verdict in verdicts)
        columns = [("verdict", 11), ("instructions", 12), ("states", 6), ("ms", 7), *([("kernel", 9)] if asked else [])]
        room = self.console.width - sum(width + 2 for _, width in columns) - 2
        table.add_column("program", overflow="ellipsis", no_wrap=True, max_width=max(room, 12))
        for label, width in columns:
            numeric = label in ("instructions", "states", "ms")
            table.add_column(label, justify="right" if numeric else "left", no_wrap=True, min_width=width)
        for verdict in verdicts:
            proof = verdict.proof
            word, style = ("taken", "green") if proof is not None else ("refused", "red")
            if verdict.over_budget:
                word, style = "over budget", "red"
            numbers = ("", "", "")
            if proof is not None:
                numbers = str(proof.processed), str(proof.states), f"{proof.seconds * 1000:.1f}"
            row: list[RenderableType] = [verdict.program.name, Text(word, style), *numbers]
            if asked:
                says = "not asked" if verdict.kernel is None else "refuses" if verdict.kernel else "takes"
                row.append(Text(says, "bold red" if verdict.differs else ""))
            table.add_row(*row)
        self.console.print()
        self._print(table)


def _hottest(program: ProgramSpec, proof: Proof) -> list[tuple[str, int]]:
    """The lines looked at most, and how often."""
    lines: dict[str, int] = {}
    for slot, times in proof.hottest:
        line = program.line_at(slot)
        text = f"instruction {slot}"
        if line is not None and line.line:
            text = f"{line.file.rsplit('/', 1)[-1]}:{line.line}  {line.text.strip()}"
        lines[text] = max(lines.get(text, 0), times)
    return list(lines.items())[:5]


def record(verdict: Verdict) -> dict[str, Any]:
    """What `--json` says of a program."""
    program = verdict.program
    out: dict[str, Any] = {"program": program.name, "type": program.type.name.lower(), "taken": verdict.taken}
    if verdict.proof is not None:
        proof = verdict.proof
        out |= {
            "processed": proof.processed, "states": proof.states, "peak_states": proof.peak_states,
            "stack": dict(proof.stack), "seconds": round(proof.seconds, 6), "over_budget": verdict.over_budget,
            "hottest": [{"instruction": slot, "times": times} for slot, times in proof.hottest],
        }  # fmt: skip
        if proof.log:
            out["log"] = proof.log
    if verdict.error is not None:
        error = verdict.error
        out |= {
            "kind": error.kind, "reason": error.reason, "sentence": error.sentence, "fix": error.fix, "line": error.line,
            "instruction": error.slot, "register": error.register, "known": error.known, "required": error.required,
            "path": list(error.path),
            "source": [{"line": number, "text": text, "here": here} for number, text, here in error.source],
        }  # fmt: skip
        if error.log:
            out["log"] = error.log
    if verdict.kernel is not None:
        out["kernel"] = {"taken": not verdict.kernel, "reason": verdict.kernel}
    elif verdict.unasked is not None:
        out["kernel"] = {"taken": None, "reason": str(verdict.unasked)}
    return out


def annotate(verdict: Verdict) -> None:
    """Lines that GitHub shows at the source: a refusal, a budget that is exceeded, a kernel that decides otherwise."""
    name, error = verdict.program.name, verdict.error
    if error is not None:
        reason = error.reason.splitlines()[-1] if error.reason else error.kind
        _command(error.line, f"{name}: {error.sentence} ({reason}). Usually: {error.fix}")
    if verdict.over_budget and verdict.proof is not None:
        _command("", f"{name}: checking it takes {verdict.proof.processed} instructions, {verdict.budget} are allowed")
    if verdict.differs:
        _command("", f"{name}: the kernel {'refuses it: ' + verdict.kernel if verdict.kernel else 'takes it'}")


def _command(place: str, text: str) -> None:
    """One workflow command: `place` is `file:line:column`; files are named from the checkout on, if they lie in it."""
    found = re.fullmatch(r"(.*?):(\d+)(?::(\d+))?", place)
    where = ""
    if found:
        root = os.environ.get("GITHUB_WORKSPACE", "").rstrip("/") + "/"
        file = found[1].removeprefix(root) if root != "/" else found[1]
        file = _escaped(file).replace(":", "%3A").replace(",", "%2C")
        where = f" file={file},line={found[2]}" + (f",col={found[3]}" if found[3] else "")
    print(f"::error{where}::{_escaped(text)}", file=sys.stderr)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
