"""Addresses of follow-up: worklist, messages, completeness, protocols."""

from django.urls import path

from enthesis.web.registry.views import completeness

urlpatterns = [
    path("completeness/", completeness.show, name="completeness"),
]
