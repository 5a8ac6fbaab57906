# Oaxaca-Blinder parts and differences in differences by hand, with covariances by R's survey package, on the data of make_data.py.
#
#   Rscript oaxaca.R [DIRECTORY]      reads DIRECTORY/designs.json and its data, writes DIRECTORY/oaxaca.json
#
# Means and coefficients are both random: the influence of a row on a mean is w (x - mean) / W, on coefficients (X'WX)^-1 x w e. Every part is a
# product of such quantities, so its influence follows by the product rule; svyrecvar makes covariances of it, or the parts are worked out anew under
# the weights of every JKn replicate. Factors have all their levels as columns; their coefficients deviate from the mean of the levels (Yun 2005).

suppressPackageStartupMessages({library(survey); library(jsonlite)})

here <- commandArgs(TRUE)
here <- if (length(here)) here[1] else dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
designs <- fromJSON(file.path(here, "designs.json"), simplifyDataFrame = FALSE)
named <- function(name) Filter(function(one) one$name == name, designs)[[1]]

cases <- list(
  list(name = "sexes", design = "strata", outcome = "speed", drivers = c("ease", "received", "channel"), group = "sex", base = "L", current = "P"),
  list(name = "sexes-persons", design = "persons", outcome = "speed", drivers = c("ease", "received"), group = "sex", base = "L", current = "P"),
  list(name = "sexes-fpc", design = "residents", outcome = "ease", drivers = c("received", "channel"), group = "sex", base = "L", current = "P"),
  list(name = "waves", design = "waves-shared", outcome = "speed", drivers = c("ease", "received"), group = "year", base = "2020", current = "2022"),
  list(name = "waves-factors", design = "waves-shared", outcome = "speed", drivers = c("region", "ease", "channel"), group = "year", base = "2020",
       current = "2022"),
  list(name = "waves-apart", design = "waves-apart", outcome = "ease", drivers = c("speed", "sex"), group = "year", base = "2020", current = "2022"),
  list(name = "waves-jkn", design = "waves-shared", outcome = "speed", drivers = c("ease", "region"), group = "year", base = "2020", current = "2022",
       replicates = TRUE)
)
references <- c("half", "base", "current", "pooled", "neumark", "cotton", "gelbach")

# Columns of the model: constant and each driver, a factor by all levels but the first; and the matrix from their coefficients to those of the
# constant, the drivers and all levels of factors.
columns <- function(d, drivers) {
  x <- matrix(1, nrow(d), 1); full <- matrix(1, nrow(d), 1); back <- matrix(1, 1, 1)
  label <- data.frame(item = "Intercept", category = "")
  for (name in drivers) {
    v <- d[[name]]
    if (is.numeric(v)) {
      x <- cbind(x, v); full <- cbind(full, v)
      back <- rbind(cbind(back, 0), c(rep(0, ncol(back)), 1))
      label <- rbind(label, data.frame(item = name, category = ""))
    } else {
      level <- sort(unique(v[!is.na(v)])); k <- length(level)
      dummy <- outer(v, level, "==") * 1
      x <- cbind(x, dummy[, -1]); full <- cbind(full, dummy)
      effect <- rbind(0, diag(k - 1)) - matrix(1 / k, k, k - 1)
      top <- back; top <- cbind(top, matrix(0, nrow(top), k - 1)); top[1, ncol(back) + seq_len(k - 1)] <- 1 / k
      back <- rbind(top, cbind(matrix(0, k, ncol(back)), effect))
      label <- rbind(label, data.frame(item = name, category = level))
    }
  }
  list(x = x, full = full, back = back, label = label)
}

fitted <- function(x, y, w) {
  used <- w > 0
  a <- solve(crossprod(x[used, , drop = FALSE], w[used] * x[used, , drop = FALSE]))
  b <- drop(a %*% crossprod(x[used, , drop = FALSE], w[used] * y[used]))
  u <- matrix(0, length(w), ncol(x))
  u[used, ] <- (w[used] * (y[used] - drop(x[used, , drop = FALSE] %*% b)) * x[used, , drop = FALSE]) %*% a
  list(value = b, influence = u)
}
mean_of <- function(x, w) {
  used <- w > 0
  m <- colSums(w[used] * x[used, , drop = FALSE]) / sum(w[used])
  u <- matrix(0, length(w), ncol(x))
  u[used, ] <- w[used] * sweep(x[used, , drop = FALSE], 2, m) / sum(w[used])
  list(value = m, influence = u)
}
through <- function(one, matrix) list(value = drop(matrix %*% one$value), influence = one$influence %*% t(matrix))
plus <- function(a, b, s = 1) list(value = a$value + s * b$value, influence = a$influence + s * b$influence)
times <- function(a, b) {
  list(value = a$value * b$value, influence = sweep(a$influence, 2, b$value, "*") + sweep(b$influence, 2, a$value, "*"))
}
only <- function(a, which) list(value = a$value[which], influence = a$influence[, which, drop = FALSE])
beside <- function(...) list(value = unlist(lapply(list(...), `[[`, "value")), influence = do.call(cbind, lapply(list(...), `[[`, "influence")))

# All parts of all forms, with their influence, under weights w; the share that "cotton" mixes by is the sample's, fixed.
decomposed <- function(case, d, w, share = NULL) {
  built <- columns(d, case$drivers); y <- d[[case$outcome]]
  w <- ifelse(is.na(y) | rowSums(is.na(built$full)) > 0, 0, w)
  group <- as.character(d[[case$group]])
  w0 <- ifelse(group == case$base, w, 0); w1 <- ifelse(group == case$current, w, 0)
  if (any(colSums(w0 * (built$full != 0), na.rm = TRUE) == 0) || any(colSums(w1 * (built$full != 0), na.rm = TRUE) == 0)) stop("a level is absent")
  m0 <- mean_of(built$full, w0); m1 <- mean_of(built$full, w1)
  b0 <- through(fitted(built$x, y, w0), built$back); b1 <- through(fitted(built$x, y, w1), built$back)
  both <- w0 + w1; current <- (w1 > 0) * 1
  neumark <- through(fitted(built$x, y, both), built$back)
  k <- ncol(built$x)
  with <- fitted(cbind(built$x, current), y, both)
  pooled <- through(only(with, seq_len(k)), built$back); indicator <- only(with, k + 1)
  if (is.null(share)) share <- sum(w1) / sum(both)
  scaled <- function(a, s) list(value = s * a$value, influence = s * a$influence)
  of <- list(half = plus(scaled(b0, .5), scaled(b1, .5)), base = b0, current = b1, pooled = pooled, neumark = neumark,
             cotton = plus(scaled(b0, 1 - share), scaled(b1, share)), gelbach = pooled)
  rest <- -1
  step <- plus(m1, m0, -1); gap <- plus(b1, b0, -1)
  forms <- lapply(references, function(reference) {
    b <- of[[reference]]
    explained <- only(times(step, b), rest)
    unexplained <- plus(times(m1, plus(b1, b, -1)), times(m0, plus(b, b0, -1)))
    if (reference == "gelbach") unexplained <- indicator
    beside(explained, unexplained)
  })
  names(forms) <- references
  forms$threefold <- beside(only(times(step, b0), rest), times(m0, gap), only(times(step, gap), rest))
  label <- built$label[rest, ]
  keyed <- function(parts, labels) do.call(rbind, unname(Map(function(part, label) data.frame(part = part, label, row.names = NULL), parts, labels)))
  keys <- lapply(references, function(reference) {
    keyed(c("explained", "unexplained"), list(label, if (reference == "gelbach") built$label[1, ] else built$label))
  })
  names(keys) <- references
  keys$threefold <- keyed(c("endowments", "coefficients", "interaction"), list(label, built$label, label))
  list(forms = forms, keys = keys, n = c(sum(w0 > 0), sum(w1 > 0)), share = share)
}

spread <- function(influence, s) {
  v <- svyrecvar(influence, s$cluster, s$strata, s$fpc, postStrata = s$postStrata)
  attributes(v) <- attributes(v)["dim"]
  v
}

opened <- function(name) {
  one <- named(name)
  options(survey.lonely.psu = one$lonely)
  d <- read.csv(file.path(here, one$data), na.strings = c("", "NA"))
  list(d = d, s = eval(parse(text = one$r)))
}

result <- function(case) {
  case_of <- opened(case$design); d <- case_of$d; s <- case_of$s
  found <- decomposed(case, d, weights(s, "sampling"))
  vcov <- lapply(found$forms, function(form) spread(form$influence, s))
  if (isTRUE(case$replicates)) {
    r <- as.svrepdesign(s, type = "JKn", mse = FALSE)
    redone <- apply(weights(r, "analysis"), 2, function(w) {
      tryCatch(lapply(decomposed(case, d, w, found$share)$forms, `[[`, "value"), error = function(e) NULL)
    })
    if (any(sapply(redone, is.null))) stop("a replicate has no estimate")
    vcov <- lapply(names(found$forms), function(form) {
      v <- svrVar(t(sapply(redone, `[[`, form)), r$scale, r$rscales, mse = FALSE, coef = found$forms[[form]]$value)
      attributes(v) <- attributes(v)["dim"]
      v
    })
    names(vcov) <- names(found$forms)
  }
  forms <- lapply(names(found$forms), function(form) list(key = found$keys[[form]], value = unname(found$forms[[form]]$value), vcov = vcov[[form]]))
  names(forms) <- names(found$forms)
  list(case = case[c("design", "outcome", "drivers", "group", "base", "current")], replicates = isTRUE(case$replicates), n = found$n, forms = forms)
}

# ---------------------------------------------------------------- differences in differences of an index of two items

weight_of <- c(speed = 0.7, ease = 0.3)

effects <- function(name) {
  case_of <- opened(name); d <- case_of$d; s <- case_of$s
  w <- weights(s, "sampling")
  answers <- 25 * (as.matrix(d[, names(weight_of)]) - 1)
  treated <- (d$sex == "P") * 1
  # respondents: the mean of what each answered, reweighted; items: each mean on its own answers
  own <- rowSums(sweep(answers, 2, weight_of, "*"), na.rm = TRUE) / drop((!is.na(answers)) %*% weight_of)
  own[is.nan(own)] <- NA
  index <- function(level, cell) {
    if (level == "respondents") return(mean_of(cbind(own), ifelse(cell & !is.na(own), w, 0)))
    one <- function(j) mean_of(answers[, j, drop = FALSE], ifelse(cell & !is.na(answers[, j]), w, 0))
    through(beside(one(1), one(2)), matrix(weight_of, 1))
  }
  did <- function(level) {
    at <- function(t, year) index(level, treated == t & d$year == year)
    plus(plus(at(1, 2022), at(1, 2020), -1), plus(at(0, 2022), at(0, 2020), -1), -1)
  }
  adjusted <- function(level, mix) {
    counted <- !is.na(own) & !is.na(mix); cells <- sort(unique(mix[counted]))
    inside <- outer(mix, cells, "==") * 1
    share <- function(year) mean_of(inside, ifelse(counted & treated == 1 & d$year == year, w, 0))
    standard <- plus(share(2020), share(2022)); standard <- list(value = standard$value / 2, influence = standard$influence / 2)
    at <- function(t, year) {
      cell <- do.call(beside, lapply(cells, function(g) index(level, counted & treated == t & d$year == year & mix == g)))
      through(times(standard, cell), matrix(1, 1, length(cells)))
    }
    plus(plus(at(1, 2022), at(1, 2020), -1), plus(at(0, 2022), at(0, 2020), -1), -1)
  }
  out <- lapply(c(respondents = "respondents", items = "items"), function(level) {
    both <- beside(did(level), adjusted(level, d$region))
    list(value = both$value, vcov = spread(both$influence, s))
  })
  s <- update(s, own = own, treated = treated)
  fit <- svyglm(own ~ factor(year) * treated, subset(s, !is.na(own)))
  off <- c(coef(fit)[4] / out$respondents$value[1], sqrt(vcov(fit)[4, 4] / out$respondents$vcov[1, 1])) - 1
  if (max(abs(off)) > 1e-9) stop("svyglm says otherwise: ", paste(signif(off, 2), collapse = " "))
  out$respondents$svyglm <- list(value = unname(coef(fit)[4]), se = sqrt(vcov(fit)[4, 4]))
  out
}

parts <- lapply(cases, result)
names(parts) <- sapply(cases, `[[`, "name")
effect <- lapply(c("waves-shared" = "waves-shared", "waves-apart-fpc" = "waves-apart-fpc"), effects)
write(toJSON(list(parts = parts, effects = effect), digits = NA, auto_unbox = TRUE, matrix = "rowmajor"), file.path(here, "oaxaca.json"))
