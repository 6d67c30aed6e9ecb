"""A finding in a patient's words: verdict, size with its range, what it rests on."""

from enthesis.domain.counsel.aid.names import comparator_name, outcome_name, treatment_name
from enthesis.domain.counsel.findings import Finding
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Level, Size
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["better_or_worse", "counted_people", "ground_words", "size_words", "verdict_words"]

_SIZES = {
    Size.IMPORTANT_BENEFIT: "important-benefit",
    Size.SMALL_BENEFIT: "small-benefit",
    Size.LITTLE_OR_NONE: "little-or-none",
    Size.SMALL_HARM: "small-harm",
    Size.IMPORTANT_HARM: "important-harm",
}


def verdict_words(f: Finding, vocabulary: Vocabulary, w: Wording) -> Said:
    """The verdict in one sentence; its certainty is part of the sentence."""
    return w(
        _verdict_key(f),
        treatment=treatment_name(f.question.intervention, vocabulary, w),
        comparator=comparator_name(f.question, w),
        outcome=outcome_name(f.question.outcome, w),
    ).start


def _verdict_key(f: Finding) -> str:
    if f.level is Level.VERY_LOW:
        return "verdict.very-low"
    if f.size is Size.UNDECIDED:
        return "verdict.undecided"
    if f.size is Size.UNKNOWN:
        return "verdict.unknown"
    return f"verdict.{_SIZES[f.size]}.{int(f.level)}"


def size_words(f: Finding, vocabulary: Vocabulary, w: Wording) -> Said | None:
    """Estimate with its range and what patients notice, or people counted; None where neither is known."""
    if f.points is None:
        said = counted_people(f, vocabulary, w)
        unsure = said is not None and f.level is Level.VERY_LOW
        return _joined(said, w("size.counts_unsure")) if said and unsure else said
    estimate, low, high = (better_or_worse(x, w) for x in f.points)
    key = "size.points_unsure" if f.level is Level.VERY_LOW else "size.points"
    said = w(key, estimate=estimate, low=low, high=high)
    if f.noticed is None:
        return said
    return _joined(said, w("size.noticed", points=w.points(f.noticed)))


def counted_people(f: Finding, vocabulary: Vocabulary, w: Wording) -> Said | None:
    """People with the event in both groups of the pool; None where they were not counted."""
    if f.counts is None:
        return None
    events, n, other_events, other_n = f.counts
    return w(
        "size.counts",
        treatment=treatment_name(f.question.intervention, vocabulary, w),
        events=events,
        n=n,
        comparator=comparator_name(f.question, w),
        other_events=other_events,
        other_n=other_n,
    )


def better_or_worse(x: float, w: Wording) -> Said:
    """A difference in points: so many better, so many worse, or none."""
    points = w.points(x)
    if points == w.number(0):
        return w("size.same")
    return w("size.better" if x > 0 else "size.worse", points=points, n=_counted(abs(x)))


def _counted(points: float) -> float:
    """The number as its plural is chosen: a whole one where it is written whole."""
    shown = round(points, 1) if round(points, 1) < 10 else round(points)
    return int(shown) if shown == int(shown) else shown


def ground_words(f: Finding, w: Wording) -> Said:
    """How many studies and people the finding rests on."""
    parts = [_pooled(f, w)] if f.k else []
    if any(f.lean) and not f.published:
        better, worse, neither = f.lean
        lean = w("ground.lean", better=better, worse=worse, neither=neither)
        parts.append(w("ground.directions", n=sum(f.lean), lean=lean))
    return _joined(*parts) if parts else w("ground.nothing")


def _pooled(f: Finding, w: Wording) -> Said:
    trials = w("ground.trials", n=f.k)
    people = w("ground.people", n=f.n)
    if f.published:
        key = "ground.published" if f.n else "ground.published_trials"
        return w(key, trials=trials, people=people, review=f.published)
    return w("ground.both" if f.n else "ground.trials_only", trials=trials, people=people)


def _joined(*parts: Said) -> Said:
    stray = next((p.language for p in parts if p.language != parts[0].language), parts[0].language)
    return Said(" ".join(p.text for p in parts), stray)
