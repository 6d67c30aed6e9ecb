"""Addresses of the consultation."""

from django.urls import path

from enthesis.web.consult.views import facts, start

urlpatterns = [
    path("", start.show, name="consult"),
    path("facts/", facts.show, name="consult-facts"),
]
