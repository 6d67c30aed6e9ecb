"""A monitored answer in words: how much of the information needed is there, and what was crossed."""

from enthesis.domain.evidence.monitoring import MonitoredAnswer, WatchedTrial
from enthesis.report import numbers
from enthesis.statistics.sequential import Status

__all__ = ["LIMITS", "look_label", "monitoring_sentence", "required_words", "status_words", "timing_words"]

LIMITS = (
    "A boundary keeps the chance of a false alarm at its level over all looks together; it says nothing "
    "about bias: a crossing by trials in doubt is a crossing in doubt.",
    "Few trials mean few looks, and the spread between them, on which z and the people needed both hang, is "
    "hardly known. z is built with Hartung-Knapp, which holds the error rate best; Wald's would not.",
    "Unless the rule was set in advance, the looks are the years in which trials came out.",
    "No verdict rests on this. It shows how firm the ground under the verdict is.",
)

_STATUS = {
    Status.BENEFIT: "boundary for better crossed",
    Status.HARM: "boundary for worse crossed",
    Status.FUTILE: "an important benefit is unlikely",
    Status.OPEN: "still open",
    Status.INFORMAL: "not tested",
}


def status_words(status: Status) -> str:
    """What one look says."""
    return _STATUS[status]


def timing_words(timing: str) -> str:
    """What kind of monitoring it is."""
    if timing == "prospective":
        return "Prospective: the looks and the rule were set before the data."
    return "Retrospective: the looks were laid over published trials, so boundaries warn and do not prove."


def look_label(trials: tuple[WatchedTrial, ...]) -> str:
    """The year of a look, or that it is not known."""
    return str(trials[0].year) if trials[0].year else "year not known"


def monitoring_sentence(m: MonitoredAnswer) -> str:
    """'The 7 trials so far hold 38% of the information needed (535 of 1417 people); ...'"""
    who = "The only trial so far holds" if len(m.trials) == 1 else f"The {len(m.trials)} trials so far hold"
    people = f"{numbers.count(m.held)} of {numbers.count(m.required.participants)} people"
    return f"{who} {_share(m)} of the information needed ({people}); {_outcome(m)}."


def _share(m: MonitoredAnswer) -> str:
    return f"{100 * m.share:.0f}%" if m.share >= 0.005 else "less than 1%"


def _outcome(m: MonitoredAnswer) -> str:
    course = m.course
    if course is None:
        said = m.missing[0].lower() + m.missing[1:].rstrip(".")
        return f"no boundary can be drawn: {said}"
    if course.decided_at is None:
        return "no boundary was crossed"
    year = look_label(m.looks[course.decided_at])
    if course.status is Status.FUTILE:
        return "an important benefit has become unlikely (futility boundary)"
    side = "better" if course.status is Status.BENEFIT else "worse"
    kept = "" if course.looks[course.formal[-1]].status is course.status else ", and is no longer crossed"
    return f"the boundary for a {side} result was crossed with the trials of {year}{kept}"


def required_words(m: MonitoredAnswer) -> str:
    """What the people needed were computed from."""
    r, scale = m.required, m.synthesis.scale
    important = numbers.value(scale.shown(scale.mcid.value), scale.kind) if scale.mcid else "not set"
    unit = "times" if scale.is_ratio else scale.unit.replace("0-100", "0–100")
    said = (
        f"To find an effect of {important} {unit}, the important one, with {1 - r.beta:.0%} power at a "
        f"two-sided error of {r.alpha:.0%}, one adequate trial needs {numbers.count(r.unadjusted)} people"
    )
    if m.diversity is None:
        return f"{said}; how much trials differ is not known from one."
    if r.d2 == 0.0:
        return f"{said}; the trials differ no more than chance allows, so no more are asked of them together."
    return (
        f"{said}; because the trials differ (diversity {r.d2:.0%}) they need "
        f"{numbers.count(r.participants)} together."
    )
