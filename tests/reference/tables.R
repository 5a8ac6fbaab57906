# Quantiles, crossed tables and combined imputations by R's survey and mitools packages, for the designs of designs.json.
#
#   Rscript tables.R [DIRECTORY]      reads DIRECTORY/designs.json and its data, writes DIRECTORY/tables.json
#
# Quantiles are svyquantile(qrule = "math", interval.type = "mean") with the degrees of freedom of the rows in the domain (a missing answer does not
# lower them). Tables are svychisq(statistic = "F"); its denominator counts PSUs without any weight too, ours, as degf, does not: where the two differ p
# is recomputed here with degf. Two answers of the package are left out: a limit whose share is below that of the first answer (it gives the second one),
# and any limit whose share is outside 0 to 1 (there is none).

suppressPackageStartupMessages({library(survey); library(mitools); library(jsonlite)})

SHARES <- c(0.2, 0.5, 0.75)

first_share <- function(item, s) {
  x <- s$variables[[item]]; w <- weights(s)
  use <- !is.na(x) & w > 0
  low <- min(x[use])
  min(w[use & x == low]) / sum(w[use])
}

# The limits of one quantile, NULL where the share's limit has no answer of ours to compare with.
interval <- function(item, s, q, level, df) {
  found <- svyquantile(as.formula(paste0("~", item)), s, q, alpha = 1 - level, qrule = "math", interval.type = "mean", na.rm = TRUE, df = df)[[1]]
  x <- s$variables[[item]]
  p <- coef(svymean(as.numeric(x <= found[1, 1]), s, na.rm = TRUE))[[1]]
  se <- SE(svymean(as.numeric(x <= found[1, 1]), s, na.rm = TRUE))[[1]]
  shares <- p + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se
  list(value = found[1, 1], low = found[1, 2], high = found[1, 3], se = found[1, 4],
       comparable = all(is.finite(shares)) && shares[1] > first_share(item, s) && shares[2] < 1)
}

quantiles <- function(item, s) {
  df <- degf(s)
  lapply(SHARES, function(q) {
    wide <- interval(item, s, q, 0.95, df)
    narrow <- interval(item, s, q, 0.8, df)
    out <- list(q = q, value = wide$value, df = df)
    if (wide$comparable) out <- c(out, list(se = wide$se, limits = c(wide$low, wide$high)))
    if (narrow$comparable) out <- c(out, list(limits_80 = c(narrow$low, narrow$high)))
    out
  })
}

by_region <- function(item, s) {
  regions <- sort(unique(s$variables$region[weights(s) > 0]))
  lapply(setNames(regions, regions), function(region) attempt(quantiles(item, s[s$variables$region == region, ])))
}

crossed <- function(rows, columns, s) {
  s <- s[weights(s) > 0, ]
  known <- !is.na(s$variables[[rows]]) & !is.na(s$variables[[columns]])
  formula <- as.formula(paste0("~", rows, "+", columns))
  f <- svychisq(formula, s, statistic = "F")
  first <- svychisq(formula, s, statistic = "Chisq")
  d0 <- f$parameter[[1]]
  list(statistic = f$statistic[[1]], df = c(d0, d0 * degf(s)), p_value = pf(f$statistic[[1]], d0, d0 * degf(s), lower.tail = FALSE),
       own = f$parameter[[2]] / d0 == degf(s), own_p = f$p.value[[1]],
       chi_square = first$statistic[[1]] / nrow(s) * sum(known), first_order_p = first$p.value[[1]], n = sum(known), left_out = sum(!known))
}

imputed <- function(s) {
  fits <- lapply(1:4, function(i) {
    for (item in c("speed", "ease")) {
      gap <- which(is.na(s$variables[[item]]))
      s$variables[[item]][gap] <- 1 + (gap * 7 + i * 3) %% 5
    }
    svymean(~speed + ease, s)
  })
  m <- MIcombine(lapply(fits, coef), lapply(fits, vcov))
  complete <- degf(s)
  within <- Reduce(`+`, lapply(fits, function(fit) diag(vcov(fit)))) / 4
  missing <- 1 - within / diag(m$variance)
  observed <- (complete + 1) / (complete + 3) * complete * (1 - missing)
  list(value = unname(m$coefficients), vcov = unname(m$variance), large_df = unname(m$df), large_missing = unname(m$missinfo), complete = complete,
       df = unname(1 / (missing^2 / 3 + 1 / observed)))
}

attempt <- function(expression) tryCatch(expression, error = function(e) list(error = conditionMessage(e)))

tables_of <- function(case, directory) {
  options(survey.lonely.psu = case$lonely)
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if (!is.null(case$keep)) d <- d[eval(parse(text = case$keep), d), ]
  whole <- eval(parse(text = case$r))
  inside <- rep(TRUE, nrow(d))
  if (!is.null(case$where)) inside <- eval(parse(text = case$where), d)
  inside <- !is.na(inside) & inside
  s <- if (all(inside)) whole else subset(whole, inside)
  list(
    quantile = lapply(setNames(nm = c("received", "speed", "w")), function(item) attempt(quantiles(item, s))),
    by = attempt(by_region("received", s)),
    crosstab = list(sex_channel = attempt(crossed("sex", "channel", s)), region_channel = attempt(crossed("region", "channel", s))),
    imputed = if (is.null(case$where) && is.null(case$keep) && is.null(case$waves)) attempt(imputed(s))
  )
}

directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
cases <- fromJSON(file.path(directory, "designs.json"), simplifyDataFrame = FALSE)
numbers <- lapply(cases, function(case) attempt(suppressWarnings(tables_of(case, directory))))
text <- vapply(numbers, function(n) as.character(toJSON(n, digits = NA, auto_unbox = TRUE, na = "null", null = "null")), "")
lines <- paste0("  ", vapply(cases, function(case) as.character(toJSON(case$name, auto_unbox = TRUE)), ""), ": ", text)
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), file.path(directory, "tables.json"))
