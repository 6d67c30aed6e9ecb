"""Verdicts as sentences a colleague could read aloud.

Size comes before numbers, certainty is carried by the verb, and every sentence says compared with what.
Pattern: GRADE informative statements (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014), in our own words.
"""

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.questions import HARMS, Question
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.study import Result
from enthesis.domain.evidence.verdicts import Size
from enthesis.domain.vocabulary import ComparatorClass, Vocabulary
from enthesis.report import numbers

__all__ = [
    "better_or_worse",
    "claim",
    "comparator_words",
    "effect_words",
    "horizon_words",
    "intervention_words",
    "statement",
]

_COMPARATORS = {
    ComparatorClass.PLACEBO: "placebo",
    ComparatorClass.CORTICOSTEROID: "corticosteroid",
    ComparatorClass.HYALURONIC_ACID: "hyaluronic acid",
    ComparatorClass.EXERCISE_OR_USUAL_CARE: "exercise or usual care",
    ComparatorClass.OTHER_BIOLOGIC: "other biologic injections",
    ComparatorClass.OTHER_ACTIVE: "other active treatment",
}

# Outcome in words, and what a benefit is: third person, base form.
_ACTS = {
    "pain": ("pain", "reduces", "reduce"),
    "function": ("function", "improves", "improve"),
    "stiffness": ("stiffness", "reduces", "reduce"),
    "composite": ("combined scores of pain and function", "improves", "improve"),
    "quality-of-life": ("quality of life", "improves", "improve"),
    "responder": ("the chance of a clear response", "raises", "raise"),
    "reintervention": ("the need for further treatment", "reduces", "reduce"),
    "adverse-event": ("adverse events", "leads to fewer", "lead to fewer"),
    "serious-adverse-event": ("serious adverse events", "leads to fewer", "lead to fewer"),
    "structure": ("the structure seen on imaging", "improves", "improve"),
}
_CERTAINTY_VERBS = {Level.HIGH: "", Level.MODERATE: "probably ", Level.LOW: "may "}


def intervention_words(intervention: str, vocabulary: Vocabulary, *, start: bool = False) -> str:
    """Treatment or combination in words; ``start`` keeps the capital of a sentence's first word."""
    labels = [vocabulary.interventions[part].label for part in intervention.split("+")]
    words = " with ".join([labels[0], *(_lowered(x) for x in labels[1:])])
    return words if start else _lowered(words)


def _lowered(label: str) -> str:
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def comparator_words(comparator_class: ComparatorClass) -> str:
    """Class of comparator in words."""
    return _COMPARATORS[comparator_class]


def horizon_words(question: Question) -> str:
    """Time of the question: 'at 18 to 39 weeks', 'over the whole follow-up'."""
    if question.horizon is None:
        return "over the whole follow-up"
    label = question.horizon.label
    return label if label.startswith(("up to", "over")) else f"at {label}"


def statement(a: Answer, vocabulary: Vocabulary) -> str:
    """The answer in one to three sentences: verdict, numbers, what they rest on."""
    return " ".join(part for part in (claim(a, vocabulary), _numbers(a), _ground(a)) if part)


def claim(a: Answer, vocabulary: Vocabulary) -> str:
    """The verdict in one sentence without numbers."""
    q = a.question
    who = intervention_words(q.intervention, vocabulary, start=True)
    frame = f"compared with {comparator_words(q.comparator_class)} {horizon_words(q)}"
    thing, third, base = _ACTS[q.outcome]
    if a.level is Level.VERY_LOW or a.size is Size.UNKNOWN:
        asked = f"changes {thing}" if q.outcome in HARMS else f"{third} {thing}"
        return f"We do not know whether {_lowered(who)} {asked} {frame}."
    if a.size is Size.UNDECIDED:
        more = f"{_better(q.outcome, base)} by an amount patients notice"
        return (
            f"{who} may make little difference to {thing}, or {more}: the trials cannot tell which, {frame}."
        )
    low = a.level is Level.LOW
    act = (_harm_act if q.outcome in HARMS else _act)(a.size, thing, base if low else third, low)
    return f"{who} {_CERTAINTY_VERBS[a.level]}{act} {frame}."


def _better(outcome: str, base: str) -> str:
    return base if outcome in HARMS else f"{base} it"


def _act(size: Size, thing: str, act: str, low: bool) -> str:
    make = "make" if low else "makes"
    return {
        Size.IMPORTANT_BENEFIT: f"{act} {thing} by an amount patients notice",
        Size.SMALL_BENEFIT: f"{act} {thing} slightly, by less than patients notice,",
        Size.LITTLE_OR_NONE: f"{make} little or no difference to {thing}",
        Size.SMALL_HARM: f"{make} {thing} slightly worse, by less than patients notice,",
        Size.IMPORTANT_HARM: f"{make} {thing} worse by an amount patients notice",
    }[size]


def _harm_act(size: Size, thing: str, fewer: str, low: bool) -> str:
    lead, make = ("lead", "make") if low else ("leads", "makes")
    return {
        Size.IMPORTANT_BENEFIT: f"{fewer} {thing}",
        Size.SMALL_BENEFIT: f"{lead} to slightly fewer {thing}",
        Size.LITTLE_OR_NONE: f"{make} little or no difference to {thing}",
        Size.SMALL_HARM: f"{lead} to slightly more {thing}",
        Size.IMPORTANT_HARM: f"{lead} to more {thing}",
    }[size]


def _numbers(a: Answer) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        return _published_numbers(a.published)
    if a.synthesis is None:
        return _only_directions(a)
    s = a.synthesis
    words = effect_words(s.judged.mu, s.judged.ci, s.scale)
    return f"Best estimate: {words}{_threshold(s.scale)}."


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


def place_words(row: Result) -> str:
    """Where a figure stands in its source: 'table 2', 'abstract', 'secondary, results table'."""
    kind, locator = row.source.kind, row.source.locator
    if not locator:
        return kind
    return locator if locator.lower().startswith(kind) else f"{kind}, {locator}"


def better_or_worse(x: float, unit: str = "") -> str:
    """'4.0 points better', '2.2 worse', 'no difference'; the sign is a word, never a minus to be missed."""
    size = numbers.points(abs(x))
    if float(size) == 0:
        return "no difference"
    return " ".join(part for part in (size, unit, "better" if x > 0 else "worse") if part)


def _threshold(scale: Scale) -> str:
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


def _published_numbers(p: PublishedRow) -> str:
    name = f"{p.review.first_author or p.review.id} {p.review.year or ''}".strip()
    if p.benefit is None or p.ci is None or p.kind is ScaleKind.RATIO:
        return (
            f"This rests on a published synthesis ({name}), which calls neither side better."
            if p.row.favours == "neither"
            else f"This rests on a published synthesis ({name})."
        )
    unit = "points on 0\u2013100" if p.kind is ScaleKind.POINTS else "standard deviations"
    lo, hi = (better_or_worse(x) for x in p.ci)
    size = better_or_worse(p.benefit, unit)
    return f"This rests on a published synthesis ({name}): {size} (95 % interval {lo} to {hi})."


def _only_directions(a: Answer) -> str:
    if not a.directions:
        return _no_events(a) or "No trial with usable figures was found."
    count = len(a.directions)
    return f"{_plural(count, 'trial')} told only which side did better, without figures that can be pooled."


def _no_events(a: Answer) -> str:
    empty = [x.contrast for x in a.left_out if x.contrast.of.events == x.contrast.versus.events == 0]
    people = sum(c.n or 0 for c in empty)
    if not empty:
        return ""
    trials = _plural(len(empty), "trial")
    return f"No event was counted in either group of {trials} ({numbers.count(people)} people)."


def _ground(a: Answer) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        row = a.published.row
        held = f"It pools {_plural(row.k, 'trial')}; " if row.k else ""
        return f"{held}we hold figures of {a.k}. Certainty: {a.level.word}."
    if a.synthesis is None:
        return ""
    people = f", {numbers.count(a.n)} people" if a.n else ""
    return f"{_plural(a.k, 'trial')}{people}. Certainty: {a.level.word}."


def _plural(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
