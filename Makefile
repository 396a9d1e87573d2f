# run: set up, build, make the demo borough, assess it.   test: set up and run everything CI runs.
SHELL := /bin/bash
program := .build/release/concord
release := swift build --configuration release --product concord

.PHONY: run test build bench lint clean set-up

run: build
	@if [ ! -e var/demo/partnership.json ]; then $(program) demo records --output var/demo; fi
	@$(program) init --demo
	@echo
	@echo "Sign in with one of these addresses and the password: obbwade bridge lantern"
	@echo "  analyst@obbwade.example   lead@obbwade.example   officer@obbwade.example   police@obbwade.example"
	@echo "  advocate@obbwade.example  chair@obbwade.example  admin@obbwade.example     auditor@obbwade.example"
	@echo "  coordinator@obbwade.example  probation@obbwade.example  health@obbwade.example  housing@obbwade.example"
	@echo "  prevent@obbwade.example   member@obbwade.example (needs no code)"
	@echo "The code of the second factor: $(program) demo code ADDRESS"
	@echo
	@CONCORD_EVIDENCE=var/demo/partnership.json $(program) serve

build: set-up
	$(release)

test: build
	swift test --parallel
	$(MAKE) --no-print-directory lint
	Scripts/browser-tests
	Scripts/browser-tests --postgresql
	Scripts/api-tests --seconds 15

bench: build
	Scripts/bench
	Scripts/bench-serve

lint:
	Scripts/lint

set-up:
	@Scripts/set-up

clean:
	rm -rf .build Benchmarks/.build var
