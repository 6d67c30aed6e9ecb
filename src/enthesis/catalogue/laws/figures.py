"""Laws about single figures: intervals, quartiles, events, scales, times."""

from collections.abc import Iterator

from enthesis.catalogue.findings import Breach, Document, Path
from enthesis.catalogue.laws.law import Gravity, study_law
from enthesis.catalogue.laws.walk import arm_sizes, contrasts, figures, result_rows

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING
# Printed limits and estimates are rounded alike, so a limit may equal the estimate but not pass it.
ROUNDING = 1e-9
# Percentages are printed without decimals or with one; more than this is no rounding.
PERCENT_SLACK = 1.5
LOCATIONS = ("mean", "median", "percent")
ORDERED = ("min", "q1", "median", "q3", "max")


def _intervals(study: Document) -> Iterator[tuple[Path, Document, Document, float | None]]:
    """Every interval with its row, its owner and the value that it should enclose."""
    for path, row, _, printed in figures(study):
        value = next((printed[name] for name in LOCATIONS if name in printed), None)
        yield path, row, printed, value
    for path, row, contrast in contrasts(study):
        yield path, row, contrast, contrast.get("estimate")
    for path, row in result_rows(study):
        for at, within in enumerate(row.get("within_arm", ())):
            yield (*path, "within_arm", at), row, within, within.get("estimate")


@study_law(ERROR)
def interval_limits_are_ordered(study: Document) -> Iterator[Breach]:
    """The lower limit of an interval comes first."""
    for path, _, owner, _ in _intervals(study):
        if "ci" in owner and owner["ci"][0] > owner["ci"][1]:
            yield Breach((*path, "ci"), f"{owner['ci']} is not ordered.", "Write the lower limit first.")


@study_law(ERROR)
def estimate_lies_inside_its_interval(study: Document) -> Iterator[Breach]:
    """A value lies inside the interval printed for it.

    Otherwise a sign, a digit or a row was taken from elsewhere. A misprint of the source itself stays on
    record with ``usable: false`` and a note.
    """
    yield from _outside(study, usable=True)


@study_law(WARNING)
def unusable_interval_misses_its_estimate(study: Document) -> Iterator[Breach]:
    """In a row kept for the record only, a value still lies inside its interval.

    The row stays out of every pool; the misprint is listed so that it is not forgotten.
    """
    yield from _outside(study, usable=False)


def _outside(study: Document, *, usable: bool) -> Iterator[Breach]:
    for path, row, owner, value in _intervals(study):
        if "ci" not in owner or value is None or row.get("usable", True) is not usable:
            continue
        lower, upper = owner["ci"]
        if lower <= upper and not lower - ROUNDING <= value <= upper + ROUNDING:
            repair = "Compare all three with the source; a misprint there gets usable: false and a note."
            yield Breach((*path, "ci"), f"{value} lies outside its interval {owner['ci']}.", repair)


@study_law(ERROR)
def quartiles_are_ordered(study: Document) -> Iterator[Breach]:
    """Minimum, quartiles, median and maximum rise in this order."""
    for path, _, _, printed in figures(study):
        names = [name for name in ORDERED if name in printed]
        values = [printed[name] for name in names]
        if values != sorted(values):
            yield Breach(path, f"{', '.join(names)} are {values}.", "Write them in rising order.")


@study_law(ERROR)
def events_are_not_above_n(study: Document) -> Iterator[Breach]:
    """No more people have an event than were analysed."""
    for path, _, _, printed in figures(study):
        if "events" in printed and "n" in printed and printed["events"] > printed["n"]:
            wrong = f"{printed['events']} events among {printed['n']} people."
            yield Breach((*path, "events"), wrong, "Count people, not events, or correct n.")


@study_law(ERROR)
def scale_range_is_ordered(study: Document) -> Iterator[Breach]:
    """The range of a scale begins with its lower end and is not empty."""
    for path, row in result_rows(study):
        if "range" in row and row["range"][0] >= row["range"][1]:
            yield Breach((*path, "range"), f"{row['range']} is no range.", "Write [lowest, highest].")


@study_law(ERROR)
def value_fits_the_scale(study: Document) -> Iterator[Breach]:
    """A mean, median or quartile lies within the range of its scale.

    A change may reach the whole width of the scale in either direction.
    """
    for path, row, _, printed in figures(study):
        low, high = row.get("range", (0, 0))
        if low >= high:
            continue
        low, high = (low, high) if row["kind"] == "final" else (low - high, high - low)
        for name in ("mean", *ORDERED):
            if name in printed and not low <= printed[name] <= high:
                wrong = f"{name} {printed[name]} cannot be on a scale of {row['range']}."
                yield Breach((*path, name), wrong, "Correct the range of the scale or the figure.")


@study_law(ERROR)
def baseline_row_holds_values(study: Document) -> Iterator[Breach]:
    """A row of week 0 holds values, not changes."""
    for path, row in result_rows(study):
        if row.get("weeks") == 0 and row["kind"] != "final":
            yield Breach(
                (*path, "kind"), "a change at baseline.", "Write kind: final, or the week of the visit."
            )


@study_law(ERROR)
def span_of_visits_stands_alone(study: Document) -> Iterator[Breach]:
    """``weeks_span`` stands in place of ``weeks``, first visit before last."""
    for path, row in result_rows(study):
        if "weeks_span" in row and "weeks" in row:
            yield Breach((*path, "weeks_span"), "weeks and weeks_span in one row.", "Keep one of them.")
        if "weeks_span" in row and row["weeks_span"][0] >= row["weeks_span"][1]:
            yield Breach(
                (*path, "weeks_span"), f"{row['weeks_span']} is not ordered.", "Write the first visit first."
            )


@study_law(WARNING)
def percent_fits_the_events(study: Document) -> Iterator[Breach]:
    """A printed percentage agrees with events over n."""
    for path, _, _, printed in figures(study):
        if all(name in printed for name in ("events", "n", "percent")):
            share = 100 * printed["events"] / printed["n"]
            if abs(share - printed["percent"]) > PERCENT_SLACK:
                wrong = (
                    f"{printed['percent']} percent, but {printed['events']} of {printed['n']} is {share:.1f}."
                )
                yield Breach((*path, "percent"), wrong, "Compare all three with the source.")


@study_law(WARNING)
def percent_is_whole_people(study: Document) -> Iterator[Breach]:
    """A percentage of n people is reached by a whole number of people.

    Otherwise n is not the number that the share was taken from, or the share is no count.
    """
    for path, _, _, printed in figures(study):
        if "percent" in printed and "n" in printed and "events" not in printed:
            share, n = printed["percent"], printed["n"]
            nearest = 100 * round(share * n / 100) / n
            # Half a point covers a share printed without decimals.
            if abs(nearest - share) > 0.5 + ROUNDING:
                wrong = f"{share} percent of {n} is no whole number of people (nearest {nearest:.1f})."
                yield Breach((*path, "percent"), wrong, "Check the n of this row.")


@study_law(WARNING)
def events_come_with_a_number_of_people(study: Document) -> Iterator[Breach]:
    """Events come with the number of people among whom they were counted.

    Without n a count cannot be compared with another.
    """
    sizes = arm_sizes(study)
    for path, _, arm, printed in figures(study):
        if "events" in printed and "n" not in printed:
            size = sizes.get(arm)
            wrong = f"{printed['events']} events without n" + (f" (arm size {size})." if size else ".")
            yield Breach((*path, "events"), wrong, "Add n when the source prints it.")
