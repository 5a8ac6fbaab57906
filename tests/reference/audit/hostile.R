# Equivalent code in R; needs the package survey
library(survey)
options(survey.lonely.psu = "fail")
waves <- c("a \"b\"`; stop(\"x\") # \\ $c\u000a")

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
recode <- function(x, from, to) { x <- as_text(x); at <- match(x, from); x[!is.na(at)] <- to[at[!is.na(at)]]; x }
columns <- c("a \"b\"`; stop(\"x\") # \\ $c\u000aw", "stra tum", "psu", "speed", "ease")
files <- list()
d <- read_rows("hostile.csv", sep = ",")  # a "b"`; stop("x") # \ $c
d[["speed"]] <- d[["a \"b\"`; stop(\"x\") # \\ $c\u000a"]]
d[["ease"]] <- d[["E1"]]
d[["ease"]] <- recode(d[["ease"]], c("5", "4", "2", "1"), c("1", "2", "4", "5"))
d[setdiff(columns, names(d))] <- NA
files[[1]] <- d[columns]
data <- do.call(rbind, files)
wave <- rep(1L, nrow(data))

# ---- From answers to scores
# Scores: 0 for the lowest answer, 100 for the highest
answers <- function(item, missing = numeric(0), from = numeric(0), to = numeric(0)) {
  x <- as_number(data[[item]])
  x[x %in% missing] <- NA
  for (i in seq_along(from)) x[!is.na(x) & x >= from[i] & x <= to[i]] <- NA
  x
}
score <- cbind(
  s1 = 100 * (answers("speed", missing = c(8, 9), from = c(20), to = c(30)) - 1) / (5 - 1),  # a "b"`; stop("x") # \ $c
  s2 = 100 * (answers("ease") - 1) / (5 - 1))  # Ease
item_weight <- rep(1 / 2, 2)
mean_score <- score
# Each mean is a total of scores over a total of those who answered, so that every item uses all its answers
y <- ifelse(is.na(mean_score), 0, mean_score)
a <- 1 * !is.na(mean_score)
colnames(y) <- paste0("y", seq_len(ncol(y)))
colnames(a) <- paste0("a", seq_len(ncol(a)))

# ---- The sampling design
rows <- data.frame(wave, y, a)
rows$weight <- as_number(data[["a \"b\"`; stop(\"x\") # \\ $c\u000aw"]])
rows$stratum1 <- as_text(data[["stra tum"]])
rows$psu1 <- as_text(data[["psu"]])
design <- svydesign(ids = ~psu1, strata = ~stratum1, weights = ~weight, data = rows, nest = TRUE)

# ---- Index, items and differences
k <- ncol(y)
mean_of <- function(w, j) call("/", as.name(paste0("w", w, "y", j)), as.name(paste0("w", w, "a", j)))
index_of <- function(w) Reduce(function(one, other) call("+", one, other), lapply(1:2, function(j) call("*", item_weight[j], mean_of(w, j))))
wanted <- c(
  lapply(seq_along(waves), index_of),
  unlist(lapply(seq_along(waves), function(w) lapply(1:2, function(j) mean_of(w, j)))))
names(wanted) <- c("index a \"b\"`; stop(\"x\") # \\ $c\u000a", "speed a \"b\"`; stop(\"x\") # \\ $c\u000a",
  "ease a \"b\"`; stop(\"x\") # \\ $c\u000a")
# All waves at once, so that the covariance between them is known
totals_of <- function(w, variables) {
  part <- as.matrix(variables[c(paste0("y", 1:k), paste0("a", 1:k))]) * (variables$wave == w)
  colnames(part) <- c(paste0("w", w, "y", 1:k), paste0("w", w, "a", 1:k))
  part
}
parts <- do.call(cbind, lapply(seq_along(waves), totals_of, variables = design$variables))
found <- svycontrast(svytotal(parts, design), wanted)
results <- data.frame(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)), row.names = make.unique(names(wanted)))
df <- c(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), rep(degf(design), 0), rep(vapply(seq_along(waves), function(w) degf(subset(design, wave == w)), 1), each = 2))
results$low <- results$estimate - qt(0.975, df) * results$se
results$high <- results$estimate + qt(0.975, df) * results$se
print(results, digits = 10)
