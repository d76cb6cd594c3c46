# make run: install, index the sample plans, start the web page.  make test / make check: what CI runs.
VENV ?= .venv
LIBRARY ?= .library
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
# SLIM=1 leaves torch and sentence-transformers out; the built-in encoder needs neither.
EXTRA := $(if $(SLIM),,[models])
RUN_STAMP := $(VENV)/.run$(if $(SLIM),-slim,)
TEST_STAMP := $(VENV)/.test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test check format docs clean

run: $(RUN_STAMP)
	@$(BIN)/policy add --library $(LIBRARY) corpus/samples >/dev/null
	@$(BIN)/policy serve --library $(LIBRARY)

test: $(TEST_STAMP)
	@$(BIN)/python -m pytest

check: $(TEST_STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m assistant.reference --check

format: $(TEST_STAMP)
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .

docs: $(TEST_STAMP)
	@$(BIN)/python -m assistant.reference

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本，请先安装（python.org 或系统软件源）。"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "正在安装所需软件包（首次运行需几分钟）……"
	@$(PIP) -e '.$(EXTRA)'
	@touch $@

$(TEST_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "正在安装测试所需软件包……"
	@$(PIP) -e '.[models,ocr,dev]'
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) $(LIBRARY) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
