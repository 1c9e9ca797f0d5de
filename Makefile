# From a fresh clone with Python 3.11 or newer, git and make, `make demo` and `make test` do everything themselves.
# They install into .venv, whose stamps live inside it; a second run installs again only if pyproject.toml or
# constraints.txt has changed. Which package index is used is pip's own setting: nothing here names one.
# All paths are relative, so that the clone may lie in a folder with spaces and any letters in its name.

BIN := .venv/bin
RUN := .venv/.installed
DEV := .venv/.installed-dev
EXAMPLES := $(sort $(wildcard examples/*.yaml))
PYTHON ?=
PYTEST_ARGS ?=
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Empty is off: without bytecode every process compiles all it loads, and the tests start many.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test check quick lint format slow lock coverage bench docs mall pictures release wheelhouse clean

help: ## list what make can do
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1	\2/p' Makefile

demo: $(RUN) ## render every example to out/*.docx and show what the linter thinks of them
	@$(BIN)/iopdocs render $(EXAMPLES) -o out/
	@printf '\nDokumenten ligger i %s/out. Så här ser granskningen ut:\n\n' "$$(pwd)"
	@$(BIN)/iopdocs lint $(EXAMPLES) || test $$? -eq 1
	@printf '\nFortsätt själv så här:\n\n    . .venv/bin/activate\n    iopdocs new mitt-avtal.yaml\n'

test: lint ## run ruff, mypy, import-linter and every test
	$(PYTEST) $(PYTEST_ARGS)

check: lint ## the same without the tests that need LibreOffice, a browser or other processes, or long
	$(PYTEST) -m "not process and not slow" $(PYTEST_ARGS)

quick: $(DEV) ## only those tests, the ones that failed last first, up to the first that fails
	$(PYTEST) -m "not process and not slow" --failed-first --exitfirst $(PYTEST_ARGS)

lint: $(DEV) ## run ruff, mypy and import-linter
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

format: $(DEV) ## format the code, and mend what ruff can
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

slow: $(DEV) ## run every test, and list in tests/slow.txt those that take long and make check leaves out
	$(PYTEST) --junitxml=.venv/tests.xml
	$(BIN)/python scripts/list_slow_tests.py .venv/tests.xml

lock: $(DEV) ## write constraints.txt again, with the newest versions that pyproject.toml allows
	sh scripts/versions.sh newest constraints.txt

bench: $(DEV) ## time our render against docxtpl and plain zipping, and a batch against a loop; memory of its workers
	$(BIN)/python benchmarks/render.py
	$(BIN)/python benchmarks/batch.py --quick

coverage: $(DEV) ## run every test and say which lines none of them reaches
	$(PYTEST) --cov --cov-report=term:skip-covered

docs: $(DEV) ## write the generated pages of docs/ again and check the documentation
	$(BIN)/python scripts/make_reference.py
	$(BIN)/python -m pytest tests/docs

mall: $(RUN) ## write the reference document templates/sv/mall.docx again
	$(BIN)/python scripts/make_mall.py

pictures: $(DEV) ## draw the first pages of every example to docs/bilder/; needs LibreOffice and poppler
	$(BIN)/python scripts/make_pictures.py

release: $(DEV) ## build the wheel and the source package of this version in dist/
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

# Wheels only, so that the machine without internet needs no compiler. They suit the system and the Python that made them.
wheelhouse: release ## gather in wheelhouse/ the wheel and everything it needs, to install on machines without internet
	rm -rf wheelhouse
	$(BIN)/python -m pip wheel --quiet --only-binary :all: --constraint constraints.txt --wheel-dir wheelhouse \
		"$$(ls dist/iopdocs-*.whl)[excel,pdf,preview]"
	@printf '\nKopiera mappen wheelhouse/ till den andra datorn och kör i en miljö där:\n\n'
	@printf '    python -m pip install --no-index --find-links wheelhouse "iopdocs[excel,pdf]"\n'

clean: ## remove the environment and all caches; out/ stays, for somebody may have edited what is in it
	rm -rf .venv dist wheelhouse build htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find iopdocs tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} +

.venv/.made: scripts/make_venv.sh
	@sh scripts/make_venv.sh "$(PYTHON)"
	@touch $@

$(RUN): .venv/.made pyproject.toml constraints.txt
	$(INSTALL) --editable .
	@touch $@

# Only pip 25.1 and newer knows dependency groups, and a new environment may hold an older one.
$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(INSTALL) --group dev
	@touch $@

.PHONY: golden
golden: $(DEV) ## write tests/golden/ again, the examples' documents as XML, and show what changed
	$(BIN)/python scripts/make_golden.py

.PHONY: tree
tree: $(RUN) ## print the document tree of FILE=examples/trygga-kvallar.yaml, with what each block comes from
	@$(BIN)/python scripts/print_tree.py $(if $(FILE),"$(FILE)")

.PHONY: rooms
rooms: $(RUN) ## draw docs/bilder/rooms.svg again, the rooms and their imports, when a room has come or imports another
	$(BIN)/python scripts/make_rooms_picture.py

SEED ?= 1
COUNT ?= 500

.PHONY: fuzz
fuzz: $(DEV) ## run COUNT=500 commands on damaged files made by chance from SEED=1
	$(BIN)/python scripts/fuzz.py --seed $(SEED) --count $(COUNT)
