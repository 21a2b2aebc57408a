"""Prints each program that is started.

python main.py                    on this machine: needs root
python main.py COMMAND [ARG...]   by COMMAND and all that it starts; needs no privilege
"""

import sys
from pathlib import Path

import ebpf

SOURCE = Path(__file__).with_name("exec_snoop.bpf.c")


def main() -> None:
    command = sys.argv[1:]
    # A command's own calls are seen from inside this process; those of the whole machine, from the kernel.
    with ebpf.load(SOURCE, engine="vm" if command else "kernel") as obj:
        obj.attach()
        process = obj.spawn(command) if command else None
        events = obj.events["events"]
        print(f"{'PID':>8} {'UID':>6}  {'BY':<16} PROGRAM")
        running = True
        while running:
            running = process is None or process.poll() is None
            for event in events.read(timeout=0.1):
                print(f"{event.pid:>8} {event.uid:>6}  {event.comm:<16} {event.path}", flush=True)
        if events.lost:
            print(f"{events.lost} lost", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
