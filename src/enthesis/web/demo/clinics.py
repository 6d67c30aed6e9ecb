"""The three invented clinics and the people who work there."""

from dataclasses import dataclass

from enthesis.web.accounts.roles import Role

__all__ = ["CLINICS", "STAFF", "Clinic", "StaffMember"]


@dataclass(frozen=True)
class Clinic:
    """A site of the demo; ``share`` of all patients, ``languages`` with their shares."""

    name: str
    town: str
    country: str
    time_zone: str
    telephone: str
    share: float
    languages: tuple[tuple[str, float], ...]
    value_set: str


# Numbers of telephones are from ranges kept for fiction, or cannot be dialled.
CLINICS = (
    Clinic("Synthetic Demo Clinic, Kolkata", "kolkata", "IN", "Asia/Kolkata", "+91 00000 00001", 0.5,
           (("bn", 0.5), ("hi", 0.35), ("en", 0.15)), "india"),
    Clinic("Synthetic Demo Clinic, Manila", "manila", "PH", "Asia/Manila", "+63 000 000 0002", 0.3,
           (("en", 1.0),), "philippines"),
    Clinic("Synthetic Demo Clinic, Leeds", "leeds", "GB", "Europe/London", "+44 113 496 0000", 0.2,
           (("en", 1.0),), ""),
)  # fmt: skip


@dataclass(frozen=True)
class StaffMember:
    """An account of the demo; everywhere means the whole installation."""

    role: Role
    title: str
    everywhere: bool = False


STAFF = (
    StaffMember(Role.PHYSICIAN, "Physician"),
    StaffMember(Role.COORDINATOR, "Coordinator"),
    StaffMember(Role.REGISTRY_LEAD, "Registry Lead", everywhere=True),
    StaffMember(Role.CURATOR, "Evidence Curator", everywhere=True),
    StaffMember(Role.AUDITOR, "Auditor", everywhere=True),
    StaffMember(Role.ADMINISTRATOR, "Administrator", everywhere=True),
)
