"""Effects in words: the sign is a word, never a minus to be missed."""

from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.report import numbers

__all__ = ["better_or_worse", "effect_words", "span_words", "threshold_words"]


def effect_words(mu: float, ci: tuple[float, float], scale: Scale) -> str:
    """An effect with its interval: '4.0 points better on 0-100 (95 % interval 2.2 worse to 10 better)'."""
    if scale.is_ratio:
        lo, hi = (scale.shown(x) for x in ci)
        span = f"(95 % interval {numbers.ratio(lo)} to {numbers.ratio(hi)})"
        return f"{scale.unit} {numbers.ratio(scale.shown(mu))} {span}"
    unit = {ScaleKind.POINTS: "points", ScaleKind.SMD: "standard deviations"}.get(scale.kind, scale.unit)
    tail = " on 0\u2013100" if scale.kind is ScaleKind.POINTS else ""
    lo, hi = ci
    words = (
        f"{better_or_worse(mu, unit)}{tail} (95 % interval {better_or_worse(lo)} to {better_or_worse(hi)})"
    )
    points = scale.in_points(mu)
    if scale.kind is ScaleKind.SMD and points is not None:
        words += f", about {better_or_worse(points, 'points')} on 0\u2013100"
    return words


def span_words(interval: tuple[float, float], scale: Scale) -> str:
    """An interval alone: '2.2 worse to 10 better'."""
    lo, hi = interval
    if scale.is_ratio:
        return f"{numbers.ratio(scale.shown(lo))} to {numbers.ratio(scale.shown(hi))}"
    return f"{better_or_worse(lo)} to {better_or_worse(hi)}"


def better_or_worse(x: float, unit: str = "") -> str:
    """'4.0 points better', '2.2 worse', 'no difference'; the sign is a word, never a minus to be missed."""
    size = numbers.points(abs(x))
    if float(size) == 0:
        return "no difference"
    return " ".join(part for part in (size, unit, "better" if x > 0 else "worse") if part)


def threshold_words(scale: Scale) -> str:
    """What difference matters on a scale, as the tail of a sentence; nothing for ratios."""
    if scale.mcid is None:
        return "; what difference matters on this scale is not agreed"
    if scale.is_ratio:
        return ""
    if scale.kind is ScaleKind.SMD and not scale.sd_points:
        return "; half a standard deviation is taken as the smallest difference that matters"
    points = scale.in_points(scale.mcid.value)
    unit = "points" if points is not None else "standard deviations"
    return (
        f"; patients notice about {numbers.points(points if points is not None else scale.mcid.value)} {unit}"
    )
