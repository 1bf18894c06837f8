# Every target makes what it needs first. `make help` lists them.

PORT ?= 8000
# The first interpreter on the path that is new enough.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME = $(VENV)/.runtime
DEV = $(VENV)/.dev
# Only `make lock` needs it: it writes the files that everything else is installed from.
UV = uv==0.13.9
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL = help
.PHONY: help run test check bench pictures setup setup-dev lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) ## serve the demo at http://127.0.0.1:8000 (PORT= changes it)
	$(BIN)/carrotmob demo --port $(PORT)

test: $(DEV) ## run the tests, on SQLite, PostgreSQL and in a browser (ARGS= is passed to pytest)
	$(BIN)/python -m tests.harness.chromium
	$(BIN)/python -m pytest $(ARGS)

check: $(DEV) ## lint, types, import rules, and the tests of the house's rules and the docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n0 tests/architecture $(wildcard tests/docs)

bench: $(DEV) ## measure ranking, pledges and pages beside the plainest way, and a mob's day
	$(BIN)/python -m tests.bench

pictures: $(DEV) ## take the README's pictures of the demo's real pages anew
	$(BIN)/python -m tests.pictures

setup: $(RUNTIME) ## make the virtual environment that `make run` uses

setup-dev: $(DEV) ## add what the tests and checks use

lock: | $(BIN)/python ## write requirements*.txt anew from pyproject.toml
	$(PIP) install $(UV)
	$(COMPILE) --upgrade pyproject.toml --group build --output-file requirements.txt
	$(COMPILE) --upgrade pyproject.toml --group build --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove the virtual environment and every cache; the demo's data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Set PYTHON=/path/to/python."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# A stamp is touched only when all went well; a newer requirements file makes it stale.
$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
