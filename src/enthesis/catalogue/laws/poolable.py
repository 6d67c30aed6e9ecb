"""Which rows of a study can be pooled without imputing anything."""

from collections.abc import Iterator

from enthesis.catalogue.findings import Document, Path
from enthesis.catalogue.laws.walk import arm_sizes, compared_arms, result_rows
from enthesis.domain.vocabulary import EVENT_OUTCOMES

__all__ = ["poolable_rows"]

SPREADS = ("sd", "se", "ci")
# Measures whose interval alone gives the estimate, at its centre.
CENTRED_MEASURES = ("MD", "SMD", "RD")


def poolable_rows(study: Document) -> Iterator[tuple[Path, Document]]:
    """Rows that compare two arms of the whole population after baseline with figures for a contrast.

    That is events and n; mean, spread and n; a contrast with interval or standard error; or, for
    continuous outcomes, an exact p-value with sizes and a known direction.
    """
    if study["design"] == "single-arm":
        return
    for path, row in result_rows(study):
        if row.get("weeks") == 0 or "subgroup" in row or row.get("usable") is False:
            continue
        arms_compare = any(_arms_compare(one, other) for _, one, _, other in compared_arms(study, row))
        if arms_compare or _contrast_compares(row) or _p_compares(study, row):
            yield path, row


def _arms_compare(one: Document, other: Document) -> bool:
    both = (one, other)
    return all("events" in a and "n" in a for a in both) or all(
        "mean" in a and "n" in a and any(s in a for s in SPREADS) for a in both
    )


def _contrast_compares(row: Document) -> bool:
    contrast = row.get("contrast", {})
    has_spread = "ci" in contrast or "se" in contrast
    return ("estimate" in contrast and has_spread) or (
        "ci" in contrast and contrast.get("measure") in CENTRED_MEASURES
    )


def _p_compares(study: Document, row: Document) -> bool:
    contrast = row.get("contrast", {})
    if contrast.get("p", {}).get("relation") != "=" or row["outcome"] in EVENT_OUTCOMES:
        return False
    pair, sizes, printed = (contrast["of"], contrast["versus"]), arm_sizes(study), row.get("arms", {})
    sized = all(printed.get(arm, {}).get("n") or sizes.get(arm) for arm in pair)
    values = [printed.get(arm, {}).get("mean", printed.get(arm, {}).get("percent")) for arm in pair]
    directed = contrast.get("favours") in pair or "estimate" in contrast
    return sized and (directed or (None not in values and values[0] != values[1]))
