"""Code for auditors: what R gave for it equals the report, and nothing in names or labels is run."""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.agreement import HERE
from reference.audit_cases import CASES, EVIL, STORED, code_of, digest, ours, results_of

import kepuasan as kp
from kepuasan.report.auditing.plan import audit_of
from kepuasan.report.auditing.quoting import plain_number, r_remark, r_text, stata_name, stata_remark, stata_text, wrapped
from kepuasan.report.auditing.r_code import r_code
from kepuasan.report.auditing.rounds import rounds_of
from kepuasan.report.auditing.stata_code import stata_code
from kepuasan.report.document import Code
from kepuasan.report.gathering import gather_results
from kepuasan.report.parts.audit import audit_part
from kepuasan.report.request import ReportRequest
from kepuasan.report.voice import Voice
from kepuasan.wording import say

AUDIT = HERE / "audit"
NUMBERS = json.loads((AUDIT / "numbers.json").read_text(encoding="utf-8"))


def english(key, **values):
    return say(key, "en", **values)


def stata_of(name):
    return stata_code(audit_of(results_of(name), "en"), english)


def code_lines(code, sign="#"):
    """The lines of a program without their remarks; a sign within quotes begins none."""
    kept = [re.sub(rf'^((?:[^"{sign[0]}]|"(?:[^"\\]|\\.)*")*){sign}.*$', r"\1", line).rstrip() for line in code.splitlines()]
    return [line for line in kept if line]


# ---------------------------------------------------------------- what R gave


def test_every_case_was_run_by_r():
    assert list(NUMBERS) == list(CASES)
    assert len(CASES) >= 30


@pytest.mark.parametrize("name", CASES)
def test_the_code_is_what_r_was_given_and_r_gave_our_numbers(name):
    assert digest(code_of(name)) == NUMBERS[name]["sha256"], "the code changed: python tests/reference/audit_numbers.py"
    np.testing.assert_allclose(ours(name).to_numpy(), NUMBERS[name]["results"], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", STORED)
def test_the_code_is_the_stored_one(name):
    assert code_of(name) == (AUDIT / f"{name}.R").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["sample-one", "waves-raked", "stated"])
def test_both_languages_have_the_same_code_and_other_remarks(name):
    indonesian, own = code_of(name, "id"), code_of(name)
    assert code_lines(indonesian) == code_lines(own)
    assert indonesian != own


# ---------------------------------------------------------------- what is said where numbers are not the same


def rows(**columns):
    rng = np.random.default_rng(2)
    base = {"speed": rng.integers(1, 6, 80).astype(float), "ease": rng.integers(1, 6, 80).astype(float), "psu": np.arange(80) // 4}
    return pd.DataFrame({**base, "stratum": np.arange(80) // 20, "sex": np.tile(["L", "P"], 40), **columns})


def weighted(*steps):
    survey = kp.Survey(rows(answered=np.arange(80) % 5 > 0), None, kp.Design(strata="stratum", psu="psu"))
    for step in steps:
        survey = step(survey)
    return gather_results(survey, ReportRequest(("2022",), spec=kp.IndexSpec(["speed", "ease"], scale=(1, 5))))


@pytest.mark.parametrize(
    ("step", "remark"),
    [
        (lambda s: kp.adjust_nonresponse(s, "answered", cells="sex"), "audit.cells"),
        (lambda s: kp.adjust_nonresponse(s, "answered", formula="~ C(sex)"), "audit.untold"),
        (lambda s: kp.calibrate(s, "~ C(sex):ease", {"Intercept": 80, "C(sex)[L]:ease": 130, "C(sex)[P]:ease": 120}), "audit.untold"),
    ],
)
def test_a_step_that_the_other_program_has_not_is_named_in_a_remark(step, remark):
    plan = audit_of(weighted(step), "en")
    assert f"# {english(remark)}" in r_code(plan, english)
    assert stata_remark(english("audit.many_steps")) in stata_code(plan, english)


@pytest.mark.parametrize(("method", "made"), [("bootstrap", 'type = "subbootstrap"'), ("sdr", "svydesign"), ("jkn", 'type = "JKn"')])
def test_replicates_are_made_by_r_where_it_has_the_method(method, made):
    seed = {"n": 20, "seed": 4} if method == "bootstrap" else {}
    code = r_code(audit_of(weighted(lambda s: kp.add_replicates(s, method, **seed)), "en"), english)
    assert made in code
    assert ("withReplicates" in code) == (method != "sdr")
    assert "agree up to simulation error" in code if method == "bootstrap" else "simulation" not in code


def test_a_file_that_is_not_known_is_said_and_waves_of_one_file_are_told_by_their_column():
    both = pd.concat([rows().assign(wave="2020"), rows().assign(wave="2022")], ignore_index=True)
    spec = kp.IndexSpec(["speed", "ease"], scale=(1, 5))
    results = gather_results(kp.Survey(both), ReportRequest(("2020", "2022"), spec=spec))
    plan = audit_of(results, "en")
    code = r_code(plan, english)
    assert f"# {english('audit.unknown_file')}" in code
    assert code.count("read_rows(") == 1
    assert 'wave <- match(as_text(data[["wave"]]), waves)' in code
    assert "replace kp_wave = 2 if wave == 2022" in stata_code(plan, english)


def test_degrees_of_freedom_of_a_wider_design_are_said():
    users = kp.load_sample("users")
    plan = audit_of(gather_results(users, ReportRequest(("2020", "2022"), frame="region")), "en")
    assert plan.df == users.design.df
    assert f"rep({users.design.df}, 1)" in r_code(plan, english)


def test_the_file_of_a_wave_is_named_as_the_recipe_names_it():
    results = results_of("sample-one")
    named = replace(results, inputs={"kepuasan.toml": "0", "data/users_2022.csv": "1"})
    assert audit_of(named, "en").sources[0].file == "data/users_2022.csv"


def test_steps_of_waves_that_differ_are_rounds_of_their_own():
    results = results_of("waves-one-raked")
    rounds = list(rounds_of(results.design.history, results.request.waves, results.codebook))
    assert [(one.kind, one.waves) for one in rounds] == [("calibrate", (1,)), ("trim", (1,))]
    assert [one.others for one in rounds[0].auxiliaries] == [False] * 4 + [True]


# ---------------------------------------------------------------- Stata


def test_stata_declares_the_same_design():
    assert "svyset psu [pweight = weight], strata(kp_stratum) singleunit(missing)" in stata_of("sample-three")
    assert "svyset psu [pweight = w], strata(kp_stratum) fpc(units) || ssu, strata(block) fpc(villages) singleunit(missing)" in stata_of("stages")
    assert "svyset psu [pweight = w], strata(kp_stratum) fpc(units) || _n, fpc(residents) singleunit(missing)" in stata_of("residents")
    assert "svyset _n, singleunit(missing)" in stata_of("plain")
    assert [f"singleunit({rule})" in stata_of(f"lone-{name}") for name, rule in (("adjust", "centered"), ("average", "scaled"))] == [True, True]
    raked = stata_of("raked")
    assert "rake(kp_x1 kp_x2 kp_x3 kp_x4, totals(kp_x1 = 392 kp_x2 = 428 kp_x3 = 290 kp_x4 = 190) noconstant)" in raked
    assert "jkrweight(replicate_1 " in stata_of("given")


def test_stata_estimates_every_wave_and_difference():
    code = stata_of("sample-three")
    assert code.count("lincom") == 3 + 3
    assert "svy: ratio (m1_1: kp_y1_1/kp_a1_1)" in code
    assert "nlcom" in stata_of("stated")
    assert "lincom _b[m2_1] ///\n  - (_b[m1_1])" in stata_of("waves-plain")
    assert english("audit.lead.stata").startswith("Stata 16")


def test_names_and_labels_that_are_code_are_no_code_in_stata():
    code = stata_of("hostile")
    allowed = re.compile(r"`wave\d+'|`others'")
    assert not re.search(r"[`$\\]", allowed.sub("", code))
    assert not re.search(r"/\*|\*/", code)
    assert not [line for line in code.splitlines() if line.startswith(("stop", '"', "c "))]
    assert "v_a_b_stop_x_c" in code


def test_names_and_labels_that_are_code_are_no_code_in_r():
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', "\n".join(code_lines(code_of("hostile"))))
    assert "stop(x)" not in outside
    assert outside.count("stop(") == 1
    assert "`" not in outside.replace('""', "")
    assert EVIL.strip() not in outside


# ---------------------------------------------------------------- quoting


@given(st.text())
def test_a_text_of_r_is_one_literal_of_one_line(text):
    literal = r_text(text)
    assert re.fullmatch(r'"(?:[^"\\]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"', literal)
    assert literal.isprintable()
    plain = "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    back = re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(.)", lambda m: m[3] or chr(int(m[1] or m[2], 16)), literal[1:-1])
    assert back == plain


@given(st.text())
def test_remarks_are_one_line_and_hold_no_macro(text):
    assert r_remark(text).isprintable()
    assert not set(stata_remark(text)) & set("`$\"\\/*\n\r'")


@given(st.text())
def test_a_text_of_stata_holds_no_macro_within_its_quotes(text):
    expression = stata_text(text)
    assert not set(re.sub(r"u?char\(\d+\)", "", expression)) & set("`$\\\n\r'/*")
    assert expression.count('"') % 2 == 0


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_name_of_stata_is_one_that_it_can_hold(name, taken):
    made = stata_name(name, taken)
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", made)
    assert made == name or made not in taken


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_in_full(value):
    assert float(plain_number(value)) == value


def test_long_lists_are_broken_between_their_parts():
    text = wrapped([f"x{number}" for number in range(60)], ", ")
    assert max(map(len, text.splitlines())) < 110
    assert [part.strip() for part in text.split(",")] == [f"x{number}" for number in range(60)]


# ---------------------------------------------------------------- the part


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_part_has_the_code_of_both_programs_and_says_that_stata_was_not_run(language):
    part = audit_part(results_of("sample-one"), Voice(language))
    codes = [block for block in part.blocks if isinstance(block, Code)]
    assert [one.language for one in codes] == ["r", "stata"]
    assert ("belum dijalankan" if language == "id" else "not been run") in part.blocks[3].text
    assert audit_part(results_of("sample-one"), Voice(language)) == part
