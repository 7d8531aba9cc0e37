# Everything starts here: `make demo` to see it run, `make test` to check it.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do command -v $$each && break; done)

.PHONY: help demo up test journeys bench faults faults-by-seed faults-model check conf lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: $(VENV)/installed  ## a law firm's day, live; ONCE=1 ends by itself and checks every effect
	@$(BIN)/clientele demo $(if $(ONCE),--once)

up: $(VENV)/installed  ## all services and their servers on this machine, until Ctrl-C
	@$(BIN)/clientele up

unexport PYTHONDONTWRITEBYTECODE  # else every program that a test starts compiles the project anew

test: check  ## style, types, imports, then the suite on real servers, a chosen part of its long families
	@$(BIN)/pytest -n 3 --dist loadfile --timeout 300

journeys: $(VENV)/installed  ## every journey, and every page for every reader, in a real browser
	@CLIENTELE_JOURNEYS=whole $(BIN)/pytest -v -n 2 --dist loadfile tests/journeys tests/browser

bench: $(VENV)/installed  ## how fast, against what this machine could do at all; ONLY=part, SCALE=0.1; AGAINST=rev compares
	@$(BIN)/python -m tests.bench$(if $(AGAINST),.against $(AGAINST) $(addprefix --turns ,$(TURNS))) \
		$(addprefix --only ,$(ONLY)) --scale $(or $(SCALE),1)

SEED := $(or $(SEED),$(shell od -An -N2 -tu2 /dev/urandom | tr -d ' '))
FAULTS = $(if $(findstring ::,$(ONLY)),'$(ONLY)',$(if $(ONLY),tests/faults/test_$(ONLY).py,tests/faults tests/bench tests/deploy/infra/test_services.py tests/deploy/infra/test_query_plans.py tests/gateway/api/test_schema.py tests/desk/api/test_schema.py))

faults: $(if $(ONLY:model=),,faults-model) $(if $(filter model,$(ONLY)),,faults-by-seed)  ## everything that can go wrong, on purpose; SEED=n repeats, ONLY=part, BEFORE=revision (as root)

faults-by-seed: $(VENV)/installed
	@$(BIN)/python -m tests.faults.disks
	@$(BIN)/pytest -v -n 3 --dist loadfile --whole --seed $(SEED) $(if $(BEFORE),--before $(BEFORE)) $(FAULTS)

faults-model: $(VENV)/installed
	@CLIENTELE_FAULTS=whole $(BIN)/pytest -v -n 2 --hypothesis-seed $(SEED) tests/reminders/model tests/reminders/test_calendar_of_a_year.py

check: $(VENV)/installed  ## style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

conf: $(VENV)/installed  ## write nats.conf, prometheus.yml and Grafana's dashboards from what the code and the runbook say
	$(BIN)/python -m deploy.infra.nats.container
	$(BIN)/python -m deploy.infra.scrape_configuration
	$(BIN)/python -m deploy.infra.dashboards

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

words: $(VENV)/installed  ## bring services/desk/languages/*.po up to date: new messages stand there unsaid
	$(BIN)/python -m deploy.infra.desk_messages

lock: $(VENV)/installed  ## choose current versions of what pyproject.toml names
	$(BIN)/pip install --quiet uv
	$(COMPILE) --upgrade pyproject.toml --extra trial --group dev --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --constraint requirements-dev.lock --upgrade --output-file requirements.lock
	$(COMPILE) --group build --constraint requirements-dev.lock --upgrade --output-file requirements-build.lock

clean:  ## remove what can be made again (never your data in .clientele)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: $(VENV)/locked pyproject.toml
	@$(BIN)/pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/locked: requirements-dev.lock
	@deploy/make-venv "$(PYTHON)" $(VENV)
	@echo "Installing what requirements-dev.lock names into $(VENV) (one to two minutes, once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
