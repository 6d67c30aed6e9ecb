"""A forest plot as rows of a table: words and figures for the reader, places on one axis for the drawing.

Trials stand in the order of their years. Trials that were kept out of the mean follow with the reason.
Effects are given in reader units (ratios as ratios); intervals of single trials are 95 % normal intervals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.certainty import is_blinded
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis, fits
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.axis import Axis, IntervalMark, axis_for, mark_of
from enthesis.report.figures.product_words import instrument_words, product_words
from enthesis.report.figures.question_words import favoured

__all__ = ["ForestRow", "ForestSummary", "ForestTable", "RowEffect", "forest_rows", "study_label"]

_Z95 = float(ndtri(0.975))
_SIDE_LEFT_OUT = 0.45
_BLINDING = {True: "patients blinded", False: "not blinded", None: "not stated"}


@dataclass(frozen=True, slots=True)
class RowEffect:
    """Effect of one trial: ``y`` and ``v`` on the scale of the pool, the rest in reader units."""

    y: float
    v: float
    estimate: float
    ci: tuple[float, float]
    mark: IntervalMark


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One trial.

    ``effect`` is None where the trial cannot stand on the scale. ``weight`` is a share 0-1, None for a trial
    that was left out; ``why_left_out`` is empty for one that was not.
    """

    study_id: str
    label: str
    year: int | None
    product: str
    instrument: str
    n: int | None
    n_intervention: int | None
    n_comparator: int | None
    n_text: str
    effect: RowEffect | None
    effect_text: str
    weight: float | None
    weight_text: str
    blinding: str
    locator: str
    url: str
    why_left_out: str = ""
    is_suspect: bool = False


@dataclass(frozen=True, slots=True)
class ForestSummary:
    """The mean of two trials or more, and where the effect in a new setting is expected.

    Values in reader units. ``points_text`` re-expresses standard deviations in points of 0-100.
    """

    k: int
    n: int
    n_text: str
    method: str
    estimate: float
    ci: tuple[float, float]
    effect_text: str
    points_text: str
    mark: IntervalMark
    prediction: tuple[float, float] | None
    prediction_text: str
    prediction_mark: IntervalMark | None


@dataclass(frozen=True, slots=True)
class ForestTable:
    """Everything a forest plot shows. ``favours`` names the sides of the axis, left first."""

    question: Question
    scale: Scale
    axis: Axis
    favours: tuple[str, str]
    rows: tuple[ForestRow, ...]
    summary: ForestSummary | None
    left_out: tuple[ForestRow, ...]
    n_without_figures: int


def forest_rows(answer: Answer, vocabulary: Vocabulary) -> ForestTable:
    """Rows, mean and geometry of the forest plot of one answer.

    Raises:
        CannotEstimate: No trial of this question gives a figure.
    """
    synthesis = answer.synthesis
    scale = _scale_of(answer)
    pooled = (
        sorted(zip(synthesis.contrasts, synthesis.pooled.weights, strict=True), key=_age) if synthesis else []
    )
    judged = [synthesis.judged.mu] if synthesis else []
    drawn = [c for c, _ in pooled] or [x.contrast for x in answer.left_out if fits(x.contrast, scale)]
    axis = axis_for(
        scale, [c.on[scale.kind].y for c in drawn], [*_limits(drawn, scale), *_ends(synthesis)], judged
    )
    largest = max((w for _, w in pooled), default=1.0)
    rows = tuple(_row(c, scale, axis, vocabulary, weight=w, largest=largest) for c, w in pooled)
    left_out = tuple(
        _row(x.contrast, scale, axis, vocabulary, why=x.why)
        for x in sorted(answer.left_out, key=lambda x: _age((x.contrast,)))
    )
    return ForestTable(
        question=answer.question,
        scale=scale,
        axis=axis,
        favours=favoured(scale, answer.question, vocabulary),
        rows=rows,
        summary=_summary(synthesis, axis) if synthesis and synthesis.k > 1 else None,
        left_out=left_out,
        n_without_figures=len(answer.directions),
    )


def _scale_of(answer: Answer) -> Scale:
    if answer.synthesis is not None:
        return answer.synthesis.scale
    for other in answer.sensitivities:
        return other.synthesis.scale
    raise CannotEstimate("No trial of this question gives a figure that can be drawn.")


def _age(pair: Sequence) -> tuple[int, str]:
    study = pair[0].pick.study
    return study.year or 9999, study.id


def _interval(y: float, v: float) -> tuple[float, float]:
    half = _Z95 * sqrt(v)
    return y - half, y + half


def _limits(contrasts: Sequence[Contrast], scale: Scale) -> Iterator[float]:
    for contrast in contrasts:
        e = contrast.on[scale.kind]
        yield from _interval(e.y, e.v)


def _ends(synthesis: Synthesis | None) -> Iterator[float]:
    if synthesis is not None and synthesis.k > 1:
        yield from synthesis.judged.ci
        yield from synthesis.judged.prediction_interval or ()


def study_label(contrast: Contrast) -> str:
    """First author and year; the id of the study where no author was seen."""
    study = contrast.pick.study
    if study.first_author is None:
        return study.id
    surname = (
        " ".join(p for p in study.first_author.split() if not (p.isupper() and len(p) <= 3))
        or study.first_author
    )
    return f"{surname} {study.year}" if study.year else surname


def _row(
    contrast: Contrast,
    scale: Scale,
    axis: Axis,
    vocabulary: Vocabulary,
    *,
    weight: float | None = None,
    largest: float = 1.0,
    why: str = "",
) -> ForestRow:
    pick = contrast.pick
    side = _SIDE_LEFT_OUT if weight is None else sqrt(weight / largest)
    effect = _effect(contrast, scale, axis, side)
    return ForestRow(
        study_id=pick.study.id,
        label=study_label(contrast),
        year=pick.study.year,
        product=product_words(contrast),
        instrument=instrument_words(contrast, vocabulary),
        n=contrast.n,
        n_intervention=contrast.of.n,
        n_comparator=contrast.versus.n,
        n_text=numbers.count(contrast.n) if contrast.n else "not stated",
        effect=effect,
        effect_text=numbers.effect(effect.estimate, effect.ci, scale.kind) if effect else "not on this scale",
        weight=weight,
        weight_text="–" if weight is None else numbers.percent(weight),
        blinding=_BLINDING[is_blinded(contrast)],
        locator=pick.result.source.locator or pick.result.source.kind,
        url=pick.result.source.url or pick.study.url,
        why_left_out=why,
        is_suspect=pick.is_suspect,
    )


def _effect(contrast: Contrast, scale: Scale, axis: Axis, side: float) -> RowEffect | None:
    if not fits(contrast, scale):
        return None
    e = contrast.on[scale.kind]
    lo, hi = _interval(e.y, e.v)
    mark = mark_of(e.y, (lo, hi), axis, side)
    return RowEffect(e.y, e.v, scale.shown(e.y), (scale.shown(lo), scale.shown(hi)), mark)


def _summary(s: Synthesis, axis: Axis) -> ForestSummary:
    scale, ci = s.scale, s.judged.ci
    shown = scale.shown(ci[0]), scale.shown(ci[1])
    ahead = s.judged.prediction_interval
    prediction = (scale.shown(ahead[0]), scale.shown(ahead[1])) if ahead else None
    return ForestSummary(
        k=s.k,
        n=s.n,
        n_text=numbers.count(s.n) + (f" and {s.n_unknown} trials of unknown size" if s.n_unknown else ""),
        method=s.judged.method,
        estimate=scale.shown(s.judged.mu),
        ci=shown,
        effect_text=numbers.effect(scale.shown(s.judged.mu), shown, scale.kind),
        points_text=_points_text(s),
        mark=mark_of(s.judged.mu, ci, axis),
        prediction=prediction,
        prediction_text=numbers.interval(*prediction, scale.kind) if prediction else "",
        prediction_mark=mark_of(s.pooled.mu, ahead, axis) if ahead else None,
    )


def _points_text(s: Synthesis) -> str:
    if not s.scale.sd_points:
        return ""
    mu, lo, hi = (x * s.scale.sd_points for x in (s.judged.mu, *s.judged.ci))
    return f"about {numbers.points(mu)} points of 0–100 ({numbers.interval(lo, hi, ScaleKind.POINTS)})"
