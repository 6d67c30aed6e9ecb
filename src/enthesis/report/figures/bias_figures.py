"""Risk-of-bias drawings of one answer, with the tools that somebody used on its trials."""

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.appraisal import Tool
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report.figures.figure import Figure
from enthesis.report.figures.question_words import question_words
from enthesis.report.figures.risk_of_bias_plots import (
    AppraisedTrial,
    appraised_trials,
    draw_bias_summary,
    draw_traffic_light,
)
from enthesis.report.figures.tables import Provenance
from enthesis.report.sentences import comparator_words

__all__ = ["bias_bars", "bias_lights", "first_tool", "tools_used"]


def tools_used(a: Answer) -> list[Tool]:
    """Tools that somebody used on a trial of the pool, each once."""
    used = [c.assessment.tool for c in a.synthesis.contrasts if c.assessment] if a.synthesis else []
    return [tool for at, tool in enumerate(used) if tool.id not in {t.id for t in used[:at]}]


def first_tool(a: Answer) -> Tool:
    """The first of them.

    Raises:
        CannotEstimate: Nobody assessed a trial of the pool.
    """
    for tool in tools_used(a):
        return tool
    raise CannotEstimate("Nobody has assessed the risk of bias of a trial of this pool yet.")


def bias_lights(a: Answer, tool: Tool, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """Trial by domain."""
    return draw_traffic_light(_title(a, tool, vocabulary), _trials(a, tool), tool, provenance)


def bias_bars(a: Answer, tool: Tool, vocabulary: Vocabulary, provenance: Provenance) -> Figure:
    """Share of the weight by domain."""
    return draw_bias_summary(_title(a, tool, vocabulary), _trials(a, tool), tool, provenance)


def _trials(a: Answer, tool: Tool) -> tuple[AppraisedTrial, ...]:
    return appraised_trials(a.synthesis, tool) if a.synthesis else ()


def _title(a: Answer, tool: Tool, vocabulary: Vocabulary) -> str:
    asked = question_words(a.question, vocabulary)
    against = comparator_words(a.question.comparator_class)
    return f"Risk of bias, {tool.name}: {asked[0].lower()}{asked[1:]}, against {against}"
