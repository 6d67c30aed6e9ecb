"""Specification curve and bubble plot: true to the numbers, words inside, no claim beyond them."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from enthesis.domain.evidence.fragility import Kin, fragility, gather, kin_of
from enthesis.domain.evidence.moderators import moderation
from enthesis.domain.evidence.study import Blinding, Product
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import CannotEstimate
from enthesis.report.figures import render, to_csv
from enthesis.report.figures.bubble_plot import draw_bubbles
from enthesis.report.figures.specification_curve import draw_specification_curve
from enthesis.report.figures.text_width import text_width
from enthesis.report.fragility_words import (
    counts_words,
    fragility_brief,
    fragility_sentences,
    fragility_verdict,
)

SVG = "{http://www.w3.org/2000/svg}"
PAIN = Kin("knee-osteoarthritis", "prp", ComparatorClass.PLACEBO, "pain")
OPEN = Blinding(participants=False)
BLIND = Blinding(participants=True)


@pytest.fixture
def fragile(evidence_of, rules):
    def made(*trials):
        held = evidence_of(*trials)
        (answer,) = held.topics["knee-osteoarthritis", "prp"].answers
        return fragility(answer, gather(held)[kin_of(answer.question)], rules)

    return made


@pytest.fixture
def mixed(fragile, new_trial):
    """Two blinded trials without an effect, two with a large one that do not tell of blinding."""
    blind = [new_trial(i, difference=d, blinding=BLIND) for i, d in ((1, -2.0), (2, 1.0))]
    silent = [new_trial(i, difference=d, n=80, blinding=Blinding()) for i, d in ((3, 24.0), (4, 27.0))]
    return fragile(*blind, *silent)


def words_outside(root):
    width = float(root.get("width"))
    for label in root.iter(f"{SVG}text"):
        x, wide = float(label.get("x")), text_width(label.text, float(label.get("font-size"))) * 0.9
        left = {"middle": x - wide / 2, "end": x - wide}.get(label.get("text-anchor"), x)
        if left < 0 or left + wide > width + 1:
            yield label.text


def test_the_curve_keeps_its_words_inside_and_styles_nothing_inline(mixed, vocabulary, provenance):
    root = ET.fromstring(render(draw_specification_curve(mixed, vocabulary, provenance)))
    assert list(words_outside(root)) == []
    assert not [e for e in root.iter() if e.get("style")]
    assert max(float(t.get("y")) for t in root.iter(f"{SVG}text")) < float(root.get("height"))


def test_every_level_that_some_way_took_has_a_track(mixed, vocabulary, provenance):
    root = ET.fromstring(render(draw_specification_curve(mixed, vocabulary, provenance)))
    said = " ".join(t.text for t in root.iter(f"{SVG}text"))
    for axis in mixed.variance.axes:
        assert axis.name.capitalize() in said
    assert "patients blinded only" in said


def test_the_data_twin_holds_the_declared_way_and_both_ends(mixed, vocabulary, provenance):
    figure = draw_specification_curve(mixed, vocabulary, provenance)
    effects = [row[1] for row in figure.table.rows]
    assert effects == sorted(effects)
    assert (effects[0], effects[-1]) == pytest.approx((mixed.shares.lowest, mixed.shares.highest))
    assert "question" in to_csv(figure.table)


def test_what_hangs_on_blinding_is_said_to(mixed):
    said = " ".join(fragility_sentences(mixed))
    assert "whether only trials with blinded patients count" in said
    assert fragility_verdict(mixed) == (
        "Choices of the analyst decide on which side of no difference the estimate falls."
    )


def test_a_large_effect_in_every_way_is_not_told_without_its_intervals(fragile, new_trial):
    found = fragile(new_trial(1, difference=20, n=8), new_trial(2, difference=30, n=8))
    brief = fragility_brief(found)
    assert "Every way of analysing puts the estimate in favour of the treatment, always" in brief
    assert "nothing but the estimator and the interval can be chosen differently" in brief
    assert "95% interval" in brief


def test_a_harm_in_every_way_is_called_against_the_treatment(fragile, new_trial):
    found = fragile(*(new_trial(i, difference=-15 - i) for i in (1, 2, 3)))
    assert "against the treatment, always by as much as patients notice" in fragility_verdict(found)
    assert found.beyond_harm == 1.0
    assert "No way gives a benefit" in " ".join(fragility_sentences(found))


def test_counts_say_what_is_too_thin_to_pool(fragile, new_trial):
    blind = new_trial(1, difference=3, blinding=BLIND)
    found = fragile(blind, new_trial(2, difference=9, blinding=OPEN))
    assert found.single > 0
    assert f"{found.single} leave one, which is no pool" in counts_words(found)


@pytest.fixture
def moderated(evidence_of):
    def made(*trials):
        held = evidence_of(*trials)
        return moderation(PAIN, gather(held)[PAIN], held)

    return made


def with_injections(study, injections):
    arms = (replace(study.arms[0], product=Product(injections=injections)), study.arms[1])
    return replace(study, arms=arms)


def test_every_bubble_is_a_trial_and_too_few_are_called_so(moderated, new_trial, vocabulary, provenance):
    found = moderated(*(with_injections(new_trial(i, difference=3 * i), 1 + i % 3) for i in range(1, 7)))
    figure = draw_bubbles(found, vocabulary, provenance)
    root = ET.fromstring(render(figure))
    assert len(list(root.iter(f"{SVG}circle"))) == 6 * len(found.fitted)
    said = " ".join(t.text for t in root.iter(f"{SVG}text"))
    assert "Too few to say: 6 trials tell it, about 10 are needed." in said
    assert list(words_outside(root)) == []
    assert {row[0] for row in figure.table.rows} >= {"injections"}


def test_larger_trials_are_larger_bubbles(moderated, new_trial, vocabulary, provenance):
    trials = [with_injections(new_trial(i, difference=5, n=20 * i), 1 + i % 2) for i in range(1, 6)]
    root = ET.fromstring(render(draw_bubbles(moderated(*trials), vocabulary, provenance)))
    radii = [float(c.get("r")) for c in root.iter(f"{SVG}circle")]
    assert radii == sorted(radii)
    assert radii[0] < radii[-1]


def test_nothing_to_draw_is_refused_with_the_reason(moderated, new_trial, vocabulary, provenance):
    with pytest.raises(CannotEstimate, match="No moderator is told by enough trials"):
        draw_bubbles(moderated(new_trial(1), new_trial(2)), vocabulary, provenance)
