"""What to expect, from the kept object: points of the patient's instrument, and people of a hundred drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.counsel.people_svg import people_svg
from enthesis.report.effect_words import better_or_worse
from enthesis.report.sentences import comparator_words

__all__ = ["CourseView", "Panel", "course_views"]

PLACEBO = ComparatorClass.PLACEBO.value
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """A hundred people under one treatment: drawing, and the same in words."""

    heading: str
    drawing: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """One outcome in terms of this patient; ``why_not`` says what cannot be told."""

    title: str
    certainty: str
    points: str
    scale: str
    event: str
    panels: tuple[Panel, ...]
    basis: str
    assumptions: tuple[str, ...]
    why_not: tuple[str, ...]


def course_views(answer: Plain) -> tuple[tuple[CourseView, ...], tuple[CourseView, ...]]:
    """The headline outcomes, placebo first, and the harms against placebo."""
    courses = answer["expected_course"]
    asked = [q for q in answer["headline_questions"].values() if q]
    main = [x for q in asked for x in courses if _asks(x, q)]
    harms = [x for x in courses if x["outcome"] in HARMS and x["comparator_class"] == PLACEBO]
    return tuple(map(_view, main)), tuple(map(_view, harms))


def weeks(horizon: list[int | None] | None) -> str:
    """A span of follow-up in words."""
    if horizon is None:
        return "over the whole follow-up"
    first, last = horizon
    return f"after week {first}" if last is None else f"weeks {first} to {last}"


def _asks(x: Plain, q: Plain) -> bool:
    return all(x[name] == q[name] for name in ("comparator_class", "outcome", "horizon"))


def _view(x: Plain) -> CourseView:
    against = comparator_words(ComparatorClass(x["comparator_class"]))
    people = x["people"]
    return CourseView(
        title=f"{x['outcome'].replace('-', ' ').capitalize()}, {weeks(x['horizon'])}, against {against}",
        certainty=x["certainty"],
        points=_points(x["points"]) if x["points"] else "",
        scale=_scale(x),
        event=people["event"] if people else "",
        panels=tuple(_panels(people, against)) if people else (),
        basis=f"Those without it: {people['comparator_source']}." if people else "",
        assumptions=tuple(people["assumptions"]) if people else (),
        why_not=tuple(dict.fromkeys(why.rstrip(".") for why in x["why_not"])),
    )


def _scale(x: Plain) -> str:
    low, high = x["range"]
    return x["instrument"] if x["instrument"].startswith("points") else f"{x['instrument']}, {low:g}–{high:g}"


def _points(points: Plain) -> str:
    lo, hi = points["ci"]
    span = f"could be {better_or_worse(lo)} or {better_or_worse(hi)}"
    return f"{better_or_worse(points['estimate'], 'points')} on average ({span})"


def _panels(people: Plain, against: str) -> Iterator[Panel]:
    harm = not people["wanted"]
    lo, hi = people["intervention_ci"]
    told = (
        (f"With {against}", people["comparator"], ""),
        ("With the injection", people["intervention"], f" (between {lo} and {hi})"),
    )
    for heading, count, span in told:
        words = f"{count} of 100{span}"
        drawing = people_svg(count, harm=harm, label=f"{heading}: {words}: {people['event']}")
        yield Panel(heading, mark_safe(drawing), words)  # noqa: S308 - drawn by us from a number
