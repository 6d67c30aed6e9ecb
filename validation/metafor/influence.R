# Case diagnostics of the intercept model, REML, for every univariate set:
#   Rscript validation/metafor/influence.R
# reads the yi and vi of tests/reference/metafor/data/*.json and writes influence.json beside that folder.
suppressPackageStartupMessages({library(metafor); library(jsonlite)})
folder <- "tests/reference/metafor"
control <- list(threshold = 1e-12, tau2.max = 1e7, maxiter = 10000)
sets <- list()
for (file in list.files(file.path(folder, "data"), pattern = "[.]json$", full.names = TRUE)) {
  given <- fromJSON(file)
  if (given$kind != "univariate" || length(given$yi) < 3) next
  fit <- rma(yi = given$yi, vi = given$vi, method = "REML", control = control)
  found <- influence(fit)
  names <- c("rstudent", "dffits", "cook.d", "cov.r", "tau2.del", "QE.del", "hat", "weight")
  values <- lapply(setNames(names, names), function(name) as.numeric(unclass(found$inf)[[name]]))
  sets[[given$dataset]] <- c(values, list(dfbs = as.numeric(unclass(found$dfbs)[[1]])))
}
origin <- list(tool = "metafor", version = as.character(packageVersion("metafor")), R = R.version.string,
  call = "influence(rma(yi, vi, method = 'REML', control = list(threshold = 1e-12, tau2.max = 1e7)))")
write_json(list(origin = origin, sets = sets), file.path(folder, "influence.json"), digits = NA,
  auto_unbox = TRUE, na = "null", pretty = FALSE)
