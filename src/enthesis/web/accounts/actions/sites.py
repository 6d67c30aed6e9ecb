"""Making and changing sites."""

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.actions.writing_down import write_down
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.rules import check_can_manage_sites
from enthesis.web.audit.recording import Action

__all__ = ["change_site", "make_site"]


@transaction.atomic
def make_site(*, name: str, country: str, **fields: Any) -> Site:
    """A new site.

    Raises:
        InvalidData: The name is taken or a value is not allowed; names every field.
        NotAllowed: The one who acts does not manage the whole installation.
    """
    check_can_manage_sites()
    site = Site(name=name.strip(), country=country.strip().upper(), **fields)
    _check(site)
    site.save()
    write_down(Action.CREATE, site, {"name": site.name, "country": site.country})
    return site


@transaction.atomic
def change_site(*, site: Site, **fields: Any) -> Site:
    """The site with changed fields; before and after are written down.

    Raises:
        InvalidData: A value is not allowed; names every field.
        NotAllowed: The one who acts does not manage the whole installation.
    """
    check_can_manage_sites()
    stored = Site.objects.select_for_update().get(pk=site.pk)
    changed = {n: [getattr(stored, n), v] for n, v in fields.items() if getattr(stored, n) != v}
    for name, (_, value) in changed.items():
        setattr(stored, name, value)
    _check(stored)
    if changed:
        stored.save()
        write_down(Action.CHANGE, stored, changed)
    return stored


def _check(site: Site) -> None:
    faults = []
    if site.time_zone not in available_timezones():
        faults.append(
            Fault(f"'{site.time_zone}' is no time zone.", "time_zone", "Write one such as Asia/Kolkata.")
        )
    try:
        site.full_clean()
    except ValidationError as error:
        faults += [Fault(text, field) for field, texts in error.message_dict.items() for text in texts]
    if faults:
        raise InvalidData(faults)
