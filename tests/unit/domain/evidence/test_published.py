"""Which published rows may carry a verdict, and which way round they are read."""

from dataclasses import replace

import pytest

from enthesis.domain.evidence import Basis, Level, Verdict, build
from enthesis.domain.evidence.published import proposed_level, rows_of_topic
from enthesis.domain.evidence.review import PooledRow, Review
from enthesis.domain.evidence.study import Source

ROW = PooledRow(
    "knee-osteoarthritis", "prp", "saline", "between-arm", "pain", "vas-pain", "MD", Source("abstract"),
    range=(0, 100), weeks=26, k=12, n=900, estimate=-5.0, ci=(-8.0, -2.0), level=0.95,
)  # fmt: skip


def review(design="meta-analysis", **change):
    return Review(
        id="made-review", title="made", title_is_descriptive=True, first_author=None, year=2024,
        year_is_inferred=False, url="https://example.org/", design=design,
        conditions=("knee-osteoarthritis",), pooled=(replace(ROW, **change),), statements=(), cautions=(),
        identity="complete",
    )  # fmt: skip


@pytest.fixture
def only(rules, vocabulary):
    def answer(given):
        topics = build({}, {given.id: given}, vocabulary, rules).topics
        return topics["knee-osteoarthritis", "prp"].answers

    return answer


@pytest.fixture
def read(rules, vocabulary):
    better = {name: i.usual_better for name, i in vocabulary.instruments.items()}

    def first(**change):
        given = [review(**change)]
        return next(iter(rows_of_topic(given, "knee-osteoarthritis", "prp", rules, better)))

    return first


def test_a_question_without_any_trial_of_ours_is_answered_by_a_published_synthesis(only):
    (a,) = only(review())
    assert (a.k, a.basis, a.verdict) == (0, Basis.PUBLISHED, Verdict.NO_IMPORTANT_BENEFIT)


def test_a_row_without_a_week_is_a_question_of_its_own(only):
    (a,) = only(review(weeks=None))
    assert a.question.horizon is None
    assert a.basis is Basis.PUBLISHED


@pytest.mark.parametrize("change", [{"design": "narrative-review"}, {"k": None}, {"ci": (-6.0, -2.0)}])
def test_what_is_second_hand_uncounted_or_off_centre_carries_nothing(only, change):
    assert only(review(**change)) == ()


def test_a_row_that_nobody_graded_is_of_low_certainty_at_best(read):
    level, why = proposed_level(read(), 10.0)
    assert level is Level.LOW
    assert "not visible" in why[0]
    # 10 lies inside 6 to 14, so the same row with a larger effect loses one more.
    assert proposed_level(read(estimate=-10.0, ci=(-14.0, -6.0)), 10.0)[0] is Level.VERY_LOW


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        ({}, 1),
        ({"positive_favours": "intervention"}, -1),
        ({"instrument": "function-any", "measure": "SMD", "range": None}, None),
        ({"instrument": "function-any", "measure": "SMD", "range": None, "favours": "intervention"}, 1),
        ({"instrument": "function-any", "measure": "SMD", "range": None, "favours": "comparator"}, -1),
        ({"measure": "SMD", "range": None, "estimate": 0.31, "ci": (0.11, 0.91)}, None),
    ],
)
def test_a_row_is_turned_only_by_what_its_review_says(read, change, direction):
    assert read(**change).direction == direction
