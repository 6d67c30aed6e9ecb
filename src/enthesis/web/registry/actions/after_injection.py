"""What an injection sets going in other parts of the registry, where these are installed."""

from importlib import import_module
from importlib.util import find_spec

from enthesis.web.registry.models import Injection

__all__ = ["open_windows_of"]

FOLLOW_UPS = "enthesis.web.registry.actions.follow_ups"


def open_windows_of(injection: Injection) -> None:
    """Open the follow-up windows that run from an injection."""
    if find_spec(FOLLOW_UPS) is not None:
        import_module(FOLLOW_UPS).open_windows(injection=injection)
