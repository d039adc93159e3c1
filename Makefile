MVN := mvn -B -ntp

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

fmt: ## format the code
	$(MVN) -q spotless:apply

.PHONY: help fmt
