"""What clang writes with -S assembles to what it writes with -c."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ebpf.asm import assemble, encode

SOURCE = """
typedef unsigned long u64; typedef unsigned u32;
__attribute__((section("a"))) u64 f(u64 *p, u32 *q, signed char *c, u64 n, u32 m) {
    u64 r = 0;
    for (u64 i = 0; i < n; i++) { r += c[i]; if ((int)i > (int)m) r ^= q[i]; if (r & 7) break; }
    r += __sync_fetch_and_add(p, 3) + __sync_fetch_and_or(q, 5) + __sync_val_compare_and_swap(p, r, n);
    r += __sync_lock_test_and_set(q, m);
    __sync_fetch_and_add(p, n); __sync_fetch_and_xor(q + 1, m);
    r += (long)(short)r + (long)(int)n; r += n / m; r += n % 7; r += m / 3u; r /= 5;
    r += __builtin_bswap16(r) + __builtin_bswap32(m) + __builtin_bswap64(n);
    p[2] = 7; q[3] = m; c[1] = -1; ((short *)c)[3] = 5;
    *(volatile short *)(c + 8) = *(volatile short *)(c + 10);
    r -= 0x123456789abcdefUL; r = -r; m = -m;
    return r + m;
}
"""


def clang() -> str | None:
    for name in ("clang", "clang-14", "clang-16", "clang-18"):
        path = shutil.which(name)
        if (
            path
            and "bpf" in subprocess.run([path, "-print-targets"], capture_output=True, text=True, check=False).stdout
        ):
            return path
    return None


@pytest.mark.parametrize("order", ["little", "big"])
def test_the_text_is_the_code(order: str, tmp_path: Path) -> None:
    path, objcopy = clang(), shutil.which("llvm-objcopy") or shutil.which("llvm-objcopy-14")
    if path is None or objcopy is None:
        pytest.skip("needs clang with a BPF target, and llvm-objcopy")
    (tmp_path / "x.c").write_text(SOURCE)
    target = "bpfel" if order == "little" else "bpfeb"
    for option, name in (("-S", "x.s"), ("-c", "x.o")):
        subprocess.run(
            [path, "-target", target, "-O2", "-mcpu=v3", option, str(tmp_path / "x.c"), "-o", str(tmp_path / name)],
            check=True, timeout=60,
        )  # fmt: skip
    subprocess.run(
        [objcopy, "-O", "binary", "--only-section=a", str(tmp_path / "x.o"), str(tmp_path / "x.bin")], check=True
    )
    # The directives are no instructions; labels that begin with a dot are the compiler's own ends.
    lines = [line for line in (tmp_path / "x.s").read_text().splitlines() if not re.match(r"\s*\.(?!insn)", line)]
    code = encode(assemble("\n".join(lines)), order)
    assert len(code) > 400
    assert code == (tmp_path / "x.bin").read_bytes()
