"""Files that lie beside the reports and decide: rules, claims, curators' decisions, risk-of-bias assessments.

They are read as strictly as a study: what another reader of YAML could understand differently is refused,
with its line. ``check_declared`` finds what is wrong in all of them at once.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from enthesis.catalogue.claims_loader import FILE as CLAIMS
from enthesis.catalogue.claims_loader import read_claims
from enthesis.catalogue.files import ASSESSMENTS, DECISIONS
from enthesis.catalogue.findings import Document, Finding
from enthesis.catalogue.overrides_loader import read_overrides
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.catalogue.rules_loader import FILE as RULES
from enthesis.catalogue.rules_loader import read_rules
from enthesis.domain.evidence.claims import Ask
from enthesis.domain.evidence.study import Study
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["check_declared"]

LAW = "declared"


def check_declared(
    root: Path, studies: Mapping[str, Study], reviews: frozenset[str], vocabulary: Document
) -> Iterator[Finding]:
    """Everything wrong in the files of a catalogue that decide; those that are not there are none.

    Args:
        root: Folder of the catalogue.
        studies: Studies that assessments may be about.
        reviews: Ids of the reviews that claims may name.
        vocabulary: The words that claims may use.
    """
    for name, read in ((DECISIONS, read_overrides), (RULES, read_rules), (CLAIMS, read_claims)):
        yield from _faults_of(root / name, name, read)
    if (root / ASSESSMENTS).is_dir():
        yield from _told(lambda: load_assessments(studies, root / ASSESSMENTS), ASSESSMENTS)
    yield from _unknown_words(root / CLAIMS, reviews, vocabulary)


def _faults_of(file: Path, name: str, read: Callable[[bytes], Any]) -> Iterator[Finding]:
    if file.is_file():
        yield from _told(lambda: read(file.read_bytes()), name)


def _told(read: Callable[[], Any], name: str) -> Iterator[Finding]:
    try:
        read()
    except InvalidData as error:
        yield from (_finding(fault, name) for fault in error.faults)
    except NotFound as error:
        yield Finding(name, str(error), law=LAW)


def _finding(fault: Fault, name: str) -> Finding:
    return Finding(fault.where or name, fault.message, fault.repair, law=LAW)


def _unknown_words(file: Path, reviews: frozenset[str], vocabulary: Document) -> Iterator[Finding]:
    try:
        claims = read_claims(file.read_bytes()) if file.is_file() else ()
    except InvalidData:
        return
    for claim in claims:
        for review in sorted(set(claim.said_by) - reviews):
            said = f"{claim.id}: there is no review '{review}'."
            yield Finding(CLAIMS, said, "Write the id of a file in reviews.", law=LAW)
        for ask in claim.asks:
            for name, word in _words_of(ask):
                if word not in vocabulary[name]:
                    said = f"{claim.id}: there is no {name} '{word}'."
                    yield Finding(CLAIMS, said, "Write a word of vocabulary.yaml.", law=LAW)


def _words_of(ask: Ask) -> Iterator[tuple[str, str]]:
    yield "condition", ask.condition
    yield from (("intervention", part) for part in ask.intervention.split("+"))
    if ask.outcome:
        yield "outcome", ask.outcome
