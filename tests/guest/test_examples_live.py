"""The examples that watch the whole machine: in a kernel of their own."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from run_example import start

pytestmark = pytest.mark.guest


def test_exec_snoop() -> None:
    with start("exec_snoop") as process:
        assert process.stdout
        assert process.stdout.readline().split()[0] == "PID"
        subprocess.run(["sh", "-c", "/bin/true; exit 0"], check=True)
        line = next(line for line in process.stdout if line.split()[3] == "/bin/true")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert line.split()[2] == "sh"
    assert (process.returncode, err) == (0, "")


def test_syscall_latency() -> None:
    # /bin/sleep's own call lasts 0.3 seconds: 2^18 microseconds are 0.26.
    with start("syscall_latency", "20") as process:
        while process.poll() is None:
            subprocess.run(["sleep", "0.3"], check=True)
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    slept = re.search(r"^clock_nanosleep: \d+ calls\n((?: +\d+ µs .*\n)+)", out, re.M)
    assert slept
    assert re.search(r"^ +262144 µs ", slept[1], re.M)


@pytest.mark.timeout(600)
def test_open_guard(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the words")
    with start("open_guard", str(secret)) as process:
        deadline = time.monotonic() + 400
        while time.monotonic() < deadline and process.poll() is None:
            try:
                secret.read_text()
                time.sleep(0.2)
            except PermissionError:
                break
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "refused 1 times\n")
    assert secret.read_text() == "the words"
