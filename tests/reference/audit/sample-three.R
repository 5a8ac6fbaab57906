# Equivalent code in R; needs the package survey
library(survey)
options(survey.lonely.psu = "fail")
waves <- c("2020", "2021", "2022")

# ---- Reading the data
# Instead of haven: foreign::read.spss(file, to.data.frame = TRUE, use.value.labels = FALSE, use.missings = FALSE)
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
  if (is.numeric(x)) ifelse(is.na(x), NA, sprintf("%.15g", x)) else sub("^(-?[0-9]+)[.]0+$", "\\1", as.character(x))
}
as_number <- function(x) if (is.numeric(x)) x else as.numeric(sub(",", ".", x, fixed = TRUE))
columns <- c("weight", "stratum", "psu", "registering", "ease_of_use", "confidentiality", "verification",
  "disposition_accuracy", "response_speed", "ease_of_updates", "answer_quality", "fairness",
  "inclusiveness")
files <- list()
d <- read_rows("users_2020.csv", sep = ",")  # 2020
d[setdiff(columns, names(d))] <- NA
files[[1]] <- d[columns]
d <- read_rows("users_2021.csv", sep = ",")  # 2021
d[setdiff(columns, names(d))] <- NA
files[[2]] <- d[columns]
d <- read_rows("users_2022.csv", sep = ",")  # 2022
d[setdiff(columns, names(d))] <- NA
files[[3]] <- d[columns]
data <- do.call(rbind, files)
wave <- rep(seq_along(files), vapply(files, nrow, 1L))

# ---- From answers to scores
# Scores: 100 for the top answers, 0 otherwise
answers <- function(item, missing = numeric(0), from = numeric(0), to = numeric(0)) {
  x <- as_number(data[[item]])
  x[x %in% missing] <- NA
  for (i in seq_along(from)) x[!is.na(x) & x >= from[i] & x <= to[i]] <- NA
  x
}
score <- cbind(
  s1 = 100 * (answers("registering", missing = c(8, 9)) >= 3),  # Ease of registering
  s2 = 100 * (answers("ease_of_use", missing = c(8, 9)) >= 3),  # Ease of using
  s3 = 100 * (answers("confidentiality", missing = c(8, 9)) >= 3),  # Confidentiality
  s4 = 100 * (answers("verification", missing = c(8, 9)) >= 3),  # Verification
  s5 = 100 * (answers("disposition_accuracy", missing = c(8, 9)) >= 3),  # Disposition accuracy
  s6 = 100 * (answers("response_speed", missing = c(8, 9)) >= 3),  # Response speed
  s7 = 100 * (answers("ease_of_updates", missing = c(8, 9)) >= 3),  # Ease of updates
  s8 = 100 * (answers("answer_quality", missing = c(8, 9)) >= 3),  # Quality of the answer
  s9 = 100 * (answers("fairness", missing = c(8, 9)) >= 3),  # Fairness
  s10 = 100 * (answers("inclusiveness", missing = c(8, 9)) >= 3))  # Inclusiveness
item_weight <- rep(1 / 10, 10)
mean_score <- score
# Each mean is a total of scores over a total of those who answered, so that every item uses all its answers
y <- ifelse(is.na(mean_score), 0, mean_score)
a <- 1 * !is.na(mean_score)
colnames(y) <- paste0("y", seq_len(ncol(y)))
colnames(a) <- paste0("a", seq_len(ncol(a)))

# ---- The sampling design
rows <- data.frame(wave, y, a)
rows$weight <- as_number(data[["weight"]])
# Waves are samples of their own: strata are kept apart by wave
rows$stratum1 <- paste(wave, as_text(data[["stratum"]]))
rows$psu1 <- as_text(data[["psu"]])
design <- svydesign(ids = ~psu1, strata = ~stratum1, weights = ~weight, data = rows, nest = TRUE)

# ---- Index, items and differences
k <- ncol(y)
mean_of <- function(w, j) call("/", as.name(paste0("w", w, "y", j)), as.name(paste0("w", w, "a", j)))
index_of <- function(w) Reduce(function(one, other) call("+", one, other), lapply(1:10, function(j) call("*", item_weight[j], mean_of(w, j))))
wanted <- c(
  lapply(seq_along(waves), index_of),
  list(call("-", index_of(3), index_of(1))),
  list(call("-", index_of(2), index_of(1))),
  list(call("-", index_of(3), index_of(2))),
  unlist(lapply(seq_along(waves), function(w) lapply(1:10, function(j) mean_of(w, j)))))
names(wanted) <- c("index 2020", "index 2021", "index 2022", "index 2022 - 2020", "index 2021 - 2020",
  "index 2022 - 2021", "registering 2020", "ease_of_use 2020", "confidentiality 2020",
  "verification 2020", "disposition_accuracy 2020", "response_speed 2020", "ease_of_updates 2020",
  "answer_quality 2020", "fairness 2020", "inclusiveness 2020", "registering 2021",
  "ease_of_use 2021", "confidentiality 2021", "verification 2021", "disposition_accuracy 2021",
  "response_speed 2021", "ease_of_updates 2021", "answer_quality 2021", "fairness 2021",
  "inclusiveness 2021", "registering 2022", "ease_of_use 2022", "confidentiality 2022",
  "verification 2022", "disposition_accuracy 2022", "response_speed 2022", "ease_of_updates 2022",
  "answer_quality 2022", "fairness 2022", "inclusiveness 2022")
# All waves at once, so that the covariance between them is known
totals_of <- function(w, variables) {
  part <- as.matrix(variables[c(paste0("y", 1:k), paste0("a", 1:k))]) * (variables$wave == w)
  colnames(part) <- c(paste0("w", w, "y", 1:k), paste0("w", w, "a", 1:k))
  part
}
parts <- do.call(cbind, lapply(seq_along(waves), totals_of, variables = design$variables))
found <- svycontrast(svytotal(parts, design), wanted)
results <- data.frame(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)), row.names = make.unique(names(wanted)))
df <- c(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), rep(degf(design), 3), rep(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), each = 10))
results$low <- results$estimate - qt(0.975, df) * results$se
results$high <- results$estimate + qt(0.975, df) * results$se
print(results, digits = 10)
