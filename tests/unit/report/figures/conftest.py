"""Invented trials, answered by the real domain, so that a figure can be asked for any shape of evidence."""

from collections.abc import Callable

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import Answer, Evidence, build
from enthesis.domain.evidence.printed import ArmFigures, Integrity, Source
from enthesis.domain.evidence.study import Arm, Population, Product, Result, Study
from enthesis.report.figures import Provenance


@pytest.fixture(scope="session")
def catalogue():
    return load()


@pytest.fixture(scope="session")
def rules():
    return load_evidence_rules()


@pytest.fixture(scope="session")
def vocabulary(catalogue):
    return catalogue.vocabulary


@pytest.fixture(scope="session")
def provenance():
    return Provenance("0123456789abcdef" * 4, "2026-11-22")


def trial(
    at: int, *, difference=5.0, sd=20.0, n=60, author="Author A", events=None, suspect="", **more
) -> Study:
    """A trial of PRP against saline at week 26 in points of 0-100, or of adverse events (PRP, saline)."""
    if events is None:
        figures = (
            ArmFigures("prp", n=n, mean=50 - difference, sd=sd),
            ArmFigures("saline", n=n, mean=50, sd=sd),
        )
        row = {"outcome": "pain", "instrument": "vas-pain", "range": (0, 100)}
    else:
        figures = (ArmFigures("prp", n=n, events=events[0]), ArmFigures("saline", n=n, events=events[1]))
        row = {"outcome": "adverse-event", "instrument": "any-adverse-event"}
    source = Source("table", f"table {at}", f"https://example.org/{at}")
    result = Result(better="lower", kind="final", weeks=26, arms=figures, source=source, **row)
    given = {
        "id": f"trial-{at:02}",
        "title": "A trial",
        "title_is_descriptive": False,
        "first_author": author,
        "year": 2000 + at,
        "year_is_inferred": False,
        "url": f"https://example.org/{at}",
        "design": "rct",
        "condition": "knee-osteoarthritis",
        "population": Population(),
        "arms": (
            Arm("prp", "prp", "PRP", n=n, product=Product(leukocytes="poor", injections=3, interval_days=7)),
            Arm("saline", "saline", "saline", n=n),
        ),
        "results": (result,),
        "same_trial_as": (),
        "cautions": (),
        "identity": "complete",
        "integrity": Integrity("suspect", (suspect,)) if suspect else None,
    }
    return Study(**{**given, **more})


@pytest.fixture(scope="session")
def evidence_of(vocabulary, rules) -> Callable[..., Evidence]:
    """The body of evidence that some trials make."""

    def made(*trials: Study) -> Evidence:
        return build({t.id: t for t in trials}, {}, vocabulary, rules)

    return made


@pytest.fixture(scope="session")
def answer_of(evidence_of) -> Callable[..., Answer]:
    """The one answer that some trials of PRP against saline give."""

    def made(*trials: Study) -> Answer:
        (found,) = evidence_of(*trials).topics["knee-osteoarthritis", "prp"].answers
        return found

    return made


@pytest.fixture(scope="session")
def new_trial() -> Callable[..., Study]:
    return trial
