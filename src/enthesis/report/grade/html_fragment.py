"""A GRADE table as a fragment of HTML: real tables with captions, row heads and footnotes to follow.

No inline style and no script; classes are those of ``grade.css``. Drawings are inline SVG.
"""

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from enthesis.domain.evidence import Evidence, Topic
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.figures.figure import render
from enthesis.report.figures.tables import Provenance
from enthesis.report.figures.verdict_marks import certainty_dots_svg
from enthesis.report.grade import cells
from enthesis.report.grade.build import grade_table
from enthesis.report.grade.table import GradeRow, GradeSection, GradeTable

__all__ = ["fragment", "grade_html", "grade_stylesheet"]

_SUMMARY_HEADS = (
    "Outcome",
    "Trials (people)",
    "Relative effect (95 % interval)",
    "With {against}",
    "With the intervention",
    "Difference (95 % interval)",
    "Certainty",
    "What it means",
)
_PROFILE_HEADS = (
    "Outcome",
    "Trials",
    "Risk of bias",
    "Inconsistency",
    "Indirectness",
    "Imprecision",
    "Publication bias",
    "Intervention (people)",
    "{Against} (people)",
    "Relative effect",
    "Absolute effect",
    "Certainty",
)
_DOMAINS = 5


def grade_html(
    topic: Topic,
    held: Evidence,
    provenance: Provenance,
    comparator_class: ComparatorClass | None = None,
) -> str:
    """Summary of findings and evidence profile of a topic as one HTML fragment.

    Args:
        topic: The topic.
        held: The body of evidence it is part of.
        provenance: Which state of the catalogue it is made from.
        comparator_class: Only the section against this class; all classes when left out.
    """
    return fragment(grade_table(topic, held, provenance, comparator_class))


def grade_stylesheet() -> str:
    """Style of the fragment on screen, from the custom properties of the page."""
    return files("enthesis.report.grade").joinpath("static/grade/grade.css").read_text(encoding="utf-8")


def fragment(table: GradeTable) -> str:
    """A finished table as HTML."""
    if not table.sections:
        return '<p class="grade-empty">No trial with a control group was found: nothing to grade.</p>'
    remarks = "".join(f"<li>{escape(r)}</li>" for r in table.remarks)
    sections = "".join(_section(s) for s in table.sections)
    return f'<div class="grade">{sections}<ul class="grade-remarks">{remarks}</ul></div>'


def _section(s: GradeSection) -> str:
    key = f"grade-{s.comparator_class}"
    notes = "".join(f'<li id="{key}-{n.letter}">{escape(n.text)}</li>' for n in s.notes)
    figures = "".join(f'<figure class="grade-figure">{render(f)}</figure>' for f in s.figures)
    return (
        f'<section class="grade-section" aria-labelledby="{key}">'
        f'<h2 id="{key}">Against {escape(s.against)}</h2>'
        f"{_summary(s, key)}{_profile(s, key)}"
        f'<p class="grade-bias">{escape(s.bias)}</p>{figures}'
        f'<h3 class="grade-notes-head">Reasons</h3><ol class="grade-notes" type="a">{notes}</ol></section>'
    )


def _summary(s: GradeSection, key: str) -> str:
    rows = "".join(_summary_row(r, key) for r in s.summary)
    return _table("grade-summary", "Summary of findings", _SUMMARY_HEADS, s.against, rows)


def _profile(s: GradeSection, key: str) -> str:
    rows = "".join(_profile_row(r, key) for r in s.rows)
    return _table("grade-profile", "Evidence profile", _PROFILE_HEADS, s.against, rows)


def _table(kind: str, name: str, heads: Iterable[str], against: str, rows: str) -> str:
    cols = "".join(
        f'<th scope="col">{escape(h.format(against=against, Against=_capital(against)))}</th>' for h in heads
    )
    caption = f"<caption>{name}: against {escape(against)}</caption>"
    return (
        f'<div class="grade-scroll" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="grade-table {kind}">{caption}<thead><tr>{cols}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _summary_row(r: GradeRow, key: str) -> str:
    difference, notice = cells.difference_words(r)
    people = f"<br>{escape(cells.people_words(r.n))} people" if r.n else ""
    shown = (
        escape(cells.trials_words(r)) + people,
        escape(cells.relative_words(r)) + (_marks(r.effect_notes, key) if r.relative else ""),
        escape(cells.comparator_words(r)),
        escape(cells.intervention_words(r)),
        escape(difference) + ("" if r.relative else _marks(r.effect_notes, key)) + _small(notice),
        _certainty(r, key),
        escape(r.claim),
    )
    return f"<tr>{_outcome(r)}{''.join(f'<td>{cell}</td>' for cell in shown)}</tr>"


def _profile_row(r: GradeRow, key: str) -> str:
    designs = _small(", ".join(r.designs))
    after = (
        escape(cells.people_words(r.n_intervention)),
        escape(cells.people_words(r.n_comparator)),
        escape(cells.relative_words(r)),
        escape(cells.difference_words(r)[0]),
        _certainty(r, key),
    )
    trials = f"<td>{escape(cells.trials_words(r))}{designs}</td>"
    return f"<tr>{_outcome(r)}{trials}{_domains(r, key)}{''.join(f'<td>{c}</td>' for c in after)}</tr>"


def _small(words: str) -> str:
    return f'<br><span class="grade-small">{escape(words)}</span>' if words else ""


def _outcome(r: GradeRow) -> str:
    small = "; ".join([r.time, *([", ".join(r.instruments)] if r.instruments else [])])
    return f'<th scope="row">{escape(r.outcome)}{_small(small)}</th>'


def _domains(r: GradeRow, key: str) -> str:
    if not r.domains:
        return f'<td colspan="{_DOMAINS}">{escape(r.basis)}{_marks(r.notes, key)}</td>'
    return "".join(
        f'<td class="grade-steps-{-d.steps}">{escape(d.word)}{_marks([d.note] if d.note else [], key)}</td>'
        for d in r.domains
    )


def _certainty(r: GradeRow, key: str) -> str:
    word = f'<span class="grade-level">{r.level.word}</span>'
    return f"{certainty_dots_svg(r.level)}<br>{word}{_marks(r.notes, key)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _marks(letters: Iterable[str], key: str) -> str:
    links = [f'<a href="#{key}-{x}">{x}</a>' for x in dict.fromkeys(letters)]
    return f'<sup class="grade-mark">{" ".join(links)}</sup>' if links else ""
