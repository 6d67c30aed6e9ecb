"""An answer in people: how many of a hundred improve with the treatment and how many without it.

For scores this is a conversion with assumptions, not a finding: improvement is taken as normal with one
spread in both groups, and the people of the comparator groups are taken as the reader's own patients. Some
who improve with the treatment would have improved without it; the difference counts them out.

Source: Suissa 1991, doi:10.1016/0895-4356(91)90188-E; Furukawa 1999, doi:10.1016/S0140-6736(99)01163-1;
Anzures-Cabrera 2011, doi:10.1002/sim.4298; used so by GRADE (Guyatt 2013,
doi:10.1016/j.jclinepi.2012.08.001).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.comparator_response import ComparatorResponse, comparator_response
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.evidence.risks import comparator_events, comparator_risk, risk_with
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.topics import Evidence
from enthesis.domain.vocabulary import EVENT_OUTCOMES
from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import conversions

__all__ = ["AbsoluteTerms", "People", "Share", "absolute_terms", "points_on"]

Effect = tuple[float, float, float]  # estimate, lower and upper limit


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people with its interval, all 0 to 1 (a difference of shares: -1 to 1)."""

    estimate: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class People:
    """Whole people out of ``of``; ``more`` is ``intervention - comparator``, so that the three agree."""

    of: int
    comparator: int
    intervention: int
    lo: int
    hi: int

    @property
    def more(self) -> int:
        """People more (or, below 0, fewer) with the treatment."""
        return self.intervention - self.comparator


@dataclass(frozen=True, slots=True)
class AbsoluteTerms:
    """People who have an event with the treatment and with the comparator.

    ``event`` says in words what is counted, ``wanted`` whether people hope for it. The interval is that of
    the effect; the comparator's share is taken as known, which ``assumptions`` says.
    """

    event: str
    wanted: bool
    comparator: float
    intervention: Share
    difference: Share
    comparator_source: str
    assumptions: tuple[str, ...]

    def people(self, of: int = 100) -> People:
        """The same as whole people out of ``of``."""
        i = self.intervention
        return People(of, *(round(of * x) for x in (self.comparator, i.estimate, i.lo, i.hi)))


def absolute_terms(
    a: Answer,
    evidence: Evidence,
    *,
    comparator_share: float | None = None,
    threshold_points: float | None = None,
) -> AbsoluteTerms:
    """The answer as shares of people.

    Args:
        a: An answer.
        evidence: The body of evidence it came from, for spreads and important differences.
        comparator_share: Share who improve (or have the event) without the treatment, in (0, 1); from the
            comparator groups of the trials when left out.
        threshold_points: Improvement on 0-100 that counts; what patients notice when left out.

    Raises:
        CannotEstimate: The trials do not say what the conversion needs; says what is missing.
        InvalidData: A share outside (0, 1), or a threshold of 0 or less.
    """
    if comparator_share is not None and not 0 < comparator_share < 1:
        raise InvalidData(f"Invalid comparator_share {comparator_share}; must lie between 0 and 1.")
    if threshold_points is not None and not threshold_points > 0:
        raise InvalidData(f"Invalid threshold_points {threshold_points}; must be above 0.")
    if a.question.outcome in EVENT_OUTCOMES:
        return _of_events(a, comparator_share)
    return _of_scores(a, evidence, comparator_share, threshold_points)


def _of_events(a: Answer, given: float | None) -> AbsoluteTerms:
    s = a.synthesis
    if a.basis is Basis.PUBLISHED or s is None or not s.scale.is_ratio:
        raise CannotEstimate(
            "No pooled ratio of our own stands behind this answer, so no people can be counted."
        )
    p = given if given is not None else comparator_risk(s.contrasts)
    if p is None:
        raise CannotEstimate("No trial says how many people had the event with the comparator.")
    with_it = [min(risk_with(p, s.scale.shown(y), s.scale.unit), 1.0) for y in (s.judged.mu, *s.judged.ci)]
    return AbsoluteTerms(
        event=_event_words(a),
        wanted=s.scale.better == "higher",
        comparator=p,
        intervention=_share(with_it),
        difference=_share([x - p for x in with_it]),
        comparator_source="given by the caller" if given is not None else _counted(s.contrasts),
        assumptions=(f"the {s.scale.unit} is the same whatever the risk without treatment", _KNOWN),
    )


def _of_scores(a: Answer, ev: Evidence, given: float | None, threshold: float | None) -> AbsoluteTerms:
    counts = threshold if threshold is not None else _noticed(a, ev)
    effect, spread = _in_deviations(a, ev)
    reply = ComparatorResponse(given, "given by the caller", ()) if given else _replies(a, ev, counts)
    with_it = [float(conversions.responders_from_smd(d, reply.share)) for d in effect]
    return AbsoluteTerms(
        event=f"{_OUTCOMES.get(a.question.outcome, a.question.outcome)} better than before by at least "
        f"{counts:g} points of 100",
        wanted=True,
        comparator=reply.share,
        intervention=_share(with_it),
        difference=_share([x - reply.share for x in with_it]),
        comparator_source=reply.source,
        assumptions=(_NORMAL, spread, _KNOWN, *reply.caveats),
    )


def _replies(a: Answer, ev: Evidence, counts: float) -> ComparatorResponse:
    """Share of the answer's own comparator groups, else of the same comparator's in other trials."""
    for where, contrasts in _comparator_groups(a, ev):
        found = comparator_response(contrasts, ev.rules, threshold_points=counts)
        if found is not None:
            return replace(found, source=f"{found.source}{where}")
    raise CannotEstimate(
        "No trial prints how much its comparator group improved, with a spread; without it the effect cannot "
        "be said as people out of 100."
    )


def _comparator_groups(a: Answer, ev: Evidence) -> Iterator[tuple[str, Sequence[Contrast]]]:
    yield "", a.synthesis.contrasts if a.synthesis else ()
    q = a.question
    others = [
        o
        for (condition, _), topic in ev.topics.items()
        if condition == q.condition
        for o in topic.answers
        if (o.question.comparator_class, o.question.outcome) == (q.comparator_class, q.outcome)
    ]
    yield " of other trials at the same time", _once(o for o in others if o.question.horizon == q.horizon)
    yield " of other trials at another time", _once(others)


def _once(answers: Iterable[Answer]) -> tuple[Contrast, ...]:
    """One contrast per trial, the latest visit of those that are held."""
    held = (c for a in answers if a.synthesis for c in a.synthesis.contrasts)
    return tuple({c.pick.study.id: c for c in held}.values())


def _noticed(a: Answer, ev: Evidence) -> float:
    family = ev.vocabulary.conditions[a.question.condition].family
    mcid = ev.rules.points_mcid(a.question.outcome, family)
    if mcid is None:
        raise CannotEstimate(f"What difference in {a.question.outcome} patients notice has not been set.")
    return mcid.value


def _in_deviations(a: Answer, ev: Evidence) -> tuple[Effect, str]:
    """Effect and interval in standard deviations, positive better, and where the deviation comes from."""
    kind, effect = _effect(a)
    if kind is ScaleKind.SMD:
        return effect, "one standard deviation is that of the trials"
    if kind is not ScaleKind.POINTS:
        raise CannotEstimate(
            "The effect stands on a scale without a known range, so no people can be counted."
        )
    q, held = (
        a.question,
        sorted(c.sd_points for c in (a.synthesis.contrasts if a.synthesis else ()) if c.sd_points),
    )
    sd = (
        held[len(held) // 2]
        if held
        else ev.sd_points.get((q.condition, q.outcome)) or ev.sd_points.get(("", q.outcome))
    )
    if not sd:
        raise CannotEstimate("No trial prints how much patients differ, so no people can be counted.")
    where = "the trials of this answer" if held else "other trials of the catalogue"
    return tuple(
        x / sd for x in effect
    ), f"patients differ by a standard deviation of {sd:.0f} points ({where})"  # type: ignore[return-value]


def _effect(a: Answer) -> tuple[ScaleKind | None, Effect]:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        p = a.published
        if p.benefit is None or p.ci is None:
            raise CannotEstimate("The published synthesis prints no interval that can be converted.")
        return p.kind, (p.benefit, *p.ci)
    s = a.synthesis
    if s is None:
        raise CannotEstimate("No trial gives a figure for this question.")
    lo, hi = sorted(s.benefit(y) for y in s.judged.ci)
    return s.scale.kind, (s.benefit(s.judged.mu), lo, hi)


def points_on(a: Answer, low: float, high: float) -> Effect:
    """Effect, lower and upper limit in points of an instrument from ``low`` to ``high``; positive is better.

    Raises:
        CannotEstimate: The effect cannot be said in points.
        InvalidData: ``high`` is not above ``low``.
    """
    if not high > low:
        raise InvalidData(f"Invalid range {low} to {high}; the upper end must lie above the lower.")
    kind, effect = _effect(a)
    scale: Scale | None = a.synthesis.scale if a.synthesis and a.basis is not Basis.PUBLISHED else None
    factor = 1.0 if kind is ScaleKind.POINTS else scale.sd_points if scale and kind is ScaleKind.SMD else None
    if factor is None:
        raise CannotEstimate(
            "The effect cannot be said in points: the trials used scales without a known range."
        )
    found = [x * factor * (high - low) / 100 for x in effect]
    return found[0], found[1], found[2]


def _counted(contrasts: Sequence[Contrast]) -> str:
    events, people = comparator_events(contrasts)
    return f"{events} of {people} people of the comparator groups"


def _share(values: Sequence[float]) -> Share:
    return Share(values[0], min(values[1:]), max(values[1:]))


def _event_words(a: Answer) -> str:
    return _EVENTS.get(a.question.outcome, a.question.outcome) + (
        " over the whole follow-up" if a.question.outcome in HARMS else ""
    )


_OUTCOMES = {"composite": "combined score of pain and function", "quality-of-life": "quality of life"}
_EVENTS = {
    "responder": "a response as the trials defined it",
    "reintervention": "further treatment of the site",
    "adverse-event": "an adverse event",
    "serious-adverse-event": "a serious adverse event",
}
_NORMAL = "improvement is normally distributed with one spread in both groups (Suissa 1991; Furukawa 1999)"
_KNOWN = "the share with the comparator is that of the trials and is taken as known; yours may differ"
