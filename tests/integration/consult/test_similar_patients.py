"""What the registry shows for similar patients: paired changes, completeness, nothing below twenty."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from scipy.stats import ttest_rel

from enthesis.domain.episodes.mean_change import mean_change
from enthesis.errors import CannotEstimate
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.consult.queries import similar
from enthesis.web.registry.models import FollowUp, Injection, Response
from made_clinic import acting_user, make_episode, make_patient, make_site, make_user

GRADE_2 = {"system": "kellgren-lawrence", "grade": "2"}
BEFORE = [7, 6, 8, 5, 7, 6, 9, 4, 7, 8, 6, 5, 7, 8, 6, 7, 5, 9, 8, 6, 7, 4]
AFTER = [5, 6, 4, 5, 3, 6, 7, 2, 6, 8, 3, 4, 7, 5, 6, 2, 5, 6, 8, 3, 7, 1]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    similar._kept.clear()


def treat(
    site: Site, by: User, before: list[int], after: list[int], unanswered: int = 0, **fields: object
) -> None:
    """People with an NRS before and at week 12, and some who did not answer at week 12."""
    given = timezone.localdate() - timedelta(weeks=40)
    for at, first in enumerate([*before, *([5] * unanswered)]):
        patient = make_patient(site, local_id=f"S-{uuid4()}")
        episode = make_episode(patient, **fields)
        about = {"site": site, "patient": patient, "episode": episode}
        injection = Injection.objects.create(
            **about,
            intervention="prp",
            given_on=given,
            target="knee",
            guidance="none",
            volume_ml=5,
            operator=by,
        )
        for week, score in ((0, first), (12, after[at] if at < len(after) else None)):
            day = given + timedelta(weeks=week)
            window = FollowUp.objects.create(
                **about, injection=injection, window=f"week-{week}", week=week, opens_on=day, due_on=day,
                closes_on=day, late_until=day, instruments=["nrs-pain"],
            )  # fmt: skip
            if score is not None:
                now = datetime.now(UTC)
                Response.objects.create(
                    **about, follow_up=window, submission=uuid4(), instrument="nrs-pain", language="en",
                    answers={}, score=score, answered_on=day, mode="paper", answered_at=now, received_at=now,
                )  # fmt: skip


def test_mean_and_interval_are_those_of_the_paired_t_test() -> None:
    found = mean_change(BEFORE, AFTER)
    told = ttest_rel(AFTER, BEFORE).confidence_interval(0.95)
    assert found.ci == pytest.approx((told.low, told.high), rel=1e-12)
    assert found.mean == pytest.approx((sum(AFTER) - sum(BEFORE)) / len(BEFORE), rel=1e-12)


def test_nineteen_people_give_no_mean() -> None:
    with pytest.raises(CannotEstimate, match="19 people with both scores"):
        mean_change(BEFORE[:19], AFTER[:19])
    assert mean_change(BEFORE[:20], AFTER[:20]).n == 20


def test_change_is_paired_and_completeness_counts_who_did_not_answer(site: Site, physician: User) -> None:
    with acting_user(physician):
        treat(site, physician, BEFORE, AFTER, unanswered=3)
        found = similar.similar_patients("knee-osteoarthritis", "prp", GRADE_2)
    assert found is not None
    week = next(w for w in found.weeks if w.week == 12)
    assert (found.n, week.due, week.answered) == (25, 25, 22)
    assert week.change is not None
    assert week.change.n == 22
    assert week.change.mean == pytest.approx(mean_change(BEFORE, AFTER).mean)
    assert found.better == "lower"
    assert next(w for w in found.weeks if w.week == 52).due == 0


def test_nothing_is_shown_below_twenty_and_another_stage_is_not_similar(site: Site, physician: User) -> None:
    with acting_user(physician):
        treat(site, physician, BEFORE[:19], AFTER[:19])
        treat(site, physician, BEFORE[:5], AFTER[:5], grade="4")
        found = similar.similar_patients("knee-osteoarthritis", "prp", GRADE_2)
    assert found is not None
    assert found.n == 19
    assert next(w for w in found.weeks if w.week == 12).change is None


@pytest.mark.parametrize(("people", "shown"), [(19, False), (20, True)])
def test_the_page_shows_nothing_below_twenty(site: Site, physician: User, people: int, shown: bool) -> None:
    with acting_user(physician):
        treat(site, physician, (BEFORE * 2)[:people], (AFTER * 2)[:people])
        found = similar.similar_patients("knee-osteoarthritis", "prp", GRADE_2)
    page = render_to_string("consult/parts/similar.html", {"similar": found})
    assert ("<table" in page) is shown
    assert ("Fewer than 20 patients" in page) is not shown


def test_patients_of_another_site_count_only_for_who_reads_both(site: Site, physician: User) -> None:
    other = make_site("Another Made-up Clinic")
    colleague = make_user(Role.PHYSICIAN, other, "other@example.org")
    with acting_user(colleague):
        treat(other, colleague, BEFORE, AFTER)
    with acting_user(physician):
        found = similar.similar_patients("knee-osteoarthritis", "prp", GRADE_2)
    assert found is not None
    assert found.n == 0
    with acting_user(make_user(Role.REGISTRY_LEAD, None)):
        pooled = similar.similar_patients("knee-osteoarthritis", "prp", GRADE_2)
    assert pooled is not None
    assert pooled.n == 22
