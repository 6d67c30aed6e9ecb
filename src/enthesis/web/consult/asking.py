"""One way to ask: a plain document of facts in, the answer out, as the command line gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.selection import Consultation, consult, read_facts
from enthesis.report.consult_json import consultation_object
from enthesis.web.evidence.state import current

__all__ = ["Answered", "ask"]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer as a value of the domain and as the plain object that is kept and sent."""

    consultation: Consultation
    plain: dict[str, Any]


def ask(document: Mapping[str, Any], today: date) -> Answered:
    """The answer to a document of facts.

    Args:
        document: Fields as ``docs/reference/selection/facts.md`` lists them.
        today: Day of the consultation.

    Raises:
        InvalidData: Facts that cannot be; names each.
    """
    knowledge, evidence = load_selection(), current().evidence
    facts = read_facts(document, evidence.vocabulary, knowledge.systems, knowledge.regulations, today)
    found = consult(facts, knowledge, evidence, today)
    return Answered(found, consultation_object(found, knowledge, evidence))
