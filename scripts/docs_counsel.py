"""Writes docs/reference/decision-aids.md from the counsel data; ``--check`` only compares."""

import sys
from datetime import date
from pathlib import Path

from written_pages import write_or_check

from enthesis import catalogue
from enthesis.catalogue.counsel_loader import load_counsel
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel import CounselKnowledge, decision_aid, readability
from enthesis.domain.counsel.document import texts_of
from enthesis.domain.counsel.knowledge import FactKind
from enthesis.domain.evidence import Evidence, build

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "decision-aids.md"
MEASURED = (("knee-osteoarthritis", "prp"), ("discogenic-low-back-pain", "bmac"))
DAY = date(2026, 11, 22)
MEASURE = """\
Measured on the aids of PRP for knee osteoarthritis and of marrow concentrate for discogenic low back pain.
A long word has seven letters or more in English, five or more in Hindi and Bengali, where a letter carries
its vowel. A test holds English at grade 8 or below, and Hindi and Bengali at fifteen words a sentence,
which is a house limit and no checked scale.
"""
STANDARDS = """\
Criteria of the International Patient Decision Aid Standards in our words (Joseph-Williams 2014,
doi:10.1177/0272989X13501721). The wording of the quality criteria was recalled, not compared with the
paper. A test holds the twelve qualifying and certifying criteria that apply against the aid of every topic
in every language; an aid that does not meet another criterion says no, whatever stands here.
"""
HEAD = """\
# Decision aids and consents

<!-- Made by scripts/docs_counsel.py. Do not edit by hand. -->

How to make one: [make a decision aid](../how-to/make-a-decision-aid.md). What is shown and why:
[what a decision aid shows](../explanation/what-a-decision-aid-shows.md).
"""


def page() -> str:
    """The page as it should be."""
    knowledge = load_counsel()
    parts = (_languages(knowledge), _standards(knowledge), _facts(knowledge), _consent(knowledge))
    return "\n".join((HEAD, *parts))


def _table(heads: str, rows: list[str]) -> str:
    rule = "|" + "---|" * (heads.count("|") - 1)
    return "\n".join((heads, rule, *rows)) + "\n"


def _languages(k: CounselKnowledge) -> str:
    shipped = catalogue.load()
    held = build(shipped.studies, shipped.reviews, shipped.vocabulary, load_evidence_rules())
    rows = []
    for code, language in k.languages.items():
        m = readability([text for topic in MEASURED for text in _texts(k, held, topic, code)], code)
        grade = f"{m.grade:.0f}" if m.grade is not None else "no checked scale"
        cells = (language.english_name, language.translation, language.digits)
        counts = (f"{m.words_per_sentence:.0f}", f"{m.long_percent:.0f} %", grade)
        rows.append(_row(*cells, *counts))
    heads = "| language | translation | digits | words in a sentence | long words | Flesch-Kincaid grade |"
    return f"## Languages\n\n{_table(heads, rows)}\n{MEASURE}"


def _texts(k: CounselKnowledge, held: Evidence, topic: tuple[str, str], code: str) -> list[str]:
    aid = decision_aid(held.topic(*topic), held, k, code, made_on=DAY, evidence_state="")
    return [said.text for said in texts_of(aid.sections) if said.language == code]


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _standards(k: CounselKnowledge) -> str:
    texts = k.languages["en"].messages
    rows = [_row(c.id, c.group, texts[f"criteria.{c.id}"], c.standing, texts[c.where]) for c in k.criteria]
    return f"## Standards\n\n{STANDARDS}\n{_table('| id | group | asks | met | where, or why not |', rows)}"


def _facts(k: CounselKnowledge) -> str:
    texts = k.languages["en"].messages
    rows = []
    for f in k.facts:
        said = str(texts[f.text])
        for name, value in f.values.items():
            said = said.replace(f"{{{name}}}", str(value))
        known = f.kind is not FactKind.UNKNOWN_HARM
        rows.append(_row(f.id, said, f"[{f.source}]({f.url})" if known else "none: said as unknown"))
    about = "Everything else in an aid comes from the studies of the catalogue.\n"
    head = "## Facts that no trial of the catalogue carries"
    return f"{head}\n\n{about}\n{_table('| id | says | source |', rows)}"


def _consent(k: CounselKnowledge) -> str:
    texts = k.languages["en"].messages
    rows = []
    for p in k.purposes:
        key = f"consent.purpose.{p.id}"
        needed = "yes" if p.needed_for_treatment else "no"
        rows.append(_row(p.id, texts[f"{key}.means"], texts[f"{key}.withdraw"], needed))
    laws = []
    for law in k.laws:
        checked = "yes" if law.verified else "no"
        laws.append(_row(law.country, f"{law.law}, {law.provision}", law.says, checked, law.url))
    purposes = _table("| purpose | means | taking it back | treatment depends on it |", rows)
    lines = _table("| where | law | says, in our words | checked by a lawyer | read at |", laws)
    named = "Named for the clinic; no legal advice."
    return f"## Purposes of consent\n\n{purposes}\n## Lines of law\n\n{named}\n\n{lines}"


if __name__ == "__main__":
    sys.exit(write_or_check({PAGE: page()}, __file__))
