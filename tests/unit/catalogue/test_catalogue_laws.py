"""Every law is broken once, in a document that is lawful otherwise and still has the right shape."""

from copy import deepcopy
from functools import cache

import pytest

from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.laws import LAWS, CatalogueLaw, DocumentLaw, Documents, Gravity
from enthesis.catalogue.shape import ShapeChecker
from enthesis.catalogue.strict_yaml import read_yaml

STUDY = {
    "id": "example-2026",
    "title": "An example",
    "title_is_descriptive": False,
    "first_author": "Example A",
    "year": 2026,
    "year_is_inferred": False,
    "doi": "10.0000/example",
    "url": "https://example.org",
    "design": "rct",
    "condition": "knee-osteoarthritis",
    "population": {"n_randomised": 100, "n_analysed": 95},
    "arms": [
        {"id": "prp", "intervention": "prp", "label": "PRP", "n": 50, "product": {"leukocytes": "poor"}},
        {"id": "saline", "intervention": "saline", "label": "saline", "n": 50},
    ],
    "results": [
        {
            "outcome": "pain",
            "instrument": "vas-pain",
            "range": [0, 100],
            "better": "lower",
            "weeks": 26,
            "kind": "final",
            "arms": {
                "prp": {"n": 48, "mean": 30.0, "sd": 20.0},
                "saline": {"n": 47, "mean": 36.0, "sd": 20.0},
            },
            "contrast": {
                "of": "prp",
                "versus": "saline",
                "measure": "MD",
                "estimate": -6.0,
                "ci": [-14.0, 2.0],
                "level": 0.95,
                "p": {"relation": "=", "value": 0.14},
                "favours": "prp",
            },
            "source": {"kind": "table", "locator": "table 2"},
        },
        {
            "outcome": "responder",
            "instrument": "pain-reduced-50-percent",
            "better": "higher",
            "weeks": 26,
            "kind": "final",
            "arms": {"prp": {"n": 48, "events": 24, "percent": 50}, "saline": {"n": 47, "events": 10}},
            "source": {"kind": "abstract"},
        },
    ],
    "same_trial_as": [],
    "cautions": [],
    "identity": "complete",
}
REVIEW = {
    "id": "review-2026",
    "title": "A review",
    "title_is_descriptive": False,
    "first_author": "Review B",
    "year": 2026,
    "year_is_inferred": False,
    "doi": "10.0000/review",
    "url": "https://example.org/review",
    "design": "meta-analysis",
    "conditions": ["knee-osteoarthritis"],
    "pooled": [
        {
            "condition": "knee-osteoarthritis",
            "intervention": "prp",
            "comparator": "saline",
            "comparison": "between-arm",
            "outcome": "pain",
            "instrument": "pain-any",
            "measure": "SMD",
            "range": [0, 10],
            "estimate": -0.3,
            "ci": [-0.6, 0.0],
            "level": 0.95,
            "source": {"kind": "abstract"},
        }
    ],
    "statements": [{"intervention": "prp", "says": "PRP may help."}],
    "cautions": [],
    "identity": "complete",
}
CORRECTION = {"was": 2.0, "reason": "slip", "source": "table 2", "date": "2026-11-30"}


def row(study):
    return study["results"][0]


def contrast(study):
    return study["results"][0]["contrast"]


def prp(study):
    return study["results"][0]["arms"]["prp"]


def put(target, **fields):
    target.update(fields)


def drop(target, *names):
    for name in names:
        del target[name]


def single(study):
    study["arms"].pop()
    study["results"] = [study["results"][0]]
    drop(row(study), "arms")


def relative(study, **fields):
    put(contrast(study), measure="RR", estimate=0.8, ci=[0.6, 1.1], **fields)


BROKEN_STUDIES = {
    "arm-ids-differ": lambda s: put(s["arms"][1], id="prp"),
    "comparative-study-has-two-arms": single,
    "single-arm-compares-nothing": lambda s: (single(s), put(s, design="single-arm")),
    "study-has-an-arm-of-its-own": lambda s: [put(a, crossover_from="exercise") for a in s["arms"]],
    "named-arms-exist": lambda s: put(contrast(s), versus="baseline"),
    "prp-arm-states-leukocytes": lambda s: drop(s["arms"][0], "product"),
    "plus-adds-something": lambda s: put(s["arms"][0], plus=["exercise", "prp"]),
    "analysed-are-not-more-than-randomised": lambda s: put(s["population"], n_analysed=101),
    "people-are-counted-apart-from-joints": lambda s: put(s["population"], n_people=90),
    "arm-sizes-add-up": lambda s: put(s["arms"][0], n=51),
    "combined-arm-holds-its-parts": lambda s: s["arms"].append(
        {"id": "all", "intervention": "saline", "label": "both", "n": 99, "combines": ["prp", "saline"]}
    ),
    "row-is-not-larger-than-its-arm": lambda s: put(prp(s), n=51),
    "interval-limits-are-ordered": lambda s: put(contrast(s), ci=[2.0, -14.0]),
    "estimate-lies-inside-its-interval": lambda s: put(contrast(s), ci=[-5.0, 2.0]),
    "unusable-interval-misses-its-estimate": lambda s: (
        put(prp(s), ci=[40, 50]),
        put(row(s), usable=False, notes=["misprint"]),
    ),
    "quartiles-are-ordered": lambda s: put(prp(s), q1=30.0, median=20.0, q3=40.0),
    "events-are-not-above-n": lambda s: put(s["results"][1]["arms"]["saline"], events=48),
    "scale-range-is-ordered": lambda s: put(row(s), range=[100, 0]),
    "value-fits-the-scale": lambda s: put(row(s), range=[0, 10]),
    "baseline-row-holds-values": lambda s: put(row(s), weeks=0, kind="change"),
    "span-of-visits-stands-alone": lambda s: put(row(s), weeks_span=[4, 26], notes=["mean of visits"]),
    "percent-fits-the-events": lambda s: put(s["results"][1]["arms"]["prp"], percent=53),
    "percent-is-whole-people": lambda s: put(s["results"][1]["arms"], prp={"n": 10, "percent": 55}),
    "events-come-with-a-number-of-people": lambda s: drop(s["results"][1]["arms"]["saline"], "n"),
    "two-arms-are-compared": lambda s: put(contrast(s), versus="prp"),
    "favoured-arm-is-compared": lambda s: (
        s["arms"].append({"id": "third", "intervention": "exercise", "label": "exercise"}),
        put(contrast(s), favours="third"),
    ),
    "ratio-is-above-zero": lambda s: (relative(s), put(contrast(s), ci=[-0.2, 1.1])),
    "interval-is-centred": lambda s: put(contrast(s), ci=[-8.0, 2.0]),
    "p-fits-the-interval": lambda s: put(contrast(s), p={"relation": "=", "value": 0.01}),
    "difference-agrees-with-its-means": lambda s: put(
        contrast(s), estimate=6.0, ci=[-2.0, 14.0], favours="neither"
    ),
    "ratio-agrees-with-its-shares": lambda s: put(
        s["results"][1], contrast={"of": "prp", "versus": "saline", "measure": "OR", "estimate": 0.5}
    ),
    "favoured-arm-has-the-better-mean": lambda s: (
        put(prp(s), mean=40.0),
        drop(contrast(s), "estimate", "ci"),
    ),
    "favoured-arm-has-the-better-estimate": lambda s: (
        put(contrast(s), favours="saline"),
        drop(row(s), "arms"),
    ),
    "derived-figure-has-its-place": lambda s: put(row(s), derived=True, notes=["SD imputed"]),
    "study-identity-is-earned": lambda s: drop(s, "doi"),
    "study-correction-stands": lambda s: put(
        s, corrections=[{**CORRECTION, "field": "results[0].arms.prp.sd", "now": 21.0}]
    ),
    "row-has-a-figure": lambda s: drop(row(s), "arms", "contrast"),
    "rows-differ": lambda s: s["results"].append(deepcopy(row(s))),
    "spread-fills-some-of-the-scale": lambda s: put(prp(s), sd=2.9),
    "arms-differ-by-less-than-two-sd": lambda s: put(prp(s), mean=0.0, sd=12.0),
    "pooled-report-is-identified": lambda s: put(s, identity="partial"),
}
BROKEN_REVIEWS = {
    "review-identity-is-earned": lambda r: put(r, year_is_inferred=True),
    "review-correction-stands": lambda r: put(
        r, corrections=[{**CORRECTION, "field": "pooled[7].k", "now": 3}]
    ),
    "review-says-something": lambda r: put(r, pooled=[], statements=[]),
    "pooled-condition-is-covered": lambda r: put(r["pooled"][0], condition="multiple"),
    "stated-condition-is-covered": lambda r: put(r["statements"][0], condition="hip-osteoarthritis"),
    "comparison-fits-the-comparator": lambda r: put(r["pooled"][0], comparator="baseline"),
    "pooled-estimate-lies-inside-its-interval": lambda r: put(r["pooled"][0], estimate=0.1),
    "pooled-ratio-is-above-zero": lambda r: put(r["pooled"][0], measure="OR"),
    "pooled-scale-range-is-ordered": lambda r: put(r["pooled"][0], range=[10, 10]),
    "pooled-interval-is-centred": lambda r: put(r["pooled"][0], ci=[-0.4, 0.2]),
    "pooled-smd-is-below-two": lambda r: put(r["pooled"][0], estimate=-2.3, ci=[-2.6, -2.0]),
}


@cache
def vocabulary():
    return read_yaml((SHIPPED / "vocabulary.yaml").read_bytes()).value


def together(*studies, reviews=(REVIEW,), words=None):
    return Documents(
        {f"studies/{s['id']}.yaml": s for s in studies},
        {f"reviews/{r['id']}.yaml": r for r in reviews},
        words
        or {**vocabulary(), "instrument": {w: vocabulary()["instrument"][w] for w in used_instruments()}},
    )


def used_instruments():
    return [r["instrument"] for r in STUDY["results"]] + [r["instrument"] for r in REVIEW["pooled"]]


def sister(**fields):
    return {**deepcopy(STUDY), "id": "sister-2026", "title": "A sister", "doi": "10.0000/sister", **fields}


def misfiled():
    documents = together(STUDY)
    return Documents({"studies/other.yaml": STUDY}, documents.reviews, documents.vocabulary)


def filed_twice():
    documents = together(STUDY)
    again = {**documents.studies, "clinic/example-2026.yaml": STUDY}
    return Documents(again, documents.reviews, documents.vocabulary)


def turned():
    study = deepcopy(STUDY)
    put(row(study), better="higher")
    return together(study)


def same_spreads():
    one, two = deepcopy(STUDY), sister()
    for study in (one, two):
        put(prp(study), sd=19.3)
        put(row(study)["arms"]["saline"], sd=20.7)
    return together(one, two)


def turned_review():
    review = deepcopy(REVIEW)
    put(review["pooled"][0], favours="comparator")
    return together(STUDY, reviews=(review,))


BROKEN_TOGETHER = {
    "id-is-the-file-name": misfiled,
    "id-is-used-once": filed_twice,
    "linked-reports-exist-and-link-back": lambda: together(
        {**STUDY, "same_trial_as": ["sister-2026"]}, sister()
    ),
    "doi-is-used-once": lambda: together(STUDY, sister(doi="10.0000/EXAMPLE")),
    "report-is-filed-once": lambda: together({**STUDY, "pmid": "1"}, sister(pmid="1")),
    "intervention-has-a-comparator-class": lambda: together(
        STUDY, words={**vocabulary(), "intervention": {**vocabulary()["intervention"], "amniotic-fluid": {}}}
    ),
    "instrument-is-in-use": lambda: together(STUDY, words=vocabulary()),
    "better-is-the-usual-direction": turned,
    "spreads-belong-to-one-trial": same_spreads,
    "pooled-estimate-favours-the-named-side": turned_review,
}


def broken_in(document, kind):
    laws = [law for law in LAWS if isinstance(law, DocumentLaw) and law.kind == kind]
    return {law.id: list(law.breaches(document)) for law in laws if list(law.breaches(document))}


def broken_together(documents):
    laws = [law for law in LAWS if isinstance(law, CatalogueLaw)]
    return {law.id: list(law.breaches(documents)) for law in laws if list(law.breaches(documents))}


def test_the_examples_break_no_law():
    assert broken_in(STUDY, "study") == {}
    assert broken_in(REVIEW, "review") == {}
    assert broken_together(together(STUDY)) == {}


def test_every_law_is_broken_here_once():
    assert {*BROKEN_STUDIES, *BROKEN_REVIEWS, *BROKEN_TOGETHER} == {law.id for law in LAWS}
    assert len({law.id for law in LAWS}) == len(LAWS)


@pytest.mark.parametrize("law", BROKEN_STUDIES)
def test_a_breach_in_a_study_is_found_with_its_repair(law):
    study = deepcopy(STUDY)
    BROKEN_STUDIES[law](study)
    assert ShapeChecker("study", vocabulary()).breaches(study) == []
    breaches = broken_in(study, "study").get(law, [])
    assert breaches, f"nothing found; other laws: {broken_in(study, 'study')}"
    assert all(breach.repair and breach.message.endswith(".") for breach in breaches)


@pytest.mark.parametrize("law", BROKEN_REVIEWS)
def test_a_breach_in_a_review_is_found_with_its_repair(law):
    review = deepcopy(REVIEW)
    BROKEN_REVIEWS[law](review)
    assert ShapeChecker("review", vocabulary()).breaches(review) == []
    breaches = broken_in(review, "review").get(law, [])
    assert breaches, f"nothing found; other laws: {broken_in(review, 'review')}"
    assert all(breach.repair and breach.message.endswith(".") for breach in breaches)


@pytest.mark.parametrize("law", BROKEN_TOGETHER)
def test_a_breach_between_files_is_found_with_its_file_and_repair(law):
    documents = BROKEN_TOGETHER[law]()
    found = broken_together(documents).get(law, [])
    assert found
    assert all(file in documents.reports or file == "vocabulary.yaml" for file, _ in found)
    assert all(breach.repair for _, breach in found)


def test_every_law_says_what_it_wants_and_how_grave_it_is():
    for law in LAWS:
        assert law.statement.endswith("."), law.id
        assert law.gravity in Gravity


def test_an_adjusted_difference_may_differ_from_the_means():
    study = deepcopy(STUDY)
    put(contrast(study), estimate=6.0, ci=[-2.0, 14.0], adjusted=True, favours="neither")
    assert "difference-agrees-with-its-means" not in broken_in(study, "study")


def test_a_change_may_span_the_scale_in_both_directions():
    study = deepcopy(STUDY)
    put(row(study), kind="change")
    put(prp(study), mean=-36.0)
    assert "value-fits-the-scale" not in broken_in(study, "study")


def test_joints_may_outnumber_people():
    study = deepcopy(STUDY)
    study["population"] = {"n_randomised": 80, "unit": "knee", "n_people": 70}
    assert broken_in(study, "study") == {}


def test_three_reports_of_one_trial_must_name_each_other():
    one = {**STUDY, "same_trial_as": ["sister-2026"]}
    two = sister(same_trial_as=["example-2026", "third-2026"])
    three = {
        **sister(doi="10.0000/third", title="A third"),
        "id": "third-2026",
        "same_trial_as": ["sister-2026"],
    }
    found = broken_together(together(one, two, three))["linked-reports-exist-and-link-back"]
    assert {(file, breach.message) for file, breach in found} == {
        ("studies/sister-2026.yaml", "'example-2026' does not name 'third-2026' in return."),
        ("studies/sister-2026.yaml", "'third-2026' does not name 'example-2026' in return."),
    }


def test_linked_reports_may_share_a_registration():
    one = {**STUDY, "registration": "NCT1", "same_trial_as": ["sister-2026"]}
    two = sister(registration="nct1", same_trial_as=["example-2026"])
    assert broken_together(together(one, two)) == {}


def test_a_correction_that_took_a_figure_out_stands():
    study = deepcopy(STUDY)
    put(study, corrections=[{**CORRECTION, "field": "results[0].arms.prp.se", "now": None}])
    assert broken_in(study, "study") == {}
    put(study, corrections=[{**CORRECTION, "field": "results[0].arms.prp.sd", "now": 20.0}])
    assert broken_in(study, "study") == {}


@pytest.mark.parametrize(
    ("changes", "is_broken"),
    [
        ({"favours": "intervention"}, False),
        ({"favours": "neither"}, False),
        ({"favours": "comparator"}, True),
        ({"favours": "comparator", "positive_favours": "intervention"}, False),
        ({"favours": "intervention", "positive_favours": "intervention"}, True),
        ({"favours": "comparator", "instrument": "vas-pain", "estimate": 0.3}, False),
        ({"favours": "intervention", "measure": "RR", "estimate": 0.8}, False),
        ({"favours": "comparator", "measure": "RR", "estimate": 0.8}, True),
        ({"favours": "comparator", "comparator": "baseline", "comparison": "before-after"}, False),
    ],
)
def test_the_side_that_a_review_calls_better_follows_sign_scale_and_coding(changes, is_broken):
    review = deepcopy(REVIEW)
    put(review["pooled"][0], **changes)
    found = broken_together(together(STUDY, reviews=(review,), words=vocabulary()))
    assert ("pooled-estimate-favours-the-named-side" in found) is is_broken


@pytest.mark.parametrize(
    ("relation", "value", "is_broken"), [("<", 0.05, False), ("<", 0.01, True), (">", 0.9, True)]
)
def test_a_bound_on_p_may_not_contradict_the_interval(relation, value, is_broken):
    study = deepcopy(STUDY)
    put(contrast(study), p={"relation": relation, "value": value})
    assert ("p-fits-the-interval" in broken_in(study, "study")) is is_broken
