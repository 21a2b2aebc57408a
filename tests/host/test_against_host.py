"""What `ebpf check` says of hooks, against this kernel's own list of them: nothing that is there is called missing."""

from __future__ import annotations

import pytest

from ebpf.btf.kernel import kernel_btf
from ebpf.elf.against import missing
from ebpf.elf.sections import section_of
from ebpf.kernel import tracefs
from ebpf.spec import ObjectSpec, ProgramSpec

pytestmark = pytest.mark.host


def test_every_tracepoint_is_found() -> None:
    btf, programs = kernel_btf(), {}
    for category in tracefs.names("events"):
        for event in tracefs.names(f"events/{category}"):
            if event in ("enable", "filter"):
                continue
            section = f"tracepoint/{category}/{event}"
            row = section_of(section)
            assert row is not None
            name = f"{category}/{event}"
            programs[name] = ProgramSpec(
                name, row[0].type, bytes.fromhex("b7000000000000009500000000000000"), section, row[1]
            )
    if len(programs) < 100:
        pytest.skip("this kernel lists no tracepoints")
    assert missing(ObjectSpec(programs=programs), btf) == []
    gone = ProgramSpec("gone", row[0].type, bytes(16), "tp/syscalls/sys_enter_gone", "syscalls/sys_enter_gone")
    assert [one.name for one in missing(ObjectSpec(programs={"gone": gone}), btf)] == ["gone"]
