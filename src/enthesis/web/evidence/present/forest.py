"""The forest plot as a table that draws: one row per trial, then the mean and the new setting."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from enthesis.domain.evidence import Answer
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report.figures import (
    ForestRow,
    ForestSummary,
    axis_svg,
    diamond_svg,
    forest_rows,
    interval_svg,
    prediction_svg,
)
from enthesis.report.sentences import intervention_words
from enthesis.web.evidence.addresses import study_page
from enthesis.web.evidence.present.drawings import safe

__all__ = ["ForestView", "TrialView", "forest_view"]


@dataclass(frozen=True, slots=True)
class TrialView:
    """One trial with its drawing and the trace of the rule that chose its figures."""

    row: ForestRow
    address: str
    drawing: SafeString
    rule: str
    caveats: tuple[str, ...]
    comparator: str

    @property
    def why(self) -> str:
        """Why it was left out, as a sentence; empty when it was not."""
        said = self.row.why_left_out.rstrip(" .")
        return f"{said[0].upper()}{said[1:]}." if said else ""


@dataclass(frozen=True, slots=True)
class ForestView:
    """Rows, mean, prediction and axis, all drawn on one scale."""

    trials: tuple[TrialView, ...]
    left_out: tuple[TrialView, ...]
    summary: ForestSummary | None
    diamond: SafeString
    prediction: SafeString
    axis: SafeString
    favours_left: str
    favours_right: str
    has_mcid: bool


def forest_view(a: Answer, vocabulary: Vocabulary) -> ForestView | None:
    """The forest plot of an answer; None when no trial gives a figure."""
    try:
        table = forest_rows(a, vocabulary)
    except CannotEstimate:
        return None
    pooled = a.synthesis.contrasts if a.synthesis else ()
    by_study = {c.pick.study.id: c for c in (*pooled, *(x.contrast for x in a.left_out))}

    def trial(row: ForestRow) -> TrialView:
        c = by_study[row.study_id]
        drawing = safe(interval_svg(row, table.axis))
        return TrialView(
            row,
            study_page(row.study_id),
            drawing,
            c.pick.trace,
            c.caveats,
            _named(c.pick.comparator, vocabulary),
        )

    summary = table.summary
    return ForestView(
        trials=tuple(map(trial, table.rows)),
        left_out=tuple(map(trial, table.left_out)),
        summary=summary,
        diamond=safe(diamond_svg(summary, table.axis)) if summary else safe(""),
        prediction=safe(prediction_svg(summary, table.axis)) if summary and summary.prediction else safe(""),
        axis=safe(axis_svg(table.axis)),
        favours_left=table.favours[0],
        favours_right=table.favours[1],
        has_mcid=bool(table.axis.mcid),
    )


def _named(comparators: str, vocabulary: Vocabulary) -> str:
    """'prp+exercise, saline' in words; what cannot be a treatment is left as it is ('exercise alone')."""
    parts = [name.partition(" ") for name in comparators.split(", ")]
    return ", ".join(f"{intervention_words(name, vocabulary)}{gap}{rest}" for name, gap, rest in parts)
