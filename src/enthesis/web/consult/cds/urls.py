"""Addresses of CDS Hooks, without a slash at the end as the specification writes them.

One set for all, and one for each clinic: what comes back through the latter is counted for that clinic.
"""

from django.urls import path

from enthesis.web.consult.cds.views import discover, serve, take_feedback

_CLINIC = "clinics/<uuid:site>/cds-services"

urlpatterns = [
    path("cds-services", discover, name="cds-services"),
    path("cds-services/<str:service>", serve, name="cds-service"),
    path("cds-services/<str:service>/feedback", take_feedback, name="cds-feedback"),
    path(_CLINIC, discover, name="clinic-cds-services"),
    path(f"{_CLINIC}/<str:service>", serve, name="clinic-cds-service"),
    path(f"{_CLINIC}/<str:service>/feedback", take_feedback, name="clinic-cds-feedback"),
]
