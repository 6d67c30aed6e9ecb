"""Addresses of the site: one line per room."""

from django.urls import include, path

from enthesis.web.config import faults

urlpatterns = [
    path("", include("enthesis.web.accounts.urls")),
    path("clinic/", include("enthesis.web.registry.urls")),
    path("clinic/forms/", include("enthesis.web.patient.clinic_urls")),
    path("consult/", include("enthesis.web.consult.urls")),
    path("", include("enthesis.web.consult.cds.urls")),
    path("p/", include("enthesis.web.patient.urls")),
    path("calculators/", include("enthesis.web.calculators.urls")),
    path("", include("enthesis.web.evidence.urls")),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler500 = faults.server_error
