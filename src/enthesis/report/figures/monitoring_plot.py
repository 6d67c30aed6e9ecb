"""Cumulative z of the trials of one answer against group-sequential boundaries, look by look.

Up is better for the treatment. As wide as a phone, so that the words keep their size there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from enthesis.domain.evidence.monitoring import MonitoredAnswer
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.axis import linear_ticks
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.question_words import question_title, question_words
from enthesis.report.figures.svg import Element, drawing, line, rectangle, text
from enthesis.report.figures.tables import Cell, Provenance, Table, notes_for
from enthesis.report.figures.text_width import wrapped
from enthesis.report.monitoring_words import look_label, monitoring_sentence, status_words
from enthesis.statistics.sequential import Monitoring

__all__ = ["draw_monitoring"]

_WIDTH, _EDGE = 360.0, 8.0
_LEFT, _RIGHT, _PLOT = 40.0, 348.0, 210.0
_SIZE, _SMALL, _LINE = 12.5, 11.5, 15.0
# Beyond this z nothing more is to be told; early boundaries often lie there.
_MOST_Z = 5.0
_COLUMNS = (
    "look", "studies", "trials", "people", "information", "effect", "ci_low", "ci_high", "z_towards_better",
    "boundary_obrien_fleming", "boundary_pocock", "futility_obrien_fleming", "adjusted_low", "adjusted_high",
    "says", "p_benefit_bayes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where people and z stand on the paper."""

    top: float
    most: float

    def x(self, people: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * people / self.most

    def y(self, z: float) -> float:
        held = max(-_MOST_Z, min(_MOST_Z, z))
        return self.top + _PLOT * (_MOST_Z - held) / (2 * _MOST_Z)


def draw_monitoring(m: MonitoredAnswer, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """The course of a monitored answer.

    Raises:
        CannotEstimate: There is no course; says what is missing.
    """
    course = m.course
    if course is None or m.pocock is None:
        raise CannotEstimate(m.missing)
    q = m.answer.question
    title = f"Trials against boundaries. {question_title(q, vocabulary)}"
    said = monitoring_sentence(m)
    heads = [
        *wrapped(question_title(q, vocabulary), 340, 14),
        *wrapped(question_words(q, vocabulary), 340, _SMALL),
    ]
    first = len(wrapped(question_title(q, vocabulary), 340, 14))
    frame = _Frame(30 + 16 * len(heads) + 14, 1.08 * max(m.held, m.required.participants))
    foot = wrapped(f"{_LEGEND} {provenance}", _WIDTH - 2 * _EDGE, _SMALL)
    below = frame.top + _PLOT + 48
    parts = [
        *(
            text(
                words,
                _EDGE,
                22 + 16 * i,
                size=14 if i < first else _SMALL,
                fill="ink" if i < first else "muted",
            )
            for i, words in enumerate(heads)
        ),
        *_axes(m, frame),
        *_futility(course, frame),
        *_boundary(m.pocock, frame, "line", "4 3"),
        *_boundary(course, frame, "ochre", None),
        *_z(m, course, frame),
        *(text(words, _EDGE, below + _LINE * i, size=_SMALL, fill="muted") for i, words in enumerate(foot)),
    ]
    root = drawing(_WIDTH, below + _LINE * len(foot), parts, title=title, description=said, kind="monitoring")
    notes = notes_for(q, m.synthesis.scale, vocabulary, provenance, [("course", said), ("timing", m.timing)])
    return drawn("monitoring", title, said, root, Table(notes, _COLUMNS, tuple(_rows(m, course, m.pocock))))


_LEGEND = (
    "Squares: z of the trials so far, up is better. Ochre: boundary of O’Brien-Fleming type. Dashed grey: "
    "Pocock. Shaded: an important benefit unlikely. Thin lines: 1.96, too easily crossed by looking often. "
    "Upright line: people needed."
)


def _axes(m: MonitoredAnswer, frame: _Frame) -> Iterator[Element]:
    for z in (-4, -2, 0, 2, 4):
        yield line(_LEFT, frame.y(z), _RIGHT, frame.y(z), "line" if z == 0 else "faint")
        yield text(f"{z}".replace("-", numbers.MINUS), _LEFT - 6, frame.y(z) + 4, size=_SMALL, anchor="end")
    for usual in (-1.96, 1.96):
        yield line(_LEFT, frame.y(usual), _RIGHT, frame.y(usual), "muted", stroke_width=0.6)
    bottom = frame.top + _PLOT
    for people, label in linear_ticks(0, frame.most):
        yield line(frame.x(people), bottom, frame.x(people), bottom + 4, "line")
        yield text(label, frame.x(people), bottom + 17, size=_SMALL, anchor="middle", fill="muted")
    yield text("people", _RIGHT, bottom + 32, size=_SMALL, anchor="end", fill="muted")
    yield text("z ↑ better", _EDGE, frame.top - 6, size=_SMALL, fill="muted")
    needed = frame.x(m.required.participants)
    yield line(needed, frame.top, needed, bottom, "teal", stroke_dasharray="6 3")
    words = f"needed {numbers.count(m.required.participants)}"
    side = "end" if needed > 0.6 * _WIDTH else "start"
    yield text(
        words, needed + (-5 if side == "end" else 5), bottom - 6, size=_SMALL, anchor=side, fill="teal"
    )


def _futility(course: Monitoring, frame: _Frame) -> Iterator[Element]:
    held = [(look.participants, look.futility) for look in course.looks if look.futility]
    for people, z in held:
        x = frame.x(people)
        yield rectangle(x - 7, frame.y(z), 14, frame.y(-z) - frame.y(z), fill="faint")


def _boundary(course: Monitoring, frame: _Frame, stroke: str, dashes: str | None) -> Iterator[Element]:
    held = [(look.participants, look.efficacy) for look in course.looks if look.efficacy is not None]
    known = [(frame.x(n), z) for n, z in held if isfinite(z)]
    for side in (1, -1):
        for (x1, z1), (x2, z2) in pairwise(known):
            yield line(x1, frame.y(side * z1), x2, frame.y(side * z2), stroke, stroke_dasharray=dashes)
        for x, z in known:
            yield line(x - 7, frame.y(side * z), x + 7, frame.y(side * z), stroke, stroke_width=2.5)


def _z(m: MonitoredAnswer, course: Monitoring, frame: _Frame) -> Iterator[Element]:
    sign = m.synthesis.scale.sign
    places = [(frame.x(look.participants), frame.y(sign * look.z)) for look in course.looks]
    for (x1, y1), (x2, y2) in pairwise(places):
        yield line(x1, y1, x2, y2, "ink", stroke_width=1.5)
    for x, y in places:
        yield rectangle(x - 4, y - 4, 8, 8, fill="teal", stroke="paper")
    yield from _years(places, [look_label(trials) for trials in m.looks])


def _years(places: Sequence[tuple[float, float]], labels: Sequence[str]) -> Iterator[Element]:
    """Years beside their squares, where they do not stand on one another."""
    last = -100.0
    for (x, y), label in zip(places, labels, strict=True):
        if x - last >= 32 and label[0].isdigit():
            yield text(label, x, y - 9, size=_SMALL, anchor="middle")
            last = x


def _rows(m: MonitoredAnswer, course: Monitoring, pocock: Monitoring) -> Iterator[tuple[Cell, ...]]:
    scale = m.synthesis.scale
    for at, (trials, look, other) in enumerate(zip(m.looks, course.looks, pocock.looks, strict=True)):
        adjusted = look.adjusted_ci
        ends = (
            tuple(map(scale.shown, adjusted)) if adjusted and all(map(isfinite, adjusted)) else (None, None)
        )
        yield (
            look_label(trials),
            "; ".join(t.study for t in trials),
            look.k,
            look.participants,
            look.information,
            scale.shown(look.mu),
            *map(scale.shown, look.ci),
            scale.sign * look.z,
            _finite(look.efficacy),
            _finite(other.efficacy),
            look.futility,
            *ends,
            status_words(look.status),
            float(m.bayes.beyond[at]) if m.bayes else None,
        )


def _finite(z: float | None) -> float | None:
    return z if z is not None and isfinite(z) else None
