SHELL := /bin/sh
PYTHON3 ?= python3
BIN := .venv/bin
CONFIG ?= laptop

.PHONY: help run test check format bench doctor wheel clean

help: ## Show the targets
	@grep -hE "^[a-z]+:.*##" $(MAKEFILE_LIST) | sed "s/:.*## /\t/" | expand -t 12

run: ## Sources to a fine-tuned, measured small model and a report (CONFIG=laptop)
	@$(PYTHON3) scripts/setup.py train,eval,ledger
	@$(BIN)/algorand-coder run --config $(CONFIG)

test: ## All tests, slow ones included
	@$(PYTHON3) scripts/setup.py train,eval,ledger,llm,ray,serve,dev
	@$(BIN)/pytest

check: ## Lint, format, types, import layers
	@$(PYTHON3) scripts/setup.py train,eval,ledger,llm,ray,serve,dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: ## Speeds as ratios beside their raw counterparts
	@$(PYTHON3) scripts/setup.py train,eval,ledger,llm,ray,serve,dev
	@$(BIN)/python bench/run.py

doctor: ## Every tool with its version; what is missing and how to mend it
	@$(PYTHON3) scripts/setup.py train,eval,ledger
	@$(BIN)/algorand-coder doctor

wheel: ## Build the wheel into dist/
	@$(PYTHON3) scripts/setup.py train,eval,ledger,llm,ray,serve,dev
	@$(BIN)/python -m pip wheel -q --no-deps -w dist .

clean: ## Remove the environment and build outputs (runs/ and the cache stay)
	rm -rf .venv .setup dist build
