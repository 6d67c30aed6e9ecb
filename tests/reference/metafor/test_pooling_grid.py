"""Agreement with metafor over every number of the univariate sets that pooling answers for.

Tolerances. Closed forms given tau2 (coefficients, standard errors, weights, Q) agree to 1e-8; tau2
comes from an optimiser on either side: 1e-6, and absolutely 1e-10 near 0, where metafor stops at
1e-13 or so instead of 0. Intervals and p-values: 1e-6. I2 is in percent and inherits tau2's absolute
tolerance over a typical variance of at least 1e-3: 1e-5 percent; H2 likewise.
"""

import math
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from metafor_pooling_answers import answers
from metafor_pooling_cases import COVERED, ELSEWHERE, Path_, numbers, owner, pooling_sets, section

CLOSED = (1e-8, 1e-10)
OPTIMISED = (1e-6, 1e-10)
PERCENT = (1e-6, 1e-5)
RATIO = (1e-6, 1e-7)

TOLERANCES = {
    **dict.fromkeys(("k", "p", "ddf", "df", "beta", "se", "stat", "vcov", "QE", "Q", "QM", "s2w"), CLOSED),
    **dict.fromkeys(("pred", "fitted", "resid", "hat", "weights", "x", "y", "Q_between"), CLOSED),
    **dict.fromkeys(("rstandard", "rstandard_se", "rstudent", "rstudent_resid", "rstudent_se"), CLOSED),
    **dict.fromkeys(("ll", "dev", "AIC", "BIC", "AICc"), CLOSED),
    **dict.fromkeys(("tau2", "se_tau2", "tau^2", "pval", "QEp", "QMp", "Qp", "p_between"), OPTIMISED),
    **dict.fromkeys(("ci_lb", "ci_ub", "pi_lb", "pi_ub"), OPTIMISED),
    # A square root turns an absolute 1e-10 of tau2 into 1e-5 of tau.
    "tau": (1e-6, 1e-5),
    "I2": PERCENT,
    "I^2(%)": PERCENT,
    "R2": PERCENT,
    "H2": RATIO,
    "H^2": RATIO,
}

SINGLE = "one study: metafor prints tau2 = 0, Q = 0, I2 = 0, H2 = 1; we say that they are unknown"

#: Numbers that we refuse to give, by section and field: reason and how many there are.
REFUSED = {
    ("subgroup.groups", ("tau2", "QE", "QEp", "I2", "H2", "ll", "dev", "AIC", "BIC", "AICc")): SINGLE,
    ("intercept.leave1out_REML", ("tau2", "Q", "Qp", "I2", "H2")): SINGLE,
    ("intercept.leave1out_DL", ("tau2", "Q", "Qp", "I2", "H2")): SINGLE,
    ("intercept.cumul_REML", ("tau2", "Q", "I2", "H2")): SINGLE,
    ("intercept.cumul_DL", ("tau2", "Q", "I2", "H2")): SINGLE,
    ("intercept.diag_REML", ("rstudent", "rstudent_resid", "rstudent_se")): "k = 2: " + SINGLE,
    ("intercept.baujat", ("y",)): "k = 2: " + SINGLE,
    ("meta_regression.fits", ("R2",)): "tau2 without moderators is 0: there is nothing to explain",
}

#: Numbers that differ, by set and start of path, with the cause.
DIVERGENT = {
    (
        "dat.raudenbush1985",
        ("meta_regression", "~pmin(weeks, 3)", "fits", "SJIT", test, "fit", "REML", "BIC"),
    ): ("metafor's SJIT creeps towards tau2 = 0 and stops at 1e-11; BIC shows it in the 8th digit")
    for test in ("z", "knha", "adhoc", "t")
}


@cache
def compared(name: str) -> dict[str, list[tuple[Path_, float | None, float | None]]]:
    """What became of every covered number of a set: agrees, differs, refused, or metafor has none."""
    ours, found = answers(name), {"agrees": [], "differs": [], "refused": [], "no value": []}
    for path, theirs in numbers(pooling_sets()[name]):
        if owner(path) is not None:
            continue
        value = ours.get(path)
        found[_verdict(path, value, theirs, known=path in ours)].append((path, value, theirs))
    return found


def _verdict(path: Path_, ours: float | None, theirs: float | None, *, known: bool) -> str:
    if theirs is None:
        return "no value"
    if ours is None or math.isnan(ours):
        return "refused" if known and _refusal(path) else "differs"
    relative, absolute = TOLERANCES[_field(path)]
    near = ours == theirs or abs(ours - theirs) <= max(absolute, relative * abs(theirs))
    return "agrees" if near else "differs"


def _field(path: Path_) -> str:
    return next(step for step in reversed(path) if isinstance(step, str))


def _refusal(path: Path_) -> str | None:
    reasons = (
        why for (where, fields), why in REFUSED.items() if section(path) == where and _field(path) in fields
    )
    return next(reasons, None)


@pytest.mark.parametrize("name", pooling_sets())
def test_every_covered_number_agrees_with_metafor(name: str) -> None:
    assert [found for found in compared(name)["differs"] if not _cause(name, found[0])] == []


def test_every_listed_divergence_still_diverges() -> None:
    differing = {
        (name, start)
        for name in pooling_sets()
        for path, *_ in compared(name)["differs"]
        for (_, start) in DIVERGENT
        if path[: len(start)] == start
    }
    assert differing == set(DIVERGENT)


def test_every_number_of_the_files_has_an_owner_or_a_reason() -> None:
    reasons = {owner(path) for case in pooling_sets().values() for path, _ in numbers(case)}
    assert reasons == {None, *ELSEWHERE.values()}


def test_every_covered_section_is_in_the_files() -> None:
    present = {section(path) for case in pooling_sets().values() for path, _ in numbers(case)}
    named = {".".join(start).replace(".*", "") for start in COVERED}
    assert named <= present


def test_the_grid_has_not_shrunk(record_property: Callable[[str, str], None]) -> None:
    agreeing = _count("agrees")
    refused, total = sum(_count("refused").values()), sum(agreeing.values())
    sets = f"{len(pooling_sets())} univariate sets"
    record_property(
        "reference grid", f"pooling against metafor: {total} numbers of {sets} agree, {refused} refused"
    )
    assert agreeing == AGREEING


def test_we_refuse_exactly_the_numbers_that_are_listed() -> None:
    assert _count("refused") == REFUSALS


def _count(verdict: str) -> Counter[str]:
    return Counter(section(path) for name in pooling_sets() for path, *_ in compared(name)[verdict])


def _cause(name: str, path: Path_) -> str | None:
    causes = (
        why for (where, start), why in DIVERGENT.items() if name == where and path[: len(start)] == start
    )
    return next(causes, None)


#: How many numbers of the files agree, by section: the size of the grid.
AGREEING = {
    "intercept.baujat": 1782,
    "intercept.blup_REML": 4368,
    "intercept.confint": 3360,
    "intercept.cumul_DL": 7892,
    "intercept.cumul_REML": 7883,
    "intercept.diag_REML": 9822,
    "intercept.fits": 56840,
    "intercept.leave1out_DL": 8910,
    "intercept.leave1out_REML": 8910,
    "meta_regression.blup_REML": 2776,
    "meta_regression.confint": 2208,
    "meta_regression.diag_REML": 6246,
    "meta_regression.fits": 46737,
    "subgroup.Q_between": 7,
    "subgroup.common_tau2": 505,
    "subgroup.df": 7,
    "subgroup.groups": 748,
    "subgroup.p_between": 7,
}

#: How many numbers we refuse to give, by section; the reasons stand in REFUSED.
REFUSALS = {
    "intercept.baujat": 2,
    "intercept.cumul_DL": 136,
    "intercept.cumul_REML": 136,
    "intercept.diag_REML": 6,
    "intercept.leave1out_DL": 10,
    "intercept.leave1out_REML": 10,
    "meta_regression.fits": 8,
    "subgroup.groups": 60,
}
