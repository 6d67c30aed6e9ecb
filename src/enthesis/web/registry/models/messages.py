"""The outbox: every message to a patient, whether it left the machine or not."""

from django.db import models

from enthesis.web.registry.models.follow_up import FollowUp
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.vault import SealedTextField

__all__ = ["Message"]


class Message(AboutPatient):
    """One message; text and address are sealed."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        HELD = "held", "held: no gateway is set"
        CANCELLED = "cancelled"

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="messages", null=True, blank=True)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    address = SealedTextField()
    subject = models.CharField(max_length=150, blank=True)
    body = SealedTextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta(AboutPatient.Meta):
        """What waits is found quickly."""

        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=("state", "not_before")),)
