"""Pools in rows: other readings, other choices, groups, years, one trial left out, all drawn on one axis."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from enthesis.domain.evidence import Answer, Verdict
from enthesis.domain.evidence.diagnostics import Step
from enthesis.domain.evidence.groups import Grouping
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.report import numbers
from enthesis.report.figures import Axis
from enthesis.web.evidence.addresses import study_page
from enthesis.web.evidence.present.drawings import Interval, axis_of, drawn_axis, drawn_pool
from enthesis.web.evidence.present.verdicts import Badge, badge

__all__ = ["Group", "Line", "Lines", "choices", "groups", "readings", "without", "years"]


@dataclass(frozen=True, slots=True)
class Line:
    """One pool: its name, what it holds, its effect in words and drawn, and the verdict it would give."""

    name: str
    holds: str
    effect: str
    drawing: SafeString
    badge: Badge | None
    address: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Several pools under one drawn axis; ``has_verdicts`` when they are told."""

    head: str
    axis: SafeString
    lines: tuple[Line, ...]
    has_verdicts: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The trials split by one attribute, with the test of a difference or why there is none."""

    attribute: str
    lines: Lines
    test: str


@dataclass(frozen=True, slots=True)
class _Pool:
    name: str
    holds: str
    mu: float
    ci: Interval
    verdict: Verdict | None = None
    address: str = ""


def _lines(head: str, scale: Scale, pools: Iterable[_Pool]) -> Lines | None:
    held = list(pools)
    if not held:
        return None
    axis = axis_of(scale, [(p.mu, p.ci) for p in held])
    return Lines(
        head,
        drawn_axis(axis),
        tuple(_line(p, scale, axis) for p in held),
        any(p.verdict is not None for p in held),
    )


def _line(p: _Pool, scale: Scale, axis: Axis) -> Line:
    effect = numbers.effect(scale.shown(p.mu), (scale.shown(p.ci[0]), scale.shown(p.ci[1])), scale.kind)
    drawing = drawn_pool(f"{p.name}: {effect}", p.mu, p.ci, axis)
    return Line(p.name, p.holds, effect, drawing, badge(p.verdict) if p.verdict else None, p.address)


def _pool(name: str, s: Synthesis, verdict: Verdict | None = None, address: str = "") -> _Pool:
    people = f", {numbers.count(s.n)} people" if s.n else ""
    holds = f"{s.k} trial{'s' * (s.k > 1)}{people}"
    return _Pool(name, holds, s.judged.mu, s.judged.ci, verdict, address)


def readings(s: Synthesis) -> Lines | None:
    """Other ways to read two to four trials; the one that the verdict rests on is named."""
    pools = []
    for r in s.readings:
        chance = (
            f"chance of a benefit that patients notice: {numbers.probability(r.p_benefit)}"
            if r.p_benefit is not None
            else ""
        )
        mark = " (the verdict rests on this)" if r.name == s.judged.method else ""
        pools.append(_Pool(r.name + mark, chance, r.mu, r.ci))
    return _lines("Way of reading", s.scale, pools)


def choices(a: Answer) -> Lines | None:
    """The answer and what other choices would make of it."""
    first = [_pool("as answered", a.synthesis, a.verdict)] if a.synthesis else []
    others = [_pool(x.label, x.synthesis, x.verdict) for x in a.sensitivities]
    if not others:
        return None
    scale = a.synthesis.scale if a.synthesis else a.sensitivities[0].synthesis.scale
    return _lines("Choice", scale, [*first, *others])


def groups(found: Iterable[Grouping], scale: Scale) -> tuple[Group, ...]:
    """The trials by what they differ in."""
    made = []
    for g in found:
        lines = _lines("Group", scale, [_pool(name, s) for name, s in g.groups])
        test = g.too_few or (f"difference between groups: {numbers.p_value(g.p)}" if g.p is not None else "")
        if lines is not None:
            made.append(Group(g.attribute, lines, test))
    return tuple(made)


def years(steps: Iterable[Step], scale: Scale) -> Lines | None:
    """What would have been said each year."""
    return _lines("Up to", scale, [_pool(x.label, x.synthesis, x.verdict) for x in steps])


def without(steps: Iterable[Step], scale: Scale) -> Lines | None:
    """What would be said if one trial did not exist."""
    pools = [_pool(f"without {x.label}", x.synthesis, x.verdict, study_page(x.label)) for x in steps]
    return _lines("Trial left out", scale, pools)
