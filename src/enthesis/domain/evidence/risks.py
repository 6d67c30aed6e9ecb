"""Risks of events: that of the comparator groups, and that with the treatment given a ratio.

Source of the formulas: GRADE handbook; Cochrane Handbook version 6, chapter 15.4 (ratios to risks).
"""

from collections.abc import Callable, Sequence

from enthesis.domain.evidence.sizes import Contrast

__all__ = ["comparator_events", "comparator_risk", "risk_with"]

_RISK: dict[str, Callable[[float, float], float]] = {
    "risk ratio": lambda p, ratio: p * ratio,
    "odds ratio": lambda p, ratio: p * ratio / (1 - p + p * ratio),
    "hazard ratio": lambda p, ratio: 1 - (1 - p) ** ratio,
}


def risk_with(p: float, ratio: float, measure: str) -> float:
    """Risk with the intervention, given that with the comparator and a ratio; may pass 1 for a risk ratio.

    Args:
        p: Risk with the comparator, 0-1.
        ratio: The ratio itself, not its logarithm.
        measure: 'risk ratio', 'odds ratio' or 'hazard ratio'.

    Raises:
        KeyError: Another measure.
    """
    return _RISK[measure](p, ratio)


def comparator_risk(contrasts: Sequence[Contrast]) -> float | None:
    """Events over people of the comparator groups whose events are known; None without any event."""
    events, people = comparator_events(contrasts)
    return events / people if events else None


def comparator_events(contrasts: Sequence[Contrast]) -> tuple[int, int]:
    """Events and people of the comparator groups whose events are known."""
    counted = [c.versus for c in contrasts if c.versus.events is not None and c.versus.n]
    return sum(v.events or 0 for v in counted), sum(v.n or 0 for v in counted)
