"""Items of an instrument as items of a Questionnaire, and its scores as items that nobody fills in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from enthesis.domain.instruments import Instrument, Item, Response, ScoreRule
from enthesis.exchange.fhir import systems
from enthesis.exchange.fhir.answer_types import AnswerType, answer_type, is_line
from enthesis.exchange.fhir.expressions import Expressed
from enthesis.exchange.fhir.systems import extension

__all__ = ["SCORES", "branch_link", "option_text", "question_items", "score_items", "score_link"]

Json = dict[str, Any]

SCORES = "scores"
"""Link of the group of scores."""


def question_items(instrument: Instrument, texts: Mapping[str, str]) -> list[Json]:
    """Every question in order; alternatives of one question stand together in a group."""
    made: list[Json] = []
    placed: dict[str, Json] = {}
    for item in instrument.items:
        branch = next((b for b in instrument.branches if item.id in b), None)
        question = _question(item, texts[item.id])
        if branch is None:
            made.append(question)
        elif branch_link(branch) in placed:
            placed[branch_link(branch)]["item"].append(question)
        else:
            group = {"linkId": branch_link(branch), "type": "group", "text": _only_one(branch)}
            placed[branch_link(branch)] = group | {"item": [question]}
            made.append(placed[branch_link(branch)])
    return made


def branch_link(branch: Sequence[str]) -> str:
    """Link of the group that holds the alternatives of one question."""
    return f"one-of-{'-'.join(branch)}"


def score_link(score: ScoreRule) -> str:
    """Link of the item that holds a score."""
    return f"score-{score.name}"


def score_items(expressed: Sequence[Expressed]) -> list[Json]:
    """The group of scores, each read-only and calculated; nothing when none can be."""
    items = [x for e in expressed for x in (_score(e), *_stretched(e))]
    return [{"linkId": SCORES, "type": "group", "text": "Scores", "item": items}] if items else []


def option_text(response: Response, answer: float) -> str:
    """How one allowed answer is shown: its label where one may ship, else its number."""
    return response.labels[response.allowed.index(answer)] if response.labels else f"{answer:g}"


def _only_one(branch: Sequence[str]) -> str:
    return f"Answer only one of {', '.join(branch)}."


def _question(item: Item, text: str) -> Json:
    kind = answer_type(item.response)
    made: Json = {"linkId": item.id, "prefix": f"{item.number}.", "text": text, "type": kind.value}
    if added := list(_extensions(item.response, kind)):
        made = {"extension": added} | made
    if kind is AnswerType.CHOICE:
        made["answerOption"] = [_option(item.response, answer) for answer in item.response.allowed]
    return made


def _extensions(response: Response, kind: AnswerType) -> Iterator[Json]:
    if kind is AnswerType.CHOICE:
        yield _control("radio-button")
        return
    if is_line(response):
        yield _control("slider")
        yield extension(systems.SLIDER_STEP, "Integer", 1)
    for url, bound in ((systems.MIN_VALUE, response.minimum), (systems.MAX_VALUE, response.maximum)):
        yield _bound(url, bound, kind)
    if response.unit:
        unit = {"system": systems.SYSTEMS["ucum"], "code": response.unit, "display": response.unit}
        yield extension(systems.UNIT, "Coding", unit)


def _bound(url: str, bound: float, kind: AnswerType) -> Json:
    whole = kind is AnswerType.INTEGER
    return extension(url, "Integer" if whole else "Decimal", int(bound) if whole else bound)


def _control(code: str) -> Json:
    coding = {"system": systems.ITEM_CONTROLS, "code": code}
    return extension(systems.ITEM_CONTROL, "CodeableConcept", {"coding": [coding]})


def _option(response: Response, answer: float) -> Json:
    worth = extension(systems.ORDINAL, "Decimal", _worth(response, answer))
    return {
        "extension": [worth],
        "valueCoding": {"code": f"{answer:g}", "display": option_text(response, answer)},
    }


def _worth(response: Response, answer: float) -> float:
    if response.points:
        return response.points[response.allowed.index(answer)]
    return response.minimum + response.maximum - answer if response.reverse else answer


def _score(e: Expressed) -> Json:
    low, high = e.score.range
    better = f", {e.score.better} is better" if e.score.better != "none" else ""
    return _calculated(
        score_link(e.score), f"{e.score.label} ({low:g} to {high:g}{better})", f"%{e.variable}"
    )


def _stretched(e: Expressed) -> Iterator[Json]:
    low, high = e.score.range
    if e.score.normalised and (low, high) != (0, 100):
        shifted = f"(%{e.variable} - {low:g})" if low else f"%{e.variable}"
        text = f"{e.score.label}, stretched to 0 to 100"
        yield _calculated(f"{score_link(e.score)}-0-100", text, f"100 * {shifted} / {high - low:g}")


def _calculated(link: str, text: str, expression: str) -> Json:
    value = {"language": "text/fhirpath", "expression": expression}
    return {
        "extension": [extension(systems.CALCULATED, "Expression", value)],
        "linkId": link,
        "text": text,
        "type": "decimal",
        "readOnly": True,
    }
