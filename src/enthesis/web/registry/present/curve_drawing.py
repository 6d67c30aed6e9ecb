"""A patient's curve as a drawing: better is up, the important change a band, the injections marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.episodes.curve import CurvePoint, PromCurve
from enthesis.report.figures.palette import paint
from enthesis.report.figures.svg import (
    FONTS,
    NAMESPACE,
    Attribute,
    Element,
    line,
    part,
    rectangle,
    text,
    written,
)
from enthesis.web.evidence.present.drawings import safe

__all__ = ["CurveView", "curve_view"]

WIDTH, HEIGHT = 440.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 30.0, 12.0, 32.0
# Drawn small, so that letters stay readable on a phone.
LETTERS = 14.0
DAYS_PER_WEEK = 7
WEEKS = (0, 2, 6, 12, 26, 52, 104, 156, 208)
# Labels of weeks stand at least this far apart.
LABEL_GAP = 58.0


@dataclass(frozen=True, slots=True)
class CurveView:
    """A curve with its sentence, its drawing and the same as rows."""

    title: str
    range_words: str
    sentence: str
    drawing: SafeString
    points: tuple[CurvePoint, ...]
    band_words: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and scores to places on the paper."""

    first: date
    days: int
    low: float
    high: float
    higher_is_better: bool

    def x(self, day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / self.days

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        up = share if self.higher_is_better else 1 - share
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * up


def curve_view(curve: PromCurve, injections: Sequence[date], index: date) -> CurveView:
    """One curve as shown."""
    name = find_instrument(curve.instrument).short_name
    low, high = curve.range
    return CurveView(
        title=f"{name}, {curve.score.replace('-', ' ')}",
        range_words=f"{low:g} to {high:g}, {curve.better} is better; the drawing has better at the top",
        sentence=_sentence(curve),
        drawing=safe(written(_drawn(curve, injections, index, name))),
        points=curve.points,
        band_words=_band_words(curve),
        caveats=curve.caveats,
    )


def _sentence(curve: PromCurve) -> str:
    last = curve.points[-1]
    if last.improvement is None:
        return last.words
    which = "better" if last.improvement > 0 else "worse"
    size = f"{round(abs(last.improvement), 1):g} points {which} than before"
    change = size if last.improvement else "As before"
    return f"{change[:1].upper()}{change[1:]} on {last.on:%-d %B %Y}. {last.words}"


def _band_words(curve: PromCurve) -> str:
    told = []
    if curve.important_from is not None:
        told.append(f"Shaded: an important improvement, from {curve.important_from:g}.")
    if curve.error_band is not None:
        low, high = curve.error_band
        told.append(f"Grey: within measurement error of the first score, {low:g} to {high:g}.")
    return " ".join(told)


def _drawn(curve: PromCurve, injections: Sequence[date], index: date, name: str) -> Element:
    days = [point.on for point in curve.points] + [*injections, index]
    low, high = curve.range
    span = max((max(days) - min(days)).days, 12 * DAYS_PER_WEEK)
    scale = _Scale(min(days), span, low, high, curve.better == "higher")
    frame: dict[str, Attribute] = {
        "xmlns": NAMESPACE, "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "role": "img", "class": "fig curve",
        "aria-label": f"{name} over time; the table below has the numbers", "font-family": FONTS,
    }  # fmt: skip
    return part(
        "svg",
        frame,
        *_bands(curve, scale),
        *_axes(scale, index),
        *_marks(injections, scale),
        *_line_of(curve, scale),
    )


def _bands(curve: PromCurve, scale: _Scale) -> Iterator[Element]:
    width = WIDTH - LEFT - RIGHT
    if curve.error_band is not None:
        ends = sorted(map(scale.y, curve.error_band))
        yield rectangle(LEFT, ends[0], width, ends[1] - ends[0], "none")
    if curve.important_from is not None:
        top = scale.y(scale.high if scale.higher_is_better else scale.low)
        yield rectangle(LEFT, top, width, scale.y(curve.important_from) - top, "good-1")


def _axes(scale: _Scale, index: date) -> Iterator[Element]:
    for value in (scale.low, scale.high):
        yield text(f"{value:g}", LEFT - 6, scale.y(value) + 4, size=LETTERS, anchor="end", fill="muted")
    floor = HEIGHT - BOTTOM
    yield line(LEFT, floor, WIDTH - RIGHT, floor, "line")
    last = -LABEL_GAP
    for week in WEEKS:
        at = scale.x(index) + (WIDTH - LEFT - RIGHT) * week * DAYS_PER_WEEK / scale.days
        if LEFT <= at <= WIDTH - RIGHT and at - last >= LABEL_GAP:
            yield line(at, floor, at, floor + 4, "line")
            word = "injection" if week == 0 else f"week {week}"
            yield text(word, at, floor + 18, size=LETTERS, anchor="middle", fill="muted")
            last = at


def _marks(injections: Sequence[date], scale: _Scale) -> Iterator[Element]:
    for day in injections:
        at = scale.x(day)
        yield line(at, TOP, at, HEIGHT - BOTTOM, "ink", stroke_dasharray="3 3")


def _line_of(curve: PromCurve, scale: _Scale) -> Iterator[Element]:
    places = [(scale.x(p.on), scale.y(p.value)) for p in curve.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    shape: dict[str, Attribute] = {"points": path, "stroke-width": 2.0}
    yield part("polyline", shape | paint(stroke="teal"))
    for x, y in places:
        point: dict[str, Attribute] = {"cx": x, "cy": y, "r": 4.5}
        yield part("circle", point | paint("teal"))
