# coach-tui: everything a contributor runs. Needs Python 3.11 or newer and make, nothing else.
#
#   make run ARGS=--demo          another Python: make run PYTHON=/path/to/python3.12

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Four workers also on two cores: most tests wait for a screen or a disk. A group of tests that shares
# something built stays on one of them.
PYTEST := $(BIN)/python -m pytest -n 4 --dist loadgroup
ARGS ?=

# The README shows the snapshot of the sample caseload, without the font that it would fetch.
PICTURES := tests/snapshots/__snapshots__/test_screens

# The first Python that is new enough and can make a virtual environment. Recursively expanded (=), so
# that the search runs only when there is an environment to make.
PYTHON = $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	"$$name" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$name"; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run test check format bench torture snap dist lock clean $(VENV)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## make .venv if needed and open the app (ARGS="--demo")
	@$(BIN)/coach-tui $(ARGS)

test: $(VENV)/.dev ## run the tests (ARGS="tests/domain -k due")
	@$(PYTEST) $(ARGS)

check: $(VENV)/.dev ## format, lint, types, import contracts, tests: what CI runs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PYTEST)

format: $(VENV)/.dev ## rewrite the sources as the format check wants them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## measure the budgets as ratios; writes benchmarks/results.json
	@$(BIN)/python -m benchmarks $(ARGS)

torture: $(VENV)/.dev ## try the store by force (ARGS="R1=1000 R3", ARGS=--full); writes torture/results.json
	@$(BIN)/python -m torture $(ARGS)

snap: $(VENV)/.dev ## write the screen snapshots anew; read the difference before you commit it
	@$(BIN)/python -m pytest tests/snapshots --snapshot-update $(ARGS)
	@sed '/@font-face/,/}/d' "$(PICTURES)/test_caseload_typical[80x24].svg" > docs/caseload.svg

dist: $(VENV)/.dev ## build wheel and sdist in dist/ and try the wheel in a fresh environment
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist
	@COACH_TUI_DIST=dist $(BIN)/python -m pytest tests/packaging

# Hashes must be those of the public registry, so the machine's own pip settings are set aside; and the
# oldest Python needs the most packages, so the lock is made with it.
COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

lock: $(VENV)/.dev ## choose versions anew where pyproject.toml asks for it (ARGS=--upgrade for all)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock needs a .venv of Python 3.11")'
	@$(COMPILE) $(ARGS) --output-file requirements/run.txt pyproject.toml requirements/build.in
	@$(COMPILE) $(ARGS) --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml requirements/build.in

clean: ## remove all that was made, .venv included
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
		snapshot_report.html benchmarks/results.json torture/results.json
	find coach_tui tests benchmarks torture -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second `make run` finds its environment as new as the lock and starts at once.

$(VENV): $(VENV)/.dev

$(VENV)/.made:
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
		echo "coach-tui needs Python 3.11 or newer, with venv. Install it, or say where it is: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.txt pyproject.toml
	@echo "Installing what coach-tui needs"
	@$(PIP) install --quiet --require-hashes --requirement requirements/run.txt
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what development needs"
	@$(PIP) install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@
