"""What a patient agreed to, purpose by purpose."""

from django.db import models
from django.db.models import F, Q

from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.vault import SealedTextField

__all__ = ["Consent"]


class Consent(AboutPatient):
    """One purpose, given or refused, and perhaps withdrawn; never overwritten."""

    class Purpose(models.TextChoices):
        """What the data or the body may be used for."""

        CARE = "care", "treatment"
        REGISTRY = "registry"
        RESEARCH = "research"
        CONTACT = "contact", "being contacted for follow-up"
        SHARING = "sharing", "sharing with other clinics"
        CROSS_BORDER = "cross-border", "sending abroad"

    class Means(models.TextChoices):
        """How it was given."""

        SCREEN = "screen", "signed on screen"
        PAPER = "paper", "signed on paper"
        SPOKEN = "spoken", "spoken, with a witness"

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given = models.BooleanField(help_text="No is kept as well as yes.")
    document = models.CharField(max_length=80, help_text="Which text was shown.")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the text that was shown.")
    document_json = models.JSONField(default=dict, blank=True, help_text="The text itself, as it was shown.")
    means = models.CharField(max_length=8, choices=Means.choices)
    signature_svg = SealedTextField(blank=True, default="", help_text="Strokes drawn on the screen.")
    witness = SealedTextField(blank=True, default="")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=150, blank=True)

    class Meta(AboutPatient.Meta):
        """Nobody withdraws before agreeing."""

        ordering = ("-given_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        )
