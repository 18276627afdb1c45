# `make run` and `make test` set everything up first; `make setup` alone makes .venv.
# requirements.lock is written by (pip-tools, Python 3.11):
#   pip-compile --extra dev --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host \
#     --no-emit-find-links --no-header --strip-extras

.DEFAULT_GOAL := help
.PHONY: help setup run test test-slow test-all lint bench bench-ingest serve clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
# what dbt makes of the models: new homes begin with it (orchestration/dbt_parsed.py)
PARSED := .venv/.parsed
READ_BY_DBT := dbt_project.yml profiles.yml $(shell find models macros seeds tests/dbt -type f)
# `make test WORKERS=2` on a machine that does something else besides
WORKERS ?= auto
# Byte-compiled packages start three times faster; an environment that forbids it is overridden.
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DO_NOT_TRACK := 1

help:
	@echo 'setup     .venv from requirements.lock (once; again when the lock file changes)'
	@echo 'run       setup, then hoso demo: a simulated province from raw lists to published figures'
	@echo 'test      setup, then the quick tests;  test-slow: the others;  test-all: both'
	@echo 'lint      ruff, mypy --strict, sqlfluff'
	@echo 'bench     beside hand-written scripts (DOSSIERS=10000000, the ledger; FIRST=1000000, the whole run)'
	@echo 'serve     Dagster on 127.0.0.1;  clean: everything made here but the data in var/'

setup: $(READY) $(PARSED)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' \
	  || { echo 'hoso needs Python 3.11 (PYTHON=/path/to/python3.11 make setup)' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv \
	  || { echo 'python -m venv failed; on Debian: apt-get install python3-venv' >&2; exit 1; }
	$(BIN)/python -m pip install -q --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-compile --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q -j 0 .venv/lib orchestration expectations >/dev/null || true
	@touch $@

# without it all works, a new home's first build two seconds slower
$(PARSED): $(READY) $(READ_BY_DBT)
	@$(BIN)/python -m orchestration.dbt_parsed && touch $@ || true

run: setup
	$(BIN)/hoso demo

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) -m 'not slow'

# a file's tests share what they set up, so they go to one worker
test-slow: setup
	$(BIN)/python -m pytest -n $(WORKERS) -m slow --dist loadfile --no-loadscope-reorder

test-all: setup
	$(BIN)/python -m pytest -n $(WORKERS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar -p 0 models
	@! grep -rnE '^.{101,}' --include=*.sql models macros tests/dbt \
	  || { echo 'SQL lines over 100 characters' >&2; exit 1; }

# about half an hour and 30 GB of disk; DOSSIERS=1000000 takes a tenth
DOSSIERS ?= 10000000
ROWS ?= 5000000
FIRST ?= 1000000
bench: setup
	$(BIN)/python -m benchmarks.first_pass --dossiers $(FIRST) --write docs/performance.md
	$(BIN)/python -m benchmarks.audit --dossiers $(FIRST) --write docs/performance.md
	$(BIN)/python -m benchmarks.ledger --dossiers $(DOSSIERS) --write docs/performance.md
	$(MAKE) bench-ingest

bench-ingest: setup
	$(BIN)/python -m benchmarks.ingest --rows $(ROWS) --write docs/performance.md

serve: setup
	$(BIN)/hoso serve

clean:
	rm -rf .venv target logs build dbt_packages *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find orchestration expectations tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
