"""The protocol that holds for an episode: the site's own version where it made one, otherwise what ships."""

from datetime import date

from enthesis.catalogue.protocols_loader import build_protocol, load_protocols
from enthesis.domain.episodes import Protocol
from enthesis.errors import NotFound
from enthesis.web.registry.models import Episode, SiteProtocol

__all__ = ["STANDARD", "protocol_of", "protocol_on"]

STANDARD = "enthesis-standard"


def protocol_of(episode: Episode) -> Protocol:
    """Protocol of an episode: the version of the day it opened, so that a later edit changes nothing.

    Raises:
        NotFound: The episode names a protocol that neither the site nor the catalogue has.
    """
    return protocol_on(episode.site_id, episode.protocol, episode.opened_on)


def protocol_on(site_id: int, name: str, day: date) -> Protocol:
    """Protocol of a site by name on a day.

    Raises:
        NotFound: No such protocol.
    """
    own = (
        SiteProtocol.objects.filter(site_id=site_id, name=name, valid_from__lte=day)
        .order_by("-version")
        .first()
    )
    if own is not None:
        return build_protocol(own.content)
    shipped = load_protocols()
    if name not in shipped:
        raise NotFound("follow-up protocol", name, shipped)
    return shipped[name]
