"""What would have been said each year: the mean of the trials known by then, and the verdict on it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.diagnostics import Step
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.axis import Axis, axis_for, mark_of
from enthesis.report.figures.figure import Figure, specified
from enthesis.report.figures.palette import LIGHT, ink_on
from enthesis.report.figures.question_words import favoured, question_title, question_words
from enthesis.report.figures.tables import Cell, Provenance, Table, notes_for
from enthesis.report.figures.text_width import text_width, wrapped
from enthesis.report.figures.vega import CONFIG, SCHEMA, heading, labels_at

__all__ = ["draw_timeline"]

_HEADING = "What would have been said each year"
_HEIGHT, _RIBBON = 240, 58
_COMPACT = 240
# Room right of the plot for the figure beside the last mean, before the names of the lines begin.
_GUTTER = 26
_WIDEST, _NARROWEST, _STEP = 940, 400, 104
# Below this width of a year its words stand upright, and people are not counted under it.
_UPRIGHT = 78
_UPRIGHT_RIBBON = 150
_COLUMNS = ("until", "trials", "people", "effect", "ci_low", "ci_high", "verdict", "added")


def draw_timeline(
    answer: Answer,
    steps: Sequence[Step],
    vocabulary: Vocabulary,
    provenance: Provenance,
    *,
    compact: bool = False,
) -> Figure:
    """Year by year: the mean with its interval, and under it the verdict of that year.

    Args:
        answer: The answer as it stands today.
        steps: Its growing pools, oldest first (``diagnose(...).timeline``).
        vocabulary: Words of the catalogue.
        provenance: State of the catalogue.
        compact: Draw it for a narrow screen, with text of the same size.

    Raises:
        CannotEstimate: Nothing is pooled.
    """
    if not steps:
        raise CannotEstimate("No trial gives a figure, so nothing could have been said in any year.")
    scale = steps[0].synthesis.scale
    ends = [end for step in steps for end in step.synthesis.judged.ci]
    axis = axis_for(scale, [step.synthesis.judged.mu for step in steps], ends)
    title = f"{_HEADING}. {question_title(answer.question, vocabulary)}"
    sides = favoured(scale, answer.question, vocabulary)
    unit = scale.unit.replace("0-100", "0–100")
    heads = [question_title(answer.question, vocabulary), _subtitle(answer, vocabulary, unit)]
    specification = _specification(steps, axis, heads, sides, compact)
    table = Table(
        notes_for(answer.question, scale, vocabulary, provenance), _COLUMNS, tuple(_cells(steps, scale))
    )
    name = "timeline-compact" if compact else "timeline"
    return specified(name, title, _description(answer, steps), specification, table, provenance)


def _subtitle(answer: Answer, vocabulary: Vocabulary, unit: str) -> str:
    return f"{question_words(answer.question, vocabulary)}; mean of the trials until then, {unit}"


def _description(answer: Answer, steps: Sequence[Step]) -> str:
    """Every change of the verdict, with its year."""
    told = [next(group) for _, group in groupby(steps, key=lambda step: step.verdict)]
    changes = ", then ".join(f"{step.verdict} ({step.label}, {_trials(step)})" for step in told)
    last = steps[-1].synthesis
    mean = numbers.effect(
        last.scale.shown(last.judged.mu), _shown(last.judged.ci, last.scale), last.scale.kind
    )
    today = f" Today's verdict is {answer.verdict}." if answer.verdict is not steps[-1].verdict else ""
    return f"Verdict over the years: {changes}. Mean of all trials: {mean}.{today}"


def _trials(step: Step) -> str:
    return f"{step.synthesis.k} trial{'s' * (step.synthesis.k != 1)}"


def _shown(ci: tuple[float, float], scale: Scale) -> tuple[float, float]:
    return scale.shown(ci[0]), scale.shown(ci[1])


def _cells(steps: Sequence[Step], scale: Scale) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    known: set[str] = set()
    for step in steps:
        s = step.synthesis
        now = {c.pick.study.id for c in s.contrasts}
        mean = (scale.shown(s.judged.mu), *_shown(s.judged.ci, scale))
        rows.append((step.label, s.k, s.n, *mean, str(step.verdict), " ".join(sorted(now - known))))
        known |= now
    return rows


def _points(steps: Sequence[Step], axis: Axis) -> list[dict[str, Any]]:
    found = []
    for at, step in enumerate(steps):
        s = step.synthesis
        mark = mark_of(s.judged.mu, s.judged.ci, axis)
        place = {"at": at + 0.5, "lo": mark.left, "hi": mark.right, "mean": mark.x}
        said = numbers.value(s.scale.shown(s.judged.mu), s.scale.kind)
        found.append(place | {"said": said, "low_cut": mark.cut_left, "high_cut": mark.cut_right})
    return found


def _specification(
    steps: Sequence[Step], axis: Axis, heads: list[str], sides: tuple[str, str], compact: bool
) -> dict[str, Any]:
    width = _COMPACT if compact else min(_WIDEST, max(_NARROWEST, _STEP * len(steps)))
    ticks = {tick.x: tick.label for tick in axis.ticks}
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "title": None,
        "axis": {"values": list(ticks), "labelExpr": labels_at(ticks)},
    }
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [0, len(steps)], "nice": False},
        "axis": None,
    }
    layers = [*_landmarks(axis, y, width), *_means(_points(steps, axis), x, y), *_sides(sides)]
    plot = {"width": width, "height": _HEIGHT, "layer": layers}
    upright = width / len(steps) < _UPRIGHT
    ribbon = {"width": width, "height": _UPRIGHT_RIBBON if upright else _RIBBON}
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "title": heading(_HEADING, heads, width + 40),
        "spacing": 34,
        "bounds": "flush",
        "vconcat": [plot, ribbon | {"layer": _ribbon(steps, width, upright)}],
    }


def _sides(sides: tuple[str, str]) -> list[dict[str, Any]]:
    """Whom each way favours, above and below the plot."""
    look = {"type": "text", "align": "left", "x": 0, "color": LIGHT["ink"]}
    named = ((f"↑ favours {sides[1]}", -10), (f"↓ favours {sides[0]}", _HEIGHT + 16))
    return [{"data": {"values": [{}]}, "mark": look | {"y": at, "text": words}} for words, at in named]


def _landmarks(axis: Axis, y: dict[str, Any], width: float) -> list[dict[str, Any]]:
    places = [{"y": axis.zero, "what": "zero"}] + [{"y": x, "what": "mcid"} for x in axis.mcid if 0 <= x <= 1]
    colour = {"condition": {"test": "datum.what == 'zero'", "value": LIGHT["line"]}, "value": LIGHT["ochre"]}
    dash = {"condition": {"test": "datum.what == 'zero'", "value": [1, 0]}, "value": [5, 4]}
    return [
        {
            "data": {"values": places},
            "mark": {"type": "rule", "strokeWidth": 1.25},
            "encoding": {"y": y | {"field": "y"}, "color": colour, "strokeDash": dash},
        },
        {
            "data": {"values": [place for place in places if place["what"] == "mcid"]},
            "mark": {"type": "text", "align": "left", "x": width + _GUTTER, "color": LIGHT["ochre"]},
            "encoding": {"y": y | {"field": "y"}, "text": {"value": "important"}},
        },
    ]


def _means(points: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Intervals as lines, means as squares with their figure, arrows where an interval goes on."""
    shape = {"type": "point", "filled": True, "opacity": 1}
    arrows = [
        {
            "data": {"values": [p for p in points if p[cut]]},
            "mark": shape | {"shape": f"triangle-{way}", "size": 70, "color": LIGHT["ink"]},
            "encoding": {"x": x, "y": y | {"field": end}},
        }
        for cut, end, way in (("low_cut", "lo", "down"), ("high_cut", "hi", "up"))
    ]
    held = [p for p in points if p["mean"] is not None]
    return [
        {
            "data": {"values": points},
            "mark": {"type": "rule", "strokeWidth": 1.75, "color": LIGHT["ink"]},
            "encoding": {"x": x, "y": y | {"field": "lo"}, "y2": {"field": "hi"}},
        },
        *arrows,
        {
            "data": {"values": held},
            "mark": shape | {"shape": "square", "size": 110, "color": LIGHT["teal"]},
            "encoding": {"x": x, "y": y | {"field": "mean"}},
        },
        *(
            {
                "data": {"values": held},
                "mark": {"type": "text", "align": "left", "dx": 10} | halo,
                "encoding": {
                    "x": x,
                    "y": y | {"field": "mean"},
                    "text": {"field": "said", "type": "nominal"},
                },
            }
            for halo in ({"stroke": LIGHT["paper"], "strokeWidth": 4}, {})
        ),
    ]


def _ribbon(steps: Sequence[Step], width: float, upright: bool) -> list[dict[str, Any]]:
    """One band for each span of years with the same verdict: its colour, its word, and the years below."""
    bands, at = [], 0
    for verdict, group in groupby(steps, key=lambda step: step.verdict):
        span = len(list(group))
        room = width * span / len(steps) - 8
        turned = upright and text_width(str(verdict), 13) > room
        lines = [str(verdict)] if turned else wrapped(str(verdict), room, 13)
        tone = verdict.mark.tone
        look = {"fill": LIGHT[tone], "ink": LIGHT[ink_on(tone)]}
        place = {"from": at, "to": at + span, "middle": at + span / 2}
        bands.append(place | {"words": lines, "angle": 270 if turned else 0} | look)
        at += span
    heads = {i + 0.5: _head(step, upright) for i, step in enumerate(steps)}
    x = {"type": "quantitative", "scale": {"domain": [0, len(steps)], "nice": False}, "title": None}
    axis = {
        "values": list(heads),
        "labelExpr": labels_at(heads),
        "ticks": False,
        "domain": False,
        "grid": False,
    }
    data = {"values": bands}
    own = {"type": "nominal", "scale": None, "legend": None}
    return [
        {
            "data": data,
            "mark": {"type": "rect", "stroke": LIGHT["paper"], "strokeWidth": 2},
            "encoding": {
                "x": x | {"field": "from", "axis": axis},
                "x2": {"field": "to"},
                "fill": own | {"field": "fill"},
            },
        },
        {
            "data": data,
            "mark": {"type": "text", "baseline": "middle", "lineHeight": 15, "fontWeight": 600, "clip": True}
            | {"dy": {"expr": "-7.5 * (length(datum.words) - 1)"}},
            "encoding": {
                "x": x | {"field": "middle", "axis": axis},
                "text": {"field": "words", "type": "nominal"},
                "color": own | {"field": "ink"},
                "angle": {"field": "angle", "type": "quantitative", "scale": None},
            },
        },
    ]


def _head(step: Step, upright: bool) -> list[str]:
    """What stands under a year."""
    if upright:
        return [step.label[:4], f"k {step.synthesis.k}"]
    return [*wrapped(step.label, _UPRIGHT, 13), _trials(step), f"{numbers.count(step.synthesis.n)} people"]
