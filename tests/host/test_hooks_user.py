"""Probes of user functions that a process is told of by a counter, and those whose program may sleep."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hook_places import Counted
from programs import program

import ebpf
from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.kernel.sys import kernel_release
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
SOURCE = """
#include <stdio.h>
__attribute__((section(".probes"), used)) unsigned short counter;
__attribute__((noinline)) void work(void) { __asm__ volatile("nop"); }
int main(void)
{
	for (int c; (c = getchar()) != EOF;) {
		work();
		printf("%d\\n", *(volatile unsigned short *)&counter);
		fflush(stdout);
	}
	return 0;
}
"""


class Target:
    """The program above; each `step` it calls work() and tells its counter."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step(self) -> int:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("x")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def place(self, name: str) -> int:
        """Where in the file a symbol is."""
        from elftools.elf.elffile import ELFFile

        with open(self.path, "rb") as file:
            elf = ELFFile(file)
            address = elf.get_section_by_name(".symtab").get_symbol_by_name(name)[0]["st_value"]
            return int(next(iter(elf.address_offsets(address))))


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    compiler = shutil.which("cc") or shutil.which("gcc") or pytest.skip("no C compiler for this machine")
    source = tmp_path / "target.c"
    source.write_text(SOURCE)
    subprocess.run([compiler, "-O1", "-o", tmp_path / "target", source], check=True)
    made = Target(tmp_path / "target")
    try:
        yield made
    finally:
        made.process.communicate(timeout=60)


def test_a_reference_counter_says_that_somebody_listens(counted: Counted, target: Target) -> None:
    loaded = counted.load(P.KPROBE)
    hook = hooks.Uprobe(target.path, "work", pid=target.process.pid, ref_ctr_offset=target.place("counter"))
    assert target.step() == 0
    with counted.engine.attach(loaded, hook):
        assert [target.step(), target.step()] == [1, 1]
    assert target.step() == 0
    assert counted.value == 2
    with pytest.raises(ebpf.HookError, match="too far into the file"):
        counted.engine.attach(loaded, hooks.Uprobe(target.path, "work", ref_ctr_offset=1 << 33))


COPY = [  # bpf_copy_from_user(stack, 8, NULL), which may fault a page in
    I(0xBF, 1, 10), I(0x07, 1, imm=-8), I(0xB7, 2, imm=8), I(0xB7, 3, imm=0), I(0x85, imm=148), I(0xB7, 0, imm=0), I(0x95),
]  # fmt: skip


def test_a_program_may_sleep(counted: Counted, target: Target, tmp_path: Path) -> None:
    """BPF_F_SLEEPABLE, by flag and by section; user functions take such programs from 6.0 on, other places don't."""
    with pytest.raises(ebpf.VerifierError, match=r"sleepable|helper call might sleep|copy_from_user"):
        counted.engine.load_program(program(P.KPROBE, COPY), {})
    loaded = counted.engine.load_program(program(P.KPROBE, COPY, flags=1 << 4), {})
    if kernel_release() >= (6, 0):
        with counted.engine.attach(loaded, hooks.Uprobe(target.path, "work", pid=target.process.pid)):
            target.step()
    source = tmp_path / "sleeps.bpf.c"
    source.write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nint runs; unsigned char first;\n"
        f'SEC("uprobe.s/{target.path}:work") int sleeps(void *ctx)\n'
        f"{{ bpf_copy_from_user(&first, 1, (void *){hex(0x10)}); runs++; return 0; }}\n"
        'char LICENSE[] SEC("license") = "GPL";\n'
    )
    with ebpf.load(source, engine="kernel") as obj, obj.attach():
        target.step()
        assert obj.variables["runs"].value == 1
