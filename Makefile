PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help report verify test bench bench-peers bench-cluster coverage lab lock clean

help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

report: .venv/ready ## build reports/ from seeds/
	$(PY) -m discourse report

verify: .venv/ready ## rebuild the report elsewhere and compare every byte
	$(PY) -m discourse verify reports

test: .venv/ready ## style, types, and every test: unit, doctest, notebook, report
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -n logical --maxprocesses 4 --dist loadfile

SIZE ?= 12
bench: .venv/ready ## compare the speed with other tools on SIZE=12, 100 or 1000 MB of text, and write docs/speed.md
	$(PY) -m tests.benchmarks --size $(SIZE)

bench-peers: .venv/ready ## install Conc, pycorpdiff and scattertext aside, compare the speed with theirs, and write docs/peers.md
	$(PY) -m tests.benchmarks.peers.run

coverage: .venv/ready ## simulate how often intervals contain the truth, and write the tables of docs/uncertainty.md and docs/validity.md
	$(PY) -m tests.simulation

bench-cluster: .venv/ready ## measure two workers on 1 GB of text and on 10 GB they draw, and write docs/cluster.md: an hour
	$(PY) -m tests.benchmarks.cluster
	$(PY) -m tests.benchmarks.cluster --drawn 10

lab: .venv/ready ## open the notebooks in JupyterLab
	$(PY) -m jupyterlab notebooks

lock: ## pin every package by its hash again (needs uv)
	@command -v uv >/dev/null || { echo 'make lock needs the program uv on the PATH: python3 -m pip install uv'; exit 1; }
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra test pyproject.toml -o requirements.lock

clean: ## remove the environment and all caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

# The environment belongs to the folder it was made in: a copy, a move or a Python that went away makes it anew.
ifneq ($(shell $(PY) -c "print(open('.venv/ready').read())" 2>/dev/null),$(CURDIR))
.PHONY: .venv/ready
endif

# Nothing but Python and the package index is needed: every file is pinned by its hash.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'discourse needs Python 3.11 or newer. Name one: make PYTHON=python3.12')"
	@echo 'Installing into .venv: about a minute and 1 GB, only once.'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PY) -c "import os; open('.venv/ready', 'w').write(os.getcwd())"
