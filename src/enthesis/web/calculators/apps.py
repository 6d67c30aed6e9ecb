"""The calculators as a Django application."""

from django.apps import AppConfig

__all__ = ["CalculatorsConfig"]


class CalculatorsConfig(AppConfig):
    """Templates, styles and scripts of the calculators. It has no tables."""

    name = "enthesis.web.calculators"
    label = "calculators"
