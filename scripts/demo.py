"""`make demo`: from C to a count, the way a user would go.

Compiles examples/execve_count with bpf2py (both byte orders and a typed module), then runs its main.py on a command that
execs for a few seconds: in the kernel where this process may use it and it has kprobes, else in this process.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "execve_count"
COMMAND = ["sh", "-c", "for i in 1 2 3 4 5 6 7 8; do /bin/true; sleep 0.4; done"]


def say(text: str) -> None:
    print(f"\n$ {text}", flush=True)


def main() -> int:
    bin_dir = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{bin_dir}{os.pathsep}{os.environ.get('PATH', '')}"}
    with tempfile.TemporaryDirectory(prefix="ebpf-demo-") as folder:
        work = Path(folder) / "execve_count"
        shutil.copytree(EXAMPLE, work, ignore=shutil.ignore_patterns("*.o", "__pycache__"))
        say("ebpf generate examples/execve_count")
        generate = [sys.executable, "-m", "ebpf", "generate", str(work)]
        status = subprocess.run(generate, env=env, check=False).returncode
        if status:
            return status
        say(f"python examples/execve_count/main.py {COMMAND[0]} {COMMAND[1]} '{COMMAND[2]}'")
        status = subprocess.run([sys.executable, str(work / "main.py"), *COMMAND], env=env, check=False).returncode
        if status:
            return status
        say(
            f"ebpf run examples/execve_count/legacy.bpf.c -- {COMMAND[0]} {COMMAND[1]} 'for i in 1 2 3; do /bin/true; done'"
        )
        short = ["sh", "-c", "for i in 1 2 3; do /bin/true; done"]
        run = [sys.executable, "-m", "ebpf", "run", str(work / "legacy.bpf.c"), "--", *short]
        return subprocess.run(run, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
