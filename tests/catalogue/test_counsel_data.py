"""The words, options, facts, standards and purposes of counsel, as they ship."""

import re
from pathlib import Path

import pytest
import yaml

from enthesis import catalogue
from enthesis.catalogue.consents_loader import load_permissions
from enthesis.catalogue.counsel_loader import COUNSEL_FOLDER, LANGUAGES, load_counsel, read_counsel
from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel.knowledge import FactKind
from enthesis.domain.counsel.wording import Translation
from enthesis.domain.selection import LegalStatus
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass
from enthesis.errors import InvalidData

# Only English has a school grade.
ONLY_ENGLISH = {"readability.en"}
SLOT = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def knowledge():
    return load_counsel()


@pytest.fixture(scope="module")
def words():
    return catalogue.load().vocabulary


def forms(message):
    return [message] if isinstance(message, str) else list(message.values())


def slots(message):
    return {slot for text in forms(message) for slot in SLOT.findall(text)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_text_with_the_same_slots(knowledge, code):
    english, other = knowledge.languages["en"].messages, knowledge.languages[code].messages
    assert set(english) - set(other) <= ONLY_ENGLISH
    assert set(other) <= set(english)
    differ = {key for key in other if slots(other[key]) != slots(english[key])}
    assert not differ
    assert not {key for key in other if isinstance(other[key], str) != isinstance(english[key], str)}


def test_bengali_texts_write_no_latin_digit(knowledge):
    texts = knowledge.languages["bn"].messages
    assert not {key for key, m in texts.items() for text in forms(m) if re.search(r"[0-9]", text)}


def test_translations_are_written_in_their_own_script(knowledge):
    for code, letters in (("hi", r"[\u0900-\u097f]"), ("bn", r"[\u0980-\u09ff]")):
        texts = knowledge.languages[code].messages
        assert not {
            k for k, m in texts.items() for t in forms(m) if SLOT.sub("", t) and not re.search(letters, t)
        }


def test_only_english_claims_to_be_more_than_a_machine_translation(knowledge):
    found = {code: held.translation for code, held in knowledge.languages.items()}
    assert found == {"en": Translation.ORIGINAL, "hi": Translation.MACHINE, "bn": Translation.MACHINE}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_condition_injection_class_and_span_of_the_catalogue_has_a_name(knowledge, words, code):
    texts = knowledge.languages[code].messages
    wanted = [f"condition.{c}" for c in words.conditions]
    wanted += [f"treatment.{i}" for i in load_evidence_rules().interventions()]
    wanted += [f"against.{c}" for c in ComparatorClass] + [f"outcome.{o}" for o in words.outcomes]
    wanted += [f"time.{h.lo}" for h in HORIZONS] + [f"rules.status.{s}" for s in LegalStatus]
    wanted += [f"country.{c}" for c in load_regulations()]
    assert not [key for key in wanted if key not in texts]


def test_every_product_of_the_map_is_an_option_and_options_reach_known_words(knowledge, words):
    assert {o.intervention for o in knowledge.options if o.intervention} == set(
        load_evidence_rules().interventions()
    )
    families = {c.family for c in words.conditions.values()}
    regions = {c.region for c in words.conditions.values()}
    for reach in [o.reach for o in knowledge.options] + [f.reach for f in knowledge.facts]:
        assert set(reach.families) <= families
        assert set(reach.regions) <= regions
        assert set(reach.conditions) <= set(words.conditions)
        assert set(reach.interventions) <= set(words.interventions)


def test_every_fact_fills_its_text_and_names_a_page_unless_it_is_unknown(knowledge):
    texts = knowledge.languages["en"].messages
    for fact in knowledge.facts:
        assert slots(texts[fact.text]) == set(fact.values), fact.id
        if fact.kind is FactKind.UNKNOWN_HARM:
            assert not fact.values
            assert not fact.url
        else:
            assert fact.source
            assert fact.url
            assert fact.checked


def test_the_spine_has_its_disc_infection_with_a_count_and_a_source(knowledge, words):
    disc = words.conditions["discogenic-low-back-pain"]
    told = [
        f for f in knowledge.facts
        if f.kind is FactKind.HARM and f.reach.covers("discogenic-low-back-pain", disc, "prp")
    ]  # fmt: skip
    assert {(f.values["events"], f.values["people"]) for f in told} >= {(12, 4891), (1, 194)}


def test_the_standards_are_the_six_and_ten_of_the_paper_and_say_where(knowledge):
    groups = [c.group for c in knowledge.criteria]
    assert (groups.count("qualifying"), groups.count("certifying")) == (6, 10)
    texts = knowledge.languages["en"].messages
    assert all(c.where in texts and f"criteria.{c.id}" in texts for c in knowledge.criteria)


def test_what_was_never_tested_with_people_is_not_called_met(knowledge):
    standing = {c.id: c.standing for c in knowledge.criteria}
    assert {standing[name] for name in ("K12", "K14", "K15", "K16", "K17", "K22", "K23")} == {"not-met"}


def test_purposes_are_those_the_registry_keeps_and_only_care_is_needed(knowledge):
    (form,) = [f for f in load_permissions()["standard"].forms if f.id == "patient-consent"]
    assert [p.id for p in knowledge.purposes] == [str(p) for p in form.purposes]
    assert [p.id for p in knowledge.purposes if p.needed_for_treatment] == ["care"]
    assert set(form.languages) == set(knowledge.languages)
    assert knowledge.consent_version == form.version


def test_no_line_of_law_claims_to_be_checked_by_a_lawyer(knowledge):
    assert {law.country for law in knowledge.laws} == {"IN", "EU"}
    assert not any(law.verified for law in knowledge.laws)


def copied(folder: Path) -> Path:
    for file in COUNSEL_FOLDER.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_a_translation_called_reviewed_must_name_who_reviewed_it(tmp_path):
    file = copied(tmp_path) / "hi.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("translation: machine", "translation: reviewed"), encoding="utf-8")
    with pytest.raises(InvalidData, match="reviewed_by"):
        read_counsel(tmp_path)


def test_every_broken_file_is_named_at_once(tmp_path):
    copied(tmp_path)
    for name in ("options", "facts"):
        file = tmp_path / f"{name}.yaml"
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        document[name][0]["colour"] = "red"
        file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InvalidData, match="colour") as caught:
        read_counsel(tmp_path)
    assert {f.where.split(",")[0].split(":")[0] for f in caught.value.faults} >= {"counsel/options.yaml"}
    assert any("facts.yaml" in f.where for f in caught.value.faults)
