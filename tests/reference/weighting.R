# Reference numbers of R's survey package for weighted designs: the cases of weighting_cases.json.
#
#   Rscript weighting.R [DIRECTORY]      reads DIRECTORY/weighting_cases.json and its data, writes DIRECTORY/weighting.json
#
# Each case names its data, the svydesign call, and weighting steps that the tests hand to kepuasan as they stand. Four choices:
# * the variance after raking is that of calibrate(calfun = "raking") on the same margins (rake() itself sweeps unweighted cell means);
#   the weights are those of both, which must agree.
# * a case is "signed" where some weights are negative, which R's quantiles and regressions do not take.
# * rows without weight are left out: postStratify() gives them a residual, calibrate() none that is a number.
# * joint covariances of domains are those of the totals of the linearised variables under the weighted design.

suppressPackageStartupMessages({library(survey); library(jsonlite)})

margin_frame <- function(by, rows) {
  frame <- as.data.frame(lapply(seq_along(by), function(i) sapply(rows, function(row) as.character(row[[i]]))), col.names = by)
  frame$Freq <- sapply(rows, function(row) row[[length(row)]])
  frame
}

sided <- function(names) as.formula(paste("~", paste(names, collapse = "+")))

named_as_r <- function(totals) {
  names <- gsub("C\\((\\w+)\\)\\[T\\.(\\w+)\\]", "\\1\\2", names(totals))
  setNames(unlist(totals), ifelse(names == "Intercept", "(Intercept)", names))
}

# The weights of the estimate, and those of all weights, replicates' included.
first_weight <- function(s) as.numeric(if (inherits(s, "svyrep.design")) weights(s, "sampling") else weights(s))
every_weight <- function(s) c(first_weight(s), if (inherits(s, "svyrep.design")) as.numeric(weights(s, "analysis")))

raked <- function(d, step) {
  formulas <- lapply(step$margins, function(margin) sided(margin$by))
  frames <- lapply(step$margins, function(margin) margin_frame(margin$by, margin$rows))
  own <- rake(d, formulas, frames, control = list(maxit = 2000, epsilon = 1e-14))
  out <- calibrate(d, formulas, frames, calfun = "raking", epsilon = 1e-13, maxit = 500)
  stopifnot(isTRUE(all.equal(every_weight(own), every_weight(out), tolerance = 1e-9)))
  out
}

calibrated <- function(d, step) {
  bounds <- if (is.null(step$bounds)) c(-Inf, Inf) else unlist(step$bounds)
  formula <- as.formula(gsub("C\\((\\w+)\\)", "\\1", step$formula))
  calibrate(d, formula, named_as_r(step$totals), calfun = step$distance, bounds = bounds, epsilon = 1e-12, maxit = 500)
}

trimmed <- function(d, step) {
  lower <- if (is.null(step$lower)) -Inf else step$lower
  upper <- if (is.null(step$upper)) Inf else step$upper
  trimWeights(d, lower = lower, upper = upper, strict = TRUE)
}

weighted <- function(d, steps) {
  for (step in steps) {
    d <- switch(step$step, rake = raked(d, step), calibrate = calibrated(d, step), trim = trimmed(d, step),
                poststratify = postStratify(d, sided(step$by), margin_frame(step$by, step$rows)))
  }
  d
}

of_weights <- function(s) {
  w <- first_weight(s)
  list(first = w[1:20], sum = sum(w), squares = sum(w^2), min = min(w), max = max(w))
}

one_mean <- function(item, s) {
  m <- svymean(sided(item), s, na.rm = TRUE, deff = "replace")
  list(value = coef(m)[[1]], se = SE(m)[[1]], deff = deff(m)[[1]], n = sum(is.finite(s$prob) & !is.na(s$variables[[item]])))
}

together <- function(estimate) list(value = unname(coef(estimate)), vcov = unname(vcov(estimate)))

totals <- function(items, s) {
  for (item in items) s$variables[[item]][is.na(s$variables[[item]])] <- 0
  together(svytotal(sided(items), s))
}

shares <- function(s) {
  s$variables$channel_f <- factor(s$variables$channel)
  together(svymean(~channel_f, s, na.rm = TRUE))
}

by_domain <- function(by, s) {
  b <- svyby(~speed, sided(by), s, svymean, na.rm = TRUE)
  list(code = as.character(b[[by]]), value = unname(coef(b)), se = unname(SE(b)))
}

joint <- function(items, by, s) {
  w <- weights(s); code <- s$variables[[by]]
  linearised <- list()
  for (level in sort(unique(code))) for (item in items) {
    y <- s$variables[[item]]
    here <- code == level & !is.na(y)
    mean <- sum((w * y)[here]) / sum(w[here])
    linearised[[length(linearised) + 1]] <- ifelse(here, (ifelse(here, y, 0) - mean) / sum(w[here]), 0)
  }
  unname(vcov(svytotal(do.call(cbind, linearised), s)))
}

quantiles <- function(s, df = NULL) {
  q <- svyquantile(~age, s, c(0.25, 0.5, 0.75), qrule = "math", interval.type = "mean", ci = TRUE, df = df)[[1]]
  list(value = unname(q[, 1]), se = unname(q[, 4]), limits = unname(q[, 2:3]))
}

fitted_model <- function(formula, family, s) {
  fit <- svyglm(formula, s, family = family, control = glm.control(epsilon = 1e-14, maxit = 100))
  list(term = names(coef(fit)), value = unname(coef(fit)), vcov = unname(vcov(fit)), df = fit$df.residual)
}

of_estimates <- function(s, by, signed) {
  part <- subset(s, region == "north")
  with_age <- "age" %in% names(s$variables)
  list(
    df = degf(s), mean = one_mean("speed", s), listwise = together(svymean(~speed + ease, s, na.rm = TRUE)),
    total = totals(c("received", "resolved"), s), domain = c(one_mean("speed", part), df = degf(part)),
    by = by_domain(by, s), joint = joint(c("speed", "ease"), by, s),
    ratio = together(svyratio(~resolved, ~received, s, na.rm = TRUE)), proportion = shares(s),
    quantile = if (with_age && !signed) quantiles(s),
    linear = if (!signed) fitted_model(speed ~ received + sex, gaussian(), s),
    logit = if (!signed) fitted_model(I(speed >= 4) ~ received + sex, quasibinomial(), s)
  )
}

numbers_of <- function(case, directory) {
  options(survey.lonely.psu = if (is.null(case$lonely)) "fail" else case$lonely)
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if ("year" %in% names(d)) d$year <- as.character(d$year)
  if (!is.null(case$keep)) d <- d[eval(parse(text = case$keep), d), ]
  s <- weighted(eval(parse(text = case$r)), case$steps)
  out <- list(weights = of_weights(s))
  if (isTRUE(case$weights_only)) out else c(out, of_estimates(s, if (is.null(case$by)) "region" else case$by, isTRUE(case$signed)))
}

as_line <- function(x) as.character(toJSON(x, digits = NA, auto_unbox = TRUE, na = "null", null = "null"))

if (!exists("weighting_as_library")) {
  directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
  cases <- fromJSON(file.path(directory, "weighting_cases.json"), simplifyVector = FALSE)
  lines <- vapply(cases, function(case) paste0("  ", as_line(case$name), ": ", as_line(suppressWarnings(numbers_of(case, directory)))), "")
  writeLines(c("{", paste(lines, collapse = ",\n"), "}"), file.path(directory, "weighting.json"))
}
