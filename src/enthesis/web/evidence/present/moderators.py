"""The moderators of one question as their page shows them."""

from dataclasses import dataclass

from django.urls import reverse

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.fragility import Kin
from enthesis.domain.evidence.moderators import Moderation, Point, Tried
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures import EXPORTS, Provenance, render
from enthesis.report.figures.bubble_plot import draw_bubbles
from enthesis.report.moderator_words import (
    LIMITS,
    kin_title,
    moderation_lead,
    moderation_sentences,
    needed_words,
    sceptic_words,
    slope_words,
)
from enthesis.web.evidence.addresses import horizon_slug, question_page, study_page, topic_page
from enthesis.web.evidence.moderations import moderation_of
from enthesis.web.evidence.present.drawings import safe
from enthesis.web.evidence.present.drawn import Download, Drawn
from enthesis.web.evidence.present.effects import important_difference
from enthesis.web.evidence.present.sources import Link, Place, place_of, short_name
from enthesis.web.evidence.present.words import against, question_title, topic_title, weeks_label

__all__ = ["ModeratorsPage", "moderators_page_of"]


@dataclass(frozen=True, slots=True)
class TriedView:
    """One moderator in one row."""

    name: str
    why: str
    trials: str
    slope: str
    p: str
    sceptic: str
    says: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """One trial: the row that speaks for it, its effect, and what it tells of each moderator."""

    name: str
    address: str
    row: str
    place: Place
    effect: str
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModeratorsPage:
    """Everything the page shows."""

    title: str
    asked: str
    topic_address: str
    lead: str
    sentences: tuple[str, ...]
    important: str
    figure: Drawn | None
    tried: tuple[TriedView, ...]
    trials: tuple[TrialView, ...]
    needed: tuple[str, ...]
    limits: tuple[str, ...]
    answers: tuple[Link, ...]
    data: str


def moderators_page_of(kin: Kin, evidence: Evidence, provenance: Provenance) -> ModeratorsPage:
    """The page of a question without its horizon."""
    vocabulary, m = evidence.vocabulary, moderation_of(kin)
    place = [kin.condition, kin.intervention, str(kin.comparator_class), kin.outcome]
    api = reverse("api-v1:catalogue").removesuffix("/catalogue")
    return ModeratorsPage(
        title=topic_title(kin.condition, kin.intervention, vocabulary),
        asked=kin_title(kin, vocabulary),
        topic_address=topic_page(kin.condition, kin.intervention),
        lead=moderation_lead(m),
        sentences=tuple(moderation_sentences(m)),
        important=important_difference(m.pool.scale)[0] if m.pool.scale else "",
        figure=_figure(m, vocabulary, provenance, place),
        tried=tuple(_tried(t, m) for t in m.tried),
        trials=tuple(_trials(m, vocabulary)),
        needed=tuple(needed_words(m)),
        limits=LIMITS,
        answers=tuple(_answers(kin, evidence)),
        data="/".join((api, "moderators", *place)),
    )


def _figure(m: Moderation, vocabulary: Vocabulary, provenance: Provenance, place: list[str]) -> Drawn | None:
    try:
        figure = draw_bubbles(m, vocabulary, provenance)
    except CannotEstimate:
        return None
    files = (Download(k.upper(), reverse("moderators-file", args=[*place, k])) for k in (*EXPORTS, "csv"))
    return Drawn(
        "moderators", "The bubble plots", figure.description, safe(render(figure)), tuple(files), "", False
    )


def _tried(t: Tried, m: Moderation) -> TriedView:
    f, scale = t.fitted, m.pool.scale
    p = ""
    if f is not None:
        p = numbers.p_value(f.p_permutation)
        if len(m.fitted) > 1:
            p += f"; {numbers.p_value(f.p_holm)} for all {len(m.fitted)}"
    return TriedView(
        name=t.moderator.name,
        why=t.moderator.why,
        trials=f"{len(t.points)} of {m.pool.k}",
        slope=slope_words(t, scale) if scale else "",
        p=p,
        sceptic=sceptic_words(t, scale) if scale else "",
        says=t.too_few or "enough trials tell it",
    )


def _trials(m: Moderation, vocabulary: Vocabulary) -> list[TrialView]:
    scale = m.pool.scale
    if scale is None:
        return []
    made = []
    for c in m.pool.contrasts:
        pick, e = c.pick, c.on[scale.kind]
        half = 1.959964 * e.v**0.5
        ends = (scale.shown(e.y - half), scale.shown(e.y + half))
        row = pick.result
        instrument = vocabulary.instruments[row.instrument].label
        made.append(
            TrialView(
                name=short_name(pick.study),
                address=study_page(pick.study.id),
                row=f"{instrument}, {weeks_label(row.weeks, row.weeks_span)}",
                place=place_of(row.source, pick.study, vocabulary),
                effect=numbers.effect(scale.shown(e.y), ends, scale.kind),
                told=tuple(
                    (t.moderator.name, _value(t, p)) for t in m.tried for p in t.points if p.contrast is c
                ),
            )
        )
    return made


def _value(t: Tried, p: Point) -> str:
    if t.moderator.labels:
        return t.moderator.labels[int(p.value)]
    unit = f" ({t.moderator.unit})" if t.moderator.unit != t.moderator.name else ""
    return f"{t.moderator.shown(p.value):.3g}{unit}"


def _answers(kin: Kin, evidence: Evidence) -> list[Link]:
    topic = evidence.topic(kin.condition, kin.intervention)
    held = [a.question for a in topic.of_class(kin.comparator_class) if a.question.outcome == kin.outcome]
    held.sort(key=lambda q: horizon_slug(q.horizon) if q.horizon is None else f"{q.horizon.lo:03}")
    cls = against(kin.comparator_class).lower()
    return [Link(f"{question_title(q, evidence.vocabulary)}, {cls}", question_page(q)) for q in held]
