"""What a consultation keeps: the answer as given, what was done against it, what the patient was shown."""

from typing import ClassVar

from django.db import models

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models.episode import Episode
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["Consultation", "HookFeedback", "KeptAid", "Override"]


class Consultation(AboutPatient):
    """An answer as it was given: its facts, the whole object, and the state of the catalogue it came from."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="consultations")
    condition = models.CharField(max_length=60)
    intervention = models.CharField(max_length=60)
    scenario = models.CharField(max_length=24)
    facts = models.JSONField(help_text="The document of facts, as it was asked.")
    answer = models.JSONField(help_text="The whole answer, as it was given.")
    catalogue_hash = models.CharField(max_length=64, help_text="State of the catalogue.")
    evidence_rules = models.CharField(max_length=20, help_text="Version of the declared rules.")
    cost = models.CharField(
        max_length=200, blank=True, help_text="What the clinic says it costs, as the aid tells the patient."
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_on = models.DateField(help_text="Day of the consultation at the site.")
    made_at = models.DateTimeField()

    class Meta(AboutPatient.Meta):
        """Newest first."""

        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=("site", "scenario")),)


class Override(AboutPatient):
    """Going another way than the answer, with the reason; never changed afterwards."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="overrides")
    recommended = models.CharField(max_length=24, help_text="The scenario that was given.")
    instead = models.CharField(max_length=20, help_text="What is done.")
    reason = models.CharField(max_length=20)
    explanation = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AboutPatient.Meta):
        """Newest first."""

        ordering = ("-at", "-id")


class KeptAid(AboutPatient):
    """A decision aid as it was shown: the text itself, so that no later change of wording alters it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="aids")
    document = models.CharField(max_length=150)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64)
    content = models.TextField(help_text="Canonical JSON; its SHA-256 is the content hash.")
    shown_at = models.DateTimeField()

    class Meta(AboutPatient.Meta):
        """The same text is kept once a consultation."""

        ordering = ("-shown_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "content_hash"), name="an_aid_is_kept_once"),
        )


class FeedbackInReach(models.Manager["HookFeedback"]):
    """Finds rows of the sites in scope; rows of no known site only for who reaches every site."""

    def get_queryset(self) -> "models.QuerySet[HookFeedback]":
        """Rows in scope.

        Raises:
            NotAllowed: Nobody is acting.
        """
        sites = current_scope().sites
        rows = super().get_queryset()
        return rows if sites is None else rows.filter(site_id__in=sites)


class HookFeedback(models.Model):
    """What a CDS client says became of a card; no patient, no user, one row a card."""

    site = models.ForeignKey(
        Site, models.PROTECT, null=True, related_name="+", help_text="Empty where several could be meant."
    )
    condition = models.CharField(max_length=60, blank=True)
    intervention = models.CharField(max_length=60, blank=True)
    scenario = models.CharField(max_length=24, blank=True, help_text="The answer of the card.")
    card = models.UUIDField(unique=True)
    service = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=60, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    outcome_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    walled = True  # row-level security, as for rows that are SiteOwned

    objects: ClassVar[FeedbackInReach] = FeedbackInReach()

    class Meta:
        """Newest first."""

        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=("site", "received_at")),)
