"""Addresses of the clinical record and the clinician's day."""

from django.urls import path

from enthesis.web.registry.views import working_site

urlpatterns = [
    path("working-site/", working_site.choose, name="working-site"),
]
