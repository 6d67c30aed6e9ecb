"""GRADE certainty of one answer, pre-filled with numbers and reasons for a person to confirm.

Every domain says what it saw. The proposal stands until a named curator overrides it with a reason; both
are kept. Sources: Balshem 2011, doi:10.1016/j.jclinepi.2010.07.015 (levels); Guyatt 2011,
doi:10.1016/j.jclinepi.2011.01.012 (imprecision); Zeng 2022, doi:10.1016/j.jclinepi.2022.07.014 (targets).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import ceil

import numpy as np
from scipy.special import ndtri

from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.errors import CannotEstimate
from enthesis.statistics import bias

__all__ = [
    "Certainty",
    "DomainJudgement",
    "Level",
    "Override",
    "assess",
    "information_size",
    "is_blinded",
    "overridden",
]

RANDOMISED = frozenset({"rct", "quasi-randomised"})
# Cell products of several sources under one word, and conditions that join different injuries.
MIXED_PRODUCTS = frozenset({"msc-other"})
MIXED_CONDITIONS = frozenset({"ligament-injury"})


class Level(IntEnum):
    """GRADE levels of certainty."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def word(self) -> str:
        """The level as GRADE writes it."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class DomainJudgement:
    """One GRADE domain: levels taken off (0 or negative) and the reason with its numbers."""

    domain: str
    steps: int
    reason: str


@dataclass(frozen=True, slots=True)
class Override:
    """A named person's decision against the proposal."""

    level: Level
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """Proposed level with its domains, and the decision of a person where there is one."""

    start: Level
    domains: tuple[DomainJudgement, ...]
    override: Override | None = None

    @property
    def proposed(self) -> Level:
        """Level the numbers lead to."""
        return Level(max(Level.VERY_LOW, self.start + sum(d.steps for d in self.domains)))

    @property
    def level(self) -> Level:
        """Level in force: a person's, else the proposed one."""
        return self.override.level if self.override else self.proposed


def overridden(certainty: Certainty, override: Override) -> Certainty:
    """The same proposal with a person's decision on top."""
    return Certainty(certainty.start, certainty.domains, override)


def assess(
    synthesis: Synthesis, rules: EvidenceRules, *, published_k: int | None, unusable: int = 0
) -> Certainty:
    """Propose a level of certainty.

    Args:
        synthesis: The pooled answer.
        rules: The declared choices.
        published_k: Trials that the largest published synthesis of the same question holds, if known.
        unusable: Trials of the same question that print no figures that can be pooled.
    """
    randomised = all(c.pick.study.design in RANDOMISED for c in synthesis.contrasts)
    return Certainty(
        Level.HIGH if randomised else Level.LOW,
        (
            _risk_of_bias(synthesis, rules),
            _inconsistency(synthesis, rules),
            _indirectness(synthesis),
            _imprecision(synthesis, rules),
            _publication_bias(synthesis, rules, published_k, unusable),
        ),
    )


def is_blinded(contrast: Contrast) -> bool | None:
    """Whether the people who rate the outcome did not know their treatment; None when it is not stated.

    For outcomes that patients report, the patient is the assessor.
    """
    b = contrast.pick.study.blinding
    if b.participants is not None:
        return b.participants
    if b.stated in ("double-blind", "blinded"):
        return True
    return False if b.stated is not None else None


def is_well_protected(contrast: Contrast) -> bool:
    """True when patients and another party are stated as blinded and nothing speaks against it."""
    study = contrast.pick.study
    b = study.blinding
    blinded = b.stated == "double-blind" or (bool(b.participants) and bool(b.personnel or b.assessors))
    return (
        blinded and b.participants is not False and study.design == "rct" and not contrast.pick.result.derived
    )


def _risk_of_bias(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    weights = np.array(s.pooled.weights)
    share = {
        kind: float(weights[[test(c) for c in s.contrasts]].sum())
        for kind, test in (
            ("protected", is_well_protected),
            ("open", lambda c: is_blinded(c) is False),
            ("second-hand", lambda c: c.pick.result.derived),
            ("predictable", lambda c: c.pick.study.design != "rct"),
        )
    }
    reason = (
        f"randomised, patients and another party stated as blinded: {share['protected']:.0%} of the weight; "
        f"patients knew their treatment: {share['open']:.0%}"
    )
    if share["second-hand"]:
        reason += f"; figures made by a later review: {share['second-hand']:.0%}"
    if share["predictable"]:
        reason += f"; not allocated at random: {share['predictable']:.0%}"
    reason += "; no trial has a full risk-of-bias assessment yet"
    # Without a full assessment nobody can call the risk low, so one level is the least taken off.
    dominant = share["open"] >= rules.certainty["unblinded_dominant"].value
    return DomainJudgement("risk of bias", -2 if dominant else -1, reason)


def _inconsistency(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    if s.k == 1:
        return DomainJudgement("inconsistency", 0, "one trial only; whether its result repeats is not known")
    m = s.scale.mcid.value if s.scale.mcid else 0.0
    better = [s.benefit(e.y) for e in s.effects]
    both_sides = min(better) < m <= max(better)
    crosses = s.judged.prediction_interval is not None and _crosses(s, s.judged.prediction_interval, m)
    i2 = s.pooled.i2 or 0.0
    large = i2 >= rules.certainty["i2_large"].value
    steps = -1 if large and (both_sides or crosses) else 0
    steps -= 1 if large and i2 >= 0.75 and min(better) < 0 < max(better) else 0
    places = "on both sides of" if both_sides else "on one side of"
    reason = f"I2 {i2:.0%}; trial results lie {places} the important difference"
    if s.k >= 3:
        reason += f"; the prediction interval {'crosses' if crosses else 'does not cross'} it"
    return DomainJudgement("inconsistency", steps, reason)


def _crosses(s: Synthesis, interval: tuple[float, float], m: float) -> bool:
    lo, hi = sorted(s.benefit(x) for x in interval)
    return lo < m < hi


def _indirectness(s: Synthesis) -> DomainJudgement:
    steps, said = 0, []
    question = s.contrasts[0].pick.question
    if set(question.intervention.split("+")) & MIXED_PRODUCTS:
        steps, said = -1, ["cell products of several or unstated sources under one word"]
    if (
        question.condition in MIXED_CONDITIONS
        and len({c.pick.study.population.subcondition for c in s.contrasts}) > 1
    ):
        steps, said = -1, [*said, "different injuries joined"]
    comparators = {c.pick.comparator for c in s.contrasts}
    if len(comparators) > 1 and not question.comparator_class.is_placebo:
        steps, said = -1, [*said, f"different comparators: {'; '.join(sorted(comparators))}"]
    unknown = [c for c in s.contrasts if _leukocytes_unknown(c)]
    if unknown:
        said.append(f"{len(unknown)} of {s.k} trials do not say whether the PRP was leukocyte-rich or -poor")
    return DomainJudgement(
        "indirectness", steps, "; ".join(said) or "population, product and comparator are those asked about"
    )


def _leukocytes_unknown(contrast: Contrast) -> bool:
    arms = [contrast.pick.study.arm(arm) for arm in contrast.pick.of]
    return any("prp" in (a.intervention, *a.plus) and a.product.leukocytes in (None, "unknown") for a in arms)


def _imprecision(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    lo, hi = sorted(s.benefit(x) for x in s.judged.ci)
    if s.scale.mcid is None:
        return DomainJudgement(
            "imprecision", -1 if lo < 0 < hi else 0, "no important difference is agreed; judged against none"
        )
    m = s.scale.mcid.value
    # Minimally contextualised: the target is an important effect either way, so both thresholds count.
    crossed = [name for name, t in (("benefit", m), ("harm", -m)) if lo < t < hi]
    steps, said = (
        -len(crossed),
        [f"the interval crosses the threshold of important {' and '.join(crossed) or 'nothing'}"],
    )
    if len(crossed) == 2 and hi - lo > rules.certainty["very_wide"].value * m:
        steps, said = steps - 1, [*said, f"it spans {(hi - lo) / m:.0f} times the important difference"]
    if s.scale.is_ratio:
        return _few_events(s, steps, said, rules)
    needed = information_size(s, rules)
    if needed and s.k == 1:
        needed = max(needed, int(rules.certainty["unrepeated_n"].value))
    if needed and s.n < needed:
        far_below = s.n < needed * rules.certainty["far_below_ois"].value
        steps -= 1 if far_below or not crossed else 0
        said.append(f"of about {needed} people that are enough")
    return DomainJudgement("imprecision", max(-3, steps), f"{said[0]}; {_people(s)} " + "; ".join(said[1:]))


def _few_events(s: Synthesis, steps: int, said: list[str], rules: EvidenceRules) -> DomainJudgement:
    counted = [side.events for c in s.contrasts for side in (c.of, c.versus) if side.events is not None]
    if len(counted) < 2 * s.k:
        return DomainJudgement("imprecision", max(-3, steps), f"{said[0]}; {_people(s)}")
    events, enough = sum(counted), rules.certainty["enough_events"].value
    if events < enough:
        steps -= 1 if events < enough * rules.certainty["far_below_ois"].value or not steps else 0
        said.append(f"{events} events, of about {enough:.0f} that are enough")
    return DomainJudgement("imprecision", max(-3, steps), f"{said[0]}; {_people(s)}; " + "; ".join(said[1:]))


def _people(s: Synthesis) -> str:
    return f"{s.n} people" + (f" and {s.n_unknown} trials of unknown size" if s.n_unknown else "")


def information_size(s: Synthesis, rules: EvidenceRules) -> int | None:
    """People that one trial would need to show the important difference (optimal information size).

    n per arm = 2 (z_alpha/2 + z_beta)^2 SD^2 / MCID^2. None for ratios and where no spread is known.

    Source: Guyatt 2011, doi:10.1016/j.jclinepi.2011.01.012.
    """
    m = s.scale.mcid
    if m is None or s.scale.is_ratio:
        return None
    spreads = [c.sd_points for c in s.contrasts if c.sd_points]
    sd = 1.0 if s.scale.kind is ScaleKind.SMD else float(np.median(spreads)) if spreads else None
    if sd is None:
        return None
    z = ndtri(1 - rules.certainty["ois_alpha"].value / 2) + ndtri(rules.certainty["ois_power"].value)
    return 2 * ceil(2 * z**2 * sd**2 / m.value**2)


def _publication_bias(
    s: Synthesis, rules: EvidenceRules, published_k: int | None, unusable: int
) -> DomainJudgement:
    selected = list(_signs_of_selection(s, rules, published_k, unusable))
    small_k = int(rules.certainty["small_study_k"].value)
    if s.k >= small_k:
        p = _asymmetry(s)
        said = f"test for funnel asymmetry p = {p:.2f}"
        selected += [said] if p < rules.certainty["small_study_p"].value else []
    else:
        said = f"asymmetry cannot be tested below {small_k} trials"
    reason = "; ".join(dict.fromkeys([*selected, said, "the catalogue is not a systematic search"]))
    return DomainJudgement("publication bias", -1 if selected else 0, reason)


def _signs_of_selection(
    s: Synthesis, rules: EvidenceRules, published_k: int | None, unusable: int
) -> Iterator[str]:
    if published_k and s.k < published_k / 2:
        yield f"figures of {s.k} trials are held, a published synthesis pools {published_k}"
    share = unusable / (unusable + s.k)
    if share >= rules.certainty["unusable_share"].value:
        yield f"{unusable} of {unusable + s.k} trials print no figures that can be pooled"
    weights = np.array(s.pooled.weights)
    abstracts = float(weights[[c.pick.result.source.kind == "abstract" for c in s.contrasts]].sum())
    if abstracts >= rules.certainty["abstract_share"].value:
        yield f"{abstracts:.0%} of the weight was read in abstracts, which favour what worked"


def _asymmetry(s: Synthesis) -> float:
    y, v = [e.y for e in s.effects], [e.v for e in s.effects]
    try:
        return bias.egger_test(y, v).p
    except CannotEstimate:
        return 1.0
