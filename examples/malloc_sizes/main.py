"""What sizes a program asks malloc for.

python main.py PID                of a running process, until Ctrl-C: needs root
python main.py COMMAND [ARG...]   of COMMAND and all that it starts; needs no privilege
"""

import sys
import time
from pathlib import Path

import ebpf

SOURCE = Path(__file__).with_name("malloc_sizes.bpf.c")


def main() -> None:
    words = sys.argv[1:]
    if not words:
        sys.exit("main.py: a PID or a COMMAND is wanted")
    pid = int(words[0]) if words[0].isdigit() else 0
    with ebpf.load(SOURCE, engine="kernel" if pid else "vm") as obj:
        if pid:
            obj.programs["on_malloc"].attach_uprobe("libc.so.6", "malloc", pid=pid)
            try:
                while Path(f"/proc/{pid}").exists():
                    time.sleep(0.1)
            except KeyboardInterrupt:
                pass
        else:
            obj.attach()
            obj.spawn(words).wait()
        for slot, count in obj.maps["sizes"].items():
            if count:
                print(f"{1 << slot:>12} bytes and more: {count}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
