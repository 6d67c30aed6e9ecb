"""How fragile one answer is, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.fragility import Candidate, Fragility, IdleAxis, why_none
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures import EXPORTS, Provenance, render
from enthesis.report.figures.specification_curve import draw_specification_curve
from enthesis.report.fragility_words import (
    AXIS_WORDS,
    counts_words,
    effect_size,
    fragility_brief,
    fragility_sentences,
    place_of_declared,
)
from enthesis.statistics.multiverse import AxisEffect
from enthesis.web.evidence.addresses import question_page, question_place, study_page
from enthesis.web.evidence.fragilities import answers_beside, fragility_of, fragility_page
from enthesis.web.evidence.present.drawings import safe
from enthesis.web.evidence.present.drawn import Download, Drawn
from enthesis.web.evidence.present.effects import Fact, important_difference
from enthesis.web.evidence.present.sources import Place, place_of, short_name
from enthesis.web.evidence.present.words import against, question_title, topic_title, weeks_label

__all__ = ["FragilityPage", "fragility_line", "fragility_page_of"]


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level of a choice: how many ways took it, and their mean estimate."""

    name: str
    ways: str
    mean: str


@dataclass(frozen=True, slots=True)
class AxisView:
    """One choice: what it is about, how much it moves the estimate, its levels."""

    name: str
    words: str
    moves: str
    levels: tuple[LevelView, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """One effect that a way may choose: its trial, the row or rows it was read from, the effect."""

    name: str
    address: str
    rows: tuple[str, ...]
    effect: str
    place: Place
    doubt: str


@dataclass(frozen=True, slots=True)
class BesideView:
    """The same question against another comparator, in one line."""

    name: str
    address: str
    line: str


@dataclass(frozen=True, slots=True)
class FragilityPage:
    """Everything the page shows; ``refused`` is why there is nothing to show."""

    title: str
    asked: str
    address: str
    lead: str
    sentences: tuple[str, ...]
    refused: str
    facts: tuple[Fact, ...]
    figure: Drawn | None
    axes: tuple[AxisView, ...]
    idle: tuple[IdleAxis, ...]
    figures: tuple[FigureView, ...]
    beside: tuple[BesideView, ...]
    caveats: tuple[str, ...]
    data: str


def fragility_line(a: Answer) -> str:
    """One line for the page of the answer: the span of all ways, or why there is only one."""
    found = fragility_of(a)
    return fragility_brief(found) if found else why_none(a) or ""


def fragility_page_of(a: Answer, evidence: Evidence, provenance: Provenance) -> FragilityPage:
    """The page of an answer."""
    vocabulary, q, f = evidence.vocabulary, a.question, fragility_of(a)
    place = question_place(q)
    said = tuple(fragility_sentences(f)) if f else (why_none(a) or "",)
    return FragilityPage(
        title=topic_title(q.condition, q.intervention, vocabulary),
        asked=f"{question_title(q, vocabulary)}, {against(q.comparator_class).lower()}",
        address=question_page(q),
        lead=said[0],
        sentences=said[1:],
        refused="" if f else said[0],
        facts=tuple(_facts(f)) if f else (),
        figure=_figure(f, vocabulary, provenance, place) if f else None,
        axes=tuple(_axis(x, f.scale) for x in f.variance.axes) if f else (),
        idle=f.idle if f else (),
        figures=tuple(_read(c, f.scale, vocabulary) for c in f.held) if f else (),
        beside=tuple(_beside(x) for x in answers_beside(q)),
        caveats=f.caveats if f else (),
        data="/".join((reverse("api-v1:catalogue").removesuffix("/catalogue"), "fragility", *place)),
    )


def _facts(f: Fragility) -> Iterator[Fact]:
    s, scale = f.shares, f.scale
    yield Fact("The declared way", place_of_declared(f), "the one that the answer rests on")
    yield Fact("Median of all ways", effect_size(s.median, scale))
    ends = [effect_size(y, scale) for y in s.middle]
    yield Fact("Nine of ten ways", f"{ends[0]} to {ends[1]}")
    if scale.mcid:
        yield Fact("Estimate beyond what patients notice", numbers.percent(s.beyond))
        yield Fact("Whole interval beyond it", numbers.percent(s.surely_beyond))
        yield Fact("What patients notice", *important_difference(scale))
    yield Fact("Interval wholly on the side of benefit", numbers.percent(s.significant_benefit))
    yield Fact("Interval wholly against", numbers.percent(s.significant_harm))
    yield Fact("Ways", counts_words(f))


def _figure(f: Fragility, vocabulary: Vocabulary, provenance: Provenance, place: list[str]) -> Drawn:
    figure = draw_specification_curve(f, vocabulary, provenance)
    files = (Download(k.upper(), reverse("fragility-file", args=[*place, k])) for k in (*EXPORTS, "csv"))
    title = "The specification curve"
    return Drawn("fragility", title, figure.description, safe(render(figure)), tuple(files), "", False)


def _axis(x: AxisEffect, scale: Scale) -> AxisView:
    levels = zip(x.levels, x.means, x.counts, strict=True)
    return AxisView(
        name=x.name,
        words=AXIS_WORDS[x.name],
        moves=numbers.percent(min(x.eta2, 1.0)),
        levels=tuple(
            LevelView(
                level, numbers.count(count), effect_size(mean, scale) if mean is not None else "no pool"
            )
            for level, mean, count in levels
        ),
    )


def _read(c: Candidate, scale: Scale, vocabulary: Vocabulary) -> FigureView:
    figures = [c.trial.figures[i] for i in c.read.places]
    e = c.read.effect
    half = 1.959964 * e.v**0.5
    ends = (scale.shown(e.y - half), scale.shown(e.y + half))
    pick = c.read.contrast.pick
    return FigureView(
        name=short_name(pick.study),
        address=study_page(pick.study.id),
        rows=tuple(_row(x.contrast, x.correlation, vocabulary) for x in figures),
        effect=numbers.effect(scale.shown(e.y), ends, scale.kind),
        place=place_of(pick.result.source, pick.study, vocabulary),
        doubt="; ".join(d.reason for d in pick.doubts if d.excludes),
    )


def _row(c: Contrast, correlation: float | None, vocabulary: Vocabulary) -> str:
    row = c.pick.result
    kind = {"final": "final values", "change": "changes from baseline"}[row.kind]
    made = f" computed with correlation {correlation:g}" if correlation is not None else ""
    route = c.pick.route.name.lower().replace("_", " ").replace("exact p", "exact p\u2011value")
    return (
        f"{vocabulary.instruments[row.instrument].label}, {weeks_label(row.weeks, row.weeks_span)}, "
        f"{kind}{made}, from {route}"
    )


def _beside(a: Answer) -> BesideView:
    return BesideView(against(a.question.comparator_class), fragility_page(a.question), fragility_line(a))
