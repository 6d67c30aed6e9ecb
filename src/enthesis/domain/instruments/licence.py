"""Who owns the wording, and when it may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from enthesis.errors import InvalidData, NotAllowed

__all__ = ["ClinicLicence", "Licence", "can_show_text", "check_can_show_text"]

Terms = Literal["free", "free-conditions", "registration", "paid", "unknown"]


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of an instrument's wording; ``text_ships`` only where terms were read and allow it."""

    status: Terms
    owner: str
    text_ships: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ClinicLicence:
    """A clinic's licence for one language: the proof it keeps, and the wording it loads."""

    instrument: str
    language: str
    proof: str
    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse a claim without proof or language.

        Raises:
            InvalidData: Proof or language left empty.
        """
        if not self.proof.strip() or not self.language.strip():
            raise InvalidData(
                f"A licence for '{self.instrument}' needs a language and a proof; one is empty."
            )


def can_show_text(
    instrument: str, licence: Licence, language: str, clinic: ClinicLicence | None = None
) -> bool:
    """Whether the wording of an instrument may be shown in a language."""
    if licence.text_ships and language == "en":
        return True
    return clinic is not None and (clinic.instrument, clinic.language) == (instrument, language)


def check_can_show_text(
    instrument: str, licence: Licence, language: str, clinic: ClinicLicence | None = None
) -> None:
    """Let the wording pass, or say whose permission is needed.

    Raises:
        NotAllowed: No licence covers this wording; names the owner and the terms.
    """
    if can_show_text(instrument, licence, language, clinic):
        return
    raise NotAllowed(
        f"The wording of '{instrument}' in '{language}' may not be shown: it belongs to {licence.owner}, "
        f"terms: {licence.status}. {licence.note} Load the wording with the proof of your licence."
    )
