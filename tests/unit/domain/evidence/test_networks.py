"""Networks of made trials: which arms, which row, what is left out, what may be compared."""

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.network_trials import NOTHING_ADDED, PLACEBO, NetworkKey, arm_treatments
from enthesis.domain.evidence.networks import fit_network, read_networks
from enthesis.domain.evidence.printed import Integrity
from enthesis.domain.evidence.study import PrintedContrast
from enthesis.domain.vocabulary import horizon_of
from enthesis.statistics.pooling import pool
from made_studies import arm, figures, row, study, trial

KNEE_PAIN = NetworkKey("knee-osteoarthritis", "pain", horizon_of(26))


def against(name, comparator, benefit, **more):
    arms = (arm("prp", "prp"), arm("other", comparator))
    return study(
        name, row(figures("prp", 60, 50 - benefit, 20), figures("other", 60, 50, 20)), arms=arms, **more
    )


@pytest.fixture
def networks(rules, vocabulary):
    def read(*studies):
        return read_networks(build({s.id: s for s in studies}, {}, vocabulary, rules))

    return read


def test_saline_and_sham_are_one_placebo(networks):
    held = networks(trial("a-2020", 5), against("b-2021", "sham", 5))[KNEE_PAIN]
    assert held.network.treatments == (PLACEBO, "prp")
    assert [link.k for link in held.geometry.links] == [2]


def test_arms_of_one_treatment_are_joined_and_people_counted_once(networks):
    arms = (arm("poor", "prp"), arm("rich", "prp"), arm("saline", "saline"))
    pain = row(figures("poor", 30, 40, 20), figures("rich", 10, 60, 20), figures("saline", 40, 50, 20))
    (one,) = networks(study("a-2020", pain, arms=arms))[KNEE_PAIN].trials
    joined = next(a for a in one.arms if a.treatment == "prp")
    assert joined.arms == ("poor", "rich")
    assert joined.n == 40
    assert joined.mean == pytest.approx((30 * 40 + 10 * 60) / 40)


def test_a_background_that_all_arms_received_cancels(rules):
    arms = (
        arm("a", "prp", plus=("exercise",)),
        arm("b", "saline", plus=("exercise",)),
        arm("c", "exercise"),
    )
    assert arm_treatments(study(arms=arms), rules) == {"a": "prp", "b": PLACEBO, "c": NOTHING_ADDED}


def test_a_background_of_some_arms_stays_part_of_their_treatment(rules):
    arms = (arm("a", "prp", plus=("exercise",)), arm("b", "prp"), arm("c", "exercise"))
    assert arm_treatments(study(arms=arms), rules) == {"a": "prp+exercise", "b": "prp", "c": "exercise"}


def test_positive_is_better_whichever_way_the_scale_runs(networks):
    up = row(
        figures("prp", 60, 60, 20), figures("saline", 60, 50, 20), instrument="koos-pain", better="higher",
        range=(0, 100),
    )  # fmt: skip
    for made in (trial("a-2020", 10), study("a-2020", up)):
        (part,) = fit_network(networks(made)[KNEE_PAIN]).parts
        assert part.analysis.compare("prp", PLACEBO).estimate == pytest.approx(10)


def test_a_scale_of_ten_is_stretched_to_a_hundred(networks):
    ten = row(
        figures("prp", 60, 4.0, 2.0), figures("saline", 60, 5.0, 2.0), instrument="nrs-pain", range=(0, 10)
    )
    held = networks(study("a-2020", ten), trial("b-2021", 10))[KNEE_PAIN]
    found = fit_network(held).parts[0].analysis.compare("prp", PLACEBO)
    assert held.scale.kind == "points"
    assert found.estimate == pytest.approx(10)


def test_one_scale_without_a_range_makes_all_of_them_standard_deviations(networks):
    odd = row(figures("prp", 60, 4, 2), figures("saline", 60, 5, 2), instrument="pain-any")
    assert networks(study("a-2020", odd), trial("b-2021", 10))[KNEE_PAIN].scale.kind == "smd"


def test_the_hierarchy_of_scales_and_the_middle_visit_choose_the_row(networks):
    def visit(weeks, means, sds, instrument="vas-pain"):
        arms = (
            figures(name, 60, mean, sd) for name, mean, sd in zip(("prp", "saline"), means, sds, strict=True)
        )
        return row(*arms, instrument=instrument, weeks=weeks, range=(0, 100))

    womac = visit(28, (41.0, 49.0), (17.2, 19.1), "womac-pain")
    made = study(
        "a-2020", womac, visit(28, (44.0, 52.0), (18.3, 20.4)), visit(20, (45.0, 51.0), (21.5, 22.6))
    )
    (one,) = networks(made)[KNEE_PAIN].trials
    assert one.pick.row == 1


def test_reports_of_the_same_people_count_once(networks):
    first = trial("a-2020", 5, same_trial_as=("b-2021",))
    assert len(networks(first, trial("b-2021", 5, same_trial_as=("a-2020",)))[KNEE_PAIN].trials) == 1


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (trial("x-2021", 5, design="nonrandomised"), "not a randomised trial"),
        (trial("x-2021", 5, integrity=Integrity("suspect", ("copied",))), "figures in doubt: copied"),
        (
            study("x-2021", row(contrast=PrintedContrast("prp", "saline", "MD", -5.0, ci=(-9.0, -1.0)))),
            "no mean with a spread",
        ),
        (
            study(
                "x-2021",
                row(figures("poor", 30, 40, 20), figures("rich", 30, 41, 19)),
                arms=(arm("poor", "prp"), arm("rich", "prp")),
            ),
            "differ only in how one treatment is given",
        ),
    ],
)  # fmt: skip
def test_what_cannot_enter_is_left_out_with_its_reason(networks, made, why):
    held = networks(trial("a-2020", 5), made)[KNEE_PAIN]
    assert [t.study.id for t in held.trials] == ["a-2020"]
    assert [x.study.id for x in held.left_out] == ["x-2021"]
    assert why in held.left_out[0].why


def test_without_a_sound_trial_there_is_no_network(networks):
    assert networks(trial("a-2020", 5, design="nonrandomised")) == {}


def test_two_treatments_give_the_answer_of_the_pool(networks):
    benefits = (2.0, 9.0, 14.0)
    made = [trial(f"t-{2020 + i}", b, sd=15.0 + i) for i, b in enumerate(benefits)]
    (part,) = fit_network(networks(*made)[KNEE_PAIN]).parts
    v = [2 * (15.0 + i) ** 2 / 60 for i in range(3)]
    direct = pool(benefits, v, method="REML", interval="hartung-knapp-floor")
    found = part.analysis.compare("prp", PLACEBO)
    # Two routes to one optimum; each stops within its own tolerance.
    assert found.estimate == pytest.approx(direct.mu, rel=1e-6)
    assert found.ci == pytest.approx(direct.ci, rel=1e-6)
    assert part.ranking is None


def test_a_star_compares_indirectly_and_says_that_nothing_checks_it(networks):
    held = networks(against("a-2020", "corticosteroid", 4.0), against("b-2021", "hyaluronic-acid", 10.0))[
        KNEE_PAIN
    ]
    (part,) = fit_network(held).parts
    found = part.analysis.compare("corticosteroid", "hyaluronic-acid")
    assert found.evidence == "indirect"
    assert found.estimate == pytest.approx(10.0 - 4.0)
    assert not part.can_be_checked


def test_parts_that_no_trial_links_are_never_compared(networks):
    arms = (arm("steroid", "corticosteroid"), arm("ha", "hyaluronic-acid"))
    apart = study("b-2021", row(figures("steroid", 60, 45, 20), figures("ha", 60, 50, 20)), arms=arms)
    fitted = fit_network(networks(trial("a-2020", 5), apart)[KNEE_PAIN])
    assert not fitted.trials.is_connected
    assert any("different parts cannot be compared" in c for c in fitted.caveats)
    analysis = fitted.parts[0].analysis
    assert {*analysis.treatments} == {PLACEBO, "prp"}


def test_mixed_classes_of_comparator_are_announced_as_indirect_only(networks):
    held = networks(trial("a-2020", 5), against("b-2021", "corticosteroid", 4.0))[KNEE_PAIN]
    assert any("no verdict of the map rests on it" in c for c in fit_network(held).caveats)
