"""Figures of a report in words, as they were printed: nothing converted, nothing rounded."""

from collections.abc import Iterator

from enthesis.domain.evidence.printed import ArmFigures, Interval, PrintedContrast, PrintedP, WithinArm
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers

__all__ = ["arm_words", "as_printed", "contrast_words", "interval_words", "p_words", "within_words"]


def as_printed(x: float) -> str:
    """A number with its own digits and a real minus sign."""
    return f"{x:.10g}".replace("-", numbers.MINUS)


def interval_words(ci: Interval, level: float | None = None) -> str:
    """'95% interval −0.9 to 0.2'; the level is left out where the report does not print it."""
    head = f"{100 * level:g}% interval " if level else "interval "
    return f"{head}{as_printed(ci[0])} to {as_printed(ci[1])}"


def p_words(p: PrintedP) -> str:
    """'p < 0.05', as printed."""
    return f"p {p.relation} {as_printed(p.value)}"


def arm_words(f: ArmFigures) -> str:
    """Figures of one arm at one visit."""
    return "; ".join(_arm_parts(f)) or "no figure printed"


def _arm_parts(f: ArmFigures) -> Iterator[str]:
    if f.mean is not None:
        yield f"mean {as_printed(f.mean)}" + (f", SD {as_printed(f.sd)}" if f.sd is not None else "")
    elif f.sd is not None:
        yield f"SD {as_printed(f.sd)}"
    if f.se is not None:
        yield f"SE {as_printed(f.se)}"
    if f.ci is not None:
        yield interval_words(f.ci)
    if f.median is not None:
        yield f"median {as_printed(f.median)}"
    if f.q1 is not None and f.q3 is not None:
        yield f"quartiles {as_printed(f.q1)} to {as_printed(f.q3)}"
    if f.min is not None and f.max is not None:
        yield f"range {as_printed(f.min)} to {as_printed(f.max)}"
    if f.events is not None:
        yield f"{f.events} people" + (f" of {f.n}" if f.n else "")
    if f.percent is not None:
        yield f"{as_printed(f.percent)}%"
    if f.n is not None and f.events is None:
        yield f"n {f.n}"


def contrast_words(c: PrintedContrast, names: dict[str, str], vocabulary: Vocabulary) -> str:
    """A printed comparison: what, of which arm against which, with its interval and p."""
    measure = vocabulary.label("study_measure", c.measure) if c.measure else "Comparison"
    parts = [f"{measure}, {names[c.of]} against {names[c.versus]}"]
    if c.estimate is not None:
        parts.append(as_printed(c.estimate) + (f" ({interval_words(c.ci, c.level)})" if c.ci else ""))
    elif c.ci:
        parts.append(interval_words(c.ci, c.level))
    if c.se is not None:
        parts.append(f"SE {as_printed(c.se)}")
    if c.p is not None:
        parts.append(p_words(c.p))
    if c.adjusted:
        parts.append("adjusted by the authors")
    if c.favours is not None:
        better = "neither better" if c.favours == "neither" else f"{names[c.favours]} better"
        parts.append(f"the source calls {better}")
    return "; ".join(parts)


def within_words(w: WithinArm, names: dict[str, str]) -> str:
    """A change from baseline inside one arm."""
    parts = [f"{names[w.arm]}, change from baseline"]
    if w.estimate is not None:
        parts.append(as_printed(w.estimate) + (f", SD {as_printed(w.sd)}" if w.sd is not None else ""))
    if w.ci is not None:
        parts.append(interval_words(w.ci))
    if w.direction:
        parts.append(w.direction.replace("-", " "))
    if w.p is not None:
        parts.append(p_words(w.p))
    return "; ".join(parts)
