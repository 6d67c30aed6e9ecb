"""How many people of the comparator groups improved, from the means and spreads that the trials print."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import ndtr

from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.study import Result
from enthesis.statistics.conversions import change_sd

__all__ = ["ComparatorResponse", "comparator_response"]

# No group of people improves to the last one, or not at all; a normal law in the tail says nothing about it.
_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class ComparatorResponse:
    """Share of the comparator groups who improved, in (0, 1), where it comes from, and what was assumed."""

    share: float
    source: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Improvement:
    """Mean improvement and its spread in points of 0-100, of one comparator group."""

    n: int
    mean: float
    sd: float
    assumed: bool


def comparator_response(
    contrasts: Sequence[Contrast], rules: EvidenceRules, *, threshold_points: float
) -> ComparatorResponse | None:
    """Share of the comparator groups who improved by at least the threshold, weighted by people.

    Args:
        contrasts: Contrasts of a pool.
        rules: Ranges of instruments whose rows print none.
        threshold_points: Improvement on 0-100 that counts.

    Returns:
        The share; None when no comparator group prints how much it changed, with a spread.

    Source: Suissa 1991, doi:10.1016/0895-4356(91)90188-E.
    """
    found = [x for c in contrasts if (x := _improvement(c, rules)) is not None]
    if not found:
        return None
    people = sum(x.n for x in found)
    share = sum(x.n * float(ndtr((x.mean - threshold_points) / x.sd)) for x in found) / people
    groups = "1 comparator group" if len(found) == 1 else f"{len(found)} comparator groups"
    caveats = (
        ("the spread of change is computed with a correlation of 0.5",)
        if any(x.assumed for x in found)
        else ()
    )
    return ComparatorResponse(
        min(max(share, _LEAST), _MOST), f"mean improvement in {groups}, {people} people", caveats
    )


def _improvement(c: Contrast, rules: EvidenceRules) -> _Improvement | None:
    row = c.pick.result
    limits = row.range or rules.fixed_ranges.get(row.instrument)
    if limits is None:
        return None
    points, sign = 100 / (limits[1] - limits[0]), 1.0 if row.better == "higher" else -1.0
    if change := _figures(c, "change", row.weeks):
        n, mean, sd = change
        return _Improvement(n, sign * mean * points, sd * points, assumed=False)
    before, after = _figures(c, "final", 0), _figures(c, "final", row.weeks)
    if before is None or after is None:
        return None
    spread = float(change_sd(before[2], after[2])) * points
    return _Improvement(after[0], sign * (after[1] - before[1]) * points, spread, assumed=True)


def _figures(c: Contrast, kind: str, weeks: int | None) -> tuple[int, float, float] | None:
    """People, mean and spread of the comparator group at one visit, on the scale of the pooled row."""
    row, side = c.pick.result, c.versus
    if (row.kind, row.weeks) == (kind, weeks) and side.n and side.mean is not None and side.sd is not None:
        return side.n, side.mean, side.sd
    rows = (r for r in c.pick.study.results if _on_same_scale(r, row) and (r.kind, r.weeks) == (kind, weeks))
    return next((f for r in rows if (f := _printed(c, r)) is not None), None)


def _printed(c: Contrast, row: Result) -> tuple[int, float, float] | None:
    """What a row prints for the one comparator arm; several arms are not guessed together."""
    printed = row.figures_of(c.pick.versus[0]) if len(c.pick.versus) == 1 else None
    if printed is None or printed.mean is None or printed.sd is None:
        return None
    n = printed.n or c.pick.study.arm(printed.arm).n
    return (n, printed.mean, printed.sd) if n else None


def _on_same_scale(r: Result, row: Result) -> bool:
    return (r.instrument, r.outcome, r.range, r.subgroup) == (
        row.instrument, row.outcome, row.range, row.subgroup,
    )  # fmt: skip
