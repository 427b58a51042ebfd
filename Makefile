# The commands of everyday work. `make env` prepares everything; each of the others calls it first.
.PHONY: help env test-env film faces words prove cluster traces bucket up down test whole spare quick calendar storm bench bluesky format lock messages data-protection styles clean

HERE := .venv/bin
# All that reads an example's story runs on the day of it, so that it's told once, by `walks`: hence nothing else that reads it is first.
# Three lanes for two cores: two that keep a core busy, and one most of which waits for programs that it starts, and goes first. With a fourth
# each second of the processor takes a seventh more, for four programs push each other out of its memory. The longest, `chosen`, begins early.
LANES := processes,network@ordinary gates,chosen@parts,rulebook walks@ordinary,faults@ordinary,browsers@ordinary

help:
	@echo "make up        set everything up and run it (PORT=8000, SCHOOLGATE_HOME=./var); Ctrl-C or 'make down' stops it"
	@echo "make down      stop what 'make up' runs or has left"
	@echo "make env       only prepare the environment: the command is then .venv/bin/schoolgate"
	@echo "make film      add the part that reads films; 'make faces' and 'make words': what looks at pictures (README.md)"
	@echo "make test      every suite: gates, rulebook, areas, processes, browser, the real Bluesky network"
	@echo "make whole     the same, with the tests that 'make test' spares: before a release"
	@echo "make spare     measure again which tests the others make up for (docs/adr/0090): before a release"
	@echo "make quick     the quick gates, the pure rulebook and the tests nearest to what you changed: a minute and a quarter"
	@echo "make calendar  the suites on six days: a weekend, a leap day, the year's last, both changes of the clock (hours;"
	@echo "               TESTS=tests/web/test_inbox.py: only that file, in a minute or two)"
	@echo "make storm     the long storms of kill -9, also on the real Bluesky network: ten minutes"
	@echo "make bench     measured figures, as JSON; python -m bench PART --keep puts them into docs/figures.md"
	@echo "make bluesky   a real Bluesky network on this machine to try things with, and two accounts; Ctrl-C ends it"
	@echo "make format    let the formatter and the linter mend what they can"
	@echo "make messages  collect the sentences, merge the Welsh of each room, compile the catalogue"
	@echo "make data-protection  write the data map and the privacy notices of docs/data-protection anew"
	@echo "make styles    compile the style sheet that the package keeps"
	@echo "make lock      choose versions again, and write requirements/*.lock from uv.lock"

env: .venv/.has-running

test-env: .venv/.has-tests

film faces words prove cluster traces bucket: %: .venv/.has-%

.venv/.has-%: requirements/%.lock pyproject.toml uv.lock scripts/env
	@scripts/env $*

up: env
	@exec $(HERE)/schoolgate up

down: env
	@$(HERE)/schoolgate down

test: test-env
	@$(HERE)/python scripts/test_needs.py beside
	@$(HERE)/python scripts/suites.py $(LANES)

whole: test-env
	@$(HERE)/python scripts/test_needs.py beside
	@$(HERE)/python scripts/suites.py $(subst chosen,rooms,$(subst browsers,every-browser,$(LANES)))

spare: test-env
	@$(HERE)/python scripts/spare.py record
	@$(HERE)/python scripts/spare.py choose --write

quick: test-env
	@$(HERE)/python scripts/suites.py quick-gates,touched quick-rulebook

CALENDAR := rooms@each rulebook@each,walks@each,every-browser@each,processes@each

calendar: test-env
	@$(HERE)/python scripts/test_needs.py
	@$(HERE)/python scripts/suites.py $(or $(TESTS:=@each),$(CALENDAR))

storm: test-env
	@$(HERE)/python scripts/test_needs.py
	@$(HERE)/python scripts/storm.py

bench: test-env
	@$(HERE)/python -m bench

bluesky: test-env
	@exec $(HERE)/python -m tests.network.launcher

format: test-env
	@$(HERE)/ruff format .
	@$(HERE)/ruff check --fix --exit-zero --quiet .
	@$(HERE)/djade --target-version 5.2 $$(git ls-files 'schoolgate/*.html') || true

messages: test-env
	@$(HERE)/python scripts/messages.py

data-protection: test-env
	@$(HERE)/python scripts/data_protection.py

styles: test-env
	@cd scripts/styles && export PATH="$(CURDIR)/$(HERE):$$PATH" && npm ci --no-audit --no-fund --silent && node build.mjs

lock:
	@scripts/lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tests/report
