"""A consent, purpose by purpose: a frozen document with version, language and hash, ready to be stored."""

from dataclasses import dataclass
from datetime import date

from enthesis.domain.counsel.aid.names import condition_name, treatment_name
from enthesis.domain.counsel.blocks import Note
from enthesis.domain.counsel.canonical import content_hash
from enthesis.domain.counsel.document import DecisionAid
from enthesis.domain.counsel.knowledge import CounselKnowledge, LegalLine
from enthesis.domain.counsel.wording import Said, Translation, Wording
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["ConsentDocument", "ConsentPurpose", "ConsentSection", "ConsentWords", "consent_document"]

# The form that the registry keeps answers to; its purposes stand in catalogue/consents.
DOCUMENT_ID = "patient-consent"


@dataclass(frozen=True, slots=True)
class ConsentPurpose:
    """One purpose, asked on its own: what is agreed to, what it means, what taking it back means."""

    id: str
    number: str
    name: Said
    ask: Said
    means: Said
    withdrawal: Said
    needed_for_treatment: bool


@dataclass(frozen=True, slots=True)
class ConsentSection:
    """Text around the purposes."""

    id: str
    paragraphs: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """Words beside every purpose and every signature."""

    means: Said
    taking_back: Said
    yes: Said
    no: Said
    needed: Said
    optional: Said
    sign: Said
    witness_sign: Said
    clinician_sign: Said
    law: Said
    law_unverified: Said
    content_code: Said


@dataclass(frozen=True, slots=True)
class ConsentDocument:
    """What a person is asked to agree to, in one language.

    No purpose is agreed to beforehand. ``about`` is the id of the aid, ``aid_hash`` the content hash of the
    decision aid that was shown with it. ``laws`` are lines that were or were not checked, for the clinic.
    """

    document_id: str
    about: str
    version: str
    language: str
    translation: Translation
    made_on: date
    title: Said
    notes: tuple[Note, ...]
    sections: tuple[ConsentSection, ...]
    purposes: tuple[ConsentPurpose, ...]
    laws: tuple[LegalLine, ...]
    words: ConsentWords
    identity: Said
    aid_hash: str
    untranslated: tuple[str, ...] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of all of it; what the registry keeps with the answers."""
        return content_hash(self)


def consent_document(
    aid: DecisionAid, knowledge: CounselKnowledge, vocabulary: Vocabulary, *, country: str = ""
) -> ConsentDocument:
    """The consent that goes with a decision aid, in the aid's language.

    Args:
        aid: The aid that was gone through with the patient; its hash is bound into the consent.
        knowledge: Words, purposes and laws.
        vocabulary: Names of conditions and treatments.
        country: Country whose law lines are shown, as 'IN'; none when empty.
    """
    w = knowledge.wording(aid.language)
    treatment = treatment_name(aid.intervention, vocabulary, w)
    condition = condition_name(aid.condition, vocabulary, w)
    purposes = tuple(
        ConsentPurpose(
            id=p.id,
            number=w.number(at),
            name=w(f"consent.purpose.{p.id}.name"),
            ask=w(f"consent.purpose.{p.id}.ask", treatment=treatment, condition=condition),
            means=w(f"consent.purpose.{p.id}.means"),
            withdrawal=w(f"consent.purpose.{p.id}.withdraw"),
            needed_for_treatment=p.needed_for_treatment,
        )
        for at, p in enumerate(knowledge.purposes, 1)
    )
    sections = _sections(aid, w)
    identity = w(
        "consent.version", id=DOCUMENT_ID, version=knowledge.consent_version, language=w.language.name
    )
    words = _words(w)
    return ConsentDocument(
        document_id=DOCUMENT_ID,
        about=aid.id,
        version=knowledge.consent_version,
        language=aid.language,
        translation=w.language.translation,
        made_on=aid.made_on,
        title=w("consent.title", treatment=treatment, condition=condition),
        notes=tuple(_notes(w)),
        sections=sections,
        purposes=purposes,
        laws=tuple(law for law in knowledge.laws if law.country == country),
        words=words,
        identity=identity,
        aid_hash=aid.content_hash,
        untranslated=tuple(w.missing),
    )


def _sections(aid: DecisionAid, w: Wording) -> tuple[ConsentSection, ...]:
    before = ("intro", "free", "withdraw_all", "copy", "witness")
    return (
        ConsentSection("before", tuple(w(f"consent.{name}") for name in before)),
        ConsentSection("aid", (w("consent.aid", hash=aid.content_hash),)),
    )


def _words(w: Wording) -> ConsentWords:
    names = (
        "means", "taking_back", "yes", "no", "needed", "optional", "sign", "witness_sign", "clinician_sign",
        "law", "law_unverified", "hash",
    )  # fmt: skip
    return ConsentWords(*(w(f"consent.{name}") for name in names))


def _notes(w: Wording) -> list[Note]:
    notes = []
    english = Wording(w.fallback, w.fallback)
    if w.language.translation is Translation.MACHINE:
        notes.append(Note(w("note.machine"), english("note.machine")))
    if w.missing:
        notes.append(Note(w("note.missing", n=len(w.missing)), english("note.missing", n=len(w.missing))))
    return notes
