# run: set up, build, make the demo borough, assess it.   test: set up and run everything CI runs.
SHELL := /bin/bash
program := .build/release/concord
release := swift build --configuration release --product concord

.PHONY: run test build bench lint clean set-up

run: build
	$(program) demo records --output var/demo
	$(program) assess --partnership var/demo/partnership.json --from 2025-01 --to 2025-12 --output var/assessment
	@echo
	@echo "The demo borough's strategic assessment: $(CURDIR)/var/assessment/assessment.html"

build: set-up
	$(release)

test: build
	swift test --parallel
	$(MAKE) --no-print-directory lint

bench: set-up
	Scripts/bench

lint:
	Scripts/lint

set-up:
	@Scripts/set-up

clean:
	rm -rf .build Benchmarks/.build var
