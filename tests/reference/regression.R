# Regressions by R's survey package for the designs of designs.json, on the data of make_data.py.
#
#   Rscript regression.R [DIRECTORY]      reads DIRECTORY/designs.json and its data, writes DIRECTORY/regression.json
#
# Logistic fits go on until the deviance stands still. svyolr stops early and takes its information by differences, which costs up to 5e-4 of a
# standard error (survey 4.1-1); its model is therefore solved here to the last digit, with the information worked out from the probabilities, and
# its own covariance only has to agree to that.

suppressPackageStartupMessages({library(survey); library(jsonlite)})

models <- list(
  linear = list(family = "linear", formula = "speed ~ ease + received + C(sex)", r = speed ~ ease + received + sex, test = "sex"),
  crossed = list(family = "linear", formula = "ease ~ log(received + 1) + C(region) * C(sex)", r = ease ~ log(received + 1) + region * sex,
                 test = c("region", "region:sex")),
  weightless = list(family = "linear", formula = "received ~ 0 + C(region) + speed", r = received ~ 0 + region + speed, test = "region"),
  logit = list(family = "logit", formula = "I(speed >= 4) ~ ease + C(sex)", r = I(speed >= 4) ~ ease + sex, test = c("ease", "sex")),
  cells = list(family = "logit", formula = "I(ease >= 3) ~ C(region) + C(sex)", r = I(ease >= 3) ~ region + sex, test = "region"),
  ordinal = list(family = "ordinal", formula = "speed ~ ease + C(sex)", r = factor(speed) ~ ease + sex, test = NULL),
  ordered = list(family = "ordinal", formula = "ease ~ C(region)", r = factor(ease) ~ region, test = NULL)
)

result <- function(fit, n, r_squared, test) {
  out <- list(value = unname(coef(fit)), vcov = unname(vcov(fit)), df = fit$df.residual, n = n, r_squared = r_squared)
  if (!is.null(test)) {
    wald <- regTermTest(fit, reformulate(test))
    out$test <- list(statistic = wald$Ftest[1], df = c(wald$df, wald$ddf), p_value = wald$p[1])
  }
  out
}

generalised <- function(model, s) {
  logit <- model$family == "logit"
  fit <- if (logit) svyglm(model$r, s, family = quasibinomial(), control = glm.control(epsilon = 1e-15, maxit = 100)) else svyglm(model$r, s)
  if (anyNA(fit$coefficients)) stop("collinear")
  if (logit && max(abs(fit$linear.predictors)) > 12) stop("separated")
  y <- fit$y; w <- fit$prior.weights
  centre <- if (attr(terms(fit), "intercept")) sum(w * y) / sum(w) else 0
  share <- 1 - fit$deviance / if (logit) -2 * sum(w * (y * log(centre) + (1 - y) * log(1 - centre))) else sum(w * (y - centre)^2)
  result(fit, sum(w > 0), share, model$test)
}

# Proportional odds: log-likelihood, scores of rows and information at (slopes, thresholds).
proportional <- function(x, y, w, par) {
  k <- ncol(x); q <- max(y) - 1
  theta <- c(-Inf, par[k + seq_len(q)], Inf)
  eta <- drop(x %*% par[seq_len(k)])
  upper <- plogis(theta[y + 1] - eta); lower <- plogis(theta[y] - eta); p <- upper - lower
  at <- function(j) cbind(-x, outer(j, seq_len(q), "==") * 1)
  du <- upper * (1 - upper); dl <- lower * (1 - lower)
  first <- (du * at(y) - dl * at(y - 1)) / p
  second <- crossprod(at(y), w * du * (1 - 2 * upper) / p * at(y)) - crossprod(at(y - 1), w * dl * (1 - 2 * lower) / p * at(y - 1))
  list(likelihood = sum(w * log(p)), score = first, information = crossprod(first, w * first) - second)
}

arrived <- function(x, y, w, par) {
  for (step in 1:20) {
    here <- proportional(x, y, w, par)
    par <- par + solve(here$information, colSums(w * here$score))
  }
  par
}

ordinal <- function(model, s) {
  frame <- model.frame(model$r, model.frame(s), na.action = na.pass)
  kept <- complete.cases(frame) & weights(s, "sampling") > 0
  s <- s[kept, ]
  frame <- droplevels(frame[kept, , drop = FALSE])
  x <- model.matrix(terms(frame), frame)[, -1, drop = FALSE]
  y <- as.integer(model.response(frame)); w <- weights(s, "sampling")
  if (max(y) < 3) stop("two answers")
  replicates <- inherits(s, "svyrep.design")  # svyolr of survey 4.1-1 gives these a variance of 0
  own <- svyolr(model$r, s, control = list(reltol = 1e-15, maxit = 5000))
  start <- c(own$coefficients, own$zeta)
  if (max(abs(start)) > 12) stop("separated")
  par <- arrived(x, y, w, start)
  here <- proportional(x, y, w, par)
  if (replicates) {
    redone <- apply(weights(s, "analysis"), 2, function(w) arrived(x, y, w, par))
    v <- svrVar(t(redone), s$scale, s$rscales, mse = s$mse, coef = par)
    attributes(v) <- attributes(v)["dim"]
  } else {
    influence <- (w * here$score) %*% solve(here$information)
    v <- svyrecvar(influence, s$cluster, s$strata, s$fpc, postStrata = s$postStrata)
  }
  off <- max(abs(own$var - v) / sqrt(outer(diag(v), diag(v))))
  if (!replicates && off > 5e-4) stop("svyolr's own covariance is another one: ", signif(off, 2))
  own$coefficients <- par[seq_len(ncol(x))]; own$zeta <- par[-seq_len(ncol(x))]; own$var <- v
  share <- tapply(w, y, sum) / sum(w)
  result(own, nrow(x), 1 - here$likelihood / (sum(w) * sum(share * log(share))), NULL)
}

attempt <- function(expression) tryCatch(expression, error = function(e) list(error = conditionMessage(e)))

numbers_of <- function(case, directory) {
  options(survey.lonely.psu = case$lonely)
  d <- read.csv(file.path(directory, case$data), stringsAsFactors = FALSE, na.strings = c("", "NA"))
  if (!is.null(case$keep)) d <- d[eval(parse(text = case$keep), d), ]
  s <- eval(parse(text = case$r))
  if (!is.null(case$where)) {
    inside <- eval(parse(text = case$where), d)
    s <- subset(s, !is.na(inside) & inside)
  }
  # replicates, where the case asks for them
  if (!is.null(case$replicates)) s <- as.svrepdesign(s, type = case$replicates)
  lapply(models, function(model) attempt(if (model$family == "ordinal") ordinal(model, s) else generalised(model, s)))
}

directory <- c(commandArgs(trailingOnly = TRUE), dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))[1]
cases <- fromJSON(file.path(directory, "designs.json"), simplifyDataFrame = FALSE)
again <- list(c("simple", "JK1"), c("ultimate", "JKn"), c("counts", "JKn"), c("waves-apart", "JKn"))
named <- setNames(cases, vapply(cases, function(case) case$name, ""))
for (one in again) cases <- c(cases, list(c(named[[one[1]]], replicates = one[2])))
numbers <- lapply(cases, function(case) suppressWarnings(numbers_of(case, directory)))
name <- vapply(cases, function(case) paste(c(case$name, case$replicates), collapse = "."), "")
text <- vapply(numbers, function(n) as.character(toJSON(n, digits = NA, auto_unbox = TRUE, na = "null", null = "null")), "")
formulas <- lapply(models, function(model) model[c("family", "formula", "test")])
head <- paste0('  "models": ', toJSON(formulas, auto_unbox = TRUE, null = "null"))
writeLines(c("{", paste(c(head, paste0('  "', name, '": ', text)), collapse = ",\n"), "}"), file.path(directory, "regression.json"))
