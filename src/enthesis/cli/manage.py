"""The bridge to commands that need the database; by name, because the shells know nothing of each other."""

import os
from typing import Any

from enthesis.errors import Fault, InvalidData

__all__ = ["manage"]

SETTINGS = "enthesis.web.config.settings"


def manage(command: str, *arguments: str, **options: Any) -> None:
    """Run a command of the web application in this process.

    Raises:
        InvalidData: The command says that it cannot be done; with its words.
    """
    import django
    from django.core.management import CommandError, call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup(set_prefix=False)
    try:
        call_command(command, *arguments, **options)
    except CommandError as error:
        raise InvalidData(Fault(str(error))) from None
