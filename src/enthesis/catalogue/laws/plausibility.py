"""Warnings about figures that are possible but rarely true: a person looks at them."""

import math
from collections.abc import Iterator

from enthesis.catalogue.findings import Breach, Document
from enthesis.catalogue.laws.law import Gravity, study_law
from enthesis.catalogue.laws.poolable import poolable_rows
from enthesis.catalogue.laws.walk import compared_arms, figures, result_rows
from enthesis.domain.vocabulary import EVENT_OUTCOMES

WARNING = Gravity.WARNING
# Blinded trials of injections rarely reach half of this.
LARGE_EFFECT = 2.0
# Outcomes of people spread over far more of a scale; standard errors printed as SD look like this.
SMALL_SPREAD = 0.03


@study_law(WARNING)
def spread_fills_some_of_the_scale(study: Document) -> Iterator[Breach]:
    """A standard deviation of final values is not below 3 percent of the scale.

    A smaller one is often a standard error under a wrong name.
    """
    for path, row, _, printed in figures(study):
        if row["kind"] == "final" and "range" in row and "sd" in printed:
            low, high = row["range"]
            if printed["sd"] < SMALL_SPREAD * (high - low):
                wrong = f"SD {printed['sd']} on a scale of {row['range']}."
                yield Breach((*path, "sd"), wrong, "See whether the source means the standard error.")


@study_law(WARNING)
def arms_differ_by_less_than_two_sd(study: Document) -> Iterator[Breach]:
    """Two arms differ by no more than 2 standard deviations after treatment.

    Larger differences are far above what blinded trials find; look for standard errors printed as
    standard deviations, exchanged rows, or figures that should not be trusted.
    """
    for path, row in result_rows(study):
        if study["design"] == "single-arm" or row["outcome"] in EVENT_OUTCOMES or row.get("weeks") == 0:
            continue
        for a, one, b, other in compared_arms(study, row):
            if all("mean" in arm and "sd" in arm for arm in (one, other)):
                pooled = math.sqrt((one["sd"] ** 2 + other["sd"] ** 2) / 2)
                effect = abs(one["mean"] - other["mean"]) / pooled
                if effect > LARGE_EFFECT:
                    wrong = f"{a} and {b} differ by {effect:.1f} standard deviations."
                    yield Breach(
                        (*path, "arms"), wrong, "Check the spread; mark the study suspect when it holds."
                    )


@study_law(WARNING)
def pooled_report_is_identified(study: Document) -> Iterator[Breach]:
    """A study whose figures can be pooled is fully identified."""
    if study["identity"] == "partial" and any(True for _ in poolable_rows(study)):
        wrong = "poolable result in a report that is not fully identified."
        yield Breach(("identity",), wrong, "Find the printed title, author, year and DOI or PubMed number.")
