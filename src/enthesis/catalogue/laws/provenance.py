"""Laws about where a figure comes from and what must be said beside it."""

from collections.abc import Iterator

from enthesis.catalogue.findings import Breach, Document, Path
from enthesis.catalogue.laws.law import Gravity, review_law, study_law
from enthesis.catalogue.laws.walk import result_rows

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING
FIGURES = ("arms", "contrast", "within_arm", "overall_p")


@study_law(ERROR)
def derived_figure_has_its_place(study: Document) -> Iterator[Breach]:
    """A figure that a later review made has that review as source, with place and address.

    Such figures were imputed, converted or read from a graph by others; a reader must be able to see by whom.
    """
    for path, row in result_rows(study):
        source = row["source"]
        complete = source["kind"] == "secondary" and "locator" in source and "url" in source
        if row.get("derived") and not complete:
            wrong = "a derived figure without a secondary source that has locator and url."
            yield Breach((*path, "source"), wrong, "Write source: {kind: secondary, locator: ..., url: ...}.")


@study_law(ERROR)
def study_identity_is_earned(study: Document) -> Iterator[Breach]:
    """A fully identified study has its printed title, author and year, and a DOI or PubMed number."""
    yield from _unearned_identity(study)


@review_law(ERROR)
def review_identity_is_earned(review: Document) -> Iterator[Breach]:
    """A fully identified review has its printed title, author and year, and a DOI or PubMed number."""
    yield from _unearned_identity(review)


def _unearned_identity(document: Document) -> Iterator[Breach]:
    lacks = [
        name
        for name, missing in (
            ("a printed title", document["title_is_descriptive"]),
            ("an author", document["first_author"] is None),
            ("a printed year", document["year"] is None or document["year_is_inferred"]),
            ("a DOI or PubMed number", not (document.get("doi") or document.get("pmid"))),
        )
        if missing
    ]
    if document["identity"] == "complete" and lacks:
        wrong = f"called complete without {' and '.join(lacks)}."
        yield Breach(("identity",), wrong, "Add it, or write identity: partial.")


@study_law(ERROR)
def study_correction_stands(study: Document) -> Iterator[Breach]:
    """A correction names a field of its file, and the field holds the corrected value."""
    yield from _corrections_astray(study)


@review_law(ERROR)
def review_correction_stands(review: Document) -> Iterator[Breach]:
    """A correction names a field of its file, and the field holds the corrected value."""
    yield from _corrections_astray(review)


def _corrections_astray(document: Document) -> Iterator[Breach]:
    for at, correction in enumerate(document.get("corrections", ())):
        path: Path = ("corrections", at)
        found, value = _look_up(document, correction["field"])
        if correction["now"] is None and not found:
            continue
        if not found:
            yield Breach(
                (*path, "field"), f"no field {correction['field']}.", "Write it like results[0].arms.prp.sd."
            )
        elif value != correction["now"]:
            wrong = f"{correction['field']} holds {value}, not {correction['now']}."
            yield Breach((*path, "now"), wrong, "Bring both together.")


def _look_up(document: Document, field: str) -> tuple[bool, object]:
    value: object = document
    for step in field.replace("[", ".").replace("]", "").split("."):
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return False, None
    return True, value


@study_law(WARNING)
def row_has_a_figure(study: Document) -> Iterator[Breach]:
    """A result row holds at least one figure or a direction."""
    for path, row in result_rows(study):
        if not any(name in row for name in FIGURES):
            yield Breach(path, "no figure, remark only.", "Add the figure when it is found.")


@study_law(WARNING)
def rows_differ(study: Document) -> Iterator[Breach]:
    """No row repeats the instrument, visit, kind, group and arms of another.

    Rows of responders may: one instrument can carry several definitions of response.
    """
    seen: dict[tuple[object, ...], int] = {}
    for path, row in result_rows(study):
        key = _row_key(row)
        if key in seen and row["outcome"] != "responder":
            yield Breach(path, f"looks like results[{seen[key]}].", "Delete one, or note how they differ.")
        seen[key] = int(path[-1])


def _row_key(row: Document) -> tuple[object, ...]:
    contrast = row.get("contrast", {})
    what = tuple(row.get(name) for name in ("instrument", "weeks", "kind", "subgroup", "derived"))
    whom = (tuple(sorted(row.get("arms", {}))), contrast.get("of"), contrast.get("versus"))
    return (*what, *whom, tuple(row.get("notes", ())))
