# Reference numbers of R's survey package for replicate weights: the cases of replicates_cases.json.
#
#   Rscript replicates.R [DIRECTORY]     reads DIRECTORY/replicates_cases.json, weighting.R and the data, writes DIRECTORY/replicates.json
#
# Each case names its data, the svydesign call, the arguments of as.svrepdesign and the weighting steps that follow, which are redone in each
# replicate. The factors that R's replicates multiply the weights of a PSU by are written with the numbers, PSUs x replicates, so that the
# tests can hand them back as columns. Limits of quantiles are given for both degrees of freedom: rank of R's replicates - 1, and the design's.

weighting_as_library <- TRUE
directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
source(file.path(directory, "weighting.R"))

factors <- function(r, d) {
  matrix <- as.matrix(r$repweights)
  first <- !duplicated(d[c("stratum", "psu")])
  list(stratum = d$stratum[first], psu = d$psu[first], factor = unname(matrix[first, , drop = FALSE]), scale = r$scale, rscales = r$rscales)
}

independence <- function(s) {
  test <- svychisq(~sex + region, s, statistic = "F")
  list(statistic = unname(test$statistic), df = unname(test$parameter), p_value = unname(test$p.value))
}

of_replicates <- function(s, design_df, signed) {
  part <- subset(s, region == "north")
  with_age <- "age" %in% names(s$variables)
  b <- svyby(~speed, ~region, s, svymean, na.rm = TRUE, covmat = TRUE)
  list(
    rank_df = degf(s), design_df = design_df,
    mean = together(svymean(~speed + ease, s, na.rm = TRUE)), total = totals(c("received", "resolved"), s),
    domain = together(svymean(~speed, part, na.rm = TRUE)), by = c(list(code = b$region), together(b)),
    ratio = together(svyratio(~resolved, ~received, s, na.rm = TRUE)), proportion = shares(s),
    quantile = if (with_age && !signed) quantiles(s), design_quantile = if (with_age && !signed) quantiles(s, df = design_df),
    linear = if (!signed) fitted_model(speed ~ received + sex, gaussian(), s), logit = if (!signed) fitted_model(I(speed >= 4) ~ received + sex, quasibinomial(), s),
    independence = independence(s)
  )
}

replicate_numbers <- function(case) {
  set.seed(20)
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if (!is.null(case$keep)) d <- d[eval(parse(text = case$keep), d), ]
  whole <- eval(parse(text = case$r))
  r <- do.call(as.svrepdesign, c(list(whole), case$replicates))
  s <- weighted(r, case$steps)
  s$degf <- degf(r)  # weighting steps differ in whether they count the rank anew
  c(list(replicates = factors(r, d), weights = of_weights(s)), of_replicates(s, degf(whole), isTRUE(case$signed)))
}

cases <- fromJSON(file.path(directory, "replicates_cases.json"), simplifyVector = FALSE)
lines <- vapply(cases, function(case) paste0("  ", as_line(case$name), ": ", as_line(suppressWarnings(replicate_numbers(case)))), "")
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), file.path(directory, "replicates.json"))
