"""Forms of administrators and auditors."""

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.core.validators import RegexValidator

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.plain_text import hold_plain_text
from enthesis.web.accounts.queries.trail import Wanted
from enthesis.web.accounts.roles import INSTALLATION_WIDE, Role
from enthesis.web.audit.models import AuditEntry

__all__ = ["InviteForm", "RoleForm", "SiteForm", "TrailForm", "row_number"]

EVERYWHERE = "everywhere"
# Digits of the largest number a database gives a row.
MOST_DIGITS = 18
DAY = {"type": "date"}


def row_number(text: str) -> int:
    """Number of a row as a button sends it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


class RoleForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label="Role", choices=[(r.value, r.label) for r in Role])
    where = forms.ChoiceField(label="Where")

    def __init__(self, *args: Any, sites: list[Site], everywhere: bool, **kwargs: Any) -> None:
        """Offer ``sites``, and the whole installation to who manages it."""
        super().__init__(*args, **kwargs)
        hold_plain_text(self)
        self.sites = {str(site.key): site for site in sites}
        wide = [(EVERYWHERE, "the whole installation")] if everywhere else []
        self.fields["where"].choices = [(k, s.name) for k, s in self.sites.items()] + wide  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who meets patients works at a site."""
        given = super().clean() or {}
        role, where = given.get("role"), given.get("where")
        if where == EVERYWHERE and role and Role(role) not in INSTALLATION_WIDE:
            self.add_error("where", f"A {Role(role).label} works at a site; choose which.")
        return given

    @property
    def chosen_role(self) -> Role:
        """The chosen role."""
        return Role(self.cleaned_data["role"])

    @property
    def chosen_site(self) -> Site | None:
        """The chosen site; None is the whole installation."""
        return self.sites.get(self.cleaned_data["where"])


class InviteForm(RoleForm):
    """A new person with a first role."""

    name = forms.CharField(label="Name", max_length=150, help_text="As colleagues know it, in any script.")
    email = forms.EmailField(label="E-mail address", help_text="The person logs in with it.")
    field_order = ("name", "email", "role", "where")


class SiteForm(forms.ModelForm):
    """A site."""

    country = forms.CharField(
        label="Country",
        max_length=2,
        validators=[RegexValidator(r"^[A-Za-z]{2}$", "Write the two letters of ISO 3166, such as IN or PH.")],
        help_text="Two letters, such as IN, PH or GB.",
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=[("", "Choose the zone")]
        + [(z, z) for z in sorted(available_timezones()) if "/" in z and not z.startswith("Etc/")]
        + [("UTC", "UTC")],
        help_text="Dates on records are days of this zone.",
    )

    language = forms.CharField(
        label="Language of letters to patients",
        initial="en",
        max_length=10,
        validators=[
            RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", "Write a code such as en, hi or bn.")
        ],
        help_text="A code such as en, hi or bn.",
    )
    telephone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        validators=[
            RegexValidator(r"^\+?[0-9][0-9 ()./-]{2,24}$", "Write a number such as +91 33 1234 5678.")
        ],
        help_text="Number a patient may call.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A form that takes text that can be read."""
        super().__init__(*args, **kwargs)
        hold_plain_text(self)

    class Meta:
        """Fields in the order they are asked."""

        model = Site
        fields = (
            "name",
            "country",
            "time_zone",
            "language",
            "telephone",
            "emergency_advice",
            "synthetic",
            "active",
        )
        labels = {"synthetic": "Synthetic demo site"}  # noqa: RUF012

    def clean_country(self) -> str:
        """Upper case."""
        return str(self.cleaned_data["country"]).upper()


class TrailForm(forms.Form):
    """What an auditor looks for."""

    patient = forms.UUIDField(label="Patient's key", required=False)
    person = forms.ChoiceField(label="Who", required=False)
    action = forms.ChoiceField(
        label="Act", required=False, choices=[("", "any"), *((a, a.label) for a in AuditEntry.Action)]
    )
    first_day = forms.DateField(label="From", required=False, widget=forms.DateInput(DAY))
    last_day = forms.DateField(label="To", required=False, widget=forms.DateInput(DAY))
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        """Offer the people whose acts may be read."""
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "anybody"), *((str(p.key), str(p)) for p in people)]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """The question, for the query."""
        given = self.cleaned_data
        patient: UUID | None = given["patient"]
        return Wanted(
            patient_key=str(patient or ""),
            person=given["person"],
            action=given["action"],
            first_day=given["first_day"],
            last_day=given["last_day"],
            before=given["before"],
        )
