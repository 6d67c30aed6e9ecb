"""Shapes of a forest plot: interval with its square, diamond, prediction bar, landmarks, ticks.

Each takes places 0-1 and the box (left edge and width) to draw them in, so that a table cell and a whole plot
show the same picture. An interval that goes on beyond the axis ends in an arrow.
"""

from collections.abc import Iterator

from enthesis.report.figures.axis import Axis, IntervalMark
from enthesis.report.figures.palette import paint
from enthesis.report.figures.svg import Element, line, part, rectangle, text
from enthesis.report.figures.text_width import text_width

__all__ = ["Box", "diamond", "interval", "landmarks", "prediction_bar", "tick_labels"]

LARGEST_SQUARE = 13.0
SMALLEST_SQUARE = 4.0
_ARROW = 6.0

Box = tuple[float, float]  # left edge and width of the drawing, in pixels


def _at(box: Box, place: float) -> float:
    return box[0] + box[1] * place


def interval(mark: IntervalMark, box: Box, y: float, *, hollow: bool = False) -> list[Element]:
    """A trial: its interval as a line, its effect as a square whose area stands for its weight."""
    left, right = _at(box, mark.left), _at(box, mark.right)
    parts = []
    if mark.right > mark.left:
        parts.append(line(left, y, right, y, stroke_width=1.5, stroke_dasharray="3 2" if hollow else None))
    parts += _arrows(mark, left, right, y)
    if mark.x is not None:
        side = max(SMALLEST_SQUARE, LARGEST_SQUARE * mark.side)
        place = (_at(box, mark.x) - side / 2, y - side / 2, side, side)
        parts.append(
            rectangle(*place, fill="paper", stroke="ink", stroke_width=1.5)
            if hollow
            else rectangle(*place, fill="teal")
        )
    return parts


def _arrows(mark: IntervalMark, left: float, right: float, y: float) -> Iterator[Element]:
    if mark.cut_left:
        yield _arrow(left, y, -1)
    if mark.cut_right:
        yield _arrow(right, y, 1)


def _arrow(tip: float, y: float, way: int) -> Element:
    back = tip - way * _ARROW
    shape = f"M{tip:.2f} {y:.2f}L{back:.2f} {y - 4:.2f}L{back:.2f} {y + 4:.2f}Z"
    painted = paint("ink")
    return part("path", painted | {"d": shape, "class": f"{painted['class']} fig-arrow"})


def diamond(mark: IntervalMark, box: Box, y: float, height: float = 14.0) -> list[Element]:
    """The mean: a diamond from one end of its interval to the other; an end beyond the axis is cut flat."""
    left, right = _at(box, mark.left), _at(box, mark.right)
    middle = _at(box, mark.x if mark.x is not None else (0.0 if mark.cut_left else 1.0))
    half = height / 2
    blunt = half * 0.45
    points = [
        (left, y - blunt),
        (middle, y - half),
        (right, y - blunt),
        (right, y + blunt),
        (middle, y + half),
        (left, y + blunt),
    ]
    if not mark.cut_left:
        points[0] = points[5] = (left, y)
    if not mark.cut_right:
        points[2] = points[3] = (right, y)
    outline = "M" + "L".join(f"{x:.2f} {v:.2f}" for x, v in points) + "Z"
    return [part("path", paint("teal") | {"d": outline}), *_arrows(mark, left, right, y)]


def prediction_bar(mark: IntervalMark, box: Box, y: float) -> list[Element]:
    """Where the effect in a new setting is expected: a thin bar, with arrows where it goes on."""
    left, right = _at(box, mark.left), _at(box, mark.right)
    parts = [rectangle(left, y - 2, right - left, 4, fill="ochre")] if right > left else []
    if not mark.cut_left:
        parts.append(line(left, y - 5, left, y + 5, "ochre", stroke_width=1.5))
    if not mark.cut_right:
        parts.append(line(right, y - 5, right, y + 5, "ochre", stroke_width=1.5))
    return [*parts, *_arrows(mark, left, right, y)]


def landmarks(axis: Axis, box: Box, top: float, bottom: float) -> list[Element]:
    """No effect as a solid line, the important difference as dashed lines on both sides."""
    zero = _at(box, axis.zero)
    dashed = [_at(box, x) for x in axis.mcid if 0 <= x <= 1]
    return [
        *(line(x, top, x, bottom, "ochre", stroke_width=1.25, stroke_dasharray="5 4") for x in dashed),
        line(zero, top, zero, bottom, "line", stroke_width=1.25),
    ]


def tick_labels(axis: Axis, box: Box, y: float, size: float = 12.0) -> list[Element]:
    """The axis line with its ticks and their labels below; a label without room is left out."""
    parts = [line(box[0], y, box[0] + box[1], y, "line")]
    free_from = float("-inf")
    for tick in axis.ticks:
        x, half = _at(box, tick.x), text_width(tick.label, size) / 2
        parts.append(line(x, y, x, y + 5, "line"))
        if x - half > free_from:
            parts.append(text(tick.label, x, y + 7 + size, size=size, anchor="middle"))
            free_from = x + half + 4
    return parts
