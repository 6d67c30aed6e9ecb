"""Addresses of follow-up: worklist, messages, completeness, protocols."""

from django.urls import path

from enthesis.web.registry.views import completeness, worklist

urlpatterns = [
    path("completeness/", completeness.show, name="completeness"),
    path("follow-up/", worklist.show, name="follow-up"),
    path("follow-up/worklist.csv", worklist.export, name="follow-up-export"),
    path("follow-up/<uuid:follow_up>/log/", worklist.log, name="follow-up-log"),
    path("follow-up/<uuid:follow_up>/close/", worklist.close, name="follow-up-close"),
]
