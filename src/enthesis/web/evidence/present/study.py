"""One study report with everything that was read from it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.integrity import Doubt
from enthesis.domain.evidence.study import Arm, Blinding, Population, Result, Study
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.condition_words import condition_inside
from enthesis.web.evidence.addresses import study_page
from enthesis.web.evidence.present.bias import StudyBias, study_bias
from enthesis.web.evidence.present.feeds import Feed, feeds_of
from enthesis.web.evidence.present.figures_as_printed import (
    arm_words,
    as_printed,
    contrast_words,
    p_words,
    within_words,
)
from enthesis.web.evidence.present.products import given_words, product_facts
from enthesis.web.evidence.present.reporting import Told, told_of
from enthesis.web.evidence.present.sources import Link, Place, byline, correction_words, identifiers, place_of
from enthesis.web.evidence.present.words import weeks_label

__all__ = ["StudyPage", "study_page_of"]


@dataclass(frozen=True, slots=True)
class ArmView:
    """One arm: its name in the report, what it got, how many people."""

    label: str
    given: str
    product: str
    n: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One result row, with its figures per arm, where they stand, and what is held against them."""

    when: str
    kind: str
    figures: tuple[tuple[str, str], ...]
    comparisons: tuple[str, ...]
    place: Place
    notes: tuple[str, ...]
    doubts: tuple[str, ...]
    is_suspect: bool


@dataclass(frozen=True, slots=True)
class ScaleView:
    """Rows of one outcome on one instrument."""

    title: str
    meaning: str
    direction: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    """Everything a reader may want to know about one report."""

    id: str
    title: str
    is_descriptive: bool
    byline: str
    sentence: str
    links: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    same_trial: tuple[Link, ...]
    arms: tuple[ArmView, ...]
    doubts: tuple[str, ...]
    is_suspect: bool
    cautions: tuple[str, ...]
    corrections: tuple[str, ...]
    scales: tuple[ScaleView, ...]
    feeds: tuple[Feed, ...]
    told: tuple[Told, ...]
    bias: tuple[StudyBias, ...]


def study_page_of(study: Study, evidence: Evidence, assessments: Sequence[Assessment] = ()) -> StudyPage:
    """The page of a study."""
    vocabulary = evidence.vocabulary
    doubts = evidence.doubts.get(study.id, ())
    return StudyPage(
        id=study.id,
        title=study.title,
        is_descriptive=study.title_is_descriptive,
        byline=byline(study),
        sentence=_sentence(study, vocabulary),
        links=identifiers(study),
        facts=tuple(_facts(study, vocabulary)),
        same_trial=tuple(
            Link(other, study_page(other)) for other in study.same_trial_as if other in evidence.studies
        ),
        arms=tuple(_arm(arm, vocabulary) for arm in study.arms),
        doubts=tuple(d.reason for d in doubts if d.row is None),
        is_suspect=any(d.excludes and d.row is None for d in doubts),
        cautions=study.cautions,
        corrections=tuple(correction_words(c) for c in study.corrections),
        scales=tuple(_scales(study, doubts, vocabulary)),
        feeds=tuple(feeds_of(study, evidence)),
        told=told_of(study),
        bias=study_bias(assessments, vocabulary),
    )


def _sentence(study: Study, vocabulary: Vocabulary) -> str:
    design = vocabulary.label("study_design", study.design).lower()
    where = condition_inside(vocabulary.conditions[study.condition].label)
    p = study.population
    size = f" of {p.n_randomised} {_units(p)}" if p.n_randomised else ""
    treatments = dict.fromkeys(given_words(arm, vocabulary) for arm in study.arms if arm.is_original)
    compared = " against ".join(t if t[:2].isupper() else t[0].lower() + t[1:] for t in treatments)
    return f"A {design} study{size} with {where}: {compared}.".replace("trial study", "trial")


def _units(p: Population) -> str:
    return "people" if p.unit == "person" else f"{p.unit}s"


def _facts(study: Study, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    p = study.population
    yield "Design", _meaning(vocabulary, "study_design", study.design)
    yield "Who was blinded", _blinding(study.blinding, vocabulary)
    if p.severity or p.subcondition:
        sub = vocabulary.label("subcondition", p.subcondition) if p.subcondition else ""
        yield "Who was studied", "; ".join(x for x in (sub, p.severity) if x)
    if p.age_mean is not None:
        yield "Mean age", f"{as_printed(p.age_mean)} years"
    if p.female_percent is not None:
        yield "Women", f"{as_printed(p.female_percent)}%"
    if p.n_randomised or p.n_analysed:
        counts = [
            f"{n} {word}" for n, word in ((p.n_randomised, "at the start"), (p.n_analysed, "analysed")) if n
        ]
        people = f"; {p.n_people} people" if p.n_people and p.unit != "person" else ""
        yield (
            f"Size ({_units(p)})",
            ", ".join(counts) + people + (", two sides of the same people" if p.paired else ""),
        )
    if study.countries:
        yield "Countries (ISO codes)", ", ".join(study.countries)
    if study.registration:
        yield "Registration", study.registration
    yield (
        "Funding",
        _meaning(vocabulary, "funding", study.funding) if study.funding else "not seen on the pages read",
    )
    yield "How well the report was identified", _meaning(vocabulary, "identity", study.identity)


def _meaning(vocabulary: Vocabulary, group: str, word: str) -> str:
    entry = vocabulary.word(group, word)
    meaning = (
        entry.meaning[0].lower() + entry.meaning[1:] if not entry.meaning[:2].isupper() else entry.meaning
    )
    return f"{entry.label}: {meaning}"


def _blinding(b: Blinding, vocabulary: Vocabulary) -> str:
    told = [(b.participants, "patients"), (b.personnel, "personnel"), (b.assessors, "assessors")]
    said = [f"{who} {'blinded' if blind else 'not blinded'}" for blind, who in told if blind is not None]
    if b.stated:
        said.append(_meaning(vocabulary, "blinding_stated", b.stated).split(": ")[1])
    return ", ".join(said) or "not stated on the pages read"


def _arm(arm: Arm, vocabulary: Vocabulary) -> ArmView:
    given = given_words(arm, vocabulary)
    if arm.combines:
        given = f"{given} (joins {', '.join(arm.combines)})"
    if arm.crossover_from:
        given = f"{given} (changed over from {arm.crossover_from})"
    return ArmView(
        arm.label, given, product_facts(arm.product, vocabulary), str(arm.n) if arm.n else "not seen"
    )


def _scales(study: Study, doubts: Iterable[Doubt], vocabulary: Vocabulary) -> Iterator[ScaleView]:
    held: dict[tuple[str, str, object], list[RowView]] = {}
    for at, row in enumerate(study.results):
        key = (row.outcome, row.instrument, row.range)
        about = [d for d in doubts if d.row == at]
        held.setdefault(key, []).append(_row(study, row, about, vocabulary))
    for (outcome, instrument, limits), rows in held.items():
        scale = vocabulary.instruments[instrument]
        better = next(r.better for r in study.results if (r.outcome, r.instrument) == (outcome, instrument))
        span = (
            f", scale {as_printed(limits[0])} to {as_printed(limits[1])}" if isinstance(limits, tuple) else ""
        )
        title = f"{vocabulary.label('outcome', outcome)}: {scale.label}"
        yield ScaleView(title, scale.meaning, f"{better} is better{span}", tuple(rows))


def _row(study: Study, row: Result, doubts: list[Doubt], vocabulary: Vocabulary) -> RowView:
    names = {arm.id: arm.label for arm in study.arms}
    comparisons = [contrast_words(row.contrast, names, vocabulary)] if row.contrast else []
    comparisons += [within_words(w, names) for w in row.within_arm]
    if row.overall_p is not None:
        comparisons.append(f"all arms together: {p_words(row.overall_p)}")
    return RowView(
        when=weeks_label(row.weeks, row.weeks_span),
        kind="change from baseline" if row.kind == "change" else "value at the visit",
        figures=tuple((names[f.arm], arm_words(f)) for f in row.arms),
        comparisons=tuple(comparisons),
        place=place_of(row.source, study, vocabulary),
        notes=tuple(_notes(row)),
        doubts=tuple(d.reason for d in doubts),
        is_suspect=any(d.excludes for d in doubts),
    )


def _notes(row: Result) -> Iterator[str]:
    if row.subgroup:
        yield f"only {row.subgroup}"
    if row.derived:
        yield "derived by a later review, not printed by the report"
    if not row.usable:
        yield "on record, but kept out of every pool"
    yield from row.notes
