import pytest

from enthesis.domain.evidence import build, headline
from made_studies import figures, row, study


@pytest.fixture
def first(rules, vocabulary):
    def found(*studies, **asked):
        topics = build({s.id: s for s in studies}, {}, vocabulary, rules).topics
        return headline(topics["knee-osteoarthritis", "prp"].answers, **asked).question

    return found


def one(name, n, **more):
    more = {"range": (0, 100)} | more
    return study(name, row(figures("prp", n, 40, 20), figures("saline", n, 50, 20), **more))


COMPOSITE = {"outcome": "composite", "instrument": "womac-total"}


def test_pain_comes_first_among_equals(first):
    assert first(one("a-2020", 60), one("b-2020", 60, **COMPOSITE)).outcome == "pain"


def test_a_small_trial_of_pain_does_not_hide_a_large_one_of_a_score(first):
    assert first(one("a-2020", 12), one("b-2020", 120, **COMPOSITE)).outcome == "composite"
    assert first(one("a-2020", 60), one("b-2020", 120, **COMPOSITE)).outcome == "pain"


def test_an_outcome_asked_for_is_given(first):
    assert first(one("a-2020", 60), one("b-2020", 120, **COMPOSITE), outcome="pain").outcome == "pain"


def test_the_first_weeks_are_shown_only_where_there_is_nothing_else(first):
    assert first(one("a-2020", 200, weeks=4), one("b-2020", 30, weeks=26)).horizon.lo == 18
    assert first(one("a-2020", 200, weeks=4)).horizon.lo == 1
