"""The figures of one answer: those that can be drawn, and why the others cannot."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from enthesis.domain.evidence import Answer, Evidence, diagnose
from enthesis.errors import CannotEstimate, NotFound
from enthesis.report.figures import (
    EXPORTS,
    Figure,
    Provenance,
    draw_benefit_curve,
    draw_forest,
    draw_funnel,
    draw_timeline,
    render,
)
from enthesis.report.figures.bias_figures import bias_bars, bias_lights, first_tool
from enthesis.web.evidence.addresses import question_place
from enthesis.web.evidence.present.drawings import safe

__all__ = ["FIGURES", "FILE_KINDS", "Download", "Drawn", "drawn_figures", "figure_of"]

FILE_KINDS = (*EXPORTS, "csv")
Maker = Callable[[Answer, Evidence, Provenance], Figure]


@dataclass(frozen=True, slots=True)
class Download:
    """One file of a figure."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its text alternative, its files, and its picture where no table of the page draws it.

    ``refused`` is the reason when it cannot be drawn; then there is neither picture nor file.
    """

    name: str
    title: str
    description: str
    picture: SafeString
    downloads: tuple[Download, ...]
    refused: str
    is_table: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    make: Maker
    is_table: bool = False


def _forest(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_forest(a, evidence.vocabulary, provenance)


def _curve(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_benefit_curve(a, evidence.vocabulary, provenance)


def _timeline(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    found = diagnose(a, evidence.rules)
    return draw_timeline(a, found.timeline if found else (), evidence.vocabulary, provenance)


def _funnel(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return draw_funnel(a, evidence.rules, evidence.vocabulary, provenance)


def _lights(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return bias_lights(a, first_tool(a), evidence.vocabulary, provenance)


def _bars(a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    return bias_bars(a, first_tool(a), evidence.vocabulary, provenance)


# The forest plot and the timeline stand on the page as tables that draw; risk of bias has its own part.
FIGURES: dict[str, _Kind] = {
    "forest": _Kind("Forest plot", _forest, is_table=True),
    "benefit-curve": _Kind("Chance of benefit, whatever difference you think matters", _curve),
    "timeline": _Kind("Timeline", _timeline, is_table=True),
    "funnel": _Kind("Funnel plot", _funnel),
    "risk-of-bias": _Kind("Risk of bias by trial", _lights, is_table=True),
    "risk-of-bias-summary": _Kind("Risk of bias by share of the weight", _bars, is_table=True),
}


def figure_of(name: str, a: Answer, evidence: Evidence, provenance: Provenance) -> Figure:
    """One figure of an answer.

    Raises:
        NotFound: No figure is called so.
        CannotEstimate: This answer cannot be drawn so; says why.
    """
    if name not in FIGURES:
        raise NotFound("figure", name, FIGURES)
    return FIGURES[name].make(a, evidence, provenance)


def drawn_figures(a: Answer, evidence: Evidence, provenance: Provenance) -> dict[str, Drawn]:
    """All figures of an answer by name."""
    return {name: _drawn(name, kind, a, evidence, provenance) for name, kind in FIGURES.items()}


def _drawn(name: str, kind: _Kind, a: Answer, evidence: Evidence, provenance: Provenance) -> Drawn:
    try:
        figure = kind.make(a, evidence, provenance)
    except CannotEstimate as error:
        return Drawn(name, kind.title, "", safe(""), (), str(error), kind.is_table)
    picture = safe("" if kind.is_table else render(figure))
    return Drawn(name, kind.title, figure.description, picture, _downloads(name, a), "", kind.is_table)


def _downloads(name: str, a: Answer) -> tuple[Download, ...]:
    place = [*question_place(a.question), name]
    return tuple(Download(kind.upper(), reverse("figure", args=[*place, kind])) for kind in FILE_KINDS)
