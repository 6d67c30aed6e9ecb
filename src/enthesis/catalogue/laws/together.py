"""Laws about files seen together: names, links between reports, the same report twice, words nobody uses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import PurePath

from enthesis.catalogue.findings import Breach, Document
from enthesis.catalogue.laws.law import Documents, Gravity, catalogue_law
from enthesis.domain.evidence.printed import RATIO_MEASURES
from enthesis.domain.vocabulary import CLASS_OF_INTERVENTION

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING
VOCABULARY = "vocabulary.yaml"
Found = Iterator[tuple[str, Breach]]


def _by_id(documents: Mapping[str, Document]) -> dict[str, Document]:
    return {document["id"]: document for document in documents.values()}


@catalogue_law(ERROR)
def id_is_the_file_name(documents: Documents) -> Found:
    """The id of a report is the name of its file."""
    for file, document in documents.reports.items():
        if document["id"] != PurePath(file).stem:
            wrong = f"the id '{document['id']}' differs from the file name."
            yield file, Breach(("id",), wrong, f"Write id: {PurePath(file).stem}, or rename the file.")


@catalogue_law(ERROR)
def id_is_used_once(documents: Documents) -> Found:
    """No two studies and no two reviews share an id, wherever their files lie."""
    for kind in (documents.studies, documents.reviews):
        first: dict[str, str] = {}
        for file, document in kind.items():
            if document["id"] in first:
                wrong = f"the id '{document['id']}' is also used in {first[document['id']]}."
                yield file, Breach(("id",), wrong, "Give one of them another id and file name.")
            first.setdefault(document["id"], file)


@catalogue_law(ERROR)
def linked_reports_exist_and_link_back(documents: Documents) -> Found:
    """``same_trial_as`` names other studies, and each of them names this one and the rest.

    Reports of the same people count once; a link on one side only would count them twice.
    """
    known = _by_id(documents.studies)
    for file, study in documents.studies.items():
        for at, other in enumerate(study["same_trial_as"]):
            path = ("same_trial_as", at)
            if other == study["id"]:
                yield file, Breach(path, "the study names itself.", "Take it out.")
                continue
            if other not in known:
                close = get_close_matches(other, known, n=1) or ["another file"]
                yield file, Breach(path, f"no study '{other}'.", f"Did you mean {close[0]}?")
                continue
            family = {study["id"], *study["same_trial_as"]}
            for missing in sorted(family - {other, *known[other]["same_trial_as"]}):
                wrong = f"'{other}' does not name '{missing}' in return."
                yield file, Breach(path, wrong, f"Add {missing} to same_trial_as of {other}.")


@catalogue_law(ERROR)
def doi_is_used_once(documents: Documents) -> Found:
    """No two files have the same DOI.

    Two files of one report would count its people twice.
    """
    for file, others, value in _shared(documents, "doi"):
        yield (
            file,
            Breach(
                ("doi",), f"the DOI {value} is also that of {others}.", "Delete the file that repeats it."
            ),
        )


@catalogue_law(WARNING)
def report_is_filed_once(documents: Documents) -> Found:
    """Files that share a PubMed number, registration or title are linked as reports of the same people."""
    for key in ("pmid", "registration", "title"):
        for file, others, value in _shared(documents, key, but_linked=True):
            repair = "Delete one, or link them with same_trial_as."
            yield file, Breach((key,), f"the same {key} as {others}: {value}.", repair)


def _shared(documents: Documents, key: str, *, but_linked: bool = False) -> Iterator[tuple[str, str, str]]:
    """First file, the other files, and the value, for each value that stands in several files."""
    files = documents.reports
    holders: dict[str, list[str]] = defaultdict(list)
    for file, document in files.items():
        if document.get(key):
            holders[str(document[key]).casefold()].append(file)
    for first, *others in holders.values():
        linked = all(files[first]["id"] in files[other].get("same_trial_as", ()) for other in others)
        if others and not (but_linked and linked):
            yield first, ", ".join(others), files[first][key]


@catalogue_law(ERROR)
def intervention_has_a_comparator_class(documents: Documents) -> Found:
    """Every intervention of the vocabulary belongs to a comparator class.

    Without a class it is not known whether a comparison with it is placebo-controlled.
    """
    for word in documents.vocabulary["intervention"]:
        if word not in CLASS_OF_INTERVENTION:
            wrong = f"the intervention '{word}' has no comparator class."
            repair = "Add it to a class in domain/vocabulary/comparators.py."
            yield VOCABULARY, Breach(("intervention", word), wrong, repair)


@catalogue_law(WARNING)
def instrument_is_in_use(documents: Documents) -> Found:
    """Every instrument of the vocabulary stands in some file."""
    used = {row["instrument"] for study in documents.studies.values() for row in study["results"]}
    used |= {row["instrument"] for review in documents.reviews.values() for row in review["pooled"]}
    for word in documents.vocabulary["instrument"]:
        if word not in used:
            wrong = f"the instrument '{word}' is not used."
            yield (
                VOCABULARY,
                Breach(("instrument", word), wrong, "Take it out, or keep it for a file to come."),
            )


@catalogue_law(WARNING)
def better_is_the_usual_direction(documents: Documents) -> Found:
    """A row has the better direction that its instrument usually has.

    A turned scale is possible, but a forgotten turn reverses the answer.
    """
    instruments = documents.vocabulary["instrument"]
    for file, study in documents.studies.items():
        for at, row in enumerate(study["results"]):
            usual = instruments[row["instrument"]]["usual_better"]
            if row["better"] != usual:
                wrong = f"{row['instrument']} with {row['better']} as better, usually {usual}."
                yield (
                    file,
                    Breach(("results", at, "better"), wrong, "Check better and the sign of the figures."),
                )


@catalogue_law(WARNING)
def spreads_belong_to_one_trial(documents: Documents) -> Found:
    """No two trials print the same spreads for the same instrument.

    Standard deviations that agree to three digits in both arms were copied from one report to the other,
    or taken over by a review that had none.
    """
    holders: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for file, study in documents.studies.items():
        for at, row in enumerate(study["results"]):
            spreads = [arm["sd"] for arm in row.get("arms", {}).values() if "sd" in arm]
            if len(spreads) > 1 and len(set(spreads)) > 1 and all(_digits(sd) > 2 for sd in spreads):
                holders[row["instrument"], *spreads].setdefault(file, at)
    for (_, *spreads), places in holders.items():
        (first, _), *others = places.items()
        for file, at in others:
            if documents.studies[first]["id"] not in documents.studies[file]["same_trial_as"]:
                wrong = f"the spreads {spreads} also stand in {first}."
                yield file, Breach(("results", at, "arms"), wrong, "Find out which report they belong to.")


def _digits(number: float) -> int:
    return len(f"{number}".replace(".", "").strip("0"))


@catalogue_law(WARNING)
def pooled_estimate_favours_the_named_side(documents: Documents) -> Found:
    """The side that a review calls better is the one that its estimate favours.

    ``positive_favours`` says when the sign runs against the scale.
    """
    instruments = documents.vocabulary["instrument"]
    for file, review in documents.reviews.items():
        for at, row in enumerate(review["pooled"]):
            side = _side_favoured(row, instruments[row["instrument"]]["usual_better"])
            if side and row.get("favours", "neither") not in ("neither", side):
                wrong = f"favours {row['favours']}, but {row['estimate']} favours the {side}."
                repair = "Check the sign, or say with positive_favours how it is coded."
                yield file, Breach(("pooled", at, "favours"), wrong, repair)


def _side_favoured(row: Document, usual_better: str) -> str | None:
    effect = row.get("estimate", 0) - (1 if row["measure"] in RATIO_MEASURES else 0)
    if row["comparison"] != "between-arm" or not effect:
        return None
    sides = ("intervention", "comparator")
    better_when_positive = row.get("positive_favours", sides[usual_better == "lower"])
    return better_when_positive if effect > 0 else sides[better_when_positive == "intervention"]
