"""What moderators can and cannot tell, in sentences: mostly that the trials are too few."""

from collections.abc import Iterator

from enthesis.domain.evidence.fragility import Kin
from enthesis.domain.evidence.moderators import CENTRE_WEEK, ENOUGH, NOT_RECORDED, Moderation, Tried
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.sentences import comparator_words, intervention_words

__all__ = [
    "LIMITS",
    "difference_words",
    "kin_title",
    "moderation_lead",
    "moderation_sentences",
    "needed_words",
    "sceptic_words",
    "slope_words",
]

_UNITS = {
    ScaleKind.POINTS: "points",
    ScaleKind.SMD: "standard deviations",
    ScaleKind.NATIVE: "points of its own scale",
}

LIMITS = (
    "Trials are compared, not patients: whatever else differs between those trials may be the cause.",
    "A moderator of trials' means says nothing about one patient within a trial (the ecological fallacy).",
    f"Each trial counts once, at its visit nearest to week {CENTRE_WEEK}; follow-up is itself a moderator.",
    "No verdict rests on a moderator.",
)


def kin_title(kin: Kin, vocabulary: Vocabulary) -> str:
    """'Platelet-rich plasma against placebo: pain, any follow-up'."""
    what = intervention_words(kin.intervention, vocabulary, start=True)
    outcome = vocabulary.label("outcome", kin.outcome).lower()
    return f"{what} against {comparator_words(kin.comparator_class)}: {outcome}, any follow-up"


def moderation_lead(m: Moderation) -> str:
    """The one sentence a colleague could read aloud."""
    k = m.pool.k
    if k == 0:
        return "No sound trial gives a figure of this outcome: what moves its effect is not known."
    trials = f"{k} trial{'s' * (k > 1)}"
    if not m.answered:
        return (
            f"What moves the effect is not known: {trials} can be compared, and no moderator is told by the "
            f"{ENOUGH} or so that are needed before anything can be said."
        )
    names = ", ".join(t.moderator.name for t in m.answered)
    clear = [t.moderator.name for t in m.answered if t.fitted and t.fitted.p_holm < 0.05]
    found = f"the effect moves with {', '.join(clear)}" if clear else "none is shown to move the effect"
    return f"Of {trials}, enough tell {names}; {found}."


def moderation_sentences(m: Moderation) -> Iterator[str]:
    """How many were tried and fitted, and what chance alone would give."""
    fitted = len(m.fitted)
    if m.pool.k == 0:
        return
    said = f"{len(m.tried)} moderators were tried; {fitted or 'none'} could be fitted at all"
    if fitted > 1:
        said += (
            f". Were none of them to matter, chance alone would give at least one p-value below 0.05 in "
            f"{numbers.percent(m.by_chance)} of such tables; the second p-value is raised for that (Holm)"
        )
    yield f"{said}."
    if fitted and not m.answered:
        yield "Lines through so few trials are shown for who plans the next trial, not for who treats."


def slope_words(t: Tried, scale: Scale) -> str:
    """The difference per step with its interval."""
    if t.fitted is None:
        return ""
    lo, hi = sorted(t.fitted.ci, key=lambda x: scale.sign * x)
    size = difference_words(t.fitted.coefficient, scale)
    return f"{size} per {t.moderator.step} ({difference_words(lo, scale)} to {difference_words(hi, scale)})"


def difference_words(x: float, scale: Scale) -> str:
    """A difference between two effects: '2.9 points less benefit', 'ratio of risk ratios 1.20'."""
    if scale.is_ratio:
        return f"ratio of {scale.unit}s {numbers.ratio(scale.shown(x))}"
    size = numbers.value(abs(x), scale.kind)
    if not size.strip("0."):
        return "no difference"
    return f"{size} {_UNITS[scale.kind]} {'more' if x > 0 else 'less'} benefit"


def sceptic_words(t: Tried, scale: Scale) -> str:
    """What is left of the difference for a reader who doubts that it is as large as patients notice."""
    s = t.fitted.sceptical if t.fitted else None
    if s is None:
        return ""
    lo, hi = sorted(s.interval, key=lambda x: scale.sign * x)
    span = f"{difference_words(lo, scale)} to {difference_words(hi, scale)}"
    return f"{difference_words(s.mean, scale)} ({span})"


def needed_words(m: Moderation) -> Iterator[str]:
    """What would have to be told, for each moderator that too few trials tell."""
    for t in m.tried:
        if t.too_few is not None:
            missing = max(ENOUGH - len(t.points), 0)
            silent = f"; {t.silent} of {m.pool.k} trials do not tell it" if t.silent else ""
            more = f"about {missing} more trials that tell it" if missing else "trials that differ in it"
            yield f"{t.moderator.name.capitalize()}: {more}{silent}"
    for name, why in NOT_RECORDED.items():
        yield f"{name.capitalize()}: {why}"
