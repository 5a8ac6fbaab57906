.PHONY: check test slow fuzz notebooks reference sample bench lowest site pictures

check:            ## lint, format, types, floors
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test:             ## the whole suite, below three minutes
	python -m pytest

slow:             ## coverage of intervals by simulation, some minutes
	python -m pytest -m slow

fuzz:             ## 200,000 damaged files of every format: a survey or a refusal by name, nothing else; about an hour
	python tests/fuzz/run.py --inputs 200000

notebooks:        ## run every notebook in a fresh kernel
	python notebooks/execute.py

reference:        ## rewrite the reference numbers; needs R with the survey package
	python tests/reference/make_data.py
	python tests/reference/make_weighting_data.py
	for script in tests/reference/*.R; do Rscript $$script; done
	python tests/reference/audit_numbers.py

sample:           ## rewrite the synthetic sample; two runs give the same bytes
	python data/sample/make_sample.py

bench:            ## ratios against the peers that are installed
	python benchmarks/means.py
	python benchmarks/weighting.py
	python benchmarks/regression.py
	python benchmarks/drivers.py
	python benchmarks/standards.py
	python benchmarks/reading.py
	python benchmarks/imports.py

lowest:           ## the suite with the lowest versions that pyproject.toml allows
	.ci/lowest

site:             ## the documentation as a site in build/site; needs the extra docs
	mkdocs build --strict

pictures:         ## redraw the pictures of README and docs from the sample; needs chromium
	python docs/make_pictures.py
