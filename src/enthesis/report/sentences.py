"""Verdicts as sentences a colleague could read aloud.

Size comes before numbers, certainty is carried by the verb, and every sentence says compared with what.
Pattern: GRADE informative statements (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014), in our own words.
"""

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.questions import HARMS, Question
from enthesis.domain.evidence.study import Result
from enthesis.domain.evidence.verdicts import Size
from enthesis.domain.vocabulary import EVENT_OUTCOMES, ComparatorClass, Vocabulary
from enthesis.report import numbers
from enthesis.report.effect_words import better_or_worse, effect_words, threshold_words
from enthesis.report.published_words import published_sentence

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
        return published_sentence(a.published)
    if a.synthesis is None:
        return _only_directions(a)
    s = a.synthesis
    words = effect_words(s.judged.mu, s.judged.ci, s.scale)
    if s.scale.unit in vocabulary.instruments:
        words = words.replace(s.scale.unit, f"units of the {vocabulary.instruments[s.scale.unit].label}", 1)
    return f"Best estimate: {words}{threshold_words(s.scale)}."


def place_words(row: Result) -> str:
    """Where a figure stands in its source: 'table 2', 'abstract', 'secondary, results table'."""
    kind, locator = row.source.kind, row.source.locator
    if not locator:
        return kind
    return locator if locator.lower().startswith(kind) else f"{kind}, {locator}"


def _only_directions(a: Answer) -> str:
    if not a.directions:
        return _no_events(a) or _only_suspects(a) or "No trial with usable figures was found."
    trials, lean = _plural(len(a.directions), "trial"), _leanings(a)
    return f"{trials} told at most which side did better ({lean}), without figures that can be pooled."


def _leanings(a: Answer) -> str:
    told = [c.pick for c in a.directions]
    for_it = sum(pick.winner in pick.of for pick in told)
    against = sum(pick.winner in pick.versus for pick in told)
    neither = len(told) - for_it - against
    said = ((for_it, "for it"), (against, "against it"), (neither, "neither or not told"))
    return ", ".join(f"{count} {words}" for count, words in said if count)


def _only_suspects(a: Answer) -> str:
    count = sum(x.is_suspect for x in a.left_out)
    if not count:
        return ""
    figures = "figures that cannot be taken at face value"
    return f"{_plural(count, 'trial')} printed {figures}, and no other was found."


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
