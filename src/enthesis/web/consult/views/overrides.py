"""Overrides for the registry lead: how often, where, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.consult.actions.consultations import INSTEAD, REASONS
from enthesis.web.consult.present.choices import label_of
from enthesis.web.consult.present.feedback import comment_lines, feedback_lines
from enthesis.web.consult.present.scenarios import scenario_mark
from enthesis.web.consult.queries.feedback import DAYS, clinics_in_reach, count_feedback, latest_comments
from enthesis.web.consult.queries.overrides import count_overrides, latest_overrides, overrides_in_all
from enthesis.web.evidence.state import current

__all__ = ["count", "show"]


@never_cache
@require_safe
@needs(Permission.ADJUDICATE, Permission.CONSULT)
def show(request: HttpRequest) -> HttpResponse:
    """Counts against all consultations, then the latest with their reasons; no names."""
    words = current().evidence.vocabulary.conditions
    overridden, asked = overrides_in_all()
    now = timezone.now()
    context = {
        "room": "clinic",
        "place": "overrides",
        "overridden": overridden,
        "asked": asked,
        "counts": [(c, scenario_mark(c.scenario)) for c in count_overrides()],
        "latest": [
            {
                "row": o,
                "condition": words[o.consultation.condition].label,
                "injection": label_of(o.consultation.intervention),
                "mark": scenario_mark(o.recommended),
                "instead": INSTEAD[o.instead],
                "reason": REASONS[o.reason],
            }
            for o in latest_overrides()
        ],
        "days": DAYS,
        "feedback": feedback_lines(count_feedback(now), REASONS),
        "comments": comment_lines(latest_comments(now), REASONS),
        "addresses": [
            (site.name, request.build_absolute_uri(reverse("clinic-cds-services", args=[site.key])))
            for site in clinics_in_reach()
        ],
    }
    return render(request, "consult/overrides.html", context)


@never_cache
@require_safe
@needs(Permission.ADJUDICATE, Permission.CONSULT)
def count(request: HttpRequest) -> HttpResponse:
    """One line for the front page."""
    overridden, asked = overrides_in_all()
    return render(request, "consult/parts/overrides_count.html", {"overridden": overridden, "asked": asked})
