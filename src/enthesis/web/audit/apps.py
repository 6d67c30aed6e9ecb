"""The audit trail as an application of Django."""

from django.apps import AppConfig

__all__ = ["AuditConfig"]


class AuditConfig(AppConfig):
    """One table that grows and one row that is its head."""

    name = "enthesis.web.audit"
    label = "audit"
