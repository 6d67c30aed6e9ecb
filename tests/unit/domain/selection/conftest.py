from datetime import date

import pytest

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.evidence import build
from enthesis.domain.selection import consult, read_facts
from made_patients import KNEE, SAFE

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def vocabulary():
    return catalogue.load().vocabulary


@pytest.fixture(scope="session")
def evidence_of(vocabulary):
    def of(*studies):
        return build({s.id: s for s in studies}, {}, vocabulary, load_evidence_rules())

    return of


@pytest.fixture(scope="session")
def ask(vocabulary, evidence_of):
    """The consultation of a patient: facts as keywords, evidence from made studies."""

    def of(*studies, **facts):
        knowledge = load_selection()
        known = read_facts(facts, vocabulary, knowledge.systems, knowledge.regulations, TODAY)
        return consult(known, knowledge, evidence_of(*studies), TODAY)

    return of


@pytest.fixture
def safe_knee():
    return KNEE | SAFE
