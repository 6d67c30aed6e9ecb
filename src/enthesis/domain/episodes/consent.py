"""Consent by purpose: what a patient allowed, what that permits today, and what a withdrawal stops."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from enthesis.errors import Fault, InvalidData, NotAllowed

__all__ = [
    "Act",
    "ConsentEntry",
    "ConsentForm",
    "ConsentState",
    "Permissions",
    "Purpose",
    "WithdrawalEffect",
    "check_may",
    "consent_state",
    "may",
    "permissions",
]


class Purpose(StrEnum):
    """What a patient is asked to allow, each apart from the others."""

    CARE = "care"
    REGISTRY = "registry"
    RESEARCH = "research"
    CONTACT = "contact"
    SHARING = "sharing"
    CROSS_BORDER = "cross-border"


class ConsentState(StrEnum):
    """Where one purpose stands for one patient."""

    NEVER = "never"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Act(StrEnum):
    """Something the clinic or the registry does with a patient's data."""

    RECORD_CARE = "record-care"
    ASK_FORMS = "ask-forms"
    REMIND = "remind"
    COUNT_IN_REGISTRY = "count-in-registry"
    USE_IN_RESEARCH = "use-in-research"
    SHARE = "share"
    SEND_ABROAD = "send-abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """One version of a consent form and the purposes it asks for.

    ``valid_days`` is how long a consent lasts, None for no limit. From ``renew_from`` on, consents to this
    version no longer count and the patient is asked again.
    """

    id: str
    version: str
    purposes: tuple[Purpose, ...]
    languages: tuple[str, ...]
    valid_days: int | None = None
    renew_from: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One decision of a patient on one purpose: on a day, to one form version, in one language.

    Entries of one day count in the order they are listed; the last one holds.
    """

    purpose: Purpose
    decision: Literal["given", "refused", "withdrawn"]
    on: date
    form: str
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class WithdrawalEffect:
    """What the withdrawal of one purpose stops, what is kept, and what must be done."""

    purpose: Purpose
    stops: tuple[Act, ...]
    kept: str
    to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """The rules of consent: which purposes an act needs, which a purpose rests on, and the forms in use.

    A purpose that rests on another is of no use without it: research on registry, for one.
    """

    version: str
    needs: Mapping[Act, tuple[Purpose, ...]]
    rests_on: Mapping[Purpose, tuple[Purpose, ...]]
    withdrawal: Mapping[Purpose, WithdrawalEffect]
    forms: tuple[ConsentForm, ...]

    def __post_init__(self) -> None:
        """Refuse rules that leave an act or a purpose open, or a withdrawal that stops too little.

        Raises:
            InvalidData: Acts without needs, purposes without effect, effects that differ from the needs,
                or one form version given twice.
        """
        if faults := tuple(_rule_faults(self)):
            raise InvalidData(faults)

    def form(self, name: str, version: str) -> ConsentForm | None:
        """That version of a form; None when it is not on file."""
        return next((f for f in self.forms if (f.id, f.version) == (name, version)), None)


def consent_state(
    purpose: Purpose, entries: Iterable[ConsentEntry], rules: Permissions, today: date
) -> ConsentState:
    """Where one purpose stands today, by the last decision up to today.

    A consent to a form version that is not on file, or whose form does not ask for the purpose, has expired:
    nobody can show what was agreed to. A refusal counts as never given.
    """
    told = [(e.on, at, e) for at, e in enumerate(entries) if e.purpose is purpose and e.on <= today]
    if not told:
        return ConsentState.NEVER
    last = max(told, key=lambda entry: entry[:2])[2]
    if last.decision == "withdrawn":
        return ConsentState.WITHDRAWN
    if last.decision == "refused":
        return ConsentState.NEVER
    return ConsentState.GIVEN if _is_valid(last, rules, today) else ConsentState.EXPIRED


def may(act: Act, entries: Iterable[ConsentEntry], rules: Permissions, today: date) -> bool:
    """Whether an act is permitted today."""
    return not _missing(act, tuple(entries), rules, today)


def check_may(act: Act, entries: Iterable[ConsentEntry], rules: Permissions, today: date) -> None:
    """Do nothing when an act is permitted today.

    Raises:
        NotAllowed: A consent it needs was never given, was withdrawn or has expired; names each.
    """
    if missing := _missing(act, tuple(entries), rules, today):
        told = ", ".join(f"{purpose} ({state})" for purpose, state in missing.items())
        raise NotAllowed(f"'{act}' needs the consent of the patient for: {told}.")


def permissions(entries: Iterable[ConsentEntry], rules: Permissions, today: date) -> Mapping[Act, bool]:
    """Every act and whether it is permitted today."""
    listed = tuple(entries)
    return {act: may(act, listed, rules, today) for act in Act}


def _is_valid(entry: ConsentEntry, rules: Permissions, today: date) -> bool:
    form = rules.form(entry.form, entry.version)
    if form is None or entry.purpose not in form.purposes:
        return False
    if form.renew_from is not None and today >= form.renew_from:
        return False
    return form.valid_days is None or today <= entry.on + timedelta(days=form.valid_days)


def _missing(
    act: Act, entries: tuple[ConsentEntry, ...], rules: Permissions, today: date
) -> dict[Purpose, ConsentState]:
    needed = dict.fromkeys(p for need in rules.needs[act] for p in (*_grounds(need, rules), need))
    states = {purpose: consent_state(purpose, entries, rules, today) for purpose in needed}
    return {purpose: state for purpose, state in states.items() if state is not ConsentState.GIVEN}


def _grounds(purpose: Purpose, rules: Permissions) -> tuple[Purpose, ...]:
    """Every purpose that one rests on, however far down."""
    return tuple(p for below in rules.rests_on.get(purpose, ()) for p in (*_grounds(below, rules), below))


def _rule_faults(rules: Permissions) -> Iterator[Fault]:
    if loop := _in_a_circle(rules):
        yield Fault(f"'{loop}' rests on itself.", "rests_on")
        return
    for act in Act:
        if act not in rules.needs:
            yield Fault(f"nothing is said of '{act}'.", "needs")
    for purpose in Purpose:
        if purpose not in rules.withdrawal:
            yield Fault(f"nothing is said of withdrawing '{purpose}'.", "withdrawal")
            continue
        stopped = {
            act for act, needs in rules.needs.items() for n in needs if purpose in (*_grounds(n, rules), n)
        }
        if stopped != set(rules.withdrawal[purpose].stops):
            wanted = ", ".join(sorted(stopped)) or "nothing"
            told = "stops other acts than those that need it."
            yield Fault(told, f"withdrawal.{purpose}", f"List {wanted}.")
    ids = [(form.id, form.version) for form in rules.forms]
    for form in sorted({i for i in ids if ids.count(i) > 1}):
        yield Fault(f"version {form[1]} of {form[0]} is given twice.", "forms")


def _in_a_circle(rules: Permissions) -> Purpose | None:
    for start in rules.rests_on:
        reached, todo = set[Purpose](), list(rules.rests_on[start])
        while todo:
            purpose = todo.pop()
            if purpose is start:
                return start
            if purpose not in reached:
                reached.add(purpose)
                todo += rules.rests_on.get(purpose, ())
    return None
