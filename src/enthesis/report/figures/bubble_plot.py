"""Bubble plots: effect against moderator, a small panel for each that could be fitted at all.

A bubble is a trial, its area its weight; the line is the meta-regression. Panels with fewer than the trials
needed say so in themselves, because a drawn line is believed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from enthesis.domain.evidence.moderators import Moderation, Point, Tried
from enthesis.domain.evidence.questions import Question
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report.figures.axis import Axis, axis_for
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.forest_table import study_label
from enthesis.report.figures.palette import paint
from enthesis.report.figures.question_words import question_title, scale_words
from enthesis.report.figures.svg import Element, drawing, line, part, text
from enthesis.report.figures.tables import Cell, Provenance, Table
from enthesis.report.figures.text_width import wrapped
from enthesis.report.moderator_words import moderation_lead, slope_words

__all__ = ["draw_bubbles"]

_WIDTH, _EDGE = 360.0, 8.0
_LEFT, _PLOT, _DEEP = 52.0, 296.0, 170.0
_SIZE, _SMALL, _LINE = 12.5, 11.5, 14.0
_LARGEST, _SMALLEST = 15.0, 3.5
_MOST_VALUES = 5
_COLUMNS = ("moderator", "study_id", "label", "value", "effect", "y", "se", "weeks")


@dataclass(frozen=True, slots=True)
class _Panel:
    """One moderator in its frame."""

    tried: Tried
    axis: Axis
    top: float

    @property
    def span(self) -> tuple[float, float]:
        """First and last value with room on both sides."""
        values = [p.value for p in self.tried.points]
        room = 0.12 * (max(values) - min(values))
        return min(values) - room, max(values) + room

    def x(self, value: float) -> float:
        lo, hi = self.span
        return _LEFT + _PLOT * (value - lo) / (hi - lo)

    def y(self, effect: float) -> float:
        return self.top + _DEEP * (1.0 - min(max(self.axis.place(effect), 0.0), 1.0))


def draw_bubbles(m: Moderation, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """A panel for every moderator that could be fitted.

    Raises:
        CannotEstimate: None could; the message says so.
    """
    if not m.fitted or m.pool.scale is None:
        raise CannotEstimate("No moderator is told by enough trials to draw anything.")
    kin = m.pool.kin
    question = Question(kin.condition, kin.intervention, kin.comparator_class, kin.outcome, None)
    title = f"{question_title(question, vocabulary)}: {vocabulary.label('outcome', kin.outcome).lower()}"
    heads = [*_lines(title, _SIZE), *_lines(scale_words(m.pool.scale, question, vocabulary), _SMALL)]
    parts = [
        text(said, _EDGE, 20 + i * _LINE, size=_SMALL, fill="muted" if i else "ink")
        for i, said in enumerate(heads)
    ]
    top = 30 + len(heads) * _LINE
    for tried in m.fitted:
        made, top = _panel(tried, m, top)
        parts += made
    feet = _lines(f"Area of a bubble: weight of the trial. Line: meta-regression. {provenance}", _SMALL)
    parts += [text(said, _EDGE, top + i * _LINE, size=_SMALL, fill="muted") for i, said in enumerate(feet)]
    description = " ".join((moderation_lead(m), *_told(m)))
    root = drawing(
        _WIDTH, top + len(feet) * _LINE, parts, title=title, description=description, kind="bubbles"
    )
    notes = (("question", title), ("lead", moderation_lead(m)), ("source", str(provenance)))
    return drawn("moderators", title, description, root, Table(notes, _COLUMNS, tuple(_cells(m))))


def _lines(said: str, size: float) -> list[str]:
    return wrapped(said, _WIDTH - 2 * _EDGE, size)


def _told(m: Moderation) -> Iterator[str]:
    for t in m.fitted:
        few = f" ({t.too_few})" if t.too_few else ""
        if m.pool.scale is not None:
            yield f"{t.moderator.name.capitalize()}: {slope_words(t, m.pool.scale)}{few}."


def _panel(tried: Tried, m: Moderation, top: float) -> tuple[list[Element], float]:
    scale = m.pool.scale
    if scale is None:
        return [], top
    few = _lines(f"{tried.too_few[0].upper()}{tried.too_few[1:]}." if tried.too_few else "", _SMALL)
    head = top + 14
    name = f"{tried.moderator.name.capitalize()} ({tried.moderator.unit})"
    parts = [text(name, _EDGE, head, size=_SIZE, font_weight=600)]
    parts += [
        text(said, _EDGE, head + (i + 1) * _LINE, size=_SMALL, fill="ochre") for i, said in enumerate(few)
    ]
    panel = _Panel(tried, axis_for(scale, [p.y for p in tried.points], []), head + 10 + len(few) * _LINE)
    parts += [*_frame(panel), *_line(panel), *_bubbles(panel)]
    return parts, panel.top + _DEEP + 52


def _frame(panel: _Panel) -> Iterator[Element]:
    right, bottom = _LEFT + _PLOT, panel.top + _DEEP
    for tick in panel.axis.ticks:
        y = panel.top + _DEEP * (1.0 - tick.x)
        yield text(tick.label, _LEFT - 8, y + 4, size=_SMALL, anchor="end", fill="muted")
        yield line(_LEFT - 4, y, _LEFT, y, "line")
    for place in (x for x in panel.axis.mcid if 0 <= x <= 1):
        y = panel.top + _DEEP * (1.0 - place)
        yield line(_LEFT, y, right, y, "ochre", stroke_width=1.25, stroke_dasharray="5 4")
    yield line(_LEFT, panel.y(0.0), right, panel.y(0.0), "line", stroke_width=1.25)
    yield line(_LEFT, bottom, right, bottom, "line")
    for value, label in _ticks(panel):
        x = panel.x(value)
        yield line(x, bottom, x, bottom + 4, "line")
        yield text(label, x, bottom + 17, size=_SMALL, anchor="middle", fill="muted")


def _ticks(panel: _Panel) -> Iterator[tuple[float, str]]:
    moderator, points = panel.tried.moderator, panel.tried.points
    if moderator.labels:
        yield from ((0.0, moderator.labels[0]), (1.0, moderator.labels[1]))
    elif len(values := sorted({p.value for p in points})) <= _MOST_VALUES:
        yield from ((v, f"{moderator.shown(v):.3g}") for v in values)
    else:
        shown = [(v, moderator.shown(v)) for v in np.linspace(values[0], values[-1], _MOST_VALUES)]
        yield from ((v, f"{x:.3g}") for v, x in shown)


def _line(panel: _Panel) -> Iterator[Element]:
    fitted = panel.tried.fitted
    if fitted is None:
        return
    intercept = fitted.regression.coefficients[0].estimate
    values = [p.value for p in panel.tried.points]
    a, b = min(values), max(values)
    ends = [(panel.x(v), panel.y(intercept + fitted.coefficient * v)) for v in (a, b)]
    dash = "4 4" if panel.tried.too_few else None
    yield line(*ends[0], *ends[1], "teal", stroke_width=1.75, stroke_dasharray=dash)


def _bubbles(panel: _Panel) -> Iterator[Element]:
    fitted, points = panel.tried.fitted, panel.tried.points
    tau2 = fitted.regression.tau2 if fitted else 0.0
    weights = [1.0 / (p.v + tau2) for p in points]
    for p, r in zip(points, _radii(weights), strict=True):
        look = paint("good-1", "teal") | {"fill-opacity": 0.75}
        yield part(
            "circle",
            {**look, "cx": panel.x(p.value), "cy": panel.y(p.y), "r": r, "stroke-width": 1.25},
            part("title", content=_said(panel.tried, p)),
        )


def _radii(weights: Sequence[float]) -> list[float]:
    most = max(weights)
    return [max(_SMALLEST, _LARGEST * sqrt(w / most)) for w in weights]


def _said(t: Tried, p: Point) -> str:
    value = t.moderator.labels[int(p.value)] if t.moderator.labels else f"{t.moderator.shown(p.value):.3g}"
    return f"{study_label(p.contrast)}: {t.moderator.name} {value}"


def _cells(m: Moderation) -> Iterator[tuple[Cell, ...]]:
    for t in m.tried:
        for p in t.points:
            shown = m.pool.scale.shown(p.y) if m.pool.scale else p.y
            pick = p.contrast.pick
            yield (
                t.moderator.name,
                pick.study.id,
                study_label(p.contrast),
                t.moderator.shown(p.value),
                shown,
                p.y,
                sqrt(p.v),
                pick.result.weeks,
            )
