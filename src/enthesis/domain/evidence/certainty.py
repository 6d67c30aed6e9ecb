"""GRADE certainty of one answer, pre-filled with numbers and reasons for a person to confirm.

Every domain says what it saw. The proposal stands until a named curator overrides it with a reason; both
are kept. Sources: Balshem 2011, doi:10.1016/j.jclinepi.2010.07.015 (levels); Guyatt 2011,
doi:10.1016/j.jclinepi.2011.06.004 (indirectness).
"""

from collections.abc import Iterator

import numpy as np

from enthesis.domain.evidence.assessed import judged_risk_of_bias
from enthesis.domain.evidence.imprecision import imprecision, information_size
from enthesis.domain.evidence.levels import Certainty, DomainJudgement, Level, Override, overridden
from enthesis.domain.evidence.risk_of_bias import RANDOMISED, is_blinded
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.vocabulary import EVENT_OUTCOMES
from enthesis.errors import CannotEstimate
from enthesis.statistics import bias

__all__ = [
    "RANDOMISED",
    "Certainty",
    "DomainJudgement",
    "Level",
    "Override",
    "assess",
    "information_size",
    "is_blinded",
    "overridden",
]

# Cell products of several sources under one word, and conditions that join different injuries.
MIXED_PRODUCTS = frozenset({"msc-other"})
MIXED_CONDITIONS = frozenset({"ligament-injury"})


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
            judged_risk_of_bias(synthesis, rules),
            _inconsistency(synthesis, rules),
            _indirectness(synthesis),
            imprecision(synthesis, rules),
            _publication_bias(synthesis, rules, published_k, unusable),
        ),
    )


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
    doubts = list(_joined_things(s))
    said = list(doubts)
    unknown = [c for c in s.contrasts if _leukocytes_unknown(c)]
    if unknown:
        said.append(f"{len(unknown)} of {s.k} trials do not say whether the PRP was leukocyte-rich or -poor")
    return DomainJudgement(
        "indirectness",
        -1 if doubts else 0,
        "; ".join(said) or "population, product and comparator are those asked about",
    )


def _joined_things(s: Synthesis) -> Iterator[str]:
    """What the pool joins although a reader would ask about each alone."""
    question = s.contrasts[0].pick.question
    if set(question.intervention.split("+")) & MIXED_PRODUCTS:
        yield "cell products of several or unstated sources under one word"
    injuries = {c.pick.study.population.subcondition for c in s.contrasts}
    if question.condition in MIXED_CONDITIONS and len(injuries) > 1:
        yield "different injuries joined"
    comparators = {c.pick.comparator for c in s.contrasts}
    if len(comparators) > 1 and not question.comparator_class.is_placebo:
        yield f"different comparators: {'; '.join(sorted(comparators))}"
    if question.outcome in EVENT_OUTCOMES and len(s.scale.instruments) > 1:
        yield f"events defined in different ways: {', '.join(s.scale.instruments)}"


def _leukocytes_unknown(contrast: Contrast) -> bool:
    arms = [contrast.pick.study.arm(arm) for arm in contrast.pick.of]
    return any("prp" in (a.intervention, *a.plus) and a.product.leukocytes in (None, "unknown") for a in arms)


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
    # Clear differences are what abstracts choose to tell; for a result without one they are no sign of that.
    lo, hi = s.judged.ci
    if abstracts >= rules.certainty["abstract_share"].value and not lo <= 0 <= hi:
        yield f"{abstracts:.0%} of the weight was read in abstracts, which choose clear differences"


def _asymmetry(s: Synthesis) -> float:
    y, v = [e.y for e in s.effects], [e.v for e in s.effects]
    try:
        return bias.egger_test(y, v).p
    except CannotEstimate:
        return 1.0
