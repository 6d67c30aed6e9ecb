"""What the law of a country says of erasing a medical record; read by who decides, never by the program.

``read`` says how the text was read: *at second hand* from a reprint, or *not checked*.
"""

from dataclasses import dataclass

__all__ = ["LegalBasis", "legal_bases"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One rule in a sentence of ours, with its source."""

    countries: tuple[str, ...]
    says: str
    source: str
    read: str


_EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
)  # fmt: skip
BASES = (
    LegalBasis(
        ("IN",),
        "Data given by consent are erased on request, unless keeping them is necessary for the purpose they "
        "were given for or to comply with a law.",
        "Digital Personal Data Protection Act 2023, section 12(3)",
        "at second hand",
    ),
    LegalBasis(
        ("IN",),
        "A physician keeps records of indoor patients for three years from the start of treatment.",
        "Indian Medical Council (Professional Conduct, Etiquette and Ethics) Regulations 2002, 1.3.1",
        "not checked",
    ),
    LegalBasis(
        _EU,
        "The right to erasure does not reach data that a law obliges the clinic to keep, or that are needed "
        "for public health or for legal claims.",
        "Regulation (EU) 2016/679, article 17(3)(b), (c) and (e)",
        "at second hand",
    ),
    LegalBasis(
        ("DE",),
        "The treatment record is kept for ten years after the end of treatment.",
        "Bürgerliches Gesetzbuch, section 630f(3)",
        "not checked",
    ),
)


def legal_bases(country: str) -> tuple[LegalBasis, ...]:
    """Rules of a country; none where we have read none."""
    return tuple(basis for basis in BASES if country.upper() in basis.countries)
