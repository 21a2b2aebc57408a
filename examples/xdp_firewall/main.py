"""A firewall for one interface: drops what comes from blocked networks.

python main.py eth0 10.0.0.0/8 192.0.2.7        live, until Ctrl-C: needs root
python main.py capture.pcap 10.0.0.0/8 [...]    tried on a capture first: needs no privilege
"""

import sys
import time
from ipaddress import ip_network
from pathlib import Path

import ebpf

SOURCE = Path(__file__).with_name("firewall.bpf.c")


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit("main.py: an interface or a capture, then networks to block, are wanted")
    where, *networks = sys.argv[1:]
    dry = Path(where).is_file()
    with ebpf.load(SOURCE, engine="vm" if dry else "kernel") as obj:
        blocked = obj.maps["blocked"]
        for text in networks:
            blocked[ip_network(text)] = 0
        if dry:
            obj.programs["firewall"].run_capture(where)
        else:
            with obj.programs["firewall"].attach_xdp(where):
                try:
                    while True:
                        time.sleep(1)
                        dropped = {str(network): count for network, count in blocked.items()}
                        print(f"passed {obj.variables['passed'].value}, dropped {dropped}", flush=True)
                except KeyboardInterrupt:
                    pass
        for network, count in blocked.items():
            print(f"{network}: {count} dropped")
        print(f"{obj.variables['passed'].value} passed")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except (ebpf.EbpfError, ValueError) as error:
        sys.exit(f"main.py: {error}")
