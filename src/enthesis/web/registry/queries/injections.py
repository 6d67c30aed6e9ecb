"""Injections: one by key, and the last values a new one begins with."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import Permission, roles_with
from enthesis.web.registry.models import Episode, Injection

__all__ = ["episode_of", "injection_of", "last_like", "operators_at", "standing"]


def episode_of(key: UUID) -> Episode:
    """The episode of a key with its patient and site.

    Raises:
        Http404: None in reach.
    """
    found: Episode = get_object_or_404(
        Episode.objects.select_related("patient", "site", "patient__site"), key=key
    )
    return found


def injection_of(key: UUID) -> Injection:
    """The injection of a key with everything a page shows of it.

    Raises:
        Http404: None in reach.
    """
    rows = Injection.objects.select_related(
        "patient", "patient__site", "site", "episode", "preparation", "operator"
    )
    found: Injection = get_object_or_404(rows, key=key)
    return found


def standing(episode: Episode) -> QuerySet[Injection]:
    """Injections of an episode that were not cancelled, earliest first."""
    rows: QuerySet[Injection] = Injection.objects.filter(episode=episode, cancelled_because="")
    return rows


def last_like(episode: Episode, operator: User) -> Injection | None:
    """The injection a new one begins with: the episode's last, else the operator's last for the condition."""
    own = standing(episode).select_related("preparation").last()
    if own is not None:
        return own
    rows = Injection.objects.filter(
        site_id=episode.site_id, operator=operator, episode__condition=episode.condition, cancelled_because=""
    )
    return rows.select_related("preparation").order_by("-id").first()


def operators_at(site: Site) -> list[User]:
    """People of the site who may give injections: whoever may sign."""
    roles = [role.value for role in roles_with(Permission.SIGN)]
    members = Membership.objects.filter(site=site, role__in=roles, user__is_active=True).select_related(
        "user"
    )
    return sorted({m.user for m in members}, key=lambda user: (user.name, user.pk))
