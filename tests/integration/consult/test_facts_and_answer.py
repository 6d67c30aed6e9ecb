"""Facts in, answer out, for anyone: nothing assumed, nothing stored, faults beside their boxes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enthesis.domain.selection import known_fields
from enthesis.web.consult.models import Consultation
from enthesis.web.consult.present.fact_document import document_of, given_of
from enthesis.web.consult.present.fact_fields import ROWS, groups_for
from enthesis.web.consult.present.phases import phase_span
from enthesis.web.evidence.state import current

KNEE = {"condition": "knee-osteoarthritis", "intervention": "prp", "side": "left"}
FACTS = KNEE | {
    "grading": "kellgren-lawrence|3",
    "age_years": "61",
    "sex": "female",
    "platelets": "2.1",
    "platelets.unit": "lakh/cumm",
    "infection": "none",
    "red_flags": "none",
    "fever_or_illness": "no",
    "malignancy": "none",
    "platelet_dysfunction": "no",
    "haemodynamically_unstable": "no",
    "accepts_risk": "yes",
    "drugs[0].name": "aspirin",
    "drugs[0].indication": "stent",
    "country": "IN",
    "instrument": "nrs-pain",
}
# Not asked on the screen: only instruments whose range is known are offered.
NOT_ASKED = {"condition", "intervention", "instrument_range"}


def sent(client: Client, facts: dict[str, object], status: int = 200) -> str:
    answer = client.post("/consult/facts/", facts)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def paths_asked() -> set[str]:
    found: set[str] = set()
    for condition in current().evidence.vocabulary.conditions:
        for group in groups_for(condition, "prp"):
            found |= {f.path for f in group.fields}
            found |= {f"{row.path}[].{f.path}" for row in group.rows for f in row.fields} | {
                r.path for r in group.rows
            }
    return found


def test_every_field_of_a_facts_file_has_its_box() -> None:
    asked = paths_asked()
    wanted = {f.path for f in known_fields()} - NOT_ASKED - {"grading.system", "grading.grade"}
    assert wanted <= asked
    assert "grading" in asked


def test_an_untouched_form_says_nothing_about_the_patient(anyone: Client) -> None:
    """A form that is sent as it comes gives the very document of a facts file with three lines."""
    page = anyone.get("/consult/facts/", {k: KNEE[k] for k in ("condition", "intervention")}).content.decode()
    assert not re.search(r'<input[^>]*value="(?!")[^"]+"[^>]*\bchecked', page)
    assert "selected>not known" in page
    groups = groups_for("knee-osteoarthritis", "prp")
    empty = {f.path: [""] for g in groups for f in g.fields}
    given = empty | {"condition": ["knee-osteoarthritis"], "intervention": ["prp"]}
    assert document_of(given, groups) == {"condition": "knee-osteoarthritis", "intervention": "prp"}


def test_a_tear_and_a_disc_are_asked_about_only_where_there_is_one() -> None:
    def paths(condition: str) -> set[str]:
        return {f.path for g in groups_for(condition, "prp") for f in g.fields}

    knee, cuff, disc = map(
        paths, ("knee-osteoarthritis", "rotator-cuff-partial-tear", "discogenic-low-back-pain")
    )
    assert not any(p.startswith(("tear.", "disc.")) for p in knee)
    assert "tear.depth" in cuff
    assert "disc.height_percent" not in cuff
    assert "disc.height_percent" in disc
    assert "level" in disc
    assert "level" not in knee


def test_grades_offered_are_those_of_systems_that_fit() -> None:
    grades = next(
        f for g in groups_for("knee-osteoarthritis", "prp") for f in g.fields if f.path == "grading"
    )
    systems = {value.partition("|")[0] for value, _ in grades.choices}
    assert "kellgren-lawrence" in systems
    assert "pfirrmann" not in systems


def test_the_answer_begins_with_the_scenario_and_the_evidence_against_placebo(anyone: Client) -> None:
    page = sent(anyone, FACTS)
    assert "Uncertain: platelet-rich plasma for knee osteoarthritis (left)." in page
    assert page.index("Against placebo") < page.index("Against hyaluronic acid")
    assert "of 100" in page
    assert "The legal position in India is unclear" in page
    assert "Do not stop it. Ask the prescriber" in page
    assert "fewer than" not in page, "the registry is not shown to people without an account"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"intervention": "msc-adipose"},
            "In India only inside an approved trial, and none is recorded here.",
        ),
        ({"infection": "systemic"}, "Infection of the joint, the skin over it or the bone near it"),
        ({"grading": "kellgren-lawrence|4"}, "The joint space is gone (bone on bone)."),
    ],
)
def test_what_stands_against_it_stands_at_the_head_of_the_answer(
    anyone: Client, change: dict[str, str], reason: str
) -> None:
    head = sent(anyone, FACTS | change).partition('class="answer-head"')[2].partition("</header>")[0]
    assert "<strong>Because:</strong>" in head
    assert reason in head


def test_the_source_of_the_evidence_is_named_and_not_spelt_as_an_address(anyone: Client) -> None:
    page = sent(anyone, FACTS)
    why = page.partition('id="why"')[2].partition("</section>")[0]
    assert re.search(r'<a href="https://[^"]+" rel="noreferrer">Bennell KL 2021</a>', why)
    assert not re.search(r">https?://", why)


def test_missing_facts_can_be_filled_in_from_where_they_are_named(anyone: Client) -> None:
    page = sent(anyone, {name: value for name, value in FACTS.items() if name != "infection"})
    button = re.search(r'<button type="submit" form="([^"]+)" name="change"', page)
    assert button is not None
    assert f'id="{button[1]}"' in page


def test_nothing_is_stored_and_nothing_stands_in_an_address(anyone: Client) -> None:
    page = sent(anyone, FACTS)
    from enthesis.web.accounts.scope import acting_as_system

    with acting_as_system("test"):
        assert not Consultation.objects.exists()
    assert "aspirin" not in "".join(re.findall(r'href="[^"]*"', page))


def test_a_missing_fact_that_forbids_gives_cannot_say_and_names_it(anyone: Client) -> None:
    page = sent(anyone, {k: v for k, v in FACTS.items() if k not in ("infection", "red_flags")})
    assert "Cannot say" in page
    assert "Missing, and it would change the answer" in page


@pytest.mark.parametrize(
    ("change", "box", "said"),
    [
        ({"age_years": "300"}, "fact-age-years", "must lie in [0, 120]"),
        ({"age_years": "sixty"}, "fact-age-years", "must be a number"),
        ({"platelets.unit": ""}, "fact-platelets", "has no unit"),
        ({"side": ""}, "fact-side", "The side is missing"),
        ({"grading": "pfirrmann|III"}, "fact-grading", "does not fit"),
        ({"sex": "male", "pregnant": "yes"}, "fact-pregnant", "Contradicts sex"),
        ({"country": "ATLANTIS"}, "fact-country", "not known"),
        ({"drugs[0].last_dose": (timezone.localdate() + timedelta(days=3)).isoformat()},
         "fact-drugs-0-last-dose", "lies after today"),
        ({"drugs[0].last_dose": "yesterday"}, "fact-drugs-0-last-dose", "is no date"),
        ({"red_flags": ["none", "fever"]}, "fact-red-flags", "Unknown word 'none'"),
        ({"infection": "a little"}, "fact-infection", "Unknown word"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_refused_beside_its_box(
    anyone: Client, change: dict[str, object], box: str, said: str
) -> None:
    page = sent(anyone, FACTS | change, status=422)
    assert f'href="#{box}-box"' in page
    after = page.split(f'id="{box}-box"', 1)[1]
    assert said in re.split(r'class="ask ', after)[0].replace("&#x27;", "'")


def test_all_faults_are_told_together_and_what_was_typed_stays(anyone: Client) -> None:
    page = sent(anyone, FACTS | {"age_years": "300", "side": "", "platelets.unit": ""}, status=422)
    assert page.count("#fact-") >= 3
    assert 'value="300"' in page
    assert 'value="aspirin"' in page


def test_one_more_row_keeps_what_was_typed(anyone: Client) -> None:
    page = sent(anyone, FACTS | {"drugs.rows": "2"})
    assert 'name="drugs[2].name"' in page
    assert 'value="aspirin"' in page


def test_an_unknown_condition_or_injection_is_named(anyone: Client) -> None:
    answer = anyone.get("/consult/facts/", {"condition": "knee-arthrosis", "intervention": "snake-oil"})
    assert answer.status_code == 422
    assert b"knee-arthrosis" in answer.content
    assert b"snake-oil" in answer.content


def test_the_page_escapes_what_was_typed(anyone: Client) -> None:
    page = sent(anyone, FACTS | {"drugs[0].name": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ((0, 2), "days 0–2, week 1"),
        ((3, 14), "days 3–14, weeks 1–2"),
        ((15, 41), "days 15–41, weeks 3–6"),
        ((8, 14), "days 8–14, week 2"),
    ],
)
def test_a_phase_is_told_in_days_and_weeks(days: tuple[int, int], span: str) -> None:
    """The seventh day ends the first week; the fifteenth begins the third."""
    assert phase_span(days) == span


def test_a_document_survives_the_boxes_and_back() -> None:
    document = {
        "condition": "rotator-cuff-partial-tear", "intervention": "prp", "side": "right",
        "tear": {"depth": "partial", "size_mm": 8.0, "retracted": False},
        "grading": {"system": "ellman", "grade": "2"}, "platelets": "210 10^9/L", "age_years": 54.0,
        "drugs": [{"name": "diclofenac", "last_dose": "2026-11-20"}], "prior_surgery": [],
        "allergies": ["contrast"], "red_flags": [], "smoker": False,
    }  # fmt: skip
    groups = groups_for("rotator-cuff-partial-tear", "prp")
    assert document_of(given_of(document), groups) == document
    assert set(ROWS) == {"drugs", "prior_injections", "prior_surgery"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"height_cm": "-1"}, "Impossible value -1"),
        ({"instrument": "=1+1"}, "is not offered"),
        ({"drugs[0].name": "a\x00b"}, "a sign that cannot be seen"),
        ({"drugs[0].name": "x" * 301}, "301 signs are too many"),
        ({"drugs[0].last_dose": "0001-01-01"}, "before anybody now treated was born"),
        ({"drugs.none": "yes"}, "&#x27;None&#x27; is ticked, and there are entries"),
        ({"haemoglobin.unit": "per litre"}, "is no unit of it"),
        ({"side": ["left", "right"]}, "Is given 2 times"),
    ],
)
def test_nothing_that_was_typed_is_left_out_without_a_word(
    anyone: Client, wrong: dict[str, object], said: str
) -> None:
    assert said in sent(anyone, FACTS | wrong, 422)
