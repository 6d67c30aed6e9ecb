"""The look-up of published thresholds."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.domain.instruments import Instrument
from enthesis.web.calculators.present.thresholds import threshold_groups

__all__ = ["show"]


@cache
def _with_thresholds() -> tuple[Instrument, ...]:
    held = (i for i in load_instruments().values() if i.thresholds)
    return tuple(sorted(held, key=lambda i: i.short_name.lower()))


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Thresholds of one instrument, or the list of instruments that have any.

    Raises:
        NotFound: No instrument answers to the name.
    """
    name = request.GET.get("instrument", "").strip()
    context: dict[str, object] = {"room": "calculators", "instruments": _with_thresholds()}
    if name:
        chosen = find_instrument(name)
        context |= {"chosen": chosen, "groups": threshold_groups(chosen)}
        known = {i.id for i in load_instruments().values()} - {i.id for i in _with_thresholds()}
        context["lacking"] = chosen.id in known
    return render(request, "calculators/mcid/page.html", context)
