"""The map of the evidence as one picture: conditions down, treatments across, two halves in every tile.

For a README, a slide or a wall. Single treatments only; combinations are on the page.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.topics import Evidence
from enthesis.domain.evidence.verdicts import Verdict
from enthesis.domain.vocabulary import Horizon
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.map_tiles import MapTile, map_tile
from enthesis.report.figures.svg import Element, drawing, group, line, part, rectangle, text
from enthesis.report.figures.tables import Cell, Provenance, Table
from enthesis.report.figures.text_width import text_width
from enthesis.report.figures.verdict_marks import verdict_mark
from enthesis.report.sentences import comparator_words, horizon_words

__all__ = ["draw_map"]

_EDGE, _LABELS, _HEAD = 24.0, 262.0, 178.0
_TILE, _HALF, _ROW = 46.0, 20.0, 27.0
_GAP = 12.0
_SIZE = 13.0
_COLUMNS = (
    "condition", "intervention", "half", "comparator", "outcome", "horizon",
    "verdict", "certainty", "trials", "people", "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Grid:
    """What stands where: conditions by family, treatments by column, and the tile of each pair."""

    evidence: Evidence
    families: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    tiles: dict[tuple[str, str], MapTile]


def draw_map(
    evidence: Evidence, provenance: Provenance, *, outcome: str | None = None, horizon: Horizon | None = None
) -> Figure:
    """The whole map, for one outcome and horizon or, without them, for each tile's headline question."""
    grid = _grid(evidence, outcome, horizon)
    title = "What works and what does not in regenerative injections"
    description = _description(grid)
    width, height, parts = _sheet(grid, title, provenance)
    root = drawing(width, height, parts, title=title, description=description, kind="map")
    notes = (("map", description), ("source", str(provenance)))
    return drawn("map", title, description, root, Table(notes, _COLUMNS, tuple(_cells(grid))))


def _grid(evidence: Evidence, outcome: str | None, horizon: Horizon | None) -> _Grid:
    held = {key: topic for key, topic in evidence.topics.items() if "+" not in key[1]}
    conditions = {condition for condition, _ in held}
    used = {intervention for _, intervention in held}
    families: dict[str, list[str]] = {}
    for condition in evidence.vocabulary.conditions.values():
        if condition.id in conditions:
            families.setdefault(condition.family, []).append(condition.id)
    columns = ((c.label, tuple(i for i in c.interventions if i in used)) for c in evidence.rules.columns)
    return _Grid(
        evidence,
        tuple((name, tuple(ids)) for name, ids in families.items()),
        tuple((label, ids) for label, ids in columns if ids),
        {key: map_tile(topic, outcome, horizon) for key, topic in held.items()},
    )


def _places(grid: _Grid) -> dict[str, float]:
    """Left edge of every treatment's column; groups stand a little apart."""
    places, x = {}, _EDGE + _LABELS
    for _, interventions in grid.columns:
        for intervention in interventions:
            places[intervention] = x
            x += _TILE
        x += _GAP
    return places


def _sheet(grid: _Grid, title: str, provenance: Provenance) -> tuple[float, float, list[Element]]:
    places = _places(grid)
    right = max(places.values()) + _TILE
    parts = [
        text(title, _EDGE, 40, size=22, font_weight=600),
        text("Left half: against placebo. Right half: against other", _EDGE, 64, size=_SIZE, fill="muted"),
        text("treatments. The two are never mixed.", _EDGE, 81, size=_SIZE, fill="muted"),
        *_heads(grid, places),
    ]
    y = _HEAD + 46
    for _, conditions in grid.families:
        for condition in conditions:
            parts += _row(grid, condition, places, y, right)
            y += _ROW
        y += _GAP
    parts += _legend(y + 14)
    parts.append(text(str(provenance), _EDGE, y + 92, size=11.5, fill="muted"))
    return right + 96, y + 108, parts


def _heads(grid: _Grid, places: dict[str, float]) -> Iterator[Element]:
    """Names of treatments, slanted so that they stay in order and readable."""
    for _, interventions in grid.columns:
        first, last = places[interventions[0]], places[interventions[-1]] + _TILE - 6
        yield line(first, _HEAD + 34, last, _HEAD + 34, "line")
        for intervention in interventions:
            name = grid.evidence.vocabulary.interventions[intervention].label
            x, y = places[intervention] + _HALF, _HEAD + 26
            yield text(name, x, y, size=_SIZE, transform=f"rotate(-40 {x:g} {y:g})")


def _row(grid: _Grid, condition: str, places: dict[str, float], y: float, right: float) -> Iterator[Element]:
    label = grid.evidence.vocabulary.conditions[condition].label
    yield line(_EDGE, y + _ROW - 2, right, y + _ROW - 2, "shade")
    yield text(label, _EDGE, y + 17, size=_SIZE)
    for intervention, x in places.items():
        tile = grid.tiles.get((condition, intervention))
        if tile is not None:
            yield _tile(tile, f"{label}, {intervention}", x, y)


def _tile(tile: MapTile, name: str, x: float, y: float) -> Element:
    halves = (("against placebo", tile.placebo, x), ("against other treatments", tile.active, x + _HALF + 1))
    said = [f"{side}: {answer.verdict if answer else 'no trials'}" for side, answer, _ in halves]
    parts = [part("title", content=f"{name}; {'; '.join(said)}")]
    if tile.placebo is None and tile.active is None:
        return group(
            *parts, part("circle", {"cx": x + _HALF, "cy": y + 12, "r": 2.2, "fill": "currentColor"})
        )
    for _, answer, left in halves:
        parts += _half(answer.verdict if answer else None, left, y)
    return group(*parts)


def _half(verdict: Verdict | None, x: float, y: float) -> list[Element]:
    if verdict is None:
        return [rectangle(x + 0.5, y + 1.5, _HALF - 1, 21, stroke="faint", stroke_width=1)]
    area = rectangle(x, y + 1, _HALF, 22, fill=verdict.mark.tone)
    return [area, group(*verdict_mark(verdict, x + _HALF / 2, y + 12, 11), **{"class": "fig-on"})]


def _legend(y: float) -> Iterator[Element]:
    """Every sign with its word, and what an empty half and a dot mean."""
    x = _EDGE
    for verdict in Verdict:
        yield from _half(verdict, x, y)
        yield text(str(verdict), x + _HALF + 7, y + 17, size=_SIZE)
        x += _HALF + text_width(str(verdict), _SIZE) + 30
    yield from _half(None, _EDGE, y + 30)
    yield text("no trials", _EDGE + _HALF + 7, y + 47, size=_SIZE)
    yield part("circle", {"cx": _EDGE + 116, "cy": y + 42, "r": 2.2, "fill": "currentColor"})
    known = "no comparative trial: series, reviews or guidelines only. A blank place: nothing was found."
    yield text(known, _EDGE + 126, y + 47, size=_SIZE)


def _description(grid: _Grid) -> str:
    """How many tiles give each verdict, against placebo and against other treatments."""
    said = []
    for side, chosen in (("placebo", lambda t: t.placebo), ("other treatments", lambda t: t.active)):
        counted = Counter(a.verdict for t in grid.tiles.values() if (a := chosen(t)))
        parts = ", ".join(f"{counted[v]} {v}" for v in Verdict if counted[v])
        said.append(f"against {side}, {counted.total()} answers: {parts or 'none'}")
    conditions = sum(len(ids) for _, ids in grid.families)
    treatments = sum(len(ids) for _, ids in grid.columns)
    return f"Map of {conditions} conditions and {treatments} treatments. {'; '.join(said).capitalize()}."


def _cells(grid: _Grid) -> Iterator[tuple[Cell, ...]]:
    for (condition, intervention), tile in grid.tiles.items():
        for half, answer in (("placebo", tile.placebo), ("other treatments", tile.active)):
            yield (condition, intervention, half, *_answer_cells(answer))


def _answer_cells(a: Answer | None) -> tuple[Cell, ...]:
    if a is None:
        return (None,) * 8
    q = a.question
    asked = (comparator_words(q.comparator_class), q.outcome, horizon_words(q))
    return (*asked, str(a.verdict), a.level.word, a.k, a.n, str(a.basis))
