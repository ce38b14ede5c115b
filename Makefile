# `make` tells what there is. Every target sets up what it needs, once; the stamps below say when to do it again.

PORT ?= 8000
VITE_PORT ?= 5173
PYTHON ?= python3
ENV ?= dev
MINUTES ?= 2
SEED ?=

.SILENT:
MAKEFLAGS += --no-print-directory

RUN := .venv/bin/python
PYTHON_READY := .venv/.ready
NODE_READY := frontend/node_modules/.ready
APP_BUILT := frontend/dist/index.html
APP_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/*.ts -type f 2>/dev/null)

.PHONY: help local dev test lint format types bench load bench-app soak screenshots package cost bootstrap plan deploy destroy smoke test-infra lock clean setup

help: ## List what make can do
	awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

local: $(PYTHON_READY) $(APP_BUILT) ## Run Parley on this machine (PORT=8000); no AWS account needed
	exec $(RUN) -m local --port $(PORT)

dev: $(PYTHON_READY) $(NODE_READY) ## The same with Vite: changes of the app and of the functions take effect at once
	$(RUN) -m local --port $(PORT) --app-origin http://localhost:$(VITE_PORT) & \
	stack=$$!; \
	trap 'kill $$stack 2>/dev/null; wait $$stack' EXIT; \
	trap 'exit 0' INT TERM; \
	PARLEY_SITE_URL=http://127.0.0.1:$(PORT) npm --prefix frontend run --silent dev -- \
		--host localhost --port $(VITE_PORT) --strictPort --logLevel warn

test: $(PYTHON_READY) $(NODE_READY) ## Every check of code and app, in a real browser too; CI adds make test-infra
	$(RUN) -m tests.run

lint: $(PYTHON_READY) $(NODE_READY) ## Style, types and function files, without running tests
	$(RUN) -m tests.run lint

format: $(PYTHON_READY) $(NODE_READY) ## Put all code into its standard form
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .
	npm --prefix frontend run --silent format

types: $(PYTHON_READY) ## Generate the app's wire types from shared/protocol
	$(RUN) -m tools.protocol_types

bench: $(PYTHON_READY) ## Measure CPU per message, AWS calls per command, cold starts (DOCS=1: into docs/performance.md)
	$(RUN) -m tools.bench $(if $(DOCS),--docs)

load: $(PYTHON_READY) ## Measure rooms of up to 5,000 connections, and a flood (SIZES=2,10 SECONDS=5 ONLY=rooms DOCS=1)
	$(RUN) -m tools.load $(if $(SIZES),--sizes $(SIZES)) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(ONLY),--only $(ONLY)) $(if $(DOCS),--docs)

package: $(PYTHON_READY) ## Build what Terraform deploys: the layer and one zip for each function
	$(RUN) -m tools.package

cost: $(PYTHON_READY) ## What a month costs: USERS, MESSAGES, ROOM, HOURS, ROOMS, WATCHING, OPENINGS, HTTP, KEPT, NAT
	$(RUN) -m tools.cost $(foreach each,USERS MESSAGES ROOM HOURS ROOMS WATCHING OPENINGS HTTP KEPT NAT,\
		$(if $($(each)),--$(shell echo $(each) | tr A-Z a-z) '$($(each))'))

bench-app: $(PYTHON_READY) $(APP_BUILT) ## Measure what the app loads, how soon it is ready, and how it scrolls
	npm --prefix frontend run --silent bench

soak: $(PYTHON_READY) ## Many clients under many faults, and whether all promises held (MINUTES=2 SEED=…)
	$(RUN) -m tests.chaos --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

screenshots: $(PYTHON_READY) $(APP_BUILT) ## Picture every screen of the app into frontend/screenshots, and the README's two
	npm --prefix frontend run --silent screenshots

bootstrap: $(PYTHON_READY) ## Make the bucket for Terraform's state, once per AWS account and region
	$(RUN) -m tools.deploy bootstrap

plan: $(PYTHON_READY) $(APP_BUILT) package ## Show what `make deploy` would change in AWS (ENV=dev, staging or prod)
	$(RUN) -m tools.deploy plan $(ENV)

deploy: $(PYTHON_READY) $(APP_BUILT) package ## Build everything and bring it to AWS (ENV=dev); it asks before it changes anything
	$(RUN) -m tools.deploy apply $(ENV)

destroy: $(PYTHON_READY) $(APP_BUILT) package ## Take an environment away again (ENV=dev); it asks first
	$(RUN) -m tools.deploy destroy $(ENV)

smoke: $(PYTHON_READY) ## The end-to-end tests against what is deployed (ENV=dev)
	$(RUN) -m tools.deploy smoke $(ENV)

test-infra: $(PYTHON_READY) $(APP_BUILT) ## Check infra/ and apply it to an emulated AWS account (needs Terraform)
	$(RUN) -m tests.infra

lock: $(PYTHON_READY) ## Renew the lock files after a change of pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip compile pyproject.toml --all-extras --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements.lock
	.venv/bin/uv pip compile pyproject.toml --python-version 3.13 --python-platform aarch64-manylinux2014 \
		--constraint requirements.lock --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements-lambda.lock

clean: ## Remove what was built or fetched; people and messages in .local stay
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build frontend/node_modules frontend/dist

setup: $(PYTHON_READY) $(NODE_READY) $(APP_BUILT) ## Only what the others do first: packages and the built app

$(PYTHON_READY): requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Parley needs Python 3.11 or newer; if it has another name here: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; \
	}
	echo "Setting up Python packages (the first time this takes about a minute)…"
	$(PYTHON) -m venv .venv >/dev/null || { \
		echo "Python cannot make a virtual environment here; on Debian or Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; \
	}
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(NODE_READY): frontend/package-lock.json
	command -v npm >/dev/null || { \
		echo "Parley's app is built with Node.js 20.19 or newer, with npm; see https://nodejs.org" >&2; \
		exit 1; \
	}
	echo "Setting up the app's packages (the first time this takes about half a minute)…"
	npm --prefix frontend ci --loglevel=error --no-audit --no-fund >/dev/null
	touch $@

$(APP_BUILT): $(NODE_READY) $(APP_SOURCES)
	echo "Building the app…"
	npm --prefix frontend run --silent build -- --logLevel warn
	touch $@
