"""Addresses of the clinic."""

from django.urls import path

from enthesis.web.registry.views import front

urlpatterns = [
    path("", front.front, name="clinic"),
]
