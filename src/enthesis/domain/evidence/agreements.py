"""Our own result beside the published ones: where direction or significance differ, and why that may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.synthesis import Synthesis

__all__ = ["Agreement", "agreements"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A published row against our own result: whether direction or significance differ, and why it may be."""

    published: PublishedRow
    differs: bool
    why: str


def agreements(synthesis: Synthesis | None, rows: Sequence[PublishedRow]) -> Iterator[Agreement]:
    """Each published row that tells a side, held against our judged interval."""
    if synthesis is None:
        return
    lo, hi = sorted(synthesis.benefit(x) for x in synthesis.judged.ci)
    ours = (lo > 0) - (hi < 0)
    for r in rows:
        if r.direction is None:
            continue
        differs = r.direction != ours
        yield Agreement(
            r, differs, _why_differs(synthesis, r) if differs else "same direction and significance"
        )


def _why_differs(synthesis: Synthesis, r: PublishedRow) -> str:
    why = []
    if r.row.k and r.row.k != synthesis.k:
        why.append(f"it pools {r.row.k} trials, we hold figures of {synthesis.k}")
    if not r.direct:
        why.append("it joins several conditions")
    if r.review.is_suspect:
        why.append("its figures are suspect")
    if r.row.subgroup:
        why.append(f"it is a subgroup: {r.row.subgroup}")
    if synthesis.k <= 4:
        why.append("with few trials our interval is wide")
    return "; ".join(why) or "other trials, other scale or another model"
