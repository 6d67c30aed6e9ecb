#!/usr/bin/env python3
"""Writes docs/reference/selection from rules, regulation, plans, medicines and the vignettes of the tests.

python scripts/docs_selection.py            writes the pages
python scripts/docs_selection.py --check    fails when one of them is not current
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from spec_tables import SPEC, flow
from written_pages import table, write_or_check

from enthesis.catalogue.selection_loader import load_selection
from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.domain.selection import FACETS, Rule, known_fields
from enthesis.domain.selection.logic import AllOf, AnyOf, Comparison, Condition, Not
from enthesis.domain.selection.sources import Source

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference" / "selection"
RULES = ROOT / "src" / "enthesis" / "catalogue" / "selection" / "rules"
MADE = "<!-- Made by scripts/docs_selection.py. Do not edit by hand. -->\n"
KNOWLEDGE = load_selection()
ORDER = ("field-table", "against", "contraindications", "factors", "alternatives")


def main() -> int:
    """Write or check every page."""
    return write_or_check({PAGES / name: text for name, text in pages().items()}, __file__)


def pages() -> dict[str, str]:
    """Text of every page by file name."""
    made = {
        "README.md": readme(),
        "rules.md": rules(),
        "vignettes.md": vignettes(),
        "facts.md": facts(),
        "medicines.md": medicines(),
        "regulation.md": regulation(),
        "plans.md": plans(),
    }
    return {name: MADE + "\n" + "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


def readme() -> Iterator[str]:
    """The first page: how a scenario comes about."""
    count, unverified = len(KNOWLEDGE.rules), sum(not r.source.is_verified for r in KNOWLEDGE.rules)
    unsigned = sum(not r.checked_by for r in KNOWLEDGE.rules)
    yield "# Candidacy: who may benefit, who must not have it\n"
    yield (
        "The scenario is the most cautious of four things: what the field's table says of such patients, "
        "every contraindication and limit that applies, what the law leaves, and what the evidence leaves. "
        "Nothing is summed and there is no score. Where a fact is unknown on which an absolute "
        "contraindication or the table turns, the answer is `cannot say`, with the facts that are missing; "
        "what is seen rather than asked, or asked later, does not keep the answer back.\n"
    )
    state = f"{unverified} are unverified and only inform; {unsigned} await a clinician's signature"
    yield f"{count} rules; {state}.\n"
    for name, what in (
        ("rules", "every rule with its reason, source and strength"),
        ("vignettes", "patients on both sides of every rule, as tested"),
        ("facts", "the fields of a facts file, and what rules may ask"),
        ("medicines", "holds, and who decides about blood thinners"),
        ("regulation", "what sources say of each product in each country"),
        ("plans", "rehabilitation templates by region and day"),
    ):
        yield f"- [{name.capitalize()}]({name}.md): {what}"
    yield ""
    yield "## The evidence ceiling\n"
    yield f"{KNOWLEDGE.ceiling.why.strip()}\n"
    yield from table(
        ("Verdict against placebo", "Certainty", "At most"),
        (
            (s.verdict.value, ", ".join(level.word for level in s.levels), s.at_most.value)
            for s in KNOWLEDGE.ceiling.steps
        ),
    )
    yield f"| no placebo-controlled figures |  | {KNOWLEDGE.ceiling.without_placebo.value} |\n"
    yield f"Source: {KNOWLEDGE.ceiling.source}.\n"
    yield "## Stages\n"
    yield "Rules speak of stages; readers grade by systems. The assignment is a convention of Enthesis.\n"
    yield from table(
        ("System", "Stage by grade"),
        (
            (name, ", ".join(f"{g}: {s}" for g, s in grades.items()))
            for name, grades in KNOWLEDGE.stages.items()
        ),
    )


def rules() -> Iterator[str]:
    """Every rule, file by file."""
    yield "# Rules of candidacy\n"
    by_id = {rule.id: rule for rule in KNOWLEDGE.rules}
    for name in ORDER:
        doc = read_yaml((RULES / f"{name}.yaml").read_bytes()).value
        yield f"## {doc['title']}\n"
        yield f"{doc['about'].strip()}\n"
        for fields in doc["rules"]:
            yield from _rule(by_id[fields["id"]])


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    leaves = f", leaves at most *{rule.limit.value}*" if rule.limit else ""
    says = f": *{rule.scenario.value}*" if rule.scenario and not rule.limit else ""
    factor = f": {rule.topic}, {rule.direction}" if rule.direction else ""
    yield f"{rule.text}\n"
    yield f"- {rule.consequence.value}{says}{factor}{leaves}"
    yield f"- when {condition_words(rule.when)}"
    if not rule.blocks_when_unknown:
        yield "- while its fact is unknown the answer is not kept back"
    yield f"- why: {rule.why}"
    yield f"- source: {_source(rule.source)}"
    signed = rule.checked_by or "nobody yet"
    yield f"- from {rule.valid_from}, next review {rule.next_review}, signed by {signed}\n"


def _source(source: Source) -> str:
    if not source.is_verified:
        return "**unverified**; informs and never decides"
    link = f"[{source.title}]({source.reference})" if source.url or source.doi else source.title
    return f"{link} ({source.kind.value}, {source.strength.value})"


def condition_words(condition: Condition) -> str:
    """A condition as a person reads it."""
    match condition:
        case Comparison():
            return _comparison_words(condition)
        case Not():
            return f"not ({condition_words(condition.part)})"
        case AllOf():
            return " and ".join(map(condition_words, condition.parts)) or "always"
        case AnyOf():
            return "(" + " or ".join(map(condition_words, condition.parts)) + ")"


def _comparison_words(c: Comparison) -> str:
    facet = FACETS[c.fact]
    if isinstance(c.against, frozenset):
        if facet.kind == "flag":
            return f"{facet.label}: {'yes' if True in c.against else 'no'}"
        return f"{facet.label} {c.relation} {' or '.join(sorted(c.against))}"
    return f"{facet.label} {c.relation.replace('_', ' ')} {c.against:g} {facet.unit}".rstrip()


def vignettes() -> Iterator[str]:
    """The tables of the tests."""
    yield "# Vignettes\n"
    yield "What the tests hold the rules to. Each patient begins as one below and differs as told.\n"
    for name in ("scenario-table", "limits", "contraindications", "law", "refused"):
        sheet = _sheet(name)
        yield f"## {sheet['title']}\n"
        yield f"{sheet['about'].strip()}\n"
        yield from table(*_vignette_table(sheet))
        yield ""
    patients = _sheet("patients")
    yield f"## {patients['title']}\n"
    yield f"{patients['about'].strip()}\n"
    rows = [(name, flow(facts)) for name, facts in patients["patients"].items()]
    yield from table(("Patient", "Facts"), [*rows, ("all of them", flow(patients["all_of_them"]))])


def _vignette_table(sheet: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    differs = [
        (row["say"], row["patient"], flow(row["with"]) if "with" in row else "") for row in sheet["rows"]
    ]
    if sheet["kind"] == "refused":
        told = [(*d, f"`{row['refused']}`") for d, row in zip(differs, sheet["rows"], strict=True)]
        return ("Case", "Patient", "Differs", "Refused, because"), told
    if sheet["kind"] == "law":
        told = [(*d, row["scenario"], row["status"]) for d, row in zip(differs, sheet["rows"], strict=True)]
        return ("Case", "Patient", "Differs", "Scenario", "Status"), told
    told = [
        (*d, row["scenario"], ", ".join(row["applies"]), row["source"])
        for d, row in zip(differs, sheet["rows"], strict=True)
    ]
    return ("Case", "Patient", "Differs", "Candidacy", "Rules that apply", "Source"), told


def _sheet(name: str) -> dict[str, Any]:
    return yaml.safe_load((SPEC / "selection" / f"{name}.yaml").read_text(encoding="utf-8"))


def facts() -> Iterator[str]:
    """Fields of a facts file, and the facts that rules may ask about."""
    yield "# Facts\n"
    yield (
        "A field that is absent is not known: it is named in the answer and never filled in. An empty list "
        "says that there is none. `enthesis consult --template` prints a file to fill.\n"
    )
    yield from table(("Field", "Holds"), ((f"`{f.path}`", f.holds) for f in known_fields()))
    yield "\n## What rules may ask\n"
    heads = ("Fact", "Meaning", "Kind", "From field", "Unit")
    yield from table(
        heads, ((f"`{x.name}`", x.label, x.kind, f"`{x.given}`", x.unit) for x in FACETS.values())
    )


def medicines() -> Iterator[str]:
    """Every rule about a medicine."""
    yield "# Medicines before an injection\n"
    yield (
        "No rule stops an anticoagulant, an antiplatelet or a corticosteroid, and none can be written: the "
        "value refuses it. Such a question goes to the prescriber.\n"
    )
    heads = ("Medicine", "Class", "When", "Hold", "Advice", "Basis", "Source")
    yield from table(
        heads,
        (
            (
                ", ".join(d.names), d.drug_class, condition_words(d.when),
                "prescriber" if d.hold_hours is None else f"{d.hold_hours:g} h", d.advice, d.basis,
                _source(d.source),
            )
            for d in KNOWLEDGE.drugs
        ),
    )  # fmt: skip


def regulation() -> Iterator[str]:
    """What was read about each country."""
    yield "# Regulation\n"
    yield "What the pages read say, with the day. No legal advice; unclear is called unclear.\n"
    for r in KNOWLEDGE.regulations.values():
        yield f"## {r.country} ({r.code})\n"
        yield f"{r.says}\n"
        dates = f"{r.year}; read {r.read_on}, again by {r.next_review}"
        yield f"[{r.instrument}]({r.url}), {r.authority}, {dates}.\n"
        for entry in r.also:
            yield f"- [{entry['instrument']}]({entry['url']}) ({entry['year']}): {entry['says']}"
        if r.also:
            yield ""
        heads = ("Injection", "Condition", "Status", "Note")
        yield from table(
            heads,
            (
                (", ".join(p.interventions), ", ".join(p.conditions) or "any", p.status.value, p.note)
                for p in r.products
            ),
        )
        silent = f"the law of {r.member_of}" if r.member_of else "not stated"
        yield f"\nAnything else: {silent}.\n"


def plans() -> Iterator[str]:
    """Every template."""
    yield "# Rehabilitation plans\n"
    yield "Templates that a clinician edits and signs. What was not found at a source is marked.\n"
    for plan in KNOWLEDGE.plans:
        yield f"## {plan.title}\n"
        yield f"For {', '.join(plan.conditions)}. Signed by {plan.signed_by or 'nobody yet'}.\n"
        heads = ("Days", "Aim", "Do", "Avoid", "Load", "Source")
        yield from table(
            heads,
            (
                (f"{p.from_day}–{p.to_day}", p.goal, p.do, p.avoid, p.load_rule, _source(p.source))
                for p in plan.phases
            ),
        )
        yield ""
        for a in plan.advice:
            yield f"- {a.topic}, {condition_words(a.when)}: {a.text} {_source(a.source)}"
        yield f"- call at once for: {', '.join(plan.red_flags)}. {_source(plan.red_flags_source)}"
        yield from (f"- {note}" for note in plan.notes)
        yield ""


if __name__ == "__main__":
    sys.exit(main())
