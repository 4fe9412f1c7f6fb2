PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site-installed
DEV := $(VENV)/.dev-installed
SIZES ?= 1000,10000,100000

.PHONY: bench help lexicon names run test scanner mutation elasticsearch check format lock clean shell

help:  ## List these commands
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

run: $(SITE)  ## Show the site with its sample content on http://127.0.0.1:8000
	@DEMO=1 exec $(BIN)/python manage.py run_site

# One process more than the two cores it is meant for: they wait for the database and the browser a third of their time.
# Where Python is told to keep nothing that it compiled, each would rewrite every test, and each command compile the site.
test: $(DEV)  ## Run every test
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal --create-db

scanner: var/scanner/bin/wapiti  ## Install the scanner of tests/browser/test_scanner.py

# In an environment of its own: it pins old versions of what the site uses.
var/scanner/bin/wapiti: requirements/scanner.txt | $(DEV)
	@$(BIN)/uv venv -q --clear --python $(BIN)/python var/scanner
	@$(BIN)/uv pip install -q --python var/scanner/bin/python --require-hashes -r requirements/scanner.txt
	@touch $@

mutation: var/mutation/bin/cosmic-ray  ## Break what decides of rights, mails and feasibility; say what no test notices (TARGETS="decide send" for less)
	@targets="$${TARGETS:-$$($(BIN)/python -m tests.mutation.targets)}" && for target in $$targets; do \
	  var/mutation/bin/python -m tests.mutation.mutants $$target > var/mutation/$$target.json && \
	  MUTANTS=var/mutation/$$target.json $(BIN)/python -m pytest -q --timeout=0 -p tests.mutation.plugin \
	    $$($(BIN)/python -m tests.mutation.targets $$target) || exit; done

var/mutation/bin/cosmic-ray: requirements/mutation.txt | $(DEV)
	@$(BIN)/uv venv -q --clear --python $(BIN)/python var/mutation
	@$(BIN)/uv pip install -q --python var/mutation/bin/python --require-hashes -r requirements/mutation.txt
	@touch $@

elasticsearch: | $(BIN)/python  ## Run a local Elasticsearch (JDK 17 and Maven needed); Ctrl-C stops it
	@exec $(BIN)/python tests/elasticsearch/server.py --port $${ELASTICSEARCH_PORT:-9200}

check: $(DEV)  ## Lint, format check, templates, scripts, types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint --lint --quiet templates && \
	  $(BIN)/oxlint --deny-warnings kb_site/static/kb_site kb_site/pocket && DEMO=1 $(BIN)/mypy .

format: $(DEV)  ## Format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lexicon: | $(BIN)/python  ## Write the French words anew from Debian's hunspell-fr (apt install hunspell-fr)
	@$(BIN)/python -m kb_site.french.build_lexicon /usr/share/hunspell/fr.dic

names: | $(BIN)/python  ## Write the names of people anew from INSEE's lists: make names FIRST=nat2021.csv FAMILY=noms2008nat_txt.txt
	@$(BIN)/python -m practices.comments.personal_data_guard.build_names $(FIRST) $(FAMILY) /usr/share/hunspell/fr.dic

lock: $(DEV)  ## Write the locked requirements anew
	@for set in site dev scanner mutation; do $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 requirements/$$set.in -o requirements/$$set.txt; done

shell: $(SITE)  ## Open Django's shell on the demonstration
	@DEMO=1 $(BIN)/python manage.py shell

bench: $(SITE)  ## Measure the CPU of pages, against a bare Django view in the same run
	@DEMO=1 $(BIN)/python manage.py bench_pages

bench-search: $(DEV)  ## Measure search at 1,000, 10,000 and 100,000 entries (SIZES="1000,10000" for less)
	@DEMO=1 $(BIN)/python tests/elasticsearch/server.py --run $(BIN)/python manage.py bench_search --sizes "$(SIZES)"

bench-live: $(DEV)  ## Measure a held session: data of a participant, 200 participants at once
	@DEMO=1 $(BIN)/python manage.py bench_live

clean:  ## Forget the environment, the database and the files of the demonstration
	@# Quoted, and asked of the shell: whatever the path of this folder, nothing else is removed.
	rm -rf -- "$(VENV)" var tests/openid/node_modules "/dev/shm/passe-relais$$(pwd -P | tr / -)" "/dev/shm/passe-relais$$(pwd -P | tr / -).lock"

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire (PYTHON=chemin make …)."; exit 1; }
	@echo "Environnement Python…"
	@"$(PYTHON)" -m venv $(VENV)

$(SITE): requirements/site.txt | $(BIN)/python
	@echo "Installation des bibliothèques du site…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

$(DEV): requirements/dev.txt | $(BIN)/python
	@echo "Installation des bibliothèques de test…"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(SITE)
