# The whole set-up lives in .venv; nothing outside this folder is touched, except that
# `make test` installs Chromium on a Debian machine where it runs as root and finds none.
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3
# Material prints a notice for developers at every build; clerks need not see it.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site check posters usb serve test lint bless bench bench-phone faults lock fuzz sbom clean

help:  ## show this
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

site: $(BIN)/.site  ## check the lists and build the whole site into site/
	$(BIN)/qingdan check
	$(BIN)/qingdan build

check: $(BIN)/.site  ## check the lists
	$(BIN)/qingdan check

posters: $(BIN)/.site  ## make the posters, hand-outs and slips that stand on the site
	$(BIN)/qingdan posters

usb: $(BIN)/.site  ## a copy for a USB stick or a kiosk, as build/usb.zip
	$(BIN)/qingdan build --config usb.yml
	$(BIN)/python -m zipfile -c build/usb.zip build/usb/

serve: $(BIN)/.site  ## show the site on this machine; a saved list changes the page
	$(BIN)/mkdocs serve

test: $(BIN)/.test lint  ## run all tests
	tools/browser
	$(BIN)/pytest -n 2 --dist worksteal

lint: $(BIN)/.test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bless: $(BIN)/.test  ## take today's pages and findings as the expected ones
	$(BIN)/pytest -q --bless tests/test_golden.py tests/test_faulty.py tests/test_open_data.py tests/test_examples.py tests/test_commands.py

bench: $(BIN)/.test  ## how long builds take, beside stock MkDocs and Material, Zensical and Hugo
	-$(MAKE) --silent $(BIN)/.engines
	$(BIN)/python tests/bench/bench.py --mkdocs --others

bench-phone: $(BIN)/.test  ## what a villager waits for on a slow phone, beside Material and VitePress (npm)
	$(BIN)/python tests/bench/phone.py --stock --vitepress

faults: $(BIN)/.test  ## break builds in every way, ROUNDS times (as root: two ways need a disk of their own)
	$(BIN)/python tests/faults/faults.py --rounds $(or $(ROUNDS),200)

search-report: $(BIN)/.bench  ## how good search is, beside Pagefind and Material's search
	tools/browser
	$(BIN)/python tests/search/report.py

lock:  ## pin the dependencies again, with hashes (needs uv)
	for set in site test bench engines; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" --constraint requirements/pins.in \
	    $$([ $$set = site ] || echo --extra $$set) \
	    --output-file requirements/$$set.txt pyproject.toml requirements/build.in || exit 1; \
	done

fuzz: $(BIN)/.test  ## ten thousand broken files for everything that reads one
	$(BIN)/python tests/fuzzing.py

sbom: $(BIN)/.test  ## list the parts (CycloneDX) and licences of what makes the site, into build/sbom/
	mkdir -p build/sbom
	$(BIN)/cyclonedx-py requirements requirements/site.txt --pyproject=pyproject.toml \
	  --output-reproducible --output-file=build/sbom/sbom.cdx.json
	$(BIN)/pip-licenses --from=mixed --format=markdown --with-urls --with-system \
	  --output-file=build/sbom/licences.md \
	  --packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements/site.txt)

$(BIN)/.bench: requirements/bench.txt $(BIN)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

$(BIN)/.engines: requirements/engines.txt $(BIN)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/engines.txt
	touch $@

clean:  ## remove everything that was made
	rm -rf $(VENV) build site *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv"; exit 1; }

$(BIN)/.site: requirements/site.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator  # else every start would, where Python may not write
	touch $@

# setuptools comes with the first set; the checker's package needs it to build.
$(BIN)/.test: requirements/test.txt $(BIN)/.site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/test.txt
	touch $@
