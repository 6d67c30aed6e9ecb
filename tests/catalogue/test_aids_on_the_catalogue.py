"""A decision aid for every topic of the catalogue, in every language."""

from datetime import date

import pytest

from enthesis import catalogue
from enthesis.catalogue.counsel_loader import LANGUAGES, load_counsel
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel import checked, decision_aid, readability
from enthesis.domain.counsel.blocks import Checklist, Course, OptionCard, People, ResultLine
from enthesis.domain.counsel.document import texts_of
from enthesis.domain.evidence import Level, build

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def held():
    shipped = catalogue.load()
    return build(shipped.studies, shipped.reviews, shipped.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def aids(held):
    knowledge = load_counsel()
    return {
        (*key, language): decision_aid(
            topic, held, knowledge, language, made_on=DAY, evidence_state="catalogue x"
        )
        for key, topic in held.topics.items()
        for language in LANGUAGES
    }


def of(aid, kind):
    return [b for b in aid.blocks() if isinstance(b, kind)]


def test_every_aid_meets_the_qualifying_and_the_general_certifying_criteria(aids):
    wanted = {*(f"Q{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 7))}
    unmet = {(key, name) for key, aid in aids.items() for name in wanted if not checked(aid)[name]}
    assert not unmet


def test_no_aid_calls_a_standard_met_that_it_does_not_meet(aids):
    for key, aid in aids.items():
        w = load_counsel().wording(aid.language)
        yes, seen = w("criteria.met").text, checked(aid)
        rows = [row for table in of(aid, Checklist) for row in table.rows]
        for name, met in seen.items():
            (row,) = [r for r in rows if r[0].text == w(f"criteria.{name}").text]
            assert (row[1].text == yes) <= met, (key, name)


def test_an_aid_without_a_number_for_the_usual_course_says_so(aids):
    assert checked(aids["knee-osteoarthritis", "prp", "en"])["K1"]
    assert not checked(aids["plantar-fasciitis", "prp", "en"])["K1"]


def test_nothing_is_left_untranslated(aids):
    assert not {key: aid.untranslated for key, aid in aids.items() if aid.untranslated}
    assert not [key for key, aid in aids.items() for said in texts_of(aid) if "[en]" in said.text]


def test_the_counts_are_the_same_in_every_language(aids):
    for condition, intervention, language in aids:
        mine = aids[condition, intervention, language]
        english = aids[condition, intervention, "en"]
        for kind in (People, ResultLine, Course, OptionCard):
            assert len(of(mine, kind)) == len(of(english, kind))
        panels = [[p.count for b in of(aid, People) for p in b.panels] for aid in (mine, english)]
        assert panels[0] == panels[1]


def test_a_picture_of_gain_is_drawn_only_where_certainty_is_low_or_better(aids):
    for aid in aids.values():
        blocks = list(aid.section("results").blocks)
        for at, block in enumerate(blocks):
            if isinstance(block, People):
                before = [b for b in blocks[:at] if isinstance(b, ResultLine)][-1]
                assert before.certainty.level > Level.VERY_LOW


def test_some_pictures_are_drawn_so_that_the_rule_above_was_tried(aids):
    english = [aid for key, aid in aids.items() if key[2] == "en"]
    drawn = [b for aid in english for b in of(aid, People)]
    assert sum(b.harm for b in drawn) >= 10
    assert sum(not b.harm for b in drawn) >= 5


def test_english_aids_read_at_grade_eight_or_below(aids):
    for key, aid in aids.items():
        if key[2] == "en":
            read = readability((said.text for said in texts_of(aid.sections)), "en")
            assert read.grade <= 8, (key, read.grade)


def test_hindi_and_bengali_aids_keep_their_sentences_short(aids):
    # No checked scale: the declared house limit is fifteen words a sentence on average.
    for key, aid in aids.items():
        if key[2] != "en":
            texts = [said.text for said in texts_of(aid.sections) if said.language == key[2]]
            assert readability(texts, key[2]).words_per_sentence <= 15, key


def test_bengali_numbers_are_bengali_everywhere_but_in_codes_and_names(aids):
    aid = aids["knee-osteoarthritis", "prp", "bn"]
    for name in ("results", "course", "harms", "unknown"):
        for said in texts_of(aid.section(name)):
            shown = said.text.replace("Zhang HF 2018", "")
            assert not any(c.isascii() and c.isdigit() for c in shown), said


def test_an_injection_into_a_disc_names_the_infection_of_the_disc(aids):
    for intervention in ("prp", "bmac"):
        text = " ".join(
            s.text for s in texts_of(aids["discogenic-low-back-pain", intervention, "en"].section("harms"))
        )
        assert "12 of 4891" in text
        assert "infection" in text


def test_what_the_larger_trial_found_in_the_disc_stands_beside_the_smaller_one(aids):
    aid = aids["discogenic-low-back-pain", "prp", "en"]
    told = " ".join(r.size.text for r in of(aid, ResultLine) if r.size)
    assert "With PRP: 21 of 44 people. With a dummy injection: 16 of 45." in told


def test_a_gain_that_fades_is_shown_over_time_in_people_counted(aids):
    # Levi 2025: pain halved at 3, 6 and 12 months.
    (course,) = of(aids["discogenic-low-back-pain", "bmac", "en"], Course)
    assert len(course.rows) == 3
    assert all("With a dummy injection: " in row.difference.text for row in course.rows)


def test_the_large_knee_trial_leads_with_its_printed_difference(aids):
    # Bennell 2021, table 2: pain at 12 months 3.5 (SD 2.6) against 3.9 (2.6) on 0-10, 144 people each; so
    # 0.4 with a standard error of 2.6 * sqrt(2 / 144) = 0.306.
    first = of(aids["knee-osteoarthritis", "prp", "en"], ResultLine)[0]
    assert "4 points better" in first.size.text
    assert "2 points worse" in first.size.text
    assert "288 people" in first.ground.text


def test_the_same_content_has_the_same_hash_and_another_day_another(held):
    topic, knowledge = held.topic("knee-osteoarthritis", "prp"), load_counsel()
    made = [
        decision_aid(topic, held, knowledge, "hi", made_on=day, evidence_state="x").content_hash
        for day in (DAY, DAY, date(2026, 11, 23))
    ]
    assert made[0] == made[1] != made[2]
