"""What was typed and cannot be read into a document of facts whole: it is named, never cut off or dropped."""

from collections.abc import Iterator, Sequence

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.plain_text import UNSEEN
from enthesis.web.consult.present.fact_document import MOST_SIGNS, Given, document_of
from enthesis.web.consult.present.fact_fields import FactField, FactGroup

__all__ = ["check_typed"]

WORDING = "grading.wording"
INSTRUMENT = "instrument"


def check_typed(given: Given, groups: Sequence[FactGroup]) -> None:
    """Check what the domain never sees.

    Raises:
        InvalidData: A text too long or that cannot be read, a box with two values, a word that is not
            offered, a wording of another grading, a tick for 'none' beside entries.
    """
    fields = {f.path: f for group in groups for f in group.fields}
    faults = [
        *_texts(given, fields),
        *_choices(given, fields),
        *_wording(given, fields),
        *_ticks(given, groups),
    ]
    if faults:
        raise InvalidData(faults)


def _texts(given: Given, fields: dict[str, FactField]) -> Iterator[Fault]:
    for name, values in given.items():
        field = fields.get(name)
        if len(values) > 1 and not (field and field.kind == "words"):
            yield Fault(f"is given {len(values)} times.", name, "Give it once.")
        if any(UNSEEN.search(text) for text in values):
            yield Fault("holds a sign that cannot be seen.", name, "Take it out, or type it again.")
        longest = max((len(text.strip()) for text in values), default=0)
        if longest > MOST_SIGNS:
            yield Fault(f"{longest} signs are too many.", name, f"Use at most {MOST_SIGNS}.")


def _choices(given: Given, fields: dict[str, FactField]) -> Iterator[Fault]:
    """What the domain takes in any words, and the form in those of a list."""
    for path, field in fields.items():
        unit = next(iter(given.get(f"{path}.unit", ())), "")
        if unit and unit not in field.units and not next(iter(given.get(path, ())), ""):
            yield Fault(f"'{unit[:40]}' is no unit of it.", path, "Choose one of the list, or none.")
    instrument = next(iter(given.get(INSTRUMENT, ())), "")
    if instrument and INSTRUMENT in fields and instrument not in dict(fields[INSTRUMENT].choices):
        yield Fault(f"'{instrument[:40]}' is not offered.", INSTRUMENT, "Choose one of the list.")


def _wording(given: Given, fields: dict[str, FactField]) -> Iterator[Fault]:
    chosen = next(iter(given.get(WORDING, ())), "")
    field = fields.get(WORDING)
    if not chosen or field is None:
        return
    if chosen not in dict(field.choices):
        yield Fault(f"'{chosen[:40]}' is not offered.", WORDING, "Choose one of the list.")
        return
    system, graded = chosen.partition("|")[0], next(iter(given.get("grading", ())), "").partition("|")[0]
    if system != graded:
        yield Fault("is of another grading than the grade.", WORDING, "Choose one of the same, or none.")


def _ticks(given: Given, groups: Sequence[FactGroup]) -> Iterator[Fault]:
    document = document_of(given, groups)
    for row in (r for group in groups for r in group.rows):
        tick = next(iter(given.get(f"{row.path}.none", ())), "")
        if tick not in ("", "yes"):
            yield Fault(f"'{tick[:40]}' is no tick.", row.path, "Open the form again.")
        elif tick and document.get(row.path):
            yield Fault("'None' is ticked, and there are entries.", row.path, "Take one of them away.")
