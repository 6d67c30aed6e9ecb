"""Small drawings beside the words of a row, from the shapes that the figures are made of."""

from django.utils.safestring import SafeString, mark_safe

from enthesis.domain.evidence.scales import Scale
from enthesis.report.figures import interval_marks as marks
from enthesis.report.figures.axis import Axis, axis_for, mark_of
from enthesis.report.figures.interval_cells import axis_svg
from enthesis.report.figures.svg import FONTS, NAMESPACE, part, written

__all__ = ["Interval", "axis_of", "drawn_axis", "drawn_pool", "safe"]

Interval = tuple[float, float]
WIDTH, HEIGHT = 300.0, 26.0
BOX = (8.0, WIDTH - 16.0)


def safe(svg: str) -> SafeString:
    """Markup of our own drawing functions, which escape every word they are given."""
    return mark_safe(svg)  # noqa: S308


def axis_of(scale: Scale, pools: list[tuple[float, Interval]]) -> Axis:
    """An axis that shows every pool."""
    return axis_for(scale, [mu for mu, _ in pools], [end for _, ci in pools for end in ci])


def drawn_axis(axis: Axis) -> SafeString:
    """The axis with its labels."""
    return safe(axis_svg(axis))


def drawn_pool(name: str, mu: float, ci: Interval, axis: Axis) -> SafeString:
    """An effect and its interval as a diamond between the landmarks of the axis."""
    frame: dict[str, str | float | None] = {
        "xmlns": NAMESPACE, "width": WIDTH, "height": HEIGHT, "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}",
        "role": "img", "aria-label": name, "class": "fig fig-cell", "font-family": FONTS,
    }  # fmt: skip
    shapes = [
        *marks.landmarks(axis, BOX, 0.0, HEIGHT),
        *marks.diamond(mark_of(mu, ci, axis), BOX, HEIGHT / 2, 11.0),
    ]
    return safe(written(part("svg", frame, *shapes)))
