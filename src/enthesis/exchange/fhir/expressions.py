"""Scoring rules in FHIRPath, for a form that scores itself.

Every score becomes a variable of the questionnaire, and a score of scores reads those of its parts. Only
functions of FHIRPath itself are used (http://hl7.org/fhirpath/N1), so that an engine without the SDC
supplements gives the same number. A coded answer carries its own number as its code.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enthesis.domain.instruments import (
    Highest,
    Instrument,
    Item,
    Mean,
    OfScores,
    Profile,
    Response,
    ScoreRule,
    ShareOfMaximum,
    Sum,
    Table,
    ValueSetIndex,
    Weighted,
)
from enthesis.exchange.fhir.answer_types import AnswerType, answer_type

__all__ = ["Expressed", "NotExpressed", "expressions"]


@dataclass(frozen=True, slots=True)
class Expressed:
    """One score as a named variable; ``points`` is the variable it reads, empty where it needs none."""

    score: ScoreRule
    variable: str
    expression: str
    points: str = ""

    @property
    def variables(self) -> tuple[tuple[str, str], ...]:
        """Names and expressions in the order they are to be evaluated."""
        own = ((self.variable, self.expression),)
        return ((f"{self.variable}Points", self.points), *own) if self.points else own


@dataclass(frozen=True, slots=True)
class NotExpressed:
    """One score that no expression gives, and why."""

    score: ScoreRule
    reason: str


def expressions(instrument: Instrument) -> tuple[Expressed | NotExpressed, ...]:
    """Every score of an instrument, in order, as an expression or with the reason why there is none."""
    made: dict[str, Expressed | NotExpressed] = {}
    for score in instrument.scores:
        made[score.name] = _expressed(instrument, score, made)
    return tuple(made.values())


def _expressed(
    instrument: Instrument, score: ScoreRule, earlier: dict[str, Expressed | NotExpressed]
) -> Expressed | NotExpressed:
    variable = _variable(score.name)
    if isinstance(score.rule, OfScores):
        return _of_scores(score, score.rule, variable, [earlier[name] for name in score.rule.of])
    inside = set(score.items)
    items = tuple(item for item in instrument.items if item.id in inside)
    if reason := _obstacle(instrument, score, items):
        return NotExpressed(score, reason)
    if isinstance(score.rule, Profile):
        digits = [10.0**n for n in reversed(range(len(items)))]
        return Expressed(score, variable, _weighted(items, digits, 0.0))
    if isinstance(score.rule, Weighted):
        return Expressed(score, variable, _weighted(items, score.rule.weights, score.rule.intercept))
    value = _value(instrument, score, items, f"%{variable}Points")
    guard = _guard(instrument, score, items, f"%{variable}Points")
    return Expressed(score, variable, f"iif({guard}, {value})" if guard else value, _points(items))


def _variable(name: str) -> str:
    """The name of a score as R4 allows it for an expression: letters and digits only."""
    first, *others = re.split(r"[^A-Za-z0-9]+", name)
    return first + "".join(part.capitalize() for part in others)


def _of_scores(
    score: ScoreRule, rule: OfScores, variable: str, parts: Sequence[Expressed | NotExpressed]
) -> Expressed | NotExpressed:
    for part in parts:
        if isinstance(part, NotExpressed):
            return NotExpressed(score, f"it is made of '{part.score.name}', which is not calculated")
    added = " + ".join(f"%{part.variable}" for part in parts if isinstance(part, Expressed))
    return Expressed(score, variable, f"({added}) / {len(parts)}" if rule.how == "mean" else added)


def _obstacle(instrument: Instrument, score: ScoreRule, items: Sequence[Item]) -> str:
    if isinstance(score.rule, ValueSetIndex):
        return "its value set is chosen when it is scored, not in the form"
    if any(item.response.blank is not None for item in items) and not isinstance(score.rule, Sum):
        return "a blank counts as an answer, which only a sum can express"
    uneven = len({item.response.most for item in items}) > 1
    if isinstance(score.rule, ShareOfMaximum) and uneven and _branches(instrument, items):
        return "its maximum depends on which branch was answered"
    return ""


def _value(instrument: Instrument, score: ScoreRule, items: Sequence[Item], points: str) -> str:
    total = f"{points}.aggregate($this + $total, 0)"
    match score.rule:
        case Mean(slope=slope, intercept=intercept):
            return _linear(f"{total} / {points}.count()", slope, intercept)
        case Sum(slope=slope, intercept=intercept):
            return _linear(_filled_sum(instrument, score, items, points, total), slope, intercept)
        case ShareOfMaximum(top=top):
            return f"{top:g} * {total} / {_most(score, instrument, items, points)}"
        case Table(first=first, values=values):
            return _looked_up(f"({total})", first, values)
        case Highest(factor=factor, cap=cap):
            highest = f"{points}.aggregate(iif($total.empty(), $this, iif($this > $total, $this, $total)))"
            return f"iif({factor:g} * {highest} > {cap:g}, {cap:g}, {factor:g} * {highest})"
    raise TypeError(f"No expression is written for {type(score.rule).__name__}.")


def _filled_sum(
    instrument: Instrument, score: ScoreRule, items: Sequence[Item], points: str, total: str
) -> str:
    expected = instrument.expected(score)
    blank = items[0].response.blank
    if blank is not None:
        return f"({total} + {blank:g} * ({expected} - {points}.count()))" if blank else total
    if score.min_answered == expected:
        return total
    return f"{expected} * {total} / {points}.count()"


def _most(score: ScoreRule, instrument: Instrument, items: Sequence[Item], points: str) -> str:
    mosts = {item.response.most for item in items}
    if len(mosts) == 1:
        return f"({mosts.pop():g} * {points}.count())"
    if score.min_answered == instrument.expected(score):
        return f"{sum(item.response.most for item in items):g}"
    counts = [
        f"{most:g} * {_answers([i for i in items if i.response.most == most])}.count()"
        for most in sorted(mosts)
    ]
    return f"({' + '.join(counts)})"


def _looked_up(total: str, first: int, values: Sequence[float]) -> str:
    """The printed value of each sum: a chain of choices, because the order of a union is not promised."""
    *others, (_, last) = enumerate(values, start=first)
    chain = "".join(f"iif({total} = {at}, {value:g}, " for at, value in others)
    return f"{chain}{last:g}{')' * len(others)}"


def _guard(instrument: Instrument, score: ScoreRule, items: Sequence[Item], points: str) -> str:
    if any(item.response.blank is not None for item in items):
        return ""
    single = [f"{_answers(branch)}.count() <= 1" for branch in _branches(instrument, items)]
    return " and ".join((f"{points}.count() >= {score.min_answered}", *single))


def _branches(instrument: Instrument, items: Sequence[Item]) -> list[list[Item]]:
    found = [[item for item in items if item.id in branch] for branch in instrument.branches]
    return [branch for branch in found if len(branch) > 1]


def _points(items: Iterable[Item]) -> str:
    """What the answers to these items are worth, in FHIRPath: one collection, gaps left out."""
    alike: dict[Response, list[Item]] = {}
    for item in items:
        alike.setdefault(item.response, []).append(item)
    first, *others = [f"{_answers(group)}{_worth(response)}" for response, group in alike.items()]
    return first + "".join(f".combine({other})" for other in others)


def _answers(items: Sequence[Item]) -> str:
    names = [f"'{item.id}'" for item in items]
    chosen = f"linkId = {names[0]}" if len(names) == 1 else f"linkId in ({' | '.join(names)})"
    return f"%resource.repeat(item).where({chosen}).answer.value"


def _worth(response: Response) -> str:
    number = ".code.select(toInteger())" if answer_type(response) is AnswerType.CHOICE else ""
    if response.points:
        return f"{number}.select({_chosen(response)})"
    if response.reverse:
        return f"{number}.select({response.minimum + response.maximum:g} - $this)"
    return number


def _chosen(response: Response) -> str:
    pairs = list(zip(response.allowed, response.points, strict=True))
    chain = "".join(f"iif($this = {answer:g}, {worth:g}, " for answer, worth in pairs[:-1])
    return f"{chain}{pairs[-1][1]:g}{')' * (len(pairs) - 1)}"


def _weighted(items: Sequence[Item], weights: Sequence[float], intercept: float) -> str:
    terms = [f"{w:g} * {_answers([i])}{_worth(i.response)}" for i, w in zip(items, weights, strict=True)]
    return " + ".join(([f"{intercept:g}"] if intercept else []) + terms)


def _linear(value: str, slope: float, intercept: float) -> str:
    if slope == 1:
        return f"{intercept:g} + {value}" if intercept else value
    scaled = f"{abs(slope):g} * {value}"
    if not intercept:
        return scaled if slope > 0 else f"0 - {scaled}"
    return f"{intercept:g} {'+' if slope > 0 else '-'} {scaled}"
