# Two commands: `make demo` shows it, `make test` checks it. `make help` lists the rest.
PYTHON ?= python3
BIN = .venv/bin
ARGS ?=

.PHONY: help demo test support lint types bench clean

help:
	@echo "make demo    set up .venv and count execve for a few seconds"
	@echo "make test    set up what the tests need and run them (ARGS='tests/unit -k asm')"
	@echo "make support write docs/kernel-support.md from what the tests use of each kernel"
	@echo "make lint    ruff"
	@echo "make types   mypy --strict"
	@echo "make bench   the benchmarks, beside their peers"
	@echo "make clean   remove what these made"

demo:
	@PYTHON="$(PYTHON)" scripts/setup.sh demo
	@$(BIN)/python scripts/demo.py

test:
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@$(BIN)/python -m pytest $(ARGS)

support:
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@EBPF_SUPPORT=.cache/seen.json $(BIN)/python -m pytest tests/host tests/guest $(ARGS)
	@$(BIN)/python tests/kernel_support.py .cache/seen.json

lint:
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types:
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@$(BIN)/mypy

bench:
	@PYTHON="$(PYTHON)" scripts/setup.sh test
	@$(BIN)/python -m bench

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
