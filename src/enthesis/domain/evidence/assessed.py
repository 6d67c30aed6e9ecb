"""Risk of bias of a pool by the assessments that people made, and verdicts without the trials they doubt.

A trial nobody assessed counts as some concerns, or as high risk when its patients knew their treatment. So a
pool without any assessment is judged as before, and one assessment changes no other trial.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from enthesis.domain.evidence.appraisal import Assessment, Band
from enthesis.domain.evidence.levels import DomainJudgement
from enthesis.domain.evidence.risk_of_bias import is_blinded, risk_of_bias
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis

__all__ = ["attach", "band_of", "bias_variants", "judged_risk_of_bias"]

WITHOUT_HIGH = "without trials at high risk of bias"
BLINDED = "blinded trials only"


def attach(contrasts: Iterable[Contrast], assessments: Iterable[Assessment]) -> list[Contrast]:
    """The contrasts, each with the assessment of its own row where somebody made one."""
    by_study: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        by_study.setdefault(assessment.study, []).append(assessment)
    return [_with_own(c, by_study.get(c.pick.study.id, ())) for c in contrasts]


def _with_own(contrast: Contrast, held: Sequence[Assessment]) -> Contrast:
    pick, row = contrast.pick, contrast.pick.result
    place = (row.outcome, row.instrument, row.weeks, pick.of, pick.versus)
    found = next((a for a in held if any(r.covers(*place) for r in a.rows)), None)
    return replace(contrast, assessment=found) if found else contrast


def band_of(contrast: Contrast) -> Band:
    """What a trial counts as in a pool: as assessed, else by what is stated of blinding."""
    if contrast.assessment:
        return contrast.assessment.band
    return Band.HIGH if is_blinded(contrast) is False else Band.SOME


def judged_risk_of_bias(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    """Levels taken off for risk of bias: by assessments and weight where there are any, else as stated.

    Nothing when most of the weight is at low risk, two levels when most is at high risk, one between.
    """
    if not any(c.assessment for c in s.contrasts):
        return risk_of_bias(s, rules)
    share = {band: _weight(s, [band_of(c) is band for c in s.contrasts]) for band in Band}
    most = rules.certainty["unblinded_dominant"].value
    steps = 0 if share[Band.LOW] >= most else -2 if share[Band.HIGH] >= most else -1
    return DomainJudgement("risk of bias", steps, "; ".join(_reasons(s, share)))


def _weight(s: Synthesis, chosen: list[bool]) -> float:
    return float(np.array(s.pooled.weights)[chosen].sum())


def _reasons(s: Synthesis, share: dict[Band, float]) -> Iterator[str]:
    tools = sorted({c.assessment.tool.name for c in s.contrasts if c.assessment})
    yield (
        f"assessed with {' and '.join(tools)}; low risk {share[Band.LOW]:.0%} of the weight, "
        f"some concerns {share[Band.SOME]:.0%}, high risk {share[Band.HIGH]:.0%}"
    )
    alone = sum(c.assessment is not None and len(c.assessment.assessors) == 1 for c in s.contrasts)
    if alone:
        yield f"{alone} of {s.k} trials assessed by one reader only, not yet checked by a second"
    unseen = _weight(s, [c.assessment is None for c in s.contrasts])
    if unseen:
        yield (
            f"{unseen:.0%} of the weight is not assessed and counts as some concerns, "
            "or as high risk where patients knew their treatment"
        )
    yield from dict.fromkeys(c.assessment.remark for c in s.contrasts if c.assessment and c.assessment.remark)


def bias_variants(pool: Sequence[Contrast]) -> Iterator[tuple[str, list[Contrast], bool]]:
    """Pools without the trials in doubt: label, what is left, and whether anything was dropped.

    Trials assessed at high risk go; while a trial is not assessed, also those not stated as blinded.
    """
    held = [c for c in pool if not (c.assessment and c.assessment.band is Band.HIGH)]
    yield WITHOUT_HIGH, held, len(held) < len(pool)
    if any(c.assessment is None for c in pool):
        blinded = [c for c in pool if is_blinded(c)]
        yield BLINDED, blinded, len(blinded) < len(pool)
