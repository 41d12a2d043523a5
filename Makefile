# Works in whatever virtual environment is active. `make help` lists what it can do.
PYTHON ?= python

.DEFAULT_GOAL := help
.PHONY: help install run test check lint format fast screenshots soak

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install:  ## Install what the app, its tests and its checks need
	$(PYTHON) -m pip install -r requirements-dev.txt

run:  ## Start the app
	$(PYTHON) -m streamlit run app.py

test:  ## Every test, those in a real Chromium too
	$(PYTHON) -m pytest

check: lint fast  ## Format, lint, types, import rules and the fast tests: before every commit

lint:  ## Format, lint, types and import rules
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "import importlinter.cli as c; c.lint_imports_command()"

fast:  ## The tests that need no browser
	$(PYTHON) -m pytest -m "not browser"

format:  ## Format the code and mend what the linter can mend by itself
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

soak:  ## Fifty kills, full disks, torn run folders, two apps over one data folder, thirty monsters: 35 minutes; see benchmarks/README.md
	$(PYTHON) -m tools.soak --out benchmarks/soak.json
	$(PYTHON) -m tools.monsters --out benchmarks/monsters.json

screenshots:  ## Take the pictures of the README anew, from the running app
	$(PYTHON) tools/screenshots.py --out docs/screenshots --format webp \
		--pages home layers convolution kernels maps initializers prediction \
		--languages en ko --themes light --widths 1280 --height 960
	$(PYTHON) tools/screenshots.py --out docs/screenshots --format webp \
		--pages layers --languages ko --themes dark --widths 390 --height 844
	$(PYTHON) tools/screenshots.py --out docs/screenshots --format webp --name editor \
		--pages layers --query view=editor row=conv3 --languages en ko --themes light --widths 1280 --height 960
	$(PYTHON) tools/screenshots.py --out docs/screenshots --format webp --name ladder \
		--pages training --query view=ladder rung=mirrored --languages en ko --themes light --widths 1280 --height 1280
	$(PYTHON) tools/screenshots.py --out docs/screenshots --format webp --name towers \
		--pages towers --query view=trainings condition=apart epoch=10 --languages en ko --themes light --widths 1280 --height 1280
