# Everything there is to do with a checkout; `make` alone lists it. Recipes are short: the work is in the
# modules they call. Settings come from .env, which the first `make setup` makes from .env.example.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export TOP_SONGS_CACHE ?= $(HOME)/.cache/top-songs
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -u -m pytest --durations=30
# Half of the unit tests are ingest's.
UNIT_LANES := lane-unit lane-ingest
LANES := $(UNIT_LANES) lane-spark lane-services lane-e2e lane-dashboard
WITH_ENV := $(PYTHON) -m local.with_env

.PHONY: help setup demo up down status logs clean replay key simulate test $(LANES) test-unit \
        test-services test-spark test-e2e check bench faults \
        endurance types screenshots import notebook audit redrive rebuild reseed adopt-topic erase withdraw trace

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## fetch and build what is missing (once; seconds when nothing is)
	@local/setup/setup.sh

demo: setup ## run everything with simulated listeners, in the foreground; Ctrl-C stops it
	@$(PYTHON) -m local.demo

up: setup ## start every part in the background; returns when each is ready
	@$(PYTHON) -m local.stack up

down: ## stop every part, also what a killed supervisor left behind
	@$(PYTHON) -m local.stack down

status: ## show each part's state, ports and readiness
	@$(PYTHON) -m local.stack status

logs: ## follow the logs; PART=api for one part
	@$(PYTHON) -m local.stack logs $(PART)

clean: ## remove the data and .env; downloads are kept
	@$(PYTHON) -m local.stack clean

replay: setup ## post a file of plays (JSON lines, also .gz): FILE=plays.jsonl
	@$(WITH_ENV) $(PYTHON) -m clients.post_plays "$(or $(FILE),$(error FILE=… is missing))"

key: setup ## make a write key: NAME=… LISTENER=… (or UNBOUND=1) [REGION=…] [IMPORTS=1]
	@$(WITH_ENV) $(PYTHON) -m ingest.keys create --name "$(or $(NAME),$(error NAME=… is missing))" \
	    $(if $(UNBOUND),--unbound,--listener "$(or $(LISTENER),$(error LISTENER=… is missing, or UNBOUND=1))") \
	    $(if $(REGION),--region "$(REGION)") $(if $(IMPORTS),--imports)

simulate: setup ## post simulated plays to the running stack; ARGS=… for options
	@$(WITH_ENV) $(PYTHON) -m clients.simulator $(ARGS)

import: setup ## turn an export into plays: FILE=… [FORMAT=…] [POST=1] [ARGS='--region GB --dry-run']
	@$(WITH_ENV) $(PYTHON) -m clients.importers "$(or $(FILE),$(error FILE=… is missing))" \
	    $(if $(FORMAT),--format "$(FORMAT)") $(if $(POST),--post) $(ARGS)

redrive: setup ## list why plays are rejected; REASON=malformed judges those again, ARGS=--dry-run only says how
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.redrive $(ARGS) $(if $(REASON),"$(REASON)")

rebuild: setup ## make silver, counts and charts again from bronze, and compare: [REGION=GB DAY=2026-11-22]
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.rebuild $(if $(REGION),--region "$(REGION)") $(if $(DAY),--day "$(DAY)")

reseed: setup ## load live counts of the open days again from silver
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.reseed

adopt-topic: setup ## go on from another Kafka topic, after the first was lost: TOPIC_ID=… as the lake driver's log says
	@KAFKA_ADOPT_TOPIC_ID="$(or $(TOPIC_ID),$(error TOPIC_ID=… is missing))" $(MAKE) up
	@$(MAKE) reseed

erase: setup ## erase a listener everywhere: LISTENER=…, or REQUEST=… to carry on or see the receipt
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.erase \
	    $(if $(REQUEST),--request "$(REQUEST)","$(or $(LISTENER),$(error LISTENER=… is missing))")

withdraw: setup ## take a write key's plays out of all charts: KEY=id or name; UNDO=1 brings them back
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.withdraw $(if $(UNDO),--undo) \
	    "$(or $(KEY),$(error KEY=… is missing))"

trace: setup ## look for a listener in every object and table: LISTENER=…
	@$(WITH_ENV) $(PYTHON) -m orchestration.commands.find_listener "$(or $(LISTENER),$(error LISTENER=… is missing))"

test: setup ## run every test, on separate ports and data, two tiers at a time
	@$(MAKE) --jobs 2 $(LANES)

# Two of these run at any time: the quickest verdict first, then the longest, so that both cores are busy to the end.
# Each is one process, whose tests share their servers.
lane-spark lane-services lane-e2e:
	@$(PYTEST) -m "not faults and $(@:lane-%=%)" | sed -u 's/^/$(@:lane-%=%) | /'

lane-dashboard:
	@$(PYTHON) -m local.setup.npm run test | sed -u 's/^/dashboard | /'

lane-ingest:
	@$(PYTEST) -m "not faults and unit" tests/ingest | sed -u 's/^/unit | /'

lane-unit:
	@$(PYTEST) -m "not faults and unit" --ignore tests/ingest | sed -u 's/^/unit | /'

test-unit: setup ## run the tests that need neither a server nor a JVM
	@$(MAKE) --jobs 2 $(UNIT_LANES)

test-services: setup ## run the tests that need real servers or a browser
	@$(PYTEST) -m "not faults and services"

test-spark: setup ## run the tests that need a lake driver
	@$(PYTEST) -m "not faults and spark"

test-e2e: setup ## run the tests that need the whole stack
	@$(PYTEST) -m "not faults and e2e"

check: setup ## lint, formats, types, import rules, SQL, names
	@$(PYTHON) -m local.checks

bench: setup ## measure against a named baseline; NAME=… for one benchmark
	@$(PYTHON) -m benchmarks $(NAME)

faults: setup ## the long proofs: the whole line against an independent count, also while its parts are killed
	@$(PYTHON) -m pytest -m faults

endurance: setup ## millions of plays while the lake driver is killed; ARGS="--plays 2000000 --kills 10"
	@$(PYTHON) -m tests.faults.two_million_plays $(ARGS)

types: setup ## generate the dashboard's types from the api's description
	@$(PYTHON) -m api.openapi > frontend/openapi.json
	@$(PYTHON) -m local.setup.npm run types

screenshots: setup ## take the pictures of the dashboard in docs/ from the running stack; ARGS=… for options
	@$(WITH_ENV) $(PYTHON) -m docs.screenshots $(ARGS)

notebook: setup ## open a notebook on the running stack: NAME=explore_charts|why_this_song|who_listens_where|audit_charts
	@$(WITH_ENV) .venv/bin/marimo edit notebooks/$(or $(NAME),$(error NAME=… is missing)).py

audit: setup ## recount every published row of the running stack from bronze; fails when one differs
	@$(WITH_ENV) $(PYTHON) -m notebooks.audit_charts
