"""Which figures cannot be taken at face value, and why.

A doubt that ``excludes`` keeps its figures out of the primary pool; the answer shows them put back in a
sensitivity line. Other doubts are shown to the reader beside the study. Nothing here proves misconduct:
most such figures are slips of printing or copying.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt

from enthesis.domain.evidence.grim import mean_is_possible, sd_is_possible
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import ArmFigures, Result, Study
from enthesis.domain.vocabulary import EVENT_OUTCOMES
from enthesis.statistics import conversions

__all__ = ["Doubt", "screen"]

# Scored in whole numbers when the range is the one of the ordinal version.
WHOLE_NUMBER_RANGES = {
    "nrs-pain": {(0, 10)},
    "womac-pain": {(0, 20)},
    "womac-stiffness": {(0, 8)},
    "womac-function": {(0, 68)},
    "womac-total": {(0, 96)},
    "rmdq": {(0, 24)},
    "oxford-knee-score": {(0, 48)},
    "oxford-shoulder-score": {(0, 48)},
    "lefs": {(0, 80)},
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reasoned doubt about a study (``row`` None) or about one of its result rows (0-based)."""

    kind: str
    study: str
    row: int | None
    reason: str
    excludes: bool


def screen(studies: Iterable[Study], rules: EvidenceRules) -> Mapping[str, tuple[Doubt, ...]]:
    """All doubts by study id. Studies without a doubt are absent; absence is no proof of soundness."""
    known = list(studies)
    found: dict[str, list[Doubt]] = defaultdict(list)
    for study in known:
        for doubt in _about(study, rules):
            found[study.id].append(doubt)
        found[study.id] += _about_the_whole(study, found[study.id], rules)
    for doubt in _shared_figures(known, rules):
        found[doubt.study].append(doubt)
    return {study: tuple(doubts) for study, doubts in found.items() if doubts}


def _about_the_whole(study: Study, doubts: list[Doubt], rules: EvidenceRules) -> list[Doubt]:
    """Several rows that cannot be believed put the rest of the report in doubt too."""
    rows = {d.row for d in doubts if d.excludes and d.row is not None}
    if len(rows) < rules.integrity["suspect_rows"].value or any(d.row is None and d.excludes for d in doubts):
        return []
    reason = f"{len(rows)} of its rows print figures that cannot be taken at face value"
    return [Doubt("suspect-rows", study.id, None, reason, True)]


def _about(study: Study, rules: EvidenceRules) -> Iterator[Doubt]:
    if study.integrity is not None and study.is_suspect:
        yield Doubt("recorded", study.id, None, "; ".join(study.integrity.reasons), True)
    yield from _same_spreads(study, rules)
    for at, row in enumerate(study.results):
        if row.usable and row.outcome not in EVENT_OUTCOMES:
            for kind, reason, excludes in _about_row(study, row, rules):
                yield Doubt(kind, study.id, at, reason, excludes)


def _about_row(study: Study, row: Result, rules: EvidenceRules) -> Iterator[tuple[str, str, bool]]:
    for figures in row.arms:
        yield from _small_spread(row, figures, rules)
        yield from _impossible_mean(row, figures)
        yield from _whole_numbers(row, figures)
    yield from _off_centre(row, rules)
    if study.is_comparative and row.weeks != 0:
        yield from _huge_effects(row, rules)
        yield from _huge_contrast(study, row, rules)


def _small_spread(row: Result, f: ArmFigures, rules: EvidenceRules) -> Iterator[tuple[str, str, bool]]:
    if (
        row.range is None
        or f.sd is None
        or row.kind != "final"
        or _at_the_end_of_the_scale(row.range, f.mean)
    ):
        return
    share = f.sd / (row.range[1] - row.range[0])
    if share < rules.integrity["min_sd_share"].value:
        as_sd = f"; read as a standard error it would be an SD of {f.sd * sqrt(f.n):.3g}" if f.n else ""
        yield (
            "small-spread",
            f"SD {f.sd:g} in arm {f.arm} is {share:.1%} of the scale; it may be a standard error{as_sd}",
            True,
        )


def _at_the_end_of_the_scale(limits: tuple[float, float], mean: float | None) -> bool:
    """A group that is nearly free of complaints has little room to differ."""
    tenth = (limits[1] - limits[0]) / 10
    return mean is not None and not limits[0] + tenth <= mean <= limits[1] - tenth


def _impossible_mean(row: Result, f: ArmFigures) -> Iterator[tuple[str, str, bool]]:
    if row.range is None or f.mean is None:
        return
    lo, hi = row.range
    lo, hi = (lo, hi) if row.kind == "final" else (lo - hi, hi - lo)
    if not lo <= f.mean <= hi:
        yield "impossible-mean", f"mean {f.mean:g} in arm {f.arm} lies outside {lo:g} to {hi:g}", True


def _whole_numbers(row: Result, f: ArmFigures) -> Iterator[tuple[str, str, bool]]:
    # The n of a visit is often the number randomised, so a mismatch is shown but excludes nothing.
    if (
        row.range not in WHOLE_NUMBER_RANGES.get(row.instrument, ())
        or f.mean is None
        or not f.n
        or row.derived
    ):
        return
    if not mean_is_possible(f.mean, f.n):
        yield "grim", f"no {f.n} whole-number answers have the mean {f.mean:g} (arm {f.arm}; GRIM)", False
    elif f.sd is not None and f.n > 1 and not sd_is_possible(f.mean, f.sd, f.n):
        yield (
            "grimmer",
            f"no {f.n} whole-number answers have mean {f.mean:g} and SD {f.sd:g} (GRIMMER)",
            False,
        )


def _off_centre(row: Result, rules: EvidenceRules) -> Iterator[tuple[str, str, bool]]:
    c = row.contrast
    if c is None or c.ci is None or c.estimate is None or c.ci[0] == c.ci[1]:
        return
    lo, hi, at = (log(x) for x in (*c.ci, c.estimate)) if c.is_ratio else (*c.ci, c.estimate)
    off = abs((lo + hi) / 2 - at) / (hi - lo)
    if off > rules.integrity["off_centre"].value:
        reason = f"the interval {c.ci[0]:g} to {c.ci[1]:g} is not centred on its estimate {c.estimate:g}"
        yield "off-centre", reason, False


def _huge_effects(row: Result, rules: EvidenceRules) -> Iterator[tuple[str, str, bool]]:
    with_spread = [f for f in row.arms if f.mean is not None and f.sd is not None]
    for a, b in combinations(with_spread, 2):
        difference = abs(a.mean - b.mean) / sqrt((a.sd**2 + b.sd**2) / 2)
        if difference >= rules.integrity["effect_sd"].value:
            yield (
                "huge-effect",
                f"arms {a.arm} and {b.arm} differ by {difference:.1f} standard deviations",
                True,
            )


def _huge_contrast(study: Study, row: Result, rules: EvidenceRules) -> Iterator[tuple[str, str, bool]]:
    """The same for a printed difference: its t divided by the size of the groups."""
    c = row.contrast
    if c is None or c.is_ratio or c.estimate is None or not (c.se or c.ci) or c.measure == "SMD":
        return
    sizes = [(f.n if (f := row.figures_of(arm)) else None) or study.arm(arm).n for arm in (c.of, c.versus)]
    se = c.se or float(conversions.se_from_ci(*c.ci, level=c.level or 0.95))
    if None in sizes or not se > 0:
        return
    difference = abs(c.estimate) / se * sqrt(sum(1 / n for n in sizes))
    if difference >= rules.integrity["effect_sd"].value:
        reason = (
            f"the printed difference between {c.of} and {c.versus} is {difference:.1f} standard deviations"
        )
        yield "huge-effect", reason, True


def _same_spreads(study: Study, rules: EvidenceRules) -> Iterator[Doubt]:
    rows = [[f.sd for f in row.arms if f.sd is not None] for row in study.results if row.kind == "final"]
    rows = [spreads for spreads in rows if len(spreads) > 1]
    spreads = {sd for row in rows for sd in row}
    if len(rows) >= rules.integrity["same_sd_rows"].value and len(spreads) == 1:
        reason = f"all {len(rows)} rows print one and the same spread, {spreads.pop():g}, in every arm"
        yield Doubt("same-spreads", study.id, None, reason, True)


def _shared_figures(studies: list[Study], rules: EvidenceRules) -> Iterator[Doubt]:
    """Reports of different people that print the same pairs of mean and spread; the later one is left out."""
    owners: dict[tuple[float, float, int], set[str]] = defaultdict(set)
    by_id = {study.id: study for study in studies}
    for study in studies:
        for figures in _fingerprints(study):
            owners[figures].add(study.id)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for ids in owners.values():
        for pair in combinations(sorted(ids), 2):
            shared[pair] += 1
    for (a, b), count in shared.items():
        if count >= rules.integrity["shared_figures"].value and b not in by_id[a].same_trial_as:
            earlier, later = sorted((by_id[a], by_id[b]), key=lambda s: (s.year or 9999, s.id))
            for one, other, excludes in ((later, earlier, True), (earlier, later, False)):
                yield Doubt(
                    "shared-figures",
                    one.id,
                    None,
                    f"{count} pairs of mean and spread also stand in {other.id}",
                    excludes,
                )


def _fingerprints(study: Study) -> set[tuple[float, float, int]]:
    return {
        (f.mean, f.sd, f.n)
        for row in study.results
        for f in row.arms
        if f.mean is not None and f.sd is not None and f.n is not None
    }
