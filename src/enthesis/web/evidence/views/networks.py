"""All networks, one network, and its drawing as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.report.figures.network_plot import draw_network
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.networks import known_networks, network_at
from enthesis.web.evidence.present.network import network_list, network_page_of
from enthesis.web.evidence.views.figures import check_kind, file_of

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


@finished()
def show_file(_: HttpRequest, condition: str, outcome: str, horizon: str, kind: str) -> HttpResponse:
    """The drawing of a network as SVG, PNG, PDF, or its numbers as CSV."""
    check_kind(kind)
    held = state.current()
    trials = network_at(condition, outcome, horizon)
    figure = draw_network(trials, held.evidence.vocabulary, held.provenance)
    return file_of(figure, "-".join(("network", condition, outcome, horizon)), kind)
