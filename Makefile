# trackflow: `make run` runs the main job, `make test` passes the tests. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
BUILD := .build/release
STATIC := .build/static-libraries
DEBIAN_PACKAGES := libsqlite3-dev libzstd-dev
PREFIX ?= /usr/local
PYTHON ?= python3
DESTDIR ?=
WORKFLOW ?= workflows/full.json
BENCH ?=
OPTIONS ?=
SWIFT_FILES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

SETS := Sources/CReconstructionWeights

.PHONY: help deps build run test test-faults test-slurm python lint format bench bench-reconstruct bench-peers clean golden install schema weights \
  weights-kaggle weights-codalab

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/'

deps: ## install the system libraries that are missing
	@missing=(); for package in $(DEBIAN_PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=($$package); \
	done; \
	if [ $${#missing[@]} -gt 0 ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$${missing[@]}"; \
	  else \
	    echo "missing system libraries; install them with:"; \
	    echo "  sudo apt-get update && sudo apt-get install -y $${missing[*]}"; exit 1; \
	  fi; \
	fi
	@mkdir -p $(STATIC); for library in sqlite3 zstd; do \
	  archive=$$(find /usr/lib /usr/local/lib -name lib$$library.a 2>/dev/null | head -n 1); \
	  if [ -n "$$archive" ]; then ln -sf "$$archive" $(STATIC)/; fi; \
	done

build: deps ## build the release program, .build/release/trackflow
	$(SWIFT) build -c release --product trackflow

run: build ## run the main job; TRACKFLOW_DATA=DIR takes the events of a folder
	@if [ -n "$${TRACKFLOW_DATA:-}" ]; then \
	  $(BUILD)/trackflow run $(WORKFLOW) --set "dataset.path=$$TRACKFLOW_DATA"; \
	else \
	  $(BUILD)/trackflow run $(WORKFLOW); \
	fi

test: deps ## build and run all tests
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build --disable-xctest

test-faults: deps ## kill and fail runs at every system call (needs strace; some minutes)
	$(SWIFT) build -c release --build-tests
	TRACKFLOW_FAULTS=full $(SWIFT) test -c release --skip-build --disable-xctest \
	  --filter 'FaultTests|KillTests|FullDiskTests'

test-slurm: deps ## run the tests on a Slurm cluster of three nodes that is started on this machine (needs slurm-wlm, munge)
	$(SWIFT) build -c release --build-tests
	@export TRACKFLOW_SLURM_DIR="$${TMPDIR:-/tmp}/trackflow-slurm-$$$$"; trap 'scripts/slurm-test-cluster stop' EXIT; \
	exports="$$(scripts/slurm-test-cluster start)"; eval "$$exports"; \
	$(SWIFT) test -c release --skip-build --disable-xctest --filter 'SlurmClusterTests'

python: build/python/.made ## a Python environment, build/python, with what the tests read files and pages with (2.5 GB)

build/python/.made: Tests/readers/requirements.txt
	$(PYTHON) -m venv build/python
	build/python/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

lint: ## check the style of every source file
	$(SWIFT) format lint --strict --recursive --parallel $(SWIFT_FILES)

format: ## format every source file in place
	$(SWIFT) format --in-place --recursive --parallel $(SWIFT_FILES)

bench: deps ## time every part on one event, beside the machine's peaks; BENCH="FOLDER [EVENT] [--json]"
	$(SWIFT) build -c release --package-path Benchmarks
	@Benchmarks/.build/release/trackflow-benchmarks measure $(BENCH)

bench-reconstruct: deps ## time the whole detector's chain step by step; BENCH="--pile-up 50,155,300 --fast --json"
	@$(SWIFT) build -c release --package-path Benchmarks >&2
	@Benchmarks/.build/release/trackflow-benchmarks reconstruct $(BENCH)

bench-peers: deps ## measure against other software (makes a Python environment outside the repository)
	$(SWIFT) build -c release --package-path Benchmarks
	@Benchmarks/run-peers $(BENCH)

golden: deps ## write the kept texts of help, manual, progress and reports anew; look at what git says changed
	$(SWIFT) build -c release --build-tests
	TRACKFLOW_UPDATE_GOLDEN=1 $(SWIFT) test -c release --skip-build --disable-xctest \
	  --filter 'HelpTests|ManualTests|CompletionTests|TerminalDisplayTests|ReportingTests'

install: ## install the program, its manual page and completions; PREFIX=/usr/local, DESTDIR= for packages
	@test -x $(BUILD)/trackflow || { echo "there is no $(BUILD)/trackflow; run make build first"; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 $(BUILD)/trackflow "$(DESTDIR)$(PREFIX)/bin/trackflow"
	$(BUILD)/trackflow manual > "$(DESTDIR)$(PREFIX)/share/man/man1/trackflow.1"
	$(BUILD)/trackflow completion bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/trackflow"
	$(BUILD)/trackflow completion zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_trackflow"
	$(BUILD)/trackflow completion fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/trackflow.fish"

schema: build ## write the schemas of workflows and reports anew from the code
	$(BUILD)/trackflow schema > workflows/schema/workflow.schema.json
	$(BUILD)/trackflow schema --report > workflows/schema/report.schema.json

weights: weights-kaggle weights-codalab ## train anew the weights that the program carries; OPTIONS="--set …" goes to both

weights-kaggle: BEAM := 5.8
weights-codalab: BEAM := 53
weights-kaggle weights-codalab: weights-%: build
	$(BUILD)/trackflow run $(WORKFLOW) --set events.beamZ=$(BEAM) $(OPTIONS)
	$(BUILD)/trackflow weights export $(WORKFLOW) --set events.beamZ=$(BEAM) $(OPTIONS) \
	  --name trackml-$* --beam-z $(BEAM) --out $(SETS)/Sets/trackml-$*.tfw
	@touch $(SETS)/Sets.c # a set that was not there before is none of the build's known files
	$(SWIFT) build -c release --product trackflow

clean: ## remove what was built
	rm -rf .build Benchmarks/.build build
