"""An instrument: its items, its scores, its thresholds and its licence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from enthesis.domain.instruments.items import Better, Item
from enthesis.domain.instruments.licence import Licence
from enthesis.domain.instruments.provenance import Source
from enthesis.domain.instruments.rules import OfScores, ScoreRule, Table, Weighted
from enthesis.domain.instruments.thresholds import Threshold
from enthesis.domain.instruments.value_sets import ValueSet
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["Code", "Instrument", "Language", "Trap"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a terminology, and what exactly it stands for."""

    system: str
    code: str
    stands_for: str
    source: str


@dataclass(frozen=True, slots=True)
class Language:
    """A translation, and what is known of it.

    ``validated`` where a study of its measurement was read, ``used`` where a study used it, ``listed``
    where someone only says that it exists.
    """

    language: str
    name: str
    status: Literal["validated", "used", "listed"]
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A known way to go wrong with the instrument."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One measure in one version.

    ``branches`` lists items of which one response answers exactly one (VISA question 8).
    ``switched_off`` holds the reason where a rule could not be confirmed; such an instrument never scores.
    """

    id: str
    name: str
    short_name: str
    version: str
    kind: Literal["patient-reported", "clinician-rated", "mixed", "performance"]
    measures: str
    items: tuple[Item, ...]
    scores: tuple[ScoreRule, ...]
    licence: Licence
    sources: Mapping[str, Source]
    aliases: tuple[str, ...] = ()
    recall: str = ""
    conditions: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    languages: tuple[Language, ...] = ()
    codes: tuple[Code, ...] = ()
    traps: tuple[Trap, ...] = ()
    caveats: tuple[str, ...] = ()
    branches: tuple[tuple[str, ...], ...] = ()
    value_sets: Mapping[str, ValueSet] = field(default_factory=dict)
    switched_off: str = ""

    def __post_init__(self) -> None:
        """Refuse an instrument whose parts do not fit together.

        Raises:
            InvalidData: Every misfit: unknown items, scores or sources, impossible counts, tables or ranges,
                and wording that its licence keeps back.
        """
        faults = [*_item_faults(self), *_wording_faults(self), *_score_faults(self), *_source_faults(self)]
        if not self.switched_off and not self.scores:
            faults.append(Fault("has no score and is not switched off.", "scores"))
        if faults:
            raise InvalidData(faults)

    def score_rule(self, name: str) -> ScoreRule:
        """The score of that name.

        Raises:
            NotFound: No such score.
        """
        return _pick(self.scores, "name", name, f"score of {self.id}")

    def threshold(self, name: str) -> Threshold:
        """The published threshold of that id.

        Raises:
            NotFound: No such threshold.
        """
        return _pick(self.thresholds, "id", name, f"threshold of {self.id}")

    def better(self, score: str) -> Better:
        """Direction of a score."""
        return self.score_rule(score).better

    def expected(self, rule: ScoreRule) -> int:
        """How many answers a complete response gives to a score; a branch counts once."""
        inside = set(rule.items)
        return len(inside) - sum(max(len(inside & set(branch)) - 1, 0) for branch in self.branches)


def _pick(things: tuple[Any, ...], key: str, wanted: str, kind: str) -> Any:
    found = {getattr(thing, key): thing for thing in things}
    if wanted not in found:
        raise NotFound(kind, wanted, found)
    return found[wanted]


def _item_faults(instrument: Instrument) -> Iterator[Fault]:
    ids = [item.id for item in instrument.items]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        yield Fault(f"item '{repeated}' appears twice.", "items")
    if [item.number for item in instrument.items] != list(range(1, len(ids) + 1)):
        yield Fault("item numbers must run from 1 without gaps.", "items")
    for stranger in sorted({i for branch in instrument.branches for i in branch} - set(ids)):
        yield Fault(f"branch names '{stranger}', which is no item.", "branches")


def _wording_faults(instrument: Instrument) -> Iterator[Fault]:
    for item in instrument.items:
        if not instrument.licence.text_ships and (item.text or item.response.labels):
            yield Fault(f"its wording belongs to {instrument.licence.owner} and may not ship.", item.id)


def _score_faults(instrument: Instrument) -> Iterator[Fault]:
    ids, earlier = {item.id for item in instrument.items}, set[str]()
    for rule in instrument.scores:
        where = f"scores.{rule.name}"
        for stranger in sorted(set(rule.items) - ids):
            yield Fault(f"names '{stranger}', which is no item.", where)
        if rule.range[0] >= rule.range[1]:
            yield Fault(f"range {rule.range} must rise.", where)
        yield from _rule_faults(instrument, rule, earlier, where)
        earlier.add(rule.name)
    for threshold in instrument.thresholds:
        if threshold.score not in earlier:
            yield Fault(f"is about '{threshold.score}', which is no score.", f"thresholds.{threshold.id}")


def _rule_faults(instrument: Instrument, rule: ScoreRule, earlier: set[str], where: str) -> Iterator[Fault]:
    expected, kind = instrument.expected(rule), rule.rule
    if isinstance(kind, OfScores):
        for stranger in sorted(set(kind.of) - earlier):
            yield Fault(f"builds on '{stranger}', which no earlier score gives.", where)
        return
    if list(rule.items) != [item.id for item in instrument.items if item.id in set(rule.items)]:
        yield Fault("lists its items out of item order.", where)
    if not 1 <= rule.min_answered <= expected:
        yield Fault(f"needs {rule.min_answered} answers; must lie in 1 to {expected}.", where)
    if isinstance(kind, Table | Weighted) and rule.min_answered != expected:
        yield Fault(f"needs every one of its {expected} items, not {rule.min_answered}.", where)
    if isinstance(kind, Weighted) and len(kind.weights) != len(rule.items):
        yield Fault(f"{len(kind.weights)} weights for {len(rule.items)} items.", where)
    if isinstance(kind, Table):
        inside = [item.response for item in instrument.items if item.id in rule.items]
        low, high = sum(r.minimum for r in inside), sum(r.maximum for r in inside)
        if (kind.first, kind.first + len(kind.values) - 1) != (low, high):
            yield Fault(f"table must run from {low:g} to {high:g}.", where)


def _source_faults(instrument: Instrument) -> Iterator[Fault]:
    cited = {
        **{f"scores.{r.name}": (r.source, r.missing_source) for r in instrument.scores},
        **{f"thresholds.{t.id}": (t.source,) for t in instrument.thresholds},
        **{f"codes.{c.code}": (c.source,) for c in instrument.codes},
        **{f"languages.{x.language}": (x.source,) for x in instrument.languages},
        **{f"value_sets.{v.id}": (v.source,) for v in instrument.value_sets.values()},
        "licence": (instrument.licence.source,),
    }
    for where, names in cited.items():
        for name in names:
            if name and name not in instrument.sources:
                yield Fault(f"cites '{name}', which is not among the sources.", where)
