"""Answers as cards of CDS Hooks 2.0: a sentence below 140 signs, its reasons, sources and alternatives."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from enthesis.domain.evidence import headline
from enthesis.domain.selection import Scenario
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.sentences import statement
from enthesis.web.consult.actions.consultations import REASONS
from enthesis.web.consult.cds.card_ids import CardSubject
from enthesis.web.consult.present.choices import label_of
from enthesis.web.evidence.addresses import topic_page
from enthesis.web.evidence.state import current

__all__ = ["MOST_SIGNS", "OVERRIDE_SYSTEM", "answer_card", "condition_card", "unknown_condition_card"]

MOST_SIGNS = 139
OVERRIDE_SYSTEM = "urn:enthesis:override-reason"
# What a client may show before the clinician goes on.
_INDICATORS = {
    Scenario.DO_NOT: "critical",
    Scenario.UNLIKELY: "warning",
    Scenario.CANNOT_SAY: "warning",
    Scenario.UNCERTAIN: "info",
    Scenario.LIKELY: "info",
}
_TOLD = 3
Absolute = Callable[[str], str]
NewId = Callable[[CardSubject], UUID]
Card = dict[str, Any]


def answer_card(answer: Mapping[str, Any], new_id: NewId, absolute: Absolute, consult_address: str) -> Card:
    """The card of one answer.

    Args:
        answer: The whole answer, as ``asking.ask`` gives it.
        new_id: Gives the identifier by which feedback comes back.
        absolute: From an address of ours to one with scheme and host.
        consult_address: Where all facts can be filled in.
    """
    scenario = Scenario(answer["scenario"])
    topic = absolute(topic_page(answer["condition"], answer["intervention"]))
    card = {
        "uuid": str(new_id(CardSubject(answer["condition"], answer["intervention"], answer["scenario"]))),
        "summary": _short(answer["headline"]),
        "detail": "\n".join(_detail(answer)),
        "indicator": _INDICATORS[scenario],
        "source": {"label": "Enthesis: rules, law and trials, each with its source", "url": topic},
        "links": [
            {"label": "The trials", "url": topic, "type": "absolute"},
            {"label": "Consult with all facts", "url": absolute(consult_address), "type": "absolute"},
        ],
        "overrideReasons": [
            {"code": code, "system": OVERRIDE_SYSTEM, "display": words} for code, words in REASONS.items()
        ],
    }
    if suggestions := list(_suggestions(answer)):
        card |= {"suggestions": suggestions, "selectionBehavior": "any"}
    return card


def condition_card(condition: str, new_id: NewId, absolute: Absolute) -> Card | None:
    """What placebo-controlled trials say of injections for a condition; None where there are none."""
    evidence = current().evidence
    told = []
    for (name, intervention), topic in evidence.topics.items():
        best = headline(topic.of_class(ComparatorClass.PLACEBO)) if name == condition else None
        if best is not None:
            told.append((intervention, best))
    if not told:
        return None
    label = evidence.vocabulary.conditions[condition].label
    lines = [
        f"- **{label_of_topic(name)}**: {a.verdict}. {statement(a, evidence.vocabulary)}" for name, a in told
    ]
    address = absolute(f"/#{condition}")
    return {
        "uuid": str(new_id(CardSubject(condition))),
        "summary": _short(f"{label}: {len(told)} injections tried against placebo, and how sure we are"),
        "detail": "\n".join(lines),
        "indicator": "info",
        "source": {"label": "Enthesis: placebo-controlled trials", "url": address},
        "links": [{"label": "The map of the evidence", "url": address, "type": "absolute"}],
    }


def unknown_condition_card(intervention: str, new_id: NewId, absolute: Absolute, address: str) -> Card:
    """What is said when an injection is ordered and no condition of the record is one we know."""
    return {
        "uuid": str(new_id(CardSubject(intervention=intervention))),
        "summary": _short(f"Cannot say: {label_of(intervention)} is ordered without a condition known here"),
        "detail": "No active condition of the record, and no reason of the order, carries a known code.",
        "indicator": "warning",
        "source": {"label": "Enthesis", "url": absolute("/")},
        "links": [{"label": "Consult", "url": absolute(address), "type": "absolute"}],
    }


def label_of_topic(intervention: str) -> str:
    """Label of a treatment of the map, combinations too."""
    words = current().evidence.vocabulary.interventions
    return " + ".join(words[p].label if p in words else p for p in intervention.split("+"))


def _short(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else f"{text[: MOST_SIGNS - 1].rstrip()}…"


def _detail(answer: Mapping[str, Any]) -> Iterator[str]:
    yield f"**{answer['headline']}**"
    yield ""
    for reason in (*answer["contraindications"], *answer["reasons"]):
        source = reason["source"]
        told = (
            f"[{reason.get('source_title') or 'source'}]({source})" if source.startswith("http") else source
        )
        yield f"- {reason['text']} ({told}; {reason['strength']})"
    if answer["missing"]:
        names = ", ".join(m["label"] for m in answer["missing"])
        yield f"\nNot known, and it would change the answer: {names}."
    for p in answer["regulation"]:
        yield f"\n{p['country']}: {p['text']}"
    yield "\nIt informs a clinician and decides nothing."


def _suggestions(answer: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What else to do; nothing is put into the record by them."""
    for rule in answer["alternatives"][:_TOLD]:
        yield {"label": _short(rule["text"]), "uuid": str(uuid4())}
