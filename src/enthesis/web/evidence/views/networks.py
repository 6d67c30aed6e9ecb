"""All networks, one network, and its drawing as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.networks import TrialNetwork
from enthesis.report.figures import Figure, Provenance
from enthesis.report.figures.network_plot import draw_network
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.networks import known_networks, network_at
from enthesis.web.evidence.present.network import network_list, network_page_of
from enthesis.web.evidence.views.drawn_pages import file_view

__all__ = ["show", "show_all", "show_file"]


@finished()
def show_all(request: HttpRequest) -> HttpResponse:
    """Every network with its size and whether it hangs together."""
    page = network_list(known_networks(), state.current().evidence.vocabulary)
    return render(request, "evidence/networks.html", {"page": page})


@finished()
def show(request: HttpRequest, condition: str, outcome: str, horizon: str) -> HttpResponse:
    """One network: drawing, comparisons, ranks with their warning, checks, trials."""
    held = state.current()
    asked = network_at(condition, outcome, horizon)
    page = network_page_of(asked, held.evidence, held.provenance, held.assessments)
    return render(request, "evidence/network.html", {"page": page})


def _drawing(trials: TrialNetwork, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_network(trials, evidence.vocabulary, provenance)


show_file = file_view("network", network_at, _drawing)
