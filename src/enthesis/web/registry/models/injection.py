"""What was in the syringe, and the act of injecting it."""

from django.db import models
from django.db.models import Q

from enthesis.web.accounts.models import User
from enthesis.web.registry.models.episode import AboutEpisode

__all__ = ["Injection", "Preparation"]


class Preparation(AboutEpisode):
    """A product as prepared: what was measured is stored; dose and class codes are derived when read."""

    intervention = models.CharField(max_length=60, help_text="Word of the vocabulary, such as prp.")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    record = models.JSONField(default=dict, help_text="The product record, as domain.products reads it.")
    kit = models.CharField(max_length=120, blank=True)
    lot = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)


class Injection(AboutEpisode):
    """One act of injecting."""

    class Guidance(models.TextChoices):
        """How the needle was guided."""

        NONE = "none", "none (by landmarks)"
        ULTRASOUND = "ultrasound"
        FLUOROSCOPY = "fluoroscopy"
        CT = "ct", "CT"
        MRI = "mri", "MRI"
        ARTHROSCOPY = "arthroscopy"

    preparation = models.ForeignKey(
        Preparation, models.PROTECT, related_name="injections", null=True, blank=True
    )
    intervention = models.CharField(max_length=60)
    given_on = models.DateField()
    number_in_course = models.PositiveSmallIntegerField(default=1)
    target = models.CharField(max_length=80, help_text="Structure the needle was aimed at.")
    guidance = models.CharField(max_length=12, choices=Guidance.choices)
    needle_gauge = models.PositiveSmallIntegerField(null=True, blank=True)
    volume_ml = models.DecimalField(max_digits=5, decimal_places=2)
    local_anaesthetic = models.CharField(max_length=80, blank=True)
    operator = models.ForeignKey(User, models.PROTECT, related_name="+")
    image_reference = models.CharField(max_length=120, blank=True, help_text="Number of the stored image.")
    notes = models.TextField(blank=True)
    cancelled_because = models.CharField(max_length=150, blank=True)
    consultation = models.UUIDField(null=True, blank=True, help_text="Key of the consultation that led here.")

    class Meta(AboutEpisode.Meta):
        """A volume is more than nothing."""

        ordering = ("given_on", "id")
        constraints = (models.CheckConstraint(condition=Q(volume_ml__gt=0), name="something_was_injected"),)
        indexes = (models.Index(fields=("site", "given_on")),)
