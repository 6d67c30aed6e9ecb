"""A site's own follow-up protocol: a changed copy is a new version, for episodes opened from that day."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction

from enthesis.catalogue.protocols_loader import check_protocol, protocol_document
from enthesis.domain.episodes import Protocol
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import SiteProtocol
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["Days", "change_protocol", "document_in_use"]

# Opens, closes and late until, in days from the injection, by window.
Days = Mapping[str, tuple[int, int, int]]


def document_in_use(site: Site, name: str) -> dict[str, Any]:
    """The document of a site's protocol: its newest version, otherwise what ships.

    Raises:
        NotFound: No such protocol.
    """
    own = SiteProtocol.objects.filter(site=site, name=name).order_by("-version").first()
    return deepcopy(own.content if own else dict(protocol_document(name)))


@transaction.atomic
def change_protocol(*, site: Site, name: str, days: Days, instruments: Mapping[str, list[str]]) -> Protocol:
    """A new version with other days or other windows for the instruments asked of everybody.

    Args:
        site: The site whose protocol it is.
        name: Id of the protocol.
        days: Days of every window.
        instruments: Windows of each core instrument; an instrument without a window is dropped.

    Raises:
        NotAllowed: The caller may not edit protocols at this site.
        InvalidData: Windows overlap or fall, nothing is asked, or nothing was changed.
    """
    current_scope().check_can(Permission.EDIT_PROTOCOL, site.pk)
    before = document_in_use(site, name)
    after = deepcopy(before)
    for window in after["windows"]:
        window["days"] = list(days.get(window["id"], window["days"]))
    after["core"] = [
        {**entry, "windows": instruments.get(entry["instrument"], entry["windows"])}
        for entry in before["core"]
        if instruments.get(entry["instrument"], entry["windows"])
    ]
    if after == before:
        raise InvalidData(Fault("Nothing was changed.", "protocol"))
    last = SiteProtocol.objects.filter(site=site, name=name).order_by("-version").first()
    version = (last.version if last else 1) + 1
    after["version"] = str(version)
    protocol = check_protocol(after)
    SiteProtocol.objects.create(
        site=site, name=name, version=version, content=after, valid_from=today_at(site)
    )
    return protocol
