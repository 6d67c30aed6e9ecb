"""What the database counts is what the rule of the domain says, window by window."""

from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import Answered, ClosureReason, schedule, standing_of
from enthesis.domain.episodes.closures import Closure
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.demo.load import load_demo
from enthesis.web.registry.models import EndPoint, FollowUp, Response
from enthesis.web.registry.queries.completeness import instruments_counted, windows_counted
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import logged_in, make_user


@pytest.fixture
def demo(db, settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    load_demo(patients=40, seed=11, today=timezone.now().date(), progress=lambda *_: None)


def by_the_domain(site: Site) -> Counter:
    counts: Counter = Counter()
    today, protocol = today_at(site), load_protocols()["enthesis-standard"]
    for baseline in FollowUp.objects.filter(site=site, week=0).select_related("episode"):
        index, episode = baseline.injection.given_on, baseline.episode
        given = Response.objects.filter(episode=episode).select_related("follow_up")
        answered = [Answered(r.instrument, r.follow_up.window, r.answered_on) for r in given]
        ends = [Closure(ClosureReason(e.kind), e.on) for e in EndPoint.objects.filter(episode=episode)]
        for item in schedule(index, protocol, episode.condition, today, answered, ends).follow_ups:
            for instrument in item.expected:
                counts[
                    item.window.weeks, instrument, standing_of(item, instrument, today).replace("-", "_")
                ] += 1
    return counts


def test_counts_agree_with_the_rule_of_the_domain(demo) -> None:
    for site in Site.objects.all():
        with acting_as_system("test"):
            expected = by_the_domain(site)
            counted = instruments_counted([site])
        for row in counted:
            for part in ("complete", "late", "missing", "not_yet_due"):
                wanted = expected[row.week, row.instrument, part]
                assert getattr(row.completeness, part) == wanted, (site.name, row.week, row.instrument, part)


def test_whole_windows_count_once_each_and_by_what_became_of_them(demo) -> None:
    site = Site.objects.order_by("pk").first()
    assert site
    with acting_as_system("test"):
        today = today_at(site)
        over = FollowUp.objects.filter(site=site, week=26, closes_on__lt=today, completed_on=None)
        for row, why in zip(over.filter(closed_because="")[:3], ("died", "surgery", "lost"), strict=True):
            FollowUp.objects.filter(pk=row.pk).update(closed_because=why)
        rows = list(FollowUp.objects.filter(site=site, week=26))
        counted = next(c.completeness for c in windows_counted([site]) if c.week == 26)
    past = [row for row in rows if row.closes_on < today]
    answered = [row for row in past if row.completed_on]
    open_ones = [row for row in past if not row.completed_on]
    assert counted.not_yet_due == len(rows) - len(past)
    assert counted.late == sum(row.completed_on > row.closes_on for row in answered)
    assert counted.complete == len(answered) - counted.late
    assert counted.died == sum(row.closed_because == "died" for row in open_ones) == 1
    assert counted.endpoint == sum(row.closed_because in ("surgery", "repeat-injection") for row in open_ones)
    assert counted.missing == len(open_ones) - counted.endpoint - 1
    assert counted.endpoint
    assert counted.missing


@pytest.mark.parametrize("role", [Role.REGISTRY_LEAD, Role.AUDITOR])
def test_a_lead_and_an_auditor_read_it_without_any_name(demo, role: Role) -> None:
    page = logged_in(make_user(role, None)).get("/clinic/completeness/").content.decode()
    assert "of follow-ups that should be there were answered" in page
    assert "Synthetic Demo Clinic, Manila" in page


def test_before_any_window_closed_the_page_says_so(site: Site) -> None:
    client = logged_in(make_user(Role.REGISTRY_LEAD, site))
    assert "No follow-up window has closed yet" in client.get("/clinic/completeness/").content.decode()
