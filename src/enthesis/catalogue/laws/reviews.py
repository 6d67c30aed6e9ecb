"""Laws about published syntheses and guidelines."""

from collections.abc import Iterator

from enthesis.catalogue.findings import Breach, Document
from enthesis.catalogue.laws.contrasts import is_ratio, off_centre
from enthesis.catalogue.laws.law import Gravity, review_law
from enthesis.catalogue.laws.walk import pooled_rows
from enthesis.domain.evidence.review import COMPARISON_WITHOUT_ARM

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING
LARGE_SMD = 2.0


@review_law(ERROR)
def review_says_something(review: Document) -> Iterator[Breach]:
    """A review holds at least one pooled row or one statement."""
    if not review["pooled"] and not review["statements"]:
        yield Breach(("pooled",), "neither pooled rows nor statements.", "Add what the review says.")


@review_law(ERROR)
def pooled_condition_is_covered(review: Document) -> Iterator[Breach]:
    """A pooled row is about a condition that the review lists.

    ``multiple`` means pooled over all of them, so it needs more than one.
    """
    for path, row in pooled_rows(review):
        if row["condition"] == "multiple" and len(review["conditions"]) < 2:
            yield Breach(
                (*path, "condition"), "multiple, but the review lists one condition.", "Name that one."
            )
        elif row["condition"] != "multiple" and row["condition"] not in review["conditions"]:
            wrong = f"{row['condition']} is not among the conditions of the review."
            yield Breach((*path, "condition"), wrong, "Add it to conditions, or correct the row.")


@review_law(ERROR)
def stated_condition_is_covered(review: Document) -> Iterator[Breach]:
    """A statement about one condition names one that the review lists."""
    for at, statement in enumerate(review["statements"]):
        if statement.get("condition", review["conditions"][0]) not in review["conditions"]:
            wrong = f"{statement['condition']} is not among the conditions of the review."
            yield Breach(
                ("statements", at, "condition"), wrong, "Add it to conditions, or correct the statement."
            )


@review_law(ERROR)
def comparison_fits_the_comparator(review: Document) -> Iterator[Breach]:
    """What a pooled row compares follows from its comparator.

    ``baseline`` makes it before-after, ``none`` a proportion, ``network`` a ranking, a treatment between-arm.
    A change from baseline or a share of treated people must never pass for a comparison.
    """
    for path, row in pooled_rows(review):
        wanted = COMPARISON_WITHOUT_ARM.get(row["comparator"], "between-arm")
        if row["comparison"] != wanted:
            wrong = f"{row['comparison']} against {row['comparator']}."
            yield Breach((*path, "comparison"), wrong, f"Write {wanted}, or correct the comparator.")


@review_law(ERROR)
def pooled_estimate_lies_inside_its_interval(review: Document) -> Iterator[Breach]:
    """A pooled estimate lies inside its interval, whose lower limit comes first."""
    for path, row in pooled_rows(review):
        if "ci" not in row:
            continue
        lower, upper = row["ci"]
        if lower > upper:
            yield Breach((*path, "ci"), f"{row['ci']} is not ordered.", "Write the lower limit first.")
        elif not lower <= row.get("estimate", lower) <= upper:
            wrong = f"{row['estimate']} lies outside its interval {row['ci']}."
            yield Breach((*path, "ci"), wrong, "Compare all three with the source.")


@review_law(ERROR)
def pooled_ratio_is_above_zero(review: Document) -> Iterator[Breach]:
    """A pooled risk or odds ratio is above 0."""
    for path, row in pooled_rows(review):
        if is_ratio(row) and row.get("estimate", 1) <= 0:
            wrong = f"{row['measure']} of {row['estimate']}."
            yield Breach((*path, "estimate"), wrong, "Write the ratio, not its logarithm or a percentage.")


@review_law(ERROR)
def pooled_scale_range_is_ordered(review: Document) -> Iterator[Breach]:
    """The range of a scale begins with its lower end and is not empty."""
    for path, row in pooled_rows(review):
        if "range" in row and row["range"][0] >= row["range"][1]:
            yield Breach((*path, "range"), f"{row['range']} is no range.", "Write [lowest, highest].")


@review_law(WARNING)
def pooled_interval_is_centred(review: Document) -> Iterator[Breach]:
    """A pooled interval is centred on its estimate, on the log scale for ratios."""
    for path, row in pooled_rows(review):
        if place := off_centre(row):
            yield Breach((*path, "ci"), place, "Compare all three with the source.")


@review_law(WARNING)
def pooled_smd_is_below_two(review: Document) -> Iterator[Breach]:
    """A pooled standardised difference is not above 2.

    Larger ones usually come from standard errors taken for standard deviations.
    """
    for path, row in pooled_rows(review):
        if row["measure"] == "SMD" and abs(row.get("estimate", 0)) > LARGE_SMD:
            wrong = f"very large standardised effect {row['estimate']}."
            yield Breach(
                (*path, "estimate"), wrong, "Check the measure; mark the review suspect when it holds."
            )
