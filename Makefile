# The front door. What depends on what is known to the package (src/dalil/run/pipeline.py), not to this file.

PYTHON ?= python3
RUN_IN := $(PYTHON) tools/environment.py
IN_BROWSER := $(RUN_IN) --also tests/browser/requirements.lock
IN_LAB := $(RUN_IN) --also tools/lab.lock
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
  --python-version 3.11
RULES := tests/browser/node_modules/.package-lock.json

# What a user may give: make report SET="rounding=exact" PARAMS=my.yml RUN=name ARTICLE=my.txt CLAIMS=my.yml
# ENGINE=standard runs notebooks in ordinary kernels, which start more slowly.
GIVABLE := SET PARAMS RUN ARTICLE CLAIMS NAME RENAME ENGINE FORCE APPLY OTHERS SECONDS OPTIONS WRITE KILLS EXPORT IMPORT \
  A B GRID ARTICLES OUTPUT
STANDING := $(foreach name,$(GIVABLE),$(if $(value $(name)),$(if $(filter environment,$(origin $(name))),$(name))))
# Any other one given to make would change nothing: it is refused, with the one that was likely meant.
UNKNOWN := $(filter-out $(GIVABLE) PYTHON SHELL SOURCE_DATE_EPOCH MAKE% -%,$(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name))))
LIKELY = import sys, difflib; name, *known = sys.argv[1:]; print(*difflib.get_close_matches(name.upper(), known, 1))
quoted = '$(subst ','\'',$(1))'
ifneq ($(UNKNOWN),)
MEANT := $(shell $(PYTHON) -c $(call quoted,$(LIKELY)) $(call quoted,$(firstword $(UNKNOWN))) $(GIVABLE))
$(error $(firstword $(UNKNOWN)) is nothing that make takes; $(if $(MEANT),did you mean $(MEANT)?,known: $(GIVABLE).) \
  Parameters are given as in SET="language=ru")
endif
# Each is taken as it stands: make itself would run a $(shell ...) in it and lose any other $.
$(foreach name,$(GIVABLE),$(eval override $(name) := $$(value $(name))))
export SET PARAMS RUN ARTICLE CLAIMS NAME RENAME ENGINE FORCE OPTIONS KILLS EXPORT IMPORT A B GRID ARTICLES OUTPUT
GIVEN = $(if $(SET),--set "$$SET") $(if $(PARAMS),--params "$$PARAMS") $(if $(RUN),--run "$$RUN") \
  $(if $(ARTICLE),--article "$$ARTICLE") $(if $(CLAIMS),--claims "$$CLAIMS")
# Says what was not given to make, but stands in the environment.
taken = $(foreach name,$(filter $(1),$(STANDING)),printf '%s\n' "From the environment: $(name)=$$$(name)" >&2;)
YES := 1 yes true
OF_A_RUN := SET PARAMS RUN ARTICLE CLAIMS ENGINE

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help report report-all why compare sweep corpus claims measures review parameters lab notebook docs test test-all coverage \
  test-browser screenshots check lint format types verify reliability bench \
  bench-opening bench-quantities fuzz lock hooks refresh-reference

## Reading
report:  ## make report/report.html and report/report.pdf, running only what has changed
	@$(call taken,$(OF_A_RUN)) $(RUN_IN) -m dalil report $(GIVEN)

report-all:  ## the same in every language: report/report.{en,uz,uz-Cyrl,ru}.{html,pdf,md}
	@$(call taken,$(OF_A_RUN)) $(RUN_IN) -m dalil report --all-languages $(GIVEN)

why:  ## say for each step of the report why it would run, or that it would not
	@$(call taken,$(OF_A_RUN)) $(RUN_IN) -m dalil why $(GIVEN)

compare:  ## say how two runs differ, here and in report/compare.html: make compare A=default B=later
	@$(call taken,A B) $(RUN_IN) -m dalil compare "$${A:-default}" "$$B"

sweep:  ## run the analysis for many sets of parameters: make sweep GRID=grid.yml; SET and PARAMS as for a report
	@$(call taken,GRID OUTPUT SET PARAMS) $(RUN_IN) -m dalil sweep "$$GRID" $(if $(OUTPUT),--output "$$OUTPUT") \
	  $(if $(SET),--set "$$SET") $(if $(PARAMS),--params "$$PARAMS")

corpus:  ## list the quantities of many articles and draft their claims: make corpus ARTICLES=folder OUTPUT=place
	@$(call taken,ARTICLES OUTPUT) $(RUN_IN) -m dalil corpus "$$ARTICLES" --output "$${OUTPUT:-corpus}"

claims:  ## draft the claims of an article: make claims ARTICLE=my.txt; FORCE=1 writes over those there are
	@$(call taken,ARTICLE CLAIMS FORCE) $(RUN_IN) -m dalil claims $(if $(ARTICLE),--article "$$ARTICLE") \
	  $(if $(CLAIMS),--claims "$$CLAIMS") $(if $(filter $(YES),$(FORCE)),--force)

measures:  ## list the measures of drafted claims: make measures CLAIMS=my.claims.yml RENAME="old name = new name; …"
	@$(call taken,CLAIMS RENAME) $(RUN_IN) -m dalil measures $(if $(RENAME),--rename "$$RENAME") "$$CLAIMS"

review:  ## review them on a page, or in a spreadsheet: make review ARTICLE=my.txt EXPORT=my.xlsx, then IMPORT=my.xlsx
	@$(call taken,ARTICLE CLAIMS EXPORT IMPORT) $(RUN_IN) -m dalil review $(if $(ARTICLE),--article "$$ARTICLE") \
	  $(if $(CLAIMS),--claims "$$CLAIMS") $(if $(EXPORT),--export "$$EXPORT") $(if $(IMPORT),--import "$$IMPORT")

parameters:  ## list what can be changed, with meaning and choices
	@$(RUN_IN) -m dalil parameters

lab:  ## open the notebooks in JupyterLab; OPTIONS="--no-browser" goes to it, as root OPTIONS=--allow-root
	@$(call taken,OPTIONS) $(IN_LAB) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks $$OPTIONS

notebook:  ## start a notebook of your own: make notebook NAME=mine
	@$(call taken,NAME) $(RUN_IN) -m dalil notebook "$$NAME"

refresh-reference:  ## compare data/reference with its online sources; APPLY=1 takes the differences over
	@$(RUN_IN) -m dalil refresh $(if $(filter $(YES),$(APPLY)),--apply)

## Working on it
# Three minutes and two more; CI (.ci/run) leaves nothing out.
check: lint types test  ## before each push: format, lint, types, generated documents, tests

test:  ## the tests, but for the slow ones, which make whole reports of their own
	@$(RUN_IN) -m pytest -m "not slow"

test-all:  ## all of them, and of made-up cases many more
	@$(RUN_IN) -m pytest --hypothesis-profile=thorough

coverage:  ## the same, and which branches of the code they leave out; subprocesses and kernels count
	@$(RUN_IN) -m pytest -m "not slow" --cov --cov-report=term-missing:skip-covered

test-browser: $(RULES)  ## the tests in a browser; needs Chromium, Java, Node and poppler
	@$(IN_BROWSER) -m pytest tests/browser

screenshots: report-all  ## the pictures in report/README.md again; needs Chromium and poppler
	@$(IN_BROWSER) tests/browser/screenshots.py

lint:  ## formatting and lint
	@$(RUN_IN) -m ruff format --check .
	@$(RUN_IN) -m ruff check .
	@$(RUN_IN) -m dalil docs --check

types:  ## strict types
	@$(RUN_IN) -m mypy

format:  ## put the formatting right
	@$(RUN_IN) -m ruff format .
	@$(RUN_IN) -m ruff check --fix .

docs:  ## write the generated documents again
	@$(RUN_IN) -m dalil docs

verify:  ## make the report twice, in other surroundings, and compare every byte; WRITE=1 writes report/SHA256SUMS
	@$(RUN_IN) tools/verify.py $(if $(filter $(YES),$(WRITE)),--write)

reliability:  ## break the making of a report in many ways, and write docs/reliability.md; KILLS=50 for more kills
	@$(RUN_IN) benchmarks/reliability.py $(if $(KILLS),--kills "$$KILLS")

bench:  ## timings, as ratios: making a report, reading a text
	@$(RUN_IN) benchmarks/compare.py
	@$(RUN_IN) benchmarks/reading.py

bench-opening: report-all  ## how long the report takes to open, page and PDF; needs Chromium and poppler
	@$(IN_BROWSER) benchmarks/opening.py

bench-quantities:  ## how well and how fast quantities are read; OTHERS=1 compares with other readers too
	@$(RUN_IN) benchmarks/quantities.py
	@$(RUN_IN) benchmarks/reading.py $(if $(filter $(YES),$(OTHERS)),--others)

fuzz:  ## read made-up texts for a minute; SECONDS=600 for longer
	@$(RUN_IN) benchmarks/fuzz.py --seconds "$(or $(SECONDS),60)"

lock:  ## pin the newest versions that pyproject.toml allows (needs uv, npm)
	@$(COMPILE) --extra dev pyproject.toml --output-file requirements.lock
	@$(COMPILE) --group browser --constraint requirements.lock --output-file tests/browser/requirements.lock
	@$(COMPILE) --extra lab pyproject.toml --constraint requirements.lock --output-file tools/lab.lock \
	  $$(sed -nE 's/^([a-z][^=]*)==.*/--no-emit-package \1/p' requirements.lock | sort -u)
	@cd tests/browser && npm update --loglevel=error

$(RULES): tests/browser/package-lock.json
	@cd tests/browser && npm ci --loglevel=error && touch node_modules/.package-lock.json

hooks:  ## check format, lint and types before each commit, in seconds
	@git config core.hooksPath .githooks

help:  ## list these tasks
	@sed -n -e 's/^## \(.*\)/\n\1/p' -e 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 26
