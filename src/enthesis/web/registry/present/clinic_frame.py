"""What surrounds every page of the clinic: places to go, the site chosen, whether people are invented."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.queries.working_site import sites_in_reach, working_site

__all__ = ["ClinicFrame", "Place", "clinic_frame"]

P = Permission
# Name of the address, word of the link, and who may go there (any of these; nobody asked when empty).
PLACES: tuple[tuple[str, str, tuple[Permission, ...]], ...] = (
    ("today", "Today", (P.WRITE_RECORD,)),
    ("patients", "Patients", (P.READ_IDENTITY,)),
    ("follow-up", "Follow-up", (P.CHASE,)),
    ("completeness", "Completeness", (P.READ_COMPLETENESS,)),
    ("messages", "Messages", (P.CHASE,)),
    ("harms", "Harms", (P.READ_RECORD,)),
    ("unsigned", "To sign", (P.SIGN,)),
    ("records", "Records", (P.ASK_QUERY,)),
    ("queries", "Queries", (P.ASK_QUERY, P.ANSWER_QUERY)),
    ("overrides", "Overrides", (P.ADJUDICATE,)),
    ("protocols", "Protocols", (P.EDIT_PROTOCOL,)),
    ("audit_trail", "Audit", (P.READ_AUDIT,)),
    ("administration", "Administration", (P.MANAGE_ACCOUNTS,)),
    ("account", "Account", ()),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the clinic's navigation."""

    name: str
    words: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class ClinicFrame:
    """Navigation, sites to choose from, the chosen one, and whether what is shown is invented."""

    places: tuple[Place, ...]
    sites: tuple[Site, ...]
    site: Site | None
    synthetic: bool


def clinic_frame(session: Mapping[str, Any], place: str, about: Any) -> ClinicFrame:
    """The frame of one page.

    Args:
        session: Session of the person, with the chosen site.
        place: Name of the place this page belongs to.
        about: The patient the page is about, or None for a page about a site or several.
    """
    reach = sites_in_reach()
    chosen = working_site(session)
    return ClinicFrame(
        places=tuple(_places(place)),
        sites=tuple(reach),
        site=chosen,
        synthetic=_is_synthetic(about, [chosen] if chosen else reach),
    )


def _places(here: str) -> Iterator[Place]:
    held = current_scope().permissions()
    for name, words, needed in PLACES:
        if needed and not held.intersection(needed):
            continue
        try:
            yield Place(name, words, reverse(name), name == here)
        except NoReverseMatch:
            continue


def _is_synthetic(about: Any, sites: Iterable[Site]) -> bool:
    if about is not None:
        return bool(about.synthetic or about.site.synthetic)
    return any(site.synthetic for site in sites)
