"""The trials of one answer against boundaries: how much information they hold, what was crossed when."""

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.monitoring import monitor_answer
from enthesis.report.figures import Figure, Provenance
from enthesis.report.figures.monitoring_plot import draw_monitoring
from enthesis.web.evidence.present.monitoring import monitoring_page_of
from enthesis.web.evidence.views.drawn_pages import file_view, page_view
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["show", "show_file"]


def _course(answer: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_monitoring(monitor_answer(answer, evidence.rules), evidence.vocabulary, provenance)


show = page_view("evidence/monitoring.html", answer_at, monitoring_page_of)
show_file = file_view("monitoring", answer_at, _course)
