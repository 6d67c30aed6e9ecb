"""Everything that each trial could say to a question: every row, route and visit, and unprinted changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.assessed import attach
from enthesis.domain.evidence.per_trial import doubts_about, trial_roots
from enthesis.domain.evidence.picking import Pick, Route, readings
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.sizes import Contrast, measure
from enthesis.domain.evidence.study import ArmFigures, Result, Study
from enthesis.domain.evidence.topics import Evidence
from enthesis.domain.vocabulary import EVENT_OUTCOMES, ComparatorClass
from enthesis.statistics import conversions

__all__ = ["CORRELATIONS", "Figure", "Kin", "Trial", "gather", "kin_of"]

CORRELATIONS = (conversions.ASSUMED_CORRELATION, *conversions.SENSITIVITY_CORRELATIONS)


@dataclass(frozen=True, slots=True)
class Kin:
    """Questions that differ in their horizon only."""

    condition: str
    intervention: str
    comparator_class: ComparatorClass
    outcome: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a trial; with ``correlation``, a change computed from final values under it."""

    contrast: Contrast
    correlation: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial, whatever its reports, with every figure that it gives at any visit, in a fixed order."""

    id: str
    figures: tuple[Figure, ...]


def kin_of(question: Question) -> Kin:
    """The question without its horizon."""
    return Kin(question.condition, question.intervention, question.comparator_class, question.outcome)


def gather(evidence: Evidence, assessments: Iterable[Assessment] = ()) -> Mapping[Kin, tuple[Trial, ...]]:
    """Every trial of every question, in the order of the catalogue, with all its figures measured."""
    roots, rules = trial_roots(evidence.studies), evidence.rules
    held: dict[tuple[Kin, str], list[tuple[Pick, float | None]]] = defaultdict(list)
    for study in evidence.studies.values():
        for pick in readings(study, rules):
            doubted = replace(pick, doubts=doubts_about(pick, evidence.doubts))
            held[kin_of(pick.question), roots[study.id]] += [(doubted, None), *_changes(doubted)]
    flat = [entry for entries in held.values() for entry in entries]
    measured = iter(attach(measure([pick for pick, _ in flat], rules), assessments))
    found: dict[Kin, list[Trial]] = defaultdict(list)
    for (kin, root), entries in held.items():
        figures = [Figure(next(measured), correlation) for _, correlation in entries]
        found[kin].append(Trial(root, tuple(sorted(figures, key=_last_keys))))
    return {kin: tuple(trials) for kin, trials in found.items()}


def _last_keys(figure: Figure) -> tuple[bool, str, str]:
    """What tells figures apart that are alike in all that matters."""
    pick = figure.contrast.pick
    return pick.study.identity != "complete", pick.study.id, repr(pick.result)


def _changes(pick: Pick) -> Iterator[tuple[Pick, float]]:
    """The same visit as changes from baseline, where the trial prints both values but not the change."""
    row = pick.result
    if row.kind != "final" or pick.route is not Route.ARMS or row.outcome in EVENT_OUTCOMES:
        return
    before = next((r for r in pick.study.results if _is_baseline_of(r, row)), None)
    if before is None or any(_prints_change(r, row) for r in pick.study.results):
        return
    for correlation in CORRELATIONS:
        arms = [_change(pick.study, before, row, arm, correlation) for arm in (*pick.of, *pick.versus)]
        made = tuple(a for a in arms if a is not None)
        if len(made) == len(arms):
            changed = replace(row, kind="change", arms=made, within_arm=(), contrast=None)
            results = (*pick.study.results[: pick.row], changed, *pick.study.results[pick.row + 1 :])
            yield replace(pick, study=replace(pick.study, results=results)), correlation


def _is_baseline_of(before: Result, row: Result) -> bool:
    same = (before.outcome, before.instrument, before.range, before.better) == (
        row.outcome,
        row.instrument,
        row.range,
        row.better,
    )
    return before.weeks == 0 and same and before.usable and not before.subgroup


def _prints_change(other: Result, row: Result) -> bool:
    visit = (other.outcome, other.instrument, other.weeks, other.weeks_span)
    same = visit == (row.outcome, row.instrument, row.weeks, row.weeks_span)
    return same and other.kind == "change" and other.usable and any(a.mean is not None for a in other.arms)


def _change(study: Study, before: Result, row: Result, arm: str, correlation: float) -> ArmFigures | None:
    a, b = before.figures_of(arm), row.figures_of(arm)
    n = (b.n if b else None) or study.arm(arm).n
    if a is None or b is None or a.mean is None or b.mean is None or n is None:
        return None
    before_sd, after_sd = _spread(a, a.n or n), _spread(b, b.n or n)
    if before_sd is None or after_sd is None:
        return None
    sd = float(conversions.change_sd(before_sd, after_sd, correlation))
    return ArmFigures(arm, n=n, mean=b.mean - a.mean, sd=sd) if sd > 0 else None


def _spread(f: ArmFigures, n: int) -> float | None:
    if f.sd is not None:
        return f.sd
    if f.se is not None:
        return float(conversions.sd_from_se(f.se, n))
    return float(conversions.sd_from_ci(*f.ci, n)) if f.ci is not None else None
