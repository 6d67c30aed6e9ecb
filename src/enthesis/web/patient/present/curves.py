"""The patient's own curves: numbers to draw, and the same as a table in the patient's words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.patient_texts_loader import PatientTexts
from enthesis.domain.episodes import PromCurve, ScoredOn, prom_curve
from enthesis.errors import EnthesisError
from enthesis.web.registry.models import FollowUp, Response
from enthesis.web.registry.queries.protocols import protocol_of

__all__ = ["Band", "CurveView", "Mark", "own_curves"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 180, 30, 14, 12, 22
PLACES = {"nrs-pain": "pain"}
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer: where it is drawn, and its row in the table."""

    x: float
    y: float
    day: str
    iso: str
    score: str
    means: str


@dataclass(frozen=True, slots=True)
class Band:
    """The scores that are an important improvement, as a rectangle."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class CurveView:
    """One curve on a canvas of ``WIDTH`` by ``HEIGHT``."""

    title: str
    direction: str
    marks: tuple[Mark, ...]
    line: str
    band: Band | None
    low: str
    high: str
    injected_x: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    span: int = WIDTH - LEFT - RIGHT


def own_curves(follow_up: FollowUp, texts: PatientTexts) -> tuple[CurveView, ...]:
    """Curves of this course with two or more answers, pain first; none before there is an injection."""
    injection = follow_up.injection
    if injection is None:
        return ()
    rows = Response.objects.filter(episode=follow_up.episode, replaced_by=None).order_by("answered_on")
    try:
        curves = list(_curves(follow_up, injection.given_on, list(rows)))
    except EnthesisError:  # a protocol or a score that no longer fits; thanks must be said all the same
        return ()
    return tuple(_view(curve, injection.given_on, texts) for curve in curves if len(curve.points) >= FEWEST)


def _curves(follow_up: FollowUp, index: date, rows: list[Response]) -> Iterator[PromCurve]:
    protocol, known = protocol_of(follow_up.episode), load_instruments()
    for yardstick in protocol.yardsticks.get(follow_up.episode.condition, ()):
        scores = [
            ScoredOn(row.answered_on, row.scores[yardstick.score])
            for row in rows
            if row.instrument == yardstick.instrument and yardstick.score in row.scores
        ]
        first = protocol.windows[0].opens(index)
        yield prom_curve(known[yardstick.instrument], yardstick, scores, index=index, baseline_from=first)


def _view(curve: PromCurve, index: date, texts: PatientTexts) -> CurveView:
    first, last = curve.points[0].on, curve.points[-1].on
    days = max((last - first).days, 1)
    low, high = curve.range

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low), 1)

    marks = tuple(
        Mark(x(p.on), y(p.value), date_format(p.on, "j. n. Y"), p.on.isoformat(), f"{p.value:g}", means)
        for p, means in zip(curve.points, _meanings(curve, texts), strict=True)
    )
    return CurveView(
        title=texts.words[PLACES.get(curve.instrument, "function")],
        direction=texts.words["curve_lower" if curve.better == "lower" else "curve_higher"],
        marks=marks,
        line=" ".join(f"{m.x},{m.y}" for m in marks),
        band=_band(curve, y),
        low=f"{low:g}",
        high=f"{high:g}",
        injected_x=x(index) if first <= index <= last else None,
    )


def _meanings(curve: PromCurve, texts: PatientTexts) -> Iterable[str]:
    for point in curve.points:
        if point.verdict is not None:
            yield texts.verdicts[point.verdict.value]
        elif curve.baseline is not None and point.on == curve.baseline.on:
            yield texts.words["curve_began"]
        else:
            yield texts.words["curve_before"]


def _band(curve: PromCurve, y: Callable[[float], float]) -> Band | None:
    if curve.important_from is None:
        return None
    ends = (y(curve.important_from), y(curve.range[0] if curve.better == "lower" else curve.range[1]))
    return Band(min(ends), round(abs(ends[0] - ends[1]), 1))
