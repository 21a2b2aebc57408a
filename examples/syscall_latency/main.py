"""How long each system call takes, as histograms of microseconds.

python main.py SECONDS            on this machine: needs root
python main.py COMMAND [ARG...]   those of COMMAND and all that it starts; needs no privilege (being traced takes time, too)
"""

import os
import sys
import time
from pathlib import Path

import ebpf
from ebpf.uapi.syscalls import syscalls

SOURCE = Path(__file__).with_name("syscall_latency.bpf.c")


def show(latencies: ebpf.Map) -> None:
    names = {number: call.name for number, call in syscalls(os.uname().machine).by_number.items()}
    for number, histogram in sorted(latencies.items(), key=lambda item: -sum(item[1].slots)):
        slots = histogram.slots
        print(f"\n{names.get(number, number)}: {sum(slots)} calls")
        for slot, count in enumerate(slots):
            if count:
                print(f"{1 << slot:>10} µs {count:>8} {'█' * max(1, 40 * count // max(slots))}")


def main() -> None:
    words = sys.argv[1:]
    if not words:
        sys.exit("main.py: SECONDS or a COMMAND is wanted")
    seconds = float(words[0]) if words[0].replace(".", "", 1).isdigit() else 0.0
    with ebpf.load(SOURCE, engine="kernel" if seconds else "vm") as obj:
        obj.attach()
        if seconds:
            time.sleep(seconds)
        else:
            obj.spawn(words).wait()
        show(obj.maps["latencies"])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
