# The index of the satisfaction of the public (IKM) and the means of its elements beside R's survey package, on the synthetic agency.
#
#   Rscript standards.R [DIRECTORY]      reads DIRECTORY/../../data/sample/skm_2025.csv, writes DIRECTORY/standards.json
#
# 9 stands for no answer. The mean of an element is a ratio of two totals over those who answered it; the IKM is 25 / m times the sum of m such
# ratios (Permenpan 14/2017), and svycontrast linearises it from the covariance of all totals. Units are strata, so an agency of units pooled
# alike, or by the volume of services, has the sum of the units' variances times their squared shares.

suppressPackageStartupMessages({library(survey); library(jsonlite)})
directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
answers <- read.csv(file.path(directory, "..", "..", "data", "sample", "skm_2025.csv"))
elements <- c("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
for (element in elements) {
  there <- answers[[element]] <= 4
  answers[[paste0("sum_", element)]] <- ifelse(there, answers[[element]], 0)
  answers[[paste0("n_", element)]] <- as.numeric(there)
}
design <- svydesign(id = ~1, strata = ~stratum, fpc = ~population, data = answers)

ratios <- function(chosen) sprintf("sum_%s / n_%s", chosen, chosen)
index <- function(chosen, weight) parse(text = sprintf("25 * %.17g * (%s)", weight, paste(ratios(chosen), collapse = " + ")))[[1]]
contrast <- function(part, expression) {
  found <- svycontrast(part, list(value = expression))
  list(value = unname(coef(found)), se = unname(SE(found)))
}
domain <- function(keep, chosen = elements, weight = 1 / length(chosen)) {
  part <- svytotal(as.formula(paste("~", paste0(c("sum_", "n_"), rep(elements, each = 2), collapse = " + "))), subset(design, keep))
  list(ikm = contrast(part, index(chosen, weight)),
       unsur = lapply(setNames(elements, elements), function(one) contrast(part, parse(text = ratios(one))[[1]])))
}

periods <- unique(answers$period)
units <- lapply(setNames(periods, periods), function(period) {
  names <- sort(unique(answers$unit[answers$period == period]))
  lapply(setNames(names, names), function(unit) domain(answers$period == period & answers$unit == unit)$ikm)
})
pooled <- function(period, share) {
  value <- sapply(units[[period]], function(one) one$value); se <- sapply(units[[period]], function(one) one$se)
  list(value = sum(share * value), se = sqrt(sum((share * se)^2)))
}
volume <- function(period) {
  here <- unique(answers[answers$period == period, c("unit", "volume")])
  v <- setNames(here$volume, here$unit)[names(units[[period]])]
  v / sum(v)
}
free <- setdiff(elements, "biaya")
write_json(list(
  agency = lapply(setNames(periods, periods), function(period) domain(answers$period == period)),
  "0.11" = lapply(setNames(periods, periods), function(period) domain(answers$period == period, weight = 0.11)$ikm),
  without_tariff = lapply(setNames(periods, periods), function(period) domain(answers$period == period, free)$ikm),
  units = units,
  pooled_units = lapply(setNames(periods, periods), function(period) pooled(period, rep(1 / length(units[[period]]), length(units[[period]])))),
  pooled_volume = lapply(setNames(periods, periods), function(period) pooled(period, volume(period)))
), file.path(directory, "standards.json"), digits = NA, auto_unbox = TRUE, pretty = TRUE)
