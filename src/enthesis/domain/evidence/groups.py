"""The trials of one answer split by something they differ in, with a plain test or the reason for none.

Groups are compared between trials, not between patients: a difference may come from anything else that
differs between those trials.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.certainty import is_blinded
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis, synthesise
from enthesis.statistics import pooling

__all__ = ["ATTRIBUTES", "Grouping", "split"]

# Fewer trials than this on one side say nothing about a difference between groups.
MINIMUM_PER_GROUP = 2


@dataclass(frozen=True, slots=True)
class Grouping:
    """Pools by group, the test of a difference between them, or why there is none.

    ``p`` tests equality of the group means (meta-regression, Hartung-Knapp). ``too_few`` is the reason in
    words when it cannot be tested.
    """

    attribute: str
    groups: tuple[tuple[str, Synthesis], ...]
    p: float | None
    too_few: str | None


def _of_arms(contrast: Contrast, name: str) -> list[object]:
    arms = [contrast.pick.study.arm(arm) for arm in contrast.pick.of]
    return [getattr(arm.product, name) for arm in arms]


def _one(values: list[object]) -> object | None:
    found = {v for v in values if v not in (None, "unknown")}
    return found.pop() if len(found) == 1 else None


def _leukocytes(c: Contrast, _: EvidenceRules) -> str:
    value = _one(_of_arms(c, "leukocytes"))
    return f"leukocyte-{value}" if value else "not stated"


def _injections(c: Contrast, _: EvidenceRules) -> str:
    value = _one(_of_arms(c, "injections"))
    if value is None:
        return "not stated"
    return "one injection" if value == 1 else "two or more injections"


def _dose(c: Contrast, _: EvidenceRules) -> str:
    value = _one(_of_arms(c, "platelet_dose_e9"))
    if not isinstance(value, int | float):
        return "not stated"
    return "10 billion platelets or more" if value >= 10 else "below 10 billion platelets"


def _region(c: Contrast, rules: EvidenceRules) -> str:
    countries = set(c.pick.study.countries)
    if not countries:
        return "not stated"
    if countries <= rules.asian_countries:
        return "Asian"
    return "other" if not countries & rules.asian_countries else "both"


def _blinding(c: Contrast, _: EvidenceRules) -> str:
    return {True: "patients blinded", False: "patients not blinded", None: "not stated"}[is_blinded(c)]


def _funding(c: Contrast, _: EvidenceRules) -> str:
    return {
        "industry": "industry",
        "mixed": "industry",
        "public": "public or none",
        "none": "public or none",
    }.get(c.pick.study.funding or "", "not stated")


ATTRIBUTES: dict[str, Callable[[Contrast, EvidenceRules], str]] = {
    "leukocytes": _leukocytes,
    "platelet dose": _dose,
    "number of injections": _injections,
    "blinding": _blinding,
    "region": _region,
    "funding": _funding,
}


def split(synthesis: Synthesis, attribute: str, rules: EvidenceRules) -> Grouping:
    """Split a pool by one attribute of its trials (a key of ``ATTRIBUTES``)."""
    held: dict[str, list[Contrast]] = defaultdict(list)
    for contrast in synthesis.contrasts:
        held[ATTRIBUTES[attribute](contrast, rules)].append(contrast)
    if len(held) == 1:
        return Grouping(attribute, ((next(iter(held)), synthesis),), None, "the trials do not differ in this")
    groups = tuple((name, synthesise(held[name], synthesis.scale, rules)) for name in sorted(held))
    told = [(name, s) for name, s in groups if name != "not stated"]
    if len(told) < 2:
        return Grouping(attribute, groups, None, "the trials do not differ in this, or do not say")
    thin = [f"{name} {s.k}" for name, s in told if s.k < MINIMUM_PER_GROUP]
    if thin:
        return Grouping(attribute, groups, None, f"too few trials to say: {', '.join(thin)}")
    return Grouping(attribute, groups, _test([s for _, s in told]), None)


def _test(groups: list[Synthesis]) -> float:
    """P-value of a meta-regression on the groups: the test that ``moderators`` uses, for any number of them.

    Source: Knapp & Hartung 2003, doi:10.1002/sim.1482.
    """
    effects = [e for g in groups for e in g.effects]
    member = np.repeat(np.arange(len(groups)), [g.k for g in groups])
    names = [f"group {i}" for i in range(1, len(groups))]
    columns = (member[:, None] == np.arange(1, len(groups))).astype(np.float64)
    y, v = [e.y for e in effects], [e.v for e in effects]
    return pooling.meta_regression(y, v, columns, names, interval="hartung-knapp-floor").moderators.p
