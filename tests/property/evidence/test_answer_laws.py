"""Laws of answers: order, doubt and repeated reports may not move what they have no say in."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.domain.evidence.per_trial import trial_roots
from enthesis.domain.evidence.study import Integrity, Study
from made_studies import figures, row, study

VOCABULARY = catalogue.load().vocabulary
RULES = load_evidence_rules()

INSTRUMENTS = (("vas-pain", (0, 100)), ("vas-pain", (0, 10)), ("womac-pain", (0, 20)), ("pain-any", None))


@st.composite
def rows(draw):
    instrument, limits = draw(st.sampled_from(INSTRUMENTS))
    width = (limits[1] - limits[0]) if limits else 100
    n = draw(st.integers(8, 120))
    means = [draw(st.floats(0.3, 0.7)) * width for _ in range(2)]
    sd = draw(st.floats(0.15, 0.4)) * width
    return row(
        figures("prp", n, round(means[0], 2), round(sd, 2)),
        figures("saline", n, round(means[1], 2), round(sd, 2)),
        instrument=instrument,
        range=limits,
        weeks=draw(st.sampled_from((4, 12, 24, 26, 30, 52))),
        kind=draw(st.sampled_from(("final", "change"))) if limits is None else "final",
    )


@st.composite
def bodies(draw, most=5):
    many = draw(st.lists(st.lists(rows(), min_size=1, max_size=4), min_size=1, max_size=most))
    return [study(f"t-{at}", *held, year=2010 + at) for at, held in enumerate(many)]


def told(studies: list[Study]) -> dict:
    topics = build({s.id: s for s in studies}, {}, VOCABULARY, RULES).topics
    return {a.question: a for topic in topics.values() for a in topic.answers}


def pools(answers: dict) -> dict:
    return {
        question: (
            tuple(sorted(c.pick.study.id for c in a.synthesis.contrasts)),
            round(a.synthesis.judged.mu, 6),
            a.verdict,
        )
        for question, a in answers.items()
        if a.synthesis
    }


@settings(max_examples=60, deadline=None)
@given(bodies(), st.randoms(use_true_random=False))
def test_order_of_studies_and_of_rows_changes_no_answer(studies, random):
    shuffled = []
    for s in studies:
        held = list(s.results)
        random.shuffle(held)
        shuffled.append(replace(s, results=tuple(held)))
    random.shuffle(shuffled)
    assert pools(told(shuffled)) == pools(told(studies))


@settings(max_examples=60, deadline=None)
@given(bodies(most=3), st.lists(rows(), min_size=1, max_size=3))
def test_a_suspect_study_never_changes_a_primary_pool(studies, held):
    doubt = Integrity("suspect", ("made for this test",))
    doubtful = study("z-suspect", *held, integrity=doubt, year=2025)
    before, after = told(studies), told([*studies, doubtful])
    kept = {q: pool for q, pool in pools(after).items() if q in before}
    assert kept == pools(before)
    assert all(a.k == 0 for q, a in after.items() if q not in before)
    assert any("suspect" in left.why for a in after.values() for left in a.left_out)


@settings(max_examples=60, deadline=None)
@given(bodies(most=4), st.data())
def test_another_report_of_the_same_people_never_counts_twice(studies, data):
    first = data.draw(st.sampled_from(studies))
    twin = replace(first, id="a-twin", same_trial_as=(first.id,))
    before, after = told(studies), told([*studies, twin])
    assert {q: a.k for q, a in after.items()} == {q: a.k for q, a in before.items()}
    assert {q: a.n for q, a in after.items()} == {q: a.n for q, a in before.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_reports_linked_over_any_chain_are_one_trial(links):
    def partners(at):
        return tuple({f"t-{b}" for a, b in links if a == at} | {f"t-{a}" for a, b in links if b == at})

    studies = {f"t-{at}": study(f"t-{at}", same_trial_as=partners(at)) for at in range(9)}
    roots = trial_roots(studies)
    assert all(roots[f"t-{a}"] == roots[f"t-{b}"] for a, b in links)
    assert all(roots[root] == root for root in roots.values())


@settings(max_examples=60, deadline=None)
@given(bodies(most=4))
def test_swapping_the_two_arms_turns_every_effect_round(studies):
    def turned(r):
        prp, saline = r.arms
        return replace(r, arms=(replace(saline, arm="prp"), replace(prp, arm="saline")))

    mirrored = [replace(s, results=tuple(turned(r) for r in s.results)) for s in studies]
    here, there = told(studies), told(mirrored)
    for question, a in here.items():
        if a.synthesis and [c.pick.row for c in a.synthesis.contrasts] == [
            c.pick.row for c in there[question].synthesis.contrasts
        ]:
            assert abs(a.synthesis.judged.mu + there[question].synthesis.judged.mu) < 1e-6
