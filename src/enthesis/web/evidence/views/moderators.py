"""What might move an effect, whatever the follow-up; its bubble plots as a file."""

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.fragility import Kin
from enthesis.report.figures import Figure, Provenance
from enthesis.report.figures.bubble_plot import draw_bubbles
from enthesis.web.evidence.moderations import kin_at, moderation_of
from enthesis.web.evidence.present.moderators import moderators_page_of
from enthesis.web.evidence.views.drawn_pages import file_view, page_view

__all__ = ["show", "show_file"]


def _bubbles(kin: Kin, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_bubbles(moderation_of(kin), evidence.vocabulary, provenance)


show = page_view("evidence/moderators.html", kin_at, moderators_page_of)
show_file = file_view("moderators", kin_at, _bubbles)
