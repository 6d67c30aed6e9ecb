"""The catalogue and everything computed from it, once per process; immutable until the process ends."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.http import HttpRequest

import enthesis
from enthesis import catalogue
from enthesis.catalogue.overrides_loader import load_overrides
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain import evidence
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.report.figures import Provenance

__all__ = ["Edition", "State", "current", "edition"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the catalogue the pages show."""

    content_hash: str
    studies: int
    reviews: int
    rules: str
    version: str
    changed: datetime

    @property
    def short_hash(self) -> str:
        """The first twelve signs of the hash, enough to compare two screens."""
        return self.content_hash[:12]


@dataclass(frozen=True, slots=True)
class State:
    """The body of evidence with its edition."""

    evidence: evidence.Evidence
    edition: Edition
    assessments: tuple[Assessment, ...] = ()

    @property
    def provenance(self) -> Provenance:
        """What figures name as their origin."""
        return Provenance(self.edition.content_hash, self.edition.rules)


@cache
def current() -> State:
    """The state of this process, computed at the first call.

    Raises:
        InvalidData: A file of the catalogue is broken; names file and field.
    """
    held = catalogue.load()
    assessments = load_assessments(held.studies)
    body = evidence.build(
        held.studies,
        held.reviews,
        held.vocabulary,
        load_evidence_rules(),
        load_overrides(),
        assessments,
    )
    return State(
        body,
        Edition(
            content_hash=held.content_hash,
            studies=len(held.studies),
            reviews=len(held.reviews),
            rules=body.rules.version,
            version=enthesis.__version__,
            changed=_last_change(),
        ),
        assessments,
    )


def edition(_: HttpRequest) -> dict[str, Edition]:
    """Template context of every page: the edition in the footer."""
    return {"edition": current().edition}


def _last_change() -> datetime:
    """Newest change of any file of the program or its catalogue; the same in every process of a machine."""
    root = Path(str(files("enthesis")))
    newest = max(p.stat().st_mtime for p in root.rglob("*") if p.suffix in {".py", ".yaml", ".html", ".css"})
    return datetime.fromtimestamp(newest, UTC).replace(microsecond=0)
