"""Addresses of the evidence pages."""

from django.urls import include, path

from enthesis.web.evidence.views import (
    claims,
    figures,
    fragility,
    grade,
    influence,
    moderators,
    monitoring,
    networks,
    pages,
    reports,
    search,
    topic,
)
from enthesis.web.evidence.views import map as map_views

_QUESTION = "evidence/<str:condition>/<str:intervention>/<str:comparator>/<str:outcome>/<str:horizon>/"
_KIN = "evidence/<str:condition>/<str:intervention>/<str:comparator>/<str:outcome>/"
_NETWORK = "networks/<str:condition>/<str:outcome>/<str:horizon>/"

urlpatterns = [
    path("", map_views.show, name="map"),
    path("map.<slug:kind>", figures.show_map, name="map-file"),
    path("evidence/<str:condition>/<str:intervention>/", topic.show, name="topic"),
    path("evidence/<str:condition>/<str:intervention>/grade/", grade.show, name="grade"),
    path("evidence/<str:condition>/<str:intervention>/grade.<slug:kind>", grade.show_file, name="grade-file"),
    path(f"{_KIN}moderators/", moderators.show, name="moderators"),
    path(f"{_KIN}moderators.<slug:kind>", moderators.show_file, name="moderators-file"),
    path(_QUESTION, topic.show_question, name="question"),
    path(f"{_QUESTION}monitoring/", monitoring.show, name="monitoring"),
    path(f"{_QUESTION}monitoring.<slug:kind>", monitoring.show_file, name="monitoring-file"),
    path(f"{_QUESTION}fragility/", fragility.show, name="fragility"),
    path(f"{_QUESTION}fragility.<slug:kind>", fragility.show_file, name="fragility-file"),
    path(f"{_QUESTION}<slug:name>.<slug:kind>", figures.show, name="figure"),
    path("networks/", networks.show_all, name="networks"),
    path(_NETWORK, networks.show, name="network"),
    path(f"{_NETWORK}network.<slug:kind>", networks.show_file, name="network-file"),
    path("studies/<str:study>/", reports.show_study, name="study"),
    path("studies/<str:study>/influence/", influence.show, name="influence"),
    path("reviews/<str:review>/", reports.show_review, name="review"),
    path("claims/", claims.show, name="claims"),
    path("search", search.show, name="search"),
    path("method/", pages.show_method, name="method"),
    path("about/", pages.show_about, name="about"),
    path("api/", include("enthesis.web.evidence.api.urls")),
]
