"""The follow-up protocol of a site: what is asked when, and changing it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.protocols import Days, change_protocol, document_in_use
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.queries.protocols import STANDARD
from enthesis.web.registry.queries.working_site import sites_in_reach, working_site

__all__ = ["show"]

PARTS = ("opens", "closes", "late")
MOST_DAYS = 3650


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_PROTOCOL)
def show(request: HttpRequest) -> HttpResponse:
    """The protocol of the working site as a form; a change becomes a new version."""
    site = _site(request)
    if site is None:
        return render(request, "registry/follow_up/protocol.html", {"place": "protocols", "room": "clinic"})
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            protocol = _change(site, request.POST)
        except InvalidData as error:
            faults = error.faults
            write_refusal(kind="siteprotocol", fields=[f.where for f in faults], site_id=site.pk)
        else:
            messages.success(request, f"Version {protocol.version} holds for episodes opened from today.")
            return redirect("protocols")
    context = _context(document_in_use(site, STANDARD), request.POST if faults else {}) | {
        "faults": faults,
        "site": site,
    }
    return render(request, "registry/follow_up/protocol.html", context, status=422 if faults else 200)


def _site(request: HttpRequest) -> Site | None:
    reach = [s for s in sites_in_reach() if current_scope().can(Permission.EDIT_PROTOCOL, s.pk)]
    chosen = working_site(request.session)
    return chosen if chosen in reach else reach[0] if len(reach) == 1 else None


def _change(site: Site, sent: QueryDict) -> Any:
    document = document_in_use(site, STANDARD)
    days: Days = {w["id"]: _days(w["id"], sent) for w in document["windows"]}
    known = {w["id"] for w in document["windows"]}
    asked = {entry["instrument"]: sent.getlist(f"asked-{entry['instrument']}") for entry in document["core"]}
    if unknown := {w for ticked in asked.values() for w in ticked} - known:
        raise InvalidData(Fault(f"has no window '{min(unknown)[:40]}'.", "asked", "Open the page again."))
    return change_protocol(site=site, name=STANDARD, days=days, instruments=asked)


def _days(window: str, sent: QueryDict) -> tuple[int, int, int]:
    values = []
    for part in PARTS:
        name = f"{part}-{window}"
        try:
            values.append(int(sent.get(name, "")))
        except ValueError:
            raise InvalidData(
                Fault("is no whole number of days.", name, "Write a number such as 14.")
            ) from None
        if abs(values[-1]) > MOST_DAYS:
            raise InvalidData(Fault("is further than ten years.", name, f"Write at most {MOST_DAYS} days."))
    return values[0], values[1], values[2]


def _context(document: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    instruments = load_instruments()
    windows = [
        {
            "id": w["id"],
            "name": "Baseline" if w["weeks"] == 0 else f"Week {w['weeks']}",
            "days": [
                {
                    "name": f"{part}-{w['id']}",
                    "words": words,
                    "value": typed.get(f"{part}-{w['id']}", str(day)),
                }
                for part, words, day in zip(PARTS, ("opens", "closes", "late until"), w["days"], strict=True)
            ],
        }
        for w in document["windows"]
    ]
    core = [
        {
            "id": entry["instrument"],
            "name": instruments[entry["instrument"]].name,
            "windows": [
                {"id": w["id"], "name": w["name"], "on": w["id"] in entry["windows"]} for w in windows
            ],
        }
        for entry in document["core"]
    ]
    return {
        "place": "protocols",
        "room": "clinic",
        "windows": windows,
        "core": core,
        "title": document["title"],
        "version": document["version"],
    }
