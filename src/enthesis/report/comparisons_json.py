"""One product given in two ways inside a trial, as plain objects and as lines to read."""

from collections.abc import Iterator
from typing import Any

from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.variants import Variant
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["comparison_lines", "comparison_object"]

_SCALES = {
    ScaleKind.POINTS: "points-0-100",
    ScaleKind.SMD: "smd",
    ScaleKind.NATIVE: "native",
    ScaleKind.RATIO: "log-ratio",
}


def comparison_object(v: Variant) -> dict[str, Any]:
    """Two arms of a study that got one product in different ways, with every row that compares them.

    ``y`` is the first arm against the second: positive is better for the first, ratios are logarithms.
    """
    return {
        "id": v.study.id,
        "year": v.study.year,
        "url": v.study.url,
        "arms": [v.first.label, v.second.label],
        "differs": list(v.differs),
        "suspect": v.study.is_suspect,
        "rows": [_row(c) for c in v.contrasts],
        "note": "says which way of giving the product did better, not whether it works",
    }


def _row(c: Contrast) -> dict[str, Any]:
    row = c.pick.result
    kind = next((k for k in _SCALES if k in c.on), None)
    effect = c.on[kind] if kind else None
    printed = row.contrast.p if row.contrast else None
    return {
        "outcome": row.outcome,
        "instrument": row.instrument,
        "weeks": row.weeks,
        "n": c.n,
        "scale": _SCALES[kind] if kind else None,
        "y": effect.y if effect else None,
        "v": effect.v if effect else None,
        "better_arm": _better_arm(c),
        "p": {"relation": printed.relation, "value": printed.value} if printed else None,
        "source": ", ".join(part for part in (row.source.kind, row.source.locator) if part),
        "url": row.source.url or c.pick.study.url,
    }


def _better_arm(c: Contrast) -> str | None:
    return c.pick.study.arm(c.pick.winner).label if c.pick.winner else None


def comparison_lines(v: Variant, vocabulary: Vocabulary) -> Iterator[str]:
    """The comparison as lines: the two arms, then each row with the arm that did better."""
    doubt = " (figures suspect)" if v.study.is_suspect else ""
    yield f"{v.study.id}{doubt}: {v.first.label} against {v.second.label}, {v.study.url}"
    for c in v.contrasts:
        row = c.pick.result
        when = f", week {row.weeks}" if row.weeks is not None else ""
        found = _better_arm(c)
        said = f"better with {found}" if found else "neither better, or not told"
        yield f"  {vocabulary.instruments[row.instrument].label}{when}: {said}"
    if not v.contrasts:
        yield "  no result that compares the two was seen"
