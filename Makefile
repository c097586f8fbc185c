# The manual of this house: `make` alone prints it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
DATA ?= newsroom
PORT ?= 8000
.PHONY: help setup run test slow check fix golden bench docs demo-pictures lock

help: ## Print this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready ## Make the environment (.venv) from the pinned locks

.venv/.ready: requirements-dev.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Dateline needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## Run a newsroom with the demonstration agency at http://127.0.0.1:8000/
	@$(BIN)/dateline demo --if-empty --data $(DATA)
	@exec $(BIN)/dateline run --data $(DATA) --port $(PORT)

check: setup ## Format, lint, types, layers, migrations, templates
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/lint-imports
	$(BIN)/python -m mypy
	$(BIN)/python tools/check_migrations.py

test: setup ## All tests but the slow ones; installs Debian's chromium and readers where it may
	@sh tools/install_test_tools.sh
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadgroup

slow: setup ## The slow suites: crashes, archives of 20,000 stories, every page in a browser
	@sh tools/install_test_tools.sh
	$(BIN)/python -m pytest -m slow

fix: setup ## Mend format and what ruff can mend
	$(BIN)/ruff check --fix src tests tools
	$(BIN)/ruff format src tests tools

golden: setup ## Write the golden files anew; read their diff as if it were code
	$(BIN)/python -m pytest tests/golden --rewrite-golden -q

bench: setup ## Run the benchmarks and write docs/performance.md
	@sh tools/install_test_tools.sh
	$(BIN)/dateline bench all --into docs/performance.md

docs: setup ## Take the README's screenshots and check the docs
	@sh tools/install_test_tools.sh
	$(BIN)/python tools/take_screenshots.py
	$(BIN)/python -m pytest tests/test_docs.py -q

demo-pictures: setup ## Draw the demonstration agency's pictures anew from their SVG
	$(BIN)/python tools/draw_demo_pictures.py

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --generate-hashes --no-header --no-emit-index-url --no-annotate -p 3.11 -U -o requirements.lock -q
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-header --no-emit-index-url --no-annotate -p 3.11 -U -o requirements-dev.lock -q
