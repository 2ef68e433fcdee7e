PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help report verify test lab clean

help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

report: .venv/ready ## build reports/ from seeds/ (installs everything into .venv first)
	$(PY) -m discourse report

verify: .venv/ready ## rebuild the report elsewhere and compare every byte
	$(PY) -m discourse verify reports

test: .venv/ready ## style, types, unit, doctest, notebook and report tests
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest

lab: .venv/ready ## open the notebooks in JupyterLab
	$(PY) -m jupyterlab notebooks

clean: ## remove the environment and caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache build dist

# Nothing but a Python and the package index is needed: every file is pinned by its hash.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'discourse needs Python 3.11 or newer; call: make PYTHON=python3.12 ...')"
	$(PYTHON) -m venv --clear .venv
	$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
