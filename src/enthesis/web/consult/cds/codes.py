"""Codes that a record may carry, as words of our vocabulary. A code that is not here is not guessed.

Sources: ICD-10 (WHO 2019) and ICD-10-CM 2024, blocks M16, M17, M19, M26, M51, M54, M72, M75-M77; LOINC
2.77; CPT category III code 0232T; SNOMED CT International, each code read in two public code lists.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "CPT",
    "ICD10",
    "INJECTIONS_IN_WORDS",
    "INJECTION_CODES",
    "LATERALITY",
    "LOINC",
    "SNOMED",
    "condition_of_code",
    "injection_of_words",
]

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
CPT = "http://www.ama-assn.org/go/cpt"
ICD10 = frozenset({"http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"})

# The longest beginning that fits counts.
_BY_ICD10 = {
    "M17": "knee-osteoarthritis",
    "M16": "hip-osteoarthritis",
    "M19.07": "ankle-osteoarthritis",
    "M26.6": "tmj-disorder",
    "M75.0": "adhesive-capsulitis",
    "M75.11": "rotator-cuff-partial-tear",
    "M75.4": "rotator-cuff-tendinopathy",
    "M77.1": "lateral-epicondylitis",
    "M76.6": "achilles-tendinopathy",
    "M76.5": "patellar-tendinopathy",
    "M76.0": "gluteal-tendinopathy",
    "M72.2": "plantar-fasciitis",
    "M51.16": "lumbar-radiculopathy",
    "M54.16": "lumbar-radiculopathy",
    "M51.36": "discogenic-low-back-pain",
}
_BY_SNOMED = {
    "239873007": "knee-osteoarthritis",
    "239872002": "hip-osteoarthritis",
    "202855006": "lateral-epicondylitis",
    "202882003": "plantar-fasciitis",
    "399114005": "adhesive-capsulitis",
    "278860009": "chronic-low-back-pain",
}
LATERALITY: Mapping[str, str] = MappingProxyType(
    {"7771000": "left", "24028007": "right", "51440002": "both", "72696002": "", "72705000": ""}
)
INJECTION_CODES: Mapping[tuple[str, str], str] = MappingProxyType({(CPT, "0232T"): "prp"})
# Words of an order, the more special before the more general.
INJECTIONS_IN_WORDS = (
    ("prp", ("platelet-rich plasma", "platelet rich plasma", "prp injection", "prp")),
    ("bmac", ("bone marrow aspirate concentrate", "bone marrow concentrate", "bmac")),
    ("svf", ("stromal vascular fraction",)),
    ("microfragmented-fat", ("microfragmented",)),
    (
        "msc-adipose",
        ("adipose stem", "adipose-derived stem", "adipose mesenchymal", "adipose-derived mesenchymal"),
    ),
    ("msc-umbilical", ("umbilical", "wharton")),
    ("msc-bone-marrow", ("bone marrow stem", "bone marrow mesenchymal", "bone marrow-derived mesenchymal")),
    ("msc-other", ("mesenchymal", "stem cell")),
    ("hyaluronic-acid", ("hyaluron", "viscosupplement")),
    ("prolotherapy-dextrose", ("prolotherapy",)),
    ("acs", ("autologous conditioned serum",)),
    ("aps", ("autologous protein solution",)),
    ("corticosteroid", ("corticosteroid injection", "triamcinolone", "methylprednisolone acetate")),
)


def condition_of_code(system: str, code: str) -> str:
    """Our condition of a code; empty where there is none."""
    if system in ICD10:
        fits = [begin for begin in _BY_ICD10 if code.upper().startswith(begin)]
        return _BY_ICD10[max(fits, key=len)] if fits else ""
    return _BY_SNOMED.get(code, "") if system == SNOMED else ""


def injection_of_words(text: str) -> str:
    """Our injection in the words of an order; empty where there is none."""
    words = f" {text.lower()} "
    return next((name for name, signs in INJECTIONS_IN_WORDS if any(sign in words for sign in signs)), "")
