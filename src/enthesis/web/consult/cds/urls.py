"""Addresses of CDS Hooks, without a slash at the end as the specification writes them."""

from django.urls import path

from enthesis.web.consult.cds.views import discover, serve, take_feedback

urlpatterns = [
    path("cds-services", discover, name="cds-services"),
    path("cds-services/<str:service>", serve, name="cds-service"),
    path("cds-services/<str:service>/feedback", take_feedback, name="cds-feedback"),
]
