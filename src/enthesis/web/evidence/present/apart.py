"""What is shown apart from every pool: directions, series without a control, ways of giving."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from enthesis.domain.evidence import Answer
from enthesis.domain.evidence.directions import Directions, TrialDirection, directions
from enthesis.domain.evidence.series import Series, SeriesRow
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.study import Result
from enthesis.domain.evidence.variants import Variant
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.sentences import better_or_worse
from enthesis.web.evidence.addresses import study_page
from enthesis.web.evidence.present.figures_as_printed import arm_words, p_words, within_words
from enthesis.web.evidence.present.products import given_words, product_facts
from enthesis.web.evidence.present.sources import Place, place_of, short_name
from enthesis.web.evidence.present.words import weeks_label

__all__ = ["DirectionsView", "SeriesView", "VariantView", "directions_view", "series_view", "variant_view"]

_SIGNS = {
    1: ("▲", "the treatment did better"),
    -1: ("▼", "the comparator did better"),
    0: ("–", "neither, or not told"),
}


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """One trial: which side did better, its p-value, where that was read."""

    name: str
    address: str
    sign: str
    words: str
    p: str
    basis: str
    place: Place


@dataclass(frozen=True, slots=True)
class DirectionsView:
    """Directions of all sound trials of a question, with their vote."""

    rows: tuple[DirectionRow, ...]
    vote: str
    combined: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One arm of a study without a control group."""

    name: str
    address: str
    level: str
    given: str
    product: str
    n: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class VariantView:
    """Two ways of giving the same product, compared inside one study."""

    name: str
    address: str
    first: str
    second: str
    differs: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]


def directions_view(a: Answer, vocabulary: Vocabulary) -> DirectionsView | None:
    """Directions of an answer; None when every trial gave figures."""
    found = directions(a)
    if found is None:
        return None
    rows = tuple(_direction(t, vocabulary) for t in found.trials)
    caveats = (
        *(found.vote.caveats if found.vote else ()),
        *(found.combined.caveats if found.combined else ()),
    )
    return DirectionsView(rows, _vote(found), _combined(found), tuple(dict.fromkeys(caveats)))


def _direction(t: TrialDirection, vocabulary: Vocabulary) -> DirectionRow:
    study, row = t.contrast.pick.study, t.contrast.pick.result
    sign, words = _SIGNS[t.direction]
    printed = row.contrast.p if row.contrast else None
    computed = numbers.p_value(t.reported.p) if t.reported and t.has_figures else ""
    return DirectionRow(
        name=short_name(study),
        address=study_page(study.id),
        sign=sign,
        words=words,
        p=p_words(printed) if printed else computed or "no p-value",
        basis="from its figures" if t.has_figures else "direction only",
        place=place_of(row.source, study, vocabulary),
    )


def _vote(found: Directions) -> str:
    v = found.vote
    if v is None:
        return "No trial has a direction that can be counted."
    lo, hi = v.ci
    return (
        f"{v.favourable} of {v.k} trials with a direction favour the treatment "
        f"(95% interval {numbers.percent(lo)} to {numbers.percent(hi)}; sign test {numbers.p_value(v.p)})."
    )


def _combined(found: Directions) -> str:
    c = found.combined
    if c is None:
        return ""
    how = f"{c.method}, one-sided for the treatment"
    head = f"p-values of {c.k} trials combined ({how}): {numbers.p_value(c.p)}."
    return f"{head} This says whether there is an effect in any of them, not how large it is."


def series_view(s: Series, vocabulary: Vocabulary) -> SeriesView:
    """One series in words, with its level of evidence."""
    n = s.arm.n or s.study.population.n_randomised
    return SeriesView(
        name=short_name(s.study),
        address=study_page(s.study.id),
        level=f"OCEBM level {s.ocebm_level}",
        given=given_words(s.arm, vocabulary),
        product=product_facts(s.arm.product, vocabulary),
        n=f"{numbers.count(n)} people" if n else "size not seen",
        rows=tuple(_series_row(s, r, vocabulary) for r in s.rows),
    )


def _series_row(s: Series, r: SeriesRow, vocabulary: Vocabulary) -> tuple[str, str, str]:
    parts = [f"at the start {arm_words(r.baseline)}"] if r.baseline else []
    if r.figures:
        parts.append(f"{'change' if r.result.kind == 'change' else 'then'} {arm_words(r.figures)}")
    if r.change:
        parts.append(within_words(r.change, {s.arm.id: s.arm.label}))
    label = _measured(r.result, vocabulary)
    return label, weeks_label(r.result.weeks, r.result.weeks_span), "; ".join(parts) or "no figure printed"


def _measured(row: Result, vocabulary: Vocabulary) -> str:
    return f"{vocabulary.label('outcome', row.outcome)}: {vocabulary.instruments[row.instrument].label}"


def variant_view(v: Variant, vocabulary: Vocabulary) -> VariantView:
    """One comparison of a product with itself in words."""
    return VariantView(
        name=short_name(v.study),
        address=study_page(v.study.id),
        first=v.first.label,
        second=v.second.label,
        differs=tuple(d.replace("_", " ") for d in v.differs),
        rows=tuple(_variant_rows(v, vocabulary)),
    )


def _variant_rows(v: Variant, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    for c in v.contrasts:
        row = c.pick.result
        label = _measured(row, vocabulary)
        yield label, weeks_label(row.weeks, row.weeks_span), _variant_words(v, c)


def _variant_words(v: Variant, c: Contrast) -> str:
    for kind, unit in ((ScaleKind.POINTS, "points on 0–100"), (ScaleKind.SMD, "standard deviations")):
        if (e := c.on.get(kind)) is not None:
            half = 1.96 * e.v**0.5
            lo, hi = better_or_worse(e.y - half), better_or_worse(e.y + half)
            return f"{v.first.label}: {better_or_worse(e.y, unit)} (95% interval {lo} to {hi})"
    if (e := c.on.get(ScaleKind.RATIO)) is not None and c.ratio_measure:
        half = 1.96 * e.v**0.5
        shown = numbers.effect(*_exp(e.y, e.y - half, e.y + half), ScaleKind.RATIO)
        return f"{c.ratio_measure} {shown}, {v.first.label} over {v.second.label}"
    winner = c.pick.winner
    if winner is None:
        return "neither did better, or it is not told"
    return f"{v.study.arm(winner).label} did better, size not told"


def _exp(y: float, lo: float, hi: float) -> tuple[float, tuple[float, float]]:
    return exp(y), (exp(lo), exp(hi))
