import pytest

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules


@pytest.fixture(scope="session")
def rules():
    return load_evidence_rules()


@pytest.fixture(scope="session")
def vocabulary():
    return catalogue.load().vocabulary


@pytest.fixture(scope="session")
def ask(rules, vocabulary):
    """Answers of made studies: a function from studies (and reviews) to the answers of PRP in the knee."""
    from enthesis.domain.evidence import build

    def answers(*studies, reviews=(), condition="knee-osteoarthritis", intervention="prp"):
        held = build({s.id: s for s in studies}, {r.id: r for r in reviews}, vocabulary, rules)
        return held.topics[condition, intervention]

    return answers
