"""What to say to a patient: a shared decision aid and a consent, as structured content in three languages.

Every number is taken from the live answers of ``evidence``; nothing here computes an effect. Owns aid,
option, consent, purpose, wording. It shows and asks; it never recommends.
"""

from enthesis.domain.counsel.aid import DecisionAid, decision_aid
from enthesis.domain.counsel.canonical import canonical_json, content_hash
from enthesis.domain.counsel.consent import ConsentDocument, ConsentPurpose, consent_document
from enthesis.domain.counsel.ipdas import checked
from enthesis.domain.counsel.knowledge import ClinicLines, CounselKnowledge, Regulatory
from enthesis.domain.counsel.readability import Readability, readability
from enthesis.domain.counsel.rules_of_country import regulatory_lines
from enthesis.domain.counsel.wording import Language, Said, Translation, Wording

__all__ = [
    "ClinicLines",
    "ConsentDocument",
    "ConsentPurpose",
    "CounselKnowledge",
    "DecisionAid",
    "Language",
    "Readability",
    "Regulatory",
    "Said",
    "Translation",
    "Wording",
    "canonical_json",
    "checked",
    "consent_document",
    "content_hash",
    "decision_aid",
    "readability",
    "regulatory_lines",
]
