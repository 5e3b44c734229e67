# The whole set-up lives in .venv; nothing outside this folder is touched.
VENV := .venv
PYTHON ?= python3

.PHONY: help test lock clean
help:
	@echo "make test   set up and run all tests"
	@echo "make lock   pin the dependencies again, with hashes"
	@echo "make clean  remove what was made"

$(VENV)/.test: requirements/test.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --require-hashes -r requirements/test.txt
	$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

test: $(VENV)/.test
	$(VENV)/bin/pytest

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --extra test --output-file requirements/test.txt pyproject.toml requirements/build.in

clean:
	rm -rf $(VENV) build site *.egg-info
