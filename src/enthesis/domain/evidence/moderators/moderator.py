"""The moderators that are tried, declared before any figure is seen: how each is read, in which steps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from enthesis.domain.evidence.groups import ATTRIBUTES
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast

__all__ = ["MODERATORS", "NOT_RECORDED", "Moderator"]

Read = Callable[[Contrast, EvidenceRules], float | None]


@dataclass(frozen=True, slots=True)
class Moderator:
    """One thing in which trials differ that might move the effect.

    Attributes:
        name: What it is.
        unit: Unit of a value as readers know it.
        step: What one unit of the value means, as the tail of "per ...".
        read: Value of a trial, in steps; None where it does not say.
        labels: Names of the values 0 and 1 where there are only these two; empty for a number.
        shown: A value as readers know it, from its steps.
        why: Why it might matter.
    """

    name: str
    unit: str
    step: str
    read: Read
    labels: tuple[str, str] | tuple[()]
    shown: Callable[[float], float]
    why: str

    @property
    def is_number(self) -> bool:
        """True when it has more values than two."""
        return not self.labels


def _product(name: str) -> Callable[[Contrast], object | None]:
    """What the arms of the intervention have in common; None where they differ or do not say."""

    def read(c: Contrast) -> object | None:
        found = {getattr(c.pick.study.arm(arm).product, name) for arm in c.pick.of}
        return found.pop() if len(found) == 1 else None

    return read


def _doublings(name: str) -> Read:
    read = _product(name)

    def steps(c: Contrast, _: EvidenceRules) -> float | None:
        value = read(c)
        return log2(value) if isinstance(value, int | float) and value > 0 else None

    return steps


def _number(name: str) -> Read:
    read = _product(name)

    def steps(c: Contrast, _: EvidenceRules) -> float | None:
        value = read(c)
        return float(value) if isinstance(value, int | float) else None

    return steps


def _one_of(attribute: str, zero: str, one: str) -> Read:
    return lambda c, rules: {zero: 0.0, one: 1.0}.get(ATTRIBUTES[attribute](c, rules))


def _activated(c: Contrast, _: EvidenceRules) -> float | None:
    value = _product("activation")(c)
    return None if value is None else float(value != "none")


def _guided(c: Contrast, _: EvidenceRules) -> float | None:
    return None if _product("guidance")(c) is None else 1.0


# Only where the words begin with it: elsewhere it may tell of some of the joints.
_KELLGREN = re.compile(r"^KL (?:[0-4IV]+ ?(?:-|–|to) ?)?([0-4]|I{1,3}|IV)\b")
_ROMAN = {"I": 1.0, "II": 2.0, "III": 3.0, "IV": 4.0}


def _severity(c: Contrast, _: EvidenceRules) -> float | None:
    """Highest Kellgren-Lawrence grade that the trial let in."""
    found = _KELLGREN.search(c.pick.study.population.severity or "")
    return None if found is None else _ROMAN.get(found[1]) or float(found[1])


def _age(c: Contrast, _: EvidenceRules) -> float | None:
    age = c.pick.study.population.age_mean
    return None if age is None else age / 10.0


def _weeks(c: Contrast, _: EvidenceRules) -> float | None:
    row = c.pick.result
    weeks = sum(row.weeks_span) / 2 if row.weeks_span else row.weeks
    return None if weeks is None else weeks / 26.0


def _same(x: float) -> float:
    return x


def _power(x: float) -> float:
    return float(2.0**x)


def _ten(x: float) -> float:
    return 10.0 * x


def _half_years(x: float) -> float:
    return 26.0 * x


MODERATORS: tuple[Moderator, ...] = (
    Moderator(
        "platelet dose",
        "10⁹ platelets",
        "doubling of the platelets injected",
        _doublings("platelet_dose_e9"),
        (),
        _power,
        "more platelets release more of what is thought to work",
    ),
    Moderator(
        "platelet concentration",
        "10⁹ platelets per litre",
        "doubling of the concentration",
        _doublings("platelet_concentration_e9_per_l"),
        (),
        _power,
        "a richer preparation brings more platelets in the same volume",
    ),
    Moderator(
        "leukocytes",
        "class",
        "leukocyte-rich instead of leukocyte-poor",
        _one_of("leukocytes", "leukocyte-poor", "leukocyte-rich"),
        ("leukocyte-poor", "leukocyte-rich"),
        _same,
        "leukocytes bring inflammation with them",
    ),
    Moderator(
        "injections",
        "injections",
        "injection more",
        _number("injections"),
        (),
        _same,
        "a series is a larger dose",
    ),
    Moderator(
        "activation",
        "activation",
        "activated instead of not",
        _activated,
        ("not activated", "activated"),
        _same,
        "activated platelets release at once",
    ),
    Moderator(
        "guidance",
        "guidance",
        "image guidance instead of none",
        _guided,
        ("without guidance", "with guidance"),
        _same,
        "what is not put in the right place cannot work there",
    ),
    Moderator(
        "severity",
        "highest Kellgren-Lawrence grade let in",
        "Kellgren-Lawrence grade more among those let in",
        _severity,
        (),
        _same,
        "a worn joint has less that could recover",
    ),
    Moderator(
        "age", "mean age in years", "ten years of mean age", _age, (), _ten, "older tissue may respond less"
    ),
    Moderator(
        "follow-up",
        "weeks",
        "half a year of follow-up",
        _weeks,
        (),
        _half_years,
        "effects may come late or fade",
    ),
    Moderator(
        "region",
        "place",
        "Asia instead of elsewhere",
        _one_of("region", "other", "Asian"),
        ("elsewhere", "Asia"),
        _same,
        "patients, preparation and practice differ",
    ),
)

#: Moderators that readers ask for and that the study files do not hold, with the reason.
NOT_RECORDED = {"body mass index": "the study files do not record it"}
