# `make` lists what there is. Every target sets up what it needs, once; the stamps below say when to do it again.

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

HASH := \#
ifneq ($(findstring $(HASH),$(CURDIR))$(findstring ?,$(CURDIR)),)
$(error The app cannot be built in a folder whose path holds "$(HASH)" or "?": $(CURDIR). Move the checkout and try again)
endif

# A virtual environment whose Python is gone (it was upgraded, or the checkout was moved) is set up again.
ifneq ($(wildcard $(PYTHON_READY)),)
ifneq ($(shell $(RUN) -c 'print("works")' 2>/dev/null),works)
$(info The Python of .venv is gone; setting it up again.)
$(shell rm -f $(PYTHON_READY))
endif
endif

.PHONY: help local dev sample test check lint format types bench load bench-app soak screenshots package cost \
	bootstrap plan deploy destroy smoke canary test-infra lock clean setup

help: ## List what make can do
	awk '/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { split($$0, part, ":.*## "); printf "  make %-12s %s\n", part[1], part[2] }' $(MAKEFILE_LIST)

##@ Try it

local: $(PYTHON_READY) $(APP_BUILT) ## Run Parley on this machine (PORT=8000 STATE=.local EMPTY=1); no AWS account needed
	exec $(RUN) -m local --port $(PORT) $(if $(STATE),--state '$(STATE)') $(if $(EMPTY),--empty)

dev: $(PYTHON_READY) $(NODE_READY) ## Run it with Vite: changes of the app and of the functions take effect at once
	$(RUN) -m local --port $(PORT) --app-origin http://localhost:$(VITE_PORT) & \
	stack=$$!; \
	trap 'kill $$stack 2>/dev/null; wait $$stack' EXIT; \
	trap 'exit 0' INT TERM; \
	PARLEY_SITE_URL=http://127.0.0.1:$(PORT) npm --prefix frontend run --silent dev -- \
		--host localhost --port $(VITE_PORT) --strictPort --logLevel warn

##@ Work on it

check: $(PYTHON_READY) $(NODE_READY) ## What to run while working: style, types, unit tests of code and app; under two minutes
	$(RUN) -m tests.run check

test: $(PYTHON_READY) $(NODE_READY) ## Run every check of code and app, in a real browser too; CI adds make test-infra
	$(RUN) -m tests.run

test-infra: $(PYTHON_READY) $(APP_BUILT) ## Check infra/ and apply it to an emulated AWS account (needs Terraform)
	$(RUN) -m tests.infra

lint: $(PYTHON_READY) $(NODE_READY) ## Style, types and function files, without running tests
	$(RUN) -m tests.run lint

format: $(PYTHON_READY) $(NODE_READY) ## Put all code into its standard form
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .
	npm --prefix frontend run --silent format

types: $(PYTHON_READY) ## Generate the app's wire types from shared/protocol
	$(RUN) -m tools.protocol_types

soak: $(PYTHON_READY) ## Run many clients under many faults, and check every promise (MINUTES=2 SEED=…)
	$(RUN) -m tests.chaos --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

screenshots: $(PYTHON_READY) $(APP_BUILT) ## Take a picture of every screen into frontend/screenshots, and of the README
	npm --prefix frontend run --silent screenshots

##@ Measure it

bench: $(PYTHON_READY) ## Measure CPU per message, AWS calls per command, cold starts (DOCS=1: into docs/performance.md)
	$(RUN) -m tools.bench $(if $(DOCS),--docs)

load: $(PYTHON_READY) ## Measure rooms of up to 5,000 connections, a flood, and a storm of reactions (SIZES=2,10 SECONDS=5 ONLY=rooms DOCS=1)
	$(RUN) -m tools.load $(if $(SIZES),--sizes $(SIZES)) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(ONLY),--only $(ONLY)) $(if $(DOCS),--docs)

bench-app: $(PYTHON_READY) $(APP_BUILT) ## Measure what the app loads, how soon it is ready, and how it scrolls
	npm --prefix frontend run --silent bench

cost: $(PYTHON_READY) ## What a month costs: USERS, MESSAGES, ROOM, HOURS, ROOMS, WATCHING, REACTIONS, EDITS, MENTIONS, TYPING, OPENINGS, HTTP, KEPT, NAT, ALARMS, CANARY
	$(RUN) -m tools.cost $(foreach name,USERS MESSAGES ROOM HOURS ROOMS WATCHING REACTIONS EDITS MENTIONS TYPING OPENINGS HTTP KEPT NAT ALARMS CANARY,\
		$(if $($(name)),--$(shell echo $(name) | tr A-Z a-z) '$($(name))'))

##@ Run it in AWS

package: $(PYTHON_READY) ## Build what Terraform deploys: the layer and one zip for each function
	$(RUN) -m tools.package

bootstrap: $(PYTHON_READY) ## Create what an AWS account needs once per region: the bucket for Terraform's state, and API Gateway's logging role
	$(RUN) -m tools.deploy bootstrap

plan: $(PYTHON_READY) $(APP_BUILT) package ## Show what `make deploy` would change in AWS (ENV=dev, staging or prod)
	$(RUN) -m tools.deploy plan $(ENV)

deploy: $(PYTHON_READY) $(APP_BUILT) package ## Build everything and apply it to AWS (ENV=dev); it asks before it changes anything
	$(RUN) -m tools.deploy apply $(ENV)

destroy: $(PYTHON_READY) $(APP_BUILT) package ## Delete an environment (ENV=dev); it asks first
	$(RUN) -m tools.deploy destroy $(ENV)

sample: $(PYTHON_READY) ## Write the sample rooms into an environment, as alice, bob and carol (ENV=dev)
	$(RUN) -m tools.deploy sample $(ENV)

canary: $(PYTHON_READY) ## Give the canary an account, or a new password (ENV=prod); `make deploy` does it the first time
	$(RUN) -m tools.deploy canary $(ENV)

smoke: $(PYTHON_READY) ## The end-to-end tests against what is deployed (ENV=dev)
	$(RUN) -m tools.deploy smoke $(ENV)

##@ Keep it in order

setup: $(PYTHON_READY) $(NODE_READY) $(APP_BUILT) ## Install packages and build the app, which the other targets do when needed

lock: $(PYTHON_READY) ## Renew the lock files after a change of pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip compile pyproject.toml --all-extras --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements.lock
	.venv/bin/uv pip compile pyproject.toml --python-version 3.13 --python-platform aarch64-manylinux2014 \
		--constraint requirements.lock --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements-lambda.lock

clean: ## Remove everything that was built or fetched; people and messages in .local stay
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build frontend/node_modules frontend/dist

$(PYTHON_READY): requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Parley needs Python 3.11 or newer; if it has another name here: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; \
	}
	echo "Setting up Python packages (the first time this takes about a minute)…"
	$(PYTHON) -m venv --clear .venv >/dev/null || { \
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
	npm --prefix frontend ci --include=dev --loglevel=error --no-audit --no-fund >/dev/null || { \
		echo "The app's packages could not be installed. If it fails again: make clean, and once more" >&2; \
		exit 1; \
	}
	touch $@

$(APP_BUILT): $(NODE_READY) $(APP_SOURCES)
	echo "Building the app…"
	npm --prefix frontend run --silent build -- --logLevel warn
	touch $@
