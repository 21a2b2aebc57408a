"""Samples of where a process is, as lines for a flame graph: `python main.py … | flamegraph.pl > flame.svg`, or speedscope.

python main.py PID [SECONDS]      of a running process, its kernel stacks, too: needs root
python main.py COMMAND [ARG...]   of COMMAND and all that it starts; needs no privilege
"""

import sys
import time
from collections import Counter
from pathlib import Path

import ebpf
from ebpf.stacks import Symbols

SOURCE = Path(__file__).with_name("flame.bpf.c")
FREQUENCY = 99


def main() -> None:
    words = sys.argv[1:]
    if not words:
        sys.exit("main.py: a PID or a COMMAND is wanted")
    pid = int(words[0]) if words[0].isdigit() else 0
    symbols = Symbols()
    with ebpf.load(SOURCE, engine="kernel" if pid else "vm") as obj:
        sample = obj.programs["sample"]
        if pid:
            sample.attach_perf_event(frequency=FREQUENCY, pid=pid)
            time.sleep(float(words[1]) if len(words) > 1 else 5)
        else:
            sample.attach_perf_event(frequency=FREQUENCY)
            child = obj.spawn(words)
            while child.poll() is None:
                for place in obj.maps["counts"]:  # while they are there: names are asked for at the end
                    symbols.process(place.pid, refresh=True)
                time.sleep(0.05)
        stacks = obj.maps["stacks"]
        lines: Counter[str] = Counter()
        for place, count in obj.maps["counts"].items():
            user = stacks[place.user] if place.user >= 0 else ()
            kernel = stacks[place.kernel] if place.kernel >= 0 else ()
            lines[symbols.folded(place.comm, place.pid, user=user, kernel=kernel)] += count
    for line, count in lines.items():
        print(line, count)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
