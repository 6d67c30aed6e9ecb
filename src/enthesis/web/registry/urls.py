"""Addresses of the clinic."""

from django.urls import include, path

from enthesis.web.registry.views import front

urlpatterns = [
    path("", front.front, name="clinic"),
    path("", include("enthesis.web.registry.addresses.record")),
    path("", include("enthesis.web.registry.addresses.follow_up")),
    path("", include("enthesis.web.registry.addresses.trust")),
]
