"""What an aid and a consent need besides the trials: options, sourced facts, standards, laws, purposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.domain.counsel.wording import Language, Wording
from enthesis.domain.vocabulary import Condition
from enthesis.errors import NotFound

__all__ = [
    "ClinicLines",
    "CounselKnowledge",
    "Criterion",
    "Fact",
    "FactKind",
    "Imprint",
    "LegalLine",
    "Option",
    "PurposeTerms",
    "Reach",
    "Regulatory",
    "Standing",
]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where something applies; an empty field does not restrict."""

    families: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()

    def covers(self, condition_id: str, condition: Condition, intervention: str) -> bool:
        """True when every field that restricts names the case."""
        asked = (
            (self.families, {condition.family}),
            (self.regions, {condition.region}),
            (self.conditions, {condition_id}),
            (self.interventions, set(intervention.split("+"))),
        )
        return all(not allowed or set(allowed) & given for allowed, given in asked)


@dataclass(frozen=True, slots=True)
class Option:
    """A way to go. Its words stand under ``texts``, those of its ``variant`` first.

    ``intervention`` links it to the evidence. An injection is shown when it is the one asked about, or when
    it stands ``beside`` others.
    """

    id: str
    texts: str
    variant: str
    reach: Reach
    intervention: str = ""
    is_injection: bool = False
    beside: bool = True


class FactKind(StrEnum):
    """What a fact is about."""

    COURSE = "course"
    EXERCISE = "exercise"
    HARM = "harm"
    UNKNOWN_HARM = "unknown-harm"


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with its numbers and the page they were read on; unknown harms have neither."""

    id: str
    kind: FactKind
    reach: Reach
    text: str
    values: Mapping[str, int]
    source: str
    url: str
    checked: date | None


class Standing(StrEnum):
    """Whether a standard of decision aids is met."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One IPDAS criterion: its group, whether it is met, and the text that says where or why not."""

    id: str
    group: str
    standing: Standing
    where: str


@dataclass(frozen=True, slots=True)
class PurposeTerms:
    """One purpose of consent, and whether the treatment depends on it."""

    id: str
    needed_for_treatment: bool


@dataclass(frozen=True, slots=True)
class LegalLine:
    """What a law says about consent, in our words, with its source and whether anybody checked it."""

    id: str
    country: str
    law: str
    provision: str
    says: str
    url: str
    verified: bool
    checked: date | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who makes the aid, from evidence read when, and when it is looked at again."""

    version: str
    evidence_read: str
    next_review: date


@dataclass(frozen=True, slots=True)
class Regulatory:
    """What the rules of a country say of one treatment: a note in English, its source, when it was read."""

    country: str
    intervention: str
    status: str
    note: str
    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class ClinicLines:
    """What only the clinic knows. Empty lines tell the patient to ask."""

    clinic: str = ""
    cost: str = ""
    reviewer: str = ""
    regulatory: tuple[Regulatory, ...] = ()


@dataclass(frozen=True, slots=True)
class CounselKnowledge:
    """Everything that the catalogue holds for counsel, languages by code."""

    languages: Mapping[str, Language]
    options: tuple[Option, ...]
    facts: tuple[Fact, ...]
    criteria: tuple[Criterion, ...]
    purposes: tuple[PurposeTerms, ...]
    laws: tuple[LegalLine, ...]
    imprint: Imprint
    consent_version: str
    fallback: str = "en"

    def wording(self, code: str) -> Wording:
        """The words of a language, English behind them.

        Raises:
            NotFound: The catalogue has no such language.
        """
        if code not in self.languages:
            raise NotFound("language of counsel", code, self.languages)
        return Wording(self.languages[code], self.languages[self.fallback])
