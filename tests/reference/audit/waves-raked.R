# Equivalent code in R; needs the package survey
library(survey)
options(survey.lonely.psu = "fail")
waves <- c("2020", "2022")

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
columns <- c("w", "stratum", "psu", "speed", "ease", "sex", "age_group")
files <- list()
d <- read_rows("weighting_2020.csv", sep = ",")  # 2020
d[setdiff(columns, names(d))] <- NA
files[[1]] <- d[columns]
d <- read_rows("weighting_2022.csv", sep = ",")  # 2022
d[setdiff(columns, names(d))] <- NA
files[[2]] <- d[columns]
data <- do.call(rbind, files)
wave <- rep(seq_along(files), vapply(files, nrow, 1L))

# ---- From answers to scores
# Scores: 0 for the lowest answer, 100 for the highest
answers <- function(item, missing = numeric(0), from = numeric(0), to = numeric(0)) {
  x <- as_number(data[[item]])
  x[x %in% missing] <- NA
  for (i in seq_along(from)) x[!is.na(x) & x >= from[i] & x <= to[i]] <- NA
  x
}
score <- cbind(
  s1 = 100 * (answers("speed") - 1) / (5 - 1),  # Speed
  s2 = 100 * ((1 + 5 - answers("ease")) - 1) / (5 - 1))  # Ease
item_weight <- rep(1 / 2, 2)
mean_score <- score
# Each mean is a total of scores over a total of those who answered, so that every item uses all its answers
y <- ifelse(is.na(mean_score), 0, mean_score)
a <- 1 * !is.na(mean_score)
colnames(y) <- paste0("y", seq_len(ncol(y)))
colnames(a) <- paste0("a", seq_len(ncol(a)))

# ---- The sampling design
rows <- data.frame(wave, y, a)
rows$weight <- as_number(data[["w"]])
# Waves are samples of their own: strata are kept apart by wave
rows$stratum1 <- paste(wave, as_text(data[["stratum"]]))
rows$psu1 <- as_text(data[["psu"]])
design <- svydesign(ids = ~psu1, strata = ~stratum1, weights = ~weight, data = rows, nest = TRUE)

# ---- Weighting steps
cell <- function(...) do.call(paste, c(unname(lapply(c(...), function(name) as_text(data[[name]]))), sep = " x "))
# 1. Raking to margins (2020, 2022)
design$variables$x1_1 <- 1 * ((design$variables$wave %in% c(1)) & cell("sex") == "L")
design$variables$x1_2 <- 1 * ((design$variables$wave %in% c(1)) & cell("sex") == "P")
design$variables$x1_3 <- 1 * ((design$variables$wave %in% c(1)) & cell("age_group") == "old")
design$variables$x1_4 <- 1 * ((design$variables$wave %in% c(1)) & cell("age_group") == "young")
design$variables$x1_5 <- 1 * ((design$variables$wave %in% c(2)) & cell("sex") == "L")
design$variables$x1_6 <- 1 * ((design$variables$wave %in% c(2)) & cell("sex") == "P")
design$variables$x1_7 <- 1 * ((design$variables$wave %in% c(2)) & cell("age_group") == "old")
design$variables$x1_8 <- 1 * ((design$variables$wave %in% c(2)) & cell("age_group") == "young")
design <- calibrate(design, ~x1_1 + x1_2 + x1_3 + x1_4 + x1_5 + x1_6 + x1_7 + x1_8 + 0,
  population = c(x1_1 = 392, x1_2 = 428, x1_3 = 290, x1_4 = 190, x1_5 = 784, x1_6 = 856, x1_7 = 580, x1_8 = 380),
  calfun = "raking", epsilon = 1e-10, maxit = 500)

# ---- Index, items and differences
k <- ncol(y)
mean_of <- function(w, j) call("/", as.name(paste0("w", w, "y", j)), as.name(paste0("w", w, "a", j)))
index_of <- function(w) Reduce(function(one, other) call("+", one, other), lapply(1:2, function(j) call("*", item_weight[j], mean_of(w, j))))
wanted <- c(
  lapply(seq_along(waves), index_of),
  list(call("-", index_of(2), index_of(1))),
  unlist(lapply(seq_along(waves), function(w) lapply(1:2, function(j) mean_of(w, j)))))
names(wanted) <- c("index 2020", "index 2022", "index 2022 - 2020", "speed 2020", "ease 2020", "speed 2022",
  "ease 2022")
# All waves at once, so that the covariance between them is known
totals_of <- function(w, variables) {
  part <- as.matrix(variables[c(paste0("y", 1:k), paste0("a", 1:k))]) * (variables$wave == w)
  colnames(part) <- c(paste0("w", w, "y", 1:k), paste0("w", w, "a", 1:k))
  part
}
parts <- do.call(cbind, lapply(seq_along(waves), totals_of, variables = design$variables))
found <- svycontrast(svytotal(parts, design), wanted)
results <- data.frame(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)), row.names = make.unique(names(wanted)))
df <- c(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), rep(degf(design), 1), rep(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), each = 2))
results$low <- results$estimate - qt(0.975, df) * results$se
results$high <- results$estimate + qt(0.975, df) * results$se
print(results, digits = 10)
