"""The vault as an application of Django."""

from django.apps import AppConfig

__all__ = ["VaultConfig"]


class VaultConfig(AppConfig):
    """Keys and sealed fields; it has no tables."""

    name = "enthesis.web.vault"
    label = "vault"
