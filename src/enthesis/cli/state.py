"""The body of evidence, computed once per call of the program."""

from functools import cache

from enthesis import catalogue
from enthesis.catalogue.overrides_loader import load_overrides
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import Evidence, build

__all__ = ["evidence"]


@cache
def evidence() -> Evidence:
    """Everything the catalogue that ships with this version says."""
    held = catalogue.load()
    return build(held.studies, held.reviews, held.vocabulary, load_evidence_rules(), load_overrides())
