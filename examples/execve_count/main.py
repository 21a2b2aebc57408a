"""Counts the calls of execve, a line a second.

    python main.py                    every call on this machine: needs root and a kernel with kprobes
    python main.py COMMAND [ARG...]   while COMMAND runs; without privilege, its own calls only

The next line is what `ebpf generate` runs; it wrote the module execve_count.

# ebpf:generate bpf2py execve_count kprobe.bpf.c
"""

import sys
import time

from execve_count import ExecveCount

import ebpf


def main() -> None:
    command = sys.argv[1:]
    with ExecveCount.load() as obj:
        print(f"engine: {obj.engine.name} ({obj.why})", file=sys.stderr)
        if obj.engine.name == "vm" and not command:
            sys.exit("main.py: in this process only a command's own calls can be counted: main.py COMMAND [ARG...]")
        obj.kprobe_execve.attach()
        process = obj.spawn(command) if command else None
        running = True
        while running:
            time.sleep(1)
            running = process is None or process.poll() is None
            now = time.strftime("%Y/%m/%d %H:%M:%S")
            print(f"{now} sys_execve called {obj.kprobe_map[0]} times", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
