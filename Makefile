# Two commands do all the set-up on a fresh machine with Python 3.11+, make and git: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= samples
N ?= 0
WORKERS ?= 2
SECONDS ?= 60
PUBLISH ?= 5
PARALLEL := --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
# Compiled modules are kept, whatever the environment says: without them each command of the program starts by compiling it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install run test test-reloaded test-opensearch check attack audit sbom licences bench load quality weights lock clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

install: .venv/installed ## Make .venv from the lock and compile the translations

.venv/installed: requirements-dev.txt web/translations/en/LC_MESSAGES/messages.po
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kliping needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 run")'
	@test -x $(BIN)/python || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m dependencies.installing requirements-dev.txt
	@$(BIN)/pybabel --quiet compile -d web/translations
	@touch $@

run: install ## Serve the archive at http://127.0.0.1:8000 (the sample articles where there are no others)
	@if [ -d instance/articles ]; then $(BIN)/flask reindex --if-needed; else $(BIN)/flask reindex --if-needed samples; fi
	@$(BIN)/gunicorn --bind $(HOST):$(PORT) --workers $(WORKERS) wsgi:app

test: install ## Run all tests, on all cores
	$(BIN)/python -m pytest -q $(PARALLEL)

test-reloaded: install ## Run the tests of the index over Whoosh-Reloaded in place of whoosh3
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target .whoosh-reloaded -r requirements-reloaded.txt
	PYTHONPATH=.whoosh-reloaded $(BIN)/python -c 'import whoosh; print("Whoosh", whoosh.versionstring())'
	PYTHONPATH=.whoosh-reloaded $(BIN)/python -m pytest -q $(PARALLEL) tests/contract tests/index/embedded tests/index/reindexing

test-opensearch: install ## Run the tests over a real OpenSearch node, which Maven's artifacts and a Java from 21 on make
	@$(BIN)/python -m tests.opensearch

check: install ## Lint, format, types and dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/python -m dependencies audit

attack: install ## Attack what is promised, up to half an hour on two quiet cores: make attack [SEED=N] [ONLY=kills] [SHARE=0.1] [TIME=3]
	@$(BIN)/python -m tests.attack $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(SHARE),--share $(SHARE)) $(if $(TIME),--time $(TIME))

audit: install ## Check that the dependencies fit together, and whether a vulnerability of one is known
	@$(BIN)/python -m dependencies audit

sbom: install ## Write the list of parts in CycloneDX format
	@$(BIN)/python -m dependencies sbom

licences: install ## Renew the table of licences in docs/licences.md after a change of the lock
	@$(BIN)/python -m dependencies licences

bench: install ## Measure: make bench DATA=<folder or file of articles> N=<articles> [PEERS=1] [GROWTH=1] [ENGINE=opensearch ADDRESS=<address>]
ifeq ($(ENGINE),opensearch)
	$(BIN)/python -m benchmarks.cluster --data $(DATA) --articles $(N) --address "$(ADDRESS)"
else
	$(BIN)/python -m benchmarks --data $(DATA) --articles $(N) $(if $(PEERS),--peers) $(if $(GROWTH),--growth $(filter-out 1,$(GROWTH)))
endif

load: install ## Measure a server under load: make load DATA=<articles> [SECONDS=600] [PUBLISH=5]
	$(BIN)/python -m benchmarks.load --data $(DATA) --seconds $(SECONDS) --publish $(PUBLISH)

quality: install ## Measure how well Indonesian is understood: make quality DATA=<folder like ../shared/data>
	@$(BIN)/python -m quality --data $(DATA) $(if $(ONLY),--only $(ONLY)) $(if $(PIN),--pin)

weights: install ## Learn roots and families anew from raw articles: make weights DATA=<articles>
	$(BIN)/python -m index.words.roots.learn --data $(DATA)
	$(BIN)/python -m index.words.families.learn --data $(DATA)

lock: install ## Bring the lock files in step with pyproject.toml: make lock [UPGRADE=1] (then newer versions, too)
	$(BIN)/pip-compile -q $(LOCK) -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q $(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

LOCK := $(if $(UPGRADE),--upgrade) --strip-extras --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

clean: ## Remove what can be made again (never instance/)
	rm -rf .venv .whoosh-reloaded .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
