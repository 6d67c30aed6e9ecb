#!/usr/bin/env python3
"""Writes docs/reference/products from the rules, the records and the specification tables.

python scripts/docs_products.py            writes the pages
python scripts/docs_products.py --check    fails when one of them is not current
"""

import inspect
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from spec_tables import spec_table
from written_pages import table, write_or_check

from enthesis.catalogue.product_rules import PRODUCT_FOLDER, load_product_rules
from enthesis.domain.products import ProductKind, formulas, product_report, read_product
from enthesis.domain.products.answers import PLATELET_KEYS
from enthesis.domain.products.classes import Choice, Classification, Combination, Ladder, Rung
from enthesis.domain.products.intake import known_fields
from enthesis.domain.products.reporting import Checklist

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference" / "products"
MADE = "<!-- Made by scripts/docs_products.py. Do not edit by hand. -->\n"
RULES = load_product_rules()
# Dejnek 2022, doi:10.5312/wjo.v13.i6.587, tables 1 to 3, Mini GPS III.
EXAMPLE = """\
whole_blood: {platelets: 240.67, leukocytes: 6.49, neutrophils: 3.79, erythrocytes: 4.97, volume: 27 mL,
  anticoagulant_volume: 3 mL, counted: before-anticoagulant}
product: {platelets: 1212.67 G/L, leukocytes: 34.19, neutrophils: 16.71, erythrocytes: 1.49,
  volume_prepared: 3 mL, volume_injected: 3 mL}
preparation: {device: Mini GPS III, anticoagulant: ACD-A, spins: 1, minutes: 15}
activation: {agent: none}
"""


def main() -> int:
    """Write or check every page."""
    return write_or_check({PAGES / name: text for name, text in pages().items()}, __file__)


def pages() -> dict[str, str]:
    """Text of every page by file name."""
    made = {
        "README.md": index_page(),
        "record.md": record_page(),
        "units.md": page("Units", units()),
        "measures.md": page("Dose, fold, recovery, purity", measures()),
        "classifications.md": page("Classifications", classifications()),
        "leukocytes.md": page("Leukocyte rich and poor", spec_table("products/leukocytes")),
        "plausibility.md": page("Plausibility", plausibility()),
        "reporting.md": page("Reporting completeness", reporting()),
        "cells.md": page("Cell products", cells()),
        "contract.md": page("The answer", contract()),
        "switched-off.md": page("What stays switched off", switched_off()),
    }
    return {name: text.rstrip() + "\n" for name, text in made.items()}


def page(title: str, lines: Iterable[str]) -> str:
    """A page with its title and the mark of its maker."""
    return "\n".join([f"# {title}\n", MADE, *lines])


def index_page() -> str:
    """What is here, and which systems are in use."""
    return page(
        "Products",
        [
            "What is in the syringe: how it is recorded, and everything that follows from the record.\n",
            "- [The record](record.md): every field with its unit",
            "- [Units](units.md): how counts, volumes and spins are read",
            "- [Dose, fold, recovery, purity](measures.md): the formulas",
            f"- [Classifications](classifications.md): {', '.join(s.name for s in RULES.in_use)}",
            "- [Leukocyte rich and poor](leukocytes.md): one label for each definition",
            "- [Plausibility](plausibility.md): what is refused, what is doubted, and why",
            "- [Reporting completeness](reporting.md): the checklists",
            "- [Cell products](cells.md): what they may be called",
            "- [The answer](contract.md): the keys of `enthesis product FILE --json`",
            "- [What stays switched off](switched-off.md): rules that were not found\n",
            "The tables are the tests: every row of them is checked each time the tests run "
            "(`tests/spec/products`).",
        ],
    )


def record_page() -> str:
    """Every field of every kind of record."""
    lines = ["A record is YAML or JSON. `kind` says what it is; without it, it is `prp`.\n"]
    seen: dict[tuple[Any, ...], list[str]] = {}
    for kind in ProductKind:
        seen.setdefault(known_fields(kind), []).append(kind.value)
    for fields, kinds in seen.items():
        lines += [
            f"## {', '.join(kinds)}\n",
            *table(("Field", "Holds"), ((f"`{f.path}`", f.holds) for f in fields)),
            "",
        ]
    lines += [
        "## Spins\n",
        "Either a list, `spins: [{g_force: 200, minutes: 10}, {rpm: 2000, radius_cm: 10, minutes: 15}]`,",
        "or a number beside one value for each spin, `spins: 2`, `g_force: [200, 400]`, `minutes: [10, 15]`.",
        "Turns per minute need the radius. Each group of the list may hold `temperature`.",
    ]
    return page("The record", lines)


def units() -> Iterator[str]:
    """How texts with units are read."""
    yield from spec_table("products/units")
    yield from spec_table("products/volumes")
    yield from spec_table("products/centrifuge")


def measures() -> Iterator[str]:
    """The formulas as their docstrings say them, then their table."""
    for name in formulas.__all__:
        function = getattr(formulas, name)
        if inspect.isfunction(function):
            body = inspect.getsource(function).rsplit("return ", 1)[1].strip()
            yield f"- **{name}** = `{body}`  "
            yield f"  {' '.join(inspect.cleandoc(function.__doc__ or '').split())}"
    yield ""
    yield from spec_table("products/measures")
    yield from spec_table("products/amounts")


def classifications() -> Iterator[str]:
    """Every system in use: its rule, its sources and its table."""
    for system in RULES.in_use:
        yield f"## {system.name}\n"
        yield from rule(system)
        yield from spec_table(f"products/{system.id.rsplit('-', 1)[0]}", heading="###")


def rule(system: Classification) -> Iterator[str]:
    """The rule of one system as text and tables."""
    yield f"Written `{system.template}`, for instance: {system.example}.\n"
    for part in system.parts:
        yield f"**{part.id}**: {part.label}\n"
        if isinstance(part, Ladder):
            yield from table(
                ("Code", "Meaning", "Bound"), ((f"`{r.code}`", r.label, bound(r)) for r in part.rungs)
            )
        elif isinstance(part, Choice):
            yield from table(("Recorded", "Code"), choices(part))
        elif isinstance(part, Combination):
            rows = ((key.replace("+", ", "), f"`{code}`") for key, code in part.table.items())
            yield from table((", ".join(part.of), "Code"), rows)
        yield ""
    if system.needs:
        yield f"No code is given without {', '.join(system.needs)}.\n"
    yield from (f"- Dispute: {dispute}" for dispute in system.disputes)
    yield from sources(system)


def bound(rung: Rung) -> str:
    """Upper bound of a rung in words."""
    if rung.up_to_blood:
        return "up to the count of blood"
    if rung.up_to is not None:
        return f"up to {rung.up_to:g}"
    return f"below {rung.below:g}" if rung.below is not None else "everything above"


def choices(part: Choice) -> Iterator[tuple[str, str]]:
    """Options of a choice, and what stands for nothing recorded."""
    if part.verbatim:
        yield "any agent", "the agent itself"
    yield from ((fact, f"`{code}`" if code else "nothing is written") for fact, code in part.options.items())
    yield "not recorded", f"`{part.otherwise}`" if part.otherwise else "the part is not measured"


def sources(system: Classification) -> Iterator[str]:
    """Where a rule was read, and when it is looked at again."""
    if system.doi:
        yield f"- Original paper: doi:{system.doi}"
    yield from (f"- Read: {source.url}: {source.read}" for source in system.sources)
    yield f"- Reviewed {system.reviewed}, next review {system.next_review}\n"


def plausibility() -> Iterator[str]:
    """The limits with their sources, then the table."""
    rows = (
        (
            f"{limit.cell} in the {limit.sample.replace('_', ' ')} ({', '.join(limit.kinds)})",
            limit.unit,
            f"{limit.possible[0]:g} to {limit.possible[1]:g}",
            f"{limit.usual[0]:g} to {limit.usual[1]:g}" if limit.usual else "",
            limit.source,
        )
        for limit in RULES.limits.counts
    )
    yield from table(("Count", "Unit", "Possible", "Usual", "Source"), rows)
    yield ""
    yield from (f"- {name}: {source}" for name, source in RULES.limits.sources.items())
    for analyser in RULES.limits.analysers:
        limit = f"{analyser.platelets_up_to_e9_per_l:g} x10^9/L"
        yield f"- {analyser.names[0]}: validated to {limit} ({analyser.source})"
    yield ""
    yield from spec_table("products/plausibility")
    yield from spec_table("products/refused")


def reporting() -> Iterator[str]:
    """Every checklist with its data points and where they stand."""
    yield "A record is counted by its own fields; a study by the fields that the evidence keeps. A data point"
    yield "of a study that is absent was not seen on the page read, which often was the abstract.\n"
    for checklist in RULES.checklists:
        yield f"## {checklist.title}\n"
        yield f"{checklist.caveat}\n"
        yield f"For {', '.join(checklist.applies_to)}. Reviewed {checklist.reviewed}.\n"
        yield f"Source: {checklist.source}\n"
        yield from table(
            ("Heading", "Data point", "In the record", "In the evidence"), data_points(checklist)
        )
        yield ""


def data_points(checklist: Checklist) -> Iterator[tuple[str, str, str, str]]:
    """Rows of one checklist."""
    for heading in checklist.headings:
        for point in heading.points:
            paths = ", ".join(f"`{path}`" for path in point.record) or "patient's file or protocol"
            asked = f" (not asked when `{point.asked_when}` is false)" if point.asked_when else ""
            yield heading.label, point.label, paths + asked, f"`{point.study}`" if point.study else ""


def cells() -> Iterator[str]:
    """The minimal criteria and the names."""
    msc = RULES.msc
    yield f"- Positive in at least {msc.positive_at_least:g} % of cells: {', '.join(msc.positive)}"
    negative = ", ".join(" or ".join(group) for group in msc.negative)
    yield f"- Positive in at most {msc.negative_at_most:g} % of cells: {negative}"
    yield f"- Lineages shown in vitro: {', '.join(msc.lineages)}"
    yield f"- Source: {msc.source}\n"
    yield from spec_table("products/cells")


def switched_off() -> Iterator[str]:
    """Systems and statements that are not used, with the reason."""
    yield "A rule ships only when it was found and read. These were not; each says what would switch it on.\n"
    for system in RULES.switched_off:
        yield f"## {system.name}\n"
        yield f"- Why: {system.switched_off}"
        yield f"- Needed: {system.would_need}"
        yield from sources(system)
    yield "## The 23 statements of MIBO\n"
    yield "- Why: the paper (doi:10.2106/JBJS.16.00793) and its table were not found in the open; only the"
    yield "  numbers of statements (23) and headings (12) and the names of four headings were read"
    yield "- Needed: the table of statements. Until then counts are of our own data points and say so\n"
    yield "## Statements on cells\n"
    for entry in yaml.safe_load((PRODUCT_FOLDER / "msc-criteria.yaml").read_text(encoding="utf-8"))[
        "not_in_use"
    ]:
        yield f"- {entry['what']}: {entry['why']}"


def contract() -> Iterator[str]:
    """Keys of the answer with their meaning, and one answer."""
    yield "What `product_report(record, rules).as_dict()` gives for a platelet product. A record that cannot"
    yield "be true has no answer: it is refused with every fault, its likely cause and the repair.\n"
    yield from table(("Key", "Meaning"), ((f"`{key}`", meaning) for key, meaning in PLATELET_KEYS.items()))
    answer = product_report(read_product(yaml.safe_load(EXAMPLE)), RULES).as_dict()
    yield f"\nA record:\n\n```yaml\n{EXAMPLE}```\n\nIts answer (missing data points left out):\n\n```json"
    answer["reporting"]["missing"] = []
    yield f"{json.dumps(answer, indent=2, ensure_ascii=False)}\n```"


if __name__ == "__main__":
    sys.exit(main())
