"""The words that rules know by name."""

import pytest

from enthesis.catalogue import load
from enthesis.domain.vocabulary import (
    CLASS_OF_INTERVENTION,
    EVENT_OUTCOMES,
    HORIZONS,
    ComparatorClass,
    OutcomeDomain,
    comparator_class,
    horizon_of,
)
from enthesis.errors import NotFound


@pytest.mark.parametrize(
    ("intervention", "expected"),
    [
        ("saline", "placebo"),
        ("sham", "placebo"),
        ("corticosteroid", "corticosteroid"),
        ("hyaluronic-acid", "hyaluronic-acid"),
        ("exercise", "exercise-or-usual-care"),
        ("usual-care", "exercise-or-usual-care"),
        ("prp", "other-biologic"),
        ("aps", "other-biologic"),
        ("acs", "other-biologic"),
        ("plasma", "other-biologic"),
        ("autologous-blood", "other-biologic"),
        ("bmac", "other-biologic"),
        ("svf", "other-biologic"),
        ("microfragmented-fat", "other-biologic"),
        ("msc-bone-marrow", "other-biologic"),
        ("msc-adipose", "other-biologic"),
        ("msc-umbilical", "other-biologic"),
        ("msc-other", "other-biologic"),
        ("prolotherapy-dextrose", "other-active"),
        ("local-anaesthetic", "other-active"),
        ("ozone", "other-active"),
        ("high-volume-injection", "other-active"),
        ("dry-needling", "other-active"),
        ("eswt", "other-active"),
        ("radiofrequency", "other-active"),
        ("arthrocentesis", "other-active"),
        ("oral-analgesic", "other-active"),
        ("surgery", "other-active"),
    ],
)
def test_every_intervention_falls_into_one_class(intervention, expected):
    assert comparator_class(intervention) == expected


def test_the_classes_cover_exactly_the_interventions_of_the_data():
    assert set(CLASS_OF_INTERVENTION) == set(load().vocabulary.interventions)


def test_only_saline_and_sham_are_placebo():
    assert {w for w, cls in CLASS_OF_INTERVENTION.items() if cls.is_placebo} == {"saline", "sham"}
    assert [cls for cls in ComparatorClass if cls.is_placebo] == [ComparatorClass.PLACEBO]


def test_an_unknown_intervention_has_no_class():
    with pytest.raises(NotFound, match=r"No intervention is called 'salin'. Did you mean saline"):
        comparator_class("salin")


def test_outcome_domains_are_those_of_the_data():
    assert [domain.value for domain in OutcomeDomain] == list(load().vocabulary.outcomes)
    assert set(OutcomeDomain) >= EVENT_OUTCOMES


@pytest.mark.parametrize(
    ("weeks", "lo"),
    [(0, None), (1, 1), (6, 1), (7, 7), (17, 7), (18, 18), (39, 18), (40, 40), (78, 40), (79, 79), (520, 79)],
)
def test_a_visit_falls_into_one_horizon_and_baseline_into_none(weeks, lo):
    horizon = horizon_of(weeks)
    assert (horizon.lo if horizon else None) == lo
    assert sum(weeks in h for h in HORIZONS) == (0 if lo is None else 1)


def test_a_time_not_stated_has_no_horizon():
    assert horizon_of(None) is None


def test_a_span_of_visits_has_a_horizon_only_within_one():
    assert horizon_of(None, (20, 39)) is HORIZONS[2]
    assert horizon_of(None, (12, 26)) is None


def test_horizons_follow_each_other_without_gap():
    ends = [h.hi for h in HORIZONS[:-1]]
    assert [h.lo for h in HORIZONS[1:]] == [end + 1 for end in ends if end is not None]
    assert HORIZONS[-1].hi is None
    assert [h.centre for h in HORIZONS] == [3.5, 12, 28.5, 59, 104]


def test_an_unknown_word_is_not_found_and_the_nearest_is_named():
    vocabulary = load().vocabulary
    assert vocabulary.label("intervention", "prp") == "Platelet-rich plasma"
    with pytest.raises(NotFound, match="Did you mean knee-osteoarthritis"):
        vocabulary.word("condition", "knee-osteoartritis")
    with pytest.raises(NotFound, match="No group of words is called 'conditions'"):
        vocabulary.word("conditions", "knee-osteoarthritis")
