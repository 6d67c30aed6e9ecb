"""A complete forest plot on one sheet, for download and for print in black.

Columns: study with its product and scale, people, drawn interval, effect in figures, weight. Under the trials
the mean and the prediction interval; under them what was left out and why; at the foot the scale, the model,
the sources of every row and the state of the catalogue.
"""

from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures import interval_marks as marks
from enthesis.report.figures.figure import Figure, drawn, render
from enthesis.report.figures.forest_table import ForestRow, ForestSummary, ForestTable, forest_rows
from enthesis.report.figures.forest_words import describe_forest, footnotes, forest_csv, summary_label
from enthesis.report.figures.question_words import question_title, question_words
from enthesis.report.figures.svg import Element, drawing, line, text
from enthesis.report.figures.tables import Provenance
from enthesis.report.figures.text_width import shortened, wrapped

__all__ = ["draw_forest", "forest_svg"]

WIDTH = 920.0
_EDGE = 24.0
_STUDY, _STUDY_WIDTH = _EDGE, 256.0
_PEOPLE_END = 336.0
_BOX: marks.Box = (356.0, 300.0)
_EFFECT = 672.0
_WEIGHT_END = WIDTH - _EDGE
_ROW, _SMALL, _BODY = 42.0, 11.5, 13.5
_NOTE_LINE = 16.0


def draw_forest(answer: Answer, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """The forest plot of one answer.

    Raises:
        CannotEstimate: No trial of this question gives a figure.
    """
    table = forest_rows(answer, vocabulary)
    title = question_title(answer.question, vocabulary)
    description = describe_forest(answer, table, vocabulary)
    sheet = _Sheet(table)
    sheet.heading(title, question_words(answer.question, vocabulary))
    sheet.trials()
    sheet.notes(footnotes(answer, table, vocabulary, provenance))
    root = drawing(
        WIDTH, sheet.y + _EDGE / 2, sheet.parts, title=title, description=description, kind="forest"
    )
    return drawn("forest", title, description, root, forest_csv(table, vocabulary, provenance))


def forest_svg(answer: Answer, vocabulary: Vocabulary, provenance: Provenance) -> str:
    """The forest plot of one answer as stand-alone SVG; see ``draw_forest``."""
    return render(draw_forest(answer, vocabulary, provenance))


class _Sheet:
    """The sheet as it fills from top to bottom; ``y`` is how far it has come."""

    def __init__(self, table: ForestTable) -> None:
        self.table = table
        self.parts: list[Element] = []
        self.y = 12.0

    def _write(self, content: str, x: float, y: float, **style: Any) -> None:
        self.parts.append(text(content, x, y, **style))

    def heading(self, title: str, question: str) -> None:
        for words in wrapped(title, WIDTH - 2 * _EDGE, 20):
            self.y += 25
            self._write(words, _EDGE, self.y, size=20, font_weight=600)
        self.y += 23
        self._write(question, _EDGE, self.y, size=15, fill="muted")
        self.y += 18

    def trials(self) -> None:
        self._landmark_labels()
        self._column_heads()
        if self.table.rows:
            self._pool()
            self._foot()
        if self.table.left_out:
            self._left_out()
        if not self.table.rows:
            self._foot()

    def _pool(self) -> None:
        top, behind = self.y - 22, len(self.parts)
        for row in self.table.rows:
            self._row(row)
        if self.table.summary:
            self._summary(self.table.summary)
        self.parts[behind:behind] = marks.landmarks(self.table.axis, _BOX, top, self.y)

    def _landmark_labels(self) -> None:
        """One label beside each dashed line, outwards, so that the two never run into each other."""
        words = "important" if self.table.scale.is_ratio else "patients notice"
        self.y += 16
        for place, anchor, away in zip(self.table.axis.mcid, ("end", "start"), (4, -4), strict=False):
            x = _BOX[0] + _BOX[1] * place + away
            self._write(words, x, self.y, size=_SMALL, anchor=anchor, fill="ochre")

    def _column_heads(self) -> None:
        self.y += 18
        for content, x, anchor in (
            ("Study", _STUDY, "start"),
            ("People", _PEOPLE_END, "end"),
            ("Effect (95% interval)", _EFFECT, "start"),
            ("Weight", _WEIGHT_END, "end"),
        ):
            self._write(content, x, self.y, size=_SMALL + 1, anchor=anchor, fill="muted")
        self.y += 8
        self._rule()

    def _rule(self) -> None:
        self.parts.append(line(_EDGE, self.y, WIDTH - _EDGE, self.y, "faint"))

    def _name(self, name: str, below: list[str], middle: float, **style: Any) -> None:
        """Name of a row with smaller lines below it, the block centred on the row."""
        first = middle + 5 - 7.5 * len(below)
        self._write(shortened(name, _STUDY_WIDTH, _BODY), _STUDY, first, size=_BODY, **style)
        for at, words in enumerate(below, 1):
            self._write(words, _STUDY, first + 15.0 * at, size=_SMALL, fill="muted")

    def _row(self, row: ForestRow) -> None:
        below = wrapped(f"{row.product}; {row.instrument}", _STUDY_WIDTH, _SMALL)
        height = _ROW + 15.0 * (len(below) - 1)
        middle = self.y + height / 2
        hollow = row.weight is None
        ink = "muted" if hollow else "ink"
        self._name(row.label, below, middle, fill=ink)
        self._write(row.n_text, _PEOPLE_END, middle + 5, size=_BODY, anchor="end", fill=ink)
        self._write(row.effect_text, _EFFECT, middle + 5, size=_BODY, fill=ink)
        self._write(row.weight_text, _WEIGHT_END, middle + 5, size=_BODY, anchor="end", fill=ink)
        if hollow:
            self.parts += marks.landmarks(self.table.axis, _BOX, middle - 15, middle + 15)
        if row.effect:
            self.parts += marks.interval(row.effect.mark, _BOX, middle, hollow=hollow)
        self.y += height

    def _summary(self, summary: ForestSummary) -> None:
        self._rule()
        middle = self.y + _ROW / 2
        self._name(
            summary_label(summary), [summary.points_text] * bool(summary.points_text), middle, font_weight=600
        )
        people = numbers.count(summary.n)
        self._write(people, _PEOPLE_END, middle + 5, size=_BODY, anchor="end", font_weight=600)
        self._write(summary.effect_text, _EFFECT, middle + 5, size=_BODY, font_weight=600)
        self._write("100%", _WEIGHT_END, middle + 5, size=_BODY, anchor="end")
        self.parts += marks.diamond(summary.mark, _BOX, middle)
        self.y += _ROW
        if summary.prediction_mark:
            middle = self.y + _ROW / 2 - 6
            self._name("Expected in a new setting", [], middle)
            self._write(summary.prediction_text, _EFFECT, middle + 5, size=_BODY)
            self.parts += marks.prediction_bar(summary.prediction_mark, _BOX, middle)
            self.y += _ROW - 12

    def _left_out(self) -> None:
        self._rule()
        self.y += 18
        self._write("Not in the mean", _STUDY, self.y, size=_SMALL + 1, fill="muted")
        self.y += 4
        for row in self.table.left_out:
            self._row(row)
            for words in wrapped(row.why_left_out, WIDTH - 2 * _EDGE, _SMALL):
                self._write(words, _STUDY, self.y + 6, size=_SMALL, fill="muted")
                self.y += _NOTE_LINE
            self.y += 6

    def _foot(self) -> None:
        """The axis, and on each side of no effect whom it favours."""
        self.parts += marks.tick_labels(self.table.axis, _BOX, self.y)
        zero = _BOX[0] + _BOX[1] * self.table.axis.zero
        size = _SMALL + 0.5
        left = wrapped(f"← favours {self.table.favours[0]}", zero - 8 - _EDGE, size)
        right = wrapped(f"favours {self.table.favours[1]} →", WIDTH - _EDGE - zero - 8, size)
        for lines, x, anchor in ((left, zero - 8, "end"), (right, zero + 8, "start")):
            for at, words in enumerate(lines):
                self._write(words, x, self.y + 38 + 15.0 * at, size=size, anchor=anchor)
        self.y += 38 + 15.0 * max(len(left), len(right))

    def notes(self, said: list[str]) -> None:
        self.y += 2
        self._rule()
        self.y += 6
        for note in said:
            for words in wrapped(note, WIDTH - 2 * _EDGE, _SMALL):
                self.y += _NOTE_LINE
                self._write(words, _EDGE, self.y, size=_SMALL, fill="muted")
            self.y += 3
