"""What is known of a patient, a proposed injection and the site it goes to. None means: not known.

Nothing here identifies a person, and nothing has a default: there is no average patient to fall back on.
"""

from dataclasses import dataclass
from datetime import date

from enthesis.domain.episodes.grading import RecordedGrade

__all__ = ["Drug", "PatientFacts", "PriorInjection", "PriorSurgery", "SideOrLevel"]

SideOrLevel = str


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine as written, its last dose, what it is for, and its class where the clinician gives it."""

    name: str
    last_dose: date | None = None
    indication: str | None = None
    drug_class: str | None = None


@dataclass(frozen=True, slots=True)
class PriorSurgery:
    """An operation: what, when, whether at the site now treated, and how it went."""

    what: str
    on: date | None = None
    same_site: bool | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class PriorInjection:
    """An injection: product, day, whether at the site now treated, and its result."""

    product: str
    on: date | None = None
    same_site: bool | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFacts:
    """Facts of one consultation.

    Units: years, months, millimetres, degrees, kg/m2, platelets in 10^9/L, haemoglobin in g/dL, HbA1c and
    disc height in percent. A tuple that is empty says that there is none; None says that nobody asked.
    """

    condition: str
    intervention: str
    country: str | None = None
    side: SideOrLevel | None = None
    level: SideOrLevel | None = None
    grading: RecordedGrade | None = None
    duration_months: float | None = None
    conservative_care_months: float | None = None
    sex: str | None = None
    age_years: float | None = None
    bmi: float | None = None
    platelets_e9_per_l: float | None = None
    haemoglobin_g_per_dl: float | None = None
    hba1c_percent: float | None = None
    tear_depth: str | None = None
    tear_size_mm: float | None = None
    tear_retracted: bool | None = None
    disc_height_percent: float | None = None
    protrusion_mm: float | None = None
    extrusion: bool | None = None
    canal_compromise: bool | None = None
    spondylolysis: bool | None = None
    modic: str | None = None
    unstable: bool | None = None
    malalignment_degrees: float | None = None
    prior_surgery: tuple[PriorSurgery, ...] | None = None
    prior_injections: tuple[PriorInjection, ...] | None = None
    drugs: tuple[Drug, ...] | None = None
    allergies: tuple[str, ...] | None = None
    red_flags: tuple[str, ...] | None = None
    infection: str | None = None
    fever_or_illness: bool | None = None
    malignancy: str | None = None
    malignancy_of_blood_or_bone: bool | None = None
    pregnant: bool | None = None
    breast_feeding: bool | None = None
    platelet_dysfunction: bool | None = None
    bleeding_disorder: bool | None = None
    haemodynamically_unstable: bool | None = None
    inflammatory_arthritis: bool | None = None
    smoker: bool | None = None
    severe_psychological_illness: bool | None = None
    accepts_risk: bool | None = None
    expectation: str | None = None
    activator: str | None = None
    in_approved_trial: bool | None = None
    authorised_product: bool | None = None
    instrument: str | None = None
    instrument_range: tuple[float, float] | None = None
