"""Fields of the audit trail."""

from django.db import models

__all__ = ["AuditEntry", "ChainHead"]


class AuditEntry(models.Model):
    """One act. Identifiers of patients are never written here, only their keys."""

    class Action(models.TextChoices):
        """What was done."""

        CREATE = "create"
        CHANGE = "change"
        DELETE = "delete"
        READ = "read"
        EXPORT = "export"
        LOG_IN = "log-in"
        LOG_OUT = "log-out"
        REFUSED = "refused"
        SIGN = "sign"
        SYSTEM = "system"

    number = models.BigIntegerField(unique=True, help_text="Place in the chain, from 1 without a gap.")
    at = models.DateTimeField(help_text="Moment by the clock of the server.")
    actor = models.CharField(max_length=80, help_text="user:, link: or system: and the key, or stranger:.")
    site_id = models.BigIntegerField(null=True, help_text="Site of the object; empty for the installation.")
    action = models.CharField(max_length=10, choices=Action.choices)
    kind = models.CharField(max_length=60, help_text="Kind of object.")
    object_key = models.CharField(max_length=80, blank=True, help_text="Key of the object.")
    patient_key = models.CharField(max_length=40, blank=True, help_text="Key of the patient it is about.")
    details = models.JSONField(default=dict, help_text="Changed fields; sealed fields by name only.")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Indexes for the two questions asked: what happened to this, and who looked at this patient."""

        ordering = ("number",)
        indexes = (
            models.Index(fields=("kind", "object_key")),
            models.Index(fields=("patient_key", "number")),
            models.Index(fields=("site_id", "number")),
            models.Index(fields=("actor", "number")),
        )


class ChainHead(models.Model):
    """The one row that says how long the chain is; locking it puts writers in a row."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    proof = models.CharField(max_length=64, default="", help_text="Keyed hash of number and hash.")
