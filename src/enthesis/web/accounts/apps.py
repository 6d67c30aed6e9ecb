"""Accounts as an application of Django."""

from django.apps import AppConfig

__all__ = ["AccountsConfig"]


class AccountsConfig(AppConfig):
    """Users, sites and memberships."""

    name = "enthesis.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Put up the second wall after every migration and write log-ins to the audit trail."""
        from django.db.models.signals import post_migrate

        from enthesis.web.accounts import log_ins
        from enthesis.web.accounts.row_security import put_up_walls

        post_migrate.connect(put_up_walls, dispatch_uid="enthesis-row-security")
        log_ins.connect()
