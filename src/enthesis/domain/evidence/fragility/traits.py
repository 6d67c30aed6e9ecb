"""Which trials a review may keep or drop: the traits of a trial that make the axes of exclusion."""

from collections.abc import Callable
from dataclasses import dataclass

from enthesis.domain.evidence.appraisal import Band
from enthesis.domain.evidence.assessed import band_of
from enthesis.domain.evidence.groups import ATTRIBUTES
from enthesis.domain.evidence.picking import Route
from enthesis.domain.evidence.risk_of_bias import RANDOMISED, is_blinded
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast

__all__ = ["TRAITS", "Trait"]

Keeps = Callable[[Contrast, EvidenceRules], bool]

# Routes that use means and spreads, or a comparison with its interval, as they are printed.
PLAIN_ROUTES = frozenset({Route.ARMS, Route.CONTRAST})


@dataclass(frozen=True, slots=True)
class Trait:
    """One axis of exclusion: each level with the trials that it keeps, the declared level first.

    ``same`` is what to say where another level keeps the same trials, ``none`` where it keeps no trial.
    """

    name: str
    levels: tuple[tuple[str, Keeps], ...]
    same: str
    none: str


def _all(_: Contrast, __: EvidenceRules) -> bool:
    return True


def _is_plain(c: Contrast, _: EvidenceRules) -> bool:
    row = c.pick.result
    sides = [row.figures_of(arm) for arm in (*c.pick.of, *c.pick.versus)]
    spread = all(f is None or f.sd is not None or f.events is not None or f.mean is None for f in sides)
    return c.pick.route in PLAIN_ROUTES and (c.pick.route is Route.CONTRAST or spread)


def _says(attribute: str, word: str) -> Keeps:
    return lambda c, rules: ATTRIBUTES[attribute](c, rules) == word


def _in_groups(name: str, labels: dict[str, str], none: str) -> Trait:
    """One level for each group of ``groups``, labelled as given."""
    only = tuple((label, _says(name, word)) for word, label in labels.items())
    return Trait(name, (("all", _all), *only), "all trials are alike in this", none)


TRAITS: tuple[Trait, ...] = (
    Trait(
        "suspect figures",
        (("left out", lambda c, _: not c.pick.is_suspect), ("put back", _all)),
        "no figure is suspect",
        "every figure is suspect",
    ),
    Trait(
        "design",
        (
            ("randomised", lambda c, _: c.pick.study.design in RANDOMISED),
            ("with non-randomised", _all),
        ),
        "all comparisons are randomised",
        "no comparison is randomised",
    ),
    Trait(
        "risk of bias",
        (("all", _all), ("without high risk", lambda c, _: band_of(c) is not Band.HIGH)),
        "no trial counts as high risk",
        "every trial counts as high risk",
    ),
    Trait(
        "blinding",
        (("all", _all), ("patients blinded only", lambda c, _: is_blinded(c) is True)),
        "all patients were blinded",
        "no trial says that its patients were blinded",
    ),
    Trait(
        "derived figures",
        (("used", _all), ("left out", lambda c, _: not c.pick.result.derived)),
        "no figure was derived by a later review",
        "every figure was derived by a later review",
    ),
    Trait(
        "converted figures",
        (("used", _all), ("left out", _is_plain)),
        "no figure had to be converted",
        "every figure had to be converted",
    ),
    _in_groups(
        "leukocytes",
        {"leukocyte-poor": "leukocyte-poor only", "leukocyte-rich": "leukocyte-rich only"},
        "no trial says how many leukocytes were injected",
    ),
    _in_groups(
        "platelet dose",
        {
            "10 billion platelets or more": "10 billion platelets or more only",
            "below 10 billion platelets": "below 10 billion platelets only",
        },
        "no trial says how many platelets were injected",
    ),
    _in_groups(
        "region", {"Asian": "Asia only", "other": "elsewhere only"}, "no trial says where it was done"
    ),
    Trait(
        "funding",
        (("all", _all), ("without industry", lambda c, _: c.pick.study.funding not in ("industry", "mixed"))),
        "no trial says that industry paid for it",
        "industry paid for every trial",
    ),
)
