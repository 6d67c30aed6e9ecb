"""Answers as a FHIR R4 QuestionnaireResponse, and back; what comes in is checked before it is believed."""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any

from enthesis.domain.instruments import Instrument, Item, ScoredResponse, score_response
from enthesis.domain.instruments.answers import Given, read_answers
from enthesis.errors import Fault, InvalidData
from enthesis.exchange.fhir.answer_types import AnswerType, answer_type
from enthesis.exchange.fhir.expressions import Expressed, expressions
from enthesis.exchange.fhir.items import SCORES, branch_link, option_text, score_link
from enthesis.exchange.fhir.systems import BASE, canonical

__all__ = ["STATUSES", "answers_from_response", "questionnaire_response"]

Json = dict[str, Any]

# Required binding of QuestionnaireResponse.status, http://hl7.org/fhir/R4/valueset-questionnaire-answers-status.html
STATUSES = ("in-progress", "completed", "amended", "entered-in-error", "stopped")
MOST_FAULTS = 100
DEPTH = 8
"""Levels of items that are followed; our own forms need two."""


def questionnaire_response(
    instrument: Instrument, answers: Given, *, authored: str = "", status: str = "completed", base: str = BASE
) -> Json:
    """QuestionnaireResponse of one person's answers, with the scores that the form calculates.

    Args:
        instrument: What was answered.
        answers: Answers by item id or 1-based number, or one per item in order; None for no answer.
        authored: When it was answered, as FHIR writes a date or time; left out when empty.
        status: One of ``STATUSES``.
        base: Where the canonical address begins.

    Raises:
        InvalidData: Answers no item allows, or an unknown status.
        CannotEstimate: The instrument is switched off.
    """
    if status not in STATUSES:
        raise InvalidData(Fault(f"'{status}'; must be one of {', '.join(STATUSES)}.", "status"))
    scored = score_response(instrument, answers)
    resource = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(instrument, base)}|{instrument.version}",
        "status": status,
    }
    if authored:
        resource["authored"] = authored
    items = [*_questions(instrument, dict(scored.answers)), *_scores(instrument, scored)]
    return {**resource, **({"item": items} if items else {})}


def answers_from_response(
    instrument: Instrument, resource: Any, *, base: str = BASE
) -> dict[str, float | None]:
    """Answers by item id of a QuestionnaireResponse, None for no answer; its scores are left to be derived.

    Raises:
        InvalidData: Another resource, questionnaire or version, an unknown status, links that the form does
            not have, or answers no item allows; names them all.
    """
    if not isinstance(resource, Mapping) or resource.get("resourceType") != "QuestionnaireResponse":
        raise InvalidData(Fault("must be 'QuestionnaireResponse'.", "resourceType"))
    faults = [*_status_faults(resource), *_questionnaire_faults(instrument, resource, base)]
    found: dict[str, float | None] = {}
    items = {item.id: item for item in instrument.items}
    groups = {SCORES, *map(branch_link, instrument.branches)}
    scores = {link for s in instrument.scores for link in (score_link(s), f"{score_link(s)}-0-100")}
    for where, link, given in _walk(resource.get("item", []), faults, "item", 0):
        if link not in items and link not in groups | scores:
            faults.append(Fault(f"'{link}' is no item of {instrument.id}.", f"{where}.linkId"))
        elif link in items and link in found:
            faults.append(Fault(f"'{link}' is answered twice.", where))
        elif link in items:
            found[link] = _answer(items[link], given.get("answer", []), where, faults)
    if faults:
        raise InvalidData(faults[:MOST_FAULTS])
    row = read_answers(instrument, found)
    return {item.id: None if isnan(v) else float(v) for item, v in zip(instrument.items, row, strict=True)}


def _questions(instrument: Instrument, answers: Mapping[str, float | None]) -> list[Json]:
    made: list[Json] = []
    for item in instrument.items:
        value = answers[item.id]
        if value is None:
            continue
        question = {"linkId": item.id, "answer": [_value(item, value)]}
        branch = next((b for b in instrument.branches if item.id in b), None)
        made.append({"linkId": branch_link(branch), "item": [question]} if branch else question)
    return made


def _value(item: Item, value: float) -> Json:
    match answer_type(item.response):
        case AnswerType.CHOICE:
            return {"valueCoding": {"code": f"{value:g}", "display": option_text(item.response, value)}}
        case AnswerType.INTEGER:
            return {"valueInteger": int(value)}
        case AnswerType.DECIMAL:
            return {"valueDecimal": value}


def _scores(instrument: Instrument, scored: ScoredResponse) -> list[Json]:
    items = []
    for made in expressions(instrument):
        score = scored.score(made.score.name)
        if not isinstance(made, Expressed) or score.value is None:
            continue
        items.append({"linkId": score_link(made.score), "answer": [{"valueDecimal": score.value}]})
        if score.normal_0_100 is not None and made.score.range != (0, 100):
            link = f"{score_link(made.score)}-0-100"
            items.append({"linkId": link, "answer": [{"valueDecimal": score.normal_0_100}]})
    return [{"linkId": SCORES, "item": items}] if items else []


def _status_faults(resource: Mapping[str, Any]) -> Iterator[Fault]:
    status = resource.get("status")
    if status not in STATUSES:
        yield Fault(f"{status!r}; must be one of {', '.join(STATUSES)}.", "status")
    elif status == "entered-in-error":
        yield Fault("this response was entered in error; it is not to be used.", "status")


def _questionnaire_faults(instrument: Instrument, resource: Mapping[str, Any], base: str) -> Iterator[Fault]:
    given = resource.get("questionnaire")
    wanted = canonical(instrument, base)
    if not isinstance(given, str):
        yield Fault("is missing.", "questionnaire", f"Write {wanted}|{instrument.version}.")
        return
    url, _, version = given.partition("|")
    if url != wanted:
        yield Fault(f"'{url}'; must be '{wanted}'.", "questionnaire")
    if version and version != instrument.version:
        yield Fault(f"version '{version}'; must be '{instrument.version}'.", "questionnaire")


def _walk(
    items: Any, faults: list[Fault], where: str, depth: int
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if not isinstance(items, list) or depth > DEPTH:
        faults.append(Fault("must be a list of items, not nested deeply.", where))
        return
    for n, item in enumerate(items):
        at = f"{where}[{n}]"
        if not isinstance(item, Mapping) or not isinstance(item.get("linkId"), str):
            faults.append(Fault("must be an item with a linkId.", at))
            continue
        yield at, item["linkId"], item
        yield from _walk(item.get("item", []), faults, f"{at}.item", depth + 1)


def _answer(item: Item, answers: Any, where: str, faults: list[Fault]) -> float | None:
    if answers == []:
        return None
    if not isinstance(answers, list) or len(answers) > 1 or not isinstance(answers[0], Mapping):
        faults.append(Fault("must hold one answer.", f"{where}.answer"))
        return None
    kind, given = answer_type(item.response), answers[0]
    name = {AnswerType.CHOICE: "valueCoding", AnswerType.INTEGER: "valueInteger"}.get(kind, "valueDecimal")
    if name not in given:
        faults.append(Fault(f"must be a {name}.", f"{where}.answer[0]"))
        return None
    value = given[name]
    return _coded(item, value, where, faults) if kind is AnswerType.CHOICE else value


def _coded(item: Item, coding: Any, where: str, faults: list[Fault]) -> float | None:
    codes = {f"{answer:g}": answer for answer in item.response.allowed}
    code = coding.get("code") if isinstance(coding, Mapping) else None
    if not isinstance(code, str) or code not in codes:
        shown = ", ".join(codes)
        faults.append(Fault(f"code {code!r}; must be one of {shown}.", f"{where}.answer[0].valueCoding.code"))
        return None
    return codes[code]
