"""Risk of bias as far as the reports state it: blinding, allocation, and who made the figures."""

import numpy as np

from enthesis.domain.evidence.levels import DomainJudgement
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis

__all__ = ["RANDOMISED", "is_blinded", "is_well_protected", "risk_of_bias"]

RANDOMISED = frozenset({"rct", "quasi-randomised"})


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


def risk_of_bias(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    """Levels taken off for what the trials say about blinding and allocation."""
    weights = np.array(s.pooled.weights)
    share = {
        kind: float(weights[[test(c) for c in s.contrasts]].sum())
        for kind, test in (
            ("protected", is_well_protected),
            ("open", lambda c: is_blinded(c) is False),
            ("silent", lambda c: is_blinded(c) is None),
            ("second-hand", lambda c: c.pick.result.derived),
            ("predictable", lambda c: c.pick.study.design != "rct"),
        )
    }
    reason = (
        f"randomised, patients and another party stated as blinded: {share['protected']:.0%} of the weight; "
        f"patients knew their treatment: {share['open']:.0%}"
    )
    if share["silent"]:
        reason += f"; blinding of patients not stated: {share['silent']:.0%}"
    if share["second-hand"]:
        reason += f"; figures made by a later review: {share['second-hand']:.0%}"
    if share["predictable"]:
        reason += f"; not allocated at random: {share['predictable']:.0%}"
    reason += "; no trial of this pool has a risk-of-bias assessment yet"
    # Without a full assessment nobody can call the risk low, so one level is the least taken off.
    dominant = share["open"] >= rules.certainty["unblinded_dominant"].value
    return DomainJudgement("risk of bias", -2 if dominant else -1, reason)
