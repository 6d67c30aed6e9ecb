"""The demo clinic as an application of Django."""

from django.apps import AppConfig

__all__ = ["DemoConfig"]


class DemoConfig(AppConfig):
    """Makes invented patients; it has no tables."""

    name = "enthesis.web.demo"
    label = "demo"
