"""What each container (or service, or pod) sends and receives, from outside it, a table every second.

python main.py [CGROUP]    CGROUP and all below it (default: /sys/fs/cgroup, the whole machine): needs root
"""

import os
import sys
import time
from pathlib import Path

import ebpf

SOURCE = Path(__file__).with_name("pod_traffic.bpf.c")


def main() -> None:
    top = sys.argv[1] if len(sys.argv) > 1 else "/sys/fs/cgroup"
    with ebpf.load(SOURCE, engine="kernel") as obj:
        for program in obj.programs.values():
            program.attach_cgroup(top)
        while True:
            time.sleep(1)
            names = {os.stat(folder).st_ino: folder for folder, _, _ in os.walk(top)}
            print(f"\n{'RECEIVED':>12} {'PACKETS':>8} {'SENT':>12} {'PACKETS':>8}  CGROUP")
            for cgroup, traffic in obj.maps["by_cgroup"].items():
                print(
                    f"{traffic.received:>12} {traffic.received_packets:>8} {traffic.sent:>12} {traffic.sent_packets:>8}"
                    f"  {names.get(cgroup, cgroup)}",
                    flush=True,
                )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
