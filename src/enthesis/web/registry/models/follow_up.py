"""Follow-up: what is due, what was answered, and how the clinic ran after it."""

import uuid

from django.db import models
from django.db.models import F, Q

from enthesis.web.accounts.models import User
from enthesis.web.registry.models.episode import AboutEpisode
from enthesis.web.registry.models.injection import Injection

__all__ = ["ChaseStep", "Draft", "FollowUp", "Response"]


class FollowUp(AboutEpisode):
    """One window of one injection; its state is derived by domain.episodes from dates, responses and closure.

    Baseline is week 0. It is answered before there is an injection, and the injection then takes it over.
    """

    injection = models.ForeignKey(Injection, models.PROTECT, related_name="follow_ups", null=True, blank=True)
    window = models.CharField(max_length=40, help_text="Id of the window in the protocol.")
    week = models.PositiveSmallIntegerField(help_text="0 is baseline.")
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField(help_text="Last day on which an answer is on time.")
    late_until = models.DateField(help_text="Last day on which an answer is kept for this window.")
    instruments = models.JSONField(help_text="Instruments asked in this window, in order.")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_on = models.DateField(
        null=True, blank=True, help_text="Day of the last answer that completed it, at the site."
    )
    closed_because = models.CharField(max_length=40, blank=True)
    closed_note = models.CharField(max_length=300, blank=True)

    class Meta(AboutEpisode.Meta):
        """One row a window, its dates in order."""

        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("injection", "week"), name="a_window_stands_once"),
            models.UniqueConstraint(
                fields=("episode", "week"), condition=Q(injection__isnull=True), name="one_baseline_waits"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")),
                name="window_dates_stand_in_order",
            ),
        )
        indexes = (
            models.Index(fields=("site", "due_on")),
            models.Index(
                fields=("site", "closes_on"),
                name="open_by_last_day",
                condition=Q(completed_at__isnull=True, closed_because=""),
            ),
            models.Index(
                fields=("site", "late_until", "opens_on", "week"),
                name="open_by_last_chance",
                condition=Q(completed_at__isnull=True, closed_because=""),
            ),
            models.Index(
                fields=("site", "week", "closes_on", "completed_on", "closed_because"),
                name="windows_counted",
                condition=Q(injection__isnull=False),
            ),
        )


class Response(AboutEpisode):
    """Answers to one instrument as they were given; scores are derived and stored beside for reading."""

    class Mode(models.TextChoices):
        """Where the answers came from."""

        LINK = "link", "the patient's own phone"
        TABLET = "tablet", "tablet in the clinic"
        PAPER = "paper", "paper, entered by staff"
        TELEPHONE = "telephone", "asked by telephone"
        STAFF = "staff", "entered by staff"

    submission = models.UUIDField(help_text="Made by the device; the same submission is stored once.")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="responses", null=True, blank=True)
    instrument = models.CharField(max_length=60)
    instrument_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10)
    answers = models.JSONField()
    scores = models.JSONField(
        default=dict, help_text="Scales of the instrument with their score, as derived."
    )
    score = models.FloatField(null=True, help_text="The instrument's main scale.")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    answered_on = models.DateField(help_text="Day the answers are about.")
    answered_at = models.DateTimeField(help_text="Clock of the device when sent.")
    received_at = models.DateTimeField(help_text="Clock of the server.")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    unaudited = frozenset({"received_at"})

    class Meta(AboutEpisode.Meta):
        """Idempotent by submission and instrument; one valid answer to an instrument a window."""

        ordering = ("answered_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("submission", "instrument"), name="a_submission_is_stored_once"),
            models.UniqueConstraint(
                fields=("follow_up", "instrument"),
                condition=Q(replaced_by__isnull=True),
                name="one_valid_response_a_window",
            ),
        )
        indexes = (
            models.Index(fields=("episode", "instrument", "answered_on")),
            models.Index(
                fields=("site", "follow_up", "instrument", "answered_on"),
                name="answers_counted",
                condition=Q(replaced_by__isnull=True),
            ),
        )


class Draft(AboutEpisode):
    """Answers as typed, before they are sent."""

    follow_up = models.OneToOneField(FollowUp, models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict, help_text="By instrument and item.")
    revision = models.PositiveIntegerField(default=0)
    device = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField()
    unaudited = frozenset({"revision", "changed_at", "device", "answers"})


class ChaseStep(AboutEpisode):
    """One try to reach a patient."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="chase_steps")
    channel = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
