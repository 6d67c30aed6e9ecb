"""The cells of a GRADE table in words: numbers as a reader meets them, each with its unit."""

from enthesis.report import numbers
from enthesis.report.grade.absolute import PER
from enthesis.report.grade.table import GradeRow, Span

__all__ = [
    "absolute_words",
    "comparator_words",
    "difference_words",
    "intervention_words",
    "people_words",
    "relative_words",
    "trials_words",
]

NONE = "–"


def trials_words(row: GradeRow) -> str:
    """'3 trials', '2 trials, direction only'."""
    if not row.k:
        return f"{_trials(row.directions)}, direction only" if row.directions else "no usable figures"
    more = f", {row.directions} more by direction only" if row.directions else ""
    return f"{_trials(row.k)}{more}"


def _trials(k: int) -> str:
    return f"{k} trial" if k == 1 else f"{k} trials"


def people_words(n: int | None) -> str:
    """A number of people, or that it is not known."""
    return NONE if n is None else numbers.count(n)


def relative_words(row: GradeRow) -> str:
    """'risk ratio 0.82 (0.60 to 1.1)'; a dash for scores."""
    if row.relative is None:
        return NONE
    lo, hi = numbers.ratio(row.relative.lo), numbers.ratio(row.relative.hi)
    return f"{row.measure} {numbers.ratio(row.relative.estimate)} ({lo} to {hi})"


def comparator_words(row: GradeRow) -> str:
    """What happens with the comparator: events per 1000, or the score of its groups."""
    if row.absolute:
        return f"{row.absolute.comparator:.0f} per {PER}"
    if row.scores is None:
        return NONE
    s = row.scores
    span = f" ({s.lowest:.0f} to {s.highest:.0f} in {s.k} trials)" if s.k > 1 else ""
    return f"score {s.median:.0f} of 100{span}; {s.better} is better"


def intervention_words(row: GradeRow) -> str:
    """What happens with the intervention: events per 1000; a dash for scores."""
    if row.absolute is None:
        return NONE
    span = row.absolute.intervention
    return f"{span.estimate:.0f} per {PER} ({span.lo:.0f} to {span.hi:.0f})"


def absolute_words(row: GradeRow) -> str:
    """'45 fewer per 1000 (90 fewer to 22 more)'; empty for scores."""
    return _more_or_fewer(row.absolute.difference) if row.absolute else ""


def difference_words(row: GradeRow) -> tuple[str, str]:
    """The absolute effect, and what patients notice on its scale."""
    if row.absolute:
        return absolute_words(row), ""
    if row.difference is None:
        return (NONE if row.relative else row.told or NONE), ""
    notice = row.difference.important
    return (
        row.difference.words,
        f"patients notice about {notice}" if notice else "no agreed important difference",
    )


def _more_or_fewer(span: Span) -> str:
    return f"{_people(span.estimate, f' per {PER}')} ({_people(span.lo)} to {_people(span.hi)})"


def _people(x: float, unit: str = "") -> str:
    size = f"{abs(x):.0f}"
    if size == "0":
        return f"none more or fewer{unit}" if unit else "no difference"
    return f"{size} {'more' if x > 0 else 'fewer'}{unit}"
