"""Corrections, queries and signatures: how a record is put right in the open."""

from django.db import models

from enthesis.web.accounts.models import User
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["Correction", "Query", "QueryAnswer", "Signature"]


class _AboutRow(AboutPatient):
    """About one row of the record, named by its kind and key."""

    row_kind = models.CharField(max_length=40)
    row_key = models.UUIDField(db_index=True)

    class Meta(AboutPatient.Meta):
        """Only a part of other tables."""

        abstract = True


class Correction(_AboutRow):
    """A value that was put right, what it was before, and why."""

    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Query(_AboutRow):
    """A question of the registry lead to the site about one value."""

    field = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)


class QueryAnswer(AboutPatient):
    """What the site says to a query."""

    query = models.ForeignKey(Query, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Signature(_AboutRow):
    """A person's signature under the content of a row; a later change of the content voids it."""

    content_hash = models.CharField(max_length=64)
    meaning = models.CharField(
        max_length=80, help_text="What signing says, such as: I recorded this injection."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_because = models.CharField(max_length=150, blank=True)
