"""What the live answers say, reduced to what a patient is shown: verdict, points, people, how sure.

Nothing is computed anew: points and people come from ``domain/evidence``. A count of people who gain is given
from low certainty on; below it a picture of a gain would sell what nobody knows. ``docs/explanation/
what-a-decision-aid-shows.md`` says why.
"""

from dataclasses import dataclass

from enthesis.domain.counsel.blocks import Reference
from enthesis.domain.evidence import Answer, Basis, Evidence, Level, Question, Size, Topic, Verdict, headline
from enthesis.domain.evidence.absolute_terms import People, absolute_terms, points_on
from enthesis.domain.evidence.headlines import CORE, people
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import CannotEstimate

__all__ = ["Finding", "course", "finding", "findings_of", "review_reference", "study_reference"]

PER = 100
# Every patient asks for the first two. The others are told where more people answered them than those: what
# larger trials found may not be left out because they asked in another way.
_ASKED_FIRST = ("pain", "function")
_ASKED_THEN = ("composite", "responder", "quality-of-life", "reintervention")


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer as a patient meets it.

    ``points`` are estimate and interval on 0-100, positive is better; ``noticed`` what patients notice there.
    ``gain`` counts people of a hundred who improve by at least that, with and without the treatment. All are
    None where the trials cannot say. ``lean`` counts trials without a figure: for the treatment, against it,
    neither. ``counts`` are events and people with the treatment, then with the comparator, where all trials
    of the pool count people.
    """

    question: Question
    size: Size
    level: Level
    verdict: Verdict
    k: int
    n: int
    lean: tuple[int, int, int]
    published: str
    points: tuple[float, float, float] | None
    noticed: float | None
    gain: People | None
    counts: tuple[int, int, int, int] | None
    references: tuple[Reference, ...]


def findings_of(topic: Topic, held: Evidence) -> tuple[Finding, ...]:
    """The answers an aid leads with: against placebo pain, function and what more people answered."""
    placebo = topic.of_class(ComparatorClass.PLACEBO)
    chosen = [a for name in _ASKED_FIRST if (a := _asked(placebo, name))]
    most = max(map(people, chosen), default=0)
    chosen += [a for name in _ASKED_THEN if (a := _asked(placebo, name)) and people(a) > most]
    for c in topic.classes:
        if not c.is_placebo and (best := headline(topic.of_class(c))):
            chosen.append(best)
    return tuple(finding(a, held) for a in chosen)


def _asked(answers: tuple[Answer, ...], outcome: str) -> Answer | None:
    best = headline([a for a in answers if a.question.outcome == outcome], outcome)
    return best if best and (best.synthesis or best.basis is Basis.PUBLISHED) else None


def course(topic: Topic, held: Evidence) -> tuple[Finding, ...]:
    """One outcome over time against one class of comparator: placebo where anything was measured."""
    for c in topic.classes:
        told = (*CORE, *_ASKED_THEN)
        answers = [a for a in topic.of_class(c) if a.question.horizon and a.question.outcome in told]
        best = headline([a for a in answers if a.synthesis or a.basis is Basis.PUBLISHED])
        if best:
            rows = [a for a in answers if a.question.outcome == best.question.outcome]
            return tuple(finding(a, held) for a in rows)
    return ()


def finding(a: Answer, held: Evidence) -> Finding:
    """One answer reduced to what a patient is shown."""
    row = a.published if a.basis is Basis.PUBLISHED else None
    family = held.vocabulary.conditions[a.question.condition].family
    noticed = held.rules.points_mcid(a.question.outcome, family)
    return Finding(
        question=a.question,
        size=a.size,
        level=a.level,
        verdict=a.verdict,
        k=(row.row.k or 0) if row else a.k,
        n=people(a),
        lean=_lean(a),
        published=f"{row.review.first_author or row.review.id} {row.review.year or ''}".strip()
        if row
        else "",
        points=_points(a),
        noticed=noticed.value if noticed else None,
        gain=_gain(a, held),
        counts=_counts(a) if row is None else None,
        references=tuple(_references(a)),
    )


def _lean(a: Answer) -> tuple[int, int, int]:
    told = [c.pick for c in a.directions]
    better = sum(pick.winner in pick.of for pick in told)
    worse = sum(pick.winner in pick.versus for pick in told)
    return better, worse, len(told) - better - worse


def _points(a: Answer) -> tuple[float, float, float] | None:
    try:
        estimate, lo, hi = points_on(a, 0, PER)
    except CannotEstimate:
        return None
    return estimate, lo, hi


def _gain(a: Answer, held: Evidence) -> People | None:
    if a.level is Level.VERY_LOW:
        return None
    try:
        terms = absolute_terms(a, held)
    except CannotEstimate:
        return None
    return terms.people(PER) if terms.wanted else None


def _counts(a: Answer) -> tuple[int, int, int, int] | None:
    sides = [(c.of, c.versus) for c in a.synthesis.contrasts] if a.synthesis else []
    numbers = [(of.events, of.n, versus.events, versus.n) for of, versus in sides]
    if not numbers or any(x is None for row in numbers for x in row):
        return None
    events, n, other_events, other_n = (sum(x or 0 for x in column) for column in zip(*numbers, strict=True))
    return events, n, other_events, other_n


def _references(a: Answer) -> list[Reference]:
    contrasts = (*(a.synthesis.contrasts if a.synthesis else ()), *a.directions)
    found = [study_reference(c.pick.study) for c in contrasts]
    if a.basis is Basis.PUBLISHED and a.published is not None:
        found.insert(0, review_reference(a.published.review))
    return list(dict.fromkeys(found))


def study_reference(study: Study) -> Reference:
    """A study as a source: first author and year, and where to read it."""
    return _reference(study)


def review_reference(review: Review) -> Reference:
    """A review or guideline as a source."""
    return _reference(review)


def _reference(report: Study | Review) -> Reference:
    label = f"{report.first_author or report.title or report.id} {report.year or ''}".strip()
    return Reference(label, f"https://doi.org/{report.doi}" if report.doi else report.url)
