# The front door. `make` alone lists what there is; `make run` and `make test` set up all they need.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test check screenshots bench fuzz soak package translations

BIN := .venv/bin
# More words: make test ARGS="tests/vault -x", make run ARGS=--practice
ARGS ?=
# How many processes share the tests: one more than cores, for many of them wait for sound. Each has a sound server.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv, install what is missing, fetch fonts, compile translations
	@installer/setup.sh

run: setup ## open the desktop (ARGS=--practice: with invented people and no microphone); where there is no display, show the whole job on the command line
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		exec $(BIN)/govah $(ARGS); \
	else \
		echo "govah: there is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so this is 'govah demo' instead"; \
		exec $(BIN)/govah demo; \
	fi

demo: setup ## the whole job on a synthetic voice, without a screen
	@$(BIN)/govah demo

test: setup ## run every test, with a virtual display and a virtual microphone of its own
	@installer/with_display.sh python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: setup ## lint, format, types, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

screenshots: setup ## draw every screen into build/screenshots, the README's picture and the guide's
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots build/screenshots
	@$(BIN)/python installer/guide.py pictures build/screenshots
	@$(BIN)/python installer/guide.py pages
	@cp build/screenshots/interview-3-recording-en-light-100.png docs/pictures/recording-en.png
	@cp build/screenshots/interview-3-recording-fa-light-100.png docs/pictures/recording-fa.png

bench: setup ## measure speed and memory, as ratios in one run
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m bench $(ARGS)

fuzz: setup ## give every parser ten seconds of invented input, and ten of guided; ARGS=60 gives it sixty
	@$(BIN)/python -m fuzz $(ARGS)

soak: setup ## ten minutes beside busy processes on a stalling disk, and fifty crashes while recording
	@GOVAH_SOAK_MINUTES=10 GOVAH_CRASHES=50 installer/with_display.sh python -m pytest --timeout=3600 \
		tests/devices/test_microphone_faults.py tests/intake/test_recorder_crash.py $(ARGS)

package: setup ## freeze the program into dist/govah and try it from elsewhere
	@$(BIN)/python installer/icons.py build/icons
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build_spec.spec
	@installer/with_display.sh python installer/verify/smoke.py dist/govah

translations: setup ## bring every .po up to date, compile, and tell what is missing
	@$(BIN)/python installer/translations.py extract
	@$(BIN)/python installer/translations.py compile
	@$(BIN)/python installer/translations.py missing
