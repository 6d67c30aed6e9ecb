"""The patient's pages as an application of Django."""

from django.apps import AppConfig

__all__ = ["PatientConfig"]


class PatientConfig(AppConfig):
    """Pages without a log-in; it has no tables."""

    name = "enthesis.web.patient"
    label = "patient"
