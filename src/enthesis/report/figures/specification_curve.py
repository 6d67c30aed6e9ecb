"""The specification curve: every way to analyse the same trials from lowest to highest, and its choices.

Above, estimates with their intervals; below, one track for each level of each choice, filled where it was
taken. A level whose track is filled on one side only pulls the estimate to that side.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.evidence.fragility import Fragility
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures.axis import Axis, axis_for
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.palette import paint
from enthesis.report.figures.question_words import question_title, question_words, scale_words
from enthesis.report.figures.svg import Element, drawing, line, part, rectangle, text
from enthesis.report.figures.tables import Cell, Provenance, Table, notes_for
from enthesis.report.figures.text_width import wrapped
from enthesis.report.fragility_words import counts_words, fragility_sentences, level_words

__all__ = ["draw_specification_curve"]

# As wide as a phone, so that the words keep their size there.
_WIDTH, _EDGE = 360.0, 8.0
_LEFT, _PLOT = 146.0, 206.0
_SIZE, _SMALL, _LINE = 12.5, 11.5, 14.0
_CURVE = 190.0
_TRACK = 8.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the curve stands: places across by rank, down by effect."""

    axis: Axis
    points: int
    top: float

    def x(self, rank: float) -> float:
        return _LEFT + _PLOT * (rank / self.points)

    def y(self, effect: float) -> float:
        place = min(max(self.axis.place(effect), 0.0), 1.0)
        return self.top + _CURVE * (1.0 - place)


def draw_specification_curve(f: Fragility, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """The specification curve of one question with the choices below it."""
    title = f"How fragile: {question_title(f.question, vocabulary)}"
    description = " ".join((*fragility_sentences(f), f"{counts_words(f).capitalize()}."))
    first = wrapped(question_title(f.question, vocabulary), _WIDTH - 2 * _EDGE, _SIZE)
    heads = [*first, *_heads(f, vocabulary)]
    top = 22.0 + len(heads) * _LINE + 6
    mu = f.curve.mu.tolist()
    axis = axis_for(f.scale, mu, [x for ci in f.curve.ci.tolist() for x in ci])
    frame = _Frame(axis, len(mu), top)
    tracks, bottom = _tracks(f, frame, top + _CURVE + 20)
    feet = wrapped(f"{_legend(f)} {provenance}", _WIDTH - 2 * _EDGE, _SMALL)
    parts = [
        *(_head(said, i, is_title=i < len(first)) for i, said in enumerate(heads)),
        *_intervals(f, frame),
        *_landmarks(f, frame),
        *_curve(f, frame),
        *tracks,
        *(
            text(said, _EDGE, bottom + 16 + i * _LINE, size=_SMALL, fill="muted")
            for i, said in enumerate(feet)
        ),
    ]
    height = bottom + 22 + len(feet) * _LINE
    root = drawing(_WIDTH, height, parts, title=title, description=description, kind="specification-curve")
    return drawn("fragility", title, description, root, _table(f, vocabulary, provenance))


def _heads(f: Fragility, vocabulary: Vocabulary) -> Iterator[str]:
    yield from wrapped(question_words(f.question, vocabulary), _WIDTH - 2 * _EDGE, _SIZE)
    yield from wrapped(scale_words(f.scale, f.question, vocabulary), _WIDTH - 2 * _EDGE, _SIZE)


def _head(said: str, at: int, *, is_title: bool) -> Element:
    return text(said, _EDGE, 20 + at * _LINE, size=_SIZE, fill="ink" if is_title else "muted")


def _landmarks(f: Fragility, frame: _Frame) -> Iterator[Element]:
    right = _LEFT + _PLOT
    for tick in frame.axis.ticks:
        y = frame.top + _CURVE * (1.0 - tick.x)
        yield text(tick.label, _LEFT - 8, y + 4, size=_SMALL, anchor="end", fill="muted")
        yield line(_LEFT - 4, y, _LEFT, y, "line")
    dashed = [x for x in frame.axis.mcid if 0 <= x <= 1]
    for place in dashed:
        y = frame.top + _CURVE * (1.0 - place)
        yield line(_LEFT, y, right, y, "ochre", stroke_width=1.25, stroke_dasharray="5 4")
    zero = frame.y(0.0)
    yield line(_LEFT, zero, right, zero, "line", stroke_width=1.25)
    up, down = ("better", "worse") if f.scale.sign > 0 else ("worse", "better")
    yield text(f"\N{UPWARDS ARROW} {up}", _EDGE, frame.top + 10, size=_SMALL)
    yield text(f"\N{DOWNWARDS ARROW} {down}", _EDGE, frame.top + _CURVE, size=_SMALL)


def _intervals(f: Fragility, frame: _Frame) -> Iterator[Element]:
    width = max(0.8, _PLOT / frame.points * 0.7)
    for i, (lo, hi) in enumerate(f.curve.ci.tolist()):
        x = frame.x(i + 0.5)
        yield line(x, frame.y(hi), x, frame.y(lo), "faint", stroke_width=width)


def _curve(f: Fragility, frame: _Frame) -> Iterator[Element]:
    places = " ".join(f"{frame.x(i + 0.5):.1f},{frame.y(y):.1f}" for i, y in enumerate(f.curve.mu.tolist()))
    yield part("polyline", {**paint(stroke="teal"), "points": places, "stroke-width": 2.5})
    x, y = frame.x(_rank_of_declared(f) * frame.points), frame.y(f.declared_mu)
    shape = f"M{x:.1f} {y - 7:.1f}L{x + 6:.1f} {y:.1f}L{x:.1f} {y + 7:.1f}L{x - 6:.1f} {y:.1f}Z"
    yield part("path", {**paint("ochre", "paper"), "d": shape, "stroke-width": 1.5})


def _rank_of_declared(f: Fragility) -> float:
    """Middle of the ways that give the declared estimate, as a share of all."""
    mu = f.pools.mu
    below, same = float(np.mean(mu < f.declared_mu)), float(np.mean(mu == f.declared_mu))
    return below + same / 2


def _tracks(f: Fragility, frame: _Frame, top: float) -> tuple[list[Element], float]:
    """One track per level, and where they end."""
    made: list[Element] = []
    levels = f.pools.specifications[f.curve.position]
    y = top
    for at, axis in enumerate(f.variance.axes):
        made.append(text(axis.name.capitalize(), _EDGE, y + 10, size=_SMALL, font_weight=600))
        y += _LINE + 2
        for i, (level, count) in enumerate(zip(axis.levels, axis.counts, strict=True)):
            if not count:
                continue
            words = wrapped(level_words(level), _LEFT - _EDGE - 10, _SMALL)
            made += [
                text(said, _EDGE, y + 9 + n * _LINE, size=_SMALL, fill="muted")
                for n, said in enumerate(words)
            ]
            made.append(rectangle(_LEFT, y + 1, _PLOT, _TRACK, fill="shade"))
            made += _runs(levels[:, at] == i, frame, y + 1)
            y += len(words) * _LINE + 2
        y += 6
    return made, y


def _runs(taken: NDArray[np.bool_], frame: _Frame, y: float) -> Iterator[Element]:
    """Neighbouring points with this level as one bar."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], taken.astype(np.int8), [0]])))
    for start, end in edges.reshape(-1, 2).tolist():
        yield rectangle(frame.x(start), y, frame.x(end) - frame.x(start), _TRACK, fill="teal")


def _legend(f: Fragility) -> str:
    said = [f"From left to right: {numbers.count(len(f.pools))} ways to analyse, lowest estimate first."]
    said.append("Grey: 95% intervals. Diamond: the declared way. Solid line: no difference.")
    if f.scale.mcid:
        said.append("Dashed: the smallest difference that patients notice.")
    said.append("Below: where each choice was taken.")
    return " ".join(said)


def _table(f: Fragility, vocabulary: Vocabulary, provenance: Provenance) -> Table:
    names = [axis.name for axis in f.pools.axes]
    shown = f.scale.shown
    rows: list[tuple[Cell, ...]] = []
    curve = (x.tolist() for x in (f.curve.position, f.curve.share, f.curve.mu, f.curve.ci, f.curve.k))
    for position, share, mu, (lo, hi), k in zip(*curve, strict=True):
        taken = zip(f.pools.axes, f.pools.specifications[position].tolist(), strict=True)
        levels = [axis.levels[i] for axis, i in taken]
        rows.append((round(share, 6), shown(mu), shown(lo), shown(hi), k, position == f.declared, *levels))
    more = [("ways", counts_words(f)), ("points", f"{len(rows)} evenly spaced of {len(f.pools)}")]
    notes = notes_for(f.question, f.scale, vocabulary, provenance, more)
    return Table(notes, ("share_below", "effect", "lo", "hi", "k", "declared", *names), tuple(rows))
