"""What every page of a visit shows: words, clinic, languages, and how to reach help."""

from typing import Any

from enthesis.catalogue.patient_texts_loader import load_patient_texts
from enthesis.web.patient.visits import Visit

__all__ = ["page_of", "said_page"]


def page_of(visit: Visit) -> dict[str, Any]:
    """Context of a page of this visit; it holds nothing about the person."""
    words, follow_up = visit.texts.words, visit.follow_up
    asks = words["asks_after"] if follow_up.week else words["asks_before"]
    return {
        "t": visit.texts,
        "w": words,
        "languages": tuple(load_patient_texts().values()),
        "clinic": visit.site,
        "synthetic": visit.site.synthetic or visit.link.patient.synthetic,
        "asks": asks.format(clinic=visit.site.name, weeks=follow_up.week),
        "token": visit.token,
        "tablet": visit.on_tablet,
    }


def said_page(visit: Visit, title: str, said: str) -> dict[str, Any]:
    """Context of a page that only says something and how to reach the clinic."""
    return page_of(visit) | {"title": title, "said": said}
