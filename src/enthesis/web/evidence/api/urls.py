"""Addresses of the interface: a page for people, and each version below its own name."""

from django.urls import path

from enthesis.web.evidence.api import fragility, moderators, monitoring, networks
from enthesis.web.evidence.api.page import show
from enthesis.web.evidence.api.v1 import api

api.add_router("", monitoring.router)
api.add_router("", fragility.router)
api.add_router("", moderators.router)
api.add_router("", networks.router)

urlpatterns = [
    path("", show, name="api"),
    path("v1/", api.urls),
]
