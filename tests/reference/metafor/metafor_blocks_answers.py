"""metafor's numbers and ours, side by side, for every model of the multilevel-multivariate sets."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from metafor_blocks_cases import Case, ours, theirs

from enthesis.statistics import blocks

#: (section, field, position), ours, theirs.
Pair = tuple[tuple[str, str, int], float, float]

#: What metafor prints although the model has no such thing, and what is not offered here.
PLACEHOLDERS = ("gamma2", "phi")
NOT_OFFERED = ("cooks", "hat")
#: How the set was made, and what the others repeat.
INPUT = ("random", "mods", "method", "struct", "names", "V_row1")


@cache
def pairs(case: Case) -> tuple[Pair, ...]:
    """Every number of one model that both sides give."""
    sections = (_coefficients, _components, _tests, _criteria, _profiles, _robust, _random_effects)
    return tuple(pair for section in sections for pair in section(case))


def handled(case: Case) -> set[str]:
    """Fields of metafor's answer that `pairs` compares or that are named above."""
    return {section for (section, _, _), _, _ in pairs(case)} | {*PLACEHOLDERS, *NOT_OFFERED, *INPUT}


def _zip(section: str, field: str, mine: Any, others: Any) -> Iterator[Pair]:
    for i, (one, other) in enumerate(zip(mine, others, strict=True)):
        yield (section, field, i), float(one), float(other)


def _coefficients(case: Case) -> Iterator[Pair]:
    fit, other = ours(case), theirs(case)
    each = fit.coefficients
    yield from _zip("k", "k", [fit.k], [other["k"]])
    yield from _zip("p", "k", [len(each)], [other["p"]])
    yield from _zip("beta", "beta", [c.estimate for c in each], other["beta"])
    yield from _zip("se", "se", [c.se for c in each], other["se"])
    yield from _zip("stat", "statistic", [c.statistic for c in each], other["stat"])
    yield from _zip("pval", "p-value", [c.p for c in each], other["pval"])
    yield from _zip("ci_lb", "ci", [c.ci[0] for c in each], other["ci_lb"])
    yield from _zip("ci_ub", "ci", [c.ci[1] for c in each], other["ci_ub"])
    yield from _zip("vcov", "covariance", np.ravel(fit.covariance), np.ravel(other["vcov"]))


def _components(case: Case) -> Iterator[Pair]:
    """A single 0 is metafor's way to say that there is no such component."""
    fit, other = ours(case), theirs(case)
    found = {
        "sigma2": [c.value for c in fit.components if c.name.startswith("sigma2")],
        "tau2": [c.value for c in fit.components if c.name.startswith("tau2")],
        "rho": [c.value for c in fit.components if c.name.startswith("rho")],
    }
    for name, mine in found.items():
        yield from _zip(name, "component", mine or [0.0], other[name])


def _tests(case: Case) -> Iterator[Pair]:
    fit, other = ours(case), theirs(case)
    yield from _zip("QE", "Q", [fit.residual.q], [other["QE"]])
    yield from _zip("QEdf", "k", [fit.residual.df], [other["QEdf"]])
    yield from _zip("QEp", "p-value", [fit.residual.p], [other["QEp"]])
    yield from _zip("QM", "statistic", [fit.moderators.statistic], other["QM"])
    yield from _zip("QMp", "p-value", [fit.moderators.p], [other["QMp"]])


def _criteria(case: Case) -> Iterator[Pair]:
    fit, other = ours(case), theirs(case)
    for name, mine in (("ML", fit.ml), ("REML", fit.reml)):
        field = "log-likelihood" if name == fit.method else "other log-likelihood"
        values = [mine.log_likelihood, mine.deviance, mine.aic, mine.bic, mine.aicc]
        expected = [other["fit"][name][key] for key in ("ll", "dev", "AIC", "BIC", "AICc")]
        yield from _zip("fit", field, values, expected)


def _profiles(case: Case) -> Iterator[Pair]:
    """metafor gives each variance as a standard deviation too; those repeat it."""
    if "confint_PL" not in theirs(case):
        return
    given = theirs(case)["confint_PL"]
    kept = [ends for name, ends in given.items() if not name.startswith(("sigma.", "tau.")) and name != "tau"]
    for interval, (_, low, high) in zip(blocks.profile_intervals(ours(case)), kept, strict=True):
        yield from _zip("confint_PL", "profile", interval.ci, [low, high])


def _robust(case: Case) -> Iterator[Pair]:
    for kind in ("CR1", "CR2"):
        other, mine = theirs(case)[f"robust_{kind}"], blocks.robust(ours(case), kind=kind)
        section, each = f"robust_{kind}", mine.coefficients
        df = other["df"] * len(each) if len(other["df"]) == 1 else other["df"]
        yield from _zip(section, "se", [c.se for c in each], other["se"])
        yield from _zip(section, "statistic", [c.statistic for c in each], other["stat"])
        yield from _zip(section, "df", mine.df, df)
        yield from _zip(section, "p-value", [c.p for c in each], other["pval"])
        yield from _zip(section, "ci", [c.ci[0] for c in each], other["ci_lb"])
        yield from _zip(section, "ci", [c.ci[1] for c in each], other["ci_ub"])


def _random_effects(case: Case) -> Iterator[Pair]:
    effects = blocks.ranef(ours(case))
    terms = list(dict.fromkeys(effect.term for effect in effects))
    for term, other in zip(terms, theirs(case)["ranef"].values(), strict=True):
        mine = [effect for effect in effects if effect.term == term]
        if mine[0].level is not None:
            order = list(dict.fromkeys(effect.group for effect in mine))
            mine.sort(key=lambda effect: (order.index(effect.group), effect.level))
        yield from _zip("ranef", "random effect", [effect.estimate for effect in mine], other["intrcpt"])
        yield from _zip("ranef", "random effect", [effect.se for effect in mine], other["se"])
