"""The geometry of a network: who was compared with whom, by how many trials, with how many people.

Treatments stand on an ellipse, their area is their people; lines are direct comparisons, as wide as their
trials are many and numbered where there is room. What no line joins was never compared in a trial.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from enthesis.domain.evidence.network_trials import PLACEBO
from enthesis.domain.evidence.networks import TrialNetwork
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.palette import paint
from enthesis.report.figures.svg import Attribute, Element, drawing, group, line, part, text
from enthesis.report.figures.tables import Cell, Provenance, Table
from enthesis.report.figures.text_width import text_width, wrapped
from enthesis.report.network_words import network_moment, network_title, treatment_words
from enthesis.statistics.network import Geometry, Link, Node

__all__ = ["draw_network"]

# As wide as a phone, so that the words keep their size there.
_WIDTH, _EDGE = 360.0, 8.0
_SIZE, _SMALL, _LINE = 12.5, 11.5, 15.0
_LARGEST, _SMALLEST, _GAP = 16.0, 4.0, 6.0
_THICKEST, _THINNEST, _PER_TRIAL = 12.0, 1.2, 1.6
_NARROWEST, _WIDEST = 40.0, 100.0
# Numbers on more lines than these would stand on one another.
_MOST_NUMBERED = 14
_HEAD = 62.0
_COLUMNS = ("kind", "treatment", "compared_with", "part", "trials", "people", "multi_arm_trials", "studies")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a treatment stands, how large, and its label."""

    node: Node
    x: float
    y: float
    r: float
    lines: tuple[str, ...]
    side: float


def draw_network(held: TrialNetwork, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """Every treatment and every direct comparison of a network."""
    shape = held.geometry
    title = network_title(held.key, vocabulary)
    description = _description(held, shape, vocabulary)
    spots, bottom = _spots(shape, vocabulary)
    foot = wrapped(_legend(shape), _WIDTH - 2 * _EDGE, _SMALL)
    source = wrapped(str(provenance), _WIDTH - 2 * _EDGE, _SMALL)
    parts = [
        *_title(held, vocabulary),
        *_areas(shape, spots),
        *_links(shape, spots),
        *(group(*_node(spot)) for spot in spots.values()),
        *(
            text(said, _EDGE, bottom + 14 + i * _LINE, size=_SMALL, fill="muted")
            for i, said in enumerate((*foot, *source))
        ),
    ]
    height = bottom + 14 + (len(foot) + len(source)) * _LINE
    root = drawing(_WIDTH, height, parts, title=title, description=description, kind="network")
    notes = (("network", title), ("shape", description), ("source", str(provenance)))
    return drawn("network", title, description, root, Table(notes, _COLUMNS, tuple(_cells(shape))))


def _title(held: TrialNetwork, vocabulary: Vocabulary) -> Iterator[Element]:
    yield text(vocabulary.conditions[held.key.condition].label, _EDGE, 22, size=16, font_weight=600)
    yield text(f"{network_moment(held.key, vocabulary).capitalize()}", _EDGE, 42, size=_SIZE, fill="muted")


def _spots(shape: Geometry, vocabulary: Vocabulary) -> tuple[dict[str, _Spot], float]:
    nodes = sorted(shape.nodes, key=lambda node: node.part)
    names = [treatment_words(node.treatment, vocabulary) for node in nodes]
    places = list(_levels(len(nodes)))
    rx = min(_WIDEST, *(_reach(name, side) for name, (side, _) in zip(names, places, strict=True)))
    rooms = [_WIDTH / 2 - _EDGE - _LARGEST - _GAP - rx * abs(side) for side, _ in places]
    labels = [wrapped(name, room if side else 220.0, _SIZE) for name, room, (side, _) in
              zip(names, rooms, places, strict=True)]  # fmt: skip
    deepest = max(len(lines) + 1 for lines in labels)
    ry = max(80.0, (len(nodes) // 2 + 1) * (deepest * _LINE + 4) / 2)
    middle, most = _HEAD + 4 * _LINE + ry, max(node.n for node in nodes)
    spots = {}
    for node, lines, (side, level) in zip(nodes, labels, places, strict=True):
        r = max(_SMALLEST, _LARGEST * sqrt(node.n / most))
        people = f"{numbers.count(round(node.n))} people"
        x, y = _WIDTH / 2 + rx * side, middle + ry * level
        spots[node.treatment] = _Spot(node, x, y, r, (*lines, people), side)
    return spots, max(spot.y for spot in spots.values()) + _LARGEST + 3.2 * _LINE


def _levels(count: int) -> Iterator[tuple[float, float]]:
    """Places on a circle, clockwise from the top, evenly spaced in height so that labels have room."""
    yield 0.0, -1.0
    each, has_bottom = (count - 1) // 2, count % 2 == 0
    step = 2.0 / (each + (1.0 if has_bottom else 0.5))
    heights = [-1.0 + step * (i + 1) for i in range(each)]
    yield from ((sqrt(1.0 - level**2), level) for level in heights)
    if has_bottom:
        yield 0.0, 1.0
    yield from ((-sqrt(1.0 - level**2), level) for level in reversed(heights))


def _reach(name: str, side: float) -> float:
    """How far to the side a treatment may stand so that its longest word stays whole."""
    if not side:
        return _WIDEST
    longest = max(text_width(word, _SIZE) for word in name.split())
    return max(_NARROWEST, (_WIDTH / 2 - _EDGE - _LARGEST - _GAP - longest) / abs(side))


def _node(spot: _Spot) -> Iterator[Element]:
    is_placebo = spot.node.treatment == PLACEBO
    look: dict[str, Attribute] = dict(paint("paper", "ink") if is_placebo else paint("teal", "paper"))
    look |= {"cx": spot.x, "cy": spot.y, "r": spot.r, "stroke-width": 2.5 if is_placebo else 1.5}
    said = f"{' '.join(spot.lines[:-1])}: {spot.node.k} trials, {spot.lines[-1]}"
    yield part("circle", look, part("title", content=said))
    x, anchor, first = _place(spot)
    for i, words in enumerate(spot.lines):
        is_size = i == len(spot.lines) - 1
        size, fill = (_SMALL, "muted") if is_size else (_SIZE, "ink")
        yield text(words, x, first + i * _LINE, size=size, anchor=anchor, fill=fill)


def _place(spot: _Spot) -> tuple[float, str, float]:
    """Where a label begins: beside its treatment, or above and below at the two ends."""
    deep = len(spot.lines) * _LINE
    if spot.side:
        x = spot.x + (spot.r + _GAP if spot.side > 0 else -spot.r - _GAP)
        return x, "start" if spot.side > 0 else "end", spot.y - deep / 2 + 11
    is_top = spot.y < _HEAD + 4 * _LINE + 1
    return spot.x, "middle", spot.y - spot.r - _GAP - deep + _LINE if is_top else spot.y + spot.r + _LINE


def _areas(shape: Geometry, spots: dict[str, _Spot]) -> Iterator[Element]:
    """A shade between the treatments that one trial compared all at once."""
    order = list(spots)
    for design in shape.multi_arm:
        corners = sorted(design, key=order.index)
        points = " ".join(f"{spots[t].x:.1f},{spots[t].y:.1f}" for t in corners)
        yield part("polygon", {"points": points} | paint("shade"))


def _links(shape: Geometry, spots: dict[str, _Spot]) -> Iterator[Element]:
    most = max(link.k for link in shape.links)
    per_trial = min(_PER_TRIAL, _THICKEST / most)
    for link in shape.links:
        a, b = (spots[t] for t in link.treatments)
        yield line(a.x, a.y, b.x, b.y, "line", stroke_width=max(_THINNEST, per_trial * link.k))
    if len(shape.links) <= _MOST_NUMBERED:
        for link in shape.links:
            yield from _number(link, *(spots[t] for t in link.treatments))


def _number(link: Link, a: _Spot, b: _Spot) -> Iterator[Element]:
    # Off the middle, where lines cross.
    x, y = a.x + 0.42 * (b.x - a.x), a.y + 0.42 * (b.y - a.y)
    yield part("circle", {**paint("paper"), "cx": x, "cy": y, "r": 8})
    yield text(str(link.k), x, y + 4, size=_SMALL, anchor="middle")


def _legend(shape: Geometry) -> str:
    said = ["Area: people. Width of a line: trials that compare the two directly"]
    said[0] += ", with their number." if len(shape.links) <= _MOST_NUMBERED else "."
    if shape.multi_arm:
        said.append("Shaded: compared at once in one trial.")
    if any(node.treatment == PLACEBO for node in shape.nodes):
        said.append("Hollow: placebo.")
    return " ".join(said)


def _description(held: TrialNetwork, shape: Geometry, vocabulary: Vocabulary) -> str:
    """Size and shape, and the comparisons that more than one trial made."""
    parts, k = len(held.network.components), len(held.trials)
    whole = "all linked" if parts == 1 else f"in {parts} parts that no trial links"
    often = sorted((link for link in shape.links if link.k > 1), key=lambda link: -link.k)
    once = len(shape.links) - len(often)
    said = [f"{_pair(link, vocabulary)} by {link.k} trials" for link in often]
    said += [f"{once} pair{'s' * (once > 1)}{' more' if often else ''} by one trial each"] if once else []
    return (
        f"{len(shape.nodes)} treatments, {whole}, from {k} trial{'s' * (k > 1)} with "
        f"{numbers.count(held.n)} people. Compared directly: {', '.join(said)}."
    )


def _pair(link: Link, vocabulary: Vocabulary) -> str:
    a, b = (treatment_words(t, vocabulary, start=False) for t in link.treatments)
    return f"{b} against {a}"


def _cells(shape: Geometry) -> Iterator[tuple[Cell, ...]]:
    for node in shape.nodes:
        yield "treatment", node.treatment, None, node.part + 1, node.k, round(node.n), None, None
    for link in shape.links:
        a, b = link.treatments
        people = round(link.n)
        yield "comparison", b, a, link.part + 1, link.k, people, link.k_multi_arm, "; ".join(link.studies)
