"""Personal links of patients."""

from django.db import models

from enthesis.web.registry.models.follow_up import FollowUp
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["PatientLink"]


class PatientLink(AboutPatient):
    """An opaque token for one follow-up; only its hash is stored, so the database opens nobody's forms."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    failed_checks = models.PositiveSmallIntegerField(
        default=0, help_text="Wrong birth dates since the last right one."
    )
    locked_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
