"""The run as code for Stata, after its manual; it is not run by any test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from kepuasan.columns import WAVE
from kepuasan.report.auditing.quoting import plain_number, stata_name, stata_remark, stata_text, wrapped

if TYPE_CHECKING:
    from kepuasan.report.auditing.plan import Audit, Change, Scored, Source
    from kepuasan.report.auditing.rounds import Auxiliary

__all__ = ["stata_code"]

Words = Callable[..., str]

#: what Stata does with strata of a single unit
_SINGLE = {"fail": "missing", "certainty": "certainty", "remove": "certainty", "adjust": "centered", "average": "scaled"}
_SAFE_FILE = re.compile(r"[\w ./()-]+")
_CALIBRATIONS = {"raking": "rake", "linear": "regress"}
_CODES = 100


def stata_code(plan: Audit, say: Words) -> str:
    """Code that reads the data and finds the index of every wave and its differences, with their standard errors."""
    names = _names(plan)
    parts = [[f"// {stata_remark(say('audit.stata'))}", "version 16", "clear all"], _reading(plan, names, say), _scores(plan, names, say)]
    parts += [_design(plan, names, say), _estimates(plan, say)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _names(plan: Audit) -> dict[str, str]:
    """What each column is called in Stata."""
    names: dict[str, str] = {}
    for column in plan.columns:
        names[column] = stata_name(column, list(names.values()))
    return names


def _heading(say: Words, key: str) -> str:
    return f"// ---- {stata_remark(say(f'audit.{key}'))}"


# ---------------------------------------------------------------- the data


def _reading(plan: Audit, names: dict[str, str], say: Words) -> list[str]:
    lines = [_heading(say, "data")]
    for column, name in names.items():
        if name != column:
            lines.append(f"// {stata_remark(say('audit.renamed', column=column, name=name))}")
    for place, source in enumerate(plan.sources, start=1):
        lines += _opened(source, place, say)
        for change in source.changes:
            lines += _changed(change, names, say)
        if not plan.stacked:
            break
        lines += [f"generate byte kp_wave = {place}", f"tempfile wave{place}", f"save `wave{place}'"]
    if plan.stacked:
        lines += ["use `wave1', clear", *(f"append using `wave{place}', force" for place in range(2, len(plan.sources) + 1))]
    elif len(plan.waves) > 1:
        lines += ["generate byte kp_wave = ."]
        lines += [f"replace kp_wave = {at} if {_equal(names[WAVE], wave)}" for at, wave in enumerate(plan.waves, start=1)]
    else:
        lines += ["generate byte kp_wave = 1"]
    return lines


def _opened(source: Source, place: int, say: Words) -> list[str]:
    """The command that reads a file; of a name that a command cannot hold another is written."""
    lines = []
    file = source.file
    if file is None or not _SAFE_FILE.fullmatch(file):
        lines.append(f"// {stata_remark(say('audit.unknown_file'))}")
        file = f"data_{place}{'.csv' if file is None else '.' + re.sub('[^A-Za-z0-9]', '', file.rpartition('.')[2])}"
    kind = file.rpartition(".")[2].lower()
    sign = {"\t": "delimiters(tab) ", ";": 'delimiters(";") '}.get(source.separator, "")
    commands = {
        "sav": f'import spss using "{file}", clear',
        "zsav": f'import spss using "{file}", zsav clear',
        "dta": f'use "{file}", clear',
        "sas7bdat": f'import sas using "{file}", clear',
        "xpt": f'import sasxport5 "{file}", clear',
        "xlsx": f'import excel using "{file}", firstrow clear',
    }
    read = commands.get(kind, f'import delimited using "{file}", {sign}varnames(1) case(preserve) encoding("UTF-8") clear')
    return [*lines, f"{read}  // {stata_remark(source.wave)}"]


def _changed(change: Change, names: dict[str, str], say: Words) -> Iterator[str]:
    name = names[change.name]
    if change.column != change.name:
        yield f"rename {stata_name(change.column)} {name}"
    if change.recode:
        yield f"// {stata_remark(say('audit.recoded'))}"
        yield f"tostring {name}, replace force"
        yield f"generate strL kp_recoded = {name}"
        for code, new in change.recode.items():
            yield f"replace kp_recoded = {stata_text(new)} if {name} == {stata_text(code)}"
        yield f"drop {name}"
        yield f"rename kp_recoded {name}"
        yield f"destring {name}, replace"
    if change.moved:
        low, high, to_low, to_high = map(plain_number, change.moved)
        kept = f" if !inlist({name}, {', '.join(map(plain_number, change.missing))})" if change.missing else ""
        yield f"replace {name} = {to_low} + ({name} - {low}) * ({to_high} - {to_low}) / ({high} - {low}){kept}"


def _equal(name: str, code: str) -> str:
    """The condition that a column has a code."""
    return f"{name} == {_code(code)}"


def _code(code: str) -> str:
    """A code as it is written in a condition: a number where it is one, else a text."""
    return code if re.fullmatch(r"-?\d+(\.\d+)?", code) else stata_text(code)


# ---------------------------------------------------------------- scores


def _scores(plan: Audit, names: dict[str, str], say: Words) -> list[str]:
    lines = [_heading(say, "scores"), f"// {stata_remark(say(f'audit.scoring.{plan.scoring}'))}"]
    for number, item in enumerate(plan.items, start=1):
        lines += _score(item, f"kp_s{number}", plan.scoring, names)
    if plan.importance:
        lines.append(f"// {stata_remark(say('audit.importance'))}")
        for number, item in enumerate(plan.importance, start=1):
            lines += _score(item, f"kp_i{number}", "raw", names)
    all_scores = [f"kp_s{number}" for number in range(1, len(plan.items) + 1)] + [f"kp_i{number}" for number in range(1, len(plan.importance) + 1)]
    if plan.listwise:
        lines += [f"// {stata_remark(say('audit.listwise'))}", f"egen byte kp_lacking = rowmiss({' '.join(all_scores)})"]
        lines += [f"replace {name} = . if kp_lacking > 0" for name in all_scores]
    if plan.level == "respondents":
        lines += _respondents(plan, say)
    return lines


def _score(item: Scored, made: str, scoring: str, names: dict[str, str]) -> Iterator[str]:
    yield f"generate double {made} = {names[item.name]}  // {stata_remark(item.label)}"
    for start in range(0, len(item.missing), _CODES):
        codes = ", ".join(plain_number(code) for code in item.missing[start : start + _CODES])
        yield f"replace {made} = . if inlist({made}, {codes})"
    for low, high in item.ranges:
        bounds = [f"{made} >= {plain_number(low)}"] if low > float("-inf") else []
        bounds += [f"{made} <= {plain_number(high)}"] if high < float("inf") else []
        yield f"replace {made} = . if {' & '.join(bounds) or '1'}"
    if item.low is None or item.high is None:
        return
    bottom, top = plain_number(item.low), plain_number(item.high)
    if item.reverse:
        yield f"replace {made} = {bottom} + {top} - {made}"
    if scoring == "top-box":
        yield f"replace {made} = 100 * ({made} >= {plain_number(item.floor or 0.0)}) if !missing({made})"
    elif scoring in ("share-of-max", "minmax"):
        yield f"replace {made} = 100 * " + (f"{made} / {top}" if scoring == "share-of-max" else f"({made} - {bottom}) / ({top} - {bottom})")


def _respondents(plan: Audit, say: Words) -> list[str]:
    """The index of each respondent."""
    lines = [
        f"// {stata_remark(say('audit.respondents'))}",
        "generate double kp_above = 0",
        "generate double kp_below = 0",
        "generate int kp_answered = 0",
    ]
    for number, weight in enumerate(plan.weights, start=1):
        own = f"kp_i{number}" if plan.importance else plain_number(weight)
        known = f"!missing(kp_s{number})" + (f" & !missing(kp_i{number})" if plan.importance else "")
        lines += [f"replace kp_above = kp_above + {own} * kp_s{number} if {known}", f"replace kp_below = kp_below + {own} if {known}"]
        lines += [f"replace kp_answered = kp_answered + 1 if {known}"]
    least = plain_number(plan.least * len(plan.items))
    return [*lines, f"generate double kp_respondent = kp_above / kp_below if kp_answered > 0 & kp_answered >= {least} - 1e-9"]


# ---------------------------------------------------------------- the design


def _design(plan: Audit, names: dict[str, str], say: Words) -> list[str]:
    lines = [_heading(say, "design")]
    given = plan.given
    weight = f" [pweight = {names[plan.weight]}]" if plan.weight is not None else ""
    if given is not None:
        return [*lines, *_given(plan, names, weight)]
    if plan.weight is None and plan.fpc:
        lines += _implied(plan, names)
        weight = " [pweight = kp_weight]"
    if plan.made is not None:
        lines.append(f"// {stata_remark(say('audit.no_stata'))}")
    step_lines, option = _calibration(plan, names, say, weight)
    strata = _strata(plan, names)
    lines += [f"// {stata_remark(say('audit.apart' if plan.apart else 'audit.shared'))}"] if len(plan.waves) > 1 else []
    lines += [f"egen long kp_stratum = group({strata[0]})"] if strata else []
    stages = []
    for stage in range(1, plan.stages + 1):
        unit = names[plan.psu[stage - 1]] if stage <= len(plan.psu) else "_n"
        own = ["strata(kp_stratum)"] if stage == 1 and strata else [f"strata({strata[stage - 1]})"] if 1 < stage <= len(strata) else []
        own += [f"fpc({names[plan.fpc[stage - 1]]})"] if stage <= len(plan.fpc) else []
        stages.append((unit, " ".join(own)))
    last = " ".join(part for part in (stages[-1][1], f"singleunit({_SINGLE[plan.single_psu]})", option) if part)
    stages[-1] = (stages[-1][0], last)
    told = [f"{unit}{weight if place == 0 else ''}{', ' + text if text else ''}" for place, (unit, text) in enumerate(stages)]
    return [*lines, *step_lines, f"svyset {' || '.join(told)}"]


def _strata(plan: Audit, names: dict[str, str]) -> list[str]:
    """The variables of the strata of each stage; of the first stage with the wave, where waves are kept apart."""
    own = [names[name] for name in plan.strata[: plan.stages]]
    if plan.apart:
        return [" ".join(["kp_wave", *own[:1]]), *own[1:]]
    return own


def _implied(plan: Audit, names: dict[str, str]) -> list[str]:
    """Weights that follow from the sampled shares of all stages."""
    lines = ["generate double kp_weight = 1"]
    above: list[str] = ["kp_wave"] if plan.apart else []
    for stage, fpc in enumerate(plan.fpc, start=1):
        above += [names[name] for name in plan.strata[stage - 1 : stage]]
        by = f"by({' '.join(above)})" if above else ""
        if stage <= len(plan.psu):
            tag = " ".join([*above, names[plan.psu[stage - 1]]])
            lines += [f"egen byte kp_first{stage} = tag({tag})", f"egen double kp_size{stage} = total(kp_first{stage}), {by}".rstrip(", ")]
            above.append(names[plan.psu[stage - 1]])
        else:
            lines += [f"egen double kp_size{stage} = count(kp_wave), {by}".rstrip(", ")]
        share = f"cond({names[fpc]} <= 1, {names[fpc]}, kp_size{stage} / {names[fpc]})"
        lines.append(f"replace kp_weight = kp_weight / {share}")
    return lines


def _given(plan: Audit, names: dict[str, str], weight: str) -> list[str]:
    """Replicate weights of the data, as weights with a factor of their own, which Stata's jackknife takes."""
    given = plan.given
    if given is None:
        return []
    columns = [names[name] for name in given.columns]
    lines = [] if given.combined else [f"replace {name} = {name} * {names[plan.weight]}" for name in columns if plan.weight is not None]
    groups: dict[float, list[str]] = {}
    for name, scale in zip(columns, given.scales, strict=True):
        groups.setdefault(scale, []).append(name)
    options = [f"jkrweight({' '.join(own)}, multiplier({plain_number(scale)}))" for scale, own in groups.items()]
    text = wrapped([*options, "vce(jackknife)", *(["mse"] if given.mse else [])], " ", end=" ///")
    return [*lines, f"svyset{weight}, {text}"]


# ---------------------------------------------------------------- weighting steps


def _calibration(plan: Audit, names: dict[str, str], say: Words, weight: str) -> tuple[list[str], str]:
    """Variables of known totals and the option of `svyset`, where there is one step that it knows."""
    if not plan.rounds:
        return [], ""
    only = plan.rounds[0]
    if len(plan.rounds) > 1 or only.kind != "calibrate" or only.distance not in _CALIBRATIONS or (only.distance == "raking" and only.bounds):
        return [f"// {stata_remark(say('audit.many_steps'))}"], ""
    waves = ", ".join(plan.waves[at] for at in only.waves) or say("audit.all")
    lines = [f"// {stata_remark(say(f'audit.step.{only.name}', waves=waves))}"]
    totals = []
    for place, one in enumerate(only.auxiliaries, start=1):
        lines.append(f"generate double kp_x{place} = {_auxiliary(one, names)}")
        if one.others:
            own = weight.removeprefix(" [pweight = ").removesuffix("]") or "kp_wave / kp_wave"
            lines += [f"// {stata_remark(say('audit.others'))}", f"generate double kp_xw = {own} * kp_x{place}", "summarize kp_xw, meanonly"]
            lines += ["local others = r(sum)"]
            totals.append(f"kp_x{place} = `others'")
        else:
            totals.append(f"kp_x{place} = {plain_number(one.total)}")
    bounds = "" if only.bounds is None else f" ll({plain_number(only.bounds[0] or 0.0)}) ul({plain_number(only.bounds[1] or 0.0)})"
    variables = wrapped([f"kp_x{place}" for place in range(1, len(totals) + 1)], " ", end=" ///")
    return lines, f"{_CALIBRATIONS[only.distance]}({variables}, totals({wrapped(totals, ' ', end=' ///')}) noconstant{bounds})"


def _auxiliary(one: Auxiliary, names: dict[str, str]) -> str:
    here = f"{'!' if one.others else ''}inlist(kp_wave, {', '.join(str(at + 1) for at in one.waves)})" if one.waves else ""
    if not one.columns:
        return here or "1"
    if one.level is None:
        return f"cond({here}, {names[one.columns[0]]}, 0)" if here else names[one.columns[0]]
    return " & ".join(part for part in (here, _is(one, names)) if part)


def _is(one: Auxiliary, names: dict[str, str]) -> str:
    """The condition that rows have a level of crossed columns."""
    codes = (one.level or "").split(" x ")
    if len(codes) != len(one.columns):
        return f"{names.get(one.columns[0], 'kp_wave')} == {_code(one.level or '')}"
    return " & ".join(f"{names[column]} == {_code(code)}" for column, code in zip(one.columns, codes, strict=True) if column in names) or "1"


# ---------------------------------------------------------------- estimates


def _estimates(plan: Audit, say: Words) -> list[str]:
    lines = [_heading(say, "estimates"), f"// {stata_remark(say('audit.ratio'))}"]
    scores = ["kp_respondent"] if plan.level == "respondents" else [f"kp_s{number}" for number in range(1, len(plan.items) + 1)]
    scores += [f"kp_i{number}" for number in range(1, len(plan.importance) + 1)] if plan.level == "items" else []
    ratios = []
    for at in range(1, len(plan.waves) + 1):
        for number, score in enumerate(scores, start=1):
            lines += [f"generate double kp_y{at}_{number} = cond(kp_wave == {at} & !missing({score}), {score}, 0)"]
            lines += [f"generate byte kp_a{at}_{number} = kp_wave == {at} & !missing({score})"]
            ratios.append(f"(m{at}_{number}: kp_y{at}_{number}/kp_a{at}_{number})")
    lines.append(f"svy: ratio {wrapped(ratios, ' ', end=' ///')}")
    command = "nlcom" if plan.importance and plan.level == "items" else "lincom"
    for at, wave in enumerate(plan.waves, start=1):
        lines += [f"// {stata_remark(say('audit.index', wave=wave))}", f"{command} {_index(plan, at)}"]
    for base, current in plan.pairs:
        told = say("audit.difference", base=plan.waves[base], current=plan.waves[current])
        lines += [f"// {stata_remark(told)}", f"{command} {_index(plan, current + 1)} ///\n  - ({_index(plan, base + 1)})"]
    return lines


def _index(plan: Audit, at: int) -> str:
    """The index of a wave out of the means that were estimated."""
    if plan.level == "respondents":
        return f"_b[m{at}_1]"
    n = len(plan.items)
    if plan.importance:
        above = wrapped([f"_b[m{at}_{number + n}] * _b[m{at}_{number}]" for number in range(1, n + 1)], " + ", end=" ///")
        return f"({above}) / ({_sum([f'_b[m{at}_{number + n}]' for number in range(1, n + 1)])})"
    if len(set(plan.weights)) == 1:
        return f"({_sum([f'_b[m{at}_{number}]' for number in range(1, n + 1)])}) / {n}"
    return _sum([f"{plain_number(weight)} * _b[m{at}_{number}]" for number, weight in enumerate(plan.weights, start=1)])


def _sum(terms: Sequence[str]) -> str:
    return wrapped(list(terms), " + ", end=" ///")
