"""The shell as a Django application, so that its templates and styles are found."""

from django.apps import AppConfig

__all__ = ["ShellConfig"]


class ShellConfig(AppConfig):
    """Templates and static files that every room shares."""

    name = "enthesis.web.config"
    label = "shell"
