"""`python -m ebpf`: the command line."""

from ebpf.cli.main import main  # type: ignore[import-not-found]

if __name__ == "__main__":
    main()
