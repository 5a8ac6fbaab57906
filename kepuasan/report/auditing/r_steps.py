"""Weighting steps and replicates as code for R's survey package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kepuasan.report.auditing.plan import REPLICATES
from kepuasan.report.auditing.quoting import numbers_in_r, r_number, r_remark, r_text, r_vector

if TYPE_CHECKING:
    from kepuasan.report.auditing.plan import Audit
    from kepuasan.report.auditing.rounds import Auxiliary, Round

__all__ = ["Words", "weighting_steps"]

Words = Callable[..., str]

_CELL = 'cell <- function(...) do.call(paste, c(unname(lapply(c(...), function(name) as_text(data[[name]]))), sep = " x "))'

_TRIM = """\
trim <- function(design, rows, lower, upper) {
  w <- weights(design)
  rows <- rows & w > 0
  repeat {
    outside <- rows & (w < lower | w > upper)
    if (!any(outside)) break
    bounded <- pmin(pmax(w, lower), upper)
    share <- sum((w - bounded)[outside]) / sum(rows & !outside)
    w[outside] <- bounded[outside]
    w[rows & !outside] <- w[rows & !outside] + share
  }
  design$prob <- 1 / w
  design
}"""


def weighting_steps(plan: Audit, say: Words) -> list[str]:
    """The lines that take every weighting step of the run, and make its replicates, on a design that is there."""
    lines = [f"# ---- {r_remark(say('audit.steps'))}"]
    if any(one.columns for one in plan.rounds):
        lines.append(_CELL)
    if any(one.kind == "trim" for one in plan.rounds):
        lines.append(_TRIM)
    if plan.zeros and any(one.kind == "calibrate" for one in plan.rounds):
        lines += [f"# {r_remark(say('audit.zeros'))}", "counted <- rows$weight > 0"]
        lines += ["design <- design[counted, ]", "data <- data[counted, , drop = FALSE]"]
    if plan.made is not None:
        lines += _made(plan, say)
    for number, one in enumerate(plan.rounds, start=1):
        lines += [f"# {number}. {r_remark(say(f'audit.step.{one.name}', waves=', '.join(plan.waves[at] for at in one.waves) or say('audit.all')))}"]
        lines += _step(one, number, plan, say)
    if sum(one.kind == "calibrate" for one in plan.rounds) > 1 and not plan.replicated:
        lines += [f"# {r_remark(say('audit.chain'))}", "design$postStrata <- rev(design$postStrata)"]
    return lines


def _step(one: Round, number: int, plan: Audit, say: Words) -> list[str]:
    """The lines of one step."""
    if one.kind == "calibrate":
        return _calibrate(one, number, plan)
    if one.kind == "trim" and not (plan.replicated and one.waves):
        return _trim(one, plan, say)
    if one.kind == "cells" and not plan.replicated:
        return _cells(one, say)
    return [f"# {r_remark(say('audit.untold'))}"]


def _made(plan: Audit, say: Words) -> list[str]:
    made = plan.made or {}
    method = made["method"]
    lines = [f"# {r_remark(say(f'audit.replicates.{method}', n=made['replicates']))}"]
    if method not in REPLICATES:
        return lines
    more = {"fay": f", fay.rho = {r_number(float(made.get('fay_rho') or 0))}", "bootstrap": f", replicates = {made['replicates']}"}.get(method, "")
    seed = ["set.seed(1)"] if method == "bootstrap" else []
    return [*lines, *seed, f'design <- as.svrepdesign(design, type = "{REPLICATES[method]}", compress = FALSE{more})']


def _calibrate(one: Round, number: int, plan: Audit) -> list[str]:
    lines, names, totals = [], [], []
    for place, auxiliary in enumerate(one.auxiliaries, start=1):
        name = f"x{number}_{place}"
        lines.append(f"design$variables${name} <- {_auxiliary(auxiliary)}")
        names.append(name)
        totals.append(f'sum(weights(design, "sampling")[design$variables${name} == 1])' if auxiliary.others else r_number(auxiliary.total))
    bounds = "" if one.bounds is None else f"bounds = {numbers_in_r(float(limit) for limit in one.bounds if limit is not None)}, "
    return [
        *lines,
        f"design <- calibrate(design, ~{' + '.join([*names, '0'])},",
        f"  population = {r_vector(f'{name} = {total}' for name, total in zip(names, totals, strict=True))},",
        f'  calfun = "{one.distance}", {bounds}epsilon = 1e-10, maxit = 500{", compress = FALSE" if plan.replicated else ""})',
    ]


def _auxiliary(one: Auxiliary) -> str:
    here = _rows(one.waves, not_in=one.others)
    if not one.columns:
        return f"1 * {here}" if one.waves else "1"
    if one.level is None:
        number = f"as_number(data[[{r_text(one.columns[0])}]])"
        return f"ifelse({here}, {number}, 0)" if one.waves else number
    level = f"cell({', '.join(map(r_text, one.columns))}) == {r_text(one.level)}"
    return f"1 * ({here} & {level})" if one.waves else f"1 * ({level})"


def _rows(waves: Sequence[int], *, not_in: bool = False) -> str:
    """Rows of some waves, as a condition."""
    chosen = f"design$variables$wave %in% {numbers_in_r(float(at + 1) for at in waves)}"
    return f"!({chosen})" if not_in else f"({chosen})"


def _trim(one: Round, plan: Audit, say: Words) -> list[str]:
    lower, upper = one.bounds or (None, None)
    rows = _rows(one.waves) if one.waves else "rep(TRUE, nrow(design$variables))"
    low, high = r_number(float("-inf") if lower is None else lower), r_number(float("inf") if upper is None else upper)
    if plan.replicated:
        return [f"# {r_remark(say('audit.trim.replicates'))}", f"design <- trimWeights(design, lower = {low}, upper = {high})"]
    return [f"design <- trim(design, {rows}, {low}, {high})"]


def _cells(one: Round, say: Words) -> list[str]:
    rows = _rows(one.waves) if one.waves else "rep(TRUE, nrow(design$variables))"
    group = f"cell({', '.join(map(r_text, one.cells))})" if one.cells else "1"
    return [
        f"# {r_remark(say('audit.cells'))}",
        f"here <- {rows}",
        f"responded <- as_number(data[[{r_text(one.responded or '')}]]) == 1",
        "w <- weights(design)",
        f"group <- paste({group}, here)",
        "ratio <- ave(w, group, FUN = sum) / ave(w * responded, group, FUN = sum)",
        "design$prob <- 1 / ifelse(here, ifelse(responded, w * ratio, 0), w)",
    ]
