"""`python -m bench [NAME…]`: runs the benchmarks, each in a process of its own. Each prints one JSON line a figure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    known = {path.stem: path for path in sorted(HERE.glob("*.py")) if path.stem != "__main__"}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"bench: no {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    status = 0
    for name in names or known:
        print(f"# {name}", flush=True)
        status |= subprocess.run([sys.executable, str(known[name])], check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
