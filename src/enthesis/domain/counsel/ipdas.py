"""Whether an aid meets the standards it claims to meet: one check for each criterion, made on the aid itself.

The criteria are those of the International Patient Decision Aid Standards; a criterion that asks how an aid
was developed or tested cannot be seen in it and has no check.

Source: Joseph-Williams 2014, doi:10.1177/0272989X13501721.
"""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from enthesis.domain.counsel.blocks import (
    AnswerLine,
    Block,
    Certainty,
    OptionCard,
    Paragraph,
    People,
    References,
    ResultLine,
    Scale,
    Steps,
)
from enthesis.domain.counsel.document import DecisionAid

__all__ = ["CHECKS", "checked"]

Check = Callable[[DecisionAid], bool]


def _cards(aid: DecisionAid) -> list[OptionCard]:
    return [b for b in aid.section("options").blocks if isinstance(b, OptionCard)]


def _results(aid: DecisionAid) -> list[ResultLine]:
    return [b for b in aid.section("results").blocks if isinstance(b, ResultLine)]


def _has(aid: DecisionAid, section: str, kind: type[Block], at_least: int = 1) -> bool:
    return sum(isinstance(b, kind) for b in aid.section(section).blocks) >= at_least


def _said(*texts: object) -> bool:
    return all(str(text).strip() for text in texts)


def _options(aid: DecisionAid) -> bool:
    ids = {card.id for card in _cards(aid)}
    return len(ids) >= 3 and "wait" in ids and any(card.asked for card in _cards(aid))


def _equal_detail(aid: DecisionAid) -> bool:
    shapes = {(len(c.good), len(c.bad)) for c in _cards(aid)}
    return len(shapes) == 1 and all(good == bad for good, bad in shapes)


def _uncertainty(aid: DecisionAid) -> bool:
    results = _results(aid)
    told = all(
        isinstance(r.certainty, Certainty) and _said(r.certainty.name, r.certainty.meaning) for r in results
    )
    return told and bool(aid.section("unknown").blocks)


def _sources(aid: DecisionAid) -> bool:
    listed = [b for b in aid.section("about").blocks if isinstance(b, References)]
    return bool(listed and listed[0].items) and all(r.label and r.url for r in listed[0].items)


def _tells(aid: DecisionAid, *about: str) -> bool:
    """True when the imprint has a text for each of these."""
    told = {b.about: b.text.text for b in aid.section("about").blocks if isinstance(b, Paragraph)}
    return all(told.get(name, "").strip() for name in about)


def _dated(aid: DecisionAid) -> bool:
    """True when the day it was made can be read in it, in whatever digits."""
    made = next(b for b in aid.section("about").blocks if isinstance(b, Paragraph) and b.about == "made")
    read = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in made.text.text)
    return aid.made_on.isoformat() in read


def _same_time(aid: DecisionAid) -> bool:
    """True when every picture shows both treatments, of equal height."""
    drawn = [b for b in aid.blocks() if isinstance(b, People)]
    return all(len(p.panels) == 2 and all(0 <= panel.count <= 100 for panel in p.panels) for p in drawn)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "Q1": lambda aid: _has(aid, "condition", Paragraph, 2),
        "Q2": lambda aid: _has(aid, "decision", Paragraph),
        "Q3": _options,
        "Q4": lambda aid: all(c.good and _said(*c.good) for c in _cards(aid)),
        "Q5": lambda aid: all(c.bad and _said(*c.bad) for c in _cards(aid)),
        "Q6": lambda aid: all(_said(c.like) for c in _cards(aid)),
        "C1": _equal_detail,
        "C2": _sources,
        "C3": _dated,
        "C4": lambda aid: _tells(aid, "update"),
        "C5": _uncertainty,
        "C6": lambda aid: _tells(aid, "funding"),
        "K1": lambda aid: any(getattr(b, "about", "") == "course" for b in aid.section("condition").blocks),
        "K2": _equal_detail,
        "K4": lambda aid: _tells(aid, "people_like"),
        "K6": _same_time,
        "K9": lambda aid: _has(aid, "values", Scale, 4),
        "K10": lambda aid: _has(aid, "steps", Steps),
        "K11": lambda aid: _has(aid, "questions", AnswerLine, 5),
        "K18": lambda aid: _tells(aid, "evidence"),
        "K19": _uncertainty,
        "K21": lambda aid: _tells(aid, "reading"),
    }
)


def checked(aid: DecisionAid) -> Mapping[str, bool]:
    """Every criterion that can be seen in an aid, and whether the aid meets it."""
    return {name: check(aid) for name, check in CHECKS.items()}
