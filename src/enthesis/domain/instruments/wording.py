"""The wording of an instrument in one language, from the shipped file or from a clinic's licence."""

from collections.abc import Mapping

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.licence import ClinicLicence, check_can_show_text
from enthesis.errors import Fault, InvalidData

__all__ = ["wording"]


def wording(
    instrument: Instrument, language: str = "en", clinic: ClinicLicence | None = None
) -> Mapping[str, str]:
    """Text of every item.

    Args:
        instrument: Whose wording is wanted.
        language: Language tag of the wording.
        clinic: The licence of the clinic that shows it, where the wording does not ship.

    Raises:
        NotAllowed: No licence covers this wording; names the owner and the terms.
        InvalidData: The clinic's texts leave items out, or name items that do not exist.
    """
    check_can_show_text(instrument.id, instrument.licence, language, clinic)
    texts = {item.id: item.text for item in instrument.items}
    if instrument.licence.text_ships and language == "en":
        return texts
    given = clinic.texts if clinic else {}
    faults = [Fault("has no text.", item) for item in texts if not given.get(item, "").strip()]
    faults += [Fault(f"is no item of {instrument.id}.", item) for item in given if item not in texts]
    if faults:
        raise InvalidData(faults)
    return {item: given[item] for item in texts}
