"""The registry as an application of Django."""

from django.apps import AppConfig

__all__ = ["RegistryConfig"]


class RegistryConfig(AppConfig):
    """Tables of the clinical record and its follow-up."""

    name = "enthesis.web.registry"
    label = "registry"

    def ready(self) -> None:
        """A signature ends with the content it was given for."""
        from enthesis.web.registry.actions import signing

        signing.connect()
