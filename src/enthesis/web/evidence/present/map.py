"""The map: conditions by region down, interventions across, each tile in two halves that never mix.

Which two answers a tile shows is decided in ``report.figures.map_tiles``, so that page and picture agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Evidence, Topic, Verdict
from enthesis.domain.vocabulary import Condition, Horizon
from enthesis.report.figures import map_tile
from enthesis.report.sentences import intervention_words
from enthesis.web.evidence.addresses import topic_page
from enthesis.web.evidence.present.verdicts import Badge, Grade, badge, grade, ground
from enthesis.web.evidence.present.words import FAMILIES, SHORT_COMPARATORS, moment

__all__ = ["OUTCOMES", "Half", "MapPage", "Tile", "map_page"]

# What the map can be asked for; harms are told on the answer pages, where they stand beside their numbers.
OUTCOMES = (
    "pain",
    "function",
    "composite",
    "stiffness",
    "responder",
    "quality-of-life",
    "reintervention",
    "structure",
)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a tile: against what, the verdict, how sure, and what it rests on."""

    against: str
    badge: Badge
    grade: Grade
    trials: str
    people: str
    published: bool
    moment: str
    more: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Tile:
    """One condition and one intervention.

    ``no_placebo`` and ``no_active`` stand in place of a missing half; ``only`` says what there is when no
    trial answers at all.
    """

    title: str
    address: str
    placebo: Half | None
    active: Half | None
    no_placebo: str
    no_active: str
    only: str
    is_combination: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """Tiles of one condition in one column, single products before combinations."""

    column: int
    tiles: tuple[Tile, ...]
    combinations: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One condition across the columns that hold something."""

    id: str
    label: str
    meaning: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Conditions of one family, ordered by region."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The whole map for one choice of outcome and horizon."""

    sentence: str
    columns: tuple[str, ...]
    families: tuple[Family, ...]


def map_page(evidence: Evidence, outcome: str | None = None, horizon: Horizon | None = None) -> MapPage:
    """The map, for the outcome and horizon asked for or, without them, for each tile's headline question."""
    tiles = {key: _tile(evidence, topic, outcome, horizon) for key, topic in evidence.topics.items()}
    families: dict[str, list[Row]] = defaultdict(list)
    for condition in evidence.vocabulary.conditions.values():
        cells = tuple(_cells(condition, tiles, evidence))
        if cells:
            families[condition.family].append(Row(condition.id, condition.label, condition.meaning, cells))
    return MapPage(
        sentence=_sentence(_products(tiles, evidence), bool(outcome or horizon)),
        columns=tuple(c.label for c in evidence.rules.columns),
        families=tuple(Family(FAMILIES.get(name, name), tuple(rows)) for name, rows in families.items()),
    )


def _cells(condition: Condition, tiles: dict[tuple[str, str], Tile], evidence: Evidence) -> Iterator[Cell]:
    order = evidence.rules.interventions()
    for at, column in enumerate(evidence.rules.columns):
        mine = [
            (i, t)
            for (c, i), t in tiles.items()
            if c == condition.id and i.split("+")[0] in column.interventions
        ]
        mine.sort(key=lambda pair: [order.index(p) if p in order else len(order) for p in pair[0].split("+")])
        single = tuple(t for _, t in mine if not t.is_combination)
        combined = tuple(t for _, t in mine if t.is_combination)
        if mine:
            yield Cell(at + 1, single, combined)


def _tile(evidence: Evidence, topic: Topic, outcome: str | None, horizon: Horizon | None) -> Tile:
    halves = map_tile(topic, outcome, horizon)
    return Tile(
        title=intervention_words(topic.intervention, evidence.vocabulary, start=True),
        address=topic_page(topic.condition, topic.intervention),
        placebo=_half(halves.placebo, evidence, 0) if halves.placebo else None,
        active=_half(halves.active, evidence, halves.more) if halves.active else None,
        no_placebo=_missing(topic, placebo=True, chosen=bool(outcome or horizon)),
        no_active=_missing(topic, placebo=False, chosen=bool(outcome or horizon)),
        only=_only(topic),
        is_combination="+" in topic.intervention,
    )


def _half(a: Answer, evidence: Evidence, more: int) -> Half:
    held = ground(a)
    return Half(
        against=SHORT_COMPARATORS[a.question.comparator_class],
        badge=badge(a.verdict),
        grade=grade(a.level),
        trials=held.trials,
        people=held.people,
        published=held.published,
        moment=moment(a.question, evidence.vocabulary),
        more=more,
        verdict=a.verdict,
    )


def _missing(topic: Topic, *, placebo: bool, chosen: bool) -> str:
    if not any(c.is_placebo is placebo for c in topic.classes):
        return "no trials"
    return "none for this choice" if chosen else "harms or imaging only"


def _only(topic: Topic) -> str:
    """What is known besides comparative trials, where there is no comparative trial at all."""
    if topic.answers:
        return ""
    if topic.series:
        return "uncontrolled series only"
    if topic.published:
        return "published reviews only"
    if topic.variants:
        return "compared with itself only"
    return "guideline only" if topic.guidelines else "statements of reviews only"


def _products(tiles: dict[tuple[str, str], Tile], evidence: Evidence) -> Iterable[Tile]:
    return (tile for (_, name), tile in tiles.items() if not evidence.rules.is_reference(name))


def _sentence(tiles: Iterable[Tile], chosen: bool) -> str:
    verdicts = Counter(t.placebo.verdict for t in tiles if t.placebo)
    total = verdicts.total()
    if not total:
        return "No treatment on this map was compared with placebo for this choice of outcome and time."
    good = [f"{verdicts[v]} {words}" for v, words in _GOOD.items() if verdicts[v]]
    rest = [f"{verdicts[v]} {words}" for v, words in _OTHER.items() if verdicts[v]]
    unclear = verdicts[Verdict.UNCLEAR]
    parts = [*(good or ["none is shown to help"]), *rest, f"for {unclear} we do not know" if unclear else ""]
    said = [part for part in parts if part]
    asked = " for this choice" if chosen else ""
    listed = f"{', '.join(said[:-1])}, and {said[-1]}" if len(said) > 1 else said[0]
    return f"Of {total} uses of these injections that were compared with placebo{asked}, {listed}."


_GOOD = {Verdict.HELPS: "help", Verdict.PROBABLY_HELPS: "probably help", Verdict.MAY_HELP: "may help"}
_OTHER = {Verdict.NO_IMPORTANT_BENEFIT: "bring no important benefit", Verdict.HARM: "do worse"}
