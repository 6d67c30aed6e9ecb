"""How probable a benefit is, for every size that someone may call important.

Important differences are disputed; a curve lets each reader use their own. Harm of the same size is drawn
beside benefit, in the same way.
"""

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.diagnostics import benefit_curve
from enthesis.domain.evidence.rules import Mcid
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.axis import linear_ticks
from enthesis.report.figures.benefit_words import disputed_words, mirrored_words, size_words, threshold_shown
from enthesis.report.figures.figure import Figure, specified
from enthesis.report.figures.palette import LIGHT
from enthesis.report.figures.question_words import question_title, question_words
from enthesis.report.figures.tables import Cell, Provenance, Table, notes_for
from enthesis.report.figures.vega import CONFIG, SCHEMA, heading, labels_at

__all__ = ["draw_benefit_curve"]

_HEADING = "How probable is a benefit that matters?"
_WIDTH, _COMPACT, _HEIGHT = 620, 270, 260
_SHORT = {"mean": "better (mean)", "new": "better (new setting)", "worse": "worse (mean)"}
_TENTHS: dict[float, str | list[str]] = {i / 10: f"{i} in 10" if i else "0" for i in range(0, 11, 2)}
_RATIOS = (1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0)
_LOOKS: dict[str, tuple[str, list[int]]] = {
    "mean": ("teal", [1, 0]),
    "new": ("teal", [7, 5]),
    "worse": ("ochre", [2, 3]),
}


@dataclass(frozen=True, slots=True)
class _Curves:
    """Probabilities over thresholds: of the mean, of a new setting where that can be said, and of harm."""

    scale: Scale
    mcid: Mcid
    thresholds: tuple[float, ...]
    held: dict[str, tuple[float, ...]]
    names: dict[str, str]


def draw_benefit_curve(
    answer: Answer, vocabulary: Vocabulary, provenance: Provenance, *, compact: bool = False
) -> Figure:
    """P(effect beyond a threshold) over the threshold, for the mean, a new setting, and for harm.

    ``compact`` draws it for a narrow screen, with text of the same size.

    Raises:
        CannotEstimate: Nothing is pooled, or no important difference is set on this scale.
    """
    s = answer.synthesis
    if s is None:
        raise CannotEstimate("No trial gives a figure, so no probability of benefit can be computed.")
    curves = _curves(s, compact)
    about = question_title(answer.question, vocabulary)
    disputed = f"Grey: what matters is disputed, {disputed_words(s.scale, curves.mcid)}"
    heads = [about, f"{question_words(answer.question, vocabulary)}. {disputed}"]
    notes = notes_for(answer.question, s.scale, vocabulary, provenance, [("law", s.judged.method)])
    return specified(
        "benefit-curve-compact" if compact else "benefit-curve",
        f"{_HEADING} {about}",
        _description(s, curves.mcid),
        _specification(curves, heads, _COMPACT if compact else _WIDTH),
        _table(curves, notes),
        provenance,
    )


def _curves(s: Synthesis, compact: bool) -> _Curves:
    curve, mcid = benefit_curve(s), s.scale.mcid
    if curve is None or mcid is None:
        raise CannotEstimate(f"No important difference is agreed on the scale of this pool ({s.scale.unit}).")
    away = -np.array(curve.thresholds) * s.scale.sign
    worse = np.asarray(s.judged.beyond(away, higher=s.scale.sign < 0))
    held = {"mean": curve.mean, "worse": tuple(worse.tolist())}
    if curve.new_setting is not None:
        held["new"] = curve.new_setting
    names = _names(s, mcid)
    if compact:
        names = {name: _SHORT[name] for name in names}
    return _Curves(s.scale, mcid, curve.thresholds, held, names)


def _names(s: Synthesis, mcid: Mcid) -> dict[str, str]:
    """Name of each line with its value at the important difference, so that the legend can be read aloud."""
    at = size_words(s.scale, mcid)
    back = mirrored_words(s.scale, mcid)
    names = {"mean": f"mean effect better by at least this ({at}: {_said(s.p_benefit)})"}
    if s.p_benefit_new is not None:
        names["new"] = f"effect in a new setting better by at least this ({at}: {_said(s.p_benefit_new)})"
    return names | {"worse": f"mean effect worse by at least as much ({back}: {_said(s.p_harm)})"}


def _said(p: float | None) -> str:
    return "not known" if p is None else numbers.probability(p)


def _description(s: Synthesis, mcid: Mcid) -> str:
    new = f" In a new setting: {_said(s.p_benefit_new)}." if s.p_benefit_new is not None else ""
    at = size_words(s.scale, mcid)
    return (
        f"Probability that the mean effect is better by at least {at}: {_said(s.p_benefit)}; "
        f"worse by at least as much: {_said(s.p_harm)}.{new} "
        f"What matters is disputed: {disputed_words(s.scale, mcid)}."
    )


def _specification(curves: _Curves, heads: list[str], width: float) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "title": heading(_HEADING, heads, width + 40),
        "width": width,
        "height": _HEIGHT,
        "layer": [*_important(curves), _lines(curves)],
    }


def _ticks(curves: _Curves) -> dict[float, str | list[str]]:
    scale, high = curves.scale, curves.thresholds[-1]
    if not scale.is_ratio:
        return dict(linear_ticks(0.0, high))
    return {log(r): numbers.ratio(threshold_shown(scale, log(r))) for r in _RATIOS if log(r) <= high}


def _lines(curves: _Curves) -> dict[str, Any]:
    unit = ["Difference called important", f"({curves.scale.unit.replace('0-100', '0–100')})"]
    if curves.scale.is_ratio:
        unit = ["Ratio called important"]
    ticks = _ticks(curves)
    x = {
        "field": "t",
        "type": "quantitative",
        "title": unit,
        "scale": {"domain": [0, curves.thresholds[-1]], "nice": False},
        "axis": {"values": list(ticks), "labelExpr": labels_at(ticks), "grid": False},
    }
    y = {
        "field": "p",
        "type": "quantitative",
        "title": "Probability",
        "scale": {"domain": [0, 1]},
        "axis": {"values": list(_TENTHS), "labelExpr": labels_at(_TENTHS)},
    }
    rows = [
        {"t": round(t, 6), "p": round(p, 6), "line": words}
        for name, words in curves.names.items()
        for t, p in zip(curves.thresholds, curves.held[name], strict=True)
    ]
    look = {"type": "line", "strokeWidth": 2.5}
    return {"data": {"values": rows}, "mark": look, "encoding": {"x": x, "y": y} | _told_apart(curves)}


def _told_apart(curves: _Curves) -> dict[str, Any]:
    """Lines differ by colour and by dashes, and the legend names both."""
    legend = {
        "title": None, "orient": "bottom", "direction": "vertical", "labelLimit": 0, "labelFontSize": 13,
        "symbolSize": 900, "symbolStrokeWidth": 2.5, "symbolType": "stroke", "offset": 14,
        "labelColor": LIGHT["ink"],
    }  # fmt: skip
    names = list(curves.names.values())
    looks = [_LOOKS[name] for name in curves.names]
    line = {"field": "line", "type": "nominal", "legend": legend, "sort": None}
    return {
        "color": line | {"scale": {"domain": names, "range": [LIGHT[token] for token, _ in looks]}},
        "strokeDash": line | {"scale": {"domain": names, "range": [dash for _, dash in looks]}},
    }


def _important(curves: _Curves) -> list[dict[str, Any]]:
    """The disputed span as a shade, the important difference as a dashed line with its name above."""
    mcid = curves.mcid
    words = "important" if curves.scale.is_ratio else f"patients notice: {size_words(curves.scale, mcid)}"
    at = {"data": {"values": [{"t": mcid.value}]}}
    x = {"field": "t", "type": "quantitative"}
    return [
        {
            "data": {"values": [{"t": mcid.low, "until": mcid.high}]},
            "mark": {"type": "rect", "color": LIGHT["shade"]},
            "encoding": {"x": x, "x2": {"field": "until"}},
        },
        at
        | {
            "mark": {"type": "rule", "color": LIGHT["ochre"], "strokeDash": [5, 4], "strokeWidth": 1.5},
            "encoding": {"x": x},
        },
        at
        | {
            "mark": {"type": "text", "y": -9, "color": LIGHT["ochre"], "text": words},
            "encoding": {"x": x},
        },
    ]


def _table(curves: _Curves, notes: tuple[tuple[str, str], ...]) -> Table:
    new = curves.held.get("new") or (None,) * len(curves.thresholds)
    held = zip(curves.thresholds, curves.held["mean"], new, curves.held["worse"], strict=True)
    rows: list[tuple[Cell, ...]] = [(threshold_shown(curves.scale, t), p, q, w) for t, p, q, w in held]
    return Table(notes, ("threshold", "p_better", "p_better_new_setting", "p_worse"), tuple(rows))
