"""How fragile one answer is, or why there is one way only to analyse it; its curve as a file."""

from enthesis.domain.evidence import Answer, Evidence
from enthesis.report.figures import Figure, Provenance
from enthesis.report.figures.specification_curve import draw_specification_curve
from enthesis.web.evidence.fragilities import told_fragility
from enthesis.web.evidence.present.fragility import fragility_page_of
from enthesis.web.evidence.views.drawn_pages import file_view, page_view
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["show", "show_file"]


def _curve(answer: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_specification_curve(told_fragility(answer), evidence.vocabulary, provenance)


show = page_view("evidence/fragility.html", answer_at, fragility_page_of)
show_file = file_view("fragility", answer_at, _curve)
