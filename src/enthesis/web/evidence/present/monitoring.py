"""The course of one answer's trials against boundaries, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from django.urls import reverse

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.monitoring import MonitoredAnswer, monitor_answer
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures import Provenance, render
from enthesis.report.figures.monitoring_plot import draw_monitoring
from enthesis.report.monitoring_words import (
    LIMITS,
    look_label,
    monitoring_sentence,
    required_words,
    status_words,
    timing_words,
)
from enthesis.statistics.sequential import Look, Monitoring
from enthesis.web.evidence.addresses import question_page, question_place, study_page
from enthesis.web.evidence.present.drawings import safe
from enthesis.web.evidence.present.drawn import FILE_KINDS, Download, Drawn
from enthesis.web.evidence.present.sources import Link, short_name
from enthesis.web.evidence.present.words import against, question_title, topic_title

__all__ = ["MonitoringPage", "monitored_line", "monitoring_page_of"]

# An end beyond these says nothing that a reader could use; files and data hold it.
WIDEST = {ScaleKind.POINTS: 100.0, ScaleKind.SMD: 5.0}


@dataclass(frozen=True, slots=True)
class LookView:
    """One look: which trials came in, what was known, what could be said."""

    when: str
    trials: tuple[Link, ...]
    people: str
    share: str
    effect: str
    z: str
    boundary: str
    pocock: str
    adjusted: str
    says: str
    chance: str


@dataclass(frozen=True, slots=True)
class MonitoringPage:
    """A monitored answer in full, or why it cannot be monitored."""

    title: str
    asked: str
    address: str
    sentence: str
    refused: str
    timing: str
    required: str
    figure: Drawn | None
    looks: tuple[LookView, ...]
    has_boundaries: bool
    left_out: tuple[Link, ...]
    caveats: tuple[str, ...]
    limits: tuple[str, ...]
    data: str


def monitored_line(a: Answer, evidence: Evidence) -> str:
    """The sentence for the answer's own page; '' where nothing can be monitored."""
    try:
        return monitoring_sentence(monitor_answer(a, evidence.rules))
    except CannotEstimate:
        return ""


def monitoring_page_of(a: Answer, evidence: Evidence, provenance: Provenance) -> MonitoringPage:
    """The page of a monitored answer."""
    q = a.question
    place = question_place(q)
    try:
        found, refused = monitor_answer(a, evidence.rules), ""
    except CannotEstimate as error:
        found, refused = None, str(error)
    return MonitoringPage(
        title=topic_title(q.condition, q.intervention, evidence.vocabulary),
        asked=f"{question_title(q, evidence.vocabulary)}, {against(q.comparator_class).lower()}",
        address=question_page(q),
        sentence=monitoring_sentence(found) if found else refused,
        refused=refused,
        timing=timing_words(found.timing) if found else "",
        required=required_words(found) if found else "",
        figure=_figure(found, evidence, provenance, place) if found else None,
        looks=tuple(_looks(found, evidence)) if found else (),
        has_boundaries=found is not None and found.course is not None,
        left_out=tuple(_link(study, evidence) for study in found.left_out) if found else (),
        caveats=found.caveats if found else (),
        limits=LIMITS,
        data="/".join(("", "api", "v1", "evidence", *place, "monitoring")),
    )


def _figure(m: MonitoredAnswer, evidence: Evidence, provenance: Provenance, place: list[str]) -> Drawn | None:
    if m.course is None:
        return None
    figure = draw_monitoring(m, evidence.vocabulary, provenance)
    files = tuple(
        Download(kind.upper(), reverse("monitoring-file", args=[*place, kind])) for kind in FILE_KINDS
    )
    return Drawn("monitoring", "The course", figure.description, safe(render(figure)), files, "", False)


def _link(study: str, evidence: Evidence) -> Link:
    return Link(short_name(evidence.studies[study]), study_page(study))


def _looks(m: MonitoredAnswer, evidence: Evidence) -> Iterator[LookView]:
    course, pocock = m.course, m.pocock
    so_far = 0
    for at, trials in enumerate(m.looks):
        so_far += sum(t.n for t in trials)
        look = course.looks[at] if course else None
        yield LookView(
            when=look_label(trials),
            trials=tuple(_link(t.study, evidence) for t in trials),
            people=numbers.count(so_far),
            share=f"{100 * so_far / m.required.participants:.0f}%",
            effect=_effect(m, look),
            z=_z(m.synthesis.scale.sign * look.z) if look else "",
            boundary=_boundary(look),
            pocock=_boundary(pocock.looks[at] if isinstance(pocock, Monitoring) else None),
            adjusted=_adjusted(m, look),
            says=status_words(look.status) if look else "not tested",
            chance=numbers.percent(float(m.bayes.beyond[at])) if m.bayes else "",
        )


def _effect(m: MonitoredAnswer, look: Look | None) -> str:
    s = m.synthesis
    mu, ci = (look.mu, look.ci) if look else (s.judged.mu, s.judged.ci)
    return numbers.effect(s.scale.shown(mu), (s.scale.shown(ci[0]), s.scale.shown(ci[1])), s.scale.kind)


def _z(z: float) -> str:
    return f"{z:.2f}".replace("-", numbers.MINUS)


def _boundary(look: Look | None) -> str:
    if look is None or look.efficacy is None:
        return "none yet"
    return f"{look.efficacy:.2f}" if isfinite(look.efficacy) else "none yet"


def _adjusted(m: MonitoredAnswer, look: Look | None) -> str:
    if look is None or look.adjusted_ci is None or not all(map(isfinite, look.adjusted_ci)):
        return "none yet"
    lo, hi = map(m.synthesis.scale.shown, look.adjusted_ci)
    kind = m.synthesis.scale.kind
    if kind in WIDEST and max(-lo, hi) > WIDEST[kind]:
        return "wider than the scale"
    return numbers.interval(lo, hi, kind)
