"""Files that decide beside the reports: read strictly, checked, and part of what a catalogue is."""

import shutil
import subprocess

import pytest

from enthesis.catalogue import check, load
from enthesis.catalogue.claims_loader import load_claims, read_claims
from enthesis.catalogue.edition import read_edition
from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.revisions import catalogue_at
from enthesis.catalogue.rules_loader import load_evidence_rules, read_rules
from enthesis.errors import InvalidData, NotAllowed, NotFound

STUDIES = ("bennell-2021", "kearney-2021", "de-vos-2010", "de-jonge-2011")


@pytest.fixture
def root(tmp_path):
    """A small copy of the shipped catalogue with the files that decide."""
    for kind, names in (("studies", STUDIES), ("reviews", ("xu-2026",))):
        (tmp_path / kind).mkdir()
        for name in names:
            shutil.copy(SHIPPED / kind / f"{name}.yaml", tmp_path / kind)
    for name in ("vocabulary.yaml", "overrides.yaml"):
        shutil.copy(SHIPPED / name, tmp_path)
    (tmp_path / "rules").mkdir()
    shutil.copy(SHIPPED / "rules" / "evidence.yaml", tmp_path / "rules")
    assessments = tmp_path / "risk_of_bias" / "assessments"
    assessments.mkdir(parents=True)
    shutil.copy(SHIPPED / "risk_of_bias" / "assessments" / "de-vos-2010-visa-a.yaml", assessments)
    return tmp_path


def told(root):
    return [str(finding) for finding in check(root).errors]


def change(root, old, new, file):
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


ASSESSMENT = "risk_of_bias/assessments/de-vos-2010-visa-a.yaml"


def test_a_sound_catalogue_has_no_fault(root):
    assert told(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ASSESSMENT, "weeks: 24", "weeks: 25", "has no row"),
        (ASSESSMENT, "'3.1': 'Y'", "'3.1': 'N'", "it has no answer"),
        (ASSESSMENT, "study: de-vos-2010", "study: de-vos-2011", "de-vos-2011"),
        (ASSESSMENT, "date: '2026-11-22'", "date: 2026-11-22", "read as a date"),
        ("overrides.yaml", "[]", "- {condition: knee-osteoarthritis}", "'reason' is missing"),
        ("overrides.yaml", "[]", "a: 1", "no list"),
        ("rules/evidence.yaml", "version: '2026-11-22'", "version: 2026-11-22", "read as a date"),
        ("rules/evidence.yaml", "little_share:", "little_shore:", "little_share"),
    ],
)
def test_a_slip_in_a_file_that_decides_is_told_with_its_place(root, file, old, new, said):
    change(root, old, new, file)
    assert any(said in line for line in told(root)), told(root)


def test_the_content_hash_covers_decisions_and_assessments(root):
    before = load(root, use_cache=False).content_hash
    change(root, "'3.1': 'Y'", "'3.1': PY", ASSESSMENT)
    assessed = load(root, use_cache=False).content_hash
    change(root, "[]", "[]  # looked at again", "overrides.yaml")
    assert len({before, assessed, load(root, use_cache=False).content_hash}) == 3


def test_claims_with_unknown_words_are_told(root):
    ask = "{condition: gout, intervention: prp}"
    text = f"- {{id: a, group: G, text: T., said_by: [nobody-1999], asks: [{ask}]}}\n"
    (root / "claims.yaml").write_text(text, encoding="utf-8")
    found = " ".join(told(root))
    assert "there is no review 'nobody-1999'" in found
    assert "there is no condition 'gout'" in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1", "no list"),
        ("- {id: a}", "'asks' is missing"),
        ("- {id: a, group: G, text: T., said_by: [], asks: [], more: 1}", "Unknown field 'more'"),
        ("- {id: a, group: G, text: T., said_by: [], asks: [{comparator: water}]}", "comparator is 'water'"),
        ("- {id: a, group: G, text: T., said_by: [], asks: []}\n" * 2, "stands twice"),
    ],
)
def test_a_faulty_claim_is_refused(text, said):
    with pytest.raises(InvalidData, match=said):
        read_claims(text.encode())


def test_what_ships_is_read_strictly():
    assert load_claims()
    raw = (SHIPPED / "rules" / "evidence.yaml").read_bytes()
    assert read_rules(raw) == load_evidence_rules()


def test_a_folder_of_studies_alone_is_enough_for_a_state(root):
    held = read_edition(root / "studies")
    assert set(held.studies) == set(STUDIES)
    assert {a.study for a in held.assessments} <= set(STUDIES)
    assert held.evidence().topic("achilles-tendinopathy", "prp").answers


def test_a_whole_folder_brings_its_own_assessments(root):
    assert [a.study for a in read_edition(root).assessments] == ["de-vos-2010"]


def test_a_state_without_a_study_refuses_a_name_it_does_not_hold(root):
    with pytest.raises(NotFound, match=r"kearny-2021.*kearney-2021"):
        read_edition(root).without(frozenset({"kearny-2021"}))


@pytest.fixture
def checkout(root):
    def git(*words):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", root, *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "First")
    (root / "studies" / "kearney-2021.yaml").unlink()
    git("commit", "-q", "-a", "-m", "Second")
    return root


def test_a_revision_gives_the_catalogue_as_it_stood(checkout):
    with catalogue_at("HEAD~1", checkout) as folder:
        assert set(read_edition(folder).studies) == set(STUDIES)
    assert set(read_edition(checkout).studies) == set(STUDIES) - {"kearney-2021"}


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x"])
def test_what_is_no_revision_is_refused(checkout, revision):
    with pytest.raises(InvalidData, match=revision), catalogue_at(revision, checkout):
        pass


def test_outside_a_checkout_there_are_no_revisions(root):
    with pytest.raises(NotAllowed, match="no git checkout"), catalogue_at("HEAD", root):
        pass
