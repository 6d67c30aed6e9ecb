"""The important difference of a scale as a reader meets it, for points, standard deviations and ratios."""

from math import exp

from enthesis.domain.evidence.rules import Mcid
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.report import numbers

__all__ = ["disputed_words", "mirrored_words", "size_words", "threshold_shown"]


def threshold_shown(scale: Scale, t: float) -> float:
    """A distance from no effect towards benefit, in reader units; a ratio may lie below 1."""
    return exp(scale.sign * t) if scale.is_ratio else t


def size_words(scale: Scale, mcid: Mcid) -> str:
    """The important difference: '10 points', '0.34 standard deviations', 'a ratio of 0.80'."""
    if scale.is_ratio:
        return f"a ratio of {numbers.ratio(threshold_shown(scale, mcid.value))}"
    return f"{numbers.value(mcid.value, scale.kind).removesuffix('.0')} {_unit(scale)}"


def mirrored_words(scale: Scale, mcid: Mcid) -> str:
    """The same difference towards harm: a ratio turns over, points stay points."""
    if scale.is_ratio:
        return f"a ratio of {numbers.ratio(threshold_shown(scale, -mcid.value))}"
    return size_words(scale, mcid)


def disputed_words(scale: Scale, mcid: Mcid) -> str:
    """The span in dispute: '5 to 20 points', 'a ratio of 0.91 to 0.50'."""
    if scale.is_ratio:
        near, far = threshold_shown(scale, mcid.low), threshold_shown(scale, mcid.high)
        return f"a ratio of {numbers.ratio(near)} to {numbers.ratio(far)}"
    return f"{mcid.low:.2g} to {mcid.high:.2g} {_unit(scale)}"


def _unit(scale: Scale) -> str:
    return "points" if scale.kind is ScaleKind.POINTS else "standard deviations"
