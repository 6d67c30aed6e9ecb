"""Ways through a document that most laws share; each step comes with the path to it."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from enthesis.catalogue.findings import Document, Path

__all__ = [
    "arm_ids",
    "arm_sizes",
    "compared_arms",
    "contrasts",
    "figures",
    "original_arms",
    "pooled_rows",
    "result_rows",
]


def result_rows(study: Document) -> Iterator[tuple[Path, Document]]:
    """Result rows of a study."""
    for at, row in enumerate(study["results"]):
        yield ("results", at), row


def pooled_rows(review: Document) -> Iterator[tuple[Path, Document]]:
    """Pooled rows of a review."""
    for at, row in enumerate(review["pooled"]):
        yield ("pooled", at), row


def figures(study: Document) -> Iterator[tuple[Path, Document, str, Document]]:
    """Figures of every arm in every row: path, row, arm id, figures."""
    for path, row in result_rows(study):
        for arm, printed in row.get("arms", {}).items():
            yield (*path, "arms", arm), row, arm, printed


def contrasts(study: Document) -> Iterator[tuple[Path, Document, Document]]:
    """Printed comparisons of two arms: path, row, contrast."""
    for path, row in result_rows(study):
        if "contrast" in row:
            yield (*path, "contrast"), row, row["contrast"]


def arm_ids(study: Document) -> list[str]:
    """Ids of the arms, as written."""
    return [arm["id"] for arm in study["arms"]]


def arm_sizes(study: Document) -> dict[str, int | None]:
    """Size of each arm, None where it was not seen."""
    return {arm["id"]: arm.get("n") for arm in study["arms"]}


def original_arms(study: Document) -> list[Any]:
    """Arms that people were allocated to: neither joined from others nor of people who changed over."""
    return [arm for arm in study["arms"] if not (arm.get("combines") or arm.get("crossover_from"))]


def compared_arms(study: Document, row: Document) -> Iterator[tuple[str, Document, str, Document]]:
    """Every two arms of a row in the order of the study: id, figures, id, figures."""
    printed = row.get("arms", {})
    for a, b in combinations([arm for arm in arm_ids(study) if arm in printed], 2):
        yield a, printed[a], b, printed[b]
