"""The figures of one answer: those that can be drawn, and why the others cannot."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from enthesis.domain.evidence import Answer, Evidence
from enthesis.errors import CannotEstimate, NotFound
from enthesis.report.figures import EXPORTS, Figure, Provenance, draw_forest, render
from enthesis.web.evidence.addresses import horizon_slug
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


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    make: Maker
    is_table: bool = False


FIGURES: dict[str, _Kind] = {
    "forest": _Kind("Forest plot", lambda a, e, p: draw_forest(a, e.vocabulary, p), is_table=True),
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
        return Drawn(name, kind.title, "", safe(""), (), str(error))
    picture = safe("" if kind.is_table else render(figure))
    return Drawn(name, kind.title, figure.description, picture, _downloads(name, a), "")


def _downloads(name: str, a: Answer) -> tuple[Download, ...]:
    q = a.question
    place = [q.condition, q.intervention, str(q.comparator_class), q.outcome, horizon_slug(q.horizon), name]
    return tuple(Download(kind.upper(), reverse("figure", args=[*place, kind])) for kind in FILE_KINDS)
