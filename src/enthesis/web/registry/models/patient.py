"""A person who is treated."""

from typing import ClassVar

from django.db import models

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.vault import SealedDateField, SealedTextField

__all__ = ["AboutPatient", "Patient", "SearchTerm"]


class Patient(SiteOwned):
    """A person; identifiers are sealed, and found by the blind index only."""

    class Sex(models.TextChoices):
        """Sex as recorded at birth or in papers; what the grading tables and dose figures of trials use."""

        FEMALE = "female"
        MALE = "male"
        OTHER = "other"
        UNKNOWN = "unknown"

    class Channel(models.TextChoices):
        """How the patient wants to be reached."""

        SMS = "sms", "SMS"
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "email", "e-mail"
        TELEPHONE = "telephone"
        NONE = "none", "not at all"

    name = SealedTextField(help_text="Full name in any script.")
    latin_name = SealedTextField(
        blank=True, default="", help_text="The name in Latin letters, for searching."
    )
    local_id = SealedTextField(help_text="The clinic's own number.")
    local_id_blind = models.BinaryField(
        max_length=8, null=True, editable=False, help_text="Keyed hash of the clinic's own number."
    )
    birth_date = SealedDateField()
    birth_year = models.SmallIntegerField()
    sex = models.CharField(max_length=8, choices=Sex.choices)
    telephone = SealedTextField(blank=True, default="")
    email = SealedTextField(blank=True, default="")
    abha = SealedTextField(
        blank=True, default="", help_text="Ayushman Bharat Health Account number, if wanted."
    )
    language = models.CharField(max_length=10, default="en")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.SMS)
    died_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False, help_text="An invented person of the demo clinic.")
    made_at = models.DateTimeField(auto_now_add=True)
    unaudited = frozenset({"made_at", "local_id_blind"})

    class Meta(SiteOwned.Meta):
        """Newest first is what a clinic wants to see; a clinic's own number belongs to one person."""

        indexes = (models.Index(fields=("site", "-id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("site", "local_id_blind"), name="a_local_id_belongs_to_one_person"
            ),
        )

    def patient_key(self) -> str:
        """Its own key."""
        return str(self.key)


class SearchTerm(models.Model):
    """One beginning of a name or number, as a keyed hash; derived from sealed fields, so not audited."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="search_terms")
    term = models.BinaryField(max_length=8)
    walled = True  # row-level security, as for rows that are SiteOwned

    class Meta:
        """Found by site and hash."""

        constraints: ClassVar = (
            models.UniqueConstraint(fields=("site", "term", "patient"), name="a_search_term_once_a_patient"),
        )


class AboutPatient(SiteOwned):
    """A row about one patient, of the same site."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="%(class)ss")

    class Meta(SiteOwned.Meta):
        """Only a part of other tables."""

        abstract = True

    def patient_key(self) -> str:
        """Key of the patient."""
        return str(self.patient.key)
