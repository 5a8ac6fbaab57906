# Reference numbers of R's survey package for the designs of designs.json, on the data of make_data.py.
#
#   Rscript survey_numbers.R [DIRECTORY]      reads DIRECTORY/designs.json and its data, writes DIRECTORY/numbers.json
#
# Each case of designs.json names its data, the svydesign call, the rule for single PSUs and, where one is chosen, a domain.
# Joint covariances come from the linearised variables themselves: the design covariance of the totals of
# (answered) (y - mean) / (weight of those who answered), which is defined whatever is missing.

suppressPackageStartupMessages({library(survey); library(jsonlite)})

answered_rows <- function(s, x) sum(weights(s) > 0 & !is.na(x))

# The package cannot form the design effect of a single answer.
one_statistic <- function(statistic, item, s) {
  n <- answered_rows(s, s$variables[[item]])
  effect <- if (n > 1) "replace" else FALSE
  m <- statistic(as.formula(paste0("~", item)), s, na.rm = TRUE, deff = effect)
  list(value = coef(m)[[1]], se = SE(m)[[1]], deff = if (n > 1) deff(m)[[1]], n = n)
}

one_mean <- function(item, s) one_statistic(svymean, item, s)
one_total <- function(item, s) one_statistic(svytotal, item, s)

listwise <- function(items, s) {
  m <- svymean(as.formula(paste0("~", paste(items, collapse = "+"))), s, na.rm = TRUE, deff = "replace")
  list(value = unname(coef(m)), vcov = unname(vcov(m)), deff = unname(deff(m)))
}

totals_together <- function(items, s) {
  for (item in items) s$variables[[item]][is.na(s$variables[[item]])] <- 0
  unname(vcov(svytotal(as.formula(paste0("~", paste(items, collapse = "+"))), s)))
}

one_ratio <- function(s) {
  n <- answered_rows(s, s$variables$resolved + s$variables$received)
  m <- svyratio(~resolved, ~received, s, na.rm = TRUE, deff = if (n > 1) "replace" else FALSE)
  list(value = coef(m)[[1]], se = SE(m)[[1]], deff = if (n > 1) deff(m)[[1]], n = n)
}

# Wilson's limits with the effective size p (1 - p) / se^2 and the t quantile, and Korn and Graubard's with n and df as given.
wilson <- function(p, se, df) {
  square <- qt(0.975, df)^2 / (p * (1 - p) / se^2)
  (p + square / 2 + c(-1, 1) * sqrt(square * (p * (1 - p) + square / 4))) / (1 + square)
}

korn_graubard <- function(p, se, n, df) {
  size <- p * (1 - p) / se^2 * (qt(0.975, n - 1) / qt(0.975, df))^2
  c(qbeta(0.025, size * p, size * (1 - p) + 1), qbeta(0.975, size * p + 1, size * (1 - p)))
}

limits <- function(level, s) {
  x <- s$variables$channel
  s$variables$chosen <- as.numeric(x == level)
  m <- svymean(~chosen, s, na.rm = TRUE)
  p <- coef(m)[[1]]; se <- SE(m)[[1]]; df <- degf(s); n <- answered_rows(s, x)
  if (!is.finite(se) || p <= 0 || p >= 1 || df < 1 || se == 0) return(NULL)
  half <- qt(0.975, df) * se / (p * (1 - p))
  out <- list(t = p + c(-1, 1) * qt(0.975, df) * se, logit = plogis(qlogis(p) + c(-1, 1) * half),
              wilson = wilson(p, se, df), beta = korn_graubard(p, se, n, df))
  # the package's own, where nothing is missing and every row has a weight, must be the same
  if (n == nrow(s)) {
    for (pair in list(c("mean", "t"), c("xlogit", "logit"), c("beta", "beta"))) {
      own <- as.numeric(attr(svyciprop(~I(chosen == 1), s, method = pair[1], df = df), "ci"))
      stopifnot(isTRUE(all.equal(own, out[[pair[2]]], tolerance = 1e-7)))
    }
  }
  out
}

shares <- function(s) {
  levels <- sort(unique(s$variables$channel[!is.na(s$variables$channel)]))
  s$variables$channel_f <- factor(s$variables$channel, levels = levels)
  m <- svymean(~channel_f, s, na.rm = TRUE, deff = "replace")
  list(category = levels, value = unname(coef(m)), vcov = unname(vcov(m)), deff = unname(deff(m)),
       limits = lapply(levels, limits, s = s))
}

by_domain <- function(by, item, s) {
  codes <- s$variables[by]
  known <- complete.cases(codes) & weights(s) > 0
  cells <- unique(codes[known, , drop = FALSE])
  cells <- cells[do.call(order, c(unname(as.list(cells)), method = "radix")), , drop = FALSE]
  lapply(seq_len(nrow(cells)), function(i) {
    inside <- Reduce(`&`, lapply(by, function(name) !is.na(codes[[name]]) & codes[[name]] == cells[[name]][i]))
    part <- s[inside, ]
    if (answered_rows(part, part$variables[[item]]) == 0) return(list(key = as.list(cells[i, , drop = FALSE]), n = 0))
    c(list(key = as.list(cells[i, , drop = FALSE]), df = degf(part)), one_mean(item, part))
  })
}

# Design covariance of all means of items by domains of the first `by` column, items fastest.
joint <- function(items, by, s, whole, inside) {
  w <- weights(whole)
  code <- whole$variables[[by]]
  linearised <- list()
  for (level in sort(unique(code[!is.na(code) & inside & w > 0]))) for (item in items) {
    y <- whole$variables[[item]]
    here <- inside & !is.na(code) & code == level & !is.na(y)
    mean <- sum((w * y)[here]) / sum(w[here])
    linearised[[length(linearised) + 1]] <- ifelse(here, (ifelse(here, y, 0) - mean) / sum(w[here]), 0)
  }
  unname(vcov(svytotal(do.call(cbind, linearised), whole)))
}

attempt <- function(expression) tryCatch(expression, error = function(e) list(error = conditionMessage(e)))

numbers_of <- function(case, directory) {
  options(survey.lonely.psu = case$lonely)
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if (!is.null(case$keep)) d <- d[eval(parse(text = case$keep), d), ]
  whole <- eval(parse(text = case$r))
  inside <- rep(TRUE, nrow(d))
  if (!is.null(case$where)) inside <- eval(parse(text = case$where), d)
  inside <- !is.na(inside) & inside
  s <- if (all(inside)) whole else subset(whole, inside)
  list(
    df = degf(s),
    weight_sum = sum(weights(s)),
    mean = lapply(setNames(case$items, case$items), function(item) attempt(one_mean(item, s))),
    listwise = attempt(listwise(case$items, s)),
    total = lapply(setNames(case$items, case$items), function(item) attempt(one_total(item, s))),
    total_vcov = attempt(totals_together(case$items, s)),
    ratio = attempt(one_ratio(s)),
    proportion = attempt(shares(s)),
    by = attempt(by_domain(case$by[1], case$items[1], s)),
    crossed = attempt(by_domain(case$by, case$items[1], s)),
    joint = if (case$lonely == "average") NULL else attempt(joint(case$items, case$by[1], s, whole, inside))
  )
}

directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
cases <- fromJSON(file.path(directory, "designs.json"), simplifyDataFrame = FALSE)
numbers <- lapply(cases, function(case) attempt(suppressWarnings(numbers_of(case, directory))))
text <- vapply(numbers, function(n) as.character(toJSON(n, digits = NA, auto_unbox = TRUE, na = "null", null = "null")), "")
lines <- paste0("  ", vapply(cases, function(case) as.character(toJSON(case$name, auto_unbox = TRUE)), ""), ": ", text)
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), file.path(directory, "numbers.json"))
