"""Laws about the arms of a study and the people in them."""

from collections.abc import Iterator

from enthesis.catalogue.findings import Breach, Document
from enthesis.catalogue.laws.law import Gravity, study_law
from enthesis.catalogue.laws.walk import arm_ids, arm_sizes, figures, original_arms, result_rows

ERROR, WARNING = Gravity.ERROR, Gravity.WARNING


@study_law(ERROR)
def arm_ids_differ(study: Document) -> Iterator[Breach]:
    """Every arm of a study has an id of its own.

    Figures are filed under arm ids; with two alike nobody can tell whose figures they are.
    """
    seen: set[str] = set()
    for at, name in enumerate(arm_ids(study)):
        if name in seen:
            yield Breach(("arms", at, "id"), f"the arm id '{name}' stands twice.", "Rename one of the arms.")
        seen.add(name)


@study_law(ERROR)
def comparative_study_has_two_arms(study: Document) -> Iterator[Breach]:
    """A study with a control group has at least two arms.

    A single group gives a change from baseline, which is never a comparison.
    """
    if study["design"] != "single-arm" and len(study["arms"]) < 2:
        repair = "Add the other arm, or write design: single-arm."
        yield Breach(("arms",), f"one arm in a study called {study['design']}.", repair)


@study_law(ERROR)
def single_arm_compares_nothing(study: Document) -> Iterator[Breach]:
    """A study with one arm has no comparison of two arms.

    Before against after belongs in ``within_arm``: it holds no control, so it shows no effect.
    """
    if study["design"] == "single-arm" and len(study["arms"]) == 1:
        for path, row in result_rows(study):
            if "contrast" in row:
                yield Breach(
                    (*path, "contrast"), "a comparison in a study with one arm.", "Move it to within_arm."
                )


@study_law(ERROR)
def study_has_an_arm_of_its_own(study: Document) -> Iterator[Breach]:
    """At least one arm is one that people were allocated to.

    Arms that join others or hold people who changed over are no groups of the design.
    """
    if not original_arms(study):
        yield Breach(
            ("arms",), "every arm joins others or holds people who changed over.", "Add the first arms."
        )


@study_law(ERROR)
def named_arms_exist(study: Document) -> Iterator[Breach]:
    """Every arm that a row or another arm names is an arm of this study, and no arm names itself.

    ``baseline`` is no arm: a change from baseline belongs in ``within_arm``.
    """
    known = arm_ids(study)
    for path, name in _named_arms(study):
        if name not in known:
            wrong = f"'{name}' is no arm of this study."
            repair = (
                "Move a change from baseline to within_arm."
                if name == "baseline"
                else f"Arms: {', '.join(known)}."
            )
            yield Breach(path, wrong, repair)
    for at, arm in enumerate(study["arms"]):
        if arm["id"] in [*arm.get("combines", ()), arm.get("crossover_from")]:
            yield Breach(("arms", at), f"the arm '{arm['id']}' names itself.", "Name the other arms.")


def _named_arms(study: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for at, arm in enumerate(study["arms"]):
        yield from ((("arms", at, "combines", i), name) for i, name in enumerate(arm.get("combines", ())))
        if "crossover_from" in arm:
            yield ("arms", at, "crossover_from"), arm["crossover_from"]
    for path, row in result_rows(study):
        yield from (((*path, "arms", name), name) for name in row.get("arms", {}))
        for at, within in enumerate(row.get("within_arm", ())):
            yield (*path, "within_arm", at, "arm"), within["arm"]
        contrast = row.get("contrast", {})
        yield from (((*path, "contrast", side), contrast[side]) for side in ("of", "versus") if contrast)
        if contrast.get("favours", "neither") != "neither":
            yield (*path, "contrast", "favours"), contrast["favours"]


@study_law(ERROR)
def prp_arm_states_leukocytes(study: Document) -> Iterator[Breach]:
    """Every arm of platelet-rich plasma says whether it is leukocyte-poor, rich or not stated.

    The question is asked of every such product; ``unknown`` is an answer, silence is not.
    """
    for at, arm in enumerate(study["arms"]):
        if arm["intervention"] == "prp" and "leukocytes" not in arm.get("product", {}):
            wrong = f"the arm '{arm['id']}' does not say which white cells."
            yield Breach(("arms", at), wrong, "Add product: {leukocytes: poor, rich or unknown}.")


@study_law(ERROR)
def plus_adds_something(study: Document) -> Iterator[Breach]:
    """What an arm received in addition is not its main intervention again."""
    for at, arm in enumerate(study["arms"]):
        if arm["intervention"] in arm.get("plus", ()):
            yield Breach(
                ("arms", at, "plus"), f"'{arm['intervention']}' is the intervention itself.", "Take it out."
            )


@study_law(ERROR)
def analysed_are_not_more_than_randomised(study: Document) -> Iterator[Breach]:
    """No more people are analysed than were randomised."""
    people = study["population"]
    analysed, randomised = people.get("n_analysed"), people.get("n_randomised")
    if analysed and randomised and analysed > randomised:
        wrong = f"{analysed} analysed of {randomised} randomised."
        yield Breach(("population", "n_analysed"), wrong, "Compare both with the source.")


@study_law(ERROR)
def people_are_counted_apart_from_joints(study: Document) -> Iterator[Breach]:
    """``n_people`` goes with a unit other than the person.

    Where people are the unit, ``n_randomised`` already counts them.
    """
    people = study["population"]
    if "n_people" in people and people.get("unit", "person") == "person":
        yield Breach(
            ("population", "n_people"), "n_people where people are the unit.", "Add unit, or take it out."
        )


@study_law(WARNING)
def arm_sizes_add_up(study: Document) -> Iterator[Breach]:
    """Sizes of the arms add to no more than the number randomised.

    More points to a slip, to joints counted as people, or to an arm counted twice.
    """
    people, arms = study["population"], original_arms(study)
    randomised = people.get("n_randomised")
    if randomised and people.get("unit", "person") == "person" and all(arm.get("n") for arm in arms):
        total = sum(arm["n"] for arm in arms)
        if total > randomised:
            wrong = f"arm sizes add to {total}, more than {randomised} randomised."
            yield Breach(("population", "n_randomised"), wrong, "Compare the sizes with the source.")


@study_law(WARNING)
def combined_arm_holds_its_parts(study: Document) -> Iterator[Breach]:
    """An arm that joins others is as large as these together."""
    sizes = arm_sizes(study)
    for at, arm in enumerate(study["arms"]):
        parts = [sizes.get(name) for name in arm.get("combines", ())]
        known = [part for part in parts if part]
        if arm.get("n") and parts and len(known) == len(parts) and sum(known) != arm["n"]:
            wrong = f"{arm['n']} people in an arm whose parts hold {sum(known)}."
            yield Breach(("arms", at, "n"), wrong, "Compare the sizes with the source.")


@study_law(WARNING)
def row_is_not_larger_than_its_arm(study: Document) -> Iterator[Breach]:
    """No more people are analysed in a row than the arm holds."""
    if study["population"].get("unit", "person") != "person":
        return
    sizes = arm_sizes(study)
    for path, _, arm, printed in figures(study):
        size = sizes.get(arm)
        if size and printed.get("n", 0) > size:
            wrong = f"n {printed['n']} above the arm size {size}."
            yield Breach((*path, "n"), wrong, "Compare both with the source.")
