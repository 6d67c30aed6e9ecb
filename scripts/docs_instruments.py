#!/usr/bin/env python3
"""Writes the pages of the instruments from their data files and from the specification tables of the tests.

python scripts/docs_instruments.py            writes the pages
python scripts/docs_instruments.py --check    fails when one of them is not current
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from instrument_pages import SPEC, cite, instrument_page, join
from written_pages import table, write_or_check

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.schema import read_schema
from enthesis.domain.instruments import Instrument, OfScores, missing_in_words

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
FOLDER = REFERENCE / "instruments"
MADE = "<!-- Made by scripts/docs_instruments.py. Do not edit by hand. -->\n"
# Asked for, and not here yet; each would be a guess today.
NOT_BUILT = (
    ("KOOS4", "The mean of four KOOS subscales was not confirmed at its owner."),
    ("WOMAC from KOOS answers", "The mapping of items needs the owner's guide."),
    (
        "EQ-5D-5L index of the United Kingdom",
        "The set of 2026 (doi:10.1016/j.jval.2026.03.008) was not read.",
    ),
)


def main() -> int:
    """Write or check every page."""
    return write_or_check(pages(), __file__, alone_in=FOLDER)


def pages() -> dict[Path, str]:
    """Text of every generated page."""
    instruments = load_instruments()
    found = {FOLDER / f"{i.id}.md": join(instrument_page(i, MADE)) for i in instruments.values()}
    return found | {
        FOLDER / "README.md": join(overview(instruments)),
        FOLDER / "responders.md": join(responders()),
        REFERENCE / "licence-register.md": join(licence_register(instruments)),
        REFERENCE / "switched-off.md": join(switched_off(instruments)),
        REFERENCE / "instrument-format.md": join(format_page()),
    }


def overview(instruments: Mapping[str, Instrument]) -> Iterator[str]:
    """Every instrument in one table."""
    yield from ("# Instruments\n", MADE)
    yield "Each page says how an instrument is scored, with examples worked by hand from its published rule."
    yield "Scores come from item answers only. A score with too few answers is never given.\n"
    yield "- [Change, MCID, MDC, PASS and responders](responders.md)"
    yield "- [Licence register](../licence-register.md)"
    yield "- [Switched off, and why](../switched-off.md)"
    yield "- [How an instrument file is written](../instrument-format.md)\n"
    rows = [
        (
            f"[{i.short_name}]({i.id}.md)",
            i.version,
            i.measures,
            "switched off" if i.switched_off else "scored",
        )
        for i in instruments.values()
    ]
    yield from table(("Instrument", "Version", "Measures", "Status"), rows)


def responders() -> Iterator[str]:
    """How a change is judged."""
    yield from ("# Change and responders\n", MADE)
    yield "Improvement is positive when the patient got better, whatever the direction of the score.\n"
    yield "- **MCID responder**: improved by at least the points, or the percentage of baseline, of an MCID"
    yield "  that the caller chose by its id. There is no default, because published values differ"
    yield "  several-fold. A patient's MCID is no yardstick for a difference between groups."
    yield "- **MDC**: changed, either way, by more than a chosen measurement error."
    yield "- **PASS**: in a state that patients call acceptable, by a chosen threshold."
    yield "- Where a source prints a range, the caller chooses a number inside it."
    yield "- Nobody without both scores counts as a responder; the result says who could be assessed."
    for name, title in (("percent-improvement", "Percent improvement"), ("omeract-oarsi", "OMERACT-OARSI")):
        sheet = yaml.safe_load((SPEC / "responders" / f"{name}.yaml").read_text(encoding="utf-8"))
        yield f"\n## {title}\n"
        yield f"{sheet['about']}\n"
        rows = [(c["says"], _flow(c["given"]), _flow(c["expected"])) for c in sheet["cases"]]
        yield from table(("Case", "Given", "Result"), rows)


def _flow(values: Mapping[str, Any]) -> str:
    pairs = ((name, value if isinstance(value, list) else [value]) for name, value in values.items())
    return ", ".join(f"{name.replace('_', ' ')} {' to '.join(map(_word, value))}" for name, value in pairs)


def _word(value: Any) -> str:
    if value is None:
        return "none"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def licence_register(instruments: Mapping[str, Instrument]) -> Iterator[str]:
    """Owner and terms of every wording."""
    yield from ("# Licence register\n", MADE)
    yield "Scoring rules are facts and ship for every instrument. Wording belongs to its owner: English ships"
    yield "only where terms were read that let it. Any other wording a clinic loads from a file with"
    yield "`instrument`, `language`, `proof` and `texts` by item id; without it the program refuses and names"
    yield "the owner. A translation of free wording has its own terms and is loaded in the same way.\n"
    rows = [
        (
            f"[{i.short_name}](instruments/{i.id}.md)",
            i.licence.owner,
            i.licence.status,
            "yes" if i.licence.text_ships else "no",
            i.licence.note + cite(i, i.licence.source),
        )
        for i in instruments.values()
    ]
    yield from table(("Instrument", "Owner", "Terms", "English ships", "Note"), rows)


def switched_off(instruments: Mapping[str, Instrument]) -> Iterator[str]:
    """What gives no score, what is stricter than its owner, and what is not built."""
    yield from ("# Switched off\n", MADE)
    yield "A rule ships only when it was found and its source is named. What follows was not. Products have"
    yield "[a list of their own](products/switched-off.md).\n"
    yield "## Instruments that refuse to score\n"
    rows = [
        (f"[{i.short_name}](instruments/{i.id}.md)", i.version, i.switched_off)
        for i in instruments.values()
        if i.switched_off
    ]
    yield from table(("Instrument", "Version", "Reason"), rows)
    yield "\n## Rules for gaps that are stricter here than their owner may be\n"
    yield "No owner's rule for missing answers was found for these scores. Until then they need the answers"
    yield "named here, and a response with fewer has no score.\n"
    strict = [
        (f"[{i.short_name}](instruments/{i.id}.md)", f"`{s.name}`", missing_in_words(i, s), s.missing)
        for i in instruments.values()
        for s in i.scores
        if not s.missing_source and not isinstance(s.rule, OfScores) and len(s.items) > 1
    ]
    yield from table(("Instrument", "Score", "Answers needed", "Rule"), strict)
    yield "\n## Not built\n"
    yield from table(("What", "Why"), NOT_BUILT)


def format_page() -> Iterator[str]:
    """Every field of an instrument file."""
    schema = read_schema("instrument")
    yield from ("# An instrument file\n", MADE)
    yield "One YAML file in `catalogue/instruments/`, named after its `id`. Fields in **bold** must be there."
    yield "Beside it stands a table of worked examples in `tests/spec/instruments/`, named alike; without one"
    yield "the tests fail. `python scripts/docs_instruments.py` then writes its page.\n"
    yield from _group("The file", schema)
    for name, group in schema["properties"].items():
        below = group.get("items", group)
        if "properties" in below:
            yield from _group(name, below)
    for name, group in schema["$defs"].items():
        if "properties" in group:
            yield from _group(name.replace("_", " "), group)


def _group(title: str, group: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {title}\n"
    rows = [
        (f"**{name}**" if name in group.get("required", ()) else name, field["description"], _allowed(field))
        for name, field in group["properties"].items()
    ]
    yield from table(("Field", "Meaning", "Allowed"), rows)
    yield ""


def _allowed(field: Mapping[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2].replace("_", " ")
    if "additionalProperties" in field and isinstance(field["additionalProperties"], dict):
        return f"by name: {_allowed(field['additionalProperties'])}"
    kind = field["type"] if isinstance(field["type"], str) else " or ".join(field["type"])
    return f"list of {_allowed(field['items'])}" if kind == "array" else kind


if __name__ == "__main__":
    sys.exit(main())
