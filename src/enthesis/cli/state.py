"""The body of evidence, computed once per call of the program."""

from functools import cache

from enthesis import catalogue
from enthesis.catalogue.load import Catalogue
from enthesis.catalogue.overrides_loader import load_overrides
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import Evidence, build
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.report.figures.tables import Provenance

__all__ = ["assessments", "evidence", "provenance"]


@cache
def evidence() -> Evidence:
    """Everything the catalogue that ships with this version says."""
    held = _catalogue()
    return build(
        held.studies,
        held.reviews,
        held.vocabulary,
        load_evidence_rules(),
        load_overrides(),
        assessments(),
    )


@cache
def assessments() -> tuple[Assessment, ...]:
    """Every risk-of-bias assessment that ships with this version."""
    return tuple(load_assessments(_catalogue().studies))


def provenance() -> Provenance:
    """Which state of the catalogue and its rules the evidence was computed from."""
    return Provenance(_catalogue().content_hash, load_evidence_rules().version)


@cache
def _catalogue() -> Catalogue:
    return catalogue.load()
