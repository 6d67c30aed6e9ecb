"""The evidence room as a Django application."""

from django.apps import AppConfig

__all__ = ["EvidenceConfig"]


class EvidenceConfig(AppConfig):
    """Templates and styles of the evidence pages. It has no tables."""

    name = "enthesis.web.evidence"
    label = "evidence"
