"""The declared choices behind every verdict, as tables a reader can check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.rules import Mcid, Threshold
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers

__all__ = ["MethodPage", "method_page"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One declared number with its reason."""

    name: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Declared choices by theme."""

    version: str
    differences: tuple[Choice, ...]
    integrity: tuple[Choice, ...]
    certainty: tuple[Choice, ...]
    hierarchy: tuple[tuple[str, str], ...]
    little_share: str
    absence_share: str
    assessed: str
    studies: int


def method_page(evidence: Evidence, assessed: int) -> MethodPage:
    """The rules of an edition as a reader meets them; ``assessed`` studies have a risk-of-bias assessment."""
    rules, vocabulary = evidence.rules, evidence.vocabulary
    return MethodPage(
        version=rules.version,
        differences=tuple(_differences(evidence)),
        integrity=tuple(_thresholds(rules.integrity)),
        certainty=tuple(_thresholds(rules.certainty)),
        hierarchy=tuple(
            (vocabulary.label("outcome", o), _scales(order, vocabulary))
            for o, order in rules.hierarchy.items()
        ),
        little_share=numbers.percent(rules.little_share),
        absence_share=numbers.percent(rules.absence_share),
        assessed=str(assessed) if assessed else "none",
        studies=len(evidence.studies),
    )


def _scales(order: tuple[str, ...], vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.instruments[i].label for i in order if i in vocabulary.instruments)


def _differences(evidence: Evidence) -> Iterator[Choice]:
    rules = evidence.rules
    for key, m in rules.mcid.items():
        outcome, _, family = key.partition("/")
        name = evidence.vocabulary.label("outcome", outcome) + (f" in {family}" if family else "")
        yield _difference(name, m, "points on 0–100")
    yield _difference("Without a usable range", rules.mcid_smd, "standard deviations")
    yield _difference("Ratios", rules.mcid_ratio, "times")


def _difference(name: str, m: Mcid, unit: str) -> Choice:
    value = f"{m.value:g} {unit} (disputed: {m.low:g} to {m.high:g})"
    return Choice(name, value, f"{m.why} ({'; '.join(m.sources)})")


def _thresholds(held: Mapping[str, Threshold]) -> Iterator[Choice]:
    for name, t in held.items():
        yield Choice(name.replace("_", " "), f"{t.value:g}", t.why)
