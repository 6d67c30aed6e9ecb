"""A network in words: its treatments, its title, what it shows first, whether it could be checked."""

from enthesis.domain.evidence.network_trials import NOTHING_ADDED, PLACEBO, NetworkKey
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart, TrialNetwork
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.condition_words import condition_inside

__all__ = [
    "inconsistency_words",
    "network_moment",
    "network_opening",
    "network_title",
    "network_unit",
    "part_caveats",
    "part_words",
    "treatment_words",
]

NO_LOOPS = (
    "Cannot be assessed: there are no loops, so no indirect comparison can be held against a direct one."
)
_OWN_WORDS = {PLACEBO: "Placebo", NOTHING_ADDED: "Nothing added"}


def treatment_words(treatment: str, vocabulary: Vocabulary, *, start: bool = True) -> str:
    """A treatment of a network; ``start`` keeps the capital of a first word."""
    labels = [_OWN_WORDS.get(p) or vocabulary.interventions[p].label for p in treatment.split("+")]
    words = " with ".join([labels[0], *map(_lowered, labels[1:])])
    return words if start else _lowered(words)


def _lowered(label: str) -> str:
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def network_moment(key: NetworkKey, vocabulary: Vocabulary) -> str:
    """Outcome and time: 'pain at 18 to 39 weeks'."""
    label = key.horizon.label
    joint = " " if label.startswith(("up to", "over")) else " at "
    return f"{vocabulary.outcomes[key.outcome].label.lower()}{joint}{label}"


def network_title(key: NetworkKey, vocabulary: Vocabulary) -> str:
    """'Knee osteoarthritis as a network: pain at 18 to 39 weeks'."""
    return f"{vocabulary.conditions[key.condition].label} as a network: {network_moment(key, vocabulary)}"


def network_unit(trials: TrialNetwork) -> str:
    """Unit of every difference."""
    return "points on 0–100" if trials.scale.kind is ScaleKind.POINTS else "standard deviations"


def network_opening(fitted: FittedNetwork, vocabulary: Vocabulary) -> str:
    """One sentence to read aloud: how many trials link what, and how much can be told from them."""
    held = fitted.trials
    about = condition_inside(vocabulary.conditions[held.key.condition].label)
    trials = f"{_plural(len(held.trials), 'randomised trial')} with {numbers.count(held.n)} people"
    verb = "links" if len(held.trials) == 1 else "link"
    what = f"{len(held.network.treatments)} treatments for {about} by {network_moment(held.key, vocabulary)}"
    if not held.is_connected:
        tried = "compares" if len(held.trials) == 1 else "compare"
        parts = "; ".join(part_words(part, vocabulary) for part in fitted.parts)
        return f"{trials} {tried} {what}, in {len(fitted.parts)} parts that no trial links: {parts}."
    return f"{trials} {verb} {what}; {_told_apart(fitted.parts[0], vocabulary)}."


def _told_apart(part: FittedPart, vocabulary: Vocabulary) -> str:
    others = part.analysis.against(part.reference)
    better = sum(c.ci[0] > 0 for c in others)
    worse = sum(c.ci[1] < 0 for c in others)
    reference = treatment_words(part.reference, vocabulary, start=False)
    if not better and not worse:
        none = "it cannot" if len(others) == 1 else "none can"
        return f"{none} be told apart from {reference}"
    said = [f"{n} did {word}" for n, word in ((better, "better"), (worse, "worse")) if n]
    rest = len(others) - better - worse
    said += [f"{rest} cannot be told apart from it"] if rest else []
    return f"of {len(others)} set against {reference}, {', '.join(said)}"


def inconsistency_words(part: FittedPart) -> str:
    """Whether direct and indirect evidence agree, or why that cannot be said."""
    found = part.analysis.inconsistency
    if found is None:
        return NO_LOOPS
    verdict = (
        "Direct and indirect evidence disagree more than chance explains"
        if found.p < 0.10
        else "No disagreement of direct and indirect evidence was found, which so few trials could hide"
    )
    degrees = "1 degree of freedom" if found.df == 1 else f"{found.df} degrees of freedom"
    test = f"χ² {found.statistic:.2f}, {degrees}, {numbers.p_value(found.p)}"
    return f"{verdict} (design-by-treatment test, {test})."


def part_caveats(part: FittedPart, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Doubts about one part, its treatments by their names."""
    hub = part.analysis.component.hub
    star = (
        f"Star-shaped: every trial has {treatment_words(hub, vocabulary, start=False)}, so all other "
        "comparisons are indirect and none of them can be checked."
        if hub
        else ""
    )
    return tuple(star if c.code == "star-shaped" else c.text for c in part.analysis.caveats)


def part_words(part: FittedPart, vocabulary: Vocabulary) -> str:
    """The treatments of one part by their names."""
    return ", ".join(treatment_words(t, vocabulary, start=False) for t in part.treatments)


def _plural(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
