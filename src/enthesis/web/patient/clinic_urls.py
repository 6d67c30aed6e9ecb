"""Addresses on which the clinic opens, prints and types in forms."""

from django.urls import path

from enthesis.web.patient.views import clinic, entry

urlpatterns = [
    path("<uuid:follow_up>/links/", clinic.links, name="form-links"),
    path("<uuid:follow_up>/tablet/", clinic.tablet, name="form-tablet"),
    path("<uuid:follow_up>/paper/", clinic.paper, name="form-paper"),
    path("<uuid:follow_up>/entry/", entry.enter, name="form-entry"),
    path("links/<uuid:link>/revoke/", clinic.revoke, name="form-link-revoke"),
]
