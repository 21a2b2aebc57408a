"""`python -m bench [--peers] [NAME…]`: runs the benchmarks, each in a process of its own. Each prints one JSON line a figure.

With `--peers`, pylibbpf and pythonbpf are installed for the run (see bench/peers.py); other peers are taken where they are.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import peers  # noqa: E402


def main(names: list[str]) -> int:
    known = {path.stem: path for path in sorted(HERE.glob("*.py")) if path.stem not in ("__main__", "peers")}
    with_peers = "--peers" in names
    names = [name for name in names if name != "--peers"]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"bench: no {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    status = 0
    with peers.installed() if with_peers else nullcontext():
        for name in names or known:
            print(f"# {name}", flush=True)
            status |= subprocess.run([sys.executable, str(known[name])], check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
