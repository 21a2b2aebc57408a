"""Every error that this library raises on purpose.

    EbpfError
    ├── CompileError          the compiler refused, or there is none
    ├── AsmError              text or bytes that are no instruction (also a ValueError)
    ├── ObjectError           an object file that can't be read: section, offset (also a ValueError)
    │   └── BtfError          its types can't be read
    ├── CaptureError          a packet capture that can't be read or written (also a ValueError)
    ├── RelocationError       CO-RE: the target's types lack what a program reads
    ├── VerifierError         a program that can't be proved safe: source line, reason, log
    ├── NotSupported          this kernel, engine or machine lacks a feature
    ├── KernelError           a system call failed (also an OSError)
    ├── HookError             what a program is to be attached to doesn't exist, or can't be attached to
    ├── Fault                 a program in this process did what it may not: stopped there
    └── Closed                the thing was closed before (also a ValueError)

A key that is not in a map is a `KeyError`; a wrong argument is a `TypeError` or a `ValueError`, as everywhere in Python.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class EbpfError(Exception):
    """The root of all errors here. `str()` is one line or a few for a person: what, where, what to do."""


class CompileError(EbpfError):
    """The compiler refused a source, or no compiler was found.

    `lines` are the compiler's own messages; `hint` is ours, or empty.
    """

    def __init__(self, message: str, *, lines: Sequence[str] = (), hint: str = "") -> None:
        super().__init__("\n".join([message, *lines, *([f"hint: {hint}"] if hint else [])]))
        self.lines = tuple(lines)
        self.hint = hint


class AsmError(EbpfError, ValueError):
    """Text or bytes that are no BPF instruction. `line` counts from 1 in text; `slot` is the 8-byte slot in bytecode."""

    def __init__(self, message: str, *, line: int | None = None, slot: int | None = None) -> None:
        where = f"line {line}: " if line is not None else f"instruction {slot}: " if slot is not None else ""
        super().__init__(where + message)
        self.line = line
        self.slot = slot


class ObjectError(EbpfError, ValueError):
    """An object file that can't be used. `section` and `offset` (bytes into it) say where, if known."""

    def __init__(self, message: str, *, path: str = "", section: str = "", offset: int | None = None) -> None:
        place = " ".join(
            part
            for part in (
                path,
                f"section {section}" if section else "",
                f"offset {offset:#x}" if offset is not None else "",
            )
            if part
        )
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.path = path
        self.section = section
        self.offset = offset


class BtfError(ObjectError):
    """BTF or BTF.ext that can't be read."""


class CaptureError(EbpfError, ValueError):
    """A packet capture that can't be used. `offset` (bytes into the file) says where, if known; `summary` what came before."""

    def __init__(self, message: str, *, path: str = "", offset: int | None = None) -> None:
        place = " ".join(part for part in (path, f"offset {offset:#x}" if offset is not None else "") if part)
        super().__init__(f"{place}: {message}" if place else message)
        self.path = path
        self.offset = offset
        self.summary: object = None


class RelocationError(EbpfError):
    """A CO-RE relocation that the target's types can't satisfy. `access` is the C access, `line` its source line."""

    def __init__(self, message: str, *, program: str = "", access: str = "", line: str = "") -> None:
        super().__init__(message)
        self.program = program
        self.access = access
        self.line = line


class VerifierError(EbpfError):
    """A program that was refused. `str()` is a few lines for a person; `log` is the whole log, if one was kept.

    reason     as the kernel's log has it;  kind: a word for the sort of fault (`ebpf.explain.KINDS`)
    sentence   what is wrong, in plain words;  fix: what usually mends it
    slot, line the instruction, and its source as `file:line:column`
    source     the lines of source around: (number, text, whether it is the one)
    path       the branches that led there, in lines of source
    register, known, required   the register that matters, what is known of it, and what would be right
    """

    def __init__(
        self,
        message: str,
        *,
        program: str = "",
        reason: str = "",
        line: str = "",
        slot: int | None = None,
        log: str = "",
        kind: str = "",
        sentence: str = "",
        source: Sequence[tuple[int, str, bool]] = (),
        path: Sequence[str] = (),
        register: int | None = None,
        known: str = "",
        required: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(message)
        self.program = program
        self.reason = reason
        self.line = line
        self.slot = slot
        self.log = log
        self.kind = kind
        self.sentence = sentence
        self.source = tuple(source)
        self.path = tuple(path)
        self.register = register
        self.known = known
        self.required = required
        self.fix = fix


class NotSupported(EbpfError):
    """Something that this kernel, engine or machine doesn't have.

    `since` is the first Linux that has it, as (major, minor), if that is what is missing; `privilege` says that the kernel has it
    and this process may not use it.
    """

    def __init__(
        self,
        feature: str,
        *,
        since: tuple[int, int] | None = None,
        why: str = "",
        hint: str = "",
        privilege: bool = False,
    ) -> None:
        text = feature
        if since:
            text += f" needs Linux {since[0]}.{since[1]}"
        if why:
            text += f": {why}"
        if hint:
            text += f"; {hint}"
        super().__init__(text)
        self.feature = feature
        self.since = since
        self.why = why
        self.hint = hint
        self.privilege = privilege


class KernelError(EbpfError, OSError):
    """A system call that failed: `errno`, `call` (what was asked for) and `hint` (what to do)."""

    def __init__(self, errno: int, call: str, *, hint: str = "") -> None:
        # 524 is the kernel's own ENOTSUPP, which no C library has words for.
        OSError.__init__(self, errno, "Operation not supported" if errno == 524 else os.strerror(errno))
        self.call = call
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.call}: {self.strerror}" + (f"; {self.hint}" if self.hint else "")


class HookError(EbpfError):
    """A hook that doesn't exist here, or that this program can't be attached to."""


class Fault(EbpfError):
    """A program that ran in this process and was stopped: a bad access, or its budget was used up.

    `slot` is the instruction (8-byte slots from the start of the program), `line` its source line if known,
    `address` what it tried to reach, if that was the matter.
    """

    def __init__(
        self, message: str, *, program: str = "", slot: int | None = None, line: str = "", address: int | None = None
    ) -> None:
        where = ", ".join(part for part in (program, f"instruction {slot}" if slot is not None else "", line) if part)
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.program = program
        self.slot = slot
        self.line = line
        self.address = address


class Closed(EbpfError, ValueError):
    """Use of a map, program, link or object after it was closed."""


def close_names(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Names like `name`, the likeliest first."""
    import difflib

    bare = name.lstrip("_")
    candidates = [other for other in names if bare in other or abs(len(other) - len(name)) <= 3]
    inside = sorted((other for other in candidates if bare and bare in other), key=len)[:limit]
    close = difflib.get_close_matches(name, candidates, limit, 0.7)
    return list(dict.fromkeys([*close, *inside]))[:limit]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """ "; did you mean a, b?", or nothing."""
    close = close_names(name, names)
    return f"; did you mean {', '.join(close)}?" if close else ""
