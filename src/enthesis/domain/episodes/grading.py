"""Grading systems of imaging and arthroscopy, and whether a grade belongs to its system and condition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from enthesis.errors import Fault, InvalidData, NotFound

__all__ = [
    "Grade",
    "GradingSystem",
    "GradingWording",
    "RecordedGrade",
    "Standing",
    "check_grade",
    "systems_for",
]

Standing = Literal["read", "unverified"]

ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of a grading system and what it stands for, in our own words."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class GradingWording:
    """One version of the wording that readers use; two versions may put one picture in two grades."""

    id: str
    differs: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingSystem:
    """A named system: its grades in order, the conditions it fits, its wordings, and where it was read.

    ``ordered`` is False where a higher grade is another kind of finding and not a worse one (Modic).
    ``standing`` is 'unverified' where the grades were not read at a source.
    """

    id: str
    name: str
    structure: str
    modality: str
    conditions: tuple[str, ...]
    grades: tuple[Grade, ...]
    wordings: tuple[GradingWording, ...]
    standing: Standing
    url: str = ""
    ordered: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a system that could not grade anything or cannot be followed to its source.

        Raises:
            InvalidData: Fewer than two grades, a repeated grade or wording, no condition, or no address.
        """
        if faults := tuple(_system_faults(self)):
            raise InvalidData(faults)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every grade, the mildest first where the system is ordered."""
        return tuple(grade.code for grade in self.grades)

    def grade(self, written: str) -> Grade:
        """The grade as written, in any case of letters, with Roman and Arabic numbers alike.

        Raises:
            NotFound: No such grade.
        """
        by_key = {_key(grade.code): grade for grade in self.grades}
        if (key := _key(written)) not in by_key:
            raise NotFound(f"grade of {self.id}", written, self.codes)
        return by_key[key]

    def rank(self, written: str) -> int:
        """Place of a grade in the order of the system, from 0 for the mildest.

        Raises:
            NotFound: No such grade.
            InvalidData: The system has no order.
        """
        if not self.ordered:
            raise InvalidData(
                Fault(f"{self.name} has kinds and no order; compare its grades by name.", self.id)
            )
        return self.grades.index(self.grade(written))


@dataclass(frozen=True, slots=True)
class RecordedGrade:
    """A grade fit to be stored: system, code as the system writes it, and the wording the reader used."""

    system: str
    code: str
    wording: str


def check_grade(
    systems: Mapping[str, GradingSystem], system: str, grade: str, condition: str, wording: str = ""
) -> RecordedGrade:
    """The grade as it should be stored, once system, grade, condition and wording agree.

    Args:
        systems: Grading systems by id.
        system: Id of the system.
        grade: Grade as written; 'iv', 'IV' and '4' are alike.
        condition: Id of the condition treated.
        wording: Id of the wording used; may be left out where the system has only one.

    Raises:
        NotFound: No such system.
        InvalidData: Every misfit: unknown grade, a system for other conditions, unknown or missing wording.
    """
    if system not in systems:
        raise NotFound("grading system", system, systems)
    found = systems[system]
    faults = [*_grade_faults(found, grade), *_condition_faults(systems, found, condition)]
    faults += _wording_faults(found, wording)
    if faults:
        raise InvalidData(faults)
    return RecordedGrade(system, found.grade(grade).code, wording or found.wordings[0].id)


def systems_for(systems: Mapping[str, GradingSystem], condition: str) -> tuple[GradingSystem, ...]:
    """The systems that fit a condition, in the order of the catalogue."""
    return tuple(system for system in systems.values() if condition in system.conditions)


def _key(written: str) -> str:
    """'IIIa', '3A' and ' 3a ' come out alike."""
    text = written.strip().upper()
    suffix = text[-1] if len(text) > 1 and text[-1] in "ABCD" else ""
    stem = text.removesuffix(suffix)
    return ROMAN[stem] + suffix if stem in ROMAN else text


def _system_faults(system: GradingSystem) -> Iterator[Fault]:
    if len(system.grades) < 2:
        yield Fault(f"{len(system.grades)} grades; must be at least 2.", f"{system.id}.grades")
    yield from _repeated((_key(code) for code in system.codes), f"{system.id}.grades")
    yield from _repeated((wording.id for wording in system.wordings), f"{system.id}.wordings")
    if not system.conditions:
        yield Fault("fits no condition.", f"{system.id}.conditions")
    if not system.wordings:
        yield Fault("names no wording.", f"{system.id}.wordings", "Name one, such as 'as-published'.")
    if system.standing not in get_args(Standing):
        allowed = " or ".join(get_args(Standing))
        yield Fault(f"standing '{system.standing}'; must be {allowed}.", f"{system.id}.standing")
    if system.standing == "read" and not system.url:
        yield Fault("was read, but its address is not given.", f"{system.id}.url")


def _repeated(names: Iterable[str], where: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Fault(f"'{name}' appears twice.", where)
        seen.add(name)


def _grade_faults(system: GradingSystem, grade: str) -> Iterator[Fault]:
    try:
        system.grade(grade)
    except NotFound:
        yield Fault(f"'{grade}' is no grade of {system.name}.", "grade", f"Use {', '.join(system.codes)}.")


def _condition_faults(
    systems: Mapping[str, GradingSystem], system: GradingSystem, condition: str
) -> Iterator[Fault]:
    if condition not in system.conditions:
        fitting = ", ".join(other.id for other in systems_for(systems, condition)) or "none on file"
        yield Fault(
            f"{system.name} grades the {system.structure}; it does not fit {condition}.",
            "system",
            f"Systems that fit: {fitting}.",
        )


def _wording_faults(system: GradingSystem, wording: str) -> Iterator[Fault]:
    known = [version.id for version in system.wordings]
    if not wording and len(known) > 1:
        yield Fault(
            f"{system.name} is read by {len(known)} wordings; the one used must be named.",
            "wording",
            f"Use {', '.join(known)}.",
        )
    if wording and wording not in known:
        yield Fault(f"'{wording}' is no wording of {system.name}.", "wording", f"Use {', '.join(known)}.")
