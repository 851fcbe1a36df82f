# make explain              explains a sentence with the default model
# make explain TEXT="…"     explains yours
# make explain RECOMMEND="…; …"   explains what is recommended after films of yours
# make test                 builds everything and runs all tests
# make test-spark           annotates on an Apache Spark cluster of two workers on this machine; fetches pyspark

TEXT ?= A sometimes tedious film, but a charming and often affecting journey.
# As it was given: a dollar sign in the text is no variable of make's.
override TEXT := $(value TEXT)
RECOMMEND ?= The Lion King; Aladdin; Beauty and the Beast; Jurassic Park
override RECOMMEND := $(value RECOMMEND)
export TEXT RECOMMEND

.PHONY: explain build test test-spark format lint packages check-swift clean

explain: build
	@.build/release/whence explain sentiment -- "$$TEXT"
	@if [ -e models/movies/config.json ]; then \
	    echo; .build/release/whence explain recommendation --history="$$RECOMMEND"; fi

# With Swift's own libraries in it the program starts in half the time, and runs where no Swift is installed.
RELEASE := -c release $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)

build: packages
	@swift build $(RELEASE) --product whence

test: packages
	swift build --build-tests
	swift test --skip-build
	WHENCE_KERNELS=plain swift test --skip-build --filter 'WhenceTensorTests|WhenceInferenceTests'

test-spark: build
	@Scripts/install-debian-packages.sh python3-venv $$(command -v java >/dev/null || echo default-jre-headless)
	@[ -x .build/spark/bin/python ] || python3 -m venv .build/spark
	@.build/spark/bin/pip install --quiet --requirement integrations/spark/requirements.txt
	@PYTHONDONTWRITEBYTECODE=1 .build/spark/bin/python integrations/spark/test_whence_spark.py .build/release/whence

format:
	swift format -i -r Package.swift Sources Tests

lint:
	swift format lint --strict -r Package.swift Sources Tests

packages: check-swift
	@Scripts/install-debian-packages.sh

check-swift:
	@command -v swift >/dev/null || { \
	    echo "Whence needs a Swift toolchain, 6.1 or newer: https://www.swift.org/install" >&2; exit 1; }

clean:
	rm -rf .build
