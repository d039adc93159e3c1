MVN := mvn -B -ntp -Dstyle.color=never
# The broker under test: embedded, testcontainers, or HOST:PORT of a running one.
BROKER := embedded
SOURCES := pom.xml $(shell find src/main schemas -type f)

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: target/sluice.jar ## the main job on 20,000 real departures, with everything it needs
	bin/sluice demo

dev: target/sluice.jar ## embedded broker and engine, until stopped
	bin/sluice dev

run: target/sluice.jar ## the engine, against the cluster of sluice.yaml and the environment
	bin/sluice run

test: ## every test; BROKER=embedded|testcontainers|HOST:PORT
	$(MVN) verify -Dsluice.test.broker=$(BROKER)

fmt: ## format the code
	$(MVN) -q spotless:apply

lint: ## formatting, compiler checks
	$(MVN) -q spotless:check test-compile

bench: ## all benchmarks, to docs/BENCHMARKS.md; ARGS=quick for a short run, ARGS=index or another part alone
	$(MVN) -q test-compile
	$(MVN) -q dependency:build-classpath -Dmdep.outputFile=target/test-class-path -Dmdep.includeScope=test
	java -Xmx2g -XX:G1HeapRegionSize=8m -cp "target/test-classes:target/classes:$$(cat target/test-class-path)" dev.sluice.bench.Benchmarks $(ARGS)

package: target/sluice.jar ## target/sluice.jar and target/lib, without tests

clean: ## remove what was built
	rm -rf target

target/sluice.jar: $(SOURCES)
	$(MVN) -q -Pquick package
	@touch $@

.PHONY: help demo dev run test fmt lint bench package clean
