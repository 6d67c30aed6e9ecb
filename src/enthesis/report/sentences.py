"""Verdicts as sentences a colleague could read aloud.

Size comes before numbers, certainty is carried by the verb, and every sentence says compared with what.
Pattern: GRADE informative statements (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014), in our own words.
"""

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.questions import HARMS, Question
from enthesis.domain.evidence.scales import RATIO_WORDS, Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.study import Result
from enthesis.domain.evidence.verdicts import Size
from enthesis.domain.vocabulary import EVENT_OUTCOMES, ComparatorClass, Vocabulary
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

# Outcome in words, what a benefit does to it (third person, base form) without its object.
_ACTS = {
    "pain": ("pain", "reduces", "reduce"),
    "function": ("function", "improves", "improve"),
    "stiffness": ("stiffness", "reduces", "reduce"),
    "composite": ("combined scores of pain and function", "improves", "improve"),
    "quality-of-life": ("quality of life", "improves", "improve"),
    "structure": ("the structure seen on imaging", "improves", "improve"),
    "responder": ("the chance of a clear response", "raises", "raise"),
    "reintervention": ("the need for further treatment", "reduces", "reduce"),
    "adverse-event": ("adverse events", "leads to fewer", "lead to fewer"),
    "serious-adverse-event": ("serious adverse events", "leads to fewer", "lead to fewer"),
}
_OPPOSITES = {"responder": ("lowers", "lower"), "reintervention": ("increases", "increase")}
# More scales than this are counted, not named.
FEW_SCALES = 2
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
        if question.outcome in HARMS:
            return "over the whole follow-up"
        return "at the visits that the review chose"
    label = question.horizon.label
    return label if label.startswith(("up to", "over")) else f"at {label}"


def statement(a: Answer, vocabulary: Vocabulary) -> str:
    """The answer in one to three sentences: verdict, numbers, what they rest on."""
    parts = (claim(a, vocabulary), _numbers(a, vocabulary), _ground(a, vocabulary))
    return " ".join(part for part in parts if part)


def claim(a: Answer, vocabulary: Vocabulary) -> str:
    """The verdict in one sentence without numbers."""
    q = a.question
    who = intervention_words(q.intervention, vocabulary, start=True)
    frame = f"compared with {comparator_words(q.comparator_class)} {horizon_words(q)}"
    thing, third, base = _ACTS[q.outcome]
    if a.level is not Level.VERY_LOW and a.size is Size.UNDECIDED:
        return f"{frame[0].upper()}{frame[1:]}, {_lowered(who)} {_open_ended(a, thing, base)}."
    side = _clear_side(a)
    if a.level is Level.VERY_LOW or (a.size is Size.UNKNOWN and not side):
        asked = f"changes {thing}" if q.outcome in HARMS else f"{third} {thing}"
        return f"We do not know whether {_lowered(who)} {asked} {frame}."
    return f"{who} {_CERTAINTY_VERBS[a.level]}{_act(a, side)} {frame}."


def _clear_side(a: Answer) -> int:
    """+1 or -1 when the size cannot be judged and yet the interval lies on one side; else 0."""
    if a.size is not Size.UNKNOWN or a.synthesis is None:
        return 0
    lo, hi = sorted(a.synthesis.benefit(x) for x in a.synthesis.judged.ci)
    return (lo > 0) - (hi < 0)


def _open_ended(a: Answer, thing: str, base: str) -> str:
    low_end = f"may make little difference to {thing}"
    if a.question.outcome in HARMS:
        return f"{low_end} or lead to fewer or more of them; the trials cannot tell which"
    return f"{low_end} or {base} {_it(thing)} {_amount(a.question.outcome)}; the trials cannot tell which"


def _it(thing: str) -> str:
    return "them" if thing.endswith("scores of pain and function") else "it"


def _amount(outcome: str) -> str:
    return "by an important amount" if outcome in EVENT_OUTCOMES else "by an amount patients notice"


def _act(a: Answer, side: int) -> str:
    """What the treatment does, verb first, in the form that the word of certainty asks for."""
    outcome, low = a.question.outcome, a.level is Level.LOW
    thing, third, base = _ACTS[outcome]
    better = base if low else third
    if side:
        return f"{better} {thing}" if side > 0 else _worse(outcome, thing, low)
    if a.size is Size.LITTLE_OR_NONE:
        return f"{'make' if low else 'makes'} little or no difference to {thing}"
    good = a.size in (Size.IMPORTANT_BENEFIT, Size.SMALL_BENEFIT)
    small = a.size in (Size.SMALL_BENEFIT, Size.SMALL_HARM)
    if outcome in HARMS:
        return f"{'lead' if low else 'leads'} to {'slightly ' if small else ''}{_count(good)} {thing}"
    act = f"{better} {thing}" if good else _worse(outcome, thing, low)
    if not small:
        return f"{act} {_amount(outcome)}"
    return f"{act} slightly" + ("" if outcome in EVENT_OUTCOMES else ", by less than patients notice,")


def _count(good: bool) -> str:
    return "fewer" if good else "more"


def _worse(outcome: str, thing: str, low: bool) -> str:
    """Against an active treatment worse means less good, which 'leaves worse' says of both."""
    if outcome in HARMS:
        return f"{'lead' if low else 'leads'} to more {thing}"
    if outcome in _OPPOSITES:
        return f"{_OPPOSITES[outcome][low]} {thing}"
    return f"{'leave' if low else 'leaves'} {thing} worse"


def _numbers(a: Answer, vocabulary: Vocabulary) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        return _published_numbers(a.published)
    if a.synthesis is None:
        return _only_directions(a)
    s = a.synthesis
    words = effect_words(s.judged.mu, s.judged.ci, s.scale)
    if s.scale.unit in vocabulary.instruments:
        words = words.replace(s.scale.unit, f"units of the {vocabulary.instruments[s.scale.unit].label}", 1)
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
    return f"This rests on a published synthesis ({published_name(p)}){_published_effect(p)}."


def published_name(p: PublishedRow) -> str:
    """Author and year of a synthesis, or its title where no author was seen."""
    known = p.review.first_author or f"‘{p.review.title}’"
    return f"{known}, {p.review.year}" if p.review.year else known


def _published_effect(p: PublishedRow) -> str:
    row = p.row
    if p.kind is ScaleKind.RATIO and row.estimate is not None and row.ci is not None:
        lo, hi = (numbers.ratio(x) for x in row.ci)
        return f": {RATIO_WORDS[row.measure]} {numbers.ratio(row.estimate)} (95 % interval {lo} to {hi})"
    verdict = ", which calls neither side better" if row.favours == "neither" else ""
    if p.benefit is None or p.kind is ScaleKind.RATIO:
        return verdict
    unit = "points on 0–100" if p.kind is ScaleKind.POINTS else "standard deviations"
    size = better_or_worse(p.benefit, unit)
    if p.ci is None:
        return f"{verdict}: {size}, interval not seen"
    lo, hi = (better_or_worse(x) for x in p.ci)
    return f": {size} (95 % interval {lo} to {hi})"


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


def _ground(a: Answer, vocabulary: Vocabulary) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        row = a.published.row
        held = f"It pools {_plural(row.k, 'trial')}; " if row.k else ""
        return f"{held}we hold figures of {a.k or 'none'}. Certainty: {a.level.word}."
    if a.synthesis is None:
        return ""
    return f"{_plural(a.k, 'trial')}{_people(a)}, {_measured_by(a, vocabulary)}. Certainty: {a.level.word}."


def _people(a: Answer) -> str:
    unknown = a.synthesis.n_unknown if a.synthesis else 0
    known = f", {numbers.count(a.n)} people" if a.n else ""
    return f"{known}, size of {_plural(unknown, 'trial')} not stated" if unknown else known


def _measured_by(a: Answer, vocabulary: Vocabulary) -> str:
    """What was measured, so that one score is not taken for all that matters."""
    used = a.synthesis.scale.instruments if a.synthesis else ()
    if len(used) > FEW_SCALES:
        return f"measured on {len(used)} scales"
    return f"measured: {' and '.join(vocabulary.instruments[name].label for name in used)}"


def _plural(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
