"""Small drawings for the cells of a forest table: they scale with the cell and take the colour of its text.

All cells of one table share one axis, so that lines stand under each other. The words are in the table; each
drawing still names itself for readers who meet it alone.
"""

from enthesis.report.figures import interval_marks as marks
from enthesis.report.figures.axis import Axis
from enthesis.report.figures.forest_table import ForestRow, ForestSummary
from enthesis.report.figures.svg import FONTS, NAMESPACE, Attribute, Element, part, written

__all__ = ["axis_svg", "diamond_svg", "interval_svg", "prediction_svg"]

WIDTH, HEIGHT, AXIS_HEIGHT = 300.0, 30.0, 30.0
_BOX = (8.0, WIDTH - 16.0)


def interval_svg(row: ForestRow, axis: Axis) -> str:
    """The interval of one trial; only the landmarks when it cannot stand on the scale."""
    hollow = row.weight is None
    parts = marks.interval(row.effect.mark, _BOX, HEIGHT / 2, hollow=hollow) if row.effect else []
    return _cell(f"{row.label}: {row.effect_text}", axis, parts)


def diamond_svg(summary: ForestSummary, axis: Axis) -> str:
    """The mean and its interval as a diamond."""
    return _cell(f"Mean: {summary.effect_text}", axis, marks.diamond(summary.mark, _BOX, HEIGHT / 2))


def prediction_svg(summary: ForestSummary, axis: Axis) -> str:
    """Where the effect in a new setting is expected; landmarks only when that cannot be said."""
    bar = marks.prediction_bar(summary.prediction_mark, _BOX, HEIGHT / 2) if summary.prediction_mark else []
    return _cell(f"New setting: {summary.prediction_text or 'cannot be said'}", axis, bar)


def axis_svg(axis: Axis) -> str:
    """The shared axis with its labels, for the head or the foot of the column."""
    labels = ", ".join(tick.label for tick in axis.ticks)
    return written(_frame(f"Axis: {labels}", AXIS_HEIGHT, marks.tick_labels(axis, _BOX, 1.0, size=16)))


def _cell(name: str, axis: Axis, parts: list[Element]) -> str:
    return written(_frame(name, HEIGHT, [*marks.landmarks(axis, _BOX, 0.0, HEIGHT), *parts]))


def _frame(name: str, height: float, parts: list[Element]) -> Element:
    frame: dict[str, Attribute] = {
        "xmlns": NAMESPACE,
        "width": WIDTH,
        "height": height,
        "viewBox": f"0 0 {WIDTH:g} {height:g}",
        "role": "img",
        "aria-label": name,
        "class": "fig fig-cell",
        "font-family": FONTS,
    }
    return part("svg", frame, part("title", content=name), *parts)
