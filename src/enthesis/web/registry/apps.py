"""The registry as an application of Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

__all__ = ["RegistryConfig"]


class RegistryConfig(AppConfig):
    """Tables of the clinical record and its follow-up."""

    name = "enthesis.web.registry"
    label = "registry"

    def ready(self) -> None:
        """A signature ends with the content it was given for; the planner knows the tables it meets."""
        from enthesis.web.registry.actions import signing, upkeep

        signing.connect()
        post_migrate.connect(upkeep.refresh_statistics, sender=self)
