"""Whether an entry agrees with what is on record: days in order, nothing twice, numbers that can be true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from enthesis.domain.episodes.entry_limits import EntryFinding, EntryLimits, Gravity, check_number
from enthesis.domain.episodes.protocol import Protocol, Window
from enthesis.domain.episodes.schedule import Answered
from enthesis.errors import InvalidData

__all__ = [
    "InjectionEntry",
    "PersonEntry",
    "check_answer_entry",
    "check_injection_entry",
    "check_person_entry",
    "refuse_impossible",
]


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What is typed about a person; a field left out is None."""

    born: date
    weight_kg: float | None = None
    height_cm: float | None = None


@dataclass(frozen=True, slots=True)
class InjectionEntry:
    """What is typed about one injection; ``region`` is the body region of the condition."""

    on: date
    region: str
    target: str
    volume_ml: float | None = None
    needle_gauge: float | None = None
    needle_length_mm: float | None = None


def check_person_entry(entry: PersonEntry, limits: EntryLimits, today: date) -> tuple[EntryFinding, ...]:
    """Every doubt about a person's entry, refusals first."""
    if entry.born > today:
        found = [_refuse("born", f"born on {entry.born}, which has not come yet.")]
    else:
        found = list(check_number(_age(entry.born, today), limits.person["age_years"]))
    for field in ("weight_kg", "height_cm"):
        if (value := getattr(entry, field)) is not None:
            found += check_number(value, limits.person[field])
    return _refusals_first(found)


def check_injection_entry(
    entry: InjectionEntry,
    born: date,
    earlier: Iterable[InjectionEntry],
    limits: EntryLimits,
    today: date,
) -> tuple[EntryFinding, ...]:
    """Every doubt about an injection, refusals first.

    Args:
        entry: The injection as typed.
        born: Birth date of the patient.
        earlier: Injections of this patient already on record.
        limits: The limits in use.
        today: The day in the time zone of the site.
    """
    found = [*_injection_days(entry, born, today), *_same_day(entry, earlier)]
    if entry.volume_ml is not None:
        if limit := limits.volume_ml.get(entry.region):
            found += check_number(entry.volume_ml, limit)
        else:
            known = ", ".join(limits.volume_ml)
            found.append(_refuse("region", f"'{entry.region}' is no body region.", f"Use one of {known}."))
    if entry.needle_gauge is not None:
        found += check_number(entry.needle_gauge, limits.needle_gauge)
    if entry.needle_length_mm is not None:
        found += check_number(entry.needle_length_mm, limits.needle_length_mm)
    return _refusals_first(found)


def check_answer_entry(
    answer: Answered, index: date, protocol: Protocol, earlier: Iterable[Answered], today: date
) -> tuple[EntryFinding, ...]:
    """Every doubt about answers filed under a window, refusals first.

    Args:
        answer: The instrument, the window and the day as typed.
        index: Day of the first injection of the course.
        protocol: The follow-up protocol.
        earlier: Answers of this course already on record.
        today: The day in the time zone of the site.

    Raises:
        NotFound: The protocol has no such window.
    """
    window = protocol.window(answer.window)
    found = [*_answer_days(answer, window, index, today), *_answered_before(answer, window, earlier)]
    return _refusals_first(found)


def refuse_impossible(findings: Iterable[EntryFinding]) -> tuple[EntryFinding, ...]:
    """The findings to confirm, when nothing must be refused.

    Raises:
        InvalidData: Some finding refuses the entry; names all that do.
    """
    told = tuple(findings)
    if refused := [finding.as_fault() for finding in told if finding.gravity is Gravity.REFUSE]:
        raise InvalidData(refused)
    return told


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _injection_days(entry: InjectionEntry, born: date, today: date) -> Iterator[EntryFinding]:
    if entry.on > today:
        repair = "Enter it on the day, or as planned."
        yield _refuse("on", f"injected on {entry.on}, which has not come yet.", repair)
    if entry.on < born:
        yield _refuse("on", f"injected on {entry.on}, before the birth of the patient.", "Check both days.")


def _same_day(entry: InjectionEntry, earlier: Iterable[InjectionEntry]) -> Iterator[EntryFinding]:
    for other in earlier:
        if (other.on, other.target) == (entry.on, entry.target):
            message = f"{entry.target} was already injected on {entry.on}."
            yield _confirm("on", message, "Confirm a second injection, or open the first one.")
            return


def _answer_days(answer: Answered, window: Window, index: date, today: date) -> Iterator[EntryFinding]:
    opens, until = window.opens(index), window.late_until(index)
    if answer.on > today:
        yield _refuse("on", f"answered on {answer.on}, which has not come yet.")
    elif window.is_baseline and answer.on > index:
        message = f"baseline answered on {answer.on}, after the injection on {index}."
        yield _refuse("on", message, "Leave the baseline empty: it cannot be made up afterwards.")
    elif not window.is_baseline and answer.on < index:
        message = f"follow-up answered on {answer.on}, before the injection on {index}."
        yield _refuse("on", message, "File it as baseline, or correct the day.")
    elif not opens <= answer.on <= until:
        message = f"answered on {answer.on}; {window.id} runs from {opens} to {until}."
        yield _refuse("on", message, "File it under the window of its day.")


def _answered_before(answer: Answered, window: Window, earlier: Iterable[Answered]) -> Iterator[EntryFinding]:
    same = [e for e in earlier if (e.instrument, e.window) == (answer.instrument, answer.window)]
    if not same:
        return
    message = f"{answer.instrument} was already answered for {window.id} on {same[0].on}."
    if window.is_baseline:
        yield _refuse("window", message, "There is one baseline; correct it with a reason instead.")
    else:
        yield _confirm("window", message, "The first one counts; correct it with a reason instead.")


def _refuse(field: str, message: str, repair: str = "") -> EntryFinding:
    return EntryFinding(Gravity.REFUSE, field, message, repair)


def _confirm(field: str, message: str, repair: str = "") -> EntryFinding:
    return EntryFinding(Gravity.CONFIRM, field, message, repair)


def _refusals_first(findings: Iterable[EntryFinding]) -> tuple[EntryFinding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.gravity is not Gravity.REFUSE))
