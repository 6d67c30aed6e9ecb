"""Contour-enhanced funnel plot: where trials stand by effect and precision, and where significance begins.

Refused below ten trials, as the declared rules say: fewer cannot show asymmetry, and the eye sees it anyway.
"""

from dataclasses import dataclass
from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.axis import Axis, axis_for
from enthesis.report.figures.figure import Figure, specified
from enthesis.report.figures.forest_table import study_label
from enthesis.report.figures.palette import LIGHT
from enthesis.report.figures.question_words import question_title, question_words, scale_words
from enthesis.report.figures.tables import Provenance, Table, notes_for
from enthesis.report.figures.vega import CONFIG, SCHEMA, heading, labels_at
from enthesis.statistics.bias import FunnelPlot, funnel_plot

__all__ = ["draw_funnel"]

_WIDTH, _HEIGHT = 600, 360
_HEADING = "Do small trials say something else?"
_BELOW = 1.04
_CONTOURS = (0.05, 0.01)
_ZONES = {"p below 0.01": "faint", "p from 0.01 to 0.05": "shade", "p above 0.05": "paper"}
_COLUMNS = ("study_id", "label", "effect", "y", "se", "p")


def draw_funnel(
    answer: Answer, rules: EvidenceRules, vocabulary: Vocabulary, provenance: Provenance
) -> Figure:
    """The funnel plot of one answer.

    Raises:
        CannotEstimate: Fewer trials than the rules ask for; the message gives the reason.
    """
    s = _enough(answer, rules)
    plot = funnel_plot(
        [e.y for e in s.effects], [e.v for e in s.effects], centre=s.pooled.mu, contours=_CONTOURS
    )
    edges = [end for contour in plot.contours for end in (contour.left, contour.right)]
    axis = axis_for(s.scale, [p.y for p in plot.points], [*edges, *plot.left, *plot.right])
    about = question_title(answer.question, vocabulary)
    drawn = "line: mean; dashed: where 95 of 100 trials fall by chance alone"
    heads = [about, f"{question_words(answer.question, vocabulary)}, {s.k} trials; {drawn}"]
    frame = _Frame(plot, axis, scale_words(s.scale, answer.question, vocabulary))
    notes = notes_for(
        answer.question, s.scale, vocabulary, provenance, [("centre", f"{s.pooled.mu!r}, REML")]
    )
    table = Table(notes, _COLUMNS, _cells(s, plot))
    return specified(
        "funnel",
        f"{_HEADING} {about}",
        _description(s, plot),
        _specification(frame, heads),
        table,
        provenance,
    )


def _enough(answer: Answer, rules: EvidenceRules) -> Synthesis:
    needed = rules.certainty["small_study_k"]
    if answer.synthesis is None or answer.k < needed.value:
        said = f"A funnel plot needs at least {needed.value:.0f} trials; {answer.k} can be pooled here"
        raise CannotEstimate(f"{said}: {needed.why}.")
    return answer.synthesis


def _description(s: Synthesis, plot: FunnelPlot) -> str:
    significant = sum(p.band is not None and p.band <= 0.05 for p in plot.points)
    mean = numbers.value(s.scale.shown(s.pooled.mu), s.scale.kind)
    return (
        f"Funnel plot of {s.k} trials around the mean {mean}; {significant} of them have p below 0.05. "
        "Asymmetry shows small-study effects; selective reporting is only one of their causes."
    )


def _cells(s: Synthesis, plot: FunnelPlot) -> tuple[tuple[str | float, ...], ...]:
    held = zip(s.contrasts, plot.points, strict=True)
    return tuple((c.pick.study.id, study_label(c), s.scale.shown(p.y), p.y, p.se, p.p) for c, p in held)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot with its axes: effects across as places 0-1, standard errors downwards."""

    plot: FunnelPlot
    axis: Axis
    unit: str

    @property
    def down(self) -> float:
        """Standard error at the foot, a little below the least precise trial."""
        return self.plot.se_max * _BELOW

    def x(self, field: str) -> dict[str, Any]:
        """Encoding of a field across."""
        ticks = {tick.x: tick.label for tick in self.axis.ticks}
        return {
            "field": field,
            "type": "quantitative",
            "scale": {"domain": [0, 1], "nice": False},
            "title": self.unit,
            "axis": {"values": list(ticks), "labelExpr": labels_at(ticks), "grid": False},
        }

    def y(self) -> dict[str, Any]:
        """Encoding of the standard error downwards."""
        return {
            "field": "se",
            "type": "quantitative",
            "title": "Standard error (precise trials on top)",
            "scale": {"domain": [0, self.down], "reverse": True, "nice": False},
            "axis": {"grid": False, "tickCount": 5},
        }

    def line(self, ends: list[tuple[float, float]], token: str, dash: list[int]) -> dict[str, Any]:
        """A line through (standard error, effect) points."""
        look = {"type": "line", "strokeWidth": 1.5, "clip": True, "color": LIGHT[token], "strokeDash": dash}
        return {
            "data": {"values": [{"se": se, "at": self.axis.place(y)} for se, y in ends]},
            "mark": look,
            "encoding": {"x": self.x("at"), "y": self.y(), "order": {"field": "se", "type": "quantitative"}},
        }


def _specification(frame: _Frame, heads: list[str]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "title": heading(_HEADING, heads, _WIDTH),
        "width": _WIDTH,
        "height": _HEIGHT,
        "layer": [*_zones(frame), *_contours(frame), *_funnel(frame), _trials(frame)],
    }


def _zones(frame: _Frame) -> list[dict[str, Any]]:
    """Areas by p-value, the widest first, so that each lies on the one before; white is not significant."""
    plot, axis = frame.plot, frame.axis
    rows = [[(0.0, 0.0, 1.0), (frame.down, 0.0, 1.0)]]
    for contour in sorted(plot.contours, key=lambda c: c.p):
        left, right = (axis.place(_stretched(end, plot.null)) for end in (contour.left, contour.right))
        top = axis.place(plot.null)
        rows.append([(0.0, top, top), (frame.down, left, right)])
    return [_area(frame, ends, zone) for ends, zone in zip(rows, _ZONES, strict=True)]


def _stretched(end: float, null: float) -> float:
    """Where a line from the null goes when it is drawn down to the foot of the frame."""
    return null + _BELOW * (end - null)


def _area(frame: _Frame, ends: list[tuple[float, float, float]], zone: str) -> dict[str, Any]:
    legend = {
        "title": None, "orient": "bottom", "symbolType": "square", "symbolStrokeColor": LIGHT["line"],
        "symbolStrokeWidth": 1, "symbolSize": 160, "labelFontSize": 13, "labelLimit": 0,
        "labelColor": LIGHT["ink"],
    }  # fmt: skip
    scale = {"domain": list(_ZONES), "range": [LIGHT[token] for token in _ZONES.values()]}
    colour = {"field": "zone", "type": "nominal", "scale": scale, "legend": legend, "sort": None}
    rows = [{"se": se, "left": left, "right": right, "zone": zone} for se, left, right in ends]
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "orient": "horizontal", "clip": True, "opacity": 1},
        "encoding": {"x": frame.x("left"), "x2": {"field": "right"}, "y": frame.y(), "color": colour},
    }


def _contours(frame: _Frame) -> list[dict[str, Any]]:
    null = frame.plot.null
    ends = [end for contour in frame.plot.contours for end in (contour.left, contour.right)]
    return [frame.line([(0.0, null), (frame.down, _stretched(end, null))], "line", [1, 0]) for end in ends]


def _funnel(frame: _Frame) -> list[dict[str, Any]]:
    """The mean, and the lines between which 95 of 100 trials are expected if only chance moves them."""
    plot = frame.plot
    middle = [(se, plot.centre) for se in (0.0, plot.se_max) if plot.centre is not None]
    sides = [list(zip(plot.se, side, strict=True)) for side in (plot.left, plot.right)]
    return [frame.line(middle, "teal", [1, 0]), *(frame.line(side, "teal", [6, 4]) for side in sides)]


def _trials(frame: _Frame) -> dict[str, Any]:
    look = {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": LIGHT["ink"]}
    return {
        "data": {"values": [{"se": p.se, "at": frame.axis.place(p.y)} for p in frame.plot.points]},
        "mark": look | {"stroke": LIGHT["paper"], "strokeWidth": 1.5},
        "encoding": {"x": frame.x("at"), "y": frame.y()},
    }
