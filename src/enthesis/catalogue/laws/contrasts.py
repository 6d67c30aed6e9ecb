"""Laws about printed comparisons of two arms and whether they agree with the arms."""

import math
from collections.abc import Iterator
from statistics import NormalDist

from enthesis.catalogue.findings import Breach, Document
from enthesis.catalogue.laws.law import Gravity, study_law
from enthesis.catalogue.laws.walk import contrasts
from enthesis.domain.evidence.printed import RATIO_MEASURES

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING
# Interval and estimate are rounded, so their centre may stray by this share of the width.
OFF_CENTRE = 0.12
# Rounded means may miss a rounded difference by this much of it, or by this much of the scale unit.
DIFFERENCE_SHARE, DIFFERENCE_UNITS = 0.3, 0.2
# A p-value from a rounded interval is coarse; only a large gap, or one across 0.05, is worth a look.
P_GAP, P_GAP_ACROSS = 0.1, 0.02
P_TIMES = 3


def is_ratio(contrast: Document) -> bool:
    """True when the measure multiplies."""
    return contrast.get("measure") in RATIO_MEASURES


def _mean_difference(row: Document, contrast: Document) -> float | None:
    printed = row.get("arms", {})
    of, versus = printed.get(contrast["of"], {}), printed.get(contrast["versus"], {})
    return of["mean"] - versus["mean"] if "mean" in of and "mean" in versus else None


def _better_arm(row: Document, contrast: Document, difference: float) -> str:
    lower_is_better = row["better"] == "lower"
    return contrast["of"] if (difference < 0) == lower_is_better else contrast["versus"]


@study_law(ERROR)
def two_arms_are_compared(study: Document) -> Iterator[Breach]:
    """A comparison names two different arms."""
    for path, _, contrast in contrasts(study):
        if contrast["of"] == contrast["versus"]:
            yield Breach(
                (*path, "versus"), f"'{contrast['of']}' is compared with itself.", "Name the other arm."
            )


@study_law(ERROR)
def favoured_arm_is_compared(study: Document) -> Iterator[Breach]:
    """The arm that a comparison favours is one of its two, or neither."""
    for path, _, contrast in contrasts(study):
        allowed = ("neither", contrast["of"], contrast["versus"])
        if contrast.get("favours", "neither") not in allowed:
            yield Breach(
                (*path, "favours"),
                f"'{contrast['favours']}' is not compared.",
                f"Allowed: {', '.join(allowed)}.",
            )


@study_law(ERROR)
def ratio_is_above_zero(study: Document) -> Iterator[Breach]:
    """A risk, odds or hazard ratio and its limits are above 0."""
    for path, _, contrast in contrasts(study):
        values = [*contrast.get("ci", ()), contrast.get("estimate", 1)]
        if is_ratio(contrast) and min(values) <= 0:
            wrong = f"{contrast['measure']} of {min(values)}."
            yield Breach(path, wrong, "Write the ratio, not its logarithm or a percentage.")


@study_law(WARNING)
def interval_is_centred(study: Document) -> Iterator[Breach]:
    """An interval is centred on its estimate, on the log scale for ratios.

    Off the centre, one of the three figures is misprinted or the interval is of another kind.
    """
    for path, _, contrast in contrasts(study):
        if place := off_centre(contrast):
            yield Breach((*path, "ci"), place, "Compare all three with the source.")


def off_centre(row: Document) -> str | None:
    """What is wrong with the centre of an interval, or None."""
    if "ci" not in row or "estimate" not in row or row["ci"][0] >= row["ci"][1]:
        return None
    values = (*row["ci"], row["estimate"])
    if is_ratio(row) and min(values) > 0:
        values = tuple(math.log(x) for x in values)
    lower, upper, estimate = values
    if abs((lower + upper) / 2 - estimate) <= OFF_CENTRE * (upper - lower):
        return None
    return f"the interval {row['ci']} is not centred on {row['estimate']}."


@study_law(WARNING)
def p_fits_the_interval(study: Document) -> Iterator[Breach]:
    """A p-value agrees with the interval printed beside it (normal approximation)."""
    for path, _, contrast in contrasts(study):
        if not {"p", "ci", "estimate"} <= contrast.keys():
            continue
        implied = _implied_p(contrast)
        if implied is not None and _contradicts(contrast["p"], implied):
            printed = f"{contrast['p']['relation']} {contrast['p']['value']}"
            wrong = f"p {printed} beside an interval that gives about {implied:.3f}."
            yield Breach((*path, "p"), wrong, "Compare p, interval and its level with the source.")


def _contradicts(p: Document, implied: float) -> bool:
    if p["relation"] == "<":
        return implied > P_TIMES * p["value"]
    if p["relation"] == ">":
        return implied < p["value"] / P_TIMES
    gap = abs(implied - p["value"])
    across = (implied < 0.05) != (p["value"] < 0.05)
    return gap > P_GAP or (across and gap > P_GAP_ACROSS)


def _implied_p(contrast: Document) -> float | None:
    values = (*contrast["ci"], contrast["estimate"])
    if is_ratio(contrast):
        if min(values) <= 0:
            return None
        values = tuple(math.log(x) for x in values)
    lower, upper, estimate = values
    if lower >= upper:
        return None
    z = NormalDist().inv_cdf(0.5 + contrast["level"] / 2)
    return math.erfc(abs(estimate) / ((upper - lower) / (2 * z)) / math.sqrt(2))


@study_law(WARNING)
def difference_agrees_with_its_means(study: Document) -> Iterator[Breach]:
    """An unadjusted mean difference has the sign and the size that the means of its arms give.

    A wrong sign turns the answer round, so it is looked at first.
    """
    for path, row, contrast in contrasts(study):
        difference = _mean_difference(row, contrast)
        if contrast.get("measure") != "MD" or "estimate" not in contrast or contrast.get("adjusted"):
            continue
        if difference is None:
            continue
        estimate = contrast["estimate"]
        if difference * estimate < 0:
            wrong = f"estimate {estimate} and means ({difference:+.2f}) point opposite ways."
        elif abs(difference - estimate) > max(DIFFERENCE_SHARE * abs(estimate), DIFFERENCE_UNITS):
            wrong = f"estimate {estimate}, but the means differ by {difference:.2f}."
        else:
            continue
        yield Breach(
            (*path, "estimate"), wrong, "Compare with the source; exchange of and versus, or note why."
        )


@study_law(WARNING)
def favoured_arm_has_the_better_mean(study: Document) -> Iterator[Breach]:
    """The arm that the source calls better has the better mean."""
    for path, row, contrast in contrasts(study):
        difference = _mean_difference(row, contrast)
        if difference and contrast.get("favours") in (contrast["of"], contrast["versus"]):
            better = _better_arm(row, contrast, difference)
            if better != contrast["favours"]:
                wrong = f"favours {contrast['favours']}, but the means favour {better}."
                yield Breach((*path, "favours"), wrong, "Check better, the means and the arm named.")


@study_law(WARNING)
def favoured_arm_has_the_better_estimate(study: Document) -> Iterator[Breach]:
    """The arm that the source calls better is the one that the printed difference favours."""
    for path, row, contrast in contrasts(study):
        if is_ratio(contrast) or "estimate" not in contrast:
            continue
        if contrast.get("favours") in (contrast["of"], contrast["versus"]):
            better = _better_arm(row, contrast, contrast["estimate"])
            if better != contrast["favours"]:
                wrong = f"favours {contrast['favours']}, but the estimate favours {better}."
                yield Breach((*path, "favours"), wrong, "Check better, the sign and the arm named.")


@study_law(WARNING)
def ratio_agrees_with_its_shares(study: Document) -> Iterator[Breach]:
    """An unadjusted risk or odds ratio lies on the side of 1 where the shares of its arms lie.

    A ratio of the other arms, or a misprinted share, turns the answer round.
    """
    for path, row, contrast in contrasts(study):
        if contrast.get("measure") not in ("RR", "OR") or contrast.get("adjusted"):
            continue
        printed = row.get("arms", {})
        of, versus = _share(printed.get(contrast["of"], {})), _share(printed.get(contrast["versus"], {}))
        estimate = contrast.get("estimate")
        if estimate and of is not None and versus is not None and (estimate - 1) * (of - versus) < 0:
            wrong = f"{contrast['measure']} {estimate}, but the shares are {of:.1f} and {versus:.1f} percent."
            yield Breach(
                (*path, "estimate"), wrong, "Compare with the source; exchange of and versus, or note why."
            )


def _share(printed: Document) -> float | None:
    if "percent" in printed:
        return float(printed["percent"])
    return 100 * printed["events"] / printed["n"] if "events" in printed and "n" in printed else None
