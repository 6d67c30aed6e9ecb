"""One course of a complaint at one place of the body."""

from django.db import models
from django.db.models import F, Q

from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["AboutEpisode", "Episode"]


class Episode(AboutPatient):
    """Condition, side and level with what was known at its start."""

    class Side(models.TextChoices):
        """Side of the body."""

        LEFT = "left"
        RIGHT = "right"
        BOTH = "both"
        MIDLINE = "midline"

    condition = models.CharField(
        max_length=60, help_text="Word of the vocabulary, such as knee-osteoarthritis."
    )
    side = models.CharField(max_length=8, choices=Side.choices)
    level = models.CharField(max_length=40, blank=True, help_text="Spinal level or joint, such as L4-L5.")
    grading_system = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    grade_wording = models.CharField(
        max_length=80, blank=True, help_text="Which wording of the system was read."
    )
    graded_on = models.DateField(null=True, blank=True)
    symptoms_since = models.DateField(null=True, blank=True)
    facts = models.JSONField(
        default=dict, blank=True, help_text="Facts for selection, as the consultation takes them."
    )
    prior_treatments = models.JSONField(default=list, blank=True)
    comorbidities = models.JSONField(default=list, blank=True)
    drugs = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    protocol = models.CharField(max_length=60, default="enthesis-standard", help_text="Follow-up protocol.")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=40, blank=True)

    class Meta(AboutPatient.Meta):
        """Dates stand in order."""

        ordering = ("-opened_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="episode_closes_after_it_opens",
            ),
        )
        indexes = (models.Index(fields=("site", "condition")),)


class AboutEpisode(AboutPatient):
    """A row of one episode."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="%(class)ss")

    class Meta(AboutPatient.Meta):
        """Only a part of other tables."""

        abstract = True
