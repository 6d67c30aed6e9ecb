"""The consultation as a Django application."""

from django.apps import AppConfig

__all__ = ["ConsultConfig"]


class ConsultConfig(AppConfig):
    """Tables, pages, interface and CDS Hooks services of the consultation."""

    name = "enthesis.web.consult"
    label = "consult"
