PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3 || echo python3.11)
VENV := .venv
CORPORA ?= ../shared/corpora
WORKERS ?= 2
IS_SUPPORTED := -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))'
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST = OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run lint quick test check bench vocab train lock clean

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

run: $(STAMP)  ## read the articles in raw/ into peyer.duckdb and print what was found
	@$(BIN)/peyer run raw

lint: $(STAMP)  ## check style, formatting, types and complexity
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

quick: $(STAMP)  ## run the tests that need neither the model nor Prefect, in about half a minute
	@$(PYTEST) -m "not model and not slow and not shared"

test: $(STAMP)  ## run all tests, in two processes; more: make test WORKERS=N
	@$(PYTEST)

check: lint test  ## lint and test

bench: $(STAMP)  ## time a run over many abstracts (the other scripts in benchmarks/ say how they are called)
	@$(BIN)/python benchmarks/throughput.py

vocab: $(STAMP)  ## compile the bundled vocabulary from ../shared/vocab; another folder: make vocab VOCAB=FOLDER
	@$(BIN)/peyer vocab build $(VOCAB)

train: $(STAMP)  ## make the language model from ../shared/corpora, in a good hour: make train CORPORA=FOLDER
	@$(PIP) install floret==0.10.5 torch==2.13.0
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m extractors.development.training $(CORPORA) --install

lock: $(STAMP)  ## write requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" --extra dev --output-file requirements.lock pyproject.toml

clean:  ## remove .venv and what tests and tools left behind (never a warehouse)
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) $(IS_SUPPORTED) 2>/dev/null || { \
	    echo "peyer needs Python 3.11 or 3.12, but '$(PYTHON)' is $$($(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null || echo missing);" \
	         "install it, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV): a few minutes, once" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
