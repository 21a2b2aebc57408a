"""What an ordinary user may load: the guest's kernel is asked as a user without any capability, and its verdicts are held
against ours.

The programs and our verdicts were made outside (`unprivileged.prepare`). Ours are those of Linux 6.18. Until 6.17 Linux refuses
what goes wrong in speculation only, where it now puts a barrier: the path that the log ends with tells such a refusal.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import re
import struct
from pathlib import Path
from typing import Any

import pytest

from ebpf.errors import EbpfError
from ebpf.kernel.engine import KernelEngine

NOBODY = 65534
_LIBC = ctypes.CDLL(None, use_errno=True)
_NR_BPF, _PROG_LOAD = 321, 5
_LOG = ctypes.create_string_buffer(1 << 22)
#: What a masked pointer addition is refused for until 6.17, though no path of speculation is being followed.
_BARRIER_NOW = "tried to add from different maps, paths or scalars"
_MODE = Path("/proc/sys/kernel/unprivileged_bpf_disabled")


def _load(case: Any, fds: dict[str, int]) -> tuple[int, str]:
    """(errno or 0, the log's end) of bpf(BPF_PROG_LOAD)."""
    _, type_, attach, flags, code, references, _, _ = case
    code = bytearray(code)
    for slot, kind, name, offset in references:
        struct.pack_into("<i", code, slot * 8 + 4, fds[name])
        code[slot * 8 + 1] = (code[slot * 8 + 1] & 0x0F) | ((1 if kind == "map" else 2) << 4)
        if kind == "map_value":
            struct.pack_into("<i", code, slot * 8 + 12, offset)
    insns = ctypes.create_string_buffer(bytes(code), len(code))
    licence = ctypes.create_string_buffer(b"GPL")
    for level in (0, 2):  # only at level 2 a path says that it is one of speculation
        log = ctypes.addressof(_LOG) if level else 0
        attr = struct.pack(
            "<IIQQIIQII16sII", type_, len(code) // 8, ctypes.addressof(insns), ctypes.addressof(licence), level,
            len(_LOG) if level else 0, log, 0, flags & ~0x80, b"t", 0, attach,
        )  # fmt: skip
        buffer = ctypes.create_string_buffer(attr.ljust(160, b"\0"))
        fd = _LIBC.syscall(_NR_BPF, _PROG_LOAD, buffer, 160)
        if fd >= 0:
            os.close(fd)
            return 0, ""
    errno = ctypes.get_errno()
    lines = _LOG.value.decode(errors="replace").splitlines()
    path = next((line for line in reversed(lines) if re.match(r"from \d+ to \d+", line)), "")
    said = [line for line in lines if line and not line.startswith("processed ")]
    reason = said[-1] if said else ""
    return errno, ("speculation: " if "(speculative execution)" in path or _BARRIER_NOW in reason else "") + reason


def _as_nobody(cases: list[Any], fds: dict[str, int]) -> list[tuple[int, str]]:
    """The verdicts, asked in a child that has given up all it may."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            with os.fdopen(writing, "w") as out:
                capabilities = re.search(r"CapEff:\s*(\w+)", Path("/proc/self/status").read_text())
                assert capabilities is not None and int(capabilities[1], 16) == 0
                json.dump([_load(case, fds) for case in cases], out)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as given:
        text = given.read()
    assert os.waitpid(child, 0)[1] == 0
    return [(errno, said) for errno, said in json.loads(text)]


@pytest.fixture(scope="module")
def verdicts() -> Any:
    """[(case, errno, what the kernel said)]"""
    maps, cases = pickle.loads(Path(os.environ["EBPF_UNPRIVILEGED"]).read_bytes())
    before = _MODE.read_text()
    _MODE.write_text("0")
    try:
        with KernelEngine() as engine:
            made = {}
            for name, spec in maps.items():
                try:
                    made[name] = engine.create_map(spec.replace(name=re.sub(r"\W", "_", name)[-15:]))
                except EbpfError:
                    continue  # this kernel hasn't that type
            fds = {name: one.fd for name, one in made.items()}
            askable = [case for case in cases if all(name in fds for _, _, name, _ in case[5])]
            answers = _as_nobody(askable, fds)
            # What root may not load here either is no matter of privilege: this kernel knows less of numbers.
            for n, (case, (errno, said)) in enumerate(zip(askable, answers, strict=True)):
                if errno and not case[6] and not said.startswith("speculation: ") and _load(case, fds)[0]:
                    answers[n] = errno, f"root: {said}"
    finally:
        _MODE.write_text(before)
    return [(case, errno, said) for case, (errno, said) in zip(askable, answers, strict=True)]


def _new() -> bool:
    return os.environ["EBPF_IN_GUEST"] == "6.12"


def test_the_kernel_was_asked(verdicts: Any) -> None:
    taken = sum(not errno for _, errno, _ in verdicts)
    assert len(verdicts) > 700
    assert len(verdicts) // 10 < taken < len(verdicts)
    # An ordinary user is asked nothing but this: no EPERM because of who asks, but because of what is asked.
    assert not [case[0] for case, errno, said in verdicts if errno == 1 and not said and not case[6]]


def test_what_an_ordinary_user_may_load_is_not_refused_here(verdicts: Any) -> None:
    strict = [f"{case[0]}: {case[6]}" for case, errno, _ in verdicts if not errno and case[6]]
    assert not strict, f"{len(strict)} refused here only:\n" + "\n".join(strict[:40])


def test_what_is_refused_to_an_ordinary_user_is_refused_here(verdicts: Any) -> None:
    """But for speculation, and for what this kernel didn't know yet."""
    taken = [(case[0], said or str(errno)) for case, errno, said in verdicts if errno and not case[6]]
    lax = [f"{name}: {said}" for name, said in taken if not said.startswith(("speculation: ", "root: "))]
    older = [f"{name}: {said}" for name, said in taken if said.startswith("root: ")]
    if _new():
        assert not lax, f"{len(lax)} taken here only:\n" + "\n".join(lax[:60])
        assert len(older) < 10, "\n".join(older)
    else:
        assert len(lax) < len(verdicts) // 20, "\n".join(lax[:60])


def test_the_kernels_own_tests_say_what_it_says(verdicts: Any) -> None:
    """The oracle itself: what the tests of 6.12 say of themselves is what 6.12 says when asked like this."""
    wrong = [
        f"{case[0]}: {said or 'taken'}"
        for case, errno, said in verdicts
        if case[7] is not None and case[7] == bool(errno)
    ]
    if _new():
        assert len(wrong) <= 12, f"{len(wrong)} otherwise:\n" + "\n".join(wrong[:40])
