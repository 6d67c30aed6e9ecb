"""What the reader of one answer may still ask: who carries it, since when, and what would change it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.certainty import Level, assess, information_size
from enthesis.domain.evidence.groups import ATTRIBUTES, Grouping, split
from enthesis.domain.evidence.judgement import PREDICTION_K
from enthesis.domain.evidence.risk_of_bias import is_blinded
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis, synthesise
from enthesis.domain.evidence.verdicts import Verdict, decide, size_of_pool

__all__ = ["BenefitCurve", "Diagnostics", "Step", "benefit_curve", "diagnose"]


@dataclass(frozen=True, slots=True)
class Step:
    """A pool of some of the trials, the verdict it gives, and what was done: a year, or a trial left out."""

    label: str
    synthesis: Synthesis
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BenefitCurve:
    """P(effect beyond a threshold) over thresholds, for the mean and, from three trials, for a new setting.

    Thresholds are distances from no effect on the scale of the pool (logarithm for ratios).
    """

    thresholds: tuple[float, ...]
    mean: tuple[float, ...]
    new_setting: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Everything that can be asked of one pooled answer.

    ``timeline`` gives the verdict as it would have stood each year; ``without`` leaves out one trial at a
    time; ``would_change`` says in words what would move the verdict.
    """

    timeline: tuple[Step, ...]
    without: tuple[Step, ...]
    groups: tuple[Grouping, ...]
    curve: BenefitCurve | None
    would_change: tuple[str, ...]


def diagnose(a: Answer, rules: EvidenceRules) -> Diagnostics | None:
    """Diagnostics of an answer, or None when nothing is pooled."""
    s = a.synthesis
    if s is None:
        return None
    without = tuple(_without(s, rules)) if s.k > 1 else ()
    groups = tuple(split(s, attribute, rules) for attribute in ATTRIBUTES) if s.k > 1 else ()
    return Diagnostics(
        timeline=tuple(_timeline(s, rules)),
        without=without,
        groups=tuple(g for g in groups if len(g.groups) > 1),
        curve=benefit_curve(s),
        would_change=tuple(_would_change(a, s, without, rules)),
    )


def _verdict(s: Synthesis, rules: EvidenceRules) -> Verdict:
    return decide(size_of_pool(s, rules), assess(s, rules, published_k=None).level)


def _step(label: str, contrasts: list[Contrast], s: Synthesis, rules: EvidenceRules) -> Step:
    part = s if len(contrasts) == s.k else synthesise(contrasts, s.scale, rules)
    return Step(label, part, _verdict(part, rules))


def _timeline(s: Synthesis, rules: EvidenceRules) -> Iterator[Step]:
    years = sorted({c.pick.study.year for c in s.contrasts if c.pick.study.year})
    for year in years:
        until = [c for c in s.contrasts if c.pick.study.year and c.pick.study.year <= year]
        yield _step(str(year), until, s, rules)
    if any(c.pick.study.year is None for c in s.contrasts):
        yield _step("with trials of unknown year", list(s.contrasts), s, rules)


def _without(s: Synthesis, rules: EvidenceRules) -> Iterator[Step]:
    for at, contrast in enumerate(s.contrasts):
        rest = [c for i, c in enumerate(s.contrasts) if i != at]
        yield _step(contrast.pick.study.id, rest, s, rules)


def benefit_curve(s: Synthesis, points: int = 61) -> BenefitCurve | None:
    """P(benefit beyond a threshold) from no effect to half beyond the disputed span, if one is set."""
    if s.scale.mcid is None:
        return None
    thresholds = np.linspace(0.0, s.scale.mcid.high * 1.5, points)
    higher = s.scale.sign > 0
    ask = thresholds * s.scale.sign
    mean = s.judged.beyond(ask, higher=higher)
    new = s.judged.beyond(ask, higher=higher, new_setting=True) if s.k >= PREDICTION_K else None
    return BenefitCurve(
        tuple(thresholds.tolist()), tuple(mean.tolist()), None if new is None else tuple(new.tolist())
    )


def _would_change(a: Answer, s: Synthesis, without: tuple[Step, ...], rules: EvidenceRules) -> Iterator[str]:
    flips = [step for step in without if step.verdict is not _verdict(s, rules)]
    for step in flips:
        yield f"Without {step.label} the verdict would be \u2018{step.verdict}\u2019."
    needed = information_size(s, rules)
    if needed and s.n < needed:
        yield f"About {needed - s.n} more people in sound, blinded trials: {s.n} of {needed} needed are in."
    for domain in a.certainty.domains if a.certainty else ():
        if domain.steps < 0:
            blinded = domain.domain == "risk of bias" and all(is_blinded(c) for c in s.contrasts)
            yield _UNREAD if blinded else _REMEDIES[domain.domain]
    if a.level is Level.VERY_LOW and s.k == 1:
        yield "A second independent trial: one trial alone cannot show whether its result repeats."
    for other in a.sensitivities:
        if other.verdict is not a.verdict:
            yield f"The choice \u2018{other.label}\u2019 gives \u2018{other.verdict}\u2019."


_UNREAD = "How people were allocated and who was lost, read in the full reports by two people."
_REMEDIES = {
    "risk of bias": "Trials in which patients do not know what was injected.",
    "inconsistency": "An explanation of why the trials disagree (product, dose, severity).",
    "indirectness": "Trials of one stated product against one stated comparator.",
    "imprecision": "Larger trials: the interval still includes results that would lead to other decisions.",
    "publication bias": "The figures of trials that are published without them, or not published at all.",
}
