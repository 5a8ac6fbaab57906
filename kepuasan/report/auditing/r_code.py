"""The run as code for R's survey package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kepuasan.columns import WAVE
from kepuasan.report.auditing.quoting import numbers_in_r, r_number, r_remark, r_text, r_vector
from kepuasan.report.auditing.r_steps import Words, weighting_steps

if TYPE_CHECKING:
    from kepuasan.report.auditing.plan import Audit, Change, Scored

__all__ = ["r_code"]

_READING = """\
read_rows <- function(file, sep) {
  d <- switch(tolower(tools::file_ext(file)),
    csv = , txt = , tsv = read.csv(file, sep = sep, colClasses = "character", check.names = FALSE, fileEncoding = "UTF-8-BOM"),
    sav = , zsav = haven::read_sav(file, user_na = TRUE),
    por = haven::read_por(file, user_na = TRUE),
    dta = haven::read_dta(file),
    sas7bdat = haven::read_sas(file),
    xpt = haven::read_xpt(file),
    xlsx = readxl::read_excel(file, col_types = "text"),
    stop("no reader for ", file))
  d <- as.data.frame(d, stringsAsFactors = FALSE)
  d[] <- lapply(d, function(x) { attributes(x) <- NULL; x })
  d
}
as_text <- function(x) {
  if (is.numeric(x)) ifelse(is.na(x), NA, sprintf("%.15g", x)) else sub("^(-?[0-9]+)[.]0+$", "\\\\1", as.character(x))
}
as_number <- function(x) if (is.numeric(x)) x else as.numeric(sub(",", ".", x, fixed = TRUE))"""

_RECODE = """\
recode <- function(x, from, to) { x <- as_text(x); at <- match(x, from); x[!is.na(at)] <- to[at[!is.na(at)]]; x }"""
_MOVE = """\
move <- function(x, missing, low, high, to_low, to_high) {
  x <- as_number(x)
  ifelse(x %in% missing, x, to_low + (x - low) * (to_high - to_low) / (high - low))
}"""

_ANSWERS = """\
answers <- function(item, missing = numeric(0), from = numeric(0), to = numeric(0)) {
  x <- as_number(data[[item]])
  x[x %in% missing] <- NA
  for (i in seq_along(from)) x[!is.na(x) & x >= from[i] & x <= to[i]] <- NA
  x
}"""


def r_code(plan: Audit, say: Words) -> str:
    """Code that reads the data and finds the index of every wave, its items and its differences, with their standard errors."""
    parts = [
        _opening(plan, say),
        _reading(plan, say),
        _scores(plan, say),
        _design(plan, say),
        *([weighting_steps(plan, say)] if plan.rounds or plan.made else []),
        _estimates(plan, say),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _heading(say: Words, key: str) -> str:
    return f"# ---- {r_remark(say(f'audit.{key}'))}"


def _opening(plan: Audit, say: Words) -> list[str]:
    lines = [f"# {r_remark(say('audit.r'))}", "library(survey)", f'options(survey.lonely.psu = "{plan.single_psu}")']
    return [*lines, f"waves <- {r_vector(map(r_text, plan.waves))}"]


# ---------------------------------------------------------------- the data


def _reading(plan: Audit, say: Words) -> list[str]:
    changes = [change for source in plan.sources for change in source.changes]
    lines = [_heading(say, "data"), f"# {r_remark(say('audit.foreign'))}", _READING]
    lines += [_RECODE] if any(change.recode for change in changes) else []
    lines += [_MOVE] if any(change.moved for change in changes) else []
    lines += [f"columns <- {r_vector(map(r_text, plan.columns))}", "files <- list()"]
    for place, source in enumerate(plan.sources, start=1):
        if source.file is None:
            lines.append(f"# {r_remark(say('audit.unknown_file'))}")
        file = source.file or f"data_{place}.csv"
        lines.append(f"d <- read_rows({r_text(file)}, sep = {r_text(source.separator)})  # {r_remark(source.wave)}")
        lines += [line for change in source.changes for line in _changed(change)]
        lines += ["d[setdiff(columns, names(d))] <- NA", f"files[[{place}]] <- d[columns]"]
    lines.append("data <- do.call(rbind, files)")
    if plan.stacked:
        lines.append("wave <- rep(seq_along(files), vapply(files, nrow, 1L))")
        return [*lines, f"data[[{r_text(WAVE)}]] <- waves[wave]"] if any(WAVE in one.columns for one in plan.rounds) else lines
    if len(plan.waves) > 1:
        return [*lines, f"wave <- match(as_text(data[[{r_text(WAVE)}]]), waves)"]
    return [*lines, "wave <- rep(1L, nrow(data))"]


def _changed(change: Change) -> Iterator[str]:
    name = r_text(change.name)
    if change.column != change.name:
        yield f"d[[{name}]] <- d[[{r_text(change.column)}]]"
    if change.recode:
        yield f"d[[{name}]] <- recode(d[[{name}]], {r_vector(map(r_text, change.recode))}, {r_vector(map(r_text, change.recode.values()))})"
    if change.moved:
        yield f"d[[{name}]] <- move(d[[{name}]], {numbers_in_r(change.missing)}, {', '.join(map(r_number, change.moved))})"


# ---------------------------------------------------------------- scores


def _scores(plan: Audit, say: Words) -> list[str]:
    lines = [_heading(say, "scores"), f"# {r_remark(say(f'audit.scoring.{plan.scoring}'))}", _ANSWERS, "score <- cbind("]
    lines += _column(plan.items, "s", plan.scoring)
    if plan.importance:
        lines += [f"# {r_remark(say('audit.importance'))}", "importance <- cbind("]
        lines += _column(plan.importance, "i", "raw")
    if plan.listwise:
        both = "cbind(score, importance)" if plan.importance else "score"
        lines += [f"# {r_remark(say('audit.listwise'))}", f"lacking <- rowSums(is.na({both})) > 0", "score[lacking, ] <- NA"]
        lines += ["importance[lacking, ] <- NA"] if plan.importance else []
    if not plan.importance:
        equal = len(set(plan.weights)) == 1
        weights = f"rep(1 / {len(plan.items)}, {len(plan.items)})" if equal else numbers_in_r(plan.weights)
        lines.append(f"item_weight <- {weights}")
    return [*lines, *_answered(plan, say)]


def _column(items: Sequence[Scored], prefix: str, scoring: str) -> Iterator[str]:
    """The columns of a matrix of scores, one an item."""
    for number, item in enumerate(items, start=1):
        end = ")" if number == len(items) else ","
        yield f"  {prefix}{number} = {_score(item, scoring)}{end}  # {r_remark(item.label)}"


def _score(item: Scored, scoring: str) -> str:
    given = [r_text(item.name)]
    if item.missing or item.ranges:
        given.append(f"missing = {numbers_in_r(item.missing)}")
    if item.ranges:
        given += [f"from = {numbers_in_r(low for low, _ in item.ranges)}", f"to = {numbers_in_r(high for _, high in item.ranges)}"]
    x = f"answers({', '.join(given)})"
    if item.low is None or item.high is None:
        return x
    low, high = r_number(item.low), r_number(item.high)
    if item.reverse:
        x = f"({low} + {high} - {x})"
    if scoring == "top-box":
        return f"100 * ({x} >= {r_number(item.floor)})"
    if scoring == "share-of-max":
        return f"100 * {x} / {high}"
    return f"100 * ({x} - {low}) / ({high} - {low})" if scoring == "minmax" else x


def _answered(plan: Audit, say: Words) -> list[str]:
    """The scores whose means are the index: of items, or of respondents; and 1 where they are known."""
    lines = []
    if plan.level == "respondents":
        lines += [f"# {r_remark(say('audit.respondents'))}"]
        weight = "importance" if plan.importance else "matrix(item_weight, nrow(score), ncol(score), byrow = TRUE)"
        lines += [f"share <- {weight}", "known <- !is.na(score) & !is.na(share)", "share[!known] <- 0"]
        lines += ["mean_score <- cbind(rowSums(share * ifelse(known, score, 0)) / rowSums(share), score)"]
        lines += [f"mean_score[rowSums(known) == 0 | rowSums(known) < {r_number(plan.least)} * ncol(score) - 1e-9, 1] <- NA"]
    else:
        lines += [f"mean_score <- {'cbind(score, importance)' if plan.importance else 'score'}"]
    lines += [f"# {r_remark(say('audit.ratio'))}", "y <- ifelse(is.na(mean_score), 0, mean_score)", "a <- 1 * !is.na(mean_score)"]
    return [*lines, 'colnames(y) <- paste0("y", seq_len(ncol(y)))', 'colnames(a) <- paste0("a", seq_len(ncol(a)))']


# ---------------------------------------------------------------- the design


def _design(plan: Audit, say: Words) -> list[str]:
    lines = [_heading(say, "design"), "rows <- data.frame(wave, y, a)"]
    lines += [f"rows$weight <- {'1' if plan.weight is None else f'as_number(data[[{r_text(plan.weight)}]])'}"]
    given = plan.given
    if given is not None:
        lines += [f"replicates <- sapply({r_vector(map(r_text, given.columns))}, function(name) as_number(data[[name]]))"]
        equal = len(set(given.scales)) == 1
        scales = f"rep({r_number(given.scales[0])}, {len(given.scales)})" if equal else numbers_in_r(given.scales)
        flags = f"mse = {str(given.mse).upper()}, combined.weights = {str(given.combined).upper()}"
        lines += ["design <- svrepdesign(data = rows, weights = ~weight, repweights = replicates,"]
        return [*lines, f'  type = "other", scale = 1, rscales = {scales}, {flags})']
    lines += _stages(plan, say)
    stages = range(1, plan.stages + 1)
    ids = " + ".join(_unit(plan, stage) for stage in stages)
    parts = [f"ids = ~{ids}"]
    strata = _strata(plan)
    parts += [f"strata = ~{' + '.join(f'stratum{stage}' for stage in range(1, len(strata) + 1))}"] if strata else []
    parts += [f"fpc = ~{' + '.join(f'fpc{stage}' for stage in range(1, len(plan.fpc) + 1))}"] if plan.fpc else []
    parts += ["weights = ~weight"] if plan.weight is not None or not plan.fpc else []
    return [*lines, f"design <- svydesign({', '.join(parts)}, data = rows, nest = TRUE)"]


def _strata(plan: Audit) -> list[str]:
    """The strata of each stage as R computes them; those of the first stage within waves, where these are kept apart."""
    own = [f"as_text(data[[{r_text(name)}]])" for name in plan.strata[: plan.stages]]
    if plan.apart:
        return [f"paste(wave, {own[0]})" if own else "wave", *own[1:]]
    return own


def _unit(plan: Audit, stage: int) -> str:
    if stage <= len(plan.psu):
        return f"psu{stage}"
    return "1" if stage == 1 else "row"


def _stages(plan: Audit, say: Words) -> list[str]:
    lines = []
    if plan.apart:
        lines.append(f"# {r_remark(say('audit.apart'))}")
    elif plan.stacked:
        lines.append(f"# {r_remark(say('audit.shared'))}")
    lines += [f"rows$stratum{stage} <- {text}" for stage, text in enumerate(_strata(plan), start=1)]
    lines += [f"rows$psu{stage} <- as_text(data[[{r_text(name)}]])" for stage, name in enumerate(plan.psu[: plan.stages], start=1)]
    lines += [f"rows$fpc{stage} <- as_number(data[[{r_text(name)}]])" for stage, name in enumerate(plan.fpc, start=1)]
    return [*lines, "rows$row <- seq_len(nrow(rows))"] if plan.stages > max(1, len(plan.psu)) else lines


# ---------------------------------------------------------------- estimates


def _estimates(plan: Audit, say: Words) -> list[str]:
    lines = [_heading(say, "estimates"), "k <- ncol(y)"]
    lines += ['mean_of <- function(w, j) call("/", as.name(paste0("w", w, "y", j)), as.name(paste0("w", w, "a", j)))']
    lines += _index_of(plan)
    at = range(1, len(plan.waves) + 1)
    first = 2 if plan.level == "respondents" else 1
    items = range(first, first + len(plan.items))
    names = [f"index {wave}" for wave in plan.waves]
    names += [f"index {plan.waves[current]} - {plan.waves[base]}" for base, current in plan.pairs]
    names += [f"{item.name} {wave}" for wave in plan.waves for item in plan.items]
    lines += ["wanted <- c(", "  lapply(seq_along(waves), index_of),"]
    lines += [f'  list(call("-", index_of({current + 1}), index_of({base + 1}))),' for base, current in plan.pairs]
    lines += [f"  unlist(lapply(seq_along(waves), function(w) lapply({items[0]}:{items[-1]}, function(j) mean_of(w, j)))))"]
    lines += [f"names(wanted) <- {r_vector(map(r_text, names))}"]
    lines += _by_wave(plan, say, len(at)) if plan.by_wave else _together_r(plan, say)
    return [*lines, "print(results, digits = 10)"]


def _index_of(plan: Audit) -> list[str]:
    """The index of a wave as an expression of totals."""
    if plan.level == "respondents":
        return ["index_of <- function(w) mean_of(w, 1)"]
    added = 'Reduce(function(one, other) call("+", one, other), {terms})'
    n = len(plan.items)
    if plan.importance:
        shares = f"lapply(1:{n}, function(j) mean_of(w, j + {n}))"
        terms = f'lapply(1:{n}, function(j) call("*", mean_of(w, j + {n}), mean_of(w, j)))'
        whole = f'call("/", {added.format(terms=terms)}, {added.format(terms=shares)})'
        return [f"index_of <- function(w) {whole}"]
    terms = f'lapply(1:{n}, function(j) call("*", item_weight[j], mean_of(w, j)))'
    return [f"index_of <- function(w) {added.format(terms=terms)}"]


_PARTS = """\
totals_of <- function(w, variables) {
  part <- as.matrix(variables[c(paste0("y", 1:k), paste0("a", 1:k))]) * (variables$wave == w)
  colnames(part) <- c(paste0("w", w, "y", 1:k), paste0("w", w, "a", 1:k))
  part
}"""


def _together_r(plan: Audit, say: Words) -> list[str]:
    """All waves at once, so that the covariance between them is known."""
    lines = [f"# {r_remark(say('audit.together'))}", _PARTS]
    lines += ["parts <- do.call(cbind, lapply(seq_along(waves), totals_of, variables = design$variables))"]
    if plan.replicated:
        lines += ["values <- function(w, rows) {", "  totals <- as.list(colSums(parts * w))"]
        lines += ["  vapply(wanted, eval, 1, envir = totals)", "}", "found <- withReplicates(design, values)"]
    else:
        lines += ["found <- svycontrast(svytotal(parts, design), wanted)"]
    lines += ["results <- data.frame(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)), row.names = make.unique(names(wanted)))"]
    if plan.replicated:
        return lines
    n = len(plan.items)
    df = "vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1)"
    whole = "degf(design)" if plan.df is None else r_number(plan.df)
    lines += [] if plan.df is None or not plan.pairs else [f"# {r_remark(say('audit.df', df=r_number(plan.df)))}"]
    lines += [f"df <- c({df}, rep({whole}, {len(plan.pairs)}), rep({df}, each = {n}))"]
    return [*lines, "results$low <- results$estimate - qt(0.975, df) * results$se", "results$high <- results$estimate + qt(0.975, df) * results$se"]


def _by_wave(plan: Audit, say: Words, n_waves: int) -> list[str]:
    """Each wave by itself, as the strata of a wave are what a lone unit is averaged over; differences of independent waves."""
    n, apart = len(plan.items), plan.apart
    lines = [f"# {r_remark(say('audit.by_wave'))}", _PARTS]
    lines += [f"of_wave <- lapply(1:{n_waves}, function(w) {{", "  here <- subset(design, wave == w)"]
    lines += [f"  own <- wanted[c(w, {n_waves + len(plan.pairs)} + (w - 1) * {n} + 1:{n})]"]
    lines += ["  svycontrast(svytotal(totals_of(w, here$variables), here), own)", "})"]
    lines += ["index <- vapply(of_wave, function(f) coef(f)[[1]], 1)", "index_se <- vapply(of_wave, function(f) SE(f)[[1]], 1)"]
    lines += [f"base <- {numbers_in_r(float(base + 1) for base, _ in plan.pairs)}"]
    lines += [f"current <- {numbers_in_r(float(current + 1) for _, current in plan.pairs)}"]
    se = "sqrt(index_se[current]^2 + index_se[base]^2)" if apart else "rep(NA, length(base))"
    lines += ["results <- data.frame(", "  estimate = c(index, index[current] - index[base], unlist(lapply(of_wave, function(f) coef(f)[-1]))),"]
    return [*lines, f"  se = c(index_se, {se}, unlist(lapply(of_wave, function(f) SE(f)[-1]))), row.names = make.unique(names(wanted)))"]
