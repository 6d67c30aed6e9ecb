"""The GRADE table of a topic: rows chosen, footnotes lettered, assessments drawn."""

from collections.abc import Iterator, Sequence

from enthesis.domain.evidence import Answer, Evidence, Topic
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.condition_words import condition_inside
from enthesis.report.figures.bias_figures import bias_bars, bias_lights, tools_used
from enthesis.report.figures.figure import Figure
from enthesis.report.figures.tables import Provenance
from enthesis.report.grade.certainty_words import Footnotes
from enthesis.report.grade.choosing import CHOOSING_RULE, in_summary, rows_against
from enthesis.report.grade.rows import grade_row
from enthesis.report.grade.table import GradeRow, GradeSection, GradeTable
from enthesis.report.sentences import comparator_words, intervention_words

__all__ = ["grade_table"]

REMARKS = (
    CHOOSING_RULE,
    "Effects on scores say better or worse for the intervention. Relative effects are "
    "intervention over comparator. Absolute effects apply the ratio to the risk in the comparator groups of "
    "the trials pooled. Rows stand in order of importance to patients; that order is ours.",
    "Certainty is a proposal of the program by declared rules until a named person decides otherwise. The "
    "catalogue is no systematic search.",
)


def grade_table(
    topic: Topic,
    held: Evidence,
    provenance: Provenance,
    comparator_class: ComparatorClass | None = None,
) -> GradeTable:
    """Everything that a summary of findings and an evidence profile of a topic show.

    Args:
        topic: The topic.
        held: The body of evidence it is part of, for its words and rules.
        provenance: Which state of the catalogue the table is made from.
        comparator_class: Only the section against this class; all classes when left out.
    """
    classes = [c for c in topic.classes if comparator_class in (None, c)]
    who = intervention_words(topic.intervention, held.vocabulary, start=True)
    condition = held.vocabulary.conditions[topic.condition].label
    return GradeTable(
        condition=topic.condition,
        intervention=topic.intervention,
        title=f"{who} for {condition_inside(condition)}",
        sections=tuple(_section(topic, c, held, provenance) for c in classes),
        remarks=REMARKS,
        provenance=provenance,
    )


def _section(topic: Topic, c: ComparatorClass, held: Evidence, provenance: Provenance) -> GradeSection:
    answers, notes = rows_against(topic, c), Footnotes()
    rows = tuple(grade_row(a, held.vocabulary, held.rules, notes) for a in answers)
    short = in_summary(answers)
    return GradeSection(
        comparator_class=c,
        against=comparator_words(c),
        rows=rows,
        summary=tuple(r for r, a in zip(rows, answers, strict=True) if a in short),
        notes=notes.all,
        bias=_bias_words(rows),
        figures=tuple(_figures(answers, held, provenance)),
    )


def _bias_words(rows: Sequence[GradeRow]) -> str:
    pooled = [r for r in rows if r.designs]
    assessed = sum(r.assessed > 0 for r in pooled)
    if not pooled:
        return "Risk of bias: nothing here was pooled by us, so no trial was assessed."
    if not assessed:
        return (
            "Risk of bias: not assessed. Nobody has judged a trial of these answers with RoB 2 or ROBINS-I "
            "yet; our own syntheses lose at least one level of certainty for that. Blinding is taken as the "
            "reports state it."
        )
    return (
        f"Risk of bias: in {assessed} of {len(pooled)} outcomes at least one trial was assessed; a trial "
        "that was not counts as some concerns, or as high risk where patients knew their treatment."
    )


def _figures(answers: Sequence[Answer], held: Evidence, provenance: Provenance) -> Iterator[Figure]:
    for a in answers:
        for tool in tools_used(a):
            yield bias_lights(a, tool, held.vocabulary, provenance)
            yield bias_bars(a, tool, held.vocabulary, provenance)
