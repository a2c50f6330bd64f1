# Each word does the same by hand and in CI; the environment is made once, from pinned requirements.
.POSIX:
.PHONY: serve test check fix approve pictures read-dumps walk portals openrefine

PYTHON = python3
BIN = .venv/bin
READY = .venv/ready
# What continuous integration does before and after the attack, which wants the machine for itself.
BEFORE_ATTACK = true
AFTER_ATTACK = true
TURTLE = ontology data shapes tests/shapes

serve: $(READY)
	$(BIN)/contrats build
	$(BIN)/contrats serve

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/turtlefmt --check $(TURTLE)
	$(BEFORE_ATTACK)
	$(BIN)/pytest tests/server/attack
	$(AFTER_ATTACK)
	$(BIN)/pytest --ignore=tests/server/attack

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/turtlefmt $(TURTLE)

# Rewrites the approved answers: read the difference before you keep it.
approve: $(READY)
	$(BIN)/pytest --approve

# Walks all that a server publishes, each thing in each form; of the territories, one of forty.
ADDRESS = http://127.0.0.1:8000
walk: $(READY)
	$(BIN)/python -m tests.benchmarks.walk $(ADDRESS)

# Takes the pictures of the README anew, from the last release that was built.
pictures: $(READY)
	$(BIN)/python -m tests.server.web.browser.pictures

# Has ckanext-dcat's own parser read the feeds of the last release that was built, in an
# environment of its own: nothing else here needs CKAN.
portals: $(READY) .venv-portals/ready
	$(BIN)/python -m tests.clients.portals .venv-portals/bin/python

.venv-portals/ready: .ci/portals.txt
	$(PYTHON) -m venv .venv-portals
	.venv-portals/bin/pip install --quiet --no-deps -r .ci/portals.txt
	touch .venv-portals/ready

# Has OpenRefine itself (Debian's package of that name) reconcile the names that the sources write,
# against the last release that was built.
openrefine: $(READY)
	$(BIN)/python -m tests.clients.openrefine

# Reads every dump of the last release with rapper, pyld and npm jsonld: some minutes.
read-dumps: $(READY)
	npm ci --prefix tests/clients --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tests.clients.dump_readers releases/current

$(READY): .ci/requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r .ci/requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $(READY)
