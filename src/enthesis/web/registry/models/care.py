"""What else happens in an episode: care, images, harms and end points."""

from django.db import models
from django.db.models import F, Q

from enthesis.web.registry.models.episode import AboutEpisode
from enthesis.web.registry.models.injection import Injection

__all__ = ["AdverseEvent", "Care", "EndPoint", "Imaging", "MayBeTakenBack"]


class MayBeTakenBack(AboutEpisode):
    """A row that may turn out to be of another person or never to have been; it stays, marked."""

    cancelled_because = models.CharField(max_length=150, blank=True, default="")

    class Meta(AboutEpisode.Meta):
        """Only a part of other tables."""

        abstract = True


class Care(MayBeTakenBack):
    """Rehabilitation, drugs and other care beside the injection."""

    kind = models.CharField(max_length=40)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    what = models.CharField(max_length=300)
    plan = models.JSONField(default=dict, blank=True, help_text="A rehabilitation plan as agreed.")


class Imaging(MayBeTakenBack):
    """One image read, with its grade."""

    taken_on = models.DateField()
    modality = models.CharField(max_length=30)
    grading_system = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    grade_wording = models.CharField(max_length=80, blank=True)
    findings = models.TextField(blank=True)
    image_reference = models.CharField(max_length=120, blank=True)


class AdverseEvent(MayBeTakenBack):
    """A harm or suspected harm."""

    injection = models.ForeignKey(
        Injection, models.PROTECT, related_name="adverse_events", null=True, blank=True
    )
    term = models.CharField(max_length=120, help_text="CTCAE term or plain words.")
    grade = models.PositiveSmallIntegerField(help_text="CTCAE grade 1 to 5.")
    serious = models.JSONField(default=list, blank=True, help_text="ICH E2A criteria that are met.")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    known_at = models.DateTimeField(
        help_text="When the clinic learnt of it; the reporting clock starts here."
    )
    cause_product = models.CharField(max_length=20, help_text="Causality to the product.")
    cause_procedure = models.CharField(max_length=20, help_text="Causality to the procedure.")
    expected = models.BooleanField(null=True)
    outcome = models.CharField(max_length=30, default="not-recovered")
    description = models.TextField(blank=True)
    adjudication = models.CharField(max_length=20, default="reported")
    adjudicated_by = models.CharField(max_length=80, blank=True)
    adjudication_reason = models.CharField(max_length=300, blank=True)
    reported_on = models.DateField(null=True, blank=True)

    class Meta(AboutEpisode.Meta):
        """Grades are 1 to 5, and an event ends after it starts."""

        constraints = (
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="ctcae_grade_is_1_to_5"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="adverse_event_ends_after_it_starts",
            ),
        )


class EndPoint(MayBeTakenBack):
    """Surgery, a repeat injection elsewhere, loss to follow-up, death: what ends or changes observation."""

    kind = models.CharField(max_length=30)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
