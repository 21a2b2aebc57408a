"""Guards one file: nobody opens it.

python main.py FILE                    on this machine, until Ctrl-C: needs root and a kernel with lsm=bpf
python main.py FILE COMMAND [ARG...]   COMMAND and all that it starts; needs no privilege
"""

import sys
import time
from pathlib import Path

import ebpf

SOURCE = Path(__file__).with_name("open_guard.bpf.c")


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("main.py: a FILE to guard is wanted")
    file, *command = sys.argv[1:]
    spec = ebpf.compile(SOURCE, vmlinux="shipped")  # any kernel's types do: the fields it reads are found at the load
    # The command's calls are judged in this process; those of the whole machine, in the kernel.
    spec.programs["guard_call" if command else "guard_file"].autoload = True
    engine = "vm" if command else "kernel"
    with ebpf.load(spec, engine=engine, variables={"guarded": str(Path(file).resolve())}) as obj:
        try:
            obj.attach()
            if command:
                sys.exit(obj.spawn(command).wait())
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            pass
        finally:
            print(f"refused {obj.variables['refused'].value} times", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
