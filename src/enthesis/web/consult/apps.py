"""The consultation as a Django application."""

from django.apps import AppConfig

__all__ = ["ConsultConfig"]


class ConsultConfig(AppConfig):
    """Tables, pages, interface and CDS Hooks services of the consultation."""

    name = "enthesis.web.consult"
    label = "consult"

    def ready(self) -> None:
        """An injection may name a consultation of its own episode, and no other."""
        from enthesis.web.consult.queries.kept import is_of_episode
        from enthesis.web.registry.actions.injections import know_consultations

        know_consultations(is_of_episode)
