"""Addresses of the consultation."""

from django.urls import path

from enthesis.web.consult.views import aid, asking_about, counsel, facts, kept, overrides, plan, start

_KEPT = "kept/<uuid:consultation>/"
_AID = "aid/<str:condition>/<str:intervention>/<str:language>"

urlpatterns = [
    path("", start.show, name="consult"),
    path("facts/", facts.show, name="consult-facts"),
    path("counsel.css", aid.stylesheet, name="counsel-css"),
    path(f"{_AID}/", aid.show, name="aid"),
    path(f"{_AID}.pdf", aid.show_pdf, name="aid-pdf"),
    path("episodes/<uuid:episode>/", asking_about.show, name="consult-episode"),
    path(_KEPT, kept.show, name="consultation"),
    path(f"{_KEPT}override/", kept.override, name="consultation-override"),
    path(f"{_KEPT}plan/", plan.show, name="consultation-plan"),
    path(f"{_KEPT}aid/<str:language>/", counsel.aid, name="consultation-aid"),
    path(f"{_KEPT}aid/<str:language>.pdf", counsel.pdf, name="consultation-aid-pdf"),
    path(f"{_KEPT}consent/<str:language>/", counsel.consent, name="consultation-consent"),
    path(f"{_KEPT}consent/<str:language>.pdf", counsel.consent_pdf, name="consultation-consent-pdf"),
    path("overrides/", overrides.show, name="overrides"),
    path("overrides/count/", overrides.count, name="overrides-count"),
]
