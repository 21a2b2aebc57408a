"""How quick types are: `python bench/btf.py`. One JSON line a figure: name, value, unit.

The index of this kernel's types, cold and from the cache; a CO-RE object with 10 relocations from the start of a process to
loaded, cold and cached, beside libbpf (C) and bpftool where they are installed; values by type. Best of several rounds: what the
machine can do. Loading needs root; without it those lines are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from ebpf.btf import Btf, Int, Member, Struct, kernel
from ebpf.btf.build import Builder

ROOT = Path(__file__).resolve().parents[1]

SOURCE = """
struct task_struct {
	int pid, tgid, prio, static_prio, normal_prio, exit_code;
	unsigned int flags;
	unsigned long start_time, utime, stime;
} __attribute__((preserve_access_index));

static void *(*bpf_get_current_task)(void) = (void *)35;
static long (*bpf_probe_read_kernel)(void *, unsigned int, const void *) = (void *)113;

#define READ(field) ({ unsigned long x = 0; bpf_probe_read_kernel(&x, 4, &task->field); x; })

char _license[] __attribute__((section("license"), used)) = "GPL";

__attribute__((section("raw_tracepoint/sys_enter"), used)) int probe(void *ctx)
{
	struct task_struct *task = bpf_get_current_task();

	return READ(pid) + READ(tgid) + READ(prio) + READ(static_prio) + READ(normal_prio) + READ(exit_code) + READ(flags) +
		READ(start_time) + READ(utime) + READ(stime) == 1;
}
"""
LIBBPF = """
#include <bpf/libbpf.h>
int main(int count, char **arguments)
{
	struct bpf_object *object = bpf_object__open_file(arguments[1], 0);
	return !object || bpf_object__load(object);
}
"""
#: Run in a mount namespace of its own: bpftool loads only what it can pin.
BPFTOOL = """
import subprocess, sys, time
bpftool, built, folder = sys.argv[1:]
subprocess.run(["mount", "-t", "bpf", "bpf", folder], check=True)
times = []
for number in range(7):
    start = time.perf_counter()
    subprocess.run([bpftool, "prog", "load", built, f"{folder}/{number}"], check=True, stdout=sys.stderr)
    times.append(time.perf_counter() - start)
print(min(times) * 1000)
"""
LOAD = "import sys, ebpf; ebpf.load(ebpf.read(sys.argv[1]), engine='kernel').close()"
FIND = "from ebpf.btf.kernel import kernel_btf; assert kernel_btf().find('task_struct')"


def show(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit}), flush=True)


def best(function: object, rounds: int = 7, clock: Callable[[], float] = time.process_time) -> float:
    """Milliseconds of the quickest round: of the CPU, so that what else the machine does counts less."""
    found = []
    for _ in range(rounds):
        start = clock()
        function()  # type: ignore[operator]
        found.append(clock() - start)
    return min(found) * 1000


def index(folder: Path) -> None:
    path = f"{kernel.SYSFS}/vmlinux"
    if not Path(path).exists():
        return
    build = kernel.build_id() or "00"
    show("types of this kernel", len(Btf.parse(kernel._map(path))) - 1, "types")
    show("index, cold", best(lambda: Btf.parse(kernel._map(path)).find_all("pid_namespace")), "ms")
    kept = str(folder / "kept.index")
    btf = Btf.parse(kernel._map(path))
    btf.find_all("pid_namespace")
    show("index, written", best(lambda: kernel.write_index(btf, kept, build), 3), "ms")
    show("index, read back", best(lambda: kernel._read_index(kept, kernel._map(path), build)), "ms")
    cached = kernel._read_index(kept, kernel._map(path), build)
    assert cached is not None
    show("a type by its name, known to the index", best(lambda: cached.find_all("pid_namespace")), "ms")
    fresh = (f"no_such_type_{number}" for number in range(100))
    show("a type by its name, new", best(lambda: cached.find_all(next(fresh))), "ms")


def processes(folder: Path) -> None:
    """Whole processes, from their start to their end (cold: without what is written then)."""

    def python(name: str, code: str, *arguments: object, cold: bool = False) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(folder / "cache")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        code = f"import time; start = time.perf_counter()\n{code}\nprint(time.perf_counter() - start, flush=True)"
        command = [sys.executable, "-c", code, *map(str, arguments)]
        whole, inside = [], []
        for _ in range(7):
            if cold:
                shutil.rmtree(folder / "cache", ignore_errors=True)
            start = time.perf_counter()
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                line = process.stdout.readline()
                taken = time.perf_counter() - start
            if process.returncode or not line:
                raise RuntimeError(f"{command} failed")
            whole.append(taken)
            inside.append(float(line))
        show(name, min(whole) * 1000, "ms")
        show(f"{name}: of that, after Python itself has started", min(inside) * 1000, "ms")

    if not Path(f"{kernel.SYSFS}/vmlinux").exists():
        return
    python("an empty Python process", "pass")
    python("process that finds a kernel type, cold", FIND, cold=True)
    python("process that finds a kernel type, cached", FIND)
    built = compiled(folder)
    if built is None or os.geteuid():
        return
    python("10 CO-RE relocations to loaded, cold", LOAD, built, cold=True)
    python("10 CO-RE relocations to loaded, cached", LOAD, built)
    if shutil.which("gcc") and Path("/usr/include/bpf/libbpf.h").exists():
        (folder / "peer.c").write_text(LIBBPF)
        subprocess.run(["gcc", "-O2", "-o", folder / "peer", folder / "peer.c", "-lbpf"], check=True)
        show(
            "the same, libbpf in C",
            best(lambda: subprocess.run([folder / "peer", built], check=True), clock=time.perf_counter),
            "ms",
        )
    bpftool = shutil.which("bpftool") or shutil.which("bpftool", path="/usr/sbin")
    if bpftool and shutil.which("unshare"):
        (folder / "bpffs").mkdir()
        command = ["unshare", "--mount", sys.executable, "-c", BPFTOOL, bpftool, built, folder / "bpffs"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            show("the same, bpftool", float(done.stdout), "ms")


def compiled(folder: Path) -> Path | None:
    """The object, by the clang that there is."""
    source, out = folder / "probe.c", folder / "probe.o"
    source.write_text(SOURCE)
    options = ["-O2", "-g", "-mcpu=v3", "-Wno-everything", "-c", source, "-o", out]
    for command in (
        ["clang", "-target", "bpf"],
        [sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding"],
    ):
        try:
            if not subprocess.run([*command, *options], capture_output=True).returncode:
                return out
        except OSError:
            continue
    return None


def values() -> None:
    builder = Builder([Int("unsigned int", 4), Int("unsigned long", 8)])
    members = [Member("pid", 1, 0), Member("tgid", 1, 32), Member("time", 2, 64), Member("bytes", 2, 128)]
    builder.add(Struct("event", 24, members))
    btf = builder.btf()
    number, event = btf.codec(2), btf.codec(3)
    raw, rounds = event.encode((1, 2, 3, 4)), range(100_000)

    def per_call(name: str, function: object) -> None:
        def loop() -> None:
            call = function
            for _ in rounds:
                call()  # type: ignore[operator]

        show(name, best(loop) * 10, "ns")

    per_call("encode a u64", lambda: number.pack(5))
    per_call("decode a u64", lambda: number.unpack(raw[:8])[0])
    per_call("decode a struct of 4", lambda: event.decode(raw))
    per_call("encode a struct of 4", lambda: event.encode((1, 2, 3, 4)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        index(Path(name))
        processes(Path(name))
        values()
