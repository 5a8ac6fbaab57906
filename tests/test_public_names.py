"""The names the package gives out: sorted, loadable, documented, and loaded only when used."""

import inspect
import subprocess
import sys

import pytest

import kepuasan as kp

CONTRACT = {
    *("Change", "Codebook", "Design", "Estimates", "Index", "IndexSpec", "Survey", "attribute_change", "compare_waves", "load_sample"),
    *("mean", "proportion", "ratio", "read_survey", "satisfaction_index", "stack_waves", "total"),
}


def test_the_public_names_are_sorted_and_hold_the_contract_of_this_stage():
    assert kp.__all__ == sorted(kp.__all__)
    assert set(kp.__all__) >= CONTRACT
    assert set(kp.__all__) <= set(dir(kp))


@pytest.mark.parametrize("name", kp.__all__)
def test_every_public_name_is_documented_with_an_example(name):
    document = inspect.getdoc(getattr(kp, name))
    assert document
    assert ">>>" in document or name in ("Change", "Index", "KepuasanError", "KepuasanWarning", "TermTest")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'average'"):
        kp.average  # noqa: B018


def test_importing_loads_no_heavy_module():
    code = "import sys, kepuasan; print(sorted({'numpy', 'pandas', 'scipy', 'statsmodels', 'matplotlib', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
