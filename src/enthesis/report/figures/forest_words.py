"""What a forest plot says in words and hands on as numbers."""

from collections import defaultdict
from collections.abc import Sequence

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures.forest_table import ForestRow, ForestSummary, ForestTable
from enthesis.report.figures.question_words import question_title, question_words, scale_words
from enthesis.report.figures.tables import Cell, Provenance, Table, notes_for

__all__ = ["describe_forest", "footnotes", "forest_csv", "important_words", "summary_label"]

_COLUMNS = (
    "row",
    "study_id",
    "label",
    "year",
    "product",
    "instrument",
    "n",
    "n_intervention",
    "n_comparator",
    "effect",
    "ci_low",
    "ci_high",
    "y",
    "v",
    "weight",
    "blinding",
    "why_left_out",
    "source",
    "url",
)


def summary_label(summary: ForestSummary) -> str:
    """'Mean of 9 trials'."""
    return f"Mean of {summary.k} trials"


def describe_forest(answer: Answer, table: ForestTable, vocabulary: Vocabulary) -> str:
    """Text alternative of the plot: what was compared, the mean with its doubt, what was left out."""
    question = answer.question
    trials = len(table.rows)
    said = [
        f"Forest plot of {trials} trial{'s' * (trials != 1)}.",
        f"{question_title(question, vocabulary)}, {question_words(question, vocabulary).lower()}.",
        *_result(table),
        important_words(table, "Patients notice"),
    ]
    if table.left_out:
        said.append(f"{len(table.left_out)} not in the mean, shown with the reason.")
    return " ".join(part for part in said if part)


def _result(table: ForestTable) -> list[str]:
    unit = f"({scale_words_short(table)})"
    if table.summary is None:
        return [f"{row.label}: {row.effect_text} {unit}." for row in table.rows]
    said = [f"Mean {table.summary.effect_text} {unit}, {table.summary.n_text} people."]
    if table.summary.prediction_text:
        said.append(f"Expected in a new setting: {table.summary.prediction_text}.")
    return said


def scale_words_short(table: ForestTable) -> str:
    """Unit and what a larger value means."""
    if table.scale.is_ratio:
        return f"{table.scale.unit}, {'above' if table.scale.better == 'higher' else 'below'} 1 is better"
    return f"{table.scale.unit.replace('0-100', '0–100')}, above 0 is better"


def important_words(table: ForestTable, lead: str) -> str:
    """The important difference with its disputed span: 'Patients notice about 10 (disputed: 5 to 20).'"""
    scale = table.scale
    if scale.mcid is None:
        return "What difference matters on this scale is not agreed."
    m = scale.mcid
    value = numbers.value(scale.shown(m.value), scale.kind)
    span = numbers.interval(scale.shown(m.low), scale.shown(m.high), scale.kind)
    if scale.is_ratio:
        other = numbers.ratio(1 / scale.shown(m.value))
        return f"Counted as important: {other} or {value} (disputed: {span}, and as much below 1)."
    return f"{lead} about {value} (disputed: {span})."


def footnotes(
    answer: Answer, table: ForestTable, vocabulary: Vocabulary, provenance: Provenance
) -> list[str]:
    """Lines at the foot of the plot: scale, model, doubt, sources, state of the catalogue."""
    scale = scale_words(table.scale, answer.question, vocabulary)
    notes = [f"{scale}. {important_words(table, 'Patients notice')}", *_model(answer, table)]
    if table.n_without_figures:
        notes.append(_without_figures(table.n_without_figures))
    if answer.basis is Basis.PUBLISHED and answer.published:
        review = answer.published.review
        name = f"{review.first_author or review.id} {review.year or ''}".strip()
        notes.append(f"The verdict rests on a larger published synthesis ({name}), not on this plot alone.")
    notes.append(f"Certainty (GRADE): {answer.level.word}. Verdict: {answer.verdict}.")
    notes += _sources((*table.rows, *table.left_out))
    notes.append(f"{provenance}. A square's area stands for the weight of its trial.")
    return notes


def _model(answer: Answer, table: ForestTable) -> list[str]:
    s = answer.synthesis
    if s is None or table.summary is None:
        return []
    plain = s.pooled
    ci = table.scale.shown(plain.ci[0]), table.scale.shown(plain.ci[1])
    span = numbers.interval(*ci, table.scale.kind)
    said = f"Mean: {s.judged.method}. Plain Hartung-Knapp interval: {span}. Weights: REML."
    if plain.i2 is not None and plain.q_p is not None:
        said += f" I² {numbers.percent(plain.i2)}, heterogeneity {numbers.p_value(plain.q_p)}."
    if table.summary.prediction_text:
        said += " New setting: 95% prediction interval."
    return [said]


def _without_figures(n: int) -> str:
    who = "1 further trial tells" if n == 1 else f"{n} further trials tell"
    return f"{who} only which side did better and cannot be drawn."


def _sources(rows: Sequence[ForestRow]) -> list[str]:
    """Where the figures stand; trials read in one place are named together."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        names[row.locator, row.url].append(row.label)
    places = (f"{', '.join(labels)}: {locator}, {url}" for (locator, url), labels in names.items())
    return ["Sources. " + "; ".join(places)] if rows else []


def forest_csv(table: ForestTable, vocabulary: Vocabulary, provenance: Provenance) -> Table:
    """Every number of the plot: one row per trial, then the mean and the prediction interval."""
    rows = [_cells("trial", row) for row in table.rows] + [_cells("left out", row) for row in table.left_out]
    more: list[tuple[str, str]] = []
    if table.summary is not None:
        s = table.summary
        more.append(("mean", f"{s.method}; intervals of single trials are normal, 95%"))
        rows.append(_line("mean", s.n, (s.estimate, *s.ci)))
        if s.prediction is not None:
            rows.append(_line("prediction interval", None, (None, *s.prediction)))
    return Table(notes_for(table.question, table.scale, vocabulary, provenance, more), _COLUMNS, tuple(rows))


def _cells(kind: str, row: ForestRow) -> tuple[Cell, ...]:
    e = row.effect
    people = (row.n, row.n_intervention, row.n_comparator)
    effect = (e.estimate, *e.ci, e.y, e.v, row.weight) if e else (None,) * 6
    what = (kind, row.study_id, row.label, row.year, row.product, row.instrument)
    return (*what, *people, *effect, row.blinding, row.why_left_out, row.locator, row.url)


def _line(kind: str, n: int | None, effect: tuple[float | None, ...]) -> tuple[Cell, ...]:
    filled: dict[str, Cell] = dict(zip(("effect", "ci_low", "ci_high"), effect, strict=True))
    filled |= {"row": kind, "n": n}
    return tuple(filled.get(column) for column in _COLUMNS)
