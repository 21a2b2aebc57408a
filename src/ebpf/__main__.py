"""`python -m ebpf`: the command line."""

from ebpf.cli.main import main

if __name__ == "__main__":
    main()
