# Importance of drivers written out by hand, with standard errors by R's survey package, for our own data and designs.
#
#   Rscript drivers.R [DIRECTORY]      reads DIRECTORY/designs.json, weighting_cases.json, replicates_cases.json, weighting.R and the data,
#                                      writes DIRECTORY/drivers.json
#
# Every importance is a function of the weights alone: weighted covariances of the rows that lack nothing, and from them
# * lmg: the mean over all orders of what a driver adds to the explained variance, orders enumerated one by one (Lindeman, Merenda, Gold 1980);
# * first, last: what it adds to the covariates alone, and to all others; beta: its squared standardised coefficient;
# * pratt: its coefficients times the covariances of its residuals (given the covariates) with the outcome (Pratt 1987);
# * relative-weights: regressions on the nearest orthogonal variables, by the root of the correlation of these residuals (Johnson 2000).
# The influence of a row is its weight times the derivative by its weight, taken by central differences at two steps and their extrapolation
# to none (off by about 1e-10). svyrecvar makes covariances of influences, with the residuals of calibrated designs; withReplicates does the
# whole again. Rows that lack an answer leave as a domain; degrees of freedom are those of the rows that stay.
#
# Joint covariances of domains are left out where a stratum has one unit: rules for these look at one domain at a time.

suppressPackageStartupMessages({library(survey); library(jsonlite)})
weighting_as_library <- TRUE
directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
source(file.path(directory, "weighting.R"))

model <- function(outcome, drivers, always = character(), methods) list(outcome = outcome, drivers = drivers, always = always, methods = methods)
alone <- function(...) setNames(as.list(c(...)), c(...))
models <- list(
  plain = model("speed", alone("ease", "received", "resolved"), methods = c("lmg", "relative-weights", "first", "last", "beta", "pratt",
                "lmg shares", "relative-weights shares", "first shares", "pratt shares")),
  grouped = model("speed", c(list(volume = c("received", "resolved")), alone("ease", "sex")), methods = c("lmg", "first", "last", "pratt")),
  given = model("ease", alone("speed", "resolved"), "received",
                c("lmg", "relative-weights", "first", "last", "beta", "pratt", "relative-weights shares")),
  pair = model("ease", c(list(volume = c("received", "resolved")), alone("speed")), methods = c("relative-weights", "relative-weights shares")),
  factors = model("received", alone("speed", "ease", "resolved", "sex", "channel"), methods = c("lmg", "lmg shares")),
  covariates = model("ease", alone("speed", "channel", "resolved"), c("sex", "received"), c("lmg", "last", "lmg shares"))
)
few <- list(plain = c("lmg", "relative-weights", "pratt shares"), covariates = c("lmg"))

# ------------------------------------------------------------ importance as a function of weights

columns_of <- function(d, item) {
  v <- d[[item]]
  if (is.numeric(v)) return(cbind(v))
  level <- sort(unique(v))
  if (length(level) < 2) stop("constant")
  outer(v, level[-1], "==") * 1
}

# The columns of a model in complete rows: those always in, the drivers', the outcome; and where each stands.
columns <- function(d, m) {
  parts <- c(lapply(m$always, function(item) columns_of(d, item)),
             lapply(m$drivers, function(items) do.call(cbind, lapply(items, function(item) columns_of(d, item)))))
  size <- vapply(parts, ncol, 0L)
  place <- split(seq_len(sum(size)), rep(seq_along(parts), size))
  fixed <- length(m$always)
  list(x = cbind(do.call(cbind, parts), d[[m$outcome]]), always = unname(unlist(place[seq_len(fixed)])),
       drivers = unname(place[setdiff(seq_along(parts), seq_len(fixed))]))
}

orders <- function(p) if (p == 1) matrix(1) else do.call(rbind, lapply(seq_len(p), function(k) cbind(k, ((orders(p - 1) + k - 1) %% p) + 1)))

# In every order, the subset of drivers before each enters and after: subsets as the number of their binary digits, from 1.
subsets <- local({
  known <- list()
  function(p) {
    if (length(known) < p || is.null(known[[p]])) {
      each <- lapply(asplit(orders(p), 1), function(order) 1 + cumsum(c(0, 2^(order - 1))))
      place <- lapply(asplit(orders(p), 1), order)
      at <- function(more) unlist(Map(function(code, at) code[at + more], each, place))
      known[[p]] <<- list(before = at(0), after = at(1))
    }
    known[[p]]
  }
})

importance <- function(w, z, method) {
  x <- z$x; m <- ncol(x); p <- length(z$drivers); a <- z$always
  centred <- sweep(x, 2, colSums(w * x) / sum(w))
  s <- crossprod(centred, w * centred) / sum(w)
  explained <- function(i) if (length(i)) sum(s[m, i] * solve(s[i, i], s[i, m])) else 0
  everything <- c(a, unlist(z$drivers))
  shares <- grepl(" shares$", method)
  method <- sub(" shares$", "", method)
  value <- if (method == "lmg") {
    explains <- vapply(seq_len(2^p) - 1, function(code) explained(c(a, unlist(z$drivers[bitwAnd(code, 2^(seq_len(p) - 1)) > 0]))), 0)
    steps <- subsets(p)
    rowMeans(matrix(explains[steps$after] - explains[steps$before], p))
  } else if (method == "first") vapply(z$drivers, function(i) explained(c(a, i)) - explained(a), 0)
  else if (method == "last") vapply(z$drivers, function(i) explained(everything) - explained(setdiff(everything, i)), 0)
  else {
    b <- solve(s[everything, everything], s[everything, m])[match(unlist(z$drivers), everything)]
    own <- setdiff(seq_len(m), a)
    given <- if (length(a)) s[own, own] - s[own, a, drop = FALSE] %*% solve(s[a, a], s[a, own, drop = FALSE]) else s
    q <- length(own) - 1
    by_column <- if (method == "beta") b^2 * diag(s)[unlist(z$drivers)]
    else if (method == "pratt") b * given[seq_len(q), q + 1]
    else {
      size <- sqrt(diag(given)[seq_len(q)])
      e <- eigen(given[seq_len(q), seq_len(q)] / outer(size, size), symmetric = TRUE)
      root <- e$vectors %*% (sqrt(e$values) * t(e$vectors))
      drop(root^2 %*% solve(root, given[seq_len(q), q + 1] / size)^2)
    }
    vapply(split(by_column, rep(seq_len(p), lengths(z$drivers))), sum, 0)
  }
  value <- unname(value)
  c(if (shares) value / sum(value) else value / s[m, m], explained(everything) / s[m, m], explained(a) / s[m, m])
}

# Weight times derivative by the weight, for every row of which the weight is not 0.
influence <- function(w, z, method) {
  step <- mean(abs(w)) * 1e-3
  moved <- function(i, h) { w[i] <- w[i] + h; importance(w, z, method) }
  central <- function(i, h) (moved(i, h) - moved(i, -h)) / (2 * h)
  w * t(vapply(seq_along(w), function(i) (4 * central(i, step) - central(i, 2 * step)) / 3, numeric(length(z$drivers) + 2)))
}

# ------------------------------------------------------------ errors by the design

rows_of <- function(s, m) complete.cases(s$variables[c(m$outcome, unlist(m$drivers), m$always)]) & first_weight(s) != 0

# Checks that the columns determine something, as the library asks.
settled <- function(d, m) {
  z <- columns(d, m)
  if (nrow(d) <= ncol(z$x)) stop("few rows")
  if (qr(cbind(1, z$x[, -ncol(z$x)]))$rank < ncol(z$x)) stop("collinear")
  z
}

# Value and influence of one domain as rows of the whole design.
linearised <- function(s, inside, m, method) {
  inside <- inside & rows_of(s, m)
  z <- settled(s$variables[inside, ], m)
  w <- first_weight(s)[inside]
  u <- matrix(0, nrow(s$variables), length(z$drivers) + 2)
  u[inside, ] <- influence(w, z, method)
  list(value = importance(w, z, method), influence = u, inside = inside, n = sum(inside))
}

covariance <- function(u, s) {
  v <- svyrecvar(u, s$cluster, s$strata, s$fpc, postStrata = s$postStrata)
  matrix(as.numeric(v), ncol(u))
}

# The covariance under the design of a domain's rows alone, and their degrees of freedom.
own_covariance <- function(one, s) {
  part <- subset(s, one$inside)
  u <- if (nrow(part$variables) == length(one$inside)) one$influence else one$influence[one$inside, , drop = FALSE]
  list(vcov = covariance(u, part), df = degf(part))
}

# Digits beyond those that the tests compare.
round_all <- function(x) signif(unname(x), 12)
rough <- function(x) signif(unname(x), 9)

whole <- function(s, m, method, full) {
  one <- linearised(s, rep(TRUE, nrow(s$variables)), m, method)
  own <- own_covariance(one, s)
  c(list(value = round_all(one$value), se = rough(sqrt(diag(own$vcov))), n = one$n, df = own$df), if (full) list(vcov = rough(own$vcov)))
}

by_domain <- function(s, m, method, by, joint) {
  code <- as.character(s$variables[[by]])
  known <- sort(unique(code[first_weight(s) != 0]))
  parts <- lapply(known, function(level) linearised(s, code == level, m, method))
  own <- lapply(parts, own_covariance, s)
  drivers <- seq_along(m$drivers)
  together <- do.call(cbind, lapply(parts, function(part) part$influence[, drivers, drop = FALSE]))
  pick <- function(get) lapply(seq_along(parts), get)
  out <- list(code = I(known), value = pick(function(i) round_all(parts[[i]]$value)), se = pick(function(i) rough(sqrt(diag(own[[i]]$vcov)))),
              n = I(vapply(parts, function(part) part$n, 0L)), df = I(vapply(own, function(one) one$df, 0)))
  if (joint) c(out, list(vcov = rough(covariance(together, s)))) else out
}

replicated <- function(r, s, m, method, full) {
  inside <- rows_of(r, m)
  z <- settled(r$variables[inside, ], m)
  v <- withReplicates(r[inside, ], function(w, data) importance(w, z, method))
  part <- subset(s, inside)
  covariance <- matrix(as.numeric(vcov(v)), length(coef(v)))
  c(list(value = round_all(as.numeric(coef(v))), se = rough(sqrt(diag(covariance))), n = sum(inside), df = degf(part)),
    if (full) list(vcov = rough(covariance)))
}

failed <- function(e) list(error = if (grepl("singular", conditionMessage(e))) "singular" else conditionMessage(e))
attempt <- function(expression) tryCatch(expression, error = failed)

by_method <- function(methods, one) attempt(lapply(setNames(methods, methods), one))

# ------------------------------------------------------------ cases

frame_of <- function(case) {
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if ("year" %in% names(d)) d$year <- as.character(d$year)
  if (!is.null(case$keep)) d[eval(parse(text = case$keep), d), ] else d
}

of_design <- function(case) {
  options(survey.lonely.psu = case$lonely)
  d <- frame_of(case)
  s <- eval(parse(text = case$r))
  if (!is.null(case$where)) {
    inside <- eval(parse(text = case$where), d)
    s <- subset(s, !is.na(inside) & inside)
  }
  lone <- grepl("^lone|^certain", case$name)
  found <- lapply(models, function(m) by_method(m$methods, function(method) whole(s, m, method, method == "lmg" && identical(m, models$plain))))
  domains <- lapply(setNames(unlist(case$by), unlist(case$by)), function(by)
    by_method(c("lmg", "relative-weights"), function(method) by_domain(s, models$plain, method, by, !lone && method == "lmg")))
  c(found, list(by = domains))
}

of_weights_made <- function(case) {
  options(survey.lonely.psu = if (is.null(case$lonely)) "fail" else case$lonely)
  d <- frame_of(case)
  s <- weighted(eval(parse(text = case$r)), case$steps)
  found <- lapply(setNames(names(few), names(few)), function(name)
    by_method(few[[name]], function(method) whole(s, models[[name]], method, name == "plain" && method == "lmg")))
  by <- c("sex", if (!is.null(case$waves)) "year")
  c(found, list(by = lapply(setNames(by, by), function(by) 
    by_method("lmg", function(method) by_domain(s, models$plain, method, by, is.null(case$lonely))))))
}

of_replicates <- function(case) {
  set.seed(20)
  d <- frame_of(case)
  s <- eval(parse(text = case$r))
  r <- weighted(do.call(as.svrepdesign, c(list(s), case$replicates)), case$steps)
  lapply(setNames(names(few), names(few)), function(name)
    by_method(few[[name]], function(method) replicated(r, s, models[[name]], method, name == "plain" && method == "lmg")))
}

read_cases <- function(name) fromJSON(file.path(directory, name), simplifyVector = FALSE)
lines_of <- function(cases, numbers)
  paste0('    "', vapply(cases, function(case) case$name, ""), '": ', vapply(numbers, as_line, ""), collapse = ",\n")

designs <- read_cases("designs.json")
made <- Filter(function(case) !isTRUE(case$weights_only), read_cases("weighting_cases.json"))
again <- read_cases("replicates_cases.json")
shown <- lapply(models, function(m) list(outcome = m$outcome, drivers = lapply(m$drivers, as.list), always = as.list(m$always)))
writeLines(c(
  "{", paste0('  "models": ', as_line(shown), ","),
  '  "designs": {', lines_of(designs, lapply(designs, function(case) suppressWarnings(of_design(case)))), "  },",
  '  "weighting": {', lines_of(made, lapply(made, function(case) suppressWarnings(of_weights_made(case)))), "  },",
  '  "replicates": {', lines_of(again, lapply(again, function(case) suppressWarnings(of_replicates(case)))), "  }",
  "}"), file.path(directory, "drivers.json"))
